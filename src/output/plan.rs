//! What a publication will do: which files are new, which stay, which go, and whether there is room for them.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::render::site::RenderedSite;

use super::OutputError;
use super::manifest::{self, Manifest};
use super::survey;

/// Where the bytes of a new file come from.
#[derive(Clone, Copy, Debug)]
pub enum Source<'s> {
    /// From memory.
    Bytes(&'s [u8]),
    /// From the file in the new folder that they were stored in.
    Stored(&'s Path),
}

impl Source<'_> {
    /// Makes a file of it in a folder of ours. What was stored is there no more afterwards, unless it is the same file.
    pub(super) fn bring(self, to: &Path) -> io::Result<()> {
        match self {
            Source::Bytes(bytes) => write_new(to, bytes).or_else(|error| match error.kind() {
                // A page that was stored under the name of a file that came later.
                io::ErrorKind::AlreadyExists => fs::remove_file(to).and_then(|()| write_new(to, bytes)),
                _ => Err(error),
            }),
            Source::Stored(from) if from == to => Ok(()),
            Source::Stored(from) => fs::rename(from, to).or_else(|_| fs::copy(from, to).map(|_| ())),
        }
    }
}

/// Writes a file that must not be there.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    OpenOptions::new().write(true).create_new(true).open(path)?.write_all(bytes)
}

/// The difference between a site and what lies in a folder.
#[derive(Debug)]
pub struct Plan<'s> {
    /// Files that are new or have other bytes, with their bytes.
    pub fresh: Vec<(&'s str, Source<'s>)>,
    /// Files that are already there with the same bytes.
    pub unchanged: Vec<&'s str>,
    /// Files that an earlier publication wrote and this site no longer has.
    pub removed: Vec<String>,
    /// What Pledgebook wrote earlier.
    pub before: &'s Manifest,
    /// What it will have written.
    pub after: Manifest,
}

impl<'s> Plan<'s> {
    /// Compares a site with a folder, byte by byte.
    pub fn make(site: &'s RenderedSite, folder: &Path, before: &'s Manifest) -> Plan<'s> {
        let after = Manifest::of(site.paths());
        let files: Vec<(&str, &[u8])> = site.iter().map(|(path, bytes)| (path, &**bytes)).collect();
        let stays: Vec<bool> = files
            .par_iter()
            .map_init(Vec::new, |buffer, (path, bytes)| is_published(before, folder, (path, bytes), buffer))
            .collect();
        let mut plan = Plan { fresh: Vec::new(), unchanged: Vec::new(), removed: Vec::new(), before, after };
        for (file, stays) in files.into_iter().zip(stays) {
            if stays { plan.unchanged.push(file.0) } else { plan.fresh.push((file.0, Source::Bytes(file.1))) }
        }
        for (path, stored) in site.stored() {
            // Compared when it was stored.
            match stored.is_published {
                true => plan.unchanged.push(path),
                false => plan.fresh.push((path, Source::Stored(&stored.file))),
            }
        }
        plan.removed = before.iter().filter(|path| !site.has(path)).map(str::to_owned).collect();
        plan
    }

    /// Tells whether the folder already holds exactly this site.
    pub fn is_nothing(&self) -> bool {
        self.fresh.is_empty() && self.removed.is_empty()
    }

    /// Lists the folders that the site's files lie in, each after the one that it lies in.
    pub fn folders(&self) -> BTreeSet<&str> {
        folders_of(self.after.iter())
    }
}

/// Refuses a site with a path that is not plainly below its folder, or with a file where it needs a folder.
pub fn check_paths(site: &RenderedSite) -> Result<(), OutputError> {
    for path in site.paths() {
        let clash = || ancestors(path).find(|folder| site.has(folder));
        let fault = path_fault(path).or_else(|| clash().map(|_| "a folder that it lies in is also a file of the site"));
        if let Some(reason) = fault {
            return Err(OutputError::SitePath { path: path.to_owned(), reason });
        }
    }
    Ok(())
}

/// Says what is wrong with a path within a site, if anything is.
pub fn path_fault(path: &str) -> Option<&'static str> {
    if path.starts_with('/') {
        return Some("it starts at the root of the disk");
    }
    if path.chars().any(|letter| letter.is_control() || letter == '\\') {
        return Some("it has a backslash or a control character");
    }
    if manifest::is_own(Path::new(path)) {
        return Some("names that start with `.pledgebook-` are kept for pledgebook");
    }
    path.split('/').find_map(|part| match part {
        "" => Some("a part of it is empty"),
        "." | ".." => Some("a part of it is `.` or `..`"),
        _ => None,
    })
}

/// Refuses to publish where something that Pledgebook did not write is in the way of the site.
pub fn check_room(site: &RenderedSite, before: &Manifest, folder: &Path) -> Result<(), OutputError> {
    for path in folders_of(site.paths()) {
        let there = folder.join(path);
        let blocked = there.symlink_metadata().is_ok_and(|found| !found.is_dir()) && !before.lists(Path::new(path));
        if blocked {
            return Err(OutputError::Occupied(there));
        }
    }
    for path in site.paths() {
        let there = folder.join(path);
        let Ok(found) = there.symlink_metadata() else { continue };
        if found.is_dir() {
            check_only_ours(before, folder, path)?;
        } else if !found.is_file() || !before.lists(Path::new(path)) {
            return Err(OutputError::Occupied(there));
        }
    }
    Ok(())
}

/// A folder stands where a file has to go: that is fine when all in it is ours, because it goes.
fn check_only_ours(before: &Manifest, folder: &Path, path: &str) -> Result<(), OutputError> {
    let below = survey::walk(folder, Path::new(path), before, usize::MAX)?;
    let foreign = below.and_then(|below| below.files.into_iter().chain(below.folders).next());
    match foreign {
        Some(foreign) => Err(OutputError::Occupied(folder.join(foreign))),
        None if before.has_below(Path::new(path)) => Ok(()),
        None => Err(OutputError::Occupied(folder.join(path))),
    }
}

/// Tells whether a file of the site is in the published folder already, written by Pledgebook with the same bytes; the buffer is
/// for reading.
pub(super) fn is_published(
    before: &Manifest,
    folder: &Path,
    (path, bytes): (&str, &[u8]),
    buffer: &mut Vec<u8>,
) -> bool {
    before.lists(Path::new(path)) && is_same(&folder.join(path), bytes, buffer)
}

/// Tells whether a plain file has these bytes. What cannot be read is not the same.
fn is_same(path: &Path, bytes: &[u8], buffer: &mut Vec<u8>) -> bool {
    let wanted = bytes.len() as u64;
    if !fs::symlink_metadata(path).is_ok_and(|found| found.is_file() && found.len() == wanted) {
        return false;
    }
    buffer.clear();
    buffer.reserve(bytes.len() + 1);
    File::open(path).and_then(|mut file| file.read_to_end(buffer)).is_ok() && buffer == bytes
}

/// Gives the folders in which files lie, outer ones first.
pub(super) fn folders_of<'p>(paths: impl Iterator<Item = &'p str>) -> BTreeSet<&'p str> {
    let mut folders = BTreeSet::new();
    for path in paths {
        for folder in ancestors(path) {
            if !folders.insert(folder) {
                break;
            }
        }
    }
    folders
}

/// Walks over the folders that a path lies in, the nearest first.
fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    path.rmatch_indices('/').filter_map(|(at, _)| path.get(..at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(files: &[(&str, &str)]) -> RenderedSite {
        let mut site = RenderedSite::default();
        files.iter().for_each(|(path, text)| site.insert((*path).to_owned(), text.as_bytes()));
        site
    }

    fn folder(files: &[(&str, &str)], listed: &[&str]) -> tempfile::TempDir {
        let home = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = home.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        fs::write(home.path().join(manifest::NAME), Manifest::of(listed.iter().copied()).text()).unwrap();
        home
    }

    #[test]
    fn each_file_is_new_unchanged_or_removed() {
        let home = folder(
            &[("same", "1"), ("other", "22"), ("gone", "3"), ("longer", "4")],
            &["gone", "longer", "other", "same"],
        );
        let site = site(&[("same", "1"), ("other", "23"), ("new", "5"), ("longer", "44")]);
        let before = Manifest::read(home.path()).unwrap();
        let plan = Plan::make(&site, home.path(), &before);
        assert_eq!(plan.fresh.iter().map(|file| file.0).collect::<Vec<_>>(), ["longer", "new", "other"]);
        assert_eq!(plan.unchanged, ["same"]);
        assert_eq!(plan.removed, ["gone"]);
    }

    #[test]
    fn same_site_is_nothing_to_do_and_a_lost_file_is() {
        let home = folder(&[("a/b", "1"), ("c", "2")], &["a/b", "c"]);
        let site = site(&[("a/b", "1"), ("c", "2")]);
        let before = Manifest::read(home.path()).unwrap();
        assert!(Plan::make(&site, home.path(), &before).is_nothing());
        fs::remove_file(home.path().join("c")).unwrap();
        assert!(!Plan::make(&site, home.path(), &before).is_nothing());
    }

    #[test]
    fn unusable_paths_are_refused_with_a_reason() {
        for path in ["", "/a", "../a", "a/../b", "a//b", "a/", "./a", "a\nb", "a\0", "a\\b", ".pledgebook-manifest"] {
            assert!(matches!(check_paths(&site(&[(path, "")])), Err(OutputError::SitePath { .. })), "{path:?}");
        }
        assert!(check_paths(&site(&[("a..b/c d.html", ""), (".well-known/x", ""), ("中文.html", "")])).is_ok());
    }

    #[test]
    fn file_and_folder_of_one_name_are_refused() {
        let error = check_paths(&site(&[("a", ""), ("a-b", ""), ("a/b/c", "")])).unwrap_err().to_string();
        assert_eq!(
            error,
            "the site has a file `a/b/c`, which cannot be written: a folder that it lies in is also a file of the site"
        );
    }

    #[test]
    fn foreign_file_in_the_way_is_named() {
        let home = folder(&[("notes", "mine"), ("old/x", "")], &["old/x"]);
        let before = Manifest::read(home.path()).unwrap();
        let room = |files: &[(&str, &str)]| check_room(&site(files), &before, home.path());
        assert!(matches!(room(&[("notes", "")]), Err(OutputError::Occupied(path)) if path.ends_with("notes")));
        assert!(matches!(room(&[("notes/a", "")]), Err(OutputError::Occupied(path)) if path.ends_with("notes")));
        assert!(room(&[("old", ""), ("more/x", "")]).is_ok());
        fs::write(home.path().join("old/foreign"), "").unwrap();
        assert!(matches!(room(&[("old", "")]), Err(OutputError::Occupied(path)) if path.ends_with("old/foreign")));
    }

    #[test]
    fn foreign_folder_in_the_way_is_named() {
        let home = folder(&[], &[]);
        fs::create_dir(home.path().join("a")).unwrap();
        let room = check_room(&site(&[("a", "")]), &Manifest::default(), home.path());
        assert!(matches!(room, Err(OutputError::Occupied(path)) if path.ends_with("a")));
    }

    #[cfg(unix)]
    #[test]
    fn link_in_the_way_is_foreign_even_where_we_wrote() {
        let home = folder(&[("real/x", "1")], &["a/x", "b"]);
        std::os::unix::fs::symlink("real", home.path().join("a")).unwrap();
        std::os::unix::fs::symlink("real/x", home.path().join("b")).unwrap();
        let before = Manifest::read(home.path()).unwrap();
        assert!(check_room(&site(&[("a/x", "1")]), &before, home.path()).is_err());
        assert!(check_room(&site(&[("b", "1")]), &before, home.path()).is_err());
    }

    #[test]
    fn folders_are_listed_once_and_outer_ones_first() {
        let folders = folders_of(["a/b/c/x", "a/b/y", "z", "a/d/w"].into_iter());
        assert_eq!(folders.into_iter().collect::<Vec<_>>(), ["a", "a/b", "a/b/c", "a/d"]);
    }
}
