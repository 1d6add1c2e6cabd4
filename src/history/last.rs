//! The last change of each file: on which day, in which revision, and by which address.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::revisions::{Revision, line};

/// The last change of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastChange {
    /// The name of the revision, in full.
    pub commit: String,
    /// The day of the revision.
    pub on: Date,
    /// The e-mail address of whoever made the change. It is compared with those of roles, and shown nowhere.
    pub address: String,
}

/// Gives the last change of each file that is there, by its path below the root; those of which git does not know it are
/// left out.
///
/// It is the latest revision that gave the file the content which it has: one that was made on a branch rather than the merge
/// that brought it, since whoever merges has not written it.
pub fn last_changes(revisions: &[Revision]) -> BTreeMap<String, LastChange> {
    let mut held: BTreeMap<&str, (&str, usize)> = BTreeMap::new();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for at in line(revisions) {
        for file in &revisions[at].files {
            if seen.insert(&file.path)
                && let Some(content) = &file.new
            {
                held.insert(&file.path, (content, at));
            }
        }
    }
    let mut makers: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, revision) in revisions.iter().enumerate().filter(|(_, revision)| revision.parents.len() < 2) {
        for file in &revision.files {
            let is_last = held.get(file.path.as_str()).is_some_and(|(content, _)| file.new.as_deref() == Some(content));
            if is_last {
                makers.entry(&file.path).or_insert(at);
            }
        }
    }
    let known = held.into_iter().filter_map(|(path, (_, merged))| {
        let maker = &revisions[makers.get(path).copied().unwrap_or(merged)];
        let on = maker.on.filter(|_| !maker.is_cut)?;
        Some((path.to_owned(), LastChange { commit: maker.commit.clone(), on, address: maker.address.clone() }))
    });
    known.collect()
}

#[cfg(test)]
mod tests {
    use super::super::revisions::Changed;
    use super::*;

    /// A revision with its parents, and files with what they hold from then on.
    fn revision(commit: &str, parents: &str, files: &[(&str, Option<&str>)]) -> Revision {
        let changed = |(path, new): &(&str, Option<&str>)| Changed {
            path: (*path).to_owned(),
            old: Some("before".into()),
            new: new.map(str::to_owned),
        };
        Revision {
            commit: commit.into(),
            parents: parents.split_whitespace().map(str::to_owned).collect(),
            on: Some(jiff::civil::date(2026, 1, 1)),
            address: format!("{commit}@x.example"),
            files: files.iter().map(changed).collect(),
            ..Revision::default()
        }
    }

    fn found(revisions: &[Revision]) -> Vec<String> {
        last_changes(revisions).into_iter().map(|(path, last)| format!("{path} {}", last.commit)).collect()
    }

    #[test]
    fn the_latest_revision_that_changed_a_file_counts_and_a_file_that_is_gone_has_none() {
        let history = [
            revision("d", "c", &[("b.md", Some("2"))]),
            revision("c", "b", &[("gone.md", None)]),
            revision("b", "a", &[("b.md", Some("1")), ("gone.md", Some("3"))]),
            revision("a", "", &[("a.md", Some("1")), ("gone.md", Some("0"))]),
        ];
        assert_eq!(found(&history), ["a.md a", "b.md d"]);
        assert_eq!(last_changes(&history)["b.md"].address, "d@x.example");
    }

    #[test]
    fn what_a_merge_brought_was_changed_on_its_branch_and_what_it_settled_in_the_merge() {
        let history = [
            revision("merge", "main branch", &[("a.md", Some("theirs")), ("b.md", Some("settled"))]),
            revision("main", "first", &[("b.md", Some("ours"))]),
            revision("branch", "first", &[("a.md", Some("theirs")), ("b.md", Some("theirs"))]),
            revision("first", "", &[("a.md", Some("0")), ("b.md", Some("0"))]),
        ];
        assert_eq!(found(&history), ["a.md branch", "b.md merge"]);
    }

    #[test]
    fn a_branch_whose_change_was_dropped_has_changed_nothing() {
        let history = [
            revision("merge", "main branch", &[]),
            revision("branch", "main", &[("a.md", Some("theirs"))]),
            revision("main", "", &[("a.md", Some("0"))]),
        ];
        assert_eq!(found(&history), ["a.md main"]);
    }

    #[test]
    fn what_stands_in_a_revision_whose_earlier_ones_are_missing_is_not_known() {
        let cut = Revision { is_cut: true, ..revision("a", "", &[("a.md", Some("1")), ("b.md", Some("1"))]) };
        assert_eq!(found(&[revision("b", "a", &[("b.md", Some("2"))]), cut]), ["b.md b"]);
    }
}
