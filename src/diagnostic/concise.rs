//! One finding a line: `path:line:column: error[name] message; action`.

use super::{Diagnostic, Located, locate};
use crate::source::SourceTree;

/// Prints findings, one a line.
pub fn print(diagnostics: &[Diagnostic], tree: &SourceTree, prefix: &str) -> String {
    diagnostics.iter().map(|diagnostic| line(diagnostic, &locate(&diagnostic.place, tree, prefix))).collect()
}

fn line(diagnostic: &Diagnostic, at: &Located) -> String {
    let place = if at.line == 0 { at.path.clone() } else { format!("{}:{}:{}", at.path, at.line, at.column) };
    let action = diagnostic.action.as_ref().map(|action| format!("; {action}")).unwrap_or_default();
    let text = format!("{}{action}", diagnostic.message).replace('\n', " ");
    format!("{place}: {}[{}] {text}\n", diagnostic.severity.word(), diagnostic.name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;
    use crate::source::{FileId, Span};

    #[test]
    fn a_finding_is_one_line_with_its_place_and_action() {
        let tree = SourceTree::from_texts([("a.md", "x\nlimt: 3bd")]);
        let found = [
            Diagnostic::error("field/unknown", Span::new(FileId(0), 2, 6), "`limt` is no field")
                .action("write `limit`"),
            Diagnostic::warning("file/empty", Place::whole("content/b.md"), "the file is empty"),
        ];
        assert_eq!(
            print(&found, &tree, "content/"),
            "content/a.md:2:1: error[field/unknown] `limt` is no field; write `limit`\n\
             content/b.md: warning[file/empty] the file is empty\n"
        );
    }
}
