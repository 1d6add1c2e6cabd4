//! A service standard: what a customer can expect, how long it takes or how well it is done, and how that is measured.

use crate::diagnostic::Diagnostic;
use crate::fields::node::Node;
use crate::fields::reader::Reader;
use crate::fields::record::{Record, field_named};
use crate::fields::scalar::Given;
use crate::fields::text::Text;
use crate::fields::value::{Extra, Few};
use crate::model::former::FormerIds;
use crate::model::kind::{Channel, Evidence, Factor, Ref, Role};
use crate::model::quantity::{Cadence, Moment, Picture, Quantity};
use crate::record;
use crate::units::duration::Duration;
use crate::units::share::Share;
use crate::words;

words! {
    /// What a standard is about, as in Canada's Guideline on Service and Digital.
    pub enum StandardKind: "a kind of standard" {
        /// How long it takes once I am in.
        "timeliness" Timeliness,
        /// Whether I can get in.
        "access" Access,
        /// Whether it is right.
        "accuracy" Accuracy,
        /// How I am treated.
        "conduct" Conduct,
    }
}

words! {
    /// How a result is measured.
    pub enum MeasureKind: "a way to measure" {
        /// The share of cases within the limit.
        "share-within-limit" ShareWithinLimit,
        /// The time within which nine of ten cases are done.
        "percentile-90" Percentile90,
        /// The share of cases without a fault.
        "share-correct" ShareCorrect,
        /// The share of calls that a person answers.
        "share-answered" ShareAnswered,
        /// The share of cases that do not come back.
        "share-without-repeat" ShareWithoutRepeat,
        /// The share of the time in which the service can be used.
        "availability" Availability,
        /// What an observer sees.
        "observed" Observed,
        /// The share of customers who give the best mark.
        "survey-top-box" SurveyTopBox,
    }
}

words! {
    /// The sides of a service: seven procedural ones, then seven personal ones.
    pub enum Aspect: "a side of the service" {
        /// When things happen.
        "timing" Timing,
        /// How one thing leads to the next.
        "flow" Flow,
        /// How it fits the customer.
        "accommodation" Accommodation,
        /// What is done before it is asked for.
        "anticipation" Anticipation,
        /// What is said, and when.
        "communication" Communication,
        /// How it is asked whether all went well.
        "feedback" Feedback,
        /// How it is overseen.
        "supervision" Supervision,
        /// How people and places look.
        "appearance" Appearance,
        /// In what spirit it is done.
        "attitude" Attitude,
        /// How closely the customer is listened to.
        "attentiveness" Attentiveness,
        /// What is said and what is left unsaid.
        "tact" Tact,
        /// How the customer is advised.
        "guidance" Guidance,
        /// How something is offered.
        "selling" Selling,
        /// How trouble is mended.
        "problem-solving" ProblemSolving,
    }
}

record! {
    /// The events between which the time is counted.
    pub struct Clock: "a clock" {
        /// The event that starts the clock.
        "start" must("time/no-clock", "nothing says which event starts the clock") start: Text,
        /// The event that stops it.
        "stop" must("time/no-clock", "nothing says which event stops the clock") stop: Text,
        /// What makes it pause.
        "pause" may pause: Few<Text>,
        /// What makes it go on, or begin anew.
        "restart" may restart: Text,
    }
}

record! {
    /// How the result is found.
    pub struct Measure: "a measure" {
        /// What is measured.
        "as" must kind: Given<MeasureKind>,
        /// Where the figures come from.
        "from" may from: Text,
        /// How often it is reported.
        "per" may per: Option<Cadence>,
    }
}

record! {
    /// Another limit for some cases.
    pub struct Variant: "a variant" {
        /// The cases.
        "when" must when: Text,
        /// What a customer can expect in them.
        "limit" may limit: Given<Duration>,
        /// What the staff steer by.
        "internal" may internal: Given<Duration>,
        /// In what share of these cases the limit is kept.
        "target" may target: Given<Share>,
    }
}

record! {
    /// Who is told when the limit comes near or is past.
    pub struct Breach: "a breach" {
        /// When: a share of the limit, or a time after the start.
        "at" must at: Given<Moment>,
        /// Whom to tell.
        "tell" must tell: Few<Ref<Role>>,
    }
}

record! {
    /// A service standard.
    pub struct Standard: "a standard" {
        /// A short name; the statement stands in for it.
        "title" may title: Text,
        /// What it is about.
        "kind" must kind: Given<StandardKind>,
        /// One sentence to a customer, never with the target in it.
        "statement" must statement: Text,
        /// What a customer can expect in normal circumstances.
        "limit" may("when `kind` is `timeliness`") limit: Given<Duration>,
        /// Between which events the time is counted.
        "clock" may("when `kind` is `timeliness`") clock: Option<Clock>,
        /// How well it is done.
        "level" may("when `kind` is not `timeliness`") level: Option<Quantity>,
        /// The stretch of time or place in which the level holds.
        "window" may window: Option<Quantity>,
        /// In what share of cases the standard is kept.
        "target" must("measure/target-missing", "nothing says in what share of cases this standard is to be kept") target: Given<Share>,
        /// How the result is found.
        "measure" must("measure/none", "nothing says how it is known whether this standard is kept") measure: Option<Measure>,
        /// What the staff steer by; tighter than the limit.
        "internal" may internal: Given<Duration>,
        /// What the law allows.
        "legal" may legal: Given<Duration>,
        /// The least that is borne before somebody steps in.
        "floor" may floor: Option<Quantity>,
        /// The channels to which it applies; all of the service's where it is left out.
        "channel" may channel: Few<Ref<Channel>>,
        /// Other limits for some cases.
        "variants" may variants: Vec<Variant>,
        /// Who is told when the limit comes near or is past.
        "breach" may breach: Vec<Breach>,
        /// What customers care about and this takes care of.
        "covers" may covers: Vec<Ref<Factor>>,
        /// Which side of the service it is about.
        "aspect" may aspect: Given<Aspect>,
        /// A few words to remember it by.
        "slogan" may slogan: Text,
        /// A picture to remember it by.
        "picture" may picture: Option<Picture>,
        /// Who answers for it, where it is not the owner of the service.
        "owner" may owner: Option<Ref<Role>>,
        /// What it rests on.
        "based_on" may based_on: Few<Ref<Evidence>>,
        /// The ids that it had before, so that old links still arrive.
        "was" may was: FormerIds,
        /// What a theme may want to know.
        "extra" may extra: Option<Extra>,
    } then tell_by_kind
}

/// Tells what a standard of its kind lacks.
fn tell_by_kind(standard: &mut Standard, node: &Node, reader: &mut Reader) {
    let Some(kind) = &standard.kind else {
        standard.faulty.extend(["limit", "clock", "level"]);
        return;
    };
    let timely = kind.value == StandardKind::Timeliness;
    let needed: &[&'static str] = if timely { &["limit", "clock"] } else { &["level"] };
    let missing: Vec<&'static str> =
        needed.iter().filter(|key| node.get(key).is_none() && !standard.faulty.contains(key)).copied().collect();
    standard.faulty.extend(&missing);
    if reader.incomplete {
        return;
    }
    let other: &'static str = if timely { "level" } else { "limit" };
    let other = node.get(other).map(|value| (other, value.span));
    if let Some((other, span)) = other {
        let message = format!("a standard of kind `{}` has a `{}`, not a `{other}`", kind.value.word(), needed[0]);
        let kinds = if timely { "another `kind`" } else { "`kind: timeliness`" };
        let told = Diagnostic::error("field/kind", span, message);
        reader.tell(told.action(format!("write `{}`, or {kinds}", needed[0])));
    }
    for key in missing.into_iter().filter(|key| other.is_none() || *key != needed[0]) {
        let (name, message) = match key {
            "clock" => (
                "time/no-clock",
                "nothing says which event starts the clock of this standard and which one stops it".to_owned(),
            ),
            key => ("field/missing", format!("a standard of kind `{}` needs `{key}`", kind.value.word())),
        };
        reader.tell_missing_as(name, field_named(Standard::fields(), key), message);
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::found_in_service;

    /// Says what a standard with these fields lacks.
    fn lacks(fields: &str) -> Vec<String> {
        let all = format!("standards: {{a: {{statement: S, target: 90%, measure: {{as: observed}}, {fields}}}}}\n");
        let name = |line: String| line.split(" → ").next().unwrap_or_default().replace("services/repair.md:7 ", "");
        found_in_service(&all).into_iter().map(name).collect()
    }

    #[test]
    fn what_a_standard_needs_depends_on_its_kind() {
        assert_eq!(lacks("kind: timeliness, limit: 2 weeks, clock: {start: A, stop: B}"), [""; 0]);
        assert_eq!(
            lacks("kind: timeliness"),
            [
                "field/missing a standard of kind `timeliness` needs `limit`",
                "time/no-clock nothing says which event starts the clock of this standard and which one stops it"
            ]
        );
        assert_eq!(lacks("kind: conduct, level: always"), [""; 0]);
        assert_eq!(lacks("kind: conduct"), ["field/missing a standard of kind `conduct` needs `level`"]);
    }

    #[test]
    fn a_limit_in_place_of_a_level_is_told_as_such() {
        assert_eq!(
            lacks("kind: conduct, limit: 2 weeks"),
            ["field/kind a standard of kind `conduct` has a `level`, not a `limit`"]
        );
    }

    #[test]
    fn without_a_kind_nothing_is_said_of_what_depends_on_it() {
        assert_eq!(lacks("kind: speed").len(), 1);
    }
}
