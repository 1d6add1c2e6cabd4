//! The time budget of a standard as a bar: steps, internal limit, limit, legal limit.

use serde::Serialize;

use super::html::{Html, Link};
use super::writer::Writer;
use crate::fields::table::Row;
use crate::model::budget::{LimitKind, StandardBudget};
use crate::model::document::Document;
use crate::model::kind::Kind;
use crate::model::service::Service;
use crate::model::standard::Standard;

/// A part of the bar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BudgetBar {
    /// What it stands for: `steps`, `internal`, `limit` or `legal`.
    pub kind: &'static str,
    /// Its words: `Internal: 7 business days`.
    pub text: Html,
    /// The amount alone: `7 business days`.
    pub amount: Html,
    /// Its length in thousandths of the longest.
    pub length: u64,
}

/// One step within the bar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BudgetPart {
    /// The step.
    pub step: Link,
    /// Where it begins, in thousandths of the longest bar.
    pub start: u64,
    /// How long it is, in thousandths of the longest bar.
    pub length: u64,
    /// Whether it lies on the critical path.
    pub critical: bool,
}

/// The time budget of a standard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BudgetView {
    /// The bars, the steps' first.
    pub bars: Vec<BudgetBar>,
    /// The steps, in order.
    pub parts: Vec<BudgetPart>,
    /// What the steps take together: `6.5 business days`.
    pub used: Html,
    /// What they may take: the internal limit, or else the limit.
    pub allowed: Html,
    /// What is left, or how much it is too much.
    pub left: Html,
    /// Whether the steps take longer than they may.
    pub over: bool,
    /// The step that takes longest.
    pub longest: Option<Link>,
    /// Whether times were converted by their worst case.
    pub worst_case: bool,
}

impl Writer<'_> {
    /// Shows the time budget of a standard; nothing where its steps take no time or their
    /// times cannot be added up.
    pub fn budget(&self, service: &Document<Service>, standard: &Row<Standard>) -> Option<BudgetView> {
        let made = self.handbook().budget(service, standard)?;
        let StandardBudget { steps, limits, budget } = &made;
        let budget = budget.as_ref().ok().filter(|budget| budget.total > 0)?;
        let unit = made.unit(budget);
        let used = self.locale().amount(budget.total_in(unit)?.0, unit);
        let longest_bar = budget.limits.iter().flatten().copied().chain([budget.total]).max()?.max(1);
        let thousandths = |amount: u64| amount.saturating_mul(1000) / longest_bar;
        let mut bars = vec![self.bar("steps", "figure.used", &used, thousandths(budget.total))];
        for ((kind, duration), length) in limits.iter().zip(&budget.limits) {
            if let Some(length) = length {
                let (kind, key) = words(*kind);
                bars.push(self.bar(kind, key, &self.locale().duration(*duration), thousandths(*length)));
            }
        }
        let allowed = budget.limits.first().copied().flatten()?;
        let over = budget.total > allowed;
        let difference = self.locale().amount(budget.difference_in(allowed, unit)?.0, unit);
        let key = if over { "figure.over" } else { "figure.left" };
        let link = |at: usize| self.link(Kind::Step, &format!("{}/{}", service.id, steps[at].id));
        let part = |(at, stretch): (usize, &crate::calendar::budget::Stretch)| BudgetPart {
            step: link(at),
            start: thousandths(stretch.start),
            length: thousandths(stretch.end.saturating_sub(stretch.start)),
            critical: budget.path.contains(&at),
        };
        Some(BudgetView {
            bars,
            parts: budget.steps.iter().enumerate().map(part).collect(),
            used: Html::escaped(&used),
            allowed: Html::escaped(&self.locale().duration(limits[0].1)),
            left: Html::escaped(&self.locale().phrase(key, &[("amount", &difference)])),
            over,
            longest: budget.longest.map(link),
            worst_case: budget.by_worst_case,
        })
    }

    fn bar(&self, kind: &'static str, key: &str, amount: &str, length: u64) -> BudgetBar {
        let text = Html::escaped(&self.locale().phrase(key, &[("amount", amount)]));
        BudgetBar { kind, text, amount: Html::escaped(amount), length }
    }
}

fn words(kind: LimitKind) -> (&'static str, &'static str) {
    match kind {
        LimitKind::Internal => ("internal", "figure.internal"),
        LimitKind::Limit => ("limit", "figure.limit"),
        LimitKind::Legal => ("legal", "figure.legal"),
    }
}
