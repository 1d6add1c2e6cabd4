//! The part of `time/text-disagrees` that looks at prose: a section that belongs to a standard and names another limit.

use crate::checks::figures::{Figures, limits};
use crate::checks::inspection::Inspection;
use crate::checks::mentions::owner_of_section;
use crate::checks::said::Written;
use crate::checks::time::text_disagrees::{CHECK, field_of};
use crate::diagnostic::Diagnostic;
use crate::markdown::passage::Passage;
use crate::model::kind::Kind;
use crate::model::standard::Standard;
use crate::units::duration::{Clock, Duration};
use crate::wording::amount::Amount;
use crate::wording::limit_phrase::{is_adjective, is_limit};

/// Looks at all prose of services.
pub(super) fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    for (written, amounts) in inspection.written.iter().zip(&inspection.readings().written) {
        if written.thing.0 != Kind::Service || amounts.iter().all(Vec::is_empty) {
            continue;
        }
        let Some(service) = inspection.handbook().services.get(&written.thing.1) else { continue };
        let known = Figures::of_service(&service.fields);
        for (passage, amounts) in written.prose.passages.iter().zip(amounts) {
            found.extend(of_passage(inspection, written, (passage, amounts), &known));
        }
    }
}

fn of_passage(
    inspection: &Inspection<'_>,
    written: &Written<'_>,
    (passage, amounts): (&Passage, &[Amount]),
    known: &Figures,
) -> Option<Diagnostic> {
    let prints = passage.references.iter().filter_map(|(_, link)| written.prose.wiki_links.get(*link));
    if amounts.is_empty() || passage.is_quoted || prints.into_iter().any(|link| link.value.is_some()) {
        return None;
    }
    let (standard, row) = bound_standard(inspection, written, passage)?;
    let limits = limits(row);
    let (limit, place) = limits.first()?;
    let is_wrong = |amount: &&Amount| {
        is_limit(&passage.text, amount)
            && amount.to.is_none()
            && !is_adjective(&passage.text, amount)
            && is_same_clock(amount, *limit)
            && !known.have(amount)
    };
    if amounts.iter().any(|amount| limits.iter().any(|(limit, _)| amount.is(*limit))) {
        return None;
    }
    let amount = amounts.iter().find(is_wrong)?;
    let said = passage.text.get(amount.range.clone()).unwrap_or_default();
    let id = standard.rsplit('/').next().unwrap_or_default();
    let field = field_of(row, *place);
    let message = format!("the section about `{id}` says {said}, the {field} is {limit}");
    let told =
        CHECK.told(passage.span(&amount.range, written.prose.base), message).label(*place, format!("the {field}"));
    Some(told.action(format!("write `[[{standard}#{field}]]` here, or change the {field}")))
}

/// Gives the standard to which the section around a passage belongs.
pub(super) fn bound_standard<'a>(
    inspection: &Inspection<'a>,
    written: &Written<'_>,
    passage: &Passage,
) -> Option<(String, &'a Standard)> {
    let place = passage.span(&(0..1), written.prose.base).start;
    let (kind, id) = owner_of_section(inspection.handbook(), &written.thing.1, written.prose, place)?;
    let row = inspection.handbook().standard(&id).filter(|_| kind == Kind::Standard)?;
    Some((id, &row.value))
}

fn is_same_clock(amount: &Amount, limit: Duration) -> bool {
    match amount.on_clock() {
        Some((clock, _)) => clock == limit.clock(),
        None => matches!(limit.clock(), Clock::BusinessDays | Clock::Dates),
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::told_in_service;

    fn told(prose: &str) -> Vec<String> {
        let standards = "standards:\n  quick: {kind: timeliness, limit: 7bd, statement: S}\n  news: {kind: timeliness, limit: 2bd, statement: S}\n";
        told_in_service("time/text-disagrees", &format!("{standards}---\n## Quick {{#quick}}\n\n{prose}\n"))
    }

    #[test]
    fn a_section_of_a_standard_that_names_another_limit_is_told() {
        let line = "services/repair.md:13 the section about `quick` says 5 business days, the limit is 7 business days → write \
                    `[[repair/quick#limit]]` here, or change the limit";
        assert_eq!(told("It is ready within 5 business days."), [line]);
        assert_eq!(told("It is ready within five days.").len(), 1);
    }

    #[test]
    fn of_a_standard_with_a_window_the_window_is_named() {
        let standard =
            "standards:\n  kept: {kind: accuracy, level: it stays mended, window: 12 months, statement: S}\n";
        let told = told_in_service(
            "time/text-disagrees",
            &format!("{standard}---\n## Kept {{#kept}}\n\nFree within 6 months.\n"),
        );
        assert!(
            told[0].contains("the window is 12 months → write `[[repair/kept#window]]` here, or change the window"),
            "{told:?}"
        );
    }

    #[test]
    fn other_times_in_such_a_section_are_not() {
        for prose in [
            "It is ready within 7 business days.",
            "News comes within 2 business days.",
            "The same fault within 12 months counts as repeated.",
            "Last year we took 5 business days.",
            "It is ready within [[#limit]], often within 5 business days.",
            "> Ready within 5 business days, another firm says.",
        ] {
            assert_eq!(told(prose), [""; 0], "{prose}");
        }
    }
}
