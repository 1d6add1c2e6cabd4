//! `history`: the decisions of a handbook over time, in the field's words, and the last change of a thing.

use pledgebook::diff::past::Decided;
use pledgebook::history::last::LastChange;
use pledgebook::model::authors::Authors;
use pledgebook::model::handbook::Handbook;
use pledgebook::model::kind::Kind;
use pledgebook::parse;
use pledgebook::pipeline::Past;
use pledgebook::source::{FileId, SourceTree};
use serde_json::json;

use super::arguments::past::History;
use super::arguments::{AnswerFormat, Arguments};
use super::git::Missing;
use super::past::{Asked, Of, known};
use super::reading::Files;
use super::terminal::Terminal;
use super::{CLEAN, FINDINGS, Outcome};

/// Runs the command.
pub(crate) fn run(wanted: &History, arguments: &Arguments, terminal: &Terminal) -> Outcome {
    let Files { tree, prefix, .. } = Files::now(&arguments.root)?;
    let handbook = &parse::parse(&tree, &prefix).handbook;
    let asked = Asked { root: &arguments.root, prefix: &prefix, handbook };
    let mut past = known(asked, "HEAD", Of::Disk).map_err(|fault| match fault {
        Missing::Git => "git is not there, and without it there is no history".to_owned(),
        Missing::Revision(said) => format!("git knows no history here: {said}"),
    })?;
    if past.is_cut {
        terminal.progress("git has not all revisions here (a shallow clone); what is older is missing");
    }
    let mut files = None;
    if let Some(thing) = &wanted.thing {
        // What is promised changes with the standards behind it.
        let behind = handbook.promise(thing).into_iter().flat_map(|row| &row.value.backed_by);
        let things: Vec<&str> = std::iter::once(thing.as_str()).chain(behind.map(|it| it.id.as_str())).collect();
        let is_below =
            |id: &str, thing: &str| id.strip_prefix(thing).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let is_of = |id: &str| things.iter().any(|thing| is_below(id, thing));
        past.decided
            .iter_mut()
            .for_each(|decided| decided.changes.retain(|change| is_of(&change.id) || is_of(change.id_now())));
        past.decided.retain(|decided| !decided.changes.is_empty());
        files = Some(last_changes(thing, (handbook, &tree, &prefix), &past));
    }
    terminal.answer(&match wanted.format {
        AnswerFormat::Text => text(&past.decided, files.as_deref().unwrap_or_default()),
        AnswerFormat::Json => format!("{:#}\n", json(&past, files.as_deref())),
    })?;
    Ok(if past.decided.is_empty() && wanted.thing.is_some() { FINDINGS } else { CLEAN })
}

/// A file in which a thing stands, with its last change.
struct LastOf<'a> {
    path: String,
    /// Nothing where git does not know it.
    last: Option<&'a LastChange>,
    role: Option<&'a str>,
}

/// Gives the files of all things that are so called, with their last changes.
fn last_changes<'a>(
    thing: &str,
    (handbook, tree, prefix): (&'a Handbook, &SourceTree, &str),
    past: &'a Past,
) -> Vec<LastOf<'a>> {
    let authors = Authors::of(handbook);
    let mut files: Vec<FileId> = Vec::new();
    for file in Kind::ALL.into_iter().flat_map(|kind| handbook.files_of(kind, thing)) {
        if !files.contains(&file) {
            files.push(file);
        }
    }
    let one = |file: FileId| {
        let path = format!("{prefix}{}", tree.file(file).path);
        let last = past.last.get(&path);
        LastOf { path, last, role: last.and_then(|last| authors.role(&last.address)) }
    };
    files.into_iter().map(one).collect()
}

fn text(all: &[Decided], files: &[LastOf<'_>]) -> String {
    let mut text = String::new();
    for Decided { revision, changes } in all {
        let on = revision.on.map_or_else(String::new, |on| on.to_string());
        text.push_str(&format!("{on}  {}  {}: {}\n", short(&revision.commit), revision.by, revision.subject));
        for change in changes {
            let said = change.to_string();
            let colon = if said.is_empty() { "" } else { ": " };
            text.push_str(&format!("    {}: {} {}{colon}{said}\n", change.what.words(), change.kind_word(), change.id));
        }
    }
    if text.is_empty() {
        text.push_str("no decision is known\n");
    }
    for LastOf { path, last, role } in files {
        let by = role.map_or_else(String::new, |role| format!(" by {role}"));
        text.push_str(&match last {
            Some(last) => format!("last changed {}  {}{by}: {path}\n", last.on, short(&last.commit)),
            None => format!("last change not known to git: {path}\n"),
        });
    }
    text
}

fn short(commit: &str) -> String {
    commit.chars().take(9).collect()
}

fn json(past: &Past, files: Option<&[LastOf<'_>]>) -> serde_json::Value {
    let one = |it: &Decided| {
        json!({
            "commit": it.revision.commit,
            "on": it.revision.on.map(|on| on.to_string()),
            "by": it.revision.by,
            "subject": it.revision.subject,
            "changes": it.changes.iter().map(pledgebook::diff::told::json_of).collect::<Vec<_>>(),
        })
    };
    let last = |it: &LastOf<'_>| {
        json!({
            "path": it.path,
            "on": it.last.map(|last| last.on.to_string()),
            "commit": it.last.map(|last| &last.commit),
            "role": it.role,
        })
    };
    let decisions: Vec<_> = past.decided.iter().map(one).collect();
    let mut answer = json!({"format": 1, "shallow": past.is_cut, "decisions": decisions});
    if let Some(files) = files {
        answer["last_changes"] = files.iter().map(last).collect();
    }
    answer
}
