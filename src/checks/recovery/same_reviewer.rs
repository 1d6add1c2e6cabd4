//! `recovery/same-reviewer`: a second look by the same eyes.

use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::handbook::Handbook;
use crate::model::kind::{Ref, Role};
use crate::model::quantity::Actor;
use crate::model::step::Step;

/// The check.
pub const CHECK: Check = Check {
    name: "recovery/same-reviewer",
    severity: Severity::Error,
    finds: "A step looks again at what was done by the same role, or by the one it stands in for.",
    why: "Nobody finds a mistake in an own decision, and no customer believes that somebody would. A second stage is worth its \
          name only if it is somebody who had no part in the first: neither the person who decided, nor the deputy who decides \
          in that person's absence.",
    wrong: &[(
        "services/complaints.md",
        "\
steps:
  answer: {title: Answer the complaint, actor: lead}
  review: {title: Look at it again, actor: lead, reviews: answer}
",
    )],
    right: &[(
        "services/complaints.md",
        "\
steps:
  answer: {title: Answer the complaint, actor: desk}
  review: {title: Look at it again, actor: lead, reviews: answer}
",
    )],
    finder: Finder::Run(run),
};

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    let handbook = inspection.handbook();
    for (_, row) in inspection.steps() {
        let Some(reviewer) = role_of(&row.value) else { continue };
        let told = row.value.reviews.0.iter().find_map(|reviewed| {
            let first = handbook.step(&reviewed.id)?;
            let decided = role_of(&first.value)?;
            let is_same = reviewer.id == decided.id;
            let is_deputy = deputies(handbook, &decided.id).any(|deputy| deputy == reviewer.id);
            let who = match (is_same, is_deputy) {
                (true, _) => format!("`{}`, who did it", reviewer.id),
                (_, true) => format!("`{}`, the deputy of `{}`, who did it", reviewer.id, decided.id),
                _ => return None,
            };
            let message = format!("`{}` has `{}` reviewed by {who}", row.id, first.id);
            let told = CHECK.told(reviewer.span, message).label(decided.span, "the first decision");
            Some(told.action(match independent(handbook, &decided.id) {
                Some(other) => format!("write `{other}`, or another role that had no part in it"),
                None => "write a role that had no part in it".to_owned(),
            }))
        });
        found.extend(told);
    }
}

fn role_of(step: &Step) -> Option<&Ref<Role>> {
    match step.actor.as_ref()? {
        Actor::Role(role) => Some(role),
        Actor::Customer(_) => None,
    }
}

fn deputies<'a>(handbook: &'a Handbook, role: &str) -> impl Iterator<Item = &'a str> {
    let row = handbook.roles.get(role);
    row.into_iter().flat_map(|row| row.value.deputy.0.iter().map(|deputy| deputy.id.as_str()))
}

/// Finds the lowest role above one that does not stand in for it.
fn independent<'a>(handbook: &'a Handbook, role: &'a str) -> Option<&'a str> {
    let up =
        |id: &&'a str| handbook.roles.get(*id).and_then(|row| row.value.reports_to.as_ref()).map(|to| to.id.as_str());
    let mut above = std::iter::successors(up(&role), up).take(handbook.roles.len());
    above.find(|id| *id != role && deputies(handbook, role).all(|deputy| deputy != *id))
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::told;

    const ROLES: &str = "\
desk: {title: D, reports_to: lead, deputy: lead}
lead: {title: L, reports_to: chief}
chief: {title: C}
";

    fn of(first: &str, second: &str) -> Vec<String> {
        let service = format!("steps:\n  a: {{actor: {first}}}\n  b: {{actor: {second}, reviews: a}}\n");
        told("recovery/same-reviewer", &[("registers/roles.yaml", ROLES), ("services/complaints.md", &service)])
    }

    #[test]
    fn the_same_role_and_its_deputy_are_no_second_pair_of_eyes() {
        let says = "services/complaints.md:4 `b` has `a` reviewed by `desk`, who did it → write `chief`, or another role that had no part in it";
        assert_eq!(of("desk", "desk"), [says]);
        assert!(of("desk", "lead")[0].contains("reviewed by `lead`, the deputy of `desk`, who did it"));
    }

    #[test]
    fn somebody_else_may_review_it() {
        assert_eq!(of("desk", "chief"), [""; 0]);
        assert_eq!(of("customer", "desk"), [""; 0]);
    }

    #[test]
    fn where_nobody_is_above_no_role_is_proposed() {
        assert!(of("chief", "chief")[0].ends_with("→ write a role that had no part in it"));
    }
}
