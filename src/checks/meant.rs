//! Which thing a reference that leads nowhere may have meant.
//!
//! Ids are compared by the letters they have before they are compared letter by letter, and the second is given up after
//! `MOST_COMPARED`: a handbook in which everything is wrong gets its findings without proposals rather than late.

use std::collections::BTreeMap;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::model::handbook::Handbook;
use crate::model::kind::Kind;
use crate::units::nearest::nearest;

/// How many pairs of ids are compared letter by letter in one run.
const MOST_COMPARED: usize = 200_000;

/// All ids, ready to be compared.
pub struct Meant<'a> {
    /// The handbook.
    pub handbook: &'a Handbook,
    /// Made when something leads nowhere for the first time.
    known: OnceLock<BTreeMap<Kind, Vec<Known>>>,
    compared: AtomicUsize,
    /// What has another id now; made in the same way.
    former: OnceLock<BTreeMap<(Kind, String), String>>,
}

struct Known {
    id: String,
    letters: u64,
    last_letters: u64,
}

impl<'a> Meant<'a> {
    /// Gets ready for a handbook.
    pub fn of(handbook: &'a Handbook) -> Self {
        Self { handbook, known: OnceLock::new(), former: OnceLock::new(), compared: AtomicUsize::new(0) }
    }

    /// Makes no proposal at all, for whoever only asks whether something leads nowhere.
    pub fn nothing(handbook: &'a Handbook) -> Self {
        let known: BTreeMap<Kind, Vec<Known>> = Kind::ALL.into_iter().map(|kind| (kind, Vec::new())).collect();
        Self { known: OnceLock::from(known), former: OnceLock::from(BTreeMap::new()), ..Self::of(handbook) }
    }

    fn known(&self, kind: Kind) -> &[Known] {
        let known = |id: String| {
            let (letters, last_letters) = (letters_of(&id), letters_of(last(&id)));
            Known { id, letters, last_letters }
        };
        let of_kind = |kind: Kind| (kind, self.handbook.ids(kind).into_iter().map(known).collect());
        &self.known.get_or_init(|| Kind::ALL.into_iter().map(of_kind).collect())[&kind]
    }

    /// Gives the ids of a kind.
    pub fn ids(&self, kind: Kind) -> impl ExactSizeIterator<Item = &str> {
        self.known(kind).iter().map(|known| known.id.as_str())
    }

    /// Finds the id that a thing has now, by one that it had before.
    pub fn now(&self, kind: Kind, id: &str) -> Option<&str> {
        let renamed = || self.handbook.renamed().into_iter().map(|it| ((it.kind, it.was), it.id)).collect();
        self.former.get_or_init(renamed).get(&(kind, id.to_owned())).map(String::as_str)
    }

    /// Finds the id that may be meant: the nearest, or the only one that ends in the same or nearly the same word.
    pub fn best(&self, kind: Kind, id: &str) -> Option<&str> {
        let known = self.known(kind);
        let letters = letters_of(id);
        if let Some(near) = self.nearest(id, known.iter().filter(|it| alike(it.letters, letters)).map(|it| &*it.id)) {
            return Some(near);
        }
        let letters = letters_of(last(id));
        let near = || known.iter().filter(|it| alike(it.last_letters, letters));
        let word = self.nearest(last(id), near().map(|it| last(&it.id)))?;
        let mut same = near().filter(|it| last(&it.id) == word);
        match (same.next(), same.next()) {
            (Some(only), None) => Some(&only.id),
            _ => None,
        }
    }

    fn nearest<'b>(&self, word: &str, candidates: impl Iterator<Item = &'b str>) -> Option<&'b str> {
        let left = MOST_COMPARED.checked_sub(self.compared.load(Ordering::Relaxed))?;
        let candidates: Vec<&str> = candidates.take(left + 1).collect();
        self.compared.fetch_add(candidates.len(), Ordering::Relaxed);
        (candidates.len() <= left).then(|| nearest(word, candidates)).flatten()
    }
}

fn last(id: &str) -> &str {
    id.rsplit('/').next().unwrap_or_default()
}

/// Gives a bit for each letter that a word has.
fn letters_of(word: &str) -> u64 {
    let bit = |letter: char| if matches!(letter, '_' | ' ') { '-' } else { letter } as u32 % 64;
    word.chars().take(300).flat_map(char::to_lowercase).fold(0, |letters, letter| letters | 1 << bit(letter))
}

/// Tells whether two words may be at most four slips apart: each slip takes one letter away and brings another.
fn alike(one: u64, other: u64) -> bool {
    (one ^ other).count_ones() <= 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_are_near_are_alike_by_their_letters() {
        for (one, other) in [("turnaround", "turnarond"), ("service desk", "Service-Desk"), ("abcd", "efgh"), ("", "a")]
        {
            assert!(alike(letters_of(one), letters_of(other)), "{one} {other}");
        }
        assert!(!alike(letters_of("turnaround"), letters_of("complaints-by-mail")));
    }
}
