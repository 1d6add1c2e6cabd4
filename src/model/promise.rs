//! A promise: what a customer is told, what stands behind it, and what is owed when it is broken.

use jiff::civil::Date;

use crate::diagnostic::Diagnostic;
use crate::fields::node::Node;
use crate::fields::reader::Reader;
use crate::fields::scalar::Given;
use crate::fields::text::Text;
use crate::fields::value::{Extra, Few};
use crate::model::former::FormerIds;
use crate::model::kind::{Channel, Factor, Ref, Role, Standard};
use crate::model::quantity::Picture;
use crate::record;
use crate::units::duration::Duration;
use crate::units::money::Money;
use crate::words;

words! {
    /// What a promise binds the firm to.
    pub enum PromiseKind: "a kind of promise" {
        /// Owed in every single case, with a remedy when it is broken.
        "guarantee" Guarantee,
        /// Kept in a share of cases.
        "commitment" Commitment,
    }
}

record! {
    /// What the customer gets when the promise is broken.
    pub struct Remedy: "a remedy" {
        /// What the customer gets.
        "what" must what: Text,
        /// Up to what amount.
        "up_to" may up_to: Given<Money>,
        /// Within what time.
        "within" may within: Given<Duration>,
        /// Whether it comes without being asked for.
        "automatic" may automatic: Given<bool>,
        /// Who grants it.
        "granted_by" may granted_by: Option<Ref<Role>>,
        /// What happens when the remedy itself is late.
        "late" may late: Text,
    }
}

record! {
    /// How the customer claims the remedy.
    pub struct Invoke: "a way to claim" {
        /// What the customer does.
        "how" may how: Text,
        /// In how many steps.
        "steps" may steps: Given<u32>,
        /// What has to be shown.
        "proof" may proof: Few<Text>,
        /// Where.
        "channels" may channels: Vec<Ref<Channel>>,
    }
}

record! {
    /// From when to when a promise holds.
    pub struct Validity: "a validity" {
        /// The first day.
        "from" may from: Given<Date>,
        /// The last day.
        "until" may until: Given<Date>,
    } then tell_reversed
}

fn tell_reversed(validity: &mut Validity, _: &Node, reader: &mut Reader) {
    if let (Some(from), Some(until)) = (&validity.from, &validity.until)
        && until.value < from.value
    {
        let message = format!("the promise ends on {}, before it begins on {}", until.value, from.value);
        let told = Diagnostic::error("value/date", until.span, message).label(from.span, "begins here");
        reader.tell(told.action("write a later day, or exchange the two"));
    }
}

record! {
    /// A promise of a service.
    pub struct Promise: "a promise" {
        /// A short name; the statement stands in for it.
        "title" may title: Text,
        /// What it binds the firm to.
        "kind" must kind: Given<PromiseKind>,
        /// What the customer is told, in one sentence.
        "statement" must statement: Text,
        /// The standards that stand behind it.
        "backed_by" must("promise/unbacked", "no standard stands behind this promise") backed_by: Vec<Ref<Standard>>,
        /// What the customer gets when it is broken.
        "remedy" may remedy: Option<Remedy>,
        /// How the customer claims the remedy.
        "invoke" may invoke: Option<Invoke>,
        /// When it does not hold.
        "unless" may unless: Vec<Text>,
        /// What customers care about and this takes care of.
        "covers" may covers: Vec<Ref<Factor>>,
        /// The channels on which it is shown.
        "shown_at" may shown_at: Vec<Ref<Channel>>,
        /// From when to when it holds.
        "valid" may valid: Option<Validity>,
        /// A few words to remember it by.
        "slogan" may slogan: Text,
        /// A picture to remember it by.
        "picture" may picture: Option<Picture>,
        /// The ids that it had before, so that old links still arrive.
        "was" may was: FormerIds,
        /// What a theme may want to know.
        "extra" may extra: Option<Extra>,
    }
}
