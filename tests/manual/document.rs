//! The documents: their parts between marks, their fenced blocks, their text.

use std::fs;
use std::path::{Path, PathBuf};

/// What stands before the name of a part that is made.
const BEGIN: &str = "<!-- made from the code: ";
/// What stands behind a part that is made.
const END: &str = "<!-- end -->";

/// A document of the manual.
pub(crate) struct Document {
    /// The path below the root: `docs/content.md`.
    pub(crate) path: String,
    /// Its text.
    pub(crate) text: String,
}

/// A fenced block.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Block {
    /// What stands behind the opening fence.
    pub(crate) about: String,
    /// The lines between the fences.
    pub(crate) text: String,
    /// The line of the opening fence, from one.
    pub(crate) line: usize,
}

/// Gives the root of the project.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Reads one document by its path below the root.
pub(crate) fn read(path: &str) -> Document {
    let text = fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    Document { path: path.to_owned(), text }
}

/// Reads `README.md`, `CONTRIBUTING.md` and all of `docs/`.
pub(crate) fn all() -> Vec<Document> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(root().join("docs")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let below = paths.iter().map(|path| format!("docs/{}", path.file_name().unwrap().to_str().unwrap()));
    let documents = below.filter(|path| path.ends_with(".md"));
    documents.chain(["README.md".to_owned(), "CONTRIBUTING.md".to_owned()]).map(|path| read(&path)).collect()
}

/// Compares the made parts of a document with what `make` gives for their names, or writes them where `UPDATE` is set.
///
/// `wanted` are the names that must be there.
pub(crate) fn hold(path: &str, wanted: &[String], make: impl Fn(&str) -> Option<String>) {
    let document = read(path);
    let names = document.parts();
    for name in wanted {
        assert!(names.contains(name), "{path} lacks the part `{name}`: add the lines\n{BEGIN}{name} -->\n{END}");
    }
    let made = document.made(&make);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(root().join(path), made).unwrap();
    } else if made != document.text {
        let differs = made.lines().zip(document.text.lines()).position(|(made, written)| made != written);
        panic!(
            "{path} differs from the program at line {}; write it anew with\n    UPDATE=1 cargo test --test manual",
            differs.unwrap_or_else(|| made.lines().count()) + 1
        );
    }
}

impl Document {
    /// Gives the names of the parts that are made, in order.
    pub(crate) fn parts(&self) -> Vec<String> {
        let name = |line: &str| Some(line.strip_prefix(BEGIN)?.strip_suffix(" -->")?.to_owned());
        self.text.lines().filter_map(name).collect()
    }

    /// Gives the text with each part made anew; a part that nobody makes, or that has no end, is a panic.
    fn made(&self, make: impl Fn(&str) -> Option<String>) -> String {
        let mut text = String::new();
        let mut lines = self.text.lines();
        while let Some(line) = lines.next() {
            text.push_str(line);
            text.push('\n');
            let Some(name) = line.strip_prefix(BEGIN).and_then(|rest| rest.strip_suffix(" -->")) else { continue };
            let part = make(name).unwrap_or_else(|| panic!("{}: nothing makes the part `{name}`", self.path));
            assert!(lines.any(|line| line == END), "{}: the part `{name}` has no end", self.path);
            text.push_str(&format!("\n{}\n\n{END}\n", part.trim_end()));
        }
        text
    }

    /// Gives the fenced blocks.
    pub(crate) fn blocks(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut open: Option<(&str, Block)> = None;
        for (at, line) in self.text.lines().enumerate() {
            let ticks = &line[..line.len() - line.trim_start_matches('`').len()];
            match &mut open {
                None if ticks.len() >= 3 => {
                    let about = line[ticks.len()..].trim().to_owned();
                    open = Some((ticks, Block { about, text: String::new(), line: at + 1 }));
                }
                Some((fence, _)) if line == *fence => blocks.extend(open.take().map(|(_, block)| block)),
                Some((_, block)) => {
                    block.text.push_str(line);
                    block.text.push('\n');
                }
                None => {}
            }
        }
        assert!(open.is_none(), "{}: a fenced block is never closed", self.path);
        blocks
    }

    /// Gives the lines outside fenced blocks.
    pub(crate) fn prose(&self) -> Vec<&str> {
        let mut within = false;
        let outside = self.text.lines().filter(|line| {
            let fence = line.starts_with("```");
            within ^= fence;
            !within && !fence
        });
        outside.collect()
    }
}

#[test]
fn part_is_made_anew_and_the_rest_stays() {
    let text = format!("before\n{BEGIN}x -->\nold\n{END}\nafter\n");
    let document = Document { path: "d.md".into(), text };
    assert_eq!(document.parts(), ["x"]);
    let made = document.made(|name| Some(format!("new {name}\n")));
    assert_eq!(made, format!("before\n{BEGIN}x -->\n\nnew x\n\n{END}\nafter\n"));
}

#[test]
fn blocks_are_found_with_what_stands_behind_their_fence() {
    let document = Document { path: "d.md".into(), text: "a\n```yaml x\nb: 1\n```\n````md\n```\n````\n".into() };
    let blocks = document.blocks();
    assert_eq!(blocks[0], Block { about: "yaml x".into(), text: "b: 1\n".into(), line: 2 });
    assert_eq!(blocks[1].text, "```\n");
}
