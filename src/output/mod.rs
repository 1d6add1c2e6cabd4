//! Puts a finished site on disk. Readers of the folder see the whole old site or the whole new one at every moment.
//!
//! A new folder is made beside the old one, what has not changed is linked into it, and the two are exchanged in one
//! step. Not here: what a site holds, and where it is published to.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "this room writes the published folder")]

pub mod beside;
pub mod exchange;
pub mod in_place;
pub mod leftovers;
pub mod lock;
pub mod manifest;
pub mod place;
pub mod plan;
pub mod publication;
pub mod receipt;
pub mod survey;

use std::io;
use std::path::{Path, PathBuf};

use crate::render::site::RenderedSite;

use place::Place;
use publication::Publication;

/// What a publication did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// How many files are new or have other bytes than before.
    pub written: usize,
    /// How many files were left as they were, with their modification time.
    pub unchanged: usize,
    /// How many files of the old site are no longer there.
    pub removed: usize,
    /// Whether readers went from the old site to the new one in a single step. Also true when there was nothing to do.
    pub exchanged: bool,
    /// What the publisher should know: why it was not one step, or what could not be cleared away.
    pub note: Option<String>,
}

/// What keeps a site from being published. The old site is whole after each of these.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// A path of the site cannot be a file below the folder.
    #[error("the site has a file `{path}`, which cannot be written: {reason}")]
    SitePath {
        /// The path within the site.
        path: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// Something that Pledgebook did not write stands where a file of the site has to go.
    #[error("`{0}` was not written by pledgebook and is in the way; move it, or choose another folder")]
    Occupied(PathBuf),
    /// The place is a file, a broken link or the root of the file system.
    #[error("`{0}` is not a folder that a site can be published into; choose another one")]
    NotAFolder(PathBuf),
    /// The list of the files that Pledgebook wrote is damaged, so none can be replaced safely.
    #[error("line {line} of `{path}` is damaged; restore this file, or publish into another folder")]
    Manifest {
        /// The list.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
    },
    /// The system refused.
    #[error("cannot {action} `{path}`: {source}")]
    Disk {
        /// What was tried.
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl OutputError {
    /// Makes the error of a refused action, for `map_err`.
    fn refused(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> OutputError {
        move |source| OutputError::Disk { action, path: path.to_owned(), source }
    }
}

/// A moment at which a publication could be killed. Tests stop it at each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// Before a folder is made.
    Folder,
    /// Before a file is written, linked, renamed or removed.
    File,
    /// Before the new site takes the old one's place.
    Exchange,
    /// When the old site is aside and the new one not yet in its place.
    Between,
    /// Before the old site is removed.
    Retire,
}

/// Called before each step. An error is a disk that is full by then, a panic a kill: nothing is cleared up after it.
type Watch<'w> = &'w (dyn Fn(Step) -> Result<(), OutputError> + Sync);

/// Publishes a site into a folder, which is made when it is missing.
///
/// Files that have not changed keep their modification time, files that Pledgebook did not write are kept, and
/// nothing at all is touched when nothing has changed. A second publisher into the same folder waits for the first.
/// After an error the old site is whole.
pub fn publish(site: &RenderedSite, folder: &Path) -> Result<Published, OutputError> {
    plan::check_paths(site)?;
    publish_at(&Place::find(folder)?, site, &|_| Ok(()))
}

fn publish_at(place: &Place, site: &RenderedSite, watch: Watch) -> Result<Published, OutputError> {
    Publication::at(place.clone())?.publish(site, watch)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;
    use std::fs;
    use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
    use std::time::{Duration, SystemTime, UNIX_EPOCH};

    pub(super) type Files = BTreeMap<String, String>;

    /// Old and new differ in every way that files can: same, changed, added, removed, file to folder, folder to file.
    pub(super) const OLD: [(&str, &str); 6] = [
        ("index.html", "old"),
        ("same.css", "same"),
        ("a/page.html", "old"),
        ("a/gone", "x"),
        ("f", "file"),
        ("d/x", "1"),
    ];
    pub(super) const NEW: [(&str, &str); 6] = [
        ("index.html", "new!"),
        ("same.css", "same"),
        ("a/page.html", "NEW"),
        ("b/c/added", "y"),
        ("f/x", "2"),
        ("d", "3"),
    ];
    pub(super) const FOREIGN: [(&str, &str); 3] = [(".gitignore", "*"), ("a/notes", "mine"), ("theirs/deep/x", "")];

    fn site(files: &[(&str, &str)]) -> RenderedSite {
        let mut site = RenderedSite::default();
        files.iter().for_each(|(path, text)| site.insert((*path).to_owned(), text.as_bytes()));
        site
    }

    pub(super) fn files(lists: &[&[(&str, &str)]]) -> Files {
        lists.iter().flat_map(|list| list.iter()).map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
    }

    fn write(folder: &Path, list: &[(&str, &str)]) {
        for (path, text) in list {
            fs::create_dir_all(folder.join(path).parent().unwrap()).unwrap();
            fs::write(folder.join(path), text).unwrap();
        }
    }

    /// What readers find in a folder.
    pub(super) fn read(folder: &Path) -> Files {
        let found = survey::walk(folder, Path::new(""), &Default::default(), usize::MAX).unwrap().unwrap();
        let text = |path: &PathBuf| fs::read_to_string(folder.join(path)).unwrap_or_default();
        found.files.iter().map(|path| (path.to_str().unwrap().to_owned(), text(path))).collect()
    }

    pub(super) fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// A folder with foreign files in which the old site is published.
    pub(super) fn old_site(in_place: Option<&str>) -> (tempfile::TempDir, Place) {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("public");
        write(&folder, &FOREIGN);
        publish(&site(&OLD), &folder).unwrap();
        let mut place = Place::find(&folder).unwrap();
        place.forced = in_place.map(str::to_owned);
        (home, place)
    }

    /// Ends a publication at its `stop`th step, on whichever thread that is; returns whether it came to its end.
    fn stop_at(place: &Place, stop: usize, end: fn() -> OutputError) -> bool {
        let count = AtomicUsize::new(0);
        let watch = |_| if count.fetch_add(1, Ordering::SeqCst) < stop { Ok(()) } else { Err(end()) };
        catch_unwind(AssertUnwindSafe(|| publish_at(place, &site(&NEW), &watch))).is_ok_and(|done| done.is_ok())
    }

    fn kill() -> OutputError {
        resume_unwind(Box::new("killed"))
    }

    pub(super) fn disk_full() -> OutputError {
        OutputError::refused("write", Path::new("x"))(io::ErrorKind::StorageFull.into())
    }

    fn set_time(path: &Path, time: SystemTime) {
        fs::OpenOptions::new().append(true).open(path).unwrap().set_modified(time).unwrap();
    }

    #[test]
    fn first_publication_makes_the_folder() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("deep/public");
        let published = publish(&site(&OLD), &folder).unwrap();
        assert_eq!(published, Published { written: 6, exchanged: true, ..Published::default() });
        assert_eq!(read(&folder), files(&[&OLD]));
        assert_eq!(names(&home.path().join("deep")), ["public"]);
    }

    #[test]
    fn new_site_replaces_the_old_one_and_keeps_foreign_files() {
        let (home, place) = old_site(None);
        let published = publish_at(&place, &site(&NEW), &|_| Ok(())).unwrap();
        let expected = Published { written: 5, unchanged: 1, removed: 3, exchanged: true, note: None };
        assert_eq!(published, expected);
        assert_eq!(read(place.folder()), files(&[&NEW, &FOREIGN]));
        assert_eq!(names(home.path()), ["public"]);
    }

    #[test]
    fn nothing_is_touched_when_nothing_changed() {
        let (_home, place) = old_site(None);
        let before = place.folder().metadata().unwrap();
        let published = publish_at(&place, &site(&OLD), &|step| panic!("{step:?}")).unwrap();
        assert_eq!(published, Published { unchanged: 6, exchanged: true, ..Published::default() });
        let after = place.folder().metadata().unwrap();
        assert!(place::is_same_file(&before, &after) && before.modified().unwrap() == after.modified().unwrap());
    }

    #[test]
    fn unchanged_files_keep_their_modification_time() {
        for in_place in [None, Some("test")] {
            let (_home, place) = old_site(in_place);
            let time = UNIX_EPOCH + Duration::from_secs(1_000_000_000);
            for path in ["same.css", "index.html", ".gitignore"] {
                set_time(&place.folder().join(path), time);
            }
            publish_at(&place, &site(&NEW), &|_| Ok(())).unwrap();
            let modified = |path: &str| place.folder().join(path).metadata().unwrap().modified().unwrap();
            assert_eq!((modified("same.css"), modified(".gitignore")), (time, time));
            assert_ne!(modified("index.html"), time);
        }
    }

    #[test]
    fn changed_by_hand_is_mended_and_lost_is_written_again() {
        let (_home, place) = old_site(None);
        fs::write(place.folder().join("index.html"), "OLD").unwrap();
        fs::remove_file(place.folder().join("d/x")).unwrap();
        assert_eq!(publish_at(&place, &site(&OLD), &|_| Ok(())).unwrap().written, 2);
        assert_eq!(read(place.folder()), files(&[&OLD, &FOREIGN]));
    }

    #[test]
    fn foreign_file_in_the_way_is_an_error_and_nothing_changes() {
        let (home, place) = old_site(None);
        let error = publish(&site(&[("index.html", "new"), ("a/notes", "ours")]), place.folder()).unwrap_err();
        assert!(
            error.to_string().ends_with(
                "a/notes` was not written by pledgebook and is in the way; move it, or choose another folder"
            )
        );
        assert_eq!(read(place.folder()), files(&[&OLD, &FOREIGN]));
        assert_eq!(names(home.path()), ["public"]);
    }

    #[test]
    fn killed_at_any_step_readers_have_one_whole_site_and_the_next_run_clears_up() {
        let whole = [files(&[&OLD, &FOREIGN]), files(&[&NEW, &FOREIGN])];
        for stop in 0.. {
            let (home, place) = old_site(None);
            let done = stop_at(&place, stop, kill);
            assert!(whole.contains(&read(place.folder())), "killed at step {stop}");
            assert!(done == names(home.path()).eq(&["public"]), "killed at step {stop}");
            let published = publish_at(&place, &site(&NEW), &|_| Ok(())).unwrap();
            assert_eq!(published.note, None);
            assert_eq!((read(place.folder()), names(home.path())), (whole[1].clone(), vec!["public".to_owned()]));
            if done {
                assert!(stop > 15);
                break;
            }
        }
    }

    #[test]
    fn disk_full_at_any_step_leaves_the_old_site_and_nothing_else() {
        for in_place in [None, Some("test")] {
            for stop in 0.. {
                let (home, place) = old_site(in_place);
                let done = stop_at(&place, stop, disk_full);
                assert_eq!(names(home.path()), ["public"]);
                if done {
                    assert_eq!(read(place.folder()), files(&[&NEW, &FOREIGN]));
                    assert!(stop > 15);
                    break;
                }
                assert_eq!(read(place.folder()), files(&[&OLD, &FOREIGN]), "{in_place:?} failed at step {stop}");
            }
        }
    }

    #[test]
    fn killed_in_place_every_file_is_whole_and_the_next_run_completes() {
        let (old, new) = (files(&[&OLD]), files(&[&NEW]));
        for stop in 0.. {
            let (_home, place) = old_site(Some("test"));
            let done = stop_at(&place, stop, kill);
            for (path, text) in read(place.folder()) {
                let known = [&old, &new, &files(&[&FOREIGN])].iter().any(|site| site.get(&path) == Some(&text));
                assert!(known, "killed at step {stop}: `{path}` holds {text:?}");
            }
            let home_page = fs::read_to_string(place.folder().join("index.html")).unwrap();
            assert!(home_page == "old" || new.iter().all(|(path, text)| read(place.folder()).get(path) == Some(text)));
            publish_at(&place, &site(&NEW), &|_| Ok(())).unwrap();
            assert_eq!(read(place.folder()), files(&[&NEW, &FOREIGN]));
            assert!(!names(place.folder()).contains(&in_place::STAGING.to_owned()));
            if done {
                break;
            }
        }
    }

    #[test]
    fn in_place_says_so_and_keeps_the_folder() {
        let (_home, place) = old_site(Some("it is a mount point"));
        let before = place.folder().metadata().unwrap();
        let published = publish_at(&place, &site(&NEW), &|_| Ok(())).unwrap();
        assert!(
            !published.exchanged && published.note.unwrap().contains("one by one, home page last: it is a mount point")
        );
        assert!(place::is_same_file(&before, &place.folder().metadata().unwrap()));
        assert_eq!(read(place.folder()), files(&[&NEW, &FOREIGN]));
    }

    #[cfg(unix)]
    #[test]
    fn link_stays_and_what_it_leads_to_is_exchanged() {
        let home = tempfile::tempdir().unwrap();
        let (real, link) = (home.path().join("www/site"), home.path().join("public"));
        fs::create_dir_all(&real).unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        assert!(publish(&site(&OLD), &link).unwrap().exchanged);
        assert!(link.symlink_metadata().unwrap().is_symlink());
        assert_eq!((read(&real), names(&home.path().join("www"))), (files(&[&OLD]), vec!["site".to_owned()]));
    }

    #[cfg(unix)]
    #[test]
    fn rights_of_folders_are_kept() {
        use std::os::unix::fs::PermissionsExt;
        let (_home, place) = old_site(None);
        let mode = |path: &str| place.folder().join(path).metadata().unwrap().permissions().mode() & 0o7777;
        for (path, mode) in [("", 0o2750), ("a", 0o711), ("theirs/deep", 0o700)] {
            fs::set_permissions(place.folder().join(path), fs::Permissions::from_mode(mode)).unwrap();
        }
        publish_at(&place, &site(&NEW), &|_| Ok(())).unwrap();
        assert_eq!((mode(""), mode("a"), mode("theirs/deep")), (0o2750, 0o711, 0o700));
    }

    #[test]
    fn foreign_files_and_empty_folders_survive_many_publications() {
        let (_home, place) = old_site(None);
        fs::create_dir_all(place.folder().join("empty/inside")).unwrap();
        for round in 0..4 {
            let list = if round % 2 == 0 { &NEW } else { &OLD };
            publish_at(&place, &site(list), &|_| Ok(())).unwrap();
            assert_eq!(read(place.folder()), files(&[list, &FOREIGN]));
            assert!(place.folder().join("empty/inside").is_dir());
        }
    }

    #[test]
    fn empty_site_removes_what_was_ours_and_no_more() {
        let (_home, place) = old_site(None);
        assert_eq!(publish_at(&place, &site(&[]), &|_| Ok(())).unwrap().removed, 6);
        assert_eq!(read(place.folder()), files(&[&FOREIGN]));
        assert!(!place.folder().join("d").exists());
    }

    #[test]
    fn damaged_list_is_an_error_and_nothing_changes() {
        let (_home, place) = old_site(None);
        fs::write(place.folder().join(manifest::NAME), "../../precious\n").unwrap();
        assert!(matches!(publish(&site(&NEW), place.folder()), Err(OutputError::Manifest { line: 1, .. })));
        assert_eq!(read(place.folder()), files(&[&OLD, &FOREIGN]));
    }

    #[test]
    fn two_publishers_at_once_never_mix_and_readers_never_go_back() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("public");
        let version = |number: usize| {
            let text = format!("{number:04}");
            site(&[("a", &text), ("b", &text), ("same", "x"), (&format!("only-{number}"), "")])
        };
        publish(&version(0), &folder).unwrap();
        let (next, over) = (AtomicUsize::new(1), AtomicBool::new(false));
        std::thread::scope(|scope| {
            let publisher = || {
                while next.load(Ordering::SeqCst) < 120 {
                    publish(&version(next.fetch_add(1, Ordering::SeqCst)), &folder).unwrap();
                }
            };
            let one = scope.spawn(publisher);
            let other = scope.spawn(publisher);
            scope.spawn(|| {
                while !over.load(Ordering::SeqCst) {
                    let text = fs::read_to_string(folder.join("a")).unwrap();
                    assert!(text.len() == 4 && fs::read_to_string(folder.join("same")).unwrap() == "x");
                }
            });
            let ended = (one.join(), other.join());
            over.store(true, Ordering::SeqCst);
            assert!(ended.0.is_ok() && ended.1.is_ok());
        });
        let found = read(&folder);
        assert_eq!((found.len(), &found["a"]), (4, &found["b"]));
        assert!(found.contains_key(&format!("only-{}", found["a"].trim_start_matches('0'))));
        assert_eq!(names(home.path()), ["public"]);
    }
}
