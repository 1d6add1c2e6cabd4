//! `recovery/no-complaint-route`: a service of which nobody takes complaints.

use std::collections::BTreeMap;

use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::checks::recovery::complaints::{by_name, is_by_name, takers};
use crate::diagnostic::{Diagnostic, Severity};
use crate::fields::text::SOURCE;

/// The check.
pub const CHECK: Check = Check {
    name: "recovery/no-complaint-route",
    severity: Severity::Error,
    finds: "A service does not say where a customer complains about it.",
    why: "Most customers who are let down say nothing and leave. Those who look for somebody to tell deserve to find them on the \
          same sheet; a complaint that is settled quickly keeps more customers than a service without a fault. One service \
          that takes the complaints about all others is enough.",
    wrong: &[
        ("services/complaints.md", "title: Complaints\n"),
        ("services/delivery.md", "title: Delivery\ncomplaints_to: complaints\n"),
        ("services/repair.md", "title: Repair\n"),
    ],
    right: &[
        ("services/complaints.md", "title: Complaints\n"),
        ("services/delivery.md", "title: Delivery\ncomplaints_to: complaints\n"),
        ("services/repair.md", "title: Repair\ncomplaints_to: complaints\n"),
    ],
    finder: Finder::Run(run),
};

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    let handbook = inspection.handbook();
    let takers = takers(handbook);
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for to in handbook.services.values().filter_map(|service| service.fields.complaints_to.as_ref()) {
        *times.entry(to.id.as_str()).or_default() += 1;
    }
    let usual = times.iter().max_by_key(|(_, times)| **times).map(|(id, _)| *id).or_else(|| by_name(handbook));
    let action = match usual {
        Some(usual) => format!("add `complaints_to: {usual}`"),
        None => "write a service that takes complaints, such as services/complaints.md, and add `complaints_to: complaints` here".to_owned(),
    };
    for (id, service) in &handbook.services {
        let is_said = service.fields.complaints_to.is_some() || service.fields.faulty.contains(&"complaints_to");
        let takes_them = takers.contains_key(id.as_str()) || is_by_name(id);
        if is_said || takes_them || handbook.unknown.services.contains(id) {
            continue;
        }
        let place = service.fields.title.exactly(SOURCE).map_or(service.beginning, |title| title.span);
        found.push(CHECK.told(place, format!("`{id}` does not say where to complain")).action(action.clone()));
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::told;

    fn of(files: &[(&str, &str)]) -> Vec<String> {
        told("recovery/no-complaint-route", files)
    }

    #[test]
    fn the_service_that_others_complain_to_is_proposed_and_needs_no_route_itself() {
        let files = [
            ("services/care.md", "title: C\n"),
            ("services/a.md", "complaints_to: care\n"),
            ("services/b.md", "title: B\n"),
        ];
        assert_eq!(of(&files), ["services/b.md:2 `b` does not say where to complain → add `complaints_to: care`"]);
    }

    #[test]
    fn a_service_that_is_called_so_takes_complaints_though_nobody_names_it() {
        let lines = of(&[("services/complaints.md", "title: C\n"), ("services/a.md", "title: A\n")]);
        assert_eq!(lines, ["services/a.md:2 `a` does not say where to complain → add `complaints_to: complaints`"]);
    }

    #[test]
    fn where_nobody_takes_complaints_a_service_is_proposed() {
        assert!(of(&[("services/a.md", "title: A\n")])[0].contains("→ write a service that takes complaints"));
    }
}
