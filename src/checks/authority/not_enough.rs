//! `authority/not-enough`: a remedy that the one who grants it may not grant.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::checks::recovery::complaints;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::document::Document;
use crate::model::handbook::Handbook;
use crate::model::promise::Remedy;
use crate::model::quantity::Actor;
use crate::model::registers::Role;
use crate::model::service::Service;
use crate::units::money::Money;

/// The check.
pub const CHECK: Check = Check {
    name: "authority/not-enough",
    severity: Severity::Error,
    finds: "A role is to grant a remedy that is above what it may grant, or receives complaints and may grant nothing.",
    why: "A remedy is worth most on the spot. Who has to ask first lets the customer wait again, this time for the money that was \
          promised. Raise what the role may grant to the highest remedy it hands out, or let a role grant it that may; and let \
          the first person who hears a complaint give something without asking.",
    wrong: &[(
        "services/repair.md",
        "promises:\n  on-time:\n    remedy: {what: labour refunded, up_to: 90 EUR, granted_by: desk}\n",
    )],
    right: &[(
        "services/repair.md",
        "promises:\n  on-time:\n    remedy: {what: labour refunded, up_to: 50 EUR, granted_by: desk}\n",
    )],
    finder: Finder::Run(run),
};

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    let handbook = inspection.handbook();
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for (_, row) in inspection.promises() {
        let Some(remedy) = &row.value.remedy else { continue };
        if let Some((role, finding)) = tell_remedy(handbook, &row.id, remedy) {
            told.insert(role);
            found.push(finding);
        }
    }
    for id in complaints::takers(handbook).keys() {
        let Some(service) = handbook.services.get(*id) else { continue };
        found
            .extend(tell_first(handbook, service).filter(|(role, _)| !told.contains(role)).map(|(_, finding)| finding));
    }
}

fn tell_remedy<'a>(handbook: &'a Handbook, promise: &str, remedy: &'a Remedy) -> Option<(&'a str, Diagnostic)> {
    let (by, up_to) = (remedy.granted_by.as_ref()?, remedy.up_to.as_ref()?);
    let row = handbook.roles.get(&by.id).filter(|row| !row.value.faulty.contains(&"may_grant"))?;
    let may = row.value.may_grant.as_ref();
    let is_short = match may {
        Some(may) => may.value.compare(up_to.value) == Some(Ordering::Less),
        None => up_to.value.amount > 0,
    };
    if !is_short {
        return None;
    }
    let grants = may.map_or("nothing".to_owned(), |may| may.value.to_string());
    let message = format!("the remedy of `{promise}` is up to {}, but `{}` may grant {grants}", up_to.value, by.id);
    let mut told = CHECK.told(by.span, message).label(up_to.span, "the remedy");
    told = told.label(may.map_or(row.span, |may| may.span), "what the role may grant");
    let raise = format!("let `{}` grant {} in registers/roles.yaml", by.id, up_to.value);
    Some((
        by.id.as_str(),
        told.action(match lowest(handbook, &by.id, up_to.value) {
            Some(role) => format!("{raise}, or write `{role}` here, the lowest role that may"),
            None => format!("{raise}; no role may grant that much yet"),
        }),
    ))
}

/// Finds the lowest role that may grant an amount: above the role itself, or else the one that may grant least.
fn lowest<'a>(handbook: &'a Handbook, role: &'a str, amount: Money) -> Option<&'a str> {
    let may = |role: &Role| {
        let own = role.may_grant.as_ref().map(|may| may.value);
        own.filter(|own| matches!(own.compare(amount), Some(Ordering::Greater | Ordering::Equal)))
    };
    let up =
        |id: &&'a str| handbook.roles.get(*id).and_then(|row| row.value.reports_to.as_ref()).map(|to| to.id.as_str());
    let mut above = std::iter::successors(up(&role), up).take(handbook.roles.len());
    above.find(|id| handbook.roles.get(*id).is_some_and(|row| may(&row.value).is_some())).or_else(|| {
        let able = handbook.roles.iter().filter_map(|(id, row)| Some((may(&row.value)?.amount, id.as_str())));
        able.min().map(|(_, id)| id)
    })
}

/// Tells the first of the staff who meets a complaint and may grant nothing.
fn tell_first<'a>(handbook: &'a Handbook, service: &'a Document<Service>) -> Option<(&'a str, Diagnostic)> {
    let role_of = |actor: &'a Actor| match actor {
        Actor::Role(role) => Some(role),
        Actor::Customer(_) => None,
    };
    let (step, role) =
        service.fields.steps.iter().find_map(|row| Some((&row.id, role_of(row.value.actor.as_ref()?)?)))?;
    let row = handbook.roles.get(&role.id).filter(|row| !row.value.faulty.contains(&"may_grant"))?;
    if row.value.may_grant.as_ref().is_some_and(|may| may.value.amount > 0) {
        return None;
    }
    let message = format!(
        "`{}` is the first to hear a complaint, in `{step}` of `{}`, and may grant nothing",
        role.id, service.id
    );
    let told = CHECK.told(role.span, message).label(row.span, "the role");
    Some((role.id.as_str(), told.action(format!("add `may_grant: …` to `{}` in registers/roles.yaml", role.id))))
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::told;

    const ROLES: &str = "\
desk: {title: D, may_grant: 50 EUR, reports_to: lead}
lead: {title: L, may_grant: 80 EUR, reports_to: chief}
chief: {title: C, may_grant: 900 EUR}
clerk: {title: K, may_grant: 90 EUR}
driver: {title: V}
";

    fn of(service: &str) -> Vec<String> {
        let complaints = "complaints_to: complaints\nsteps: {a: {title: Hear it, actor: driver}}\n";
        let files =
            [("registers/roles.yaml", ROLES), ("services/complaints.md", complaints), ("services/repair.md", service)];
        told("authority/not-enough", &files)
    }

    fn remedy(fields: &str) -> Vec<String> {
        let mut lines = of(&format!("promises: {{p: {{remedy: {{what: W, {fields}}}}}}}\n"));
        lines.retain(|line| line.starts_with("services/repair.md"));
        lines
    }

    #[test]
    fn the_lowest_role_that_may_is_sought_among_those_above_first() {
        let says = "services/repair.md:2 the remedy of `p` is up to 90 EUR, but `desk` may grant 50 EUR → \
             let `desk` grant 90 EUR in registers/roles.yaml, or write `chief` here, the lowest role that may";
        assert_eq!(remedy("up_to: 90 EUR, granted_by: desk"), [says]);
        assert!(remedy("up_to: 60 EUR, granted_by: driver")[0].contains("may grant nothing → "));
        assert!(
            remedy("up_to: 60 EUR, granted_by: driver")[0].ends_with("or write `lead` here, the lowest role that may")
        );
        assert!(remedy("up_to: 9000 EUR, granted_by: desk")[0].ends_with("no role may grant that much yet"));
    }

    #[test]
    fn enough_another_currency_and_a_remedy_without_amount_or_role_are_fine() {
        for fields in [
            "up_to: 50 EUR, granted_by: desk",
            "up_to: 90 USD, granted_by: desk",
            "granted_by: driver",
            "up_to: 90 EUR",
        ] {
            assert_eq!(remedy(fields), [""; 0], "{fields}");
        }
    }

    #[test]
    fn the_first_to_hear_a_complaint_may_grant_something() {
        let lines = of("complaints_to: complaints\n");
        let says = "services/complaints.md:3 `driver` is the first to hear a complaint, in `a` of `complaints`, and may grant nothing → \
             add `may_grant: …` to `driver` in registers/roles.yaml";
        assert_eq!(lines, [says]);
    }

    #[test]
    fn a_role_that_was_told_for_its_remedy_is_not_told_again() {
        assert_eq!(of("promises: {p: {remedy: {what: W, up_to: 9 EUR, granted_by: driver}}}\n").len(), 1);
    }
}
