//! A text as HTML for our themes: no inline style, no script, and nothing of the author's markup passes unescaped.
//!
//! Here the walk over the events; elements of blocks, of running text and of footnotes have a file each.

mod block;
mod footnote;
mod inline;

use std::ops::Range;

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use super::part::Part;
use super::plain::Flow;
use super::prose::Prose;
use super::resolve::Rendering;
use super::syntax;
use footnote::Footnotes;

/// Writes a part of a text.
pub(super) fn html(prose: &Prose, part: &Part, rendering: &Rendering<'_>) -> String {
    let mut writer = Writer::new(prose, rendering);
    let mut held = false;
    for (event, range) in syntax::events(prose.texts().parsed) {
        if writer.depth == 0 {
            // A footnote is read wherever it stands, and written where it is cited.
            held = part.holds(range.start) || matches!(event, Event::Start(Tag::FootnoteDefinition(_)));
        }
        match &event {
            Event::Start(_) => writer.depth += 1,
            Event::End(_) => writer.depth = writer.depth.saturating_sub(1),
            Event::TaskListMarker(_) => writer.tasks += 1,
            _ => {}
        }
        if held {
            writer.take(event, range);
        }
    }
    writer.finish()
}

/// A list that is open.
struct OpenList {
    /// Where ` class="tasks"` would stand.
    class_at: usize,
    is_ordered: bool,
    is_tasks: bool,
}

/// A table that is open.
#[derive(Default)]
struct OpenTable {
    alignments: Vec<Alignment>,
    column: usize,
    is_head: bool,
    /// Where the cell begins, to see whether it is empty.
    cell_at: usize,
}

/// A picture whose words are being collected.
struct OpenPicture {
    address: String,
    title: String,
    alt: String,
    depth: usize,
}

struct Writer<'a> {
    prose: &'a Prose,
    rendering: &'a Rendering<'a>,
    out: String,
    flow: Flow,
    depth: usize,
    /// Task markers met so far, those of parts that are left out included.
    tasks: usize,
    label_is_open: bool,
    skips_html: bool,
    lists: Vec<OpenList>,
    table: OpenTable,
    picture: Option<OpenPicture>,
    /// What closes the links that are open.
    links: Vec<&'static str>,
    /// The section of the last heading.
    section: Option<usize>,
    notes: Footnotes,
}

impl<'a> Writer<'a> {
    fn new(prose: &'a Prose, rendering: &'a Rendering<'a>) -> Self {
        Self {
            prose,
            rendering,
            out: String::with_capacity(prose.text.len() * 3 / 2),
            flow: Flow::default(),
            depth: 0,
            tasks: 0,
            label_is_open: false,
            skips_html: false,
            lists: Vec::new(),
            table: OpenTable::default(),
            picture: None,
            links: Vec::new(),
            section: None,
            notes: Footnotes::default(),
        }
    }

    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Text(text) => self.text(&text),
            Event::Code(code) => self.code(&code, &range),
            Event::SoftBreak => {
                let at = self.sink().len();
                self.flow.break_line(at);
            }
            Event::HardBreak => self.break_line(),
            Event::Rule => self.block("<hr>\n"),
            Event::Html(html) if !self.skips_html => {
                let html = self.prose.texts().written(&html, &range).into_owned();
                self.escaped(&html);
            }
            Event::InlineHtml(_) => self.inline_html(&range),
            Event::FootnoteReference(label) => self.footnote_reference(&label),
            Event::TaskListMarker(checked) => self.task(checked),
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        if self.picture.is_some() {
            return self.start_in_picture(&tag);
        }
        match tag {
            Tag::Emphasis => self.element("<em>"),
            Tag::Strong => self.element("<strong>"),
            Tag::Strikethrough => self.element("<del>"),
            Tag::Superscript => self.element("<sup>"),
            Tag::Subscript => self.element("<sub>"),
            Tag::Link { link_type, dest_url, title, .. } => self.start_link(link_type, &dest_url, &title, &range),
            Tag::Image { dest_url, title, .. } => self.start_picture(&dest_url, &title, &range),
            Tag::FootnoteDefinition(label) => {
                self.end_label();
                self.start_footnote(&label);
            }
            block => {
                self.end_label();
                self.start_block(block, &range);
            }
        }
    }

    fn end(&mut self, tag: TagEnd) {
        if self.picture.is_some() {
            return self.end_in_picture(tag);
        }
        match tag {
            TagEnd::Emphasis => self.element("</em>"),
            TagEnd::Strong => self.element("</strong>"),
            TagEnd::Strikethrough => self.element("</del>"),
            TagEnd::Superscript => self.element("</sup>"),
            TagEnd::Subscript => self.element("</sub>"),
            TagEnd::Link => {
                let close = self.links.pop().unwrap_or("");
                self.element(close);
            }
            TagEnd::FootnoteDefinition => self.end_footnote(),
            block => {
                self.end_label();
                self.end_block(block);
            }
        }
    }

    /// Adds a tag of running text; a line break before it may still turn out to be none.
    fn element(&mut self, tag: &str) {
        self.out.push_str(tag);
    }

    /// Adds a tag of a block; a line break before it is none.
    fn block(&mut self, tag: &str) {
        self.flow.restart();
        self.out.push_str(tag);
    }

    fn finish(mut self) -> String {
        self.write_footnotes();
        self.out
    }
}
