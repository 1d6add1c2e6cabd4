//! Another id for a thing: new texts and new paths of files, in which every reference to it has the new id.
//!
//! It is all or none: where one reference cannot be rewritten with certainty, nothing is. Everything else of a file stays
//! byte for byte. Pure; not here: writing the files (the binary).

pub mod alias;
pub mod asked;
pub mod fields;
pub mod files;
pub mod mentions;
pub mod stamps;
pub mod translations;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::checks::{self, CheckedHandbook};
use crate::diagnostic::edit::{Edit, Form};
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::mend;
use crate::model::kind::Kind;
use crate::model::lookup::Thing;
use crate::parse;
use crate::source::text::SourceText;
use crate::source::{Content, FileId, SourceFile, SourceTree, Span};
use crate::units::Malformed;
use asked::Asked;

/// A file that changes, is moved, or both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The file.
    pub file: FileId,
    /// Its new path below the content folder.
    pub path: String,
    /// Its new text.
    pub text: String,
    /// How many places of it change.
    pub places: usize,
}

/// The handbook as it is.
#[derive(Clone, Copy)]
pub struct Before<'a> {
    /// The handbook.
    pub checked: &'a CheckedHandbook,
    /// Its files.
    pub tree: &'a SourceTree,
    /// What is wrong with it.
    pub found: &'a [Diagnostic],
}

/// Gives a thing another id. Refuses where the id cannot be, and where a reference would be lost.
pub fn rename(before: Before<'_>, asked: &Asked) -> Result<Vec<Changed>, Malformed> {
    refuse_unread(before)?;
    let paths = files::paths(before, asked);
    let mut plan = Plan { before, asked, paths, edits: Vec::new() };
    fields::add(&mut plan);
    alias::add(&mut plan)?;
    files::add_links(&mut plan)?;
    let mut mentions = mentions::all(&plan)?;
    // Twice: whether a short name still names one thing alone is known only when everything else is renamed.
    let first = plan.made(&mentions::edits(&mentions))?;
    mentions::settle(&mut mentions, asked, &first);
    plan.edits.extend(mentions::edits(&mentions));
    let second = plan.made(&[])?;
    let prints = translations::edits(before, asked, &second);
    plan.edits.extend(prints);
    plan.edits.extend(stamps::edits(before, asked, &second));
    let last = plan.made(&[])?;
    refuse_new_faults(before, &last)?;
    Ok(plan.changed(&last))
}

/// What is to be changed.
struct Plan<'a> {
    before: Before<'a>,
    asked: &'a Asked,
    /// The new paths of files that are moved.
    paths: BTreeMap<FileId, String>,
    edits: Vec<Edit>,
}

/// The handbook as it would be.
struct After {
    tree: SourceTree,
    checked: CheckedHandbook,
    found: Vec<Diagnostic>,
}

impl Plan<'_> {
    /// Replaces a value, a key or a cell.
    fn value(&mut self, span: Span, text: &str) {
        self.edits.push(Edit { span, text: text.to_owned(), form: Form::Value });
    }

    /// Replaces letters.
    fn text(&mut self, span: Span, text: String) {
        self.edits.push(Edit { span, text, form: Form::Text });
    }

    /// Gives the path that a file will have.
    fn path_of(&self, file: FileId) -> &str {
        self.paths.get(&file).map_or(self.before.tree.file(file).path.as_ref(), String::as_str)
    }

    /// Makes the handbook as it would be with all changes so far and some more.
    fn made(&self, more: &[Edit]) -> Result<After, Malformed> {
        let tree = self.before.tree;
        let edits: Vec<Edit> = self.edits.iter().chain(more).cloned().collect();
        let Some(mut texts) = mend::together(&edits, tree) else {
            let message = "two changes would be in one place of a file";
            return Err(Malformed::new(message, "nothing was written; `pledgebook check` may tell of faults there"));
        };
        let file = |(id, file): (FileId, &SourceFile)| SourceFile {
            path: self.path_of(id).into(),
            content: match texts.remove(&id) {
                Some(text) => Content::Text(Arc::new(SourceText::new(text))),
                None => file.content.clone(),
            },
        };
        let tree = SourceTree::new(tree.iter().map(file).collect());
        let parsed = parse::parse(&tree, "");
        let (checked, found) = checks::check(parsed.handbook, &tree, &parsed.diagnostics);
        let found = parsed.diagnostics.into_iter().chain(found).collect();
        Ok(After { tree, checked, found })
    }

    fn changed(&self, after: &After) -> Vec<Changed> {
        let tree = self.before.tree;
        let changed = |(file, before): (FileId, &SourceFile)| {
            let (path, text) = (self.path_of(file), tree.text(file)?);
            let new = after.tree.text(after.tree.find(path)?)?;
            let places = self.edits.iter().filter(|edit| edit.span.file == file).count();
            let is_same = before.path.as_ref() == path && text.as_str() == new.as_str();
            (!is_same).then(|| Changed { file, path: path.to_owned(), text: new.as_str().to_owned(), places })
        };
        tree.iter().filter_map(changed).collect()
    }
}

impl Asked {
    /// Gives the new id of a thing, where it has one: it is the one that is renamed, or one of its things.
    fn now(&self, (kind, id): &Thing) -> Option<String> {
        if *kind == self.kind && *id == self.old {
            return Some(self.new.clone());
        }
        let (service, inner) = id.rsplit_once('/')?;
        let is_within = self.kind == Kind::Service && kind.is_within_service() && service == self.old;
        is_within.then(|| format!("{}/{inner}", self.new))
    }

    /// Gives a thing as it will be.
    fn mapped(&self, thing: &Thing) -> Thing {
        (thing.0, self.now(thing).unwrap_or_else(|| thing.1.clone()))
    }
}

/// The findings by which a part of a file is not read, besides those about files and tables.
const NOT_READ: [&str; 9] = [
    "field/syntax",
    "field/yaml",
    "field/type",
    "field/unknown",
    "field/duplicate",
    "field/id",
    "language/no-source",
    "language/list-differs",
    "language/unknown",
];

/// Refuses a handbook of which a part was not read: a reference in it would be lost.
fn refuse_unread(before: Before<'_>) -> Result<(), Malformed> {
    let is_lost = |told: &&Diagnostic| match told.name.split_once('/') {
        Some(("file", rest)) => rest != "empty",
        Some(("csv", _)) => true,
        _ => NOT_READ.contains(&told.name),
    };
    match before.found.iter().find(is_lost) {
        None => Ok(()),
        Some(told) => {
            let message = format!("{}; a reference there would be lost", said(told, before.tree));
            Err(Malformed::new(message, "mend it first, with what `pledgebook check` tells"))
        }
    }
}

/// Refuses a name with which something would be wrong that is not wrong now.
fn refuse_new_faults(before: Before<'_>, after: &After) -> Result<(), Malformed> {
    let rules: Vec<&str> = checks::catalogue::RULES.iter().flat_map(|rule| rule.names.iter().copied()).collect();
    let errors = |found: &[Diagnostic]| -> Vec<Diagnostic> {
        found.iter().filter(|told| told.severity == Severity::Error && rules.contains(&told.name)).cloned().collect()
    };
    let (had, has) = (errors(before.found), errors(&after.found));
    if has.len() <= had.len() {
        return Ok(());
    }
    let known: Vec<&str> = had.iter().map(|told| told.message.as_str()).collect();
    let new = has.iter().find(|told| !known.contains(&told.message.as_str()));
    let message = match new {
        Some(told) => format!("with the new id something would be wrong: {}", said(told, &after.tree)),
        None => "with the new id something would be wrong that is not wrong now".to_owned(),
    };
    Err(Malformed::new(message, "nothing was written; choose another id"))
}

/// Says what was found, and where.
fn said(told: &Diagnostic, tree: &SourceTree) -> String {
    let at = diagnostic::locate(&told.place, tree, "");
    format!("{}:{}: {}", at.path, at.line, told.message)
}
