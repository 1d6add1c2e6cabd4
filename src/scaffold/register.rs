//! A new entry at the end of a register. What is there stays as it is, to the byte.

use jiff::civil::Date;

use crate::fields::node::{Node, NodeKind};
use crate::fields::yaml::{self, Document};
use crate::model::handbook::Handbook;
use crate::model::kind::Kind;
use crate::scaffold::choice::Choice;
use crate::scaffold::draft::Draft;
use crate::scaffold::example::Examples;
use crate::scaffold::kinds;
use crate::source::{FileId, Span};
use crate::units::Malformed;

/// A register as it is.
#[derive(Clone, Copy, Debug)]
pub struct Before<'a> {
    /// The path of the file, as an author is told.
    pub path: &'a str,
    /// What the file holds; empty where there is none.
    pub text: &'a str,
}

/// Writes what is to be added at the end of a register.
///
/// Refused are an id that is there already, and a file to whose end nothing can be added.
pub fn addition(
    (kind, id): (Kind, &str),
    Before { path, text: before }: Before<'_>,
    choices: &[Choice],
    handbook: &Handbook,
    today: Date,
) -> Result<String, Malformed> {
    let old = read(before);
    if old.incomplete {
        let message = format!("`{path}` has a fault, so that nothing can be added to it");
        return Err(Malformed::new(message, "mend it first; `pledgebook check` tells where it is"));
    }
    if old.root.get(id).is_some() {
        let message = format!("`{path}` has a {} `{id}` already", kind.word());
        return Err(Malformed::new(message, "write another id, or change the entry that is there"));
    }
    let indent = old.root.entries().first().map_or(0, |entry| column(before, entry.key_span));
    let mut lines = beginning(before, kind);
    lines.push(format!("{}{id}:", " ".repeat(indent)));
    let tags = handbook.config.language_tags();
    let languages = if tags.len() > 1 { tags.as_slice() } else { &[] };
    let examples = Examples { handbook, today, standard: None };
    let mut draft = Draft { examples, standard: None, choices, languages, lines };
    draft.record(kinds::fields(kind), indent + 2);
    let ending = if before.contains("\r\n") { "\r\n" } else { "\n" };
    let mut added = draft.lines.join(ending);
    added.push_str(ending);
    if !before.is_empty() && !before.ends_with('\n') {
        added.insert_str(0, ending);
    }
    if fits(&old, id, &read(&format!("{before}{added}"))) { Ok(added) } else { Err(cannot_be_added(path, kind)) }
}

fn cannot_be_added(path: &str, kind: Kind) -> Malformed {
    Malformed::new(
        format!("nothing can be added at the end of `{path}`"),
        format!("write each {} on lines of its own, its id first, without brackets around them all", kind.word()),
    )
}

/// Gives what stands before the entry: the heading of a new file, or an empty line.
fn beginning(before: &str, kind: Kind) -> Vec<String> {
    if !before.trim().is_empty() {
        return vec![String::new()];
    }
    vec![
        format!(
            "# {}: an id of your own, then its fields below it. Fill in what is marked `…`.",
            capital(kind.folder())
        ),
        "# A `#` right before a word hides a field that may be left out: to use the field, remove that `#`.".to_owned(),
    ]
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn read(text: &str) -> Document {
    yaml::read(text, Span::new(FileId(0), 0, text.len()))
}

/// Counts the spaces before a key.
fn column(text: &str, span: Span) -> usize {
    let before = text.get(..span.start as usize).unwrap_or_default();
    before.rsplit('\n').next().unwrap_or_default().chars().filter(|letter| *letter != '\u{feff}').count()
}

/// Tells whether a register has all its old entries and one more.
fn fits(old: &Document, id: &str, new: &Document) -> bool {
    let had = match &old.root.kind {
        NodeKind::Map(entries) => entries.as_slice(),
        NodeKind::Null => &[],
        _ => return false,
    };
    let Some((last, kept)) = new.root.entries().split_last() else { return false };
    let same = kept.len() == had.len() && had.iter().zip(kept).all(|(old, new)| is_same(&old.value, &new.value));
    same && last.key == id && new.diagnostics.len() == old.diagnostics.len()
}

/// Tells whether two nodes hold the same, wherever they stand.
fn is_same(a: &Node, b: &Node) -> bool {
    match (&a.kind, &b.kind) {
        (NodeKind::List(a), NodeKind::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b)),
        (NodeKind::Map(a), NodeKind::Map(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.key == b.key && is_same(&a.value, &b.value))
        }
        (a, b) => a == b,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn add(before: &str) -> Result<String, String> {
        let today = jiff::civil::date(2026, 11, 21);
        let before = Before { path: "roles.yaml", text: before };
        addition((Kind::Role, "courier"), before, &[], &Handbook::default(), today).map_err(|fault| fault.message)
    }

    #[test]
    fn an_entry_follows_what_is_there() {
        for before in ["desk:\n  title: Desk", "desk:\n  title: Desk\n", "desk: {title: Desk}\n# the end\n", "# none\n"]
        {
            let added = add(before).unwrap();
            let all = read(&format!("{before}{added}"));
            assert_eq!(all.root.entries().last().unwrap().key, "courier", "{before}{added}");
        }
    }

    #[test]
    fn an_entry_is_as_far_in_as_those_that_are_there() {
        assert!(
            add("  desk:\n    title: Desk\n")
                .unwrap()
                .contains("\n  courier:\n    # What it is called.\n    title: …\n")
        );
    }

    #[test]
    fn the_line_ends_of_the_file_are_kept() {
        let added = add("desk:\r\n  title: Desk\r\n").unwrap();
        assert_eq!(added.matches('\n').count(), added.matches("\r\n").count());
    }

    #[test]
    fn a_block_of_text_at_the_end_is_not_swallowed() {
        let before = "desk:\n  title: |\n    Desk\n\n";
        assert!(add(before).is_ok());
    }

    #[test]
    fn a_new_file_says_how_it_is_written() {
        assert!(add("").unwrap().starts_with("# Roles: an id of your own, then its fields below it."));
    }

    #[test]
    fn an_id_that_is_there_is_refused() {
        assert_eq!(add("courier:\n  title: C\n").unwrap_err(), "`roles.yaml` has a role `courier` already");
    }

    #[test]
    fn a_file_to_whose_end_nothing_can_be_added_is_refused() {
        for before in ["{desk: {title: Desk}}\n", "- desk\n", "desk: {title: D}\n...\n", "desk\n"] {
            assert_eq!(add(before).unwrap_err(), "nothing can be added at the end of `roles.yaml`", "{before}");
        }
    }

    #[test]
    fn a_file_with_a_fault_is_left_alone() {
        assert!(add("desk: {title: [\n").unwrap_err().ends_with("has a fault, so that nothing can be added to it"));
    }

    #[test]
    fn nothing_is_lost_however_the_file_ends() {
        for end in ["", "\n", "\n\n\n", "\n# a note", "\n  \n"] {
            let before = format!("a:\n  title: x\nb:\n  title: {{en: y}}{end}");
            let all = read(&format!("{before}{}", add(&before).unwrap()));
            assert_eq!(
                all.root.entries().iter().map(|entry| entry.key.as_str()).collect::<Vec<_>>(),
                ["a", "b", "courier"]
            );
        }
    }
}
