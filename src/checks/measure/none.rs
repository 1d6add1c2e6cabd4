//! `measure/none`: a standard that nobody measures, or not in a way that could tell whether it is kept.
//!
//! Not here: that `measure` is missing altogether, which the reading tells.

use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::standard::{MeasureKind, Standard, StandardKind};
use crate::source::Spanned;

/// The check.
pub const CHECK: Check = Check {
    name: "measure/none",
    severity: Severity::Error,
    finds: "A standard has no measure, its figures have no source, or courtesy is counted by a clock.",
    why: "What nobody measures is a wish: after a year no one can say whether it was kept, and staff notice. Say what \
          is counted, where the figures come from and how often they are looked at. How customers were treated is \
          seen by an observer or said by the customers themselves; no system records it.",
    wrong: &[(
        "services/repair.md",
        "standards:\n  friendly:\n    kind: conduct\n    statement: We greet you by your name.\n    target: 90%\n",
    )],
    right: &[(
        "services/repair.md",
        "standards:\n  friendly:\n    kind: conduct\n    statement: We greet you by your name.\n    target: 90%\n    \
         measure: {as: observed, from: mystery calls, per: quarter}\n",
    )],
    finder: Finder::ReadingAndRun(run),
};

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    for (_, row) in inspection.standards() {
        let Some((measure, how)) = row.value.measure.as_ref().and_then(|it| Some((it, it.kind.as_ref()?))) else {
            continue;
        };
        if is_unseen_conduct(&row.value, how) {
            let message = format!(
                "`{}` is about conduct, and `{}` does not see how people are treated",
                row.id,
                how.value.word()
            );
            let told = CHECK.told(how.span, message);
            found.push(told.action("write `observed` with who observes, or `survey-top-box` with the question asked"));
        } else if measure.from.is_empty() && !measure.faulty.contains(&"from") {
            let message = format!("the measure of `{}` does not say where its figures come from", row.id);
            let action = "add `from: …`, the system, register or survey that holds them, such as `from: case register`";
            found.push(CHECK.told(how.span, message).action(action));
        }
    }
}

/// Tells whether a standard of conduct is measured without anybody having seen it.
fn is_unseen_conduct(standard: &Standard, how: &Spanned<MeasureKind>) -> bool {
    let seen = matches!(how.value, MeasureKind::Observed | MeasureKind::SurveyTopBox);
    standard.kind.as_ref().is_some_and(|kind| kind.value == StandardKind::Conduct) && !seen
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::told_in_service;

    fn told(fields: &str) -> Vec<String> {
        told_in_service("measure/none", &format!("standards: {{a: {{{fields}}}}}\n"))
    }

    #[test]
    fn a_missing_measure_is_told_once_by_the_reading() {
        let lines = told("kind: accuracy, level: right");
        assert_eq!(lines.len(), 1, "{lines:#?}");
        assert!(
            lines[0].contains("nothing says how it is known whether this standard is kept → add `measure: {as: …}`"),
            "{lines:#?}"
        );
    }

    #[test]
    fn a_measure_without_a_source_is_told_at_its_kind() {
        assert_eq!(
            told("kind: accuracy, level: right, measure: {as: share-correct}"),
            ["services/repair.md:7 the measure of `a` does not say where its figures come from → add `from: …`, the \
              system, register or survey that holds them, such as `from: case register`"]
        );
        assert_eq!(told("kind: accuracy, level: right, measure: {as: share-correct, from: samples}"), [""; 0]);
    }

    #[test]
    fn conduct_is_observed_or_asked_for() {
        assert_eq!(told("kind: conduct, level: L, measure: {as: share-correct, from: the till}").len(), 1);
        for how in ["observed", "survey-top-box"] {
            assert_eq!(told(&format!("kind: conduct, level: L, measure: {{as: {how}, from: calls}}")), [""; 0]);
        }
    }

    #[test]
    fn conduct_without_a_source_and_without_observation_is_one_finding() {
        assert_eq!(told("kind: conduct, level: L, measure: {as: availability}").len(), 1);
    }
}
