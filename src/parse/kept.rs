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

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::{Just, Strategy, prop_assert_eq, prop_oneof, proptest};

    use super::*;
    use crate::checks::check_again;
    use crate::checks::prose::Proses;
    use crate::parse::parse_again;

    const PATHS: [&str; 10] = [
        "handbook.yaml",
        "services/repair.md",
        "services/repair.de.md",
        "services/repair/counter.md",
        "services/mend.md",
        "pages/a.md",
        "pages/z.de.md",
        "pages/z.md",
        "results/one.csv",
        "results/two.csv",
    ];
    const TEXTS: [&str; 12] = [
        "title: H\nlanguages: [en, de]\n",
        "title: H\nlanguages: [en]\n",
        "title: H\nlanguages: [de, en]\n",
        "---\ntitle: A\nstandards: {quick: {limit: 2 days}}\n---\n## Quick {#quick}\n\nSee [[mend]].\n",
        "---\ntitle: A\nstandards: {quick: {limit: 3 days}}\n---\n## Quick {#quick}\n\nSee [[mend]].\n",
        "---\ntitle: A\nkind: guide\n---\n## Quick {#quick}\n\nSee [[repair/quick#limit]].\n",
        "---\ntitle: B\n---\n",
        "---\ntitel: [\n---\nText",
        "no front matter",
        "",
        "period,standard,volume,met\n2026-01,repair/quick,10,9\n2026-02,mend/quick,10,x\n",
        "period,standard,volume,met\n2026-01,repair/quick,10,8\n",
    ];

    /// A file that is written anew, one that is taken away, or one that gets another name.
    #[derive(Clone, Debug)]
    enum Edit {
        Write(usize, usize),
        Remove(usize),
        Rename(usize, usize),
    }

    fn edit() -> impl Strategy<Value = Edit> {
        let (path, text) = (0..PATHS.len(), 0..TEXTS.len());
        prop_oneof![
            6 => (path.clone(), text).prop_map(|(path, text)| Edit::Write(path, text)),
            1 => path.clone().prop_map(Edit::Remove),
            1 => (path.clone(), path).prop_map(|(from, to)| Edit::Rename(from, to)),
            1 => Just(Edit::Write(0, 0)),
        ]
    }

    fn apply(edit: &Edit, files: &mut BTreeMap<usize, usize>) {
        match edit {
            Edit::Write(path, text) => drop(files.insert(*path, *text)),
            Edit::Remove(path) => drop(files.remove(path)),
            Edit::Rename(from, to) => {
                if let Some(text) = files.remove(from) {
                    files.insert(*to, text);
                }
            }
        }
    }

    /// Says all that is made of a tree.
    fn made(tree: &SourceTree, kept: &mut Kept, proses: &mut Proses) -> String {
        let parsed = parse_again(tree, "", kept);
        let read = format!("{parsed:?}");
        let (checked, found) = check_again(parsed.handbook, tree, &parsed.diagnostics, proses);
        proses.clone_from(checked.proses());
        format!("{read}\n{checked:?}\n{found:?}")
    }

    proptest! {
        #[test]
        fn what_is_made_again_after_any_edits_is_what_is_made_anew(edits in vec(vec(edit(), 1..3), 1..12)) {
            let (mut kept, mut proses) = (Kept::default(), Proses::new());
            let mut files = BTreeMap::from([(0, 0), (1, 3), (2, 6), (4, 6), (7, 5), (8, 10)]);
            for some in edits {
                some.iter().for_each(|edit| apply(edit, &mut files));
                let tree = SourceTree::from_texts(files.iter().map(|(path, text)| (PATHS[*path], TEXTS[*text])));
                let anew = made(&tree, &mut Kept::default(), &mut Proses::new());
                prop_assert_eq!(made(&tree, &mut kept, &mut proses), anew);
            }
        }
    }

    #[test]
    fn what_is_the_same_is_taken_and_not_made_again() {
        let files = |text| [("handbook.yaml", TEXTS[0]), ("pages/a.md", TEXTS[6]), ("pages/z.md", text)];
        let mut kept = Kept::default();
        let mut read = |text| parse_again(&SourceTree::from_texts(files(text)), "", &mut kept).handbook.pages;
        let (before, after) = (read(TEXTS[5]), read(TEXTS[6]));
        assert!(Arc::ptr_eq(&before["a"], &after["a"]));
        assert!(!Arc::ptr_eq(&before["z"], &after["z"]));
    }

    #[test]
    fn what_is_there_no_more_is_forgotten() {
        let mut kept = Kept::default();
        let all = SourceTree::from_texts([
            ("handbook.yaml", TEXTS[0]),
            ("pages/a.md", TEXTS[6]),
            ("results/one.csv", TEXTS[10]),
        ]);
        parse_again(&all, "", &mut kept);
        assert_eq!((kept.pages.0.len(), kept.results.len()), (1, 1));
        parse_again(&SourceTree::from_texts([("handbook.yaml", TEXTS[0])]), "", &mut kept);
        assert_eq!((kept.pages.0.len(), kept.results.len()), (0, 0));
    }
}
