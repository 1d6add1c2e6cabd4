//! Many questions in one table: a CSV file with the columns `calendar`, `start` and `limit`, whose column `due` is filled.

use std::collections::BTreeMap;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::asked::{Counting, counting};
use super::moment::{iso, read};
use super::{Refusal, Sources, due, explain};
use crate::parse::csv::{self, Cell};
use crate::source::text::{LineColumn, SourceText};
use crate::source::{FileId, Span};
use crate::units::Malformed;
use crate::units::duration::Duration;

/// A table that was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// The names of the columns, `due` among them.
    pub columns: Vec<String>,
    /// The lines below them.
    pub rows: Vec<Row>,
}

/// One line of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its cells, by the columns of the table.
    pub cells: Vec<String>,
    /// The line of the file on which it begins.
    pub line: usize,
    /// The answer.
    pub answer: Result<Answer, Fault>,
}

/// A deadline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The calendar that counted.
    pub calendar: String,
    /// When the limit ends.
    pub due: String,
    /// What one should know about it.
    pub warning: Option<String>,
}

/// Why a line has no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub place: LineColumn,
    /// What is wrong.
    pub message: String,
}

/// Why a table cannot be answered at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}:{}: {fault}", place.line, place.column)]
pub struct NoTable {
    /// Where.
    pub place: LineColumn,
    /// What is wrong.
    pub fault: Malformed,
}

/// Answers a table. A cell of `calendar` that is empty, or a table without that column, takes `calendar`, or else the
/// calendar of the handbook.
pub fn answer(text: String, calendar: Option<&str>, sources: &Sources<'_>) -> Result<Batch, NoTable> {
    let source = SourceText::new(text);
    let skip = if source.as_str().starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let text = source.as_str().get(skip..).unwrap_or_default();
    let (lines, faults) = csv::split(text, Span::new(FileId(0), skip, source.as_str().len()));
    let mut lines = lines.into_iter().filter(|cells| cells.iter().any(|cell| !cell.text.is_empty()));
    let columns = Columns::read(lines.next(), &source)?;
    let unclosed = faults.iter().find_map(|fault| match fault.place {
        crate::diagnostic::Place::At(span) => Some((span.start, fault.message.clone())),
        crate::diagnostic::Place::Outside { .. } => None,
    });
    let mut desk = Desk { columns: &columns, source: &source, calendar, sources, known: BTreeMap::new() };
    let rows = lines.map(|cells| desk.row(&cells, unclosed.as_ref())).collect();
    Ok(Batch { columns: columns.names, rows })
}

impl Batch {
    /// Writes the table as CSV.
    pub fn csv(&self) -> String {
        let mut csv = String::new();
        for cells in std::iter::once(&self.columns).chain(self.rows.iter().map(|row| &row.cells)) {
            let line: Vec<String> = cells.iter().map(|cell| csv_cell(cell)).collect();
            csv.push_str(&line.join(","));
            csv.push('\n');
        }
        csv
    }

    /// Gives the lines without an answer.
    pub fn faults(&self) -> impl Iterator<Item = &Fault> {
        self.rows.iter().filter_map(|row| row.answer.as_ref().err())
    }

    /// Gives what one should know about the answers, each once with the lines that it concerns.
    pub fn warnings(&self) -> BTreeMap<(&str, &str), Vec<usize>> {
        let mut warnings: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
        for row in &self.rows {
            if let Ok(Answer { calendar, warning: Some(warning), .. }) = &row.answer {
                warnings.entry((calendar, warning)).or_default().push(row.line);
            }
        }
        warnings
    }
}

/// A table is an array of its lines; a line has its columns by name, `line`, `warning` and `error`.
impl Serialize for Batch {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.rows.iter().map(|row| JsonRow { columns: &self.columns, row }))
    }
}

struct JsonRow<'b> {
    columns: &'b [String],
    row: &'b Row,
}

/// What a line has in JSON besides its columns.
const OWN: [&str; 4] = ["due", "line", "warning", "error"];

impl Serialize for JsonRow<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let answer = self.row.answer.as_ref();
        let mut written = OWN.to_vec();
        for (name, cell) in self.columns.iter().zip(&self.row.cells) {
            if !written.contains(&name.as_str()) {
                map.serialize_entry(name, cell)?;
                written.push(name);
            }
        }
        map.serialize_entry("due", &answer.ok().map(|answer| &answer.due))?;
        map.serialize_entry("line", &self.row.line)?;
        map.serialize_entry("warning", &answer.ok().and_then(|answer| answer.warning.as_ref()))?;
        map.serialize_entry("error", &answer.err().map(|fault| &fault.message))?;
        map.end()
    }
}

/// Where the columns stand.
struct Columns {
    names: Vec<String>,
    calendar: Option<usize>,
    start: usize,
    limit: usize,
    due: usize,
}

impl Columns {
    fn read(headings: Option<Vec<Cell>>, source: &SourceText) -> Result<Self, NoTable> {
        let action = "begin with the line `calendar,start,limit`, with a comma between the columns";
        let refuse = |at: usize, message: String| {
            Err(NoTable { place: source.place(at), fault: Malformed::new(message, action) })
        };
        let Some(headings) = headings else { return refuse(0, "the table is empty".into()) };
        let mut names: Vec<String> = headings.iter().map(|cell| cell.text.clone()).collect();
        let find = |wanted: &str| names.iter().position(|name| name.to_lowercase() == wanted);
        let begin = headings.first().map_or(0, |cell| cell.span.start as usize);
        let (Some(start), Some(limit)) = (find("start"), find("limit")) else {
            let missing = if find("start").is_none() { "start" } else { "limit" };
            return refuse(begin, format!("the column `{missing}` is missing"));
        };
        let (calendar, due) = (find("calendar"), find("due"));
        if due.is_none() {
            names.push("due".into());
        }
        let due = due.unwrap_or(names.len() - 1);
        Ok(Self { names, calendar, start, limit, due })
    }
}

/// Answers line by line.
struct Desk<'d> {
    columns: &'d Columns,
    source: &'d SourceText,
    calendar: Option<&'d str>,
    sources: &'d Sources<'d>,
    known: BTreeMap<Option<String>, Result<Counting, Refusal>>,
}

impl Desk<'_> {
    fn row(&mut self, cells: &[Cell], unclosed: Option<&(u32, String)>) -> Row {
        let width = self.columns.names.len();
        let begin = cells.first().map_or(0, |cell| cell.span.start);
        let place = |at: u32| self.source.place(at as usize);
        let extra = cells.iter().skip(width).find(|cell| !cell.text.is_empty());
        let broken = unclosed.filter(|(at, _)| cells.iter().any(|cell| cell.span.start == *at));
        let (line, broken) = (place(begin).line, broken.map(|(at, message)| (place(*at), message.clone())));
        let extra = extra.map(|cell| {
            let message = format!(
                "this line has {} cells, the first line has {width}; put a text with a comma in quotes",
                cells.len()
            );
            (place(cell.span.start), message)
        });
        let answer = match broken.or(extra) {
            Some((place, message)) => Err(Fault { place, message }),
            None => self.answer(cells).map_err(|(column, fault)| {
                let at = cells.get(column).map_or(begin, |cell| cell.span.start);
                Fault { place: self.source.place(at as usize), message: fault.to_string() }
            }),
        };
        let mut cells: Vec<String> = cells.iter().take(width).map(|cell| cell.text.clone()).collect();
        cells.resize(width, String::new());
        cells[self.columns.due] = answer.as_ref().map_or_else(|_| String::new(), |answer| answer.due.clone());
        Row { cells, line, answer }
    }

    /// Answers a line, or tells the column at fault and what is wrong with it.
    fn answer(&mut self, cells: &[Cell]) -> Result<Answer, (usize, Refusal)> {
        let cell = |at: usize| cells.get(at).map_or("", |cell| cell.text.as_str());
        let columns = self.columns;
        let named = columns.calendar.map(cell).filter(|id| !id.is_empty()).or(self.calendar);
        let sources = self.sources;
        let counting = self.known.entry(named.map(str::to_owned)).or_insert_with(|| counting(named, None, sources));
        let counting = counting.as_ref().map_err(|why| (columns.calendar.unwrap_or(columns.start), why.clone()))?;
        let calendar = &counting.calendar;
        let start = read(cell(columns.start), calendar.zone()).map_err(|fault| (columns.start, fault.into()))?;
        let limit = Duration::parse(cell(columns.limit)).map_err(|fault| (columns.limit, fault.into()))?;
        let deadline = calendar.deadline(start, limit).map_err(|why| {
            let message = due::problem(why, self.sources.locale);
            (columns.limit, Refusal::question(message, "no deadline"))
        })?;
        Ok(Answer {
            calendar: counting.id.clone(),
            due: iso(deadline.due.timestamp(), calendar.zone()),
            warning: explain::warning(&deadline, calendar.date_of(start), calendar, self.sources.locale),
        })
    }
}

fn csv_cell(text: &str) -> String {
    let plain = !text.contains([',', '"', '\n', '\r']) && text.trim() == text;
    if plain { text.to_owned() } else { format!("\"{}\"", text.replace('"', "\"\"")) }
}

#[cfg(test)]
mod tests {
    use super::super::examples::with_files;
    use super::*;

    fn batch(text: &str) -> Batch {
        answer(text.to_owned(), None, &with_files(&[]).sources()).unwrap()
    }

    fn faults(text: &str) -> Vec<String> {
        let told = |fault: &Fault| format!("{}:{}: {}", fault.place.line, fault.place.column, fault.message);
        batch(text).faults().map(told).collect()
    }

    #[test]
    fn every_worked_case_comes_out_as_it_is_written() {
        let cases = include_str!("../../tests/deadlines/vectors.csv");
        assert_eq!(batch(cases).csv(), cases);
        let questions: String = cases.lines().map(|line| format!("{}\n", line.rsplit_once(',').unwrap().0)).collect();
        assert_eq!(batch(&questions).csv(), cases);
    }

    #[test]
    fn further_columns_stay_where_they_are() {
        let text = "\u{feff}case,Limit,start,calendar,due,note\r\n7,1bd,2026-01-22T09:00,workshop,old,\"a, \"\"b\"\"\"\r\n\r\n";
        assert_eq!(
            batch(text).csv(),
            "case,Limit,start,calendar,due,note\n7,1bd,2026-01-22T09:00,workshop,2026-01-23T17:00:00+01:00,\"a, \"\"b\"\"\"\n"
        );
    }

    #[test]
    fn a_bad_line_is_told_with_its_place_and_the_others_are_answered() {
        let text = "calendar,start,limit\nworkshp,2026-01-22T09:00,1bd\nworkshop,2026-01-22,1bd\nworkshop,2026-01-22T09:00,1 day\n\
                    workshop,2026-01-22T09:00,101y\nworkshop,2026-01-22T09:00,1bd\nworkshop,2026-01-22T09:00\n";
        let told = faults(text);
        assert_eq!(told[0], "2:1: `workshp` is not a calendar of this handbook; did you mean `workshop`?");
        assert_eq!(told[1], "3:10: `2026-01-22` has no time of day; write `2026-01-22T09:00`");
        assert!(told[2].starts_with("4:27: `1 day` does not say which days"), "{}", told[2]);
        assert!(told[3].starts_with("5:27: This is too far away"), "{}", told[3]);
        assert!(told[4].starts_with("7:1: "), "{}", told[4]);
        assert_eq!(told.len(), 5);
        let csv = batch(text).csv();
        assert_eq!(csv.lines().nth(1), Some("workshp,2026-01-22T09:00,1bd,"));
        assert_eq!(csv.lines().nth(5), Some("workshop,2026-01-22T09:00,1bd,2026-01-23T17:00:00+01:00"));
    }

    #[test]
    fn a_line_with_too_many_cells_or_an_open_quote_is_told() {
        let text =
            "calendar,start,limit\nworkshop,2026-01-22T09:00,1bd,,\nworkshop,2026-01-22T09:00,1bd,x,y\nworkshop,\"2026";
        let told = faults(text);
        assert!(told[0].starts_with("3:33: this line has 5 cells, the first line has 4"), "{}", told[0]);
        assert!(told[1].starts_with("4:10: a quotation mark is opened here"), "{}", told[1]);
        assert_eq!(told.len(), 2);
    }

    #[test]
    fn an_empty_calendar_is_the_one_that_was_named() {
        let example = with_files(&[]);
        let ask = |text: &str| answer(text.to_owned(), Some("shop"), &example.sources()).unwrap().csv();
        assert!(ask("start,limit\n2026-06-10T10:00,1bd\n").contains("2026-06-11T18:00:00+08:00"));
        assert!(ask("calendar,start,limit\n,2026-06-10T10:00,1bd\n").contains("2026-06-11T18:00:00+08:00"));
    }

    #[test]
    fn a_text_that_is_no_such_table_is_refused() {
        let refused = |text: &str| answer(text.to_owned(), None, &with_files(&[]).sources()).unwrap_err().to_string();
        assert!(refused("").starts_with("1:1: the table is empty; begin with the line `calendar,start,limit`"));
        assert!(refused("\ncalendar,limit\n").starts_with("2:1: the column `start` is missing"));
        assert!(refused("calendar;start;limit\n").contains("with a comma between the columns"));
    }

    #[test]
    fn json_has_a_line_by_its_columns() {
        let text = "calendar,start,limit,line,case\nshop,2026-12-28T10:00,9bd,1,A\nshop,x,9bd,2,B\n";
        let json = serde_json::to_value(batch(text)).unwrap();
        assert_eq!(json[0]["due"], "2027-01-08T18:00:00+08:00");
        assert_eq!((&json[0]["case"], &json[0]["line"]), (&"A".into(), &2.into()));
        assert!(json[0]["warning"].as_str().unwrap().contains("31 December 2026"));
        assert!(json[1]["due"].is_null() && json[1]["error"].as_str().unwrap().starts_with("`x` is no date"));
    }

    #[test]
    fn a_warning_is_given_once_with_its_lines() {
        let line = "shop,2026-12-28T10:00,9bd\n";
        let batch = batch(&format!("calendar,start,limit\n{line}{line}workshop,2026-12-28T10:00,9bd\n"));
        let warnings = batch.warnings();
        assert_eq!(
            warnings.into_iter().map(|((calendar, _), lines)| (calendar, lines)).collect::<Vec<_>>(),
            [("shop", vec![2, 3])]
        );
    }
}
