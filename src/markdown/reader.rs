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
use super::passage::Passages;
use super::plain::{self, PlainText};
use super::prose::{Link, Picture, Prose, TaskItem};
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
    let mut reader = Reader::new(texts, Prose::unread(body, base), candidates);
    for (event, range) in syntax::events(texts.parsed) {
        reader.take(event, range);
    }
    let mut prose = reader.finish();
    // Behind all others, which are about what is read.
    prose.faults.extend(too_much);
    prose.parsed.text = parsed.map(Arc::from);
    prose
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
    passages: Passages,
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
            passages: Passages::default(),
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
        self.passages.layout(&event, &range);
        match event {
            Event::Text(text) => self.text(&text, &range, half),
            Event::Code(code) => {
                let code = self.texts.written(&code, &range);
                self.plain.text(&code);
                self.passages.opaque(&range, None);
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
            let written = self.texts.written(text, range);
            if !self.in_code {
                self.passages.text(&written, range);
            }
            return self.plain.text(&written);
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
                    self.running(done..candidate.start);
                    done = candidate.end;
                    self.wiki_link(candidate.start..candidate.end, link);
                }
                Ok(_) => {}
            }
        }
        self.running(done..place.end);
    }

    fn running(&mut self, range: Range<usize>) {
        let written = self.texts.slice(&range);
        self.plain.text(written);
        self.passages.text(written, &range);
    }

    fn wiki_link(&mut self, range: Range<usize>, link: wiki::WikiLink) {
        if self.open.iter().any(|open| !open.is_picture) {
            self.fault(&range, "a wiki link within another link", "put one behind the other");
        }
        let (before, after) = (&self.texts.written[..range.start], &self.texts.written[range.end..]);
        if before.ends_with("](") || after.starts_with("(http") {
            let action = "write `[[target|words]]` for a thing of the handbook, `[words](address)` for anything else";
            self.fault(&range, "a wiki link and an ordinary link are mixed", action);
        }
        self.plain.text(&link.as_written());
        self.passages.opaque(&range, Some(self.prose.wiki_links.len()));
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
        prose.passages = self.passages.finish();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    const AT: usize = 500;

    fn prose(text: &str) -> Prose {
        read(text, Span::new(FileId(3), AT, AT + text.len()))
    }

    /// What a text says at a place of the file.
    fn at(text: &str, span: Span) -> &str {
        assert_eq!(span.file, FileId(3));
        &text[span.start as usize - AT..span.end as usize - AT]
    }

    fn faults(text: &str) -> Vec<(String, String)> {
        let faults = prose(text).faults;
        faults.into_iter().map(|fault| (at(text, fault.span).to_owned(), fault.message)).collect()
    }

    #[test]
    fn a_heading_gives_a_section_with_the_place_of_its_id() {
        let text = "Before.\n\n## What *counts* as `ready` {#turnaround}\nBody.\n\n### Sub\nx\n## Next\n";
        let prose = prose(text);
        let section = prose.section("turnaround").unwrap();
        assert_eq!((section.level, section.title.as_str()), (2, "What counts as ready"));
        assert_eq!(at(text, section.id.as_ref().unwrap().span), "turnaround");
        assert_eq!(at(text, section.span), "## What *counts* as `ready` {#turnaround}");
        assert_eq!(&text[section.body.clone()], "\nBody.\n\n### Sub\nx\n");
        assert_eq!(prose.sections.iter().map(|s| s.slug.as_str()).collect::<Vec<_>>(), ["turnaround", "sub", "next"]);
    }

    #[test]
    fn an_underlined_heading_ends_before_its_blank_lines() {
        let text = "Title\n=====\n\n\ntext";
        assert_eq!(at(text, prose(text).sections[0].span), "Title\n=====");
    }

    #[test]
    fn a_heading_in_a_quote_begins_no_section_but_keeps_its_id() {
        let text = "> # A {#a}\n\n# B {#a}\n";
        assert_eq!(prose(text).sections.len(), 1);
        assert_eq!(faults(text), [("a".to_owned(), "the id `a` is given to another heading already".to_owned())]);
    }

    #[test]
    fn a_wiki_link_is_found_in_running_text_tables_and_titles() {
        let text = "See [[a|the *a*]], **[[b#limit]]**\n\n# [[c]]\n\n| x |\n|---|\n| [[d|e]] [[f\\|g]] |\n";
        let prose = prose(text);
        let links: Vec<_> = prose.wiki_links.iter().map(|link| at(text, link.span)).collect();
        assert_eq!(links, ["[[a|the *a*]]", "[[b#limit]]", "[[c]]", "[[d|e]]", "[[f\\|g]]"]);
        assert_eq!(prose.wiki_links[4].words.as_deref(), Some("g"));
        assert_eq!(prose.faults, []);
    }

    #[test]
    fn what_looks_like_a_wiki_link_in_code_and_behind_a_backslash_is_none() {
        let text = "`[[a]]` \\[[b]] <!-- [[c]] -->\n\n    [[d]]\n\n```\nif [[ -f x ]]; [[\n```\n\n``[[ `x` ]]``\n";
        let prose = prose(text);
        assert_eq!(prose.wiki_links, []);
        assert_eq!(prose.faults, []);
    }

    #[test]
    fn brackets_around_an_ordinary_link_are_no_wiki_link() {
        let text = "[[1](https://example.org)] and [x[]]";
        assert_eq!(faults(text), []);
        assert_eq!(prose(text).links.len(), 1);
    }

    #[test]
    fn a_malformed_wiki_link_is_told_where_it_stands() {
        let text = "服务 [[a\nb]] [[]] x [[";
        let told: Vec<_> =
            prose(text).faults.iter().map(|fault| (fault.span.start as usize - AT, at(text, fault.span))).collect();
        assert_eq!(told, [(7, "[["), (15, "[[]]"), (22, "[[")]);
    }

    #[test]
    fn a_wiki_link_within_a_link_is_a_fault_and_within_the_words_of_a_picture_is_none() {
        assert_eq!(faults("[see [[a]] here](b.md)")[0].0, "[[a]]");
        assert_eq!(faults("![see [[a]] here](b.png)"), []);
    }

    #[test]
    fn a_wiki_link_mixed_with_an_ordinary_one_is_a_fault() {
        assert_eq!(faults("[our page]([[repair]])")[0].0, "[[repair]]");
        assert_eq!(faults("[[1]](https://example.org)")[0].0, "[[1]]");
        assert_eq!(faults("([[a]]) and [[b]](or so)"), []);
    }

    #[test]
    fn links_come_with_their_address_and_words() {
        let text = "[a *b*](c.md#d \"T\") <https://example.org> <a@example.org> [r][] [e](<x y>)\n\n[r]: ../r.md\n";
        let prose = prose(text);
        let links: Vec<_> =
            prose.links.iter().map(|link| (link.destination.value.as_str(), link.text.as_str())).collect();
        let expected = [
            ("c.md#d", "a b"),
            ("https://example.org", "https://example.org"),
            ("mailto:a@example.org", "a@example.org"),
            ("../r.md", "r"),
            ("x y", "e"),
        ];
        assert_eq!(links, expected);
        let places: Vec<_> = prose.links.iter().map(|link| at(text, link.destination.span)).collect();
        assert_eq!(places, ["c.md#d", "https://example.org", "a@example.org", "../r.md", "x y"]);
        assert_eq!(at(text, prose.links[0].span), "[a *b*](c.md#d \"T\")");
        assert_eq!(prose.links.iter().filter(|link| link.is_relative()).count(), 3);
    }

    #[test]
    fn pictures_come_with_their_path_and_words() {
        let text = "![The *shop* ![x](y)](shop.png) ![](plain.png)";
        let prose = prose(text);
        let pictures: Vec<_> = prose.pictures.iter().map(|p| (p.path.value.as_str(), p.alt.as_str())).collect();
        assert_eq!(pictures, [("shop.png", "The shop x"), ("plain.png", "")]);
        assert_eq!(at(text, prose.pictures[1].path.span), "plain.png");
        assert_eq!(prose.faults, []);
    }

    #[test]
    fn tasks_come_in_order_each_with_its_own_words() {
        let text =
            "- [ ] lock the *door*\n  in the back\n  - [x] [[till]] `off`\n- no task\n\n1. [ ] loose\n\n   more\n";
        let prose = prose(text);
        let tasks: Vec<_> =
            prose.task_items.iter().map(|task| (task.text.as_str(), at(text, task.span), task.checked)).collect();
        let expected = [
            ("lock the door in the back", "lock the *door*\n  in the back", false),
            ("till off", "[[till]] `off`", true),
            ("loose", "loose", false),
        ];
        assert_eq!(tasks, expected);
    }

    #[test]
    fn html_is_a_fault_at_its_tag_and_once_for_a_pair() {
        let told = faults("a <b>c</b> <br> <!-- fine --> 1 < 2\n\n<div class=x>\n<p>\n</div>\n\n<!-- too -->\n");
        assert_eq!(told.iter().map(|(at, _)| at.as_str()).collect::<Vec<_>>(), ["<b>", "<br>", "<div class=x>"]);
    }

    #[test]
    fn a_refused_address_is_told_at_its_characters() {
        let told = faults(
            "[a](javascript:alert(1)) ![b](data:image/png,x) [r]\n\n[r]: VBScript:x\n\n[e](&#106;avascript:x)\n",
        );
        let places: Vec<_> = told.iter().map(|(at, _)| at.as_str()).collect();
        assert_eq!(places, ["javascript:alert(1)", "data:image/png,x", "VBScript:x", "[e](&#106;avascript:x)"]);
        assert!(told[3].1.contains("`javascript:`"));
    }

    #[test]
    fn a_footnote_within_a_footnote_is_a_fault() {
        assert_eq!(faults("a[^1]\n\n[^1]: b[^2]\n\n[^2]: c\n")[0].0, "[^2]");
        assert_eq!(faults("a[^1] b[^1]\n\n[^1]: b\n"), []);
    }

    #[test]
    fn no_more_than_a_hundred_faults_are_told_and_what_is_left_out_always() {
        let text = format!("{}\n\n{}", "<br>".repeat(500), ">".repeat(100_000));
        let prose = prose(&text);
        assert_eq!(prose.faults.len(), MOST_FAULTS + 1);
        assert!(prose.faults[MOST_FAULTS].message.contains("left out"));
    }
}
