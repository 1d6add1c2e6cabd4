//! Circles: steps that wait for each other, roles that report to each other.

use std::collections::{BTreeMap, BTreeSet};

use crate::checks::Subject;
use crate::diagnostic::Diagnostic;
use crate::fields::table::Table;
use crate::model::handbook::Handbook;
use crate::model::step::Step;
use crate::source::Span;

/// What each thing points at, and where that is written.
type Arrows<'a> = BTreeMap<&'a str, Vec<(&'a str, Span)>>;

/// Looks for circles.
pub fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for (id, service) in &subject.handbook.services {
        found.extend(circles(&arrows_of_steps(id, &service.fields.steps)).into_iter().map(|(names, span)| {
            let message = format!("these steps wait for each other: {}", names.join(" → "));
            let told = Diagnostic::error("reference/cycle", span, message);
            told.action("let one of them wait for another; a step without `after` waits for the step written before it")
        }));
    }
    found.extend(circles(&arrows_of_roles(subject.handbook)).into_iter().map(|(names, span)| {
        let message = format!("these roles report to each other: {}", names.join(" → "));
        let told = Diagnostic::error("reference/cycle", span, message);
        told.action("let one of them report to somebody else, or to nobody")
    }));
}

/// Gives what each step waits for: the steps it names, or else the one written before it.
fn arrows_of_steps<'a>(service: &str, steps: &'a Table<Step>) -> Arrows<'a> {
    let own = |whole: &'a str| whole.strip_prefix(service).and_then(|rest| rest.strip_prefix('/'));
    let mut before: Option<&str> = None;
    let mut arrows = Arrows::new();
    for row in steps.iter() {
        let named = row.value.after.0.iter().filter_map(|after| own(&after.id).map(|id| (id, after.span)));
        let implied = before.filter(|_| row.value.after.0.is_empty()).map(|before| (before, row.span));
        arrows.insert(&row.id, named.chain(implied).collect());
        before = Some(&row.id);
    }
    arrows
}

fn arrows_of_roles(handbook: &Handbook) -> Arrows<'_> {
    handbook
        .roles
        .iter()
        .map(|(id, row)| (id.as_str(), row.value.reports_to.iter().map(|to| (to.id.as_str(), to.span)).collect()))
        .collect()
}

/// Finds the circles that share no thing: the names along each, and where its last arrow is written.
fn circles<'a>(arrows: &Arrows<'a>) -> Vec<(Vec<&'a str>, Span)> {
    let mut found = Vec::new();
    let mut done: BTreeSet<&str> = BTreeSet::new();
    for start in arrows.keys() {
        let mut path: Vec<(&str, usize)> = Vec::new();
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        let mut next = (!done.contains(start)).then_some(*start);
        loop {
            if let Some(name) = next.take() {
                places.insert(name, path.len());
                path.push((name, 0));
            }
            let Some((at, taken)) = path.last_mut() else { break };
            let Some((to, span)) = arrows.get(at).and_then(|out| out.get(*taken)) else {
                places.remove(at);
                done.insert(at);
                path.pop();
                continue;
            };
            *taken += 1;
            match places.get(to) {
                Some(from) => {
                    let names: Vec<&str> = path[*from..].iter().map(|(name, _)| *name).collect();
                    if !names.iter().any(|name| done.contains(name)) {
                        done.extend(&names);
                        found.push((names.into_iter().chain([*to]).collect(), *span));
                    }
                }
                None if !done.contains(to) => next = Some(to),
                None => {}
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::bench::{found as look, found_in_service};
    use crate::source::FileId;

    fn found(arrows: &[(&'static str, &[&'static str])]) -> Vec<String> {
        let span = Span::new(FileId(0), 0, 0);
        let arrows = arrows.iter().map(|(from, to)| (*from, to.iter().map(|to| (*to, span)).collect())).collect();
        circles(&arrows).into_iter().map(|(names, _)| names.join(" ")).collect()
    }

    #[test]
    fn a_circle_is_found_and_named() {
        assert_eq!(found(&[("a", &["b"]), ("b", &["c"]), ("c", &["b"])]), ["b c b"]);
        assert_eq!(found(&[("a", &["a"])]), ["a a"]);
    }

    #[test]
    fn every_circle_is_found_once() {
        assert_eq!(
            found(&[("a", &["b"]), ("b", &["a"]), ("c", &["c"]), ("d", &["e"]), ("e", &["d"])]),
            ["a b a", "c c", "d e d"]
        );
        assert_eq!(found(&[("a", &["b", "c"]), ("b", &["a"]), ("c", &["a"])]), ["a b a"]);
    }

    #[test]
    fn two_ways_to_the_same_place_are_no_circle() {
        assert_eq!(found(&[("a", &["b", "c"]), ("b", &["d"]), ("c", &["d"]), ("d", &[])]), Vec::<String>::new());
    }

    #[test]
    fn a_long_chain_needs_no_stack() {
        let names: Vec<String> = (0..50_000).map(|n| format!("{n:06}")).collect();
        let span = Span::new(FileId(0), 0, 0);
        let arrows = names.windows(2).map(|pair| (pair[0].as_str(), vec![(pair[1].as_str(), span)])).collect();
        assert!(circles(&arrows).is_empty());
    }

    #[test]
    fn steps_that_wait_for_each_other_are_told_at_the_reference() {
        let steps = "steps:\n  a: {title: A, actor: desk, stage: front, after: b}\n  b: {title: B, actor: desk, stage: front, after: a}\n";
        let lines = found_in_service(steps);
        assert_eq!(lines.len(), 1, "{lines:#?}");
        assert!(
            lines[0].starts_with("reference/cycle services/repair.md:9 these steps wait for each other: a → b → a")
        );
    }

    #[test]
    fn roles_that_report_to_each_other_are_told() {
        let lines = look(&[("registers/roles.yaml", "a: {title: A, reports_to: b}\nb: {title: B, reports_to: a}\n")]);
        assert_eq!(lines.len(), 1, "{lines:#?}");
        assert!(
            lines[0].starts_with("reference/cycle registers/roles.yaml:2 these roles report to each other: a → b → a")
        );
    }
}
