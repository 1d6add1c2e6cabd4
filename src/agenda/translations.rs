//! What is due of translations: those that are missing, and those of a text that has changed since.

use std::sync::Arc;

use super::since::{Since, since};
use super::{Item, Known, Matter, services};
use crate::checks::translations::is_stale;
use crate::fields::text::{Language, SOURCE, Text};
use crate::fields::value::{Value, Visitor};
use crate::model::document::Document;
use crate::model::handbook::{Documents, Handbook};
use crate::model::kind::Kind;
use crate::source::{FileId, Span};

/// Gives all that is due of translations.
pub fn items(handbook: &Handbook, known: Known<'_>) -> Vec<Item> {
    if handbook.unknown.settings {
        return Vec::new();
    }
    let look = Look { handbook, known, tags: handbook.config.language_tags() };
    let mut items = Vec::new();
    look.documents(Kind::Service, &handbook.services, &mut items);
    look.documents(Kind::Playbook, &handbook.playbooks, &mut items);
    look.documents(Kind::Checklist, &handbook.checklists, &mut items);
    look.documents(Kind::Page, &handbook.pages, &mut items);
    items
}

/// Gives the files of the source language whose translations are stale.
pub fn stale_sources(handbook: &Handbook) -> Vec<FileId> {
    fn collect<T: Value>(documents: &Documents<T>, files: &mut Vec<FileId>) {
        let lags = |document: &&Arc<Document<T>>| document.translations.values().any(|it| is_stale(document, it));
        files.extend(documents.values().filter(lags).map(|document| document.file));
    }
    let mut files = Vec::new();
    collect(&handbook.services, &mut files);
    collect(&handbook.playbooks, &mut files);
    collect(&handbook.checklists, &mut files);
    collect(&handbook.pages, &mut files);
    files
}

/// What a look at translations needs.
struct Look<'a> {
    handbook: &'a Handbook,
    known: Known<'a>,
    tags: Vec<String>,
}

impl Look<'_> {
    fn documents<T: Value + Default>(&self, kind: Kind, documents: &Documents<T>, items: &mut Vec<Item>) {
        let languages = 1..u8::try_from(self.tags.len()).unwrap_or(u8::MAX);
        for document in documents.values() {
            for language in languages.clone().map(Language) {
                if let Some((matter, place)) = self.document(kind, document, language) {
                    let thing = (kind, document.id.clone());
                    items.push(Item { matter, owner: self.owner(&thing), thing, due: None, place });
                }
            }
        }
    }

    /// Looks at a document in one language.
    fn document<T: Value + Default>(
        &self,
        kind: Kind,
        document: &Document<T>,
        language: Language,
    ) -> Option<(Matter, Span)> {
        let Some(translation) = document.translations.get(&language) else {
            return Some((Matter::Missing { language, fields: Vec::new() }, document.beginning));
        };
        match &translation.translates {
            Some(given) if is_stale(document, translation) => {
                let texts = self.known.earlier.and_then(|earlier| earlier.get(&document.file));
                let since =
                    texts.map_or(Since::Unknown, |texts| since(document, (kind, &given.value), texts, &self.tags));
                Some((Matter::Stale { language, since }, given.span))
            }
            _ => {
                let mut lacking = Lacking { language, ..Lacking::default() };
                document.fields.walk(&mut lacking);
                let is_told = !lacking.fields.is_empty() && !self.handbook.unknown.services.contains(&document.id);
                is_told.then_some((Matter::Missing { language, fields: lacking.fields }, translation.beginning))
            }
        }
    }

    /// Gives the role that answers for a document: a page has that of the service it is about.
    fn owner(&self, (kind, id): &(Kind, String)) -> Option<String> {
        let of = |service: &str| services::owner(&self.handbook.services.get(service)?.fields);
        match kind {
            Kind::Service => of(id),
            Kind::Page => {
                let about = &self.handbook.pages.get(id)?.fields.about;
                about.iter().find_map(|it| of(it.written.strip_prefix("services/").unwrap_or(&it.written)))
            }
            _ => None,
        }
    }
}

/// Collects the fields of which a language has no text.
#[derive(Default)]
struct Lacking {
    language: Language,
    way: Vec<String>,
    fields: Vec<String>,
}

impl Visitor for Lacking {
    fn enter(&mut self, key: &str) {
        self.way.push(key.to_owned());
    }

    fn leave(&mut self) {
        self.way.pop();
    }

    fn text(&mut self, text: &Text) {
        let source = text.exactly(SOURCE).filter(|source| source.value.contains(char::is_alphabetic));
        if source.is_some() && text.exactly(self.language).is_none() {
            self.fields.push(self.way.join("/"));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::agenda::all;
    use crate::agenda::bench::due;
    use crate::agenda::phrases::Phrases;
    use crate::checks::bench::{look, service, tree};
    use crate::checks::fingerprint;
    use crate::model::lookup::Thing;
    use crate::theme::{built_in, locales};

    const TRANSLATIONS: &[&str] = &["stale", "missing"];

    #[test]
    fn a_document_without_a_translation_or_with_a_field_less_is_told_once() {
        let source = service("fee: Nothing\nneeds: [a label, '42']\n");
        assert_eq!(
            due(TRANSLATIONS, &[("services/repair.md", &source)]),
            ["open - desk missing repair services/repair.md:1"]
        );
        let german = "---\ntitle: R\nfor: A\noutcome: O\nneeds: [ein Schild, '42']\n---\n";
        assert_eq!(
            due(TRANSLATIONS, &[("services/repair.md", &source), ("services/repair.de.md", german)]),
            ["open - desk missing repair services/repair.de.md:1"]
        );
    }

    #[test]
    fn a_page_belongs_to_the_owner_of_the_service_that_it_is_about() {
        let page = |about: &str| format!("---\ntitle: P\nkind: guide\nabout: [{about}]\n---\nText\n");
        let german = "---\ntitle: R\nfor: A\noutcome: O\n---\n";
        let files = [("services/repair.md", &*service("")), ("services/repair.de.md", german)];
        let owner = |about: &str| {
            let told = due(TRANSLATIONS, &[files.as_slice(), &[("pages/p.md", &page(about))]].concat());
            told[0].split(' ').nth(2).unwrap().to_owned()
        };
        assert_eq!((owner("services/repair"), owner("desk")), ("desk".into(), "-".into()));
    }

    /// Says what is told of a stale translation, in words.
    fn told(earlier: Option<&str>) -> Vec<String> {
        let page = |text: &str| format!("---\ntitle: P\nkind: guide\n---\n{text}\n");
        let before = page("In 10 days.");
        let translated = fingerprint::of(&look(&tree(&[("pages/p.md", &before)])).0.handbook().pages["p"]);
        let german = format!("---\ntranslates: {translated}\ntitle: P\n---\nText\n");
        let tree = tree(&[("pages/p.md", &page("In 12 days.")), ("pages/p.de.md", &german)]);
        let (checked, _) = look(&tree);
        let texts = earlier.map(|earlier| vec![page(earlier)]).unwrap_or_default();
        let earlier: BTreeMap<FileId, Vec<String>> =
            stale_sources(checked.handbook()).into_iter().map(|file| (file, texts.clone())).collect();
        let items = all(&checked, &tree, Known { earlier: Some(&earlier), ..Known::default() });
        let locale = locales::read(built_in::files(), &["en".to_owned()], &mut Vec::new()).remove(0);
        let tags = ["en", "de"].map(str::to_owned);
        let name = |thing: &Thing| thing.1.clone();
        let phrases = Phrases { locale: &locale, tags: &tags, name: &name };
        let stale = items.iter().find(|item| item.matter.word() == "stale").unwrap();
        std::iter::once(phrases.title(stale)).chain(phrases.details(stale)).collect()
    }

    #[test]
    fn what_changed_since_a_translation_is_told_as_far_as_it_is_known() {
        let title = "Translation out of date: p (German)";
        assert_eq!(
            told(Some("In 10 days.")),
            [title, "changed sections: the opening", "numbers changed: 10 days → 12 days"]
        );
        for earlier in [None, Some("Another text.")] {
            assert_eq!(told(earlier), [title, "compare it with its source"]);
        }
    }
}
