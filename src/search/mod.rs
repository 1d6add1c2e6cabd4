//! The index of the search: what a reader may look for, as small plain files that a script loads one by one.
//!
//! Two tiers: things (services, standards, promises, …) answer at once, the text of the pages completes the list.
//! docs/search.md describes the files. Not here: the script that reads them, which is the theme's `search.js`.

pub mod alike;
pub mod entry;
pub mod fold;
pub mod gather;
pub mod manifest;
pub mod parts;
pub mod postings;
pub mod records;
pub mod said;
pub mod shards;
pub mod spelling;
pub mod stem;
pub mod variants;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::fields::text::Language;
use crate::view::writer::Shared;
use fold::Folding;
use records::{Files, Written};

/// The version of the format. The script of another version loads itself anew.
pub const FORMAT: u32 = 2;

/// The folder of the index on the site.
pub const FOLDER: &str = "search";

/// Makes the files of the index of all languages, by path below the site's root.
pub fn files(shared: &Shared<'_>) -> Vec<(String, Vec<u8>)> {
    let languages: Vec<Language> = shared.languages().collect();
    languages.into_par_iter().flat_map(|language| in_language(shared, language)).collect()
}

fn in_language(shared: &Shared<'_>, language: Language) -> Vec<(String, Vec<u8>)> {
    let tag = &shared.tags[usize::from(language.0)];
    let folding = Folding::of(tag);
    let found = gather::gather(shared, language);
    let (things, passages) = rayon::join(
        || postings::surfaces(&found.things, &found.pages, 0, &folding),
        || postings::surfaces(&found.passages, &found.pages, found.things.len(), &folding),
    );
    let known = parts::known(&things, &passages, &folding);
    let (mut things, passages) =
        rayon::join(|| postings::index(things, &known, &folding), || postings::index(passages, &known, &folding));
    let writer = shared.writer(language, "index.html");
    alike::lend(&mut things, &alike::groups(writer.locale(), &folding));
    let mut files = Files::default();
    let written = Written::of(&found);
    let first = shards::pack(&things, shards::Tier::THINGS, &written, &mut files);
    let second = shards::pack(&passages, shards::Tier::TEXT, &written, &mut files);
    let spelled = spelling::pack(&things, &mut files);
    records::pack(&written, &mut files);
    manifest::add(shared, language, &manifest::Heads { found: &found, first, second, spelled }, &mut files);
    files.finish(&format!("{FOLDER}/{tag}"))
}
