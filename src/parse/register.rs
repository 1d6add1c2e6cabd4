//! Registers and files of holidays.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::calendar::{Day, Holiday};
use crate::diagnostic::Diagnostic;
use crate::fields::node::NodeKind;
use crate::fields::reader::Reader;
use crate::fields::scalar::{self, Scalar, word_named};
use crate::fields::table::{Row, Table};
use crate::fields::value::Value;
use crate::fields::yaml;
use crate::model::handbook::ALWAYS;
use crate::model::kind::Kind;
use crate::parse::csv::{self, Cell};
use crate::parse::place::LIST;
use crate::parse::{Parsed, whole_text};
use crate::source::{FileId, SourceTree, Span};
use crate::units::Malformed;

/// The columns of a file of holidays with what they hold.
pub const HOLIDAY_COLUMNS: [(&str, &str); 3] = [
    ("date", "The day: `2026-04-03`."),
    ("name", "What the day is called, as readers are told."),
    ("day", "`closed` for a holiday, `open` for a working day where there would be none."),
];

/// Reads one register into the handbook.
pub fn read(file: FileId, kind: Kind, tree: &SourceTree, languages: &[String], parsed: &mut Parsed) {
    let Some((text, whole)) = whole_text(file, tree) else {
        parsed.handbook.unknown.registers.insert(kind);
        return;
    };
    let mut document = yaml::read(text, whole);
    parsed.diagnostics.append(&mut document.diagnostics);
    if document.root.kind == NodeKind::Null && !document.incomplete {
        if text.trim_start_matches('\u{feff}').trim().is_empty() {
            let told = Diagnostic::error("file/empty", whole.beginning(), "the file is empty");
            parsed.diagnostics.push(told.action("write the things by id, each with its fields, or remove the file"));
        }
        return;
    }
    let mut reader = Reader::new(languages, whole.beginning());
    reader.texts_by_language = true;
    reader.incomplete = document.incomplete;
    let handbook = &mut parsed.handbook;
    let readable = match kind {
        Kind::Role => fill(&mut handbook.roles, &document.root, &mut reader),
        Kind::Channel => fill(&mut handbook.channels, &document.root, &mut reader),
        Kind::Calendar => fill(&mut handbook.calendars, &document.root, &mut reader),
        Kind::Factor => fill(&mut handbook.factors, &document.root, &mut reader),
        Kind::Term => fill(&mut handbook.terms, &document.root, &mut reader),
        _ => fill(&mut handbook.evidence, &document.root, &mut reader),
    };
    if document.incomplete || !readable {
        handbook.unknown.registers.insert(kind);
    }
    if let Some(row) = handbook.calendars.get(ALWAYS).filter(|_| kind == Kind::Calendar) {
        let told = Diagnostic::error("field/duplicate", row.span, "`always` is built in: open round the clock");
        reader.tell(told.action("give this calendar another id"));
    }
    if let Some(row) = handbook.roles.get(LIST).filter(|_| kind == Kind::Role) {
        let told = Diagnostic::error("field/id", row.span, format!("`{LIST}` is the page with the list of all roles"));
        reader.tell(told.action("give this role another id"));
    }
    parsed.diagnostics.append(&mut reader.diagnostics);
}

fn fill<T: Value + Default>(
    register: &mut BTreeMap<String, Row<T>>,
    root: &crate::fields::node::Node,
    reader: &mut Reader,
) -> bool {
    let Some(table) = Table::<T>::read(root, reader) else { return false };
    register.extend(table.into_rows().into_iter().map(|row| (row.id.clone(), row)));
    true
}

/// Reads one file of holidays into the handbook.
pub fn read_holidays(file: FileId, tree: &SourceTree, parsed: &mut Parsed) {
    let path = tree.file(file).path.clone();
    let name = path.rsplit('/').next().unwrap_or_default().to_owned();
    let Some((text, whole)) = whole_text(file, tree) else {
        parsed.handbook.unknown.holidays.insert(name);
        return;
    };
    let columns = HOLIDAY_COLUMNS.map(|(name, _)| name);
    let table = csv::read(text, whole, &columns, &columns);
    parsed.diagnostics.extend(table.diagnostics);
    let mut holidays: Vec<Holiday> = Vec::new();
    let mut seen: BTreeMap<Date, (Day, Span)> = BTreeMap::new();
    for row in &table.rows {
        let Some(holiday) = read_holiday(&row.cells, &mut parsed.diagnostics) else { continue };
        let here = row.cells[0].span;
        match seen.get(&holiday.date) {
            Some((day, first)) if *day != holiday.day => {
                let message = format!("{} is both closed and open", holiday.date);
                let told = Diagnostic::error("holidays/contradiction", here, message);
                parsed.diagnostics.push(told.label(*first, "first given here").action("keep one of the two lines"));
            }
            _ => drop(seen.insert(holiday.date, (holiday.day, here))),
        }
        holidays.push(holiday);
    }
    parsed.handbook.holidays.insert(name, holidays);
}

fn read_holiday(cells: &[Cell], diagnostics: &mut Vec<Diagnostic>) -> Option<Holiday> {
    let mut tell = |cell: &Cell, name: &'static str, fault: Malformed| match cell.text.as_str() {
        "" => {
            let told = Diagnostic::error("field/missing", cell.span, "nothing stands here");
            diagnostics.push(told.action("write a date such as `2026-03-01`, a name, and `closed` or `open`"));
        }
        _ => diagnostics.push(scalar::tell(name, cell.span, fault)),
    };
    let days = [("closed", Day::Closed), ("open", Day::Open)];
    let date = <Date as Scalar>::parse(&cells[0].text).map_err(|fault| tell(&cells[0], Date::FAULT, fault));
    let day =
        word_named(&cells[2].text, "what a day can be", &days).map_err(|fault| tell(&cells[2], "value/word", fault));
    Some(Holiday { date: date.ok()?, name: Arc::from(cells[1].text.as_str()), day: day.ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::bench::{found, look, tree};

    fn holidays(lines: &str) -> Vec<String> {
        let text = format!("date,name,day\n{lines}");
        let calendars = "shop: {time_zone: UTC, hours: {mon: \"09:00-17:00\"}, holidays: x.csv}\n";
        let short =
            |line: String| line.split(" → ").next().unwrap_or_default().replace("registers/holidays/x.csv:", "");
        found(&[("registers/holidays/x.csv", &text), ("registers/calendars.yaml", calendars)])
            .into_iter()
            .map(short)
            .collect()
    }

    #[test]
    fn a_day_cannot_be_both_closed_and_open() {
        assert_eq!(holidays("2026-12-25,Christmas,closed\n2026-12-25,Christmas Day,closed\n"), [""; 0]);
        let told = holidays("2026-12-25,Christmas,closed\n2026-12-25,Make-up,open\n");
        assert_eq!(told, ["holidays/contradiction 3 2026-12-25 is both closed and open"]);
    }

    #[test]
    fn a_line_of_holidays_needs_a_date_and_one_of_two_words() {
        let names = |lines: &str| {
            holidays(lines)
                .into_iter()
                .map(|line| line.split(' ').next().unwrap_or_default().to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(names("25.12.2026,Christmas,closed\n"), ["value/date"]);
        assert_eq!(names("2026-12-25,Christmas,shut\n"), ["value/word"]);
        assert_eq!(names("25.12.2026,Christmas,shut\n"), ["value/date", "value/word"]);
    }

    #[test]
    fn the_calendar_that_is_built_in_is_always_there_and_no_other_may_have_its_name() {
        let tree = tree(&[("registers/calendars.yaml", "")]);
        assert!(look(&tree).0.handbook().working.contains_key(ALWAYS));
        let calendars = "always: {time_zone: UTC, hours: {mon: \"09:00-17:00\"}}\n";
        let lines =
            found(&[("registers/calendars.yaml", calendars), ("handbook.yaml", "title: H\nlanguages: [en, de]\n")]);
        assert_eq!(lines.len(), 1, "{lines:#?}");
    }

    #[test]
    fn an_empty_register_is_told_and_one_of_remarks_is_not() {
        let names = |text: &str| {
            found(&[("registers/terms.yaml", text)])
                .into_iter()
                .map(|line| line.split(' ').next().unwrap_or_default().to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(names(" \n"), ["file/empty"]);
        assert_eq!(names("# nothing yet\n"), [""; 0]);
    }
}
