//! Small words around a number: whether `a day` is counted, and whether `24 hours` are told `a day`.

use super::amount::Measure;
use super::latin::Tongue;
use super::token::{Kind, Token, words_from};
use crate::units::duration::Unit;

/// Tells whether an article counts the unit behind it: `within a day`, but not `one of a day` or `eines Tages`.
pub(super) fn counts(tongue: Tongue, tokens: &[Token], at: usize, measure: Measure) -> bool {
    let before =
        |back: usize| at.checked_sub(back).and_then(|at| tokens.get(at)).and_then(Token::word).unwrap_or_default();
    let own = tokens.get(at).and_then(Token::word).unwrap_or_default();
    let is_business = matches!(measure, Measure::Time(Unit::BusinessDay | Unit::BusinessHour | Unit::CalendarDay));
    match tongue {
        Tongue::English => {
            let leads =
                ["within", "in", "after", "for", "than", "under", "over", "least", "most", "about", "half", "takes"];
            measure != Measure::Time(Unit::Second)
                && (is_business || leads.contains(&before(1)))
                && measure != Measure::Times
        }
        Tongue::German => {
            let leads = [
                "in",
                "binnen",
                "innerhalb",
                "nach",
                "vor",
                "für",
                "von",
                "um",
                "unter",
                "über",
                "höchstens",
                "spätestens",
                "mindestens",
                "maximal",
            ];
            own != "eines" && before(1) != "an" && (leads.contains(&before(1)) || (is_business && own != "ein"))
        }
        Tongue::French => {
            let leads = ["dans", "en", "sous", "d", "après", "pendant", "de", "moins"];
            measure != Measure::Time(Unit::Second) && (is_business || leads.contains(&before(1)))
        }
        Tongue::Other => false,
    }
}

/// Finds `a day`, `per week`, `am Tag`, `par jour` behind time; gives the token after it.
pub(super) fn period_after(tongue: Tongue, tokens: &[Token], at: usize) -> Option<usize> {
    if tokens.get(at).is_some_and(|token| token.is_sign(&['/'])) {
        let next = tokens.get(at + 1)?;
        let is_period =
            matches!(next.kind, Kind::Number(7_000 | 24_000 | 365_000)) || next.word().is_some_and(is_period);
        return is_period.then_some(at + 2);
    }
    if tongue == Tongue::French && tokens.get(at).and_then(Token::word) == Some("sur") {
        return matches!(tokens.get(at + 1)?.kind, Kind::Number(7_000 | 24_000 | 365_000)).then_some(at + 2);
    }
    let words = words_from(tokens, at, 3);
    let plain: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
    let count = match (tongue, plain.as_slice()) {
        (Tongue::English, ["a" | "an" | "per" | "each" | "every", period, ..]) if is_period(period) => 2,
        (Tongue::English, ["daily" | "weekly", ..]) => 1,
        (Tongue::German, ["in", "der", period, ..]) if is_period(period) => 3,
        (Tongue::German, ["am" | "pro" | "die" | "je" | "im" | "den", period, ..]) if is_period(period) => 2,
        (Tongue::German, ["täglich" | "wöchentlich", ..]) => 1,
        (Tongue::French, ["par", period, ..]) if is_period(period) => 2,
        _ => return None,
    };
    words.get(count - 1).map(|(_, end)| *end)
}

fn is_period(word: &str) -> bool {
    const PERIODS: [&str; 14] = [
        "day", "week", "month", "year", "tag", "woche", "monat", "jahr", "jour", "semaine", "mois", "an", "année", "j",
    ];
    PERIODS.contains(&word)
}

/// Tells whether a French number before `heures` or `h` is a time of day: `de 8 h à 16 h 30`.
pub(super) fn is_french_hour(tokens: &[Token], at: usize, end: usize, to: Option<u64>) -> bool {
    let before =
        |back: usize| at.checked_sub(back).and_then(|at| tokens.get(at)).and_then(Token::word).unwrap_or_default();
    let minutes = matches!(tokens.get(end), Some(Token { kind: Kind::Number(_), .. }));
    let clock = match before(1) {
        "à" | "avant" | "vers" | "entre" | "dès" | "jusqu" => true,
        "de" => !matches!(before(2), "délai" | "maximum" | "moins" | "plus" | "max" | "période" | "intervalle"),
        "et" => true,
        _ => false,
    };
    let span = to.is_some_and(|to| to <= 24_000) && !matches!(before(1), "les" | "en" | "sous");
    clock || minutes || span
}

#[cfg(test)]
mod tests {
    use super::super::amount::{Measure, read};

    fn measures(text: &str, language: &str) -> Vec<Measure> {
        read(text, language).into_iter().map(|amount| amount.measure).collect()
    }

    #[test]
    fn time_for_each_day_or_week_is_no_stretch_of_time() {
        let cases = [
            ("We answer 24 hours a day, 7 days a week.", "en", 2),
            ("Available 24 hours, seven days per week.", "en", 2),
            ("rund um die Uhr, 24 Stunden am Tag, 7 Tage die Woche", "de", 2),
            ("Ouvert 24 heures sur 24, 7 jours sur 7", "fr", 2),
            ("40 hours/week", "en", 1),
        ];
        for (text, language, count) in cases {
            assert_eq!(measures(text, language), vec![Measure::Rate; count], "{text}");
        }
        assert_eq!(measures("within 24 hours", "en").len(), 1);
    }

    #[test]
    fn an_article_in_passing_counts_nothing() {
        for (text, language) in [
            ("twice a day", "en"),
            ("a second opinion", "en"),
            ("We have a year of experience", "en"),
            ("eines Tages", "de"),
            ("an einem Tag", "de"),
            ("un jour, une cliente", "fr"),
        ] {
            assert_eq!(measures(text, language), [], "{text}");
        }
    }

    #[test]
    fn french_hours_are_often_times_of_day() {
        for text in ["de 8 h à 16 h 30", "entre 8 h et 20 h", "avant 16 h", "à 9 heures", "Heures : 9 h à 17 h"] {
            assert!(!measures(text, "fr").iter().any(|it| matches!(it, Measure::Time(_))), "{text}");
        }
        for text in ["dans les 24 h", "dans un délai de 48 heures", "en moins de 24 heures"] {
            assert_eq!(measures(text, "fr").len(), 1, "{text}");
        }
    }
}
