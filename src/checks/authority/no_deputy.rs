//! `authority/no-deputy`: a role that decides, and nobody who stands in for it.

use std::collections::BTreeMap;

use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Span;

/// The check.
pub const CHECK: Check = Check {
    name: "authority/no-deputy",
    severity: Severity::Warning,
    finds: "A role answers for a service or a standard, or grants a remedy, and has no deputy.",
    why: "People are ill and on leave, and a promise has no holidays. Where nobody stands in, a remedy waits for the one who may \
          grant it, and a broken limit for the one who would act. Name a deputy, best one level above or beside, with the same \
          right to grant.",
    wrong: &[
        (
            "registers/roles.yaml",
            "desk: {title: {en: Service desk, de: Annahme}}\nlead: {title: {en: Shift lead, de: Schichtleitung}, deputy: desk}\n",
        ),
        ("services/repair.md", "owner: desk\n"),
    ],
    right: &[
        (
            "registers/roles.yaml",
            "desk: {title: {en: Service desk, de: Annahme}, deputy: lead}\nlead: {title: {en: Shift lead, de: Schichtleitung}, deputy: desk}\n",
        ),
        ("services/repair.md", "owner: desk\n"),
    ],
    finder: Finder::Run(run),
};

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    let handbook = inspection.handbook();
    let mut duties: BTreeMap<&str, (String, Span)> = BTreeMap::new();
    for service in handbook.services.values() {
        if let Some(owner) = &service.fields.owner {
            duties.entry(&owner.id).or_insert_with(|| (format!("answers for `{}`", service.id), owner.span));
        }
    }
    for (service, row) in inspection.standards() {
        if let Some(owner) = &row.value.owner {
            duties.entry(&owner.id).or_insert_with(|| (format!("answers for `{}/{}`", service.id, row.id), owner.span));
        }
    }
    for (service, row) in inspection.promises() {
        if let Some(by) = row.value.remedy.as_ref().and_then(|remedy| remedy.granted_by.as_ref()) {
            let duty = || (format!("grants the remedy of `{}/{}`", service.id, row.id), by.span);
            duties.entry(&by.id).or_insert_with(duty);
        }
    }
    for (id, (duty, span)) in duties {
        let Some(row) = handbook.roles.get(id) else { continue };
        let role = &row.value;
        let is_external = role.external.as_ref().is_some_and(|external| external.value);
        let has_deputy = role.deputy.0.iter().any(|deputy| deputy.id != id) || role.faulty.contains(&"deputy");
        if is_external || has_deputy {
            continue;
        }
        let above = role.reports_to.as_ref().map(|to| to.id.as_str()).filter(|above| *above != id);
        let action = above.map_or("add `deputy: …`, the role that stands in where it is away".to_owned(), |above| {
            format!("add `deputy: {above}`, or another role")
        });
        let told = CHECK.told(row.span, format!("`{id}` {duty} and has no deputy"));
        found.push(told.label(span, "here").action(action));
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::told;

    fn of(roles: &str, service: &str) -> Vec<String> {
        told("authority/no-deputy", &[("registers/roles.yaml", roles), ("services/repair.md", service)])
    }

    #[test]
    fn a_role_is_told_once_with_what_it_does() {
        let roles = "desk: {title: D, reports_to: lead}\nlead: {title: L}\n";
        let service = "owner: desk\nstandards: {a: {owner: desk}}\n";
        let says = "registers/roles.yaml:1 `desk` answers for `repair` and has no deputy → add `deputy: lead`, or another role";
        assert_eq!(of(roles, service), [says]);
        let lines = of(roles, "standards: {a: {owner: desk}}\npromises: {p: {remedy: {what: W, granted_by: lead}}}\n");
        assert!(
            lines[0].contains("answers for `repair/a`") && lines[1].contains("grants the remedy of `repair/p`"),
            "{lines:?}"
        );
    }

    #[test]
    fn a_deputy_another_firm_or_no_duty_is_fine() {
        assert_eq!(of("desk: {title: D, deputy: lead}\nlead: {title: L}\n", "owner: desk\n"), [""; 0]);
        assert_eq!(of("desk: {title: D, external: true}\n", "owner: desk\n"), [""; 0]);
        assert_eq!(of("desk: {title: D}\n", ""), [""; 0]);
    }

    #[test]
    fn nobody_stands_in_for_himself() {
        assert_eq!(of("desk: {title: D, deputy: desk}\n", "owner: desk\n").len(), 1);
    }
}
