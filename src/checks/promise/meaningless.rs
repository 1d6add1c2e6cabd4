//! `promise/meaningless`: a promise that takes care of nothing customers care about.

use std::collections::BTreeSet;

use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::diagnostic::{Diagnostic, Severity};
use crate::fields::text::SOURCE;
use crate::model::handbook::Handbook;
use crate::model::promise::Promise;
use crate::units::nearest::listed;

/// The check.
pub const CHECK: Check = Check {
    name: "promise/meaningless",
    severity: Severity::Warning,
    finds: "A promise covers nothing that customers care about, although the handbook knows what that is.",
    why: "Many promises vow what everybody takes for granted, or what the firm likes to be good at. They cost attention \
          and move nobody. Ask which worry of a customer the promise takes away, and name it under `covers`; if there \
          is none, promise something else.",
    wrong: &[
        ("registers/factors.yaml", "quiet-seat: {text: A quiet place to sit, kind: performance}\n"),
        (
            "services/repair.md",
            "promises:\n  beans:\n    kind: commitment\n    statement: You will find no bad beans here.\n",
        ),
    ],
    right: &[
        ("registers/factors.yaml", "quiet-seat: {text: A quiet place to sit, kind: performance}\n"),
        (
            "services/repair.md",
            "promises:\n  seat:\n    kind: commitment\n    statement: You wait where it is quiet.\n    covers: [quiet-seat]\n",
        ),
    ],
    finder: Finder::Run(run),
};

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    let handbook = inspection.handbook();
    if handbook.factors.is_empty() {
        return;
    }
    for (_, row) in inspection.promises() {
        if !row.value.covers.is_empty() || row.value.faulty.contains(&"covers") {
            continue;
        }
        let place = row.value.statement.exactly(SOURCE).map_or(row.span, |statement| statement.span);
        let message = format!("`{}` takes care of nothing that customers care about: it covers no factor", row.id);
        let behind = covered_behind(handbook, &row.value);
        let action = match behind.is_empty() {
            true => {
                "add `covers: […]` with what it takes care of, or promise something that customers care about".into()
            }
            false => format!("add `covers`; the standards behind it cover {}", listed(behind)),
        };
        found.push(CHECK.told(place, message).action(action));
    }
}

/// Gives what the standards behind a promise cover.
fn covered_behind<'a>(handbook: &'a Handbook, promise: &Promise) -> BTreeSet<&'a str> {
    let standards = promise.backed_by.iter().filter_map(|standard| handbook.standard(&standard.id));
    standards.flat_map(|row| row.value.covers.iter().map(|factor| factor.id.as_str())).collect()
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::{service, told};

    const FACTORS: &str = "late: {text: It takes too long., kind: dissatisfier}\n";

    fn found(factors: &str, text: &str) -> Vec<String> {
        let service = service(text);
        let files = [("services/repair.md", service.as_str()), ("registers/factors.yaml", factors)];
        told("promise/meaningless", if factors.is_empty() { &files[..1] } else { &files })
    }

    #[test]
    fn a_promise_that_covers_nothing_is_told() {
        assert_eq!(
            found(FACTORS, "promises: {p: {statement: S}}\n"),
            [
                "services/repair.md:7 `p` takes care of nothing that customers care about: it covers no factor → add `covers: […]` \
              with what it takes care of, or promise something that customers care about"
            ]
        );
        assert_eq!(found(FACTORS, "promises: {p: {statement: S, covers: [late]}}\n"), [""; 0]);
    }

    #[test]
    fn what_the_standards_behind_it_cover_is_proposed() {
        let text = "standards: {a: {kind: access, level: L, covers: [late]}}\npromises: {p: {backed_by: [a]}}\n";
        let lines = found(FACTORS, text);
        assert!(lines[0].ends_with("add `covers`; the standards behind it cover `late`"), "{lines:#?}");
    }

    #[test]
    fn without_factors_nothing_can_be_covered() {
        assert_eq!(found("", "promises: {p: {statement: S}}\n"), [""; 0]);
    }
}
