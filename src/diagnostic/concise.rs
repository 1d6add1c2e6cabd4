//! One finding a line: `path:line:column: error[name] message; action`.

use super::report::{Entry, Report};

/// Prints findings, one a line.
pub fn print(report: &Report) -> String {
    report.entries.iter().map(line).collect()
}

/// Says a finding with its place in one line.
pub(super) fn line(entry: &Entry) -> String {
    format!("{}: {}[{}] {}\n", entry.at.words(), entry.severity.word(), entry.name, entry.sentence())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Diagnostic, Place};
    use crate::source::{FileId, SourceTree, Span};

    #[test]
    fn a_finding_is_one_line_with_its_place_and_action() {
        let tree = SourceTree::from_texts([("a.md", "x\nlimt: 3bd")]);
        let found = [
            Diagnostic::error("field/unknown", Span::new(FileId(0), 2, 6), "`limt` is no field")
                .action("write `limit`"),
            Diagnostic::warning("file/empty", Place::whole("content/b.md"), "the file is empty"),
        ];
        assert_eq!(
            print(&Report::plain(&found, &tree, "content/")),
            "content/a.md:2:1: error[field/unknown] `limt` is no field; write `limit`\n\
             content/b.md: warning[file/empty] the file is empty\n"
        );
    }
}
