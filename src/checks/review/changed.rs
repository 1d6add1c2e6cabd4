//! `review/changed`: a service that demands or promises something else than when it was reviewed.

use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::document::Document;
use crate::model::handbook::Handbook;
use crate::model::service::Service;
use crate::model::stamp::{Part, Stamp};
use crate::source::Spanned;

/// The check.
pub const CHECK: Check = Check {
    name: "review/changed",
    severity: Severity::Warning,
    finds: "What a service demands or promises has changed since the review that stamped it.",
    why: "A review says: this is what we decided on. `pledgebook review` stamps it with a fingerprint of all limits, targets, \
          remedies, rights, steps and owners. When one of them changes afterwards, nobody has decided on what now stands \
          there, whatever the date says. Wording, prose and translations are not in the fingerprint and may change freely; the \
          figures in a text that binds are in it. Look at what changed, then stamp the service again.",
    wrong: &[(
        "services/repair.md",
        "owner: desk\nreview: {last: 2026-10-01, of: 704bea-069c2e-8fbb2e-af1349}\nstandards:\n  turnaround: {limit: 12 business days}\n",
    )],
    right: &[(
        "services/repair.md",
        "owner: desk\nreview: {last: 2026-10-01, of: 704bea-069c2e-8fbb2e-af1349}\nstandards:\n  turnaround: {limit: 10 business days}\n",
    )],
    finder: Finder::Run(run),
};

/// What has changed of a service since its review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// These parts of it.
    Parts(Vec<Part>),
    /// It cannot be known: what is written is no fingerprint.
    Unreadable,
}

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    let handbook = inspection.handbook();
    for service in handbook.services.values() {
        let Some((given, change)) = change(handbook, service) else { continue };
        let message = match change {
            Change::Parts(parts) => {
                format!("`{}` has changed since {}: {}", service.id, reviewed(service), named(&parts))
            }
            Change::Unreadable => format!("`{}` is no fingerprint of what was reviewed", given.value),
        };
        let who = service.fields.owner.as_ref().map_or_else(String::new, |owner| format!("let `{}` ", owner.id));
        let action = format!("{who}review the service, then run `pledgebook review {}`", service.id);
        found.push(CHECK.told(given.span, message).action(action));
    }
}

/// Tells what has changed of a service since the review that stamped it, with the stamp; nothing where nothing has, or where
/// no review stamped it.
pub fn change<'a>(handbook: &Handbook, service: &'a Document<Service>) -> Option<(&'a Spanned<String>, Change)> {
    let given = service.fields.review.as_ref()?.of.as_ref()?;
    if handbook.unknown.services.contains(&service.id) {
        return None;
    }
    let Some(stamp) = Stamp::read(given.value.trim()) else { return Some((given, Change::Unreadable)) };
    let parts = stamp.differing(&Stamp::of(&service.fields));
    (!parts.is_empty()).then_some((given, Change::Parts(parts)))
}

fn reviewed(service: &Document<Service>) -> String {
    let last = service.fields.review.as_ref().and_then(|review| review.last.as_ref());
    last.map_or_else(|| "its review".to_owned(), |last| format!("its review of {}", last.value))
}

fn named(parts: &[Part]) -> String {
    let words: Vec<&str> = parts
        .iter()
        .map(|part| match part {
            Part::Service => "what the service itself says (owner, calendar, channels, fee, needs, exceptions)",
            Part::Standards => "its standards",
            Part::Steps => "its steps",
            Part::Promises => "its promises",
        })
        .collect();
    match words.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => words.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::bench::{look, service, told_in_service, tree};

    const STANDARDS: &str = "standards:\n  quick: {title: Quick, limit: 10 business days}\n";

    fn stamp(rest: &str) -> String {
        let (checked, _) = look(&tree(&[("services/repair.md", &service(rest))]));
        Stamp::of(&checked.handbook().services["repair"].fields).to_string()
    }

    /// Says what is found where a service was stamped before its text changed.
    fn found(from: &str, to: &str) -> Vec<String> {
        let text = service(&STANDARDS.replace(from, to));
        let text = text.replace("every: 12 months", &format!("every: 12 months, of: {}", stamp(STANDARDS)));
        crate::checks::bench::told("review/changed", &[("services/repair.md", &text)])
    }

    #[test]
    fn a_service_that_is_as_it_was_reviewed_is_fine_whatever_its_words() {
        assert_eq!(found("", ""), [""; 0]);
        assert_eq!(found("title: Quick", "title: Fast"), [""; 0]);
    }

    #[test]
    fn a_normative_change_is_told_with_the_part_it_is_in() {
        assert_eq!(
            found("10 business days", "12 business days"),
            [
                "services/repair.md:6 `repair` has changed since its review of 2026-11-01: its standards → let `desk` review \
              the service, then run `pledgebook review repair`"
            ]
        );
        let both = "limit: 9 business days}\npromises: {p: {statement: S, backed_by: [quick]}}";
        assert!(found("limit: 10 business days}", both)[0].contains(": its standards and its promises →"));
    }

    #[test]
    fn the_stamp_of_the_examples_is_that_of_the_right_one() {
        let tree = crate::checks::stand_in::tree(CHECK.right);
        let (checked, _) = look(&tree);
        let stamp = Stamp::of(&checked.handbook().services["repair"].fields).to_string();
        assert!(CHECK.right[0].1.contains(&stamp), "{stamp}");
    }

    #[test]
    fn a_service_without_a_stamp_is_never_told() {
        assert_eq!(told_in_service("review/changed", STANDARDS), [""; 0]);
    }

    #[test]
    fn what_is_no_fingerprint_is_told() {
        let text = service("").replace("every: 12 months", "every: 12 months, of: yes");
        let found = crate::checks::bench::told("review/changed", &[("services/repair.md", &text)]);
        assert!(found[0].starts_with("services/repair.md:6 `yes` is no fingerprint"), "{found:?}");
    }
}
