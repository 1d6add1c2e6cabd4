//! `diff`: what changed between two handbooks, in the field's words.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use pledgebook::diagnostic::{Severity, locate};
use pledgebook::diff::change::{Effect, What};
use pledgebook::diff::told::Comparison;
use pledgebook::diff::{self, Side, approved};
use pledgebook::parse::{self, Parsed, SETTINGS};
use pledgebook::source::SourceTree;

use super::arguments::Arguments;
use super::arguments::past::{Diff, DiffFormat, FailOnChange};
use super::git::{self, files_at};
use super::reading::Files;
use super::terminal::Terminal;
use super::{CLEAN, FINDINGS, Outcome};

/// A handbook that was read for a comparison.
struct Read {
    name: String,
    tree: SourceTree,
    prefix: String,
    parsed: Parsed,
}

impl Read {
    fn of(name: &str, tree: SourceTree, prefix: String) -> Self {
        let parsed = parse::parse(&tree, &prefix);
        Self { name: name.to_owned(), tree, prefix, parsed }
    }

    fn side(&self) -> Side<'_> {
        let handbook = &self.parsed.handbook;
        Side { handbook, tree: &self.tree, prefix: &self.prefix, calendars: handbook }
    }

    /// Says what must be known of a handbook with errors.
    fn note(&self) -> Option<String> {
        let errors = self.parsed.diagnostics.iter().filter(|it| it.severity == Severity::Error);
        let mut places: Vec<String> = errors
            .map(|it| {
                let at = locate(&it.place, &self.tree, &self.prefix);
                if at.line == 0 { at.path } else { format!("{}:{}", at.path, at.line) }
            })
            .collect();
        let count = places.len();
        let plural = if count == 1 { "1 error".to_owned() } else { format!("{count} errors") };
        places.dedup();
        if places.len() > MOST_PLACES {
            places.truncate(MOST_PLACES);
            places.push("…".to_owned());
        }
        let at = places.join(", ");
        (count > 0).then(|| format!("{} has {plural} ({at}); it was compared as far as it could be read", self.name))
    }
}

/// The most places of errors that are named.
const MOST_PLACES: usize = 3;

/// Runs the command.
pub(crate) fn run(wanted: &Diff, arguments: &Arguments, terminal: &Terminal) -> Outcome {
    let root = &arguments.root;
    let (base, head) = match (&wanted.head, wanted.base.split_once("..")) {
        (Some(head), _) => (wanted.base.as_str(), Some(head.as_str())),
        (None, Some((base, head))) if !Path::new(&wanted.base).is_dir() => {
            (base, Some(head).filter(|it| !it.is_empty()))
        }
        (None, _) => (wanted.base.as_str(), None),
    };
    let before = read(root, base)?;
    let after = match head {
        Some(head) => read(root, head)?,
        None => read_folder("the folder", root)?,
    };
    let approved = wanted.approved.as_deref().map(approvals).transpose()?.unwrap_or_default();
    let comparison = Comparison {
        base: before.name.clone(),
        head: after.name.clone(),
        changes: diff::compare(before.side(), after.side()),
        approved,
        notes: [before.note(), after.note()].into_iter().flatten().collect(),
    };
    terminal.answer(&match wanted.format {
        DiffFormat::Text => comparison.text(),
        DiffFormat::Markdown => comparison.markdown(),
        DiffFormat::Json => format!("{:#}\n", comparison.json()),
        DiffFormat::Github => comparison.github(),
    })?;
    let fails = comparison.unapproved().any(|change| match wanted.fail_on {
        FailOnChange::Loosened => change.effect == Effect::Worse,
        FailOnChange::Withdrawn => change.what == What::Withdrawn && change.effect == Effect::Worse,
        FailOnChange::Any => change.is_decision(),
        FailOnChange::Never => false,
    });
    Ok(if fails { FINDINGS } else { CLEAN })
}

/// Reads which changes were approved.
fn approvals(path: &Path) -> Result<BTreeSet<String>, Box<dyn std::error::Error>> {
    let text = fs::read_to_string(path).map_err(|error| format!("cannot read `{}`: {error}", path.display()))?;
    Ok(approved::read(&text).map_err(|fault| format!("{}:{fault}", path.display()))?)
}

/// Reads a handbook from a folder or, where there is none of that name, from a revision of git.
fn read(root: &Path, name: &str) -> Result<Read, Box<dyn std::error::Error>> {
    if Path::new(name).is_dir() {
        return read_folder(name, Path::new(name));
    }
    let files = files_at(root, name).map_err(|fault| match fault {
        git::Missing::Git => "git is not there; name two folders to compare them without it".to_owned(),
        git::Missing::Revision(said) => {
            format!("`{name}` is neither a folder nor a revision that git knows here: {said}")
        }
    })?;
    let (tree, prefix) = SourceTree::of_revision(files, SETTINGS);
    Ok(Read::of(name, tree, prefix))
}

fn read_folder(name: &str, root: &Path) -> Result<Read, Box<dyn std::error::Error>> {
    let Files { tree, prefix, .. } = Files::now(root)?;
    Ok(Read::of(name, tree, prefix))
}
