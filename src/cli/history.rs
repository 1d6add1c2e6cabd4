//! `history`: the decisions of a handbook over time, in the field's words.

use pledgebook::diff::past::{Decided, decisions, may_decide};
use pledgebook::parse;
use serde_json::json;

use super::arguments::past::History;
use super::arguments::{AnswerFormat, Arguments};
use super::git::{Missing, past};
use super::reading::Files;
use super::terminal::Terminal;
use super::{CLEAN, FINDINGS, Outcome};

/// Runs the command.
pub(crate) fn run(wanted: &History, arguments: &Arguments, terminal: &Terminal) -> Outcome {
    let Files { tree, prefix, .. } = Files::now(&arguments.root)?;
    let now = parse::parse(&tree, &prefix).handbook;
    let languages = now.config.language_tags();
    let past =
        past(&arguments.root, "HEAD", |path| may_decide(path, &prefix, &languages)).map_err(|fault| match fault {
            Missing::Git => "git is not there, and without it there is no history".to_owned(),
            Missing::Revision(said) => format!("git knows no history here: {said}"),
        })?;
    if past.shallow {
        terminal.progress("git has not all revisions here (a shallow clone); what is older is missing");
    }
    let mut all = decisions(past.revisions, &prefix, &now, &past.content);
    if let Some(thing) = &wanted.thing {
        let is_of = |id: &str| id == thing || id.strip_prefix(thing.as_str()).is_some_and(|rest| rest.starts_with('/'));
        all.iter_mut().for_each(|decided| decided.changes.retain(|change| is_of(&change.id)));
        all.retain(|decided| !decided.changes.is_empty());
    }
    terminal.answer(&match wanted.format {
        AnswerFormat::Text => text(&all),
        AnswerFormat::Json => format!("{:#}\n", json(&all, past.shallow)),
    })?;
    Ok(if all.is_empty() && wanted.thing.is_some() { FINDINGS } else { CLEAN })
}

fn text(all: &[Decided]) -> String {
    let mut text = String::new();
    for Decided { revision, changes } in all {
        let on = revision.on.map_or_else(String::new, |on| on.to_string());
        let short: String = revision.commit.chars().take(9).collect();
        text.push_str(&format!("{on}  {short}  {}: {}\n", revision.by, revision.subject));
        for change in changes {
            let said = change.to_string();
            let colon = if said.is_empty() { "" } else { ": " };
            text.push_str(&format!("    {}: {} {}{colon}{said}\n", change.what.words(), change.kind.word(), change.id));
        }
    }
    if text.is_empty() { "no decision is known\n".to_owned() } else { text }
}

fn json(all: &[Decided], shallow: bool) -> serde_json::Value {
    let one = |it: &Decided| {
        json!({
            "commit": it.revision.commit,
            "on": it.revision.on.map(|on| on.to_string()),
            "by": it.revision.by,
            "subject": it.revision.subject,
            "changes": it.changes.iter().map(pledgebook::diff::told::json_of).collect::<Vec<_>>(),
        })
    };
    json!({"format": 1, "shallow": shallow, "decisions": all.iter().map(one).collect::<Vec<_>>()})
}
