//! Which file is what, by its path.

use std::collections::BTreeMap;

use crate::diagnostic::unusable;
use crate::diagnostic::{Diagnostic, Place as At};
use crate::fields::table::is_id;
use crate::fields::text::Language;
use crate::model::kind::Kind;
use crate::parse::SETTINGS;
use crate::parse::document::Family;
use crate::source::{FileId, SourceFile, SourceTree};
use crate::units::nearest::{listed, nearest};

/// The kinds that are folders of Markdown files.
const FOLDERS: [Kind; 4] = [Kind::Service, Kind::Playbook, Kind::Checklist, Kind::Page];
/// The kinds that are registers.
pub const REGISTERS: [Kind; 6] = [Kind::Role, Kind::Channel, Kind::Calendar, Kind::Factor, Kind::Term, Kind::Evidence];
/// All folders of a handbook.
const KNOWN: [&str; 6] = ["services", "playbooks", "checklists", "pages", "registers", "results"];
/// Endings of files that are copied to the site.
const PICTURES: [&str; 8] = ["svg", "png", "jpg", "jpeg", "gif", "webp", "avif", "pdf"];

/// What a file is that is no Markdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A register.
    Register(Kind),
    /// A file of holidays.
    Holidays,
    /// A file of results.
    Results,
}

/// All files by what they are.
#[derive(Debug, Default)]
pub struct Sorted {
    /// Markdown files with their translations, by kind and id.
    pub families: BTreeMap<(Kind, String), Family>,
    /// Registers, holidays and results.
    pub others: Vec<(FileId, Place)>,
    /// Pictures by path.
    pub pictures: BTreeMap<String, FileId>,
    /// What there is to say about names and places.
    pub diagnostics: Vec<Diagnostic>,
}

/// Sorts files by what they are; `languages_known` is false where the settings could not be read.
pub fn sort(tree: &SourceTree, prefix: &str, languages: &[String], languages_known: bool) -> Sorted {
    let mut sorter =
        Sorter { prefix, languages, languages_known, sorted: Sorted::default(), strangers: BTreeMap::new() };
    for (id, file) in tree.iter() {
        sorter.sorted.diagnostics.extend(unusable::tell(file, prefix));
        sorter.take(id, file);
    }
    sorter.tell_strangers();
    sorter.tell_orphans(tree);
    sorter.sorted
}

struct Sorter<'a> {
    prefix: &'a str,
    languages: &'a [String],
    languages_known: bool,
    sorted: Sorted,
    /// Folders that are no kind, with their first file.
    strangers: BTreeMap<String, String>,
}

impl Sorter<'_> {
    fn take(&mut self, id: FileId, file: &SourceFile) {
        let path = file.path.as_ref();
        if path == SETTINGS {
            return;
        }
        let (folder, rest) = path.split_once('/').unwrap_or(("", path));
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
        if PICTURES.contains(&ending.as_str()) {
            self.sorted.pictures.insert(path.to_owned(), id);
        } else if folder == "registers" {
            self.take_register(id, rest, path);
        } else if folder == "results" {
            self.take_results(id, rest, path);
        } else if let Some(kind) = Kind::of_folder(folder).filter(|kind| FOLDERS.contains(kind)) {
            self.take_document(id, kind, rest, path);
        } else {
            self.strangers.entry(folder.to_owned()).or_insert_with(|| path.to_owned());
        }
    }

    fn tell(&mut self, name: &'static str, path: &str, message: String, action: String) {
        let place = At::whole(format!("{}{path}", self.prefix));
        self.sorted.diagnostics.push(Diagnostic::error(name, place, message).action(action));
    }

    fn take_register(&mut self, id: FileId, rest: &str, path: &str) {
        if let Some(name) = rest.strip_prefix("holidays/") {
            if name.ends_with(".csv") && !name.contains('/') {
                return self.sorted.others.push((id, Place::Holidays));
            }
            let message = "a file of holidays ends in `.csv`".to_owned();
            return self.tell("file/no-kind", path, message, "save it as CSV with the columns date,name,day".into());
        }
        let names = || REGISTERS.iter().map(|kind| kind.folder());
        let stem = rest.rsplit_once('.').map_or(rest, |(stem, _)| stem);
        match REGISTERS.into_iter().find(|kind| rest.strip_suffix(".yaml") == Some(kind.folder())) {
            Some(kind) => self.sorted.others.push((id, Place::Register(kind))),
            None => {
                let near = nearest(stem, names());
                let action = match near {
                    Some(near) => format!("rename it to `{near}.yaml`"),
                    None => format!("the registers are {}, each ending in `.yaml`", listed(names())),
                };
                self.tell("file/no-kind", path, format!("`{rest}` is not a register"), action);
            }
        }
    }

    fn take_results(&mut self, id: FileId, rest: &str, path: &str) {
        if rest.ends_with(".csv") {
            return self.sorted.others.push((id, Place::Results));
        }
        self.tell("file/no-kind", path, "a file of results ends in `.csv`".into(), "save it as CSV".into());
    }

    fn take_document(&mut self, id: FileId, kind: Kind, rest: &str, path: &str) {
        let Some(stem) = rest.strip_suffix(".md") else {
            let message = format!("a {} is a Markdown file", kind.word());
            return self.tell(
                "file/no-kind",
                path,
                message,
                "give it a name that ends in `.md`, or move it elsewhere".into(),
            );
        };
        let (name, language) = match self.language_of(stem) {
            Ok(found) => found,
            Err(tag) => return self.tell_unknown_language(&tag, path),
        };
        if let Some(part) = name.split('/').find(|part| !is_id(part)) {
            let told = crate::fields::table::tell_id(part, crate::source::Span::new(id, 0, 0));
            return self.tell("file/name", path, told.message, told.action.unwrap_or_default());
        }
        let key = (kind, name.to_owned());
        let family = self.sorted.families.entry(key).or_insert_with(|| Family::new(kind, name));
        match language {
            None => family.source = Some(id),
            Some(language) => drop(family.translations.insert(language, id)),
        }
    }

    /// Splits `repair.de` into name and language; an error is an ending that looks like a language and is none.
    fn language_of<'a>(&self, stem: &'a str) -> Result<(&'a str, Option<Language>), String> {
        let file = stem.rsplit_once('/').map_or(stem, |(_, file)| file);
        let Some((name, tag)) = file.split_once('.') else { return Ok((stem, None)) };
        let name = &stem[..stem.len() - file.len() + name.len()];
        match self.languages.iter().position(|language| language == tag) {
            Some(0) => Err(tag.to_owned()),
            Some(at) => Ok((name, u8::try_from(at).ok().map(Language))),
            None => Err(tag.to_owned()),
        }
    }

    fn tell_unknown_language(&mut self, tag: &str, path: &str) {
        if !self.languages_known {
            return;
        }
        let known = self.languages[1..].iter().map(String::as_str);
        if self.languages[0] == tag {
            let message = format!("`{tag}` is the source language, whose files have no language in their name");
            return self.tell("language/unknown", path, message, format!("rename it without `.{tag}`"));
        }
        let message = format!("`{tag}` is not a language of this handbook");
        let action = match nearest(tag, known.clone()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("add `{tag}` to `languages` in handbook.yaml, or rename the file"),
        };
        self.tell("language/unknown", path, message, action);
    }

    fn tell_strangers(&mut self) {
        for (folder, first) in std::mem::take(&mut self.strangers) {
            if folder.is_empty() {
                let message = format!("`{first}` lies in no folder of a kind");
                self.tell("file/no-kind", &first, message, format!("move it to {}", listed(KNOWN)));
                continue;
            }
            let action = match nearest(&folder, KNOWN) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the folders are {}", listed(KNOWN)),
            };
            self.tell("file/no-kind", &folder, format!("the folder `{folder}` is no kind of thing"), action);
        }
    }

    /// Tells translations without a source, and takes them out.
    fn tell_orphans(&mut self, tree: &SourceTree) {
        let orphans: Vec<_> = self.sorted.families.values().filter(|family| family.source.is_none()).cloned().collect();
        for family in orphans {
            for file in family.translations.values() {
                let path = tree.file(*file).path.to_string();
                let source = format!("{}/{}.md", family.kind.folder(), family.id);
                let message = format!("this file translates `{source}`, which is not there");
                self.tell("language/no-source", &path, message, format!("add `{source}`, or rename this file"));
            }
            self.sorted.families.remove(&(family.kind, family.id));
        }
    }
}
