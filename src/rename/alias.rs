//! The earlier id, `was`, which a renamed thing keeps so that old links still arrive.

use super::{Asked, Plan};
use crate::diagnostic;
use crate::fields::node::{Entry, Node, NodeKind};
use crate::fields::yaml;
use crate::model::kind::Kind;
use crate::parse::front_matter;
use crate::source::{FileId, Span};
use crate::units::Malformed;

/// The key.
const WAS: &str = "was";

/// Adds the earlier id, and takes the new one out.
pub(super) fn add(plan: &mut Plan<'_>) -> Result<(), Malformed> {
    let Some((record, place)) = record(plan) else { return Ok(()) };
    let old = plan.asked.inner(&plan.asked.old).to_owned();
    let new = plan.asked.inner(&plan.asked.new).to_owned();
    match record.entries().iter().find(|entry| entry.key == WAS) {
        None => match insertion(&record, place, plan, &old) {
            Some((span, text)) => plan.text(span, text),
            None => return Err(refused(place, plan)),
        },
        Some(given) => {
            let mut ids = ids(&given.value).ok_or_else(|| refused(given.key_span, plan))?;
            let text = plan.before.tree.slice(given.value.span);
            if matches!(given.value.kind, NodeKind::List(_)) && !text.starts_with('[') {
                return add_line(plan, given, (&old, &new));
            }
            ids.retain(|id| *id != new);
            ids.push(old);
            plan.text(given.value.span, format!("[{}]", ids.join(", ")));
        }
    }
    Ok(())
}

/// Adds a line to a list that has a line for each, and takes the line of the new id out.
fn add_line(plan: &mut Plan<'_>, given: &Entry, (old, new): (&str, &str)) -> Result<(), Malformed> {
    let NodeKind::List(items) = &given.value.kind else { return Ok(()) };
    let text = whole_text(plan, given.key_span.file);
    let Some(last) = items.last() else { return Err(refused(given.key_span, plan)) };
    if let Some(again) = items.iter().find(|item| matches!(&item.kind, NodeKind::Scalar(id) if id == new)) {
        plan.value(again.span, old);
        return Ok(());
    }
    let start = text[..last.span.start as usize].rfind('\n').map_or(0, |at| at + 1);
    let front = &text[start..last.span.start as usize];
    let end = end_of_line(&text, last.span.end as usize);
    let span = Span::new(last.span.file, end, end);
    plan.text(span, format!("{}{front}{old}", line_end(&text)));
    Ok(())
}

fn ids(node: &Node) -> Option<Vec<String>> {
    let one = |node: &Node| match &node.kind {
        NodeKind::Scalar(id) => Some(id.clone()),
        _ => None,
    };
    match &node.kind {
        NodeKind::List(items) => items.iter().map(one).collect(),
        _ => one(node).map(|id| vec![id]),
    }
}

/// Finds the fields of the thing, and the place of its key or of the beginning of its file.
fn record(plan: &Plan<'_>) -> Option<(Node, Span)> {
    let Asked { kind, old, .. } = plan.asked;
    let handbook = plan.before.checked.handbook();
    let file = match kind {
        Kind::Service => handbook.services.get(old)?.file,
        Kind::Playbook => handbook.playbooks.get(old)?.file,
        Kind::Checklist => handbook.checklists.get(old)?.file,
        Kind::Page => handbook.pages.get(old)?.file,
        Kind::Standard | Kind::Step | Kind::Promise => handbook.service_of(old)?.0.file,
        _ => handbook.declared(*kind, old)?.file,
    };
    let text = plan.before.tree.text(file)?;
    let front = match kind {
        kind if is_in_register(*kind) => Span::new(file, 0, text.as_str().len()),
        _ => front_matter::split(file, text.as_str()).ok()?.front,
    };
    let root = yaml::read(text.as_str().get(front.start as usize..front.end as usize)?, front).root;
    let entry = |node: &Node, key: &str| node.entries().iter().find(|entry| entry.key == key).cloned();
    match kind {
        kind if is_in_register(*kind) => entry(&root, old).map(|entry| (entry.value, entry.key_span)),
        kind if kind.is_within_service() => {
            let things = root.get(kind.folder())?;
            entry(things, plan.asked.inner(old)).map(|entry| (entry.value, entry.key_span))
        }
        _ => Some((root, front.beginning())),
    }
}

/// Tells whether things of a kind stand in a register.
fn is_in_register(kind: Kind) -> bool {
    !kind.is_within_service() && !matches!(kind, Kind::Service | Kind::Playbook | Kind::Checklist | Kind::Page)
}

/// Says where the field is put in, and what: behind the first field that fills a line, or behind the brace.
fn insertion(record: &Node, place: Span, plan: &Plan<'_>, old: &str) -> Option<(Span, String)> {
    let text = whole_text(plan, place.file);
    let at = |at: usize| Span::new(place.file, at, at);
    let span = record.span;
    let first = record.entries().first()?;
    let before_first = &text[..first.key_span.start as usize];
    let start = before_first.rfind('\n').map_or(0, |at| at + 1);
    let pad = text[start..first.key_span.start as usize].trim_start_matches('\u{feff}');
    if text[span.start as usize..].starts_with('{') {
        return Some((at(span.start as usize + 1), format!("{WAS}: [{old}], ")));
    }
    if !pad.chars().all(|letter| letter == ' ') {
        return None;
    }
    let fills_a_line = |entry: &&Entry| {
        let value = entry.value.span;
        let written = &text[entry.key_span.start as usize..value.end as usize];
        matches!(entry.value.kind, NodeKind::Scalar(_)) && !written.contains('\n')
    };
    let line = format!("{pad}{WAS}: [{old}]");
    Some(match record.entries().iter().find(fills_a_line) {
        Some(entry) => (at(end_of_line(&text, entry.value.span.end as usize)), format!("{}{line}", line_end(&text))),
        None => (at(start), format!("{line}{}", line_end(&text))),
    })
}

fn whole_text(plan: &Plan<'_>, file: FileId) -> String {
    plan.before.tree.text(file).map_or_else(String::new, |text| text.as_str().to_owned())
}

fn line_end(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// Finds the end of a line, before the sign that ends it.
fn end_of_line(text: &str, from: usize) -> usize {
    let end = text[from..].find('\n').map_or(text.len(), |ahead| from + ahead);
    if text[from..end].ends_with('\r') { end - 1 } else { end }
}

fn refused(place: Span, plan: &Plan<'_>) -> Malformed {
    let at = diagnostic::locate(&place.into(), plan.before.tree, "");
    Malformed::new(
        format!("{}:{}: the earlier id cannot be put in here", at.path, at.line),
        format!("write the fields of the {} one a line; nothing was written", plan.asked.kind.word()),
    )
}
