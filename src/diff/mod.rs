//! Two handbooks to a list of changes in the field's words: tightened, loosened, added, withdrawn.
//!
//! Things are compared, not lines. What binds stands in `facts`, with what it means for it to become more or less. Not here:
//! where the two handbooks come from (the binary asks git), and whether a handbook is sound (`checks`).

pub mod approved;
pub mod change;
mod days;
pub mod differs;
pub mod fact;
pub mod facts;
mod moves;
pub mod pair;
pub mod past;
pub mod registers;
pub mod renames;
pub mod sense;
pub mod shown;
pub mod told;
pub mod values;
pub mod words;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use crate::calendar::Calendar;
use crate::diagnostic::{Place, locate};
use crate::fields::table::{Row, Table};
use crate::fields::text::SOURCE;
use crate::fields::value;
use crate::model::document::Document;
use crate::model::handbook::{Documents, Handbook, Register};
use crate::model::kind::Kind;
use crate::source::{FileId, SourceTree, Span};
use change::{At, Change, Effect, What};
use differs::{Differs, Ground};
use fact::Facts;
use facts::Binding;
use pair::Renames;
use values::Value;
use words::Words;

/// A handbook that is compared.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The handbook, as far as it could be read.
    pub handbook: &'a Handbook,
    /// Its files.
    pub tree: &'a SourceTree,
    /// The path of the content folder below the root, such as `content/`.
    pub prefix: &'a str,
    /// The handbook whose calendars tell which of two limits is longer, where they run on different clocks.
    pub calendars: &'a Handbook,
}

impl Side<'_> {
    fn at(&self, span: Span, before: bool) -> At {
        let place = locate(&Place::At(span), self.tree, self.prefix);
        At { path: place.path, line: place.line, before }
    }

    fn text(&self, file: FileId) -> &str {
        self.tree.text(file).map_or("", |text| text.as_str())
    }
}

/// Compares two handbooks; what customers feel comes first within a thing, and things in the order of their kinds and ids.
pub fn compare(before: Side<'_>, after: Side<'_>) -> Vec<Change> {
    let mut comparing = Comparing { before, after, renames: renames::find(before, after), changes: Vec::new() };
    comparing.settings();
    comparing.services();
    comparing.moves();
    let (old, new) = (before.handbook, after.handbook);
    comparing.documents(Kind::Playbook, &old.playbooks, &new.playbooks, |_, _, _| {});
    comparing.documents(Kind::Checklist, &old.checklists, &new.checklists, |it, from, to| it.items(from, to));
    comparing.documents(Kind::Page, &old.pages, &new.pages, |_, _, _| {});
    comparing.register(Kind::Role, &old.roles, &new.roles, |role| role.title.source());
    comparing.register(Kind::Channel, &old.channels, &new.channels, |channel| channel.title.source());
    comparing.register(Kind::Calendar, &old.calendars, &new.calendars, |_| "");
    comparing.register(Kind::Factor, &old.factors, &new.factors, |factor| factor.text.source());
    comparing.register(Kind::Term, &old.terms, &new.terms, |term| term.text.source());
    comparing.register(Kind::Evidence, &old.evidence, &new.evidence, |evidence| evidence.claim.source());
    comparing.holidays();
    let mut changes = comparing.changes;
    let place = |kind: Kind| Kind::ALL.iter().position(|one| *one == kind);
    changes.sort_by(|a, b| {
        (a.effect, place(a.kind), &a.id, a.what, &a.field).cmp(&(b.effect, place(b.kind), &b.id, b.what, &b.field))
    });
    changes
}

/// A thing that is compared: what it is called, and where it stands.
#[derive(Clone, Debug)]
struct Thing {
    kind: Kind,
    id: String,
    title: String,
    at: At,
}

struct Comparing<'a> {
    before: Side<'a>,
    after: Side<'a>,
    renames: Renames,
    changes: Vec<Change>,
}

impl<'a> Comparing<'a> {
    fn tell(&mut self, what: What, thing: &Thing, (field, before, after): (&str, &str, &str)) {
        self.tell_felt((what, None), thing, (field, before, after));
    }

    /// Tells a change, with what it means for customers where its name alone does not say that.
    fn tell_felt(
        &mut self,
        (what, felt): (What, Option<Effect>),
        thing: &Thing,
        (field, before, after): (&str, &str, &str),
    ) {
        self.changes.push(Change {
            what,
            effect: felt.unwrap_or_else(|| what.effect(thing.kind)),
            kind: thing.kind,
            id: thing.id.clone(),
            now: None,
            title: thing.title.clone(),
            field: field.to_owned(),
            before: before.to_owned(),
            after: after.to_owned(),
            at: thing.at.clone(),
        });
    }

    /// Gives the facts of an older thing with the ids that its things have now.
    fn as_now(&self, mut facts: Facts) -> Facts {
        for fact in &mut facts.known {
            let now = |kind: Kind, ids: &BTreeSet<String>| {
                ids.iter().map(|id| self.renames.now(kind, id).to_owned()).collect()
            };
            match &mut fact.value {
                Value::Things(kind, ids) => *ids = now(*kind, ids),
                Value::Told(all) => all.iter_mut().for_each(|(_, roles)| *roles = now(Kind::Role, roles)),
                _ => {}
            }
        }
        facts
    }

    /// Tells what binds and is not as it was; gives the fields.
    fn facts(&mut self, thing: &Thing, before: Facts, after: &Facts, through: Option<&Calendar>) -> Vec<String> {
        let language = self.language();
        let ground = Ground { calendar: through, language: &language };
        let mut before = self.as_now(before);
        let mut found = Vec::new();
        for part in facts::PARTS {
            found.extend(differs::align(&mut before, after, part, ground));
        }
        found.extend(differs::compare(&before, after, ground));
        // What is missing where a part could not be read may stand in that part.
        let document = match thing.kind {
            Kind::Standard | Kind::Step | Kind::Promise => {
                (Kind::Service, thing.id.rsplit_once('/').map_or("", |(service, _)| service).to_owned())
            }
            kind => (kind, thing.id.clone()),
        };
        let is_cut = |side: Side<'_>| side.handbook.unknown.incomplete.contains(&document);
        let (was_cut, is_cut) = (is_cut(self.before), is_cut(self.after));
        let may_stand_there = |it: &Differs| (was_cut && it.before.is_empty()) || (is_cut && it.after.is_empty());
        found.retain(|it| !may_stand_there(it));
        let fields = found.iter().map(|it| it.key.split('.').next().unwrap_or_default().to_owned()).collect();
        for Differs { what, felt, key, before, after, span } in found {
            let at = span.map_or_else(|| thing.at.clone(), |span| self.after.at(span, false));
            self.tell_felt((what, felt), &Thing { at, ..thing.clone() }, (&key, &before, &after));
        }
        fields
    }

    fn language(&self) -> String {
        self.after.handbook.config.language_tags().into_iter().next().unwrap_or_default()
    }

    /// Tells what is said in other words, but for fields of which more was told.
    fn words(&mut self, thing: &Thing, told: &[String], (before, after): (&Words, &Words)) {
        let tags = self.after.handbook.config.language_tags();
        let mut found = before.differ(after);
        found.retain(|it| !self.renames.is_same_text(it.before, it.after));
        found.retain(|it| !told.iter().any(|field| it.field.split('.').next() == Some(field)));
        let is_source = found.iter().any(|it| it.language == SOURCE);
        let what = if is_source { What::Wording } else { What::Translation };
        let mut fields: Vec<String> = Vec::new();
        for one in found.iter().filter(|it| !is_source || it.language == SOURCE) {
            let tag = tags.get(usize::from(one.language.0)).map_or("", String::as_str);
            let name: Vec<&str> = one.field.split('.').filter(|part| part.parse::<usize>().is_err()).collect();
            let field = if is_source { name.join(".") } else { format!("{} ({tag})", name.join(".")) };
            if !fields.contains(&field) {
                fields.push(field);
            }
        }
        let shown = found.iter().find(|it| !is_source || it.language == SOURCE);
        if let Some(first) = shown {
            // Of a long text only that it is another is told.
            let short = |text: &str| {
                if text.chars().count() > 90 || text.contains('\n') { String::new() } else { text.to_owned() }
            };
            let (from, to) =
                if fields.len() == 1 { (short(first.before), short(first.after)) } else { Default::default() };
            let (from, to) = if from.is_empty() || to.is_empty() { Default::default() } else { (from, to) };
            self.tell(what, thing, (&fields.join(", "), &from, &to));
        }
    }

    fn settings(&mut self) {
        let file = |side: Side<'_>| side.tree.find(crate::parse::SETTINGS);
        let Some(at) = file(self.after) else { return };
        let at = self.after.at(Span::new(at, 0, 0), false);
        let thing = Thing { kind: Kind::Page, id: crate::parse::SETTINGS.into(), title: "Settings".into(), at };
        let (old, new) = (&self.before.handbook.config, &self.after.handbook.config);
        if self.before.handbook.unknown.settings || self.after.handbook.unknown.settings {
            return;
        }
        let _ = self.facts(&thing, registers::settings(old), &registers::settings(new), None);
    }

    fn services(&mut self) {
        let (old, new) = (&self.before.handbook.services, &self.after.handbook.services);
        self.documents(Kind::Service, old, new, |it, from, to| {
            let through = it.after.calendars.calendar_of(&to.fields).map(|(_, calendar)| calendar.as_ref());
            let of = |kind| (kind, from.id.as_str(), to.id.as_str());
            it.table(
                of(Kind::Standard),
                &from.fields.standards,
                &to.fields.standards,
                (through, |one| one.title.source()),
            );
            it.table(
                of(Kind::Promise),
                &from.fields.promises,
                &to.fields.promises,
                (through, |one| one.title.source()),
            );
            it.table(of(Kind::Step), &from.fields.steps, &to.fields.steps, (through, |one| one.title.source()));
            it.order(from, to);
        });
    }

    /// Tells whether the steps that both have stand in another order.
    fn order(
        &mut self,
        from: &Document<crate::model::service::Service>,
        to: &Document<crate::model::service::Service>,
    ) {
        let now = |id: &str| {
            let whole = format!("{}/{id}", from.id);
            self.renames.now(Kind::Step, &whole).rsplit('/').next().unwrap_or_default().to_owned()
        };
        let old: Vec<String> = from.fields.steps.iter().map(|row| now(&row.id)).collect();
        let new: Vec<String> = to.fields.steps.iter().map(|row| row.id.clone()).collect();
        let kept =
            |of: &[String], other: &[String]| of.iter().filter(|id| other.contains(id)).cloned().collect::<Vec<_>>();
        let (was, is) = (kept(&old, &new), kept(&new, &old));
        if was != is {
            let at = self.after.at(to.beginning, false);
            let thing =
                Thing { kind: Kind::Service, id: to.id.clone(), title: to.fields.title.source().to_owned(), at };
            self.tell(What::OrderChanged, &thing, ("steps", &was.join(", "), &is.join(", ")));
        }
    }

    /// Compares the documents of a kind, and with `inner` what stands in those that both have.
    fn documents<T: Binding + value::Value>(
        &mut self,
        kind: Kind,
        old: &'a Documents<T>,
        new: &'a Documents<T>,
        inner: impl Fn(&mut Self, &'a Document<T>, &'a Document<T>),
    ) {
        let mut met = BTreeSet::new();
        for from in old.values() {
            let id = self.renames.now(kind, &from.id).to_owned();
            let title = |it: &Document<T>| title_of(&it.fields);
            let Some(to) = new.get(&id) else {
                if !self.after.handbook.unknown.documents.contains(&(kind, from.id.clone())) {
                    let thing = Thing {
                        kind,
                        id: from.id.clone(),
                        title: title(from),
                        at: self.before.at(from.beginning, true),
                    };
                    self.tell(What::Withdrawn, &thing, ("", &thing.title, ""));
                }
                continue;
            };
            met.insert(id.clone());
            let thing = Thing { kind, id, title: title(to), at: self.after.at(to.beginning, false) };
            let count = self.changes.len();
            if from.id != to.id {
                self.tell(What::Renamed, &thing, ("", &from.id, &to.id));
            }
            let told = self.facts(&thing, from.fields.facts(), &to.fields.facts(), None);
            self.words(&thing, &told, (&words_of(from), &words_of(to)));
            inner(self, from, to);
            let same = from
                .files()
                .zip(to.files())
                .all(|(a, b)| self.renames.is_same_text(self.before.text(a), self.after.text(b)));
            if self.changes.len() == count && !(same && from.files().count() == to.files().count()) {
                self.tell(What::Wording, &thing, ("details", "", ""));
            }
        }
        for to in new.values().filter(|to| !met.contains(&to.id)) {
            if self.before.handbook.unknown.documents.contains(&(kind, to.id.clone())) {
                continue;
            }
            let thing =
                Thing { kind, id: to.id.clone(), title: title_of(&to.fields), at: self.after.at(to.beginning, false) };
            self.tell(What::Added, &thing, ("", "", &thing.title));
        }
    }

    /// Compares the things in a table of a service.
    fn table<T: Binding + value::Value>(
        &mut self,
        (kind, old_service, new_service): (Kind, &str, &str),
        old: &Table<T>,
        new: &Table<T>,
        (through, title): (Option<&Calendar>, fn(&T) -> &str),
    ) {
        let known: (What, What) = match kind {
            Kind::Step => (What::StepAdded, What::StepRemoved),
            _ => (What::Added, What::Withdrawn),
        };
        let named = |row: &Row<T>| Some(title(&row.value)).filter(|it| !it.is_empty()).unwrap_or(&row.id).to_owned();
        let mut met = BTreeSet::new();
        for from in old.iter() {
            let whole = format!("{old_service}/{}", from.id);
            let now = self.renames.now(kind, &whole).to_owned();
            let own = |whole: &str| whole.rsplit_once('/').is_some_and(|(service, _)| service == new_service);
            if now != whole && !own(&now) {
                // It belongs to another service now, which is told there.
                continue;
            }
            let Some(to) = now.rsplit_once('/').and_then(|(_, id)| new.get(id)) else {
                if !self.after.handbook.unknown.services.contains(new_service) {
                    let at = self.before.at(from.span, true);
                    let thing = Thing { kind, id: whole, title: named(from), at };
                    self.tell(known.1, &thing, ("", &thing.title, ""));
                }
                continue;
            };
            met.insert(to.id.clone());
            let id = format!("{new_service}/{}", to.id);
            let thing = Thing { kind, id, title: named(to), at: self.after.at(to.span, false) };
            if from.id != to.id {
                self.tell(What::Renamed, &thing, ("", &from.id, &to.id));
            }
            let told = self.facts(&thing, from.value.facts(), &to.value.facts(), through);
            self.words(&thing, &told, (&Words::of(&from.value), &Words::of(&to.value)));
        }
        for to in new.iter().filter(|to| !met.contains(&to.id)) {
            let id = format!("{new_service}/{}", to.id);
            let has_come = self.renames.has(kind, &id);
            if !has_come && !self.before.handbook.unknown.services.contains(old_service) {
                let thing = Thing { kind, id, title: named(to), at: self.after.at(to.span, false) };
                self.tell(known.0, &thing, ("", "", &thing.title));
            }
        }
    }

    /// Compares the items of a checklist.
    fn items(
        &mut self,
        from: &Document<crate::model::checklist::Checklist>,
        to: &Document<crate::model::checklist::Checklist>,
    ) {
        let (old, new) = (&from.fields.items, &to.fields.items);
        let title = to.fields.title.source().to_owned();
        let thing = |at: At| Thing { kind: Kind::Checklist, id: to.id.clone(), title: title.clone(), at };
        for row in old.iter() {
            let Some(now) = new.get(&row.id) else {
                if self.after.handbook.unknown.incomplete.contains(&(Kind::Checklist, to.id.clone())) {
                    continue;
                }
                let thing = thing(self.before.at(row.span, true));
                self.tell(What::ItemRemoved, &thing, (&format!("items.{}", row.id), row.value.0.text.source(), ""));
                continue;
            };
            let thing = thing(self.after.at(now.span, false));
            let field = |key: &str| format!("items.{}.{key}", row.id);
            let language = self.language();
            let ground = Ground { calendar: None, language: &language };
            for it in differs::compare(&self.as_now(row.value.facts()), &now.value.facts(), ground) {
                self.tell(it.what, &thing, (&field(&it.key), &it.before, &it.after));
            }
            for one in Words::of(&row.value).differ(&Words::of(&now.value)).iter().take(1) {
                let what = if one.language == SOURCE { What::Wording } else { What::Translation };
                self.tell(what, &thing, (&format!("items.{}", row.id), one.before, one.after));
            }
        }
        let was_cut = self.before.handbook.unknown.incomplete.contains(&(Kind::Checklist, from.id.clone()));
        for row in new.iter().filter(|row| old.get(&row.id).is_none() && !was_cut) {
            let thing = thing(self.after.at(row.span, false));
            self.tell(What::ItemAdded, &thing, (&format!("items.{}", row.id), "", row.value.0.text.source()));
        }
    }

    /// Compares the things of a register.
    fn register<T: Binding + value::Value>(
        &mut self,
        kind: Kind,
        old: &Register<T>,
        new: &Register<T>,
        title: fn(&T) -> &str,
    ) {
        let named = |row: &Row<T>| Some(title(&row.value)).filter(|it| !it.is_empty()).unwrap_or(&row.id).to_owned();
        let mut met = BTreeSet::new();
        for from in old.values() {
            let id = self.renames.now(kind, &from.id).to_owned();
            let Some(to) = new.get(&id) else {
                if !self.after.handbook.unknown.registers.contains(&kind) {
                    let thing = Thing { kind, id, title: named(from), at: self.before.at(from.span, true) };
                    self.tell(What::Withdrawn, &thing, ("", &thing.title, ""));
                }
                continue;
            };
            met.insert(id.clone());
            let thing = Thing { kind, id, title: named(to), at: self.after.at(to.span, false) };
            if from.id != to.id {
                self.tell(What::Renamed, &thing, ("", &from.id, &to.id));
            }
            let told = self.facts(&thing, from.value.facts(), &to.value.facts(), None);
            self.words(&thing, &told, (&Words::of(&from.value), &Words::of(&to.value)));
        }
        for to in new.values().filter(|to| !met.contains(&to.id)) {
            if !self.before.handbook.unknown.registers.contains(&kind) {
                let thing = Thing { kind, id: to.id.clone(), title: named(to), at: self.after.at(to.span, false) };
                self.tell(What::Added, &thing, ("", "", &thing.title));
            }
        }
    }
}

/// Gives all words of a document, prose included.
fn words_of<T: value::Value>(document: &Document<T>) -> Words {
    let mut words = Words::of(&document.fields);
    for (language, body) in document.bodies() {
        words.add("prose", language, body.text().trim());
    }
    words
}

fn title_of(fields: &impl value::Value) -> String {
    Words::of(fields).get("title", SOURCE).to_owned()
}
