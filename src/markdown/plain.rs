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

    /// Gives what was written, without spaces at the end.
    fn finished(mut self) -> String {
        self.out.truncate(self.out.trim_end().len());
        self.out
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

/// Tells whether a tag ends a block.
pub(super) fn is_block_end(tag: TagEnd) -> bool {
    !is_inline(tag)
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
    let mut plain = [PlainText::default()];
    walk(prose, &mut plain, |place| part.holds(place).then_some(0), &|_| resolver);
    plain.map(PlainText::finished).concat()
}

/// Writes the text before the first heading, and what stands below each heading up to the next, all in one go.
pub(super) fn by_section<'r>(prose: &Prose, resolver_of: &dyn Fn(usize) -> &'r dyn Resolver) -> Vec<String> {
    let mut texts: Vec<PlainText> = Vec::new();
    texts.resize_with(prose.sections.len() + 1, PlainText::default);
    let text_at = |place: usize| {
        let number = prose.sections.partition_point(|section| section.heading.start <= place);
        let in_heading = number > 0 && prose.sections[number - 1].heading.contains(&place);
        (!in_heading).then_some(number)
    };
    walk(prose, &mut texts, text_at, resolver_of);
    texts.into_iter().map(PlainText::finished).collect()
}

/// Writes each block into the text whose number `text_at` gives for the place where the block begins.
fn walk<'r>(
    prose: &Prose,
    into: &mut [PlainText],
    text_at: impl Fn(usize) -> Option<usize>,
    resolver_of: &dyn Fn(usize) -> &'r dyn Resolver,
) {
    let texts = prose.texts();
    let (mut depth, mut held) = (0_usize, None);
    for (event, range) in syntax::events(texts.parsed) {
        if depth == 0 {
            held = text_at(range.start);
        }
        match &event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        let Some(number) = held else { continue };
        let plain = &mut into[number];
        match &event {
            Event::Text(text) => prose.pieces(text, &mut |piece| match piece {
                Piece::Text(text) => plain.text(text),
                Piece::Link(link) => plain.text(&resolve::text_of(&resolver_of(number).wiki(link))),
            }),
            Event::Code(code) => plain.text(&texts.written(code, &range)),
            other => plain.layout(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::html::tests::Site;
    use super::*;
    use crate::source::{FileId, Span};

    fn plain_of(text: &str) -> String {
        plain(&Prose::read(text, Span::new(FileId(0), 0, text.len())), &Part::whole(), &Site)
    }

    #[test]
    fn markup_goes_and_words_stay() {
        assert_eq!(
            plain_of("# A *title* {#a}\n\nSee [the **page**](b.md), `code`, ![a shop](c.png) &amp; [[#limit]].\n"),
            "A title\nSee the page, code, a shop & 10\u{a0}days."
        );
    }

    #[test]
    fn each_block_has_a_line_and_each_row_of_a_table_one() {
        let text = "- a\n- b\n  - c\n\n> d\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\ne\n: f\n\n    code\n";
        assert_eq!(plain_of(text), "a\nb\nc\nd\nx y\n1 2\ne\nf\ncode");
    }

    #[test]
    fn a_line_break_is_a_space_but_not_in_chinese() {
        assert_eq!(plain_of("a\nb\n服务\n**标准**\n"), "a b 服务标准");
        assert_eq!(plain_of("a\\\nb"), "a\nb");
    }

    #[test]
    fn html_and_footnote_marks_are_left_out_and_notes_stay() {
        assert_eq!(plain_of("a<br>b[^1] <!-- c -->\n\n<div>\n\n[^1]: Note\n"), "ab\nNote");
    }

    #[test]
    fn each_section_has_what_stands_below_its_heading_up_to_the_next() {
        let text = "a\n\n# B\n\nc\n- d\n\n## E\n\n# F\ng [[#limit]]\n";
        let prose = Prose::read(text, Span::new(FileId(0), 0, text.len()));
        assert_eq!(by_section(&prose, &|_| &Site), ["a", "c\nd", "", "g 10\u{a0}days"]);
    }

    #[test]
    fn a_part_has_only_its_words() {
        let text = "a\n\n# B\n\nc\n";
        let prose = Prose::read(text, Span::new(FileId(0), 0, text.len()));
        let of = |part: Part| plain(&prose, &part, &Site);
        assert_eq!(of(Part::only([prose.sections[0].body.clone()])), "c");
        assert_eq!(of(Part::whole().without([prose.sections[0].whole()])), "a");
    }
}
