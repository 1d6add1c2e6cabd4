//! A text and its lines: byte offsets to lines and columns.

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
}

impl SourceText {
    /// Takes a text and finds its lines.
    pub fn new(text: String) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at as u32 + 1);
        let lines = std::iter::once(0).chain(ends).collect();
        Self { text, lines }
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
        let column = self.text.as_bytes()[start..offset].iter().filter(|byte| **byte & 0xC0 != 0x80).count() + 1;
        LineColumn { line, column }
    }
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
    fn an_offset_past_the_end_is_the_end() {
        assert_eq!(place("ab", 99), (1, 3));
        assert_eq!(place("", 5), (1, 1));
    }
}
