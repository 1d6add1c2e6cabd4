//! Durations as a reader reads them: `10 business days`, `10 Arbeitstagen`, `10个工作日`.
//!
//! The words stand in the locale file under `duration`, with those of other cases than the nominative in a group of the
//! case's name, those of how often something is done under `every`. Not here: what a duration means on a calendar.

use std::borrow::Cow;

use super::case::Case;
use super::catalogue::{Catalogue, Text};
use super::plural::Category;
use super::{FALLBACK, Locale, phrase, plural, value};
use crate::units::duration::{Duration, Unit};

impl Locale {
    /// Writes a duration: `10 business days`.
    pub fn duration(&self, duration: Duration) -> String {
        self.duration_case(duration, Case::Nominative)
    }

    /// Writes a duration in a case: `10 Arbeitstagen`; a language without the case writes the nominative.
    pub fn duration_case(&self, duration: Duration, case: Case) -> String {
        let n = u64::from(duration.count);
        let pattern = self.unit_pattern(duration.unit, case, |tag| plural::category(tag, n));
        filled(pattern, &self.count_number(n))
    }

    /// Gives a duration in two parts for a large figure: the number and the words of the unit, (`10`, `business days`).
    pub fn limit_figure(&self, duration: Duration) -> (String, String) {
        let n = u64::from(duration.count);
        let unit = filled(self.unit_pattern(duration.unit, Case::Nominative, |tag| plural::category(tag, n)), "");
        (self.count_number(n), unit.trim().to_owned())
    }

    /// Writes an amount of time given in tenths of a unit, such as the sum of steps: 65 tenths are `6.5 business days`.
    pub fn amount(&self, tenths: u64, unit: Unit) -> String {
        let (n, rest) = (tenths / 10, tenths % 10);
        let number = if rest == 0 { self.count_number(n) } else { self.point(tenths, 1) };
        // With a decimal it is *other* in English and German; what CLDR says of decimals elsewhere is not here.
        let category = |tag: &str| if rest == 0 { plural::category(tag, n) } else { Category::Other };
        filled(self.unit_pattern(unit, Case::Nominative, category), &number)
    }

    /// Writes elapsed seconds in short: `7 h 30 min`. Of a time of an hour and more, single seconds are left out.
    pub fn elapsed(&self, seconds: u64) -> String {
        let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        let parts = [("hour", hours, true), ("minute", minutes, true), ("second", rest, hours == 0)];
        let shown = parts.into_iter().filter(|(_, n, shown)| *n > 0 && *shown);
        let written: Vec<String> = shown.map(|(unit, n, _)| self.count(&format!("duration.short.{unit}"), n)).collect();
        if written.is_empty() { self.count("duration.short.minute", 0) } else { written.join(" ") }
    }

    /// Writes how often something is done: `every business day`, `every 12 months`.
    pub fn every(&self, duration: Duration) -> String {
        let group = if duration.count == 1 { "each" } else { "several" };
        self.count(&format!("every.{group}.{}", unit_key(duration.unit)), u64::from(duration.count))
    }

    /// Fills the placeholders of a text in which durations stand: `{duration:dative}` takes the case that it names.
    pub fn phrase_with_durations(&self, key: &str, durations: &[(&str, Duration)], values: &[(&str, &str)]) -> String {
        let duration = |name: &str| durations.iter().find(|(known, _)| *known == name).map(|(_, duration)| *duration);
        phrase::fill(self.word(key), |name, case| match duration(name) {
            Some(duration) => Some(Cow::Owned(self.duration_case(duration, case))),
            None => value(values, name),
        })
    }

    /// Finds the words for a unit; without a catalogue they are the ones that content files use.
    fn unit_pattern(&self, unit: Unit, case: Case, category: impl Fn(&str) -> Category) -> &str {
        let own = words(&self.own, unit, case).map(|text| text.form(category(&self.tag)));
        let english = || words(&self.fallback, unit, case).map(|text| text.form(category(FALLBACK)));
        let plain = || if category(FALLBACK) == Category::One { unit_forms(unit)[0] } else { unit_forms(unit)[1] };
        own.or_else(english).unwrap_or_else(plain)
    }
}

fn filled(pattern: &str, number: &str) -> String {
    phrase::fill(pattern, |name, _| (name == "n").then_some(Cow::Borrowed(number)))
}

fn words(catalogue: &Catalogue, unit: Unit, case: Case) -> Option<&Text> {
    let key = unit_key(unit);
    let in_case = match case {
        Case::Nominative => None,
        _ => catalogue.text(&format!("duration.{}.{key}", case.name())),
    };
    in_case.or_else(|| catalogue.text(&format!("duration.{key}")))
}

fn unit_key(unit: Unit) -> &'static str {
    match unit {
        Unit::Second => "second",
        Unit::Minute => "minute",
        Unit::Hour => "hour",
        Unit::BusinessHour => "business_hour",
        Unit::BusinessDay => "business_day",
        Unit::CalendarDay => "calendar_day",
        Unit::Week => "week",
        Unit::Month => "month",
        Unit::Year => "year",
    }
}

/// Gives the forms for one and for several, as content files write them.
fn unit_forms(unit: Unit) -> [&'static str; 2] {
    match unit {
        Unit::Second => ["{n} second", "{n} seconds"],
        Unit::Minute => ["{n} minute", "{n} minutes"],
        Unit::Hour => ["{n} hour", "{n} hours"],
        Unit::BusinessHour => ["{n} business hour", "{n} business hours"],
        Unit::BusinessDay => ["{n} business day", "{n} business days"],
        Unit::CalendarDay => ["{n} calendar day", "{n} calendar days"],
        Unit::Week => ["{n} week", "{n} weeks"],
        Unit::Month => ["{n} month", "{n} months"],
        Unit::Year => ["{n} year", "{n} years"],
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::shipped::{english, german, locale, of_tag, with};
    use super::*;

    fn duration(text: &str) -> Duration {
        Duration::parse(text).unwrap()
    }

    /// Writes several durations in a case, with commas between them.
    fn written(locale: &Locale, case: Case, texts: &str) -> String {
        texts.split(' ').map(|text| locale.duration_case(duration(text), case)).collect::<Vec<_>>().join(", ")
    }

    const SEVERAL: &str = "45s 90min 24h 4bh 10bd 30d 2w 12mo 5y";
    const ONE: &str = "1s 1min 1h 1bh 1bd 1d 1w 1mo 1y";

    #[test]
    fn english_names_one_and_several_of_each_unit() {
        let several = "45 seconds, 90 minutes, 24 hours, 4 business hours, 10 business days, 30 calendar days, 2 weeks, \
                       12 months, 5 years";
        let one =
            "1 second, 1 minute, 1 hour, 1 business hour, 1 business day, 1 calendar day, 1 week, 1 month, 1 year";
        for case in Case::ALL {
            assert_eq!(written(&english(), case, SEVERAL), several);
            assert_eq!(written(&english(), case, ONE), one);
        }
    }

    #[test]
    fn german_nominative_and_accusative_are_the_same_beside_a_figure() {
        let several = "45 Sekunden, 90 Minuten, 24 Stunden, 4 Arbeitsstunden, 10 Arbeitstage, 30 Kalendertage, 2 Wochen, \
                       12 Monate, 5 Jahre";
        let one =
            "1 Sekunde, 1 Minute, 1 Stunde, 1 Arbeitsstunde, 1 Arbeitstag, 1 Kalendertag, 1 Woche, 1 Monat, 1 Jahr";
        for case in [Case::Nominative, Case::Accusative] {
            assert_eq!(written(&german(), case, SEVERAL), several);
            assert_eq!(written(&german(), case, ONE), one);
        }
    }

    #[test]
    fn german_dative_adds_its_n_to_days_months_and_years() {
        assert_eq!(
            written(&german(), Case::Dative, SEVERAL),
            "45 Sekunden, 90 Minuten, 24 Stunden, 4 Arbeitsstunden, 10 Arbeitstagen, 30 Kalendertagen, 2 Wochen, \
             12 Monaten, 5 Jahren"
        );
        assert_eq!(written(&german(), Case::Dative, ONE), written(&german(), Case::Nominative, ONE));
    }

    #[test]
    fn german_genitive_adds_its_s_to_one_day_month_or_year() {
        assert_eq!(
            written(&german(), Case::Genitive, ONE),
            "1 Sekunde, 1 Minute, 1 Stunde, 1 Arbeitsstunde, 1 Arbeitstages, 1 Kalendertages, 1 Woche, 1 Monats, 1 Jahres"
        );
        assert_eq!(written(&german(), Case::Genitive, SEVERAL), written(&german(), Case::Nominative, SEVERAL));
    }

    #[test]
    fn chinese_counts_with_measure_words_in_one_form() {
        let several = "45秒, 90分钟, 24小时, 4个工作小时, 10个工作日, 30个自然日, 2周, 12个月, 5年";
        let one = "1秒, 1分钟, 1小时, 1个工作小时, 1个工作日, 1个自然日, 1周, 1个月, 1年";
        for case in Case::ALL {
            assert_eq!(written(&locale("zh"), case, SEVERAL), several);
            assert_eq!(written(&locale("zh"), case, ONE), one);
        }
    }

    #[test]
    fn a_figure_is_the_number_and_the_unit() {
        let figure = |tag: &str, text: &str| {
            let (number, unit) = locale(tag).limit_figure(duration(text));
            format!("{number}|{unit}")
        };
        assert_eq!(figure("en", "10bd"), "10|business days");
        assert_eq!(figure("en", "1bd"), "1|business day");
        assert_eq!(figure("de", "1500h"), "1.500|Stunden");
        assert_eq!(figure("zh", "10bd"), "10|个工作日");
        assert_eq!(figure("zh", "2w"), "2|周");
    }

    #[test]
    fn an_amount_in_tenths_is_written_with_the_unit() {
        let amounts = |tag: &str| [65, 10, 15, 0, 120_005].map(|n| locale(tag).amount(n, Unit::BusinessDay)).join(", ");
        assert_eq!(
            amounts("en"),
            "6.5 business days, 1 business day, 1.5 business days, 0 business days, 12,000.5 business days"
        );
        assert_eq!(
            amounts("de"),
            "6,5 Arbeitstage, 1 Arbeitstag, 1,5 Arbeitstage, 0 Arbeitstage, 12.000,5 Arbeitstage"
        );
        assert_eq!(amounts("zh"), "6.5个工作日, 1个工作日, 1.5个工作日, 0个工作日, 12,000.5个工作日");
        assert!(!english().amount(u64::MAX, Unit::Second).is_empty());
    }

    #[test]
    fn elapsed_time_is_written_in_its_largest_parts() {
        let times = |tag: &str| [27_000, 3600, 90, 45, 0, 3601].map(|n| locale(tag).elapsed(n)).join(", ");
        assert_eq!(times("en"), "7 h 30 min, 1 h, 1 min 30 s, 45 s, 0 min, 1 h");
        assert_eq!(times("de"), "7 Std. 30 min, 1 Std., 1 min 30 s, 45 s, 0 min, 1 Std.");
        assert_eq!(times("zh"), "7小时 30分, 1小时, 1分 30秒, 45秒, 0分, 1小时");
        assert_eq!(english().elapsed(u64::MAX), "5,124,095,576,030,431 h");
    }

    #[test]
    fn how_often_has_no_figure_for_one() {
        let often = |tag: &str, text: &str| locale(tag).every(duration(text));
        assert_eq!(
            ["1bd", "12mo", "1y"].map(|d| often("en", d)),
            ["every business day", "every 12 months", "every year"]
        );
        assert_eq!(
            ["1bd", "12mo", "1h"].map(|d| often("de", d)),
            ["jeden Arbeitstag", "alle 12 Monate", "jede Stunde"]
        );
        assert_eq!(["1bd", "12mo", "2w"].map(|d| often("zh", d)), ["每个工作日", "每12个月", "每2周"]);
    }

    #[test]
    fn every_unit_can_be_repeated_in_each_language() {
        for (tag, unit) in ["en", "de", "zh"].into_iter().flat_map(|tag| Unit::ALL.map(|unit| (tag, unit))) {
            for count in [1, 2] {
                let written = locale(tag).every(Duration { count, unit });
                assert!(!written.contains(['{', '.']), "{tag} {written}");
            }
        }
    }

    #[test]
    fn a_duration_in_a_sentence_takes_the_case_of_its_place() {
        let within =
            |tag: &str| locale(tag).phrase_with_durations("duration.within", &[("duration", duration("10bd"))], &[]);
        assert_eq!(
            ["en", "de", "zh"].map(within),
            ["within 10 business days", "innerhalb von 10 Arbeitstagen", "10个工作日内"]
        );
        let change = |tag: &str| {
            let durations = [("from", duration("12mo")), ("to", duration("10d"))];
            locale(tag).phrase_with_durations("change.from_to", &durations, &[("from", "unused")])
        };
        assert_eq!(change("de"), "von 12 Monaten auf 10 Kalendertage");
        assert_eq!(german().phrase("change.from_to", &[("from", "90 %"), ("to", "95 %")]), "von 90 % auf 95 %");
    }

    #[test]
    fn a_number_is_written_in_the_readers_way() {
        assert_eq!(english().duration(duration("1440min")), "1,440 minutes");
        assert_eq!(german().duration(duration("4294967295y")), "4.294.967.295 Jahre");
    }

    #[test]
    fn a_language_without_words_borrows_the_english_ones() {
        assert_eq!(written(&of_tag("fr"), Case::Dative, "1bd 10bd"), "1 business day, 10 business days");
    }

    #[test]
    fn a_catalogue_without_a_case_uses_its_nominative() {
        let polish = with(
            "pl",
            "duration: {week: {one: '{n} tydzień', few: '{n} tygodnie', many: '{n} tygodni', other: '{n} tygodnia'}}",
        );
        assert_eq!(written(&polish, Case::Genitive, "1w 2w 5w"), "1 tydzień, 2 tygodnie, 5 tygodni");
        assert_eq!(written(&polish, Case::Genitive, "2h"), "2 hours");
    }

    #[test]
    fn without_any_catalogue_a_duration_reads_as_in_the_content() {
        let bare = Locale::new("en", Catalogue::default(), None);
        for text in SEVERAL.split(' ').chain(ONE.split(' ')) {
            assert_eq!(bare.duration(duration(text)), duration(text).to_string());
        }
    }
}
