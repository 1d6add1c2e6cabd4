//! Links of the documents lead to files and headings that are there.

use std::collections::BTreeMap;

use crate::document::{Document, all, read, root};

/// A picture that is made by hand and may come later than its page.
const LATER: &str = "docs/picture.png";

#[test]
fn links_in_the_manual_lead_somewhere() {
    let mut lost = Vec::new();
    for document in all() {
        for target in targets(&document) {
            if target.contains("://") {
                continue;
            }
            let (path, anchor) = target.split_once('#').unwrap_or((&target, ""));
            let path = if path.is_empty() { document.path.clone() } else { joined(&document.path, path) };
            if path != LATER && !root().join(&path).exists() {
                lost.push(format!("{}: {target}", document.path));
            } else if !anchor.is_empty() && !anchors(&read(&path)).contains_key(anchor) {
                lost.push(format!("{}: {target}: no such heading", document.path));
            }
        }
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

#[test]
fn headings_of_a_document_differ() {
    for document in all() {
        let twice: Vec<_> = anchors(&document).into_iter().filter(|(_, times)| *times > 1).collect();
        assert!(twice.is_empty(), "{}: {twice:?}", document.path);
    }
}

/// Gives what the links and pictures of a document lead to.
fn targets(document: &Document) -> Vec<String> {
    let mut targets = Vec::new();
    for line in document.prose() {
        let mut rest = without_code(line);
        while let Some((_, after)) = rest.split_once("](") {
            let Some((target, after)) = after.split_once(')') else { break };
            targets.push(target.to_owned());
            rest = after.to_owned();
        }
    }
    targets
}

fn without_code(line: &str) -> String {
    line.split('`').step_by(2).collect::<Vec<_>>().join("`")
}

/// Gives the anchors of a document's headings as GitHub makes them, with how often each occurs.
fn anchors(document: &Document) -> BTreeMap<String, usize> {
    let mut anchors = BTreeMap::new();
    for line in document.prose().into_iter().filter(|line| line.starts_with('#')) {
        let title = line.trim_start_matches('#').trim().to_lowercase();
        let kept = title.chars().filter(|letter| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_'));
        *anchors.entry(kept.collect::<String>().replace(' ', "-")).or_default() += 1;
    }
    anchors
}

fn joined(from: &str, path: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}
