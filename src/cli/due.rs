//! `due`: tells when a limit ends, or fills a table of deadlines.

use std::io::Read;
use std::path::Path;

use pledgebook::answer::batch::{self, Batch};
use pledgebook::answer::due::{self, Days, Question};
use pledgebook::units::Malformed;

use super::arguments::{AnswerFormat, Arguments, Due};
use super::consult::Consulted;
use super::due_text::text;
use super::terminal::Terminal;
use super::{CLEAN, FINDINGS, Outcome};

/// Runs the command.
pub(crate) fn run(due: &Due, arguments: &Arguments, terminal: &Terminal) -> Outcome {
    let consulted = Consulted::read(due.lang.as_deref(), arguments, terminal)?;
    if let Some(path) = &due.batch {
        return table(path, due, &consulted, terminal);
    }
    let days = if due.explain { Days::Told } else { Days::LeftOut };
    let (what, from) = (due.what.as_deref().unwrap_or_default(), due.from.as_deref().unwrap_or_default());
    let question = Question { what, from, calendar: due.calendar.as_deref(), days };
    let answer = match due::answer(&question, &consulted.sources()) {
        Ok(answer) => answer,
        Err(why) => return consulted.refuse(why, terminal),
    };
    terminal.answer(&match due.format {
        AnswerFormat::Text => text(&answer, &consulted.speech.locale),
        AnswerFormat::Json => json(&answer)?,
    })?;
    Ok(if answer.is_whole() { CLEAN } else { FINDINGS })
}

/// Writes an answer as JSON.
pub(crate) fn json(answer: &impl serde::Serialize) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(answer).map(|json| format!("{json}\n"))
}

fn table(path: &Path, due: &Due, consulted: &Consulted, terminal: &Terminal) -> Outcome {
    let shown = if is_stdin(path) { "<stdin>".to_owned() } else { path.display().to_string() };
    let text = read(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::InvalidData => {
            Malformed::new(format!("`{shown}` is no text in UTF-8"), "save it as CSV in UTF-8").to_string()
        }
        _ => format!("cannot read `{shown}`: {error}"),
    })?;
    let answered = batch::answer(text, due.calendar.as_deref(), &consulted.sources());
    let answered = answered.map_err(|why| format!("{shown}:{why}"))?;
    terminal.remark(&remarks(&answered, &shown));
    terminal.answer(&match due.format {
        AnswerFormat::Text => answered.csv(),
        AnswerFormat::Json => json(&answered)?,
    })?;
    Ok(if answered.faults().next().is_none() { CLEAN } else { FINDINGS })
}

fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn read(path: &Path) -> std::io::Result<String> {
    if !is_stdin(path) {
        return std::fs::read_to_string(path);
    }
    let mut text = String::new();
    std::io::stdin().lock().read_to_string(&mut text)?;
    Ok(text)
}

/// At most so many lines are named in a warning.
const NAMED_LINES: usize = 5;

/// Says what is wrong with lines of a table, and what one should know about others.
fn remarks(batch: &Batch, path: &str) -> String {
    let mut remarks = String::new();
    for fault in batch.faults() {
        remarks.push_str(&format!("{path}:{}:{}: error: {}\n", fault.place.line, fault.place.column, fault.message));
    }
    for ((calendar, warning), lines) in batch.warnings() {
        let mut named: Vec<String> = lines.iter().take(NAMED_LINES).map(usize::to_string).collect();
        named.extend((lines.len() > NAMED_LINES).then(|| "…".to_owned()));
        let lines = match lines.len() {
            1 => format!("line {}", named.join(", ")),
            n => format!("{n} lines ({})", named.join(", ")),
        };
        remarks.push_str(&format!("{path}: warning: {calendar}, {lines}: {warning}\n"));
    }
    remarks
}
