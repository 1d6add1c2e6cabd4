//! The journey from files to a finished site, one stage a line.

pub mod mending;
pub mod speech;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;

use crate::checks::prose::Proses;
use crate::checks::{self, CheckedHandbook};
use crate::diagnostic::{self, Count, Diagnostic, Place, Severity};
use crate::diff::past::Decided;
use crate::history::Bump;
use crate::history::last::LastChange;
use crate::locale::Locale;
use crate::markdown::resolve::Labels;
use crate::parse;
use crate::parse::kept::Kept;
use crate::render::site::{InMemory, RenderedSite, Store};
use crate::render::workshop::Workshop;
use crate::render::{self, Whereabouts};
use crate::source::disk::{ReadError, content_folder, read_tree_again};
use crate::source::{Content, FileId, SourceTree};
use crate::theme::Theme;
use crate::theme::disk as theme_disk;
use crate::triage::{Choice, Scene, Told, triage};
use crate::view::last_change::{self, LastChanges};
use crate::view::names::Names;
use crate::view::past;
use crate::view::relations::Relations;
use crate::view::writer::Shared;

/// What a run depends on besides the files.
#[derive(Clone, Debug)]
pub struct Options {
    /// The date that counts as today.
    pub today: Date,
    /// The address at which the site is published, where it is not that of the settings.
    pub base_url: Option<String>,
    /// Whether a handbook with errors is shown, its faults marked.
    pub errors: Errors,
}

/// What becomes of a handbook with errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Errors {
    /// There is no site.
    Refused,
    /// There is a site, with the faults marked.
    Shown,
}

/// A handbook that was read and checked, with everything its authors are told.
#[derive(Debug)]
pub struct Looked {
    /// The files.
    pub tree: SourceTree,
    /// The path of the content folder below the root, such as `content/`.
    pub prefix: String,
    /// The handbook.
    pub handbook: CheckedHandbook,
    /// The theme.
    pub theme: Theme,
    /// The findings, sorted by path and place.
    pub diagnostics: Vec<Diagnostic>,
    /// What git tells, where it was asked.
    pub past: Arc<Past>,
}

/// What git tells of a handbook: what was decided over time, and when each file was last changed.
#[derive(Clone, Debug, Default)]
pub struct Past {
    /// The name of the revision up to which it is told; empty where nothing is.
    pub revision: String,
    /// The decisions, the latest first.
    pub decided: Vec<Decided>,
    /// The same by service.
    pub services: Arc<past::ByService>,
    /// Whether older ones are not known.
    pub is_cut: bool,
    /// The last change of each file, by its path below the root, as far as it is known.
    pub last: BTreeMap<String, LastChange>,
    /// The files as they were when git was asked, where they may have changed since.
    pub files: Option<SourceTree>,
}

impl Looked {
    /// Counts the findings.
    pub fn count(&self) -> Count {
        Count::of(&self.diagnostics)
    }
}

/// Reads and checks the handbook of a root, and its theme.
pub fn look(root: &Path) -> Result<Looked, ReadError> {
    look_again(root, &mut Memory::default())
}

/// What was made of a handbook when it was looked at, so that only what has changed is made again.
#[derive(Debug, Default)]
pub struct Memory {
    tree: SourceTree,
    kept: Kept,
    proses: Proses,
}

/// Reads and checks the handbook of a root as [`look`] does. What comes of it is the same whatever is in the memory.
pub fn look_again(root: &Path, memory: &mut Memory) -> Result<Looked, ReadError> {
    let (folder, prefix) = content_folder(root, parse::SETTINGS);
    let tree = read_tree_again(&folder, &memory.tree)?;
    memory.tree.clone_from(&tree);
    look_at_again(root, (tree, prefix), memory)
}

/// Checks a handbook that was read, and the theme of its root; `prefix` is the path of the content folder.
pub fn look_at(root: &Path, tree: SourceTree, prefix: String) -> Result<Looked, ReadError> {
    look_at_again(root, (tree, prefix), &mut Memory::default())
}

fn look_at_again(root: &Path, (tree, prefix): (SourceTree, String), memory: &mut Memory) -> Result<Looked, ReadError> {
    let parsed = parse::parse_again(&tree, &prefix, &mut memory.kept);
    let (theme, tags) = (parsed.handbook.config.theme.clone(), parsed.handbook.config.language_tags());
    let mut diagnostics = parsed.diagnostics;
    let check = || checks::check_again(parsed.handbook, &tree, &diagnostics, &memory.proses);
    let ((handbook, found), theme) = rayon::join(check, || theme_disk::read(root, theme.as_ref(), &tags));
    let (theme, faults) = theme?;
    memory.proses.clone_from(handbook.proses());
    diagnostics.extend(found);
    diagnostics.extend(faults);
    diagnostic::sort(&mut diagnostics, &tree, &prefix);
    Ok(Looked { tree, prefix, handbook, theme, diagnostics, past: Arc::default() })
}

/// How many findings are there and not told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Untold {
    /// Allowed where they stand.
    pub allowed: usize,
    /// In the baseline.
    pub known: usize,
    /// In the baseline, and in the handbook no more.
    pub gone: usize,
}

/// Adds what an expert of the field objects to, and keeps the findings that are to be told.
///
/// `today` is the date that counts as today, `history` what git tells.
pub fn inspect(looked: &mut Looked, today: Date, choice: &Choice, history: &[Bump]) -> Untold {
    let told = examine(looked, today, choice, history);
    looked.diagnostics = told.findings;
    Untold { allowed: told.allowed, known: told.known, gone: told.gone }
}

/// Gives all that is to be told of a handbook, what an expert of the field objects to included.
pub fn inspected(looked: &Looked, today: Date, choice: &Choice) -> Vec<Diagnostic> {
    examine(looked, today, choice, &[]).findings
}

fn examine(looked: &Looked, today: Date, choice: &Choice, history: &[Bump]) -> Told {
    let mut found = looked.diagnostics.clone();
    found.extend(checks::inspect(&looked.handbook, &looked.tree, today, history));
    sift(looked, found, today, choice)
}

/// Gives the errors that keep a handbook from being shown, as far as they are known without the expert's checks.
pub fn errors(looked: &Looked, today: Date, choice: &Choice) -> Vec<Diagnostic> {
    let mut found = sift(looked, looked.diagnostics.clone(), today, choice).findings;
    found.retain(|told| told.severity == Severity::Error);
    found
}

fn sift(looked: &Looked, found: Vec<Diagnostic>, today: Date, choice: &Choice) -> Told {
    let config = &looked.handbook.handbook().config;
    triage(found, Scene { config, tree: &looked.tree, prefix: &looked.prefix, today }, choice)
}

/// Tells whether a handbook has errors that are not to be shown, so that no site is made of it.
pub fn is_refused(looked: &Looked, options: &Options) -> bool {
    looked.count().errors > 0 && options.errors == Errors::Refused
}

/// Makes the site of a handbook in memory; nothing where it has errors that are not to be shown, or templates at fault.
///
/// Faults that are met on the way are added to the findings.
pub fn make(looked: &mut Looked, options: &Options) -> Option<RenderedSite> {
    make_into(looked, options, &InMemory)
}

/// Makes the site of a handbook as [`make`] does, its pages into a store.
pub fn make_into(looked: &mut Looked, options: &Options, store: &dyn Store) -> Option<RenderedSite> {
    if is_refused(looked, options) {
        return None;
    }
    let made = in_workshop(looked, options, |workshop| render::all_into(workshop, store));
    made.and_then(|rendered| rendered).map_err(|faults| looked.diagnostics.extend(faults)).ok()
}

/// Opens the workshop of a handbook's site and lends it; the findings of templates at fault where it cannot be opened.
pub fn in_workshop<R>(
    looked: &Looked,
    options: &Options,
    work: impl FnOnce(&Workshop<'_>) -> R,
) -> Result<R, Vec<Diagnostic>> {
    let config = &looked.handbook.handbook().config;
    let given = config.base_url.as_ref().map(|url| url.value.0.clone());
    let base_url = options.base_url.clone().or(given).unwrap_or_default();
    let (revision, relations) = rayon::join(|| revision(&looked.tree), || Relations::of(looked.handbook.handbook()));
    let whereabouts = Whereabouts { base_url, revision };
    let told = &looked.past;
    let shared = Shared {
        checked: &looked.handbook,
        tree: &looked.tree,
        tags: config.language_tags(),
        locales: looked.theme.locales.clone(),
        labels: looked.theme.locales.iter().map(labels).collect(),
        relations,
        names: Names::new(looked.theme.locales.len()),
        agenda: OnceLock::new(),
        today: options.today,
        faults: faults(looked),
        past: past::Known { decided: &told.decided, is_cut: told.is_cut, services: Arc::clone(&told.services) },
        last: LastChanges::of(
            last_change::Known { last: &told.last, prefix: &looked.prefix, files: told.files.as_ref() },
            looked.handbook.handbook(),
        ),
    };
    Workshop::open(&shared, &looked.theme, &whereabouts).map(|workshop| work(&workshop))
}

/// Gives a fingerprint of all that a build is made of: the files of the content folder, those of all themes, and what else
/// `besides` tells, such as the program, the date and what git says.
pub fn order(tree: &SourceTree, themes: &SourceTree, besides: &[&str]) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut add = |bytes: &[u8]| {
        // With its length, so that nothing can move from one to the next.
        hasher.update(&bytes.len().to_le_bytes());
        hasher.update(bytes);
    };
    for tree in [tree, themes] {
        add(&tree.len().to_le_bytes());
        for (_, file) in tree.iter() {
            add(file.path.as_bytes());
            match &file.content {
                Content::Text(text) => add(text.as_str().as_bytes()),
                Content::Bytes(bytes) => add(bytes),
                Content::Unusable(why) => add(format!("{why:?}").as_bytes()),
            }
        }
    }
    besides.iter().for_each(|one| add(one.as_bytes()));
    hasher.finalize().to_hex().to_string()
}

/// Gives a fingerprint of all that the site of a handbook is made of, but the program and the date.
pub fn edition(looked: &Looked) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(revision(&looked.tree).as_bytes());
    hasher.update(looked.past.revision.as_bytes());
    for (path, file) in &looked.theme.files {
        hasher.update(path.as_bytes());
        hasher.update(&file.bytes);
    }
    hasher.finalize().to_hex().to_string()
}

/// Gives the errors by file, as they are shown on the pages.
fn faults(looked: &Looked) -> BTreeMap<FileId, Vec<String>> {
    let mut faults: BTreeMap<FileId, Vec<String>> = BTreeMap::new();
    for found in looked.diagnostics.iter().filter(|found| found.severity == Severity::Error) {
        if let Place::At(span) = found.place {
            let at = diagnostic::locate(&found.place, &looked.tree, &looked.prefix);
            faults.entry(span.file).or_default().push(format!("{}:{}: {}", at.path, at.line, found.message));
        }
    }
    faults
}

/// Gives a fingerprint of all files, in eight digits.
fn revision(tree: &SourceTree) -> String {
    let mut hasher = blake3::Hasher::new();
    for (_, file) in tree.iter() {
        hasher.update(file.path.as_bytes());
        match &file.content {
            Content::Text(text) => drop(hasher.update(text.as_str().as_bytes())),
            Content::Bytes(bytes) => drop(hasher.update(bytes)),
            Content::Unusable(_) => {}
        }
    }
    let mut digits = hasher.finalize().to_hex().to_string();
    digits.truncate(8);
    digits
}

/// Gives the words that prose is rendered with.
pub fn labels(locale: &Locale) -> Labels {
    let word = |key: &str| locale.word(key).to_owned();
    Labels {
        table: word("prose.table_scroll"),
        note: word("alert.note"),
        tip: word("alert.tip"),
        important: word("alert.important"),
        warning: word("alert.warning"),
        caution: word("alert.caution"),
        footnotes: word("prose.footnotes"),
        footnote: word("prose.footnote"),
        back: word("prose.footnote_back"),
    }
}
