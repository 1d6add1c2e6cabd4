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
