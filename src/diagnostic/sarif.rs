//! Findings in the Static Analysis Results Interchange Format (SARIF 2.1.0, OASIS), for code scanning and editors.
//!
//! Addresses are relative to the handbook's root, columns count characters, and a region ends behind its last one
//! (SARIF 3.30). A message is the whole sentence; its braces and brackets stand as they are, since it takes no arguments.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Severity;
use super::json::written;
use super::report::{Entry, Lettered, Report, Rule, Stretch};

/// The published schema of the format.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Prints findings as a log with one run.
pub fn print(report: &Report) -> String {
    let index: BTreeMap<&str, usize> = report.rules.iter().enumerate().map(|(at, rule)| (rule.name, at)).collect();
    let results: Vec<Value> = report.entries.iter().map(|entry| result(entry, &index)).collect();
    let rules: Vec<Value> = report.rules.iter().map(rule).collect();
    let count = report.count;
    written(&json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "Pledgebook", "version": env!("CARGO_PKG_VERSION"), "rules": rules}},
            "columnKind": "unicodeCodePoints",
            "results": results,
            "properties": {"errors": count.errors, "warnings": count.warnings, "infos": count.infos},
        }],
    }))
}

fn rule(rule: &Rule) -> Value {
    json!({
        "id": rule.name,
        "shortDescription": {"text": rule.finds},
        "fullDescription": {"text": rule.finds},
        "help": {"text": rule.help, "markdown": rule.help},
        "defaultConfiguration": {"level": level(rule.severity)},
    })
}

fn result(entry: &Entry, index: &BTreeMap<&str, usize>) -> Value {
    let mut result = json!({
        "ruleId": entry.name,
        "ruleIndex": index.get(entry.name),
        "level": level(entry.severity),
        "message": {"text": entry.sentence()},
        "locations": [{"physicalLocation": place(&entry.at)}],
        "partialFingerprints": {"finding/v1": entry.fingerprint},
        "properties": {"thing": entry.about.thing, "field": entry.about.field},
    });
    if !entry.labels.is_empty() {
        result["relatedLocations"] = entry.labels.iter().enumerate().map(related).collect();
    }
    if !entry.fix.is_empty() {
        result["fixes"] = json!([fix(entry)]);
    }
    result
}

fn related((at, label): (usize, &Lettered)) -> Value {
    json!({"id": at + 1, "physicalLocation": place(&label.at), "message": {"text": label.text}})
}

fn fix(entry: &Entry) -> Value {
    let mut files: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for change in &entry.fix {
        let replacement = json!({"deletedRegion": region(&change.at), "insertedContent": {"text": change.text}});
        files.entry(&change.at.path).or_default().push(replacement);
    }
    let change =
        |(path, replacements)| json!({"artifactLocation": {"uri": address(path)}, "replacements": replacements});
    let changes: Vec<Value> = files.into_iter().map(change).collect();
    let words = entry.action.as_ref().unwrap_or(&entry.message);
    json!({"description": {"text": words}, "artifactChanges": changes})
}

/// Says where something is; an empty region would point at nothing, so it goes on to the end of its line.
fn place(at: &Stretch) -> Value {
    let mut place = json!({"artifactLocation": {"uri": address(&at.path)}});
    if !at.is_whole() {
        let is_empty = (at.line, at.column) == (at.end_line, at.end_column);
        place["region"] = if is_empty { json!({"startLine": at.line, "startColumn": at.column}) } else { region(at) };
    }
    place
}

fn region(at: &Stretch) -> Value {
    json!({"startLine": at.line, "startColumn": at.column, "endLine": at.end_line, "endColumn": at.end_column})
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// Writes a path as a relative reference (RFC 3986): all but plain letters and strokes by their bytes.
fn address(path: &str) -> String {
    let mut address = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => address.push(char::from(byte)),
            byte if byte.is_ascii_alphanumeric() => address.push(char::from(byte)),
            byte => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::report::Setting;
    use crate::diagnostic::{Diagnostic, Place};
    use crate::source::{FileId, SourceTree, Span};

    fn at(file: u32, start: usize, end: usize) -> Span {
        Span::new(FileId(file), start, end)
    }

    fn printed(found: &[Diagnostic], rules: &[Rule]) -> Value {
        let tree = SourceTree::from_texts([("a b.md", "工作 x\ny"), ("服.md", "one")]);
        let report = Report::of(found, &Setting { rules, ..Setting::of(&tree, "content/") });
        serde_json::from_str::<Value>(&print(&report)).unwrap()["runs"][0].clone()
    }

    #[test]
    fn a_result_points_at_its_rule_and_its_region() {
        let rule = |name, severity| Rule { name, severity, finds: "F.".into(), help: "H `x`.".into() };
        let rules = [rule("x/a", Severity::Info), rule("x/b", Severity::Warning)];
        let run = printed(&[Diagnostic::error("x/b", at(0, 3, 6), "m").action("a")], &rules);
        let (result, driver) = (&run["results"][0], &run["tool"]["driver"]);
        assert_eq!(
            (&result["ruleIndex"], &result["level"], &run["properties"]["errors"]),
            (&json!(1), &json!("error"), &json!(1))
        );
        assert_eq!(result["message"]["text"], "m; a");
        assert_eq!(
            result["locations"][0]["physicalLocation"],
            json!({
                "artifactLocation": {"uri": "content/a%20b.md"},
                "region": {"startLine": 1, "startColumn": 2, "endLine": 1, "endColumn": 3},
            })
        );
        assert_eq!(driver["rules"][0]["defaultConfiguration"]["level"], "note");
        assert_eq!(
            (&driver["rules"][1]["id"], &driver["rules"][1]["help"]["markdown"]),
            (&json!("x/b"), &json!("H `x`."))
        );
    }

    #[test]
    fn labels_are_related_places_and_a_whole_file_has_no_region() {
        let found = Diagnostic::error("x/y", Place::whole("100%.md"), "m").label(at(1, 1, 1), "here");
        let result = printed(&[found], &[])["results"][0].clone();
        let place = json!({"artifactLocation": {"uri": "100%25.md"}});
        assert_eq!((&result["locations"][0]["physicalLocation"], &result["ruleIndex"]), (&place, &json!(0)));
        let related = &result["relatedLocations"][0];
        assert_eq!((&related["message"]["text"], &related["id"]), (&json!("here"), &json!(1)));
        assert_eq!(related["physicalLocation"]["region"], json!({"startLine": 1, "startColumn": 2}));
        assert!(result.get("fixes").is_none());
    }

    #[test]
    fn a_fix_lists_its_replacements_by_file() {
        let found = Diagnostic::error("x/y", at(0, 0, 3), "m")
            .fix(at(1, 0, 3), "two")
            .fix(at(0, 6, 6), "z\n")
            .fix(at(0, 0, 3), "");
        let fix = printed(&[found], &[])["results"][0]["fixes"][0].clone();
        assert_eq!(fix["artifactChanges"].as_array().unwrap().len(), 2);
        let first = &fix["artifactChanges"][0];
        assert_eq!(first["artifactLocation"]["uri"], "content/a%20b.md");
        assert_eq!(
            first["replacements"][0],
            json!({
                "deletedRegion": {"startLine": 1, "startColumn": 3, "endLine": 1, "endColumn": 3},
                "insertedContent": {"text": "z\n"},
            })
        );
        assert_eq!(fix["artifactChanges"][1]["artifactLocation"]["uri"], "content/%E6%9C%8D.md");
    }

    #[test]
    fn a_path_becomes_a_reference_whatever_its_letters() {
        assert_eq!(address("a:b/c?d#e.md"), "a%3Ab/c%3Fd%23e.md");
    }
}
