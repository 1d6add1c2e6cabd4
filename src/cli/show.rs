//! `show`: a thing as it stands, or as it stood on a day: a complaint about March is judged by March's standard.

use pledgebook::diff::Side;
use pledgebook::diff::shown::{Shown, find};
use pledgebook::model::handbook::Handbook;
use pledgebook::parse;
use serde_json::json;

use super::arguments::past::Show;
use super::arguments::{AnswerFormat, Arguments};
use super::reading::Files;
use super::terminal::Terminal;
use super::{CLEAN, FINDINGS, Outcome};

/// Runs the command.
pub(crate) fn run(wanted: &Show, arguments: &Arguments, terminal: &Terminal) -> Outcome {
    let Files { tree, prefix, revision } = Files::on(&arguments.root, wanted.as_of)?;
    let parsed = parse::parse(&tree, &prefix);
    let handbook = &parsed.handbook;
    let side = Side { handbook, tree: &tree, prefix: &prefix, calendars: handbook };
    let mut found = find(side, &wanted.thing);
    if found.is_empty()
        && let Some(other) = other_ids(wanted, handbook, arguments)?.into_iter().find(|id| !find(side, id).is_empty())
    {
        terminal.progress(&format!("`{}` is called `{other}` there", wanted.thing));
        found = find(side, &other);
    }
    let when = wanted.as_of.map_or_else(String::new, |day| format!(" on {day}"));
    if found.is_empty() {
        terminal.progress(&format!("there is no `{}` in the handbook{when}", wanted.thing));
        return Ok(FINDINGS);
    }
    terminal.answer(&match wanted.format {
        AnswerFormat::Text => {
            found.iter().map(|shown| text(shown, &when, revision.as_deref())).collect::<Vec<_>>().join("\n")
        }
        AnswerFormat::Json => {
            let all: Vec<_> = found.iter().map(json_of).collect();
            let as_of = wanted.as_of.map(|day| day.to_string());
            format!("{:#}\n", json!({"format": 1, "as_of": as_of, "revision": revision, "things": all}))
        }
    })?;
    Ok(CLEAN)
}

/// Gives the other ids of a thing: those that it has now, and those that it had on the day that is asked.
fn other_ids(
    wanted: &Show,
    handbook: &Handbook,
    arguments: &Arguments,
) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let now = |handbook: &Handbook| -> Vec<String> {
        handbook.renamed().into_iter().filter(|it| it.was == wanted.thing).map(|it| it.id).collect()
    };
    let mut ids = now(handbook);
    if wanted.as_of.is_some() {
        let Files { tree, prefix, .. } = Files::now(&arguments.root)?;
        let today = parse::parse(&tree, &prefix).handbook;
        ids.extend(today.renamed().into_iter().filter(|it| it.id == wanted.thing).map(|it| it.was));
    }
    Ok(ids)
}

fn text(shown: &Shown, when: &str, revision: Option<&str>) -> String {
    let revision =
        revision.map_or_else(String::new, |it| format!(", revision {}", it.chars().take(9).collect::<String>()));
    let mut text = format!("{} {}{when}{revision}\n", shown.kind.word(), shown.id);
    let width = shown.fields.iter().map(|(field, _)| field.chars().count()).max().unwrap_or_default().min(24);
    for (field, value) in &shown.fields {
        text.push_str(&format!("  {field:width$}  {}\n", value.replace('\n', " ")));
    }
    text.push_str(&format!("  {}:{}\n", shown.at.path, shown.at.line));
    text
}

fn json_of(shown: &Shown) -> serde_json::Value {
    let fields: Vec<_> = shown.fields.iter().map(|(field, value)| json!({"field": field, "value": value})).collect();
    json!({
        "kind": shown.kind.folder(),
        "id": shown.id,
        "fields": fields,
        "path": shown.at.path,
        "line": shown.at.line,
    })
}
