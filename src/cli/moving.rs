//! Gives files new texts and new paths, all or none: where one of them fails, all are as they were.
//!
//! New texts and copies of the old ones lie beside their places before the first takes its place, so that what is left to
//! do, and to undo, is to rename.
#![allow(clippy::disallowed_types, reason = "the binary writes the files that `rename` changes")]

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::writing::shown;

/// A file with its path and its text, as they are and as they should be.
pub(crate) struct Move<'a> {
    /// The path.
    pub(crate) from: PathBuf,
    /// The path that it should have; the same where it stays.
    pub(crate) to: PathBuf,
    /// Its text as it was read.
    pub(crate) before: &'a str,
    /// Its new text.
    pub(crate) after: &'a str,
}

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum MoveError {
    /// Somebody else has changed the file.
    #[error("`{}` has changed since it was read; nothing was written: run it again", shown(.0))]
    Changed(PathBuf),
    /// The file may not be written.
    #[error("`{}` is protected against writing; nothing was written", shown(.0))]
    Protected(PathBuf),
    /// Something lies where the file is to go.
    #[error("`{}` is there already; nothing was written", shown(.0))]
    There(PathBuf),
    /// The file is a link.
    #[error("`{}` is a link; nothing was written: rename the file that it leads to by hand", shown(.0))]
    Link(PathBuf),
    /// The system refused.
    #[error("cannot write `{}`; {}", shown(path), if *undone { "everything is as it was" } else { "look at `git status`: not all could be put back" })]
    Refused {
        /// The file.
        path: PathBuf,
        /// Whether everything is as it was.
        undone: bool,
        /// What the system said.
        source: io::Error,
    },
}

/// Changes all files, or none.
pub(crate) fn move_all(wanted: &[Move<'_>]) -> Result<(), MoveError> {
    move_with(wanted, |from, to| fs::rename(from, to))
}

fn move_with(wanted: &[Move<'_>], mut rename: impl FnMut(&Path, &Path) -> io::Result<()>) -> Result<(), MoveError> {
    let mut ready: Vec<Ready> = Vec::new();
    for one in wanted {
        match Ready::make(one) {
            Ok(one) => ready.push(one),
            Err(why) => {
                ready.iter().for_each(Ready::clear);
                return Err(why);
            }
        }
    }
    let mut done: Vec<(PathBuf, PathBuf)> = Vec::new();
    for one in &ready {
        // The old text goes aside before the new one comes, so that either can be put back by its name alone.
        let ways = [(&one.target, &one.old), (&one.new, &one.to)];
        for (from, to) in ways {
            if let Err(source) = rename(from, to) {
                let mut undone = true;
                for (from, to) in done.iter().rev() {
                    undone &= fs::rename(to, from).is_ok();
                }
                ready.iter().for_each(Ready::clear);
                return Err(MoveError::Refused { path: one.to.clone(), undone, source });
            }
            done.push((from.clone(), to.clone()));
        }
    }
    for one in &ready {
        let _ = fs::remove_file(&one.old);
        one.clear_folders();
    }
    Ok(())
}

/// A file that is ready to change.
struct Ready {
    /// The file itself.
    target: PathBuf,
    /// Where the old text goes aside.
    old: PathBuf,
    /// Where the new text waits.
    new: PathBuf,
    /// Where the new text goes.
    to: PathBuf,
    /// The folders that were made for it, the innermost first.
    made: Vec<PathBuf>,
}

impl Ready {
    fn make(wanted: &Move<'_>) -> Result<Self, MoveError> {
        let refused = |source| MoveError::Refused { path: wanted.to.clone(), undone: true, source };
        let is_moved = wanted.from != wanted.to;
        let target = fs::canonicalize(&wanted.from).map_err(refused)?;
        let permissions = fs::metadata(&target).map_err(refused)?.permissions();
        if permissions.readonly() {
            return Err(MoveError::Protected(wanted.from.clone()));
        }
        if fs::read(&target).map_err(refused)? != wanted.before.as_bytes() {
            return Err(MoveError::Changed(wanted.from.clone()));
        }
        if is_moved && fs::symlink_metadata(&wanted.from).map_err(refused)?.is_symlink() {
            return Err(MoveError::Link(wanted.from.clone()));
        }
        if is_moved && fs::symlink_metadata(&wanted.to).is_ok() {
            return Err(MoveError::There(wanted.to.clone()));
        }
        let to = if is_moved { wanted.to.clone() } else { target.clone() };
        let made = make_folders(to.parent().unwrap_or(Path::new(""))).map_err(refused)?;
        let ready = Self { old: beside(&target, "old"), new: beside(&to, "new"), target, to, made };
        let written = write(&ready.new, wanted.after).and_then(|()| fs::set_permissions(&ready.new, permissions));
        match written {
            Ok(()) => Ok(ready),
            Err(source) => {
                ready.clear();
                Err(refused(source))
            }
        }
    }

    /// Removes what was made for it and is not used.
    fn clear(&self) {
        let _ = fs::remove_file(&self.new);
        for folder in &self.made {
            let _ = fs::remove_dir(folder);
        }
    }

    /// Removes the folders that are empty now.
    fn clear_folders(&self) {
        let mut folder = self.target.parent();
        while let Some(empty) = folder.filter(|folder| self.to != self.target && fs::remove_dir(folder).is_ok()) {
            folder = empty.parent();
        }
    }
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// Makes a folder with those around it; gives the ones that were missing, the innermost first.
fn make_folders(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let missing = folder.ancestors().take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists());
    let missing: Vec<PathBuf> = missing.map(Path::to_owned).collect();
    fs::create_dir_all(folder)?;
    Ok(missing)
}

/// Gives the name of a hidden file in the same folder; the program reads no hidden files.
fn beside(path: &Path, what: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    // A long name stays below what a folder allows.
    let name: String = name.chars().take(40).collect();
    path.with_file_name(format!(".{name}.{}.{what}", std::process::id()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    fn one<'a>(folder: &tempfile::TempDir, (from, to): (&str, &str), texts: (&'a str, &'a str)) -> Move<'a> {
        Move { from: folder.path().join(from), to: folder.path().join(to), before: texts.0, after: texts.1 }
    }

    /// Everything below a folder, with the texts of files.
    fn all(folder: &Path) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            match path.is_dir() {
                true => found.push(format!("{name}/{}", all(&path).join(" "))),
                false => found.push(format!("{name}={}", fs::read_to_string(&path).unwrap())),
            }
        }
        found.sort();
        found
    }

    #[test]
    fn files_are_changed_and_moved_and_nothing_else_is_left() {
        let folder = folder(&[("a/old.md", "1"), ("b.md", "2")]);
        let wanted =
            [one(&folder, ("a/old.md", "c/d/new.md"), ("1", "one")), one(&folder, ("b.md", "b.md"), ("2", "two"))];
        move_all(&wanted).unwrap();
        assert_eq!(all(folder.path()), ["b.md=two", "c/d/new.md=one"]);
    }

    #[test]
    fn where_one_step_fails_all_is_as_it_was() {
        for failing in 0..4 {
            let folder = folder(&[("a/old.md", "1"), ("b.md", "2")]);
            let wanted =
                [one(&folder, ("a/old.md", "c/d/new.md"), ("1", "one")), one(&folder, ("b.md", "b.md"), ("2", "two"))];
            let mut step = 0;
            let why = move_with(&wanted, |from, to| {
                step += 1;
                if step > failing { Err(io::Error::other("full")) } else { fs::rename(from, to) }
            });
            assert!(why.unwrap_err().to_string().ends_with("everything is as it was"));
            assert_eq!(all(folder.path()), ["a/old.md=1", "b.md=2"], "{failing}");
        }
    }

    #[test]
    fn a_file_that_was_changed_meanwhile_or_is_in_the_way_stops_all() {
        let folder = folder(&[("a.md", "1"), ("b.md", "2")]);
        let first = || one(&folder, ("a.md", "x/y.md"), ("1", "one"));
        let changed = move_all(&[first(), one(&folder, ("b.md", "b.md"), ("3", "two"))]).unwrap_err();
        assert!(changed.to_string().contains("has changed since it was read"));
        let there = move_all(&[first(), one(&folder, ("b.md", "a.md"), ("2", "two"))]).unwrap_err();
        assert!(there.to_string().contains("is there already"));
        assert_eq!(all(folder.path()), ["a.md=1", "b.md=2"]);
    }
}
