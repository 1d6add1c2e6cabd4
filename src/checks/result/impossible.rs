//! `result/impossible`: figures that cannot be right.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;

use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::checks::result::series::{Results, Series, percent};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::results::{Measured, ResultValue};
use crate::source::{Content, FileId, SourceFile, SourceTree};

/// The check.
pub const CHECK: Check = Check {
    name: "result/impossible",
    severity: Severity::Error,
    finds: "More cases were kept than there were, a share contradicts its cases, or a period is missing, there twice or yet to come.",
    why: "Figures that contradict each other were copied by hand or counted twice, and whoever notices stops believing \
          the others as well. A period that is missing is usually a bad one that nobody wanted to report. Correct the \
          line at its source, and leave out a value that can be worked out of its cases.",
    wrong: &[
        ("services/repair.md", STANDARD),
        (
            "results/2026.csv",
            "period,standard,volume,met,value\n2026-09,repair/turnaround,389,412,\n2026-10,repair/turnaround,412,389,96.1\n",
        ),
    ],
    right: &[
        ("services/repair.md", STANDARD),
        (
            "results/2026.csv",
            "period,standard,volume,met,value\n2026-09,repair/turnaround,412,389,\n2026-10,repair/turnaround,412,389,94.4\n",
        ),
    ],
    finder: Finder::Run(run),
};

/// The standard of both examples.
const STANDARD: &str = "standards:\n  turnaround: {kind: timeliness, limit: 10 business days, target: 90%}\n";

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    let handbook = inspection.handbook();
    for line in handbook.results.iter() {
        found.extend(tell_future(line, inspection.today).or_else(|| tell_figures(line, inspection.tree)));
    }
    let gaps_known = all_lines_read(inspection);
    for series in Results::of(handbook).iter() {
        let past: Series<'_> = series.iter().copied().filter(|line| !is_future(line, inspection.today)).collect();
        let told = found.len();
        tell_overlaps(&past, found);
        // A period that is there twice, or in the future, is often the one that is missing, written wrongly.
        if gaps_known && told == found.len() && past.len() == series.len() {
            tell_gaps(&past, found);
        }
    }
}

fn is_future(line: &Measured, today: Date) -> bool {
    line.period.value.start > today
}

fn tell_future(line: &Measured, today: Date) -> Option<Diagnostic> {
    is_future(line, today).then(|| {
        let message = format!("there is a result for {}, which has not begun yet", line.period.value);
        CHECK.told(line.period.span, message).action("write the period in which it was measured, or remove the line")
    })
}

fn tell_figures(line: &Measured, tree: &SourceTree) -> Option<Diagnostic> {
    let (met, volume) = (line.met.as_ref()?, line.volume.as_ref()?);
    if met.value > volume.value {
        let message = format!("the standard was kept in {} cases, but there were only {}", met.value, volume.value);
        let told = CHECK.told(met.span, message).label(volume.span, "all cases");
        return Some(told.action("look both numbers up; were they exchanged?"));
    }
    let value = line.value.as_ref()?;
    let ResultValue::Share(given) = value.value else { return None };
    let exact =
        (u128::from(met.value) * 10_000 + u128::from(volume.value) / 2).checked_div(u128::from(volume.value))?;
    let exact = u32::try_from(exact).ok()?;
    if given.abs_diff(exact) <= leeway(tree.slice(value.span)) {
        return None;
    }
    let right = percent(exact.saturating_add(5) / 10 * 10);
    let message =
        format!("the result says {}, but {} of {} cases are {right}", percent(given), met.value, volume.value);
    let told = CHECK
        .told(value.span, message)
        .label(met.span, "the cases in which it was kept")
        .label(volume.span, "all cases");
    let written = right.trim_end_matches('%');
    Some(told.action(format!("write `{written}`, or leave the value out; or correct the numbers of cases")))
}

/// Gives by how much a share may differ from its cases, in hundredths of a per cent: what is lost when it is rounded, or
/// cut off, at the decimals with which it is written.
fn leeway(written: &str) -> u32 {
    let number = written.trim_matches(|letter: char| !letter.is_ascii_digit());
    match number.split_once('.').map_or(0, |(_, decimals)| decimals.len()) {
        0 => 55,
        1 => 10,
        _ => 6,
    }
}

/// Tells periods that are there twice or overlap, each one that is overlapped once.
fn tell_overlaps(series: &Series<'_>, found: &mut Vec<Diagnostic>) {
    let mut by_method = BTreeMap::<&str, Series<'_>>::new();
    for line in series {
        by_method.entry(line.method.as_str()).or_default().push(line);
    }
    for lines in by_method.values() {
        let mut told_of = BTreeSet::new();
        let Some(mut reach) = lines.first() else { continue };
        for line in lines.iter().skip(1) {
            let overlaps = line.period.value.start <= reach.period.value.end;
            if overlaps && told_of.insert(reach.period.span) {
                found.push(tell_overlap(reach, line));
            }
            if line.period.value.end > reach.period.value.end {
                reach = line;
            }
        }
    }
}

fn tell_overlap(one: &Measured, other: &Measured) -> Diagnostic {
    let (first, later) = if one.period.span <= other.period.span { (one, other) } else { (other, one) };
    let (period, standard) = (&later.period.value, &later.standard.id);
    let message = match first.period.value.start == period.start && first.period.value.end == period.end {
        true => format!("there are two results of `{standard}` for {period}"),
        false => format!(
            "the results of `{standard}` for {} and {period} overlap: cases are counted twice",
            first.period.value
        ),
    };
    let told = CHECK.told(later.period.span, message).label(first.period.span, "the other one");
    told.action("keep one of the two lines, or write the right period")
}

/// Tells a stretch of time between two results of a standard for which there is none.
///
/// Days are passed over: nobody measures on a Sunday.
fn tell_gaps(series: &Series<'_>, found: &mut Vec<Diagnostic>) {
    let mut reach: Option<&Measured> = None;
    for line in series {
        let Some(last) = reach.replace(line) else { continue };
        if line.period.value.end <= last.period.value.end {
            reach = Some(last);
        } else {
            found.extend(tell_gap(last, line));
        }
    }
}

/// Names a stretch of time as shortly as it can be said: `2023`, `2026-08 to 2026-09`.
fn stretch(from: Date, until: Date) -> String {
    let (first, last) = (from.day() == 1, until == until.last_of_month());
    let (begins, ends) = match (first && last, from.month() == 1 && until.month() == 12) {
        (true, true) => (from.strftime("%Y").to_string(), until.strftime("%Y").to_string()),
        (true, false) => (from.strftime("%Y-%m").to_string(), until.strftime("%Y-%m").to_string()),
        (false, _) => (from.to_string(), until.to_string()),
    };
    if begins == ends { begins } else { format!("{begins} to {ends}") }
}

fn tell_gap(last: &Measured, line: &Measured) -> Option<Diagnostic> {
    let from = last.period.value.end.checked_add(1.days()).ok()?;
    let until = line.period.value.start.checked_sub(1.days()).ok()?;
    let is_day = |line: &Measured| line.period.value.start == line.period.value.end;
    if until < from || is_day(last) || is_day(line) {
        return None;
    }
    let message = format!(
        "between {} and {} there is no result of `{}`: {} is missing",
        last.period.value,
        line.period.value,
        line.standard.id,
        stretch(from, until)
    );
    let told = CHECK.told(line.period.span, message).label(last.period.span, "the result before");
    Some(told.action("add the line; where nothing was measured, leave the figures out and say why under `note`"))
}

/// Tells whether all lines of all files of results could be read, so that one that is not there is missing.
fn all_lines_read(inspection: &Inspection<'_>) -> bool {
    let mut read = BTreeMap::<FileId, usize>::new();
    for line in inspection.handbook().results.iter() {
        *read.entry(line.period.span.file).or_default() += 1;
    }
    let is_whole = |(id, file): (FileId, &SourceFile)| match &file.content {
        _ if !file.path.starts_with("results/") => true,
        Content::Text(text) => {
            let lines = text.as_str().lines().filter(|line| !line.trim().is_empty()).count();
            lines.saturating_sub(1) <= read.get(&id).copied().unwrap_or(0)
        }
        _ => false,
    };
    inspection.tree.iter().all(is_whole)
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::{service, told};

    fn found(lines: &str) -> Vec<String> {
        let service = service("standards: {a: {kind: timeliness, limit: 5bd}, b: {kind: access, level: L}}\n");
        let filled = |line: &str| format!("{line}{}\n", ",".repeat(7_usize.saturating_sub(line.matches(',').count())));
        let lines: String = lines.lines().map(filled).collect();
        let results = format!("period,standard,channel,volume,met,value,perceived,method\n{lines}");
        let files = [
            ("services/repair.md", service.as_str()),
            ("results/all.csv", &results),
            ("registers/channels.yaml", "phone: {title: P}\nmail: {title: M}\n"),
        ];
        told("result/impossible", &files)
    }

    #[test]
    fn more_cases_kept_than_there_were_are_told_once() {
        assert_eq!(
            found("2026-10,repair/a,,389,412,95.9\n"),
            [
                "results/all.csv:2 the standard was kept in 412 cases, but there were only 389 → look both numbers up; were \
              they exchanged?"
            ]
        );
        assert_eq!(found("2026-10,repair/a,,389,389,100\n2026-10,repair/b,,0,0,\n"), [""; 0]);
    }

    #[test]
    fn a_share_may_be_rounded_or_cut_off_and_no_more() {
        let of = |value: &str| found(&format!("2026-10,repair/a,,412,389,{value}\n")).len();
        for value in ["94.4", "94.42", "94", "94.4%", "94.5", "3bd", ""] {
            assert_eq!(of(value), 0, "{value}");
        }
        for value in ["94.6", "94.2", "95", "93", "0"] {
            assert_eq!(of(value), 1, "{value}");
        }
        let lines = found("2026-10,repair/a,,412,389,96.1\n");
        assert!(
            lines[0].contains("the result says 96.1%, but 389 of 412 cases are 94.4% → write `94.4`"),
            "{lines:#?}"
        );
    }

    #[test]
    fn a_period_that_is_missing_is_told_at_the_one_after_it() {
        assert_eq!(
            found("2026-07,repair/a,,,,95\n2026-10,repair/a,,,,95\n2026-08,repair/b,,,,95\n"),
            ["results/all.csv:3 between 2026-07 and 2026-10 there is no result of `repair/a`: 2026-08 to 2026-09 is \
              missing → add the line; where nothing was measured, leave the figures out and say why under `note`"]
        );
        assert!(found("2021,repair/a,,,,95\n2023,repair/a,,,,95\n")[0].contains("of `repair/a`: 2022 is missing"));
        assert_eq!(found("2026-Q1,repair/a,,,,95\n2026-04,repair/a,,,,95\n"), [""; 0]);
    }

    #[test]
    fn days_have_sundays_between_them() {
        assert_eq!(found("2026-10-02,repair/a,,,,95\n2026-10-05,repair/a,,,,95\n"), [""; 0]);
    }

    #[test]
    fn a_period_that_is_there_twice_or_overlaps_is_told_once() {
        let lines = found("2026-10,repair/a,,,,95\n2026-10,repair/a,,,,96\n2026-10,repair/a,,,,97\n");
        assert_eq!(lines.len(), 1, "{lines:#?}");
        assert!(
            lines[0].starts_with("results/all.csv:3 there are two results of `repair/a` for 2026-10"),
            "{lines:#?}"
        );
        let year = "2025,repair/a,,,,95\n2025-01,repair/a,,,,95\n2025-02,repair/a,,,,95\n";
        assert_eq!(found(year).len(), 1);
    }

    #[test]
    fn a_period_that_is_written_wrongly_is_not_missing_besides() {
        let lines = "2026-07,repair/a,,,,95\n2026-09,repair/a,,,,96\n2026-09,repair/a,,,,97\n";
        assert_eq!(found(lines).len(), 1);
        assert_eq!(found(&lines.replacen("2026-09", "2027-08", 1)).len(), 1);
    }

    #[test]
    fn each_channel_and_each_method_has_periods_of_its_own() {
        let lines = "2026-10,repair/a,phone,,,95,,\n2026-10,repair/a,mail,,,96,,\n2026-10,repair/a,,,,95,,survey\n\
                     2026-10,repair/a,,,,95,,system\n";
        assert_eq!(found(lines), [""; 0]);
    }

    #[test]
    fn a_period_that_has_begun_is_no_future() {
        assert_eq!(found("2026-11,repair/a,,,,95\n"), [""; 0]);
        let lines = found("2026-12,repair/a,,412,389,10\n");
        assert_eq!(lines.len(), 1, "{lines:#?}");
        assert!(lines[0].contains("2026-12, which has not begun yet"), "{lines:#?}");
    }
}
