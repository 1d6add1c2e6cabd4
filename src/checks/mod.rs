//! What is wrong with a handbook that could be read: references that lead nowhere, cycles, stale translations.
//!
//! Each file finds one group of faults. Only this room makes a [`CheckedHandbook`]. Not here: what a single field
//! forbids (`fields`), and printing (`diagnostic`).

pub mod catalogue;
pub mod cycles;
pub mod fingerprint;
pub mod links;
pub mod meant;
pub mod prose;
pub mod references;
pub mod settings;
pub mod time;
pub mod translations;
pub mod wiki_links;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::markdown::prose::Prose;
use crate::model::handbook::Handbook;
use crate::source::{FileId, SourceTree};
use meant::Meant;

/// A handbook whose references were looked up, with its prose read.
#[derive(Debug)]
pub struct CheckedHandbook {
    handbook: Handbook,
    prose: BTreeMap<FileId, Prose>,
}

impl CheckedHandbook {
    /// Gives the handbook.
    pub fn handbook(&self) -> &Handbook {
        &self.handbook
    }

    /// Gives the prose of a Markdown file.
    pub fn prose(&self, file: FileId) -> Option<&Prose> {
        self.prose.get(&file)
    }
}

/// What the checks look at.
pub struct Subject<'a> {
    /// The handbook.
    pub handbook: &'a Handbook,
    /// The prose of its Markdown files.
    pub prose: &'a BTreeMap<FileId, Prose>,
    /// The files.
    pub tree: &'a SourceTree,
    /// The files in which the reading found errors.
    pub faulty: &'a BTreeSet<FileId>,
    /// The ids, for proposals.
    pub meant: Meant<'a>,
}

/// Looks at a handbook and gives it back with its prose read, and with what there is to say.
///
/// The handbook is given back even when there are errors, so that it can be shown with them; whether that is allowed
/// is for the caller to decide.
///
/// `told` is what the reading found already; what follows from it is not told again.
pub fn check(handbook: Handbook, tree: &SourceTree, told: &[Diagnostic]) -> (CheckedHandbook, Vec<Diagnostic>) {
    let prose = prose::read_all(&handbook);
    let faulty = files_with_errors(told);
    let meant = Meant::of(&handbook);
    let subject = Subject { handbook: &handbook, prose: &prose, tree, faulty: &faulty, meant };
    let mut found = Vec::new();
    for check in catalogue::CHECKS {
        (check.run)(&subject, &mut found);
    }
    let found = found.into_iter().filter_map(|diagnostic| with_loudness(diagnostic, &handbook)).collect();
    (CheckedHandbook { handbook, prose }, found)
}

/// Gives the files in which there are errors.
pub fn files_with_errors(told: &[Diagnostic]) -> BTreeSet<FileId> {
    let file = |told: &Diagnostic| match told.place {
        Place::At(span) if told.severity == Severity::Error => Some(span.file),
        _ => None,
    };
    told.iter().filter_map(file).collect()
}

/// Gives a finding the severity that the handbook wants; nothing where it is turned off.
fn with_loudness(diagnostic: Diagnostic, handbook: &Handbook) -> Option<Diagnostic> {
    let chosen = handbook.config.checks.0.iter().find(|chosen| chosen.check.value == diagnostic.name);
    let severity: Option<Severity> = match chosen {
        Some(chosen) if catalogue::can_be_changed(diagnostic.name) => chosen.severity,
        _ => Some(diagnostic.severity),
    };
    severity.map(|severity| Diagnostic { severity, ..diagnostic })
}

#[cfg(test)]
pub(crate) mod bench {
    //! A small handbook in memory, read and checked.

    use super::{CheckedHandbook, check};
    use crate::diagnostic::{self, Diagnostic};
    use crate::parse::parse;
    use crate::source::SourceTree;

    /// What stands in for the files that a test does not name.
    const FILES: [(&str, &str); 3] = [
        ("handbook.yaml", "title: {en: Handbook, de: Handbuch}\nlanguages: [en, de]\ncalendar: shop\n"),
        (
            "registers/roles.yaml",
            "\
desk: {title: {en: Service desk, de: Annahme}, may_grant: 50 EUR}
lead: {title: {en: Shop manager, de: Leitung}, may_grant: 200 EUR}
",
        ),
        (
            "registers/calendars.yaml",
            "shop: {time_zone: Europe/Berlin, hours: {mon-fri: \"09:00-12:00, 13:30-18:00\", sat: \"09:00-12:00\"}}\n",
        ),
    ];

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
}
