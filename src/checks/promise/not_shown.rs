//! `promise/not-shown`: a guarantee that no customer sees, or a promise that has run out.

use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::promise::PromiseKind;

/// The check.
pub const CHECK: Check = Check {
    name: "promise/not-shown",
    severity: Severity::Warning,
    finds: "A guarantee is shown on no channel, or a promise has run out.",
    why: "A guarantee works because customers know it: they choose you for it, and they hold you to it. One that only \
          the handbook knows does neither. One that has run out and is still shown is a promise you may have to keep \
          without having decided to; renew it or take it down.",
    wrong: &[(
        "services/repair.md",
        "promises:\n  on-time:\n    kind: guarantee\n    shown_at: [counter]\n    valid: {from: 2025-01-01, until: 2025-12-31}\n",
    )],
    right: &[(
        "services/repair.md",
        "promises:\n  on-time:\n    kind: guarantee\n    shown_at: [counter]\n    valid: {from: 2026-01-01, until: 2027-12-31}\n",
    )],
    finder: Finder::Run(run),
};

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    for (service, row) in inspection.promises() {
        let promise = &row.value;
        let until = promise.valid.as_ref().and_then(|valid| valid.until.as_ref());
        if let Some(until) = until.filter(|until| until.value < inspection.today) {
            let message = format!("`{}` ran out on {}", row.id, until.value);
            let action = "decide on it anew and write a later day, or remove the promise here and wherever it is shown";
            found.push(CHECK.told(until.span, message).action(action));
            continue;
        }
        let guarantee = promise.kind.as_ref().filter(|kind| kind.value == PromiseKind::Guarantee);
        if let Some(kind) = guarantee.filter(|_| promise.shown_at.is_empty() && !promise.faulty.contains(&"shown_at")) {
            let message = format!("`{}` is a guarantee that no customer gets to see", row.id);
            let channels: Vec<&str> = service.fields.channels.iter().map(|channel| channel.id.as_str()).collect();
            let channels = if channels.is_empty() { "counter".to_owned() } else { channels.join(", ") };
            let action = format!("show it, and add where: `shown_at: [{channels}]`");
            found.push(CHECK.told(kind.span, message).action(action));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::{service, told};

    fn found(fields: &str) -> Vec<String> {
        let text = format!("channels: [phone]\npromises: {{p: {{{fields}}}}}\n");
        told("promise/not-shown", &[("services/repair.md", &service(&text))])
    }

    #[test]
    fn a_guarantee_is_shown_somewhere_and_a_commitment_need_not_be() {
        assert_eq!(
            found("kind: guarantee"),
            [
                "services/repair.md:8 `p` is a guarantee that no customer gets to see → show it, and add where: `shown_at: \
              [phone]`"
            ]
        );
        assert_eq!(found("kind: guarantee, shown_at: [counter]"), [""; 0]);
        assert_eq!(found("kind: commitment"), [""; 0]);
    }

    #[test]
    fn the_last_day_still_counts_and_the_day_after_does_not() {
        assert_eq!(found("kind: commitment, valid: {until: 2026-11-21}"), [""; 0]);
        assert_eq!(
            found("kind: commitment, valid: {until: 2026-11-20}"),
            [
                "services/repair.md:8 `p` ran out on 2026-11-20 → decide on it anew and write a later day, or remove the \
              promise here and wherever it is shown"
            ]
        );
    }

    #[test]
    fn a_guarantee_that_ran_out_is_told_once() {
        assert_eq!(found("kind: guarantee, valid: {until: 2020-01-01}").len(), 1);
    }
}
