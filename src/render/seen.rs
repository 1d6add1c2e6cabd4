//! What tells a reader what is new: the script, one file a language, its words in front; and the fingerprints of all pages
//! in small scripts.
//!
//! Scripts, because a page that was opened from a disk may load nothing else.

use super::site::RenderedSite;
use crate::theme::Theme;
use crate::view::writer::Shared;

/// The script in the theme.
pub const SCRIPT: &str = "news.js";
/// The folder of the fingerprints.
const FOLDER: &str = "normative";

/// Adds the script in each language, and the fingerprints; a theme without the script has neither.
pub fn add(site: &mut RenderedSite, shared: &Shared<'_>, theme: &Theme) {
    let Some((_, script)) = theme.below(super::ASSETS).find(|(name, _)| *name == SCRIPT) else { return };
    for language in shared.languages() {
        let tag = &shared.tags[usize::from(language.0)];
        let words = json(&shared.news_words(language));
        let bytes = [b"window.pledgebookNews=", words.as_bytes(), b";\n", &script.bytes].concat();
        site.insert(format!("{}/news.{tag}.js", super::ASSETS), bytes);
    }
    let buckets = shared.buckets();
    let mut add = |name: &str, brings: String| {
        let call = format!("pledgebookNormative(\"{name}\",{brings})\n");
        site.insert(format!("{FOLDER}/{name}.js"), call.into_bytes());
    };
    add("index", json(&buckets.prints));
    for (number, pages) in buckets.pages.iter().enumerate() {
        add(&number.to_string(), json(pages));
    }
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("a view has text for keys alone")
}
