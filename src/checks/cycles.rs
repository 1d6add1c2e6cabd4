//! Circles: steps that wait for each other, roles that report to each other.

use std::collections::BTreeMap;

use crate::checks::Subject;
use crate::diagnostic::Diagnostic;
use crate::fields::table::Table;
use crate::model::handbook::Handbook;
use crate::model::step::Step;
use crate::source::Span;

/// An arrow to another thing, and where it is written.
type Arrow<'a> = (&'a str, Span);

/// Looks for circles.
pub fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for (id, service) in &subject.handbook.services {
        let arrows = arrows_of_steps(id, &service.fields.steps);
        found.extend(circle(&arrows).map(|(names, span)| {
            let told = Diagnostic::error(
                "reference/cycle",
                span,
                format!("these steps wait for each other: {}", names.join(" → ")),
            );
            told.action("take one of the `after` out")
        }));
    }
    found.extend(circle(&arrows_of_roles(subject.handbook)).map(|(names, span)| {
        let told = Diagnostic::error(
            "reference/cycle",
            span,
            format!("these roles report to each other: {}", names.join(" → ")),
        );
        told.action("let one of them report to somebody else, or to nobody")
    }));
}

fn arrows_of_steps<'a>(service: &str, steps: &'a Table<Step>) -> BTreeMap<&'a str, Vec<Arrow<'a>>> {
    let own = |whole: &'a str| whole.strip_prefix(service).and_then(|rest| rest.strip_prefix('/'));
    let arrows = |step: &'a Step| {
        step.after.0.iter().filter_map(move |after| own(&after.id).map(|id| (id, after.span))).collect()
    };
    steps.iter().map(|row| (row.id.as_str(), arrows(&row.value))).collect()
}

fn arrows_of_roles(handbook: &Handbook) -> BTreeMap<&str, Vec<Arrow<'_>>> {
    handbook
        .roles
        .iter()
        .map(|(id, row)| (id.as_str(), row.value.reports_to.iter().map(|to| (to.id.as_str(), to.span)).collect()))
        .collect()
}

/// Finds one circle: the names along it, and where its last arrow is written.
fn circle<'a>(arrows: &BTreeMap<&'a str, Vec<Arrow<'a>>>) -> Option<(Vec<&'a str>, Span)> {
    let mut done: BTreeMap<&str, ()> = BTreeMap::new();
    for start in arrows.keys() {
        let mut path: Vec<(&str, usize)> = vec![(start, 0)];
        while let Some((at, next)) = path.pop() {
            if done.contains_key(at) {
                continue;
            }
            let Some((to, span)) = arrows.get(at).and_then(|out| out.get(next)) else {
                done.insert(at, ());
                continue;
            };
            path.push((at, next + 1));
            if let Some(from) = path.iter().position(|(name, _)| name == to) {
                let names = path[from..].iter().map(|(name, _)| *name).chain([*to]).collect();
                return Some((names, *span));
            }
            path.push((to, 0));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn found(arrows: &[(&'static str, &[&'static str])]) -> Option<String> {
        let span = Span::new(FileId(0), 0, 0);
        let arrows = arrows.iter().map(|(from, to)| (*from, to.iter().map(|to| (*to, span)).collect())).collect();
        circle(&arrows).map(|(names, _)| names.join(" "))
    }

    #[test]
    fn a_circle_is_found_and_named() {
        assert_eq!(found(&[("a", &["b"]), ("b", &["c"]), ("c", &["b"])]).as_deref(), Some("b c b"));
        assert_eq!(found(&[("a", &["a"])]).as_deref(), Some("a a"));
    }

    #[test]
    fn two_ways_to_the_same_place_are_no_circle() {
        assert_eq!(found(&[("a", &["b", "c"]), ("b", &["d"]), ("c", &["d"]), ("d", &[])]), None);
    }

    #[test]
    fn a_long_chain_needs_no_stack() {
        let names: Vec<String> = (0..50_000).map(|n| format!("{n:06}")).collect();
        let span = Span::new(FileId(0), 0, 0);
        let arrows = names.windows(2).map(|pair| (pair[0].as_str(), vec![(pair[1].as_str(), span)])).collect();
        assert!(circle(&arrows).is_none());
    }
}
