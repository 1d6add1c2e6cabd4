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
        let first: Vec<String> = self.handbook().services.keys().take(MOST_SERVICES).cloned().collect();
        let more =
            if total > MOST_SERVICES { self.locale().count("count.service", total as u64) } else { String::new() };
        let promises = self.handbook().services.values();
        let promises = promises.flat_map(|service| service.fields.promises.iter().map(move |row| (service, row)));
        let guarantees = promises
            .filter(|(_, row)| row.value.kind.as_ref().is_some_and(|kind| kind.value.word() == "guarantee"))
            .map(|(service, row)| self.promise(service, row));
        HomeView {
            title: self.title(&config.title),
            organisation: self.title(&config.organisation),
            roles: self.roles(),
            services: self.services(&first),
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

#[cfg(test)]
mod tests {
    use crate::view::bench::{Bench, EN};

    #[test]
    fn a_handbook_with_many_services_shows_the_first_and_says_how_many_there_are() {
        let home = |services: usize| {
            let paths: Vec<String> = (0..services).map(|at| format!("services/s{at:02}.md")).collect();
            let files: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), "---\ntitle: S\n---\n")).collect();
            let bench = Bench::new(&files);
            let shared = bench.shared();
            shared.writer(EN, "index.html").home()
        };
        let few = home(12);
        assert_eq!((few.services.len(), few.more_services.0.as_str()), (12, ""));
        let many = home(13);
        assert_eq!((many.services.len(), many.more_services.0.as_str()), (12, "13 services"));
    }

    #[test]
    fn guarantees_are_shown_and_commitments_are_not() {
        let promises = "promises: {a: {title: A, kind: guarantee}, b: {title: B, kind: commitment}, c: {title: C}}\n";
        let bench = Bench::service(promises, &[]);
        let shared = bench.shared();
        let home = shared.writer(EN, "index.html").home();
        assert_eq!(home.guarantees.iter().map(|it| it.title.0.as_str()).collect::<Vec<_>>(), ["A"]);
        assert_eq!(home.roles[0].entries.len(), 2);
    }
}
