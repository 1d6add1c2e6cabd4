//! Prose for a page: whole, or the part that belongs to a thing.

use super::html::Html;
use super::resolver::PageResolver;
use super::writer::Writer;
use crate::checks::wiki_links::bound_thing;
use crate::fields::text::Language;
use crate::markdown::part::Part;
use crate::markdown::prose::{Prose, Section};
use crate::markdown::resolve::Rendering;
use crate::model::document::Document;
use crate::model::lookup::{Scope, Thing};
use crate::model::service::Service;

/// Headings of prose lie below the title of the page.
const BELOW_TITLE: u8 = 0;
/// Headings within a section of a thing lie below the thing's own heading.
const BELOW_THING: u8 = 1;

impl Writer<'_> {
    /// Renders the whole prose of a document.
    pub fn body<T>(&self, document: &Document<T>) -> Html {
        let (body, language) = document.body_in(self.language);
        let Some(prose) = self.shared.checked.prose(body.span.file) else { return Html::default() };
        self.rendered(prose, &Part::whole(), (language, BELOW_TITLE, ""), &Scope::default())
    }

    /// Renders the prose of a service without the sections that belong to its standards, steps and promises.
    pub fn unbound(&self, service: &Document<Service>) -> Html {
        let (body, language) = service.body_in(self.language);
        let Some(prose) = self.shared.checked.prose(body.span.file) else { return Html::default() };
        let bound = prose.sections.iter().filter(|section| self.owner(service, section).is_some());
        let part = Part::whole().without(bound.map(Section::whole));
        let scope = Scope { service: Some(service.id.clone()), own: None };
        self.rendered(prose, &part, (language, BELOW_TITLE, ""), &scope)
    }

    /// Renders the section of a service that belongs to a standard, step or promise; empty where there is none.
    pub fn section_of(&self, service: &Document<Service>, id: &str) -> Html {
        let (body, language) = service.body_in(self.language);
        let Some(prose) = self.shared.checked.prose(body.span.file) else { return Html::default() };
        let Some(section) = prose.section(id) else { return Html::default() };
        let scope = Scope { service: Some(service.id.clone()), own: self.owner(service, section) };
        let part = Part::only([section.body.clone()]);
        self.rendered(prose, &part, (language, BELOW_THING, id), &scope)
    }

    /// Gives the title that a thing's section has in the prose of its service.
    pub fn section_title(&self, service: &Document<Service>, id: &str) -> Html {
        let (body, language) = service.body_in(self.language);
        let section = self.shared.checked.prose(body.span.file).and_then(|prose| prose.section(id));
        section.map(|section| self.marked(Html::escaped(&section.title).0, language)).unwrap_or_default()
    }

    fn owner(&self, service: &Document<Service>, section: &Section) -> Option<Thing> {
        let id = section.id.as_ref()?;
        bound_thing(self.handbook(), &service.id, &id.value)
    }

    fn rendered(
        &self,
        prose: &Prose,
        part: &Part,
        (language, shift, prefix): (Language, u8, &str),
        scope: &Scope,
    ) -> Html {
        let resolver = PageResolver::new(self, language, scope, Some(prose.base.file));
        let labels = &self.shared.labels[usize::from(self.language.0)];
        let rendering = Rendering { resolver: &resolver, labels, heading_shift: shift, note_prefix: prefix };
        let html = prose.html(part, &rendering);
        if html.trim().is_empty() || language == self.language {
            return Html(html.trim_end().to_owned());
        }
        let tag = &self.shared.tags[usize::from(language.0)];
        Html(format!("<div lang=\"{tag}\">{html}</div>"))
    }
}
