//! Plurals: which form of a text goes with a number, in the categories of the Unicode CLDR.
//!
//! The rules are those for whole numbers in CLDR 48, `common/supplemental/plurals.xml`, for the languages that
//! handbooks are likely to have; every other language is taken to say *one* for 1 alone, as most of the rest do. Not
//! here: the forms themselves, which stand in the locale files.

/// A plural category of the CLDR. Which numbers it holds differs from language to language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// None of it, where a language has a form for that.
    Zero,
    /// One, and whatever a language treats like one.
    One,
    /// Two.
    Two,
    /// Few.
    Few,
    /// Many.
    Many,
    /// Every other number; the only form that each text has.
    Other,
}

impl Category {
    /// All categories, in the order of the CLDR.
    pub const ALL: [Category; 6] =
        [Category::Zero, Category::One, Category::Two, Category::Few, Category::Many, Category::Other];

    /// Gives the name of the CLDR, by which locale files know it.
    pub fn name(self) -> &'static str {
        match self {
            Category::Zero => "zero",
            Category::One => "one",
            Category::Two => "two",
            Category::Few => "few",
            Category::Many => "many",
            Category::Other => "other",
        }
    }

    /// Reads a name; nothing comes of an unknown one.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.name() == name)
    }
}

/// Finds the category of a whole number in the language of a BCP 47 tag.
pub fn category(tag: &str, n: u64) -> Category {
    let language = super::languages::language(tag);
    match (language.as_str(), n) {
        ("zh" | "yue" | "ja" | "ko" | "vi" | "th" | "lo" | "my" | "id" | "ms" | "jv" | "su", _) => Category::Other,
        ("km" | "bo" | "dz" | "ig" | "yo" | "wo" | "to", _) => Category::Other,
        ("fr" | "pt" | "hy" | "kab" | "hi" | "bn" | "fa" | "am" | "as" | "gu" | "kn", 0 | 1) => Category::One,
        ("zu" | "pa" | "ln" | "mg" | "nso" | "ti" | "wa" | "ak", 0 | 1) => Category::One,
        ("ru" | "uk" | "be", _) => east_slavic(n),
        ("sr" | "hr" | "bs" | "sh", _) => south_slavic(n),
        ("pl", _) => polish(n),
        ("cs" | "sk", 2..=4) => Category::Few,
        ("ar", _) => arabic(n),
        ("he" | "iw", 2) => Category::Two,
        ("lt", _) => lithuanian(n),
        (_, 1) => Category::One,
        ("ro", 0) => Category::Few,
        ("ro", _) if (1..=19).contains(&(n % 100)) => Category::Few,
        _ => Category::Other,
    }
}

fn east_slavic(n: u64) -> Category {
    match (n % 10, n % 100) {
        (_, 11..=14) => Category::Many,
        (1, _) => Category::One,
        (2..=4, _) => Category::Few,
        _ => Category::Many,
    }
}

fn south_slavic(n: u64) -> Category {
    match east_slavic(n) {
        Category::Many => Category::Other,
        category => category,
    }
}

fn polish(n: u64) -> Category {
    match (n, n % 10, n % 100) {
        (1, ..) => Category::One,
        (_, 2..=4, last) if !(12..=14).contains(&last) => Category::Few,
        _ => Category::Many,
    }
}

fn arabic(n: u64) -> Category {
    match (n, n % 100) {
        (0, _) => Category::Zero,
        (1, _) => Category::One,
        (2, _) => Category::Two,
        (_, 3..=10) => Category::Few,
        (_, 11..=99) => Category::Many,
        _ => Category::Other,
    }
}

fn lithuanian(n: u64) -> Category {
    match (n % 10, n % 100) {
        (_, 11..=19) => Category::Other,
        (1, _) => Category::One,
        (2..=9, _) => Category::Few,
        _ => Category::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives the categories of some numbers in a language, by their names.
    fn categories(tag: &str, numbers: &[u64]) -> String {
        numbers.iter().map(|n| category(tag, *n).name()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn english_and_german_know_one_and_other() {
        for tag in ["en", "de", "de-AT", "EN-gb", "nl", "sv", "xx", ""] {
            assert_eq!(categories(tag, &[0, 1, 2, 11, 21, 101]), "other one other other other other", "{tag}");
        }
    }

    #[test]
    fn chinese_knows_one_form() {
        assert_eq!(categories("zh", &[0, 1, 2, 100]), "other other other other");
        assert_eq!(categories("zh-Hant-TW", &[1]), "other");
    }

    #[test]
    fn french_and_portuguese_say_one_for_none() {
        assert_eq!(categories("fr", &[0, 1, 2]), "one one other");
        assert_eq!(categories("pt-BR", &[0, 1, 2]), "one one other");
    }

    #[test]
    fn slavic_languages_look_at_the_last_digits() {
        assert_eq!(categories("ru", &[1, 2, 5, 11, 12, 21, 22, 111]), "one few many many many one few many");
        assert_eq!(categories("pl", &[1, 2, 5, 12, 21, 22, 112]), "one few many many many few many");
        assert_eq!(categories("hr", &[1, 3, 5, 11, 21]), "one few other other one");
        assert_eq!(categories("cs", &[1, 2, 4, 5, 22]), "one few few other other");
    }

    #[test]
    fn arabic_knows_all_six() {
        assert_eq!(categories("ar", &[0, 1, 2, 3, 11, 99, 100, 102]), "zero one two few many many other other");
    }

    #[test]
    fn hebrew_lithuanian_and_romanian_have_their_own_rules() {
        assert_eq!(categories("he", &[1, 2, 3]), "one two other");
        assert_eq!(categories("lt", &[1, 2, 10, 11, 21]), "one few other other one");
        assert_eq!(categories("ro", &[0, 1, 2, 19, 20, 101]), "few one few few other few");
    }

    #[test]
    fn the_largest_number_has_a_form() {
        for tag in ["en", "ru", "pl", "ar", "lt", "ro", "zh"] {
            assert!(Category::ALL.contains(&category(tag, u64::MAX)), "{tag}");
        }
    }

    #[test]
    fn a_category_is_read_by_the_name_of_the_cldr() {
        for each in Category::ALL {
            assert_eq!(Category::parse(each.name()), Some(each));
        }
        assert_eq!(Category::parse("One"), None);
        assert_eq!(Category::parse("three"), None);
    }
}
