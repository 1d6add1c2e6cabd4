//! A receipt: what a build was made of, what it said, and the files that it left. A build that would be made of the same, over
//! files that nobody has touched, has nothing to do.
//!
//! Receipts lie in a folder for caches, outside the site, and may be removed at any time. One that cannot be read is none.
//! Not here: what a build is made of (`pipeline`), and where a user's caches lie.

use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rayon::iter::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};
use serde::{Deserialize, Serialize};

use super::manifest::{self, Manifest};

/// How long a receipt is kept that nobody renews.
const KEPT: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// What is remembered of a build.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// A fingerprint of all that the build was made of.
    pub order: String,
    /// What it answered.
    pub answer: String,
    /// What it remarked on the way, line by line.
    pub remarks: Vec<String>,
    /// How many pages it made.
    pub pages: usize,
    /// Whether there were errors.
    pub errors: bool,
    /// The files that it left.
    pub files: Vec<Stamp>,
}

/// A file as it was left, so that a change shows without reading it: its size, its number, and the nanoseconds of its last
/// change of content and of any kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp(String, u64, u64, u128, i128);

impl Stamp {
    /// Looks at a file below a folder; nothing where there is no such plain file.
    fn of(folder: &Path, path: &str) -> Option<Stamp> {
        let found = fs::symlink_metadata(folder.join(path)).ok().filter(Metadata::is_file)?;
        let modified = found.modified().ok()?.duration_since(UNIX_EPOCH).ok()?.as_nanos();
        let (number, changed) = number_and_change(&found);
        Some(Stamp(path.to_owned(), found.len(), number, modified, changed))
    }
}

#[cfg(unix)]
fn number_and_change(found: &Metadata) -> (u64, i128) {
    use std::os::unix::fs::MetadataExt;
    (found.ino(), i128::from(found.ctime()) * 1_000_000_000 + i128::from(found.ctime_nsec()))
}

#[cfg(not(unix))]
fn number_and_change(_: &Metadata) -> (u64, i128) {
    (0, 0)
}

/// Looks at all files that Pledgebook wrote into a folder, and at the list of them; nothing where one is missing.
pub(super) fn stamps(folder: &Path) -> Option<Vec<Stamp>> {
    let ours = Manifest::read(folder).ok()?;
    let paths: Vec<&str> = ours.iter().chain([manifest::NAME]).collect();
    paths.into_par_iter().map(|path| Stamp::of(folder, path)).collect()
}

impl Receipt {
    /// Reads the receipt of the last build into a folder, where it was made of the same and its files are as it left them.
    pub fn find(cache: &Path, folder: &Path, order: &str) -> Option<Receipt> {
        let bytes = fs::read(place(cache, folder)?).ok()?;
        let receipt: Receipt = serde_json::from_slice(&bytes).ok()?;
        let untouched = |stamp: &Stamp| Stamp::of(folder, &stamp.0).as_ref() == Some(stamp);
        let same = receipt.order == order && !receipt.files.is_empty() && receipt.files.par_iter().all(untouched);
        same.then_some(receipt)
    }

    /// Keeps the receipt of a build into a folder, in place of the one before; receipts that have not been renewed for a month go.
    pub fn keep(&self, cache: &Path, folder: &Path) -> io::Result<()> {
        let place = place(cache, folder).ok_or(io::ErrorKind::NotFound)?;
        fs::create_dir_all(cache)?;
        let aside = place.with_extension(format!("new-{}", std::process::id()));
        let written = fs::write(&aside, serde_json::to_vec(self)?).and_then(|()| fs::rename(&aside, &place));
        if written.is_err() {
            let _ = fs::remove_file(&aside);
        }
        clear_old(cache, SystemTime::now());
        written
    }
}

/// Gives the place of a folder's receipt; nothing where there is no such folder.
fn place(cache: &Path, folder: &Path) -> Option<PathBuf> {
    let whole = folder.canonicalize().ok()?;
    let name = blake3::hash(whole.as_os_str().as_encoded_bytes()).to_hex();
    Some(cache.join(format!("{name}.json")))
}

/// Removes receipts that were written long ago.
fn clear_old(cache: &Path, now: SystemTime) {
    for entry in fs::read_dir(cache).into_iter().flatten().flatten() {
        let written = entry.metadata().and_then(|found| found.modified()).ok();
        if written.and_then(|written| now.duration_since(written).ok()).is_some_and(|age| age > KEPT) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::publication::Publication;
    use crate::render::site::RenderedSite;
    use tempfile::TempDir;

    /// A site that was built into `out`, with its receipt in `cache`.
    fn built() -> (TempDir, PathBuf, PathBuf) {
        let home = tempfile::tempdir().unwrap();
        let (out, cache) = (home.path().join("public"), home.path().join("cache"));
        let mut site = RenderedSite::default();
        site.insert("index.html".into(), *b"home");
        site.insert("a/b.html".into(), *b"page");
        let (_, files) = Publication::begin(&out).unwrap().finish(&site).unwrap();
        let receipt = Receipt { order: "o1".into(), answer: "said".into(), pages: 2, files, ..Receipt::default() };
        receipt.keep(&cache, &out).unwrap();
        (home, out, cache)
    }

    fn found(cache: &Path, out: &Path) -> bool {
        Receipt::find(cache, out, "o1").is_some()
    }

    #[test]
    fn the_same_order_over_the_same_files_finds_what_was_said() {
        let (_home, out, cache) = built();
        let receipt = Receipt::find(&cache, &out, "o1").unwrap();
        assert_eq!((receipt.answer.as_str(), receipt.pages, receipt.files.len()), ("said", 2, 3));
        assert!(Receipt::find(&cache, &out, "o2").is_none());
    }

    #[test]
    fn a_file_that_was_touched_removed_or_exchanged_makes_it_worthless() {
        for spoil in [
            (|out: &Path| fs::write(out.join("a/b.html"), "PAGE").unwrap()) as fn(&Path),
            |out| fs::remove_file(out.join("a/b.html")).unwrap(),
            |out| {
                fs::remove_file(out.join("a/b.html")).unwrap();
                fs::create_dir(out.join("a/b.html")).unwrap();
            },
            |out| fs::write(out.join(manifest::NAME), "").unwrap(),
            |out| fs::remove_dir_all(out).unwrap(),
        ] {
            let (_home, out, cache) = built();
            assert!(found(&cache, &out));
            spoil(&out);
            assert!(!found(&cache, &out));
        }
    }

    #[cfg(unix)]
    #[test]
    fn other_bytes_of_the_same_size_and_date_are_noticed() {
        let (_home, out, cache) = built();
        let path = out.join("index.html");
        let date = fs::metadata(&path).unwrap().modified().unwrap();
        fs::write(&path, "emoh").unwrap();
        fs::File::options().write(true).open(&path).unwrap().set_modified(date).unwrap();
        assert!(!found(&cache, &out));
    }

    #[test]
    fn a_foreign_file_in_the_folder_changes_nothing() {
        let (_home, out, cache) = built();
        fs::write(out.join("mine.txt"), "x").unwrap();
        assert!(found(&cache, &out));
    }

    #[test]
    fn a_receipt_that_is_gone_or_damaged_is_none() {
        let (_home, out, cache) = built();
        let path = place(&cache, &out).unwrap();
        fs::write(&path, "{").unwrap();
        assert!(!found(&cache, &out));
        fs::remove_dir_all(&cache).unwrap();
        assert!(!found(&cache, &out));
    }

    #[test]
    fn each_folder_has_its_own_receipt_and_old_ones_go() {
        let (home, out, cache) = built();
        let other = home.path().join("other");
        fs::create_dir(&other).unwrap();
        assert_ne!(place(&cache, &out), place(&cache, &other));
        clear_old(&cache, SystemTime::now() + KEPT / 2);
        assert!(found(&cache, &out));
        clear_old(&cache, SystemTime::now() + KEPT + Duration::from_secs(60));
        assert!(!found(&cache, &out));
    }
}
