//! Prose for a page: whole, or the part that belongs to a thing.

use super::address;
use super::html::Html;
use super::resolver::PageResolver;
use super::writer::Writer;
use crate::checks::mentions::bound_thing;
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

/// What stands below a heading, or before the first, without markup.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SectionText {
    /// The heading; empty for what stands before the first.
    pub title: String,
    /// Its anchor; for a section that belongs to a standard, step or promise, that of the thing.
    pub anchor: String,
    /// Whether it belongs to a standard, step or promise, so that its heading is not shown.
    pub bound: bool,
    /// The text, one block a line.
    pub text: String,
}

impl Writer<'_> {
    /// Gives the prose of a document without markup, section by section; `service` is its id where it is a service.
    pub fn sections<T>(&self, document: &Document<T>, service: Option<&str>) -> Vec<SectionText> {
        let (body, language) = document.body_in(self.language);
        let Some(prose) = self.shared.checked.prose(body.span.file) else { return Vec::new() };
        let owner = |section: &Section| bound_thing(self.handbook(), service?, &section.id.as_ref()?.value);
        let owners: Vec<Option<Thing>> = prose.sections.iter().map(owner).collect();
        // What stands in a part of a thing's section is the thing's too.
        let within = |section: &Section| {
            let holds = |(outer, owner): (&Section, &Option<Thing>)| {
                owner.clone().filter(|_| outer.whole().contains(&section.heading.start))
            };
            prose.sections.iter().zip(&owners).find_map(holds)
        };
        let scope = |own: Option<Thing>| Scope { service: service.map(str::to_owned), own };
        let scopes = std::iter::once(scope(None)).chain(prose.sections.iter().map(|section| scope(within(section))));
        let scopes: Vec<Scope> = scopes.collect();
        let resolver = |scope| PageResolver::new(self, language, scope, Some(prose.base.file));
        let resolvers: Vec<PageResolver<'_>> = scopes.iter().map(resolver).collect();
        let mut texts = prose.plain_by_section(&|number| &resolvers[number]).into_iter();
        let first = SectionText { text: texts.next().unwrap_or_default(), ..SectionText::default() };
        let below = prose.sections.iter().zip(owners).zip(texts).map(|((section, owner), text)| {
            let anchor = owner.as_ref().and_then(|(kind, id)| {
                let (service, inner) = id.rsplit_once('/')?;
                Some(address::anchor(self.handbook(), *kind, service, inner))
            });
            let (title, bound) = (section.title.clone(), anchor.is_some());
            SectionText { title, anchor: anchor.unwrap_or_else(|| section.slug.clone()), bound, text }
        });
        std::iter::once(first).chain(below).collect()
    }

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

#[cfg(test)]
mod tests {
    use crate::view::bench::{Bench, DE, EN};

    const SERVICE: &str = "\
standards: {quick: {title: Quick, kind: timeliness, limit: 2 weeks}}
---
Ready in [[quick#limit]].

## Why so quick {#quick}
It takes [[#limit]].[^n]

### Within
Deep.

[^n]: A note.
";
    const GERMAN: &str = "---\ntitle: Reparatur\n---\n## Warum {#quick}\nEs dauert [[#limit:accusative]].\n";

    #[test]
    fn a_section_of_a_thing_is_rendered_without_its_heading_and_knows_its_own_values() {
        let prose = Bench::service(SERVICE, &[]).sheet(EN).standards.remove(0).prose.0;
        assert!(prose.starts_with("<p>It takes 2 weeks."), "{prose}");
        assert!(prose.contains("<h4") && !prose.contains("Why so quick"), "{prose}");
        assert!(prose.contains("A note."), "{prose}");
    }

    #[test]
    fn prose_of_the_service_finds_the_things_of_the_service() {
        let prose = Bench::service(SERVICE, &[]).sheet(EN).prose.0;
        assert!(prose.starts_with("<p>Ready in <a href=\"#quick\">2 weeks</a>.</p>"), "{prose}");
        assert!(!prose.contains("It takes"), "{prose}");
    }

    #[test]
    fn a_translated_section_is_bound_by_its_id_and_is_not_marked() {
        let sheet = Bench::service(SERVICE, &[("services/repair.de.md", GERMAN)]).sheet(DE);
        assert_eq!(sheet.standards[0].prose.0, "<p>Es dauert 2 Wochen.</p>");
        assert_eq!(sheet.prose.0, "");
    }

    #[test]
    fn a_translation_without_prose_shows_that_of_the_source() {
        let sheet = Bench::service(SERVICE, &[("services/repair.de.md", "---\ntitle: Reparatur\n---\n")]).sheet(DE);
        assert!(sheet.prose.0.starts_with("<div lang=\"en\"><p>Ready in"), "{}", sheet.prose.0);
    }

    #[test]
    fn sections_have_their_words_and_their_anchors_or_those_of_their_things() {
        let bench = Bench::service(SERVICE, &[]);
        let shared = bench.shared();
        let writer = shared.writer(EN, "services/repair.html");
        let sections = writer.sections(&shared.handbook().services["repair"], Some("repair"));
        let told: Vec<_> = sections.iter().map(|it| (it.title.as_str(), it.anchor.as_str(), it.bound)).collect();
        assert_eq!(told, [("", "", false), ("Why so quick", "quick", true), ("Within", "within", false)]);
        assert_eq!((sections[0].text.as_str(), sections[2].text.as_str()), ("Ready in 2 weeks.", "Deep.\nA note."));
    }

    #[test]
    fn a_section_has_a_title_in_its_language() {
        let bench = Bench::service(SERVICE, &[]);
        let shared = bench.shared();
        let service = &shared.handbook().services["repair"];
        let title = |language, id| shared.writer(language, "services/repair.html").section_title(service, id).0;
        assert_eq!((title(EN, "quick"), title(EN, "none")), ("Why so quick".into(), String::new()));
        assert_eq!(title(DE, "quick"), "<span lang=\"en\">Why so quick</span>");
    }
}
