//! Numbers in words: `twenty-four`, `zweiundzwanzig`, `quatre-vingt-dix`, `二十四`.
//!
//! Not here: numbers in digits (`digits`), and what is counted (`latin`, `chinese`).

/// A number in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spelled {
    /// The number in thousandths.
    pub(super) thousandths: u64,
    /// How many words it has.
    pub(super) words: usize,
    /// Whether it is an article, which counts only before a unit: `an hour`.
    pub(super) is_article: bool,
}

const ENGLISH: [(&str, u64); 28] = [
    ("zero", 0),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
];

const FRENCH: [(&str, u64); 26] = [
    ("zéro", 0),
    ("un", 1),
    ("une", 1),
    ("deux", 2),
    ("trois", 3),
    ("quatre", 4),
    ("cinq", 5),
    ("six", 6),
    ("sept", 7),
    ("huit", 8),
    ("neuf", 9),
    ("dix", 10),
    ("onze", 11),
    ("douze", 12),
    ("treize", 13),
    ("quatorze", 14),
    ("quinze", 15),
    ("seize", 16),
    ("vingt", 20),
    ("trente", 30),
    ("quarante", 40),
    ("cinquante", 50),
    ("soixante", 60),
    ("septante", 70),
    ("huitante", 80),
    ("nonante", 90),
];

const GERMAN: [(&str, u64); 30] = [
    ("null", 0),
    ("eins", 1),
    ("zwei", 2),
    ("zwo", 2),
    ("drei", 3),
    ("vier", 4),
    ("fünf", 5),
    ("sechs", 6),
    ("sieben", 7),
    ("acht", 8),
    ("neun", 9),
    ("zehn", 10),
    ("elf", 11),
    ("zwölf", 12),
    ("dreizehn", 13),
    ("vierzehn", 14),
    ("fünfzehn", 15),
    ("sechzehn", 16),
    ("siebzehn", 17),
    ("achtzehn", 18),
    ("neunzehn", 19),
    ("zwanzig", 20),
    ("dreißig", 30),
    ("dreissig", 30),
    ("vierzig", 40),
    ("fünfzig", 50),
    ("sechzig", 60),
    ("siebzig", 70),
    ("achtzig", 80),
    ("neunzig", 90),
];

fn named(table: &[(&str, u64)], word: &str) -> Option<u64> {
    table.iter().find(|(name, _)| *name == word).map(|(_, value)| *value)
}

/// Reads the number with which some English words begin; hyphens between them are left out.
pub(super) fn english(words: &[&str]) -> Option<Spelled> {
    let first = *words.first()?;
    if matches!(first, "a" | "an") {
        if words.get(1) == Some(&"hundred") {
            return english(&[&["one"], words.get(1..)?].concat());
        }
        return Some(Spelled { is_article: true, ..whole(1, 1) });
    }
    if first == "half" {
        let articles = usize::from(matches!(words.get(1), Some(&"a" | &"an")));
        return Some(Spelled { thousandths: 500, words: 1 + articles, is_article: true });
    }
    let mut value = named(&ENGLISH, first)?;
    let mut used = 1;
    let one_more = |value: u64, at: usize| {
        let next = named(&ENGLISH, words.get(at)?)?;
        (value.is_multiple_of(10) && value % 100 >= 20 && next > 0 && next < 10).then_some(next)
    };
    if let Some(more) = one_more(value, used) {
        (value, used) = (value + more, used + 1);
    }
    if words.get(used) == Some(&"hundred") {
        (value, used) = (value * 100, used + 1);
        let skip = usize::from(words.get(used) == Some(&"and"));
        let rest = words.get(used + skip..).and_then(english);
        if let Some(rest) = rest.filter(|rest| !rest.is_article && rest.thousandths < 100_000) {
            let thousandths = value * 1000 + rest.thousandths;
            return Some(Spelled { thousandths, words: used + skip + rest.words, is_article: false });
        }
    }
    if words.get(used..used + 3) == Some(&["and", "a", "half"]) {
        return Some(Spelled { thousandths: value * 1000 + 500, words: used + 3, is_article: false });
    }
    Some(whole(value, used))
}

fn whole(value: u64, words: usize) -> Spelled {
    Spelled { thousandths: value * 1000, words, is_article: false }
}

/// Reads the number with which some French words begin.
pub(super) fn french(words: &[&str]) -> Option<Spelled> {
    let first = *words.first()?;
    if first == "une" && words.get(1) == Some(&"demi") {
        return Some(Spelled { thousandths: 500, words: 2, is_article: false });
    }
    if matches!(first, "demi" | "demie") {
        return Some(Spelled { thousandths: 500, words: 1, is_article: false });
    }
    if matches!(first, "un" | "une") {
        return Some(Spelled { is_article: true, ..whole(1, 1) });
    }
    let (mut value, mut used) = match (first, words.get(1)) {
        ("cent" | "cents", _) => (100, 1),
        ("quatre", Some(&"vingt" | &"vingts")) => (80, 2),
        _ => (named(&FRENCH, first)?, 1),
    };
    if value < 10 && matches!(words.get(used), Some(&"cent" | &"cents")) {
        (value, used) = (value * 100, used + 1);
    }
    let skip = usize::from(words.get(used) == Some(&"et"));
    let next = words.get(used + skip..).and_then(french_below_hundred);
    if let Some((more, count)) = next {
        let fits = match value {
            20 | 30 | 40 | 50 | 70 | 90 => more < 10,
            60 | 80 => more < 20,
            10 => skip == 0 && (7..10).contains(&more),
            100.. => skip == 0,
            _ => false,
        };
        if fits && (skip == 0 || more % 10 == 1) {
            (value, used) = (value + more, used + skip + count);
        }
    }
    Some(whole(value, used))
}

fn french_below_hundred(words: &[&str]) -> Option<(u64, usize)> {
    let first = *words.first()?;
    let value = if first == "une" { 1 } else { named(&FRENCH, first)? };
    if value == 10 {
        let more = words.get(1).and_then(|word| named(&FRENCH, word)).filter(|more| (7..10).contains(more));
        return Some(more.map_or((10, 1), |more| (10 + more, 2)));
    }
    if value >= 20 && value % 10 == 0 {
        let more = words.get(1).and_then(|word| named(&FRENCH, word)).filter(|more| *more < 10 && *more > 0);
        return Some(more.map_or((value, 1), |more| (value + more, 2)));
    }
    Some((value, 1))
}

/// Reads a German word that is a number: `zweiundzwanzig`, `eine`, `anderthalb`.
pub(super) fn german(word: &str) -> Option<Spelled> {
    match word {
        "ein" | "eine" | "einem" | "einen" | "einer" | "eines" => {
            return Some(Spelled { is_article: true, ..whole(1, 1) });
        }
        "halb" | "halbe" | "halben" | "halber" | "halbes" => {
            return Some(Spelled { thousandths: 500, words: 1, is_article: true });
        }
        "anderthalb" => return Some(Spelled { thousandths: 1_500, words: 1, is_article: false }),
        _ => {}
    }
    if let Some(front) = word.strip_suffix("einhalb") {
        let front = if front == "ein" { 1 } else { german_below_hundred(front)? };
        return Some(Spelled { thousandths: front * 1000 + 500, words: 1, is_article: false });
    }
    german_whole(word).map(|value| whole(value, 1))
}

/// Reads a German whole number, also as the front of a longer word.
pub(super) fn german_whole(word: &str) -> Option<u64> {
    let Some((front, back)) = word.split_once("hundert") else { return german_below_hundred(word) };
    let front = match front {
        "" | "ein" => 1,
        front => named(&GERMAN, front).filter(|value| *value < 10)?,
    };
    let back = if back.is_empty() { 0 } else { german_below_hundred(back.strip_prefix("und").unwrap_or(back))? };
    Some(front * 100 + back)
}

fn german_below_hundred(word: &str) -> Option<u64> {
    if let Some(value) = named(&GERMAN, word) {
        return Some(value);
    }
    let (ones, tens) = word.split_once("und")?;
    let ones = if ones == "ein" { 1 } else { named(&GERMAN, ones).filter(|ones| *ones < 10)? };
    Some(named(&GERMAN, tens).filter(|tens| *tens >= 20)? + ones)
}

/// Reads the Chinese number with which a text begins, in thousandths; gives how many bytes it has.
pub(super) fn chinese(text: &str) -> Option<(u64, usize)> {
    let end = text.find(|letter| chinese_sign(letter).is_none()).unwrap_or(text.len());
    let run = text.get(..end)?;
    let (mut total, mut last) = (0_u64, None);
    let mut smallest = u64::MAX;
    for letter in run.chars() {
        match chinese_sign(letter)? {
            0 => {}
            sign @ 1..=9 if last.is_none() => last = Some(sign),
            sign @ (10 | 100 | 1000) if sign < smallest => {
                total += last.take().unwrap_or(1) * sign;
                smallest = sign;
            }
            _ => return None,
        }
    }
    let value = total + last.unwrap_or(0);
    (end > 0).then_some((value * 1000, end))
}

/// Gives the value of a Chinese sign of a number.
pub(super) fn chinese_sign(letter: char) -> Option<u64> {
    Some(match letter {
        '零' | '〇' => 0,
        '一' => 1,
        '二' | '两' | '兩' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '十' => 10,
        '百' => 100,
        '千' => 1000,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        text.split([' ', '-']).collect()
    }

    #[test]
    fn english_words_are_read() {
        let cases = [
            ("five days", 5_000, 1),
            ("twenty-four hours", 24_000, 2),
            ("ninety-nine", 99_000, 2),
            ("one hundred and five days", 105_000, 4),
            ("a hundred days", 100_000, 2),
            ("two and a half hours", 2_500, 4),
            ("half an hour", 500, 2),
            ("an hour", 1_000, 1),
            ("twenty thirty", 20_000, 1),
        ];
        for (text, thousandths, used) in cases {
            let read = english(&words(text)).unwrap();
            assert_eq!((read.thousandths, read.words), (thousandths, used), "{text}");
        }
        assert_eq!(english(&["days"]), None);
    }

    #[test]
    fn german_words_are_read() {
        let cases = [
            ("fünf", 5_000),
            ("zweiundzwanzig", 22_000),
            ("einundzwanzig", 21_000),
            ("dreißig", 30_000),
            ("neunundneunzig", 99_000),
            ("hundert", 100_000),
            ("zweihundertfünfzig", 250_000),
            ("anderthalb", 1_500),
            ("zweieinhalb", 2_500),
            ("einem", 1_000),
            ("halben", 500),
        ];
        for (text, thousandths) in cases {
            assert_eq!(german(text).map(|read| read.thousandths), Some(thousandths), "{text}");
        }
        for text in ["hund", "und", "wunder", "einander", "hundertmal"] {
            assert_eq!(german(text), None, "{text}");
        }
    }

    #[test]
    fn french_words_are_read() {
        let cases = [
            ("cinq jours", 5_000, 1),
            ("vingt et un jours", 21_000, 3),
            ("vingt-quatre heures", 24_000, 2),
            ("dix-sept", 17_000, 2),
            ("soixante-quinze", 75_000, 2),
            ("soixante et onze", 71_000, 3),
            ("quatre-vingts", 80_000, 2),
            ("quatre-vingt-dix jours", 90_000, 3),
            ("quatre-vingt-dix-sept", 97_000, 4),
            ("cent vingt jours", 120_000, 2),
            ("deux cents", 200_000, 2),
            ("une demi heure", 500, 2),
            ("cinq et dix", 5_000, 1),
        ];
        for (text, thousandths, used) in cases {
            let read = french(&words(text)).unwrap();
            assert_eq!((read.thousandths, read.words), (thousandths, used), "{text}");
        }
    }

    #[test]
    fn chinese_signs_are_read() {
        for (text, value) in [
            ("五个", 5),
            ("两天", 2),
            ("十天", 10),
            ("二十四小时", 24),
            ("一百零五", 105),
            ("九十", 90),
            ("三百六十五", 365),
        ] {
            assert_eq!(chinese(text).map(|(read, _)| read), Some(value * 1000), "{text}");
        }
        for text in ["三五天", "十百", "天"] {
            assert_eq!(chinese(text), None, "{text}");
        }
    }
}
