//! A copy of the shipped handbook to try things on.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::document::root;

/// The date that counts as today in all examples.
pub(crate) const TODAY: &str = "2026-11-21";

/// A copy of the shipped handbook in a folder of its own.
pub(crate) struct Bench {
    folder: TempDir,
}

impl Bench {
    /// Copies the shipped handbook.
    pub(crate) fn new() -> Self {
        let folder = TempDir::new().unwrap();
        copy(&root().join("content"), &folder.path().join("content"));
        Self { folder }
    }

    /// Gives the folder that holds `content`.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Reads a file.
    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Writes a file, with the folders that it lies in.
    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Puts one text in the place of another that occurs in a file.
    pub(crate) fn replace(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} has no `{from}`");
        self.write(path, &text.replacen(from, to, 1));
    }

    /// Runs the program in the folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pledgebook"));
        command.env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"));
        command.current_dir(self.path()).args(arguments).env_remove("NO_COLOR").output().unwrap()
    }

    /// Gives what `check` says of the handbook; an example need not be used by others, nor be
    /// translated.
    pub(crate) fn check(&self, format: &str) -> String {
        let output = self.run(&[
            "check",
            "--ignore",
            "coverage,language/missing,language/number-differs",
            "--today",
            TODAY,
            "--format",
            format,
        ]);
        String::from_utf8(output.stdout).unwrap()
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}
