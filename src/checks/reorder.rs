//! The items of a list in another order: the changes that make it, each item with its remarks.
//!
//! Not here: which order is right (the checks).

use std::ops::Range;

use crate::diagnostic::edit::{Edit, Form};
use crate::fields::node::{Node, NodeKind};
use crate::source::Span;

/// Gives the changes that put the items of a list into an order; `order` names the item for each place.
///
/// `text` is the whole file. An item of a list with hyphens takes along the remarks above it and behind it. Nothing is
/// given where an item shares a line with another, or remarks stand between brackets.
pub fn reorder(text: &str, list: &Node, order: &[usize]) -> Option<Vec<Edit>> {
    let NodeKind::List(items) = &list.kind else { return None };
    let whole = text.get(list.span.start as usize..list.span.end as usize)?;
    let parts = match whole.starts_with('[') {
        true if whole.contains('#') && whole.contains('\n') => None,
        true => Some(items.iter().map(|item| item.span.start as usize..item.span.end as usize).collect()),
        false => lines_of(text, items),
    }?;
    let place = |(at, from): (usize, &usize)| {
        let (there, here) = (parts.get(at)?.clone(), text.get(parts.get(*from)?.clone())?);
        let span = Span::new(list.span.file, there.start, there.end);
        Some((at != *from).then(|| Edit { span, text: here.to_owned(), form: Form::Text }))
    };
    let edits: Option<Vec<Option<Edit>>> = order.iter().enumerate().map(place).collect();
    edits.filter(|edits| edits.len() == items.len()).map(|edits| edits.into_iter().flatten().collect())
}

/// Finds the lines of each item of a list with hyphens: from the remarks above it to the end of its last line.
fn lines_of(text: &str, items: &[Node]) -> Option<Vec<Range<usize>>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    for item in items {
        let line = line_start(text, item.span.start as usize);
        let hyphen = text.get(line..item.span.start as usize)?;
        if hyphen.trim() != "-" {
            return None;
        }
        let start = above(text, line, parts.last().map_or(0, |before| before.end));
        let last = last_byte(text, item);
        let end = text.get(last..)?.find('\n').map_or(text.len(), |ahead| last + ahead);
        let rest = text.get(last..end)?.trim();
        if !(rest.is_empty() || rest.starts_with('#')) {
            return None;
        }
        parts.push(start..end - usize::from(text.get(..end)?.ends_with('\r')));
    }
    Some(parts)
}

/// Goes up over the lines that hold nothing but a remark, not further than another item.
fn above(text: &str, line: usize, least: usize) -> usize {
    let mut start = line;
    while start > least {
        let before = line_start(text, start - 1);
        let is_remark = text.get(before..start).is_some_and(|line| line.trim_start().starts_with('#'));
        if !is_remark || before < least {
            break;
        }
        start = before;
    }
    start
}

fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |found| found + 1)
}

/// Finds the end of the last value of an item; the item's own may lie behind remarks, unless it is in brackets.
fn last_byte(text: &str, node: &Node) -> usize {
    let end = node.span.end as usize;
    if matches!(text.as_bytes().get(node.span.start as usize), Some(b'[' | b'{')) {
        return end;
    }
    match &node.kind {
        NodeKind::Map(entries) => {
            let ends = entries.iter().map(|entry| last_byte(text, &entry.value).max(entry.key_span.end as usize));
            ends.max().unwrap_or(end)
        }
        NodeKind::List(items) => items.iter().map(|item| last_byte(text, item)).max().unwrap_or(end),
        _ => end,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostic;
    use crate::fields::yaml;
    use crate::mend::mend;
    use crate::source::{FileId, SourceTree};

    /// Puts the items of the list `a` into an order, and gives the new text.
    fn reordered(text: &str, order: &[usize]) -> Option<String> {
        let whole = Span::new(FileId(0), 0, text.len());
        let root = yaml::read(text, whole).root;
        let fix = reorder(text, root.get("a").unwrap(), order)?;
        let told = Diagnostic { fix, ..Diagnostic::error("x/y", whole, "m") };
        let tree = SourceTree::from_texts([("a.yaml", text)]);
        mend(&[told], &tree).texts.remove(&FileId(0))
    }

    #[test]
    fn items_with_hyphens_take_their_lines_and_remarks_along() {
        let text = "a:\n  # broken\n  - at: 100%   # late\n    tell: lead\n\n  # early, 先说\n  - at: 70%\n    tell: [desk, x]   # both\n# b\nb: c\n";
        assert_eq!(
            reordered(text, &[1, 0]).unwrap(),
            "a:\n  # early, 先说\n  - at: 70%\n    tell: [desk, x]   # both\n\n  # broken\n  - at: 100%   # late\n    tell: lead\n# b\nb: c\n"
        );
    }

    #[test]
    fn line_ends_stay_and_a_last_line_needs_none() {
        assert_eq!(reordered("a:\r\n- 3\r\n- 1\r\n- 2", &[1, 2, 0]).unwrap(), "a:\r\n- 1\r\n- 2\r\n- 3");
    }

    #[test]
    fn items_in_brackets_change_places_and_the_commas_stay() {
        assert_eq!(reordered("a: [ {x: 2},{x: 1} ] # why\n", &[1, 0]).unwrap(), "a: [ {x: 1},{x: 2} ] # why\n");
        assert_eq!(reordered("a: [\n  {x: 2},\n  {x: 1},\n]\n", &[1, 0]).unwrap(), "a: [\n  {x: 1},\n  {x: 2},\n]\n");
    }

    #[test]
    fn items_whose_lines_cannot_be_told_apart_are_left() {
        assert_eq!(reordered("a: [2, # two\n  1]\n", &[1, 0]), None);
        assert_eq!(reordered("a:\n  - - 2\n  - - 1\n", &[1, 0]), Some("a:\n  - - 1\n  - - 2\n".to_owned()));
        assert_eq!(reordered("a: {b: 1}\n", &[1, 0]), None);
        assert_eq!(reordered("a: [2, 1]\n", &[1]), None);
        assert_eq!(reordered("a: [2, 1]\n", &[1, 7]), None);
    }
}
