//! `promise/too-safe`: a target so low that it is kept without effort.

use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::checks::result::series::{Results, Series, percent};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::results::Measured;

/// The check.
pub const CHECK: Check = Check {
    name: "promise/too-safe",
    severity: Severity::Info,
    finds: "A standard was kept in 99 % of cases or more for four periods in a row, and its target is 80 % or less.",
    why: "A target that is always beaten steers nobody, and tells customers less than you do for them. Tighten the limit \
          until keeping it takes care again, or raise the target; either makes the promise worth more at no cost.",
    wrong: &[
        (
            "services/repair.md",
            "standards:\n  turnaround:\n    kind: timeliness\n    limit: 30 business days\n    target: 80%\n",
        ),
        ("results/2026.csv", FIGURES),
    ],
    right: &[
        (
            "services/repair.md",
            "standards:\n  turnaround:\n    kind: timeliness\n    limit: 30 business days\n    target: 98%\n",
        ),
        ("results/2026.csv", FIGURES),
    ],
    finder: Finder::Run(run),
};

/// The figures of both examples.
const FIGURES: &str = "period,standard,value\n2025-Q4,repair/turnaround,99.4\n2026-Q1,repair/turnaround,99.8\n\
                       2026-Q2,repair/turnaround,100\n2026-Q3,repair/turnaround,100\n";

/// The highest target that is called low, in hundredths of a per cent.
const LOW: u16 = 8000;
/// The share that is called safe, in hundredths of a per cent.
const SAFE: u32 = 9900;
/// For how many periods it has to be safe.
const PERIODS: usize = 4;

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    if inspection.handbook().results.is_empty() {
        return;
    }
    let results = Results::of(inspection.handbook());
    for (service, row) in inspection.standards() {
        let Some(target) = row.value.target.as_ref().filter(|target| target.value.as_hundredths() <= LOW) else {
            continue;
        };
        let series = results.speaking_for(&format!("{}/{}", service.id, row.id));
        let safe: Option<Vec<Safe<'_>>> = series.into_iter().map(safe).collect();
        let Some(least) = safe.and_then(|safe| safe.into_iter().min_by_key(|safe| safe.share)) else { continue };
        let message = format!(
            "the target of `{}` is {}, and it was kept in at least {} of cases from {} to {}",
            row.id,
            target.value,
            percent(least.share),
            least.first.period.value,
            least.last.period.value
        );
        let told = CHECK.told(target.span, message).label(least.last.period.span, "the last of the results");
        found.push(told.action("tighten the limit, or write a target near what is kept, such as `98%`"));
    }
}

/// The last periods of a series, in all of which a standard was kept safely.
struct Safe<'a> {
    share: u32,
    first: &'a Measured,
    last: &'a Measured,
}

fn safe<'a>(series: &Series<'a>) -> Option<Safe<'a>> {
    let last = series.get(series.len().checked_sub(PERIODS)?..)?;
    let shares: Option<Vec<u32>> = last.iter().map(|line| line.share()).collect();
    let share = shares?.into_iter().min().filter(|share| *share >= SAFE)?;
    Some(Safe { share, first: last.first()?, last: last.last()? })
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::{service, told};

    /// Says what is found of a target beside results, one for each month.
    fn found(target: &str, values: &[&str]) -> Vec<String> {
        let service = service(&format!("standards: {{a: {{kind: access, level: L, target: {target}}}}}\n"));
        let line = |(month, value): (usize, &&str)| format!("2026-{:02},repair/a,{value}\n", month + 1);
        let lines: String = values.iter().enumerate().map(line).collect();
        let results = format!("period,standard,value\n{lines}");
        told("promise/too-safe", &[("services/repair.md", &service), ("results/all.csv", &results)])
    }

    #[test]
    fn four_safe_periods_at_a_low_target_are_told() {
        assert_eq!(
            found("80%", &["70", "99", "100", "99.5", "100"]),
            [
                "services/repair.md:7 the target of `a` is 80%, and it was kept in at least 99% of cases from 2026-02 to \
              2026-05 → tighten the limit, or write a target near what is kept, such as `98%`"
            ]
        );
    }

    #[test]
    fn three_periods_are_too_few() {
        assert_eq!(found("80%", &["100", "100", "100"]), [""; 0]);
        assert_eq!(found("80%", &["100", "98.9", "100", "100", "100"]), [""; 0]);
    }

    #[test]
    fn a_target_above_80_per_cent_is_no_safe_one() {
        assert_eq!(found("80.01%", &["100", "100", "100", "100"]), [""; 0]);
    }

    #[test]
    fn a_time_says_nothing_of_how_safe_it_is() {
        assert_eq!(found("80%", &["1bd", "1bd", "1bd", "1bd"]), [""; 0]);
    }
}
