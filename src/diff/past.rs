//! The decisions of a handbook over time: each revision compared with the one before, only as far as files changed.
//!
//! Pure: it is given what git tells. What a revision did not touch is not read, so thousands of revisions take seconds.

use std::collections::BTreeMap;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::change::Change;
use super::{Side, compare};
use crate::history::revisions::{Changed, Revision};
use crate::model::handbook::Handbook;
use crate::parse::{self, SETTINGS};
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
    let one = |revision: Revision| {
        let is_looked_at = |file: &&Changed| may_decide(&file.path, prefix, &languages) && !is_prose(file, content);
        let files: Vec<&Changed> = revision.files.iter().filter(is_looked_at).collect();
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
}
