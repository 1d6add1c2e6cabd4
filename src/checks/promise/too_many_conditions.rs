//! `promise/too-many-conditions`: a promise with more exceptions than anybody keeps in mind.

use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::diagnostic::{Diagnostic, Severity};
use crate::fields::text::SOURCE;

/// The check.
pub const CHECK: Check = Check {
    name: "promise/too-many-conditions",
    severity: Severity::Warning,
    finds: "A promise has more than three conditions under which it does not hold.",
    why: "Each condition makes the customer wonder whether the promise holds for them, and gives staff a reason to say \
          no. A guarantee is believed when it is nearly without conditions. Keep those that are in the customer's own \
          hands; what lies with the firm belongs into the limit, not into the small print.",
    wrong: &[(
        "services/repair.md",
        "promises:\n  on-time:\n    kind: guarantee\n    unless:\n      - you approved the quote late\n      - a part is out of stock\n      \
         - a technician is ill\n      - it is a holiday season\n",
    )],
    right: &[(
        "services/repair.md",
        "promises:\n  on-time:\n    kind: guarantee\n    unless:\n      - you approved the quote late\n",
    )],
    finder: Finder::Run(run),
};

/// The most conditions that a promise bears.
const MOST: usize = 3;

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    for (_, row) in inspection.promises() {
        let unless = &row.value.unless;
        let Some(surplus) = unless.get(MOST) else { continue };
        let place = surplus.exactly(SOURCE).map_or(row.span, |text| text.span);
        let message =
            format!("`{}` does not hold in {} cases; customers trust a promise with few", row.id, unless.len());
        let told = CHECK.told(place, message);
        found.push(told.action("keep at most three conditions, those that are in the customer's own hands"));
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::told_in_service;

    #[test]
    fn the_fourth_condition_is_told_and_three_are_not() {
        let told = |unless: &str| {
            told_in_service("promise/too-many-conditions", &format!("promises:\n  p:\n    unless: {unless}\n"))
        };
        assert_eq!(told("[A, B, C]"), [""; 0]);
        assert_eq!(
            told("[A, B, C, D, E]"),
            [
                "services/repair.md:9 `p` does not hold in 5 cases; customers trust a promise with few → keep at most three \
              conditions, those that are in the customer's own hands"
            ]
        );
    }

    #[test]
    fn conditions_of_several_promises_are_not_added_up() {
        let two = "promises: {p: {unless: [A, B]}, q: {unless: [C, D]}}\n";
        assert_eq!(told_in_service("promise/too-many-conditions", two), [""; 0]);
    }
}
