//! What is around a page and the same for all pages of a section, at one depth and in one language: made once for them.
//!
//! Each template in the folder `frame/` of a theme is such a part; `base.html` puts it where it belongs.

use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

use serde::Serialize;
use tera::{Context, Tera, TeraResult, Value};

use crate::fields::text::Language;
use crate::pages::Meta;

/// The folder of the templates.
const FOLDER: &str = "frame/";

/// What tells frames apart: the language, how deep the page lies, and its section.
type Key = (Language, usize, &'static str);

/// The frames that were made so far.
#[derive(Default)]
pub struct Frames {
    made: RwLock<BTreeMap<Key, Value>>,
}

/// What a frame sees of the pages that are in it.
#[derive(Serialize)]
struct Within<'a> {
    root: &'a str,
    assets: &'a str,
    section: &'static str,
}

impl Frames {
    /// Gives the parts of a page's frame by name; a template at fault is told.
    pub fn of(&self, engine: &Tera, language: Language, meta: &Meta) -> TeraResult<Value> {
        let key = (language, meta.root.len(), meta.section);
        if let Some(made) = self.made.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(made.clone());
        }
        let mut context = Context::new();
        context.insert("meta", &Within { root: &meta.root, assets: &meta.assets, section: meta.section });
        let names = engine.get_template_names().filter_map(|name| Some((name.strip_prefix(FOLDER)?, name)));
        let part = |(file, name): (&str, &str)| {
            Ok((file.trim_end_matches(".html").to_owned(), engine.render(name, &context)?))
        };
        let parts = names.map(part).collect::<TeraResult<BTreeMap<String, String>>>()?;
        let made = Value::from_serializable(&parts);
        self.made.write().unwrap_or_else(PoisonError::into_inner).insert(key, made.clone());
        Ok(made)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::text::SOURCE;

    fn meta(root: &str, section: &'static str) -> Meta {
        Meta {
            title: "T".into(),
            description: String::new(),
            path: "p.html".into(),
            root: root.into(),
            assets: root.into(),
            section,
            alternates: Vec::new(),
            base: String::new(),
            code: None,
            marks: String::new(),
            part: None,
        }
    }

    fn engine(text: &str) -> Tera {
        let mut tera = Tera::default();
        tera.add_raw_templates([("frame/top.html", text), ("base.html", "no frame"), ("default/frame/old.html", "")])
            .unwrap();
        tera
    }

    fn of(frames: &Frames, engine: &Tera, language: u8, meta: &Meta) -> String {
        serde_json::to_string(&frames.of(engine, Language(language), meta).unwrap()).unwrap()
    }

    #[test]
    fn a_frame_is_made_anew_for_another_section_depth_or_language_alone() {
        let frames = Frames::default();
        let first = engine("{{ meta.root }}{{ meta.section }}{{ meta.assets }}");
        let other = engine("other");
        assert_eq!(of(&frames, &first, 0, &meta("../", "roles")), r#"{"top":"../roles../"}"#);
        assert_eq!(of(&frames, &other, 0, &meta("../", "roles")), r#"{"top":"../roles../"}"#);
        for (language, meta) in [(0, meta("", "roles")), (0, meta("../", "home")), (1, meta("../", "roles"))] {
            assert_eq!(of(&frames, &other, language, &meta), r#"{"top":"other"}"#);
        }
    }

    #[test]
    fn a_frame_that_asks_for_what_is_a_page_s_own_is_told() {
        let frames = Frames::default();
        assert!(frames.of(&engine("{{ meta.title }}"), SOURCE, &meta("", "home")).is_err());
        assert!(frames.of(&engine("{{ page.title }}"), SOURCE, &meta("", "home")).is_err());
    }
}
