//! The experts' checks, each alone on its own examples, which are also its page of the manual.
//!
//! `UPDATE=1 cargo test --test checks` writes `tests/checks.txt` anew: what is said of each example at fault. Read it as a
//! manager would.
#![allow(clippy::disallowed_methods, reason = "a test reads the sources and the expected text from disk")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use jiff::civil::{Date, date};
use pledgebook::checks::catalogue::checks;
use pledgebook::checks::check::{Check, Example, Finder};
use pledgebook::checks::inspection::Inspection;
use pledgebook::checks::{self, stand_in};
use pledgebook::diagnostic::report::Report;
use pledgebook::diagnostic::{self, Diagnostic, concise};
use pledgebook::parse::parse;
use pledgebook::source::SourceTree;

/// The date that counts as today in all examples.
const TODAY: Date = date(2026, 11, 21);

/// Runs one check alone on an example; also gives what the reading objects to.
fn run(check: &Check, example: Example) -> (SourceTree, Vec<Diagnostic>, Vec<Diagnostic>) {
    let tree = stand_in::tree(example);
    let parsed = parse(&tree, "");
    let (mut found, others): (Vec<_>, Vec<_>) =
        parsed.diagnostics.iter().cloned().partition(|told| told.name == check.name);
    let (checked, _) = checks::check(parsed.handbook, &tree, &parsed.diagnostics);
    if let Some(look) = check.finder.look() {
        look(&Inspection::of(&checked, &tree, TODAY), &mut found);
    }
    diagnostic::sort(&mut found, &tree, "");
    (tree, found, others)
}

#[test]
fn every_check_finds_the_fault_of_its_example_and_nothing_in_the_mended_one() {
    let mut wrong = Vec::new();
    for check in checks() {
        if matches!(check.finder, Finder::History(_)) {
            // Files alone cannot show it; its own tests do.
            assert!(check.wrong.is_empty() && check.right.is_empty(), "{}", check.name);
            continue;
        }
        let (_, found, others) = run(check, check.wrong);
        if found.is_empty() || found.iter().any(|told| told.name != check.name) {
            wrong.push(format!("{}: the example at fault is told {found:?}", check.name));
        }
        wrong.extend(faults(others).map(|told| format!("{}: the example at fault: {told}", check.name)));
        let (_, found, others) = run(check, check.right);
        wrong.extend(found.iter().map(|told| format!("{}: the mended example is told {told:?}", check.name)));
        wrong.extend(faults(others).map(|told| format!("{}: the mended example: {told}", check.name)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Gives what makes an example unreadable; the fields that it leaves out are no fault.
fn faults(others: Vec<Diagnostic>) -> impl Iterator<Item = String> {
    let is_read = |told: &Diagnostic| !stand_in::LEFT_OUT.contains(&told.name);
    others.into_iter().filter(is_read).map(|told| format!("{}: {}", told.name, told.message))
}

#[test]
fn every_finding_says_what_to_do_in_plain_words() {
    for check in checks() {
        for told in run(check, check.wrong).1 {
            let action = told.action.as_deref().unwrap_or_default();
            assert!(!action.is_empty() && !action.ends_with('.'), "{told:?}");
            assert!(!told.message.ends_with('.') && !told.message.contains("``"), "{told:?}");
            assert_eq!(told.severity, check.severity, "{}", check.name);
        }
    }
}

#[test]
fn what_is_said_of_each_example_is_as_expected() {
    let mut actual = String::new();
    for check in checks() {
        let (tree, found, _) = run(check, check.wrong);
        actual.push_str(&concise::print(&Report::plain(&found, &tree, "")));
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/checks.txt");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &actual).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap_or_default(), actual, "UPDATE=1 writes tests/checks.txt anew");
}

#[test]
fn every_file_of_a_check_is_in_the_table_under_its_own_name() {
    let mut named = BTreeSet::new();
    for check in checks() {
        assert!(named.insert(check.name.replace('-', "_")), "{} is there twice", check.name);
        assert!(check.finds.ends_with('.') && check.why.ends_with('.'), "{}: whole sentences", check.name);
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/checks");
    let mut files = BTreeSet::new();
    for group in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
        for file in fs::read_dir(&group).unwrap().map(|entry| entry.unwrap().path()) {
            let text = fs::read_to_string(&file).unwrap();
            if text.contains("pub const CHECK: Check") {
                let (group, file) = (group.file_name().unwrap(), file.file_stem().unwrap());
                files.insert(format!("{}/{}", group.to_string_lossy(), file.to_string_lossy()));
            }
        }
    }
    assert_eq!(files, named);
}
