//! Tables of results and of holidays: cells and findings lie in the text, and cells that are written again are the same.

use pledgebook::parse::csv::{self, Cell};
use pledgebook::parse::parse;
use pledgebook::source::{FileId, SourceTree, Span};

use super::findings;

/// Where the text stands in its file, so that a place in the text is none in the file.
const AT: usize = 7;

/// Splits a text into cells, then reads it as each kind of table.
pub fn hold(text: &str) {
    cells_are_kept(text);
    let settings = "title: H\nlanguages: [en]\n";
    let tables = [("handbook.yaml", settings), ("results/2026.csv", text), ("registers/holidays/x.csv", text)];
    let tree = SourceTree::from_texts(tables);
    let parsed = parse(&tree, "");
    findings::hold(&parsed.diagnostics, &tree);
    findings::print(&parsed.diagnostics, &tree);
    for line in parsed.handbook.results.iter() {
        assert!(line.share().is_none_or(|share| share <= 10_000), "{line:?}");
        findings::lies_in_its_file(line.period.span, &tree);
    }
    let lines = text.matches('\n').count();
    assert!(parsed.handbook.results.len() <= lines, "more results than lines in {text:?}");
}

fn cells_are_kept(text: &str) {
    let (lines, faults) = csv::split(text, Span::new(FileId(0), AT, AT + text.len()));
    let mut end = AT;
    for cell in lines.iter().flatten() {
        let Span { start, end: next, .. } = cell.span;
        let (start, next) = (start as usize, next as usize);
        assert!(start >= end && text.get(start - AT..next - AT).is_some(), "{cell:?} in {text:?}");
        end = next;
    }
    if faults.is_empty() {
        let again: String = lines.iter().map(|line| written(line)).collect();
        let (read, faults) = csv::split(&again, Span::new(FileId(0), 0, again.len()));
        assert_eq!((words(&read), faults), (words(&lines), Vec::new()), "{text:?}, then {again:?}");
    }
}

/// Writes a line with every cell in quotation marks.
fn written(line: &[Cell]) -> String {
    let cells: Vec<String> = line.iter().map(|cell| format!("\"{}\"", cell.text.replace('"', "\"\""))).collect();
    cells.join(",") + "\n"
}

fn words(lines: &[Vec<Cell>]) -> Vec<Vec<&str>> {
    lines.iter().map(|line| line.iter().map(|cell| cell.text.as_str()).collect()).collect()
}
