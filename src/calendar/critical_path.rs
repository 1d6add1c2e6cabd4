//! The order in which steps run, and the longest way through them.
//!
//! Not here: how long a step takes (`budget`).

use super::budget::{Impossible, Step, Stretch};

/// Orders steps so that each comes after those it waits for.
pub(super) fn in_order(steps: &[Step]) -> Result<Vec<usize>, Impossible> {
    for (step, waits) in steps.iter().enumerate() {
        if let Some(after) = waits.after.iter().find(|after| **after >= steps.len()) {
            return Err(Impossible::UnknownStep { step, after: *after });
        }
    }
    let mut order = Vec::with_capacity(steps.len());
    let mut waiting: Vec<usize> = steps.iter().map(|step| step.after.len()).collect();
    let mut followers: Vec<Vec<usize>> = vec![Vec::new(); steps.len()];
    for (step, waits) in steps.iter().enumerate() {
        waits.after.iter().for_each(|after| followers[*after].push(step));
    }
    let mut ready: Vec<usize> = (0..steps.len()).rev().filter(|step| waiting[*step] == 0).collect();
    while let Some(step) = ready.pop() {
        order.push(step);
        for follower in &followers[step] {
            waiting[*follower] -= 1;
            if waiting[*follower] == 0 {
                ready.push(*follower);
            }
        }
    }
    if order.len() == steps.len() { Ok(order) } else { Err(Impossible::Circle(circle(steps, &waiting))) }
}

/// Finds a circle among the steps that wait in vain.
fn circle(steps: &[Step], waiting: &[usize]) -> Vec<usize> {
    let stuck = |step: &usize| waiting[*step] > 0;
    let mut walked: Vec<usize> = Vec::new();
    let mut next = (0..steps.len()).find(stuck);
    while let Some(step) = next {
        if let Some(at) = walked.iter().position(|before| *before == step) {
            let mut circle = walked.split_off(at);
            circle.reverse();
            return circle;
        }
        walked.push(step);
        next = steps[step].after.iter().copied().find(stuck);
    }
    walked
}

/// Places each step after all that it waits for; the order is that of [`in_order`].
pub(super) fn stretches(steps: &[Step], order: &[usize], lengths: &[u64]) -> Vec<Stretch> {
    let mut stretches = vec![Stretch::default(); steps.len()];
    for step in order {
        let start = steps[*step].after.iter().map(|after| stretches[*after].end).max().unwrap_or(0);
        stretches[*step] = Stretch { start, end: start.saturating_add(lengths[*step]) };
    }
    stretches
}

/// Walks the critical path back from the step that ends last.
pub(super) fn path(steps: &[Step], stretches: &[Stretch]) -> Vec<usize> {
    let latest = |steps: &mut dyn Iterator<Item = usize>| {
        steps.fold(None, |best: Option<usize>, step| match best {
            Some(known) if stretches[known].end >= stretches[step].end => Some(known),
            _ => Some(step),
        })
    };
    let mut path = Vec::new();
    let mut next = latest(&mut (0..steps.len()));
    while let Some(step) = next {
        if stretches[step].end > stretches[step].start {
            path.push(step);
        }
        next = latest(&mut steps[step].after.iter().copied());
    }
    path.reverse();
    path
}

/// Finds the step that takes longest, of equally long ones the first.
pub(super) fn longest(lengths: &[u64]) -> Option<usize> {
    let most = lengths.iter().copied().max().filter(|most| *most > 0)?;
    lengths.iter().position(|length| *length == most)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(after: &[&[usize]]) -> Vec<Step> {
        after.iter().map(|after| Step { after: after.to_vec(), ..Step::default() }).collect()
    }

    fn way(after: &[&[usize]], lengths: &[u64]) -> (Vec<usize>, u64) {
        let steps = steps(after);
        let stretches = stretches(&steps, &in_order(&steps).unwrap(), lengths);
        let end = stretches.iter().map(|stretch| stretch.end).max().unwrap_or(0);
        (path(&steps, &stretches), end)
    }

    #[test]
    fn steps_come_after_those_they_wait_for_whatever_their_order_in_the_file() {
        assert_eq!(in_order(&steps(&[&[2], &[0], &[]])), Ok(vec![2, 0, 1]));
        assert_eq!(way(&[&[2], &[0], &[]], &[1, 2, 4]), (vec![2, 0, 1], 7));
    }

    #[test]
    fn the_longest_of_side_by_side_steps_is_the_way() {
        assert_eq!(way(&[&[], &[0], &[0], &[1, 2]], &[1, 5, 3, 1]), (vec![0, 1, 3], 7));
    }

    #[test]
    fn of_equally_long_ways_the_first_is_taken() {
        assert_eq!(way(&[&[], &[]], &[2, 2]), (vec![0], 2));
    }

    #[test]
    fn steps_without_a_length_are_passed_through() {
        assert_eq!(way(&[&[], &[0], &[1]], &[2, 0, 3]), (vec![0, 2], 5));
        assert_eq!(way(&[], &[]), (vec![], 0));
    }

    #[test]
    fn a_step_named_twice_is_waited_for_once() {
        assert_eq!(way(&[&[], &[0, 0]], &[2, 3]), (vec![0, 1], 5));
    }

    #[test]
    fn a_circle_beside_good_steps_is_found() {
        assert_eq!(in_order(&steps(&[&[], &[0, 2], &[1]])), Err(Impossible::Circle(vec![2, 1])));
    }

    #[test]
    fn the_longest_step_takes_time() {
        assert_eq!(longest(&[1, 4, 4]), Some(1));
        assert_eq!(longest(&[0, 0]), None);
    }
}
