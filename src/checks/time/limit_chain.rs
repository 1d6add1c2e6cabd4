//! `time/limit-chain`: an internal limit longer than the limit, or a limit longer than the law allows.

use std::cmp::Ordering;

use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::diagnostic::{Diagnostic, Severity};
use crate::fields::scalar::Given;
use crate::units::duration::Duration;

/// The check.
pub const CHECK: Check = Check {
    name: "time/limit-chain",
    severity: Severity::Error,
    finds: "The internal limit is longer than what the customer is told, or that is longer than the law allows.",
    why: "One chain holds a standard: internal limit ≤ limit ≤ legal limit. Where it is broken, staff who keep their own \
          limit break the one the customer was told, or the firm breaks the law while it keeps its word. A business day \
          is compared with calendar days through the calendar of the service, at the worst start of the year.",
    wrong: &[(
        "services/repair.md",
        "standards:\n  turnaround:\n    kind: timeliness\n    limit: 30 calendar days\n    legal: 20 calendar days\n",
    )],
    right: &[(
        "services/repair.md",
        "standards:\n  turnaround:\n    kind: timeliness\n    limit: 18 calendar days\n    legal: 20 calendar days\n",
    )],
    finder: Finder::Run(run),
};

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    for (service, row) in inspection.standards() {
        let standard = &row.value;
        let mut tell = |tighter: (&str, &Given<Duration>), looser: (&str, &Given<Duration>)| {
            let ((name, Some(short)), (longer, Some(long))) = (tighter, looser) else { return false };
            if inspection.compare(&service.fields, short.value, long.value) != Some(Ordering::Greater) {
                return false;
            }
            let message =
                format!("the {name} of `{}` is {}, longer than the {longer} of {}", row.id, short.value, long.value);
            let action = format!("write at most {} here, or a longer {longer}", long.value);
            found.push(CHECK.told(short.span, message).label(long.span, format!("the {longer}")).action(action));
            true
        };
        let (internal, limit, legal) =
            (("internal limit", &standard.internal), ("limit", &standard.limit), ("legal limit", &standard.legal));
        let (first, second) = (tell(internal, limit), tell(limit, legal));
        if !first && !second {
            tell(internal, legal);
        }
        for variant in &standard.variants {
            let limit = ("limit", &variant.limit);
            let internal = ("internal limit", &variant.internal);
            let (first, second) = (tell(internal, limit), tell(limit, legal));
            if !first && !second {
                tell(internal, legal);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::told_in_service;

    fn told(limits: &str) -> Vec<String> {
        told_in_service("time/limit-chain", &format!("standards: {{a: {{kind: timeliness, {limits}}}}}\n"))
    }

    #[test]
    fn each_broken_link_is_told_once() {
        assert_eq!(told("internal: 7bd, limit: 10bd, legal: 20bd"), [""; 0]);
        let lines = told("internal: 12bd, limit: 10bd, legal: 20bd");
        assert_eq!(
            lines,
            [
                "services/repair.md:7 the internal limit of `a` is 12 business days, longer than the limit of 10 business days → \
             write at most 10 business days here, or a longer limit"
            ]
        );
        assert_eq!(told("internal: 22bd, limit: 21bd, legal: 20bd").len(), 2);
    }

    #[test]
    fn business_days_are_compared_with_calendar_days_through_the_calendar() {
        assert_eq!(told("limit: 10bd, legal: 10d").len(), 1);
        assert_eq!(told("limit: 10bd, legal: 30d"), [""; 0]);
    }

    #[test]
    fn a_variant_keeps_the_legal_limit_too() {
        assert_eq!(told("limit: 10bd, legal: 12bd, variants: [{when: W, limit: 13bd}]").len(), 1);
    }
}
