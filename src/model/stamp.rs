//! What a review stamps: the fingerprint of all that a service demands and promises, part by part.
//!
//! Not here: what counts as normative (`normative`), and writing the stamp into a file (`mend::keys`).

use std::fmt;

use super::normative::{self, Norm};
use super::service::Service;
use crate::fields::table::Table;

/// How many hexadecimal digits a part has: one change in 16 million goes unnoticed.
const DIGITS: usize = 6;

/// A part of a service that is stamped by itself, so that it can be said where something changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The service itself: owner, calendar, channels, fee, needs, exceptions.
    Service,
    /// Its standards.
    Standards,
    /// Its steps and their order.
    Steps,
    /// Its promises.
    Promises,
}

impl Part {
    /// All parts, in the order of a stamp.
    pub const ALL: [Self; 4] = [Self::Service, Self::Standards, Self::Steps, Self::Promises];

    /// Gives its name, which is also its key among the words of the interface.
    pub fn word(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Standards => "standards",
            Self::Steps => "steps",
            Self::Promises => "promises",
        }
    }
}

/// The fingerprint of a service, part by part: `1f0c3a-9b2e77-04d1aa-e0c559`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp([String; Part::ALL.len()]);

impl Stamp {
    /// Makes the stamp of a service as it stands; no wording is in it.
    pub fn of(service: &Service) -> Self {
        let steps = rows(&service.steps, normative::step).part("order", &normative::order(service));
        let parts = [
            normative::service(service),
            rows(&service.standards, normative::standard),
            steps,
            rows(&service.promises, normative::promise),
        ];
        Self(parts.map(|norm| norm.digits(DIGITS)))
    }

    /// Reads a stamp; nothing where it is none.
    pub fn read(text: &str) -> Option<Self> {
        let is_part = |part: &&str| part.len() == DIGITS && part.bytes().all(|byte| byte.is_ascii_hexdigit());
        let parts: Vec<String> = text.split('-').filter(is_part).map(str::to_ascii_lowercase).collect();
        parts.try_into().ok().map(Self).filter(|_| text.split('-').count() == Part::ALL.len())
    }

    /// Gives this stamp with each part that was as the service stood made as it stands now; where only names have changed,
    /// what was reviewed still is.
    pub fn renewed(&self, before: &Self, after: &Self) -> Self {
        let mut renewed = self.clone();
        for (at, part) in renewed.0.iter_mut().enumerate() {
            if *part == before.0[at] {
                part.clone_from(&after.0[at]);
            }
        }
        renewed
    }

    /// Gives the parts in which another stamp differs.
    pub fn differing(&self, other: &Self) -> Vec<Part> {
        let pairs = self.0.iter().zip(&other.0);
        Part::ALL.into_iter().zip(pairs).filter(|(_, (one, other))| one != other).map(|(part, _)| part).collect()
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("-"))
    }
}

/// Gives what all things of a table demand; the order in which they are written does not count.
fn rows<T>(table: &Table<T>, of: impl Fn(&T) -> Norm) -> Norm {
    let mut rows: Vec<_> = table.iter().collect();
    rows.sort_by(|one, other| one.id.cmp(&other.id));
    rows.into_iter().fold(Norm::default(), |norm, row| norm.part(&row.id, &of(&row.value)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::bench;

    const SERVICE: &str = "\
fee: 20 EUR
standards: {a: {title: A, limit: 2 weeks}, b: {title: B, limit: 3 weeks}}
steps: {one: {title: One, takes: 1h}, two: {title: Two, takes: 2h}}
promises: {sure: {statement: Sure, backed_by: [a]}}
---
Prose.
";

    fn stamp(rest: &str) -> Stamp {
        let service = bench::service(rest);
        let (checked, _) = bench::look(&bench::tree(&[("services/repair.md", &service)]));
        Stamp::of(&checked.handbook().services["repair"].fields)
    }

    fn differing(from: &str, to: &str) -> Vec<&'static str> {
        assert!(SERVICE.contains(from), "{from}");
        let parts = stamp(SERVICE).differing(&stamp(&SERVICE.replace(from, to)));
        parts.into_iter().map(Part::word).collect()
    }

    #[test]
    fn a_change_is_told_by_the_part_it_is_in() {
        assert_eq!(differing("fee: 20 EUR", "fee: 25 EUR"), ["service"]);
        assert_eq!(differing("2 weeks", "4 weeks"), ["standards"]);
        assert_eq!(differing("takes: 1h", "takes: 3h"), ["steps"]);
        assert_eq!(differing("backed_by: [a]", "backed_by: [a, b]"), ["promises"]);
        assert_eq!(differing(", b: {title: B, limit: 3 weeks}", ""), ["standards"]);
    }

    #[test]
    fn wording_and_the_order_of_standards_change_nothing() {
        let none = [""; 0];
        assert_eq!(differing("title: A", "title: Another"), none);
        assert_eq!(differing("Prose.", "Other prose."), none);
        assert_eq!(differing("statement: Sure", "statement: Certain"), none);
        let (a, b) = ("a: {title: A, limit: 2 weeks}", "b: {title: B, limit: 3 weeks}");
        assert_eq!(differing(&format!("{a}, {b}"), &format!("{b}, {a}")), none);
    }

    #[test]
    fn the_order_of_steps_counts() {
        let (one, two) = ("one: {title: One, takes: 1h}", "two: {title: Two, takes: 2h}");
        assert_eq!(differing(&format!("{one}, {two}"), &format!("{two}, {one}")), ["steps"]);
    }

    #[test]
    fn a_stamp_is_renewed_part_by_part_and_a_part_that_had_changed_stays_so() {
        let [before, after] =
            [SERVICE.to_owned(), SERVICE.replace("a: {title: A", "z: {title: A").replace("[a]", "[z]")];
        let (before, after) = (stamp(&before), stamp(&after));
        assert_eq!(before.renewed(&before, &after), after);
        let stale = stamp(&SERVICE.replace("2 weeks", "9 weeks"));
        let renewed = stale.renewed(&before, &after);
        assert_eq!(renewed.differing(&after), [Part::Standards]);
        assert_eq!(renewed.differing(&stale), [Part::Promises]);
    }

    #[test]
    fn a_stamp_reads_as_it_is_written() {
        let stamp = stamp(SERVICE);
        assert_eq!(Stamp::read(&stamp.to_string()), Some(stamp));
        for text in
            ["", "1f0c3a", "1f0c3a-9b2e77-04d1aa", "1f0c3a-9b2e77-04d1aa-e0c55", "1f0c3a-x-9b2e77-04d1aa-e0c559"]
        {
            assert_eq!(Stamp::read(text), None, "{text}");
        }
    }
}
