//! `measure/target-missing`: a standard without a target, or with one that says nothing.
//!
//! Not here: that `target` is missing, which the reading tells.

use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::diagnostic::{Diagnostic, Severity};
use crate::units::share::Share;

/// The check.
pub const CHECK: Check = Check {
    name: "measure/target-missing",
    severity: Severity::Error,
    finds: "A standard does not say in what share of cases it is to be kept, or the share is below 10 %.",
    why: "A limit alone cannot be missed: whether nine customers of ten get it or one of ten, nobody failed. The target \
          says how often the limit has to be kept, and turns a result into good news or bad. A target below 10 % is \
          nearly always the share of failures, or a figure of something else; a target counts what went well.",
    wrong: &[(
        "services/repair.md",
        "standards:\n  turnaround:\n    kind: timeliness\n    limit: 10 business days\n  answer-call:\n    kind: access\n    \
         level: 20 seconds\n    target: 5%\n",
    )],
    right: &[(
        "services/repair.md",
        "standards:\n  turnaround:\n    kind: timeliness\n    limit: 10 business days\n    target: 95%\n  answer-call:\n    \
         kind: access\n    level: 20 seconds\n    target: 90%\n",
    )],
    finder: Finder::ReadingAndRun(run),
};

/// The least share that a target can mean, in hundredths of a per cent.
const LEAST: u16 = 1000;

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    for (_, row) in inspection.standards() {
        let of_variants = row.value.variants.iter().filter_map(|variant| variant.target.as_ref());
        for target in row.value.target.iter().chain(of_variants) {
            let hundredths = target.value.as_hundredths();
            if hundredths >= LEAST {
                continue;
            }
            let missed = Share::from_hundredths(Share::WHOLE.as_hundredths() - hundredths).unwrap_or(Share::WHOLE);
            let message =
                format!("the target of `{}` is {}: it is reached while {missed} of cases miss", row.id, target.value);
            let action = format!("write the share of cases in which the standard is kept; is it `{missed}`?");
            found.push(CHECK.told(target.span, message).action(action));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::told_in_service;

    fn told(fields: &str) -> Vec<String> {
        told_in_service("measure/target-missing", &format!("standards: {{a: {{kind: access, level: L, {fields}}}}}\n"))
    }

    #[test]
    fn a_target_that_is_not_there_is_told_by_the_reading() {
        let lines = told("slogan: S");
        assert_eq!(lines.len(), 1, "{lines:#?}");
        assert!(lines[0].contains("nothing says in what share of cases"), "{lines:#?}");
    }

    #[test]
    fn a_target_below_ten_per_cent_is_told_with_its_opposite() {
        assert_eq!(
            told("target: 5%"),
            [
                "services/repair.md:7 the target of `a` is 5%: it is reached while 95% of cases miss → write the share of \
              cases in which the standard is kept; is it `95%`?"
            ]
        );
        assert_eq!(told("target: 9.99%").len(), 1);
        assert_eq!(told("target: 10%"), [""; 0]);
    }

    #[test]
    fn a_variant_has_a_target_of_its_own() {
        assert_eq!(told("target: 90%, variants: [{when: W, target: 2%}]").len(), 1);
    }
}
