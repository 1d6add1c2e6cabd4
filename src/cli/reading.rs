//! The files of a handbook, as they are or as they were on a day.

use std::path::Path;

use jiff::civil::Date;
use pledgebook::parse::SETTINGS;
use pledgebook::source::SourceTree;
use pledgebook::source::disk::{ReadError, content_folder, read_tree};

use super::git::as_of;

/// The files of a handbook.
pub(crate) struct Files {
    /// The files.
    pub(crate) tree: SourceTree,
    /// The path of the content folder below the root, such as `content/`.
    pub(crate) prefix: String,
    /// The revision of git that they are of, where a day was asked.
    pub(crate) revision: Option<String>,
}

impl Files {
    /// Reads the handbook of a root.
    pub(crate) fn now(root: &Path) -> Result<Files, ReadError> {
        let (folder, prefix) = content_folder(root, SETTINGS);
        Ok(Files { tree: read_tree(&folder)?, prefix, revision: None })
    }

    /// Reads the handbook of a root as it was at the end of a day, or as it is where none is given.
    pub(crate) fn on(root: &Path, day: Option<Date>) -> Result<Files, Box<dyn std::error::Error>> {
        let Some(day) = day else { return Ok(Files::now(root)?) };
        let (files, revision) = as_of(root, day)?;
        let (tree, prefix) = SourceTree::of_revision(files, SETTINGS);
        Ok(Files { tree, prefix, revision: Some(revision) })
    }
}
