//! The ledger: every promise with what stands behind it.

use serde::Serialize;

use super::html::{Html, Link};
use super::promise::PromiseView;
use super::results::ResultView;
use super::service::StandardShort;
use super::writer::Writer;

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

/// A line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LedgerRow {
    /// The promise.
    pub promise: PromiseView,
    /// What stands behind it.
    pub backing: Vec<Backing>,
}

impl Writer<'_> {
    /// Lists all promises with what stands behind them.
    pub fn ledger(&self) -> Vec<LedgerRow> {
        let services = self.handbook().services.values();
        let rows = services.flat_map(|service| service.fields.promises.iter().map(move |row| (service, row)));
        rows.map(|(service, row)| {
            let mut promise = self.promise(service, row);
            promise.prose = Html::default();
            LedgerRow { promise, backing: row.value.backed_by.iter().filter_map(|it| self.backing(&it.id)).collect() }
        })
        .collect()
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
