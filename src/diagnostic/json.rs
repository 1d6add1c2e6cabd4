//! Findings for machines: one JSON document.

use serde::Serialize;

use super::{Count, Diagnostic, Label, Place, locate, shown_path};
use crate::source::SourceTree;

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
    path: String,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    labels: Vec<Elsewhere<'a>>,
}

#[derive(Serialize)]
struct Elsewhere<'a> {
    path: String,
    line: usize,
    column: usize,
    text: &'a str,
}

/// Prints findings as one JSON document that ends with a line break.
///
/// Lines and columns count from one, columns in characters; a finding about a whole file has zeros.
pub fn print(diagnostics: &[Diagnostic], tree: &SourceTree, prefix: &str) -> String {
    let Count { errors, warnings, infos } = Count::of(diagnostics);
    let findings = diagnostics.iter().map(|diagnostic| finding(diagnostic, tree, prefix)).collect();
    let document = Document { version: VERSION, errors, warnings, infos, findings };
    let mut text = serde_json::to_string_pretty(&document).expect("strings and numbers always serialise");
    text.push('\n');
    text
}

fn finding<'a>(diagnostic: &'a Diagnostic, tree: &SourceTree, prefix: &str) -> Finding<'a> {
    let at = locate(&diagnostic.place, tree, prefix);
    let (end_line, end_column) = end(&diagnostic.place, tree).unwrap_or((at.line, at.column));
    Finding {
        name: diagnostic.name,
        severity: diagnostic.severity.word(),
        message: &diagnostic.message,
        hint: diagnostic.hint.as_deref(),
        action: diagnostic.action.as_deref(),
        path: at.path,
        line: at.line,
        column: at.column,
        end_line,
        end_column,
        labels: diagnostic.labels.iter().map(|label| elsewhere(label, tree, prefix)).collect(),
    }
}

fn end(place: &Place, tree: &SourceTree) -> Option<(usize, usize)> {
    let Place::At(span) = place else { return None };
    let end = tree.text(span.file)?.place(span.end as usize);
    Some((end.line, end.column))
}

fn elsewhere<'a>(label: &'a Label, tree: &SourceTree, prefix: &str) -> Elsewhere<'a> {
    let at = locate(&Place::At(label.span), tree, prefix);
    let path = shown_path(tree, label.span.file, prefix);
    Elsewhere { path, line: at.line, column: at.column, text: &label.text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FileId, Span};

    #[test]
    fn a_finding_has_both_ends_and_its_labels() {
        let tree = SourceTree::from_texts([("a.md", "x\nlimt: 3bd")]);
        let found = [Diagnostic::error("field/unknown", Span::new(FileId(0), 2, 6), "no field")
            .label(Span::new(FileId(0), 0, 1), "here")];
        let value: serde_json::Value = serde_json::from_str(&print(&found, &tree, "content/")).unwrap();
        let finding = &value["findings"][0];
        assert_eq!((&finding["line"], &finding["end_column"]), (&2.into(), &5.into()));
        assert_eq!(finding["labels"][0]["text"], "here");
        assert_eq!(finding["path"], "content/a.md");
        assert_eq!(value["errors"], 1);
    }
}
