//! The shipped locale files, for the tests of this room: every word of one language stands in all of them, with the
//! same placeholders.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::super::catalogue::{Catalogue, Text};
use super::super::plural::Category;
use super::super::{Locale, phrase, plural};

const FILES: [(&str, &str); 3] = [
    ("en", include_str!("../../../themes/default/locales/en.yaml")),
    ("de", include_str!("../../../themes/default/locales/de.yaml")),
    ("zh", include_str!("../../../themes/default/locales/zh.yaml")),
];

static CATALOGUES: LazyLock<BTreeMap<&str, Catalogue>> =
    LazyLock::new(|| FILES.iter().map(|(tag, text)| (*tag, serde_yaml::from_str(text).unwrap())).collect());

/// Gives the shipped catalogue of a language; a language without one has no words.
pub(in crate::locale) fn catalogue(tag: &str) -> Catalogue {
    CATALOGUES.get(tag).cloned().unwrap_or_default()
}

/// Makes the locale of a tag from the shipped files, with English to fall back to.
pub(in crate::locale) fn locale(tag: &str) -> Locale {
    Locale::new(tag, catalogue(tag), Some(catalogue("en")))
}

pub(in crate::locale) fn english() -> Locale {
    locale("en")
}

pub(in crate::locale) fn german() -> Locale {
    locale("de")
}

/// Makes a locale of a language that has no file.
pub(in crate::locale) fn of_tag(tag: &str) -> Locale {
    Locale::new(tag, Catalogue::default(), Some(catalogue("en")))
}

/// Makes a locale of some words of its own.
pub(in crate::locale) fn with(tag: &str, yaml: &str) -> Locale {
    Locale::new(tag, serde_yaml::from_str(yaml).unwrap(), Some(catalogue("en")))
}

fn placeholders(text: &Text) -> BTreeSet<&str> {
    text.forms().flat_map(phrase::placeholders).collect()
}

/// Lists the texts of all three files: language, key, form.
fn every_form(check: impl Fn(&str, &str, &str)) {
    for (tag, _) in FILES {
        let catalogue = catalogue(tag);
        for key in catalogue.keys() {
            catalogue.text(key).unwrap().forms().for_each(|form| check(tag, key, form));
        }
    }
}

#[test]
fn every_english_word_is_there_in_each_language() {
    let english = catalogue("en");
    for tag in ["de", "zh"] {
        assert_eq!(locale(tag).missing(english.keys()), [""; 0], "{tag}");
    }
}

#[test]
fn no_language_has_words_that_english_lacks_except_cases_and_currencies() {
    let english = catalogue("en");
    for tag in ["de", "zh"] {
        let own = catalogue(tag);
        let cases = ["duration.accusative.", "duration.dative.", "duration.genitive.", "currency."];
        let extra: Vec<&str> =
            english.missing(own.keys()).into_iter().filter(|k| !cases.iter().any(|c| k.starts_with(c))).collect();
        assert_eq!(extra, [""; 0], "{tag}");
    }
}

/// Dates, numbers and durations place their parts in the language's own way; all other texts keep what English has.
#[test]
fn placeholders_are_the_same_in_each_language() {
    let english = catalogue("en");
    for tag in ["de", "zh"] {
        let own = catalogue(tag);
        for key in english.keys().filter(|key| !key.starts_with("date.")) {
            assert_eq!(placeholders(own.text(key).unwrap()), placeholders(english.text(key).unwrap()), "{tag} {key}");
        }
    }
}

#[test]
fn a_plural_form_may_leave_out_nothing_but_its_number() {
    for (tag, _) in FILES {
        let catalogue = catalogue(tag);
        for key in catalogue.keys() {
            let text = catalogue.text(key).unwrap();
            let without_n =
                |form| phrase::placeholders(form).into_iter().filter(|name| *name != "n").collect::<BTreeSet<_>>();
            let sets: BTreeSet<_> = text.forms().map(without_n).collect();
            assert_eq!(sets.len(), 1, "{tag} {key}");
        }
    }
}

#[test]
fn each_text_with_plurals_has_exactly_the_forms_of_its_language() {
    let names = |forms: &BTreeMap<Category, String>| forms.keys().map(|c| c.name()).collect::<Vec<_>>();
    for (tag, _) in FILES {
        let wanted: Vec<&str> = if tag == "zh" { vec!["other"] } else { vec!["one", "other"] };
        let catalogue = catalogue(tag);
        for key in catalogue.keys() {
            if let Text::Plural(forms) = catalogue.text(key).unwrap() {
                assert_eq!(names(forms), wanted, "{tag} {key}");
            }
        }
    }
}

#[test]
fn what_counts_in_english_counts_in_each_language() {
    let counted = |catalogue: &Catalogue| -> BTreeSet<String> {
        let keys = catalogue.keys().filter(|key| matches!(catalogue.text(key), Some(Text::Plural(_))));
        keys.filter(|key| !key.starts_with("duration.")).map(str::to_owned).collect()
    };
    assert_eq!(counted(&catalogue("de")), counted(&catalogue("en")));
    assert_eq!(counted(&catalogue("zh")), counted(&catalogue("en")));
}

#[test]
fn no_text_is_empty_or_has_blanks_around_it() {
    let joining = ["list.", "number.group"];
    every_form(|tag, key, form| {
        assert!(!form.is_empty(), "{tag} {key}");
        assert!(form == form.trim() || joining.iter().any(|j| key.starts_with(j)), "{tag} {key} {form:?}");
        assert!(!form.contains("  ") && !form.contains('\n'), "{tag} {key} {form:?}");
    });
}

#[test]
fn apostrophes_and_quotation_marks_are_typographic() {
    every_form(|tag, key, form| {
        assert!(!form.contains(['\'', '"', '`']) && !form.contains("..."), "{tag} {key} {form:?}");
        match tag {
            "en" => assert!(!form.contains('„'), "{key}"),
            "de" => {
                assert!(key.starts_with("quote.") || form.matches('„').count() == form.matches('“').count(), "{key}")
            }
            _ => assert!(!form.contains(['「', '」', '„']), "{key}"),
        }
    });
}

#[test]
fn chinese_is_simplified_and_has_its_own_punctuation() {
    let catalogue = catalogue("zh");
    for key in
        catalogue.keys().filter(|key| !["date.", "number.", "quote.", "keys."].iter().any(|g| key.starts_with(g)))
    {
        for form in catalogue.text(key).unwrap().forms() {
            assert!(!form.contains([',', ';', '?', '!', '(', ')']), "{key} {form}");
            assert!(!form.contains(['這', '個', '時', '檢', '準', '務', '應', '誰', '續', '顧']), "{key} {form}");
        }
    }
}

#[test]
fn a_german_text_never_uses_the_familiar_form() {
    let catalogue = catalogue("de");
    for key in catalogue.keys() {
        for form in catalogue.text(key).unwrap().forms() {
            let words = form.split(|c: char| !c.is_alphabetic());
            let familiar =
                words.filter(|word| ["du", "Du", "dir", "dich", "dein", "deine", "deinen"].contains(word)).count();
            assert_eq!(familiar, 0, "{key} {form}");
        }
    }
}

/// The values that content files may use, each of which a page shows as words.
const VALUES: [(&str, &str); 21] = [
    ("alert", "note tip important warning caution"),
    (
        "aspect",
        "timing flow accommodation anticipation communication feedback supervision appearance attitude attentiveness tact \
         guidance selling problem-solving",
    ),
    ("change", "new tightened loosened withdrawn"),
    ("checklist.use", "shift case audit training"),
    ("evidence.quality", "primary second-hand contested anecdote"),
    ("factor.cause", "value system people"),
    ("factor.kind", "dissatisfier performance satisfier"),
    ("factor.rater", "reliability assurance tangibles empathy responsiveness"),
    ("kind", "service standard step promise playbook checklist page role channel calendar factor term evidence"),
    (
        "measure.as",
        "share-within-limit percentile-90 share-correct share-answered share-without-repeat availability observed \
         survey-top-box",
    ),
    ("page.kind", "principle case lesson guide"),
    ("page.kinds", "principle case lesson guide"),
    ("period.name", "shift day week month quarter half-year year case"),
    ("period.per", "shift day week month quarter half-year year case"),
    ("promise.kind", "guarantee commitment"),
    ("promise.about", "guarantee commitment"),
    ("standard.kind", "timeliness access accuracy conduct"),
    ("standard.question", "timeliness access accuracy conduct"),
    ("step.stage", "customer front back support"),
    ("step.stage_about", "customer front back support"),
    ("calendar.count_from", "next-day same-day"),
];

#[test]
fn every_value_of_a_content_file_has_words() {
    for (tag, _) in FILES {
        let words = catalogue(tag);
        for (group, values) in VALUES {
            let keys: Vec<String> = values.split(' ').map(|value| format!("{group}.{value}")).collect();
            assert_eq!(words.missing(keys.iter().map(String::as_str)), [""; 0], "{tag}");
            let named: BTreeSet<&str> = keys.iter().map(|key| words.text(key).unwrap().other()).collect();
            assert_eq!(named.len(), keys.len(), "{tag} {group}: two values have the same words");
        }
    }
}

#[test]
fn each_language_calls_itself_by_name() {
    for (tag, name) in [("en", "English"), ("de", "Deutsch"), ("zh", "中文")] {
        assert_eq!(locale(tag).native_name(), name);
        assert_eq!(plural::category(tag, 7), Category::Other);
    }
}

#[test]
fn chinese_has_no_space_between_its_characters_and_a_value_or_a_latin_word() {
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let latin = |c: char| c.is_ascii_alphanumeric() || matches!(c, '{' | '}' | '%');
    every_form(|tag, key, form| {
        let letters: Vec<char> = form.chars().collect();
        let apart =
            |three: &[char]| three[1] == ' ' && (han(three[0]) && latin(three[2]) || latin(three[0]) && han(three[2]));
        // A day of the week stands behind the date like a word of its own.
        let dated = key.starts_with("date.");
        assert!(tag != "zh" || dated || !letters.windows(3).any(apart), "{key}: {form}");
    });
}
