//! What was made of a handbook's files when they were last read, so that only what has changed is read again.
//!
//! A text that was changed and a text that was changed back are the same to it: what is kept is taken only where all that
//! it was made of is the same, byte for byte. Not here: which files have changed, which nobody has to know.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::document::{self, Family, Read};
use super::results::{self, Table};
use crate::fields::value::Value;
use crate::model::checklist::Checklist;
use crate::model::page::Page;
use crate::model::playbook::Playbook;
use crate::model::service::Service;
use crate::source::text::SourceText;
use crate::source::{FileId, SourceTree};

/// What was made of the files of a handbook.
#[derive(Debug, Default)]
pub struct Kept {
    /// The languages in which it was read.
    languages: Vec<String>,
    pub(super) services: Documents<Service>,
    pub(super) playbooks: Documents<Playbook>,
    pub(super) checklists: Documents<Checklist>,
    pub(super) pages: Documents<Page>,
    results: BTreeMap<FileId, (Arc<SourceText>, Arc<Table>)>,
}

impl Kept {
    /// Forgets all where the languages are others.
    pub(super) fn hold_for(&mut self, languages: &[String]) {
        if self.languages != languages {
            *self = Self { languages: languages.to_owned(), ..Self::default() };
        }
    }

    /// Gives the results of files, and forgets those of others.
    pub(super) fn results(&mut self, files: &[FileId], tree: &SourceTree) -> Vec<Arc<Table>> {
        let before = std::mem::take(&mut self.results);
        let read = |file: &FileId| {
            let text = tree.text(*file)?;
            let known = before.get(file).filter(|(old, _)| is_same(old, text));
            let table = known.map_or_else(|| Arc::new(results::read(*file, text)), |(_, table)| Arc::clone(table));
            Some((*file, (Arc::clone(text), table)))
        };
        let read: Vec<_> = files.par_iter().filter_map(read).collect();
        let tables = read.iter().map(|(_, (_, table))| Arc::clone(table)).collect();
        self.results.extend(read);
        tables
    }
}

/// What was made of the documents of a kind, by id.
#[derive(Debug)]
pub(super) struct Documents<T>(BTreeMap<String, One<T>>);

/// What a document was made of besides the languages, and what was made of it.
#[derive(Debug)]
struct One<T> {
    family: Family,
    /// The texts of its files, the source first.
    texts: Vec<Option<Arc<SourceText>>>,
    read: Arc<Read<T>>,
}

impl<T> Default for Documents<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T: Value + Default + Send + Sync> Documents<T> {
    /// Gives what is made of families, in their order, and forgets all others.
    pub(super) fn read(&mut self, families: &[&Family], tree: &SourceTree, languages: &[String]) -> Vec<Arc<Read<T>>> {
        let before = std::mem::take(&mut self.0);
        let read = |family: &&Family| {
            let texts: Vec<_> = family.files().map(|file| tree.text(file).cloned()).collect();
            let known = before.get(&family.id).filter(|known| known.is_made_of(family, &texts));
            let again = || Arc::new(document::read(family, tree, languages));
            let read = known.map_or_else(again, |known| Arc::clone(&known.read));
            One { family: (*family).clone(), texts, read }
        };
        let read: Vec<One<T>> = families.par_iter().map(read).collect();
        let made = read.iter().map(|one| Arc::clone(&one.read)).collect();
        self.0 = read.into_iter().map(|one| (one.family.id.clone(), one)).collect();
        made
    }
}

impl<T> One<T> {
    fn is_made_of(&self, family: &Family, texts: &[Option<Arc<SourceText>>]) -> bool {
        let same = |(one, other): (&Option<Arc<SourceText>>, &Option<Arc<SourceText>>)| match (one, other) {
            (Some(one), Some(other)) => is_same(one, other),
            (one, other) => one.is_none() && other.is_none(),
        };
        self.family == *family && self.texts.len() == texts.len() && self.texts.iter().zip(texts).all(same)
    }
}

fn is_same(one: &Arc<SourceText>, other: &Arc<SourceText>) -> bool {
    Arc::ptr_eq(one, other) || one.as_str() == other.as_str()
}
