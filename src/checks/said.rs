//! All that a handbook says, text by text, with what it belongs to.

use crate::checks::CheckedHandbook;
use crate::fields::text::{Language, Text};
use crate::fields::value::{Value, Visitor};
use crate::markdown::prose::Prose;
use crate::model::handbook::{Documents, Handbook, Register};
use crate::model::kind::Kind;
use crate::model::lookup::Thing;
use crate::source::Spanned;

/// A text in a field or register, in one language.
#[derive(Clone, Debug)]
pub struct Said {
    /// The thing: a standard, step or promise, or else the document or entry of a register.
    pub thing: Thing,
    /// The field below the thing, with strokes: `statement`, `remedy/what`, `unless/0`.
    pub field: String,
    /// The language.
    pub language: Language,
    /// The text and its place.
    pub text: Spanned<String>,
}

impl Said {
    /// Tells whether the text stands in a field, or in the list or group of that name.
    pub fn is_in(&self, field: &str) -> bool {
        self.field.strip_prefix(field).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// The prose of a document in one language.
#[derive(Clone, Debug)]
pub struct Written<'a> {
    /// The document.
    pub thing: Thing,
    /// The language.
    pub language: Language,
    /// The prose.
    pub prose: &'a Prose,
}

/// Collects the texts of all fields and registers.
pub fn all_said(handbook: &Handbook) -> Vec<Said> {
    let mut listener = Listener::default();
    documents(&handbook.services, Kind::Service, &mut listener);
    documents(&handbook.playbooks, Kind::Playbook, &mut listener);
    documents(&handbook.checklists, Kind::Checklist, &mut listener);
    documents(&handbook.pages, Kind::Page, &mut listener);
    register(&handbook.roles, Kind::Role, &mut listener);
    register(&handbook.channels, Kind::Channel, &mut listener);
    register(&handbook.calendars, Kind::Calendar, &mut listener);
    register(&handbook.factors, Kind::Factor, &mut listener);
    register(&handbook.terms, Kind::Term, &mut listener);
    register(&handbook.evidence, Kind::Evidence, &mut listener);
    listener.said
}

/// Collects the prose of all documents.
pub fn all_written(checked: &CheckedHandbook) -> Vec<Written<'_>> {
    fn of<'a, T>(documents: &'a Documents<T>, kind: Kind, checked: &'a CheckedHandbook, all: &mut Vec<Written<'a>>) {
        for (id, document) in documents {
            for (language, body) in document.bodies() {
                let prose = checked.prose(body.span.file);
                all.extend(prose.map(|prose| Written { thing: (kind, id.clone()), language, prose }));
            }
        }
    }
    let (handbook, mut all) = (checked.handbook(), Vec::new());
    of(&handbook.services, Kind::Service, checked, &mut all);
    of(&handbook.playbooks, Kind::Playbook, checked, &mut all);
    of(&handbook.checklists, Kind::Checklist, checked, &mut all);
    of(&handbook.pages, Kind::Page, checked, &mut all);
    all
}

fn documents<T: Value>(documents: &Documents<T>, kind: Kind, listener: &mut Listener) {
    for (id, document) in documents {
        listener.listen((kind, id), &document.fields);
    }
}

fn register<T: Value>(register: &Register<T>, kind: Kind, listener: &mut Listener) {
    for (id, row) in register {
        listener.listen((kind, id), &row.value);
    }
}

#[derive(Default)]
struct Listener {
    whole: Option<Thing>,
    path: Vec<String>,
    said: Vec<Said>,
}

impl Listener {
    fn listen<T: Value>(&mut self, (kind, id): (Kind, &str), fields: &T) {
        self.whole = Some((kind, id.to_owned()));
        fields.walk(self);
    }

    /// Gives the thing and the field in which the walk is.
    fn place(&self) -> Option<(Thing, String)> {
        let (kind, id) = self.whole.clone()?;
        let inner = match self.path.as_slice() {
            [table, inner, ..] if kind == Kind::Service => {
                Kind::of_folder(table).filter(|inner| inner.is_within_service()).map(|kind| (kind, inner))
            }
            _ => None,
        };
        Some(match inner {
            Some((inner_kind, inner)) => ((inner_kind, format!("{id}/{inner}")), self.path[2..].join("/")),
            None => ((kind, id), self.path.join("/")),
        })
    }
}

impl Visitor for Listener {
    fn enter(&mut self, key: &str) {
        self.path.push(key.to_owned());
    }

    fn leave(&mut self) {
        self.path.pop();
    }

    fn text(&mut self, text: &Text) {
        let Some((thing, field)) = self.place().filter(|_| !text.is_empty()) else { return };
        for (language, text) in text.versions() {
            self.said.push(Said { thing: thing.clone(), field: field.clone(), language, text: text.clone() });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::{look, service, tree};
    use crate::checks::said::all_said;
    use crate::fields::text::Language;

    fn said(rest: &str) -> Vec<String> {
        let tree = tree(&[("services/repair.md", &service(rest))]);
        let said = all_said(look(&tree).0.handbook());
        let line = |it: &super::Said| format!("{} {} {}: {}", it.thing.0.folder(), it.thing.1, it.field, it.text.value);
        said.iter().filter(|it| it.language == Language(0)).map(line).collect()
    }

    #[test]
    fn a_text_belongs_to_the_standard_step_or_promise_in_which_it_stands() {
        let lines = said("because: B\npromises: {p: {unless: [U, V], remedy: {what: W}}}\nsteps: {s: {title: S}}\n");
        for line in [
            "services repair because: B",
            "promises repair/p unless/1: V",
            "promises repair/p remedy/what: W",
            "steps repair/s title: S",
        ] {
            assert!(lines.iter().any(|said| said == line), "{line} {lines:#?}");
        }
    }

    #[test]
    fn registers_speak_every_language() {
        let tree = tree(&[]);
        let said = all_said(look(&tree).0.handbook());
        let german = said.iter().filter(|it| it.language == Language(1)).map(|it| it.text.value.as_str());
        assert!(german.eq(["Annahme", "Leitung"]));
    }

    #[test]
    fn a_field_is_found_by_its_name_or_that_of_its_list() {
        let tree = tree(&[("services/repair.md", &service("promises: {p: {unless: [U], statement: S}}\n"))]);
        let said = all_said(look(&tree).0.handbook());
        let count = |field: &str| said.iter().filter(|it| it.is_in(field)).count();
        assert_eq!((count("unless"), count("statement"), count("unle")), (1, 1, 0));
    }
}
