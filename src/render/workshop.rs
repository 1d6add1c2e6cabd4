//! What is made once for all pages of a site, and single pages made with it.

use tera::{Context, Tera};

use super::Whereabouts;
use super::frame::Frames;
use super::words;
use crate::diagnostic::Diagnostic;
use crate::fields::text::Language;
use crate::pages::{self, PlannedPage, Published};
use crate::theme::{Theme, templates};
use crate::view::writer::Shared;

/// The engines with what their pages share, and the pages that are to be made.
pub struct Workshop<'a> {
    /// What is the same for all pages.
    pub shared: &'a Shared<'a>,
    /// The theme.
    pub theme: &'a Theme,
    /// Where the site is published.
    pub whereabouts: &'a Whereabouts,
    /// The pages that will exist.
    pub planned: Vec<PlannedPage<'a>>,
    engines: Vec<Tera>,
    frames: Frames,
}

impl<'a> Workshop<'a> {
    /// Makes the engine of each language, and plans the pages; templates at fault are told.
    pub fn open(
        shared: &'a Shared<'a>,
        theme: &'a Theme,
        whereabouts: &'a Whereabouts,
    ) -> Result<Workshop<'a>, Vec<Diagnostic>> {
        let engine = |language: Language| {
            let locale = &shared.locales[usize::from(language.0)];
            let mut engine = templates::engine(theme, locale)?;
            let context = engine.global_context();
            context.insert("site", &shared.site(language, &whereabouts.base_url, &whereabouts.revision));
            context.insert("words", &words::nested(locale));
            context.insert("theme", &theme.settings.extra);
            Ok::<_, Vec<Diagnostic>>(engine)
        };
        let engines = || shared.languages().map(engine).collect::<Result<Vec<_>, _>>();
        let (engines, planned) = rayon::join(engines, || pages::plan(shared));
        Ok(Workshop { shared, theme, whereabouts, planned, engines: engines?, frames: Frames::default() })
    }

    /// Makes a page; a template at fault is told.
    pub fn make(&self, page: &PlannedPage<'_>) -> Result<String, Vec<Diagnostic>> {
        let writer = self.shared.writer(page.language, &page.path);
        let data = (page.data)(&writer);
        let published = Published { url: &self.whereabouts.base_url, path: self.whereabouts.base_path() };
        let meta = page.meta(&writer, &data, published);
        let engine = &self.engines[usize::from(page.language.0)];
        let render = || {
            let mut context = Context::new();
            context.insert_value("frame", self.frames.of(engine, page.language, &meta)?);
            context.insert("meta", &meta);
            context.insert_value("page", data.page);
            engine.render(page.template, &context)
        };
        render().map_err(|error| templates::tell(self.theme, &error))
    }
}
