//! A site as the server sees it: files by path, finished or made when they are asked for.

use std::fmt::Debug;
use std::sync::Arc;

use crate::render::site::RenderedSite;

/// Files by path below the site's root.
pub trait Site: Debug + Send + Sync {
    /// Tells whether there is a file.
    fn has(&self, path: &str) -> bool;
    /// Gives a file.
    fn get(&self, path: &str) -> Option<Arc<[u8]>>;
    /// Gives what is the same for two sites with the same files.
    fn edition(&self) -> &str;
}

/// A site of which every file is in memory.
#[derive(Clone, Debug, Default)]
pub struct Finished {
    /// Its files.
    pub files: RenderedSite,
    /// What is the same for two sites with the same files.
    pub edition: String,
}

impl Site for Finished {
    fn has(&self, path: &str) -> bool {
        self.files.get(path).is_some()
    }

    fn get(&self, path: &str) -> Option<Arc<[u8]>> {
        self.files.get(path).cloned()
    }

    fn edition(&self) -> &str {
        &self.edition
    }
}
