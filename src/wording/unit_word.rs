//! What the words after a number count: `business days`, `Kalendertage`, `jours ouvrables`, `per cent`.

use super::amount::Measure;
use super::spelled::german_whole;
use crate::units::duration::Unit;

/// Finds the unit with which some English words begin; gives how many words it has.
pub(super) fn english(words: &[&str]) -> Option<(Measure, usize)> {
    const FILLERS: [&str; 15] = [
        "full",
        "regular",
        "normal",
        "whole",
        "complete",
        "standard",
        "government",
        "federal",
        "provincial",
        "additional",
        "further",
        "more",
        "straight",
        "short",
        "successive",
    ];
    let skipped = words.iter().take(2).take_while(|word| FILLERS.contains(word)).count();
    let words = words.get(skipped..)?;
    let (measure, used) = match *words.first()? {
        "business" | "working" | "work" | "office" | "opening" => match english_plain(words.get(1)?)? {
            Measure::Days => (Measure::Time(Unit::BusinessDay), 2),
            Measure::Time(Unit::Hour) => (Measure::Time(Unit::BusinessHour), 2),
            Measure::Time(Unit::Week) => (Measure::Time(Unit::Week), 2),
            _ => return None,
        },
        "calendar" | "consecutive" => match english_plain(words.get(1)?)? {
            Measure::Days => (Measure::Time(Unit::CalendarDay), 2),
            other => (other, 2),
        },
        "per" if words.get(1) == Some(&"cent") => (Measure::Percent, 2),
        "percent" | "pct" => (Measure::Percent, 1),
        "times" | "fold" => (Measure::Times, 1),
        word => (english_plain(word)?, 1),
    };
    Some((measure, skipped + used))
}

fn english_plain(word: &str) -> Option<Measure> {
    Some(match word {
        "second" | "seconds" | "sec" | "secs" | "s" => Measure::Time(Unit::Second),
        "minute" | "minutes" | "min" | "mins" => Measure::Time(Unit::Minute),
        "hour" | "hours" | "hr" | "hrs" | "h" => Measure::Time(Unit::Hour),
        "bh" => Measure::Time(Unit::BusinessHour),
        "day" | "days" => Measure::Days,
        "weekday" | "weekdays" | "workday" | "workdays" | "bd" => Measure::Time(Unit::BusinessDay),
        "week" | "weeks" | "wk" | "wks" => Measure::Time(Unit::Week),
        "month" | "months" => Measure::Time(Unit::Month),
        "year" | "years" | "yr" | "yrs" => Measure::Time(Unit::Year),
        word => return is_currency(word).then_some(Measure::Money),
    })
}

/// Finds the unit with which some German words begin; gives how many words it has.
pub(super) fn german(words: &[&str]) -> Option<(Measure, usize)> {
    const FILLERS: [&str; 8] = ["volle", "vollen", "ganze", "ganzen", "weitere", "weiteren", "weiterer", "voller"];
    let skipped = words.iter().take(2).take_while(|word| FILLERS.contains(word)).count();
    Some((german_word(words.get(skipped)?)?, skipped + 1))
}

fn german_word(word: &str) -> Option<Measure> {
    const UNITS: [(&str, Measure); 17] = [
        ("bankarbeitstag", Measure::Time(Unit::BusinessDay)),
        ("arbeitstag", Measure::Time(Unit::BusinessDay)),
        ("werktag", Measure::Time(Unit::BusinessDay)),
        ("geschäftstag", Measure::Time(Unit::BusinessDay)),
        ("kalendertag", Measure::Time(Unit::CalendarDay)),
        ("arbeitsstunde", Measure::Time(Unit::BusinessHour)),
        ("geschäftsstunde", Measure::Time(Unit::BusinessHour)),
        ("öffnungsstunde", Measure::Time(Unit::BusinessHour)),
        ("servicestunde", Measure::Time(Unit::BusinessHour)),
        ("sekunde", Measure::Time(Unit::Second)),
        ("minute", Measure::Time(Unit::Minute)),
        ("stunde", Measure::Time(Unit::Hour)),
        ("tag", Measure::Days),
        ("woche", Measure::Time(Unit::Week)),
        ("monat", Measure::Time(Unit::Month)),
        ("jahr", Measure::Time(Unit::Year)),
        ("prozent", Measure::Percent),
    ];
    let ending = |rest: &str| matches!(rest, "" | "e" | "en" | "n" | "s" | "es");
    if let Some((_, measure)) = UNITS.iter().find(|(stem, _)| word.strip_prefix(stem).is_some_and(ending)) {
        return Some(*measure);
    }
    match word {
        "sek" | "s" => Some(Measure::Time(Unit::Second)),
        "min" => Some(Measure::Time(Unit::Minute)),
        "std" | "h" => Some(Measure::Time(Unit::Hour)),
        "mal" | "fach" | "fache" => Some(Measure::Times),
        word => german_adjective(word).or(is_currency(word).then_some(Measure::Money)),
    }
}

/// Reads the end of an adjective: `tägige`, `stündig`.
fn german_adjective(word: &str) -> Option<Measure> {
    let stem =
        ["er", "en", "em", "es", "e", ""].iter().find_map(|ending| word.strip_suffix(ending)?.strip_suffix("ig"))?;
    Some(match stem {
        "sekünd" => Measure::Time(Unit::Second),
        "minüt" => Measure::Time(Unit::Minute),
        "stünd" => Measure::Time(Unit::Hour),
        "täg" => Measure::Days,
        "wöch" => Measure::Time(Unit::Week),
        "monat" => Measure::Time(Unit::Month),
        "jähr" => Measure::Time(Unit::Year),
        _ => return None,
    })
}

/// Reads a German word that is number and unit at once: `zehntägig`, `dreimal`; the number is in thousandths.
pub(super) fn german_compound(word: &str) -> Option<(u64, Measure)> {
    const BACKS: [&str; 8] = ["sekünd", "minüt", "stünd", "täg", "wöch", "monat", "jähr", "mal"];
    let (at, _) = BACKS.iter().find_map(|back| word.find(back).filter(|at| *at > 0).map(|at| (at, back)))?;
    let (front, back) = word.split_at_checked(at)?;
    let measure = match back {
        "mal" => Measure::Times,
        back => german_adjective(back)?,
    };
    let number = match front {
        "halb" => 500,
        "ein" => 1000,
        front => german_whole(front)?.checked_mul(1000)?,
    };
    Some((number, measure))
}

/// Finds the unit with which some French words begin; gives how many words it has.
pub(super) fn french(words: &[&str]) -> Option<(Measure, usize)> {
    const FILLERS: [&str; 6] = ["prochains", "prochaines", "premiers", "premières", "pleins", "derniers"];
    let skipped = words.iter().take(2).take_while(|word| FILLERS.contains(word)).count();
    let words = words.get(skipped..)?;
    let after = |at: usize| words.get(at).copied().unwrap_or_default();
    let of_work = |at: usize| after(at) == "de" && matches!(after(at + 1), "travail" | "bureau");
    let is_business = |at: usize| {
        let word = after(at);
        ["ouvrable", "ouvré", "ouvre"].iter().any(|stem| matches!(word.strip_prefix(stem), Some("" | "s" | "e" | "es")))
    };
    let is_calendar =
        |word: &str| ["civil", "calendaire", "consécutif", "calendrier"].contains(&word.trim_end_matches('s'));
    let (measure, used) = match *words.first()? {
        "seconde" | "secondes" | "sec" | "s" => (Measure::Time(Unit::Second), 1),
        "minute" | "minutes" | "min" => (Measure::Time(Unit::Minute), 1),
        "heure" | "heures" | "h" if is_business(1) => (Measure::Time(Unit::BusinessHour), 2),
        "heure" | "heures" | "h" if of_work(1) => (Measure::Time(Unit::BusinessHour), 3),
        "heure" | "heures" | "h" => (Measure::Time(Unit::Hour), 1),
        "jour" | "jours" | "journée" | "journées" if is_business(1) => (Measure::Time(Unit::BusinessDay), 2),
        "jour" | "jours" if is_calendar(after(1)) => (Measure::Time(Unit::CalendarDay), 2),
        "jour" | "jours" if of_work(1) => (Measure::Time(Unit::BusinessDay), 3),
        "jour" | "jours" | "journée" | "journées" => (Measure::Days, 1),
        "semaine" | "semaines" => (Measure::Time(Unit::Week), 1),
        "mois" => (Measure::Time(Unit::Month), 1),
        "an" | "ans" | "année" | "années" => (Measure::Time(Unit::Year), 1),
        "pour" | "p" if after(1) == "cent" => (Measure::Percent, 2),
        "fois" => (Measure::Times, 1),
        word => is_currency(word).then_some((Measure::Money, 1))?,
    };
    Some((measure, skipped + used))
}

/// Tells whether a word in lower case names a currency.
pub(super) fn is_currency(word: &str) -> bool {
    const WORDS: [&str; 19] = [
        "eur", "euro", "euros", "usd", "dollar", "dollars", "gbp", "pound", "pounds", "pfund", "cad", "chf", "franken",
        "cny", "rmb", "yuan", "aud", "nzd", "jpy",
    ];
    WORDS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUSINESS_DAYS: Measure = Measure::Time(Unit::BusinessDay);

    fn words(text: &str) -> Vec<&str> {
        text.split(' ').collect()
    }

    #[test]
    fn each_language_has_its_words_for_business_and_calendar_days() {
        for text in ["business days", "working day", "work days", "weekdays", "full business days"] {
            assert_eq!(english(&words(text)).map(|it| it.0), Some(BUSINESS_DAYS), "{text}");
        }
        for text in ["arbeitstage", "arbeitstagen", "werktags", "geschäftstagen", "volle arbeitstage"] {
            assert_eq!(german(&words(text)).map(|it| it.0), Some(BUSINESS_DAYS), "{text}");
        }
        for text in ["jours ouvrables", "jour ouvré", "jours ouvrés", "jours de travail"] {
            assert_eq!(french(&words(text)).map(|it| it.0), Some(BUSINESS_DAYS), "{text}");
        }
        let calendar = Some(Measure::Time(Unit::CalendarDay));
        assert_eq!(english(&["calendar", "days"]).map(|it| it.0), calendar);
        assert_eq!(german(&["kalendertagen"]).map(|it| it.0), calendar);
        assert_eq!(french(&["jours", "civils"]).map(|it| it.0), calendar);
    }

    #[test]
    fn other_days_are_no_unit() {
        for text in ["school days", "sitting days", "business", "business cards", "daylight"] {
            assert_eq!(english(&words(text)), None, "{text}");
        }
        for text in ["tagung", "jahrgang", "minuten-takt", "einzig"] {
            assert_eq!(german(&[text]), None, "{text}");
        }
    }

    #[test]
    fn german_puts_number_and_unit_into_one_word() {
        assert_eq!(german_compound("zehntägigen"), Some((10_000, Measure::Days)));
        assert_eq!(german_compound("halbstündige"), Some((500, Measure::Time(Unit::Hour))));
        assert_eq!(german_compound("dreimal"), Some((3_000, Measure::Times)));
        for text in ["zweistündlich", "manchmal", "normal", "tägig", "einmalig", "vierzehntäglich"] {
            assert_eq!(german_compound(text), None, "{text}");
        }
    }
}
