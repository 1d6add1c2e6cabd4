//! The script that keeps ticks, one file a language: its words, then the theme's `checklist.js`.
//!
//! One file, because what a page asks for should be little; a script, because a page that was opened from a disk may load
//! nothing else.

use super::site::RenderedSite;
use crate::theme::Theme;
use crate::view::writer::Shared;

/// The script in the theme.
pub const SCRIPT: &str = "checklist.js";

/// Adds the script in each language; a theme without it has none.
pub fn add(site: &mut RenderedSite, shared: &Shared<'_>, theme: &Theme) {
    let Some((_, script)) = theme.below(super::ASSETS).find(|(name, _)| *name == SCRIPT) else { return };
    for language in shared.languages() {
        let tag = &shared.tags[usize::from(language.0)];
        let words = serde_json::to_string(&shared.tick_words(language)).expect("a view has text for keys alone");
        let bytes = [b"window.pledgebookTicks=", words.as_bytes(), b";\n", &script.bytes].concat();
        site.insert(format!("{}/checklist.{tag}.js", super::ASSETS), bytes);
    }
}
