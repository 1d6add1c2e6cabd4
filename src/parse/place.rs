//! Which file is what, by its path.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::LanguageTag;
use crate::diagnostic::unusable;
use crate::diagnostic::{Diagnostic, Place as At};
use crate::fields::scalar::Scalar;
use crate::fields::table::{is_id, proposed_id, tell_id};
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
/// Folders of the site that hold what is no part of the handbook's content.
const SITES_OWN: [&str; 2] = ["assets", "calendars"];
/// Endings of files that are copied to the site.
const PICTURES: [&str; 8] = ["svg", "png", "jpg", "jpeg", "gif", "webp", "avif", "pdf"];

/// The id that nothing can have, because the list of all things of a kind has its address.
pub const LIST: &str = "index";

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
    /// Documents that are there under a name that cannot be used.
    pub lost: Vec<(Kind, String)>,
    /// Kinds of which things are there in a place where they are not read.
    pub misplaced: Vec<Kind>,
}

/// Sorts files by what they are; `languages_known` is false where the settings could not be read.
pub fn sort(tree: &SourceTree, prefix: &str, languages: &[String], languages_known: bool) -> Sorted {
    let mut sorter =
        Sorter { prefix, languages, languages_known, sorted: Sorted::default(), strangers: BTreeSet::new() };
    for (id, file) in tree.iter() {
        let unusable = unusable::tell(file, prefix);
        let told = sorter.sorted.diagnostics.len();
        sorter.take(id, file);
        if unusable.is_some() {
            // What is in the way of reading it is told first; its name can wait.
            sorter.sorted.diagnostics.truncate(told);
            sorter.sorted.diagnostics.extend(unusable);
        }
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
    /// Folders that are no kind.
    strangers: BTreeSet<String>,
}

impl Sorter<'_> {
    fn take(&mut self, id: FileId, file: &SourceFile) {
        let path = file.path.as_ref();
        if path == SETTINGS {
            return;
        }
        let (folder, rest) = path.split_once('/').unwrap_or(("", path));
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
        if SITES_OWN.contains(&folder) {
            let message =
                format!("`{folder}` is a folder of the site's own, so its files would take each other's place");
            self.tell("file/no-kind", path, message, "move the file to another folder, such as `pictures`".into());
        } else if PICTURES.contains(&ending.as_str()) {
            self.sorted.pictures.insert(path.to_owned(), id);
        } else if folder == "registers" {
            self.take_register(id, rest, path);
        } else if folder == "results" {
            self.take_results(id, rest, path);
        } else if let Some(kind) = Kind::of_folder(folder).filter(|kind| FOLDERS.contains(kind)) {
            self.take_document(id, kind, rest, path);
        } else if folder.is_empty() {
            self.tell_lone(path);
        } else {
            self.strangers.insert(folder.to_owned());
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
            let (message, action) = match name.contains('/') {
                true => ("a file of holidays lies in `registers/holidays` itself", "move it there"),
                false => ("a file of holidays ends in `.csv`", "save it as CSV with the columns date,name,day"),
            };
            return self.tell("file/no-kind", path, message.into(), action.into());
        }
        let names = || REGISTERS.iter().map(|kind| kind.folder());
        let stem = rest.rsplit_once('.').map_or(rest, |(stem, _)| stem);
        match REGISTERS.into_iter().find(|kind| rest.strip_suffix(".yaml") == Some(kind.folder())) {
            Some(kind) => self.sorted.others.push((id, Place::Register(kind))),
            None => {
                let near = nearest(stem, names());
                self.sorted.misplaced.extend(near.and_then(Kind::of_folder));
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
            let name = rest.rsplit_once('.').map_or(rest, |(name, _)| name);
            let action = match path.to_lowercase().ends_with(".md") {
                true => "write its ending in small letters, `.md`",
                false => "give it a name that ends in `.md`, or move it elsewhere",
            };
            self.sorted.lost.push((kind, name.to_owned()));
            let message = format!("a {} is a Markdown file", kind.word());
            return self.tell("file/no-kind", path, message, action.into());
        };
        let (name, language) = match self.language_of(stem) {
            Ok(found) => found,
            Err((name, tag)) => {
                let name = name.to_owned();
                return self.tell_unknown_language((kind, name), &tag, path);
            }
        };
        if let Some(part) = name.split('/').find(|part| !is_id(part)) {
            let told = tell_id(part, crate::source::Span::new(id, 0, 0));
            self.lose(kind, name);
            return self.tell("file/name", path, told.message, told.action.unwrap_or_default());
        }
        if name == LIST {
            self.lose(kind, name);
            let message = format!("`{LIST}` is the page with the list of all {}", kind.folder());
            return self.tell("file/name", path, message, "give the file another name".into());
        }
        let key = (kind, name.to_owned());
        let family = self.sorted.families.entry(key).or_insert_with(|| Family::new(kind, name));
        match language {
            None => family.source = Some(id),
            Some(language) => drop(family.translations.insert(language, id)),
        }
    }

    /// Notes that a document is there under a name that cannot be used, and so under the one that is proposed.
    fn lose(&mut self, kind: Kind, name: &str) {
        let proposed = name.split('/').map(|part| proposed_id(part).unwrap_or_default()).collect::<Vec<_>>().join("/");
        self.sorted.lost.extend([(kind, name.to_owned()), (kind, proposed)]);
    }

    /// Splits `repair.de` into name and language; an error is an ending that is no language of the handbook.
    fn language_of<'a>(&self, stem: &'a str) -> Result<(&'a str, Option<Language>), (&'a str, String)> {
        let file = stem.rsplit_once('/').map_or(stem, |(_, file)| file);
        let Some((name, tag)) = file.split_once('.') else { return Ok((stem, None)) };
        let name = &stem[..stem.len() - file.len() + name.len()];
        match self.languages.iter().position(|language| language == tag) {
            Some(at) if at > 0 => Ok((name, u8::try_from(at).ok().map(Language))),
            _ => Err((name, tag.to_owned())),
        }
    }

    fn tell_unknown_language(&mut self, (kind, name): (Kind, String), tag: &str, path: &str) {
        if LanguageTag::parse(tag).is_err() && nearest(tag, self.languages.iter().map(String::as_str)).is_none() {
            let whole = format!("{name}.{tag}");
            self.lose(kind, &whole);
            let message = format!("`{whole}` cannot be an id: an id has lower-case letters, digits and hyphens only");
            return self.tell("file/name", path, message, format!("write `{name}-{}`", tag.replace('.', "-")));
        }
        if !self.languages_known {
            return;
        }
        if self.languages[0] == tag {
            self.sorted.lost.push((kind, name));
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

    fn tell_lone(&mut self, path: &str) {
        let action = match nearest(path, [SETTINGS]) {
            Some(near) => format!("rename it to `{near}`"),
            None => format!("move it to {}, or out of the content folder", listed(KNOWN)),
        };
        self.tell("file/no-kind", path, format!("`{path}` lies in no folder of a kind"), action);
    }

    fn tell_strangers(&mut self) {
        for folder in std::mem::take(&mut self.strangers) {
            let near = nearest(&folder, KNOWN);
            let action = match near {
                Some(near) => format!("rename it to `{near}`"),
                None => format!("the folders are {}", listed(KNOWN)),
            };
            self.tell("file/no-kind", &folder, format!("the folder `{folder}` is no kind of thing"), action);
            match near {
                Some("registers") => self.sorted.misplaced.extend(REGISTERS),
                Some(near) => self.sorted.misplaced.extend(Kind::of_folder(near)),
                None => {}
            }
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

#[cfg(test)]
mod tests {
    use super::*;
    /// Says what is made of files: `kind id language`, and what is told.
    fn sorted(paths: &[&str], known: bool) -> (Vec<String>, Vec<String>) {
        let tree = SourceTree::from_texts(paths.iter().map(|path| (*path, "---\n---\n")));
        let languages = ["en".to_owned(), "de".to_owned()];
        let sorted = sort(&tree, "content/", &languages, known);
        let family = |family: &Family| format!("{} {} {}", family.kind.word(), family.id, family.translations.len());
        let told = |told: &Diagnostic| {
            let at = crate::diagnostic::locate(&told.place, &tree, "content/");
            format!("{} {}: {}", told.name, at.path, told.action.clone().unwrap_or_default())
        };
        (sorted.families.values().map(family).collect(), sorted.diagnostics.iter().map(told).collect())
    }

    #[test]
    fn files_of_a_folder_are_things_of_its_kind_by_their_path() {
        let (families, told) =
            sorted(&["services/repair/counter.md", "services/repair/counter.de.md", "pages/why.md"], true);
        assert_eq!(families, ["service repair/counter 1", "page why 0"]);
        assert!(told.is_empty(), "{told:?}");
    }

    #[test]
    fn a_translation_without_a_source_is_told_and_left_out() {
        let (families, told) = sorted(&["pages/why.de.md"], true);
        assert_eq!(families, [""; 0]);
        assert_eq!(told, ["language/no-source content/pages/why.de.md: add `pages/why.md`, or rename this file"]);
    }

    #[test]
    fn languages_of_files_are_those_of_the_settings_where_these_could_be_read() {
        let told = |path: &str, known| sorted(&["pages/why.md", path], known).1;
        assert_eq!(
            told("pages/why.en.md", true),
            ["language/unknown content/pages/why.en.md: rename it without `.en`"]
        );
        assert_eq!(told("pages/why.fr.md", true).len(), 1);
        assert!(told("pages/why.fr.md", true)[0].starts_with("language/unknown"));
        assert_eq!(told("pages/why.fr.md", false), [""; 0]);
    }

    #[test]
    fn a_name_that_cannot_be_an_id_is_told_with_one_that_can() {
        let (_, told) = sorted(&["pages/Our Way.md"], true);
        assert_eq!(told, ["file/name content/pages/Our Way.md: write `our-way`"]);
    }

    #[test]
    fn files_that_are_nothing_are_told_and_pictures_may_lie_anywhere() {
        let names = |path: &str| sorted(&[path], true).1;
        assert_eq!(names("pictures/a.svg"), [""; 0]);
        assert_eq!(names("services/plan.pdf"), [""; 0]);
        for path in [
            "services/a.txt",
            "registers/rolls.yaml",
            "results/a.xlsx",
            "notes.md",
            "servces/a.md",
            "registers/holidays/a.yaml",
        ] {
            let told = names(path);
            assert_eq!(told.len(), 1, "{path}: {told:?}");
            assert!(told[0].starts_with("file/no-kind content/"), "{path}: {told:?}");
        }
        assert!(names("registers/rolls.yaml")[0].ends_with("rename it to `roles.yaml`"));
        assert!(names("servces/a.md")[0].contains("`services`"));
    }
}
