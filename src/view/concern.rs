//! What customers say when something has gone wrong: what annoys them, each with what was broken by it.
//!
//! Not here: what follows from it, which `recovery` says.

use serde::Serialize;

use super::html::{Html, Link};
use super::promise::Grant;
use super::recovery::{FirstWords, RecoveryCase, RecoveryService};
use super::writer::Writer;
use crate::model::document::Document;
use crate::model::kind::Kind;
use crate::model::lookup::Thing;
use crate::model::quantity::Actor;
use crate::model::registers::FactorKind;
use crate::model::service::Service;
use crate::model::step::Stage;
use crate::units::money::Money;

/// Something that a customer says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Concern {
    /// Its id on the page: `says-wait`.
    pub id: String,
    /// The words, as plain text.
    pub text: Html,
    /// The ids of the cases that it leads to, with spaces between them.
    pub cases: String,
    /// The ways to them, each named with its service.
    pub links: Vec<Link>,
}

/// How much a case has to do with what a customer says: the promise names it, or only a standard behind it does.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Covers {
    Itself,
    Behind,
}

impl Writer<'_> {
    /// Lists what customers say of these services, as the register has it, and a case for what nothing is promised for.
    pub fn concerns(&self, services: &[RecoveryService]) -> (Vec<Concern>, Vec<RecoveryCase>) {
        let annoys = |kind: FactorKind| kind == FactorKind::Dissatisfier;
        let factors = self.handbook().factors.values();
        let mut factors: Vec<_> =
            factors.filter(|row| row.value.kind.as_ref().is_none_or(|kind| annoys(kind.value))).collect();
        factors.sort_by_key(|row| row.span.start);
        let (mut concerns, mut others) = (Vec::new(), Vec::new());
        for row in factors {
            let id = format!("says-{}", row.id);
            let text = Html::escaped(&self.name(Kind::Factor, &row.id).plain());
            let found = self.cases_of(&row.id, services);
            let (cases, links) = if !found.is_empty() {
                (found.iter().map(|(_, case)| case.id.as_str()).collect::<Vec<_>>().join(" "), self.ways(&found))
            } else if !self.leads_to_a_case(&row.id) {
                others.push(self.nothing_promised(&id, &row.id));
                (id.clone(), Vec::new())
            } else {
                continue;
            };
            concerns.push(Concern { id, text, cases, links });
        }
        (concerns, others)
    }

    /// Gives the cases that name a factor, or else those with a standard behind them that does.
    fn cases_of<'s>(
        &self,
        factor: &str,
        services: &'s [RecoveryService],
    ) -> Vec<(&'s RecoveryService, &'s RecoveryCase)> {
        let all = services.iter().flat_map(|service| service.cases.iter().map(move |case| (service, case)));
        let found: Vec<_> = all.filter_map(|pair| Some((self.covers(factor, pair.1)?, pair))).collect();
        let named = found.iter().any(|(how, _)| *how == Covers::Itself);
        let wanted = found.into_iter().filter(|(how, _)| !named || *how == Covers::Itself);
        wanted.map(|(_, pair)| pair).collect()
    }

    fn ways(&self, cases: &[(&RecoveryService, &RecoveryCase)]) -> Vec<Link> {
        let colon = self.word("list.colon");
        let way = |(service, case): &(&RecoveryService, &RecoveryCase)| Link {
            href: format!("#{}", case.id),
            title: Html(format!("{}{colon}{}", service.title.0, case.title.0)),
        };
        cases.iter().map(way).collect()
    }

    fn covers(&self, factor: &str, case: &RecoveryCase) -> Option<Covers> {
        let kind = if case.kind == "promise" { Kind::Promise } else { Kind::Standard };
        let covering = self.shared.relations.covered_by.get(factor)?;
        let is_covered = |kind: Kind, id: &str| covering.iter().any(|thing| thing.0 == kind && thing.1 == id);
        if is_covered(kind, &case.id) {
            return Some(Covers::Itself);
        }
        let promise = self.handbook().promise(&case.id)?;
        let behind = promise.value.backed_by.iter().any(|standard| is_covered(Kind::Standard, &standard.id));
        behind.then_some(Covers::Behind)
    }

    /// Tells whether a promise or a missed standard of any service has to do with a factor.
    fn leads_to_a_case(&self, factor: &str) -> bool {
        let is_case = |(kind, id): &Thing| match kind {
            Kind::Promise => true,
            Kind::Standard => {
                self.shared.relations.promised.contains_key(id)
                    || self.handbook().standard(id).is_some_and(|row| !row.value.breach.is_empty())
            }
            _ => false,
        };
        self.shared.relations.covered_by.get(factor).is_some_and(|all| all.iter().any(is_case))
    }

    /// Gives the case of a concern for which nothing is promised: complaints take care of it.
    fn nothing_promised(&self, id: &str, factor: &str) -> RecoveryCase {
        let services = &self.handbook().services;
        let to = services.values().find_map(|service| service.fields.complaints_to.as_ref());
        let complaints = to.and_then(|to| services.get(&to.id));
        RecoveryCase {
            id: id.to_owned(),
            kind: "factor",
            broken: self.link(Kind::Factor, factor),
            title: Html::escaped(&self.name(Kind::Factor, factor).plain()),
            statement: Html::default(),
            remedy: None,
            goodwill: complaints.map(|service| self.goodwill(service)).unwrap_or_default(),
            amount: String::new(),
            finder: None,
            told: Vec::new(),
            say: complaints.map(|service| self.first_words(service, |_| true)).unwrap_or_default(),
            card: String::new(),
        }
    }

    /// Lists who of those whom customers of a service meet may give something, and one who may give more; the smallest
    /// right first.
    pub fn goodwill(&self, service: &Document<Service>) -> Vec<Grant> {
        let roles = &self.handbook().roles;
        let right = |id: &str| Some(roles.get(id)?.value.may_grant.as_ref()?.value);
        let steps = service.fields.steps.iter().map(|row| &row.value);
        let met = steps.filter(|step| step.stage.as_ref().is_some_and(|stage| stage.value == Stage::Front));
        let mut rights: Vec<(Money, &str)> = Vec::new();
        for step in met {
            let Some(Actor::Role(role)) = &step.actor else { continue };
            rights.extend(right(&role.id).map(|right| (right, role.id.as_str())));
        }
        rights.sort_by_key(|(right, id)| (right.amount, *id));
        rights.dedup();
        if let Some((most, id)) = rights.last().copied() {
            let mut above = roles.get(id).and_then(|row| row.value.reports_to.as_ref());
            for _ in 0..roles.len() {
                let Some(lead) = above else { break };
                if let Some(more) = right(&lead.id).filter(|right| right.amount > most.amount) {
                    rights.push((more, &lead.id));
                    break;
                }
                above = roles.get(&lead.id).and_then(|row| row.value.reports_to.as_ref());
            }
        }
        let grant = |(right, id): (Money, &str)| Grant {
            role: self.link(Kind::Role, id),
            up_to: self.locale().money(right),
            named: false,
        };
        rights.into_iter().map(grant).collect()
    }

    /// Gives the playbooks of some steps of a service, each with its first sentence.
    pub fn first_words(&self, service: &Document<Service>, wanted: impl Fn(&str) -> bool) -> Vec<FirstWords> {
        let mut ids: Vec<&str> = Vec::new();
        for step in service.fields.steps.iter().map(|row| &row.value) {
            if wanted(step.standard.as_ref().map_or("", |it| it.id.as_str())) {
                let new = step.playbook.as_ref().map(|it| it.id.as_str()).filter(|id| !ids.contains(id));
                ids.extend(new);
            }
        }
        let first = |id: &str| {
            let sentence = self.handbook().playbooks.get(id).and_then(|found| found.fields.say.first());
            FirstWords {
                playbook: self.link(Kind::Playbook, id),
                sentence: sentence.map(|text| self.title(text)).unwrap_or_default(),
            }
        };
        ids.into_iter().map(first).collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::view::bench::{Bench, EN};
    use crate::view::recovery::RecoveryView;

    const SERVICE: &str = "\
complaints_to: repair
standards:
  quick: {title: Quick, kind: timeliness, limit: 2 weeks, covers: [wait, late]}
  right: {title: Right, kind: accuracy, level: 99%, breach: [{at: 100%, tell: lead}], covers: [late, wrong]}
  nice: {title: Nice, kind: conduct, level: 90%, covers: [rude]}
steps:
  one: {title: One, actor: desk, stage: front, playbook: calm}
promises:
  sure: {title: Sure, backed_by: [quick], covers: [wait]}
";
    const FACTORS: &str = "\
wrong: {text: It is wrong, kind: dissatisfier}
wait: {text: I wait, kind: dissatisfier}
late: {text: It is late, kind: dissatisfier}
rude: {text: Rude & loud, kind: dissatisfier}
gift: {text: A gift, kind: satisfier}
";
    const ROLES: &str =
        "desk: {title: Desk, may_grant: 50 EUR, reports_to: lead}\nlead: {title: Lead, may_grant: 90 EUR}\n";

    fn recovery() -> RecoveryView {
        let calm = "---\ntitle: Calm\nwhen: Now\nsay: [I see]\n---\n";
        let others =
            [("registers/factors.yaml", FACTORS), ("registers/roles.yaml", ROLES), ("playbooks/calm.md", calm)];
        let bench = Bench::service(SERVICE, &others);
        let shared = bench.shared();
        let writer = shared.writer(EN, "recovery.html");
        writer.recovery(&writer.recovery_services())
    }

    #[test]
    fn what_annoys_leads_in_the_order_of_the_register_to_what_was_broken() {
        let view = recovery();
        let told: Vec<_> = view.concerns.iter().map(|it| (it.id.as_str(), it.cases.as_str())).collect();
        let expected = [
            ("says-wrong", "repair/right"),
            ("says-wait", "repair/sure"),
            ("says-late", "repair/right"),
            ("says-rude", "says-rude"),
        ];
        assert_eq!(told, expected);
        let link = &view.concerns[1].links[0];
        assert_eq!((link.href.as_str(), link.title.0.as_str()), ("#repair/sure", "Repair: Sure"));
    }

    #[test]
    fn a_promise_whose_standard_alone_names_it_is_a_case_where_nothing_else_is() {
        let service = SERVICE.replace("covers: [late, wrong]", "covers: [wrong]");
        let bench = Bench::service(&service, &[("registers/factors.yaml", FACTORS)]);
        let shared = bench.shared();
        let writer = shared.writer(EN, "recovery.html");
        let concerns = writer.recovery(&writer.recovery_services()).concerns;
        assert_eq!(concerns.iter().find(|it| it.id == "says-late").map(|it| it.cases.as_str()), Some("repair/sure"));
    }

    #[test]
    fn for_what_nothing_is_promised_goodwill_and_words_are_those_of_complaints() {
        let view = recovery();
        assert_eq!(view.others.len(), 1);
        let case = &view.others[0];
        assert_eq!((case.kind, case.title.0.as_str(), case.remedy.is_none()), ("factor", "Rude &amp; loud", true));
        let given: Vec<_> = case.goodwill.iter().map(|it| it.role.title.0.as_str()).collect();
        assert_eq!((given, case.say[0].sentence.0.as_str()), (vec!["Desk", "Lead"], "I see"));
    }
}
