//! Templates, assets and words: those built in, or a handbook's own, file by file.
//!
//! Not here: what templates are given (`view`), and rendering them (`render`).

pub mod built_in;
pub mod disk;
pub mod locales;
pub mod settings;
pub mod templates;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::locale::Locale;
use settings::Settings;

/// The name of the theme that is built in.
pub const DEFAULT: &str = "default";

/// A file of a theme.
#[derive(Clone, Debug)]
pub struct ThemeFile {
    /// Where it comes from, as an author is told: `themes/own/templates/base.html`.
    pub origin: Arc<str>,
    /// Whether it is built in.
    pub built_in: bool,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

impl ThemeFile {
    /// Gives the file as text; nothing where it is none.
    pub fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.bytes).ok()
    }
}

/// A theme, with a handbook's own files laid over those built in.
#[derive(Debug)]
pub struct Theme {
    /// The files by their path below the theme's folder.
    pub files: BTreeMap<String, ThemeFile>,
    /// What `theme.yaml` says.
    pub settings: Settings,
    /// The words of each language of the handbook.
    pub locales: Vec<Locale>,
}

impl Theme {
    /// Tells whether a handbook's own files are part of it.
    pub fn has_own_files(&self) -> bool {
        self.files.values().any(|file| !file.built_in)
    }

    /// Walks over the files of a folder, by their path below it.
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a ThemeFile)> {
        self.files.iter().filter_map(move |(path, file)| {
            let rest = path.strip_prefix(folder)?.strip_prefix('/')?;
            Some((rest, file))
        })
    }
}
