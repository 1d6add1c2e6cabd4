//! What git tells of a handbook: its revisions, the last change of each file, commits that move review dates and change
//! nothing else, and what files said before.
//!
//! Pure: it reads what git prints. Starting git is the binary's part.

pub mod last;
pub mod revisions;
pub mod versions;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::units::date::parse_date;

/// How many things a commit must move for it to be looked at.
pub const MANY: usize = 5;

/// What `git log` is asked for, before the path: the latest commits with the files that they change.
pub const LOG: [&str; 6] = ["log", "--no-merges", "--max-count=300", "--format=commit %H", "--name-status", "--"];

/// What `git show` is asked for, before the commit: what it changes, without what stands around it.
pub const SHOW: [&str; 6] =
    ["show", "--unified=0", "--no-color", "--no-ext-diff", "--no-renames", "--format=commit %h %cs"];

/// A commit that moves review dates and nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bump {
    /// The short name of the commit.
    pub commit: String,
    /// The day of the commit.
    pub on: Option<Date>,
    /// The new dates, by the path of the file below the root of the repository.
    pub moved: BTreeMap<String, Date>,
}

/// Finds the commits that may be such: those that change many services and make, move or remove no file.
pub fn candidates(log: &str) -> Vec<&str> {
    let commits = log.split("commit ").skip(1).filter_map(|part| part.split_once('\n'));
    let may_be = |(_, files): &(&str, &str)| {
        let changed: Vec<&str> = files.lines().filter(|line| !line.is_empty()).collect();
        changed.len() >= MANY && changed.iter().all(|line| line.starts_with("M\t") && line.ends_with(".md"))
    };
    commits.filter(may_be).map(|(name, _)| name).collect()
}

/// Reads a commit, and gives it if it moves the review dates of many files and changes nothing else.
pub fn bump(shown: &str) -> Option<Bump> {
    let (head, diff) = shown.split_once('\n')?;
    let (commit, on) = head.strip_prefix("commit ")?.split_once(' ')?;
    let mut moved = BTreeMap::new();
    for file in diff.split("\ndiff --git ").skip(1) {
        let path = file.lines().find_map(|line| line.strip_prefix("+++ b/"))?;
        moved.insert(path.trim_end_matches('\t').to_owned(), moved_to(file)?);
    }
    let bump = Bump { commit: commit.to_owned(), on: parse_date(on).ok(), moved };
    (bump.moved.len() >= MANY).then_some(bump)
}

/// Gives the new review date of a file in which nothing but that date is changed.
fn moved_to(file: &str) -> Option<Date> {
    let body = || file.lines().skip_while(|line| !line.starts_with("@@"));
    let of = |sign: char| -> Vec<&str> { body().filter_map(|line| line.strip_prefix(sign)).collect() };
    let (old, new) = (of('-'), of('+'));
    let [old] = old.as_slice() else { return None };
    let [new] = new.as_slice() else { return None };
    let (before, after) = (without_date(old)?, without_date(new)?);
    (before.0 == after.0 && before.0.contains("last")).then_some(after.1)
}

/// Takes the date out of a line that has one.
fn without_date(line: &str) -> Option<(String, Date)> {
    let is_date = |at: &usize| line.get(*at..at + 10).is_some_and(|word| parse_date(word).is_ok());
    let at = (0..line.len().saturating_sub(9)).find(is_date)?;
    let date = parse_date(&line[at..at + 10]).ok()?;
    Some((format!("{}{}", &line[..at], &line[at + 10..]), date))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What git shows of a commit that changes lines of some files.
    fn shown(changes: &[(&str, &str, &str)]) -> String {
        let mut text = "commit 1a2b3c4 2026-11-20\n".to_owned();
        for (path, old, new) in changes {
            text.push_str(&format!(
                "\ndiff --git a/{path} b/{path}\nindex 1..2 100644\n--- a/{path}\n+++ b/{path}\n@@ -6 +6 @@ title: T\n-{old}\n+{new}"
            ));
        }
        text + "\n"
    }

    const OLD: &str = "review: {last: 2025-09-01, every: 12 months}";
    const NEW: &str = "review: {last: 2026-11-20, every: 12 months}";

    fn files(count: usize) -> Vec<String> {
        (0..count).map(|at| format!("content/services/s{at}.md")).collect()
    }

    #[test]
    fn a_commit_that_moves_many_dates_is_found() {
        let paths = files(5);
        let changes: Vec<_> = paths.iter().map(|path| (path.as_str(), OLD, NEW)).collect();
        let bump = bump(&shown(&changes)).unwrap();
        assert_eq!(
            (bump.commit.as_str(), bump.on, bump.moved.len()),
            ("1a2b3c4", Some(jiff::civil::date(2026, 11, 20)), 5)
        );
        assert_eq!(bump.moved["content/services/s3.md"], jiff::civil::date(2026, 11, 20));
    }

    #[test]
    fn one_that_changes_more_or_few_is_not() {
        let paths = files(5);
        let mut changes: Vec<_> = paths.iter().map(|path| (path.as_str(), OLD, NEW)).collect();
        assert_eq!(bump(&shown(&changes[..4])), None);
        for (old, new) in [
            ("    limit: 5bd", "    limit: 6bd"),
            (OLD, "review: {last: 2026-11-20, every: 24 months}"),
            ("approved: {date: 2025-09-01}", "approved: {date: 2026-11-20}"),
            (OLD, "review: {last: 2026-11-20, every: 12 months}\n+because: B"),
        ] {
            changes[2] = ("content/services/s2.md", old, new);
            assert_eq!(bump(&shown(&changes)), None, "{new}");
        }
    }

    #[test]
    fn only_commits_that_change_many_files_are_looked_at() {
        let changed =
            |sign: &str, count| files(count).iter().map(|path| format!("{sign}\t{path}\n")).collect::<String>();
        let log = format!(
            "commit aaa\n\n{}commit bbb\n\n{}commit ccc\n\n{}A\tcontent/services/x.md\ncommit ddd\n\n{}",
            changed("M", 5),
            changed("M", 4),
            changed("M", 6),
            changed("A", 9)
        );
        assert_eq!(candidates(&log), ["aaa"]);
        assert_eq!(candidates(""), [""; 0]);
    }

    #[test]
    fn what_is_no_commit_is_nothing() {
        for text in ["", "commit", "commit a b", "fatal: bad object"] {
            assert_eq!(bump(text), None, "{text}");
        }
    }
}
