//! Writes starter files, which are never written over what is there, and reports, which are.
#![allow(clippy::disallowed_types, reason = "the binary writes starter files and reports")]

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Why a starter file was not written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WriteError {
    /// There is something already.
    #[error("`{}` is there already; nothing was written over it", shown(.0))]
    There(PathBuf),
    /// There is something that is no file.
    #[error("`{}` is no file that can be written anew", shown(.0))]
    NoFile(PathBuf),
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

/// Writes a file anew, whole or not at all, and the folders it lies in.
///
/// The text goes to a new file beside it, which then takes its place.
pub(crate) fn replace(path: &Path, text: &str) -> Result<(), WriteError> {
    let refused = |source: io::Error| WriteError::Refused { path: path.to_owned(), source };
    // Through a link, the file that it leads to is meant.
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let before = fs::metadata(&target).ok();
    let (Some(name), true) = (target.file_name(), before.as_ref().is_none_or(fs::Metadata::is_file)) else {
        return Err(WriteError::NoFile(path.to_owned()));
    };
    let folder = target.parent().unwrap_or(Path::new(""));
    fs::create_dir_all(folder).map_err(refused)?;
    let beside = folder.join(format!(".{}.{}.new", name.to_string_lossy(), std::process::id()));
    let written = write_through(&beside, text, before.as_ref()).and_then(|()| fs::rename(&beside, &target));
    written.map_err(|source| {
        let _ = fs::remove_file(&beside);
        refused(source)
    })
}

/// Writes a new file to the disk, with the permissions of the one whose place it will take.
fn write_through(path: &Path, text: &str, before: Option<&fs::Metadata>) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(text.as_bytes())?;
    if let Some(before) = before {
        file.set_permissions(before.permissions())?;
    }
    file.sync_all()
}

/// Gives a path as a person writes it: without `./` in front.
pub(crate) fn shown(path: &Path) -> String {
    path.strip_prefix(".").unwrap_or(path).display().to_string()
}
