//! The home page.

use serde::Serialize;

use super::html::Html;
use super::lists::{Group, ServiceShort};
use super::promise::PromiseView;
use super::writer::Writer;

/// How many services the home page shows before it leads to the list of all.
const MOST_SERVICES: usize = 12;

/// The home page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HomeView {
    /// What the handbook is called.
    pub title: Html,
    /// The firm or office.
    pub organisation: Html,
    /// The roles.
    pub roles: Vec<Group>,
    /// The first services with their limits.
    pub services: Vec<ServiceShort>,
    /// How many services there are, in words, where not all are shown; empty otherwise.
    pub more_services: Html,
    /// The checklists.
    pub checklists: Vec<Group>,
    /// The playbooks.
    pub playbooks: Vec<Group>,
    /// The pages of prose.
    pub pages: Vec<Group>,
    /// The guarantees.
    pub guarantees: Vec<PromiseView>,
}

impl Writer<'_> {
    /// Shows the home page.
    pub fn home(&self) -> HomeView {
        let config = &self.handbook().config;
        let total = self.handbook().services.len();
        let mut services = self.services();
        services.truncate(MOST_SERVICES);
        let more =
            if total > MOST_SERVICES { self.locale().count("count.service", total as u64) } else { String::new() };
        let promises = self.handbook().services.values();
        let promises = promises.flat_map(|service| service.fields.promises.iter().map(move |row| (service, row)));
        let guarantees = promises.map(|(service, row)| self.promise(service, row)).filter(|it| it.kind == "guarantee");
        HomeView {
            title: self.title(&config.title),
            organisation: self.title(&config.organisation),
            roles: self.roles(),
            services,
            more_services: Html::escaped(&more),
            checklists: short(self.checklists()),
            playbooks: short(self.playbooks()),
            pages: short(self.pages()),
            guarantees: guarantees.take(MOST_SERVICES).collect(),
        }
    }
}

/// Keeps the first things of each group.
fn short(mut groups: Vec<Group>) -> Vec<Group> {
    for group in &mut groups {
        group.entries.truncate(MOST_SERVICES);
    }
    groups
}
