//! The registers: roles, channels, calendars, factors, terms, evidence.

use std::sync::Arc;

use jiff::civil::Weekday;
use jiff::tz::TimeZone;

use crate::calendar::hours::{OpeningHours, parse_intervals, parse_weekday, parse_weekdays};
use crate::calendar::zone::time_zone;
use crate::calendar::{self, CalendarParts, Holiday};
use crate::diagnostic::Diagnostic;
use crate::fields::node::{Entry, Node};
use crate::fields::reader::Reader;
use crate::fields::scalar::{Given, Scalar, tell};
use crate::fields::shape::Shape;
use crate::fields::text::{Text, Words};
use crate::fields::value::{Extra, Few, Value};
use crate::model::authors::Addresses;
use crate::model::former::FormerIds;
use crate::model::kind::{Calendar as CalendarTarget, Ref, Role as RoleTarget};
use crate::record;
use crate::source::Spanned;
use crate::units::money::Money;
use crate::units::time_of_day::TimeOfDay;
use crate::units::{Malformed, quoted};
use crate::words;

record! {
    /// Somebody who acts: a role, not a person.
    pub struct Role: "a role" {
        /// What it is called.
        "title" must title: Text,
        /// Whom it reports to.
        "reports_to" may reports_to: Option<Ref<RoleTarget>>,
        /// Who stands in for it.
        "deputy" may deputy: Few<Ref<RoleTarget>>,
        /// What it may grant a customer without asking.
        "may_grant" may may_grant: Given<Money>,
        /// Whether it belongs to another firm.
        "external" may external: Given<bool>,
        /// What it takes.
        "skills" may skills: Vec<Text>,
        /// The e-mail addresses under which git knows those who write for it: a page then says which role last changed it.
        "authors" may authors: Addresses,
        /// The ids that it had before, so that old links still arrive.
        "was" may was: FormerIds,
        /// What a theme may want to know.
        "extra" may extra: Option<Extra>,
    }
}

record! {
    /// A way on which customers reach the firm.
    pub struct Channel: "a channel" {
        /// What it is called.
        "title" must title: Text,
        /// When it is staffed.
        "calendar" may calendar: Option<Ref<CalendarTarget>>,
        /// Where it is.
        "address" may address: Text,
        /// The ids that it had before, so that a reference to one is told with the new one.
        "was" may was: FormerIds,
        /// What a theme may want to know.
        "extra" may extra: Option<Extra>,
    }
}

words! {
    /// From which day business days are counted.
    pub enum CountFrom: "a way to count" {
        /// The day of receipt is not counted.
        "next-day" NextDay,
        /// The day of receipt is day one.
        "same-day" SameDay,
    }
}

/// A time zone by its name.
#[derive(Clone, Debug)]
pub struct Zone {
    /// The name as in the IANA database.
    pub name: String,
    /// The zone.
    pub zone: TimeZone,
}

impl Scalar for Zone {
    const SHAPE: Shape = Shape::Value { name: "time zone", example: "Europe/Berlin" };
    const FAULT: &'static str = "value/time-zone";
    const WANTED: &'static str = "a time zone such as `Europe/Berlin`";

    fn parse(text: &str) -> Result<Self, Malformed> {
        time_zone(text).map(|zone| Self { name: text.to_owned(), zone })
    }
}

impl Scalar for Weekday {
    const SHAPE: Shape = Shape::Value { name: "weekday", example: "mon" };
    const FAULT: &'static str = "value/weekday";
    const WANTED: &'static str = "a weekday such as `mon`";

    fn parse(text: &str) -> Result<Self, Malformed> {
        parse_weekday(text)
    }
}

/// Opening hours by weekday.
#[derive(Clone, Debug)]
pub struct Hours(pub OpeningHours);

impl Value for Hours {
    const SHAPE: Shape =
        Shape::Value { name: "opening hours by weekday", example: "{mon-fri: \"09:00-12:00, 13:30-18:00\"}" };

    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let mut hours = OpeningHours::default();
        let told = reader.diagnostics.len();
        let entries = reader.map(node, "hours by weekday, such as `{mon-fri: \"09:00-17:00\"}`")?;
        for entry in entries {
            let days = parse_weekdays(&entry.key)
                .map_err(|fault| tell_hours(unless_twice(fault, entry, entries), entry.key_span, reader))
                .unwrap_or_default();
            let Some(written) = reader.scalar(&entry.value, "hours such as `\"09:00-17:00\"`") else { continue };
            let set = parse_intervals(written).map_err(|fault| (fault, entry.value.span));
            let set = set.and_then(|open| hours.set(&days, &open).map_err(|fault| (fault, entry.key_span)));
            if let Err((fault, span)) = set {
                tell_hours(fault, span, reader);
            }
        }
        let faultless = reader.diagnostics.len() == told;
        if hours.is_closed() && faultless && !reader.incomplete {
            let fault =
                Malformed::new("this calendar is never open", "write hours such as `{mon-fri: \"09:00-17:00\"}`");
            tell_hours(fault, node.span, reader);
        }
        Some(Self(hours))
    }
}

/// Takes the weekdays that were meant back where another key has one of them.
fn unless_twice(fault: Malformed, entry: &Entry, entries: &[Entry]) -> Malformed {
    let meant = |key: &str| {
        parse_weekdays(key).or_else(|fault| parse_weekdays(fault.instead.as_deref().unwrap_or_default())).ok()
    };
    let own = fault.instead.as_deref().and_then(meant).unwrap_or_default();
    let others = entries.iter().filter(|other| other.key_span != entry.key_span);
    let is_twice = |other: &Entry| meant(&other.key).is_none_or(|days| days.iter().any(|day| own.contains(day)));
    if entries.len() <= 7 && !others.into_iter().any(is_twice) { fault } else { Malformed { instead: None, ..fault } }
}

fn tell_hours(fault: Malformed, span: crate::source::Span, reader: &mut Reader) {
    reader.tell(tell("value/hours", span, fault));
}

record! {
    /// When there is work, and how days are counted.
    pub struct Calendar: "a calendar" {
        /// The time zone of its hours.
        "time_zone" must zone: Given<Zone>,
        /// When it is open, by weekday.
        "hours" must hours: Option<Hours>,
        /// The files of holidays, in `registers/holidays`.
        "holidays" may holidays: Few<Spanned<String>>,
        /// Whether the day of receipt counts.
        "count_from" may count_from: Given<CountFrom>,
        /// From what time on something counts as received on the next business day.
        "cut_off" may cut_off: Given<TimeOfDay>,
        /// The weekday whose hours a make-up working day has.
        "open_like" may open_like: Given<Weekday>,
        /// What a business day of this calendar is called.
        "day_name" may day_name: Text,
        /// The ids that it had before, so that a reference to one is told with the new one.
        "was" may was: FormerIds,
        /// What a theme may want to know.
        "extra" may extra: Option<Extra>,
    }
}

impl Calendar {
    /// Makes the calendar that counts, with its holidays; nothing where zone or hours could not be read.
    pub fn working(&self, holidays: Vec<Holiday>) -> Option<Arc<calendar::Calendar>> {
        let count_from = match self.count_from.as_ref().map(|given| given.value) {
            Some(CountFrom::SameDay) => calendar::CountFrom::SameDay,
            _ => calendar::CountFrom::NextDay,
        };
        Some(Arc::new(calendar::Calendar::new(CalendarParts {
            zone: self.zone.as_ref()?.value.zone.clone(),
            hours: self.hours.as_ref()?.0.clone(),
            holidays,
            count_from,
            cut_off: self.cut_off.as_ref().map(|given| given.value),
            open_like: self.open_like.as_ref().map_or(Weekday::Monday, |given| given.value),
        })))
    }
}

words! {
    /// What a factor does to satisfaction, as in Kano.
    pub enum FactorKind: "a kind of factor" {
        /// Annoys when it is bad, and is taken for granted when it is good.
        "dissatisfier" Dissatisfier,
        /// The better, the more satisfied.
        "performance" Performance,
        /// Delights when it is there, and is not missed.
        "satisfier" Satisfier,
    }
}

words! {
    /// What a factor comes from.
    pub enum Cause: "a cause" {
        /// What the customer gets for the money.
        "value" Value,
        /// How the work is organised.
        "system" System,
        /// What people do.
        "people" People,
    }
}

words! {
    /// The five dimensions by which customers rate a service, as in SERVQUAL.
    pub enum Rater: "a dimension" {
        /// It does what was promised.
        "reliability" Reliability,
        /// People know their work and are trusted.
        "assurance" Assurance,
        /// What can be seen and touched.
        "tangibles" Tangibles,
        /// The customer is seen as a person.
        "empathy" Empathy,
        /// People are ready to help, and quick.
        "responsiveness" Responsiveness,
    }
}

record! {
    /// Something customers care about.
    pub struct Factor: "a factor" {
        /// What it is, in a customer's words.
        "text" must text: Text,
        /// What it does to satisfaction.
        "kind" must kind: Given<FactorKind>,
        /// What it comes from.
        "cause" may cause: Given<Cause>,
        /// By which dimension it is rated.
        "rater" may rater: Given<Rater>,
        /// The ids that it had before, so that a reference to one is told with the new one.
        "was" may was: FormerIds,
        /// What a theme may want to know.
        "extra" may extra: Option<Extra>,
    }
}

record! {
    /// A word of the firm.
    pub struct Term: "a term" {
        /// The word.
        "text" must text: Text,
        /// What it means.
        "meaning" must meaning: Text,
        /// Words that are not used for it.
        "not" may not: Words,
        /// The ids that it had before, so that a reference to one is told with the new one.
        "was" may was: FormerIds,
        /// What a theme may want to know.
        "extra" may extra: Option<Extra>,
    }
}

words! {
    /// How far a piece of evidence can be trusted.
    pub enum Quality: "a quality of evidence" {
        /// The study itself was read.
        "primary" Primary,
        /// Somebody reports it.
        "second-hand" SecondHand,
        /// Others found otherwise.
        "contested" Contested,
        /// One case.
        "anecdote" Anecdote,
    }
}

record! {
    /// Something that is claimed, and where it comes from.
    pub struct Evidence: "a piece of evidence" {
        /// What is claimed.
        "claim" must claim: Text,
        /// Where it comes from.
        "source" must source: Text,
        /// How far it can be trusted.
        "quality" must quality: Given<Quality>,
        /// The figure.
        "value" may value: Given<String>,
        /// The year.
        "year" may year: Given<u32>,
        /// Where it can be read.
        "url" may url: Given<String>,
        /// What to keep in mind.
        "note" may note: Text,
        /// The ids that it had before, so that a reference to one is told with the new one.
        "was" may was: FormerIds,
        /// What a theme may want to know.
        "extra" may extra: Option<Extra>,
    } then tell_address
}

fn tell_address(evidence: &mut Evidence, _: &Node, reader: &mut Reader) {
    let is_web = |url: &str| {
        let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
        rest.is_some_and(|rest| !rest.is_empty() && !rest.contains([' ', '"', '<', '>', '\\']))
    };
    if let Some(url) = evidence.url.take_if(|url| !is_web(&url.value)) {
        let message = format!("{} is not the address of a page on the web", quoted(&url.value));
        let told = Diagnostic::error("value/address", url.span, message);
        reader.tell(told.action("write the whole address, such as `https://example.org/study`"));
    }
}
