//! What is due, and who has to see to it: reviews, results, promises that end, translations that lag behind.
//!
//! Not here: how it is laid out for a terminal (the binary) or on a page (`view`), and what is wrong with a handbook
//! (`checks`), although what is found there is due here.

pub mod feed;
pub mod phrases;
pub mod services;
pub mod since;
pub mod translations;

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::checks::CheckedHandbook;
use crate::checks::review::bulk_bump;
use crate::checks::review::changed::Change;
use crate::fields::text::Language;
use crate::history::Bump;
use crate::model::handbook::Handbook;
use crate::model::kind::Kind;
use crate::model::lookup::Thing;
use crate::model::results::ResultPeriod;
use crate::source::{FileId, SourceTree, Span};
use crate::units::duration::Duration;
use since::Since;

/// So many days ahead things are told where nobody says otherwise.
pub const AHEAD: u16 = 30;

/// Something that is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What has to be done.
    pub matter: Matter,
    /// The thing it has to be done to.
    pub thing: Thing,
    /// The role that answers for it; nothing where nobody is named.
    pub owner: Option<String>,
    /// By when; nothing where it has no date of its own.
    pub due: Option<Date>,
    /// Where to begin.
    pub place: Span,
}

/// What has to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Matter {
    /// A service is to be looked at again.
    Review {
        /// The day of the last review.
        last: Date,
        /// How often it is reviewed.
        every: Duration,
    },
    /// A service demands or promises something else than when it was reviewed.
    Changed {
        /// The day of the review.
        last: Option<Date>,
        /// What has changed.
        change: Change,
    },
    /// One commit moved the dates of many reviews and changed nothing else.
    Moved {
        /// The commit.
        commit: String,
        /// How many services it moved.
        services: usize,
    },
    /// A promise runs out.
    Ends,
    /// A standard has no result for the time after the last one.
    Result {
        /// The last one; nothing where there never was any.
        last: Option<ResultPeriod>,
    },
    /// A translation is of a text that has changed since.
    Stale {
        /// Its language.
        language: Language,
        /// What has changed, as far as it can be known.
        since: Since,
    },
    /// A document has no translation, or lacks texts in it.
    Missing {
        /// The language.
        language: Language,
        /// The fields that it lacks; none where there is no translation at all.
        fields: Vec<String>,
    },
}

impl Matter {
    /// Gives its name, which is also its key among the words of the interface.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Review { .. } => "review",
            Self::Changed { .. } => "changed",
            Self::Moved { .. } => "moved",
            Self::Ends => "ends",
            Self::Result { .. } => "result",
            Self::Stale { .. } => "stale",
            Self::Missing { .. } => "missing",
        }
    }

    /// Gives the language that it is about.
    pub fn language(&self) -> Option<Language> {
        match self {
            Self::Stale { language, .. } | Self::Missing { language, .. } => Some(*language),
            _ => None,
        }
    }
}

/// How much something presses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// It should have been done.
    Overdue,
    /// It can be done now, or is to be done on a day to come.
    Open,
}

impl State {
    /// Gives its name, which is also its key among the words of the interface.
    pub fn word(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Open => "open",
        }
    }
}

impl Item {
    /// Says how much it presses on a day: what is due on that day is not yet late.
    pub fn state(&self, today: Date) -> State {
        let is_late = match (self.due, &self.matter) {
            (Some(due), _) => due < today,
            (None, Matter::Changed { .. } | Matter::Stale { .. }) => true,
            (None, _) => false,
        };
        if is_late { State::Overdue } else { State::Open }
    }

    /// Tells whether it is due within some days; what has no date of its own is.
    pub fn is_due_within(&self, days: u16, today: Date) -> bool {
        let last = today.checked_add(i32::from(days).days()).unwrap_or(Date::MAX);
        self.due.is_none_or(|due| due <= last)
    }
}

/// What is known beside the handbook.
#[derive(Clone, Copy, Default)]
pub struct Known<'a> {
    /// The commits that move review dates and change nothing else.
    pub bumps: &'a [Bump],
    /// What files said before, the latest first.
    pub earlier: Option<&'a BTreeMap<FileId, Vec<String>>>,
}

/// Gives all that is or will be due: by owner, then by date, what has none last.
pub fn all(checked: &CheckedHandbook, tree: &SourceTree, known: Known<'_>) -> Vec<Item> {
    let handbook = checked.handbook();
    let mut items = services::items(handbook);
    items.extend(known.bumps.iter().flat_map(|bump| moved(bump, handbook, tree)));
    items.extend(translations::items(handbook, known));
    let is_ownerless = |item: &Item| item.owner.is_none();
    let key = |item: &Item| {
        let day = item.due.unwrap_or(Date::MAX);
        (is_ownerless(item), item.owner.clone(), day, tree.file(item.place.file).path.clone(), item.place.start)
    };
    items.sort_by_cached_key(key);
    items
}

/// Gives the files whose earlier texts tell what has changed: the sources of stale translations.
pub fn files_to_ask_about(handbook: &Handbook) -> Vec<FileId> {
    translations::stale_sources(handbook)
}

fn moved(bump: &Bump, handbook: &Handbook, tree: &SourceTree) -> Vec<Item> {
    let places = bulk_bump::moved(bump, handbook, tree);
    let count = places.len();
    let item = |(id, place): (&str, Span)| Item {
        matter: Matter::Moved { commit: bump.commit.clone(), services: count },
        owner: services::owner(&handbook.services[id].fields),
        thing: (Kind::Service, id.to_owned()),
        due: None,
        place,
    };
    places.into_iter().map(item).collect()
}

#[cfg(test)]
pub(crate) mod bench {
    //! A small handbook, and what is due in it.

    use super::{Item, Known, all};
    use crate::checks::bench::{TODAY, look, tree};
    use crate::diagnostic::locate;

    /// Says what is due in some files: `state date owner matter thing path:line`, within 30 days and of some matters.
    pub(crate) fn due(matters: &[&str], files: &[(&str, &str)]) -> Vec<String> {
        let tree = tree(files);
        let (checked, _) = look(&tree);
        let said = |item: &Item| {
            let at = locate(&item.place.into(), &tree, "");
            let day = item.due.map_or("-".to_owned(), |day| day.to_string());
            let (state, owner) = (item.state(TODAY).word(), item.owner.as_deref().unwrap_or("-"));
            format!("{state} {day} {owner} {} {} {}:{}", item.matter.word(), item.thing.1, at.path, at.line)
        };
        let items = all(&checked, &tree, Known::default());
        let wanted = |item: &&Item| item.is_due_within(super::AHEAD, TODAY) && matters.contains(&item.matter.word());
        items.iter().filter(wanted).map(said).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::bench::{look, service, tree};
    use jiff::civil::date;

    #[test]
    fn things_stand_by_owner_and_date() {
        let of = |owner: &str, last: &str| {
            service("").replace("owner: desk", &format!("owner: {owner}")).replace("2026-11-01", last)
        };
        let (a, b, c) = (of("lead", "2025-11-30"), of("desk", "2025-12-10"), of("desk", "2025-10-01"));
        let files = [("services/a.md", a.as_str()), ("services/b.md", &b), ("services/c.md", &c)];
        assert_eq!(
            bench::due(&["review"], &files),
            [
                "overdue 2026-10-01 desk review c services/c.md:6",
                "open 2026-12-10 desk review b services/b.md:6",
                "open 2026-11-30 lead review a services/a.md:6",
            ]
        );
    }

    #[test]
    fn a_commit_that_moved_many_dates_is_said_of_each_service() {
        let text = service("");
        let paths: Vec<String> = (0..6).map(|at| format!("services/s{at}.md")).collect();
        let files: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), text.as_str())).collect();
        let tree = tree(&files);
        let moved = paths.iter().map(|path| (format!("content/{path}"), date(2026, 11, 1))).collect();
        let bumps = [Bump { commit: "1a2b3c4".into(), on: None, moved }];
        let items = all(&look(&tree).0, &tree, Known { bumps: &bumps, ..Known::default() });
        let moved: Vec<&Item> = items.iter().filter(|item| item.matter.word() == "moved").collect();
        assert_eq!(moved.len(), 6);
        assert_eq!(moved[0].matter, Matter::Moved { commit: "1a2b3c4".into(), services: 6 });
        assert_eq!((moved[0].owner.as_deref(), moved[0].state(date(2026, 11, 21))), (Some("desk"), State::Open));
    }
}
