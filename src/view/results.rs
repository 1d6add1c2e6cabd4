//! The latest result of a standard beside its target.

use serde::Serialize;

use super::html::Html;
use super::writer::Writer;
use crate::model::results::{Measured, ResultValue};
use crate::model::standard::Standard;

/// The latest result of a standard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ResultView {
    /// The value: `94.4%`.
    pub value: Html,
    /// The stretch of time: `October 2026`.
    pub period: Html,
    /// How many cases: `389 of 412 cases`; empty where that is not known.
    pub cases: Html,
    /// `met` or `missed`; empty where the value cannot be compared with the target.
    pub verdict: &'static str,
    /// The verdict in words.
    pub verdict_text: Html,
}

impl Writer<'_> {
    /// Shows the latest result of a standard.
    pub fn latest_result(&self, id: &str, standard: &Standard) -> Option<ResultView> {
        let line = self.shared.relations.latest.get(id)?;
        let locale = self.locale();
        let value = match (&line.value, line.share()) {
            (Some(value), None) => match value.value {
                ResultValue::Duration(duration) => locale.duration(duration),
                ResultValue::Share(share) => locale.percent(u64::from(share)),
            },
            (_, Some(share)) => locale.percent(u64::from(share)),
            (None, None) => return None,
        };
        let verdict = verdict(line, standard);
        let text = match verdict {
            "met" => locale.word("result.met"),
            "missed" => locale.word("result.missed"),
            _ => "",
        };
        Some(ResultView {
            value: Html::escaped(&value),
            period: Html::escaped(&locale.period(&line.period.value.to_string())),
            cases: self.cases(line),
            verdict,
            verdict_text: Html::escaped(text),
        })
    }

    fn cases(&self, line: &Measured) -> Html {
        let number = |n: u64| self.locale().number(i64::try_from(n).unwrap_or(i64::MAX));
        match (&line.met, &line.volume) {
            (Some(met), Some(volume)) => {
                let (met, volume) = (number(met.value), number(volume.value));
                Html::escaped(&self.locale().phrase("result.cases", &[("met", &met), ("volume", &volume)]))
            }
            _ => Html::default(),
        }
    }
}

/// Compares a result with the target: a share with the target, a time with the limit.
fn verdict(line: &Measured, standard: &Standard) -> &'static str {
    let met = match (line.share(), &line.value) {
        (Some(share), _) => standard.target.as_ref().map(|target| share >= u32::from(target.value.as_hundredths())),
        (None, Some(value)) => match (value.value, &standard.limit) {
            (ResultValue::Duration(found), Some(limit)) => {
                found.compare_same_clock(limit.value).map(|order| order != std::cmp::Ordering::Greater)
            }
            _ => None,
        },
        (None, None) => None,
    };
    met.map_or("", |met| if met { "met" } else { "missed" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::bench::{Bench, EN};

    const HEAD: &str = "period,standard,channel,volume,met,value\n";

    /// Shows the latest result of a standard with a target and a limit.
    fn latest(lines: &str) -> Option<ResultView> {
        let standard = "standards: {quick: {kind: timeliness, limit: 3 calendar days, target: 95%}}\n";
        let results = format!("{HEAD}{lines}");
        Bench::service(standard, &[("results/all.csv", &results)]).sheet(EN).standards.remove(0).result
    }

    fn told(lines: &str) -> (String, &'static str) {
        let result = latest(lines).unwrap();
        (result.value.0, result.verdict)
    }

    #[test]
    fn a_share_is_worked_out_of_the_cases_and_compared_with_the_target() {
        let result = latest("2026-10,repair/quick,,412,389,\n").unwrap();
        assert_eq!((result.value.0.as_str(), result.verdict), ("94.4%", "missed"));
        assert_eq!(result.period.0, "October 2026");
        assert_eq!(result.cases.0, "389 of 412 cases");
        assert_eq!(result.verdict_text.0, "Target missed");
        assert_eq!(told("2026-10,repair/quick,,100,95,\n"), ("95%".into(), "met"));
    }

    #[test]
    fn a_share_that_is_given_needs_no_cases() {
        let result = latest("2026-Q3,repair/quick,,,,94.9\n").unwrap();
        assert_eq!((result.value.0.as_str(), result.verdict, result.cases.0.as_str()), ("94.9%", "missed", ""));
        assert_eq!(result.period.0, "Q3 2026");
    }

    #[test]
    fn a_time_is_compared_with_the_limit_on_the_same_clock_only() {
        assert_eq!(told("2026,repair/quick,,,,3 calendar days\n").1, "met");
        assert_eq!(told("2026,repair/quick,,,,4 calendar days\n").1, "missed");
        assert_eq!(told("2026,repair/quick,,,,2 business days\n").1, "");
    }

    #[test]
    fn the_latest_period_counts_wherever_its_line_stands() {
        let lines = "2026-10,repair/quick,,,,97\n2026-09,repair/quick,,,,93\n";
        assert_eq!(told(lines), ("97%".into(), "met"));
        assert_eq!(told("2026-09,repair/quick,,,,93\n2026-10,repair/quick,,,,97\n").0, "97%");
    }

    #[test]
    fn a_line_about_all_channels_goes_before_one_about_a_single_one() {
        let lines = "2026-10,repair/quick,,,,97\n2026-10,repair/quick,phone,,,50\n";
        assert_eq!(told(lines).0, "97%");
        assert_eq!(told("2026-09,repair/quick,,,,97\n2026-10,repair/quick,phone,,,50\n").0, "50%");
    }

    #[test]
    fn a_line_without_a_figure_and_a_standard_without_a_line_show_nothing() {
        assert_eq!(latest("2026-10,repair/quick,,,,\n"), None);
        assert_eq!(latest("2026-10,repair/other,,,,97\n"), None);
    }

    #[test]
    fn a_standard_without_a_target_has_no_verdict() {
        let results = format!("{HEAD}2026-10,repair/quick,,,,97\n");
        let bench = Bench::service("standards: {quick: {kind: conduct}}\n", &[("results/all.csv", &results)]);
        let result = bench.sheet(EN).standards.remove(0).result.unwrap();
        assert_eq!((result.verdict, result.verdict_text.0.as_str()), ("", ""));
    }
}
