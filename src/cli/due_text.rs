//! The answer of `due` as a person reads it.

use pledgebook::answer::due::{Due, DueClock, DueLimit};
use pledgebook::locale::Locale;

use super::columns::laid_out;

/// Writes an answer: the deadlines first, then what they were counted from, then the days.
pub(crate) fn text(due: &Due, locale: &Locale) -> String {
    let mut text = String::new();
    if let Some(standard) = &due.standard {
        text.push_str(&format!("{} · {} ({})\n\n", standard.title, standard.service, standard.id));
    }
    text.push_str(&laid_out(&lines(due, locale)));
    text.push('\n');
    text.push_str(&notes(due, locale));
    for limit in &due.deadlines {
        explain(limit, due, locale, &mut text);
    }
    text
}

/// Gives the label of a limit.
fn label<'l>(limit: &DueLimit, due: &Due, locale: &'l Locale) -> &'l str {
    locale.word(match limit.kind {
        _ if due.standard.is_none() => "deadline.due",
        "internal" => "deadline.internal_due",
        "legal" => "deadline.legal_due",
        _ => "deadline.promised_due",
    })
}

fn lines(due: &Due, locale: &Locale) -> Vec<Vec<String>> {
    let mut lines = Vec::new();
    let mut when = None;
    for limit in &due.deadlines {
        if limit.when != when {
            lines.extend(limit.when.iter().map(|when| vec![format!("{}: {when}", locale.word("standard.variants"))]));
            when.clone_from(&limit.when);
        }
        let indent = if limit.when.is_some() { "  " } else { "" };
        let mut line = vec![format!("{indent}{}", label(limit, due, locale))];
        match (&limit.due, &limit.due_words) {
            (Some(due), Some(words)) => line.extend([words.clone(), due.clone(), limit.limit_words.clone()]),
            _ => line.push(limit.problem.clone().unwrap_or_default()),
        }
        lines.push(line);
    }
    if when.is_some() {
        lines.push(Vec::new());
    }
    lines.push(vec![locale.word("deadline.came_in").to_owned(), due.start_words.clone(), due.start.clone()]);
    let clock = due.standard.as_ref().and_then(|standard| standard.clock.as_ref());
    lines.extend(clock.iter().flat_map(|clock| clock_lines(clock, locale)));
    lines
}

fn clock_lines(clock: &DueClock, locale: &Locale) -> Vec<Vec<String>> {
    let pauses = clock.pause.iter().map(|pause| ("standard.clock_pause", pause));
    let events =
        [("standard.clock_start", &clock.start), ("standard.clock_stop", &clock.stop)].into_iter().chain(pauses);
    let events = events.chain([("standard.clock_restart", &clock.restart)]).filter(|(_, event)| !event.is_empty());
    events.map(|(key, event)| vec![locale.word(key).to_owned(), event.clone()]).collect()
}

fn notes(due: &Due, locale: &Locale) -> String {
    let mut notes = Vec::new();
    if due.deadlines.iter().any(|limit| limit.business) {
        notes.push(locale.phrase("deadline.business_limit", &[("calendar", &due.calendar)]));
    }
    notes.push(locale.phrase("deadline.zone_note", &[("zone", &due.time_zone)]));
    let pauses =
        due.standard.as_ref().and_then(|standard| standard.clock.as_ref()).is_some_and(|it| !it.pause.is_empty());
    if pauses {
        notes.push(locale.word("deadline.pauses_not_counted").to_owned());
    }
    let mut warnings: Vec<&String> = due.deadlines.iter().filter_map(|limit| limit.warning.as_ref()).collect();
    warnings.dedup();
    notes.extend(warnings.iter().map(|warning| format!("{}: {warning}", locale.word("alert.warning"))));
    notes.iter().map(|note| format!("{note}\n")).collect()
}

fn explain(limit: &DueLimit, due: &Due, locale: &Locale, text: &mut String) {
    let Some(days) = &limit.days else { return };
    let when = limit.when.as_ref().map(|when| format!(" · {when}")).unwrap_or_default();
    let label = due.standard.as_ref().map(|_| format!(" · {}{when}", label(limit, due, locale))).unwrap_or_default();
    text.push_str(&format!("\n{} · {}{label}\n", locale.word("deadline.explain"), limit.limit_words));
    let days = days.iter().map(|day| vec![format!("  {}", day.date_words), day.words.clone()]);
    text.push_str(&laid_out(&days.collect::<Vec<_>>()));
}
