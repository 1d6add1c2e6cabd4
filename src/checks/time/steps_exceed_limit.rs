//! `time/steps-exceed-limit`: steps that together take longer than the limit they must keep.

use std::cmp::Reverse;

use crate::calendar::budget::{Budget, Scale};
use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::diagnostic::{Diagnostic, Severity};
use crate::fields::table::Row;
use crate::model::budget::{LimitKind, StandardBudget};
use crate::model::standard::Standard;

/// The check.
pub const CHECK: Check = Check {
    name: "time/steps-exceed-limit",
    severity: Severity::Error,
    finds: "The steps of a standard take longer together than its internal limit, or than its limit where it has no internal one.",
    why: "Each step may take all of its own time and nobody is late, yet the customer gets the answer after the day that was \
          promised. Steps after the same step run side by side and only the longest way through them counts; what pauses the \
          clock adds nothing. Shorten the longest step, let steps run side by side, or promise what the steps can keep.",
    wrong: &[(
        "services/repair.md",
        "\
standards:
  turnaround: {kind: timeliness, limit: 10 business days, internal: 7 business days}
steps:
  diagnose: {standard: turnaround, takes: 3 business days}
  order-part: {standard: turnaround, takes: 5 business days}
  mend: {standard: turnaround, takes: 1 business day}
",
    )],
    right: &[(
        "services/repair.md",
        "\
standards:
  turnaround: {kind: timeliness, limit: 10 business days, internal: 7 business days}
steps:
  diagnose: {standard: turnaround, takes: 2 business days}
  order-part: {standard: turnaround, takes: 3 business days}
  mend: {standard: turnaround, takes: 1 business day}
",
    )],
    finder: Finder::Run(run),
};

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    for (service, row) in inspection.standards() {
        let Some(whole) = inspection.handbook().budget(service, row) else { continue };
        let Ok(budget) = &whole.budget else { continue };
        found.extend(told(row, &whole, budget));
    }
}

fn told(row: &Row<Standard>, whole: &StandardBudget<'_>, budget: &Budget) -> Option<Diagnostic> {
    let allowed = allowed(whole, budget).filter(|allowed| budget.total > *allowed)?;
    let (name, limit) = match whole.limits.first()?.0 {
        LimitKind::Internal => ("internal limit", row.value.internal.as_ref()?),
        LimitKind::Limit => ("limit", row.value.limit.as_ref()?),
        LimitKind::Legal => ("legal limit", row.value.legal.as_ref()?),
    };
    let unit = whole.unit(budget);
    let (sum, excess) = (budget.total_in(unit)?, budget.difference_in(allowed, unit)?.of_unit(unit));
    let is_worst = budget.by_worst_case && limit.value.seconds().is_none();
    let worst = if is_worst { " at the worst start of the year" } else { "" };
    let mut message = format!(
        "the steps of `{}` take {}{worst}, longer than the {name} of {}",
        row.id,
        sum.of_unit(unit),
        limit.value
    );
    let length = |step: &usize| budget.steps.get(*step).map_or(0, |stretch| stretch.end - stretch.start);
    let longest = budget.path.iter().copied().max_by_key(|step| (length(step), Reverse(*step)));
    let longest =
        longest.and_then(|step| whole.steps.get(step)).and_then(|step| Some((step, step.value.takes.as_ref()?)));
    let several = budget.path.len() > 1;
    if let Some((step, takes)) = longest.as_ref().filter(|_| several) {
        message.push_str(&format!("; the longest is `{}` with {}", step.id, takes.value));
    }
    let mut told = CHECK.told(limit.span, message);
    let mut from = "them".to_owned();
    if let Some((step, takes)) = longest {
        told = told.label(takes.span, if several { "the longest step" } else { "the step" });
        from = format!("`{}`", step.id);
    }
    Some(told.action(format!(
        "take {excess} out of {from}, or write at least {} {} here",
        sum.rounded_up(),
        unit.plural()
    )))
}

/// Gives what the steps may take, on the scale of the budget.
///
/// Hours on the clock are held against business time at their best: that they can fall into a night is told by
/// `time/unstaffed`.
fn allowed(whole: &StandardBudget<'_>, budget: &Budget) -> Option<u64> {
    let (_, limit) = whole.limits.first()?;
    match (budget.scale, limit.seconds()) {
        (Scale::WorkingSeconds { .. }, Some(seconds)) => Some(seconds),
        _ => budget.limits.first().copied().flatten(),
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::told_in_service;

    fn told(limits: &str, steps: &str) -> Vec<String> {
        let service = format!("standards: {{a: {{kind: timeliness, {limits}}}}}\nsteps:\n{steps}");
        told_in_service("time/steps-exceed-limit", &service)
    }

    #[test]
    fn the_sum_is_told_in_the_unit_of_the_limit_with_the_longest_step() {
        let steps = "  p: {standard: a, takes: 15bh}\n  q: {standard: a, takes: 5bd}\n  r: {standard: a, takes: 4bh}\n";
        let lines = told("limit: 10bd, internal: 7bd", steps);
        let says = "services/repair.md:7 the steps of `a` take 7.6 business days, longer than the internal limit of 7 business days; \
             the longest is `q` with 5 business days → take 0.6 business days out of `q`, or write at least 8 business days here";
        assert_eq!(lines, [says]);
        assert_eq!(told("limit: 10bd", steps), [""; 0]);
    }

    #[test]
    fn only_the_longest_way_counts_and_a_pause_adds_nothing() {
        let steps = "  p: {standard: a, takes: 3bd}\n  q: {standard: a, takes: 3bd, after: p}\n  r: {standard: a, takes: 3bd, after: p}\n\
             \x20 s: {standard: a, takes: 9bd, pauses: true}\n";
        assert_eq!(told("limit: 6bd", steps), [""; 0]);
        assert_eq!(told("limit: 5bd", steps).len(), 1);
    }

    #[test]
    fn a_single_step_may_be_too_long_and_other_standards_do_not_matter() {
        let lines = told("limit: 1bd", "  p: {standard: a, takes: 2bd}\n  q: {takes: 9bd}\n");
        assert!(
            lines[0].ends_with("→ take 1 business day out of `p`, or write at least 2 business days here"),
            "{lines:?}"
        );
    }

    #[test]
    fn calendar_days_are_held_against_business_days_at_the_worst_start() {
        let lines = told("limit: 1w", "  p: {standard: a, takes: 7bd}\n");
        assert!(lines[0].contains("at the worst start of the year, longer than the limit of 1 week"), "{lines:?}");
    }

    #[test]
    fn hours_on_the_clock_are_taken_at_their_best() {
        assert_eq!(told("limit: 24h", "  p: {standard: a, takes: 2bd}\n"), [""; 0]);
        let lines = told("limit: 24h", "  p: {standard: a, takes: 4bd}\n");
        assert!(
            lines[0].starts_with("services/repair.md:7 the steps of `a` take 4 business days, longer"),
            "{lines:?}"
        );
    }
}
