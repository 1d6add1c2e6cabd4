//! `recovery/incomplete-ladder`: a complaint service that ends too early, or answers too late.

use std::cmp::Ordering;

use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::checks::recovery::complaints;
use crate::checks::stems::{ACKNOWLEDGE, FOLLOW_UP, LEARN, OUTSIDE, REMEDY, REPLY, SOLVE, says, speaks_of};
use crate::diagnostic::{Diagnostic, Severity};
use crate::fields::table::Row;
use crate::fields::text::{SOURCE, Text};
use crate::fields::value::Few;
use crate::model::handbook::Handbook;
use crate::model::quantity::{Actor, Period};
use crate::model::service::Service;
use crate::model::standard::Standard;
use crate::model::step::Step;
use crate::source::Spanned;
use crate::units::duration::{Clock, Duration, Unit};

/// The check.
pub const CHECK: Check = Check {
    name: "recovery/incomplete-ladder",
    severity: Severity::Warning,
    finds: "A complaint service leaves out a rung of the ladder, or its final reply comes later than ten business days.",
    why: "A complaint is acknowledged, solved and made good; then somebody asks whether all is well, the house learns from it, and \
          the customer knows who outside the house can look at it. A ladder that ends with a letter loses the customer at the \
          last rung and keeps the cause. After ten business days a solution hardly helps any more.",
    wrong: &[
        ("services/repair.md", "complaints_to: complaints\n"),
        (
            "services/complaints.md",
            "\
title: Complaints
standards:
  reply: {title: Reply, kind: timeliness, limit: 30 calendar days}
steps:
  reply: {title: Reply in writing, standard: reply, actor: desk}
",
        ),
    ],
    right: &[
        (
            "registers/roles.yaml",
            "\
desk: {title: {en: Service desk, de: Annahme}}
lead: {title: {en: Shop manager, de: Leitung}}
board: {title: {en: Conciliation board, de: Schlichtungsstelle}, external: true}
",
        ),
        ("services/repair.md", "complaints_to: complaints\n"),
        (
            "services/complaints.md",
            "\
title: Complaints
standards:
  reply: {title: Reply, kind: timeliness, limit: 10 business days}
steps:
  acknowledge: {title: Acknowledge the complaint, actor: desk}
  solve: {title: Solve it, actor: desk}
  remedy: {title: Make it good, actor: desk, gives: [what was promised]}
  follow-up: {title: Ring and ask whether all is well, actor: desk}
  learn: {title: Learn from it, actor: lead, every: month}
  outside: {title: Go to the conciliation board, actor: board}
",
        ),
    ],
    finder: Finder::Run(run),
};

/// The longest that a customer waits for the final reply, in business days.
const LONGEST: u32 = 10;

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    let handbook = inspection.handbook();
    for (id, named) in complaints::takers(handbook) {
        let Some(service) = handbook.services.get(id) else { continue };
        let is_read = |key| !service.fields.faulty.contains(&key);
        if handbook.unknown.services.contains(id) || !is_read("steps") {
            continue;
        }
        let missing = missing(handbook, &service.fields);
        let late = late_reply(inspection, &service.fields);
        if missing.is_empty() && late.is_none() {
            continue;
        }
        let mut parts = Vec::new();
        if !missing.is_empty() {
            parts.push(format!("has no step that {}", joined(&missing)));
        }
        if let Some((row, limit)) = &late {
            parts.push(format!("answers with `{}` within {}, later than {LONGEST} business days", row.id, limit.value));
        }
        let message = format!("`{id}` takes complaints and {}", parts.join(", and "));
        let title = service.fields.title.exactly(SOURCE).map_or(service.beginning, |title| title.span);
        let place = late.as_ref().filter(|_| missing.is_empty()).map_or(title, |(_, limit)| limit.span);
        let mut told = CHECK.told(place, message);
        if let Some((_, limit)) = late.as_ref().filter(|_| !missing.is_empty()) {
            told = told.label(limit.span, "the final reply");
        }
        let told = if service.file == named.file { told } else { told.label(named, "complaints come from here") };
        let steps = if missing.len() == 1 { "add such a step" } else { "add a step for each" };
        found.push(told.action(match (missing.is_empty(), late.is_some()) {
            (true, _) => format!("write at most {LONGEST} business days here"),
            (_, true) => format!("{steps}, and write at most {LONGEST} business days for the reply"),
            _ => steps.to_owned(),
        }));
    }
}

fn joined(parts: &[&str]) -> String {
    match parts {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        _ => parts.concat(),
    }
}

/// Lists the rungs that are missing.
fn missing(handbook: &Handbook, service: &Service) -> Vec<&'static str> {
    let is_external = |row: &&Row<Step>| match &row.value.actor {
        Some(Actor::Role(role)) => handbook.roles.get(&role.id).is_some_and(|row| {
            row.value.external.as_ref().is_some_and(|external| external.value) || says(&row.value.title, OUTSIDE)
        }),
        _ => false,
    };
    // What a second stage or somebody outside does is no rung of the house's own.
    let (second, own): (Vec<&Row<Step>>, Vec<&Row<Step>>) =
        service.steps.iter().partition(|row| is_external(row) || !row.value.reviews.0.is_empty());
    let named = |steps: &[&Row<Step>], stems| steps.iter().any(|row| is_called(&row.id, &row.value.title, stems));
    let has = |stems| {
        // A service that writes down no steps at all may have its rungs as standards.
        let called = |row: &Row<Standard>| is_called(&row.id, &row.value.title, stems);
        named(&own, stems) || (service.steps.is_empty() && service.standards.iter().any(called))
    };
    let speak = |texts: fn(&Step) -> &Few<Text>, stems| {
        service.steps.iter().any(|row| texts(&row.value).0.iter().any(|text| says(text, stems)))
    };
    let leads_out = has(OUTSIDE) || named(&second, OUTSIDE) || second.iter().any(is_external);
    let rungs = [
        ("acknowledges them", has(ACKNOWLEDGE) || speak(|step| &step.tells, ACKNOWLEDGE)),
        ("solves them", has(SOLVE)),
        ("makes good", has(REMEDY) || speak(|step| &step.gives, REMEDY)),
        ("asks afterwards whether all is well", has(FOLLOW_UP)),
        ("learns from them", has(LEARN) || own.iter().any(|row| looks_back(&row.value))),
        ("leads to a body outside the house", leads_out || speak(|step| &step.tells, OUTSIDE)),
    ];
    rungs.into_iter().filter(|(_, is_there)| !is_there).map(|(what, _)| what).collect()
}

/// Tells whether a thing is about something by its id or title.
fn is_called(id: &str, title: &Text, stems: &str) -> bool {
    speaks_of(id, stems) || speaks_of(&id.replace('-', " "), stems) || says(title, stems)
}

/// Tells whether a step comes back each month or more seldom: somebody looks at all complaints together.
fn looks_back(step: &Step) -> bool {
    match &step.every {
        Some(Period::Word(word)) => matches!(word.value, "month" | "quarter" | "half-year" | "year"),
        Some(Period::Duration(every)) => match every.value.clock() {
            Clock::Months => true,
            Clock::Dates => every.value.on_clock() >= 28,
            Clock::BusinessDays => every.value.count >= 20,
            Clock::Elapsed | Clock::BusinessHours => false,
        },
        None => false,
    }
}

/// Finds a final reply that comes too late.
fn late_reply<'a>(
    inspection: &Inspection<'_>,
    service: &'a Service,
) -> Option<(&'a Row<Standard>, &'a Spanned<Duration>)> {
    let is_about = |row: &Row<Standard>, stems| is_called(&row.id, &row.value.title, stems);
    let timely: Vec<_> = service.standards.iter().filter_map(|row| Some((row, row.value.limit.as_ref()?))).collect();
    let is_reply = |row: &Row<Standard>| {
        let is_named = is_about(row, REPLY) || timely.len() == 1 || says(&row.value.statement, REPLY);
        is_named && !is_about(row, ACKNOWLEDGE) && !is_about(row, FOLLOW_UP)
    };
    let mut replies = timely.iter().filter(|(row, _)| is_reply(row));
    replies.find(|(_, limit)| is_late(inspection, service, limit.value)).copied()
}

/// Tells whether a limit is beyond ten business days from every start; two weeks are as long.
fn is_late(inspection: &Inspection<'_>, service: &Service, limit: Duration) -> bool {
    match limit.clock() {
        Clock::BusinessDays => limit.count > LONGEST,
        Clock::Dates => limit.on_clock() > 14,
        Clock::Elapsed => limit.on_clock() > 14 * 86_400,
        Clock::Months => true,
        Clock::BusinessHours => {
            let ten = Duration { count: LONGEST, unit: Unit::BusinessDay };
            inspection.compare(service, ten, limit) == Some(Ordering::Less)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{FOLLOW_UP, REMEDY, is_called};
    use crate::checks::bench::told;

    const ROLES: &str = "desk: {title: D}\nlead: {title: L}\nboard: {title: B, external: true}\n";

    const RUNGS: [&str; 6] = [
        "  acknowledge-it: {title: A, actor: desk}\n",
        "  solve-it: {title: B, actor: desk}\n",
        "  c: {title: Wiedergutmachen, actor: desk}\n",
        "  d: {title: 打电话回访, actor: desk}\n",
        "  e: {title: E, actor: lead, every: 1mo}\n",
        "  f: {title: F, actor: board}\n",
    ];

    fn of(limit: &str, steps: &str) -> Vec<String> {
        let steps = if steps.is_empty() { String::new() } else { format!("steps:\n{steps}") };
        let complaints = format!("title: T\nstandards: {{answer: {{kind: timeliness, limit: {limit}}}}}\n{steps}");
        let files = [
            ("registers/roles.yaml", ROLES),
            ("services/repair.md", "complaints_to: care\n"),
            ("services/care.md", complaints.as_str()),
        ];
        told("recovery/incomplete-ladder", &files)
    }

    #[test]
    fn rungs_are_known_by_id_title_actor_or_period_in_any_language() {
        assert_eq!(of("10bd", &RUNGS.concat()), [""; 0]);
    }

    #[test]
    fn each_rung_that_is_missing_is_named_in_one_finding() {
        let whats = [
            "acknowledges them",
            "solves them",
            "makes good",
            "asks afterwards",
            "learns from them",
            "leads to a body outside",
        ];
        for (missing, what) in whats.iter().enumerate() {
            let steps: String =
                RUNGS.iter().enumerate().filter(|(at, _)| *at != missing).map(|(_, step)| *step).collect();
            let lines = of("10bd", &steps);
            let start = format!("services/care.md:2 `care` takes complaints and has no step that {what}");
            assert!(lines.len() == 1 && lines[0].starts_with(&start), "{what}: {lines:?}");
        }
        let lines = of("30d", RUNGS[0]);
        assert_eq!(lines.len(), 1);
        assert!(
            lines[0].contains(
                "or leads to a body outside the house, and answers with `answer` within 30 calendar days, later than 10"
            ),
            "{lines:?}"
        );
    }

    #[test]
    fn a_second_look_is_no_solution_of_the_first() {
        let steps = RUNGS
            .concat()
            .replace("solve-it: {title: B, actor: desk}", "b: {title: Solve it again, actor: lead, reviews: c}");
        assert!(of("10bd", &steps)[0].contains("has no step that solves them → add such a step"));
    }

    #[test]
    fn two_weeks_are_as_good_as_ten_business_days() {
        let count = |limit: &str| of(limit, &RUNGS.concat()).len();
        assert_eq!(["10bd", "2w", "14d", "75bh"].map(count), [0; 4]);
        assert_eq!(["11bd", "15d", "1mo", "360h", "100bh"].map(count), [1; 5]);
    }

    #[test]
    fn a_service_without_steps_may_have_its_rungs_as_standards() {
        let standards = "acknowledge: {kind: timeliness, limit: 1bd}, b: {title: Lösung, kind: timeliness, limit: 9bd}";
        let complaints = format!("title: T\ncomplaints_to: care\nstandards: {{{standards}}}\n");
        let lines = told("recovery/incomplete-ladder", &[("services/care.md", &complaints)]);
        assert!(lines[0].contains("has no step that makes good, asks afterwards"), "{lines:?}");
    }

    #[test]
    fn a_service_that_nobody_complains_to_has_no_ladder() {
        let service = "title: Complaints about others\nsteps: {s: {title: S}}\n";
        assert_eq!(told("recovery/incomplete-ladder", &[("services/care.md", service)]), [""; 0]);
    }

    #[test]
    fn an_id_speaks_as_its_words_do() {
        let title = crate::fields::text::Text::default();
        assert!(is_called("make-good", &title, REMEDY) && is_called("follow-up", &title, FOLLOW_UP));
        assert!(!is_called("make-tea", &title, REMEDY));
    }
}
