//! Mending in memory: findings with one right answer are mended and the handbook is looked at again, until none is left.
//!
//! Not here: making the changes of one round (`mend`), and writing the files (the binary).

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::mend::mend;
use crate::source::text::SourceText;
use crate::source::{FileId, SourceTree};

/// A file before and after.
#[derive(Clone, Debug)]
pub struct Change {
    /// Its path below the content folder.
    pub path: Arc<str>,
    /// The text as it was read.
    pub before: Arc<SourceText>,
    /// The text as it should be.
    pub after: Arc<SourceText>,
    /// How many places were mended.
    pub places: usize,
}

/// The most rounds; each mends what could not be mended beside something else, or was not seen before.
const MOST_ROUNDS: usize = 5;

/// Mends what was found, looks again and goes on, until nothing is to be mended; gives the last look and all changes.
///
/// `parts` gives the files and findings of a look, `look` looks at other texts of the same files.
pub fn until_done<L, E>(
    first: L,
    parts: impl Fn(&L) -> (&SourceTree, &[Diagnostic]),
    mut look: impl FnMut(SourceTree) -> Result<L, E>,
) -> Result<(L, Vec<Change>), E> {
    let original = parts(&first).0.clone();
    let mut places: BTreeMap<FileId, usize> = BTreeMap::new();
    let mut looked = first;
    for _ in 0..MOST_ROUNDS {
        let (tree, diagnostics) = parts(&looked);
        let mended = mend(diagnostics, tree);
        if mended.is_empty() {
            break;
        }
        for (file, number) in mended.places {
            *places.entry(file).or_default() += number;
        }
        looked = look(tree.with_texts(mended.texts))?;
    }
    let tree = parts(&looked).0;
    let change = |(file, places): (FileId, usize)| {
        let (before, after) = (original.text(file)?.clone(), tree.text(file)?.clone());
        let path = original.file(file).path.clone();
        (before.as_str() != after.as_str()).then_some(Change { path, before, after, places })
    };
    let changes = places.into_iter().filter_map(change).collect();
    Ok((looked, changes))
}
