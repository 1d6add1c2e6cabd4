//! What stands on paper: a standard without what only a screen needs, and the card of a service.
//!
//! A sheet of paper has no links to tap, no picture of the steps and no finder of deadlines, so none of them is made for it.

use serde::Serialize;

use super::address;
use super::footer::Footer;
use super::html::{Html, Link};
use super::playbook::PhraseList;
use super::promise::Grant;
use super::standard::{BreachView, ClockView, Figure, VariantView};
use super::writer::Writer;
use crate::fields::table::Row;
use crate::model::document::Document;
use crate::model::former;
use crate::model::kind::Kind;
use crate::model::lookup::Thing;
use crate::model::promise::Promise;
use crate::model::service::Service;
use crate::model::standard::Standard;

/// A standard on paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PrintedStandard {
    /// Its anchor.
    pub anchor: String,
    /// The anchors that it had before it was renamed.
    pub earlier: Vec<String>,
    /// Its name.
    pub title: Html,
    /// The sentence to a customer.
    pub statement: Html,
    /// The limit in large type, where it has one.
    pub limit: Option<Figure>,
    /// The level, where it has one.
    pub level: Html,
    /// The target: `95%`.
    pub target: String,
    /// The internal limit; empty where there is none.
    pub internal: String,
    /// The clock.
    pub clock: Option<ClockView>,
    /// How it is measured, in words.
    pub measure: Html,
    /// Other limits for some cases.
    pub variants: Vec<VariantView>,
    /// Who is told, and when.
    pub breach: Vec<BreachView>,
    /// The prose that belongs to it.
    pub prose: Html,
}

/// A step on paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PrintedStep {
    /// What is done.
    pub title: Html,
    /// Who does it.
    pub actor: Html,
    /// How long it may take; empty where nothing is said.
    pub takes: String,
}

/// A promise on paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PrintedPromise {
    /// What the customer is told, without links.
    pub statement: Html,
    /// What the customer gets where it is broken.
    pub remedy: Option<PrintedRemedy>,
}

/// A remedy on paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PrintedRemedy {
    /// What the customer gets.
    pub what: Html,
    /// Up to what amount; empty where nothing is said.
    pub up_to: String,
    /// Who grants it; empty where nobody is named.
    pub granted_by: Html,
    /// Which roles may grant the amount, the smallest right first.
    pub grants: Vec<Grant>,
}

/// A service on one sheet of paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ServiceCard {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: Html,
    /// Who may ask for it.
    pub audience: Html,
    /// What a customer can expect.
    pub standards: Vec<PrintedStandard>,
    /// The steps in order.
    pub steps: Vec<PrintedStep>,
    /// What the customer is told, as far as it holds today.
    pub promises: Vec<PrintedPromise>,
    /// What to say and never to say, from the playbooks of its steps.
    pub phrases: Vec<PhraseList>,
    /// The service that takes complaints about it.
    pub complaints_to: Option<Link>,
    /// The checklists of its steps.
    pub checklists: Vec<Link>,
    /// Head and foot.
    pub footer: Footer,
}

impl Writer<'_> {
    /// Shows a service on one sheet of paper.
    pub fn service_card(&self, service: &Document<Service>) -> ServiceCard {
        let fields = &service.fields;
        let (playbooks, checklists) = self.used(service);
        ServiceCard {
            id: service.id.clone(),
            title: self.title(&fields.title),
            audience: self.text(&fields.audience),
            standards: fields.standards.iter().map(|row| self.printed_standard(service, row)).collect(),
            steps: self.printed_steps(service),
            promises: fields.promises.iter().filter_map(|row| self.printed_promise(service, row)).collect(),
            phrases: playbooks.iter().filter_map(|id| self.phrase_list(id)).collect(),
            complaints_to: fields.complaints_to.as_ref().map(|it| self.link(Kind::Service, &it.id)),
            checklists: checklists.iter().map(|id| self.link(Kind::Checklist, id)).collect(),
            footer: self.service_footer(service),
        }
    }

    /// Shows a standard as it stands on paper.
    pub fn printed_standard(&self, service: &Document<Service>, row: &Row<Standard>) -> PrintedStandard {
        let id = format!("{}/{}", service.id, row.id);
        let title = self.name(Kind::Standard, &id);
        let own: Thing = (Kind::Standard, id);
        let standard = &row.value;
        PrintedStandard {
            anchor: address::anchor(self.handbook(), Kind::Standard, &service.id, &row.id),
            earlier: former::anchors(&standard.was),
            title,
            statement: self.text_of(&standard.statement, Some(&own)),
            limit: standard.limit.as_ref().map(|limit| self.figure(limit.value)),
            level: standard.level.as_ref().map(|level| self.quantity(level, Some(&own))).unwrap_or_default(),
            target: self.share(&standard.target),
            internal: self.duration(&standard.internal),
            clock: standard.clock.as_ref().map(|clock| self.clock(clock, &own)),
            measure: self.measured_as(standard.measure.as_ref()),
            variants: standard.variants.iter().map(|variant| self.variant(variant, &own)).collect(),
            breach: standard.breach.iter().map(|breach| self.breach(standard, breach)).collect(),
            prose: self.section_of(service, &row.id),
        }
    }

    fn printed_steps(&self, service: &Document<Service>) -> Vec<PrintedStep> {
        let step = |row: &Row<crate::model::step::Step>| PrintedStep {
            title: self.plain_of(&row.value.title, Some(&(Kind::Step, format!("{}/{}", service.id, row.id)))),
            actor: self.actor(row.value.actor.as_ref()).title,
            takes: self.duration(&row.value.takes),
        };
        service.fields.steps.iter().map(step).collect()
    }

    /// Shows a promise as it stands on paper; nothing where it does not hold today.
    fn printed_promise(&self, service: &Document<Service>, row: &Row<Promise>) -> Option<PrintedPromise> {
        let promise = &row.value;
        if self.validity(promise.valid.as_ref()).1 != "now" {
            return None;
        }
        let own: Thing = (Kind::Promise, format!("{}/{}", service.id, row.id));
        let remedy = promise.remedy.as_ref().map(|remedy| {
            let granted_by = remedy.granted_by.as_ref().map(|role| role.id.as_str());
            PrintedRemedy {
                what: self.text_of(&remedy.what, Some(&own)),
                up_to: remedy.up_to.as_ref().map_or_else(String::new, |money| self.locale().money(money.value)),
                granted_by: granted_by.map(|role| self.name(Kind::Role, role)).unwrap_or_default(),
                grants: remedy.up_to.as_ref().map(|it| self.grants(it.value, granted_by)).unwrap_or_default(),
            }
        });
        Some(PrintedPromise { statement: self.plain_of(&promise.statement, Some(&own)), remedy })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::bench::{Bench, DE, EN};

    const SERVICE: &str = "\
for: Everybody
standards:
  quick:
    title: Quick
    kind: timeliness
    limit: 5 business days
    internal: 4 business days
    target: 95%
    clock: {start: A, stop: B}
    measure: {as: observed}
    breach: [{at: 70%, tell: desk}]
    was: fast
  right: {title: Right, kind: accuracy, level: 99%}
steps:
  one: {title: \"One of [[#takes]]\", actor: desk, takes: 1 hour, playbook: calm, checklist: open}
  two: {title: Two, actor: customer}
promises:
  sure: {statement: \"Sure in [[quick#limit]]\", remedy: {what: Money back, up_to: 20 EUR, granted_by: lead}}
  old: {statement: Old, valid: {until: 2025-01-01}}
  bare: {statement: Bare, remedy: {what: A cake}}
---
## Q {#quick}
It is counted so.
";
    const OTHERS: [(&str, &str); 2] = [
        ("playbooks/calm.md", "---\ntitle: Calm\nsay: [Gladly]\n---\n"),
        ("checklists/open.md", "---\ntitle: Open\nuse: case\nby: desk\nitems: {a: Light}\n---\n"),
    ];

    fn card(language: crate::fields::text::Language) -> ServiceCard {
        let bench = Bench::service(SERVICE, &OTHERS);
        let shared = bench.shared();
        shared.writer(language, "cards/repair.html").service_card(&shared.handbook().services["repair"])
    }

    #[test]
    fn a_standard_on_paper_is_that_of_the_sheet() {
        let bench = Bench::service(SERVICE, &OTHERS);
        let shared = bench.shared();
        let writer = shared.writer(DE, "services/repair.html");
        let service = &shared.handbook().services["repair"];
        for (printed, sheet) in service.fields.standards.iter().zip(bench.sheet(DE).standards) {
            let printed = serde_json::to_value(writer.printed_standard(service, printed)).unwrap();
            let sheet = serde_json::to_value(sheet).unwrap();
            for (name, value) in printed.as_object().unwrap() {
                assert_eq!(*value, sheet[name], "{name}");
            }
        }
    }

    #[test]
    fn a_card_has_who_does_what_within_what_time() {
        let steps: Vec<(String, String, String)> =
            card(EN).steps.into_iter().map(|step| (step.title.0, step.actor.0, step.takes)).collect();
        let of = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
        assert_eq!(steps, [of("One of 1 hour", "Service desk", "1 hour"), of("Two", "The customer", "")]);
    }

    #[test]
    fn a_card_has_the_promises_that_hold_and_who_may_grant_what() {
        let promises = card(EN).promises;
        let statements: Vec<&str> = promises.iter().map(|it| it.statement.0.as_str()).collect();
        assert_eq!(statements, ["Sure in 5 business days", "Bare"]);
        let sure = promises[0].remedy.as_ref().unwrap();
        assert_eq!((sure.what.0.as_str(), sure.up_to.as_str()), ("Money back", "EUR\u{a0}20"));
        assert_eq!(sure.granted_by.0, "Shop manager");
        let named: Vec<&str> = sure.grants.iter().map(|grant| grant.role.title.0.as_str()).collect();
        assert_eq!(named, ["Service desk", "Shop manager"]);
        let bare = promises[1].remedy.as_ref().unwrap();
        assert_eq!((bare.up_to.as_str(), bare.granted_by.0.as_str(), bare.grants.len()), ("", "", 0));
    }

    #[test]
    fn a_card_has_what_to_say_and_what_to_tick() {
        let card = card(EN);
        assert_eq!((card.title.0.as_str(), card.audience.0.as_str()), ("Repair", "Everybody"));
        assert_eq!(card.phrases[0].say[0].0, "Gladly");
        assert_eq!(card.checklists[0].href, "../checklists/open.html");
        assert_eq!(card.standards[0].earlier, ["fast"]);
        assert_eq!(card.footer.owner.unwrap().href, "../roles/desk.html");
    }
}
