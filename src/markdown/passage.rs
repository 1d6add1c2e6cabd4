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
    /// Where pieces of the text begin: in the passage, and in the prose.
    pieces: Vec<(usize, usize)>,
    /// The references in it: where they stand in the passage, and their number among the wiki links of the prose.
    pub references: Vec<(usize, usize)>,
}

impl Passage {
    /// Gives the place in the file of a range of the text; `base` is where the prose stands.
    pub fn span(&self, range: &Range<usize>, base: Span) -> Span {
        let end = self.place(range.end.saturating_sub(1).max(range.start)) + 1;
        base.part(self.place(range.start), end.max(self.place(range.start)))
    }

    fn place(&self, at: usize) -> usize {
        let piece = self.pieces.partition_point(|(start, _)| *start <= at).checked_sub(1);
        piece.and_then(|piece| self.pieces.get(piece)).map_or(0, |(start, place)| place + (at - start))
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
    /// Adds a stretch of the text that is shown as it is written.
    pub(super) fn text(&mut self, written: &str, at: usize) {
        if !written.is_empty() {
            self.open.pieces.push((self.open.text.len(), at));
            self.open.text.push_str(written);
        }
    }

    /// Adds something opaque; a wiki link has a number.
    pub(super) fn opaque(&mut self, range: &Range<usize>, link: Option<usize>) {
        self.open.references.extend(link.map(|link| (self.open.text.len(), link)));
        self.open.pieces.push((self.open.text.len(), range.start));
        self.open.text.push(REFERENCE);
    }

    /// Follows what is no text.
    pub(super) fn layout(&mut self, event: &Event<'_>, range: &Range<usize>) {
        match event {
            Event::SoftBreak | Event::HardBreak => self.text(" ", range.start),
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
    fn headings_quotations_and_references_are_marked() {
        let prose = read("## H [[a]]\n\n> q\n\np [[@b]]");
        let marks: Vec<_> =
            prose.passages.iter().map(|it| (it.is_heading, it.is_quoted, it.references.clone())).collect();
        assert_eq!(marks, [(true, false, vec![(2, 0)]), (false, true, vec![]), (false, false, vec![(2, 1)])]);
    }
}
