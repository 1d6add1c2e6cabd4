//! Writes single keys of a group in front matter, in place: comments, order, line ends and everything else stay.
//!
//! Not here: which values are right (the caller's), and writing the file (the binary).

use crate::diagnostic::edit::{Edit, Form, one_line};
use crate::fields::node::{Entry, Node, NodeKind};
use crate::fields::yaml;
use crate::parse::front_matter;
use crate::source::{FileId, SourceTree, Span};

/// The one file that is looked at.
const FILE: FileId = FileId(0);

/// Writes a value of a group such as `review`: in the place of the old one, or behind the others.
///
/// `after` is the key behind which the group is put where it is missing. Gives nothing where the text cannot be changed with
/// certainty: without front matter, or where the group is no map.
pub fn set(text: &str, (group, after): (&str, &str), key: &str, value: &str) -> Option<String> {
    let root = front(text)?;
    let Some(entry) = entry(&root, group) else {
        let at = line_end(text, entry_end(entry(&root, after)?));
        return Some(put(text, at, &format!("{group}: {{{key}: {}}}{}", one_line(value)?, line_break(text))));
    };
    match &entry.value.kind {
        NodeKind::Null => {
            let colon = entry.key_span.end as usize + text.get(entry.key_span.end as usize..)?.find(':')? + 1;
            Some(put(text, colon, &format!(" {{{key}: {}}}", one_line(value)?)))
        }
        NodeKind::Map(entries) if !entries.is_empty() => match entries.iter().find(|entry| entry.key == key) {
            Some(old) => replaced(text, old, value),
            None => added(text, &entry.value, entries.last()?, &format!("{key}: {}", one_line(value)?)),
        },
        _ => None,
    }
}

/// Takes a key out of a group; the text stays where the key is not there.
///
/// Gives nothing where it cannot be taken out with certainty.
pub fn take_out(text: &str, group: &str, key: &str) -> Option<String> {
    let root = front(text)?;
    let Some(group) = entry(&root, group) else { return Some(text.to_owned()) };
    let entries = group.value.entries();
    let Some(at) = entries.iter().position(|entry| entry.key == key) else { return Some(text.to_owned()) };
    let (start, end) = (entries[at].key_span.start as usize, entry_end(&entries[at]));
    let (from, to) = match (is_in_braces(text, &group.value), at.checked_sub(1).map(|before| &entries[before])) {
        (true, Some(before)) if is_one_line(text, entry_end(before)..start) => (entry_end(before), end),
        (true, _) => {
            let rest = text.get(end..)?;
            let comma = rest.find(|letter: char| !letter.is_whitespace()).filter(|at| rest[*at..].starts_with(','));
            (start, comma.map_or(end, |comma| end + comma + 1))
        }
        (false, _) => {
            let (first, last) = (line_start(text, start), line_end(text, end));
            let is_alone = text.get(first..start)?.trim().is_empty() && text.get(end..last)?.trim().is_empty();
            // A comment behind the value stays.
            if is_alone { (first, last) } else { (start, end) }
        }
    };
    Some(format!("{}{}", text.get(..from)?, text.get(to..)?))
}

/// Reads the front matter; nothing where a part of it cannot be read.
fn front(text: &str) -> Option<Node> {
    let front = front_matter::split(FILE, text).ok()?.front;
    let read = yaml::read(text.get(front.start as usize..front.end as usize)?, front);
    (!read.incomplete && read.diagnostics.is_empty()).then_some(read.root)
}

fn entry<'a>(node: &'a Node, key: &str) -> Option<&'a Entry> {
    node.entries().iter().find(|entry| entry.key == key)
}

fn entry_end(entry: &Entry) -> usize {
    entry.value.span.end.max(entry.key_span.end) as usize
}

fn replaced(text: &str, old: &Entry, value: &str) -> Option<String> {
    let tree = SourceTree::from_texts([("file.md", text)]);
    let edit = Edit { span: old.value.span, text: value.to_owned(), form: Form::Value };
    let Span { start, end, .. } = old.value.span;
    let written = edit.written(&tree)?;
    Some(format!("{}{written}{}", text.get(..start as usize)?, text.get(end as usize..)?))
}

/// Adds a key behind the last one of a group.
fn added(text: &str, group: &Node, last: &Entry, written: &str) -> Option<String> {
    let end = entry_end(last);
    if is_in_braces(text, group) {
        return Some(put(text, end, &format!(", {written}")));
    }
    let key = last.key_span.start as usize;
    let indent = text.get(line_start(text, key)..key)?;
    let is_indent = !indent.is_empty() && indent.chars().all(|letter| letter == ' ');
    is_indent.then(|| put(text, line_end(text, end), &format!("{indent}{written}{}", line_break(text))))
}

fn is_in_braces(text: &str, group: &Node) -> bool {
    text.get(group.span.start as usize..).is_some_and(|rest| rest.starts_with('{'))
}

fn is_one_line(text: &str, between: std::ops::Range<usize>) -> bool {
    text.get(between).is_some_and(|between| !between.contains('\n'))
}

fn put(text: &str, at: usize, new: &str) -> String {
    format!("{}{new}{}", &text[..at], &text[at..])
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |before| before + 1)
}

/// Gives where the line ends on which something ends, its line break included.
fn line_end(text: &str, at: usize) -> usize {
    if text[..at].ends_with('\n') {
        return at;
    }
    text[at..].find('\n').map_or(text.len(), |found| at + found + 1)
}

fn line_break(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REVIEW: (&str, &str) = ("review", "owner");

    fn file(front: &str) -> String {
        format!("---\nowner: desk # 谁\n{front}fee: 1 EUR\n---\nProse\n")
    }

    /// Sets keys of `review` one after another, and gives what stands in place of `front`.
    fn after(front: &str, keys: &[(&str, &str)]) -> String {
        let set = |text: String, (key, value): &(&str, &str)| set(&text, REVIEW, key, value).unwrap();
        let text = keys.iter().fold(file(front), set);
        let (head, foot) = ("---\nowner: desk # 谁\n", "fee: 1 EUR\n---\nProse\n");
        text.strip_prefix(head).unwrap().strip_suffix(foot).unwrap().to_owned()
    }

    const KEYS: &[(&str, &str)] = &[("last", "2026-11-22"), ("of", "a-b"), ("note", "Limits: fine")];

    #[test]
    fn a_group_in_braces_is_changed_on_its_line() {
        assert_eq!(
            after("review: {last: '2026-01-01', every: 1 year} # 每年\n", KEYS),
            "review: {last: '2026-11-22', every: 1 year, of: a-b, note: \"Limits: fine\"} # 每年\n"
        );
        assert_eq!(
            after("review: {\n  last: 2026-01-01, # seen\n  every: 1 year, # often\n}\n", KEYS),
            "review: {\n  last: 2026-11-22, # seen\n  every: 1 year, of: a-b, note: \"Limits: fine\", # often\n}\n"
        );
    }

    #[test]
    fn a_group_on_lines_of_its_own_gets_lines_of_its_own() {
        assert_eq!(
            after("review:\n  # when\n  last: 2026-01-01 # then\n  every: 1 year   # often\n\n", KEYS),
            "review:\n  # when\n  last: 2026-11-22 # then\n  every: 1 year   # often\n  of: a-b\n  note: \"Limits: fine\"\n\n"
        );
    }

    #[test]
    fn a_group_that_is_missing_or_empty_is_written() {
        assert_eq!(after("", KEYS), "review: {last: 2026-11-22, of: a-b, note: \"Limits: fine\"}\n");
        assert_eq!(after("review: # soon\n", &KEYS[..1]), "review: {last: 2026-11-22} # soon\n");
    }

    #[test]
    fn line_ends_and_a_byte_order_mark_stay() {
        let text = |review: &str| format!("\u{feff}{}", file(review)).replace('\n', "\r\n");
        let set = |text: String| KEYS.iter().fold(text, |text, (key, value)| set(&text, REVIEW, key, value).unwrap());
        assert_eq!(
            set(text("review:\n  last: 2026-01-01\n")),
            text("review:\n  last: 2026-11-22\n  of: a-b\n  note: \"Limits: fine\"\n")
        );
        assert_eq!(set(text("")), text("review: {last: 2026-11-22, of: a-b, note: \"Limits: fine\"}\n"));
    }

    #[test]
    fn a_key_is_taken_out_with_its_comma_or_its_line_and_comments_stay() {
        let without = |front: &str| take_out(&file(front), "review", "note").unwrap();
        for (before, after) in [
            ("review: {last: 1, note: x}\n", "review: {last: 1}\n"),
            ("review: {note: x, last: 1}\n", "review: { last: 1}\n"),
            ("review: {last: 1, note: 'x, y', of: z}\n", "review: {last: 1, of: z}\n"),
            ("review: {\n  last: 1, # a\n  note: x,\n}\n", "review: {\n  last: 1, # a\n  \n}\n"),
            ("review:\n  last: 1\n  note: x\n", "review:\n  last: 1\n"),
            ("review:\n  note: x # why\n  last: 1\n", "review:\n   # why\n  last: 1\n"),
            ("review:\n  last: 1\n  note: >\n    x\n    y\n", "review:\n  last: 1\n"),
            ("review: {last: 1}\n", "review: {last: 1}\n"),
            ("", ""),
        ] {
            assert_eq!(without(before), file(after), "{before}");
        }
    }

    #[test]
    fn what_cannot_be_changed_with_certainty_is_left() {
        for front in ["review: soon\n", "review: [last]\n", "review: {last: }\n", "review: {last: |\n"] {
            assert_eq!(set(&file(front), REVIEW, "last", "2026-11-22"), None, "{front}");
        }
        assert_eq!(set("No front matter\n", REVIEW, "last", "2026-11-22"), None);
        assert_eq!(set("---\ntitle: T\n---\n", REVIEW, "last", "2026-11-22"), None);
        assert_eq!(set(&file("review: {last: 1}\n"), REVIEW, "note", "two\nlines"), None);
    }
}
