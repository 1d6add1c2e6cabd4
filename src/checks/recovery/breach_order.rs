//! `recovery/breach-order`: the entries of `breach` not in the order in which they come.

use std::cmp::Ordering;

use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::checks::reorder::reorder;
use crate::diagnostic::edit::Edit;
use crate::diagnostic::{Diagnostic, Severity};
use crate::fields::yaml;
use crate::model::document::Document;
use crate::model::quantity::Moment;
use crate::model::service::Service;
use crate::source::{Span, Spanned};

/// The check.
pub const CHECK: Check = Check {
    name: "recovery/breach-order",
    severity: Severity::Info,
    finds: "The entries of `breach` do not stand in the order in which they come.",
    why: "Who is told at 70 % stands above who is told at 100 %: staff read the list from the top while the time runs, and \
          the first line must be the first call. Put the earliest first; `check --fix` does it.",
    wrong: &[(
        "services/repair.md",
        "standards:\n  turnaround:\n    kind: timeliness\n    limit: 10bd\n    breach:\n      - {at: 100%, tell: lead}\n      - {at: 70%, tell: desk}\n",
    )],
    right: &[(
        "services/repair.md",
        "standards:\n  turnaround:\n    kind: timeliness\n    limit: 10bd\n    breach:\n      - {at: 70%, tell: desk}\n      - {at: 100%, tell: lead}\n",
    )],
    finder: Finder::Run(run),
};

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    for (service, row) in inspection.standards() {
        let breach = &row.value.breach;
        let moments: Option<Vec<&Spanned<Moment>>> = breach.iter().map(|entry| entry.at.as_ref()).collect();
        // An entry that could not be read leaves a gap in which anything may stand.
        if row.value.faulty.contains(&"breach") {
            continue;
        }
        let Some(moments) = moments else { continue };
        let Some(order) = rising(inspection, &service.fields, &moments) else { continue };
        let Some(pair) = moments.windows(2).find(|pair| comes_after(inspection, &service.fields, pair)) else {
            continue;
        };
        let [later, earlier] = pair else { continue };
        let message = format!(
            "`breach` of `{}` names {} below {}, which comes later",
            row.id,
            said(earlier.value),
            said(later.value)
        );
        let told = CHECK.told(earlier.span, message).label(later.span, "comes later");
        let told =
            told.action(format!("write the entry of {} above that of {}", said(earlier.value), said(later.value)));
        let fix = fix(inspection, service, &row.id, &order).unwrap_or_default();
        found.push(Diagnostic { fix, ..told });
    }
}

/// Compares two moments of a limit; a share and a time are of two kinds.
fn compare(inspection: &Inspection<'_>, service: &Service, (a, b): (Moment, Moment)) -> Option<Ordering> {
    match (a, b) {
        (Moment::Share(a), Moment::Share(b)) => Some(a.cmp(&b)),
        (Moment::Duration(a), Moment::Duration(b)) => inspection.compare(service, a, b),
        _ => None,
    }
}

fn comes_after(inspection: &Inspection<'_>, service: &Service, pair: &[&Spanned<Moment>]) -> bool {
    let [a, b] = pair else { return false };
    compare(inspection, service, (a.value, b.value)) == Some(Ordering::Greater)
}

/// The most entries that are put in order.
const MOST: usize = 12;

/// Gives the rising order of moments, where each can be compared with each.
fn rising(inspection: &Inspection<'_>, service: &Service, moments: &[&Spanned<Moment>]) -> Option<Vec<usize>> {
    if moments.len() > MOST {
        return None;
    }
    let mut order: Vec<usize> = Vec::new();
    for (at, moment) in moments.iter().enumerate() {
        let mut place = 0;
        for (number, other) in order.iter().enumerate() {
            if compare(inspection, service, (moments.get(*other)?.value, moment.value))? != Ordering::Greater {
                place = number + 1;
            }
        }
        order.insert(place, at);
    }
    Some(order)
}

fn said(moment: Moment) -> String {
    match moment {
        Moment::Share(share) => share.to_string(),
        Moment::Duration(duration) => duration.to_string(),
    }
}

/// Gives the changes that put the entries of a standard in order.
fn fix(inspection: &Inspection<'_>, service: &Document<Service>, id: &str, order: &[usize]) -> Option<Vec<Edit>> {
    let text = inspection.tree.text(service.file)?.as_str();
    let (start, end) = (service.beginning.start as usize, service.body.span.start as usize);
    let front = yaml::read(text.get(start..end)?, Span::new(service.file, start, end));
    let list = front.root.get("standards")?.get(id)?.get("breach")?;
    reorder(text, list, order)
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::{TODAY, look, service, told_in_service, tree};
    use crate::mend::mend;

    fn standard(breach: &str) -> String {
        format!("standards:\n  a:\n    kind: timeliness\n    limit: 10bd\n    breach:{breach}\n")
    }

    fn told(breach: &str) -> Vec<String> {
        told_in_service("recovery/breach-order", &standard(breach))
    }

    /// Gives the lines of the entries when they are mended.
    fn mended(breach: &str) -> Option<String> {
        let text = service(&standard(breach));
        let tree = tree(&[("services/repair.md", &text)]);
        let file = tree.find("services/repair.md").unwrap();
        let found = crate::checks::inspect(&look(&tree).0, &tree, TODAY, &[]);
        let found: Vec<_> = found.into_iter().filter(|told| told.name == "recovery/breach-order").collect();
        let new = mend(&found, &tree).texts.remove(&file)?;
        let (before, after) = (text.split_once("breach:")?.0, new.split_once("breach:")?);
        assert_eq!(before, after.0);
        Some(after.1.trim_end_matches("---\n").trim_end().to_owned())
    }

    #[test]
    fn entries_that_do_not_rise_are_told_once_at_the_first_that_is_too_low() {
        let lines = told(" [{at: 100%, tell: lead}, {at: 70%, tell: desk}, {at: 50%, tell: desk}]");
        assert_eq!(
            lines,
            [
                "services/repair.md:11 `breach` of `a` names 70% below 100%, which comes later → write the entry of 70% above that of 100%"
            ]
        );
    }

    #[test]
    fn entries_that_rise_or_come_at_once_are_not_told() {
        assert_eq!(told(" [{at: 70%, tell: desk}, {at: 70%, tell: lead}, {at: 100%, tell: lead}]"), [""; 0]);
        assert_eq!(told(" [{at: 5bd, tell: desk}, {at: 2 weeks, tell: lead}]"), [""; 0]);
    }

    #[test]
    fn a_share_and_a_time_are_not_compared() {
        assert_eq!(told(" [{at: 100%, tell: lead}, {at: 1bd, tell: desk}]"), [""; 0]);
    }

    #[test]
    fn times_are_compared_by_the_calendar() {
        assert_eq!(told(" [{at: 2 weeks, tell: lead}, {at: 24h, tell: desk}]").len(), 1);
    }

    #[test]
    fn entries_change_places_with_their_remarks() {
        let breach = "\n      - at: 100%   # 到期\n        tell: lead\n      # early\n      - {at: 70%, tell: desk}";
        let wanted = "\n      # early\n      - {at: 70%, tell: desk}\n      - at: 100%   # 到期\n        tell: lead";
        assert_eq!(mended(breach).as_deref(), Some(wanted));
        assert_eq!(mended(wanted), None);
    }

    #[test]
    fn three_entries_in_brackets_are_sorted() {
        let breach = " [{at: 3bd, tell: a}, {at: 1bd, tell: desk}, {at: 2bd, tell: lead}]";
        let wanted = " [{at: 1bd, tell: desk}, {at: 2bd, tell: lead}, {at: 3bd, tell: a}]";
        assert_eq!(mended(breach).as_deref(), Some(wanted));
    }
}
