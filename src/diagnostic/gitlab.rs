//! Findings as a code quality report of GitLab, which shows what a merge request adds and what it mends.
//!
//! GitLab tells new findings from old ones by their fingerprints. It asks for a line: a finding about a whole file
//! stands at the first. An error is critical, since the site is not published; a warning is major and a remark is info.

use serde::Serialize;

use super::Severity;
use super::json::written;
use super::report::{Entry, Report};

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: &'a str,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

/// Prints findings as a list of issues.
pub fn print(report: &Report) -> String {
    written(&report.entries.iter().map(issue).collect::<Vec<_>>())
}

fn issue(entry: &Entry) -> Issue<'_> {
    let severity = match entry.severity {
        Severity::Error => "critical",
        Severity::Warning => "major",
        Severity::Info => "info",
    };
    let lines = Lines { begin: entry.at.line.max(1), end: entry.at.end_line.max(1) };
    Issue {
        description: entry.sentence(),
        check_name: entry.name,
        fingerprint: &entry.fingerprint,
        severity,
        location: Location { path: &entry.at.path, lines },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Diagnostic, Place};
    use crate::source::{FileId, SourceTree, Span};

    fn printed(found: &[Diagnostic]) -> serde_json::Value {
        let tree = SourceTree::from_texts([("a.md", "one\ntwo\nthree")]);
        serde_json::from_str(&print(&Report::plain(found, &tree, "content/"))).unwrap()
    }

    #[test]
    fn an_issue_has_what_gitlab_asks_for() {
        let issues = printed(&[Diagnostic::warning("x/y", Span::new(FileId(0), 5, 10), "m").action("a")]);
        let print = issues[0]["fingerprint"].clone();
        assert_eq!(
            issues,
            serde_json::json!([{
                "description": "m; a",
                "check_name": "x/y",
                "fingerprint": print,
                "severity": "major",
                "location": {"path": "content/a.md", "lines": {"begin": 2, "end": 3}},
            }])
        );
    }

    #[test]
    fn a_whole_file_is_its_first_line_and_nothing_found_is_an_empty_list() {
        let issues = printed(&[Diagnostic::error("x/y", Place::whole("b.md"), "m")]);
        assert_eq!((&issues[0]["location"]["lines"]["begin"], &issues[0]["severity"]), (&1.into(), &"critical".into()));
        assert_eq!(printed(&[]), serde_json::json!([]));
    }
}
