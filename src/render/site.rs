//! A finished site: bytes by path, in memory, or where they were stored as soon as they were made.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

/// A finished site: every file by its path below the site's root, with `/` between the parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RenderedSite {
    files: BTreeMap<String, Arc<[u8]>>,
    stored: BTreeMap<String, Stored>,
}

/// A file whose bytes were stored when they were made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The file that holds them.
    pub file: PathBuf,
    /// Whether that is the file which is published already, since its bytes are the same.
    pub is_published: bool,
    /// How many of its bytes a copy for times without a connection has.
    pub light: usize,
}

/// Where the bytes of pages go as soon as they are made, so that a large site is never in memory as a whole.
pub trait Store: Sync {
    /// Tells which pages will come, before the first of them.
    fn expect(&self, pages: &mut dyn Iterator<Item = String>);

    /// Stores a page: where its bytes are, and whether they are published there already; nothing where they have to be kept
    /// in memory.
    fn store(&self, path: &str, bytes: &[u8]) -> Option<(PathBuf, bool)>;

    /// Reads what was stored.
    fn read(&self, stored: &Stored) -> io::Result<Vec<u8>>;
}

/// Stores nothing, so that all stays in memory.
pub struct InMemory;

impl Store for InMemory {
    fn expect(&self, _: &mut dyn Iterator<Item = String>) {}

    fn store(&self, _: &str, _: &[u8]) -> Option<(PathBuf, bool)> {
        None
    }

    fn read(&self, stored: &Stored) -> io::Result<Vec<u8>> {
        Err(io::Error::new(io::ErrorKind::NotFound, format!("nothing was stored in `{}`", stored.file.display())))
    }
}

/// Forgets all pages, where only the faults of their templates are asked for.
pub struct Nowhere;

impl Store for Nowhere {
    fn expect(&self, _: &mut dyn Iterator<Item = String>) {}

    fn store(&self, _: &str, _: &[u8]) -> Option<(PathBuf, bool)> {
        Some((PathBuf::new(), true))
    }

    fn read(&self, _: &Stored) -> io::Result<Vec<u8>> {
        Err(io::ErrorKind::NotFound.into())
    }
}

impl RenderedSite {
    /// Adds or replaces a file.
    pub fn insert(&mut self, path: String, bytes: impl Into<Arc<[u8]>>) {
        self.stored.remove(&path);
        self.files.insert(path, bytes.into());
    }

    /// Adds or replaces a file that was stored.
    pub fn insert_stored(&mut self, path: String, stored: Stored) {
        self.files.remove(&path);
        self.stored.insert(path, stored);
    }

    /// Finds a file in memory.
    pub fn get(&self, path: &str) -> Option<&Arc<[u8]>> {
        self.files.get(path)
    }

    /// Tells whether there is a file.
    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(path) || self.stored.contains_key(path)
    }

    /// Walks over the files in memory in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Arc<[u8]>)> {
        self.files.iter().map(|(path, bytes)| (path.as_str(), bytes))
    }

    /// Walks over the stored files in the order of their paths.
    pub fn stored(&self) -> impl Iterator<Item = (&str, &Stored)> {
        self.stored.iter().map(|(path, stored)| (path.as_str(), stored))
    }

    /// Walks over the paths of all files, of those in memory first.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().chain(self.stored.keys()).map(String::as_str)
    }

    /// Counts the files.
    pub fn len(&self) -> usize {
        self.files.len() + self.stored.len()
    }

    /// Tells whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn files_are_walked_over_by_path_and_the_last_of_a_path_counts() {
        let mut site = RenderedSite::default();
        assert!(site.is_empty());
        site.insert("b.html".into(), *b"1");
        site.insert("a.html".into(), *b"2");
        site.insert("b.html".into(), *b"3");
        let files: Vec<(&str, &[u8])> = site.iter().map(|(path, bytes)| (path, bytes.as_ref())).collect();
        assert_eq!(files, [("a.html", &b"2"[..]), ("b.html", b"3")]);
        assert_eq!((site.len(), site.get("c.html")), (2, None));
    }

    #[test]
    fn a_file_is_in_memory_or_stored_and_the_last_of_a_path_counts() {
        let stored = |file: &str| Stored { file: file.into(), is_published: false, light: 3 };
        let mut site = RenderedSite::default();
        site.insert("a.html".into(), *b"1");
        site.insert_stored("a.html".into(), stored("x"));
        site.insert_stored("b.html".into(), stored("y"));
        site.insert("b.html".into(), *b"2");
        site.insert("c.html".into(), *b"3");
        assert_eq!((site.len(), site.get("a.html"), site.has("a.html")), (3, None, true));
        assert_eq!(site.stored().collect::<Vec<_>>(), [("a.html", &stored("x"))]);
        assert_eq!(site.paths().collect::<Vec<_>>(), ["b.html", "c.html", "a.html"]);
        assert!(InMemory.store("a.html", b"1").is_none() && InMemory.read(&stored("x")).is_err());
        assert!(Nowhere.store("a.html", b"1").is_some() && Nowhere.read(&stored("x")).is_err());
    }
}
