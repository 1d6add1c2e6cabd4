//! Which part of a text is wanted: all of it, some ranges, and what is left out.

use std::ops::Range;

/// A choice of blocks by where they begin, in bytes from the beginning of the text.
///
/// Only whole blocks of the outermost level are chosen (a paragraph, a list, a heading), so a range that cuts a block
/// takes it where the block begins within the range.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    only: Option<Vec<Range<usize>>>,
    without: Vec<Range<usize>>,
}

impl Part {
    /// Chooses the whole text.
    pub fn whole() -> Self {
        Self::default()
    }

    /// Chooses what begins in one of the ranges.
    pub fn only(ranges: impl IntoIterator<Item = Range<usize>>) -> Self {
        Self { only: Some(ranges.into_iter().collect()), without: Vec::new() }
    }

    /// Leaves out what begins in one of the ranges.
    #[must_use]
    pub fn without(mut self, ranges: impl IntoIterator<Item = Range<usize>>) -> Self {
        self.without.extend(ranges);
        self
    }

    /// Tells whether a block that begins at a place belongs to the part.
    pub fn holds(&self, place: usize) -> bool {
        let within = |ranges: &[Range<usize>]| ranges.iter().any(|range| range.contains(&place));
        self.only.as_deref().is_none_or(within) && !within(&self.without)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_wins_over_what_is_chosen() {
        let part = Part::only([0..10, 20..30]).without(std::iter::once(25..28));
        let held: Vec<usize> = [0, 9, 10, 20, 25, 27, 28, 30].into_iter().filter(|at| part.holds(*at)).collect();
        assert_eq!(held, [0, 9, 20, 28]);
    }

    #[test]
    fn the_whole_holds_everything_and_an_empty_choice_nothing() {
        assert!(Part::whole().holds(usize::MAX));
        assert!(!Part::only([]).holds(0));
    }
}
