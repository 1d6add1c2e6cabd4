//! Prose with wiki links: its places lie in the text, its HTML is harmless and whole, and its references are told.

use pledgebook::checks::check;
use pledgebook::markdown::part::Part;
use pledgebook::markdown::passage::Passage;
use pledgebook::markdown::prose::{Prose, Section};
use pledgebook::markdown::resolve::{Labels, Rendering, Resolved, Resolver, TaskAttributes};
use pledgebook::markdown::wiki::{self, WikiLink};
use pledgebook::parse::parse;
use pledgebook::source::{FileId, SourceTree, Span};
use pledgebook::wording::amount;

use super::{findings, markup};

/// Where the text stands in its file.
const AT: usize = 77;
/// A service of whose values the text may speak.
const FRONT: &str = "---
title: Repair
for: Everyone
outcome: It works.
owner: desk
review: {last: 2026-01-01}
standards:
  quick:
    {kind: timeliness, statement: S, limit: 3bd, clock: {start: a, stop: b}, target: 9%, measure: {as: observed}}
---
";

/// Reads a text, writes it in every way, then reads it as the prose of a service and as a text of one line.
pub fn hold(text: &str) {
    let prose = Prose::read(text, base(text));
    places(&prose).into_iter().for_each(|span| is_in(text, span));
    is_whole(&prose, &Part::whole());
    for section in prose.sections.iter().take(4) {
        is_whole(&prose, &Part::only([section.whole()]));
    }
    is_whole(&prose, &Part::whole().without(prose.sections.iter().map(Section::whole)));
    prose.plain_by_section(&|_| &Site);
    prose.passages.iter().for_each(|passage| letters_have_places(passage, text));
    short_texts_hold(text);
    references_are_told(text);
}

fn base(text: &str) -> Span {
    Span::new(FileId(0), AT, AT + text.len())
}

fn is_in(text: &str, span: Span) {
    let (start, end) = (span.start as usize, span.end as usize);
    assert!(start >= AT && text.get(start - AT..end - AT).is_some(), "{span:?} in {text:?}");
}

/// Holds every letter and every amount of running text to be somewhere in the text.
fn letters_have_places(passage: &Passage, text: &str) {
    for (at, letter) in passage.text.char_indices() {
        is_in(text, passage.span(&(at..at + letter.len_utf8()), base(text)));
    }
    is_in(text, passage.span(&(0..passage.text.len()), base(text)));
    for amount in ["en", "zh"].iter().flat_map(|language| amount::read(&passage.text, language)) {
        is_in(text, passage.span(&amount.range, base(text)));
    }
}

fn places(prose: &Prose) -> Vec<Span> {
    let mut places: Vec<Span> = prose.faults.iter().map(|fault| fault.span).collect();
    for section in &prose.sections {
        places.extend([section.span, section.id.as_ref().map_or(section.span, |id| id.span)]);
        places.extend([&section.heading, &section.body].map(|range| prose.base.part(range.start, range.end)));
    }
    places.extend(prose.wiki_links.iter().flat_map(places_of));
    places.extend(prose.links.iter().flat_map(|link| [link.span, link.destination.span]));
    places.extend(prose.pictures.iter().flat_map(|picture| [picture.span, picture.path.span]));
    places.extend(prose.task_items.iter().map(|task| task.span));
    places
}

fn places_of(link: &WikiLink) -> Vec<Span> {
    let parts = link.value.iter().chain(&link.case).map(|part| part.span);
    [link.span, link.target.span].into_iter().chain(parts).collect()
}

/// Holds a part of a text to be sound HTML, and to be written without markup.
fn is_whole(prose: &Prose, part: &Part) {
    let rendering = Rendering { resolver: &Site, labels: &labels(), heading_shift: 1, note_prefix: "part-" };
    let html = prose.html(part, &rendering);
    if let Some(fault) = markup::fault(&html) {
        panic!("{fault}\nin {html}\nof {:?}", prose.text);
    }
    prose.plain(part, &Site);
}

fn short_texts_hold(text: &str) {
    let (links, faults) = wiki::parse_all(text, base(text));
    links.iter().flat_map(places_of).chain(faults.iter().map(|fault| fault.span)).for_each(|span| is_in(text, span));
    let html = wiki::html(text, &Site);
    assert_eq!(markup::fault(&html), None, "{html}\nof {text:?}");
    wiki::plain(text, &Site);
}

/// Reads a text as the prose of a service in a handbook, with all that is told of what a handbook refers to.
fn references_are_told(text: &str) {
    let service = format!("{FRONT}{text}");
    let tree = SourceTree::from_texts([
        ("handbook.yaml", "title: H\nlanguages: [en]\n"),
        ("registers/roles.yaml", "desk: {title: Desk}\n"),
        ("services/repair.md", service.as_str()),
    ]);
    let parsed = parse(&tree, "");
    findings::hold(&parsed.diagnostics, &tree);
    let told = check(parsed.handbook, &tree, &parsed.diagnostics).1;
    findings::hold(&told, &tree);
    findings::print(&told, &tree);
}

/// A site that leads everywhere but to what has `gone` in its name, and repeats what it is asked for.
struct Site;

impl Resolver for Site {
    fn wiki(&self, link: &WikiLink) -> Resolved {
        let text = link.as_written();
        match link.target.value.as_str() {
            "" => Resolved::Plain { html: "<data>10&nbsp;days</data>".to_owned() },
            target if target.contains("gone") => Resolved::Broken { text },
            target => Resolved::Link { href: format!("/{target}/"), html: "<em>it</em>".to_owned() },
        }
    }

    fn link(&self, destination: &str) -> Option<String> {
        (!destination.contains("gone")).then(|| destination.to_owned())
    }

    fn picture(&self, path: &str) -> Option<String> {
        (!path.contains("gone")).then(|| path.to_owned())
    }

    fn task(&self, n: usize, text: &str) -> TaskAttributes {
        TaskAttributes { id: format!("task-{}", n + 1), item: text.len().to_string() }
    }
}

fn labels() -> Labels {
    let word = |word: &str| word.to_owned();
    Labels {
        table: word("Table <"),
        note: word("Note"),
        tip: word("Tip"),
        important: word("Important"),
        warning: word("Warning"),
        caution: word("Caution"),
        footnotes: word("Footnotes"),
        footnote: word("Footnote"),
        back: word("Back \""),
    }
}
