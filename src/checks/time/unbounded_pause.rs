//! `time/unbounded-pause`: a pause that nobody ends.

use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::diagnostic::{Diagnostic, Severity};

/// The check.
pub const CHECK: Check = Check {
    name: "time/unbounded-pause",
    severity: Severity::Warning,
    finds: "A step stops the clock, and nothing says when the customer is reminded or when the case is closed.",
    why: "A case that waits for the customer waits for ever when the letter was lost, and no figure shows it because the clock \
          stands still. Remind after a few days, and say from the start when the case is closed; then both sides know where \
          they are.",
    wrong: &[(
        "services/repair.md",
        "steps:\n  approve: {title: Approve the quote, actor: customer, stage: customer, pauses: true}\n",
    )],
    right: &[(
        "services/repair.md",
        "\
steps:
  approve:
    title: Approve the quote
    actor: customer
    stage: customer
    pauses: true
    remind: 2 business days
    closes: 10 business days
",
    )],
    finder: Finder::Run(run),
};

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    for (_, row) in inspection.steps() {
        let step = &row.value;
        let Some(pauses) = step.pauses.as_ref().filter(|pauses| pauses.value) else { continue };
        let lacks = |key: &str, is_given: bool| !is_given && !step.faulty.contains(&key);
        let (message, action) = match (lacks("remind", step.remind.is_some()), lacks("closes", step.closes.is_some())) {
            (true, true) => (
                "without a reminder and without an end",
                "add `remind: 2 business days` and `closes: 10 business days`, or what fits",
            ),
            (true, false) => ("without a reminder", "add `remind: 2 business days`, or what fits"),
            (false, true) => ("without an end", "add `closes: 10 business days`, or what fits"),
            (false, false) => continue,
        };
        let message = format!("`{}` stops the clock {message}", row.id);
        found.push(CHECK.told(pauses.span, message).action(action));
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::told_in_service;

    fn told(step: &str) -> Vec<String> {
        told_in_service("time/unbounded-pause", &format!("steps: {{s: {{{step}}}}}\n"))
    }

    #[test]
    fn what_is_missing_is_named_in_one_finding() {
        let says =
            "services/repair.md:7 `s` stops the clock without an end → add `closes: 10 business days`, or what fits";
        assert_eq!(told("pauses: true, remind: 2bd"), [says]);
        assert_eq!(told("pauses: true").len(), 1);
        assert!(told("pauses: true, closes: 2bd")[0].contains("without a reminder →"));
    }

    #[test]
    fn a_pause_with_both_and_a_step_that_does_not_pause_are_fine() {
        assert_eq!(told("pauses: true, remind: 2bd, closes: 10bd"), [""; 0]);
        assert_eq!(told("pauses: false"), [""; 0]);
        assert_eq!(told("takes: 2bd"), [""; 0]);
    }
}
