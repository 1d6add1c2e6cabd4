//! Clears away what an exchange or a killed publication left, without losing a file that Pledgebook did not write.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::in_place;
use super::manifest::{self, Manifest};
use super::place::{Beside, Place, is_same_file};
use super::survey;

/// Clears everything that is left beside and in a folder, and brings an old site back whose exchange was cut off.
///
/// Only the holder of the lock may call this. Returns what the publisher should know when something had to stay.
pub(super) fn clear(place: &Place) -> Option<String> {
    let left = find(place);
    let aside = left.iter().find(|(_, beside)| *beside == Beside::Old);
    if let (true, Some((old, _))) = (place.folder().symlink_metadata().is_err(), aside) {
        let _ = fs::rename(old, place.folder());
    }
    let _ = fs::remove_dir_all(place.folder().join(in_place::STAGING));
    let kept: Vec<PathBuf> = left.into_iter().map(|(old, _)| old).filter(|old| !retire(old, place.folder())).collect();
    let first = kept.first()?;
    Some(format!("`{}` could not be cleared away; look at what it holds, then remove it", first.display()))
}

fn find(place: &Place) -> Vec<(PathBuf, Beside)> {
    let entries = fs::read_dir(place.parent()).into_iter().flatten().flatten();
    let mut left: Vec<_> = entries
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
        .filter_map(|entry| Some((entry.path(), place.recognise(&entry.file_name())?)))
        .collect();
    left.sort_by(|one, other| one.0.cmp(&other.0));
    left
}

/// Removes a folder with what we wrote. A foreign file in it is kept: it is the one in `current`, or goes there.
///
/// Returns whether the folder is gone.
fn retire(old: &Path, current: &Path) -> bool {
    let (Ok(ours), Ok(now)) = (Manifest::read(old), Manifest::read(current)) else {
        return old.symlink_metadata().is_err();
    };
    let listed = old.join(manifest::NAME).exists();
    let retiring = Retiring { old, current, ours, now, listed };
    if !retiring.empty(Path::new("")) {
        return false;
    }
    // The list goes last: after a kill it still tells what is ours.
    let _ = fs::remove_file(old.join(manifest::NAME));
    fs::remove_dir(old).is_ok() || old.symlink_metadata().is_err()
}

struct Retiring<'r> {
    old: &'r Path,
    current: &'r Path,
    ours: Manifest,
    now: Manifest,
    /// Without a list it may be somebody's folder of that name: then nothing is moved out of it.
    listed: bool,
}

impl Retiring<'_> {
    /// Empties a part of the old folder; returns whether nothing is left in it but the list.
    fn empty(&self, part: &Path) -> bool {
        let Ok(found) = survey::list(self.old, part) else { return false };
        let gone = |(path, kind): &(PathBuf, fs::FileType)| {
            let there = self.old.join(path);
            if kind.is_dir() {
                self.empty(path) && fs::remove_dir(&there).is_ok()
            } else if path == Path::new(manifest::NAME) {
                true
            } else if manifest::is_own(path) || (kind.is_file() && self.ours.lists(path)) {
                fs::remove_file(&there).is_ok()
            } else {
                self.rescue(path).unwrap_or(false)
            }
        };
        // All of them, even after one that stays.
        found.par_iter().map(gone).reduce(|| true, |one, other| one && other)
    }

    /// Sees to it that a foreign file is in the current folder. Of two states of it the later one is kept.
    fn rescue(&self, path: &Path) -> io::Result<bool> {
        let (from, to) = (self.old.join(path), self.current.join(path));
        let here = from.symlink_metadata()?;
        match to.symlink_metadata() {
            Ok(there) if is_same_file(&there, &here) => fs::remove_file(&from)?,
            Ok(there) if self.now.lists(path) || there.is_dir() => return Ok(false),
            Ok(there) if there.modified()? >= here.modified()? => fs::remove_file(&from)?,
            _ if !self.listed => return Ok(false),
            Ok(_) => fs::rename(&from, &to)?,
            Err(_) => {
                to.parent().map_or(Ok(()), fs::create_dir_all)?;
                fs::rename(&from, &to)?;
            }
        }
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Case {
        home: tempfile::TempDir,
        place: Place,
        left: PathBuf,
    }

    impl Case {
        /// A published folder with an old one beside it that lists `ours`.
        fn new() -> Case {
            let home = tempfile::tempdir().unwrap();
            let place = Place::find(&home.path().join("public")).unwrap();
            let left = place.numbered(Beside::New, 7);
            let case = Case { home, place, left };
            for folder in [case.place.folder(), &case.left] {
                fs::create_dir(folder).unwrap();
                fs::write(folder.join(manifest::NAME), Manifest::of(["ours", "a/ours"].into_iter()).text()).unwrap();
                case.write(folder, "ours", "1");
                case.write(folder, "a/ours", "1");
            }
            case
        }

        fn write(&self, folder: &Path, path: &str, text: &str) {
            fs::create_dir_all(folder.join(path).parent().unwrap()).unwrap();
            fs::write(folder.join(path), text).unwrap();
        }

        fn public(&self, path: &str) -> String {
            fs::read_to_string(self.place.folder().join(path)).unwrap_or_default()
        }

        fn beside(&self) -> usize {
            fs::read_dir(self.home.path()).unwrap().count()
        }
    }

    #[test]
    fn old_site_is_removed_whole() {
        let case = Case::new();
        assert_eq!(clear(&case.place), None);
        assert_eq!((case.beside(), case.public("a/ours").as_str()), (1, "1"));
    }

    #[test]
    fn foreign_file_written_at_the_last_moment_is_kept() {
        let case = Case::new();
        case.write(&case.left, "b/late", "mine");
        assert_eq!(clear(&case.place), None);
        assert_eq!((case.beside(), case.public("b/late").as_str()), (1, "mine"));
    }

    #[test]
    fn later_state_of_a_foreign_file_wins() {
        for (earlier, later) in [("left", "public"), ("public", "left")] {
            let case = Case::new();
            case.write(case.place.folder(), "notes", "public");
            case.write(&case.left, "notes", "left");
            let first = if earlier == "left" { &case.left } else { case.place.folder() };
            let file = fs::OpenOptions::new().append(true).open(first.join("notes")).unwrap();
            file.set_modified(std::time::UNIX_EPOCH).unwrap();
            assert_eq!(clear(&case.place), None);
            assert_eq!((case.beside(), case.public("notes").as_str()), (1, later));
        }
    }

    #[test]
    fn foreign_file_under_a_name_that_is_now_ours_stays_and_is_told() {
        let case = Case::new();
        fs::write(case.left.join(manifest::NAME), Manifest::of(["a/ours"].into_iter()).text()).unwrap();
        case.write(&case.left, "ours", "a stranger's");
        assert!(clear(&case.place).unwrap().contains(".public.new-7"));
        assert_eq!(case.public("ours"), "1");
        assert_eq!(fs::read_to_string(case.left.join("ours")).unwrap(), "a stranger's");
    }

    #[test]
    fn somebodys_folder_of_such_a_name_is_left_alone() {
        let case = Case::new();
        fs::remove_file(case.left.join(manifest::NAME)).unwrap();
        case.write(&case.left, "b/theirs", "x");
        assert!(clear(&case.place).unwrap().contains(".public.new-7"));
        assert!(case.left.join("b/theirs").exists() && case.public("b/theirs").is_empty());
    }

    #[test]
    fn beginning_of_a_site_is_removed() {
        let case = Case::new();
        fs::remove_dir_all(&case.left).unwrap();
        fs::create_dir(&case.left).unwrap();
        fs::write(case.left.join(".pledgebook-manifest-half"), "pledge").unwrap();
        assert_eq!(clear(&case.place), None);
        assert_eq!(case.beside(), 1);
    }

    #[test]
    fn old_site_whose_exchange_was_cut_off_comes_back() {
        let case = Case::new();
        case.write(case.place.folder(), "ours", "the old site");
        fs::rename(case.place.folder(), case.place.numbered(Beside::Old, 7)).unwrap();
        assert_eq!(clear(&case.place), None);
        assert_eq!((case.beside(), case.public("ours").as_str()), (1, "the old site"));
    }

    #[cfg(unix)]
    #[test]
    fn link_is_removed_and_not_followed() {
        let case = Case::new();
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("precious"), "x").unwrap();
        for folder in [case.place.folder(), &case.left] {
            std::os::unix::fs::symlink(outside.path(), folder.join("link")).unwrap();
        }
        assert_eq!(clear(&case.place), None);
        assert!(outside.path().join("precious").exists() && case.place.folder().join("link").exists());
    }
}
