//! The time budget of a standard: the steps that are part of its limit, added up along their critical path.

use crate::calendar::budget::{Budget, Impossible, Step as Weight};
use crate::fields::table::Row;
use crate::model::document::Document;
use crate::model::handbook::Handbook;
use crate::model::service::Service;
use crate::model::standard::Standard;
use crate::model::step::Step;
use crate::units::duration::{Duration, Unit};

/// The limits of a standard in the order in which a [`Budget`] has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitKind {
    /// What the staff steer by.
    Internal,
    /// What a customer can expect.
    Limit,
    /// What the law allows.
    Legal,
}

/// The budget of a standard with what it was made of.
#[derive(Debug)]
pub struct StandardBudget<'a> {
    /// The steps that are part of the limit, in the order of the budget.
    pub steps: Vec<&'a Row<Step>>,
    /// The limits, in the order of the budget; the one that the steps must keep comes first.
    pub limits: Vec<(LimitKind, Duration)>,
    /// The sum, or why there is none.
    pub budget: Result<Budget, Impossible>,
}

impl StandardBudget<'_> {
    /// Gives the unit in which amounts are said: that of the limit for business time, else the plainest.
    pub fn unit(&self, budget: &Budget) -> Unit {
        match self.limits.first().map(|(_, limit)| limit.unit) {
            Some(unit @ (Unit::BusinessDay | Unit::BusinessHour)) if budget.amount_in(0, unit).is_some() => unit,
            _ => budget.plain_unit(),
        }
    }
}

/// Gives the positions of the steps that each step waits for: those it names, or else the one written before it.
pub fn waits(service: &str, steps: &[&Row<Step>]) -> Vec<Vec<usize>> {
    let place = |whole: &str| {
        let inner = whole.strip_prefix(service).and_then(|rest| rest.strip_prefix('/'))?;
        steps.iter().position(|row| row.id == inner)
    };
    let one = |(at, row): (usize, &&Row<Step>)| match row.value.after.0.as_slice() {
        [] => at.checked_sub(1).into_iter().collect(),
        named => named.iter().filter_map(|after| place(&after.id)).collect(),
    };
    steps.iter().enumerate().map(one).collect()
}

impl Handbook {
    /// Adds up the steps that are part of a standard's limit; nothing where the standard has no limit or no steps.
    pub fn budget<'a>(
        &'a self,
        service: &'a Document<Service>,
        standard: &'a Row<Standard>,
    ) -> Option<StandardBudget<'a>> {
        let whole = format!("{}/{}", service.id, standard.id);
        let is_part = |row: &&Row<Step>| row.value.standard.as_ref().is_some_and(|part| part.id == whole);
        let steps: Vec<&Row<Step>> = service.fields.steps.iter().filter(is_part).collect();
        let limits = limits_of(&standard.value);
        if steps.is_empty() || limits.is_empty() {
            return None;
        }
        let waits = waits(&service.id, &steps);
        let weights: Vec<Weight> = steps.iter().zip(waits).map(|(row, after)| weight(&row.value, after)).collect();
        let durations: Vec<Duration> = limits.iter().map(|(_, duration)| *duration).collect();
        let calendar = self.calendar_of(&service.fields).map(|(_, calendar)| calendar.as_ref());
        Some(StandardBudget { steps, limits, budget: Budget::new(&weights, &durations, calendar) })
    }
}

/// Lists the limits of a standard, the one that its steps must keep first.
pub fn limits_of(standard: &Standard) -> Vec<(LimitKind, Duration)> {
    let kinds = [
        (LimitKind::Internal, &standard.internal),
        (LimitKind::Limit, &standard.limit),
        (LimitKind::Legal, &standard.legal),
    ];
    kinds.into_iter().filter_map(|(kind, given)| given.as_ref().map(|given| (kind, given.value))).collect()
}

fn weight(step: &Step, after: Vec<usize>) -> Weight {
    let is = |given: &crate::fields::scalar::Given<bool>| given.as_ref().map(|given| given.value);
    Weight {
        takes: step.takes.as_ref().map(|takes| takes.value),
        after,
        pauses: is(&step.pauses).unwrap_or(false),
        counts: is(&step.counts).unwrap_or(true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::bench;

    fn waits_of(steps: &str) -> Vec<Vec<usize>> {
        let service = bench::service(steps);
        let (checked, _) = bench::look(&bench::tree(&[("services/repair.md", &service)]));
        let rows: Vec<&Row<Step>> = checked.handbook().services["repair"].fields.steps.iter().collect();
        waits("repair", &rows)
    }

    #[test]
    fn a_step_waits_for_the_one_above_or_for_those_that_it_names() {
        assert_eq!(
            waits_of("steps: {a: {}, b: {}, c: {after: a}, d: {after: [b, c]}}\n"),
            [vec![], vec![0], vec![0], vec![1, 2]]
        );
        assert_eq!(waits_of("steps: {a: {}, b: {after: elsewhere}}\n"), [Vec::<usize>::new(), vec![]]);
    }

    #[test]
    fn the_limit_that_the_steps_must_keep_comes_first() {
        let kinds = |standard: &str| {
            let service = bench::service(&format!("standards: {{a: {{{standard}}}}}\n"));
            let (checked, _) = bench::look(&bench::tree(&[("services/repair.md", &service)]));
            let row = checked.handbook().standard("repair/a").unwrap();
            limits_of(&row.value).into_iter().map(|(kind, _)| kind).collect::<Vec<_>>()
        };
        let all = [LimitKind::Internal, LimitKind::Limit, LimitKind::Legal];
        assert_eq!(kinds("legal: 3 weeks, limit: 2 weeks, internal: 1 week"), all);
        assert_eq!(kinds("legal: 3 weeks, limit: 2 weeks"), all[1..]);
        assert_eq!(kinds("level: 9"), []);
    }
}
