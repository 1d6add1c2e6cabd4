//! Replaces files by new texts of theirs: each is whole at every moment, and one that somebody has changed since is kept.
#![allow(clippy::disallowed_types, reason = "the binary writes the files that `check --fix` mends")]

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::writing::shown;

/// A file with its text as it was read and as it should be.
pub(crate) struct Replacement<'a> {
    /// The file.
    pub(crate) path: PathBuf,
    /// Its text as it was read.
    pub(crate) before: &'a str,
    /// Its new text.
    pub(crate) after: &'a str,
}

/// Why files were not replaced.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReplaceError {
    /// Somebody else has changed the file.
    #[error("`{}` has changed since it was read; nothing was written: run it again", shown(.0))]
    Changed(PathBuf),
    /// The file may not be written.
    #[error("`{}` is protected against writing; nothing was written", shown(.0))]
    Protected(PathBuf),
    /// The system refused.
    #[error("cannot write `{}`; {}", shown(path), so_far(written))]
    Refused {
        /// The file.
        path: PathBuf,
        /// The files that were written before.
        written: Vec<PathBuf>,
        /// What the system said.
        source: io::Error,
    },
}

fn so_far(written: &[PathBuf]) -> String {
    match written {
        [] => "nothing was written".to_owned(),
        written => {
            let names: Vec<String> = written.iter().map(|path| format!("`{}`", shown(path))).collect();
            format!("already written: {}", names.join(", "))
        }
    }
}

/// Replaces files. All new texts lie beside their files before the first takes its place.
///
/// A link is followed to the file it leads to; the reading refuses those that lead out of the handbook.
pub(crate) fn replace_all(wanted: &[Replacement<'_>]) -> Result<(), ReplaceError> {
    let mut waiting: Vec<Waiting> = Vec::new();
    for replacement in wanted {
        let refused = |source| ReplaceError::Refused { path: replacement.path.clone(), written: Vec::new(), source };
        let target = fs::canonicalize(&replacement.path).map_err(refused)?;
        // Two links to one file.
        if waiting.iter().any(|other| other.target == target) {
            continue;
        }
        waiting.push(Waiting::write(replacement, target)?);
    }
    let mut written = Vec::new();
    for mut next in waiting {
        if let Err(source) = next.take_place() {
            return Err(ReplaceError::Refused { path: next.path.clone(), written, source });
        }
        written.push(next.path.clone());
    }
    Ok(())
}

/// A new text that lies beside its file; it is removed if it does not take its place.
struct Waiting {
    path: PathBuf,
    target: PathBuf,
    beside: Option<PathBuf>,
}

impl Waiting {
    fn write(replacement: &Replacement<'_>, target: PathBuf) -> Result<Self, ReplaceError> {
        let path = replacement.path.clone();
        let refused = |source| ReplaceError::Refused { path: path.clone(), written: Vec::new(), source };
        let permissions = fs::metadata(&target).map_err(refused)?.permissions();
        if permissions.readonly() {
            return Err(ReplaceError::Protected(path));
        }
        if fs::read(&target).map_err(refused)? != replacement.before.as_bytes() {
            return Err(ReplaceError::Changed(path));
        }
        let beside = name_beside(&target);
        let mut file = OpenOptions::new().write(true).create_new(true).open(&beside).map_err(refused)?;
        let waiting = Self { path: path.clone(), target, beside: Some(beside.clone()) };
        file.write_all(replacement.after.as_bytes()).map_err(refused)?;
        fs::set_permissions(&beside, permissions).map_err(refused)?;
        file.sync_all().map_err(refused)?;
        Ok(waiting)
    }

    fn take_place(&mut self) -> io::Result<()> {
        let Some(beside) = self.beside.as_ref() else { return Ok(()) };
        fs::rename(beside, &self.target)?;
        self.beside = None;
        Ok(())
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if let Some(beside) = self.beside.take() {
            let _ = fs::remove_file(beside);
        }
    }
}

/// Gives the name of a hidden file in the same folder; the program reads no hidden files.
fn name_beside(target: &Path) -> PathBuf {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    // A long name stays below what a folder allows.
    let name: String = name.chars().take(40).collect();
    target.with_file_name(format!(".{name}.{}.new", std::process::id()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        folder
    }

    fn replacement<'a>(folder: &tempfile::TempDir, name: &str, before: &'a str, after: &'a str) -> Replacement<'a> {
        Replacement { path: folder.path().join(name), before, after }
    }

    /// The files of a folder with their texts.
    fn files(folder: &tempfile::TempDir) -> Vec<(String, String)> {
        let entries = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap());
        let mut files: Vec<_> = entries
            .map(|entry| (entry.file_name().into_string().unwrap(), fs::read_to_string(entry.path()).unwrap()))
            .collect();
        files.sort();
        files
    }

    fn held(files: &[(&str, &str)]) -> Vec<(String, String)> {
        files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn files_are_replaced_and_nothing_is_left_beside_them() {
        let folder = folder(&[("a.md", "one"), ("b.md", "two")]);
        replace_all(&[replacement(&folder, "a.md", "one", "eins"), replacement(&folder, "b.md", "two", "zwei")])
            .unwrap();
        assert_eq!(files(&folder), held(&[("a.md", "eins"), ("b.md", "zwei")]));
    }

    #[test]
    fn a_file_that_has_changed_keeps_all_of_them_from_being_written() {
        let folder = folder(&[("a.md", "one"), ("b.md", "changed")]);
        let wanted = [replacement(&folder, "a.md", "one", "eins"), replacement(&folder, "b.md", "two", "zwei")];
        let error = replace_all(&wanted).unwrap_err().to_string();
        assert!(error.contains("b.md` has changed since it was read; nothing was written"), "{error}");
        assert_eq!(files(&folder), held(&[("a.md", "one"), ("b.md", "changed")]));
    }

    #[test]
    fn a_protected_file_is_not_replaced() {
        let folder = folder(&[("a.md", "one")]);
        let path = folder.path().join("a.md");
        let mut permissions = fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).unwrap();
        let error = replace_all(&[replacement(&folder, "a.md", "one", "eins")]).unwrap_err();
        assert!(matches!(error, ReplaceError::Protected(_)), "{error}");
        assert_eq!(files(&folder), held(&[("a.md", "one")]));
    }

    #[test]
    fn a_file_that_is_gone_is_told_and_nothing_is_written() {
        let folder = folder(&[("a.md", "one")]);
        let wanted = [replacement(&folder, "a.md", "one", "eins"), replacement(&folder, "b.md", "two", "zwei")];
        let error = replace_all(&wanted).unwrap_err().to_string();
        assert!(error.ends_with("b.md`; nothing was written"), "{error}");
        assert_eq!(files(&folder), held(&[("a.md", "one")]));
    }

    #[test]
    fn what_was_written_before_a_failure_is_said() {
        let path = |name: &str| PathBuf::from(name);
        let source = io::Error::other("full");
        let error = ReplaceError::Refused { path: path("./c.md"), written: vec![path("./a.md"), path("b.md")], source };
        assert_eq!(error.to_string(), "cannot write `c.md`; already written: `a.md`, `b.md`");
    }

    #[cfg(unix)]
    #[test]
    fn permissions_stay_and_a_link_is_followed() {
        use std::os::unix::fs::PermissionsExt;
        let folder = folder(&[("a.md", "one")]);
        let path = folder.path().join("a.md");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink("a.md", folder.path().join("link.md")).unwrap();
        let wanted = [replacement(&folder, "link.md", "one", "eins"), replacement(&folder, "a.md", "one", "eins")];
        replace_all(&wanted).unwrap();
        assert!(fs::symlink_metadata(folder.path().join("link.md")).unwrap().is_symlink());
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
        assert_eq!(files(&folder), held(&[("a.md", "eins"), ("link.md", "eins")]));
    }
}
