//! `trace`: tells what a promise or a standard rests on.

use pledgebook::answer::trace;
use pledgebook::answer::traced::{Trace as Answer, TracedPromise, TracedRemedy, TracedStandard, TracedStep};
use pledgebook::locale::Locale;

use super::arguments::{AnswerFormat, Arguments, Trace};
use super::columns::laid_out;
use super::consult::Consulted;
use super::due::json;
use super::terminal::Terminal;
use super::{CLEAN, FINDINGS, Outcome};

/// Marks a step on the critical path.
const CRITICAL: char = '*';

/// Runs the command.
pub(crate) fn run(trace: &Trace, arguments: &Arguments, terminal: &Terminal) -> Outcome {
    let consulted = Consulted::read(trace.lang.as_deref(), arguments, terminal)?;
    let answer = match trace::answer(&trace.what, &consulted.sources()) {
        Ok(answer) => answer,
        Err(why) => return consulted.refuse(why, terminal),
    };
    terminal.answer(&match trace.format {
        AnswerFormat::Text => text(&answer, &consulted.speech.locale),
        AnswerFormat::Json => json(&answer)?,
    })?;
    Ok(if answer.is_whole() { CLEAN } else { FINDINGS })
}

fn text(answer: &Answer, locale: &Locale) -> String {
    let promise = answer.promise.as_ref().map(|promise| promise_text(promise, locale));
    let standards = answer.standards.iter().map(|standard| standard_text(standard, answer, locale));
    promise.into_iter().chain(standards).collect::<Vec<_>>().join("\n")
}

fn line(locale: &Locale, key: &str, value: impl Into<String>) -> Vec<String> {
    vec![locale.word(key).to_owned(), value.into()]
}

fn promise_text(promise: &TracedPromise, locale: &Locale) -> String {
    let kind = promise.kind.map(|kind| format!(" · {}", locale.word(&format!("promise.kind.{kind}"))));
    let head = format!("{} · {} ({}){}\n", promise.title, promise.service.title, promise.id, kind.unwrap_or_default());
    let statement = if promise.statement == promise.title { String::new() } else { format!("{}\n", promise.statement) };
    let remedy = promise.remedy.as_ref().map(|remedy| laid_out(&remedy_lines(remedy, locale)));
    format!("{head}{statement}{}", remedy.unwrap_or_default())
}

fn remedy_lines(remedy: &TracedRemedy, locale: &Locale) -> Vec<Vec<String>> {
    let up_to = remedy.up_to_words.as_ref().map(|amount| locale.phrase("promise.remedy_up_to", &[("amount", amount)]));
    let what: Vec<String> = [remedy.what.clone()].into_iter().filter(|what| !what.is_empty()).chain(up_to).collect();
    let asked = if remedy.automatic { "promise.automatic" } else { "promise.on_request" };
    let mut lines = vec![line(locale, "promise.remedy", what.join(" · "))];
    lines.extend(remedy.within_words.as_ref().map(|within| line(locale, "promise.remedy_within", within)));
    lines.push(vec![String::new(), locale.word(asked).to_owned()]);
    if let Some(grant) = &remedy.granted_by {
        let may = grant.may_grant_words.as_ref();
        let who = may.map(|amount| locale.phrase("promise.grant_up_to", &[("role", &grant.title), ("amount", amount)]));
        lines.push(line(locale, "promise.granted_by", who.unwrap_or_else(|| grant.title.clone())));
    }
    if !remedy.late.is_empty() {
        lines.push(line(locale, "promise.late", &remedy.late));
    }
    lines
}

fn standard_text(standard: &TracedStandard, answer: &Answer, locale: &Locale) -> String {
    let mut text = format!("{} · {} ({})\n", standard.title, standard.service.title, standard.id);
    let mut lines: Vec<Vec<String>> = Vec::new();
    for limit in &standard.limits {
        lines.push(line(locale, &format!("standard.{}", limit.kind), &limit.words));
    }
    lines.extend(standard.level.as_ref().map(|level| line(locale, "standard.level", level)));
    lines.extend(standard.calendar.as_ref().map(|calendar| line(locale, "deadline.calendar", calendar)));
    if answer.promise.is_none() && !standard.promises.is_empty() {
        let promises: Vec<String> = standard.promises.iter().map(|it| format!("{} ({})", it.title, it.id)).collect();
        lines.push(line(locale, "standard.promises", promises.join(" · ")));
    }
    text.push_str(&laid_out(&lines));
    if !standard.steps.is_empty() {
        let steps: Vec<Vec<String>> = standard.steps.iter().map(|step| step_line(step, locale)).collect();
        text.push_str(&format!("\n{}\n{}", locale.word("standard.steps"), laid_out(&steps)));
        if standard.steps.iter().any(|step| step.critical) {
            text.push_str(&format!("{CRITICAL} {}\n", locale.word("trace.critical")));
        }
    }
    text.push_str(&sum_text(standard, locale));
    text
}

fn step_line(step: &TracedStep, locale: &Locale) -> Vec<String> {
    let mark = if step.critical { CRITICAL } else { ' ' };
    let mut notes: Vec<String> = Vec::new();
    if step.pauses {
        notes.push(locale.word("step.pauses").to_owned());
    }
    if !step.counts {
        notes.push(locale.word("step.outside_limit").to_owned());
    }
    if !step.when.is_empty() {
        notes.push(format!("{}: {}", locale.word("step.when"), step.when));
    }
    let adds = step.counts && !step.pauses;
    let takes = step.takes_words.clone().filter(|_| adds).unwrap_or_else(|| "–".to_owned());
    let place = step.place_words.clone().filter(|_| adds).unwrap_or_default();
    vec![format!("{mark} {}", step.title), step.who.clone(), takes, place, notes.join(" · ")]
}

fn sum_text(standard: &TracedStandard, locale: &Locale) -> String {
    let mut lines = Vec::new();
    if let Some(sum) = &standard.sum {
        let used = match &sum.allowed_words {
            Some(allowed) => locale.phrase("ledger.budget_of", &[("used", &sum.used_words), ("allowed", allowed)]),
            None => sum.used_words.clone(),
        };
        let left = sum.left_words.iter().map(String::as_str);
        let worst = sum.worst_case.then(|| locale.word("figure.worst_case"));
        let value = std::iter::once(used.as_str()).chain(left).chain(worst).collect::<Vec<_>>().join(" · ");
        lines.push(line(locale, "ledger.budget", value));
        lines.extend(sum.longest.as_ref().map(|step| line(locale, "figure.longest", &step.title)));
    }
    let why = standard.no_sum.as_ref().map(|why| format!("{}\n", why.words)).unwrap_or_default();
    if lines.is_empty() && why.is_empty() { String::new() } else { format!("\n{}{why}", laid_out(&lines)) }
}
