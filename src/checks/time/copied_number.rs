//! `time/copied-number`: a limit that prose repeats by hand, where it could be printed.

use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::checks::said::Written;
use crate::checks::time::prose_disagrees::bound_standard;
use crate::diagnostic::{Diagnostic, Severity};
use crate::markdown::passage::Passage;
use crate::model::kind::Kind;
use crate::model::lookup::Scope;
use crate::source::Span;
use crate::units::duration::Duration;
use crate::wording::amount::{Amount, Measure};
use crate::wording::limit_phrase::{is_adjective, is_limit};

/// The check.
pub const CHECK: Check = Check {
    name: "time/copied-number",
    severity: Severity::Info,
    finds: "Prose repeats the limit of a standard by hand.",
    why: "A number that stands in two places is changed in one. `[[repair/turnaround#limit]]` prints the limit in the reader's \
          language and links to the standard, so that a guide is right on the day the limit changes.",
    wrong: &[
        ("services/repair.md", "standards:\n  turnaround:\n    kind: timeliness\n    limit: 10 business days\n"),
        (
            "pages/guides/late.md",
            "about: [repair/turnaround]\n---\nTell the customer that it is ready within 10 business days.\n",
        ),
    ],
    right: &[
        ("services/repair.md", "standards:\n  turnaround:\n    kind: timeliness\n    limit: 10 business days\n"),
        (
            "pages/guides/late.md",
            "about: [repair/turnaround]\n---\nTell the customer that it is ready within [[repair/turnaround#limit]].\n",
        ),
    ],
    finder: Finder::Run(run),
};

/// A standard that prose may mean: its whole id, its limit and where that stands.
type Limit = (String, Duration, Span);

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    for (written, amounts) in inspection.written.iter().zip(&inspection.readings().written) {
        if amounts.iter().flatten().all(|amount| !amount.is_time()) {
            continue;
        }
        let limits = limits_of(inspection, written);
        for (passage, amounts) in written.prose.passages.iter().zip(amounts) {
            of_passage(inspection, written, (passage, amounts), &limits, found);
        }
    }
}

/// Gives the limits of what a document is about.
fn limits_of(inspection: &Inspection<'_>, written: &Written<'_>) -> Vec<Limit> {
    let handbook = inspection.handbook();
    match written.thing.0 {
        Kind::Service => of_service(inspection, &written.thing.1),
        Kind::Page => {
            let about = handbook.pages.get(&written.thing.1).map_or(&[][..], |page| &page.fields.about);
            let things = about.iter().filter_map(|about| handbook.look_up(&about.written, &Scope::default()).ok());
            things.flat_map(|thing| of_thing(inspection, &thing)).collect()
        }
        _ => Vec::new(),
    }
}

fn of_thing(inspection: &Inspection<'_>, (kind, id): &(Kind, String)) -> Vec<Limit> {
    match kind {
        Kind::Service => of_service(inspection, id),
        Kind::Standard => of_standard(inspection, id).into_iter().collect(),
        Kind::Promise => {
            let behind = inspection.handbook().promise(id).map_or(&[][..], |row| &row.value.backed_by);
            behind.iter().filter_map(|behind| of_standard(inspection, &behind.id)).collect()
        }
        _ => Vec::new(),
    }
}

fn of_service(inspection: &Inspection<'_>, id: &str) -> Vec<Limit> {
    let service = inspection.handbook().services.get(id);
    let standards = service.into_iter().flat_map(|service| service.fields.standards.iter());
    standards.filter_map(|row| of_standard(inspection, &format!("{id}/{}", row.id))).collect()
}

fn of_standard(inspection: &Inspection<'_>, id: &str) -> Option<Limit> {
    let limit = inspection.handbook().standard(id)?.value.limit.as_ref()?;
    Some((id.to_owned(), limit.value, limit.span))
}

fn of_passage(
    inspection: &Inspection<'_>,
    written: &Written<'_>,
    (passage, amounts): (&Passage, &[Amount]),
    limits: &[Limit],
    found: &mut Vec<Diagnostic>,
) {
    let times = amounts.iter().filter(|amount| amount.is_time() && amount.to.is_none());
    for amount in times.filter(|amount| !is_adjective(&passage.text, amount)) {
        let bound = bound_standard(inspection, written, passage).filter(|_| written.thing.0 == Kind::Service);
        let own = bound.and_then(|(id, _)| of_standard(inspection, &id)).into_iter();
        let mut near = linked(inspection, written, passage);
        near.extend(limits.iter().cloned());
        let is_meant = |limit: &Limit| amount.is(limit.1) && amount.measure != Measure::Days;
        let copied = own.chain(near).find(is_meant);
        if let Some(copied) = copied.filter(|_| is_limit(&passage.text, amount)) {
            found.push(tell(inspection, written, (passage, amount), &copied));
        }
    }
}

/// Gives the limits of the things that a passage links to.
fn linked(inspection: &Inspection<'_>, written: &Written<'_>, passage: &Passage) -> Vec<Limit> {
    let service = Some(written.thing.1.clone()).filter(|_| written.thing.0 == Kind::Service);
    let scope = Scope { service, own: None };
    let links = passage.references.iter().filter_map(|(_, link)| written.prose.wiki_links.get(*link));
    let plain = links.filter(|link| link.value.is_none() && !link.evidence);
    let things = plain.filter_map(|link| inspection.handbook().look_up(&link.target.value, &scope).ok());
    things.filter(|(kind, _)| *kind != Kind::Service).flat_map(|thing| of_thing(inspection, &thing)).collect()
}

fn tell(
    inspection: &Inspection<'_>,
    written: &Written<'_>,
    (passage, amount): (&Passage, &Amount),
    (standard, limit, place): &Limit,
) -> Diagnostic {
    let said = passage.text.get(amount.range.clone()).unwrap_or_default();
    let span = passage.span(&amount.range, written.prose.base);
    let tag = inspection.tag(written.language);
    let told = CHECK.told(span, format!("{said} repeats the limit of `{standard}` by hand")).label(*place, "the limit");
    let case = case_before(tag, passage.text.get(..amount.range.start).unwrap_or_default());
    let link = format!("[[{standard}#limit{case}]]");
    let told = told.action(format!("write `{link}`"));
    let is_certain = ["en", "zh"].iter().any(|language| tag.starts_with(language)) && amount.duration() == Some(*limit);
    if is_certain { told.fix(span, link) } else { told }
}

/// Gives the case that the German word before an amount asks for.
fn case_before(tag: &str, before: &str) -> &'static str {
    let last = before.split_whitespace().next_back().unwrap_or_default().to_lowercase();
    let is_dative = ["von", "in", "binnen", "nach", "mit", "seit", "vor"].contains(&last.as_str());
    if tag.starts_with("de") && is_dative { ":dative" } else { "" }
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::{service, told, told_in_service};

    const NAME: &str = "time/copied-number";
    const STANDARD: &str = "standards: {quick: {kind: timeliness, limit: 10bd, statement: S}}\n";

    fn told_of(prose: &str) -> Vec<String> {
        told_in_service(NAME, &format!("{STANDARD}---\n{prose}\n"))
    }

    #[test]
    fn a_limit_repeated_by_hand_is_told_with_the_link_to_write() {
        let line = "services/repair.md:9 10 business days repeats the limit of `repair/quick` by hand → write \
                    `[[repair/quick#limit]]`";
        assert_eq!(told_of("Ready within 10 business days."), [line]);
        assert_eq!(told_of("Ready within ten working days.").len(), 1);
    }

    #[test]
    fn other_times_and_times_that_are_no_limit_are_not() {
        for prose in [
            "Ready within [[repair/quick#limit]].",
            "Ready within 10 days.",
            "Ready within 8 business days.",
            "After a leave of 10 business days, read the board.",
            "Ready in 5-10 business days.",
        ] {
            assert_eq!(told_of(prose), [""; 0], "{prose}");
        }
    }

    #[test]
    fn a_page_may_repeat_the_limits_of_what_it_is_about_or_links_to() {
        let page = |front: &str, body: &str| {
            let page = format!("---\ntitle: P\nkind: guide\n{front}---\n{body}\n");
            told(NAME, &[("services/repair.md", &service(STANDARD)), ("pages/p.md", &page)]).len()
        };
        assert_eq!(page("about: [repair]\n", "Ready within 10 business days."), 1);
        assert_eq!(page("", "[[repair/quick]]: within 10 business days."), 1);
        assert_eq!(page("", "Ready within 10 business days."), 0);
    }

    #[test]
    fn german_names_the_case_that_the_preposition_asks_for() {
        let german = "---\ntitle: R\nfor: A\noutcome: O\n---\nFertig innerhalb von 10 Arbeitstagen.\n";
        let lines = told(NAME, &[("services/repair.md", &service(STANDARD)), ("services/repair.de.md", german)]);
        assert!(lines[0].ends_with("→ write `[[repair/quick#limit:dative]]`"), "{lines:?}");
    }
}
