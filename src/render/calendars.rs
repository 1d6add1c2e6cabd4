//! The feeds of what is due, one an owner and language.

use super::site::RenderedSite;
use super::workshop::Workshop;
use crate::view::agenda::PAGE;

/// Adds the feeds.
pub fn add(site: &mut RenderedSite, workshop: &Workshop<'_>) {
    let shared = workshop.shared;
    for language in shared.languages() {
        let feeds = shared.writer(language, PAGE).feeds(&workshop.whereabouts.base_url);
        feeds.into_iter().for_each(|(path, text)| site.insert(path, text.into_bytes()));
    }
}
