//! What holds of every finding: it says what is wrong and what to write, at places that are there; and it can be printed.

use pledgebook::diagnostic::edit::Edit;
use pledgebook::diagnostic::full::{self, Colour};
use pledgebook::diagnostic::report::Report;
use pledgebook::diagnostic::{Diagnostic, Place, json};
use pledgebook::source::{SourceTree, Span};

/// So many findings are printed; the others are made of the same parts.
const PRINTED: usize = 6;

/// Holds findings about the files of a tree to what every finding owes its reader.
pub fn hold(found: &[Diagnostic], tree: &SourceTree) {
    for told in found {
        is_said(&told.message, told);
        is_said(told.action.as_deref().unwrap_or_default(), told);
        if let Place::At(span) = told.place {
            lies_in_its_file(span, tree);
        }
        told.labels.iter().for_each(|label| lies_in_its_file(label.span, tree));
        told.fix.iter().for_each(|edit| can_be_made(edit, tree));
    }
}

/// Prints the first findings, whatever an author wrote into them.
pub fn print(found: &[Diagnostic], tree: &SourceTree) {
    let first = &found[..found.len().min(PRINTED)];
    full::print(first, tree, "", Colour::Always);
    let printed = json::print(&Report::plain(first, tree, ""));
    assert!(serde_json::from_str::<serde_json::Value>(&printed).is_ok(), "{printed}");
}

/// Holds a place to lie in its file, between whole characters.
pub fn lies_in_its_file(span: Span, tree: &SourceTree) {
    let text = tree.text(span.file).expect("a place is in a text").as_str();
    assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?} in {text:?}");
}

fn is_said(sentence: &str, told: &Diagnostic) {
    let is_sentence = !sentence.trim().is_empty() && !sentence.contains(char::is_control);
    assert!(is_sentence, "{sentence:?} of {told:?}");
}

fn can_be_made(edit: &Edit, tree: &SourceTree) {
    lies_in_its_file(edit.span, tree);
    let is_new = |letter: char| letter.is_control() && letter != '\n' && !tree.slice(edit.span).contains(letter);
    assert!(!edit.written(tree).unwrap_or_default().contains(is_new), "{edit:?}");
}
