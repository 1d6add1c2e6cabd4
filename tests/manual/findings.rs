//! `docs/findings.md` and `docs/checks.md`: every finding of the program, and no other.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use pledgebook::checks::catalogue::{check_named, checks};
use pledgebook::checks::check::Check;
use pledgebook::manual::findings::{checks_of, list, rules_of};
use pledgebook::manual::rules::RULES;

use crate::document::{hold, root};

/// Files that write words of the same form and mean something else: media types, addresses.
const NO_FINDINGS: [&str; 4] = ["src/serve", "src/output", "src/scaffold", "src/manual"];

#[test]
fn rules_are_the_findings_that_the_program_makes() {
    let known: BTreeSet<String> = RULES.iter().map(|rule| rule.name.to_owned()).collect();
    let mut written = BTreeSet::new();
    collect(&root().join("src"), &groups(&known), &mut written);
    written.retain(|name| check_named(name).is_none());
    let missing: Vec<_> = written.difference(&known).collect();
    let gone: Vec<_> = known.difference(&written).collect();
    assert!(missing.is_empty(), "src/manual/rules.rs lacks {missing:?}");
    assert!(gone.is_empty(), "src/manual/rules.rs tells of findings that no file in src makes: {gone:?}");
}

#[test]
fn findings_are_explained_in_the_manual() {
    let mut groups: Vec<&str> = RULES.iter().filter_map(|rule| rule.name.split('/').next()).collect();
    groups.dedup();
    let names: Vec<String> = groups.iter().map(|group| format!("findings {group}")).collect();
    hold("docs/findings.md", &names, |name| rules_of(name.strip_prefix("findings ")?));
}

#[test]
fn checks_are_explained_in_the_manual() {
    let mut groups: Vec<&str> = checks().map(Check::group).collect();
    groups.dedup();
    let groups = groups.into_iter().chain(["list"]);
    let names: Vec<String> = groups.map(|group| format!("checks {group}")).collect();
    hold("docs/checks.md", &names, |name| match name.strip_prefix("checks ")? {
        "list" => Some(list()),
        group => Some(checks_of(group).unwrap_or_default()),
    });
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
