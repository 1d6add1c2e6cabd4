//! `promise/unbacked`: a promise with no standard behind it, which the reading tells.

use crate::checks::check::{Check, Finder};
use crate::diagnostic::Severity;

/// The check.
pub const CHECK: Check = Check {
    name: "promise/unbacked",
    severity: Severity::Error,
    finds: "A promise has no standard behind it.",
    why: "A promise without a standard is advertising: nobody measures it, nobody steers by it, and the first customer \
          who takes it at its word finds that out. Name the standards that the staff keep so that the promise holds. \
          If there is none, write the standard first.",
    wrong: &[(
        "services/repair.md",
        "promises:\n  on-time:\n    kind: commitment\n    statement: Your appliance is ready on the agreed day.\n    backed_by: []\n",
    )],
    right: &[(
        "services/repair.md",
        "standards:\n  turnaround: {kind: timeliness, limit: 10 business days}\npromises:\n  on-time:\n    kind: commitment\n    \
         statement: Your appliance is ready on the agreed day.\n    backed_by: [turnaround]\n",
    )],
    finder: Finder::Reading,
};

#[cfg(test)]
mod tests {
    use crate::checks::bench::told_in_service;

    fn told(fields: &str) -> Vec<String> {
        let standard = "standards: {a: {kind: access, level: L}}\n";
        told_in_service("promise/unbacked", &format!("{standard}promises: {{p: {{kind: commitment{fields}}}}}\n"))
    }

    #[test]
    fn a_list_that_is_missing_or_empty_is_told_once() {
        assert_eq!(told("").len(), 1);
        assert_eq!(told(", backed_by: []").len(), 1);
    }

    #[test]
    fn a_promise_with_a_standard_is_backed() {
        assert_eq!(told(", backed_by: [a]"), [""; 0]);
    }
}
