//! Running text as a reader reads it, a block at a time, each character with its place in the file.
//!
//! For those who look for numbers and words in prose. Code, addresses and comments are not in it; a reference is one
//! character, [`REFERENCE`], because what it prints is right by itself.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::source::Span;

/// What stands in a passage for a wiki link or a piece of code.
pub const REFERENCE: char = '\u{FFFC}';

/// The text of one block: a paragraph, a heading, a cell, the text of a point of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passage {
    /// The text, line breaks as spaces.
    pub text: String,
    /// Whether it is a heading.
    pub is_heading: bool,
    /// Whether it stands in a quotation: somebody else's words.
    pub is_quoted: bool,
    /// What the text is put together from.
    pieces: Vec<Piece>,
    /// The references in it: where they stand in the passage, and their number among the wiki links of the prose.
    pub references: Vec<(usize, usize)>,
}

/// A stretch of a passage, up to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Piece {
    /// Where it begins in the passage.
    at: usize,
    /// Where it is written in the prose.
    written: Range<usize>,
    /// Whether it is shown as something else, so that only the whole of it has a place.
    is_whole: bool,
}

impl Passage {
    /// Gives the place in the file of a range of the text, of whole letters; `base` is where the prose stands.
    pub fn span(&self, range: &Range<usize>, base: Span) -> Span {
        let start = self.text.floor_char_boundary(range.start);
        let end = self.text.ceil_char_boundary(range.end);
        let from = self.piece(start).map_or(0, |piece| match piece.is_whole {
            true => piece.written.start,
            false => piece.written.end.min(piece.written.start + (start - piece.at)),
        });
        let until = self.piece(end.saturating_sub(1).max(start)).map_or(0, |piece| match piece.is_whole {
            true => piece.written.end,
            false => piece.written.end.min(piece.written.start + (end.max(start) - piece.at)),
        });
        base.part(from, until.max(from))
    }

    fn piece(&self, at: usize) -> Option<&Piece> {
        self.pieces.partition_point(|piece| piece.at <= at).checked_sub(1).and_then(|piece| self.pieces.get(piece))
    }
}

/// Collects passages while the parser's events go by.
#[derive(Debug, Default)]
pub(super) struct Passages {
    done: Vec<Passage>,
    open: Passage,
    quotes: usize,
}

impl Passages {
    /// Adds a stretch of the text; one that is not as long as what is written is shown as something else.
    pub(super) fn text(&mut self, shown: &str, range: &Range<usize>) {
        if !shown.is_empty() {
            self.piece(range, shown.len() != range.len());
            self.open.text.push_str(shown);
        }
    }

    /// Adds something opaque; a wiki link has a number.
    pub(super) fn opaque(&mut self, range: &Range<usize>, link: Option<usize>) {
        self.open.references.extend(link.map(|link| (self.open.text.len(), link)));
        self.piece(range, true);
        self.open.text.push(REFERENCE);
    }

    fn piece(&mut self, written: &Range<usize>, is_whole: bool) {
        self.open.pieces.push(Piece { at: self.open.text.len(), written: written.clone(), is_whole });
    }

    /// Follows what is no text.
    pub(super) fn layout(&mut self, event: &Event<'_>, range: &Range<usize>) {
        match event {
            Event::SoftBreak | Event::HardBreak => self.text(" ", range),
            Event::Start(tag) if super::plain::is_block(tag) || matches!(tag, Tag::TableCell) => {
                self.end();
                self.quotes += usize::from(matches!(tag, Tag::BlockQuote(_)));
                self.open.is_heading = matches!(tag, Tag::Heading { .. });
            }
            Event::End(tag) if super::plain::is_block_end(*tag) || *tag == TagEnd::TableCell => {
                self.end();
                self.quotes -= usize::from(matches!(tag, TagEnd::BlockQuote(_))).min(self.quotes);
            }
            _ => {}
        }
    }

    fn end(&mut self) {
        let passage = std::mem::take(&mut self.open);
        if !passage.text.trim().is_empty() {
            self.done.push(Passage { is_quoted: self.quotes > 0, ..passage });
        }
    }

    /// Gives all passages.
    pub(super) fn finish(mut self) -> Vec<Passage> {
        self.end();
        self.done
    }
}

#[cfg(test)]
mod tests {
    use crate::markdown::prose::Prose;
    use crate::source::{FileId, Span};

    const AT: usize = 100;

    fn read(text: &str) -> Prose {
        Prose::read(text, Span::new(FileId(0), AT, AT + text.len()))
    }

    fn passages(text: &str) -> Vec<String> {
        read(text).passages.into_iter().map(|passage| passage.text).collect()
    }

    #[test]
    fn each_block_is_a_passage_without_markup_code_and_addresses() {
        let text = "# A *b*\n\nOne **two**\nthree `4 days` [five](https://example.org/6).\n\n- x\n- y\n  z\n\n```\n7 days\n```\n\n| p | q |\n|---|---|\n| r | s |\n";
        let expected = ["A b", "One two three \u{FFFC} five.", "x", "y z", "p", "q", "r", "s"];
        assert_eq!(passages(text), expected);
    }

    #[test]
    fn a_place_in_a_passage_leads_to_its_place_in_the_file() {
        let text = "Ready\n> within **10 business\n> days** or [[a#limit]] 工作日";
        let prose = read(text);
        let written = |passage: &super::Passage, words: &str| {
            let start = passage.text.find(words).unwrap();
            let span = passage.span(&(start..start + words.len()), prose.base);
            text[span.start as usize - AT..span.end as usize - AT].to_owned()
        };
        let quoted = &prose.passages[1];
        assert_eq!(quoted.text, "within 10 business days or \u{FFFC} 工作日");
        assert_eq!(written(quoted, "10 business days"), "10 business\n> days");
        assert_eq!(written(quoted, "工作日"), "工作日");
    }

    #[test]
    fn a_place_is_one_of_whole_letters_and_whole_references() {
        let text = "修理 [[修理#限]]，&nGt;`修`\r\n完";
        let prose = read(text);
        let passage = &prose.passages[0];
        let written = |range: std::ops::Range<usize>| {
            let span = passage.span(&range, prose.base);
            text.get(span.start as usize - AT..span.end as usize - AT)
        };
        let letter = |n: usize| passage.text.char_indices().nth(n).map(|(at, c)| at..at + c.len_utf8()).unwrap();
        assert_eq!(written(0..1), Some("修"));
        assert_eq!(written(4..5), Some("理"));
        assert_eq!(written(letter(3)), Some("[[修理#限]]"));
        assert_eq!(written(letter(5)), Some("&nGt;"));
        assert_eq!(written(letter(7)), Some("`修`"));
        assert_eq!(written(letter(8)), Some("\r\n"));
        assert_eq!(written(0..passage.text.len()), Some(text));
    }

    #[test]
    fn headings_quotations_and_references_are_marked() {
        let prose = read("## H [[a]]\n\n> q\n\np [[@b]]");
        let marks: Vec<_> =
            prose.passages.iter().map(|it| (it.is_heading, it.is_quoted, it.references.clone())).collect();
        assert_eq!(marks, [(true, false, vec![(2, 0)]), (false, true, vec![]), (false, false, vec![(2, 1)])]);
    }
}
