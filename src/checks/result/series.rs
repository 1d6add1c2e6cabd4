//! The results of each standard in the order of their periods, by channel.

use std::collections::BTreeMap;

use crate::model::handbook::Handbook;
use crate::model::results::Measured;

/// The lines of one standard about one channel, or about all of them, in the order of their periods.
pub type Series<'a> = Vec<&'a Measured>;

/// The results by standard and channel; without a channel they are about all of them.
#[derive(Debug, Default)]
pub struct Results<'a> {
    by_standard: BTreeMap<&'a str, BTreeMap<Option<&'a str>, Series<'a>>>,
}

impl<'a> Results<'a> {
    /// Sorts the results of a handbook.
    pub fn of(handbook: &'a Handbook) -> Self {
        let mut results = Self::default();
        for line in handbook.results.iter() {
            let channel = line.channel.as_ref().map(|channel| channel.id.as_str());
            let of_standard = results.by_standard.entry(line.standard.id.as_str()).or_default();
            of_standard.entry(channel).or_default().push(line);
        }
        for series in results.by_standard.values_mut().flat_map(BTreeMap::values_mut) {
            series.sort_by_key(|line| (line.period.value.start, std::cmp::Reverse(line.period.value.end)));
        }
        results
    }

    /// Walks over all series.
    pub fn iter(&self) -> impl Iterator<Item = &Series<'a>> {
        self.by_standard.values().flat_map(BTreeMap::values)
    }

    /// Gives the series that speak for a standard: that about all channels, or else those about single ones.
    pub fn speaking_for(&self, standard: &str) -> Vec<&Series<'a>> {
        let Some(of_standard) = self.by_standard.get(standard) else { return Vec::new() };
        match of_standard.get(&None) {
            Some(all) => vec![all],
            None => of_standard.values().collect(),
        }
    }

    /// Gives the last lines of a standard: that of each series that reaches to its last day.
    pub fn latest(&self, standard: &str) -> Vec<&'a Measured> {
        let series = self.speaking_for(standard);
        let last = |series: &&Series<'a>| series.iter().copied().max_by_key(|line| line.period.value.end);
        let lines: Vec<&Measured> = series.iter().filter_map(last).collect();
        let end = lines.iter().map(|line| line.period.value.end).max();
        lines.into_iter().filter(|line| Some(line.period.value.end) == end).collect()
    }
}

/// Says a share in hundredths of a per cent as it is read: `94.4 %`.
pub fn percent(hundredths: u32) -> String {
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    match (rest, rest % 10) {
        (0, _) => format!("{whole}%"),
        (_, 0) => format!("{whole}.{}%", rest / 10),
        _ => format!("{whole}.{rest:02}%"),
    }
}

/// Says a result with its cases: `389 of 412 cases, 94.4%`.
pub fn in_words(line: &Measured, share: u32) -> String {
    match (&line.met, &line.volume) {
        (Some(met), Some(volume)) => format!("{} of {} cases, {}", met.value, volume.value, percent(share)),
        _ => percent(share),
    }
}

#[cfg(test)]
mod tests {
    use super::{Results, percent};
    use crate::checks::bench::{look, tree};

    fn latest(lines: &str) -> Vec<String> {
        let results = format!("period,standard,channel,volume,met,value\n{lines}");
        let tree = tree(&[("results/all.csv", &results)]);
        let (checked, _) = look(&tree);
        let results = Results::of(checked.handbook());
        let said = |line: &&crate::model::results::Measured| {
            let channel = line.channel.as_ref().map_or("all", |channel| &channel.id);
            format!("{} {channel}", line.period.value)
        };
        results.latest("repair/quick").iter().map(said).collect()
    }

    #[test]
    fn a_line_about_all_channels_speaks_for_the_standard() {
        let lines = "2026-09,repair/quick,,,,97\n2026-10,repair/quick,phone,,,50\n";
        assert_eq!(latest(lines), ["2026-09 all"]);
    }

    #[test]
    fn of_several_channels_those_of_the_last_period_speak() {
        let lines =
            "2026-10,repair/quick,mail,,,97\n2026-10,repair/quick,phone,,,50\n2026-08,repair/quick,counter,,,9\n";
        assert_eq!(latest(lines), ["2026-10 mail", "2026-10 phone"]);
        assert_eq!(latest("2026-10,repair/other,mail,,,97\n"), [""; 0]);
    }

    #[test]
    fn a_share_has_as_many_decimals_as_it_needs() {
        assert_eq!([9440, 9500, 9999, 5].map(percent), ["94.4%", "95%", "99.99%", "0.05%"]);
    }
}
