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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::settings::Settings;
    use crate::theme::{ThemeFile, built_in};
    use crate::view::bench::Bench;

    fn site(script: Option<&str>) -> RenderedSite {
        let bench = Bench::service("", &[]);
        let shared = bench.shared();
        let mut files = built_in::files().clone();
        let path = format!("assets/{SCRIPT}");
        match script {
            Some(text) => {
                let file = ThemeFile { origin: path.clone().into(), built_in: false, bytes: text.as_bytes().into() };
                files.insert(path, file)
            }
            None => files.remove(&path),
        };
        let theme = Theme { files, settings: Settings::default(), locales: shared.locales.clone() };
        let mut site = RenderedSite::default();
        add(&mut site, &shared, &theme);
        site
    }

    #[test]
    fn each_language_has_the_theme_s_script_behind_its_own_words() {
        let site = site(Some("run()"));
        assert_eq!(site.len(), 2);
        for (tag, progress) in [("en", "{n} of {total} done"), ("de", "{n} von {total} erledigt")] {
            let file = String::from_utf8(site.get(&format!("assets/checklist.{tag}.js")).unwrap().to_vec()).unwrap();
            let words = file.strip_prefix("window.pledgebookTicks=").unwrap().strip_suffix(";\nrun()").unwrap();
            let told: serde_json::Value = serde_json::from_str(words).unwrap();
            assert_eq!(told["progress"], progress);
        }
    }

    #[test]
    fn a_theme_without_the_script_has_no_words_either() {
        assert!(site(None).is_empty());
    }
}
