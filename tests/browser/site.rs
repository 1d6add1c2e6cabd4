//! The shipped handbook as a built site: builds it once for all tests, and finds which pages and kinds of page it has.
//!
//! Knows of the site what its folders tell: a page of German lies below `de/`, a service below `services/`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

/// The languages of the shipped handbook with the folders of their pages; the first is the source language.
pub(crate) const LANGUAGES: [Language; 3] =
    [Language { tag: "en", folder: "" }, Language { tag: "de", folder: "de/" }, Language { tag: "zh", folder: "zh/" }];

/// The day on which the site is built.
const TODAY: &str = "2026-11-21";

/// A language of the handbook.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Language {
    /// Its tag, as in `lang`.
    pub(crate) tag: &'static str,
    /// Where its pages lie below the site's root: empty, or a name and `/`.
    pub(crate) folder: &'static str,
}

/// A built site.
pub(crate) struct Site {
    /// Where it lies on disk.
    pub(crate) folder: PathBuf,
    /// Its HTML by path below the folder, in order.
    pub(crate) pages: BTreeMap<String, String>,
    /// Held while the process lives, so that no other run of the tests builds into the same folder.
    _lock: File,
}

/// Gives the shipped handbook's site; the first to ask builds it.
pub(crate) fn shipped() -> &'static Site {
    static SITE: LazyLock<Site> = LazyLock::new(Site::build);
    &SITE
}

impl Site {
    fn build() -> Self {
        let temporary = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let lock = File::create(temporary.join("browser.lock")).expect("a file below target/ can be made");
        lock.lock().expect("a file below target/ can be locked");
        let folder = temporary.join("browser-site");
        let _ = fs::remove_dir_all(&folder);
        let output = Command::new(env!("CARGO_BIN_EXE_pledgebook"))
            .env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"))
            .args(["--root", env!("CARGO_MANIFEST_DIR"), "--today", TODAY, "build", "--out"])
            .arg(&folder)
            .output()
            .expect("the program has been built");
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "the shipped handbook does not build:\n{told}");
        let mut pages = BTreeMap::new();
        read_pages(&folder, "", &mut pages);
        Site { folder, pages, _lock: lock }
    }

    /// Chooses one page for each kind, the one with most in it, and names it without the folder of a language.
    pub(crate) fn one_of_each_kind(&self) -> BTreeMap<String, String> {
        let mut chosen: BTreeMap<String, String> = BTreeMap::new();
        for (path, html) in &self.pages {
            let (language, path) = split_language(path);
            if *language != LANGUAGES[0] {
                continue;
            }
            let longest = chosen.get(&kind(path)).map_or(0, |known| self.pages[known].len());
            if html.len() > longest {
                chosen.insert(kind(path), path.to_owned());
            }
        }
        chosen
    }

    /// Names the kinds of page that there are in a language.
    pub(crate) fn kinds_in(&self, language: &Language) -> BTreeSet<String> {
        let pages = self.pages.keys().map(|path| split_language(path));
        pages.filter(|(found, _)| *found == language).map(|(_, path)| kind(path)).collect()
    }
}

/// Splits a path into its language and what is the same in all languages.
pub(crate) fn split_language(path: &str) -> (&'static Language, &str) {
    let [source, others @ ..] = &LANGUAGES;
    let translated = others.iter().find_map(|other| Some((other, path.strip_prefix(other.folder)?)));
    translated.unwrap_or((source, path))
}

/// Names the kind of a page by where it lies: `services` is the list of services, `services/*` is one of them.
fn kind(path: &str) -> String {
    let path = path.strip_suffix(".html").unwrap_or(path);
    let path = path.strip_suffix("/index").unwrap_or(path);
    match path.split_once('/') {
        Some((folder, _)) => format!("{folder}/*"),
        None if path == "index" => "home".to_owned(),
        None => path.to_owned(),
    }
}

fn read_pages(folder: &Path, below: &str, pages: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).expect("the built folder can be read").flatten() {
        let name = entry.file_name().into_string().expect("the site's names are UTF-8");
        let path = format!("{below}{name}");
        if entry.path().is_dir() {
            read_pages(&entry.path(), &format!("{path}/"), pages);
        } else if name.ends_with(".html") {
            pages.insert(path, fs::read_to_string(entry.path()).expect("a page is UTF-8"));
        }
    }
}
