//! Changes as they are told: to a person on a terminal, in a merge request, to a machine, to a forge.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::change::{Change, Effect};
use crate::diagnostic::github::{data, property};

/// The version of the JSON.
const FORMAT: u32 = 1;

/// What is told, besides the changes themselves.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// What the older handbook is called.
    pub base: String,
    /// What the newer one is called.
    pub head: String,
    /// The changes.
    pub changes: Vec<Change>,
    /// The fingerprints of those that somebody has approved.
    pub approved: BTreeSet<String>,
    /// What a reader must know of the comparison: what could not be read.
    pub notes: Vec<String>,
}

/// The longest comment, in bytes: GitHub takes 65,536 characters, and a recipe may add a line of its own.
const LONGEST: usize = 60_000;

/// The most characters of a cell.
const LONGEST_CELL: usize = 400;

const GROUPS: [(Effect, &str); 4] = [
    (Effect::Worse, "Worse for customers"),
    (Effect::Better, "Better for customers"),
    (Effect::Inside, "Other decisions"),
    (Effect::None, "No decision"),
];

impl Comparison {
    /// Walks over the changes that nobody has approved.
    pub fn unapproved(&self) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(|change| !self.is_approved(change))
    }

    fn is_approved(&self, change: &Change) -> bool {
        self.approved.contains(&change.fingerprint())
    }

    /// Says by which fingerprint a decision is approved, or that it is.
    fn approval(&self, change: &Change) -> String {
        match self.is_approved(change) {
            true => "approved".to_owned(),
            false if change.is_decision() => change.fingerprint(),
            false => String::new(),
        }
    }

    fn of(&self, effect: Effect) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(move |change| change.effect == effect)
    }

    /// Counts the decisions, and says what they come to.
    fn sum(&self) -> String {
        let [worse, better, inside, words] = GROUPS.map(|(effect, _)| self.of(effect).count());
        let decisions = worse + better + inside;
        if decisions + words == 0 {
            return "nothing has changed".to_owned();
        }
        let plural = |n: usize, one: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") };
        let parts = [(worse, "worse"), (better, "better"), (inside, "other")];
        let parts: Vec<String> = parts.iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}")).collect();
        let decisions = match decisions {
            0 => "no decision".to_owned(),
            n => format!("{} ({})", plural(n, "decision"), parts.join(", ")),
        };
        let decisions = match self.changes.iter().filter(|change| self.is_approved(change)).count() {
            0 => decisions,
            n => format!("{decisions}, {n} approved"),
        };
        if words == 0 { decisions } else { format!("{decisions}, {}", plural(words, "change") + " without one") }
    }

    /// Writes them for a terminal.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for note in &self.notes {
            text.push_str(&format!("note: {note}\n"));
        }
        for (effect, head) in GROUPS {
            let all: Vec<&Change> = self.of(effect).collect();
            if all.is_empty() {
                continue;
            }
            text.push_str(&format!("{head}\n"));
            for change in all {
                let At { path, line } = At::of(change);
                text.push_str(&format!("  {}: {} {}\n", change.what.words(), change.kind_word(), change.id));
                let said = change.to_string();
                if !said.is_empty() {
                    text.push_str(&format!("      {said}\n"));
                }
                let approval = self.approval(change);
                let gap = if approval.is_empty() { "" } else { "  " };
                text.push_str(&format!("      {path}:{line}{gap}{approval}\n"));
            }
        }
        text.push_str(&self.sum());
        text.push('\n');
        text
    }

    /// Writes them as a comment on a merge request.
    pub fn markdown(&self) -> String {
        let mut text = format!("### What changes for customers and staff\n\n{}.\n", capital(&self.sum()));
        for note in &self.notes {
            text.push_str(&format!("\n> **Note:** {}\n", escaped(note)));
        }
        for (effect, head) in GROUPS {
            let all: Vec<&Change> = self.of(effect).collect();
            if all.is_empty() {
                continue;
            }
            let folded = effect == Effect::None;
            match folded {
                true => text.push_str(&format!("\n<details><summary>{head} ({})</summary>\n\n", all.len())),
                false => text.push_str(&format!("\n#### {head}\n\n")),
            }
            text.push_str("| | what | was | is |\n|---|---|---|---|\n");
            let mut left_out = 0;
            for change in all {
                let At { path, line } = At::of(change);
                let title = if change.title.is_empty() { &change.id } else { &change.title };
                let approval = self.approval(change);
                let gap = if approval.is_empty() { "" } else { " · " };
                let (mut field, case) = change.field_and_case();
                if !case.is_empty() {
                    field.push_str(&format!(" ({case})"));
                }
                let row = format!(
                    "| **{}** | {} “{}” {}<br>`{path}:{line}`{gap}{approval} | {} | {} |\n",
                    change.what.words(),
                    change.kind_word(),
                    escaped(title),
                    escaped(&field),
                    cell(&change.before),
                    cell(&change.after)
                );
                match text.len() + row.len() <= LONGEST {
                    true => text.push_str(&row),
                    false => left_out += 1,
                }
            }
            if left_out > 0 {
                text.push_str(&format!("\n{left_out} more have no room here; `pledgebook diff` tells them all.\n"));
            }
            if folded {
                text.push_str("\n</details>\n");
            }
        }
        text
    }

    /// Gives them for machines.
    pub fn json(&self) -> Value {
        json!({
            "format": FORMAT,
            "base": self.base,
            "head": self.head,
            "notes": self.notes,
            "changes": self.changes.iter().map(|change| self.with_approval(change)).collect::<Vec<_>>(),
        })
    }

    fn with_approval(&self, change: &Change) -> Value {
        let mut told = json_of(change);
        told["approved"] = self.is_approved(change).into();
        told
    }

    /// Writes the decisions as commands of GitHub's workflows: what is worse as a warning, all else as a notice.
    pub fn github(&self) -> String {
        let mut text = String::new();
        for note in &self.notes {
            text.push_str(&format!("::notice::{}\n", data(note)));
        }
        for change in self.changes.iter().filter(|change| change.is_decision()) {
            let command =
                if change.effect == Effect::Worse && !self.is_approved(change) { "warning" } else { "notice" };
            let place = match change.at.before {
                true => String::new(),
                false => format!("file={},line={},", property(&change.at.path), change.at.line),
            };
            let title = property(&format!("{}: {}", change.what.words(), change.title));
            let said = data(&format!("{} {}: {change}", change.kind_word(), change.id));
            text.push_str(&format!("::{command} {place}title={title}::{said}\n"));
        }
        text
    }
}

/// Gives a change for machines.
pub fn json_of(change: &Change) -> Value {
    json!({
        "fingerprint": change.fingerprint(),
        "change": change.what.name(),
        "effect": change.effect.name(),
        "decision": change.is_decision(),
        "kind": change.kind.folder(),
        "id": change.id,
        "title": change.title,
        "field": change.field,
        "before": change.before,
        "after": change.after,
        "path": change.at.path,
        "line": change.at.line,
        "side": if change.at.before { "base" } else { "head" },
    })
}

/// A place as it is written.
struct At<'a> {
    path: &'a str,
    line: usize,
}

impl<'a> At<'a> {
    fn of(change: &'a Change) -> Self {
        Self { path: &change.at.path, line: change.at.line }
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Writes a value into a cell, a long one in part.
fn cell(text: &str) -> String {
    match text.char_indices().nth(LONGEST_CELL) {
        Some((end, _)) => escaped(&text[..end]) + "…",
        None => escaped(text),
    }
}

/// Keeps a text from being more than text in a cell of a table in Markdown.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        match letter {
            '\n' => out.push(' '),
            '|' | '`' | '*' | '_' | '[' | ']' | '\\' | '#' | '~' => out.extend(['\\', letter]),
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            // A name with @ would call somebody on a forge.
            '@' => out.push_str("@\u{200b}"),
            _ => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::change::{At, What};
    use crate::model::kind::Kind;

    fn change(what: What, kind: Kind, before: &str, after: &str) -> Change {
        Change {
            what,
            effect: what.effect(kind),
            kind,
            id: "repair/quick".into(),
            now: None,
            title: "Quick | or not".into(),
            field: "limit".into(),
            before: before.into(),
            after: after.into(),
            at: At { path: "content/services/repair.md".into(), line: 7, before: what == What::Withdrawn },
        }
    }

    fn comparison() -> Comparison {
        let changes = vec![
            change(What::Loosened, Kind::Standard, "2 weeks", "3 weeks"),
            change(What::Withdrawn, Kind::Promise, "@all", ""),
            change(What::TargetRaised, Kind::Standard, "90%", "95%"),
            change(What::OwnerChanged, Kind::Service, "a", "b"),
            change(What::Wording, Kind::Service, "a", "b"),
        ];
        Comparison {
            base: "main".into(),
            head: "the folder".into(),
            changes,
            notes: vec!["main has 2 errors".into()],
            ..Comparison::default()
        }
    }

    #[test]
    fn a_person_reads_what_is_worse_first_with_a_place_to_open() {
        let text = comparison().text();
        let at = |part: &str| text.find(part).unwrap_or_else(|| panic!("no `{part}` in {text}"));
        assert!(text.starts_with("note: main has 2 errors\nWorse for customers\n  loosened: standard repair/quick\n      limit 2 weeks → 3 weeks\n      content/services/repair.md:7  "), "{text}");
        assert!(at("Worse") < at("Better") && at("Better") < at("Other decisions") && at("Other") < at("No decision"));
        assert!(text.ends_with("4 decisions (2 worse, 1 better, 1 other), 1 change without one\n"), "{text}");
        assert_eq!(Comparison::default().text(), "nothing has changed\n");
    }

    #[test]
    fn in_a_comment_words_are_folded_and_nothing_breaks_the_table_or_calls_anybody() {
        let text = comparison().markdown().replace(&comparison().changes[0].fingerprint(), "FINGERPRINT");
        assert!(text.contains("| **loosened** | standard “Quick \\| or not” limit<br>`content/services/repair.md:7` · FINGERPRINT | 2 weeks | 3 weeks |"), "{text}");
        assert!(text.contains("<details><summary>No decision (1)</summary>") && text.ends_with("</details>\n"));
        assert!(!text.contains("@all"), "{text}");
        let rows = text.lines().filter(|line| line.starts_with("| **"));
        assert!(rows.map(|row| row.replace("\\|", "").matches('|').count()).all(|bars| bars == 5), "{text}");
    }

    #[test]
    fn what_is_approved_is_told_as_approved_and_is_no_warning() {
        let mut comparison = comparison();
        let loosened = comparison.changes[0].fingerprint();
        assert!(comparison.text().contains(&format!("repair.md:7  {loosened}\n")), "{}", comparison.text());
        assert!(!comparison.text().contains(&comparison.changes[4].fingerprint()), "words need no approval");
        assert_eq!(comparison.unapproved().count(), 5);
        comparison.approved.insert(loosened.clone());
        assert!(comparison.unapproved().all(|change| change.what != What::Loosened));
        assert!(comparison.text().contains("repair.md:7  approved\n"));
        assert!(
            comparison.text().ends_with("4 decisions (2 worse, 1 better, 1 other), 1 approved, 1 change without one\n")
        );
        assert!(comparison.markdown().contains("repair.md:7` · approved | 2 weeks"));
        assert!(comparison.github().contains("::notice file=content/services/repair.md,line=7,title=loosened"));
        let told = comparison.json();
        assert_eq!([0, 1].map(|at| told["changes"][at]["approved"].as_bool()), [Some(true), Some(false)]);
    }

    #[test]
    fn a_comment_takes_no_more_than_a_forge_does_and_says_what_it_leaves_out() {
        let mut comparison = comparison();
        comparison.changes[0].before = "ä".repeat(1000);
        let one = comparison.changes[0].clone();
        comparison.changes.extend(std::iter::repeat_n(one, 999));
        let text = comparison.markdown();
        assert!((50_000..65_000).contains(&text.len()), "{}", text.len());
        let told = text.lines().filter(|line| line.starts_with("| **loosened**")).count();
        assert!(text.contains(&format!("\n{} more have no room here", 1000 - told)), "{told}");
        assert!(text.contains(&format!("| {}… | 3 weeks |", "ä".repeat(LONGEST_CELL))));
        assert!(text.ends_with("</details>\n"));
    }

    #[test]
    fn a_program_is_told_each_change_with_its_fingerprint_and_side() {
        let json = comparison().json();
        assert_eq!((&json["format"], &json["base"]), (&1.into(), &"main".into()));
        let first = &json["changes"][0];
        assert_eq!(
            (&first["change"], &first["effect"], &first["line"]),
            (&"loosened".into(), &"worse".into(), &7.into())
        );
        assert_eq!(first["fingerprint"].as_str().map(str::len), Some(12));
        assert_eq!((&json["changes"][1]["side"], &json["changes"][4]["decision"]), (&"base".into(), &false.into()));
    }

    #[test]
    fn a_forge_is_told_decisions_alone_and_a_place_only_where_there_is_one() {
        let text = comparison().github();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 5);
        assert_eq!(
            lines[1],
            "::warning file=content/services/repair.md,line=7,title=loosened%3A Quick | or not::standard repair/quick: limit 2 weeks → 3 weeks"
        );
        assert!(lines[2].starts_with("::warning title=withdrawn") && lines[3].starts_with("::notice file="));
    }
}
