//! What has gone wrong, and what follows: what the customer is owed, who may grant it, whom to tell, what to say.
//!
//! Not here: choosing and comparing amounts with rights, which the theme's `recovery.js` does; without it the page is
//! read from top to bottom.

use std::sync::Arc;

use serde::Serialize;

use super::address;
use super::concern::Concern;
use super::deadline::FinderView;
use super::html::{Html, Link};
use super::promise::{Grant, RemedyView};
use super::standard::BreachView;
use super::writer::Writer;
use crate::fields::table::Row;
use crate::model::document::Document;
use crate::model::kind::Kind;
use crate::model::promise::Promise;
use crate::model::service::Service;
use crate::model::standard::Standard;
use crate::units::money::Money;

/// A role of the firm, and what it may grant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Granter {
    /// Its id.
    pub id: String,
    /// The role.
    pub role: Link,
    /// What it is called, as plain text.
    pub title: Html,
    /// What it may grant as `100 EUR`; empty where it may grant nothing.
    pub right: String,
    /// The same in words.
    pub right_in_words: String,
    /// The id of the role that it reports to; empty where there is none.
    pub reports_to: String,
}

/// Who is told that a standard was missed, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ToldOfBreach {
    /// The standard.
    pub standard: Link,
    /// Who, and when.
    pub breach: BreachView,
}

/// What to say first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FirstWords {
    /// The playbook.
    pub playbook: Link,
    /// Its first sentence; empty where it has none.
    pub sentence: Html,
}

/// Something that can go wrong: a promise that was broken, a standard without a promise that was missed, or
/// something that customers care about and nothing is promised for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RecoveryCase {
    /// Its whole id.
    pub id: String,
    /// `promise`, `standard` or `factor`.
    pub kind: &'static str,
    /// The promise, the standard or what customers care about.
    pub broken: Link,
    /// What it is called, as plain text.
    pub title: Html,
    /// What the customer was promised; empty where it is no promise.
    pub statement: Html,
    /// What the customer gets; nothing is owed for a standard alone.
    pub remedy: Option<RemedyView>,
    /// Who may give something all the same, where nothing is owed.
    pub goodwill: Vec<Grant>,
    /// Up to what amount, as `90 EUR`; empty where there is none.
    pub amount: String,
    /// The finder of the day by which the customer has it.
    pub finder: Option<FinderView>,
    /// Whom to tell.
    pub told: Vec<ToldOfBreach>,
    /// The playbooks, each with its first sentence.
    pub say: Vec<FirstWords>,
    /// The way to the card with what to say of the promise; empty for a standard.
    pub card: String,
}

/// What can go wrong in a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RecoveryService {
    /// Its id.
    pub id: String,
    /// The service.
    pub service: Link,
    /// Its title as plain text, for an attribute.
    pub title: Html,
    /// Who answers for it.
    pub owner: Option<Link>,
    /// What can go wrong.
    pub cases: Vec<RecoveryCase>,
}

/// The page of what follows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RecoveryView {
    /// The roles of the firm, those with the smallest right first, those without one at the end.
    pub granters: Vec<Granter>,
    /// The currency of the rights; empty where there is none, or more than one.
    pub currency: String,
    /// What customers say, and which cases it leads to.
    pub concerns: Vec<Concern>,
    /// The services.
    pub services: Vec<RecoveryService>,
    /// What customers say for which nothing is promised.
    pub others: Vec<RecoveryCase>,
}

impl Writer<'_> {
    /// Lists the services in which something can go wrong.
    pub fn recovery_services(&self) -> Vec<String> {
        let services = self.handbook().services.values();
        let fails = services.filter(|it| !it.fields.promises.is_empty() || self.unpromised(it).next().is_some());
        fails.map(|service| service.id.clone()).collect()
    }

    /// Gathers what follows when something goes wrong in some services.
    pub fn recovery(&self, ids: &[String]) -> RecoveryView {
        let services = ids.iter().map(|id| &self.handbook().services[id]).map(|service| RecoveryService {
            id: service.id.clone(),
            service: self.link(Kind::Service, &service.id),
            title: self.unmarked(Kind::Service, &service.id),
            owner: service.fields.owner.as_ref().map(|owner| self.link(Kind::Role, &owner.id)),
            cases: self.recovery_cases(service),
        });
        let services: Vec<RecoveryService> = services.collect();
        let (concerns, others) = self.concerns(&services);
        let roles = self.handbook().roles.values();
        let mut currencies: Vec<&str> =
            roles.filter_map(|row| Some(row.value.may_grant.as_ref()?.value.currency.code())).collect();
        currencies.sort_unstable();
        currencies.dedup();
        RecoveryView {
            granters: self.granters(),
            currency: if let [one] = currencies.as_slice() { (*one).to_owned() } else { String::new() },
            concerns,
            services,
            others,
        }
    }

    /// Gives the name of a thing without marks of another language, which a choice cannot hold.
    fn unmarked(&self, kind: Kind, id: &str) -> Html {
        Html::escaped(&self.name(kind, id).plain())
    }

    fn granters(&self) -> Vec<Granter> {
        let own = self.handbook().roles.values().filter(|row| !row.value.external.as_ref().is_some_and(|it| it.value));
        let mut rights: Vec<(Option<Money>, Granter)> = own
            .map(|row| {
                let right = row.value.may_grant.as_ref().map(|money| money.value);
                let granter = Granter {
                    id: row.id.clone(),
                    role: self.link(Kind::Role, &row.id),
                    title: self.unmarked(Kind::Role, &row.id),
                    right: right.map_or_else(String::new, |money| money.to_string()),
                    right_in_words: right.map_or_else(String::new, |money| self.locale().money(money)),
                    reports_to: row.value.reports_to.as_ref().map_or_else(String::new, |lead| lead.id.clone()),
                };
                (right, granter)
            })
            .collect();
        rights.sort_by_key(|(right, _)| right.map_or(i64::MAX, |money| money.amount));
        rights.into_iter().map(|(_, granter)| granter).collect()
    }

    /// Lists the promises, then the standards that no promise rests on.
    fn recovery_cases(&self, service: &Document<Service>) -> Vec<RecoveryCase> {
        let promises = service.fields.promises.iter().map(|row| self.broken_promise(service, row));
        promises.chain(self.unpromised(service).map(|row| self.missed_standard(service, row))).collect()
    }

    /// Gives the standards of which a breach is told and on which no promise rests.
    fn unpromised<'b>(&'b self, service: &'b Document<Service>) -> impl Iterator<Item = &'b Row<Standard>> {
        let alone = |row: &&Row<Standard>| {
            let id = format!("{}/{}", service.id, row.id);
            !row.value.breach.is_empty() && !self.shared.relations.promised.contains_key(&id)
        };
        service.fields.standards.iter().filter(alone)
    }

    fn broken_promise(&self, service: &Document<Service>, row: &Row<Promise>) -> RecoveryCase {
        let id = format!("{}/{}", service.id, row.id);
        let own = (Kind::Promise, id.clone());
        let remedy = row.value.remedy.as_ref();
        let behind: Vec<&str> = row.value.backed_by.iter().map(|standard| standard.id.as_str()).collect();
        let amount = remedy.and_then(|remedy| remedy.up_to.as_ref()).map(|money| money.value.to_string());
        let within = remedy.and_then(|remedy| remedy.within.as_ref());
        RecoveryCase {
            kind: "promise",
            broken: self.link(Kind::Promise, &id),
            title: self.unmarked(Kind::Promise, &id),
            statement: self.plain_of(&row.value.statement, Some(&own)),
            goodwill: if remedy.is_none() { self.goodwill(service) } else { Vec::new() },
            amount: amount.unwrap_or_default(),
            finder: within.map(|within| self.finder_of(service, Kind::Promise, &id, within.value)),
            told: behind.iter().flat_map(|standard| self.told_of(standard)).collect(),
            say: self.to_say(service, &behind),
            card: self.way(&address::card(&id)),
            remedy: remedy.map(|remedy| self.remedy(remedy, &own)),
            id,
        }
    }

    fn missed_standard(&self, service: &Document<Service>, row: &Row<Standard>) -> RecoveryCase {
        let id = format!("{}/{}", service.id, row.id);
        RecoveryCase {
            kind: "standard",
            broken: self.link(Kind::Standard, &id),
            title: self.unmarked(Kind::Standard, &id),
            statement: Html::default(),
            remedy: None,
            goodwill: self.goodwill(service),
            amount: String::new(),
            finder: None,
            told: self.told_of(&id),
            say: self.to_say(service, &[&id]),
            card: String::new(),
            id,
        }
    }

    fn told_of(&self, standard: &str) -> Vec<ToldOfBreach> {
        let Some(row) = self.handbook().standard(standard) else { return Vec::new() };
        let told = |breach| ToldOfBreach {
            standard: self.link(Kind::Standard, standard),
            breach: self.breach(&row.value, breach),
        };
        row.value.breach.iter().map(told).collect()
    }

    /// Gives the playbooks of the steps behind the standards, or else of the service that takes its complaints, or else of all
    /// its own.
    fn to_say(&self, service: &Document<Service>, standards: &[&str]) -> Vec<FirstWords> {
        let behind = self.first_words(service, |standard| standards.contains(&standard));
        if !behind.is_empty() {
            return behind;
        }
        let complaints = service.fields.complaints_to.as_ref().and_then(|to| self.handbook().services.get(&to.id));
        self.first_words(complaints.map_or(service, Arc::as_ref), |_| true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::bench::{Bench, EN};

    const SERVICE: &str = "\
standards:
  quick: {title: Quick, kind: timeliness, limit: 2 weeks, breach: [{at: 70%, tell: desk}, {at: 100%, tell: [desk, lead]}]}
  right: {title: Right, kind: accuracy, level: 99%, breach: [{at: 100%, tell: lead}]}
  nice: {title: Nice, kind: conduct, level: 90%}
steps:
  one: {title: One, actor: desk, stage: front, standard: quick, playbook: calm}
  two: {title: Two, actor: clerk, stage: front, playbook: glad}
  three: {title: Three, actor: boss, stage: back}
promises:
  sure: {title: Sure, statement: Ten days, backed_by: [quick], remedy: {what: Money, up_to: 90 EUR, within: 5 calendar days, granted_by: desk}}
  kind: {title: Kind, backed_by: [nice]}
";
    const ROLES: &str = "\
boss: {title: Boss, may_grant: 1000 EUR}
desk: {title: Desk, may_grant: 50 EUR, reports_to: lead}
lead: {title: Lead, may_grant: 100 EUR, reports_to: boss}
clerk: {title: Clerk}
maker: {title: Maker, external: true}
";

    fn recovery() -> RecoveryView {
        let book = |title: &str| format!("---\ntitle: {title}\nwhen: Now\nsay: [I see, And then]\n---\n");
        let (calm, glad) = (book("Calm"), book("Glad"));
        let others =
            [("registers/roles.yaml", ROLES), ("playbooks/calm.md", calm.as_str()), ("playbooks/glad.md", &glad)];
        let bench = Bench::service(SERVICE, &others);
        let shared = bench.shared();
        let writer = shared.writer(EN, "recovery.html");
        writer.recovery(&writer.recovery_services())
    }

    #[test]
    fn roles_of_the_firm_stand_with_their_rights_the_smallest_first_and_whom_they_report_to() {
        let view = recovery();
        let rights: Vec<_> =
            view.granters.iter().map(|it| (it.id.as_str(), it.right.as_str(), it.reports_to.as_str())).collect();
        let expected =
            [("desk", "50 EUR", "lead"), ("lead", "100 EUR", "boss"), ("boss", "1000 EUR", ""), ("clerk", "", "")];
        assert_eq!((rights, view.currency.as_str()), (expected.to_vec(), "EUR"));
        assert_eq!(view.granters[2].right_in_words, "EUR\u{a0}1,000");
    }

    #[test]
    fn promises_come_first_and_then_missed_standards_that_somebody_is_told_of() {
        let view = recovery();
        assert_eq!(view.services.len(), 1);
        let cases: Vec<_> = view.services[0].cases.iter().map(|it| (it.id.as_str(), it.kind)).collect();
        let expected = [("repair/sure", "promise"), ("repair/kind", "promise"), ("repair/right", "standard")];
        assert_eq!(cases, expected);
        assert_eq!(view.services[0].owner.as_ref().unwrap().title.0, "Desk");
    }

    #[test]
    fn a_broken_promise_says_what_is_owed_by_when_and_who_may_grant_it() {
        let view = recovery();
        let case = &view.services[0].cases[0];
        let remedy = case.remedy.as_ref().unwrap();
        assert_eq!((case.amount.as_str(), remedy.up_to.as_str()), ("90 EUR", "EUR\u{a0}90"));
        let grants: Vec<_> = remedy.grants.iter().map(|it| (it.role.title.0.as_str(), it.named)).collect();
        assert_eq!(grants, [("Desk", true), ("Lead", false), ("Boss", false)]);
        let finder = case.finder.as_ref().unwrap();
        assert_eq!((finder.cases[0].promised.as_str(), finder.cases.len()), ("5d", 1));
        assert!(view.services[0].cases[1].finder.is_none());
    }

    #[test]
    fn whom_to_tell_is_said_by_the_standards_behind_it() {
        let view = recovery();
        let told: Vec<_> =
            view.services[0].cases[0].told.iter().map(|it| (it.breach.at.0.as_str(), it.breach.tell.len())).collect();
        assert_eq!(told, [("70%", 1), ("100%", 2)]);
        assert!(view.services[0].cases[1].told.is_empty());
    }

    #[test]
    fn who_may_give_something_is_said_where_nothing_is_owed_with_one_who_may_give_more() {
        let cases = recovery().services.remove(0).cases;
        let given = |at: usize| -> Vec<(String, String)> {
            cases[at].goodwill.iter().map(|it| (it.role.title.0.clone(), it.up_to.clone())).collect()
        };
        let expected = [("Desk", "EUR\u{a0}50"), ("Lead", "EUR\u{a0}100")].map(|(a, b)| (a.to_owned(), b.to_owned()));
        assert_eq!((given(0), given(1), given(2)), (Vec::new(), expected.to_vec(), expected.to_vec()));
    }

    #[test]
    fn what_to_say_begins_with_the_first_sentence_of_a_playbook() {
        let case = recovery().services.remove(0).cases.remove(0);
        assert_eq!((case.say[0].sentence.0.as_str(), case.statement.0.as_str()), ("I see", "Ten days"));
    }

    #[test]
    fn what_to_say_comes_from_the_steps_behind_it_or_else_from_all_steps() {
        let view = recovery();
        let say = |at: usize| -> Vec<String> {
            view.services[0].cases[at].say.iter().map(|it| it.playbook.title.0.clone()).collect()
        };
        assert_eq!(say(0), ["Calm"]);
        assert_eq!(say(1), ["Calm", "Glad"]);
    }
}
