//! Reads a text: walks the parser's events once and notes what others need, with places.

use std::collections::HashSet;
use std::iter::Peekable;
use std::ops::Range;
use std::sync::Arc;
use std::vec::IntoIter;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::address::{self, Address};
use super::fault::ProseFault;
use super::limits;
use super::outline::{Heading, Outline};
use super::plain::{self, PlainText};
use super::prose::{Link, Parsed, Picture, Prose, TaskItem};
use super::raw_html;
use super::syntax::{self, Texts};
use super::wiki::{self, Candidate};
use crate::source::{Span, Spanned};

/// The most faults that are told of one text.
const MOST_FAULTS: usize = 100;

/// Reads a text.
pub(super) fn read(body: &str, base: Span) -> Prose {
    let (length, too_much) = limits::readable(body, base);
    let written = &body[..length];
    let candidates = wiki::candidates(written, base);
    let parsed = syntax::for_parser(written, &candidates);
    let texts = Texts { written, parsed: parsed.as_deref().unwrap_or(written) };
    let mut reader = Reader::new(texts, empty(body, base), candidates);
    reader.prose.faults.extend(too_much);
    for (event, range) in syntax::events(texts.parsed) {
        reader.take(event, range);
    }
    let mut prose = reader.finish();
    prose.parsed.text = parsed.map(Arc::from);
    prose
}

fn empty(body: &str, base: Span) -> Prose {
    Prose {
        text: body.into(),
        base,
        sections: Vec::new(),
        wiki_links: Vec::new(),
        links: Vec::new(),
        pictures: Vec::new(),
        task_items: Vec::new(),
        faults: Vec::new(),
        parsed: Parsed::default(),
    }
}

/// Something that is open, with the length of the plain text where it began.
struct Open {
    from: usize,
    range: Range<usize>,
    address: Spanned<String>,
    is_picture: bool,
}

struct OpenTask {
    from: usize,
    span: Option<Range<usize>>,
    checked: bool,
}

struct Reader<'a> {
    texts: Texts<'a>,
    prose: Prose,
    plain: PlainText,
    candidates: Peekable<IntoIter<Candidate>>,
    /// A `[` that was text, and the fault if the next character is text as well.
    half: Option<(usize, ProseFault)>,
    depth: usize,
    in_code: bool,
    in_note: bool,
    /// The link and the picture that are open; what stands within the words of a picture is not shown.
    open: Vec<Open>,
    /// Links and pictures within the words of a picture.
    hidden: usize,
    task: Option<OpenTask>,
    tags: HashSet<String>,
    outline: Outline,
}

impl<'a> Reader<'a> {
    fn new(texts: Texts<'a>, prose: Prose, candidates: Vec<Candidate>) -> Self {
        Self {
            texts,
            prose,
            plain: PlainText::default(),
            candidates: candidates.into_iter().peekable(),
            half: None,
            depth: 0,
            in_code: false,
            in_note: false,
            open: Vec::new(),
            hidden: 0,
            task: None,
            tags: HashSet::new(),
            outline: Outline::default(),
        }
    }

    fn span(&self, range: &Range<usize>) -> Span {
        self.prose.base.part(range.start, range.end)
    }

    fn fault(&mut self, range: &Range<usize>, message: impl Into<String>, action: impl Into<String>) {
        let span = self.span(range);
        self.prose.faults.push(ProseFault::new(span, message, action));
    }

    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        let half = self.half.take();
        match event {
            Event::Text(text) => self.text(&text, &range, half),
            Event::Code(code) => {
                let code = self.texts.written(&code, &range);
                self.plain.text(&code);
                self.extend_task(&range);
            }
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::InlineHtml(_) => self.html(&range),
            Event::FootnoteReference(_) if self.in_note => {
                self.fault(&range, "a footnote within a footnote", "put the second note into the text of the first");
            }
            Event::TaskListMarker(checked) => {
                self.task = Some(OpenTask { from: self.plain.out.len(), span: None, checked });
            }
            other => self.plain.layout(&other),
        }
    }

    fn text(&mut self, text: &CowStr<'_>, range: &Range<usize>, half: Option<(usize, ProseFault)>) {
        self.extend_task(range);
        let Some(place) = self.texts.locate(text).filter(|_| !self.in_code) else {
            return self.plain.text(&self.texts.written(text, range));
        };
        self.prose.faults.extend(half.filter(|(at, _)| *at == place.start).map(|(_, fault)| fault));
        let mut done = place.start;
        while let Some(candidate) = self.candidates.next_if(|candidate| candidate.start < place.end) {
            let within = candidate.start >= done;
            match candidate.found {
                _ if !within => {}
                Err(fault) if candidate.start + 1 < place.end => self.prose.faults.push(fault),
                Err(fault) => self.half = Some((candidate.start + 1, fault)),
                Ok(link) if candidate.end <= place.end => {
                    self.plain.text(self.texts.slice(&(done..candidate.start)));
                    done = candidate.end;
                    self.wiki_link(candidate.start..candidate.end, link);
                }
                Ok(_) => {}
            }
        }
        self.plain.text(self.texts.slice(&(done..place.end)));
    }

    fn wiki_link(&mut self, range: Range<usize>, link: wiki::WikiLink) {
        if self.open.iter().any(|open| !open.is_picture) {
            self.fault(&range, "a wiki link within another link", "put one behind the other");
        }
        self.plain.text(&link.as_written());
        self.prose.parsed.links.push(range);
        self.prose.wiki_links.push(link);
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        if plain::is_block(&tag) {
            self.end_task();
            self.plain.layout(&Event::Start(tag.clone()));
        }
        self.depth += 1;
        match tag {
            Tag::Heading { level, id, .. } => self.start_heading(level as u8, id, range),
            Tag::CodeBlock(_) => self.in_code = true,
            Tag::FootnoteDefinition(_) => self.in_note = true,
            Tag::HtmlBlock => self.html(&range),
            Tag::Link { link_type, dest_url, .. } => {
                let before = if link_type == LinkType::Email { "mailto:" } else { "" };
                self.open(before, &dest_url, range, TagEnd::Link);
            }
            Tag::Image { dest_url, .. } => self.open("", &dest_url, range, TagEnd::Image),
            _ => {}
        }
    }

    fn place_of(&self, address: &CowStr<'_>, range: &Range<usize>) -> Range<usize> {
        let found = || {
            let at = self.texts.slice(range).rfind(address.as_ref()).filter(|_| !address.is_empty())?;
            Some(range.start + at..range.start + at + address.len())
        };
        self.texts.locate(address).or_else(found).unwrap_or(range.clone())
    }

    fn open(&mut self, before: &str, address: &CowStr<'_>, range: Range<usize>, tag: TagEnd) {
        if self.open.iter().any(|open| open.is_picture) {
            self.hidden += 1;
            return;
        }
        let place = self.place_of(address, &range);
        let address = format!("{before}{}", self.texts.written(address, &range));
        if Address::of(&address) == Address::Refused {
            let message = format!("an address that begins with `{}` is not allowed", address::scheme(&address));
            let action = "begin it with `https:`, `http:`, `mailto:` or `tel:`, or write the path of a page; \
                          a path with a colon begins with `./`";
            self.fault(&place, message, action);
        }
        let address = Spanned { value: address, span: self.span(&place) };
        self.open.push(Open { from: self.plain.out.len(), range, address, is_picture: tag == TagEnd::Image });
    }

    fn start_heading(&mut self, level: u8, id: Option<CowStr<'_>>, range: Range<usize>) {
        let end = range.start + self.texts.slice(&range).trim_end().len();
        let heading = range.start..end;
        let id = id.map(|id| {
            let place = self.place_of(&id, &range);
            Spanned { value: self.texts.written(&id, &range).into_owned(), span: self.span(&place) }
        });
        let heading = Heading { level, id, span: self.span(&heading), range: heading };
        self.prose.faults.extend(self.outline.start(heading, self.plain.out.len()));
    }

    fn end(&mut self, tag: TagEnd) {
        self.depth = self.depth.saturating_sub(1);
        match tag {
            TagEnd::Heading(_) => {
                let plain = &self.plain.out;
                self.outline.end(self.depth == 0, |from| words(plain, from));
            }
            TagEnd::CodeBlock => self.in_code = false,
            TagEnd::FootnoteDefinition => self.in_note = false,
            TagEnd::Item | TagEnd::Paragraph => self.end_task(),
            TagEnd::Link | TagEnd::Image => self.close(),
            _ => {}
        }
        self.plain.layout(&Event::End(tag));
    }

    fn close(&mut self) {
        if self.hidden > 0 {
            self.hidden -= 1;
            return;
        }
        let Some(Open { from, range, address, is_picture }) = self.open.pop() else { return };
        let span = self.span(&range);
        let text = words(&self.plain.out, from);
        self.extend_task(&range);
        if is_picture {
            self.prose.pictures.push(Picture { path: address, alt: text, span });
        } else {
            self.prose.links.push(Link { destination: address, span, text });
        }
    }

    fn extend_task(&mut self, range: &Range<usize>) {
        if let Some(task) = &mut self.task {
            let start = task.span.as_ref().map_or(range.start, |span| span.start.min(range.start));
            task.span = Some(start..range.end.max(task.span.as_ref().map_or(0, |span| span.end)));
        }
    }

    fn end_task(&mut self) {
        let Some(OpenTask { from, span, checked }) = self.task.take() else { return };
        let span = self.span(&span.unwrap_or(0..0));
        self.prose.task_items.push(TaskItem { text: words(&self.plain.out, from), span, checked });
    }

    fn html(&mut self, range: &Range<usize>) {
        let html = self.texts.slice(range);
        if raw_html::is_comment(html) {
            return;
        }
        let tag = raw_html::first_tag(html);
        let name = raw_html::name(&html[tag.clone()]);
        let closes = html[tag.clone()].starts_with("</") && self.tags.contains(&name);
        if !closes {
            let place = range.start + tag.start..range.start + tag.end;
            self.fault(&place, "HTML is not part of a text", raw_html::instead(&html[tag]));
            self.tags.insert(name);
        }
    }

    fn finish(mut self) -> Prose {
        self.end_task();
        let mut prose = self.prose;
        prose.parsed.length = self.texts.written.len();
        prose.sections = self.outline.finish(prose.parsed.length);
        prose.faults.sort_by_key(|fault| fault.span.start);
        prose.faults.truncate(MOST_FAULTS);
        prose
    }
}

/// Gives the words since a place of the plain text.
fn words(plain: &str, from: usize) -> String {
    plain.get(from..).unwrap_or("").trim().to_owned()
}
