//! `coverage/kind`: a service whose standards leave a side of it in the dark.

use std::collections::BTreeSet;

use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::diagnostic::{Diagnostic, Severity};
use crate::fields::text::SOURCE;
use crate::model::document::Document;
use crate::model::handbook::Handbook;
use crate::model::service::Service;
use crate::model::standard::StandardKind;

/// The check.
pub const CHECK: Check = Check {
    name: "coverage/kind",
    severity: Severity::Info,
    finds: "A service has no standard of access, of timeliness or of accuracy.",
    why: "Customers ask three things: do I get in, how long does it take, and is it right. Most handbooks answer only the \
          second, and staff learn that speed is what counts: the phone rings, and the work comes back. A standard of \
          another service that holds here too counts, if it is named under `also`.",
    wrong: &[(
        "services/repair.md",
        "title: Repair\nstandards:\n  turnaround: {kind: timeliness, limit: 10 business days}\n",
    )],
    right: &[(
        "services/repair.md",
        "title: Repair\nstandards:\n  turnaround: {kind: timeliness, limit: 10 business days}\n  \
         answer-call: {kind: access, level: 20 seconds}\n  fixed-first-time: {kind: accuracy, level: no repeat within 90 days}\n",
    )],
    finder: Finder::Run(run),
};

/// The kinds that every service has a side of, with what they answer.
const SIDES: [(StandardKind, &str); 3] = [
    (StandardKind::Access, "access (do I get in)"),
    (StandardKind::Timeliness, "timeliness (how long does it take)"),
    (StandardKind::Accuracy, "accuracy (is it right)"),
];

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    let handbook = inspection.handbook();
    for (id, service) in &handbook.services {
        let Some(kinds) = kinds(handbook, service) else { continue };
        let missing: Vec<&str> =
            SIDES.iter().filter(|(kind, _)| !kinds.contains(kind)).map(|(_, words)| *words).collect();
        if missing.is_empty() {
            continue;
        }
        let place = service.fields.title.exactly(SOURCE).map_or(service.beginning, |title| title.span);
        let message = format!("`{id}` has no standard of {}", missing.join(" and none of "));
        let told = CHECK.told(place, message);
        found.push(told.action("write one, or name under `also` a standard of another service that holds here too"));
    }
}

/// Gives the kinds of the standards that hold in a service; nothing where one of them is not known.
fn kinds(handbook: &Handbook, service: &Document<Service>) -> Option<BTreeSet<StandardKind>> {
    let fields = &service.fields;
    let unknown = fields.faulty.iter().any(|key| ["standards", "also"].contains(key))
        || handbook.unknown.services.contains(&service.id);
    let own = fields.standards.iter().map(Some);
    let also = fields.also.iter().map(|standard| handbook.standard(&standard.id));
    let kinds = own.chain(also).map(|row| row?.value.kind.as_ref().map(|kind| kind.value));
    kinds.collect::<Option<_>>().filter(|_| !unknown)
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::{service, told, told_in_service};

    fn found(text: &str) -> Vec<String> {
        told_in_service("coverage/kind", text)
    }

    #[test]
    fn the_kinds_that_are_missing_are_told_once() {
        assert_eq!(
            found("standards: {a: {kind: access, level: L}}\n"),
            [
                "services/repair.md:2 `repair` has no standard of timeliness (how long does it take) and none of accuracy (is \
              it right) → write one, or name under `also` a standard of another service that holds here too"
            ]
        );
    }

    #[test]
    fn conduct_is_no_substitute() {
        let all = "a: {kind: access, level: L}, b: {kind: timeliness, limit: 1bd}";
        assert_eq!(found(&format!("standards: {{{all}, c: {{kind: conduct, level: L}}}}\n")).len(), 1);
        assert_eq!(found(&format!("standards: {{{all}, c: {{kind: accuracy, level: L}}}}\n")), [""; 0]);
    }

    #[test]
    fn a_standard_of_another_service_counts_where_it_holds() {
        let contact = service("standards: {a: {kind: access, level: L}, b: {kind: accuracy, level: L}}\n");
        let own = service("standards: {c: {kind: timeliness, limit: 1bd}}\nalso: [contact/a, contact/b]\n");
        let lines = told("coverage/kind", &[("services/contact.md", &contact), ("services/repair.md", &own)]);
        assert_eq!(lines.len(), 1);
        assert!(lines[0].starts_with("services/contact.md:2 `contact` has no standard of timeliness"), "{lines:#?}");
    }

    #[test]
    fn nothing_is_said_where_a_kind_could_not_be_read_or_a_standard_is_not_known() {
        let broken = service("standards: {a: {kind: speed}}\n");
        let tree = crate::checks::bench::tree(&[("services/repair.md", &broken)]);
        let (checked, _) = crate::checks::bench::look(&tree);
        let told = crate::checks::inspect(&checked, &tree, crate::checks::bench::TODAY, &[]);
        assert!(told.iter().all(|told| told.name != "coverage/kind"), "{told:#?}");
    }
}
