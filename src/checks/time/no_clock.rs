//! `time/no-clock`: a time without the events between which it is counted. The reading tells it, field by field.

use crate::checks::check::{Check, Finder};
use crate::diagnostic::Severity;

/// The check.
pub const CHECK: Check = Check {
    name: "time/no-clock",
    severity: Severity::Error,
    finds: "A standard of time does not say which event starts its clock, or which one stops it.",
    why: "Within five days of what? The customer counts from the letter, the desk from the complete file, and both are right. \
          Name one event that starts the clock and one that stops it, both such that they can be seen and dated; then name what \
          makes it pause.",
    wrong: &[("services/repair.md", "standards:\n  reply:\n    kind: timeliness\n    limit: 5 business days\n")],
    right: &[(
        "services/repair.md",
        "\
standards:
  reply:
    kind: timeliness
    limit: 5 business days
    clock: {start: your letter is in our post box, stop: our answer is posted}
",
    )],
    finder: Finder::Reading,
};

#[cfg(test)]
mod tests {
    use crate::checks::bench::told_in_service;

    #[test]
    fn start_and_stop_are_told_each_where_one_is_missing() {
        let told = |clock: &str| {
            told_in_service(
                "time/no-clock",
                &format!("standards: {{a: {{kind: timeliness, limit: 5bd, clock: {clock}}}}}\n"),
            )
        };
        assert_eq!(told("{start: A, stop: B}"), [""; 0]);
        assert_eq!(told("{start: A}").len(), 1);
        assert_eq!(told("{pause: P}").len(), 2);
    }
}
