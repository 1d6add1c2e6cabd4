//! What has another id in the newer handbook, kind by kind.

use super::Side;
use super::pair::{Known, Renames, moved, renamed};
use super::words::Words;
use crate::fields::table::{Row, Table};
use crate::fields::value;
use crate::model::document::Document;
use crate::model::handbook::{Documents, Handbook, Register};
use crate::model::kind::Kind;
use crate::model::service::Service;

/// Finds what was renamed between two handbooks.
pub fn find(before: Side<'_>, after: Side<'_>) -> Renames {
    let mut finding = Finding { before, after, renames: Renames::default() };
    finding.find();
    finding.renames
}

struct Finding<'a> {
    before: Side<'a>,
    after: Side<'a>,
    renames: Renames,
}

impl Finding<'_> {
    fn find(&mut self) {
        let (old, new) = (self.before.handbook, self.after.handbook);
        // What says itself what it was needs not be guessed.
        for it in new.renamed() {
            let was = |handbook: &Handbook, id: &str| handbook.declared(it.kind, id).is_some();
            if was(old, &it.was) && !was(new, &it.was) && !was(old, &it.id) {
                self.renames.add(it.kind, &it.was, &it.id);
            }
        }
        self.rename_documents(Kind::Service, &old.services, &new.services, |it| it.title.source());
        self.rename_documents(Kind::Playbook, &old.playbooks, &new.playbooks, |it| it.title.source());
        self.rename_documents(Kind::Checklist, &old.checklists, &new.checklists, |it| it.title.source());
        self.rename_documents(Kind::Page, &old.pages, &new.pages, |it| it.title.source());
        self.rename_rows(Kind::Role, &old.roles, &new.roles, |it| it.title.source());
        self.rename_rows(Kind::Channel, &old.channels, &new.channels, |it| it.title.source());
        self.rename_rows(Kind::Factor, &old.factors, &new.factors, |it| it.text.source());
        self.rename_rows(Kind::Term, &old.terms, &new.terms, |it| it.text.source());
        let services: Vec<(String, String)> =
            old.services.keys().map(|id| (id.clone(), self.renames.now(Kind::Service, id).to_owned())).collect();
        for (from, to) in services {
            let (Some(from), Some(to)) = (old.services.get(&from), new.services.get(&to)) else { continue };
            self.rename_inner((Kind::Standard, &from.id, &to.id), &from.fields.standards, &to.fields.standards, |it| {
                it.title.source()
            });
            self.rename_inner((Kind::Step, &from.id, &to.id), &from.fields.steps, &to.fields.steps, |it| {
                it.title.source()
            });
            self.rename_inner((Kind::Promise, &from.id, &to.id), &from.fields.promises, &to.fields.promises, |it| {
                it.title.source()
            });
        }
        self.find_moves(Kind::Standard, |it| &it.standards, |it| it.title.source());
        self.find_moves(Kind::Promise, |it| &it.promises, |it| it.title.source());
    }

    /// Finds what belongs to another service now: what is gone, and what is new, in all of them.
    fn find_moves<T: value::Value>(&mut self, kind: Kind, of: fn(&Service) -> &Table<T>, title: fn(&T) -> &str) {
        let (old, new) = (self.before.handbook, self.after.handbook);
        let mut gone = Vec::new();
        for service in old.services.values().filter(|it| {
            let now = self.renames.now(Kind::Service, &it.id);
            !new.unknown.services.contains(now) && !new.unknown.documents.contains(&(Kind::Service, now.to_owned()))
        }) {
            let now = new.services.get(self.renames.now(Kind::Service, &service.id)).map(|it| of(&it.fields));
            let is_gone = |row: &&Row<T>| now.is_none_or(|now| now.get(&row.id).is_none());
            gone.extend(of(&service.fields).iter().filter(is_gone).map(|row| whole(&service.id, row, title)));
        }
        gone.retain(|known| !self.renames.has(kind, &known.id));
        if gone.is_empty() {
            return;
        }
        let mut come = Vec::new();
        let was = |id: &str| {
            let renamed = self.renames.iter().find(|(kind, _, to)| *kind == Kind::Service && *to == id);
            renamed.map_or_else(|| id.to_owned(), |(_, from, _)| from.to_owned())
        };
        for service in new.services.values() {
            let was = was(&service.id);
            if old.unknown.services.contains(&was) || old.unknown.documents.contains(&(Kind::Service, was.clone())) {
                continue;
            }
            let before = old.services.get(&was).map(|it| of(&it.fields));
            let is_new = |row: &&Row<T>| before.is_none_or(|before| before.get(&row.id).is_none());
            come.extend(of(&service.fields).iter().filter(is_new).map(|row| whole(&service.id, row, title)));
        }
        come.retain(|known| !self.renames.has(kind, &known.id));
        moved(&gone, &come).into_iter().for_each(|(from, to)| self.renames.add(kind, &from, &to));
    }

    fn rename_documents<T>(&mut self, kind: Kind, old: &Documents<T>, new: &Documents<T>, title: fn(&T) -> &str) {
        let known = |side: Side<'_>, it: &Document<T>| Known {
            id: it.id.clone(),
            title: title(&it.fields).to_owned(),
            text: side.text(it.file).to_owned(),
        };
        let gone: Vec<Known> = old
            .values()
            .filter(|it| !new.contains_key(&it.id) && !self.renames.has(kind, &it.id))
            .map(|it| known(self.before, it))
            .collect();
        let come: Vec<Known> = new
            .values()
            .filter(|it| !old.contains_key(&it.id) && !self.renames.has(kind, &it.id))
            .map(|it| known(self.after, it))
            .collect();
        renamed(&gone, &come).into_iter().for_each(|(from, to)| self.renames.add(kind, &from, &to));
    }

    fn rename_rows<T: value::Value>(
        &mut self,
        kind: Kind,
        old: &Register<T>,
        new: &Register<T>,
        title: fn(&T) -> &str,
    ) {
        let known = |row: &Row<T>| known_row(row, title);
        let gone: Vec<Known> = old
            .values()
            .filter(|row| !new.contains_key(&row.id) && !self.renames.has(kind, &row.id))
            .map(known)
            .collect();
        let come: Vec<Known> = new
            .values()
            .filter(|row| !old.contains_key(&row.id) && !self.renames.has(kind, &row.id))
            .map(known)
            .collect();
        renamed(&gone, &come).into_iter().for_each(|(from, to)| self.renames.add(kind, &from, &to));
    }

    /// Finds what was renamed within a service, and what has another whole id because its service was.
    fn rename_inner<T: value::Value>(
        &mut self,
        (kind, from, to): (Kind, &str, &str),
        old: &Table<T>,
        new: &Table<T>,
        title: fn(&T) -> &str,
    ) {
        let is_known = |service: &str, row: &Row<T>| self.renames.has(kind, &format!("{service}/{}", row.id));
        let known = |row: &Row<T>| known_row(row, title);
        let gone: Vec<Known> =
            old.iter().filter(|row| new.get(&row.id).is_none() && !is_known(from, row)).map(known).collect();
        let come: Vec<Known> =
            new.iter().filter(|row| old.get(&row.id).is_none() && !is_known(to, row)).map(known).collect();
        for (one, other) in renamed(&gone, &come) {
            self.renames.add(kind, &format!("{from}/{one}"), &format!("{to}/{other}"));
        }
        if from != to {
            for row in old.iter().filter(|row| new.get(&row.id).is_some()) {
                self.renames.add(kind, &format!("{from}/{}", row.id), &format!("{to}/{}", row.id));
            }
        }
    }
}

/// Gives what a thing within a service is known by, with its whole id.
fn whole<T: value::Value>(service: &str, row: &Row<T>, title: fn(&T) -> &str) -> Known {
    Known { id: format!("{service}/{}", row.id), ..known_row(row, title) }
}

fn known_row<T: value::Value>(row: &Row<T>, title: fn(&T) -> &str) -> Known {
    Known { id: row.id.clone(), title: title(&row.value).to_owned(), text: Words::of(&row.value).source() }
}
