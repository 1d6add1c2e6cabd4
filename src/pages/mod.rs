//! Which pages there are: address, template, data. One file a kind.
//!
//! Not here: what a template sees of a thing (`view`), and rendering (`render`).

pub mod documents;
pub mod lists;
pub mod moved;
pub mod paper;
pub mod promises;
pub mod single;
pub mod spread;

use serde::Serialize;
use spread::Part;

use crate::fields::text::Language;
use crate::view::address;
use crate::view::code::CodeView;
use crate::view::html::Html;
use crate::view::seen::Marks;
use crate::view::writer::{Shared, Writer};

/// Makes the data of a page, when it is rendered.
pub type Data<'a> = Box<dyn Fn(&Writer<'_>) -> PageData + Send + Sync + 'a>;

/// What a page brings to its template.
pub struct PageData {
    /// The title, for the window and for search engines.
    pub title: String,
    /// A sentence about the page; empty where there is none.
    pub description: String,
    /// The data, as `page` in the template.
    pub page: tera::Value,
    /// What the browser remembers of the page; nothing where nothing on it is normative.
    pub marks: Option<Marks>,
    /// Where the page stands in a list that is spread over several; nothing for all others.
    pub part: Option<Part>,
}

impl PageData {
    /// Makes the data of a page from its view.
    pub fn new(title: String, page: &impl Serialize) -> Self {
        Self { title, description: String::new(), page: tera::Value::from_serializable(page), marks: None, part: None }
    }

    /// Adds what the browser remembers of the page.
    pub fn remembered(self, marks: Option<Marks>) -> Self {
        Self { marks, ..self }
    }

    /// Adds a sentence about the page.
    pub fn described(self, description: String) -> Self {
        Self { description, ..self }
    }
}

/// A page that will exist.
pub struct PlannedPage<'a> {
    /// Its address below the folder of its language.
    pub path: String,
    /// Its language.
    pub language: Language,
    /// The template.
    pub template: &'static str,
    /// The place in the navigation that it belongs to.
    pub section: &'static str,
    /// Makes its data.
    pub data: Data<'a>,
}

/// A page of which there is one a language: address, template, place in the navigation, data.
pub type Fixed = (&'static str, &'static str, &'static str, fn(&Writer<'_>) -> PageData);

/// Plans pages of which there is one a language.
pub fn plan_fixed(fixed: &[Fixed], language: Language, pages: &mut Vec<PlannedPage<'_>>) {
    pages.extend(fixed.iter().copied().map(|(path, template, section, make)| PlannedPage {
        path: path.to_owned(),
        language,
        template,
        section,
        data: Box::new(make),
    }));
}

/// A page in another language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Alternate {
    /// The tag of the language.
    pub language: String,
    /// The language's name in the language itself.
    pub name: String,
    /// The way to the page.
    pub href: String,
    /// The address below the root of the site.
    pub path: String,
    /// Whether it is this page.
    pub current: bool,
}

/// What every template knows of its page, as `meta`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Meta {
    /// The title, as plain text.
    pub title: String,
    /// A sentence about the page, as plain text; empty where there is none.
    pub description: String,
    /// The address below the root of the site.
    pub path: String,
    /// The way to the folder of the language: `../` for each folder; empty at the top.
    pub root: String,
    /// The way to the root of the site, where assets lie.
    pub assets: String,
    /// The place in the navigation.
    pub section: &'static str,
    /// The same page in all languages.
    pub alternates: Vec<Alternate>,
    /// The path at which links begin on a page that is served at many addresses; empty on all others.
    pub base: String,
    /// The code that leads to the page, for paper; nothing where the site's address is not known.
    pub code: Option<CodeView>,
    /// What the browser remembers of the page, as JSON; empty where nothing on it is normative.
    pub marks: String,
    /// Where the page stands in a list that is spread over several; nothing on all others.
    pub part: Option<Part>,
}

/// Where a site is published.
#[derive(Clone, Copy, Debug, Default)]
pub struct Published<'a> {
    /// The address, with a slash at the end; empty where it is not known.
    pub url: &'a str,
    /// The path of it: `/handbook/`; empty where it is not known.
    pub path: &'a str,
}

/// Pages that are shown in place of another: no code leads there.
const STAND_INS: [&str; 3] = ["404", "offline", "moved"];

impl PlannedPage<'_> {
    /// Gives the address below the root of the site.
    pub fn address(&self, shared: &Shared<'_>) -> String {
        format!("{}{}", address::folder(self.language, &shared.tags), self.path)
    }

    /// Makes what every template knows of its page.
    pub fn meta(&self, writer: &Writer<'_>, data: &PageData, published: Published<'_>) -> Meta {
        let shared = writer.shared;
        let alternate = |language: Language| {
            let locale = &shared.locales[usize::from(language.0)];
            Alternate {
                language: locale.tag().to_owned(),
                name: locale.native_name().to_owned(),
                href: writer.same_page_in(language, &self.path),
                path: format!("{}{}", address::folder(language, &shared.tags), self.path),
                current: language == self.language,
            }
        };
        Meta {
            title: data.title.clone(),
            description: data.description.clone(),
            path: writer.page.clone(),
            root: "../".repeat(self.path.matches('/').count()),
            assets: "../".repeat(writer.page.matches('/').count()),
            section: self.section,
            alternates: shared.languages().map(alternate).collect(),
            marks: data.marks.as_ref().map_or_else(String::new, |marks| {
                serde_json::to_string(marks).expect("marks have text for keys alone")
            }),
            part: data.part.clone(),
            base: if self.template == "404.html" { published.path.to_owned() } else { String::new() },
            code: (published.url.contains("://") && !STAND_INS.contains(&self.section))
                .then(|| CodeView::of(&format!("{}{}", published.url, writer.page)))
                .flatten(),
        }
    }
}

/// Plans all pages of a site, in the order of languages and kinds.
pub fn plan<'a>(shared: &'a Shared<'a>) -> Vec<PlannedPage<'a>> {
    let mut pages = Vec::new();
    for language in shared.languages() {
        single::plan(shared, language, &mut pages);
        lists::plan(shared, language, &mut pages);
        documents::plan(shared, language, &mut pages);
        promises::plan(shared, language, &mut pages);
        paper::plan(shared, language, &mut pages);
        moved::plan(shared, language, &mut pages);
        if shared.tags.len() > 1 {
            pages.push(single::untranslated(language));
        }
    }
    pages
}

/// Gives the text of HTML: tags left out, entities undone.
pub fn plain(html: &Html) -> String {
    html.plain()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::bench::{Bench, DE, EN};

    const PROMISES: &str = "promises: {sure: {title: Sure, statement: \"We <care> & mend\"}}\n";

    fn planned(settings: &str) -> Vec<String> {
        let files = [
            ("handbook.yaml", settings),
            ("playbooks/calm.md", "---\ntitle: C\n---\n"),
            ("checklists/open.md", "---\ntitle: O\n---\n"),
            ("pages/a/why.md", "---\ntitle: W\n---\n"),
        ];
        let bench = Bench::service(PROMISES, &files);
        let shared = bench.shared();
        plan(&shared).iter().map(|page| page.address(&shared)).collect()
    }

    #[test]
    fn each_thing_with_a_page_has_one_in_each_language() {
        let paths = planned("title: H\nlanguages: [en, de]\n");
        for path in [
            "index.html",
            "404.html",
            "a-z.html",
            "services/repair.html",
            "playbooks/calm.html",
            "checklists/open.html",
            "pages/a/why.html",
            "roles/desk.html",
            "promises/repair/sure.html",
            "promises/index.html",
            "cards/repair.html",
            "binders/desk.html",
            "untranslated.html",
        ] {
            let count = |wanted: &str| paths.iter().filter(|path| *path == wanted).count();
            assert_eq!((count(path), count(&format!("de/{path}"))), (1, 1), "{path}");
        }
    }

    #[test]
    fn no_two_pages_have_the_same_address() {
        let mut paths = planned("title: H\nlanguages: [en, de, zh]\n");
        let all = paths.len();
        paths.sort();
        paths.dedup();
        assert_eq!(paths.len(), all);
    }

    #[test]
    fn a_handbook_in_one_language_has_no_page_of_what_is_not_translated() {
        assert!(!planned("title: H\nlanguages: [en]\n").iter().any(|path| path.contains("untranslated")));
    }

    const PUBLISHED: Published<'_> = Published { url: "https://example.org/base/", path: "/base/" };

    fn meta(language: Language, path: &str) -> (Meta, PageData) {
        let bench = Bench::service(PROMISES, &[]);
        let shared = bench.shared();
        let page = plan(&shared).into_iter().find(|page| page.language == language && page.path == path).unwrap();
        let writer = shared.writer(language, path);
        let data = (page.data)(&writer);
        (page.meta(&writer, &data, PUBLISHED), data)
    }

    #[test]
    fn a_page_knows_its_way_to_the_top_and_to_its_other_languages() {
        let (meta, _) = meta(DE, "services/repair.html");
        assert_eq!(
            (meta.path.as_str(), meta.root.as_str(), meta.assets.as_str()),
            ("de/services/repair.html", "../", "../../")
        );
        let alternates: Vec<_> =
            meta.alternates.iter().map(|it| (it.language.as_str(), it.href.as_str(), it.current)).collect();
        assert_eq!(alternates, [("en", "../../services/repair.html", false), ("de", "repair.html", true)]);
        assert_eq!((meta.section, meta.base.as_str()), ("services", ""));
        assert_eq!(meta.alternates[1].name, "Deutsch");
    }

    #[test]
    fn title_and_description_are_plain_text() {
        let (service, _) = meta(DE, "services/repair.html");
        assert_eq!((service.title.as_str(), service.description.as_str()), ("Repair", "It works"));
        let (card, data) = meta(EN, "promises/repair/sure.html");
        assert_eq!((card.title.as_str(), card.description.as_str()), ("Sure", "We <care> & mend"));
        assert_eq!(data.title, card.title);
    }

    #[test]
    fn a_code_leads_to_a_page_where_the_address_of_the_site_is_known() {
        assert_eq!(meta(DE, "index.html").0.code, CodeView::of("https://example.org/base/de/index.html"));
        assert_eq!((meta(EN, "404.html").0.code, meta(EN, "offline.html").0.code), (None, None));
        let bench = Bench::service("", &[]);
        let shared = bench.shared();
        let page = &plan(&shared)[0];
        let writer = shared.writer(EN, &page.path);
        let data = (page.data)(&writer);
        let unknown = Published { url: "/base/", path: "/base/" };
        assert_eq!(page.meta(&writer, &data, unknown).code, None);
    }

    #[test]
    fn only_the_page_that_is_not_there_has_a_base() {
        assert_eq!(meta(EN, "404.html").0.base, "/base/");
        assert_eq!(meta(EN, "index.html").0.base, "");
    }
}
