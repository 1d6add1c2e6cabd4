//! A Markdown file of a kind together with its translations.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::fields::node::{Node, NodeKind};
use crate::fields::reader::Reader;
use crate::fields::scalar::Given;
use crate::fields::text::Language;
use crate::fields::value::Value;
use crate::fields::yaml;
use crate::model::document::{Body, Document, Translation};
use crate::model::kind::Kind;
use crate::parse::front_matter::{self, Parts};
use crate::source::{FileId, SourceTree, Span, Spanned};

/// The key of a translation that names the text it translates.
const TRANSLATES: &str = "translates";

/// A file of the source language and its translations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Family {
    /// The kind.
    pub kind: Kind,
    /// The id.
    pub id: String,
    /// The file of the source language.
    pub source: Option<FileId>,
    /// The translations.
    pub translations: BTreeMap<Language, FileId>,
}

impl Family {
    /// Makes a family without files.
    pub fn new(kind: Kind, id: &str) -> Self {
        Self { kind, id: id.to_owned(), source: None, translations: BTreeMap::new() }
    }

    /// Walks over the files, that of the source language first.
    pub fn files(&self) -> impl Iterator<Item = FileId> {
        self.source.into_iter().chain(self.translations.values().copied())
    }
}

/// A family as far as it could be read.
#[derive(Debug)]
pub struct Read<T> {
    /// The document; nothing where its front matter could not be found.
    pub document: Option<Arc<Document<T>>>,
    /// Whether a part could not be read.
    pub incomplete: bool,
    /// The faults.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a file of the source language, then its translations.
///
/// What comes of it depends on the family, the texts of its files and the languages alone: see [`super::kept`].
pub fn read<T: Value + Default>(family: &Family, tree: &SourceTree, languages: &[String]) -> Read<T> {
    let mut diagnostics = Vec::new();
    let Some(file) = family.source else { return Read { document: None, incomplete: true, diagnostics } };
    let Some(open) = open(file, tree, &mut diagnostics) else {
        return Read { document: None, incomplete: true, diagnostics };
    };
    let mut reader = Reader::new(languages, open.beginning);
    reader.incomplete = open.incomplete;
    reader.service = (family.kind == Kind::Service).then_some(family.id.as_str());
    let fields = T::read(&open.node, &mut reader);
    diagnostics.append(&mut reader.diagnostics);
    let incomplete = open.incomplete || fields.is_none();
    let mut document = Document {
        id: family.id.clone(),
        file,
        beginning: open.beginning,
        fields: fields.unwrap_or_default(),
        body: open.body,
        translations: BTreeMap::new(),
    };
    for (language, file) in &family.translations {
        if let Some(mut opened) = self::open(*file, tree, &mut diagnostics) {
            let translation =
                translate(&mut document, &mut opened, (*language, incomplete), languages, &mut diagnostics);
            document.translations.insert(*language, translation);
        }
    }
    Read { document: Some(Arc::new(document)), incomplete, diagnostics }
}

/// A file with its front matter read.
struct Open {
    file: FileId,
    beginning: Span,
    node: Node,
    incomplete: bool,
    body: Body,
}

fn open(file: FileId, tree: &SourceTree, diagnostics: &mut Vec<Diagnostic>) -> Option<Open> {
    let text = tree.text(file)?;
    let Parts { front, body } = match front_matter::split(file, text.as_str()) {
        Ok(parts) => parts,
        Err(told) => {
            diagnostics.push(*told);
            return None;
        }
    };
    let written = &text.as_str()[front.start as usize..front.end as usize];
    let mut document = yaml::read(written, front);
    diagnostics.append(&mut document.diagnostics);
    let line = Span::new(file, (front.start as usize).saturating_sub(4), (front.start as usize).saturating_sub(1));
    if document.root.kind == NodeKind::Null && !document.incomplete {
        document.root.kind = NodeKind::Map(Vec::new());
    }
    let body = Body::new(text.clone(), body);
    Some(Open { file, beginning: line, node: document.root, incomplete: document.incomplete, body })
}

fn translate<T: Value>(
    document: &mut Document<T>,
    open: &mut Open,
    (language, source_incomplete): (Language, bool),
    languages: &[String],
    diagnostics: &mut Vec<Diagnostic>,
) -> Translation {
    let mut reader = Reader::new(languages, open.beginning);
    reader.language = language;
    reader.incomplete = open.incomplete || source_incomplete;
    let mut translates: Given<String> = None;
    if let NodeKind::Map(entries) = &mut open.node.kind
        && let Some(at) = entries.iter().position(|entry| entry.key == TRANSLATES)
    {
        translates = Spanned::<String>::read(&entries.remove(at).value, &mut reader);
    }
    document.fields.translate(&open.node, &mut reader);
    diagnostics.append(&mut reader.diagnostics);
    Translation { file: open.file, translates, beginning: open.beginning, body: open.body.clone() }
}
