//! A text and its lines: byte offsets to lines and columns.

use std::ops::Range;

/// A place a person can find: both numbers count from one, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// The line, from one.
    pub line: usize,
    /// The column in characters, from one.
    pub column: usize,
}

/// A file's text with the beginnings of its lines.
#[derive(Clone, Debug)]
pub struct SourceText {
    text: String,
    lines: Vec<u32>,
    /// How many characters begin before every [`STRIDE`]th byte, so that a column of a long line is found at once.
    marks: Vec<u32>,
}

/// The bytes between two marks.
const STRIDE: usize = 1024;

impl SourceText {
    /// Takes a text and finds its lines.
    pub fn new(text: String) -> Self {
        let ends = text.match_indices('\n').map(|(at, _)| at as u32 + 1);
        let lines = std::iter::once(0).chain(ends).collect();
        let mut before = 0;
        let count = |stride: &[u8]| {
            let mark = before;
            before += characters(stride) as u32;
            mark
        };
        let marks = text.as_bytes().chunks(STRIDE).map(count).collect();
        Self { text, lines, marks }
    }

    /// Gives the whole text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Finds line and column of a byte offset; an offset past the end is the end.
    pub fn place(&self, offset: usize) -> LineColumn {
        let offset = offset.min(self.text.len());
        let line = self.lines.partition_point(|start| *start as usize <= offset);
        let start = self.lines[line - 1] as usize;
        LineColumn { line, column: self.characters_before(offset) - self.characters_before(start) + 1 }
    }

    /// Gives where a line begins and where it ends, its line break left out; lines count from one.
    pub fn line(&self, line: usize) -> Range<usize> {
        let start = |line: usize| self.lines.get(line).map(|start| *start as usize);
        let from = line.checked_sub(1).and_then(start).unwrap_or(self.text.len());
        from..start(line).map_or(self.text.len(), |next| next - 1)
    }

    fn characters_before(&self, offset: usize) -> usize {
        let mark = (offset / STRIDE).min(self.marks.len().saturating_sub(1));
        let known = self.marks.get(mark).map_or(0, |known| *known as usize);
        known + characters(&self.text.as_bytes()[mark * STRIDE..offset])
    }
}

/// Counts the characters that begin in some bytes of UTF-8.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str, offset: usize) -> (usize, usize) {
        let LineColumn { line, column } = SourceText::new(text.to_owned()).place(offset);
        (line, column)
    }

    #[test]
    fn lines_and_columns_count_from_one() {
        assert_eq!(place("ab\ncd\n", 0), (1, 1));
        assert_eq!(place("ab\ncd\n", 4), (2, 2));
        assert_eq!(place("ab\ncd\n", 6), (3, 1));
    }

    #[test]
    fn a_column_counts_characters_not_bytes() {
        assert_eq!(place("服务: x", "服务: ".len()), (1, 5));
    }

    #[test]
    fn columns_of_long_lines_are_counted_from_the_line() {
        let text = format!("ä\n{}x\nyz", "服".repeat(5_000));
        assert_eq!(place(&text, 3 + 3 * 5_000), (2, 5_001));
        assert_eq!(place(&text, text.len()), (3, 3));
        let source = SourceText::new(text.clone());
        assert_eq!((&text[source.line(1)], &text[source.line(3)], source.line(9).len()), ("ä", "yz", 0));
    }

    #[test]
    fn an_offset_past_the_end_is_the_end() {
        assert_eq!(place("ab", 99), (1, 3));
        assert_eq!(place("", 5), (1, 1));
    }
}
