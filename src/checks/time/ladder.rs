//! The ladder of escalation of a standard: its stages rise, in time and in rank. Part of `time/order`.

use std::cmp::Ordering;

use crate::checks::inspection::Inspection;
use crate::checks::time::order::CHECK;
use crate::diagnostic::Diagnostic;
use crate::fields::table::Row;
use crate::model::handbook::Handbook;
use crate::model::quantity::Moment;
use crate::model::service::Service;
use crate::model::standard::{Breach, Standard};
use crate::units::duration::Duration;

/// Tells the first stage of escalation that comes before the one above it, or goes down to somebody lower.
pub fn told(inspection: &Inspection<'_>, service: &Service, row: &Row<Standard>) -> Option<Diagnostic> {
    row.value.breach.windows(2).find_map(|pair| {
        let [earlier, later] = pair else { return None };
        let (before, at) = (earlier.at.as_ref()?, later.at.as_ref()?);
        let limit = row.value.limit.as_ref().map(|limit| limit.value);
        let (before_text, at_text) = (said(before.value), said(at.value));
        if order_of(inspection, service, (at.value, before.value), limit) == Some(Ordering::Less) {
            let message =
                format!("in the escalation of `{}` the stage at {at_text} stands after that at {before_text}", row.id);
            let told = CHECK.told(at.span, message).label(before.span, "the stage above it");
            return Some(told.action(format!("write more than {before_text} here, or exchange the stages")));
        }
        let (low, high) = goes_down(inspection.handbook(), earlier, later)?;
        let message = format!(
            "in the escalation of `{}` the stage at {at_text} goes down again, from `{high}` to `{low}`",
            row.id
        );
        let place = later.tell.0.first().map_or(at.span, |role| role.span);
        let told = CHECK.told(place, message).label(before.span, "the stage above it");
        Some(told.action("tell somebody higher at the later stage, or exchange the two"))
    })
}

fn said(moment: Moment) -> String {
    match moment {
        Moment::Share(share) => share.to_string(),
        Moment::Duration(duration) => duration.to_string(),
    }
}

/// Compares two moments within a limit.
fn order_of(
    inspection: &Inspection<'_>,
    service: &Service,
    moments: (Moment, Moment),
    limit: Option<Duration>,
) -> Option<Ordering> {
    let part = |duration: Duration, share: u16| {
        let limit = limit.filter(|limit| limit.clock() == duration.clock())?;
        let shared = u128::from(limit.on_clock()) * u128::from(share);
        Some((u128::from(duration.on_clock()) * 10_000).cmp(&shared))
    };
    match moments {
        (Moment::Share(first), Moment::Share(second)) => Some(first.cmp(&second)),
        (Moment::Duration(first), Moment::Duration(second)) => inspection.compare(service, first, second),
        (Moment::Duration(first), Moment::Share(second)) => part(first, second.as_hundredths()),
        (Moment::Share(first), Moment::Duration(second)) => part(second, first.as_hundredths()).map(Ordering::reverse),
    }
}

/// Finds out whether a later stage tells only those who report to somebody who was told before.
fn goes_down<'a>(handbook: &'a Handbook, earlier: &'a Breach, later: &'a Breach) -> Option<(&'a str, &'a str)> {
    let above = |low: &'a str| {
        let up = |id: &&'a str| {
            handbook.roles.get(*id).and_then(|row| row.value.reports_to.as_ref()).map(|to| to.id.as_str())
        };
        let mut chain = std::iter::successors(up(&low), up).take(handbook.roles.len());
        chain.find(|id| earlier.tell.0.iter().any(|role| role.id == *id))
    };
    let mut found = None;
    for role in &later.tell.0 {
        let high = above(&role.id)?;
        found = found.or(Some((role.id.as_str(), high)));
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::{told, told_in_service};

    fn ladder(breach: &str) -> Vec<String> {
        told_in_service(
            "time/order",
            &format!("standards: {{a: {{kind: timeliness, limit: 10bd, breach: [{breach}]}}}}\n"),
        )
    }

    #[test]
    fn the_stages_of_escalation_rise() {
        assert_eq!(ladder("{at: 70%, tell: desk}, {at: 100%, tell: lead}"), [""; 0]);
        assert_eq!(ladder("{at: 5bd, tell: desk}, {at: 70%, tell: lead}"), [""; 0]);
        assert_eq!(ladder("{at: 100%, tell: desk}, {at: 100%, tell: lead}"), [""; 0]);
        let lines = ladder("{at: 100%, tell: desk}, {at: 70%, tell: lead}");
        assert!(
            lines[0].ends_with(
                "the stage at 70% stands after that at 100% → write more than 100% here, or exchange the stages"
            ),
            "{lines:?}"
        );
        assert_eq!(ladder("{at: 70%, tell: desk}, {at: 5bd, tell: lead}").len(), 1);
    }

    #[test]
    fn escalation_does_not_go_down_to_those_who_report_to_the_one_before() {
        let roles = "desk: {title: Desk, reports_to: lead}\nlead: {title: Lead}\n";
        let of = |breach: &str| {
            let service = format!("standards: {{a: {{kind: timeliness, limit: 10bd, breach: [{breach}]}}}}\n");
            told("time/order", &[("registers/roles.yaml", roles), ("services/repair.md", &service)])
        };
        let lines = of("{at: 70%, tell: lead}, {at: 100%, tell: desk}");
        assert!(lines[0].contains("goes down again, from `lead` to `desk`"), "{lines:?}");
        assert_eq!(of("{at: 70%, tell: desk}, {at: 100%, tell: lead}"), [""; 0]);
        assert_eq!(of("{at: 70%, tell: lead}, {at: 100%, tell: [lead, desk]}"), [""; 0]);
    }
}
