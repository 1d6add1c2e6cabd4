//! Broken handbooks and what their authors are told: each folder beside this file is a case, `content/` what is given and
//! `expected.txt` what `check --format concise` says of it.
//!
//! `UPDATE=1 cargo test --test handbooks` writes the expected files anew. Read what changed as somebody who is no
//! programmer: is it the right place, does it say what to write instead, is anything told twice, is anything silent?
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests read cases from disk and make folders")]

mod made;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::date;
use pledgebook::diagnostic::full::Colour;
use pledgebook::diagnostic::report::{Entry, Report};
use pledgebook::diagnostic::{Diagnostic, concise, full, github, gitlab, json, junit, markdown, sarif};
use pledgebook::pipeline::{self, Looked};
use pledgebook::triage::Choice;
use pledgebook::triage::selection::Selection;

#[test]
fn every_case_is_told_as_expected() {
    let wrong: Vec<String> = cases().iter().filter_map(|case| compare(case)).collect();
    assert!(wrong.is_empty(), "{} cases differ; UPDATE=1 writes them anew\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_finding_has_an_action_and_one_line() {
    for case in cases() {
        for found in look(&case).diagnostics {
            let name = case.file_name().unwrap().display();
            assert!(found.action.as_ref().is_some_and(|action| !action.is_empty()), "{name}: {found:?}");
            assert!(!told(&found).contains('\n'), "{name}: a message is one line: {found:?}");
            assert!(!found.message.ends_with('.') && !told(&found).contains("``"), "{name}: {found:?}");
        }
    }
}

#[test]
fn every_format_tells_the_same_findings() {
    for case in cases() {
        let looked = look(&case);
        let (found, tree, prefix) = (&looked.diagnostics, &looked.tree, &looked.prefix);
        let plain = full::print(found, tree, prefix, Colour::Never);
        let coloured = full::print(found, tree, prefix, Colour::Always);
        assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), plain, "{}", case.display());
        assert_eq!(plain.matches(" = help: ").count(), found.len());
        let report = Report::plain(found, tree, prefix);
        assert_eq!(concise::print(&report).lines().count(), found.len());
        let told: Vec<String> = report.entries.iter().map(Entry::sentence).collect();
        let read = |text: String| serde_json::from_str::<serde_json::Value>(&text).unwrap();
        let told_at = |list: &serde_json::Value, pointer: &str| -> Vec<String> {
            let words = list.as_array().unwrap().iter().map(|found| found.pointer(pointer).unwrap().as_str().unwrap());
            words.map(str::to_owned).collect()
        };
        let messages: Vec<_> = report.entries.iter().map(|entry| entry.message.clone()).collect();
        assert_eq!(told_at(&read(json::print(&report))["findings"], "/message"), messages);
        assert_eq!(told_at(&read(sarif::print(&report))["runs"][0]["results"], "/message/text"), told);
        assert_eq!(told_at(&read(gitlab::print(&report)), "/description"), told);
        let cases = junit::print(&report).matches("<testcase ").count();
        assert_eq!(cases, found.len().max(1), "{}", case.display());
        let rows = markdown::print(&report).lines().filter(|line| line.starts_with("| `")).count();
        assert_eq!(rows, found.len().min(50), "{}", case.display());
        let commands = github::print(&report).lines().filter(|line| line.starts_with("::")).count();
        assert!(commands == found.len() || found.len() > 10, "{}", case.display());
    }
}

/// A finding without a case is one whose text nobody has read.
#[test]
fn every_finding_of_the_program_has_a_case() {
    let told: BTreeSet<&str> = cases().iter().flat_map(|case| look(case).diagnostics).map(|found| found.name).collect();
    let missing: Vec<String> = names_in_sources()
        .into_iter()
        .filter(|name| !told.contains(name.as_str()) && !MADE.contains(&&**name))
        .collect();
    assert!(missing.is_empty(), "no case for {missing:?}");
}

/// Findings about files that cannot lie in a repository, which `made` has, and against a revision of git, which the tests of the
/// command line have.
const MADE: [&str; 4] = ["file/link-outside", "file/too-large", "file/unreadable", "link/vanished"];

/// Collects the names of findings from the program's text: words such as `field/null` behind a maker of findings.
fn names_in_sources() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for path in files_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let text = fs::read_to_string(&path).unwrap();
        let text = text.split("#[cfg(test)]").next().unwrap();
        for makes in ["Diagnostic::error(", "Diagnostic::warning(", "FAULT: &'static str =", "tell(", "names: &["] {
            for (at, _) in text.match_indices(makes) {
                let behind = text[at + makes.len()..].trim_start();
                let Some(word) = behind.strip_prefix('"').and_then(|rest| rest.split('"').next()) else { continue };
                if word.contains('/') && word.bytes().all(|byte| byte.is_ascii_lowercase() || b"-/8".contains(&byte)) {
                    names.insert(word.to_owned());
                }
            }
        }
    }
    // A plain text is never at fault, the type only needs a name for it.
    names.remove("value/text");
    assert!(names.len() > 30, "{names:?}");
    names
}

fn told(found: &Diagnostic) -> String {
    format!("{}; {}", found.message, found.action.as_deref().unwrap_or_default())
}

/// Looks at a handbook as `check` does, without the checks of experts, each of which has examples of its own.
fn look(root: &Path) -> Looked {
    let mut looked = pipeline::look(root).unwrap_or_else(|error| panic!("{}: {error}", root.display()));
    let selection = Selection::read(["prose/unbound", "language/stale"], []).unwrap();
    pipeline::inspect(&mut looked, date(2026, 11, 21), &Choice { selection, baseline: None }, &[]);
    looked
}

fn told_concisely(root: &Path) -> String {
    let looked = look(root);
    concise::print(&Report::plain(&looked.diagnostics, &looked.tree, &looked.prefix))
}

fn cases() -> Vec<PathBuf> {
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/handbooks");
    let mut cases: Vec<_> = fs::read_dir(home).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.retain(|path| path.is_dir());
    cases.sort();
    assert!(cases.len() > 20, "the cases were not found");
    cases
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    entries.into_iter().flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

/// Compares what a case is told with what is expected; gives the lines that differ.
fn compare(case: &Path) -> Option<String> {
    let path = case.join("expected.txt");
    let actual = told_concisely(case);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &actual).unwrap();
        return None;
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    let lines = |text: &str, other: &str, sign: &str| {
        let only = text.lines().filter(|line| !other.lines().any(|same| same == *line));
        only.map(|line| format!("  {sign} {line}\n")).collect::<String>()
    };
    let changed = lines(&expected, &actual, "-") + &lines(&actual, &expected, "+");
    (expected != actual).then(|| format!("{}\n{changed}", case.file_name().unwrap().display()))
}
