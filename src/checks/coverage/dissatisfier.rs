//! `coverage/dissatisfier`: something that drives customers away, and nothing takes care of it.
//!
//! A factor of kind `performance` is no gap by itself: most of them are a matter of price and place, not of a standard.

use std::collections::BTreeSet;

use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::checks::meant::Meant;
use crate::diagnostic::{Diagnostic, Severity};
use crate::fields::text::SOURCE;
use crate::model::handbook::Handbook;
use crate::model::kind::{Factor, Kind, Ref};
use crate::model::registers::FactorKind;

/// The check.
pub const CHECK: Check = Check {
    name: "coverage/dissatisfier",
    severity: Severity::Error,
    finds: "No standard, promise or checklist item covers something that drives customers away, or that delights them.",
    why: "Dissatisfiers are what customers leave for: nobody praises you when they are absent, and nobody forgives them. \
          Each needs somebody whose daily work keeps it away, which is a standard, a promise or an item of a checklist. \
          What delights is no duty, but worth knowing when nobody does it.",
    wrong: &[("registers/factors.yaml", FACTOR)],
    right: &[
        ("registers/factors.yaml", FACTOR),
        (
            "services/repair.md",
            "standards:\n  fixed-first-time:\n    kind: accuracy\n    statement: The same fault does not come back.\n    \
             covers: [repeat-repairs]\n",
        ),
    ],
    finder: Finder::Run(run),
};

/// The factor of both examples.
const FACTOR: &str = "repeat-repairs:\n  text: The same fault comes back after the repair.\n  kind: dissatisfier\n";

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    let handbook = inspection.handbook();
    let unknown = &handbook.unknown;
    if handbook.factors.is_empty() || !unknown.documents.is_empty() || !unknown.services.is_empty() {
        return;
    }
    let Some(covered) = covered(handbook) else { return };
    for (id, row) in &handbook.factors {
        let Some(kind) = row.value.kind.as_ref().filter(|_| !covered.contains(id.as_str())) else { continue };
        let place = row.value.text.exactly(SOURCE).map_or(row.span, |text| text.span);
        let (message, severity) = match kind.value {
            FactorKind::Performance => continue,
            FactorKind::Dissatisfier => {
                (format!("nothing takes care of `{id}`, which drives customers away"), Severity::Error)
            }
            FactorKind::Satisfier => (format!("nothing sees to `{id}`, which delights customers"), Severity::Info),
        };
        let action = format!(
            "add `covers: [{id}]` to the standard, promise or checklist item that takes care of it, or write one"
        );
        found.push(Diagnostic { severity, ..CHECK.told(place, message).action(action) });
    }
}

/// Gives the factors that are covered; nothing where some `covers` could not be read.
fn covered(handbook: &Handbook) -> Option<BTreeSet<String>> {
    let mut covers: Vec<(&[Ref<Factor>], &[&'static str])> = Vec::new();
    for service in handbook.services.values() {
        if service.fields.faulty.iter().any(|key| ["standards", "promises"].contains(key)) {
            return None;
        }
        let standards = service.fields.standards.iter().map(|row| (&*row.value.covers, &*row.value.faulty));
        let promises = service.fields.promises.iter().map(|row| (&*row.value.covers, &*row.value.faulty));
        covers.extend(standards.chain(promises));
    }
    for checklist in handbook.checklists.values() {
        if checklist.fields.faulty.contains(&"items") {
            return None;
        }
        covers.extend(checklist.fields.items.iter().map(|row| (&*row.value.0.covers, &*row.value.0.faulty)));
    }
    if covers.iter().any(|(_, faulty)| faulty.contains(&"covers")) {
        return None;
    }
    let meant = Meant::of(handbook);
    let all = covers.iter().flat_map(|(covers, _)| covers.iter().map(|factor| factor.id.as_str()));
    // A name that is misspelt is told as such; the factor that it means is covered.
    let known = |id: &str| match handbook.factors.contains_key(id) {
        true => Some(id.to_owned()),
        false => meant.best(Kind::Factor, id).map(str::to_owned),
    };
    Some(all.filter_map(known).collect())
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::{service, told, tree};
    use crate::checks::{check, inspect};
    use crate::diagnostic::Severity;
    use crate::parse::parse;

    fn found(kind: &str, files: &[(&str, &str)]) -> Vec<String> {
        let factors = format!("late: {{text: It is late., kind: {kind}}}\n");
        let all: Vec<(&str, &str)> =
            [("registers/factors.yaml", factors.as_str())].iter().chain(files).copied().collect();
        told("coverage/dissatisfier", &all)
    }

    #[test]
    fn a_dissatisfier_that_nothing_covers_is_told_at_its_text() {
        assert_eq!(
            found("dissatisfier", &[]),
            [
                "registers/factors.yaml:1 nothing takes care of `late`, which drives customers away → add `covers: [late]` to \
              the standard, promise or checklist item that takes care of it, or write one"
            ]
        );
    }

    #[test]
    fn a_standard_a_promise_or_an_item_covers_it() {
        for text in ["standards: {a: {kind: access, level: L, covers: [late]}}\n", "promises: {p: {covers: [late]}}\n"]
        {
            assert_eq!(found("dissatisfier", &[("services/repair.md", &service(text))]), [""; 0], "{text}");
        }
        let checklist = "title: T\nuse: shift\nby: desk\nevery: shift\nitems: {a: {text: A, covers: [late]}}\n";
        assert_eq!(found("dissatisfier", &[("checklists/opening.md", checklist)]), [""; 0]);
    }

    #[test]
    fn what_delights_is_a_remark_and_what_is_liked_the_more_of_it_is_none() {
        let severity = |kind: &str| {
            let factors = format!("gift: {{text: A gift., kind: {kind}}}\n");
            let tree = tree(&[("registers/factors.yaml", &factors)]);
            let parsed = parse(&tree, "");
            let (checked, _) = check(parsed.handbook, &tree, &parsed.diagnostics);
            let told = inspect(&checked, &tree, crate::checks::bench::TODAY, &[]);
            told.into_iter().find(|told| told.name == "coverage/dissatisfier").map(|told| told.severity)
        };
        assert_eq!(severity("satisfier"), Some(Severity::Info));
        assert_eq!(severity("performance"), None);
    }

    #[test]
    fn a_factor_whose_name_is_misspelt_where_it_is_covered_is_covered() {
        let factors = "repeat-repairs: {text: T, kind: dissatisfier}\n";
        let text = service("standards: {a: {kind: access, level: L, covers: [repeat-repair]}}\n");
        let tree = tree(&[("registers/factors.yaml", factors), ("services/repair.md", &text)]);
        let parsed = parse(&tree, "");
        let (checked, _) = check(parsed.handbook, &tree, &parsed.diagnostics);
        let told = inspect(&checked, &tree, crate::checks::bench::TODAY, &[]);
        assert!(told.iter().all(|told| told.name != "coverage/dissatisfier"), "{told:#?}");
    }
}
