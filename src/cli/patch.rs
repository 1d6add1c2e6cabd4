//! What `check --fix` would change, as a unified diff that `git apply` and `patch -p1` take.

use pledgebook::diagnostic::full::Colour;
use pledgebook::pipeline::mending::Change;
use similar::TextDiff;

/// Lines shown around a change.
const CONTEXT: usize = 3;

/// A file with its path and its text, before and after.
pub(crate) struct Moved<'a> {
    /// The path below the content folder.
    pub(crate) from: &'a str,
    /// The new path.
    pub(crate) to: &'a str,
    /// The text.
    pub(crate) before: &'a str,
    /// The new text.
    pub(crate) after: &'a str,
}

/// Prints the change of one file.
pub(crate) fn print(change: &Change, prefix: &str, colour: Colour) -> String {
    let (before, after) = (change.before.as_str(), change.after.as_str());
    print_moved(&Moved { from: &change.path, to: &change.path, before, after }, prefix, colour)
}

/// Prints the change of a file that may have another path, too.
pub(crate) fn print_moved(moved: &Moved<'_>, prefix: &str, colour: Colour) -> String {
    let shown = |path: &str| format!("{prefix}{}", path.replace(char::is_control, "\u{fffd}"));
    let (from, to) = (shown(moved.from), shown(moved.to));
    let (old, new) = (format!("a/{from}"), format!("b/{to}"));
    let diff = TextDiff::from_lines(moved.before, moved.after);
    let hunks = diff.unified_diff().context_radius(CONTEXT).header(&old, &new).to_string();
    let head = match moved.from == moved.to {
        true => String::new(),
        false => format!("diff --git {old} {new}\nrename from {from}\nrename to {to}\n"),
    };
    match colour {
        Colour::Never => format!("{head}{hunks}"),
        Colour::Always => {
            format!("{head}{}", hunks.split_inclusive('\n').enumerate().map(coloured).collect::<String>())
        }
    }
}

/// Colours a line, without characters that command a terminal.
fn coloured((number, line): (usize, &str)) -> String {
    let colour = match line.as_bytes().first() {
        _ if number < 2 => "\u{1b}[1m",
        Some(b'@') => "\u{1b}[36m",
        Some(b'-') => "\u{1b}[31m",
        Some(b'+') => "\u{1b}[32m",
        _ => "",
    };
    let text = line.trim_end_matches(['\n', '\r']).replace(|letter: char| letter.is_control() && letter != '\t', " ");
    if colour.is_empty() { format!("{text}\n") } else { format!("{colour}{text}\u{1b}[0m\n") }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use pledgebook::source::text::SourceText;

    use super::*;

    fn printed(before: &str, after: &str, colour: Colour) -> String {
        let text = |text: &str| Arc::new(SourceText::new(text.to_owned()));
        let change = Change { path: "服务/a.md".into(), before: text(before), after: text(after), places: 1 };
        print(&change, "content/", colour)
    }

    #[test]
    fn a_patch_names_the_file_and_shows_three_lines_around() {
        assert_eq!(
            printed("1\n2\n3\n4\nlimt: x\n6\n", "1\n2\n3\n4\nlimit: x\n6\n", Colour::Never),
            "--- a/content/服务/a.md\n+++ b/content/服务/a.md\n@@ -2,5 +2,5 @@\n 2\n 3\n 4\n-limt: x\n+limit: x\n 6\n"
        );
    }

    #[test]
    fn a_patch_keeps_line_ends_and_tells_of_a_missing_one() {
        let patch = printed("a\r\nb", "c\r\nb", Colour::Never);
        assert!(patch.contains("-a\r\n+c\r\n b\n\\ No newline at end of file\n"), "{patch:?}");
    }

    #[test]
    fn colours_mark_what_goes_and_what_comes_and_nothing_commands_the_terminal() {
        let patch = printed("a\u{1b}[2J\n", "b\n", Colour::Always);
        assert!(patch.contains("\u{1b}[31m-a [2J\u{1b}[0m\n\u{1b}[32m+b\u{1b}[0m\n"), "{patch:?}");
    }
}
