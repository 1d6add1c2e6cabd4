//! `time/slow-agreement`: a supplier who may take longer than the step that relies on it.

use std::cmp::Ordering;

use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::quantity::Actor;

/// The check.
pub const CHECK: Check = Check {
    name: "time/slow-agreement",
    severity: Severity::Error,
    finds: "The limit agreed with a supplier or another unit is longer than the time the step may take.",
    why: "The supplier keeps the agreement, and we break our word to the customer. A promise stands on what others promised us: \
          agree on the shorter time, in writing, or plan with the longer one and see whether the limit still holds.",
    wrong: &[(
        "services/repair.md",
        "steps:\n  order-part: {title: Order the part, stage: support, takes: 2 business days, agreement: 5 business days}\n",
    )],
    right: &[(
        "services/repair.md",
        "steps:\n  order-part: {title: Order the part, stage: support, takes: 2 business days, agreement: 2 business days}\n",
    )],
    finder: Finder::Run(run),
};

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    for (service, row) in inspection.steps() {
        let (Some(agreement), Some(takes)) = (&row.value.agreement, &row.value.takes) else { continue };
        // Only what is too slow from every start: a week is not held against five business days.
        if inspection.compare(&service.fields, takes.value, agreement.value) != Some(Ordering::Less) {
            continue;
        }
        let with = match &row.value.actor {
            Some(Actor::Role(role)) => format!(" with `{}`", role.id),
            _ => String::new(),
        };
        let message = format!("`{}` may take {}, but {} are agreed{with}", row.id, takes.value, agreement.value);
        let message = if agreement.value.count == 1 { message.replace(" are agreed", " is agreed") } else { message };
        let told = CHECK.told(agreement.span, message).label(takes.span, "what the step may take");
        found.push(told.action(format!("agree on at most {}, or write `takes: {}`", takes.value, agreement.value)));
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::told_in_service;

    fn told(step: &str) -> Vec<String> {
        told_in_service("time/slow-agreement", &format!("steps: {{s: {{{step}}}}}\n"))
    }

    #[test]
    fn an_agreement_beyond_the_step_is_told_with_whom_it_is_made() {
        let says = "services/repair.md:7 `s` may take 2 business days, but 5 business days are agreed with `desk` → \
             agree on at most 2 business days, or write `takes: 5 business days`";
        assert_eq!(told("actor: desk, takes: 2bd, agreement: 5bd"), [says]);
        assert_eq!(told("takes: 2bd, agreement: 2bd"), [""; 0]);
        assert_eq!(told("agreement: 5bd"), [""; 0]);
    }

    #[test]
    fn other_clocks_compare_through_the_calendar() {
        assert_eq!(told("takes: 2bd, agreement: 1w").len(), 1);
        assert_eq!(told("takes: 10bd, agreement: 1w"), [""; 0]);
        assert_eq!(told("takes: 6bd, agreement: 1w"), [""; 0]);
        assert!(told("takes: 2bh, agreement: 1bd")[0].contains("but 1 business day is agreed"));
    }
}
