//! Dates, times and periods for a reader: `1 September 2026`, `1. September 2026`, `2026年9月1日`.
//!
//! Patterns and names stand in the locale file under `date`, `month` and `weekday`. Not here: today, time zones, and
//! which days count (`calendar`).

use std::borrow::Cow;

use jiff::civil::{Date, DateTime, Time, Weekday};

use super::{Locale, phrase};

impl Locale {
    /// Writes a date in full: `1 September 2026`.
    pub fn date(&self, date: Date) -> String {
        self.date_by("date.long", date)
    }

    /// Writes a date for a table: `1 Sep 2026`, `01.09.2026`, `2026-09-01`.
    pub fn date_short(&self, date: Date) -> String {
        self.date_by("date.short", date)
    }

    /// Writes a date in full with its weekday: `Tuesday, 1 September 2026`.
    pub fn date_with_weekday(&self, date: Date) -> String {
        self.date_by("date.with_weekday", date)
    }

    /// Writes a day without its year, for a deadline counted day by day: `Tue 1 Sep`.
    pub fn day(&self, date: Date) -> String {
        self.date_by("date.day", date)
    }

    /// Writes a time of day, to the minute.
    pub fn time(&self, time: Time) -> String {
        phrase::fill(self.word("date.time"), |name, _| match name {
            "hour" => Some(time.hour().to_string().into()),
            "hh" => Some(format!("{:02}", time.hour()).into()),
            "minute" => Some(format!("{:02}", time.minute()).into()),
            _ => None,
        })
    }

    /// Writes a date in full with its weekday and a time of day.
    pub fn date_time(&self, at: DateTime) -> String {
        let (date, time) = (self.date_with_weekday(at.date()), self.time(at.time()));
        self.phrase("date.date_time", &[("date", &date), ("time", &time)])
    }

    /// Writes a month given as `2026-09`: `September 2026`. What is no month stays as it is.
    pub fn month(&self, text: &str) -> String {
        month(text).map_or_else(|| text.to_owned(), |first| self.date_by("date.month", first))
    }

    /// Writes the period of a result: a year, half-year, quarter, month, week or day, as `2026`, `2026-H1`, `2026-Q3`,
    /// `2026-09`, `2026-W36` or `2026-09-01`. What is none of these stays as it is.
    pub fn period(&self, text: &str) -> String {
        self.known_period(text).unwrap_or_else(|| text.to_owned())
    }

    /// Names the weekday of a date: `Tuesday`.
    pub fn weekday(&self, weekday: Weekday) -> &str {
        self.word(LONG_WEEKDAYS[place_of(weekday)])
    }

    /// Names a weekday in short: `Tue`.
    pub fn weekday_short(&self, weekday: Weekday) -> &str {
        self.word(SHORT_WEEKDAYS[place_of(weekday)])
    }

    fn known_period(&self, text: &str) -> Option<String> {
        let Some((year, rest)) = text.split_once('-') else { return whole_year(text).map(str::to_owned) };
        let year = whole_year(year)?;
        let numbered = |key: &str, n: &str| self.phrase(key, &[("year", year), ("n", n)]);
        match rest {
            "H1" => Some(numbered("date.first_half", "1")),
            "H2" => Some(numbered("date.second_half", "2")),
            "Q1" | "Q2" | "Q3" | "Q4" => rest.strip_prefix('Q').map(|n| numbered("date.quarter", n)),
            _ => match rest.strip_prefix('W') {
                Some(week) => {
                    two_digits(week).filter(|n| (1..=53).contains(n)).map(|n| numbered("date.week", &n.to_string()))
                }
                None => month(text).map(|first| self.date_by("date.month", first)).or_else(|| {
                    let (first, day) = (month(text.get(..7)?)?, two_digits(text.get(7..)?.strip_prefix('-')?)?);
                    Some(self.date(Date::new(first.year(), first.month(), day).ok()?))
                }),
            },
        }
    }

    fn date_by(&self, key: &str, date: Date) -> String {
        phrase::fill(self.word(key), |name, _| self.part(name, date))
    }

    fn part(&self, name: &str, date: Date) -> Option<Cow<'_, str>> {
        let place = usize::from(date.month().unsigned_abs().saturating_sub(1)).min(LONG_MONTHS.len() - 1);
        match name {
            "year" => Some(date.year().to_string().into()),
            "month" => Some(self.word(LONG_MONTHS[place]).into()),
            "month_short" => Some(self.word(SHORT_MONTHS[place]).into()),
            "mm" => Some(format!("{:02}", date.month()).into()),
            "day" => Some(date.day().to_string().into()),
            "dd" => Some(format!("{:02}", date.day()).into()),
            "weekday" => Some(self.weekday(date.weekday()).into()),
            "weekday_short" => Some(self.weekday_short(date.weekday()).into()),
            _ => None,
        }
    }
}

/// Reads `2026-09` as the first of that month.
fn month(text: &str) -> Option<Date> {
    let (year, month) = text.split_once('-')?;
    Date::new(whole_year(year)?.parse().ok()?, two_digits(month)?, 1).ok()
}

fn whole_year(text: &str) -> Option<&str> {
    (text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit())).then_some(text)
}

fn two_digits(text: &str) -> Option<i8> {
    (text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

fn place_of(weekday: Weekday) -> usize {
    usize::from(weekday.to_monday_zero_offset().unsigned_abs()) % LONG_WEEKDAYS.len()
}

const LONG_MONTHS: [&str; 12] = [
    "month.long.january",
    "month.long.february",
    "month.long.march",
    "month.long.april",
    "month.long.may",
    "month.long.june",
    "month.long.july",
    "month.long.august",
    "month.long.september",
    "month.long.october",
    "month.long.november",
    "month.long.december",
];

const SHORT_MONTHS: [&str; 12] = [
    "month.short.january",
    "month.short.february",
    "month.short.march",
    "month.short.april",
    "month.short.may",
    "month.short.june",
    "month.short.july",
    "month.short.august",
    "month.short.september",
    "month.short.october",
    "month.short.november",
    "month.short.december",
];

const LONG_WEEKDAYS: [&str; 7] = [
    "weekday.long.monday",
    "weekday.long.tuesday",
    "weekday.long.wednesday",
    "weekday.long.thursday",
    "weekday.long.friday",
    "weekday.long.saturday",
    "weekday.long.sunday",
];

const SHORT_WEEKDAYS: [&str; 7] = [
    "weekday.short.monday",
    "weekday.short.tuesday",
    "weekday.short.wednesday",
    "weekday.short.thursday",
    "weekday.short.friday",
    "weekday.short.saturday",
    "weekday.short.sunday",
];

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::tests::shipped::{locale, of_tag};
    use super::*;

    /// Writes something in English, German and Chinese.
    fn three(write: impl Fn(&Locale) -> String) -> [String; 3] {
        ["en", "de", "zh"].map(|tag| write(&locale(tag)))
    }

    const FIRST: Date = date(2026, 9, 1);

    #[test]
    fn a_date_in_full_follows_the_language() {
        assert_eq!(three(|l| l.date(FIRST)), ["1 September 2026", "1. September 2026", "2026年9月1日"]);
        assert_eq!(three(|l| l.date(date(2026, 3, 31))), ["31 March 2026", "31. März 2026", "2026年3月31日"]);
    }

    #[test]
    fn a_short_date_fits_into_a_table() {
        assert_eq!(three(|l| l.date_short(FIRST)), ["1 Sep 2026", "01.09.2026", "2026-09-01"]);
    }

    #[test]
    fn a_weekday_goes_before_the_date_or_after_it() {
        assert_eq!(
            three(|l| l.date_with_weekday(FIRST)),
            ["Tuesday, 1 September 2026", "Dienstag, 1. September 2026", "2026年9月1日 星期二"]
        );
        assert_eq!(three(|l| l.day(FIRST)), ["Tue 1 Sep", "Di, 1. Sep.", "9月1日 周二"]);
    }

    #[test]
    fn weekdays_begin_with_monday() {
        assert_eq!(three(|l| l.weekday(Weekday::Monday).to_owned()), ["Monday", "Montag", "星期一"]);
        assert_eq!(three(|l| l.weekday_short(Weekday::Sunday).to_owned()), ["Sun", "So", "周日"]);
    }

    #[test]
    fn a_time_has_two_digits_for_hour_and_minute() {
        assert_eq!(three(|l| l.time(jiff::civil::time(9, 5, 0, 0))), ["09:05", "09:05 Uhr", "09:05"]);
        assert_eq!(
            three(|l| l.date_time(FIRST.at(17, 0, 59, 0))),
            ["Tuesday, 1 September 2026, 17:00", "Dienstag, 1. September 2026, 17:00 Uhr", "2026年9月1日 星期二 17:00"]
        );
    }

    #[test]
    fn a_month_is_named() {
        assert_eq!(three(|l| l.month("2026-01")), ["January 2026", "Januar 2026", "2026年1月"]);
    }

    #[test]
    fn each_kind_of_period_is_named() {
        assert_eq!(three(|l| l.period("2026")), ["2026", "2026", "2026"]);
        assert_eq!(three(|l| l.period("2026-H1")), ["first half of 2026", "1. Halbjahr 2026", "2026年上半年"]);
        assert_eq!(three(|l| l.period("2026-H2")), ["second half of 2026", "2. Halbjahr 2026", "2026年下半年"]);
        assert_eq!(three(|l| l.period("2026-Q3")), ["Q3 2026", "3. Quartal 2026", "2026年第3季度"]);
        assert_eq!(three(|l| l.period("2026-12")), ["December 2026", "Dezember 2026", "2026年12月"]);
        assert_eq!(three(|l| l.period("2026-W05")), ["week 5, 2026", "KW 5/2026", "2026年第5周"]);
        assert_eq!(three(|l| l.period("2026-09-01")), three(|l| l.date(FIRST)));
    }

    #[test]
    fn what_is_no_period_stays_as_it_is() {
        let texts = [
            "",
            "-",
            "2026-",
            "2026-13",
            "2026-1",
            "2026-00",
            "2026-Q5",
            "2026-W54",
            "2026-W00",
            "2026-W5",
            "2026-02-30",
            "2026-09-1",
            "26-09",
            "二〇二六年",
            "2026-九",
            "2026-09é",
            "+026-01",
            "2026-+1",
            "Q3 2026",
        ];
        for text in texts {
            assert_eq!(locale("en").period(text), text);
            assert_eq!(locale("en").month(text), text);
        }
    }

    #[test]
    fn every_month_and_weekday_has_a_name_of_its_own() {
        for tag in ["en", "de", "zh"] {
            let words = locale(tag);
            for keys in [&LONG_MONTHS[..], &SHORT_MONTHS, &LONG_WEEKDAYS, &SHORT_WEEKDAYS] {
                let names: std::collections::BTreeSet<&str> = keys.iter().map(|key| words.word(key)).collect();
                assert_eq!(names.len(), keys.len(), "{tag} {names:?}");
                assert!(names.iter().all(|name| !name.contains('.') || tag == "de"), "{names:?}");
            }
        }
    }

    #[test]
    fn dates_at_the_edge_are_written() {
        assert_eq!(locale("en").date(Date::MIN), "1 January -9999");
        assert_eq!(locale("de").date_short(Date::MAX), "31.12.9999");
    }

    #[test]
    fn a_language_without_words_borrows_the_english_date() {
        assert_eq!(of_tag("fr").date(FIRST), "1 September 2026");
    }
}
