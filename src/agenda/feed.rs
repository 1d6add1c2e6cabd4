//! What is due as a calendar that other programs subscribe to: iCalendar, RFC 5545.
//!
//! The same items give the same bytes: what differs from run to run is the date that counts as today, which is an argument.
//! Written here and not by a library: those that there are ask for the clock and make names at random.

use jiff::civil::Date;

use super::Item;
use super::phrases::Phrases;
use crate::model::handbook::Handbook;

/// The longest line in bytes, without its end (RFC 5545, 3.1).
const LONGEST: usize = 75;

/// What a calendar is told besides its items.
#[derive(Clone, Copy)]
pub struct Heading<'a> {
    /// What it is called.
    pub name: &'a str,
    /// What tells its handbook from others; it is part of the name of every event and must not change.
    pub handbook: &'a str,
    /// The date that counts as today.
    pub today: Date,
}

/// Gives what tells a handbook from others in the names of events: a fingerprint of its title.
pub fn key(handbook: &Handbook) -> String {
    let mut digits = blake3::hash(handbook.config.title.source().as_bytes()).to_hex().to_string();
    digits.truncate(8);
    digits
}

/// Writes a calendar. `address` gives the address of an item's page, where it is known.
///
/// Every event is a whole day: the one by which something is due, or today where it has no date of its own.
pub fn write<'a>(
    heading: Heading<'_>,
    items: impl Iterator<Item = &'a Item>,
    phrases: &Phrases<'_>,
    address: &dyn Fn(&Item) -> Option<String>,
) -> String {
    let mut lines = Lines::default();
    lines.add("BEGIN", "VCALENDAR");
    lines.add("VERSION", "2.0");
    lines.add("PRODID", "-//Pledgebook//Agenda//EN");
    lines.add("CALSCALE", "GREGORIAN");
    lines.add("METHOD", "PUBLISH");
    lines.add_text("NAME", heading.name);
    lines.add_text("X-WR-CALNAME", heading.name);
    lines.add("REFRESH-INTERVAL;VALUE=DURATION", "P1D");
    for item in items {
        event(item, heading, phrases, &mut lines);
        if let Some(address) = address(item) {
            lines.add("URL", &address);
        }
        lines.add("TRANSP", "TRANSPARENT");
        lines.add("END", "VEVENT");
    }
    lines.add("END", "VCALENDAR");
    lines.0
}

fn event(item: &Item, heading: Heading<'_>, phrases: &Phrases<'_>, lines: &mut Lines) {
    let day = item.due.unwrap_or(heading.today);
    let compact = |date: Date| date.strftime("%Y%m%d").to_string();
    lines.add("BEGIN", "VEVENT");
    lines.add("UID", &uid(item, heading.handbook));
    lines.add("DTSTAMP", &format!("{}T000000Z", compact(heading.today)));
    lines.add("DTSTART;VALUE=DATE", &compact(day));
    lines.add("DTEND;VALUE=DATE", &compact(day.tomorrow().unwrap_or(day)));
    lines.add_text("SUMMARY", &phrases.title(item));
    let details = phrases.details(item).join("\n");
    if !details.is_empty() {
        lines.add_text("DESCRIPTION", &details);
    }
}

/// Gives the name of an event, which stays when its date moves.
fn uid(item: &Item, handbook: &str) -> String {
    let (kind, id) = &item.thing;
    let language = item.matter.language().map_or_else(String::new, |language| format!(".{}", language.0));
    format!("{}{language}.{}/{id}@{handbook}.pledgebook", item.matter.word(), kind.folder())
}

/// Lines as they are sent: folded, and ended by CR LF.
#[derive(Default)]
struct Lines(String);

impl Lines {
    /// Adds a property whose value needs no escapes.
    fn add(&mut self, name: &str, value: &str) {
        let line = format!("{name}:{}", value.replace(char::is_control, " "));
        let mut room = LONGEST;
        for letter in line.chars() {
            if letter.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = LONGEST - 1;
            }
            room -= letter.len_utf8();
            self.0.push(letter);
        }
        self.0.push_str("\r\n");
    }

    /// Adds a property that holds text (RFC 5545, 3.3.11).
    fn add_text(&mut self, name: &str, text: &str) {
        let text = text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
        self.add(name, &text.replace("\r\n", "\\n").replace('\n', "\\n"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agenda::{Known, Matter, all};
    use crate::checks::bench::{TODAY, look, service, tree};
    use crate::fields::text::Language;
    use crate::locale::Locale;
    use crate::model::lookup::Thing;
    use crate::theme::{built_in, locales};

    fn english() -> Locale {
        locales::read(built_in::files(), &["en".to_owned()], &mut Vec::new()).remove(0)
    }

    /// Writes the calendar of what is due in a service that is called by a name.
    fn calendar(name: &str, today: Date) -> String {
        let tree = tree(&[(
            "services/repair.md",
            &service("promises:\n  sure: {statement: S, valid: {until: 2026-12-01}}\n"),
        )]);
        let mut items = all(&look(&tree).0, &tree, Known::default());
        items.retain(|item| !matches!(item.matter, Matter::Missing { .. }));
        let (locale, tags) = (english(), ["en".to_owned()]);
        let of_thing = |_: &Thing| name.to_owned();
        let phrases = Phrases { locale: &locale, tags: &tags, name: &of_thing };
        let heading = Heading { name: "Desk, today", handbook: "abc", today };
        write(heading, items.iter(), &phrases, &|_| None)
    }

    /// Reads lines as RFC 5545 says: folds undone.
    fn unfolded(text: &str) -> Vec<String> {
        text.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
    }

    #[test]
    fn every_event_is_a_whole_day() {
        let text = calendar("Repair", TODAY);
        let lines = unfolded(&text);
        let of = |name: &str| -> Vec<&String> { lines.iter().filter(|line| line.starts_with(name)).collect() };
        assert_eq!(of("DTSTART"), ["DTSTART;VALUE=DATE:20261201", "DTSTART;VALUE=DATE:20271101"]);
        assert_eq!(of("DTEND"), ["DTEND;VALUE=DATE:20261202", "DTEND;VALUE=DATE:20271102"]);
        assert_eq!(of("DTSTAMP"), ["DTSTAMP:20261121T000000Z"; 2]);
        let uids = ["UID:ends.promises/repair/sure@abc.pledgebook", "UID:review.services/repair@abc.pledgebook"];
        assert_eq!(of("UID"), uids);
        assert_eq!(of("SUMMARY")[1], "SUMMARY:Review: Repair");
    }

    #[test]
    fn the_same_day_gives_the_same_bytes_and_names_stay_from_day_to_day() {
        assert_eq!(calendar("Repair", TODAY), calendar("Repair", TODAY));
        let uids = |today: Date| -> Vec<String> {
            unfolded(&calendar("Repair", today)).into_iter().filter(|line| line.starts_with("UID")).collect()
        };
        assert_eq!(uids(TODAY), uids(TODAY.tomorrow().unwrap()));
    }

    #[test]
    fn text_is_escaped_and_long_lines_are_folded_between_letters() {
        let name = format!("a, b; c\\d\n{}", "保修期内维修".repeat(20));
        let text = calendar(&name, TODAY);
        assert!(text.split("\r\n").all(|line| line.len() <= LONGEST), "{text}");
        assert!(!text.replace("\r\n", "").contains(['\r', '\n']));
        let wanted = format!("SUMMARY:Review: a\\, b\\; c\\\\d\\n{}", "保修期内维修".repeat(20));
        assert!(unfolded(&text).contains(&wanted), "{text}");
        assert!(unfolded(&text).contains(&"X-WR-CALNAME:Desk\\, today".to_owned()));
    }

    #[test]
    fn translations_into_two_languages_are_two_events() {
        let item = |language| Item {
            matter: Matter::Missing { language: Language(language), fields: Vec::new() },
            thing: (crate::model::kind::Kind::Page, "why".into()),
            owner: None,
            due: None,
            place: crate::source::Span::new(crate::source::FileId(0), 0, 0),
        };
        assert_ne!(uid(&item(1), "h"), uid(&item(2), "h"));
    }
}
