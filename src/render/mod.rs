//! Pages and theme to a finished site in memory.
//!
//! What all pages of a language share is made once and lies in the engine's global context (`workshop`); a page brings only
//! its own.

pub mod calendars;
pub mod cues;
pub mod draft;
pub mod feed;
pub mod finder;
pub mod frame;
pub mod offline;
pub mod seen;
pub mod site;
pub mod sitemap;
pub mod ticks;
pub mod words;
pub mod workshop;

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::pages::PlannedPage;
use crate::search;
use crate::source::Content;
use crate::view::address;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use site::{InMemory, RenderedSite, Store, Stored};
use workshop::Workshop;

/// The folder of the theme's assets, in the theme and on the site.
const ASSETS: &str = "assets";

/// What is known of the site besides the handbook.
#[derive(Clone, Debug, Default)]
pub struct Whereabouts {
    /// The address at which it is published, with a slash at the end; empty where it is not known.
    pub base_url: String,
    /// A fingerprint of all files.
    pub revision: String,
}

impl Whereabouts {
    /// Gives the path at which the site begins: `/handbook/`; empty where the address is not known.
    pub fn base_path(&self) -> &str {
        let rest = self.base_url.split_once("://").map_or(self.base_url.as_str(), |(_, rest)| rest);
        rest.find('/').map_or("", |at| &rest[at..])
    }
}

/// Renders the whole site in memory; templates at fault are told, and then there is no site.
pub fn all(workshop: &Workshop<'_>) -> Result<RenderedSite, Vec<Diagnostic>> {
    all_into(workshop, &InMemory)
}

/// Renders the whole site as [`all`] does, its pages into a store.
pub fn all_into(workshop: &Workshop<'_>, store: &dyn Store) -> Result<RenderedSite, Vec<Diagnostic>> {
    let Workshop { shared, whereabouts, planned, .. } = workshop;
    let mut site = RenderedSite::default();
    // First, because what it takes on the way is given back before the pages need room.
    add_search(&mut site, workshop);
    store.expect(&mut planned.iter().map(|page| page.address(shared)));
    let one = |page: &PlannedPage<'_>| {
        let (path, html) = (page.address(shared), workshop.make(page)?);
        let stored = store.store(&path, html.as_bytes()).map(|(file, is_published)| Stored {
            file,
            is_published,
            light: offline::light(&html),
        });
        Ok((path, stored.ok_or_else(|| html.into_bytes().into())))
    };
    type Made = Result<(String, Result<Stored, Arc<[u8]>>), Vec<Diagnostic>>;
    let pages = || planned.par_iter().map(one).collect::<Vec<Made>>();
    let others = || {
        let mut others = RenderedSite::default();
        add_common(&mut others, workshop);
        add_normative(&mut others, workshop);
        add_feeds(&mut others, workshop);
        others
    };
    let (rendered, others) = rayon::join(pages, others);
    let mut faults: Vec<Diagnostic> = Vec::new();
    for page in rendered {
        match page {
            Ok((path, Ok(stored))) => site.insert_stored(path, stored),
            Ok((path, Err(html))) => site.insert(path, html),
            Err(told) => {
                let new: Vec<Diagnostic> = told.into_iter().filter(|told| !faults.contains(told)).collect();
                faults.extend(new);
            }
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    others.iter().for_each(|(path, bytes)| site.insert(path.to_owned(), Arc::clone(bytes)));
    // Last, because the copy for times without a connection is one of all others.
    offline::add(&mut site, shared, &whereabouts.revision, store);
    if whereabouts.base_url.contains("://") {
        site.insert("sitemap.xml".into(), sitemap::write(planned, shared, &whereabouts.base_url).into_bytes());
    }
    Ok(site)
}

/// Adds the theme's assets and the handbook's pictures, and the scripts of the finder, of ticks and of cues.
fn add_common(site: &mut RenderedSite, workshop: &Workshop<'_>) {
    let Workshop { shared, theme, .. } = workshop;
    for (name, file) in theme.below(ASSETS).filter(|(name, _)| ![ticks::SCRIPT, seen::SCRIPT].contains(name)) {
        site.insert(format!("{ASSETS}/{name}"), file.bytes.clone());
    }
    for (path, file) in &shared.handbook().pictures {
        if let Content::Bytes(bytes) = &shared.tree.file(*file).content {
            site.insert(path.clone(), bytes.clone());
        }
    }
    finder::add(site, shared);
    ticks::add(site, shared, theme);
    cues::add(site, shared);
    calendars::add(site, workshop);
}

/// Adds what tells a reader what is new.
fn add_normative(site: &mut RenderedSite, workshop: &Workshop<'_>) {
    seen::add(site, workshop.shared, workshop.theme);
}

/// Adds the feeds of decisions.
fn add_feeds(site: &mut RenderedSite, workshop: &Workshop<'_>) {
    let Workshop { shared, whereabouts, .. } = workshop;
    for language in shared.languages() {
        let path = format!("{}{}", address::folder(language, &shared.tags), feed::NAME);
        if let Some(xml) = feed::write(shared, language, whereabouts) {
            site.insert(path, xml.into_bytes());
        }
    }
}

/// Adds the index of the search.
fn add_search(site: &mut RenderedSite, workshop: &Workshop<'_>) {
    search::files(workshop.shared).into_iter().for_each(|(path, bytes)| site.insert(path, bytes));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::settings::Settings;
    use crate::theme::{Theme, ThemeFile, built_in, locales};
    use crate::view::bench::Bench;

    fn site(base_url: &str, own: &[(&str, &str)]) -> Result<RenderedSite, Vec<Diagnostic>> {
        site_of("", base_url, own)
    }

    fn site_of(service: &str, base_url: &str, own: &[(&str, &str)]) -> Result<RenderedSite, Vec<Diagnostic>> {
        site_from(&Bench::service(service, &[]), base_url, own)
    }

    fn site_from(bench: &Bench, base_url: &str, own: &[(&str, &str)]) -> Result<RenderedSite, Vec<Diagnostic>> {
        let mut shared = bench.shared();
        let mut files = built_in::files().clone();
        for (path, text) in own {
            let file = ThemeFile { origin: (*path).into(), built_in: false, bytes: text.as_bytes().into() };
            files.insert((*path).to_owned(), file);
        }
        let settings = Settings { extra: [("accent".to_owned(), "red".to_owned())].into(), ..Settings::default() };
        shared.locales = locales::read(&files, &shared.tags, &mut Vec::new());
        let theme = Theme { files, settings, locales: shared.locales.clone() };
        let whereabouts = Whereabouts { base_url: base_url.into(), revision: "abc".into() };
        all(&Workshop::open(&shared, &theme, &whereabouts)?)
    }

    fn page(site: &RenderedSite, path: &str) -> String {
        String::from_utf8(site.get(path).unwrap_or_else(|| panic!("there is no {path}")).to_vec()).unwrap()
    }

    #[test]
    fn the_path_of_an_address_is_what_comes_behind_the_host() {
        let path =
            |base_url: &str| Whereabouts { base_url: base_url.into(), ..Whereabouts::default() }.base_path().to_owned();
        assert_eq!(path("https://example.org/handbook/"), "/handbook/");
        assert_eq!(path("https://example.org/"), "/");
        assert_eq!(path("/handbook/"), "/handbook/");
        assert_eq!(path(""), "");
    }

    #[test]
    fn a_template_sees_the_page_the_site_the_words_and_the_theme() {
        let template =
            "{{ page.title | safe }}|{{ meta.path }}|{{ site.language }}|{{ words.nav.services }}|{{ theme.accent }}";
        let site = site("", &[("templates/service.html", template)]).unwrap();
        assert_eq!(page(&site, "services/repair.html"), "Repair|services/repair.html|en|Services|red");
        let german = "<span lang=\"en\">Repair</span>|de/services/repair.html|de|Leistungen|red";
        assert_eq!(page(&site, "de/services/repair.html"), german);
    }

    #[test]
    fn assets_lie_beside_the_pages_and_a_sitemap_where_the_address_is_known() {
        let unknown = site("", &[]).unwrap();
        assert!(unknown.get("assets/style.css").is_some());
        assert!(unknown.get("sitemap.xml").is_none());
        assert!(site("/handbook/", &[]).unwrap().get("sitemap.xml").is_none());
        assert!(site("https://example.org/", &[]).unwrap().get("sitemap.xml").is_some());
    }

    #[test]
    fn links_of_the_page_that_is_not_there_begin_at_the_path_of_the_site() {
        let template = ("templates/404.html", "{{ meta.base }}");
        let site =
            site("https://example.org/handbook/", &[template, ("templates/home.html", "[{{ meta.base }}]")]).unwrap();
        assert_eq!((page(&site, "404.html"), page(&site, "index.html")), ("/handbook/".into(), "[]".into()));
    }

    #[test]
    fn no_heading_takes_an_anchor_of_the_frame() {
        let prose = "---\ntitle: P\nkind: guide\n---\n# Content\n\n# Seek\n\n# _content\n";
        let site = site_from(&Bench::service("", &[("pages/p.md", prose)]), "", &[]).unwrap();
        let page = page(&site, "pages/p.html");
        let mut ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert!(ids.contains(&"content") && ids.contains(&"_content") && ids.len() == all, "{ids:?}");
        assert!(page.contains("href=\"#_content\""), "the way past the frame");
    }

    #[test]
    fn an_address_that_a_service_had_sends_on_also_without_a_script_and_nobody_is_to_find_it() {
        let site = site_of("was: mending\n", "https://example.org/", &[]).unwrap();
        for (path, title) in
            [("services/mending.html", "This page has"), ("de/services/mending.html", "Diese Seite hat")]
        {
            let page = page(&site, path);
            for part in ["content=\"0; url=repair.html\"", "<a href=\"repair.html\">", "content=\"noindex\"", title] {
                assert!(page.contains(part), "{part} in {page}");
            }
            // With one, to the same place of the page.
            assert!(page.contains("assets/moved.js\"></script>") && page.contains("rel=\"next\" href=\"repair.html\""));
        }
        assert!(site.get("assets/moved.js").is_some());
        assert!(!self::page(&site, "sitemap.xml").contains("mending"));
    }

    #[test]
    fn anchors_that_things_of_a_service_had_stay_on_its_page() {
        let things = "standards: {quick: {title: Q, was: fast}}\nsteps: {mend: {title: M, was: do}}\n\
            promises: {sure: {title: S, was: certain}}\n";
        let page = page(&site_of(things, "", &[]).unwrap(), "services/repair.html");
        for anchor in ["fast", "do", "certain"] {
            assert_eq!(page.matches(&format!("<a id=\"{anchor}\"></a>")).count(), 1, "{anchor}");
        }
    }

    #[test]
    fn a_fault_of_a_template_is_told_once_for_all_pages() {
        let told = site("", &[("templates/role.html", "{{ nothing.at.all }}")]).unwrap_err();
        assert_eq!(told.len(), 1, "{told:?}");
    }
}
