//! `recovery/late-escalation`: a limit that breaks before anybody hears of it.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::diagnostic::{Diagnostic, Severity};
use crate::fields::table::Row;
use crate::model::document::Document;
use crate::model::quantity::Moment;
use crate::model::service::Service;
use crate::model::standard::{Breach, Standard, StandardKind};
use crate::units::share::Share;

/// The check.
pub const CHECK: Check = Check {
    name: "recovery/late-escalation",
    severity: Severity::Warning,
    finds: "Nobody is told that a limit comes near, or the first is told when it is broken already.",
    why: "At 100 % of the limit the promise is broken and there is nothing left to do but to apologise. Somebody who can act must \
          hear of the case while there is time, at 60 to 80 % of the limit, and somebody above when it is past. A wait of minutes \
          needs no ladder, and a handbook that has none at all is asked only where it promises or plans.",
    wrong: &[(
        "services/repair.md",
        "standards:\n  turnaround:\n    kind: timeliness\n    limit: 10 business days\n    breach: [{at: 100%, tell: lead}]\n",
    )],
    right: &[(
        "services/repair.md",
        "standards:\n  turnaround:\n    kind: timeliness\n    limit: 10 business days\n    breach: [{at: 70%, tell: desk}, {at: 100%, tell: lead}]\n",
    )],
    finder: Finder::Run(run),
};

/// The shortest limit in elapsed seconds within which somebody can still step in.
const SHORTEST: u64 = 3600;

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    let handbook = inspection.handbook();
    let is_usual = inspection.standards().any(|(_, row)| !row.value.breach.is_empty());
    let promised: BTreeSet<&str> = inspection
        .promises()
        .flat_map(|(_, row)| row.value.backed_by.iter().map(|standard| standard.id.as_str()))
        .collect();
    for (service, row) in inspection.standards() {
        let standard = &row.value;
        let is_timely = standard.kind.as_ref().is_some_and(|kind| kind.value == StandardKind::Timeliness);
        let is_short =
            standard.limit.as_ref().is_none_or(|limit| limit.value.seconds().is_some_and(|length| length < SHORTEST));
        if !is_timely
            || is_short
            || standard.faulty.contains(&"breach")
            || handbook.unknown.services.contains(&service.id)
        {
            continue;
        }
        if standard.breach.is_empty() {
            let whole = format!("{}/{}", service.id, row.id);
            let is_planned = || {
                service.fields.steps.iter().any(|step| step.value.standard.as_ref().is_some_and(|it| it.id == whole))
            };
            if is_usual || standard.internal.is_some() || promised.contains(whole.as_str()) || is_planned() {
                found.push(told_without(service, row));
            }
        } else {
            found.extend(told_late(inspection, &service.fields, row));
        }
    }
}

fn told_without(service: &Document<Service>, row: &Row<Standard>) -> Diagnostic {
    let owner = row.value.owner.as_ref().or(service.fields.owner.as_ref()).map_or("…", |owner| owner.id.as_str());
    let message = format!("nobody is told when the limit of `{}` comes near", row.id);
    CHECK.told(row.span, message).action(format!("add `breach: [{{at: 70%, tell: …}}, {{at: 100%, tell: {owner}}}]`"))
}

/// Tells a ladder whose first stage comes when the limit is past.
fn told_late(inspection: &Inspection<'_>, service: &Service, row: &Row<Standard>) -> Option<Diagnostic> {
    let limit = row.value.limit.as_ref()?;
    let is_late = |stage: &Breach| {
        stage.at.as_ref().is_some_and(|at| match at.value {
            Moment::Share(share) => share >= Share::WHOLE,
            Moment::Duration(at) => {
                matches!(inspection.compare(service, limit.value, at), Some(Ordering::Less | Ordering::Equal))
            }
        })
    };
    if !row.value.breach.iter().all(is_late) {
        return None;
    }
    let first = row.value.breach.first()?.at.as_ref()?;
    let when = match first.value {
        Moment::Share(share) => format!("{share} of the limit"),
        Moment::Duration(duration) => duration.to_string(),
    };
    let message = format!("the first who hears of `{}` is told at {when}, when it is broken already", row.id);
    let told = CHECK.told(first.span, message).label(limit.span, "the limit");
    Some(told.action("add a stage before it, such as `{at: 70%, tell: …}`"))
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::told_in_service;

    fn of(fields: &str, rest: &str) -> Vec<String> {
        let service = format!("standards:\n  a: {{kind: timeliness, {fields}}}\n{rest}");
        told_in_service("recovery/late-escalation", &service)
    }

    #[test]
    fn a_first_stage_at_the_limit_or_after_it_is_late() {
        let says = "services/repair.md:8 the first who hears of `a` is told at 100% of the limit, when it is broken already → \
             add a stage before it, such as `{at: 70%, tell: …}`";
        assert_eq!(of("limit: 10bd, breach: [{at: 100%, tell: lead}]", ""), [says]);
        assert_eq!(of("limit: 10bd, breach: [{at: 10bd, tell: lead}]", "").len(), 1);
        assert_eq!(of("limit: 10bd, breach: [{at: 100%, tell: lead}, {at: 70%, tell: desk}]", ""), [""; 0]);
        assert_eq!(of("limit: 10bd, breach: [{at: 5bd, tell: lead}]", ""), [""; 0]);
    }

    #[test]
    fn a_limit_without_a_ladder_is_told_where_it_is_promised_planned_or_usual() {
        let says = "services/repair.md:8 nobody is told when the limit of `a` comes near → add `breach: [{at: 70%, tell: …}, {at: 100%, tell: desk}]`";
        assert_eq!(of("limit: 10bd, internal: 8bd", ""), [says]);
        assert_eq!(of("limit: 10bd", "promises: {p: {backed_by: [a]}}\n"), [says]);
        assert_eq!(of("limit: 10bd", "steps: {s: {standard: a}}\n"), [says]);
        assert_eq!(of("limit: 10bd", "  b: {kind: timeliness, limit: 5bd, breach: [{at: 70%, tell: lead}]}\n"), [says]);
        assert_eq!(of("limit: 10bd", ""), [""; 0]);
    }

    #[test]
    fn nobody_steps_in_within_minutes() {
        assert_eq!(of("limit: 60s, internal: 45s", ""), [""; 0]);
        assert_eq!(of("limit: 2h, internal: 1h", "").len(), 1);
    }

    #[test]
    fn only_standards_of_time_break_while_the_clock_runs() {
        let service = "standards: {a: {kind: conduct, level: L}}\npromises: {p: {backed_by: [a]}}\n";
        assert_eq!(told_in_service("recovery/late-escalation", service), [""; 0]);
    }
}
