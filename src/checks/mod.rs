//! What is wrong with a handbook that could be read, and what an expert of the field objects to.
//!
//! Two kinds of code: the files beside this one look for what the content model forbids, and only this room makes a
//! [`CheckedHandbook`]; each folder is a group of an expert's checks, one file a check. Not here: what a single field
//! forbids (`fields`), which findings are told in the end (`triage`), and printing (`diagnostic`).

pub mod authority;
pub mod authors;
pub mod catalogue;
pub mod check;
pub mod checklist;
pub mod coverage;
pub mod cycles;
pub mod evidence;
pub mod figures;
pub mod fingerprint;
pub mod former;
pub mod inspection;
pub mod language;
pub mod links;
pub mod meant;
pub mod measure;
pub mod mentions;
pub mod no_calendar;
pub mod process;
pub mod promise;
pub mod prose;
pub mod reading;
pub mod recovery;
pub mod references;
pub mod reorder;
pub mod result;
pub mod review;
pub mod said;
pub mod settings;
pub mod stand_in;
pub mod stems;
pub mod time;
pub mod translations;
pub mod vanished;
pub mod wiki_links;
pub mod wording;

use std::collections::BTreeSet;
use std::sync::Arc;

use check::Finder;
use inspection::Inspection;
use jiff::civil::Date;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::history::Bump;
use crate::markdown::prose::Prose;
use crate::model::handbook::Handbook;
use crate::source::{FileId, SourceTree};
use meant::Meant;
use prose::Proses;

/// A handbook whose references were looked up, with its prose read.
#[derive(Debug)]
pub struct CheckedHandbook {
    handbook: Handbook,
    prose: Proses,
}

impl CheckedHandbook {
    /// Gives the handbook.
    pub fn handbook(&self) -> &Handbook {
        &self.handbook
    }

    /// Gives where its wiki links are looked for.
    pub fn places<'a>(&'a self, tree: &'a SourceTree) -> mentions::Places<'a> {
        mentions::Places { handbook: &self.handbook, prose: &self.prose, tree }
    }

    /// Gives the prose of a Markdown file.
    pub fn prose(&self, file: FileId) -> Option<&Prose> {
        self.prose.get(&file).map(Arc::as_ref)
    }

    /// Gives all prose, for whoever reads the handbook again.
    pub fn proses(&self) -> &Proses {
        &self.prose
    }
}

/// What the checks look at.
pub struct Subject<'a> {
    /// The handbook.
    pub handbook: &'a Handbook,
    /// The prose of its Markdown files.
    pub prose: &'a Proses,
    /// The files.
    pub tree: &'a SourceTree,
    /// The files in which the reading found errors.
    pub faulty: &'a BTreeSet<FileId>,
    /// The ids, for proposals.
    pub meant: Meant<'a>,
}

impl Subject<'_> {
    /// Looks at things and tells what there is to tell, in their order.
    ///
    /// Those about which there is something are found side by side; it is told one after the other, because proposals are
    /// counted. What `look` finds must not hang on proposals.
    fn tell_each<T: Sync>(
        &self,
        things: &[T],
        look: impl Fn(&Subject<'_>, &T, &mut Vec<Diagnostic>) + Sync,
        found: &mut Vec<Diagnostic>,
    ) {
        let (handbook, prose, tree, faulty) = (self.handbook, self.prose, self.tree, self.faulty);
        let silent = Subject { handbook, prose, tree, faulty, meant: Meant::nothing(handbook) };
        let is_at_fault = |thing: &&T| {
            let mut found = Vec::new();
            look(&silent, thing, &mut found);
            !found.is_empty()
        };
        let at_fault: Vec<&T> = things.par_iter().filter(is_at_fault).collect();
        at_fault.into_iter().for_each(|thing| look(self, thing, found));
    }
}

/// Looks at a handbook and gives it back with its prose read, and with what there is to say.
///
/// The handbook is given back even when there are errors, so that it can be shown with them; whether that is allowed
/// is for the caller to decide.
///
/// `told` is what the reading found already; what follows from it is not told again.
pub fn check(handbook: Handbook, tree: &SourceTree, told: &[Diagnostic]) -> (CheckedHandbook, Vec<Diagnostic>) {
    check_again(handbook, tree, told, &Proses::new())
}

/// Looks at a handbook as [`check()`] does, but takes the prose that was read `before` where it is the same.
pub fn check_again(
    handbook: Handbook,
    tree: &SourceTree,
    told: &[Diagnostic],
    before: &Proses,
) -> (CheckedHandbook, Vec<Diagnostic>) {
    let prose = prose::read_all(&handbook, before);
    let faulty = files_with_errors(told);
    let meant = Meant::of(&handbook);
    let subject = Subject { handbook: &handbook, prose: &prose, tree, faulty: &faulty, meant };
    let mut found = Vec::new();
    for rule in catalogue::RULES {
        (rule.run)(&subject, &mut found);
    }
    (CheckedHandbook { handbook, prose }, found)
}

/// Tells what an expert of the field objects to; `today` is the date that counts as today, `history` what git tells.
pub fn inspect(checked: &CheckedHandbook, tree: &SourceTree, today: Date, history: &[Bump]) -> Vec<Diagnostic> {
    let inspection = Inspection::of(checked, tree, today);
    let checks: Vec<_> = catalogue::checks().collect();
    let found = checks.par_iter().map(|check| {
        let mut found = Vec::new();
        if let Some(look) = check.finder.look() {
            look(&inspection, &mut found);
        }
        if let Finder::History(look) = check.finder {
            history.iter().for_each(|bump| look(&inspection, bump, &mut found));
        }
        found
    });
    found.collect::<Vec<_>>().concat()
}

/// Gives the files in which there are errors.
pub fn files_with_errors<'a>(told: impl IntoIterator<Item = &'a Diagnostic>) -> BTreeSet<FileId> {
    let file = |told: &Diagnostic| match told.place {
        Place::At(span) if told.severity == Severity::Error => Some(span.file),
        _ => None,
    };
    told.into_iter().filter_map(file).collect()
}

#[cfg(test)]
pub(crate) mod bench {
    //! A small handbook in memory, read and checked.

    use super::stand_in::{FILES, LEFT_OUT};
    use super::{CheckedHandbook, check};
    use crate::diagnostic::{self, Diagnostic};
    use crate::parse::parse;
    use crate::source::SourceTree;

    /// Gives the files of a test with those that stand in; an empty text leaves a file out.
    pub(crate) fn tree(files: &[(&str, &str)]) -> SourceTree {
        let own = |path: &str| files.iter().any(|(other, _)| *other == path);
        let others = FILES.into_iter().filter(|(path, _)| !own(path));
        SourceTree::from_texts(files.iter().copied().chain(others).filter(|(_, text)| !text.is_empty()))
    }

    /// Reads and checks the files of a test.
    pub(crate) fn look(tree: &SourceTree) -> (CheckedHandbook, Vec<Diagnostic>) {
        let parsed = parse(tree, "");
        let (checked, found) = check(parsed.handbook, tree, &parsed.diagnostics);
        let mut all = parsed.diagnostics;
        all.extend(found);
        diagnostic::sort(&mut all, tree, "");
        (checked, all)
    }

    /// Says what is found: `name path:line message → action`.
    pub(crate) fn found(files: &[(&str, &str)]) -> Vec<String> {
        let tree = tree(files);
        let said = |told: &Diagnostic| {
            let at = diagnostic::locate(&told.place, &tree, "");
            let action = told.action.as_deref().unwrap_or_default();
            format!("{} {}:{} {} → {action}", told.name, at.path, at.line, told.message)
        };
        look(&tree).1.iter().map(said).collect()
    }

    /// Says what is found in a service `repair`, of which only what matters is written.
    pub(crate) fn found_in_service(rest: &str) -> Vec<String> {
        found(&[("services/repair.md", &service(rest))])
    }

    /// Writes the file of a service that has all that it must have, and more.
    pub(crate) fn service(rest: &str) -> String {
        let (front, body) = rest.split_once("---\n").unwrap_or((rest, ""));
        let must = "title: Repair\nfor: Everybody\noutcome: It works\nowner: desk\nreview: {last: 2026-11-01, every: 12 months}\n";
        format!("---\n{must}{front}---\n{body}")
    }

    /// The date that counts as today.
    pub(crate) const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 21);

    /// Says what one check of an expert finds in an example or in files of a test: `path:line message → action`.
    ///
    /// Fields that are missing are passed over, so that a test writes what matters and no more.
    pub(crate) fn told(name: &str, files: &[(&str, &str)]) -> Vec<String> {
        told_in(name, &super::stand_in::tree(files))
    }

    /// Says what one check finds in a service `repair`, of which only what matters is written.
    pub(crate) fn told_in_service(name: &str, rest: &str) -> Vec<String> {
        told_in(name, &tree(&[("services/repair.md", &service(rest))]))
    }

    fn told_in(name: &str, tree: &SourceTree) -> Vec<String> {
        let parsed = parse(tree, "");
        let (checked, _) = check(parsed.handbook, tree, &parsed.diagnostics);
        let mut all = parsed.diagnostics;
        let excused = |told: &Diagnostic| LEFT_OUT.contains(&told.name) || told.name == name;
        let faults: Vec<_> = all.iter().filter(|told| !excused(told)).collect();
        assert!(faults.is_empty(), "the files of the test are at fault: {faults:#?}");
        all.extend(super::inspect(&checked, tree, TODAY, &[]));
        diagnostic::sort(&mut all, tree, "");
        let said = |told: &Diagnostic| {
            let at = diagnostic::locate(&told.place, tree, "");
            format!("{}:{} {} → {}", at.path, at.line, told.message, told.action.as_deref().unwrap_or_default())
        };
        all.iter().filter(|told| told.name == name).map(said).collect()
    }
}
