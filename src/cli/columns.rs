//! Lines in columns, as wide as a terminal shows them: Chinese letters take two places.

use unicode_width::UnicodeWidthStr;

/// Lays lines out in columns, two spaces apart; the last cell of a line is not padded.
pub(crate) fn laid_out(lines: &[Vec<String>]) -> String {
    let wide = |at: usize| {
        let cells = lines.iter().filter(|line| line.len() > at + 1).map(|line| line[at].width());
        cells.max().unwrap_or(0)
    };
    let most = lines.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..most).map(wide).collect();
    let mut text = String::new();
    for line in lines {
        let mut laid = String::new();
        for (at, cell) in line.iter().enumerate() {
            laid.push_str(cell);
            if at + 1 < line.len() {
                laid.push_str(&" ".repeat(widths[at].saturating_sub(cell.width()) + 2));
            }
        }
        text.push_str(laid.trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_begin_at_one_place_and_wide_letters_count_twice() {
        let line = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        let lines =
            [line(&["到期", "a"]), line(&["Due in", "bcd", "x"]), line(&["a long line of one cell"]), line(&["x", ""])];
        assert_eq!(laid_out(&lines), "到期    a\nDue in  bcd  x\na long line of one cell\nx\n");
    }
}
