//! The sitemap: every page with its other languages, as in sitemaps.org's protocol and Google's extension of it.

use crate::fields::text::Language;
use crate::pages::{PlannedPage, moved};
use crate::view::address;
use crate::view::html::Html;
use crate::view::writer::Shared;

/// Pages that nobody looks for, and those that say the same as another, for paper.
const LEFT_OUT: [&str; 5] = ["404.html", "offline.html", "untranslated.html", "cards/", "binders/"];

/// Writes the sitemap; `base` is the address of the site, with a slash at the end.
pub fn write(pages: &[PlannedPage<'_>], shared: &Shared<'_>, base: &str) -> String {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.push_str(
        "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    for page in pages
        .iter()
        .filter(|page| page.section != moved::SECTION && !LEFT_OUT.iter().any(|start| page.path.starts_with(start)))
    {
        let url = |language: Language| {
            let path = format!("{}{}", address::folder(language, &shared.tags), page.path);
            Html::escaped(&format!("{base}{path}")).0
        };
        xml.push_str(&format!("<url><loc>{}</loc>", url(page.language)));
        for language in shared.languages().filter(|_| shared.tags.len() > 1) {
            let tag = &shared.tags[usize::from(language.0)];
            xml.push_str(&format!("<xhtml:link rel=\"alternate\" hreflang=\"{tag}\" href=\"{}\"/>", url(language)));
        }
        xml.push_str("</url>\n");
    }
    xml.push_str("</urlset>\n");
    xml
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages;
    use crate::view::bench::Bench;

    fn sitemap(settings: &str) -> String {
        let bench = Bench::service("", &[("handbook.yaml", settings)]);
        let shared = bench.shared();
        write(&pages::plan(&shared), &shared, "https://example.org/a&b/")
    }

    #[test]
    fn every_page_is_listed_with_its_other_languages() {
        let xml = sitemap("title: H\nlanguages: [en, de]\n");
        let page = "<url><loc>https://example.org/a&amp;b/de/services/repair.html</loc>\
            <xhtml:link rel=\"alternate\" hreflang=\"en\" href=\"https://example.org/a&amp;b/services/repair.html\"/>\
            <xhtml:link rel=\"alternate\" hreflang=\"de\" href=\"https://example.org/a&amp;b/de/services/repair.html\"/></url>\n";
        assert!(xml.contains(page), "{xml}");
        assert!(xml.contains("<loc>https://example.org/a&amp;b/services/repair.html</loc>"));
    }

    #[test]
    fn pages_that_nobody_looks_for_are_left_out() {
        let xml = sitemap("title: H\nlanguages: [en, de]\n");
        assert!(!xml.contains("404.html") && !xml.contains("untranslated.html"), "{xml}");
        assert!(!xml.contains("cards/") && !xml.contains("binders/"), "{xml}");
    }

    #[test]
    fn a_handbook_in_one_language_has_no_other_languages() {
        let xml = sitemap("title: H\nlanguages: [en]\n");
        assert!(!xml.contains("alternate"), "{xml}");
        assert!(xml.contains("<url><loc>https://example.org/a&amp;b/index.html</loc></url>"), "{xml}");
    }
}
