//! Findings for machines: one JSON document.

use serde::Serialize;

use super::Count;
use super::report::{Entry, Lettered, Report, Stretch};

/// The format's version; it grows when a field changes its meaning.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    errors: usize,
    warnings: usize,
    infos: usize,
    findings: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Finding<'a> {
    name: &'a str,
    severity: &'a str,
    message: &'a str,
    hint: Option<&'a str>,
    action: Option<&'a str>,
    #[serde(flatten)]
    at: &'a Stretch,
    labels: &'a [Lettered],
    thing: &'a str,
    field: &'a str,
    fingerprint: &'a str,
    fix: &'a [Lettered],
}

/// Prints findings as one JSON document that ends with a line break.
///
/// Lines and columns count from one, columns in characters; a finding about a whole file has zeros.
pub fn print(report: &Report) -> String {
    let Count { errors, warnings, infos } = report.count;
    let findings = report.entries.iter().map(finding).collect();
    written(&Document { version: VERSION, errors, warnings, infos, findings })
}

/// Writes a value as JSON that people can read, with a line break at its end.
pub(super) fn written(value: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(value).expect("strings and numbers always serialise");
    text.push('\n');
    text
}

fn finding(entry: &Entry) -> Finding<'_> {
    Finding {
        name: entry.name,
        severity: entry.severity.word(),
        message: &entry.message,
        hint: entry.hint.as_deref(),
        action: entry.action.as_deref(),
        at: &entry.at,
        labels: &entry.labels,
        thing: &entry.about.thing,
        field: &entry.about.field,
        fingerprint: &entry.fingerprint,
        fix: &entry.fix,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostic;
    use crate::source::{FileId, SourceTree, Span};

    #[test]
    fn a_finding_has_both_ends_its_labels_and_its_fix() {
        let tree = SourceTree::from_texts([("a.md", "x\nlimt: 3bd")]);
        let found = [Diagnostic::error("field/unknown", Span::new(FileId(0), 2, 6), "no field")
            .label(Span::new(FileId(0), 0, 1), "here")
            .fix(Span::new(FileId(0), 2, 6), "limit")];
        let text = print(&Report::plain(&found, &tree, "content/"));
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        let finding = &value["findings"][0];
        assert_eq!((&finding["line"], &finding["end_column"]), (&2.into(), &5.into()));
        assert_eq!((&finding["labels"][0]["text"], &finding["labels"][0]["line"]), (&"here".into(), &1.into()));
        assert_eq!((&finding["fix"][0]["text"], &finding["fix"][0]["end_column"]), (&"limit".into(), &5.into()));
        assert_eq!(finding["path"], "content/a.md");
        assert_eq!((&value["errors"], &value["version"]), (&1.into(), &1.into()));
    }
}
