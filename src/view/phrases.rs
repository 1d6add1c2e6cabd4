//! What to say: the sentences of all playbooks, and what customers are told at the steps of a service.

use serde::Serialize;

use super::html::{Html, Link};
use super::playbook::PhraseList;
use super::writer::Writer;
use crate::model::kind::Kind;

/// What a customer is told at a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ToldAtStep {
    /// The step.
    pub step: Link,
    /// What the customer is told.
    pub tells: Vec<Html>,
}

/// What customers are told at the steps of a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ToldAtService {
    /// The service.
    pub service: Link,
    /// Its steps at which something is told.
    pub steps: Vec<ToldAtStep>,
}

/// The page of sentences.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PhrasesView {
    /// The sentences by playbook.
    pub playbooks: Vec<PhraseList>,
    /// What is told at the steps, by service.
    pub services: Vec<ToldAtService>,
}

impl Writer<'_> {
    /// Lists the playbooks with sentences, by name, then the services at whose steps something is told.
    pub fn phrase_sources(&self) -> Vec<(Kind, String)> {
        let handbook = self.handbook();
        let said = handbook.playbooks.keys().filter_map(|id| Some((self.phrase_list(id)?.playbook.title, id)));
        let mut playbooks: Vec<(Html, &String)> = said.collect();
        playbooks.sort();
        let tells = |id: &&String| handbook.services[*id].fields.steps.iter().any(|row| !row.value.tells.0.is_empty());
        let services = handbook.services.keys().filter(tells).map(|id| (Kind::Service, id.clone()));
        playbooks.into_iter().map(|(_, id)| (Kind::Playbook, id.clone())).chain(services).collect()
    }

    /// Gathers what to say and what never to say.
    pub fn phrases(&self, sources: &[(Kind, String)]) -> PhrasesView {
        let of = |wanted: Kind| sources.iter().filter(move |(kind, _)| *kind == wanted).map(|(_, id)| id);
        PhrasesView {
            playbooks: of(Kind::Playbook).filter_map(|id| self.phrase_list(id)).collect(),
            services: of(Kind::Service).map(|id| self.told_at(id)).collect(),
        }
    }

    fn told_at(&self, service: &str) -> ToldAtService {
        let document = &self.handbook().services[service];
        let steps = document.fields.steps.iter().filter(|row| !row.value.tells.0.is_empty()).map(|row| {
            let id = format!("{service}/{}", row.id);
            let own = (Kind::Step, id.clone());
            ToldAtStep {
                step: self.link(Kind::Step, &id),
                tells: row.value.tells.0.iter().map(|text| self.plain_of(text, Some(&own))).collect(),
            }
        });
        ToldAtService { service: self.link(Kind::Service, service), steps: steps.collect() }
    }
}

#[cfg(test)]
mod tests {
    use crate::view::bench::{Bench, EN};

    fn all(shared: &crate::view::writer::Shared<'_>) -> crate::view::phrases::PhrasesView {
        let writer = shared.writer(EN, "phrases.html");
        writer.phrases(&writer.phrase_sources())
    }

    const STEPS: &str = "steps: {one: {title: One, tells: [the date, the price]}, two: {title: Two}}\n";

    #[test]
    fn sentences_stand_by_playbook_and_a_playbook_without_any_is_left_out() {
        let bench = Bench::new(&[
            ("playbooks/a.md", "---\ntitle: Zeal\nwhen: Never\nsay: [Yes]\nnever_say: [\"No\", Maybe]\n---\n"),
            ("playbooks/b.md", "---\ntitle: Calm\nwhen: Ever\n---\n"),
            ("playbooks/c.md", "---\ntitle: Art\nwhen: Ever\nnever_say: [Hm]\n---\n"),
        ]);
        let shared = bench.shared();
        let phrases = all(&shared);
        let said: Vec<_> =
            phrases.playbooks.iter().map(|it| (it.playbook.href.as_str(), it.say.len(), it.never_say.len())).collect();
        assert_eq!(said, [("playbooks/c.html", 0, 1), ("playbooks/a.html", 1, 2)]);
    }

    #[test]
    fn what_a_customer_is_told_stands_by_step_and_steps_that_tell_nothing_are_left_out() {
        let bench = Bench::service(STEPS, &[("services/other.md", "---\ntitle: Other\n---\n")]);
        let shared = bench.shared();
        let services = all(&shared).services;
        assert_eq!(services.len(), 1);
        assert_eq!(services[0].service.href, "services/repair.html");
        assert_eq!(services[0].steps.len(), 1);
        let told = &services[0].steps[0];
        assert_eq!((told.step.href.as_str(), told.tells.len()), ("services/repair.html#one", 2));
    }
}
