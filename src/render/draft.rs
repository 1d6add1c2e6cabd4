//! A site whose files are made when they are asked for, so that a large handbook shows a change at once.
//!
//! It has what the finished site has, but the copy for times without a connection and the list of pages: both are made of
//! all pages, and neither is for a preview.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::site::RenderedSite;
use super::workshop::Workshop;
use super::{add_common, add_normative, add_search};
use crate::search;

/// A site that is made piece by piece.
pub struct Draft<'a> {
    workshop: &'a Workshop<'a>,
    pages: BTreeMap<String, usize>,
    common: OnceLock<RenderedSite>,
    normative: OnceLock<RenderedSite>,
    search: OnceLock<RenderedSite>,
}

impl<'a> Draft<'a> {
    /// Begins a site; nothing is made yet.
    pub fn new(workshop: &'a Workshop<'a>) -> Draft<'a> {
        let address = |(at, page): (usize, &crate::pages::PlannedPage<'_>)| (page.address(workshop.shared), at);
        let pages = workshop.planned.iter().enumerate().map(address).collect();
        Draft { workshop, pages, common: OnceLock::new(), normative: OnceLock::new(), search: OnceLock::new() }
    }

    /// Tells whether there is a file; a page is not made for that.
    pub fn has(&self, path: &str) -> bool {
        self.pages.contains_key(path) || self.files(path).get(path).is_some()
    }

    /// Gives a file; a page whose template is at fault says so itself.
    pub fn file(&self, path: &str) -> Option<Arc<[u8]>> {
        let Some(at) = self.pages.get(path) else { return self.files(path).get(path).cloned() };
        let made = self.workshop.make(&self.workshop.planned[*at]);
        let page = made.unwrap_or_else(|faults| {
            let told: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
            let text = crate::view::html::Html::escaped(&told.join("\n")).0;
            format!("<!doctype html>\n<html lang=\"en\">\n<title>{text}</title>\n<body>\n<pre>{text}</pre>\n</body>\n</html>\n")
        });
        Some(page.into_bytes().into())
    }

    /// The files that are no pages and are made together with one.
    fn files(&self, path: &str) -> &RenderedSite {
        let made = |add: fn(&mut RenderedSite, &Workshop<'_>)| {
            let mut site = RenderedSite::default();
            add(&mut site, self.workshop);
            site
        };
        if path.starts_with(search::FOLDER) {
            self.search.get_or_init(|| made(add_search))
        } else if path.starts_with("normative/") || path.starts_with("assets/news.") {
            self.normative.get_or_init(|| made(add_normative))
        } else {
            self.common.get_or_init(|| made(add_common))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::{Whereabouts, all};
    use crate::theme::settings::Settings;
    use crate::theme::{Theme, ThemeFile, built_in, locales};
    use crate::view::bench::Bench;

    /// Holds the draft of a site with a template of its own to the finished site.
    fn draft(own: &[(&str, &str)], test: impl Fn(&Workshop<'_>, &Draft<'_>)) {
        let fields = "promises: {sure: {title: Sure, statement: S}}\n";
        let bench = Bench::service(fields, &[("playbooks/calm.md", "---\ntitle: C\ncues: [a cue]\n---\nText\n")]);
        let mut shared = bench.shared();
        let mut files = built_in::files().clone();
        for (path, text) in own {
            let file = ThemeFile { origin: (*path).into(), built_in: false, bytes: text.as_bytes().into() };
            files.insert((*path).to_owned(), file);
        }
        shared.locales = locales::read(&files, &shared.tags, &mut Vec::new());
        let theme = Theme { files, settings: Settings::default(), locales: shared.locales.clone() };
        let whereabouts = Whereabouts { base_url: "/".into(), revision: "abc".into() };
        let workshop = Workshop::open(&shared, &theme, &whereabouts).unwrap();
        test(&workshop, &Draft::new(&workshop));
    }

    #[test]
    fn each_file_of_a_draft_is_that_of_the_finished_site() {
        draft(&[], |workshop, draft| {
            let whole = all(workshop).unwrap();
            let made_of_all = |path: &str| path.starts_with("offline/") || path == "sw.js";
            for (path, bytes) in whole.iter().filter(|(path, _)| !made_of_all(path)) {
                assert!(draft.has(path), "{path}");
                assert_eq!(draft.file(path).as_ref(), Some(bytes), "{path}");
            }
        });
    }

    #[test]
    fn what_the_finished_site_lacks_is_not_in_the_draft() {
        draft(&[], |_, draft| {
            for path in ["services/none.html", "assets/none.css", "search/none.js", "normative/none.js", "sw.js", ""] {
                assert!(!draft.has(path) && draft.file(path).is_none(), "{path}");
            }
        });
    }

    #[test]
    fn a_page_whose_template_is_at_fault_says_so_and_others_are_there() {
        draft(&[("templates/role.html", "{{ nothing.at.all }}")], |_, draft| {
            let page = |path: &str| String::from_utf8(draft.file(path).unwrap().to_vec()).unwrap();
            assert!(page("roles/desk.html").contains("<pre>") && page("roles/desk.html").contains("nothing"));
            assert!(page("index.html").contains("</html>") && !page("index.html").contains("<pre>"));
        });
    }
}
