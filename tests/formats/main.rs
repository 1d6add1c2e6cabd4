//! The formats of findings: that all tell the same, and that each keeps to its published schema.
//!
//! Not here: what a single format looks like (at the foot of its file in `src/diagnostic/`), what findings say
//! (`handbooks`), and the options of `check` (`cli`).
#![allow(clippy::disallowed_methods, reason = "tests read schemas from disk")]

mod oddities;
mod read;
mod schemas;

use pledgebook::diagnostic::full::{self, Colour};
use pledgebook::diagnostic::report::Report;
use pledgebook::diagnostic::{concise, github, gitlab, json, junit, markdown, sarif};

use oddities::{odd, report_of};
use read::Told;

/// Gives what is expected of a report, out of the report itself.
fn expected(report: &Report) -> Vec<Told> {
    let told = |entry: &pledgebook::diagnostic::report::Entry| Told {
        name: entry.name.to_owned(),
        severity: entry.severity.word().to_owned(),
        path: entry.at.path.clone(),
        line: entry.at.line,
        sentence: entry.sentence(),
    };
    report.entries.iter().map(told).collect()
}

/// Puts findings in the order of their lines of text, since some formats group by file or by severity.
fn sorted(mut told: Vec<Told>) -> Vec<Told> {
    told.sort();
    told
}

#[test]
fn all_formats_tell_the_same_of_one_list_of_findings() {
    let (tree, found) = odd();
    let report = report_of(&found, &tree);
    let expected = expected(&report);
    assert_eq!(expected.len(), found.len());
    assert_eq!(read::concise(&concise::print(&report)), expected);
    assert_eq!(read::json(&json::print(&report)), expected);
    assert_eq!(read::sarif(&sarif::print(&report)), expected);
    assert_eq!(sorted(read::junit(&junit::print(&report))), sorted(expected.clone()));
    assert_eq!(sorted(read::markdown(&markdown::print(&report))), sorted(expected.clone()));
    let with_lines: Vec<_> = expected.iter().cloned().map(|told| Told { line: told.line.max(1), ..told }).collect();
    assert_eq!(read::gitlab(&gitlab::print(&report)), with_lines);
}

#[test]
fn what_people_read_tells_the_same_as_what_machines_read() {
    let (tree, found) = odd();
    let expected = expected(&report_of(&found, &tree));
    assert_eq!(read::full(&full::print(&found, &tree, "content/", Colour::Never)), expected);
}

#[test]
fn what_github_can_show_is_what_the_others_tell_the_worst_first() {
    let (tree, found) = odd();
    let report = report_of(&found, &tree);
    let most = |severity: &'static str, most: usize| {
        expected(&report).into_iter().filter(move |told| told.severity == severity).take(most)
    };
    let shown: Vec<_> = most("error", 10).chain(most("warning", 10)).chain(most("info", 9)).collect();
    assert!(shown.len() < found.len(), "the list is longer than what GitHub shows");
    let text = github::print(&report);
    let (told, others) = read::github(&text);
    assert_eq!(told, shown);
    let [summed_up, count] = &others[..] else { panic!("{others:?}") };
    assert!(summed_up.starts_with("::notice title=Pledgebook::not shown here: 24 errors;"), "{summed_up}");
    assert_eq!(*count, report.count.words());
}

#[test]
fn formats_that_count_count_alike() {
    let (tree, found) = odd();
    let report = report_of(&found, &tree);
    let words = report.count.words();
    assert_eq!(words, "34 errors, 4 warnings, 2 remarks");
    assert!(full::print(&found, &tree, "content/", Colour::Never).ends_with(&format!("\n{words}\n")));
    assert!(markdown::print(&report).starts_with(&format!("## Pledgebook: {words}\n")));
    assert!(junit::print(&report).contains(&format!("<!-- Pledgebook: {words} -->")));
    for (text, pointer) in [(json::print(&report), ""), (sarif::print(&report), "/runs/0/properties")] {
        let document: serde_json::Value = serde_json::from_str(&text).unwrap();
        let counts = document.pointer(pointer).unwrap();
        assert_eq!((&counts["errors"], &counts["warnings"], &counts["infos"]), (&34.into(), &4.into(), &2.into()));
    }
}

#[test]
fn no_finding_is_told_as_such_by_every_format() {
    let (tree, _) = odd();
    let report = report_of(&[], &tree);
    assert_eq!(concise::print(&report), "");
    assert_eq!(github::print(&report), "no finding\n");
    assert_eq!(markdown::print(&report), "## Pledgebook: no finding\n");
    assert_eq!(read::json(&json::print(&report)), []);
    assert_eq!(read::sarif(&sarif::print(&report)), []);
    assert_eq!(read::gitlab(&gitlab::print(&report)), []);
    assert_eq!(read::junit(&junit::print(&report)), []);
}
