//! Starter files go through the same reading and checking as any other.

use jiff::civil::{Date, date};

use super::choice::Choice;
use super::register::Before;
use super::{document, handbook, kinds, register};
use crate::checks;
use crate::config::LanguageTag;
use crate::diagnostic::{self, Diagnostic};
use crate::fields::blank::BLANK;
use crate::model::kind::Kind;
use crate::parse;
use crate::source::SourceTree;

const TODAY: Date = date(2026, 11, 21);

/// The content files of the starter handbook, by path below `content`.
fn starter(languages: &str, today: Date) -> Vec<(String, String)> {
    let tags: Vec<LanguageTag> = handbook::languages(languages).unwrap();
    let below = |path: &str| path.strip_prefix("content/").map(str::to_owned);
    handbook::files(&tags, today).into_iter().filter_map(|file| Some((below(&file.path)?, file.text))).collect()
}

/// What an author is told of some files: name, path and line.
fn findings(files: &[(String, String)]) -> Vec<String> {
    let tree = SourceTree::from_texts(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let parsed = parse::parse(&tree, "");
    let mut found: Vec<Diagnostic> = parsed.diagnostics;
    found.extend(checks::check(parsed.handbook, &tree, &[]).1);
    diagnostic::sort(&mut found, &tree, "");
    let told = |found: &Diagnostic| {
        let at = diagnostic::locate(&found.place, &tree, "");
        format!("{} {}:{}:{} {}", found.name, at.path, at.line, at.column, found.message)
    };
    found.iter().map(told).collect()
}

/// The starter handbook with a new thing in it.
fn with_new(kind: Kind, choices: &[Choice], languages: &str) -> (Vec<(String, String)>, usize) {
    let mut files = starter(languages, TODAY);
    let tree = SourceTree::from_texts(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let handbook = parse::parse(&tree, "").handbook;
    let path = kinds::path(kind, "fresh");
    let at = files.iter().position(|(other, _)| *other == path);
    match at {
        Some(at) => {
            let text = register::addition(
                (kind, "fresh"),
                Before { path: &path, text: &files[at].1 },
                choices,
                &handbook,
                TODAY,
            )
            .unwrap();
            files[at].1.push_str(&text);
            (files, at)
        }
        None => {
            files.push((path, document::write(kind, "fresh", choices, &handbook, TODAY)));
            let at = files.len() - 1;
            (files, at)
        }
    }
}

fn blanks(text: &str) -> usize {
    text.lines().filter(|line| !line.trim_start().starts_with('#')).map(|line| line.matches(BLANK).count()).sum()
}

/// Fills the blanks as a manager would.
fn filled(text: &str) -> String {
    let value = |key: &str| match key {
        "owner" | "by" => "mechanic",
        "limit" => "2 business days",
        "target" => "95%",
        "level" => "nine of ten",
        "as" => "observed",
        "use" => "shift",
        "every" => "week",
        "quality" => "anecdote",
        "time_zone" => "Europe/Berlin",
        "hours" => "{mon-fri: \"09:00-17:00\"}",
        _ => "a text",
    };
    let line = |line: &str| match line.split_once(':') {
        Some((key, _)) if !line.trim_start().starts_with('#') => {
            let word = match key.trim() {
                "kind" if text.contains("dissatisfier") => "dissatisfier",
                "kind" => "guide",
                key => value(key),
            };
            line.replace(BLANK, word)
        }
        _ => line.replace("- …", "- a text"),
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n") + "\n"
}

/// Takes away each `#` that hides a field.
fn brought_in(text: &str) -> String {
    let is_key = |word: &str| word.bytes().all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'_' | b'-'));
    let line = |line: &str| {
        let (pad, rest) = line.split_at(line.len() - line.trim_start().len());
        match rest.strip_prefix('#').map(|hidden| (hidden, hidden.trim_start().split_once(':'))) {
            Some((hidden, Some((key, _)))) if is_key(key) && (!hidden.starts_with(' ') || hidden.starts_with("  ")) => {
                format!("{pad}{hidden}")
            }
            _ => line.to_owned(),
        }
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n") + "\n"
}

/// Every kind with every word that can be chosen for it.
fn cases() -> Vec<(Kind, Vec<Choice>)> {
    let mut cases = Vec::new();
    for kind in kinds::KINDS {
        cases.push((kind, Choice::usual(kind)));
    }
    let words = [
        (Kind::Service, "kind", &["access", "accuracy", "conduct"][..]),
        (Kind::Page, "kind", &["principle", "case", "lesson", "guide"]),
        (Kind::Checklist, "use", &["shift", "case", "audit", "training"]),
        (Kind::Factor, "kind", &["satisfier"]),
    ];
    for (kind, key, words) in words {
        cases.extend(words.iter().map(|word| (kind, vec![Choice::new(kind, key, word).unwrap()])));
    }
    cases
}

#[test]
fn the_starter_handbook_has_no_finding_in_any_language_and_at_any_time_of_the_year() {
    for languages in ["en", "de,en", "en,de,zh"] {
        assert_eq!(findings(&starter(languages, TODAY)), [""; 0], "{languages}");
    }
    for today in [date(2027, 1, 1), date(2028, 2, 29), date(2026, 12, 31), date(9999, 12, 31), date(1, 1, 1)] {
        assert_eq!(findings(&starter("en", today)), [""; 0], "{today}");
    }
}

#[test]
fn the_starter_handbook_has_its_dates_filled_in() {
    let files = handbook::files(&handbook::languages("en,de").unwrap(), date(2026, 1, 31));
    let text = |path: &str| files.iter().find(|file| file.path == path).unwrap().text.as_str();
    assert!(text("content/services/repair.md").contains("review: {last: 2026-01-31, every: 12 months}"));
    assert!(text("content/services/repair.md").contains("valid: {from: 2026-01-31, until: 2027-01-30}"));
    assert!(text("content/results/results.csv").contains("\n2025-12,repair/turnaround,"));
    assert!(text("content/registers/holidays/holidays.csv").contains("\n2028-01-01,"));
    assert!(text("content/handbook.yaml").contains("\nlanguages: [en, de]\n"));
    let left = ["TODAY", "LAST-MONTH", "THIS-YEAR", "NEXT-YEAR", "YEAR-AFTER", "FROM-NOW", "LANGUAGES"];
    for file in &files {
        assert!(left.iter().all(|blank| !file.text.contains(blank)), "{}", file.path);
    }
}

#[test]
fn every_blank_of_a_new_thing_is_told_once_and_nothing_else_is() {
    for (kind, choices) in cases() {
        let (files, at) = with_new(kind, &choices, "en");
        let told = findings(&files);
        assert!(told.iter().all(|told| told.starts_with("field/blank")), "{kind:?} {choices:?}: {told:#?}");
        assert_eq!(told.len(), blanks(&files[at].1), "{kind:?} {choices:?}: {told:#?}");
    }
}

#[test]
fn a_new_thing_has_no_finding_once_its_blanks_are_filled() {
    for (kind, choices) in cases() {
        for languages in ["en", "en,de"] {
            let (mut files, at) = with_new(kind, &choices, languages);
            files[at].1 = filled(&files[at].1);
            assert_eq!(findings(&files), [""; 0], "{kind:?} {choices:?}\n{}", files[at].1);
        }
    }
}

#[test]
fn a_field_that_is_brought_in_needs_at_most_a_text_or_another_thing() {
    for (kind, choices) in cases() {
        let (mut files, at) = with_new(kind, &choices, "en,de");
        let (had, live) = (files[at].1.clone(), blanks(&files[at].1));
        files[at].1 = brought_in(&had);
        let mut told = findings(&files);
        told.retain(|told| !told.starts_with("field/blank"));
        let may = ["reference/dangling", "picture/missing", "reference/cycle"];
        assert!(told.iter().all(|told| may.iter().any(|name| told.starts_with(name))), "{kind:?}: {told:#?}");
        assert!(blanks(&files[at].1) >= live, "{kind:?}");
    }
}

#[test]
fn every_field_of_a_kind_is_named_in_its_starter_file() {
    for kind in kinds::KINDS {
        let (files, at) = with_new(kind, &Choice::usual(kind), "en");
        for field in kinds::fields(kind).fields {
            let live = format!("{}:", field.key);
            assert!(files[at].1.contains(&live), "{kind:?} {}", field.key);
        }
    }
}

#[test]
fn the_field_of_a_new_thing_offers_the_ids_that_are_there() {
    let (files, at) = with_new(Kind::Service, &Choice::usual(Kind::Service), "en");
    assert!(
        files[at]
            .1
            .contains("# So far there are: arbitration-board, mechanic, owner, service-desk, shop-manager\nowner: …\n")
    );
}

#[test]
fn a_chosen_word_stands_in_place_of_the_blank() {
    let (files, at) = with_new(Kind::Page, &[Choice::new(Kind::Page, "kind", "lesson").unwrap()], "en");
    assert!(files[at].1.contains("\nkind: lesson\n"));
    let (files, at) = with_new(Kind::Service, &[Choice::new(Kind::Service, "kind", "access").unwrap()], "en");
    assert!(files[at].1.contains("\n    kind: access\n") && files[at].1.contains("\n    level: …\n"));
    assert!(!files[at].1.contains("limit: …"));
}
