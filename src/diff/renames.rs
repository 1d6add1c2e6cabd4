//! What has another id in the newer handbook, kind by kind.

use super::Side;
use super::pair::{Known, Renames, renamed};
use super::words::Words;
use crate::fields::table::{Row, Table};
use crate::fields::value;
use crate::model::document::Document;
use crate::model::handbook::{Documents, Handbook, Register};
use crate::model::kind::Kind;

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

fn known_row<T: value::Value>(row: &Row<T>, title: fn(&T) -> &str) -> Known {
    Known { id: row.id.clone(), title: title(&row.value).to_owned(), text: Words::of(&row.value).source() }
}
