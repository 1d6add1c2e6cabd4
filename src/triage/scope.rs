//! How far an allowance reaches: the line it stands on or above, with all that is indented below it.

use std::ops::RangeInclusive;

use crate::source::text::SourceText;

/// The lines of a file, to find out which belong together.
pub struct Lines<'a> {
    text: &'a SourceText,
    /// The line of the second `---`, in a Markdown file.
    front_end: Option<usize>,
}

impl<'a> Lines<'a> {
    /// Takes the lines of a file.
    pub fn of(path: &str, text: &'a SourceText) -> Self {
        let mut lines = Self { text, front_end: None };
        if path.ends_with(".md") {
            let closes = |line: &usize| lines.get(*line).trim_end() == "---";
            lines.front_end = Some((2..=lines.count()).find(closes).unwrap_or(1));
        }
        lines
    }

    /// Counts the lines.
    pub fn count(&self) -> usize {
        self.text.place(self.text.as_str().len()).line
    }

    /// Gives a line, from one.
    pub fn get(&self, line: usize) -> &'a str {
        self.text.as_str().get(self.text.line(line)).unwrap_or_default()
    }

    /// Tells whether a line belongs to prose.
    pub fn is_prose(&self, line: usize) -> bool {
        self.front_end.is_some_and(|end| line > end)
    }

    /// Gives the lines that an allowance covers; `own` says that nothing else stands on its line.
    ///
    /// In front matter and registers: the line itself or the next one that says something, with what is indented below
    /// it; above the first key, the beginning of the file too. In prose: up to the next blank line.
    pub fn covered(&self, line: usize, own: bool) -> RangeInclusive<usize> {
        let says_something = |line: &usize| !is_silent(self.get(*line));
        let target = if own { (line + 1..=self.count()).find(says_something).unwrap_or(line) } else { line };
        if self.is_prose(line) {
            let ends = |line: &usize| self.get(*line).trim().is_empty();
            let end = (target + 1..=self.count()).find(ends).map_or(self.count(), |blank| blank - 1);
            return target..=if own { end } else { target };
        }
        let first = own && (1..line).all(|line| is_silent(self.get(line)) || self.get(line).trim_end() == "---");
        let start = if first { 1 } else { target };
        start..=self.end_of_block(target)
    }

    fn end_of_block(&self, target: usize) -> usize {
        let depth = indent(self.get(target));
        let is_item = |line: &str| line.trim_start().starts_with("- ");
        let item = is_item(self.get(target));
        let mut end = target;
        for line in target + 1..=self.front_end.unwrap_or(usize::MAX).min(self.count()) {
            let text = self.get(line);
            if is_silent(text) {
                continue;
            }
            let below = indent(text) > depth || (indent(text) == depth && is_item(text) && !item);
            if !below || text.trim_end() == "---" {
                break;
            }
            end = line;
        }
        end
    }
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Tells whether a line is blank or only a comment.
fn is_silent(line: &str) -> bool {
    let line = line.trim();
    line.is_empty()
        || line.starts_with('#') && !line.starts_with("##")
        || (line.starts_with("<!--") && line.ends_with("-->"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "\
---
# above the first key
title: T
standards:
  # above a thing
  a:
    limit: 3bd  # beside a value
    list:
    - x

    # within
    - y
  b: {limit: 4bd}
---
First.

<!-- in prose -->
Second
line.

Third. <!-- beside -->
";

    fn covered(words: &str) -> (usize, usize) {
        let text = SourceText::new(FILE.into());
        let line = text.place(FILE.find(words).unwrap()).line;
        let lines = Lines::of("a.md", &text);
        let own = is_silent(lines.get(line));
        let range = lines.covered(line, own);
        (*range.start(), *range.end())
    }

    #[test]
    fn a_comment_above_the_first_key_covers_the_beginning_too() {
        assert_eq!(covered("# above the first key"), (1, 3));
    }

    #[test]
    fn a_comment_above_a_thing_covers_all_of_it() {
        assert_eq!(covered("# above a thing"), (6, 12));
        assert_eq!(covered("# within"), (12, 12));
    }

    #[test]
    fn a_comment_beside_a_value_covers_its_line() {
        assert_eq!(covered("# beside a value"), (7, 7));
    }

    #[test]
    fn in_prose_a_comment_covers_the_paragraph_below_or_its_own_line() {
        assert_eq!(covered("<!-- in prose"), (18, 19));
        assert_eq!(covered("<!-- beside"), (21, 21));
    }

    #[test]
    fn a_comment_at_the_end_of_a_file_covers_nothing_beyond_it() {
        let text = SourceText::new("a: 1\n# last".into());
        assert_eq!(Lines::of("r.yaml", &text).covered(2, true), 2..=2);
    }
}
