//! Durations as a reader reads them: `10 business days`, `10 Arbeitstagen`, `10 个工作日`.
//!
//! The words stand in the locale file under `duration`, with those of other cases than the nominative in a group of the
//! case's name. Not here: what a duration means on a calendar.

use std::borrow::Cow;

use super::case::Case;
use super::catalogue::{Catalogue, Text};
use super::{FALLBACK, Locale, phrase, plural};
use crate::units::duration::{Duration, Unit};

impl Locale {
    /// Writes a duration: `10 business days`.
    pub fn duration(&self, duration: Duration) -> String {
        self.duration_case(duration, Case::Nominative)
    }

    /// Writes a duration in a case: `10 Arbeitstagen`; a language without the case writes the nominative.
    pub fn duration_case(&self, duration: Duration, case: Case) -> String {
        let number = self.count_number(u64::from(duration.count));
        filled(self.duration_pattern(duration, case), &number)
    }

    /// Gives a duration in two parts for a large figure: the number and the words of the unit, (`10`, `business days`).
    pub fn limit_figure(&self, duration: Duration) -> (String, String) {
        let unit = filled(self.duration_pattern(duration, Case::Nominative), "");
        (self.count_number(u64::from(duration.count)), unit.trim().to_owned())
    }

    /// Finds the words for a duration; without a catalogue they are the ones that content files use.
    fn duration_pattern(&self, duration: Duration, case: Case) -> &str {
        let n = u64::from(duration.count);
        let own = words(&self.own, duration.unit, case).map(|text| text.form(plural::category(&self.tag, n)));
        let english = || words(&self.fallback, duration.unit, case).map(|text| text.form(plural::category(FALLBACK, n)));
        own.or_else(english).unwrap_or(unit_forms(duration.unit)[usize::from(n != 1)])
    }
}

fn filled(pattern: &str, number: &str) -> String {
    phrase::fill(pattern, |name| (name == "n").then_some(Cow::Borrowed(number)))
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
    use super::super::shipped::{english, german, locale, of_tag, with};
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
        let one = "1 second, 1 minute, 1 hour, 1 business hour, 1 business day, 1 calendar day, 1 week, 1 month, 1 year";
        for case in Case::ALL {
            assert_eq!(written(&english(), case, SEVERAL), several);
            assert_eq!(written(&english(), case, ONE), one);
        }
    }

    #[test]
    fn german_nominative_and_accusative_are_the_same_beside_a_figure() {
        let several = "45 Sekunden, 90 Minuten, 24 Stunden, 4 Arbeitsstunden, 10 Arbeitstage, 30 Kalendertage, 2 Wochen, \
                       12 Monate, 5 Jahre";
        let one = "1 Sekunde, 1 Minute, 1 Stunde, 1 Arbeitsstunde, 1 Arbeitstag, 1 Kalendertag, 1 Woche, 1 Monat, 1 Jahr";
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
        let several = "45 秒, 90 分钟, 24 小时, 4 个工作小时, 10 个工作日, 30 个自然日, 2 周, 12 个月, 5 年";
        let one = "1 秒, 1 分钟, 1 小时, 1 个工作小时, 1 个工作日, 1 个自然日, 1 周, 1 个月, 1 年";
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
        let polish = with("pl", "duration: {week: {one: '{n} tydzień', few: '{n} tygodnie', many: '{n} tygodni', other: '{n} tygodnia'}}");
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
