//! The days of holiday files: a day that closes or opens moves deadlines.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::change::{At, What};
use super::{Comparing, Thing};
use crate::calendar::{Day, Holiday};
use crate::model::kind::Kind;
use crate::source::Span;

type Days = BTreeMap<Date, Day>;

impl Comparing<'_> {
    /// Compares the files of holidays.
    pub(super) fn holidays(&mut self) {
        let (old, new) = (&self.before.handbook.holidays, &self.after.handbook.holidays);
        let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        for name in names {
            let days = |of: &BTreeMap<String, Vec<Holiday>>| -> Days {
                of.get(name).into_iter().flatten().map(|day| (day.date, day.day)).collect()
            };
            let (was, is) = (days(old), days(new));
            if was == is {
                continue;
            }
            let path = format!("registers/holidays/{name}");
            let at = match self.after.tree.find(&path) {
                Some(file) => self.after.at(Span::new(file, 0, 0), false),
                None => At { path: format!("{}{path}", self.before.prefix), line: 1, before: true },
            };
            let thing = Thing { kind: Kind::Calendar, id: format!("holidays/{name}"), title: name.clone(), at };
            self.tell(what(&was, &is), &thing, ("holidays", &only(&was, &is), &only(&is, &was)));
        }
    }
}

/// Tells what other days mean. Days of a year of which the older file knew none are news of the year, and nothing that was decided
/// otherwise.
fn what(was: &Days, is: &Days) -> What {
    let is_known = |date: &Date| was.keys().any(|known| known.year() == date.year());
    let is_closed = |(_, day): &(&Date, &Day)| **day == Day::Closed;
    let other = |of: &Days, than: &Days, closed: bool| {
        let differs = |(date, day): &(&Date, &Day)| than.get(*date) != Some(*day) && is_known(date);
        of.iter().filter(differs).any(|it| is_closed(&it) == closed)
    };
    let fewer = other(is, was, true) || other(was, is, false);
    let more = other(was, is, true) || other(is, was, false);
    match (fewer, more) {
        (true, false) => What::HoursShortened,
        (false, true) => What::HoursExtended,
        _ => What::HoursChanged,
    }
}

/// Says which days are in the one alone.
fn only(one: &Days, other: &Days) -> String {
    let said = |(date, day): (&Date, &Day)| format!("{date} {}", format!("{day:?}").to_lowercase());
    let all: Vec<String> = one.iter().filter(|(date, day)| other.get(*date) != Some(*day)).map(said).collect();
    match all.len() {
        0..=4 => all.join(", "),
        count => format!("{} and {} more days", all[..3].join(", "), count - 3),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const CHRISTMAS: (Date, Day) = (date(2026, 12, 25), Day::Closed);
    const MADE_UP: (Date, Day) = (date(2026, 10, 10), Day::Open);

    fn days(all: &[(Date, Day)]) -> Days {
        all.iter().copied().collect()
    }

    #[test]
    fn a_day_that_closes_is_less_and_one_that_opens_is_more() {
        let of = |was: &[(Date, Day)], is: &[(Date, Day)]| what(&days(was), &days(is));
        let eve = (date(2026, 12, 24), Day::Closed);
        assert_eq!(of(&[CHRISTMAS], &[CHRISTMAS, eve]), What::HoursShortened);
        assert_eq!(of(&[CHRISTMAS, eve], &[CHRISTMAS]), What::HoursExtended);
        assert_eq!(of(&[CHRISTMAS], &[CHRISTMAS, MADE_UP]), What::HoursExtended);
        assert_eq!(of(&[CHRISTMAS], &[eve]), What::HoursChanged);
    }

    #[test]
    fn the_days_of_another_year_are_news_and_no_fewer_hours() {
        let next = (date(2027, 12, 25), Day::Closed);
        assert_eq!(what(&days(&[CHRISTMAS]), &days(&[CHRISTMAS, next])), What::HoursChanged);
        assert_eq!(only(&days(&[CHRISTMAS, next]), &days(&[CHRISTMAS])), "2027-12-25 closed");
    }
}
