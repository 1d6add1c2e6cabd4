//! YAML text to nodes: the one adapter to the parser.
//!
//! Plain data only: anchors, aliases, tags and several documents in one file are told as faults, so that no text can
//! grow when it is read.

use std::collections::BTreeMap;

use granit_parser::{Event, Parser, ScalarStyle, ScanError};

use super::node::{Entry, Node, NodeKind};
use super::recover;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// The deepest nesting that is read.
const DEEPEST: usize = 32;
/// The most bytes that are read again and again to find all faults of syntax of one file: a thousand faults in a long page.
const MOST_READ: usize = 32 << 20;

/// A document as far as it could be read.
#[derive(Debug)]
pub struct Document {
    /// The outermost node.
    pub root: Node,
    /// Whether parts of the text could not be read, so that what is missing may be there.
    pub incomplete: bool,
    /// The faults of syntax.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads one document; `base` is the place of `text` in its file.
///
/// After a fault the line at fault, with what is indented below it, is passed over and the rest is read, so that all
/// faults are told at once.
pub fn read(text: &str, base: Span) -> Document {
    let mut patched = String::new();
    let mut diagnostics = Vec::new();
    loop {
        let current = if patched.is_empty() { text } else { &patched };
        let mut builder = Builder::new(current, text, base);
        match builder.run() {
            Ok(root) => {
                let incomplete = !diagnostics.is_empty();
                diagnostics.append(&mut builder.diagnostics);
                return Document { root, incomplete, diagnostics };
            }
            Err(fault) => {
                diagnostics.push(recover::explain(&fault, current, base));
                let next = recover::without(&fault, current);
                if (diagnostics.len() + 1) * text.len() > MOST_READ || next == current {
                    let told = Diagnostic::error("field/syntax", base.beginning(), "not all of this file was read");
                    diagnostics.push(told.action("mend the faults that were found, then look again"));
                    return Document {
                        root: Node { span: base, kind: NodeKind::Broken },
                        incomplete: true,
                        diagnostics,
                    };
                }
                patched = next;
            }
        }
    }
}

/// Where the parser stopped, and what it was in the middle of.
#[derive(Debug)]
pub struct Fault {
    /// What the parser said.
    pub error: ScanError,
    /// The byte at which it stopped.
    pub at: usize,
    /// The byte at which the last part that could be read ended.
    pub read_until: usize,
    /// The byte at which the last part that could be read began.
    pub read_from: usize,
    /// The byte at which the innermost list or map in brackets began, where one was open.
    pub open_bracket: Option<usize>,
}

/// A list or a map whose end has not come yet.
enum Open {
    List { start: usize, items: Vec<Node> },
    Map { start: usize, entries: Vec<Entry>, key: Option<Key>, seen: BTreeMap<String, Span> },
}

/// A key whose value has not come yet; without text where the key cannot be used.
struct Key {
    text: Option<String>,
    span: Span,
}

struct Builder<'a> {
    text: &'a str,
    /// The text as it is written, with the lines that were passed over.
    written: &'a str,
    base: Span,
    open: Vec<Open>,
    root: Option<Node>,
    read_until: usize,
    read_from: usize,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Builder<'a> {
    fn new(text: &'a str, written: &'a str, base: Span) -> Self {
        Self { text, written, base, open: Vec::new(), root: None, read_until: 0, read_from: 0, diagnostics: Vec::new() }
    }

    fn run(&mut self) -> Result<Node, Box<Fault>> {
        let options = granit_parser::options! {
            emit_unresolved_aliases: true,
            emit_comments: false,
            flow_nesting_limit: DEEPEST,
            block_nesting_limit: DEEPEST,
        };
        let mut documents = 0;
        for next in Parser::new_from_str_with_options(self.text, options) {
            let (event, span) = next.map_err(|error| Box::new(self.fault(error)))?;
            let range = span.byte_range().unwrap_or(0..0);
            match event {
                Event::DocumentStart(..) => documents += 1,
                _ if documents > 1 => {
                    self.tell_documents(range.start);
                    break;
                }
                event => self.take(event, range),
            }
        }
        let empty = Node { span: self.base.beginning(), kind: NodeKind::Null };
        Ok(self.root.take().unwrap_or(empty))
    }

    fn fault(&self, error: ScanError) -> Fault {
        let at = error.marker().byte_offset().unwrap_or(self.text.len()).min(self.text.len());
        let at = if recover::is_tab(&error) { self.text[at..].find('\t').map_or(at, |len| at + len) } else { at };
        let start = self.open.last().map(|open| match open {
            Open::List { start, .. } | Open::Map { start, .. } => *start,
        });
        let open_bracket = start.filter(|at| matches!(self.text.as_bytes().get(*at), Some(b'[' | b'{')));
        Fault { error, at, read_until: self.read_until, read_from: self.read_from, open_bracket }
    }

    fn take(&mut self, event: Event<'_>, range: std::ops::Range<usize>) {
        if event.tag().is_some() {
            self.tell(
                "field/yaml",
                range.clone(),
                "a tag (`!…`) is not used in a handbook",
                "leave the tag out, or put the text in quotes",
            );
        }
        if event.anchor_id().is_some() {
            let sign = self.text.get(..range.start).and_then(|before| before.rfind('&')).unwrap_or(range.start);
            self.tell(
                "field/yaml",
                sign..range.end,
                "an anchor (`&…`) is not used in a handbook",
                "leave it out, or put the text in quotes",
            );
        }
        if range.end > self.read_until {
            (self.read_from, self.read_until) = (range.start, range.end);
        }
        match event {
            Event::Scalar(text, style, ..) => {
                let kind = match scalar(&text, style) {
                    NodeKind::Null if self.was_passed_over(range.start) => NodeKind::Broken,
                    kind => kind,
                };
                self.place(Node { span: self.base.part(range.start, range.end), kind });
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.tell(
                    "field/yaml",
                    range.clone(),
                    "an alias (`*…`) is not used in a handbook",
                    "write the value out, or put the text in quotes",
                );
                self.place(Node { span: self.base.part(range.start, range.end), kind: NodeKind::Broken });
            }
            Event::SequenceStart(..) => self.open.push(Open::List { start: range.start, items: Vec::new() }),
            Event::MappingStart(..) => {
                self.open.push(Open::Map { start: range.start, entries: Vec::new(), key: None, seen: BTreeMap::new() });
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(range.end),
            _ => {}
        }
    }

    /// Tells whether what is missing at a place stands in lines that were passed over.
    fn was_passed_over(&self, at: usize) -> bool {
        let Some(after) = self.text.get(at..) else { return false };
        // The place of an empty value is that of the colon before it.
        let start = at + usize::from(after.starts_with(':'));
        let end = self.text.len() - self.text[start..].trim_start().len();
        self.written.as_bytes()[start..end].iter().any(|byte| !byte.is_ascii_whitespace())
    }

    fn close(&mut self, end: usize) {
        let (start, kind) = match self.open.pop() {
            Some(Open::List { start, items }) => (start, NodeKind::List(items)),
            Some(Open::Map { start, entries, .. }) => (start, NodeKind::Map(entries)),
            None => return,
        };
        let written = self.text.get(start..end).unwrap_or("").trim_end().len();
        self.place(Node { span: self.base.part(start, start + written), kind });
    }

    fn place(&mut self, node: Node) {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::List { items, .. }) => items.push(node),
            Some(Open::Map { entries, key, seen, .. }) => match key.take() {
                None => {
                    let (opened, told) = open_key(node, seen);
                    *key = Some(opened);
                    self.diagnostics.extend(told);
                }
                Some(Key { text: Some(text), span }) => entries.push(Entry { key: text, key_span: span, value: node }),
                Some(Key { text: None, .. }) => {}
            },
        }
    }

    fn tell(&mut self, name: &'static str, range: std::ops::Range<usize>, message: &str, action: &str) {
        let span = self.base.part(range.start, range.end);
        self.diagnostics.push(Diagnostic::error(name, span, message).action(action));
    }

    fn tell_documents(&mut self, at: usize) {
        self.tell(
            "field/yaml",
            at..at,
            "a second document begins here",
            "remove the line `---` or `...` above: a file holds one document",
        );
    }
}

/// Takes a node as a key; a key that is no word, or that was seen before, is told and its value passed over.
fn open_key(node: Node, seen: &mut BTreeMap<String, Span>) -> (Key, Option<Diagnostic>) {
    let span = node.span;
    let NodeKind::Scalar(text) = node.kind else {
        let told = Diagnostic::error("field/yaml", span, format!("{} cannot be a key", node.word()))
            .action("write a single word before the colon");
        return (Key { text: None, span }, Some(told));
    };
    if let Some(first) = seen.get(&text) {
        let told = Diagnostic::error("field/duplicate", span, format!("`{text}` is given twice"))
            .label(*first, "first given here")
            .action(format!("keep one `{text}`, and remove the other or give it another name"));
        return (Key { text: None, span }, Some(told));
    }
    seen.insert(text.clone(), span);
    (Key { text: Some(text), span }, None)
}

fn scalar(text: &str, style: ScalarStyle) -> NodeKind {
    let plain = matches!(style, ScalarStyle::Plain);
    if plain && matches!(text, "" | "~" | "null" | "Null" | "NULL") {
        NodeKind::Null
    } else {
        NodeKind::Scalar(text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn document(text: &str) -> Document {
        read(text, Span::new(FileId(0), 0, text.len()))
    }

    fn places(text: &str) -> Vec<(&'static str, usize)> {
        let line = |at: u32| text[..at as usize].matches('\n').count() + 1;
        let start = |found: &Diagnostic| match found.place {
            crate::diagnostic::Place::At(span) => span.start,
            _ => panic!(),
        };
        document(text).diagnostics.iter().map(|found| (found.name, line(start(found)))).collect()
    }

    #[test]
    fn values_have_the_place_of_the_value_itself() {
        let found = document("a: {b: [x, \"y z\"]}\n");
        let NodeKind::List(items) = &found.root.get("a").unwrap().get("b").unwrap().kind else { panic!() };
        assert_eq!((items[1].span.start, items[1].span.end), (11, 16));
        assert_eq!(items[1].kind, NodeKind::Scalar("y z".into()));
    }

    #[test]
    fn words_that_older_yaml_took_for_truth_are_words() {
        let found = document("a: no\nb: 12:30\nc: ~\nd:\ne: \"\"\n");
        assert_eq!(found.root.get("a").unwrap().kind, NodeKind::Scalar("no".into()));
        assert_eq!(found.root.get("b").unwrap().kind, NodeKind::Scalar("12:30".into()));
        assert_eq!(found.root.get("c").unwrap().kind, NodeKind::Null);
        assert_eq!(found.root.get("d").unwrap().kind, NodeKind::Null);
        assert_eq!(found.root.get("e").unwrap().kind, NodeKind::Scalar(String::new()));
    }

    #[test]
    fn a_key_given_twice_is_told_at_the_second_and_the_first_counts() {
        let found = document("a: 1\nb: 2\na: 3\n");
        assert_eq!(found.diagnostics.len(), 1);
        assert_eq!(found.diagnostics[0].labels[0].span.start, 0);
        assert_eq!(found.root.get("a").unwrap().kind, NodeKind::Scalar("1".into()));
    }

    #[test]
    fn aliases_anchors_and_tags_are_told_and_never_expanded() {
        assert_eq!(
            places("a: &x 1\nb: *x\nc: !!str 1\nd: *y\n"),
            [("field/yaml", 1), ("field/yaml", 2), ("field/yaml", 3), ("field/yaml", 4)]
        );
    }

    #[test]
    fn all_faults_of_syntax_are_told_in_one_run() {
        let text = "title: Repair: in warranty\nfor: \"everybody\nowner: x\n\tcalendar: y\nneeds: [a, b\nreview: z\n";
        assert_eq!(places(text).iter().map(|(_, line)| *line).collect::<Vec<_>>(), [1, 2, 4, 5]);
        let found = document(text);
        assert!(found.incomplete);
        assert_eq!(found.root.get("review").unwrap().kind, NodeKind::Scalar("z".into()));
    }

    #[test]
    fn a_fault_deep_inside_leaves_its_siblings_readable() {
        let found =
            document("standards:\n  one:\n    statement: Ready: in ten\n    limit: 3bd\n  two:\n    limit: 4bd\n");
        assert_eq!(found.diagnostics.len(), 1);
        let standards = found.root.get("standards").unwrap();
        assert!(standards.get("one").unwrap().get("limit").is_some());
        assert!(standards.get("two").is_some());
    }

    #[test]
    fn deep_nesting_is_a_fault_not_a_crash() {
        for text in ["[".repeat(200_000), "{a: ".repeat(100_000), "- ".repeat(100_000), "a:\n ".repeat(3)] {
            let found = document(&text);
            assert!(!found.diagnostics.is_empty() || text.len() < 100);
        }
    }

    #[test]
    fn what_stood_in_lines_at_fault_is_not_said_to_be_missing() {
        let found = document("a:\n\tb: c\nd: # none\ne:\n  - x\n  y: [\n");
        let kind = |key| &found.root.get(key).unwrap().kind;
        assert_eq!((kind("a"), kind("d")), (&NodeKind::Broken, &NodeKind::Null));
    }

    #[test]
    fn hundreds_of_faults_are_told_and_what_was_given_up_is_said() {
        let text: String = (0..300).map(|n| format!("key-{n}: a: b\n")).collect();
        assert_eq!(document(&text).diagnostics.len(), 300);
        let given_up = document(&"key: a: b\n".repeat(200_000));
        assert!(given_up.diagnostics.last().unwrap().message.starts_with("not all of this file"));
    }

    #[test]
    fn a_hundred_thousand_keys_are_read_in_a_moment() {
        let text: String = (0..100_000).map(|n| format!("key-{n}: x\n")).collect();
        assert_eq!(document(&text).root.entries().len(), 100_000);
    }

    #[test]
    fn a_second_document_is_told() {
        assert_eq!(places("a: 1\n---\nb: 2\n"), [("field/yaml", 3)]);
    }
}
