//! Findings with one right answer to new texts: the changes of each are made together or not at all, everything else of a
//! file stays byte for byte. And single keys of front matter, written in place (`keys`).
//!
//! Not here: which finding has one right answer (the rooms that find it), how a value is quoted (`diagnostic::edit`), and
//! writing the files (the binary).

pub mod keys;

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::edit::Edit;
use crate::source::{FileId, SourceTree};

/// New texts of files.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Mended {
    /// The text of each file that changes.
    pub texts: BTreeMap<FileId, String>,
    /// How many findings were mended in each.
    pub places: BTreeMap<FileId, usize>,
}

impl Mended {
    /// Tells whether nothing changes.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }
}

/// A stretch of a file that is replaced.
type Change = (u32, u32, String);

/// Mends all findings that can be mended together.
///
/// Of two whose changes overlap the first is mended; the other is left, and is found again in the new text.
pub fn mend(diagnostics: &[Diagnostic], tree: &SourceTree) -> Mended {
    let mut changes: BTreeMap<FileId, Changes> = BTreeMap::new();
    let mut places: BTreeMap<FileId, usize> = BTreeMap::new();
    for found in diagnostics.iter().filter(|found| !found.fix.is_empty()) {
        let Some(wanted) = written(&found.fix, tree) else { continue };
        let is_free = |(file, change): &(FileId, Change)| changes.get(file).is_none_or(|taken| taken.has_room(change));
        if !wanted.iter().all(is_free) {
            continue;
        }
        let mut files: Vec<FileId> = wanted.iter().map(|(file, _)| *file).collect();
        files.dedup();
        for file in files {
            *places.entry(file).or_default() += 1;
        }
        for (file, (start, end, text)) in wanted {
            changes.entry(file).or_default().0.insert((start, end), text);
        }
    }
    let texts = changes.into_iter().filter_map(|(file, changes)| Some((file, changes.made(tree.text(file)?.as_str()))));
    Mended { texts: texts.collect(), places }
}

/// Makes changes that belong together; nothing where one of them cannot be made, or overlaps another.
pub fn together(edits: &[Edit], tree: &SourceTree) -> Option<BTreeMap<FileId, String>> {
    let mut changes: BTreeMap<FileId, Changes> = BTreeMap::new();
    for (file, (start, end, text)) in written(edits, tree)? {
        changes.entry(file).or_default().0.insert((start, end), text);
    }
    changes.into_iter().map(|(file, changes)| Some((file, changes.made(tree.text(file)?.as_str())))).collect()
}

/// Gives the changes of one finding; nothing where one of them cannot be made, changes nothing, or overlaps another.
fn written(fix: &[Edit], tree: &SourceTree) -> Option<Vec<(FileId, Change)>> {
    let mut all: Vec<(FileId, Change)> = Vec::new();
    for edit in fix {
        let text = edit.written(tree)?;
        if text == tree.slice(edit.span) {
            return None;
        }
        all.push((edit.span.file, (edit.span.start, edit.span.end, text)));
    }
    all.sort();
    let apart = |pair: &[(FileId, Change)]| match pair {
        [(one, a), (other, b)] => one != other || !overlap((a.0, a.1), (b.0, b.1)),
        _ => true,
    };
    all.windows(2).all(apart).then_some(all)
}

/// Tells whether two stretches share a byte or begin at the same.
fn overlap(a: (u32, u32), b: (u32, u32)) -> bool {
    a.0 == b.0 || (a.0 < b.1 && b.0 < a.1)
}

/// The changes of one file, by place; none overlaps another.
#[derive(Default)]
struct Changes(BTreeMap<(u32, u32), String>);

impl Changes {
    /// Tells whether a change overlaps none of those that are there.
    fn has_room(&self, (start, end, _): &Change) -> bool {
        let before = self.0.range(..=(*start, u32::MAX)).next_back();
        let after = self.0.range((*start, 0)..).next();
        before.into_iter().chain(after).all(|(taken, _)| !overlap(*taken, (*start, *end)))
    }

    /// Makes them.
    fn made(&self, text: &str) -> String {
        let mut new = String::with_capacity(text.len() + 16);
        let mut done = 0;
        for ((start, end), replacement) in &self.0 {
            new.push_str(text.get(done..*start as usize).unwrap_or_default());
            new.push_str(replacement);
            done = *end as usize;
        }
        new.push_str(text.get(done..).unwrap_or_default());
        new
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    const TEXT: &str = "\u{feff}limt: 1.5h # 很快\r\nfee: 90 Euro\r\n";

    fn at(word: &str) -> Span {
        let start = TEXT.find(word).unwrap();
        Span::new(FileId(0), start, start + word.len())
    }

    fn told(span: Span) -> Diagnostic {
        Diagnostic::error("x/y", span, "m")
    }

    fn mended(found: &[Diagnostic]) -> (Option<String>, usize) {
        let tree = SourceTree::from_texts([("a.yaml", TEXT)]);
        let Mended { mut texts, places } = mend(found, &tree);
        (texts.remove(&FileId(0)), places.values().sum())
    }

    #[test]
    fn everything_but_the_places_stays_byte_for_byte() {
        let found = [
            told(at("90 Euro")).fix_value(at("90 Euro"), "90 EUR"),
            told(at("1.5h")).fix_value(at("1.5h"), "90min"),
            told(at("limt")).fix_value(at("limt"), "limit"),
            told(at("fee")),
        ];
        let (text, places) = mended(&found);
        assert_eq!(text.unwrap(), "\u{feff}limit: 90min # 很快\r\nfee: 90 EUR\r\n");
        assert_eq!(places, 3);
    }

    #[test]
    fn of_two_that_overlap_the_first_is_mended() {
        let whole = at("1.5h # 很快");
        let (text, places) = mended(&[told(at("1.5h")).fix(at("1.5h"), "x"), told(whole).fix(whole, "y")]);
        assert_eq!((text.unwrap().contains("limt: x # 很快"), places), (true, 1));
        let (text, _) = mended(&[told(whole).fix(whole, "y"), told(at("5h")).fix(at("5h"), "x")]);
        assert!(text.unwrap().contains("limt: y\r\n"));
    }

    #[test]
    fn changes_that_touch_do_not_overlap_unless_they_begin_together() {
        let end = Span { start: at("90 Euro").end, ..at("90 Euro") };
        let (text, _) = mended(&[told(end).fix(end, "!"), told(at("90 Euro")).fix(at("90 Euro"), "9")]);
        assert!(text.unwrap().contains("fee: 9!\r\n"));
        let begin = at("90 Euro").beginning();
        let (text, places) = mended(&[told(begin).fix(begin, "["), told(at("90 Euro")).fix(at("90 Euro"), "9")]);
        assert_eq!((text.unwrap().contains("fee: [90 Euro\r\n"), places), (true, 1));
    }

    #[test]
    fn the_changes_of_a_finding_are_made_together_or_not_at_all() {
        let swap = |a: &str, b: &str| told(at(a)).fix(at(a), b).fix(at(b), a);
        let (text, places) = mended(&[swap("limt", "fee"), swap("fee", "Euro")]);
        assert_eq!((text.unwrap().as_str(), places), ("\u{feff}fee: 1.5h # 很快\r\nlimt: 90 Euro\r\n", 1));
        let within = told(at("limt")).fix(at("limt"), "x").fix(at("imt"), "y");
        assert_eq!(mended(&[within]), (None, 0));
    }

    #[test]
    fn a_change_that_cannot_be_made_or_changes_nothing_is_left_out() {
        let wrong = Span::new(FileId(0), 1, 5);
        assert_eq!(mended(&[told(wrong).fix_value(wrong, "x")]), (None, 0));
        assert_eq!(mended(&[told(at("limt")).fix_value(at("limt"), "limt")]), (None, 0));
    }

    #[test]
    fn each_file_has_its_own_text() {
        let tree = SourceTree::from_texts([("a.md", "one"), ("b.md", "two"), ("c.md", "three")]);
        let place = |file, end| Span::new(FileId(file), 0, end);
        let both = told(place(0, 3)).fix(place(2, 5), "drei").fix(place(0, 3), "eins");
        let mended = mend(&[both], &tree);
        assert_eq!(mended.texts, [(FileId(0), "eins".to_owned()), (FileId(2), "drei".to_owned())].into());
        assert_eq!(mended.places, [(FileId(0), 1), (FileId(2), 1)].into());
    }
}
