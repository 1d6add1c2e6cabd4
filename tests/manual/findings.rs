//! `docs/findings.md`: every finding of the program, and no other.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use pledgebook::checks::catalogue::changeable_names;

use crate::document::{read, root};

/// Files that write words of the same form and mean something else: media types, addresses.
const NO_FINDINGS: [&str; 3] = ["src/serve", "src/output", "src/scaffold"];

#[test]
fn findings_are_those_of_the_program() {
    let documented = documented();
    let mut written = BTreeSet::new();
    collect(&root().join("src"), &groups(&documented), &mut written);
    let missing: Vec<_> = written.difference(&documented).collect();
    let gone: Vec<_> = documented.difference(&written).collect();
    assert!(missing.is_empty(), "docs/findings.md lacks {missing:?}");
    assert!(gone.is_empty(), "docs/findings.md tells of findings that no file in src makes: {gone:?}");
}

#[test]
fn findings_that_can_be_made_louder_are_marked() {
    let document = read("docs/findings.md");
    let marked = document.text.lines().filter(|line| line.starts_with("| `") && line.contains("**Can be changed.**"));
    let marked: BTreeSet<_> = marked.filter_map(name_of).collect();
    assert_eq!(marked, changeable_names().map(str::to_owned).collect());
}

/// Gives the names in the first column of the tables.
fn documented() -> BTreeSet<String> {
    let document = read("docs/findings.md");
    document.prose().into_iter().filter_map(name_of).collect()
}

fn name_of(line: &str) -> Option<String> {
    let name = line.strip_prefix("| `")?.split_once('`')?.0;
    name.contains('/').then(|| name.to_owned())
}

fn groups(names: &BTreeSet<String>) -> BTreeSet<String> {
    names.iter().filter_map(|name| Some(name.split_once('/')?.0.to_owned())).collect()
}

/// Collects the names of findings that are written in the sources, their tests left out.
fn collect(folder: &Path, groups: &BTreeSet<String>, names: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let below = path.strip_prefix(root()).unwrap().to_str().unwrap().to_owned();
        if NO_FINDINGS.iter().any(|left_out| below.starts_with(left_out)) {
            continue;
        }
        if path.is_dir() && !below.ends_with("/tests") {
            collect(&path, groups, names);
        } else if below.ends_with(".rs") && !below.ends_with("/tests.rs") {
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("\n#[cfg(test)]").next().unwrap_or_default();
            names.extend(names_in(code, groups));
        }
    }
}

/// Finds the words in quotation marks that have the form `group/name`, of a known group or where a finding is made.
fn names_in(code: &str, groups: &BTreeSet<String>) -> Vec<String> {
    let parts: Vec<&str> = code.split('"').collect();
    let is_word = |word: &str| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    let mut names = Vec::new();
    for pair in parts.windows(2) {
        let Some((group, name)) = pair[1].split_once('/') else { continue };
        let before = pair[0].trim_end();
        let made = ["Diagnostic::error(", "Diagnostic::warning(", "Diagnostic::info("];
        if is_word(group) && is_word(name) && (groups.contains(group) || made.iter().any(|made| before.ends_with(made)))
        {
            names.push(pair[1].to_owned());
        }
    }
    names
}

#[test]
fn names_are_found_where_findings_are_made_and_in_known_groups() {
    let groups = BTreeSet::from(["value".to_owned()]);
    let code = "Diagnostic::error(\n    \"new/name\", x); const FAULT: &str = \"value/share\"; \"text/html\" \"a b/c\"";
    assert_eq!(names_in(code, &groups), ["new/name", "value/share"]);
}
