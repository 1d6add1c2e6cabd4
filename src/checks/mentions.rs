//! Walks over every wiki link of a handbook, in fields and in prose, with where it stands: on that depends what it names.
//!
//! Not here: what it names (`model::lookup`), and telling that it names nothing (`wiki_links`).

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::fields::text::Text;
use crate::fields::value::{Value, Visitor};
use crate::markdown::fault::ProseFault;
use crate::markdown::prose::{Prose, Section};
use crate::markdown::wiki::{self, WikiLink};
use crate::model::document::Document;
use crate::model::handbook::{Documents, Handbook};
use crate::model::kind::Kind;
use crate::model::lookup::{Scope, Thing};
use crate::model::service::Service;
use crate::source::{FileId, SourceTree, Span, Spanned};

/// Where wiki links are looked for.
#[derive(Clone, Copy)]
pub struct Places<'a> {
    /// The handbook.
    pub handbook: &'a Handbook,
    /// The prose of its Markdown files.
    pub prose: &'a BTreeMap<FileId, Arc<Prose>>,
    /// The files.
    pub tree: &'a SourceTree,
}

/// What is met on the way.
pub enum Met<'a> {
    /// A wiki link, where it stands, and the text that it stands in.
    Link(&'a WikiLink, &'a Scope, Span),
    /// Something in a field that begins as a wiki link does and cannot be read.
    Fault(ProseFault),
}

/// A part of a handbook that is walked by itself: a document with its prose, or a row of a register.
pub enum Stretch<'a> {
    /// A service; what belongs to its standards, steps and promises is theirs.
    Service(&'a Document<Service>),
    /// Another document.
    Document(&'a dyn Fields, Vec<FileId>),
    /// A row of a register.
    Row(&'a dyn Fields),
}

/// Fields in which there may be wiki links.
pub trait Fields: Sync {
    /// Walks over their texts.
    fn walk_texts(&self, visitor: &mut dyn Visitor);
}

impl<T: Value + Sync> Fields for T {
    fn walk_texts(&self, visitor: &mut dyn Visitor) {
        self.walk(visitor);
    }
}

/// Gives all parts of a handbook, in the order in which they are walked.
pub fn stretches(handbook: &Handbook) -> Vec<Stretch<'_>> {
    fn documents<T: Value + Sync>(documents: &Documents<T>) -> impl Iterator<Item = Stretch<'_>> {
        documents.values().map(|document| Stretch::Document(&document.fields, document.files().collect()))
    }
    let services = handbook.services.values().map(|document| Stretch::Service(document));
    let mut all: Vec<Stretch<'_>> = services.collect();
    all.extend(documents(&handbook.playbooks));
    all.extend(documents(&handbook.checklists));
    all.extend(documents(&handbook.pages));
    all.extend(handbook.roles.values().map(|row| Stretch::Row(&row.value)));
    all.extend(handbook.channels.values().map(|row| Stretch::Row(&row.value)));
    all.extend(handbook.factors.values().map(|row| Stretch::Row(&row.value)));
    all.extend(handbook.terms.values().map(|row| Stretch::Row(&row.value)));
    all.extend(handbook.evidence.values().map(|row| Stretch::Row(&row.value)));
    all
}

/// Walks over all.
pub fn each(places: Places<'_>, see: &mut dyn FnMut(Met<'_>)) {
    stretches(places.handbook).iter().for_each(|stretch| within(places, stretch, see));
}

/// Walks over one part.
pub fn within(places: Places<'_>, stretch: &Stretch<'_>, see: &mut dyn FnMut(Met<'_>)) {
    let mut walker = Walker { places, scope: Scope::default(), see };
    match stretch {
        Stretch::Service(document) => walker.service(document),
        Stretch::Document(fields, files) => {
            fields.walk_texts(&mut walker);
            files.iter().for_each(|file| walker.prose(*file));
        }
        Stretch::Row(fields) => fields.walk_texts(&mut walker),
    }
}

/// Gives the thing of a service to which the section at a place of its prose belongs.
pub fn owner_of_section(handbook: &Handbook, service: &str, prose: &Prose, place: u32) -> Option<Thing> {
    let local = (place.saturating_sub(prose.base.start)) as usize;
    let around = |section: &&Section| section.heading.start <= local && local < section.body.end;
    let mut ids = prose.sections.iter().rev().filter(around).filter_map(|section| section.id.as_ref());
    ids.find_map(|id| bound_thing(handbook, service, &id.value))
}

/// Gives the standard, promise or step of a service that has an id.
pub fn bound_thing(handbook: &Handbook, service: &str, id: &str) -> Option<Thing> {
    let whole = format!("{service}/{id}");
    let kinds = [Kind::Standard, Kind::Promise, Kind::Step];
    kinds.into_iter().find(|kind| handbook.has(*kind, &whole)).map(|kind| (kind, whole))
}

struct Walker<'a, 'b> {
    places: Places<'a>,
    scope: Scope,
    see: &'b mut dyn FnMut(Met<'_>),
}

impl Walker<'_, '_> {
    fn service(&mut self, document: &Document<Service>) {
        let (id, fields) = (&document.id, &document.fields);
        self.scope.service = Some(id.clone());
        for row in fields.standards.iter() {
            self.own(Kind::Standard, format!("{id}/{}", row.id), &row.value);
        }
        for row in fields.steps.iter() {
            self.own(Kind::Step, format!("{id}/{}", row.id), &row.value);
        }
        for row in fields.promises.iter() {
            self.own(Kind::Promise, format!("{id}/{}", row.id), &row.value);
        }
        for text in [&fields.title, &fields.audience, &fields.outcome, &fields.because] {
            self.text(text);
        }
        fields.needs.walk(self);
        fields.exceptions.walk(self);
        fields.fee.walk(self);
        fields.approved.walk(self);
        document.files().for_each(|file| self.prose(file));
    }

    fn own(&mut self, kind: Kind, id: String, value: &impl Value) {
        self.scope.own = Some((kind, id));
        value.walk(self);
        self.scope.own = None;
    }

    fn prose(&mut self, file: FileId) {
        let Some(prose) = self.places.prose.get(&file) else { return };
        for link in &prose.wiki_links {
            if let Some(service) = self.scope.service.clone() {
                self.scope.own = owner_of_section(self.places.handbook, &service, prose, link.span.start);
            }
            (self.see)(Met::Link(link, &self.scope, prose.base));
        }
        self.scope.own = None;
    }
}

/// Finds where the characters of a text begin, behind a quotation mark if there is one.
pub fn place_of(tree: &SourceTree, version: &Spanned<String>) -> Span {
    let written = tree.slice(version.span);
    let start = written.find(version.value.as_str()).unwrap_or(0);
    version.span.part(start, (version.span.end - version.span.start) as usize)
}

impl Visitor for Walker<'_, '_> {
    fn text(&mut self, text: &Text) {
        for (_, version) in text.versions().filter(|(_, version)| version.value.contains("[[")) {
            let (links, faults) = wiki::parse_all(&version.value, place_of(self.places.tree, version));
            links.iter().for_each(|link| (self.see)(Met::Link(link, &self.scope, version.span)));
            faults.into_iter().for_each(|fault| (self.see)(Met::Fault(fault)));
        }
    }
}
