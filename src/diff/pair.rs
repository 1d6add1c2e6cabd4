//! Which thing of the newer handbook is which of the older: by id, and where an id is gone, by what it says.

use std::collections::BTreeMap;

use crate::model::kind::Kind;

/// What a thing is known by besides its id.
#[derive(Clone, Debug)]
pub struct Known {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it says, all of it.
    pub text: String,
}

/// The share of its text that a thing keeps where it is only renamed.
const ALIKE: f64 = 0.6;

/// The most pairs that are compared letter by letter; beyond, only the same title or text counts.
const MOST: usize = 2_500;

/// New ids by old ones, for things that were renamed.
#[derive(Clone, Debug, Default)]
pub struct Renames(BTreeMap<(Kind, String), String>);

impl Renames {
    /// Gives the id that a thing has now.
    pub fn now<'a>(&'a self, kind: Kind, id: &'a str) -> &'a str {
        self.0.get(&(kind, id.to_owned())).map_or(id, String::as_str)
    }

    /// Notes that a thing was renamed.
    pub fn add(&mut self, kind: Kind, from: &str, to: &str) {
        self.0.insert((kind, from.to_owned()), to.to_owned());
    }

    /// Tells whether a thing is known to have been renamed, or to be one that was.
    pub fn has(&self, kind: Kind, id: &str) -> bool {
        self.iter().any(|(of, from, to)| of == kind && (from == id || to == id))
    }

    /// Walks over all.
    pub fn iter(&self) -> impl Iterator<Item = (Kind, &str, &str)> {
        self.0.iter().map(|((kind, from), to)| (*kind, from.as_str(), to.as_str()))
    }
}

/// Finds, among things that are gone and things that are new, those that are the same under another id; the most alike first.
pub fn renamed(gone: &[Known], new: &[Known]) -> Vec<(String, String)> {
    let few = gone.len() * new.len() <= MOST;
    let mut candidates: Vec<(f64, &Known, &Known)> = Vec::new();
    for old in gone {
        for it in new {
            let likeness = likeness(old, it, few);
            if likeness >= ALIKE {
                candidates.push((likeness, old, it));
            }
        }
    }
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (&a.1.id, &a.2.id).cmp(&(&b.1.id, &b.2.id))));
    let mut pairs: Vec<(String, String)> = Vec::new();
    for (_, old, it) in candidates {
        if !pairs.iter().any(|(from, to)| *from == old.id || *to == it.id) {
            pairs.push((old.id.clone(), it.id.clone()));
        }
    }
    pairs.sort();
    pairs
}

fn likeness(old: &Known, new: &Known, closely: bool) -> f64 {
    if old.text == new.text {
        return 1.0;
    }
    let same_title = if old.title == new.title && !old.title.is_empty() { 0.2 } else { 0.0 };
    if !closely {
        return if same_title > 0.0 { ALIKE } else { 0.0 };
    }
    let of_text = f64::from(similar::TextDiff::from_words(old.text.as_str(), new.text.as_str()).ratio());
    (of_text + same_title).min(0.99)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(id: &str, title: &str, text: &str) -> Known {
        Known { id: id.into(), title: title.into(), text: text.into() }
    }

    const LONG: &str = "A person answers the phone within sixty seconds, and stays until it is solved.";

    #[test]
    fn the_same_text_under_another_id_is_the_same_thing() {
        let found = renamed(&[known("a", "A", LONG), known("b", "B", "Something else.")], &[known("c", "A", LONG)]);
        assert_eq!(found, [("a".to_owned(), "c".to_owned())]);
    }

    #[test]
    fn a_text_that_was_edited_a_little_is_still_known() {
        let edited = LONG.replace("sixty", "ninety");
        assert_eq!(renamed(&[known("a", "A", LONG)], &[known("b", "B", &edited)]).len(), 1);
    }

    #[test]
    fn a_new_thing_in_the_place_of_an_old_one_is_no_rename() {
        let other = "Parts are sent on the day of the order, with a number to follow them.";
        assert_eq!(renamed(&[known("a", "Phone", LONG)], &[known("b", "Parts", other)]), []);
    }

    #[test]
    fn each_thing_is_one_other_at_most_and_the_most_alike_wins() {
        let near = LONG.replace("sixty", "ninety");
        let found = renamed(&[known("a", "A", LONG)], &[known("b", "B", &near), known("c", "C", LONG)]);
        assert_eq!(found, [("a".to_owned(), "c".to_owned())]);
    }
}
