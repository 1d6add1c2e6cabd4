//! The QR code of a page's address, for paper: who holds a print in hand finds the page it came from.

use fast_qr::ECL;
use fast_qr::qr::QRBuilder;
use serde::Serialize;

/// A QR code as a drawing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CodeView {
    /// How many modules wide and high it is, with the quiet zone around it.
    pub size: usize,
    /// The path of an SVG that draws the dark modules with lines one wide.
    pub path: String,
}

/// The light modules on each side that a reader of codes needs (ISO/IEC 18004, 6.3.8).
const QUIET: usize = 4;

impl CodeView {
    /// Makes the code of an address; nothing where it is too long for one.
    pub fn of(address: &str) -> Option<Self> {
        // Level M stands a fold or a stain of a seventh of the code.
        let code = QRBuilder::new(address).ecl(ECL::M).build().ok()?;
        let rows = (0..code.size).map(|row| code[row].iter().map(|module| module.value()).collect::<Vec<bool>>());
        Some(Self { size: code.size + 2 * QUIET, path: drawn(rows) })
    }
}

/// Draws rows of modules: a line for each run of dark ones, each begun where the last one ended.
fn drawn(rows: impl Iterator<Item = Vec<bool>>) -> String {
    let mut path = format!("M{QUIET} {QUIET}.5");
    let (mut right, mut down) = (0, 0);
    for (row, modules) in rows.enumerate() {
        let mut at = 0;
        for run in modules.chunk_by(|one, next| one == next) {
            let end = at + run.len();
            if run[0] {
                if (at, row) != (right, down) {
                    path.push_str(&format!("m{} {}", at as isize - right as isize, row - down));
                }
                path.push_str(&format!("h{}", run.len()));
                (right, down) = (end, row);
            }
            at = end;
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws a path again, as a browser would: rows of dark modules.
    fn seen(code: &CodeView) -> Vec<Vec<bool>> {
        let mut rows = vec![vec![false; code.size]; code.size];
        let (mut right, mut down) = (QUIET as isize, QUIET as isize);
        let lines = code.path.strip_prefix("M4 4.5").unwrap().replace('h', "\nh").replace('m', "\nm");
        for line in lines.lines().filter(|line| !line.is_empty()) {
            let (command, numbers) = line.split_at(1);
            let numbers: Vec<isize> = numbers.split(' ').map(|number| number.parse().unwrap()).collect();
            match (command, numbers.as_slice()) {
                ("m", [x, y]) => (right, down) = (right + x, down + y),
                ("h", [length]) => {
                    rows[down as usize][right as usize..(right + length) as usize].fill(true);
                    right += length;
                }
                _ => panic!("{line}"),
            }
        }
        rows
    }

    #[test]
    fn runs_of_dark_modules_are_drawn_where_they_are() {
        let row = |text: &str| text.chars().map(|letter| letter == '#').collect::<Vec<bool>>();
        assert_eq!(drawn([row("## #"), row("   "), row(" #")].into_iter()), "M4 4.5h2m1 0h1m-3 2h1");
        assert_eq!(drawn([row(" #")].into_iter()), "M4 4.5m1 0h1");
    }

    #[test]
    fn a_code_is_read_as_the_address_that_it_was_made_of() {
        for address in
            ["https://a.example/", "https://handbook.example.org/service/zh/services/repair/in-warranty.html"]
        {
            let rows = seen(&CodeView::of(address).unwrap());
            let at = |x: usize, y: usize| if rows[y / 5][x / 5] { 0 } else { 255 };
            let mut picture = rqrr::PreparedImage::prepare_from_greyscale(rows.len() * 5, rows.len() * 5, at);
            assert_eq!(picture.detect_grids()[0].decode().unwrap().1, address);
        }
    }

    #[test]
    fn the_same_address_has_the_same_code_and_one_that_is_too_long_has_none() {
        assert_eq!(CodeView::of("https://example.org/"), CodeView::of("https://example.org/"));
        assert_ne!(CodeView::of("https://example.org/a"), CodeView::of("https://example.org/b"));
        assert_eq!(CodeView::of(&"a".repeat(5_000)), None);
    }
}
