//! The decisions of a handbook over time: each revision compared with the one before, only as far as files changed.
//!
//! Pure: it is given what git tells. What a revision did not touch is not read, so thousands of revisions take seconds.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::change::Change;
use super::{Side, compare};
use crate::model::handbook::Handbook;
use crate::parse::{self, SETTINGS};
use crate::source::SourceTree;

/// A revision: who made it, when, and the files that it changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Revision {
    /// Its name, in full.
    pub commit: String,
    /// The day on which it was made.
    pub on: Option<Date>,
    /// Who made it.
    pub by: String,
    /// What its maker said of it, in a line.
    pub subject: String,
    /// The files that it changed.
    pub files: Vec<Changed>,
}

/// A file that a revision changed, by the names of its contents in git.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// Its path below the root.
    pub path: String,
    /// What it held; nothing where it is new.
    pub old: Option<String>,
    /// What it holds; nothing where it is gone.
    pub new: Option<String>,
}

/// The decisions of a revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// The revision, without its files.
    pub revision: Revision,
    /// What it changed; words, translations and reviews are left out.
    pub changes: Vec<Change>,
}

/// How `git log` is asked for revisions, before the path: the newest first, a merge as what it brought.
pub const LOG: [&str; 9] = [
    "log",
    "-z",
    "--raw",
    "--no-renames",
    "--abbrev=64",
    "--first-parent",
    "--diff-merges=first-parent",
    "--relative",
    "--format=%x01%H%x02%cs%x02%an%x02%s%x03",
];

/// Reads what git prints when it is asked so.
pub fn revisions(log: &str) -> Vec<Revision> {
    log.split('\u{1}').skip(1).filter_map(revision).collect()
}

fn revision(text: &str) -> Option<Revision> {
    let (head, raw) = text.split_once('\u{3}')?;
    let [commit, on, by, subject] = head.splitn(4, '\u{2}').collect::<Vec<_>>().try_into().ok()?;
    let mut files = Vec::new();
    let mut parts = raw.split('\0').map(|part| part.trim_start_matches('\n')).filter(|part| !part.is_empty());
    while let Some(entry) = parts.next() {
        let words: Vec<&str> = entry.trim_start_matches(':').split(' ').collect();
        let [old_mode, new_mode, old, new, _] = words.as_slice() else { continue };
        let path = parts.next()?.to_owned();
        let content = |mode: &str, name: &str| mode.starts_with("100").then(|| name.to_owned());
        files.push(Changed { path, old: content(old_mode, old), new: content(new_mode, new) });
    }
    let text = |it: &str| it.to_owned();
    Some(Revision { commit: text(commit), on: on.parse().ok(), by: text(by), subject: text(subject), files })
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
    let one = |revision: Revision| {
        let files: Vec<&Changed> =
            revision.files.iter().filter(|file| may_decide(&file.path, prefix, &languages)).collect();
        if files.is_empty() {
            return None;
        }
        let settings_path = format!("{prefix}{SETTINGS}");
        // Settings that a revision brought or took away are no decision against none at all.
        let known = files.iter().find(|file| file.path == settings_path);
        let other = known.and_then(|file| content.get(file.new.as_ref().or(file.old.as_ref())?));
        let settings = other.cloned().unwrap_or_else(|| settings.clone().into_bytes());
        let tree = |name: fn(&Changed) -> Option<&String>| {
            let mut held: Vec<(String, Vec<u8>)> = Vec::new();
            for file in &files {
                held.extend(
                    name(file).and_then(|name| content.get(name)).map(|bytes| (file.path.clone(), bytes.clone())),
                );
            }
            if !held.iter().any(|(path, _)| *path == settings_path) {
                held.push((settings_path.clone(), settings.clone()));
            }
            SourceTree::of_revision(held, SETTINGS).0
        };
        let (old, new) = (tree(|file| file.old.as_ref()), tree(|file| file.new.as_ref()));
        let (before, after) = (parse::parse(&old, prefix), parse::parse(&new, prefix));
        let before = Side { handbook: &before.handbook, tree: &old, prefix, calendars: now };
        let after = Side { handbook: &after.handbook, tree: &new, prefix, calendars: now };
        let changes: Vec<Change> = compare(before, after).into_iter().filter(Change::is_decision).collect();
        let revision = Revision { files: Vec::new(), ..revision };
        (!changes.is_empty()).then_some(Decided { revision, changes })
    };
    revisions.into_par_iter().filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::parse;

    const LOG: &str = "\u{1}aaa\u{2}2026-03-10\u{2}Ada\u{2}more time\u{3}\0:100644 100644 o1 n1 M\0content/services/a.md\0:000000 120000 0 l1 A\0content/link.md\0\
                       \u{1}bbb\u{2}2026-03-09\u{2}Bo\u{2}\u{3}\0:000000 100644 000 o1 A\0content/services/a.md\0";

    #[test]
    fn what_git_prints_is_read_with_files_that_are_new_changed_or_links() {
        let found = revisions(LOG);
        let [first, second] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((first.commit.as_str(), first.by.as_str(), first.subject.as_str()), ("aaa", "Ada", "more time"));
        assert_eq!(first.on, Some(jiff::civil::date(2026, 3, 10)));
        let some = |name: &str| Some(name.to_owned());
        assert_eq!(first.files[0], Changed { path: "content/services/a.md".into(), old: some("o1"), new: some("n1") });
        assert_eq!((&first.files[1].old, &first.files[1].new), (&None, &None));
        assert_eq!((&second.files[0].old, &second.files[0].new, second.subject.as_str()), (&None, &some("o1"), ""));
        assert_eq!(revisions(""), []);
    }

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
        let words = LOG.replace("aaa", "ccc").replace("o1 n1", "n1 n2").split("\u{1}bbb").next().unwrap().to_owned();
        let found = decisions(revisions(&(words + LOG)), "content/", &now, &content);
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
}
