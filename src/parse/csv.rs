//! CSV text to cells, each with its place.

use crate::diagnostic::Diagnostic;
use crate::fields::reader::short;
use crate::source::Span;
use crate::units::nearest::{certain, is_free, listed, nearest};

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// What it holds, white space at the ends left out.
    pub text: String,
    /// Where it is written.
    pub span: Span,
}

/// One line of a table: its cells in the order of the columns that were asked for.
#[derive(Clone, Debug)]
pub struct Line {
    /// The cells; a column that the file does not have gives empty ones.
    pub cells: Vec<Cell>,
}

/// A table as far as it could be read.
#[derive(Debug, Default)]
pub struct Table {
    /// The lines below the headings.
    pub rows: Vec<Line>,
    /// The faults.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a table whose first line names the columns; `columns` are those that may be there, `needed` those that must.
pub fn read(text: &str, base: Span, columns: &[&str], needed: &[&str]) -> Table {
    let mut rows = Vec::new();
    let diagnostics = read_each(text, base, columns, needed, &mut |line| rows.push(line));
    Table { rows, diagnostics }
}

/// Reads a table as [`read`] does, and gives its lines one by one, so that a long one is never held as a whole; its faults
/// are returned.
pub fn read_each(
    text: &str,
    base: Span,
    columns: &[&str],
    needed: &[&str],
    each: &mut dyn FnMut(Line),
) -> Vec<Diagnostic> {
    let skip = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut lines = Lines::of(&text[skip..], base.part(skip, text.len()));
    let Some(headings) = lines.next() else {
        let told = Diagnostic::error("file/empty", base.beginning(), "the file is empty");
        return vec![told.action(format!("begin with the line `{}`", columns.join(",")))];
    };
    let mut found: Vec<Diagnostic> = Vec::new();
    let order = match tell_separator(&headings, columns) {
        Some(told) => {
            found.push(told);
            None
        }
        None => find_columns(&headings, columns, needed, &mut found),
    };
    while let Some(mut cells) = lines.next() {
        let Some(order) = order.as_ref().filter(|_| cells.iter().any(|cell| !cell.text.is_empty())) else { continue };
        let place = cells[0].span;
        if cells.len() == headings.len() {
            let empty = |span: Span| Cell { text: String::new(), span: span.beginning() };
            let cell = |at: &Option<usize>| match at.and_then(|at| cells.get_mut(at)) {
                Some(cell) => std::mem::replace(cell, empty(place)),
                None => empty(place),
            };
            each(Line { cells: order.iter().map(cell).collect() });
        } else if !lines.is_open_in(&cells) {
            let message = format!("this line has {} cells, the first line has {}", cells.len(), headings.len());
            let told = Diagnostic::error("csv/cells", place, message);
            found.push(told.action("give each line as many commas as the first; put a text with a comma in quotes"));
        }
    }
    lines.faults.into_iter().chain(found).collect()
}

/// Finds where the columns stand that were asked for.
fn find_columns(
    headings: &[Cell],
    columns: &[&str],
    needed: &[&str],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Vec<Option<usize>>> {
    let mut misspelled = Vec::new();
    for (at, heading) in headings.iter().enumerate() {
        if !columns.contains(&heading.text.as_str()) {
            let message = match heading.text.as_str() {
                "" => "this column has no name".to_owned(),
                name => format!("`{}` is not a column of this table", short(name)),
            };
            let told = Diagnostic::error("csv/column", heading.span, message);
            let known = || columns.iter().copied();
            let near = nearest(&heading.text, known());
            misspelled.extend(near);
            let others = headings.iter().filter(|other| other.span != heading.span).map(|other| other.text.as_str());
            let meant = certain(&heading.text, known()).filter(|name| is_free(name, others, &mut known()));
            let told = match near {
                Some(near) => told.hint(format!("did you mean `{near}`?")).action(format!("write `{near}`")),
                None => told.action(format!("write one of {}", listed(known()))),
            };
            diagnostics.push(match meant {
                Some(name) => told.fix_value(heading.span, name),
                None => told,
            });
        } else if headings[..at].iter().any(|other| other.text == heading.text) {
            let told =
                Diagnostic::error("csv/column", heading.span, format!("the column `{}` is there twice", heading.text));
            diagnostics.push(told.action("remove one of them"));
        }
    }
    let place = |name: &&str| headings.iter().position(|heading| heading.text == **name);
    let missing: Vec<_> = needed.iter().filter(|name| place(name).is_none()).copied().collect();
    if missing.is_empty() {
        return Some(columns.iter().map(place).collect());
    }
    for name in missing.into_iter().filter(|name| !misspelled.contains(name)) {
        let told = Diagnostic::error("csv/column", headings[0].span, format!("the column `{name}` is missing"));
        diagnostics.push(told.action(format!("begin the file with the line `{}`", columns.join(","))));
    }
    None
}

/// Tells that the cells are separated by something else than commas, as some programs save them.
fn tell_separator(headings: &[Cell], columns: &[&str]) -> Option<Diagnostic> {
    let [only] = headings else { return None };
    let separator = [';', '\t', '|'].into_iter().find(|sign| only.text.contains(*sign))?;
    let names = only.text.split(separator).filter(|name| columns.contains(&name.trim())).count();
    let word = match separator {
        ';' => "semicolons",
        '\t' => "tabs",
        _ => "bars",
    };
    let told = Diagnostic::error("csv/column", only.span, format!("the columns are separated by {word}"));
    (names > 0).then(|| told.action("separate them by commas: save the file as CSV with the separator `,`"))
}

/// Splits a text into lines of cells, as in RFC 4180, and tells quotation marks that are never closed.
pub fn split(text: &str, base: Span) -> (Vec<Vec<Cell>>, Vec<Diagnostic>) {
    let mut lines = Lines::of(text, base);
    let all = lines.by_ref().collect();
    (all, lines.faults)
}

/// The lines of a text, each with its cells.
struct Lines<'t> {
    text: &'t str,
    base: Span,
    at: usize,
    faults: Vec<Diagnostic>,
}

impl<'t> Lines<'t> {
    fn of(text: &'t str, base: Span) -> Self {
        Self { text, base, at: 0, faults: Vec::new() }
    }

    /// Tells whether a quotation mark is opened in one of the cells and never closed.
    fn is_open_in(&self, cells: &[Cell]) -> bool {
        let opened = self.faults.first().map(|told| told.place.clone());
        cells.iter().any(|cell| opened == Some(cell.span.part(0, 1).into()))
    }
}

impl Iterator for Lines<'_> {
    type Item = Vec<Cell>;

    fn next(&mut self) -> Option<Vec<Cell>> {
        let bytes = self.text.as_bytes();
        if self.at >= bytes.len() {
            return None;
        }
        let mut cells = Vec::new();
        loop {
            // Behind a comma at the end of a line, or of the text, stands one more cell, which is empty.
            let (cell, end) = match bytes.get(self.at) {
                Some(b'"') => quoted(self.text, self.at, self.base, &mut self.faults),
                _ => plain(self.text, self.at, self.base),
            };
            cells.push(cell);
            self.at = end + 1;
            if bytes.get(end) != Some(&b',') {
                return Some(cells);
            }
        }
    }
}

fn plain(text: &str, at: usize, base: Span) -> (Cell, usize) {
    let end = text[at..].find([',', '\n']).map_or(text.len(), |len| at + len);
    (cell(&text[at..end], at, base), end)
}

fn cell(written: &str, at: usize, base: Span) -> Cell {
    let trimmed = written.trim();
    let start = at + (written.len() - written.trim_start().len());
    Cell { text: trimmed.to_owned(), span: base.part(start, start + trimmed.len()) }
}

fn quoted(text: &str, at: usize, base: Span, faults: &mut Vec<Diagnostic>) -> (Cell, usize) {
    let mut value = String::new();
    let mut from = at + 1;
    loop {
        let Some(len) = text[from..].find('"') else {
            let told = Diagnostic::error(
                "csv/quote",
                base.part(at, at + 1),
                "a quotation mark is opened here and never closed",
            );
            faults.push(told.action("put a quotation mark at the end of the cell"));
            let end = text[from..].find('\n').map_or(text.len(), |len| from + len);
            value.push_str(text[from..end].trim_end());
            return (Cell { text: value, span: base.part(at, end) }, end);
        };
        value.push_str(&text[from..from + len]);
        from += len + 1;
        if text[from..].starts_with('"') {
            value.push('"');
            from += 1;
            continue;
        }
        let end = text[from..].find([',', '\n']).map_or(text.len(), |len| from + len);
        value.push_str(text[from..end].trim_end());
        return (Cell { text: value.trim().to_owned(), span: base.part(at, from) }, end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn table(text: &str) -> Table {
        read(text, Span::new(FileId(0), 0, text.len()), &["a", "b"], &["a"])
    }

    fn cells(text: &str) -> Vec<Vec<String>> {
        table(text).rows.into_iter().map(|row| row.cells.into_iter().map(|cell| cell.text).collect()).collect()
    }

    #[test]
    fn cells_are_found_by_the_names_of_their_columns() {
        assert_eq!(cells("b,a\n1,2\n"), [["2", "1"]]);
        assert_eq!(cells("a\n1\n\n2"), [["1", ""], ["2", ""]]);
    }

    #[test]
    fn quotes_hold_commas_line_breaks_and_quotes() {
        assert_eq!(cells("a,b\n\"x, y\",\"say \"\"so\"\"\nnow\"\n"), [["x, y", "say \"so\"\nnow"]]);
    }

    #[test]
    fn empty_cells_at_the_end_of_a_line_count() {
        assert_eq!(cells("a,b\n1,\n,2\n"), [["1", ""], ["", "2"]]);
        assert_eq!(cells("a,b\r\n1,\r\n"), [["1", ""]]);
        assert_eq!(cells("a,b\n1,"), [["1", ""]]);
    }

    #[test]
    fn a_cell_has_its_own_place() {
        let found = table("a,b\n1, zwei\n");
        let span = found.rows[0].cells[1].span;
        assert_eq!((span.start, span.end), (7, 11));
    }

    #[test]
    fn wrong_columns_and_short_lines_are_told() {
        let names = |text: &str| table(text).diagnostics.iter().map(|told| told.name).collect::<Vec<_>>();
        assert_eq!(names("a,c\n1,2\n"), ["csv/column"]);
        assert_eq!(names("b\n1\n"), ["csv/column"]);
        assert_eq!(names("a,b\n1\n"), ["csv/cells"]);
        assert_eq!(names("a,b\n\"1,2\n"), ["csv/quote"]);
        assert_eq!(names(""), ["file/empty"]);
        assert_eq!(names("a;b\n1;2\n"), ["csv/column"]);
    }

    #[test]
    fn a_quote_that_is_never_closed_ends_with_its_line() {
        assert_eq!(cells("a,b\n1,\"x\n2,y\n"), [["1", "x"], ["2", "y"]]);
    }
}
