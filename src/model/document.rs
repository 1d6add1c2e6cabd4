//! A Markdown file of a kind, with its translations.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::fields::scalar::Given;
use crate::fields::text::{Language, SOURCE};
use crate::source::text::SourceText;
use crate::source::{FileId, Span};

/// The prose of a file, as it is written.
#[derive(Clone, Debug)]
pub struct Body {
    source: Arc<SourceText>,
    /// Where it stands in its file.
    pub span: Span,
}

impl Body {
    /// Makes the body of a file from its text and the place where the prose stands.
    pub fn new(source: Arc<SourceText>, span: Span) -> Self {
        Self { source, span }
    }

    /// Gives the text.
    pub fn text(&self) -> &str {
        self.source.as_str().get(self.span.start as usize..self.span.end as usize).unwrap_or("")
    }
}

/// The translation of a document.
#[derive(Clone, Debug)]
pub struct Translation {
    /// The file.
    pub file: FileId,
    /// The fingerprint of the text that it translates.
    pub translates: Given<String>,
    /// The beginning of its front matter, where a missing key is told.
    pub beginning: Span,
    /// The prose.
    pub body: Body,
}

/// A Markdown file of a kind, with its translations.
#[derive(Clone, Debug)]
pub struct Document<T> {
    /// The id: the path below the kind's folder, without the ending.
    pub id: String,
    /// The file of the source language.
    pub file: FileId,
    /// The beginning of its front matter.
    pub beginning: Span,
    /// What the front matter says, with the texts of all languages.
    pub fields: T,
    /// The prose in the source language.
    pub body: Body,
    /// The translations.
    pub translations: BTreeMap<Language, Translation>,
}

impl<T> Document<T> {
    /// Gives the prose in a language, or in the source language where it has none, with the language it is in.
    pub fn body_in(&self, language: Language) -> (&Body, Language) {
        match self.translations.get(&language) {
            Some(translation) if !translation.body.text().trim().is_empty() => (&translation.body, language),
            _ => (&self.body, SOURCE),
        }
    }

    /// Gives all bodies with their languages, the source first.
    pub fn bodies(&self) -> impl Iterator<Item = (Language, &Body)> {
        let translated = self.translations.iter().map(|(language, translation)| (*language, &translation.body));
        std::iter::once((SOURCE, &self.body)).chain(translated)
    }

    /// Gives the files of the document, that of the source first.
    pub fn files(&self) -> impl Iterator<Item = FileId> {
        std::iter::once(self.file).chain(self.translations.values().map(|translation| translation.file))
    }
}
