//! A text without markup: for titles, labels, the search and checks.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::east_asian::breaks_without_space;
use super::part::Part;
use super::prose::{Piece, Prose};
use super::resolve::{self, Resolver};
use super::syntax;

/// Remembers a line break until the next character tells whether it is a space.
#[derive(Debug, Default)]
pub(super) struct Flow {
    last: Option<char>,
    pending: Option<usize>,
}

impl Flow {
    /// Notes a line break; `at` is the length of what is written so far.
    pub(super) fn break_line(&mut self, at: usize) {
        self.pending = Some(at);
    }

    /// Writes the break that is due before `text`, which is about to be added.
    pub(super) fn continue_with(&mut self, out: &mut String, text: &str, space: char) {
        let Some(first) = text.chars().next() else { return };
        if let Some(at) = self.pending.take()
            && !self.last.is_some_and(|last| breaks_without_space(last, first))
            && out.is_char_boundary(at)
        {
            out.insert(at, space);
        }
        self.last = text.chars().next_back();
    }

    /// Begins anew, as a block does.
    pub(super) fn restart(&mut self) {
        *self = Self::default();
    }
}

/// Text as it comes, with a single space or line break between its parts.
#[derive(Debug, Default)]
pub(super) struct PlainText {
    pub(super) out: String,
    flow: Flow,
}

impl PlainText {
    /// Adds text.
    pub(super) fn text(&mut self, text: &str) {
        self.flow.continue_with(&mut self.out, text, ' ');
        self.out.push_str(text);
    }

    /// Adds what an event other than text means for the layout.
    pub(super) fn layout(&mut self, event: &Event<'_>) {
        match event {
            Event::SoftBreak => self.flow.break_line(self.out.len()),
            Event::HardBreak => self.end("\n"),
            Event::End(TagEnd::TableCell) => self.end(" "),
            Event::Start(tag) if is_block(tag) => self.end("\n"),
            Event::End(tag) if !is_inline(*tag) => self.end("\n"),
            _ => {}
        }
    }

    fn end(&mut self, with: &str) {
        self.flow.restart();
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.truncate(self.out.trim_end_matches(' ').len());
            self.out.push_str(with);
        }
    }
}

/// Tells whether a tag begins a block; a cell does not, as a row is one line.
pub(super) fn is_block(tag: &Tag<'_>) -> bool {
    !is_inline(tag.to_end())
}

fn is_inline(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Link
            | TagEnd::Image
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::TableCell
    )
}

/// Writes a part of a text without markup; HTML in it is left out.
pub(super) fn plain(prose: &Prose, part: &Part, resolver: &dyn Resolver) -> String {
    let texts = prose.texts();
    let mut plain = PlainText::default();
    let (mut depth, mut held) = (0_usize, true);
    for (event, range) in syntax::events(texts.parsed) {
        if depth == 0 {
            held = part.holds(range.start);
        }
        match &event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        match &event {
            _ if !held => {}
            Event::Text(text) => prose.pieces(text, &mut |piece| match piece {
                Piece::Text(text) => plain.text(text),
                Piece::Link(link) => plain.text(&resolve::text_of(&resolver.wiki(link))),
            }),
            Event::Code(code) => plain.text(&texts.written(code, &range)),
            other => plain.layout(other),
        }
    }
    plain.out.truncate(plain.out.trim_end().len());
    plain.out
}
