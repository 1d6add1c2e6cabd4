//! Lists of things of one kind: services, playbooks, checklists, pages, roles.

use serde::Serialize;

use super::html::{Html, Link};
use super::service::StandardShort;
use super::writer::Writer;
use crate::model::document::Document;
use crate::model::kind::Kind;
use crate::model::service::Service;

/// A service in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ServiceShort {
    /// The service.
    pub service: Link,
    /// Who may ask for it.
    pub audience: Html,
    /// Its standards with their limits.
    pub standards: Vec<StandardShort>,
}

/// Anything else in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The thing.
    pub link: Link,
    /// A few words about it.
    pub about: Html,
}

/// Things under one heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Group {
    /// A word for scripts and styles, such as `shift`.
    pub key: String,
    /// The heading; empty where there is only one group.
    pub title: Html,
    /// The things.
    pub entries: Vec<Entry>,
}

impl Writer<'_> {
    /// Lists all services.
    pub fn services(&self) -> Vec<ServiceShort> {
        self.handbook().services.values().map(|service| self.service_short(service)).collect()
    }

    fn service_short(&self, service: &Document<Service>) -> ServiceShort {
        let standards = service.fields.standards.iter();
        ServiceShort {
            service: self.link(Kind::Service, &service.id),
            audience: self.text(&service.fields.audience),
            standards: standards.filter_map(|row| self.standard_short(&format!("{}/{}", service.id, row.id))).collect(),
        }
    }

    /// Lists all playbooks.
    pub fn playbooks(&self) -> Vec<Group> {
        let entry = |(id, document): (&String, &Document<crate::model::playbook::Playbook>)| {
            let fields = &document.fields;
            let about = fields.cues.first().map_or_else(|| self.text(&fields.when), |cue| self.text(cue));
            Entry { link: self.link(Kind::Playbook, id), about }
        };
        vec![self.group("", Html::default(), self.handbook().playbooks.iter().map(entry).collect())]
    }

    /// Lists all checklists by use.
    pub fn checklists(&self) -> Vec<Group> {
        let of = |purpose: &str| {
            let all = self.handbook().checklists.iter();
            let fits =
                all.filter(|(_, it)| it.fields.purpose.as_ref().is_some_and(|found| found.value.word() == purpose));
            let entry = |(id, document): (&String, &Document<crate::model::checklist::Checklist>)| {
                let roles: Vec<String> =
                    document.fields.by.0.iter().map(|role| self.name(Kind::Role, &role.id).0).collect();
                Entry { link: self.link(Kind::Checklist, id), about: Html(self.locale().list(&roles)) }
            };
            self.group(purpose, self.worded("checklist.use", Some(purpose)), fits.map(entry).collect())
        };
        filled(["shift", "case", "audit", "training"].map(of))
    }

    /// Lists all pages of prose by kind.
    pub fn pages(&self) -> Vec<Group> {
        let of = |kind: &str| {
            let all = self.handbook().pages.iter();
            let fits = all.filter(|(_, it)| it.fields.kind.as_ref().is_some_and(|found| found.value.word() == kind));
            let entry = |(id, _): (&String, &Document<crate::model::page::Page>)| Entry {
                link: self.link(Kind::Page, id),
                about: Html::default(),
            };
            self.group(kind, self.worded("page.kinds", Some(kind)), fits.map(entry).collect())
        };
        filled(["guide", "principle", "case", "lesson"].map(of))
    }

    /// Lists all roles, those of other firms last.
    pub fn roles(&self) -> Vec<Group> {
        let of = |external: bool| {
            let is = |row: &crate::fields::table::Row<crate::model::registers::Role>| {
                row.value.external.as_ref().is_some_and(|found| found.value) == external
            };
            let fits = self.handbook().roles.iter().filter(|(_, row)| is(row));
            let entry = |(id, row): (&String, &crate::fields::table::Row<crate::model::registers::Role>)| {
                let grant = row.value.may_grant.as_ref().map(|money| self.locale().money(money.value));
                let about = grant.map(|amount| self.locale().phrase("role.may_grant_up_to", &[("amount", &amount)]));
                Entry { link: self.link(Kind::Role, id), about: Html::escaped(&about.unwrap_or_default()) }
            };
            let title = if external { Html::escaped(self.locale().word("role.external")) } else { Html::default() };
            self.group(if external { "external" } else { "" }, title, fits.map(entry).collect())
        };
        filled([of(false), of(true)])
    }

    fn group(&self, key: &str, title: Html, mut entries: Vec<Entry>) -> Group {
        entries.sort_by(|a, b| a.link.title.cmp(&b.link.title));
        Group { key: key.to_owned(), title, entries }
    }
}

fn filled<const N: usize>(groups: [Group; N]) -> Vec<Group> {
    groups.into_iter().filter(|group| !group.entries.is_empty()).collect()
}
