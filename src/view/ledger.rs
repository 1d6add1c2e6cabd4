//! The ledger: every promise with what stands behind it.

use serde::Serialize;

use super::address;
use super::html::{Html, Link};
use super::results::ResultView;
use super::service::StandardShort;
use super::writer::Writer;
use crate::fields::table::Row;
use crate::model::document::Document;
use crate::model::kind::Kind;
use crate::model::lookup::Thing;
use crate::model::promise::Promise;
use crate::model::service::Service;

/// A standard behind a promise, with its budget.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Backing {
    /// The standard with its limit.
    pub standard: StandardShort,
    /// The steps behind it.
    pub steps: Vec<Link>,
    /// Time used of time allowed, in words; empty where it cannot be said.
    pub budget: Html,
    /// Time used in thousandths of what is allowed.
    pub used: u64,
    /// Whether the steps take longer than they may.
    pub over: bool,
    /// The step that takes longest.
    pub longest: Option<Link>,
    /// Whether times were converted by their worst case.
    pub worst_case: bool,
    /// The latest result.
    pub result: Option<ResultView>,
}

/// What a customer gets, as the ledger says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LedgerRemedy {
    /// What it is.
    pub what: Html,
    /// Up to what amount; empty where there is none.
    pub up_to: String,
    /// Who grants it.
    pub granted_by: Option<Link>,
}

/// A promise in the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LedgerPromise {
    /// The way to it.
    pub href: String,
    /// The way to its card.
    pub card: String,
    /// Its name.
    pub title: Html,
    /// What the customer is told.
    pub statement: Html,
    /// `guarantee` or `commitment`.
    pub kind: &'static str,
    /// The kind in words.
    pub kind_name: Html,
    /// The service.
    pub service: Link,
    /// The remedy.
    pub remedy: Option<LedgerRemedy>,
    /// Where it is shown.
    pub shown_at: Vec<Link>,
    /// From when to when it holds, in words; empty where nothing is said.
    pub validity: Html,
    /// `before`, `now` or `past`.
    pub validity_state: &'static str,
}

/// A line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LedgerRow {
    /// The promise.
    pub promise: LedgerPromise,
    /// What stands behind it.
    pub backing: Vec<Backing>,
}

impl Writer<'_> {
    /// Lists promises with what stands behind them.
    pub fn ledger(&self, ids: &[String]) -> Vec<LedgerRow> {
        let rows = ids.iter().filter_map(|id| Some((self.handbook().service_of(id)?.0, self.handbook().promise(id)?)));
        rows.map(|(service, row)| LedgerRow {
            promise: self.ledger_promise(service, row),
            backing: row.value.backed_by.iter().filter_map(|it| self.backing(&it.id)).collect(),
        })
        .collect()
    }

    fn ledger_promise(&self, service: &Document<Service>, row: &Row<Promise>) -> LedgerPromise {
        let promise = &row.value;
        let (kind, kind_name) = self.promise_kind(promise);
        let id = format!("{}/{}", service.id, row.id);
        let (validity, validity_state) = self.validity(promise.valid.as_ref());
        let (href, card) = (self.way_to(Kind::Promise, &id), self.way(&address::card(&id)));
        let title = self.name(Kind::Promise, &id);
        let own: Thing = (Kind::Promise, id);
        let remedy = promise.remedy.as_ref().map(|remedy| LedgerRemedy {
            what: self.text_of(&remedy.what, Some(&own)),
            up_to: remedy.up_to.as_ref().map_or_else(String::new, |money| self.locale().money(money.value)),
            granted_by: remedy.granted_by.as_ref().map(|role| self.link(Kind::Role, &role.id)),
        });
        LedgerPromise {
            href,
            card,
            title,
            statement: self.text_of(&promise.statement, Some(&own)),
            kind,
            kind_name,
            service: self.link(Kind::Service, &service.id),
            remedy,
            shown_at: promise.shown_at.iter().map(|it| self.link(Kind::Channel, &it.id)).collect(),
            validity,
            validity_state,
        }
    }

    /// Shows a standard behind a promise.
    pub fn backing(&self, id: &str) -> Option<Backing> {
        let handbook = self.handbook();
        let (service, inner) = handbook.service_of(id)?;
        let row = service.fields.standards.get(inner)?;
        let budget = self.budget(service, row);
        let bar = |kind: &str| budget.as_ref()?.bars.iter().find(|bar| bar.kind == kind).map(|bar| bar.length);
        let allowed = bar("internal").or_else(|| bar("limit")).unwrap_or(0).max(1);
        let words = budget.as_ref().map(|budget| {
            let values = [("used", budget.used.0.as_str()), ("allowed", budget.allowed.0.as_str())];
            self.locale().phrase("ledger.budget_of", &values)
        });
        Some(Backing {
            standard: self.standard_short(id)?,
            steps: budget.iter().flat_map(|budget| budget.parts.iter().map(|part| part.step.clone())).collect(),
            budget: Html(words.unwrap_or_default()),
            used: bar("steps").unwrap_or(0).saturating_mul(1000) / allowed,
            over: budget.as_ref().is_some_and(|budget| budget.over),
            worst_case: budget.as_ref().is_some_and(|budget| budget.worst_case),
            longest: budget.and_then(|budget| budget.longest),
            result: self.latest_result(id, &row.value),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::bench::{Bench, EN};

    const SERVICE: &str = "\
standards:
  quick: {title: Quick, kind: timeliness, limit: 10 business days, target: 95%}
  right: {title: Right, kind: accuracy, level: 99%, target: 95%}
steps:
  one: {title: One, standard: quick, takes: 3 business days}
  two: {title: Two, standard: quick, takes: 9 business days}
promises:
  sure: {title: Sure, backed_by: [quick, right, missing], remedy: {what: A cake, up_to: 20 EUR, granted_by: desk}}
---
## Sure {#sure}
Long prose.
";

    fn rows() -> Vec<LedgerRow> {
        let results = ("results/r.csv", "period,standard,value\n2026-10,repair/right,96\n");
        let bench = Bench::service(SERVICE, &[results]);
        let shared = bench.shared();
        shared.writer(EN, "promises/index.html").ledger(&shared.handbook().ids(crate::model::kind::Kind::Promise))
    }

    #[test]
    fn a_promise_stands_with_what_is_behind_it_and_what_is_not_there_is_left_out() {
        let rows = rows();
        assert_eq!(rows.len(), 1);
        let names: Vec<&str> = rows[0].backing.iter().map(|it| it.standard.standard.title.0.as_str()).collect();
        assert_eq!(names, ["Quick", "Right"]);
        let promise = &rows[0].promise;
        assert_eq!(
            (promise.card.as_str(), promise.kind, promise.title.0.as_str()),
            ("repair/sure.html", "commitment", "Sure")
        );
        let remedy = promise.remedy.as_ref().unwrap();
        assert_eq!((remedy.what.0.as_str(), remedy.up_to.as_str()), ("A cake", "EUR\u{a0}20"));
        assert_eq!(remedy.granted_by.as_ref().unwrap().title.0, "Service desk");
    }

    #[test]
    fn the_time_used_is_said_in_words_and_in_thousandths_of_what_is_allowed() {
        let row = rows().remove(0);
        let quick = &row.backing[0];
        assert_eq!(quick.budget.0, "12 business days of 10 business days");
        assert!((1199..=1201).contains(&quick.used) && quick.over, "{}", quick.used);
        assert_eq!(quick.longest.as_ref().unwrap().title.0, "Two");
        assert_eq!(quick.steps.len(), 2);
    }

    #[test]
    fn a_standard_without_a_budget_shows_its_result_alone() {
        let row = rows().remove(0);
        let right = &row.backing[1];
        assert_eq!((right.budget.0.as_str(), right.used, right.over, right.steps.len()), ("", 0, false, 0));
        assert_eq!(right.result.as_ref().unwrap().verdict, "met");
    }
}
