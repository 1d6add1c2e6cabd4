//! The decisions of a handbook over time: each revision compared with the one before, only as far as files changed.
//!
//! Pure: it is given what git tells. What a revision did not touch is not read, so thousands of revisions take seconds.

use std::collections::{BTreeMap, BTreeSet};

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

use super::change::{Change, What};
use super::{Side, compare};
use crate::diagnostic::{Severity, locate};
use crate::history::revisions::{Changed, Revision};
use crate::model::handbook::Handbook;
use crate::model::kind::Kind;
use crate::parse::{self, Parsed, SETTINGS};
use crate::source::SourceTree;

/// The decisions of a revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// The revision, without its files.
    pub revision: Revision,
    /// What it changed; words, translations and reviews are left out.
    pub changes: Vec<Change>,
}

/// Tells whether decisions may stand in a file: no results, no pictures and no translations.
pub fn may_decide(path: &str, prefix: &str, languages: &[String]) -> bool {
    let Some(below) = path.strip_prefix(prefix) else { return false };
    let is_translation = |stem: &str| languages.iter().any(|tag| stem.ends_with(&format!(".{tag}")));
    match below.split_once('/') {
        None => below == SETTINGS,
        Some(("services" | "playbooks" | "checklists", rest)) => {
            rest.strip_suffix(".md").is_some_and(|stem| !is_translation(stem))
        }
        Some(("registers", rest)) => rest.ends_with(".yaml") || rest.ends_with(".csv"),
        Some(_) => false,
    }
}

/// Finds the decisions of revisions, the newest first. `content` gives what git keeps under a name; `now` is the handbook as it is
/// today, whose calendars tell which of two limits is longer.
pub fn decisions(
    revisions: Vec<Revision>,
    prefix: &str,
    now: &Handbook,
    content: &BTreeMap<String, Vec<u8>>,
) -> Vec<Decided> {
    let languages = now.config.language_tags();
    let settings = format!("title: H\nlanguages: [{}]\n", languages.join(", "));
    let mut revisions = revisions;
    for revision in &mut revisions {
        revision.files.retain(|file| may_decide(&file.path, prefix, &languages) && !is_prose(file, content));
    }
    let mut reading = Reading { prefix, now, content, settings, olds: BTreeMap::new() };
    for (at, revision) in revisions.iter().enumerate() {
        for file in &revision.files {
            reading.olds.entry(&file.path).or_default().push((at, file.old.as_deref()));
        }
    }
    let mut all: Vec<Vec<Change>> =
        revisions.par_iter().enumerate().map(|(at, revision)| reading.changes(at, revision)).collect();
    let mut names = Names::default();
    for changes in &mut all {
        names.follow(changes);
        changes.retain(Change::is_decision);
    }
    let decided = revisions.iter().zip(all).filter(|(_, changes)| !changes.is_empty());
    let bare = |revision: &Revision| Revision { files: Vec::new(), ..revision.clone() };
    decided.map(|(revision, changes)| Decided { revision: bare(revision), changes }).collect()
}

/// What things are called today, by what they were called in a revision; the newest are followed first.
#[derive(Debug, Default)]
struct Names(BTreeMap<(Kind, String), String>);

impl Names {
    /// Notes in the changes of a revision what their things are called today, and what it renamed.
    fn follow(&mut self, changes: &mut [Change]) {
        for change in changes.iter_mut() {
            change.now = Some(self.now(change.kind, &change.id)).filter(|now| *now != change.id);
        }
        for change in changes.iter().filter(|change| matches!(change.what, What::Renamed | What::Moved)) {
            // Within a service the old id is told without it.
            let whole = match change.kind {
                Kind::Standard | Kind::Promise | Kind::Step if change.what == What::Renamed => {
                    change.id.rsplit_once('/').map(|(service, _)| format!("{service}/{}", change.before))
                }
                _ => None,
            };
            let was = whole.unwrap_or_else(|| change.before.clone());
            self.0.insert((change.kind, was), change.id_now().to_owned());
        }
    }

    fn now(&self, kind: Kind, id: &str) -> String {
        let known = |kind: Kind, id: &str| self.0.get(&(kind, id.to_owned())).cloned();
        let within = || {
            let (service, own) = id.rsplit_once('/')?;
            let is_within = matches!(kind, Kind::Standard | Kind::Promise | Kind::Step);
            Some(format!("{}/{own}", is_within.then(|| known(Kind::Service, service))??))
        };
        known(kind, id).or_else(within).unwrap_or_else(|| id.to_owned())
    }
}

/// What is read to compare revisions.
struct Reading<'a> {
    prefix: &'a str,
    now: &'a Handbook,
    content: &'a BTreeMap<String, Vec<u8>>,
    /// The settings of a revision that did not touch them.
    settings: String,
    /// For each path the revisions that changed it, by their places, the newest first, with what it held before.
    olds: BTreeMap<&'a str, Vec<(usize, Option<&'a str>)>>,
}

/// The files of one side of a revision: paths and the names of what they hold.
type Held<'a> = Vec<(&'a str, Option<&'a str>)>;

/// The most earlier versions of a file among which one without faults is looked for.
const MOST: usize = 20;

impl Reading<'_> {
    /// Finds what a revision changed, words included.
    fn changes(&self, at: usize, revision: &Revision) -> Vec<Change> {
        if revision.files.is_empty() {
            return Vec::new();
        }
        let files = &revision.files;
        let old: Held<'_> = files.iter().map(|file| (file.path.as_str(), file.old.as_deref())).collect();
        let new: Held<'_> = files.iter().map(|file| (file.path.as_str(), file.new.as_deref())).collect();
        // Settings that a revision brought or took away are no decision against none at all.
        let settings_path = format!("{}{SETTINGS}", self.prefix);
        let known = files.iter().find(|file| file.path == settings_path);
        let known = known.and_then(|file| self.content.get(file.new.as_ref().or(file.old.as_ref())?));
        let settings = (settings_path, known.cloned().unwrap_or_else(|| self.settings.clone().into_bytes()));
        let (old_tree, new_tree) = (self.tree(&old, &settings), self.tree(&new, &settings));
        let (before, after) = (parse::parse(&old_tree, self.prefix), parse::parse(&new_tree, self.prefix));
        let after = self.side(&after.handbook, &new_tree);
        let mut changes = compare(self.side(&before.handbook, &old_tree), after);
        for path in faulty(&before, &old_tree, self.prefix) {
            let missed = self.missed((at, &path), (&old, &settings), after);
            let told: BTreeSet<_> = changes.iter().map(key).collect();
            changes.extend(missed.into_iter().filter(|it| !told.contains(&key(it))));
        }
        changes
    }

    /// Finds what is not as it was when a file could last be read, for all that could not be read in between.
    fn missed(
        &self,
        (at, path): (usize, &str),
        (old, settings): (&Held<'_>, &(String, Vec<u8>)),
        after: Side<'_>,
    ) -> Vec<Change> {
        let mut between: Vec<Option<&str>> = old.iter().filter(|(it, _)| *it == path).map(|(_, name)| *name).collect();
        let earlier = self.olds.get(path).into_iter().flatten().filter(|(revision, _)| *revision > at);
        for (_, name) in earlier.take(MOST) {
            let with = |name: Option<&'_ str>| {
                let own = |&(it, held): &(&str, Option<&str>)| {
                    (it.to_owned(), if it == path { name } else { held }.map(str::to_owned))
                };
                let held: Vec<(String, Option<String>)> = old.iter().map(own).collect();
                self.tree(&held.iter().map(|(path, name)| (path.as_str(), name.as_deref())).collect(), settings)
            };
            let tree = with(*name);
            let parsed = parse::parse(&tree, self.prefix);
            if faulty(&parsed, &tree, self.prefix).contains(path) {
                between.push(*name);
                continue;
            }
            let sound = self.side(&parsed.handbook, &tree);
            let mut told = BTreeSet::new();
            for name in between {
                let tree = with(name);
                let parsed = parse::parse(&tree, self.prefix);
                told.extend(compare(sound, self.side(&parsed.handbook, &tree)).iter().map(key));
            }
            return compare(sound, after).into_iter().filter(|it| !told.contains(&key(it))).collect();
        }
        Vec::new()
    }

    fn side<'s>(&'s self, handbook: &'s Handbook, tree: &'s SourceTree) -> Side<'s> {
        Side { handbook, tree, prefix: self.prefix, calendars: self.now }
    }

    fn tree(&self, held: &Held<'_>, settings: &(String, Vec<u8>)) -> SourceTree {
        let content = |name: Option<&str>| self.content.get(name?).cloned();
        let known = held.iter().filter_map(|(path, name)| Some(((*path).to_owned(), content(*name)?)));
        let mut files: Vec<(String, Vec<u8>)> = known.collect();
        if !files.iter().any(|(path, _)| *path == settings.0) {
            files.push(settings.clone());
        }
        SourceTree::of_revision(files, SETTINGS).0
    }
}

/// What a change is about.
fn key(change: &Change) -> (Kind, String, String) {
    (change.kind, change.id.clone(), change.field.clone())
}

/// Gives the files in which something could not be read.
fn faulty(parsed: &Parsed, tree: &SourceTree, prefix: &str) -> BTreeSet<String> {
    let errors = parsed.diagnostics.iter().filter(|it| it.severity == Severity::Error);
    errors.map(|it| locate(&it.place, tree, prefix).path).collect()
}

/// Tells whether a revision changed nothing of a file but its prose, in which nothing is decided: it need not be parsed.
fn is_prose(file: &Changed, content: &BTreeMap<String, Vec<u8>>) -> bool {
    let front = |name: &Option<String>| front_matter(content.get(name.as_ref()?)?);
    file.path.ends_with(".md") && front(&file.old).is_some_and(|old| front(&file.new) == Some(old))
}

/// Gives what stands between the first line of a file, `---`, and the next one.
fn front_matter(bytes: &[u8]) -> Option<&[u8]> {
    const LINE: &[u8] = b"\n---\n";
    let rest = bytes.strip_prefix(b"---\n")?;
    rest.windows(LINE.len()).position(|window| window == LINE).map(|end| &rest[..end])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::parse;

    #[test]
    fn decisions_stand_in_sources_and_registers_alone() {
        let may = |path| may_decide(path, "content/", &["en".to_owned(), "de".to_owned()]);
        for path in [
            "content/handbook.yaml",
            "content/services/a/b.md",
            "content/registers/roles.yaml",
            "content/registers/holidays/de.csv",
        ] {
            assert!(may(path), "{path}");
        }
        for path in [
            "content/services/a.de.md",
            "content/results/a.csv",
            "content/pictures/a.svg",
            "README.md",
            "content/pages/a.md",
        ] {
            assert!(!may(path), "{path}");
        }
    }

    #[test]
    fn each_revision_is_compared_with_the_one_before_and_words_are_left_out() {
        let service = |limit: &str, title: &str| {
            format!(
                "---\ntitle: {title}\nfor: All\noutcome: O\nowner: desk\nreview: {{last: 2026-01-01}}\nstandards:\n  quick: {{title: Q, kind: timeliness, statement: S, limit: {limit}, target: 90%}}\n---\n"
            )
        };
        let tree = SourceTree::from_texts([("handbook.yaml", "title: H\nlanguages: [en]\n")]);
        let now = parse(&tree, "content/").handbook;
        let contents =
            [("o1", service("2 weeks", "A")), ("n1", service("3 weeks", "A")), ("n2", service("3 weeks", "B"))];
        let content = contents.into_iter().map(|(name, text)| (name.to_owned(), text.into_bytes())).collect();
        let revision = |commit: &str, old: Option<&str>, new: &str| Revision {
            commit: commit.into(),
            files: vec![Changed {
                path: "content/services/a.md".into(),
                old: old.map(str::to_owned),
                new: Some(new.into()),
            }],
            ..Revision::default()
        };
        let revisions =
            vec![revision("ccc", Some("n1"), "n2"), revision("aaa", Some("o1"), "n1"), revision("bbb", None, "o1")];
        let found = decisions(revisions, "content/", &now, &content);
        let told: Vec<(&str, Vec<String>)> = found
            .iter()
            .map(|it| {
                (
                    it.revision.commit.as_str(),
                    it.changes.iter().map(|change| format!("{} {}", change.what.words(), change.id)).collect(),
                )
            })
            .collect();
        assert_eq!(told, [("aaa", vec!["loosened a/quick".to_owned()]), ("bbb", vec!["added a".to_owned()])]);
    }

    #[test]
    fn a_file_of_which_only_prose_has_changed_is_not_looked_at() {
        let content: BTreeMap<String, Vec<u8>> = [
            ("a", "---\ntitle: A\n---\nOne.\n"),
            ("b", "---\ntitle: A\n---\nTwo.\n---\n"),
            ("c", "---\ntitle: C\n---\nOne.\n"),
            ("d", "---\ntitle: D"),
        ]
        .map(|(name, text)| (name.to_owned(), text.as_bytes().to_owned()))
        .into();
        let is_prose = |path: &str, old: Option<&str>, new: Option<&str>| {
            let [old, new] = [old, new].map(|name| name.map(str::to_owned));
            is_prose(&Changed { path: path.into(), old, new }, &content)
        };
        assert!(is_prose("services/x.md", Some("a"), Some("b")));
        for (old, new) in
            [(Some("a"), Some("c")), (Some("d"), Some("d")), (None, Some("a")), (Some("a"), None), (None, None)]
        {
            assert!(!is_prose("services/x.md", old, new), "{old:?} {new:?}");
        }
        assert!(!is_prose("registers/x.yaml", Some("a"), Some("b")));
    }

    #[test]
    fn what_could_not_be_read_for_a_while_is_compared_with_what_it_said_last() {
        let service = |fields: &str| {
            format!(
                "---\ntitle: A\nfor: All\noutcome: O\nowner: desk\nreview: {{last: 2026-01-01}}\nstandards:\n  quick: {{title: Q, kind: timeliness, statement: S, clock: {{start: a, stop: b}}, measure: {{as: observed}}, {fields}}}\n---\n"
            )
        };
        let tree = SourceTree::from_texts([("handbook.yaml", "title: H\nlanguages: [en]\n")]);
        let now = parse(&tree, "content/").handbook;
        let versions = [
            service("limit: 2 weeks, target: 90%"),
            service("limit: two weeks, target: 85%"),
            "---\n[\n".to_owned(),
            service("limit: 3 weeks, target: 85%"),
        ];
        let content =
            versions.iter().enumerate().map(|(at, text)| (format!("v{at}"), text.clone().into_bytes())).collect();
        let revision = |at: usize| Revision {
            commit: format!("c{at}"),
            files: vec![Changed {
                path: "content/services/a.md".into(),
                old: Some(format!("v{}", at - 1)),
                new: Some(format!("v{at}")),
            }],
            ..Revision::default()
        };
        let found = decisions(vec![revision(3), revision(2), revision(1)], "content/", &now, &content);
        let told = |at: usize| found[at].changes.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!((found[0].revision.commit.as_str(), told(0)), ("c3", vec!["limit 2 weeks → 3 weeks".to_owned()]));
        assert_eq!((found[1].revision.commit.as_str(), told(1)), ("c1", vec!["target 90% → 85%".to_owned()]));
    }

    #[test]
    fn what_was_renamed_since_is_known_by_what_it_is_called_today() {
        let change = |what: What, kind: Kind, id: &str, before: &str| Change {
            what,
            effect: what.effect(kind),
            kind,
            id: id.into(),
            now: None,
            title: String::new(),
            field: String::new(),
            before: before.into(),
            after: String::new(),
            at: super::super::change::At { path: String::new(), line: 1, before: false },
        };
        let mut names = Names::default();
        let mut now = |what: What, kind: Kind, id: &str, before: &str| {
            let mut changes = [change(what, kind, id, before)];
            names.follow(&mut changes);
            changes[0].id_now().to_owned()
        };
        // The newest first.
        assert_eq!(now(What::Renamed, Kind::Standard, "home/slot", "window"), "home/slot");
        assert_eq!(now(What::Renamed, Kind::Service, "home", "bring"), "home");
        assert_eq!(now(What::Loosened, Kind::Standard, "bring/other", ""), "home/other");
        assert_eq!(now(What::Moved, Kind::Standard, "home/window", "parts/window"), "home/slot");
        assert_eq!(now(What::Loosened, Kind::Standard, "parts/window", ""), "home/slot");
        assert_eq!(now(What::OwnerChanged, Kind::Service, "parts", ""), "parts");
    }
}
