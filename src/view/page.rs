//! A page of prose.

use serde::Serialize;

use super::footer::Footer;
use super::html::{Html, Link};
use super::writer::Writer;
use crate::model::document::Document;
use crate::model::lookup::Scope;
use crate::model::page::{Page, PageKind};

/// A page of prose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PageView {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: Html,
    /// `principle`, `case`, `lesson` or `guide`.
    pub kind: &'static str,
    /// The kind in words.
    pub kind_name: Html,
    /// What it is about.
    pub about: Vec<Link>,
    /// What a lesson changed.
    pub changed: Vec<Html>,
    /// The prose.
    pub prose: Html,
    /// Whatever `extra` holds.
    pub extra: serde_json::Value,
    /// Head and foot.
    pub footer: Footer,
}

impl Writer<'_> {
    /// Shows a page of prose.
    pub fn page(&self, page: &Document<Page>) -> PageView {
        let fields = &page.fields;
        let kind = fields.kind.as_ref().map_or(PageKind::Guide, |kind| kind.value).word();
        let about = fields.about.iter().filter_map(|it| self.handbook().look_up(&it.written, &Scope::default()).ok());
        PageView {
            id: page.id.clone(),
            title: self.title(&fields.title),
            kind,
            kind_name: self.worded("page.kind", Some(kind)),
            about: about.map(|(kind, id)| self.link(kind, &id)).collect(),
            changed: fields.changed.0.iter().map(|text| self.text(text)).collect(),
            prose: self.body(page),
            extra: fields.extra.as_ref().map(|extra| extra.0.clone()).unwrap_or_default(),
            footer: self.footer(page),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::view::bench::{Bench, EN};

    #[test]
    fn a_page_names_what_it_is_about_and_leaves_out_what_is_not_there() {
        let page = "---\ntitle: Why\nkind: lesson\nabout: [repair, roles/desk, nothing]\nchanged: The form\n---\n# Why\nText\n";
        let bench = Bench::service("", &[("pages/why.md", page)]);
        let shared = bench.shared();
        let view = shared.writer(EN, "pages/why.html").page(&shared.handbook().pages["why"]);
        assert_eq!(view.about.iter().map(|it| it.title.0.as_str()).collect::<Vec<_>>(), ["Repair", "Service desk"]);
        assert_eq!(
            (view.kind, view.kind_name.0.as_str(), view.changed[0].0.as_str()),
            ("lesson", "Lesson", "The form")
        );
    }
}
