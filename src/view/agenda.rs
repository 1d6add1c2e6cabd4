//! The page of reviews: what is due, by owner; and the feeds that calendars subscribe to.

use jiff::civil::Date;
use serde::Serialize;

use super::address;
use super::html::{Html, Link};
use super::writer::Writer;
use crate::agenda::feed::{self, Heading};
use crate::agenda::phrases::Phrases;
use crate::agenda::{AHEAD, Item, Matter, State};
use crate::model::kind::Kind;
use crate::model::lookup::Thing;

/// The page of reviews, below the folder of the language.
pub const PAGE: &str = "reviews/index.html";

/// Something that is due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Due {
    /// What has to be done, and the way to the thing.
    pub link: Link,
    /// What there is to know, a sentence each.
    pub details: Vec<Html>,
    /// By when; empty where it has no date.
    pub date: String,
    /// `overdue`, `open`, or `later`.
    pub state: &'static str,
}

/// What is due for an owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DueForOwner {
    /// The id of the role; `-` for what has no owner.
    pub id: String,
    /// The role; nothing for what has no owner.
    pub owner: Option<Link>,
    /// The way to the feed; empty for what has no owner.
    pub feed: String,
    /// What is due: what is overdue, what is to do, what is due later; each by date, what has none last.
    pub items: Vec<Due>,
}

/// The page of reviews.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AgendaView {
    /// The date that counted as today, in words.
    pub date: String,
    /// What is due, by owner.
    pub owners: Vec<DueForOwner>,
}

/// What is due for a role, on its own page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DueShort {
    /// How many things are due, in words; empty where none is.
    pub count: String,
    /// Whether one of them is overdue.
    pub overdue: bool,
    /// The way to the list.
    pub href: String,
    /// The way to the feed.
    pub feed: String,
}

/// Tells whether something is on the page and in the feeds: what is due, and of what is due later reviews and promises.
/// What is not translated at all has a page of its own.
fn is_shown(item: &Item, today: Date) -> bool {
    match item.matter {
        Matter::Missing { .. } => false,
        Matter::Review { .. } | Matter::Ends => true,
        _ => item.is_due_within(AHEAD, today),
    }
}

impl Writer<'_> {
    /// Gives what is shown, one owner after another.
    fn agenda_by_owner(&self) -> Vec<Vec<&Item>> {
        let today = self.shared.today;
        let shown: Vec<&Item> = self.shared.agenda().iter().filter(|item| is_shown(item, today)).collect();
        shown.chunk_by(|one, other| one.owner == other.owner).map(<[&Item]>::to_vec).collect()
    }

    /// Shows what is due, by owner.
    pub fn agenda(&self) -> AgendaView {
        let name = |(kind, id): &Thing| self.name(*kind, id).plain();
        let phrases = Phrases { locale: self.locale(), tags: &self.shared.tags, name: &name };
        let due = |item: &&Item| {
            let (kind, id) = &item.thing;
            Due {
                link: Link { title: Html::escaped(&phrases.title(item)), ..self.link(*kind, id) },
                details: phrases.details(item).iter().map(|line| Html::escaped(line)).collect(),
                date: item.due.map_or_else(String::new, |due| self.locale().date(due)),
                state: self.state(item),
            }
        };
        // What presses first, since a long list is cut short.
        let group = |mut items: Vec<&Item>| {
            let today = self.shared.today;
            items.sort_by_key(|item| (item.state(today), !item.is_due_within(AHEAD, today)));
            let owner = items.first().and_then(|item| item.owner.clone());
            DueForOwner {
                id: owner.clone().unwrap_or_else(|| "-".to_owned()),
                feed: owner.as_ref().map_or_else(String::new, |owner| self.way(&feed_of(owner))),
                owner: owner.map(|owner| self.link(Kind::Role, &owner)),
                items: items.iter().map(due).collect(),
            }
        };
        AgendaView {
            date: self.locale().date(self.shared.today),
            owners: self.agenda_by_owner().into_iter().map(group).collect(),
        }
    }

    fn state(&self, item: &Item) -> &'static str {
        match item.state(self.shared.today) {
            State::Open if !item.is_due_within(AHEAD, self.shared.today) => "later",
            state => state.word(),
        }
    }

    /// Shows on the page of a role what is due for it; nothing where it owns nothing that is ever due.
    pub fn due_for(&self, role: &str) -> Option<DueShort> {
        let today = self.shared.today;
        let own = |item: &&Item| item.owner.as_deref() == Some(role) && is_shown(item, today);
        let shown: Vec<&Item> = self.shared.agenda().iter().filter(own).collect();
        let due = shown.iter().filter(|item| item.is_due_within(AHEAD, today)).count() as u64;
        let short = || DueShort {
            count: if due == 0 { String::new() } else { self.locale().count("agenda.of_role", due) },
            overdue: shown.iter().any(|item| item.state(today) == State::Overdue),
            href: self.way(&format!("{PAGE}#{role}")),
            feed: self.way(&feed_of(role)),
        };
        (!shown.is_empty()).then(short)
    }

    /// Writes the feed of each owner, by its address below the root of the site; links stand in it where the address of the
    /// site is known.
    pub fn feeds(&self, base_url: &str) -> Vec<(String, String)> {
        let handbook = self.handbook();
        let name = |(kind, id): &Thing| self.name(*kind, id).plain();
        let phrases = Phrases { locale: self.locale(), tags: &self.shared.tags, name: &name };
        let folder = address::folder(self.language, &self.shared.tags);
        let page = |item: &Item| {
            let way = address::thing(handbook, item.thing.0, &item.thing.1);
            base_url.contains("://").then(|| format!("{base_url}{folder}{way}"))
        };
        let key = feed::key(handbook);
        let write = |items: Vec<&Item>| {
            let owner = items.first()?.owner.clone()?;
            let title = format!("{} · {}", self.word("agenda.title"), self.name(Kind::Role, &owner).plain());
            let heading = Heading { name: &title, handbook: &key, today: self.shared.today };
            Some((format!("{folder}{}", feed_of(&owner)), feed::write(heading, items.into_iter(), &phrases, &page)))
        };
        self.agenda_by_owner().into_iter().filter_map(write).collect()
    }
}

/// Gives the address of the feed of a role, below the folder of the language.
fn feed_of(role: &str) -> String {
    format!("reviews/{role}.ics")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::bench;
    use crate::view::bench::{Bench, DE, EN};

    const SERVICE: &str = "promises: {sure: {title: Sure & fast, statement: S, valid: {until: 2026-11-20}}}\n";

    fn agenda(language: crate::fields::text::Language) -> AgendaView {
        let bench = Bench::service(SERVICE, &[]);
        bench.shared().writer(language, PAGE).agenda()
    }

    #[test]
    fn what_is_due_stands_with_its_owner_and_leads_to_the_thing() {
        let view = agenda(EN);
        assert_eq!((view.date.as_str(), view.owners.len()), ("21 November 2026", 1));
        let desk = &view.owners[0];
        assert_eq!((desk.id.as_str(), desk.feed.as_str()), ("desk", "desk.ics"));
        let lines: Vec<_> =
            desk.items.iter().map(|it| (it.state, it.link.title.0.as_str(), it.link.href.as_str())).collect();
        assert_eq!(
            lines,
            [
                ("overdue", "Promise ends: Repair · Sure &amp; fast", "../services/repair.html#sure"),
                ("later", "Review: Repair", "../services/repair.html"),
            ]
        );
        assert_eq!(desk.items[1].date, "1 November 2027");
        assert_eq!(agenda(DE).owners[0].items[1].link.title.0, "Überprüfung: Repair");
    }

    #[test]
    fn what_has_no_date_stands_before_what_is_due_later() {
        let service = bench::service("").replace("every: 12 months", "of: 000000-000000-000000-000000");
        let bench = Bench::new(&[("services/repair.md", &service)]);
        let view = bench.shared().writer(EN, PAGE).agenda();
        let states: Vec<_> = view.owners[0].items.iter().map(|it| (it.state, it.date.as_str())).collect();
        assert_eq!(states, [("overdue", ""), ("later", "1 November 2027")]);
    }

    #[test]
    fn the_page_of_a_role_says_how_much_is_due() {
        let bench = Bench::service(SERVICE, &[]);
        let shared = bench.shared();
        let writer = shared.writer(EN, "roles/desk.html");
        let due = writer.due_for("desk").unwrap();
        assert_eq!((due.count.as_str(), due.overdue), ("1 thing is due", true));
        assert_eq!((due.href.as_str(), due.feed.as_str()), ("../reviews/index.html#desk", "../reviews/desk.ics"));
        assert_eq!(writer.due_for("lead"), None);
    }

    #[test]
    fn links_stand_in_a_feed_where_the_address_of_the_site_is_known() {
        let bench = Bench::service(SERVICE, &[]);
        let shared = bench.shared();
        let feeds = |base_url: &str| shared.writer(DE, PAGE).feeds(base_url);
        let known = feeds("https://example.org/h/");
        assert_eq!(known[0].0, "de/reviews/desk.ics");
        assert!(known[0].1.contains("URL:https://example.org/h/de/services/repair.html#sure\r\n"), "{}", known[0].1);
        for base_url in ["", "/h/"] {
            assert!(!feeds(base_url)[0].1.contains("URL"));
        }
    }
}
