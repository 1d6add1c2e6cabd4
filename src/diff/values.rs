//! The values of facts: what is more, and how each is written.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use jiff::civil::{Date, Weekday};

use crate::calendar;
use crate::calendar::compare::{self, Compared};
use crate::calendar::hours::{Interval, OpeningHours};
use crate::fields::text::{SOURCE, Text};
use crate::model::kind::Kind;
use crate::source::Span;
use crate::units::duration::{Clock, Duration};
use crate::units::money::Money;
use crate::units::share::Share;
use crate::units::time_of_day::TimeOfDay;

/// The seconds of a day.
const DAY: u64 = 86_400;

/// A value that can be compared.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A duration.
    Duration(Duration),
    /// A share.
    Share(Share),
    /// Money.
    Money(Money),
    /// A day.
    Date(Date),
    /// A number.
    Number(u32),
    /// A time of day.
    Time(TimeOfDay),
    /// Opening hours of a week.
    Week(OpeningHours),
    /// A word out of a list that goes from less to more, with its place there.
    Rank(u8, &'static str),
    /// A word, or a few.
    Word(String),
    /// Whom to tell at which moments.
    Told(Vec<(String, BTreeSet<String>)>),
    /// Things of a kind, in no order.
    Things(Kind, BTreeSet<String>),
    /// Texts that bind, in no order.
    Texts(Vec<Said>),
    /// A text that binds.
    Said(Said),
    /// A text of which the numbers bind.
    Figures(Said),
    /// A thing within a thing, whose parts are facts of their own: only whether it is there counts. Of a case with a limit of its
    /// own that limit, and the one that holds without it.
    Whole(String, Option<(Duration, Duration)>),
}

/// A text in the source language.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// What it says.
    pub text: String,
    /// Where it is written.
    pub span: Option<Span>,
}

impl From<&Text> for Said {
    fn from(text: &Text) -> Self {
        Self { text: text.source().to_owned(), span: text.exactly(SOURCE).map(|text| text.span) }
    }
}

impl Value {
    /// Compares it with a newer one; nothing where there is no order between them.
    pub fn order(&self, to: &Value, through: Option<&calendar::Calendar>) -> Option<Ordering> {
        match (self, to) {
            (Self::Duration(from), Self::Duration(to)) => Some(longer(*to, *from, through)?.reverse()),
            (Self::Share(from), Self::Share(to)) => Some(from.as_hundredths().cmp(&to.as_hundredths())),
            (Self::Money(from), Self::Money(to)) => from.compare(*to),
            (Self::Date(from), Self::Date(to)) => Some(from.cmp(to)),
            (Self::Number(from), Self::Number(to)) => Some(from.cmp(to)),
            (Self::Time(from), Self::Time(to)) => Some(from.cmp(to)),
            (Self::Week(from), Self::Week(to)) => order_of_weeks(from, to),
            (Self::Rank(from, _), Self::Rank(to, _)) => Some(from.cmp(to)),
            _ => None,
        }
    }

    /// Gives it as it is written in a file.
    pub fn shown(&self) -> String {
        match self {
            Self::Duration(it) => it.to_string(),
            Self::Share(it) => it.to_string(),
            Self::Money(it) => it.to_string(),
            Self::Date(it) => it.to_string(),
            Self::Number(it) => it.to_string(),
            Self::Time(it) => it.to_string(),
            Self::Week(it) => week(it),
            Self::Rank(_, it) => (*it).to_owned(),
            Self::Word(it) | Self::Whole(it, _) => it.clone(),
            Self::Said(it) | Self::Figures(it) => it.text.clone(),
            Self::Told(all) => {
                let one = |(at, tell): &(String, BTreeSet<String>)| {
                    format!("{at} {}", Vec::from_iter(tell.iter().map(String::as_str)).join(", "))
                };
                all.iter().map(one).collect::<Vec<_>>().join("; ")
            }
            Self::Things(_, ids) => ids.iter().map(String::as_str).collect::<Vec<_>>().join(", "),
            Self::Texts(texts) => texts.iter().map(|it| it.text.as_str()).collect::<Vec<_>>().join("; "),
        }
    }
}

/// Gives which of two durations is longer. One that ends later from any start is, however seldom that is; between days of
/// business and days of the calendar the date counts, and not that the one ends with the office and the other at midnight.
fn longer(one: Duration, other: Duration, through: Option<&calendar::Calendar>) -> Option<Ordering> {
    let is_days = |it: Duration| matches!(it.clock(), Clock::BusinessDays | Clock::Dates | Clock::Months);
    let compared = compare::compare(one, other, through)?;
    match compared {
        Compared::Through { later, sooner } if is_days(one) && is_days(other) => {
            let by_date = |it: Option<compare::Difference>| it.filter(|it| it.seconds >= DAY);
            Some(Compared::Through { later: by_date(later), sooner: by_date(sooner) }.worst_case())
        }
        _ => Some(compared.worst_case()),
    }
}

/// Hours are more where they hold all of the others, day by day.
fn order_of_weeks(from: &OpeningHours, to: &OpeningHours) -> Option<Ordering> {
    let holds = |more: &OpeningHours, less: &OpeningHours| {
        let is_within = |part: &Interval, day| more.on(day).iter().any(|it| it.from <= part.from && part.to <= it.to);
        Weekday::Monday.cycle_forward().take(7).all(|day| less.on(day).iter().all(|part| is_within(part, day)))
    };
    match (holds(to, from), holds(from, to)) {
        (true, true) => Some(Ordering::Equal),
        (true, false) => Some(Ordering::Less),
        (false, true) => Some(Ordering::Greater),
        (false, false) => None,
    }
}

/// Writes the hours of a week, days with the same hours together.
fn week(hours: &OpeningHours) -> String {
    let mut parts: Vec<(String, String)> = Vec::new();
    for day in Weekday::Monday.cycle_forward().take(7) {
        let open: Vec<String> = hours.on(day).iter().map(|open| format!("{}-{}", open.from, open.to)).collect();
        let open = if open.is_empty() { "closed".to_owned() } else { open.join(", ") };
        let name = format!("{day:?}")[..3].to_lowercase();
        match parts.last_mut() {
            Some((days, last)) if *last == open => {
                let first = days.split('-').next().unwrap_or_default().to_owned();
                *days = format!("{first}-{name}");
            }
            _ => parts.push((name, open)),
        }
    }
    parts.into_iter().map(|(days, open)| format!("{days} {open}")).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::hours::{parse_intervals, parse_weekdays};

    fn hours(parts: &[(&str, &str)]) -> Value {
        let mut hours = OpeningHours::default();
        for (days, open) in parts {
            hours.set(&parse_weekdays(days).unwrap(), &parse_intervals(open).unwrap()).unwrap();
        }
        Value::Week(hours)
    }

    #[test]
    fn hours_within_hours_are_fewer_and_others_have_no_order() {
        let all = hours(&[("mon-fri", "09:00-17:00")]);
        let order = |parts: &[(&str, &str)]| all.order(&hours(parts), None);
        assert_eq!(order(&[("mon-thu", "09:00-17:00")]), Some(Ordering::Greater));
        assert_eq!(order(&[("mon-fri", "09:00-12:00, 13:00-17:00")]), Some(Ordering::Greater));
        assert_eq!(order(&[("mon-fri", "09:00-17:00"), ("sat", "09:00-13:00")]), Some(Ordering::Less));
        assert_eq!(order(&[("mon-fri", "10:00-18:00")]), None);
        assert_eq!(all.shown(), "mon-fri 09:00-17:00; sat-sun closed");
    }

    #[test]
    fn a_day_of_the_calendar_is_shorter_than_one_of_business_though_it_ends_at_midnight() {
        let days = |text| Value::Duration(Duration::parse(text).unwrap());
        let through = calendar::examples::workshop();
        let order = |from, to| days(from).order(&days(to), Some(&through));
        assert_eq!(order("2 business days", "2 calendar days"), Some(Ordering::Greater));
        assert_eq!(order("5 business days", "5 calendar days"), Some(Ordering::Greater));
        assert_eq!(order("5 calendar days", "5 business days"), Some(Ordering::Less));
        assert_eq!(order("10 business days", "30 calendar days"), Some(Ordering::Less));
    }
}
