//! Files of results.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::fields::reader::short;
use crate::fields::scalar::tell;
use crate::model::kind::Ref;
use crate::model::results::{Measured, ResultPeriod, ResultValue};
use crate::parse::csv::{self, Cell, Line};
use crate::source::text::SourceText;
use crate::source::{FileId, Span, Spanned};
use crate::units::Malformed;

/// The columns with what they hold, in the order of the file that `new` writes.
pub const COLUMNS: [(&str, &str); 9] = [
    ("period", "The month `2026-01`, the quarter `2026-Q1` or the year `2026`; never empty."),
    ("standard", "The whole id of the standard: `repair/turnaround`; never empty."),
    ("channel", "The channel, where the line is about one only."),
    ("volume", "How many cases there were."),
    ("met", "In how many of them the standard was kept."),
    ("value", "The result: a share such as `94.4`, or a duration; worked out of `met` and `volume` where it is empty."),
    ("perceived", "What customers perceived, as a share or a duration."),
    ("method", "How it was measured."),
    ("note", "What to keep in mind."),
];

/// The results of a file as far as they could be read.
#[derive(Debug)]
pub struct Table {
    /// The results, in the order of the lines.
    pub lines: Arc<[Measured]>,
    /// The faults.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a file of results.
pub fn read(file: FileId, text: &SourceText) -> Table {
    let whole = Span::new(file, 0, text.as_str().len());
    let (mut lines, mut faults) = (Vec::new(), Vec::new());
    let columns = COLUMNS.map(|(name, _)| name);
    let mut diagnostics = csv::read_each(text.as_str(), whole, &columns, &["period", "standard"], &mut |line| {
        lines.extend(measured(line, &mut faults));
    });
    diagnostics.append(&mut faults);
    Table { lines: lines.into(), diagnostics }
}

fn measured(line: Line, diagnostics: &mut Vec<Diagnostic>) -> Option<Measured> {
    let cells: [Cell; COLUMNS.len()] = line.cells.try_into().ok()?;
    let [period, standard, channel, volume, met, value, perceived, method, note] = cells;
    let period = given(&period, "value/period", ResultPeriod::parse, diagnostics);
    if standard.text.is_empty() {
        let told = Diagnostic::error("field/missing", standard.span, "the line names no standard");
        diagnostics.push(told.action("write the whole id, such as `repair/turnaround`"));
        return None;
    }
    let volume = given(&volume, "value/number", number, diagnostics);
    let met = given(&met, "value/number", number, diagnostics);
    let value = given(&value, "value/result", ResultValue::parse, diagnostics);
    let perceived = given(&perceived, "value/result", ResultValue::parse, diagnostics);
    let channel = (!channel.text.is_empty()).then(|| Ref::new(channel.text, channel.span));
    Some(Measured {
        period: period?,
        standard: Ref::new(standard.text, standard.span),
        channel,
        volume,
        met,
        value,
        perceived,
        method: method.text,
        note: note.text,
    })
}

/// Reads a cell; an empty one is nothing, except for a period, which a line needs.
fn given<T>(
    cell: &Cell,
    name: &'static str,
    parse: fn(&str) -> Result<T, Malformed>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Spanned<T>> {
    if cell.text.is_empty() && name != "value/period" {
        return None;
    }
    if cell.text.is_empty() {
        let told = Diagnostic::error("field/missing", cell.span, "the line names no period");
        diagnostics
            .push(told.action("write a month such as `2026-01`, a quarter such as `2026-Q1` or a year such as `2026`"));
        return None;
    }
    match parse(&cell.text) {
        Ok(value) => Some(Spanned { value, span: cell.span }),
        Err(fault) => {
            diagnostics.push(tell(name, cell.span, fault));
            None
        }
    }
}

fn number(text: &str) -> Result<u64, Malformed> {
    let digits = text.len() <= 18 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits).ok_or_else(|| {
        let fault = Malformed::new(
            format!("`{}` is not a whole number", short(text)),
            "write digits only, without a point for thousands",
        );
        match without_marks(text) {
            Some(plain) => fault.instead(plain),
            None => fault,
        }
    })
}

/// Gives a number without the marks between its thousands: `1,234` and `1 234` are `1234`.
fn without_marks(text: &str) -> Option<String> {
    let mark = text.chars().find(|letter| !letter.is_ascii_digit()).filter(|mark| " .,'’\u{a0}".contains(*mark))?;
    let mut groups = text.split(mark);
    let is_number = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let first = groups.next().is_some_and(|first| (1..=3).contains(&first.len()) && !first.starts_with('0'));
    let fits = text.len() <= 24 && first && groups.all(|group| group.len() == 3 && is_number(group));
    fits.then(|| text.chars().filter(char::is_ascii_digit).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::bench::{look, tree};

    fn told(line: &str) -> (usize, Vec<String>) {
        let text = format!("period,standard,channel,volume,met,value\n{line}\n");
        let files = tree(&[
            ("results/r.csv", &text),
            ("services/repair.md", &crate::checks::bench::service("standards: {a: {}}\n")),
        ]);
        let (checked, found) = look(&files);
        let at_results =
            found.into_iter().filter(|told| crate::diagnostic::locate(&told.place, &files, "").path == "results/r.csv");
        (checked.handbook().results.len(), at_results.map(|told| format!("{} {}", told.name, told.message)).collect())
    }

    #[test]
    fn marks_between_thousands_can_be_left_out_without_asking() {
        for (text, meant) in [("1,234", "1234"), ("1.234.567", "1234567"), ("12 345", "12345"), ("1'234", "1234")] {
            assert_eq!(number(text).unwrap_err().instead.as_deref(), Some(meant), "{text}");
        }
        for text in ["12.5", "1,23", "0.123", "1,234.5", "many", "1.2345", ".123"] {
            assert_eq!(number(text).unwrap_err().instead, None, "{text}");
        }
    }

    #[test]
    fn a_line_is_a_result() {
        assert_eq!(told("2026-10,repair/a,,412,389,"), (1, vec![]));
        assert_eq!(told("2026-10,repair/a,,,,3 business days"), (1, vec![]));
    }

    #[test]
    fn a_line_without_a_period_or_a_standard_is_no_result() {
        assert_eq!(told("2026-13,repair/a,,,,90").0, 0);
        assert_eq!(told(",repair/a,,,,90").0, 0);
        assert_eq!(told("2026-10,,,,,90"), (0, vec!["field/missing the line names no standard".into()]));
    }

    #[test]
    fn a_figure_that_cannot_be_read_is_told_and_the_line_is_kept() {
        let (lines, found) = told("2026-10,repair/a,,\"1,000\",-5,lots");
        assert_eq!(lines, 1);
        let names: Vec<&str> = found.iter().filter_map(|line| line.split(' ').next()).collect();
        assert_eq!(names, ["value/number", "value/number", "value/result"]);
        assert_eq!(number("007"), Ok(7));
        assert!(number("9999999999999999999").is_err());
    }
}
