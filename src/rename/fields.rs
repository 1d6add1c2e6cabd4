//! References in fields, registers, results and settings; and the place where a thing is declared.

use super::{Asked, Before, Plan};
use crate::checks::mentions::bound_thing;
use crate::checks::references;
use crate::fields::value::{Reference, Visitor};
use crate::fields::yaml;
use crate::model::document::Document;
use crate::model::kind::Kind;
use crate::model::lookup::Scope;
use crate::model::service::Service;
use crate::parse::front_matter;
use crate::source::{FileId, Span};

/// Adds the changes.
pub(super) fn add(plan: &mut Plan<'_>) {
    let Before { checked, tree, .. } = plan.before;
    let handbook = checked.handbook();
    let mut met = Met::default();
    references::each(handbook, &mut met);
    for line in handbook.results.iter() {
        met.add(Kind::Standard, &line.standard.id, line.standard.span);
        if let Some(channel) = &line.channel {
            met.add(Kind::Channel, &channel.id, channel.span);
        }
    }
    if let Some(calendar) = &handbook.config.calendar {
        met.add(Kind::Calendar, &calendar.value, calendar.span);
    }
    for (kind, id, span) in met.typed {
        if let Some(now) = plan.asked.now(&(kind, id)) {
            // Within a service the service is left out.
            let is_local = kind.is_within_service() && !tree.slice(span).contains('/');
            let text = if is_local { last(&now) } else { &now };
            if tree.slice(span) != text {
                plan.value(span, text);
            }
        }
    }
    for (written, span) in met.any {
        let thing = handbook.look_up(&written, &Scope::default()).ok();
        if let Some((thing, now)) = thing.and_then(|thing| plan.asked.now(&thing).map(|now| (thing, now))) {
            let text = anew(&written, thing.0, &now, plan);
            plan.value(span, &text);
        }
    }
    declare(plan);
}

/// Writes a reference that may be of any kind anew: with its kind where it had it, or where it is needed now.
fn anew(written: &str, kind: Kind, now: &str, plan: &Plan<'_>) -> String {
    let handbook = plan.before.checked.handbook();
    let had_kind = written.split_once('/').and_then(|(folder, _)| Kind::of_folder(folder)) == Some(kind);
    let begins_as_kind = now.split_once('/').is_some_and(|(folder, _)| Kind::of_folder(folder).is_some());
    let others = Kind::ALL.into_iter().any(|other| other != kind && handbook.has(other, now));
    match had_kind || begins_as_kind || others {
        true => format!("{}/{now}", kind.folder()),
        false => now.to_owned(),
    }
}

/// The references that were met.
#[derive(Default)]
struct Met {
    typed: Vec<(Kind, String, Span)>,
    any: Vec<(String, Span)>,
}

impl Met {
    fn add(&mut self, kind: Kind, id: &str, span: Span) {
        self.typed.push((kind, id.to_owned(), span));
    }
}

impl Visitor for Met {
    fn reference(&mut self, reference: &Reference) {
        match Kind::of_folder(reference.kind) {
            Some(kind) => self.add(kind, &reference.id, reference.span),
            None => self.any.push((reference.id.clone(), reference.span)),
        }
    }
}

fn last(id: &str) -> &str {
    id.rsplit('/').next().unwrap_or_default()
}

/// Adds the changes where the thing itself stands: its key, in each language, and the ids of its sections.
fn declare(plan: &mut Plan<'_>) {
    let Asked { kind, old, new } = plan.asked;
    let handbook = plan.before.checked.handbook();
    if kind.is_within_service() {
        let Some((document, inner)) = handbook.service_of(old) else { return };
        let files: Vec<FileId> = document.files().collect();
        for file in files {
            keys(plan, file, *kind, inner);
        }
        sections(plan, document, inner);
    } else if !matches!(kind, Kind::Service | Kind::Playbook | Kind::Checklist | Kind::Page)
        && let Some(key) = handbook.declared(*kind, old)
    {
        plan.value(key, new);
    }
}

/// Adds the key of the thing in a file of its service.
fn keys(plan: &mut Plan<'_>, file: FileId, kind: Kind, inner: &str) {
    let Some(text) = plan.before.tree.text(file) else { return };
    let Ok(parts) = front_matter::split(file, text.as_str()) else { return };
    let written = &text.as_str()[parts.front.start as usize..parts.front.end as usize];
    let root = yaml::read(written, parts.front).root;
    let entries = root.get(kind.folder()).map_or(&[][..], |things| things.entries());
    let new = last(&plan.asked.new);
    entries.iter().filter(|entry| entry.key == inner).for_each(|entry| plan.value(entry.key_span, new));
}

/// Adds the ids of the sections that belong to the thing.
fn sections(plan: &mut Plan<'_>, document: &Document<Service>, inner: &str) {
    let checked = plan.before.checked;
    let bound = bound_thing(checked.handbook(), &document.id, inner);
    if bound.as_ref() != Some(&(plan.asked.kind, plan.asked.old.clone())) {
        return;
    }
    let new = last(&plan.asked.new).to_owned();
    for file in document.files() {
        let sections = checked.prose(file).map_or(&[][..], |prose| &prose.sections);
        for id in sections.iter().filter_map(|section| section.id.as_ref()).filter(|id| id.value == inner) {
            plan.text(id.span, new.clone());
        }
    }
}
