//! The journey from files to a finished site, one stage a line.

use std::path::{Path, PathBuf};

use crate::checks::{self, CheckedHandbook};
use crate::diagnostic::{self, Count, Diagnostic};
use crate::parse;
use crate::source::SourceTree;
use crate::source::disk::{ReadError, read_tree};

/// The folder below the root that holds the handbook.
pub const CONTENT: &str = "content";

/// A handbook that was read and checked, with everything its authors are told.
#[derive(Debug)]
pub struct Looked {
    /// The files.
    pub tree: SourceTree,
    /// The path of the content folder below the root, such as `content/`.
    pub prefix: String,
    /// The handbook.
    pub handbook: CheckedHandbook,
    /// The findings, sorted by path and place.
    pub diagnostics: Vec<Diagnostic>,
}

impl Looked {
    /// Counts the findings.
    pub fn count(&self) -> Count {
        Count::of(&self.diagnostics)
    }
}

/// Finds the content folder of a root: `content`, or the root itself where the settings lie there.
pub fn content_folder(root: &Path) -> (PathBuf, String) {
    let below = root.join(CONTENT);
    if !below.is_dir() && root.join(parse::SETTINGS).is_file() {
        return (root.to_owned(), String::new());
    }
    (below, format!("{CONTENT}/"))
}

/// Reads and checks the handbook of a root.
pub fn look(root: &Path) -> Result<Looked, ReadError> {
    let (folder, prefix) = content_folder(root);
    let tree = read_tree(&folder)?;
    Ok(look_at(tree, prefix))
}

/// Checks a handbook that was read.
pub fn look_at(tree: SourceTree, prefix: String) -> Looked {
    let parsed = parse::parse(&tree, &prefix);
    let (handbook, found) = checks::check(parsed.handbook, &tree);
    let mut diagnostics = parsed.diagnostics;
    diagnostics.extend(found);
    diagnostic::sort(&mut diagnostics, &tree, &prefix);
    Looked { tree, prefix, handbook, diagnostics }
}
