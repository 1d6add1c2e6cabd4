//! The whole handbook, typed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::calendar::{self, Holiday};
use crate::config::Config;
use crate::fields::table::Row;
use crate::model::checklist::Checklist;
use crate::model::document::Document;
use crate::model::kind::Kind;
use crate::model::page::Page;
use crate::model::playbook::Playbook;
use crate::model::promise::Promise;
use crate::model::registers::{Calendar, Channel, Evidence, Factor, Role, Term};
use crate::model::results::Results;
use crate::model::service::Service;
use crate::model::standard::Standard;
use crate::model::step::Step;
use crate::source::{FileId, Span};

/// Documents of a kind by id.
pub type Documents<T> = BTreeMap<String, Arc<Document<T>>>;
/// Things of a register by id.
pub type Register<T> = BTreeMap<String, Row<T>>;

/// The id of the calendar that is built in: open round the clock.
pub const ALWAYS: &str = "always";

/// The whole handbook, as far as it could be read.
#[derive(Debug, Default)]
pub struct Handbook {
    /// The settings.
    pub config: Config,
    /// The services.
    pub services: Documents<Service>,
    /// The playbooks.
    pub playbooks: Documents<Playbook>,
    /// The checklists.
    pub checklists: Documents<Checklist>,
    /// The pages of prose.
    pub pages: Documents<Page>,
    /// The roles.
    pub roles: Register<Role>,
    /// The channels.
    pub channels: Register<Channel>,
    /// The calendars as they are written.
    pub calendars: Register<Calendar>,
    /// The calendars that count, by id, [`ALWAYS`] among them.
    pub working: BTreeMap<String, Arc<calendar::Calendar>>,
    /// The factors.
    pub factors: Register<Factor>,
    /// The terms.
    pub terms: Register<Term>,
    /// The evidence.
    pub evidence: Register<Evidence>,
    /// The holidays by file.
    pub holidays: BTreeMap<String, Vec<Holiday>>,
    /// The results in the order of files and lines.
    pub results: Results,
    /// The pictures and other files that are copied, by path below the content folder.
    pub pictures: BTreeMap<String, FileId>,
    /// What cannot be known because a file could not be read.
    pub unknown: Unknown,
}

/// What cannot be known because a file could not be read, so that nothing false is said about it.
#[derive(Debug, Default)]
pub struct Unknown {
    /// Whether the settings, or a part of them, could not be read.
    pub settings: bool,
    /// Registers of which a part could not be read.
    pub registers: BTreeSet<Kind>,
    /// Documents that could not be read at all.
    pub documents: BTreeSet<(Kind, String)>,
    /// Documents of any kind of which a part could not be read, so that they may say more.
    pub incomplete: BTreeSet<(Kind, String)>,
    /// Services of which a part could not be read, so that they may have more standards, steps and promises.
    pub services: BTreeSet<String>,
    /// Files of holidays that could not be read.
    pub holidays: BTreeSet<String>,
}

impl Handbook {
    /// Finds the service of a whole id such as `repair/turnaround`, and the id within it.
    pub fn service_of<'a>(&self, whole: &'a str) -> Option<(&Document<Service>, &'a str)> {
        let (service, id) = whole.rsplit_once('/')?;
        self.services.get(service).map(|document| (document.as_ref(), id))
    }

    /// Finds a standard by its whole id.
    pub fn standard(&self, whole: &str) -> Option<&Row<Standard>> {
        let (service, id) = self.service_of(whole)?;
        service.fields.standards.get(id)
    }

    /// Finds a step by its whole id.
    pub fn step(&self, whole: &str) -> Option<&Row<Step>> {
        let (service, id) = self.service_of(whole)?;
        service.fields.steps.get(id)
    }

    /// Finds a promise by its whole id.
    pub fn promise(&self, whole: &str) -> Option<&Row<Promise>> {
        let (service, id) = self.service_of(whole)?;
        service.fields.promises.get(id)
    }

    /// Tells whether there is a thing of a kind with a whole id.
    pub fn has(&self, kind: Kind, id: &str) -> bool {
        match kind {
            Kind::Service => self.services.contains_key(id),
            Kind::Standard => self.standard(id).is_some(),
            Kind::Step => self.step(id).is_some(),
            Kind::Promise => self.promise(id).is_some(),
            Kind::Playbook => self.playbooks.contains_key(id),
            Kind::Checklist => self.checklists.contains_key(id),
            Kind::Page => self.pages.contains_key(id),
            Kind::Role => self.roles.contains_key(id),
            Kind::Channel => self.channels.contains_key(id),
            Kind::Calendar => id == ALWAYS || self.calendars.contains_key(id),
            Kind::Factor => self.factors.contains_key(id),
            Kind::Term => self.terms.contains_key(id),
            Kind::Evidence => self.evidence.contains_key(id),
        }
    }

    /// Tells whether a thing may be there although it was not read.
    pub fn may_have(&self, kind: Kind, id: &str) -> bool {
        let lost = |service: &str| {
            self.unknown.services.contains(service)
                || self.unknown.documents.contains(&(Kind::Service, service.to_owned()))
        };
        self.unknown.registers.contains(&kind)
            || self.unknown.documents.contains(&(kind, id.to_owned()))
            || (kind.is_within_service() && id.rsplit_once('/').is_some_and(|(service, _)| lost(service)))
    }

    /// Gives the whole ids of all things of a kind.
    pub fn ids(&self, kind: Kind) -> Vec<String> {
        fn keys<T>(map: &BTreeMap<String, T>) -> Vec<String> {
            map.keys().cloned().collect()
        }
        let within = |of: fn(&Service) -> Vec<&str>| {
            let inner = |(id, document): (&String, &Arc<Document<Service>>)| {
                of(&document.fields).into_iter().map(|inner| format!("{id}/{inner}")).collect::<Vec<_>>()
            };
            self.services.iter().flat_map(inner).collect()
        };
        match kind {
            Kind::Service => keys(&self.services),
            Kind::Standard => within(|service| service.standards.iter().map(|row| row.id.as_str()).collect()),
            Kind::Step => within(|service| service.steps.iter().map(|row| row.id.as_str()).collect()),
            Kind::Promise => within(|service| service.promises.iter().map(|row| row.id.as_str()).collect()),
            Kind::Playbook => keys(&self.playbooks),
            Kind::Checklist => keys(&self.checklists),
            Kind::Page => keys(&self.pages),
            Kind::Role => keys(&self.roles),
            Kind::Channel => keys(&self.channels),
            Kind::Calendar => keys(&self.calendars).into_iter().chain([ALWAYS.to_owned()]).collect(),
            Kind::Factor => keys(&self.factors),
            Kind::Term => keys(&self.terms),
            Kind::Evidence => keys(&self.evidence),
        }
    }

    /// Counts the things of a kind: as many as [`Self::ids`] gives.
    pub fn count(&self, kind: Kind) -> usize {
        let within = |of: fn(&Service) -> usize| self.services.values().map(|document| of(&document.fields)).sum();
        match kind {
            Kind::Service => self.services.len(),
            Kind::Standard => within(|service| service.standards.len()),
            Kind::Step => within(|service| service.steps.len()),
            Kind::Promise => within(|service| service.promises.len()),
            Kind::Playbook => self.playbooks.len(),
            Kind::Checklist => self.checklists.len(),
            Kind::Page => self.pages.len(),
            Kind::Role => self.roles.len(),
            Kind::Channel => self.channels.len(),
            Kind::Calendar => self.ids(kind).len(),
            Kind::Factor => self.factors.len(),
            Kind::Term => self.terms.len(),
            Kind::Evidence => self.evidence.len(),
        }
    }

    /// Gives the calendar by which a service counts: its own, or the handbook's.
    pub fn calendar_of(&self, service: &Service) -> Option<(&str, &Arc<calendar::Calendar>)> {
        let id = match (&service.calendar, &self.config.calendar) {
            (Some(own), _) => own.id.as_str(),
            (None, Some(default)) => default.value.as_str(),
            (None, None) => return None,
        };
        self.working.get_key_value(id).map(|(id, calendar)| (id.as_str(), calendar))
    }

    /// Gives the files in which a thing stands: that of the source first, then its translations.
    pub fn files_of(&self, kind: Kind, id: &str) -> Vec<FileId> {
        fn all<T>(document: Option<&Arc<Document<T>>>) -> Vec<FileId> {
            document.map_or_else(Vec::new, |document| document.files().collect())
        }
        match kind {
            Kind::Service => all(self.services.get(id)),
            Kind::Playbook => all(self.playbooks.get(id)),
            Kind::Checklist => all(self.checklists.get(id)),
            Kind::Page => all(self.pages.get(id)),
            _ => match self.declared(kind, id) {
                Some(_) if kind.is_within_service() => {
                    all(id.rsplit_once('/').and_then(|(service, _)| self.services.get(service)))
                }
                declared => declared.into_iter().map(|span| span.file).collect(),
            },
        }
    }

    /// Gives the place where a thing is declared.
    pub fn declared(&self, kind: Kind, id: &str) -> Option<Span> {
        match kind {
            Kind::Service => self.services.get(id).map(|document| document.beginning),
            Kind::Standard => self.standard(id).map(|row| row.span),
            Kind::Step => self.step(id).map(|row| row.span),
            Kind::Promise => self.promise(id).map(|row| row.span),
            Kind::Playbook => self.playbooks.get(id).map(|document| document.beginning),
            Kind::Checklist => self.checklists.get(id).map(|document| document.beginning),
            Kind::Page => self.pages.get(id).map(|document| document.beginning),
            Kind::Role => self.roles.get(id).map(|row| row.span),
            Kind::Channel => self.channels.get(id).map(|row| row.span),
            Kind::Calendar => self.calendars.get(id).map(|row| row.span),
            Kind::Factor => self.factors.get(id).map(|row| row.span),
            Kind::Term => self.terms.get(id).map(|row| row.span),
            Kind::Evidence => self.evidence.get(id).map(|row| row.span),
        }
    }
}
