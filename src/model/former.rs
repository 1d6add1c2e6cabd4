//! What a thing was called before, so that links from outside still arrive.

use std::sync::Arc;

use crate::fields::scalar::Scalar;
use crate::fields::shape::Shape;
use crate::fields::table::{is_id, proposed_id};
use crate::fields::value::Few;
use crate::model::document::Document;
use crate::model::handbook::{Documents, Handbook, Register};
use crate::model::kind::Kind;
use crate::source::{Span, Spanned};
use crate::units::{Malformed, quoted};

/// An id that a thing had before, as it is written where the thing stands: for a thing of a service its id in it, or the
/// whole one where it stood in another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerId(pub String);

/// The ids that a thing had before.
pub type FormerIds = Few<Spanned<FormerId>>;

impl Scalar for FormerId {
    const SHAPE: Shape = Shape::Value { name: "earlier id", example: "old-name" };
    const FAULT: &'static str = "field/id";
    const WANTED: &'static str = "an id that it had before, such as `old-name`";

    fn parse(text: &str) -> Result<Self, Malformed> {
        if text.split('/').all(is_id) {
            return Ok(Self(text.to_owned()));
        }
        let message = format!("{} cannot have been an id: lower-case letters, digits and hyphens", quoted(text));
        let parts: Option<Vec<String>> = text.split('/').map(proposed_id).collect();
        Err(match parts {
            Some(parts) => Malformed::new(message, format!("write `{}`", parts.join("/"))),
            None => Malformed::new(message, "write the id that it had, such as `old-name`"),
        })
    }
}

/// A thing that had another id before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamed {
    /// The kind.
    pub kind: Kind,
    /// The whole id that it had.
    pub was: String,
    /// The whole id that it has.
    pub id: String,
    /// Where the earlier id is written: with the thing itself, or with its service.
    pub span: Span,
}

/// Gives the earlier ids of a thing of a service, as the anchors that they were on its page.
pub fn anchors(was: &FormerIds) -> Vec<String> {
    let anchors = was.0.iter().map(|was| was.value.0.clone());
    anchors.filter(|was| !was.contains('/')).collect()
}

impl Handbook {
    /// Gives every earlier id of every thing, the things of a service under each name that the service had.
    pub fn renamed(&self) -> Vec<Renamed> {
        let mut all = Vec::new();
        of_documents(Kind::Service, &self.services, |fields| &fields.was, &mut all);
        of_documents(Kind::Playbook, &self.playbooks, |fields| &fields.was, &mut all);
        of_documents(Kind::Checklist, &self.checklists, |fields| &fields.was, &mut all);
        of_documents(Kind::Page, &self.pages, |fields| &fields.was, &mut all);
        of_register(Kind::Role, &self.roles, |row| &row.was, &mut all);
        of_register(Kind::Channel, &self.channels, |row| &row.was, &mut all);
        of_register(Kind::Calendar, &self.calendars, |row| &row.was, &mut all);
        of_register(Kind::Factor, &self.factors, |row| &row.was, &mut all);
        of_register(Kind::Term, &self.terms, |row| &row.was, &mut all);
        of_register(Kind::Evidence, &self.evidence, |row| &row.was, &mut all);
        for document in self.services.values() {
            let fields = &document.fields;
            let mut within = Within { service: &document.id, services: &fields.was, all: &mut all };
            fields.standards.iter().for_each(|row| within.add(Kind::Standard, &row.id, &row.value.was));
            fields.promises.iter().for_each(|row| within.add(Kind::Promise, &row.id, &row.value.was));
            fields.steps.iter().for_each(|row| within.add(Kind::Step, &row.id, &row.value.was));
        }
        all
    }

    /// Finds the whole id that a thing of a kind has, by one that it had.
    pub fn formerly(&self, kind: Kind, was: &str) -> Option<String> {
        self.renamed().into_iter().find(|renamed| renamed.kind == kind && renamed.was == was).map(|found| found.id)
    }
}

fn renamed(kind: Kind, was: &str, id: &str, span: Span) -> Renamed {
    Renamed { kind, was: was.to_owned(), id: id.to_owned(), span }
}

fn of_documents<T>(kind: Kind, documents: &Documents<T>, was: fn(&T) -> &FormerIds, all: &mut Vec<Renamed>) {
    let of = |document: &Arc<Document<T>>| {
        let one = |was: &Spanned<FormerId>| renamed(kind, &was.value.0, &document.id, was.span);
        was(&document.fields).0.iter().map(one).collect::<Vec<_>>()
    };
    all.extend(documents.values().flat_map(of));
}

fn of_register<T>(kind: Kind, register: &Register<T>, was: fn(&T) -> &FormerIds, all: &mut Vec<Renamed>) {
    for (id, row) in register {
        all.extend(was(&row.value).0.iter().map(|was| renamed(kind, &was.value.0, id, was.span)));
    }
}

/// The things of a service.
struct Within<'a> {
    service: &'a str,
    services: &'a FormerIds,
    all: &'a mut Vec<Renamed>,
}

impl Within<'_> {
    fn add(&mut self, kind: Kind, id: &str, was: &FormerIds) {
        let whole = format!("{}/{id}", self.service);
        let given = was.0.iter().map(|was| (was.value.0.as_str(), Some(was.span)));
        for (inner, own) in given.chain([(id, None)]) {
            if let Some(span) = own.filter(|_| inner.contains('/')) {
                self.all.push(renamed(kind, inner, &whole, span));
                continue;
            }
            let services = self.services.0.iter().map(|was| (was.value.0.as_str(), Some(was.span)));
            for (service, outer) in services.chain([(self.service, None)]) {
                if let Some(span) = own.or(outer) {
                    self.all.push(renamed(kind, &format!("{service}/{inner}"), &whole, span));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::bench;

    fn renamed(files: &[(&str, &str)]) -> Vec<String> {
        let tree = bench::tree(files);
        let (checked, _) = bench::look(&tree);
        let line = |it: Renamed| format!("{} {} is {}", it.kind.word(), it.was, it.id);
        checked.handbook().renamed().into_iter().map(line).collect()
    }

    #[test]
    fn a_thing_says_what_it_was_called() {
        let page = "---\ntitle: P\nkind: guide\nwas: [old/way, older]\n---\n";
        let roles = "desk: {title: D, was: counter}\nlead: {title: L}\n";
        let factors = "speed: {text: S, kind: performance, was: [haste]}\n";
        let terms = "day: {text: D, meaning: M, was: date}\n";
        assert_eq!(
            renamed(&[
                ("pages/p.md", page),
                ("registers/roles.yaml", roles),
                ("registers/factors.yaml", factors),
                ("registers/terms.yaml", terms),
                ("registers/channels.yaml", "phone: {title: P, was: line}\n"),
                ("registers/evidence.yaml", "study: {claim: C, source: S, quality: primary, was: paper}\n"),
            ]),
            [
                "page old/way is p",
                "page older is p",
                "role counter is desk",
                "channel line is phone",
                "factor haste is speed",
                "term date is day",
                "piece of evidence paper is study",
            ]
        );
    }

    #[test]
    fn things_of_a_service_had_their_ids_under_each_name_of_the_service() {
        let service = bench::service("was: mending\nstandards: {quick: {was: fast}}\nsteps: {mend: {}}\n");
        assert_eq!(
            renamed(&[("services/repair.md", &service)]),
            [
                "service mending is repair",
                "standard mending/fast is repair/quick",
                "standard repair/fast is repair/quick",
                "standard mending/quick is repair/quick",
                "step mending/mend is repair/mend",
            ]
        );
    }

    #[test]
    fn what_cannot_have_been_an_id_is_refused_with_one_that_can() {
        assert_eq!(FormerId::parse("Old Way/X").unwrap_err().action, "write `old-way/x`");
        assert!(FormerId::parse("旧").is_err());
    }
}
