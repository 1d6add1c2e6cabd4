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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::bench::{Bench, DE, EN};

    fn budget_in(language: crate::fields::text::Language, standard: &str, steps: &str) -> Option<BudgetView> {
        let front = format!("standards: {{quick: {{kind: timeliness, {standard}}}}}\nsteps: {{{steps}}}\n");
        Bench::service(&front, &[]).sheet(language).standards.remove(0).budget
    }

    fn budget(standard: &str, steps: &str) -> BudgetView {
        budget_in(EN, standard, steps).unwrap()
    }

    const STEPS: &str = "a: {title: A, standard: quick, takes: 2 business days}, b: {title: B, standard: quick, takes: 4 business days}";

    #[test]
    fn steps_within_the_limit_leave_something() {
        let view = budget("limit: 10 business days", STEPS);
        assert_eq!((view.used.0.as_str(), view.allowed.0.as_str()), ("6 business days", "10 business days"));
        assert_eq!((view.over, view.left.0.as_str()), (false, "4 business days left"));
        let bars: Vec<_> = view.bars.iter().map(|bar| (bar.kind, bar.text.0.as_str(), bar.length)).collect();
        assert_eq!(bars, [("steps", "Steps: 6 business days", 600), ("limit", "Limit: 10 business days", 1000)]);
    }

    #[test]
    fn steps_beyond_the_internal_limit_are_too_much_even_within_the_limit() {
        let view = budget("limit: 10 business days, internal: 5 business days, legal: 20 business days", STEPS);
        assert_eq!((view.over, view.left.0.as_str()), (true, "1 business day too much"));
        let bars: Vec<_> = view.bars.iter().map(|bar| (bar.kind, bar.length)).collect();
        assert_eq!(bars, [("steps", 300), ("internal", 250), ("limit", 500), ("legal", 1000)]);
    }

    #[test]
    fn steps_that_use_up_the_limit_are_not_over_it() {
        let view = budget("limit: 6 business days", STEPS);
        assert_eq!((view.over, view.left.0.as_str()), (false, "0 business days left"));
    }

    #[test]
    fn the_parts_lie_one_behind_the_other_and_the_longest_is_named() {
        let view = budget("limit: 10 business days", STEPS);
        let parts: Vec<_> =
            view.parts.iter().map(|it| (it.step.title.0.as_str(), it.start, it.length, it.critical)).collect();
        assert_eq!(parts, [("A", 0, 200, true), ("B", 200, 400, true)]);
        assert_eq!(view.longest.unwrap().title.0, "B");
    }

    #[test]
    fn a_step_beside_a_longer_one_is_not_critical() {
        let view = budget(
            "limit: 10 business days",
            &format!("{STEPS}, c: {{title: C, standard: quick, takes: 1 business day, after: a}}"),
        );
        let parts: Vec<_> = view.parts.iter().map(|it| (it.start, it.length, it.critical)).collect();
        assert_eq!(parts, [(0, 200, true), (200, 400, true), (200, 100, false)]);
    }

    #[test]
    fn a_budget_is_said_in_the_language_of_the_page() {
        let view = budget_in(DE, "limit: 10 business days", STEPS).unwrap();
        assert_eq!((view.used.0.as_str(), view.left.0.as_str()), ("6 Arbeitstage", "4 Arbeitstage übrig"));
    }

    #[test]
    fn without_steps_or_a_limit_there_is_no_budget() {
        assert_eq!(budget_in(EN, "limit: 10 business days", "a: {title: A, takes: 1 business day}"), None);
        assert_eq!(budget_in(EN, "level: 90%", STEPS), None);
    }

    #[test]
    fn steps_that_pause_or_do_not_count_use_nothing() {
        let steps = format!(
            "{STEPS}, c: {{title: C, standard: quick, takes: 9 business days, pauses: true}}, \
            d: {{title: D, standard: quick, takes: 9 business days, counts: false}}"
        );
        assert_eq!(budget("limit: 10 business days", &steps).used.0, "6 business days");
    }
}
