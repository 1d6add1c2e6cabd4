//! Findings as workflow commands of GitHub Actions, which shows them at the lines of a pull request.
//!
//! GitHub shows ten errors, ten warnings and ten notices of a step and drops what follows, so the worst are written first
//! and the others are summed up. Not here: the summary of a run, which is Markdown.

use std::collections::BTreeMap;

use super::report::{Entry, Report, Stretch};
use super::{Count, Severity};

/// The most commands of one kind in a step.
const MOST: usize = 10;
/// The most files, and the most names, that are counted by themselves among those that are left out.
const MOST_COUNTED: usize = 5;

/// Prints findings as workflow commands, errors first, and a closing line that counts them.
pub fn print(report: &Report) -> String {
    let mut text = String::new();
    let mut left_out = Vec::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        // One notice is kept for what is left out.
        let most = if severity == Severity::Info { MOST - 1 } else { MOST };
        let entries = || report.entries.iter().filter(|entry| entry.severity == severity);
        entries().take(most).for_each(|entry| text.push_str(&command(entry)));
        left_out.extend(entries().skip(most));
    }
    if !left_out.is_empty() {
        text.push_str(&format!("::notice title=Pledgebook::{}\n", data(&summed_up(&left_out))));
    }
    text.push_str(&format!("{}\n", report.count.words()));
    text
}

fn command(entry: &Entry) -> String {
    let word = match entry.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let place = properties(&entry.at);
    format!("::{word} {place},title={}::{}\n", property(entry.name), data(&entry.sentence()))
}

/// Writes the place; GitHub takes columns only of a stretch within one line.
fn properties(at: &Stretch) -> String {
    let file = format!("file={}", property(&at.path));
    match at {
        at if at.is_whole() => file,
        Stretch { line, end_line, .. } if line != end_line => format!("{file},line={line},endLine={end_line}"),
        Stretch { line, end_line, column, end_column, .. } => {
            format!("{file},line={line},endLine={end_line},col={column},endColumn={end_column}")
        }
    }
}

fn summed_up(left_out: &[&Entry]) -> String {
    let severities = left_out.iter().map(|entry| entry.severity);
    let number = |severity| severities.clone().filter(|other| *other == severity).count();
    let count =
        Count { errors: number(Severity::Error), warnings: number(Severity::Warning), infos: number(Severity::Info) };
    let files = counted(left_out.iter().map(|entry| entry.at.path.as_str()));
    let names = counted(left_out.iter().map(|entry| entry.name));
    format!("not shown here: {}; in {files}; of {names}", count.words())
}

/// Counts words, the most frequent first: `a.md (12), b.md (3) and 4 others`.
fn counted<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    words.for_each(|word| *numbers.entry(word).or_default() += 1);
    let mut numbers: Vec<_> = numbers.into_iter().collect();
    numbers.sort_by_key(|(_, number)| std::cmp::Reverse(*number));
    let shown: Vec<_> = numbers.iter().take(MOST_COUNTED).map(|(word, number)| format!("{word} ({number})")).collect();
    match numbers.len().saturating_sub(MOST_COUNTED) {
        0 => shown.join(", "),
        1 => format!("{} and 1 other", shown.join(", ")),
        others => format!("{} and {others} others", shown.join(", ")),
    }
}

/// Escapes the text behind the second pair of colons.
pub fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes the value of a property, which ends at a comma or a colon.
pub fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Diagnostic, Place};
    use crate::source::{FileId, SourceTree, Span};

    fn printed(found: &[Diagnostic]) -> String {
        let tree = SourceTree::from_texts([("a,b:c%.md", "one\ntwo three\nfour")]);
        print(&Report::plain(found, &tree, "content/"))
    }

    #[test]
    fn a_command_says_place_name_and_sentence() {
        let place = Span::new(FileId(0), 4, 7);
        let found = [Diagnostic::warning("x/y", place, "90% of: a, b").action("write `c`")];
        assert_eq!(
            printed(&found),
            "::warning file=content/a%2Cb%3Ac%25.md,line=2,endLine=2,col=1,endColumn=4,title=x/y::90%25 of: a, b; write `c`\n\
             1 warning\n"
        );
    }

    #[test]
    fn columns_are_left_out_over_several_lines_and_lines_for_a_whole_file() {
        let info = Diagnostic { severity: Severity::Info, ..Diagnostic::error("x/y", Place::whole("d"), "m") };
        assert_eq!(
            printed(&[Diagnostic::error("x/y", Span::new(FileId(0), 4, 16), "m"), info]),
            "::error file=content/a%2Cb%3Ac%25.md,line=2,endLine=3,title=x/y::m\n\
             ::notice file=d,title=x/y::m\n1 error, 1 remark\n"
        );
    }

    #[test]
    fn ten_of_a_kind_are_shown_errors_first_and_the_others_are_summed_up_in_the_last_notice() {
        let mut found: Vec<_> =
            (0..12).map(|n| Diagnostic::warning("w/w", Place::whole(format!("{n}")), "m")).collect();
        found.extend((0..13).map(|_| Diagnostic::error("e/e", Place::whole("e.md"), "m")));
        let info = |_| Diagnostic { severity: Severity::Info, ..Diagnostic::error("i/i", Place::whole("i.md"), "m") };
        found.extend((0..10).map(info));
        let text = printed(&found);
        let lines: Vec<&str> = text.lines().collect();
        let number = |word: &str| lines.iter().filter(|line| line.starts_with(word)).count();
        assert_eq!((number("::error "), number("::warning "), number("::notice ")), (10, 10, 10));
        assert!(lines[..10].iter().all(|line| line.starts_with("::error ")));
        assert_eq!(
            lines[29..],
            [
                "::notice title=Pledgebook::not shown here: 3 errors, 2 warnings, 1 remark; \
                 in e.md (3), 10 (1), 11 (1), i.md (1); of e/e (3), w/w (2), i/i (1)",
                "13 errors, 12 warnings, 10 remarks"
            ]
        );
    }

    #[test]
    fn many_files_are_counted_by_the_five_with_most() {
        let words = ["a", "b", "c", "d", "e", "f", "g", "g"];
        assert_eq!(counted(words.into_iter()), "g (2), a (1), b (1), c (1), d (1) and 2 others");
    }

    #[test]
    fn line_breaks_cannot_begin_a_command() {
        assert_eq!(data("a\r\n::error::b%"), "a%0D%0A::error::b%25");
        assert_eq!(property("a\n,b"), "a%0A%2Cb");
    }
}
