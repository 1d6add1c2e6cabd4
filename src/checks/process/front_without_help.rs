//! `process/front-without-help`: a step before the customer's eyes that nothing guides.

use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::quantity::Actor;
use crate::model::step::Stage;

/// The check.
pub const CHECK: Check = Check {
    name: "process/front-without-help",
    severity: Severity::Info,
    finds: "A step that the customer sees has neither a playbook nor a checklist.",
    why: "What the customer sees is what the customer tells others, and here each colleague does it in a way of their own. A \
          playbook has the words, a checklist what must not be forgotten; one of the two is enough, and one may serve several \
          steps.",
    wrong: &[("services/repair.md", "steps:\n  hand-back: {title: Hand it back, actor: desk, stage: front}\n")],
    right: &[
        ("playbooks/hand-back.md", "title: Hand it back\nwhen: the appliance is fetched\n"),
        (
            "services/repair.md",
            "steps:\n  hand-back: {title: Hand it back, actor: desk, stage: front, playbook: hand-back}\n",
        ),
    ],
    finder: Finder::Run(run),
};

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    for (_, row) in inspection.steps() {
        let step = &row.value;
        let Some(stage) = step.stage.as_ref().filter(|stage| stage.value == Stage::Front) else { continue };
        let is_helped = step.playbook.is_some() || step.checklist.is_some();
        let is_unread = ["playbook", "checklist"].iter().any(|key| step.faulty.contains(key));
        if is_helped || is_unread || matches!(step.actor, Some(Actor::Customer(_))) {
            continue;
        }
        let message = format!("the customer sees `{}`, and neither a playbook nor a checklist guides it", row.id);
        found.push(CHECK.told(stage.span, message).action("add `playbook: …` with the words, or `checklist: …`"));
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::told;

    fn of(step: &str) -> Vec<String> {
        let files = [
            ("playbooks/angry.md", "title: A\nwhen: W\n"),
            ("checklists/case.md", "title: C\nuse: case\nby: desk\nitems: {a: A}\n"),
            ("services/repair.md", &format!("steps: {{s: {{{step}}}}}\n")),
        ];
        told("process/front-without-help", &files)
    }

    #[test]
    fn a_front_step_needs_one_of_the_two() {
        let says = "services/repair.md:2 the customer sees `s`, and neither a playbook nor a checklist guides it → \
             add `playbook: …` with the words, or `checklist: …`";
        assert_eq!(of("actor: desk, stage: front"), [says]);
        assert_eq!(of("actor: desk, stage: front, playbook: angry"), [""; 0]);
        assert_eq!(of("actor: desk, stage: front, checklist: case"), [""; 0]);
    }

    #[test]
    fn other_stages_need_none() {
        assert_eq!(of("actor: desk, stage: back"), [""; 0]);
        assert_eq!(of("actor: customer, stage: customer"), [""; 0]);
    }
}
