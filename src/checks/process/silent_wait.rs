//! `process/silent-wait`: a wait in which the customer hears nothing.

use std::collections::BTreeSet;

use crate::calendar::budget::{Budget, Scale};
use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::checks::process::way::Way;
use crate::diagnostic::{Diagnostic, Severity};
use crate::fields::table::Row;
use crate::model::budget::StandardBudget;
use crate::model::document::Document;
use crate::model::service::Service;
use crate::model::standard::{Standard, StandardKind};
use crate::model::step::{Stage, Step};
use crate::units::duration::Unit;

/// The check.
pub const CHECK: Check = Check {
    name: "process/silent-wait",
    severity: Severity::Warning,
    finds: "A customer waits for more than a business day through steps that tell nothing.",
    why: "A wait of which one hears is half as long. Who hears nothing for days rings up, and the call costs more than the news \
          would have. Say in one of the steps what the customer is told, or add a step that tells where the case stands every few \
          days. Steps that the customer sees or does are no silence.",
    wrong: &[(
        "services/repair.md",
        "\
standards:
  turnaround: {kind: timeliness, limit: 10 business days}
steps:
  diagnose: {standard: turnaround, stage: back, takes: 2 business days}
  order-part: {standard: turnaround, stage: support, takes: 5 business days}
",
    )],
    right: &[(
        "services/repair.md",
        "\
standards:
  turnaround: {kind: timeliness, limit: 10 business days}
steps:
  diagnose: {standard: turnaround, stage: back, takes: 2 business days, tells: [what has failed, when the part comes]}
  order-part: {standard: turnaround, stage: support, takes: 5 business days, tells: [status every 3 business days]}
",
    )],
    finder: Finder::Run(run),
};

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    let telling: BTreeSet<&str> = inspection
        .steps()
        .filter(|(_, row)| tells_regularly(&row.value))
        .filter_map(|(_, row)| row.value.standard.as_ref())
        .map(|standard| standard.id.as_str())
        .collect();
    for service in inspection.handbook().services.values() {
        let by_other = service.fields.also.iter().any(|standard| telling.contains(standard.id.as_str()));
        if by_other || service.fields.steps.iter().any(|row| tells_regularly(&row.value)) {
            continue;
        }
        let is_timely =
            |row: &&Row<Standard>| row.value.kind.as_ref().is_some_and(|kind| kind.value == StandardKind::Timeliness);
        for row in service.fields.standards.iter().filter(is_timely) {
            tell_silence(inspection, service, row, found);
        }
    }
}

/// Tells whether a step gives news again and again while a case goes on.
fn tells_regularly(step: &Step) -> bool {
    step.every.is_some() && !step.tells.0.is_empty()
}

fn tell_silence(
    inspection: &Inspection<'_>,
    service: &Document<Service>,
    row: &Row<Standard>,
    found: &mut Vec<Diagnostic>,
) {
    let Some(whole) = inspection.handbook().budget(service, row) else { return };
    let Ok(budget) = &whole.budget else { return };
    let Some(day) = business_day(budget.scale) else { return };
    let length = |step: usize| budget.steps.get(step).map_or(0, |stretch| stretch.end - stretch.start);
    let mut silence: Vec<usize> = Vec::new();
    // A step that speaks at the end closes the last silence.
    for step in critical(service, &whole, budget).into_iter().map(Some).chain([None]) {
        match step {
            Some(step) if !whole.steps.get(step).is_some_and(|row| speaks(&row.value)) => silence.push(step),
            _ => {
                let total = silence.iter().map(|step| length(*step)).fold(0, u64::saturating_add);
                if total > day {
                    silence.retain(|step| length(*step) > 0);
                    found.extend(told(&row.id, &whole, budget, (&silence, total)));
                }
                silence.clear();
            }
        }
    }
}

/// Tells whether the customer hears or sees something in a step, or acts.
fn speaks(step: &Step) -> bool {
    let stage = step.stage.as_ref().map(|stage| stage.value);
    !step.tells.0.is_empty() || step.faulty.contains(&"tells") || !matches!(stage, Some(Stage::Back | Stage::Support))
}

/// Gives a business day on a scale, or what comes near to it.
fn business_day(scale: Scale) -> Option<u64> {
    match scale {
        Scale::WorkingSeconds { day } => day.map(u64::from),
        Scale::BusinessDays | Scale::Dates => Some(1),
        Scale::Seconds => Some(86_400),
        Scale::Months => Some(0),
    }
}

/// Walks the critical path, steps that take no time included.
fn critical(service: &Document<Service>, whole: &StandardBudget<'_>, budget: &Budget) -> Vec<usize> {
    let way = Way::of(&service.id, whole.steps.clone());
    let end = |step: &usize| budget.steps.get(*step).map_or(0, |stretch| stretch.end);
    let mut path: Vec<usize> = Vec::new();
    let mut next = (0..way.steps.len()).max_by_key(|step| (end(step), *step));
    while let Some(step) = next.filter(|_| path.len() < way.steps.len()) {
        path.push(step);
        next = way.waits.get(step).and_then(|waits| waits.iter().copied().max_by_key(|before| (end(before), *before)));
    }
    path.reverse();
    path
}

fn told(
    id: &str,
    whole: &StandardBudget<'_>,
    budget: &Budget,
    (silence, total): (&[usize], u64),
) -> Option<Diagnostic> {
    let rows: Vec<&&Row<Step>> = silence.iter().filter_map(|step| whole.steps.get(*step)).collect();
    let unit = match budget.scale {
        Scale::WorkingSeconds { .. } | Scale::BusinessDays => Unit::BusinessDay,
        _ => budget.plain_unit(),
    };
    let names: Vec<String> = rows.iter().map(|row| format!("`{}`", row.id)).collect();
    let message = format!(
        "the customer waits {} of `{id}` without a word, while these steps go on: {}",
        budget.amount_in(total, unit)?.of_unit(unit),
        names.join(", ")
    );
    let length =
        |at: &usize| silence.get(*at).and_then(|step| budget.steps.get(*step)).map_or(0, |it| it.end - it.start);
    let longest = (0..rows.len()).max_by_key(|at| (length(at), usize::MAX - at)).and_then(|at| rows.get(at))?;
    let mut told = CHECK.told(longest.value.takes.as_ref().map_or(longest.span, |takes| takes.span), message);
    for row in rows.iter().filter(|row| row.id != longest.id) {
        told = told.label(row.value.takes.as_ref().map_or(row.span, |takes| takes.span), "silent too");
    }
    Some(told.action(format!(
        "add `tells: [where it stands, the next date]` to `{}`, or a step that tells it `every: 3bd`",
        longest.id
    )))
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::{told, told_in_service};

    fn of(steps: &str) -> Vec<String> {
        let service = format!("standards: {{a: {{kind: timeliness, limit: 20bd}}}}\nsteps:\n{steps}");
        told_in_service("process/silent-wait", &service)
    }

    #[test]
    fn steps_in_a_row_that_say_nothing_are_one_silence() {
        let lines = of("  p: {standard: a, stage: back, takes: 1bd}\n  q: {standard: a, stage: support, takes: 2bd}\n");
        let says = "services/repair.md:10 the customer waits 3 business days of `a` without a word, while these steps go on: `p`, `q` → \
             add `tells: [where it stands, the next date]` to `q`, or a step that tells it `every: 3bd`";
        assert_eq!(lines, [says]);
        assert_eq!(of("  p: {standard: a, stage: back, takes: 1bd}\n"), [""; 0]);
    }

    #[test]
    fn a_word_a_face_or_a_question_ends_a_silence() {
        for between in ["stage: back, tells: [N]", "stage: front", "stage: customer, actor: customer, pauses: true"] {
            let lines = of(&format!(
                "  p: {{standard: a, stage: back, takes: 1bd}}\n  b: {{standard: a, {between}}}\n  q: {{standard: a, stage: back, takes: 1bd}}\n"
            ));
            assert_eq!(lines, [""; 0], "{between}");
        }
    }

    #[test]
    fn each_silence_is_told() {
        let two = "  p: {standard: a, stage: back, takes: 2bd}\n  f: {standard: a, stage: front}\n  q: {standard: a, stage: back, takes: 2bd}\n";
        assert_eq!(of(two).len(), 2);
    }

    #[test]
    fn what_runs_beside_the_longest_way_is_no_wait() {
        let steps = "  p: {standard: a, stage: front}\n  q: {standard: a, stage: back, takes: 2bd, after: p}\n\
             \x20 r: {standard: a, stage: back, takes: 3bd, after: p, tells: [N]}\n  s: {standard: a, stage: front, after: [q, r]}\n";
        assert_eq!(of(steps), [""; 0]);
    }

    #[test]
    fn regular_news_of_the_service_or_of_a_standard_that_holds_here_cover_every_wait() {
        let steps = "  p: {standard: a, stage: back, takes: 5bd}\n";
        assert_eq!(of(&format!("{steps}  n: {{stage: front, every: 3bd, tells: [N]}}\n")), [""; 0]);
        let news =
            "standards: {news: {kind: timeliness, limit: 3bd}}\nsteps: {n: {standard: news, every: 3bd, tells: [N]}}\n";
        let service =
            format!("also: [news/news]\nstandards: {{a: {{kind: timeliness, limit: 20bd}}}}\nsteps:\n{steps}");
        let files = [("services/news.md", news), ("services/repair.md", service.as_str())];
        assert_eq!(told("process/silent-wait", &files), [""; 0]);
        let without = service.replace("also: [news/news]\n", "");
        assert_eq!(
            told("process/silent-wait", &[("services/news.md", news), ("services/repair.md", &without)]).len(),
            1
        );
    }
}
