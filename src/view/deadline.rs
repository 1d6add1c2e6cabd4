//! The deadline finder: which limits it offers, by which calendar each counts, and the rules in words.
//!
//! Not here: counting. The script in the page does it, from the calendars and words that `calendar_files` and
//! `finder_words` give.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use serde::Serialize;

use super::html::{Html, Link};
use super::writer::{Shared, Writer};
use crate::calendar::intervals::Openings;
use crate::calendar::{Calendar, CountFrom};
use crate::fields::scalar::Given;
use crate::fields::table::Row;
use crate::fields::text::{Language, Text};
use crate::model::document::Document;
use crate::model::handbook::ALWAYS;
use crate::model::kind::Kind;
use crate::model::lookup::Thing;
use crate::model::service::Service;
use crate::model::standard::{Standard, StandardKind};
use crate::units::duration::{Clock, Duration, Unit};

/// Limits that begin together: those of a standard, or of some of its cases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FinderCase {
    /// The standard's id; those of a variant have its number behind, as in `repair/turnaround~1`.
    pub id: String,
    /// The standard, or the cases to which a variant applies, as plain text.
    pub title: Html,
    /// The internal limit as `7bd`; empty where there is none.
    pub internal: String,
    /// The limit that is promised, as `10bd`; empty where there is none.
    pub promised: String,
    /// The legal limit as `1mo`; empty where there is none.
    pub legal: String,
    /// The same with the standard and the service in front, for a choice among many.
    pub name: Html,
    /// The limits in words.
    pub limits: Html,
}

/// The finder of a standard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FinderView {
    /// The standard.
    pub standard: Link,
    /// The calendar by which it is counted.
    pub calendar: String,
    /// Whether pauses stop its clock.
    pub pauses: bool,
    /// The standard's limits, then those of its variants.
    pub cases: Vec<FinderCase>,
    /// How it is counted, a sentence each.
    pub rules: Vec<Html>,
}

/// The finders of a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FinderGroup {
    /// The service.
    pub service: Link,
    /// Its title as plain text, for an attribute.
    pub title: Html,
    /// Its standards of timeliness.
    pub finders: Vec<FinderView>,
}

/// A unit to choose for a limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnitChoice {
    /// Its short form: `bd`.
    pub code: &'static str,
    /// Its words for several: `business days`.
    pub title: Html,
}

/// A calendar to choose for a limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CalendarChoice {
    /// Its id.
    pub id: String,
    /// The channels that it staffs, as plain text, or else its id.
    pub title: Html,
}

/// The page of the finder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DeadlineView {
    /// The standards of timeliness, by service.
    pub groups: Vec<FinderGroup>,
    /// The calendars, the handbook's own first.
    pub calendars: Vec<CalendarChoice>,
    /// The units of a limit.
    pub units: Vec<UnitChoice>,
}

/// What the script says, in one language. Patterns are those of the locale files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FinderWords<'a> {
    deadline: BTreeMap<String, &'a str>,
    calendars: BTreeMap<&'a str, String>,
    date: BTreeMap<String, &'a str>,
    short: BTreeMap<&'static str, &'a str>,
    months: Vec<&'a str>,
    months_short: Vec<&'a str>,
    weekdays: Vec<&'a str>,
    weekdays_short: Vec<&'a str>,
}

/// The words of the page itself, which the script does not need.
const WORDS_OF_THE_PAGE: [&str; 20] = [
    "title",
    "lead",
    "standard",
    "calendar",
    "came_in",
    "date",
    "time",
    "now",
    "find",
    "copy",
    "say",
    "too_far",
    "no_script",
    "own_limit",
    "limit",
    "unit",
    "whole_days",
    "by_clock",
    "reason.due",
    "reason.due_end_of_day",
];

impl Shared<'_> {
    /// Spells out every calendar for the script, by id.
    ///
    /// Two calendar years, from the first of January of today's year: longer where more holidays are known, three years
    /// at most. In the first months of a year it reaches back 90 days, for what came in then is still open.
    pub fn calendar_files(&self) -> BTreeMap<&str, Openings> {
        let (first, least, most) = stretch(self.today);
        let last = |calendar: &Calendar| calendar.known_until().map_or(least, |known| known.clamp(least, most));
        let one = |calendar: &Calendar| Openings::new(calendar, first, last(calendar));
        self.handbook().working.iter().map(|(id, calendar)| (id.as_str(), one(calendar))).collect()
    }

    /// Gives the words of the script in a language.
    pub fn finder_words(&self, language: Language) -> FinderWords<'_> {
        let locale = &self.locales[usize::from(language.0)];
        let mut deadline = locale.group("deadline");
        deadline.retain(|key, _| !WORDS_OF_THE_PAGE.contains(&key.as_str()));
        let mut date = locale.group("date");
        date.retain(|key, _| ["long", "with_weekday", "day", "time", "date_time"].contains(&key.as_str()));
        let writer = self.writer(language, "deadline.html");
        let titled = self.handbook().working.keys().map(|id| (id.as_str(), writer.calendar_title(id).plain()));
        let named = |group: &str, names: &[&str]| {
            let words = locale.group(group);
            names.iter().map(|name| words.get(*name).copied().unwrap_or_default()).collect()
        };
        FinderWords {
            deadline,
            calendars: titled.collect(),
            date,
            short: SHORT.map(|(unit, key)| (unit, locale.word(key))).into(),
            months: named("month.long", &MONTHS),
            months_short: named("month.short", &MONTHS),
            weekdays: named("weekday.long", &WEEKDAYS),
            weekdays_short: named("weekday.short", &WEEKDAYS),
        }
    }
}

/// Gives the first date that is spelled out, and the last one at least and at most.
fn stretch(today: Date) -> (Date, Date, Date) {
    let before = today.checked_sub(90.days()).unwrap_or(today).first_of_month();
    let year = today.year().min(9990);
    (before.min(date(year, 1, 1)), date(year + 1, 12, 31), date(year + 2, 12, 31))
}

const SHORT: [(&str, &str); 3] =
    [("hour", "duration.short.hour"), ("minute", "duration.short.minute"), ("second", "duration.short.second")];

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// From Sunday, as the script's language counts.
const WEEKDAYS: [&str; 7] = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

impl Writer<'_> {
    /// Lists the services with a standard that the finder may offer.
    pub fn deadline_services(&self) -> Vec<String> {
        let timely =
            |row: &Row<Standard>| row.value.kind.as_ref().is_none_or(|kind| kind.value == StandardKind::Timeliness);
        let services = self.handbook().services.values();
        services.filter(|it| it.fields.standards.iter().any(timely)).map(|it| it.id.clone()).collect()
    }

    /// Shows the page of the finder for some services.
    pub fn deadline(&self, services: &[String]) -> DeadlineView {
        let handbook = self.handbook();
        let group = |service: &Document<Service>| FinderGroup {
            service: self.link(Kind::Service, &service.id),
            title: Html::escaped(&self.bare(&service.fields.title, None)),
            finders: service.fields.standards.iter().filter_map(|row| self.finder(service, row)).collect(),
        };
        let own = handbook.config.calendar.as_ref().map(|own| own.value.as_str());
        let mut calendars: Vec<&String> = handbook.working.keys().collect();
        calendars.sort_by_key(|id| (Some(id.as_str()) != own, *id == ALWAYS));
        let choice =
            |id: &String| CalendarChoice { id: id.clone(), title: Html::escaped(&self.calendar_title(id).plain()) };
        let unit = |unit: Unit| {
            let several = Duration { count: 2, unit };
            UnitChoice { code: unit.short(), title: Html::escaped(&self.locale().limit_figure(several).1) }
        };
        DeadlineView {
            groups: services
                .iter()
                .map(|id| group(&handbook.services[id]))
                .filter(|group| !group.finders.is_empty())
                .collect(),
            calendars: calendars.into_iter().map(choice).collect(),
            units: UNITS.into_iter().map(unit).collect(),
        }
    }

    /// Shows the finder of a standard; nothing where it is not one of timeliness, or has no limit.
    pub fn finder(&self, service: &Document<Service>, row: &Row<Standard>) -> Option<FinderView> {
        let standard = &row.value;
        let timeliness = standard.kind.as_ref().is_none_or(|kind| kind.value == StandardKind::Timeliness);
        let limits = Limits { internal: &standard.internal, promised: &standard.limit, legal: &standard.legal };
        if !timeliness || limits.all().next().is_none() {
            return None;
        }
        let id = format!("{}/{}", service.id, row.id);
        let own: Thing = (Kind::Standard, id.clone());
        let name = if standard.title.is_empty() { &standard.statement } else { &standard.title };
        let full = format!("{} · {}", self.bare(name, Some(&own)), self.bare(&service.fields.title, None));
        let mut cases = vec![self.case(id.clone(), name, &own, limits)];
        cases[0].name = Html::escaped(&full);
        for (number, variant) in (1..).zip(&standard.variants) {
            let or_same = |given| -> &Given<Duration> { if Given::is_some(given) { given } else { &standard.limit } };
            let limits =
                Limits { internal: &variant.internal, promised: or_same(&variant.limit), legal: &standard.legal };
            let mut case = self.case(format!("{id}~{number}"), &variant.when, &own, limits);
            case.name = Html(format!("{}{}{}", Html::escaped(&full).0, self.word("list.colon"), case.title.0));
            cases.push(case);
        }
        let pauses = standard.clock.as_ref().is_some_and(|clock| !clock.pause.0.is_empty());
        let (calendar, working) = match self.handbook().calendar_of(&service.fields) {
            Some((id, calendar)) => (id, Some(calendar.as_ref())),
            None => (ALWAYS, None),
        };
        let mut rules = self.rules(calendar, working, &limits.all().map(|(_, limit)| limit).collect::<Vec<_>>());
        if pauses {
            rules.push(Html::escaped(self.locale().word("deadline.pauses_not_counted")));
        }
        let standard = self.link(Kind::Standard, &id);
        Some(FinderView { standard, calendar: calendar.to_owned(), pauses, cases, rules })
    }

    /// Shows the finder of a limit that belongs to no standard, such as the one of a remedy.
    pub fn finder_of(&self, service: &Document<Service>, kind: Kind, id: &str, limit: Duration) -> FinderView {
        let (calendar, working) = match self.handbook().calendar_of(&service.fields) {
            Some((id, calendar)) => (id, Some(calendar.as_ref())),
            None => (ALWAYS, None),
        };
        let case = FinderCase {
            id: id.to_owned(),
            title: self.name(kind, id),
            name: Html::default(),
            internal: String::new(),
            promised: limit.short(),
            legal: String::new(),
            limits: Html::escaped(&self.locale().duration(limit)),
        };
        FinderView {
            standard: self.link(kind, id),
            calendar: calendar.to_owned(),
            pauses: false,
            cases: vec![case],
            rules: self.rules(calendar, working, &[limit]),
        }
    }

    fn case(&self, id: String, title: &Text, own: &Thing, limits: Limits<'_>) -> FinderCase {
        let short = |given: &Given<Duration>| given.as_ref().map_or_else(String::new, |given| given.value.short());
        let words = |(key, limit)| self.locale().phrase(key, &[("amount", &self.locale().duration(limit))]);
        FinderCase {
            id,
            title: Html::escaped(&self.bare(title, Some(own))),
            name: Html::default(),
            internal: short(limits.internal),
            promised: short(limits.promised),
            legal: short(limits.legal),
            limits: Html::escaped(&limits.all().map(words).collect::<Vec<_>>().join(" · ")),
        }
    }

    /// Says how limits are counted by a calendar, a sentence each.
    fn rules(&self, id: &str, calendar: Option<&Calendar>, limits: &[Duration]) -> Vec<Html> {
        let locale = self.locale();
        let runs_by = |clocks: &[Clock]| limits.iter().any(|limit| clocks.contains(&limit.clock()));
        let mut rules = Vec::new();
        if runs_by(&[Clock::BusinessHours, Clock::BusinessDays]) {
            rules.push(locale.phrase("deadline.business_limit", &[("calendar", &self.calendar_title(id).plain())]));
        }
        if let Some(calendar) = calendar.filter(|_| runs_by(&[Clock::BusinessDays])) {
            rules.push(match calendar.count_from() {
                CountFrom::NextDay => self.word("calendar.count_from.next-day"),
                CountFrom::SameDay => self.word("calendar.count_from.same-day"),
            });
            let cut_off = calendar.cut_off().map(|time| time.to_string());
            rules.extend(cut_off.map(|time| locale.phrase("calendar.cut_off", &[("time", &time)])));
        }
        if runs_by(&[Clock::Dates, Clock::Months]) {
            rules.push(self.word("deadline.whole_days"));
        }
        if runs_by(&[Clock::Elapsed]) {
            rules.push(self.word("deadline.by_clock"));
        }
        rules.iter().map(|rule| Html::escaped(rule)).collect()
    }
}

/// The units that can be chosen, the most usual first.
const UNITS: [Unit; 8] = [
    Unit::BusinessDay,
    Unit::BusinessHour,
    Unit::CalendarDay,
    Unit::Week,
    Unit::Month,
    Unit::Year,
    Unit::Hour,
    Unit::Minute,
];

/// Limits that begin together.
#[derive(Clone, Copy)]
struct Limits<'a> {
    internal: &'a Given<Duration>,
    promised: &'a Given<Duration>,
    legal: &'a Given<Duration>,
}

impl<'a> Limits<'a> {
    /// Walks over those that there are, each with the key of its words.
    fn all(self) -> impl Iterator<Item = (&'static str, Duration)> + use<'a> {
        let given = [("figure.internal", self.internal), ("figure.limit", self.promised), ("figure.legal", self.legal)];
        given.into_iter().filter_map(|(key, given)| given.as_ref().map(|given| (key, given.value)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::bench::{Bench, EN};

    #[test]
    fn two_calendar_years_are_spelled_out_and_a_third_where_holidays_are_known() {
        assert_eq!(stretch(date(2026, 11, 21)), (date(2026, 1, 1), date(2027, 12, 31), date(2028, 12, 31)));
    }

    #[test]
    fn in_january_what_came_in_at_christmas_can_still_be_counted() {
        assert_eq!(stretch(date(2027, 1, 5)).0, date(2026, 10, 1));
        assert_eq!(stretch(date(2027, 3, 31)).0, date(2026, 12, 1));
        assert_eq!(stretch(date(2027, 4, 1)).0, date(2027, 1, 1));
    }

    #[test]
    fn a_choice_names_its_standard_and_service_and_a_calendar_the_channels_that_it_staffs() {
        let service = "\
calendar: works
standards:
  quick:
    {title: Quick, kind: timeliness, limit: 2 business days, variants: [{when: it is cold, limit: 1 business day}]}
";
        let calendars = "works: {time_zone: Europe/Berlin, hours: {mon-fri: \"09:00-17:00\"}}\nspare: {time_zone: UTC, hours: {mon: \"09:00-17:00\"}}\n";
        let others = [
            ("registers/calendars.yaml", calendars),
            ("registers/channels.yaml", "phone: {title: Phone, calendar: works}\n"),
        ];
        let bench = Bench::service(service, &others);
        let shared = bench.shared();
        let writer = shared.writer(EN, "deadline.html");
        let view = writer.deadline(&writer.deadline_services());
        let finder = &view.groups[0].finders[0];
        let names: Vec<_> = finder.cases.iter().map(|it| it.name.0.as_str()).collect();
        assert_eq!(names, ["Quick · Repair", "Quick · Repair: it is cold"]);
        let calendars: Vec<_> = view.calendars.iter().map(|it| (it.id.as_str(), it.title.0.as_str())).collect();
        assert_eq!(calendars, [("spare", "spare"), ("works", "Phone"), ("always", "always")]);
        assert!(finder.rules[0].0.contains("Phone"), "{:?}", finder.rules);
    }

    #[test]
    fn at_the_ends_of_time_there_is_still_a_stretch() {
        for today in [Date::MIN, Date::MAX] {
            let (first, least, most) = stretch(today);
            assert!(first < least && least < most);
        }
    }
}
