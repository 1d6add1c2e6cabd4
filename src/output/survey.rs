//! Finds what lies in a folder that Pledgebook did not write. Links are never followed.

use std::fs::{self, FileType};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::OutputError;
use super::manifest::{self, Manifest};

/// What Pledgebook did not write, by paths below the folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Foreign {
    /// Files, links and other things that are no folders.
    pub files: Vec<PathBuf>,
    /// Folders that hold no file of ours, outer ones first.
    pub folders: Vec<PathBuf>,
}

/// Walks through a part of a folder. `None` when more than `most` things are foreign.
pub fn walk(folder: &Path, part: &Path, ours: &Manifest, most: usize) -> Result<Option<Foreign>, OutputError> {
    let mut foreign = Foreign::default();
    let mut open = vec![part.to_owned()];
    // Level by level, the folders of a level at once.
    while !open.is_empty() {
        let lists: Vec<_> = open.par_iter().map(|part| list(folder, part)).collect::<Result<_, _>>()?;
        open.clear();
        for (path, kind) in lists.into_iter().flatten().filter(|(path, _)| !manifest::is_own(path)) {
            if kind.is_dir() {
                if !ours.has_below(&path) {
                    foreign.folders.push(path.clone());
                }
                open.push(path);
            } else if !(kind.is_file() && ours.lists(&path)) {
                foreign.files.push(path);
            }
        }
        if foreign.files.len() + foreign.folders.len() > most {
            return Ok(None);
        }
    }
    foreign.folders.sort();
    Ok(Some(foreign))
}

/// Lists a part of a folder: paths below the folder, with their kinds. A part that is not there is empty.
pub fn list(folder: &Path, part: &Path) -> Result<Vec<(PathBuf, FileType)>, OutputError> {
    let there = folder.join(part);
    let entries = match fs::read_dir(&there) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(OutputError::refused("list", &there)(error)),
    };
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry.map_err(OutputError::refused("list", &there))?;
        let kind = entry.file_type().map_err(OutputError::refused("look at", &entry.path()))?;
        found.push((part.join(entry.file_name()), kind));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let home = tempfile::tempdir().unwrap();
        for path in files {
            let path = home.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        home
    }

    fn names(paths: &[PathBuf]) -> Vec<&str> {
        paths.iter().map(|path| path.to_str().unwrap()).collect()
    }

    #[test]
    fn only_what_is_not_listed_is_foreign() {
        let home = folder(&[
            "a/ours",
            "a/theirs",
            "b/c/theirs",
            ".gitignore",
            ".pledgebook-manifest",
            ".pledgebook-staging/1",
        ]);
        fs::create_dir(home.path().join("empty")).unwrap();
        let ours = Manifest::of(["a/ours"].into_iter());
        let mut foreign = walk(home.path(), Path::new(""), &ours, 99).unwrap().unwrap();
        foreign.files.sort();
        assert_eq!(names(&foreign.files), [".gitignore", "a/theirs", "b/c/theirs"]);
        assert_eq!(names(&foreign.folders), ["b", "b/c", "empty"]);
    }

    #[test]
    fn too_much_is_left_alone() {
        let home = folder(&["1", "2", "3"]);
        assert_eq!(walk(home.path(), Path::new(""), &Manifest::default(), 2).unwrap(), None);
        assert!(walk(home.path(), Path::new(""), &Manifest::default(), 3).unwrap().is_some());
    }

    #[cfg(unix)]
    #[test]
    fn link_is_one_foreign_thing_and_not_entered() {
        let home = folder(&["a/x"]);
        std::os::unix::fs::symlink("..", home.path().join("a/loop")).unwrap();
        let ours = Manifest::of(["a/x", "a/loop"].into_iter());
        let foreign = walk(home.path(), Path::new(""), &ours, 99).unwrap().unwrap();
        assert_eq!(names(&foreign.files), ["a/loop"]);
    }
}
