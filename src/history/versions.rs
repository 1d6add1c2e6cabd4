//! What files said before: by which names git keeps it.

use std::collections::BTreeMap;

/// What `git log` is asked for, before the paths: the contents of files before and after each commit, by name.
pub const RAW: [&str; 7] = ["log", "--raw", "--no-abbrev", "--no-renames", "--max-count=2000", "--format=", "--"];

/// Gives the names of the contents that each file had, by its path below the root of the repository, the latest first.
pub fn names(log: &str) -> BTreeMap<String, Vec<String>> {
    let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in log.lines().filter_map(|line| line.strip_prefix(':')) {
        let Some((change, path)) = line.split_once('\t') else { continue };
        let mut words = change.split(' ').skip(2);
        let (Some(before), Some(after)) = (words.next(), words.next()) else { continue };
        let known = files.entry(path.to_owned()).or_default();
        for blob in [after, before].into_iter().filter(|blob| blob.bytes().any(|byte| byte != b'0')) {
            if !known.iter().any(|other| other == blob) {
                known.push(blob.to_owned());
            }
        }
    }
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_contents_of_a_file_are_named_from_the_latest_to_the_first() {
        let log = "\
:100644 100644 bbb ccc M\tcontent/a.md
:100644 100644 aaa bbb M\tcontent/a.md
:000000 100644 000 ddd A\tcontent/b.md
:000000 100644 000 aaa A\tcontent/a.md

";
        let files = names(log);
        assert_eq!(files["content/a.md"], ["ccc", "bbb", "aaa"]);
        assert_eq!(files["content/b.md"], ["ddd"]);
        assert_eq!(names("fatal: not a repository\n"), BTreeMap::new());
    }
}
