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

/// The same where it is in another service, in which much may be said in the same words.
const MOVED: f64 = 0.8;

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

    /// Tells whether two texts are the same but for line ends and the ids of what was renamed.
    pub fn is_same_text(&self, before: &str, after: &str) -> bool {
        if before.lines().eq(after.lines()) {
            return true;
        }
        if self.0.is_empty() {
            return false;
        }
        let (mut was, mut is) = (pieces(before), pieces(after));
        loop {
            match (was.next(), is.next()) {
                (None, None) => return true,
                (Some(one), Some(other)) if one == other || self.is_same_id(one, other) => {}
                _ => return false,
            }
        }
    }

    /// Tells whether something that was called the one is called the other now, as a whole or within a service.
    fn is_same_id(&self, one: &str, other: &str) -> bool {
        self.iter().any(|(kind, from, to)| {
            let bare = |id: &'_ str| {
                let rest = id.strip_prefix(kind.folder()).and_then(|rest| rest.strip_prefix('/'));
                rest.map_or_else(|| id.to_owned(), str::to_owned)
            };
            let (one, other) = (bare(one), bare(other));
            let is_inner = |whole: &str, id: &str| whole.strip_suffix(id).is_some_and(|rest| rest.ends_with('/'));
            (one == from && other == to) || (is_inner(from, &one) && is_inner(to, &other))
        })
    }

    /// Walks over all.
    pub fn iter(&self) -> impl Iterator<Item = (Kind, &str, &str)> {
        self.0.iter().map(|((kind, from), to)| (*kind, from.as_str(), to.as_str()))
    }
}

/// Splits a text into what could be an id and what stands between.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let is_of_id = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || "/-".contains(letter);
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = is_of_id(rest.chars().next()?);
        let end = rest.find(|letter| is_of_id(letter) != first).unwrap_or(rest.len());
        let (piece, behind) = rest.split_at(end);
        rest = behind;
        Some(piece)
    })
}

/// Finds, among things that are gone from their services and things that are new in others, those that moved.
pub fn moved(gone: &[Known], new: &[Known]) -> Vec<(String, String)> {
    pairs((gone, new), MOVED)
}

/// Finds, among things that are gone and things that are new, those that are the same under another id; the most alike first.
pub fn renamed(gone: &[Known], new: &[Known]) -> Vec<(String, String)> {
    pairs((gone, new), ALIKE)
}

fn pairs((gone, new): (&[Known], &[Known]), least: f64) -> Vec<(String, String)> {
    let few = gone.len() * new.len() <= MOST;
    let mut candidates: Vec<(f64, &Known, &Known)> = Vec::new();
    for old in gone {
        for it in new {
            let likeness = likeness(old, it, few);
            if likeness >= least {
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
    fn texts_that_name_what_was_renamed_are_the_same() {
        let mut renames = Renames::default();
        renames.add(Kind::Service, "delivery", "home");
        renames.add(Kind::Standard, "delivery/window", "home/slot");
        let same = |before, after| renames.is_same_text(before, after);
        assert!(same(
            "see [[services/delivery]] and [[delivery/window#limit]]",
            "see [[services/home]] and [[home/slot#limit]]"
        ));
        assert!(same("in [[window#limit]]", "in [[slot#limit]]"));
        assert!(!same("see [[services/delivery]]", "look at [[services/home]]"));
        assert!(!same("see [[home/slot]]", "see [[delivery/window]]"));
        assert!(!Renames::default().is_same_text("delivery", "home"));
        assert!(Renames::default().is_same_text("two\nlines\n", "two\r\nlines\r\n"));
    }

    #[test]
    fn what_is_in_another_service_has_to_be_more_alike_than_what_has_another_id() {
        let near = LONG.replace("sixty", "ninety").replace("stays until it is solved", "rings off");
        let (gone, come) = ([known("a/x", "A", LONG)], [known("b/x", "B", &near)]);
        assert_eq!((renamed(&gone, &come).len(), moved(&gone, &come).len()), (1, 0));
        assert_eq!(moved(&gone, &[known("b/x", "A", LONG)]).len(), 1);
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
