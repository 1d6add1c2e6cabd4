//! What `due` answers: when a limit ends, or each of the deadlines of a standard.

use jiff::Timestamp;
use serde::Serialize;

use super::asked::{Asked, Counting, Found, counting, limit_or_standard};
use super::explain::{self, ExplainedDay};
use super::moment::{iso, read, zone_name};
use super::words::Words;
use super::{Refusal, Sources};
use crate::calendar::deadline::NoDeadline;
use crate::fields::scalar::Given;
use crate::locale::Locale;
use crate::model::kind::Kind;
use crate::model::standard::{Clock, Standard, Variant};
use crate::units::duration::Duration;

/// The question.
#[derive(Clone, Copy, Debug)]
pub struct Question<'q> {
    /// A limit, or the whole id of a standard.
    pub what: &'q str,
    /// When it came in.
    pub from: &'q str,
    /// The calendar to count by, where it is not the one of the service or handbook.
    pub calendar: Option<&'q str>,
    /// Whether the days are told.
    pub days: Days,
}

/// Whether an answer tells the days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Days {
    /// Each day with its reason.
    Told,
    /// The deadline alone.
    LeftOut,
}

/// The answer. Moments are ISO 8601 with the calendar's offset, to the second; fields named `words` are in the language
/// of the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Due {
    /// What was asked about, as it was written.
    pub asked: String,
    /// The id of the calendar that counts.
    pub calendar: String,
    /// Its time zone.
    pub time_zone: String,
    /// When it came in.
    pub start: String,
    /// The same in words.
    pub start_words: String,
    /// When the limit ends: of a standard the one that customers are told. Nothing where there is no such moment.
    pub due: Option<String>,
    /// The same in words.
    pub due_words: Option<String>,
    /// What one should know about it: that the holidays are not known so far.
    pub warning: Option<String>,
    /// The standard, where one was asked about.
    pub standard: Option<DueStandard>,
    /// All deadlines.
    pub deadlines: Vec<DueLimit>,
}

/// A standard whose deadlines were asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DueStandard {
    /// Its whole id.
    pub id: String,
    /// Its name.
    pub title: String,
    /// The name of its service.
    pub service: String,
    /// Between which events its time is counted.
    pub clock: Option<DueClock>,
}

/// Between which events time is counted, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DueClock {
    /// What starts the clock.
    pub start: String,
    /// What stops it.
    pub stop: String,
    /// What makes it pause. Pauses are not part of the deadlines.
    pub pause: Vec<String>,
    /// What makes it go on; empty where nothing is said.
    pub restart: String,
}

/// One deadline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DueLimit {
    /// Which limit it is: `internal`, `limit` or `legal`.
    pub kind: &'static str,
    /// The limit in short: `10bd`.
    pub limit: String,
    /// The limit in words.
    pub limit_words: String,
    /// Whether it runs in the opening hours of the calendar alone.
    pub business: bool,
    /// The cases in which it holds; nothing where it holds in all others.
    pub when: Option<String>,
    /// When it ends; nothing where there is no such moment.
    pub due: Option<String>,
    /// The same in words.
    pub due_words: Option<String>,
    /// The business day on which it counts as received, for limits in business days.
    pub received: Option<String>,
    /// What one should know about it.
    pub warning: Option<String>,
    /// Why there is no such moment.
    pub problem: Option<String>,
    /// The days, where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days: Option<Vec<ExplainedDay>>,
}

impl Due {
    /// Tells whether each limit has a deadline.
    pub fn is_whole(&self) -> bool {
        self.deadlines.iter().all(|limit| limit.due.is_some())
    }
}

/// Answers when something is due.
pub fn answer(question: &Question<'_>, sources: &Sources<'_>) -> Result<Due, Refusal> {
    let asked = limit_or_standard(question.what, sources.handbook)?;
    let found = match asked {
        Asked::Limit(_) => None,
        Asked::Standard(found) => Some(found),
    };
    let limits = match asked {
        Asked::Limit(limit) => vec![Limit { kind: "limit", limit, when: None }],
        Asked::Standard(found) => limits_of(&found, sources)?,
    };
    let counting = counting(question.calendar, found.map(|found| found.service), sources)?;
    let zone = counting.calendar.zone();
    let start = read(question.from, zone)?;
    let found_deadlines: Vec<DueLimit> = {
        let count = Count { counting: &counting, start, locale: sources.locale, days: question.days };
        limits.into_iter().map(|limit| count.of(limit)).collect()
    };
    let main = found_deadlines.iter().find(|limit| limit.kind == "limit" && limit.when.is_none());
    Ok(Due {
        asked: question.what.to_owned(),
        calendar: counting.id.clone(),
        time_zone: zone_name(zone).to_owned(),
        start: iso(start, zone),
        start_words: sources.locale.date_time(zone.to_datetime(start)),
        due: main.and_then(|limit| limit.due.clone()),
        due_words: main.and_then(|limit| limit.due_words.clone()),
        warning: main.and_then(|limit| limit.warning.clone()),
        standard: found.map(|found| standard(&found, sources)),
        deadlines: found_deadlines,
    })
}

/// Says in words why a limit has no deadline.
pub fn problem(why: NoDeadline, locale: &Locale) -> String {
    let key = match why {
        NoDeadline::NeverOpen => "deadline.never_open",
        NoDeadline::TooFar => "deadline.too_far",
    };
    locale.word(key).to_owned()
}

/// A limit that is to be counted.
struct Limit {
    kind: &'static str,
    limit: Duration,
    when: Option<String>,
}

/// Counts limits from one start.
struct Count<'c> {
    counting: &'c Counting,
    start: Timestamp,
    locale: &'c Locale,
    days: Days,
}

impl Count<'_> {
    fn of(&self, Limit { kind, limit, when }: Limit) -> DueLimit {
        let calendar = &self.counting.calendar;
        let unanswered = DueLimit {
            kind,
            limit: limit.short(),
            limit_words: self.locale.duration(limit),
            business: limit.is_business(),
            when,
            due: None,
            due_words: None,
            received: None,
            warning: None,
            problem: None,
            days: None,
        };
        match calendar.deadline(self.start, limit) {
            Err(why) => DueLimit { problem: Some(problem(why, self.locale)), ..unanswered },
            Ok(deadline) => DueLimit {
                due: Some(iso(deadline.due.timestamp(), calendar.zone())),
                due_words: Some(explain::moment_words(&deadline, self.locale)),
                received: deadline.received.map(|date| date.to_string()),
                warning: explain::warning(&deadline, calendar.date_of(self.start), calendar, self.locale),
                days: (self.days == Days::Told).then(|| explain::days(&deadline, limit, self.locale)),
                ..unanswered
            },
        }
    }
}

/// Lists the limits of a standard: those of all cases, then those of some.
fn limits_of(found: &Found<'_>, sources: &Sources<'_>) -> Result<Vec<Limit>, Refusal> {
    let standard = &found.standard.value;
    let own = (Kind::Standard, found.id());
    let words = Words::of(sources);
    let mut limits = Vec::new();
    let mut add = |kind, given: &Given<Duration>, when: Option<&Variant>| {
        let when = when.map(|variant| words.text(&variant.when, &own));
        limits.extend(given.as_ref().map(|given| Limit { kind, limit: given.value, when }));
    };
    add("internal", &standard.internal, None);
    add("limit", &standard.limit, None);
    add("legal", &standard.legal, None);
    for variant in &standard.variants {
        add("internal", &variant.internal, Some(variant));
        add("limit", &variant.limit, Some(variant));
    }
    if limits.is_empty() { Err(without_limit(&own.1, standard)) } else { Ok(limits) }
}

fn without_limit(id: &str, standard: &Standard) -> Refusal {
    let kind = standard.kind.as_ref().map_or("", |kind| kind.value.word());
    let message = match kind {
        "" | "timeliness" => format!("the standard `{id}` has no limit that could be read"),
        kind => format!("the standard `{id}` has no limit: it is about {kind}, not about time"),
    };
    Refusal::question(message, "ask about a standard with a `limit`, or about a limit such as `3bd`")
}

fn standard(found: &Found<'_>, sources: &Sources<'_>) -> DueStandard {
    let own = (Kind::Standard, found.id());
    let words = Words::of(sources);
    let clock = |clock: &Clock| DueClock {
        start: words.text(&clock.start, &own),
        stop: words.text(&clock.stop, &own),
        pause: clock.pause.0.iter().map(|pause| words.text(pause, &own)).collect(),
        restart: words.text(&clock.restart, &own),
    };
    DueStandard {
        title: words.name(Kind::Standard, &own.1),
        service: words.name(Kind::Service, &found.service.id),
        clock: found.standard.value.clock.as_ref().map(clock),
        id: own.1,
    }
}

#[cfg(test)]
mod tests {
    use super::super::examples::{Example, with_files, with_service};
    use super::*;

    fn ask(example: &Example, what: &str, from: &str, calendar: &str) -> Result<Due, Refusal> {
        let calendar = (!calendar.is_empty()).then_some(calendar);
        answer(&Question { what, from, calendar, days: Days::Told }, &example.sources())
    }

    fn told(due: &Due) -> Vec<String> {
        let days = due.deadlines[0].days.iter().flatten();
        days.map(|day| format!("{}: {}", day.date_words, day.words)).collect()
    }

    fn due(what: &str, from: &str, calendar: &str) -> (String, String) {
        let due = ask(&with_files(&[]), what, from, calendar).unwrap();
        (due.due.unwrap(), due.due_words.unwrap())
    }

    #[test]
    fn a_limit_is_answered_as_a_moment_and_in_words() {
        let words = "Friday, 10 April 2026, 17:00".to_owned();
        assert_eq!(due("3bd", "2026-04-02T16:30", "workshop"), ("2026-04-10T17:00:00+02:00".into(), words));
        let words = "Sunday, 5 April 2026, 24:00".to_owned();
        assert_eq!(due("3d", "2026-04-02T16:30", "workshop"), ("2026-04-06T00:00:00+02:00".into(), words));
        let words = "Thursday, 2 April 2026, 17:30".to_owned();
        assert_eq!(due("1h", "2026-04-02T16:30", "always"), ("2026-04-02T17:30:00+00:00".into(), words));
    }

    #[test]
    fn the_days_are_told_with_their_reasons() {
        let due = ask(&with_files(&[]), "2bd", "2026-04-02T16:30", "workshop").unwrap();
        assert_eq!(
            told(&due),
            [
                "Thu 2 Apr: in after the cut-off at 16:00: counts from the next business day",
                "Fri 3 Apr: Karfreitag, closed",
                "Sat 4 Apr: weekend, closed",
                "Sun 5 Apr: weekend, closed",
                "Mon 6 Apr: Ostermontag, closed",
                "Tue 7 Apr: received, not counted",
                "Wed 8 Apr: business day 1",
                "Thu 9 Apr: business day 2 · due at 17:00",
            ]
        );
        assert_eq!(due.deadlines[0].received.as_deref(), Some("2026-04-07"));
    }

    #[test]
    fn months_over_years_are_told_with_the_year() {
        let due = ask(&with_files(&[]), "2mo", "2026-12-31T10:00", "shop").unwrap();
        assert_eq!(
            told(&due),
            [
                "Thursday, 31 December 2026: start, not counted",
                "Sunday, 31 January 2027: month 1",
                "Sunday, 28 February 2027: month 2 · last day of the month, since the day number does not exist · due at \
                 the end of the day",
            ]
        );
    }

    #[test]
    fn hours_are_told_with_the_make_up_day_on_which_they_ran() {
        let due = ask(&with_files(&[]), "2bh", "2026-10-10T11:00", "shop").unwrap();
        let days = told(&due);
        assert!(days[0].starts_with("Sat 10 Oct: 2 h counted · make-up working day: "), "{days:?}");
        assert!(days[0].ends_with(" · due at 14:30"), "{days:?}");
    }

    #[test]
    fn an_answer_beyond_the_known_holidays_says_so() {
        let example = with_files(&[]);
        let warning = |what, from| ask(&example, what, from, "shop").unwrap().warning.unwrap_or_default();
        assert!(warning("5bd", "2026-12-28T10:00").starts_with("Holidays are known until 31 December 2026 only."));
        assert!(warning("5bd", "2025-12-28T10:00").starts_with("Holidays are known from 1 January 2026 only."));
        assert_eq!(warning("5d", "2026-12-28T10:00"), "");
        assert_eq!(warning("5bd", "2026-03-02T10:00"), "");
    }

    const TURNAROUND: &str = "\
calendar: workshop
standards:
  turnaround:
    title: Turnaround
    kind: timeliness
    limit: 10bd
    internal: 7bd
    legal: 20bd
    clock: {start: report is in, stop: customer is told, pause: [customer chooses], restart: choice is in}
    variants: [{when: a fridge, limit: 7bd, internal: 5bd}]
  fixed: {title: Fixed, kind: accuracy, level: none comes back}
";

    #[test]
    fn a_standard_is_answered_with_all_its_deadlines_and_its_clock() {
        let due = ask(&with_service(TURNAROUND), "repair/turnaround", "2026-04-02T15:30", "").unwrap();
        let kinds: Vec<_> = due.deadlines.iter().map(|it| (it.kind, it.limit.as_str(), it.when.as_deref())).collect();
        let fridge = Some("a fridge");
        assert_eq!(
            kinds,
            [
                ("internal", "7bd", None),
                ("limit", "10bd", None),
                ("legal", "20bd", None),
                ("internal", "5bd", fridge),
                ("limit", "7bd", fridge)
            ]
        );
        assert_eq!((due.due.as_deref(), due.calendar.as_str()), (Some("2026-04-20T17:00:00+02:00"), "workshop"));
        let clock = due.standard.unwrap().clock.unwrap();
        assert_eq!((clock.start.as_str(), clock.stop.as_str()), ("report is in", "customer is told"));
        assert_eq!((clock.pause, clock.restart.as_str()), (vec!["customer chooses".to_owned()], "choice is in"));
    }

    #[test]
    fn a_standard_without_a_limit_is_refused() {
        let why = ask(&with_service(TURNAROUND), "repair/fixed", "2026-04-02T15:30", "").unwrap_err().to_string();
        assert!(why.starts_with("the standard `repair/fixed` has no limit: it is about accuracy, not about time"));
    }

    #[test]
    fn a_limit_that_never_ends_is_answered_with_the_reason() {
        let due = ask(&with_files(&[]), "101y", "2026-04-02T15:30", "workshop").unwrap();
        assert!(!due.is_whole());
        assert_eq!(due.deadlines[0].problem.as_deref(), Some("This is too far away to be counted."));
    }

    #[test]
    fn an_answer_is_in_the_language_that_was_asked_for() {
        let example = with_files(&[]).in_language("de", 1);
        let due = ask(&example, "2d", "2026-04-02T16:30", "workshop").unwrap();
        assert_eq!(due.due_words.as_deref(), Some("Samstag, 4. April 2026, 24:00 Uhr"));
        assert_eq!(told(&due)[2], "Sa, 4. Apr.: Tag 2 · fällig am Ende des Tages");
    }

    #[test]
    fn a_calendar_with_a_fault_gives_no_answer() {
        let example = with_files(&[("registers/holidays/de-nw.csv", "date,name,day\n2026-99-01,A,closed\n")]);
        let why = ask(&example, "2bd", "2026-04-02T16:30", "workshop").unwrap_err();
        assert!(matches!(why, Refusal::Faulty { faults, .. } if faults.len() == 1));
        assert!(ask(&example, "2bd", "2026-04-02T16:30", "shop").is_ok());
    }
}
