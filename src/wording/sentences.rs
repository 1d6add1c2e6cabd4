//! Sentences of each language and the amounts that are read in them.
#![cfg(test)]

use super::amount::Measure::{self, Days, Money, Other, Percent, Rate, Time, Times};
use super::amount::read;
use crate::units::duration::Unit::{BusinessDay, BusinessHour, CalendarDay, Hour, Minute, Month, Second, Week, Year};

type Case = (&'static str, u64, Option<u64>, Measure, &'static str);

fn hold(language: &str, cases: &[Case]) {
    for (text, thousandths, to, measure, part) in cases {
        let read = read(text, language);
        let shown: Vec<_> = read
            .iter()
            .map(|it| (it.thousandths, it.to.map(|to| to / 1000), it.measure, &text[it.range.clone()]))
            .collect();
        assert_eq!(shown, [(*thousandths, *to, *measure, *part)], "{text}");
    }
}

#[test]
fn english_sentences_are_read() {
    hold(
        "en",
        &[
            ("We reply within five (5) business days.", 5_000, None, Time(BusinessDay), "five (5) business days"),
            ("within 10 (ten) working days of receipt", 10_000, None, Time(BusinessDay), "10 (ten) working days"),
            ("in 5-10 business days", 5_000, Some(10), Time(BusinessDay), "5-10 business days"),
            ("in 5 – 10 work days", 5_000, Some(10), Time(BusinessDay), "5 – 10 work days"),
            ("between 5 and 10 weekdays", 5_000, Some(10), Time(BusinessDay), "5 and 10 weekdays"),
            ("one to two weeks", 1_000, Some(2), Time(Week), "one to two weeks"),
            ("a two- to three-week wait", 2_000, Some(3), Time(Week), "two- to three-week"),
            ("5 days to 10 days", 5_000, Some(10), Days, "5 days to 10 days"),
            ("two or three days", 2_000, Some(3), Days, "two or three days"),
            ("your 24-hour turnaround", 24_000, None, Time(Hour), "24-hour"),
            ("a 20 business-day period", 20_000, None, Time(BusinessDay), "20 business-day"),
            ("a ten-day wait", 10_000, None, Days, "ten-day"),
            ("within an hour", 1_000, None, Time(Hour), "an hour"),
            ("within half an hour", 500, None, Time(Hour), "half an hour"),
            ("two and a half hours", 2_500, None, Time(Hour), "two and a half hours"),
            ("an answer in an hour and a half", 1_500, None, Time(Hour), "an hour and a half"),
            ("1 hour and 30 minutes", 90_000, None, Time(Minute), "1 hour and 30 minutes"),
            ("twenty-four hours", 24_000, None, Time(Hour), "twenty-four hours"),
            ("ninety (90) calendar days", 90_000, None, Time(CalendarDay), "ninety (90) calendar days"),
            ("in 30 days", 30_000, None, Days, "30 days"),
            ("10 days' notice", 10_000, None, Days, "10 days"),
            ("within 4 business hours", 4_000, None, Time(BusinessHour), "4 business hours"),
            ("calls are answered in 45s", 45_000, None, Time(Second), "45s"),
            ("12 months after", 12_000, None, Time(Month), "12 months"),
            ("one year", 1_000, None, Time(Year), "one year"),
            ("90 % of calls", 90_000, None, Percent, "90 %"),
            ("ninety per cent", 90_000, None, Percent, "ninety per cent"),
            ("99.5 percent", 99_500, None, Percent, "99.5 percent"),
            ("up to $1,250.50", 1_250_500, None, Money, "$1,250.50"),
            ("EUR 90 back", 90_000, None, Money, "EUR 90"),
            ("90 euros", 90_000, None, Money, "90 euros"),
            ("three times as often", 3_000, None, Times, "three times"),
            ("open 24 hours a day", 24_000, None, Rate, "24 hours a day"),
            ("412 cases", 412_000, None, Other, "412"),
            ("answer in three rings", 3_000, None, Other, "three"),
            ("Section 15: within 5 business days", 5_000, None, Time(BusinessDay), "5 business days"),
        ],
    );
}

#[test]
fn german_sentences_are_read() {
    hold(
        "de",
        &[
            ("innerhalb von fünf Arbeitstagen", 5_000, None, Time(BusinessDay), "fünf Arbeitstagen"),
            ("binnen 24 Stunden", 24_000, None, Time(Hour), "24 Stunden"),
            ("in 5 bis 10 Werktagen", 5_000, Some(10), Time(BusinessDay), "5 bis 10 Werktagen"),
            ("zwischen 5 und 10 Tagen", 5_000, Some(10), Days, "5 und 10 Tagen"),
            ("nach zweiundzwanzig Kalendertagen", 22_000, None, Time(CalendarDay), "zweiundzwanzig Kalendertagen"),
            ("in einem Arbeitstag", 1_000, None, Time(BusinessDay), "einem Arbeitstag"),
            ("innerhalb einer Stunde", 1_000, None, Time(Hour), "einer Stunde"),
            ("eine halbe Stunde", 500, None, Time(Hour), "halbe Stunde"),
            ("anderthalb Stunden", 1_500, None, Time(Hour), "anderthalb Stunden"),
            ("die 24-stündige Frist", 24_000, None, Time(Hour), "24-stündige"),
            ("die zehntägige Frist", 10_000, None, Days, "zehntägige"),
            ("eine 14-Tage-Frist", 14_000, None, Days, "14-Tage"),
            ("4 Arbeitsstunden", 4_000, None, Time(BusinessHour), "4 Arbeitsstunden"),
            ("95 Prozent der Anrufe", 95_000, None, Percent, "95 Prozent"),
            ("2,5 %", 2_500, None, Percent, "2,5 %"),
            ("1.000 Euro", 1_000_000, None, Money, "1.000 Euro"),
            ("90 EUR", 90_000, None, Money, "90 EUR"),
            ("ein Jahr lang: 12 Monate", 12_000, None, Time(Month), "12 Monate"),
            ("fünf (5) Geschäftstage", 5_000, None, Time(BusinessDay), "fünf (5) Geschäftstage"),
            ("nach 2 Wochen", 2_000, None, Time(Week), "2 Wochen"),
            ("kam viermal zurück", 4_000, None, Times, "viermal"),
        ],
    );
}

#[test]
fn french_sentences_are_read() {
    hold(
        "fr",
        &[
            ("dans les cinq jours ouvrables", 5_000, None, Time(BusinessDay), "cinq jours ouvrables"),
            ("dans les 10 jours ouvrés", 10_000, None, Time(BusinessDay), "10 jours ouvrés"),
            ("dans un délai de 30 jours civils", 30_000, None, Time(CalendarDay), "30 jours civils"),
            ("dans les 30 jours suivant", 30_000, None, Days, "30 jours"),
            ("de 5 à 10 jours ouvrables", 5_000, Some(10), Time(BusinessDay), "5 à 10 jours ouvrables"),
            ("entre 5 et 10 jours", 5_000, Some(10), Days, "5 et 10 jours"),
            ("dans les vingt-quatre (24) heures", 24_000, None, Time(Hour), "vingt-quatre (24) heures"),
            ("en une demi-heure", 500, None, Time(Hour), "une demi-heure"),
            ("dans une heure et demie", 1_500, None, Time(Hour), "une heure et demie"),
            ("quatre-vingt-dix jours", 90_000, None, Days, "quatre-vingt-dix jours"),
            ("90 % des appels", 90_000, None, Percent, "90 %"),
            ("95 pour cent", 95_000, None, Percent, "95 pour cent"),
            ("80 p. 100 des appels", 80_000, None, Percent, "80 p. 100"),
            ("1 000 $", 1_000_000, None, Money, "1 000 $"),
            ("dans les 2 heures ouvrables", 2_000, None, Time(BusinessHour), "2 heures ouvrables"),
            ("trois semaines", 3_000, None, Time(Week), "trois semaines"),
            ("douze mois", 12_000, None, Time(Month), "douze mois"),
        ],
    );
}
