//! `explain`: what a check or a finding means. `checks`: the list of them.

use std::fmt::Write;

use pledgebook::checks::catalogue::checks;
use pledgebook::manual::findings::{explain, meant};
use serde_json::json;

use super::arguments::{AnswerFormat, Checks, Explain};
use super::terminal::Terminal;
use super::{CLEAN, Outcome};

/// Runs `explain`.
pub(crate) fn run(wanted: &Explain, terminal: &Terminal) -> Outcome {
    let name = wanted.name.trim();
    let Some(text) = explain(name) else {
        let near = meant(name).map_or_else(
            || "`pledgebook checks` lists the checks".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        return Err(format!("there is no check or finding `{name}`; {near}").into());
    };
    terminal.answer(&wrapped(&text))?;
    Ok(CLEAN)
}

/// The width of a paragraph, in columns.
const WIDTH: usize = 100;

/// Breaks paragraphs into lines; examples stay as they are.
fn wrapped(text: &str) -> String {
    let mut within = false;
    let mut out = String::new();
    for line in text.lines() {
        within ^= line.starts_with("```");
        let quote = if line.starts_with("> ") { "> " } else { "" };
        match within || line.starts_with("```") {
            true => out.push_str(line),
            false => out.push_str(&textwrap::fill(line, textwrap::Options::new(WIDTH).subsequent_indent(quote))),
        }
        out.push('\n');
    }
    out
}

/// Runs `checks`.
pub(crate) fn list(wanted: &Checks, terminal: &Terminal) -> Outcome {
    let text = match wanted.format {
        AnswerFormat::Text => table(),
        AnswerFormat::Json => {
            let one = |check: &pledgebook::checks::check::Check| json!({"name": check.name, "severity": check.severity.word(), "finds": check.finds, "why": check.why});
            let all = json!({"version": 1, "checks": checks().map(one).collect::<Vec<_>>()});
            format!("{}\n", serde_json::to_string_pretty(&all)?)
        }
    };
    terminal.answer(&text)?;
    Ok(CLEAN)
}

fn table() -> String {
    let width = checks().map(|check| check.name.len()).max().unwrap_or(0);
    let mut text = String::new();
    let mut group = "";
    for check in checks() {
        if check.group() != group && !group.is_empty() {
            text.push('\n');
        }
        group = check.group();
        let _ = writeln!(text, "{:width$}  {:7}  {}", check.name, check.severity.word(), check.finds);
    }
    text
}
