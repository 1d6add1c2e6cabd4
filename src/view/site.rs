//! What every page of a language shares: the frame around it.

use serde::Serialize;

use super::html::Html;
use super::writer::Shared;
use crate::fields::text::Language;

/// A place in the navigation; `path` is below the folder of the language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NavItem {
    /// A word for templates, such as `services`.
    pub key: &'static str,
    /// The path of the page.
    pub path: &'static str,
    /// Its words.
    pub title: Html,
}

/// What every page of a language shares.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SiteView {
    /// What the handbook is called.
    pub title: Html,
    /// The firm or office.
    pub organisation: Html,
    /// The tag of the language.
    pub language: String,
    /// The direction of writing.
    pub direction: String,
    /// The tag of the language that the interface speaks, where it lacks words of its own.
    pub words_language: String,
    /// The four main places.
    pub main: Vec<NavItem>,
    /// The other places.
    pub more: Vec<NavItem>,
    /// The address at which the site is published, with a slash at the end; empty where it is not known.
    pub base_url: String,
    /// What tells the handbook from others at its address, for what a browser keeps.
    pub key: String,
    /// The revision: a fingerprint of all files.
    pub revision: String,
    /// The date that counted as today, in words.
    pub date: String,
    /// The program and its version.
    pub generator: String,
}

/// A place: its key, its path, the key of its words.
type Place = (&'static str, &'static str, &'static str);

/// The main places of the navigation.
const MAIN: [Place; 4] = [
    ("services", "services/index.html", "nav.services"),
    ("promises", "promises/index.html", "nav.promises"),
    ("playbooks", "playbooks/index.html", "nav.playbooks"),
    ("checklists", "checklists/index.html", "nav.checklists"),
];
/// The other places of the navigation.
const MORE: [Place; 10] = [
    ("deadline", "deadline.html", "nav.deadline"),
    ("phrases", "phrases.html", "nav.phrases"),
    ("recovery", "recovery.html", "recovery.title"),
    ("roles", "roles/index.html", "nav.roles"),
    ("pages", "pages/index.html", "nav.pages"),
    ("hours", "hours.html", "calendar.title"),
    ("factors", "factors.html", "factor.title"),
    ("glossary", "glossary.html", "nav.glossary"),
    ("evidence", "evidence.html", "nav.evidence"),
    ("reviews", "reviews/index.html", "agenda.title"),
];

impl Shared<'_> {
    /// Shows what every page of a language shares.
    pub fn site(&self, language: Language, base_url: &str, revision: &str) -> SiteView {
        let writer = self.writer(language, "index.html");
        let locale = writer.locale();
        let config = &self.handbook().config;
        let item = |(key, path, word): Place| NavItem { key, path, title: Html::escaped(locale.word(word)) };
        SiteView {
            title: writer.title(&config.title),
            organisation: writer.title(&config.organisation),
            language: locale.tag().to_owned(),
            direction: locale.direction().to_owned(),
            words_language: locale.words_tag().to_owned(),
            main: MAIN.into_iter().map(item).collect(),
            more: MORE.into_iter().map(item).collect(),
            base_url: base_url.to_owned(),
            key: self.key(),
            revision: revision.to_owned(),
            date: locale.date(self.today),
            generator: format!("Pledgebook {}", env!("CARGO_PKG_VERSION")),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::view::bench::{Bench, DE, EN};

    const SETTINGS: &str = "title: {en: Care & trust, de: Handbuch}\norganisation: Lamps\nlanguages: [en, de, fr]\n";

    #[test]
    fn the_frame_of_a_page_is_in_the_language_of_the_page() {
        let bench = Bench::new(&[("handbook.yaml", SETTINGS)]);
        let shared = bench.shared();
        let site = shared.site(DE, "https://example.org/", "abc");
        assert_eq!((site.title.0.as_str(), site.language.as_str(), site.direction.as_str()), ("Handbuch", "de", "ltr"));
        assert_eq!(site.organisation.0, "<span lang=\"en\">Lamps</span>");
        assert_eq!(site.date, "21. November 2026");
        assert_eq!((site.base_url.as_str(), site.revision.as_str()), ("https://example.org/", "abc"));
        assert_eq!(shared.site(EN, "", "").title.0, "Care &amp; trust");
        assert!(site.generator.starts_with("Pledgebook "));
    }

    #[test]
    fn the_navigation_names_pages_that_exist_in_words() {
        let bench = Bench::new(&[]);
        let shared = bench.shared();
        let site = shared.site(DE, "", "");
        let planned: Vec<String> = crate::pages::plan(&shared).into_iter().map(|page| page.path).collect();
        for item in site.main.iter().chain(&site.more) {
            assert!(planned.iter().any(|path| path == item.path), "{}", item.path);
            assert!(!item.title.0.contains('.'), "{} has no words: {}", item.key, item.title.0);
        }
        assert_eq!(site.main[0].title.0, "Leistungen");
    }
}
