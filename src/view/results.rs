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
        let line = &self.handbook().results[*self.shared.relations.latest.get(id)?];
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
