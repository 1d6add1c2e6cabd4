//! Writes starter files. What is there is never written over.
#![allow(clippy::disallowed_types, reason = "the binary writes starter files")]

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Why a starter file was not written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WriteError {
    /// There is something already.
    #[error("`{}` is there already; nothing was written over it", shown(.0))]
    There(PathBuf),
    /// The system refused.
    #[error("cannot write `{}`", shown(path))]
    Refused {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// Writes a new file, and the folders it lies in.
pub(crate) fn write_new(path: &Path, text: &str) -> Result<(), WriteError> {
    let refused = |source: io::Error| match source.kind() {
        io::ErrorKind::AlreadyExists => WriteError::There(path.to_owned()),
        _ => WriteError::Refused { path: path.to_owned(), source },
    };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|source| WriteError::Refused { path: folder.to_owned(), source })?;
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(refused)?;
    file.write_all(text.as_bytes()).map_err(refused)
}

/// Adds to the end of a file that is there.
pub(crate) fn append(path: &Path, text: &str) -> Result<(), WriteError> {
    let refused = |source: io::Error| WriteError::Refused { path: path.to_owned(), source };
    let mut file = OpenOptions::new().append(true).open(path).map_err(refused)?;
    file.write_all(text.as_bytes()).map_err(refused)
}

/// Gives a path as a person writes it: without `./` in front.
pub(crate) fn shown(path: &Path) -> String {
    path.strip_prefix(".").unwrap_or(path).display().to_string()
}
