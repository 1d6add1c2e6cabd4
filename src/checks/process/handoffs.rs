//! `process/handoffs`: a case that goes through too many hands.

use std::collections::BTreeMap;

use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::checks::process::way::Way;
use crate::diagnostic::{Diagnostic, Severity};
use crate::fields::table::Row;
use crate::model::document::Document;
use crate::model::handbook::Handbook;
use crate::model::quantity::Actor;
use crate::model::service::Service;
use crate::model::step::Step;

/// The check.
pub const CHECK: Check = Check {
    name: "process/handoffs",
    severity: Severity::Warning,
    finds: "A case changes hands more often on its way than the handbook allows.",
    why: "At each change of hands a case waits in somebody's tray, and something that the customer said is lost. Let one person \
          keep the case and fetch what is needed, instead of passing it there and back. What the customer does is no change of \
          hands, nor are steps that run side by side; `max_handoffs` in handbook.yaml says how many are allowed.",
    wrong: &[
        (
            "registers/roles.yaml",
            "desk: {title: {en: Service desk, de: Annahme}}\ntech: {title: {en: Technician, de: Technik}}\nparts: {title: {en: Parts supplier, de: Lieferant}, external: true}\n",
        ),
        (
            "services/repair.md",
            "\
steps:
  register: {title: Register the fault, actor: desk}
  diagnose: {title: Find the fault, actor: tech}
  quote: {title: Quote the price, actor: desk}
  order-part: {title: Order the part, actor: parts}
  mend: {title: Mend it, actor: tech}
  hand-back: {title: Hand it back, actor: desk}
",
        ),
    ],
    right: &[
        (
            "registers/roles.yaml",
            "desk: {title: {en: Service desk, de: Annahme}}\ntech: {title: {en: Technician, de: Technik}}\nparts: {title: {en: Parts supplier, de: Lieferant}, external: true}\n",
        ),
        (
            "services/repair.md",
            "\
steps:
  register: {title: Register the fault, actor: desk}
  diagnose: {title: Find the fault, actor: tech}
  quote: {title: Quote the price, actor: tech}
  order-part: {title: Order the part, actor: parts}
  mend: {title: Mend it, actor: tech}
  hand-back: {title: Hand it back, actor: desk}
",
        ),
    ],
    finder: Finder::Run(run),
};

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    let handbook = inspection.handbook();
    let Some(most) = handbook.config.most_handoffs().filter(|_| !handbook.unknown.settings) else { return };
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    for service in handbook.services.values() {
        // A standard's own steps may follow each other in another way than all steps of the service do.
        let all: Vec<&Row<Step>> = service.fields.steps.iter().collect();
        if all.len() <= most {
            continue;
        }
        let mut ways = vec![Way::of(&service.id, all.clone())];
        let mut of_standards: BTreeMap<&str, Vec<&Row<Step>>> = BTreeMap::new();
        for row in all {
            let standard = row.value.standard.as_ref().map(|standard| standard.id.as_str());
            of_standards.entry(standard.unwrap_or_default()).or_default().push(row);
        }
        let several = of_standards.len() > 1;
        let apart =
            of_standards.into_iter().filter(|(standard, steps)| several && !standard.is_empty() && steps.len() > most);
        ways.extend(apart.map(|(_, steps)| Way::of(&service.id, steps)));
        found.extend(ways.iter().find_map(|way| told(handbook, service, way, most)));
    }
}

fn told(handbook: &Handbook, service: &Document<Service>, way: &Way<'_>, most: usize) -> Option<Diagnostic> {
    let hands = hands(way);
    let changes = hands.len().checked_sub(1).filter(|changes| *changes > most)?;
    let role = |at: usize| hands.get(at).and_then(|step| way.role(*step));
    let names: Vec<String> = (0..hands.len()).filter_map(role).map(|role| format!("`{role}`")).collect();
    let message =
        format!("a case of `{}` changes hands {changes} times, more than {most}: {}", service.id, names.join(" → "));
    let place = way.steps.get(*hands.get(most + 1)?)?;
    let span = match &place.value.actor {
        Some(Actor::Role(role)) => role.span,
        _ => place.span,
    };
    // A case that comes straight back might never have left.
    let back = (1..hands.len().saturating_sub(1)).find_map(|at| {
        let (before, own, after) = (role(at - 1)?, role(at)?, role(at + 1)?);
        let step = way.steps.get(*hands.get(at)?)?;
        (before == after && is_ours(handbook, own) && is_ours(handbook, before)).then_some((before, step))
    });
    let told = CHECK.told(span, message);
    Some(told.action(match back {
        Some((role, step)) => {
            format!("`{role}` gives the case away for `{}` and gets it back: let one of the two do both", step.id)
        }
        None => {
            "let one role keep the case and fetch what it needs, or raise `max_handoffs` in handbook.yaml".to_owned()
        }
    }))
}

/// Tells whether a role belongs to the house.
fn is_ours(handbook: &Handbook, role: &str) -> bool {
    let external = handbook.roles.get(role).and_then(|row| row.value.external.as_ref());
    external.is_none_or(|external| !external.value)
}

/// Gives the steps along the way with most changes of hands at which a case comes into new hands, the first included.
fn hands(way: &Way<'_>) -> Vec<usize> {
    let count = way.steps.len();
    // For each step: the steps at which the case was taken over last, one for each role that may hold it then.
    let mut held: Vec<BTreeMap<&str, usize>> = vec![BTreeMap::new(); count];
    // For each step at which a case was taken over: how often it was before, and where last.
    let mut taken: Vec<(usize, Option<usize>)> = vec![(0, None); count];
    let mut most: Option<usize> = None;
    for step in way.in_order() {
        let mut holders: BTreeMap<&str, usize> = BTreeMap::new();
        for (role, before) in way.waits[step].iter().flat_map(|before| &held[*before]) {
            let known = holders.entry(role).or_insert(*before);
            if taken[*before].0 > taken[*known].0 {
                *known = *before;
            }
        }
        // What recurs while the case goes on takes it from nobody.
        let role = way.role(step).filter(|_| way.steps[step].value.every.is_none());
        if let Some(role) = role {
            let from = holders
                .iter()
                .filter(|(holder, _)| **holder != role)
                .map(|(_, at)| *at)
                .max_by_key(|at| (taken[*at].0, usize::MAX - at));
            let own = holders.get(role).copied();
            let at = match (own, from) {
                (Some(own), Some(from)) if taken[own].0 > taken[from].0 => own,
                (Some(own), None) => own,
                (_, from) => {
                    taken[step] = (from.map_or(0, |from| taken[from].0 + 1), from);
                    step
                }
            };
            holders = BTreeMap::from([(role, at)]);
            if most.is_none_or(|most| taken[at].0 > taken[most].0) {
                most = Some(at);
            }
        }
        held[step] = holders;
    }
    let mut hands: Vec<usize> = std::iter::successors(most, |at| taken[*at].1).collect();
    hands.reverse();
    hands
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::told;

    const ROLES: &str = "a: {title: A}\nb: {title: B}\nc: {title: C, external: true}\n";

    /// Looks at steps, each written as its actor and the fields that matter.
    fn of(steps: &[&str]) -> Vec<String> {
        let line = |(at, step): (usize, &&str)| format!("  s{at}: {{actor: {step}}}\n");
        let service = format!("steps:\n{}", steps.iter().enumerate().map(line).collect::<String>());
        told("process/handoffs", &[("registers/roles.yaml", ROLES), ("services/repair.md", &service)])
    }

    #[test]
    fn the_hands_are_named_in_order_and_the_step_after_which_the_case_comes_back() {
        let says = "services/repair.md:8 a case of `repair` changes hands 5 times, more than 4: `a` → `b` → `a` → `c` → `b` → `a` → \
             `a` gives the case away for `s1` and gets it back: let one of the two do both";
        assert_eq!(of(&["a", "b", "a", "c", "b", "a"]), [says]);
        assert_eq!(of(&["a", "b", "a", "c", "b"]), [""; 0]);
    }

    #[test]
    fn a_step_of_the_same_hand_and_one_of_the_customer_change_nothing() {
        assert_eq!(of(&["a", "a", "b", "customer", "b", "a", "customer", "c", "b"]), [""; 0]);
        assert_eq!(of(&["a", "b", "customer", "a", "b", "a", "b"]).len(), 1);
    }

    #[test]
    fn steps_side_by_side_pass_nothing_to_each_other() {
        let chain =
            ["a", "b, after: s0", "a, after: s0", "b, after: s0", "a, after: s0", "b, after: s0", "a, after: [s1, s3]"];
        assert_eq!(of(&chain), [""; 0]);
    }

    #[test]
    fn what_recurs_takes_the_case_from_nobody() {
        assert_eq!(of(&["a", "b", "a, every: week", "b", "a", "c, every: month", "b"]), [""; 0]);
    }

    #[test]
    fn a_handbook_may_allow_more() {
        let settings = "title: H\nlanguages: [en, de]\nmax_handoffs: 1\n";
        let service = "steps: {x: {actor: a}, y: {actor: b}, z: {actor: c}}\n";
        let files = [("handbook.yaml", settings), ("registers/roles.yaml", ROLES), ("services/repair.md", service)];
        let lines = told("process/handoffs", &files);
        assert!(lines[0].contains("changes hands 2 times, more than 1"), "{lines:?}");
        assert!(lines[0].ends_with("or raise `max_handoffs` in handbook.yaml"), "{lines:?}");
    }
}
