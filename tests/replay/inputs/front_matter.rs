//! Files of things: the text as a service, a playbook, a checklist and a page, and as the translation of each.

use std::collections::BTreeMap;

use pledgebook::diagnostic::Diagnostic;
use pledgebook::fields::node::{Node, NodeKind};
use pledgebook::fields::text::Language;
use pledgebook::fields::value::Value;
use pledgebook::fields::yaml;
use pledgebook::mend::mend;
use pledgebook::model::checklist::Checklist;
use pledgebook::model::kind::Kind;
use pledgebook::model::page::Page;
use pledgebook::model::playbook::Playbook;
use pledgebook::model::service::Service;
use pledgebook::parse::document::{self, Family};
use pledgebook::parse::front_matter::split;
use pledgebook::source::{SourceTree, Span};

use super::findings;

/// What is mended is done after so many rounds, or never.
const MOST_ROUNDS: usize = 60;

/// Reads a text as each kind of document, mends what can be mended, and looks at the places of its values.
pub fn hold(text: &str) {
    let tree = SourceTree::from_texts([("a.de.md", text), ("a.md", text)]);
    findings::print(&read::<Service>(Kind::Service, &tree), &tree);
    is_told_and_mended(&tree, |tree| read::<Service>(Kind::Service, tree));
    is_told_and_mended(&tree, |tree| read::<Playbook>(Kind::Playbook, tree));
    is_told_and_mended(&tree, |tree| read::<Checklist>(Kind::Checklist, tree));
    is_told_and_mended(&tree, |tree| read::<Page>(Kind::Page, tree));
    let file = tree.find("a.md").expect("it was put there");
    if let Ok(parts) = split(file, text) {
        findings::lies_in_its_file(parts.body, &tree);
        let read = yaml::read(tree.slice(parts.front), parts.front);
        if !read.incomplete {
            lies_within(&read.root, parts.front, &tree);
        }
    }
}

fn read<T: Value + Default>(kind: Kind, tree: &SourceTree) -> Vec<Diagnostic> {
    let translations = tree.find("a.de.md").map(|file| (Language(1), file));
    let family =
        Family { source: tree.find("a.md"), translations: BTreeMap::from_iter(translations), ..Family::new(kind, "a") };
    document::read::<T>(&family, tree, &["en".to_owned(), "de".to_owned()]).diagnostics
}

/// Holds findings to be sound, and mending them to come to an end.
fn is_told_and_mended(tree: &SourceTree, look: impl Fn(&SourceTree) -> Vec<Diagnostic>) {
    let mut found = look(tree);
    findings::hold(&found, tree);
    let mut tree = tree.clone();
    for _ in 0..MOST_ROUNDS {
        let mended = mend(&found, &tree);
        if mended.is_empty() {
            return;
        }
        tree = tree.with_texts(mended.texts);
        found = look(&tree);
    }
    panic!("it is never mended: {found:?}");
}

/// Holds a value to stand within the value around it, and to hold what is written there. What is empty at the end of a
/// text of several lines may lie behind the end of the list in which it stands.
fn lies_within(node: &Node, around: Span, tree: &SourceTree) {
    findings::lies_in_its_file(node.span, tree);
    let is_within = |span: Span| {
        let blank = tree.slice(span).len() - tree.slice(span).trim_end().len();
        around.start <= span.start && span.end as usize - blank <= around.end as usize
    };
    assert!(is_within(node.span), "{node:?} in {:?}", tree.slice(around));
    match &node.kind {
        NodeKind::Scalar(value) => {
            let written = tree.slice(node.span);
            let is_plain = !written.starts_with(['"', '\'', '|', '>', '&', '!']) && !written.contains(['\n', '\r']);
            assert!(!is_plain || written == value, "{value:?} was written {written:?}");
        }
        NodeKind::List(items) => items.iter().for_each(|item| lies_within(item, node.span, tree)),
        NodeKind::Map(entries) => {
            for entry in entries {
                assert!(is_within(entry.key_span), "{entry:?}");
                findings::lies_in_its_file(entry.key_span, tree);
                lies_within(&entry.value, node.span, tree);
            }
        }
        NodeKind::Null | NodeKind::Broken => {}
    }
}
