//! Tests of the look-up: own words, English ones, plurals, lists.

pub(super) mod shipped;

use self::shipped::{english, german, locale, of_tag, with};
use super::catalogue::Catalogue;
use super::*;

#[test]
fn a_word_is_in_the_readers_language() {
    assert_eq!(english().word("nav.services"), "Services");
    assert_eq!(german().word("nav.services"), "Leistungen");
    assert_eq!(locale("zh").word("nav.services"), "服务");
}

#[test]
fn a_word_that_a_language_lacks_is_english() {
    let french = with("fr", "nav.services: Prestations");
    assert_eq!(french.word("nav.services"), "Prestations");
    assert_eq!(french.word("nav.roles"), english().word("nav.roles"));
    assert_eq!(french.missing(["nav.services", "nav.roles"]), ["nav.roles"]);
}

#[test]
fn an_unknown_key_is_shown_as_it_is() {
    for key in ["nav.nowhere", "nav", "", ".", "导航"] {
        assert_eq!(german().word(key), key);
        assert_eq!(german().phrase(key, &[("n", "1")]), key);
        assert_eq!(german().count(key, 1), key);
        assert!(!german().has(key));
    }
}

#[test]
fn without_any_catalogue_every_word_is_its_key() {
    let bare = Locale::new("en", Catalogue::default(), None);
    assert_eq!(bare.word("nav.services"), "nav.services");
    assert_eq!(bare.words_tag(), "en");
    assert_eq!(Locale::new("fr", Catalogue::default(), None).words_tag(), "fr");
}

#[test]
fn the_language_of_the_words_is_told() {
    assert_eq!(german().words_tag(), "de");
    assert_eq!(of_tag("pt-BR").words_tag(), "en");
    assert_eq!(of_tag("pt-BR").tag(), "pt-BR");
}

#[test]
fn a_phrase_is_filled_by_name() {
    let words = with("xx", "a: '{who} and {whom}, {who}'");
    assert_eq!(words.phrase("a", &[("whom", "{who}"), ("who", "Mara"), ("other", "x")]), "Mara and {who}, Mara");
    assert_eq!(words.phrase("a", &[]), "{who} and {whom}, {who}");
}

#[test]
fn a_number_of_things_has_its_plural() {
    let results = |tag: &str| [0, 1, 2, 1000].map(|n| locale(tag).count("search.results", n)).join(" | ");
    assert_eq!(results("en"), "0 results | 1 result | 2 results | 1,000 results");
    assert_eq!(results("de"), "0 Treffer | 1 Treffer | 2 Treffer | 1.000 Treffer");
    assert_eq!(results("zh"), "0条结果 | 1条结果 | 2条结果 | 1,000条结果");
}

#[test]
fn german_tells_one_from_several() {
    let steps = |n| german().count("count.step", n);
    assert_eq!([steps(1), steps(3)], ["1 Schritt", "3 Schritte"]);
}

#[test]
fn a_counted_text_may_have_other_placeholders() {
    let words = with("xx", "late: {one: '{n} case of {who}', other: '{n} cases of {who}'}");
    assert_eq!(words.count_phrase("late", 1, &[("who", "Mara"), ("n", "9")]), "1 case of Mara");
    assert_eq!(words.count_phrase("late", 12, &[]), "12 cases of {who}");
}

#[test]
fn a_borrowed_word_has_the_plural_of_english() {
    let chinese = with("zh", "nav.services: 服务");
    assert_eq!(chinese.count("search.results", 1), "1 result");
    assert_eq!(chinese.count("search.results", 2), "2 results");
}

#[test]
fn a_languages_own_plural_rule_picks_the_form() {
    let polish = with("pl", "step: {one: '{n} krok', few: '{n} kroki', many: '{n} kroków', other: '{n} kroku'}");
    assert_eq!([1, 3, 5].map(|n| polish.count("step", n)), ["1 krok", "3 kroki", "5 kroków"]);
}

#[test]
fn a_group_gives_all_its_texts_with_their_forms() {
    let words = with("xx", "search: {results: {one: r1, other: r9}, empty: none}\nsearching: not this");
    let group = words.group("search");
    assert_eq!(group.get("results.one"), Some(&"r1"));
    assert_eq!(group.get("results.other"), Some(&"r9"));
    assert_eq!(group.get("empty"), Some(&"none"));
    assert_eq!(group.get("label").copied(), Some(english().word("search.label")));
    assert!(!group.values().any(|text| *text == "not this"));
}

#[test]
fn an_own_text_without_plurals_hides_the_english_forms_in_a_group() {
    let group_of =
        |yaml| with("xx", yaml).group("search").into_keys().filter(|k| k.starts_with("results")).collect::<Vec<_>>();
    assert_eq!(group_of("search: {results: '{n}×'}"), ["results"]);
    assert_eq!(group_of("search: {empty: none}"), ["results.one", "results.other"]);
}

#[test]
fn the_group_without_a_name_holds_everything() {
    let words = with("xx", "nav.services: S");
    let all = words.group("");
    assert_eq!(all.get("nav.services"), Some(&"S"));
    assert_eq!(all.get("nav.roles"), Some(&english().word("nav.roles")));
    assert!(words.group("nav.services").is_empty());
}

#[test]
fn a_list_ends_with_its_own_word() {
    let list = |tag: &str, items: &[&str]| locale(tag).list(items);
    assert_eq!(list("en", &["a", "b", "c"]), "a, b and c");
    assert_eq!(list("de", &["a", "b", "c"]), "a, b und c");
    assert_eq!(list("zh", &["a", "b", "c"]), "a、b和c");
    assert_eq!(list("en", &["a", "b"]), "a and b");
    assert_eq!(list("en", &["a"]), "a");
    assert_eq!(list("en", &[]), "");
    assert_eq!(english().list(&[String::from("a"), String::from("b")]), "a and b");
}

#[test]
fn quotation_marks_follow_the_language() {
    assert_eq!(english().quote("Back in ten."), "“Back in ten.”");
    assert_eq!(german().quote("In zehn zurück."), "„In zehn zurück.“");
    assert_eq!(locale("zh").quote("十天修好"), "“十天修好”");
}

#[test]
fn other_languages_are_named_in_the_readers() {
    assert_eq!(german().language_name("en"), "Englisch");
    assert_eq!(locale("zh").language_name("de-AT"), "德文");
    assert_eq!(of_tag("fr").language_name("ZH-hans"), "Chinese");
    assert_eq!(german().language_name("cy"), "Cymraeg");
    assert_eq!(german().language_name("tlh"), "tlh");
}

#[test]
fn direction_and_name_follow_the_tag() {
    assert_eq!(of_tag("ar").direction(), "rtl");
    assert_eq!(german().direction(), "ltr");
    assert_eq!(of_tag("pt-BR").native_name(), "Português (Brasil)");
    assert_eq!(with("pt-BR", "language.name: Brasileiro").native_name(), "Brasileiro");
}
