//! A text that has been read: its sections, references, tasks and faults, each with its place in the file.
//!
//! Not here: what references lead to (`resolve`) and which things sections belong to.

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::CowStr;

use super::address::Address;
use super::fault::ProseFault;
use super::html;
use super::part::Part;
use super::passage::Passage;
use super::plain;
use super::reader;
use super::resolve::{Rendering, Resolver};
use super::syntax::Texts;
use super::wiki::WikiLink;
use crate::source::{Span, Spanned};

/// A text in Markdown, read once.
#[derive(Clone, Debug)]
pub struct Prose {
    /// The text as it is written.
    pub text: Arc<str>,
    /// Where the text stands in its file.
    pub base: Span,
    /// Its sections in order; headings within quotes and lists begin none.
    pub sections: Vec<Section>,
    /// Its wiki links in order.
    pub wiki_links: Vec<WikiLink>,
    /// Its other links, in the order in which they end.
    pub links: Vec<Link>,
    /// Its pictures.
    pub pictures: Vec<Picture>,
    /// Its tasks in order.
    pub task_items: Vec<TaskItem>,
    /// Its running text, block by block.
    pub passages: Vec<Passage>,
    /// What is wrong in it, in the order of the text.
    pub faults: Vec<ProseFault>,
    pub(super) parsed: Parsed,
}

/// What rendering needs again.
#[derive(Clone, Debug, Default)]
pub(super) struct Parsed {
    /// The text that the parser sees, where it differs.
    pub(super) text: Option<Arc<str>>,
    /// How many bytes of it are read.
    pub(super) length: usize,
    /// Where the wiki links lie in the text.
    pub(super) links: Vec<Range<usize>>,
}

/// A heading and what stands below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The level of the heading, 1 to 6.
    pub level: u8,
    /// The id that the author gave it, `{#id}`; the place is that of the id alone.
    pub id: Option<Spanned<String>>,
    /// Its anchor, unique within the document: the id, or one made from the title.
    pub slug: String,
    /// The title without markup.
    pub title: String,
    /// Where the heading stands in the file.
    pub span: Span,
    /// The heading, in bytes from the beginning of the text.
    pub heading: Range<usize>,
    /// What stands below, up to the next heading of the same or a higher level, in bytes from the beginning of the text.
    pub body: Range<usize>,
}

impl Section {
    /// Gives heading and body together, in bytes from the beginning of the text.
    pub fn whole(&self) -> Range<usize> {
        self.heading.start..self.body.end
    }
}

/// A link that is not a wiki link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it leads; the place is that of the address, or of the link where the address cannot be told apart.
    pub destination: Spanned<String>,
    /// The whole link.
    pub span: Span,
    /// Its words without markup.
    pub text: String,
}

impl Link {
    /// Tells whether it leads to a place of this site, so that the place can be looked for.
    pub fn is_relative(&self) -> bool {
        Address::of(&self.destination.value) == Address::Relative
    }
}

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Where it lies; the place is that of the path, or of the picture where the path cannot be told apart.
    pub path: Spanned<String>,
    /// What it shows, in words; empty where the author gave none.
    pub alt: String,
    /// The whole, from `![`.
    pub span: Span,
}

/// A point of a task list, `- [ ] words`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskItem {
    /// Its words without markup, without points below it.
    pub text: String,
    /// The words with their markup.
    pub span: Span,
    /// Whether it is ticked.
    pub checked: bool,
}

/// A piece of running text.
pub(super) enum Piece<'a> {
    Text(&'a str),
    Link(&'a WikiLink),
}

impl Prose {
    /// Reads a text; `base` is where it stands in its file, so that a place is `base.start` and the bytes before it.
    pub fn read(body: &str, base: Span) -> Self {
        reader::read(body, base)
    }

    /// Writes a part of the text as HTML.
    pub fn html(&self, part: &Part, rendering: &Rendering<'_>) -> String {
        html::html(self, part, rendering)
    }

    /// Writes a part of the text without markup, one block a line.
    pub fn plain(&self, part: &Part, resolver: &dyn Resolver) -> String {
        plain::plain(self, part, resolver)
    }

    /// Writes the text without markup by sections: first what stands before all headings, then what stands below each up
    /// to the next. `resolver_of` gives the resolver of each, counted in the same way.
    pub fn plain_by_section<'r>(&self, resolver_of: &dyn Fn(usize) -> &'r dyn Resolver) -> Vec<String> {
        plain::by_section(self, resolver_of)
    }

    /// Finds the section to which the author gave an id.
    pub fn section(&self, id: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.id.as_ref().is_some_and(|own| own.value == id))
    }

    /// Tells whether there is nothing but blank lines.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Makes a text of which nothing is known yet.
    pub(super) fn unread(body: &str, base: Span) -> Self {
        Self {
            text: body.into(),
            base,
            sections: Vec::new(),
            wiki_links: Vec::new(),
            links: Vec::new(),
            pictures: Vec::new(),
            task_items: Vec::new(),
            passages: Vec::new(),
            faults: Vec::new(),
            parsed: Parsed::default(),
        }
    }

    pub(super) fn texts(&self) -> Texts<'_> {
        let written = &self.text[..self.parsed.length];
        Texts { written, parsed: self.parsed.text.as_deref().unwrap_or(written) }
    }

    /// Takes the text of an event apart into text and wiki links.
    pub(super) fn pieces(&self, text: &CowStr<'_>, use_piece: &mut dyn FnMut(Piece<'_>)) {
        let texts = self.texts();
        let Some(place) = texts.locate(text) else { return use_piece(Piece::Text(text)) };
        let first = self.parsed.links.partition_point(|link| link.start < place.start);
        let mut done = place.start;
        for (range, link) in self.parsed.links.iter().zip(&self.wiki_links).skip(first) {
            if range.end > place.end {
                break;
            }
            use_piece(Piece::Text(texts.slice(&(done..range.start))));
            use_piece(Piece::Link(link));
            done = range.end;
        }
        use_piece(Piece::Text(texts.slice(&(done..place.end))));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{ProptestConfig, Strategy, any, prop, proptest};

    use super::super::html::tests::labels;
    use super::super::resolve::AsWritten;
    use super::*;
    use crate::source::FileId;

    const AT: usize = 77;

    fn read(text: &str) -> Prose {
        Prose::read(text, Span::new(FileId(0), AT, AT + text.len()))
    }

    fn html(prose: &Prose) -> String {
        let labels = labels();
        let rendering = Rendering { resolver: &AsWritten, labels: &labels, heading_shift: 1, note_prefix: "" };
        prose.html(&Part::whole(), &rendering)
    }

    /// Every place that a text was read to hold.
    fn places(prose: &Prose) -> Vec<Span> {
        let mut places: Vec<Span> = prose.faults.iter().map(|fault| fault.span).collect();
        for section in &prose.sections {
            places.extend([section.span, section.id.as_ref().map_or(section.span, |id| id.span)]);
            places.extend([&section.heading, &section.body].map(|range| prose.base.part(range.start, range.end)));
        }
        for link in &prose.wiki_links {
            places.extend([link.span, link.target.span]);
            places.extend(link.value.iter().chain(&link.case).map(|part| part.span));
        }
        places.extend(prose.links.iter().flat_map(|link| [link.span, link.destination.span]));
        places.extend(prose.pictures.iter().flat_map(|picture| [picture.span, picture.path.span]));
        places.extend(prose.task_items.iter().map(|task| task.span));
        places
    }

    /// Tells what is wrong with the nesting of tags.
    fn fault_of_nesting(html: &str) -> Option<String> {
        let mut open: Vec<&str> = Vec::new();
        for piece in html.split('<').skip(1) {
            let (tag, _) = piece.split_once('>')?;
            let name = tag.split([' ', '\n']).next()?;
            match name.strip_prefix('/') {
                Some(name) if open.pop() == Some(name) => {}
                Some(name) => return Some(format!("</{name}> closes another element")),
                None if matches!(name, "img" | "br" | "hr" | "input") => {}
                None => open.push(name),
            }
        }
        open.pop().map(|name| format!("<{name}> is not closed"))
    }

    fn holds_together(text: &str) {
        let prose = read(text);
        for span in places(&prose) {
            let (start, end) = (span.start as usize, span.end as usize);
            assert!(start >= AT && text.get(start - AT..end - AT).is_some(), "{span:?} in {text:?}");
        }
        let html = html(&prose);
        assert_eq!(fault_of_nesting(&html), None, "{html}\nof {text:?}");
        let stands_in = |c| matches!(c, '\u{1a}' | '\u{10100}') && !text.contains(c);
        assert!(!html.contains(stands_in), "{html:?} shows what only the parser shall see");
        let plain = prose.plain(&Part::whole(), &AsWritten);
        assert!(!plain.contains(stands_in), "{plain:?}");
        let heads = prose.sections.iter().map(|section| Part::only([section.whole()]));
        for part in heads.chain([Part::whole().without(prose.sections.iter().map(Section::whole))]) {
            prose.plain(&part, &AsWritten);
        }
    }

    /// Pieces of Markdown, many of which mean something only together.
    fn markdown() -> impl Strategy<Value = String> {
        const PIECES: [&str; 72] = [
            "*",
            "**",
            "***",
            "_",
            "~",
            "~~",
            "`",
            "``",
            "```",
            "[",
            "]",
            "[[",
            "]]",
            "(",
            ")",
            "](",
            "](a)",
            "![",
            "|",
            "\\",
            "\\|",
            "#",
            "## ",
            "{#a}",
            "{",
            "}",
            ":",
            ": ",
            ">",
            "> ",
            "> [!NOTE]\n",
            "- ",
            "- [ ] ",
            "- [x] ",
            "1. ",
            "[^1]",
            "[^1]: ",
            "[r]: a\n",
            "[r]",
            "<",
            "<b>",
            "</b>",
            "<br>",
            "<!--",
            "-->",
            "<div>\n",
            "&amp;",
            "&",
            "\n",
            "\n\n",
            "\r\n",
            "  ",
            "    ",
            "\t",
            "\n|-|-|\n",
            "\n---\n",
            "\n===\n",
            "a",
            "b c",
            "中",
            "：",
            "。",
            "“",
            "％",
            "%",
            "ß",
            "𠀀",
            "🎉",
            "@",
            "[[a|b]]",
            "[[a#b:c]]",
            "javascript:",
        ];
        prop::collection::vec(prop::sample::select(&PIECES[..]), 0..60).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_markdown_is_read_with_good_places_and_written_as_well_formed_html(text in markdown()) {
            holds_together(&text);
        }

        #[test]
        fn any_text_is_read(text in any::<String>()) {
            holds_together(&text);
        }
    }

    #[test]
    fn deep_and_long_texts_neither_hang_nor_overflow() {
        let deep =
            [">", "> ", "- ", "1. ", "[", "[[", "![", "![a](", "*a ", "**中：", "`", "<", "<b>", "(", ": ", "| ", "\\"];
        for sign in deep {
            let prose = read(&sign.repeat(100_000));
            html(&prose);
            prose.plain(&Part::whole(), &AsWritten);
        }
        let lists: String = (0..300).map(|depth| format!("{}- a\n", "  ".repeat(depth))).collect();
        html(&read(&(lists + &"\n".repeat(100_000))));
        let pictures = format!("{}{}{}", "![".repeat(20_000), "[[a]]".repeat(20_000), "](b)".repeat(20_000));
        assert_eq!(read(&pictures).pictures.len(), 1);
    }

    #[test]
    fn a_place_at_the_end_of_the_address_space_is_no_panic() {
        let text = "# [[a]] {#b}\n- [ ] [c](d) <b>";
        let base = Span { file: FileId(0), start: u32::MAX - 3, end: u32::MAX };
        html(&Prose::read(text, base));
    }

    #[test]
    fn prose_can_be_shared_between_threads() {
        fn is_shared<T: Send + Sync + Clone>(_: &T) {}
        is_shared(&read("a"));
        assert!(read(" \n").is_blank());
    }
}
