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
}
