//! The way of a case through the steps of a service: which step comes after which.

use crate::fields::table::Row;
use crate::model::budget::waits;
use crate::model::quantity::Actor;
use crate::model::step::Step;

/// Steps with those that each of them waits for.
pub struct Way<'a> {
    /// The steps.
    pub steps: Vec<&'a Row<Step>>,
    /// The positions of the steps that each step waits for.
    pub waits: Vec<Vec<usize>>,
}

impl<'a> Way<'a> {
    /// Lays out steps of a service.
    pub fn of(service: &str, steps: Vec<&'a Row<Step>>) -> Self {
        Self { waits: waits(service, &steps), steps }
    }

    /// Orders the steps so that each comes after those it waits for; those that wait in a circle are left out.
    pub fn in_order(&self) -> Vec<usize> {
        let mut open: Vec<usize> = self.waits.iter().map(Vec::len).collect();
        let mut followers: Vec<Vec<usize>> = vec![Vec::new(); self.waits.len()];
        for (step, waits) in self.waits.iter().enumerate() {
            waits.iter().for_each(|before| followers[*before].push(step));
        }
        let mut order: Vec<usize> = (0..open.len()).filter(|step| open[*step] == 0).collect();
        let mut next = 0;
        while let Some(step) = order.get(next).copied() {
            next += 1;
            for follower in &followers[step] {
                open[*follower] -= 1;
                if open[*follower] == 0 {
                    order.push(*follower);
                }
            }
        }
        order
    }

    /// Gives the role that does a step; nothing where the customer does it, or nobody knows.
    pub fn role(&self, step: usize) -> Option<&'a str> {
        match self.steps.get(step)?.value.actor.as_ref()? {
            Actor::Role(role) => Some(role.id.as_str()),
            Actor::Customer(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Way;
    use crate::checks::bench::{look, service, tree};

    #[test]
    fn steps_come_after_those_they_wait_for_and_circles_are_left_out() {
        let order = |steps: &str| {
            let (checked, _) = look(&tree(&[("services/repair.md", &service(&format!("steps: {{{steps}}}\n")))]));
            let way = Way::of("repair", checked.handbook().services["repair"].fields.steps.iter().collect());
            way.in_order()
        };
        assert_eq!(order("a: {after: b}, b: {after: c}, c: {after: d}, d: {after: []}"), [0_usize; 0]);
        assert_eq!(order("d: {}, a: {after: c}, b: {after: d}, c: {after: b}"), [0, 2, 3, 1]);
        assert_eq!(order("a: {}, b: {after: c}, c: {after: b}"), [0]);
    }

    #[test]
    fn a_customer_is_no_role() {
        let file = service("steps: {a: {actor: desk}, b: {actor: customer}, c: {}}\n");
        let (checked, _) = look(&tree(&[("services/repair.md", &file)]));
        let way = Way::of("repair", checked.handbook().services["repair"].fields.steps.iter().collect());
        assert_eq!([way.role(0), way.role(1), way.role(2), way.role(3)], [Some("desk"), None, None, None]);
    }
}
