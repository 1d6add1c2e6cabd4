//! The parts of the content reference, by name.

use super::shapes;
use crate::config::Config;
use crate::fields::record::Record;
use crate::fields::shape::RecordShape;
use crate::model::checklist::Checklist;
use crate::model::kind::Kind;
use crate::model::page::Page;
use crate::model::playbook::Playbook;
use crate::model::printable::values_of;
use crate::model::promise::Promise;
use crate::model::quantity::PERIODS;
use crate::model::registers::{Calendar, Channel, Evidence, Factor, Role, Term};
use crate::model::service::Service;
use crate::model::standard::Standard;
use crate::model::step::Step;
use crate::parse::{register, results};
use crate::units::duration::Unit;

/// A part that is the table of a record: its name and the record.
pub type Fields = (&'static str, fn() -> RecordShape);

/// The records that have a table of their own.
pub const RECORDS: [Fields; 14] = [
    ("fields of handbook.yaml", Config::fields),
    ("fields of a service", Service::fields),
    ("fields of a standard", Standard::fields),
    ("fields of a step", Step::fields),
    ("fields of a promise", Promise::fields),
    ("fields of a playbook", Playbook::fields),
    ("fields of a checklist", Checklist::fields),
    ("fields of a page", Page::fields),
    ("fields of a role", Role::fields),
    ("fields of a channel", Channel::fields),
    ("fields of a calendar", Calendar::fields),
    ("fields of a factor", Factor::fields),
    ("fields of a term", Term::fields),
    ("fields of a piece of evidence", Evidence::fields),
];

/// The names of the other parts.
pub const OTHERS: [&str; 6] = ["values", "units", "periods", "columns of results", "columns of holidays", "references"];

/// Makes a part by its name.
pub fn part(name: &str) -> Option<String> {
    if let Some((_, fields)) = RECORDS.into_iter().find(|(known, _)| *known == name) {
        return Some(shapes::record(fields()));
    }
    match name {
        "values" => Some(values()),
        "units" => Some(units()),
        "periods" => Some(format!("{}\n", PERIODS.map(|word| format!("`{word}`")).join(" · "))),
        "columns of results" => Some(columns(&results::COLUMNS)),
        "columns of holidays" => Some(columns(&register::HOLIDAY_COLUMNS)),
        "references" => Some(references()),
        _ => None,
    }
}

fn values() -> String {
    let mut found = Vec::new();
    for (_, fields) in RECORDS {
        shapes::values(fields(), &mut found);
    }
    found.sort_unstable();
    let rows = found.into_iter().map(|(name, example)| format!("| {name} | `{}` |\n", shapes::cell(example)));
    format!("| value | example |\n|---|---|\n{}", rows.collect::<String>())
}

fn units() -> String {
    let row = |unit: Unit| {
        let (one, many, short) = (unit.singular(), unit.plural(), unit.short());
        format!("| {one} | `1 {one}`, `3 {many}` | `1{short}`, `3{short}` |\n")
    };
    format!("| unit | in words | in short |\n|---|---|---|\n{}", Unit::ALL.map(row).concat())
}

fn columns(columns: &[(&str, &str)]) -> String {
    let heads: Vec<_> = columns.iter().map(|(name, _)| *name).collect();
    let rows: String = columns.iter().map(|(name, meaning)| format!("| `{name}` | {meaning} |\n")).collect();
    format!("```csv\n{}\n```\n\n| column | holds |\n|---|---|\n{rows}", heads.join(","))
}

fn references() -> String {
    let row = |kind: Kind| {
        let folder = kind.folder();
        let id = if kind.is_within_service() { "service/id" } else { "id" };
        let values: Vec<_> = values_of(kind).iter().map(|value| format!("`#{value}`")).collect();
        let values = if values.is_empty() { "–".to_owned() } else { values.join(" ") };
        let link = if kind == Kind::Evidence { "[[@id]]".to_owned() } else { format!("[[{folder}/{id}]]") };
        format!("| [{}](#{folder}) | `{link}` | {values} |\n", kind.word())
    };
    format!("| thing | with its kind | values that can be printed |\n|---|---|---|\n{}", Kind::ALL.map(row).concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_can_be_made_and_no_other() {
        for name in RECORDS.into_iter().map(|(name, _)| name).chain(OTHERS) {
            assert!(part(name).is_some_and(|text| text.ends_with('\n')), "{name}");
        }
        assert_eq!(part("fields of a dream"), None);
    }

    #[test]
    fn columns_are_those_that_are_read() {
        let text = part("columns of holidays").unwrap();
        assert!(text.starts_with("```csv\ndate,name,day\n```\n"), "{text}");
    }

    #[test]
    fn references_name_the_values_of_each_kind() {
        let text = part("references").unwrap();
        assert!(text.contains("| [role](#roles) | `[[roles/id]]` | `#may_grant` |"), "{text}");
        assert!(text.contains("| [term](#terms) | `[[terms/id]]` | – |"), "{text}");
    }
}
