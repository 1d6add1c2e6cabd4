//! `promise/below-result`: a promise that, by the last figures, is not kept.

use std::cmp::Ordering;

use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::checks::result::series::{Results, in_words};
use crate::diagnostic::{Diagnostic, Severity};
use crate::fields::table::Row;
use crate::model::promise::{Promise, PromiseKind};
use crate::model::results::{Measured, ResultValue};
use crate::model::standard::{MeasureKind, Standard};

/// The check.
pub const CHECK: Check = Check {
    name: "promise/below-result",
    severity: Severity::Warning,
    finds: "The last results of a standard behind a promise miss its target, or a guarantee is kept in under 98 % of cases.",
    why: "A promise tells customers to expect what you do. If the figures say that it is missed, each day of advertising \
          it makes more people cross, and a guarantee pays for it. Mend the work first; until then promise what you keep. \
          A guarantee is owed in every case, so a standard that meets a target of 95 % is still too weak for it.",
    wrong: &[
        (
            "services/repair.md",
            "standards:\n  turnaround: {kind: timeliness, limit: 10 business days, target: 95%}\npromises:\n  on-time:\n    \
             kind: guarantee\n    backed_by: [turnaround]\n",
        ),
        ("results/2026.csv", "period,standard,volume,met\n2026-10,repair/turnaround,412,389\n"),
    ],
    right: &[
        (
            "services/repair.md",
            "standards:\n  turnaround: {kind: timeliness, limit: 10 business days, target: 95%}\npromises:\n  on-time:\n    \
             kind: commitment\n    backed_by: [turnaround]\n",
        ),
        ("results/2026.csv", "period,standard,volume,met\n2026-10,repair/turnaround,412,395\n"),
    ],
    finder: Finder::Run(run),
};

/// The share in which a guarantee has to be kept, in hundredths of a per cent.
const KEPT: u32 = 9800;

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    let handbook = inspection.handbook();
    if handbook.results.is_empty() {
        return;
    }
    let results = Results::of(handbook);
    for (_, row) in inspection.promises() {
        for behind in &row.value.backed_by {
            let Some(standard) = handbook.standard(&behind.id) else { continue };
            let lines = results.latest(&behind.id);
            let missed = lines.iter().find_map(|line| Some((line, missed(&row.value, &standard.value, line)?)));
            let Some((line, missed)) = missed else { continue };
            let message = message(row, standard, line, &missed);
            let told = CHECK.told(behind.span, message).label(line.period.span, "the last result");
            let told = match (&missed, &standard.value.target, &standard.value.limit) {
                (Missed::Target(..), Some(target), _) => told.label(target.span, "the target"),
                (Missed::Limit(_), _, Some(limit)) => told.label(limit.span, "the limit"),
                _ => told,
            };
            let action = match missed {
                Missed::Guarantee(_) => "mend the work until the guarantee holds, or write `kind: commitment`",
                _ => "mend the work before it is promised, or promise what is kept",
            };
            found.push(told.action(action));
        }
    }
}

/// What a result falls short of.
enum Missed {
    /// The share kept and the target, in hundredths of a per cent.
    Target(u32),
    /// The share in which a guarantee was kept.
    Guarantee(u32),
    /// A time longer than the limit.
    Limit(crate::units::duration::Duration),
}

fn missed(promise: &Promise, standard: &Standard, line: &Measured) -> Option<Missed> {
    if let Some(share) = line.share() {
        let target = standard.target.as_ref().map(|target| u32::from(target.value.as_hundredths()));
        let is_guarantee = promise.kind.as_ref().is_some_and(|kind| kind.value == PromiseKind::Guarantee);
        return match target {
            Some(target) if share < target => Some(Missed::Target(share)),
            _ if is_guarantee && share < KEPT && counts_cases(standard) => Some(Missed::Guarantee(share)),
            _ => None,
        };
    }
    let (Some(value), Some(limit)) = (&line.value, &standard.limit) else { return None };
    let ResultValue::Duration(time) = value.value else { return None };
    (time.compare_same_clock(limit.value) == Some(Ordering::Greater)).then_some(Missed::Limit(time))
}

/// Tells whether a standard is measured by the cases in which it was kept, and not by marks that somebody gives.
fn counts_cases(standard: &Standard) -> bool {
    let how = standard.measure.as_ref().and_then(|measure| measure.kind.as_ref()).map(|kind| kind.value);
    !matches!(how, Some(MeasureKind::Observed | MeasureKind::SurveyTopBox | MeasureKind::Percentile90))
}

fn message(row: &Row<Promise>, standard: &Row<Standard>, line: &Measured, missed: &Missed) -> String {
    let channel = line.channel.as_ref().map_or_else(String::new, |channel| format!(" by `{}`", channel.id));
    let when = format!("in {}{channel}", line.period.value);
    let target = standard.value.target.as_ref().map(|target| target.value.to_string()).unwrap_or_default();
    let limit = standard.value.limit.as_ref().map(|limit| limit.value.to_string()).unwrap_or_default();
    match missed {
        Missed::Target(share) => format!(
            "`{}` rests on `{}`, which missed its target of {target} {when}: {}",
            row.id,
            standard.id,
            in_words(line, *share)
        ),
        Missed::Guarantee(share) => format!(
            "`{}` is a guarantee, and `{}` was kept in under 98% {when}: {}",
            row.id,
            standard.id,
            in_words(line, *share)
        ),
        Missed::Limit(time) => {
            format!(
                "`{}` rests on `{}`, which took {time} {when}, longer than its limit of {limit}",
                row.id, standard.id
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::{service, told};

    fn found(standard: &str, kind: &str, lines: &str) -> Vec<String> {
        let text = format!(
            "standards: {{a: {{kind: timeliness, limit: 5bd, {standard}}}}}\npromises: {{p: {{kind: {kind}, backed_by: [a]}}}}\n"
        );
        let results = format!("period,standard,channel,volume,met,value\n{lines}");
        let channels = "phone: {title: P}\nmail: {title: M}\n";
        let service = service(&text);
        let files = [
            ("services/repair.md", service.as_str()),
            ("results/all.csv", &results),
            ("registers/channels.yaml", channels),
        ];
        told("promise/below-result", &files)
    }

    #[test]
    fn a_missed_target_is_told_with_period_and_figures() {
        assert_eq!(
            found("target: 95%", "commitment", "2026-10,repair/a,,412,389,\n"),
            [
                "services/repair.md:8 `p` rests on `a`, which missed its target of 95% in 2026-10: 389 of 412 cases, 94.4% → \
              mend the work before it is promised, or promise what is kept"
            ]
        );
        assert_eq!(found("target: 94%", "commitment", "2026-10,repair/a,,412,389,\n"), [""; 0]);
    }

    #[test]
    fn only_the_last_period_counts() {
        let lines = "2026-10,repair/a,,,,97\n2026-09,repair/a,,,,80\n";
        assert_eq!(found("target: 95%", "commitment", lines), [""; 0]);
        assert_eq!(found("target: 95%", "commitment", &lines.replace("80", "98").replace("97", "90")).len(), 1);
    }

    #[test]
    fn a_guarantee_is_kept_in_98_per_cent_whatever_the_target() {
        let lines = found("target: 95%", "guarantee", "2026-10,repair/a,,,,97.9\n");
        assert_eq!(lines.len(), 1);
        assert!(lines[0].contains("`a` was kept in under 98% in 2026-10: 97.9%"), "{lines:#?}");
        assert_eq!(found("target: 95%", "guarantee", "2026-10,repair/a,,,,98\n"), [""; 0]);
        let asked = "target: 80%, measure: {as: survey-top-box, from: survey}";
        assert_eq!(found(asked, "guarantee", "2026-10,repair/a,,,,85\n"), [""; 0]);
    }

    #[test]
    fn the_worst_channel_is_named_and_told_once() {
        let lines = found("target: 95%", "commitment", "2026-10,repair/a,mail,,,96\n2026-10,repair/a,phone,,,90\n");
        assert_eq!(lines.len(), 1);
        assert!(lines[0].contains("in 2026-10 by `phone`: 90%"), "{lines:#?}");
    }

    #[test]
    fn a_time_is_compared_with_the_limit_on_the_same_clock() {
        assert_eq!(found("target: 90%", "commitment", "2026-10,repair/a,,,,6bd\n").len(), 1);
        assert_eq!(found("target: 90%", "commitment", "2026-10,repair/a,,,,5bd\n"), [""; 0]);
        assert_eq!(found("target: 90%", "commitment", "2026-10,repair/a,,,,9d\n"), [""; 0]);
    }
}
