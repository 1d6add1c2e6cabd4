//! A finished site in memory: bytes by path.

use std::collections::BTreeMap;
use std::sync::Arc;

/// A finished site: every file by its path below the site's root, with `/` between the parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RenderedSite {
    files: BTreeMap<String, Arc<[u8]>>,
}

impl RenderedSite {
    /// Adds or replaces a file.
    pub fn insert(&mut self, path: String, bytes: impl Into<Arc<[u8]>>) {
        self.files.insert(path, bytes.into());
    }

    /// Finds a file.
    pub fn get(&self, path: &str) -> Option<&Arc<[u8]>> {
        self.files.get(path)
    }

    /// Walks over the files in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Arc<[u8]>)> {
        self.files.iter().map(|(path, bytes)| (path.as_str(), bytes))
    }

    /// Counts the files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Tells whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}
