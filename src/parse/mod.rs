//! Files to a handbook. Never stops at the first fault; a file that cannot be read causes no false finding elsewhere.
//!
//! Not here: whether references lead anywhere, and what an expert objects to (`checks`).

pub mod csv;
pub mod document;
pub mod front_matter;
pub mod kept;
pub mod languages;
pub mod pictures;
pub mod place;
pub mod register;
pub mod results;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::calendar::Calendar;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::fields::node::{Node, NodeKind};
use crate::fields::reader::Reader;
use crate::fields::value::Value;
use crate::fields::yaml;
use crate::model::handbook::{ALWAYS, Documents, Handbook, Unknown};
use crate::model::kind::Kind;
use crate::source::{FileId, SourceTree, Span};
use document::Family;
use kept::Kept;
use place::{Place, Sorted};

/// The name of the settings file.
pub const SETTINGS: &str = "handbook.yaml";

/// A handbook as far as it could be read, with everything its authors are told about the reading.
#[derive(Debug, Default)]
pub struct Parsed {
    /// The handbook.
    pub handbook: Handbook,
    /// The findings, in no order.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads all files of a tree; `prefix` is the path of the content folder below the root, such as `content/`.
pub fn parse(tree: &SourceTree, prefix: &str) -> Parsed {
    parse_again(tree, prefix, &mut Kept::default())
}

/// Reads all files of a tree as [`parse`] does, but takes what was made of files when they were last read where they are
/// the same.
pub fn parse_again(tree: &SourceTree, prefix: &str, kept: &mut Kept) -> Parsed {
    let mut parsed = Parsed::default();
    let config_known = read_settings(tree, prefix, &mut parsed);
    let languages = parsed.handbook.config.language_tags();
    let sorted = place::sort(tree, prefix, &languages, config_known);
    parsed.diagnostics.extend(sorted.diagnostics.iter().cloned());
    note_unknown(&sorted, &mut parsed.handbook.unknown);
    kept.hold_for(&languages);
    read_documents((tree, &sorted), &languages, kept, &mut parsed);
    read_registers(tree, &sorted, &languages, &mut parsed);
    read_results(tree, &sorted, kept, &mut parsed);
    pictures::tell_unsafe(tree, prefix, &sorted.pictures, &mut parsed.diagnostics);
    parsed.handbook.pictures = sorted.pictures;
    languages::tell_once(&parsed.handbook.config, &mut parsed.diagnostics);
    if !config_known {
        // Which languages there are is not known, so nothing can be said about them.
        parsed.diagnostics.retain(|told| !told.name.starts_with("language/"));
    }
    parsed
}

/// Notes what is there although it is not read.
fn note_unknown(sorted: &Sorted, unknown: &mut Unknown) {
    unknown.documents.extend(sorted.lost.iter().cloned());
    unknown.registers.extend(&sorted.misplaced);
    if sorted.misplaced.contains(&Kind::Service) {
        unknown.registers.extend([Kind::Standard, Kind::Step, Kind::Promise]);
    }
}

fn read_settings(tree: &SourceTree, prefix: &str, parsed: &mut Parsed) -> bool {
    parsed.handbook.unknown.settings = true;
    let Some(file) = tree.find(SETTINGS) else {
        let told = Diagnostic::error(
            "file/no-settings",
            crate::diagnostic::Place::whole(format!("{prefix}{SETTINGS}")),
            "the handbook has no `handbook.yaml`",
        );
        parsed
            .diagnostics
            .push(told.action("add the file with `title: …` and `languages: [en]`, or run `pledgebook init`"));
        return false;
    };
    let Some(text) = tree.text(file) else { return false };
    let whole = Span::new(file, 0, text.as_str().len());
    let document = yaml::read(text.as_str(), whole);
    parsed.diagnostics.extend(document.diagnostics);
    if document.root.kind == NodeKind::Null && !document.incomplete {
        let told = Diagnostic::error("file/empty", whole.beginning(), "there are no settings in this file");
        parsed.diagnostics.push(told.action("begin with `title: …` and `languages: [en]`"));
        return false;
    }
    let languages = languages_of(&document.root);
    let mut reader = Reader::new(&languages, whole.beginning());
    reader.texts_by_language = true;
    reader.incomplete = document.incomplete;
    if let Some(config) = Config::read(&document.root, &mut reader) {
        parsed.handbook.unknown.settings = document.incomplete;
        parsed.handbook.config = config;
    }
    tell_repeated_languages(&parsed.handbook.config, &mut parsed.diagnostics);
    parsed.diagnostics.append(&mut reader.diagnostics);
    let readable = parsed.handbook.config.languages.len();
    !document.incomplete && readable > 0 && readable == languages.len()
}

/// Finds the languages before the settings are read, because the settings have texts themselves.
fn languages_of(root: &Node) -> Vec<String> {
    let words = |node: &Node| match &node.kind {
        NodeKind::Scalar(word) => Some(word.clone()),
        _ => None,
    };
    match root.get("languages").map(|node| &node.kind) {
        Some(NodeKind::List(items)) if !items.is_empty() => items.iter().filter_map(words).collect(),
        _ => vec!["en".into()],
    }
}

fn tell_repeated_languages(config: &Config, diagnostics: &mut Vec<Diagnostic>) {
    for (at, tag) in config.languages.iter().enumerate() {
        if let Some(first) = config.languages[..at].iter().find(|other| other.value == tag.value) {
            let told = Diagnostic::error("field/duplicate", tag.span, format!("`{}` is listed twice", tag.value.0));
            diagnostics.push(told.label(first.span, "first listed here").action("remove one of them"));
        }
    }
}

fn read_documents((tree, sorted): (&SourceTree, &Sorted), languages: &[String], kept: &mut Kept, parsed: &mut Parsed) {
    let handbook = &mut parsed.handbook;
    let (unknown, found) = (&mut handbook.unknown, &mut parsed.diagnostics);
    let mut keep = Keep { tree, sorted, languages, unknown, found };
    handbook.services = keep.read(Kind::Service, &mut kept.services);
    handbook.playbooks = keep.read(Kind::Playbook, &mut kept.playbooks);
    handbook.checklists = keep.read(Kind::Checklist, &mut kept.checklists);
    handbook.pages = keep.read(Kind::Page, &mut kept.pages);
}

fn read_results(tree: &SourceTree, sorted: &Sorted, kept: &mut Kept, parsed: &mut Parsed) {
    let files = sorted.others.iter().filter(|(_, place)| *place == Place::Results).map(|(file, _)| *file);
    for table in kept.results(&files.collect::<Vec<_>>(), tree) {
        parsed.diagnostics.extend(table.diagnostics.iter().cloned());
        parsed.handbook.results.add(Arc::clone(&table.lines));
    }
}

/// What is needed to read the documents of a kind, and where their faults are kept.
struct Keep<'a> {
    tree: &'a SourceTree,
    sorted: &'a Sorted,
    languages: &'a [String],
    unknown: &'a mut Unknown,
    found: &'a mut Vec<Diagnostic>,
}

impl Keep<'_> {
    fn read<T: Value + Default + Send + Sync>(&mut self, kind: Kind, kept: &mut kept::Documents<T>) -> Documents<T> {
        let families: Vec<&Family> = self.sorted.families.values().filter(|family| family.kind == kind).collect();
        let read = kept.read(&families, self.tree, self.languages);
        let mut documents = BTreeMap::new();
        for (family, read) in families.into_iter().zip(read) {
            self.found.extend(read.diagnostics.iter().cloned());
            if read.incomplete {
                self.unknown.incomplete.insert((kind, family.id.clone()));
                if kind == Kind::Service {
                    self.unknown.services.insert(family.id.clone());
                }
            }
            match &read.document {
                Some(document) => drop(documents.insert(family.id.clone(), Arc::clone(document))),
                None => drop(self.unknown.documents.insert((kind, family.id.clone()))),
            }
        }
        documents
    }
}

fn read_registers(tree: &SourceTree, sorted: &Sorted, languages: &[String], parsed: &mut Parsed) {
    for (file, place) in &sorted.others {
        match place {
            Place::Register(kind) => register::read(*file, *kind, tree, languages, parsed),
            Place::Holidays => register::read_holidays(*file, tree, parsed),
            Place::Results => {}
        }
    }
    let handbook = &mut parsed.handbook;
    handbook.working = BTreeMap::from([(ALWAYS.to_owned(), Arc::new(Calendar::always()))]);
    for (id, row) in &handbook.calendars {
        let of = |name: &String| handbook.holidays.get(name).cloned().unwrap_or_default();
        let holidays = row.value.holidays.0.iter().flat_map(|name| of(&name.value)).collect();
        if let Some(working) = row.value.working(holidays) {
            handbook.working.insert(id.clone(), working);
        }
    }
}

/// Gives the whole text of a file with its span, where it is a text.
fn whole_text(file: FileId, tree: &SourceTree) -> Option<(&str, Span)> {
    tree.text(file).map(|text| (text.as_str(), Span::new(file, 0, text.as_str().len())))
}
