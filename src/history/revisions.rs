//! The revisions of a handbook: who made each, when, and which files it changed.

use std::collections::BTreeMap;

use jiff::civil::Date;

/// How `git log` is asked for all revisions, before the path: the newest first, a merge as what it brought.
///
/// One pass tells it all: with `--full-history --parents` neither the side branches nor the merges are left out, and each
/// revision names the one before it.
pub const LOG: [&str; 11] = [
    "log",
    "-z",
    "--raw",
    "--no-renames",
    "--abbrev=64",
    "--full-history",
    "--parents",
    "--diff-merges=first-parent",
    "--relative",
    "--decorate=full",
    "--format=%x01%H%x02%P%x02%D%x02%cs%x02%aN%x02%aE%x02%s%x03",
];

/// What git calls a revision whose earlier ones it does not have.
const CUT: &str = "grafted";

/// A revision: who made it, when, and the files that it changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Revision {
    /// Its name, in full.
    pub commit: String,
    /// The names of those before it, the one that it was made upon first; none where it is the first.
    pub parents: Vec<String>,
    /// Whether git does not have those before it, so that what it changed is not known.
    pub is_cut: bool,
    /// The day on which it was made.
    pub on: Option<Date>,
    /// Who made it.
    pub by: String,
    /// The e-mail address of whoever made it.
    pub address: String,
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

/// Reads what git prints when it is asked so.
pub fn revisions(log: &str) -> Vec<Revision> {
    log.split('\u{1}').skip(1).filter_map(revision).collect()
}

fn revision(text: &str) -> Option<Revision> {
    let (head, raw) = text.split_once('\u{3}')?;
    let [commit, parents, names, on, by, address, subject] =
        head.splitn(7, '\u{2}').collect::<Vec<_>>().try_into().ok()?;
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
    Some(Revision {
        commit: text(commit),
        parents: parents.split_whitespace().map(text).collect(),
        is_cut: names.split(", ").any(|name| name == CUT),
        on: on.parse().ok(),
        by: text(by),
        address: text(address),
        subject: text(subject),
        files,
    })
}

/// Tells which revisions were in force one after the other, the newest first, by their places: each the one that the next
/// was made upon.
pub fn line(revisions: &[Revision]) -> Vec<usize> {
    let places: BTreeMap<&str, usize> = revisions.iter().enumerate().map(|(at, it)| (it.commit.as_str(), at)).collect();
    let before = |at: &usize| places.get(revisions[*at].parents.first()?.as_str()).copied().filter(|next| next > at);
    let first = (!revisions.is_empty()).then_some(0);
    std::iter::successors(first, before).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOG: &str = "\u{1}aaa\u{2}bbb ccc\u{2}HEAD -> refs/heads/main\u{2}2026-03-10\u{2}Ada\u{2}a@b.c\u{2}more time\u{3}\0:100644 100644 o1 n1 M\0content/services/a.md\0:000000 120000 0 l1 A\0content/link.md\0\
                       \u{1}ccc\u{2}bbb\u{2}refs/heads/grafted\u{2}2026-03-09\u{2}Bo\u{2}b@b.c\u{2}\u{3}\
                       \u{1}bbb\u{2}\u{2}grafted\u{2}2026-03-09\u{2}Bo\u{2}b@b.c\u{2}\u{3}\0:000000 100644 000 o1 A\0content/services/a.md\0";

    #[test]
    fn what_git_prints_is_read_with_files_that_are_new_changed_or_links() {
        let found = revisions(LOG);
        let [first, second, third] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((first.commit.as_str(), first.by.as_str(), first.subject.as_str()), ("aaa", "Ada", "more time"));
        assert_eq!((first.on, first.address.as_str()), (Some(jiff::civil::date(2026, 3, 10)), "a@b.c"));
        assert_eq!(first.parents, ["bbb", "ccc"]);
        let some = |name: &str| Some(name.to_owned());
        assert_eq!(first.files[0], Changed { path: "content/services/a.md".into(), old: some("o1"), new: some("n1") });
        assert_eq!((&first.files[1].old, &first.files[1].new), (&None, &None));
        assert_eq!((&third.files[0].old, &third.files[0].new, second.subject.as_str()), (&None, &some("o1"), ""));
        assert_eq!((third.is_cut, second.is_cut, third.parents.len()), (true, false, 0));
        assert_eq!(revisions(""), []);
    }

    #[test]
    fn what_a_merge_brought_was_in_force_only_with_the_merge() {
        assert_eq!(line(&revisions(LOG)), [0, 2]);
        assert_eq!(line(&[]), [0; 0]);
    }
}
