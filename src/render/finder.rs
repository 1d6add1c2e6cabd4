//! The files of the deadline finder: a script for each calendar and for the words of each language.
//!
//! Scripts, not JSON, since a page that was opened from a disk may load nothing else. Each calls `pledgebookCalendar`
//! with its name and what it brings. Not here: the script that reads them, which is the theme's `deadline.js`.

use serde::Serialize;

use super::site::RenderedSite;
use crate::view::writer::Shared;

/// The folder of the files on the site.
const FOLDER: &str = "calendars";

/// Adds all files of the finder.
pub fn add(site: &mut RenderedSite, shared: &Shared<'_>) {
    for (id, openings) in shared.calendar_files() {
        add_one(site, id, &openings);
    }
    for language in shared.languages() {
        let tag = &shared.tags[usize::from(language.0)];
        add_one(site, &format!("words.{tag}"), &shared.finder_words(language));
    }
}

fn add_one(site: &mut RenderedSite, name: &str, brings: &impl Serialize) {
    let json = |value: serde_json::Result<String>| value.expect("a view has text for keys alone");
    let (given, brings) = (json(serde_json::to_string(name)), json(serde_json::to_string(brings)));
    site.insert(format!("{FOLDER}/{name}.js"), format!("pledgebookCalendar({given},{brings})\n").into_bytes());
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use jiff::civil::date;

    use crate::pipeline::{Errors, Options, look, make};
    use crate::render::site::RenderedSite;

    fn shipped() -> RenderedSite {
        let mut looked = look(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
        let options = Options { today: date(2026, 11, 21), base_url: None, errors: Errors::Refused };
        make(&mut looked, &options).unwrap()
    }

    fn brings(site: &RenderedSite, name: &str) -> serde_json::Value {
        let file = String::from_utf8(site.get(&format!("calendars/{name}.js")).unwrap().to_vec()).unwrap();
        let call = file.strip_prefix(&format!("pledgebookCalendar(\"{name}\",")).unwrap();
        serde_json::from_str(call.strip_suffix(")\n").unwrap()).unwrap()
    }

    #[test]
    fn every_calendar_is_a_script_of_two_years_and_longer_where_holidays_are_known() {
        let site = shipped();
        let handbook = look(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap().handbook;
        for (id, calendar) in &handbook.handbook().working {
            let openings = brings(&site, id);
            let last = calendar
                .known_until()
                .map_or(date(2027, 12, 31), |known| known.clamp(date(2027, 12, 31), date(2028, 12, 31)));
            assert_eq!(
                (&openings["first"], &openings["last"]),
                (&"2026-01-01".into(), &last.to_string().into()),
                "{id}"
            );
        }
        assert_eq!(brings(&site, "shop")["known_until"], "2026-12-31");
    }

    #[test]
    fn the_words_of_each_language_are_all_there() {
        let site = shipped();
        for (tag, month) in [("en", "March"), ("de", "März"), ("zh", "3月")] {
            let words = brings(&site, &format!("words.{tag}"));
            assert_eq!((&words["months"][2], words["weekdays"].as_array().unwrap().len()), (&month.into(), 7), "{tag}");
            assert!(words["deadline"]["reason.received"].is_string() && words["short"]["hour"].is_string(), "{tag}");
            assert!(words["deadline"].as_object().unwrap().keys().all(|key| key != "lead"), "{tag}");
        }
    }

    #[test]
    fn every_standard_of_timeliness_has_its_finder_on_the_sheet_and_on_the_page() {
        let site = shipped();
        let text = |path: &str| String::from_utf8(site.get(path).unwrap().to_vec()).unwrap();
        for page in ["deadline.html", "de/deadline.html", "zh/deadline.html"] {
            let page = text(page);
            assert!(page.contains("value=\"repair/in-warranty/turnaround\" data-calendar=\"workshop\""));
            assert!(page.contains("data-internal=\"7bd\" data-promised=\"10bd\" data-legal=\"20bd\" data-pauses"));
            assert!(page.contains("value=\"repair/in-warranty/turnaround~1\""), "the variant");
        }
        assert_eq!(text("services/contact.html").matches("<details class=\"finder\"").count(), 3);
        assert!(!text("hours.html").contains("assets/deadline"));
    }
}
