//! Findings as Markdown, for the comment of a merge request or the summary of a run.

use std::collections::BTreeSet;

use super::report::{Entry, Report, by_file};
use super::{Count, Severity};

/// The most findings that are shown; a comment has to stay one that can be read, and sent.
const MOST: usize = 50;

/// Prints findings as a heading that counts them and a table for each file; of many, the worst.
pub fn print(report: &Report) -> String {
    let mut text = format!("## Pledgebook: {}\n", report.count.words());
    let shown = worst(&report.entries);
    for (path, entries) in by_file(&shown) {
        text.push_str(&format!("\n### {}\n\n", code(path)));
        text.push_str("| Place | Severity | Finding | What is wrong | What to write |\n|---|---|---|---|---|\n");
        entries.iter().for_each(|entry| text.push_str(&row(entry)));
    }
    let left_out = report.entries.len() - shown.len();
    if left_out > 0 {
        let rest = Count {
            errors: report.count.errors - number(&shown, Severity::Error),
            warnings: report.count.warnings - number(&shown, Severity::Warning),
            infos: report.count.infos - number(&shown, Severity::Info),
        };
        text.push_str(&format!("\nNot shown here: {}.\n", rest.words()));
    }
    text
}

/// Chooses the entries that are shown, the worst, and leaves them in their order.
fn worst(entries: &[Entry]) -> Vec<&Entry> {
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_by_key(|at| entries[*at].severity);
    let chosen: BTreeSet<usize> = order.into_iter().take(MOST).collect();
    chosen.into_iter().map(|at| &entries[at]).collect()
}

fn number(entries: &[&Entry], severity: Severity) -> usize {
    entries.iter().filter(|entry| entry.severity == severity).count()
}

fn row(entry: &Entry) -> String {
    let place =
        if entry.at.is_whole() { entry.at.path.clone() } else { format!("{}:{}", entry.at.path, entry.at.line) };
    let cells = [
        code(&place),
        entry.severity.word().to_owned(),
        code(entry.name),
        prose(&entry.message),
        prose(entry.action.as_deref().unwrap_or_default()),
    ];
    format!("| {} |\n", cells.join(" | "))
}

/// Writes a text as code; one that could end its code or its cell as ordinary words.
fn code(text: &str) -> String {
    let ends = text.is_empty() || text.contains('`') || text.contains("\\|");
    if ends { plain(text) } else { format!("`{}`", text.replace('|', "\\|")) }
}

/// Writes a sentence, what stands between backticks as code; where they do not come in pairs, all as ordinary words.
fn prose(text: &str) -> String {
    if text.matches('`').count() % 2 == 1 || text.contains("``") {
        return plain(text);
    }
    let parts = text.split('`').enumerate();
    parts.map(|(at, part)| if at % 2 == 1 { code(part) } else { plain(part) }).collect()
}

/// Escapes whatever Markdown or HTML could take for more than a letter.
fn plain(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if "\\`*_{}[]<>()#+-!|~&$@:".contains(letter) {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Diagnostic, Place};
    use crate::source::SourceTree;

    fn printed(found: &[Diagnostic]) -> String {
        print(&Report::plain(found, &SourceTree::default(), ""))
    }

    #[test]
    fn a_file_has_a_table_with_a_row_for_each_finding() {
        let at = Place::Outside { path: "a.md".into(), line: 3, column: 1, text: None };
        let found = [
            Diagnostic::error("x/y", at, "no `limt`").action("write `limit: 3bd`"),
            Diagnostic::warning("x/z", Place::whole("b.md"), "m"),
        ];
        assert_eq!(
            printed(&found),
            "## Pledgebook: 1 error, 1 warning\n\n### `a.md`\n\n\
             | Place | Severity | Finding | What is wrong | What to write |\n|---|---|---|---|---|\n\
             | `a.md:3` | error | `x/y` | no `limt` | write `limit: 3bd` |\n\n### `b.md`\n\n\
             | Place | Severity | Finding | What is wrong | What to write |\n|---|---|---|---|---|\n\
             | `b.md` | warning | `x/z` | m |  |\n"
        );
        assert_eq!(printed(&[]), "## Pledgebook: no finding\n");
    }

    #[test]
    fn of_many_findings_the_worst_are_shown_and_the_others_counted() {
        let mut found: Vec<_> = (0..60).map(|_| Diagnostic::warning("w/w", Place::whole("a.md"), "m")).collect();
        found.extend((0..8).map(|_| Diagnostic::error("e/e", Place::whole("b.md"), "m")));
        let text = printed(&found);
        assert_eq!((text.matches("| error |").count(), text.matches("| warning |").count()), (8, 42));
        assert!(text.ends_with("\nNot shown here: 18 warnings.\n"), "{text}");
    }

    #[test]
    fn a_text_cannot_leave_its_cell_or_become_html() {
        assert_eq!(prose("a | <b> `c | <d>` *e*"), "a \\| \\<b\\> `c \\| <d>` \\*e\\*");
        assert_eq!(prose("a ` b | <c>"), "a \\` b \\| \\<c\\>");
        assert_eq!(prose("``x``"), "\\`\\`x\\`\\`");
        assert_eq!(code("a`|b"), "a\\`\\|b");
        assert_eq!(code("a\\|b"), "a\\\\\\|b");
    }
}
