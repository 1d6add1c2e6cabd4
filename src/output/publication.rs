//! A publication from its beginning, before a page is made, to its end.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::lock::Lock;
use super::manifest::Manifest;
use super::place::Place;
use super::plan::{self, Plan};
use super::receipt::{self, Stamp};
use super::{OutputError, Published, Watch, beside, in_place, leftovers};
use crate::render::site::{RenderedSite, Store, Stored};

/// A folder that is published into. No other publisher works in it until this one is done or dropped.
///
/// Pages may be stored on the way, in the new folder beside it, so that a large site is never in memory as a whole: see
/// [`Store`]. What was stored and is not published is cleared away in the end.
#[derive(Debug)]
pub struct Publication {
    place: Place,
    lock: Option<Lock>,
    before: Manifest,
    /// The new folder, where pages are stored in it.
    new: OnceLock<PathBuf>,
    kept: Option<String>,
}

impl Publication {
    /// Waits until no other publisher works in a folder, which is made when it is missing, and clears away what one left that
    /// was killed.
    pub fn begin(folder: &Path) -> Result<Publication, OutputError> {
        Self::at(Place::find(folder)?)
    }

    pub(super) fn at(place: Place) -> Result<Publication, OutputError> {
        let lock = Some(Lock::wait(&place)?);
        let kept = leftovers::clear(&place);
        let mut publication = Publication { place, lock, before: Manifest::default(), new: OnceLock::new(), kept };
        publication.before = Manifest::read(publication.place.folder())?;
        Ok(publication)
    }

    /// Publishes a site as [`super::publish`] does, and looks at the files that it left before another publisher may touch them; no
    /// stamps where that is not possible.
    pub fn finish(self, site: &RenderedSite) -> Result<(Published, Vec<Stamp>), OutputError> {
        plan::check_paths(site)?;
        let published = self.publish(site, &|_| Ok(()))?;
        Ok((published, receipt::stamps(self.place.folder()).unwrap_or_default()))
    }

    /// Publishes a site, and leaves everything as it is on an error.
    pub(super) fn publish(&self, site: &RenderedSite, watch: Watch) -> Result<Published, OutputError> {
        let place = &self.place;
        let plan = Plan::make(site, place.folder(), &self.before);
        let mut published = if plan.is_nothing() {
            Published { unchanged: site.len(), exchanged: true, ..Published::default() }
        } else {
            plan::check_room(site, plan.before, place.folder())?;
            match place.in_place() {
                Some(reason) => in_place::publish(&plan, place, &reason, watch)?,
                None => beside::publish(&plan, place, self.new.get().map(PathBuf::as_path), watch)?,
            }
        };
        published.note = published.note.or_else(|| self.kept.clone());
        Ok(published)
    }
}

impl Drop for Publication {
    fn drop(&mut self) {
        // A panic is left to the next publisher, as a kill is.
        if let Some(lock) = self.lock.take_if(|_| !std::thread::panicking()) {
            leftovers::clear(&self.place);
            lock.release();
        }
    }
}

impl Store for Publication {
    fn expect(&self, pages: &mut dyn Iterator<Item = String>) {
        let pages: Vec<String> = pages.collect();
        // What cannot be a file is told when the whole site is known.
        if self.place.in_place().is_some() || pages.iter().any(|path| plan::path_fault(path).is_some()) {
            return;
        }
        match beside::begin(&self.place, &Manifest::of(pages.iter().map(String::as_str))) {
            Ok(new) => _ = self.new.set(new),
            // Publication meets the same obstacle, and tells it or finds a way around.
            Err(_) => _ = leftovers::clear(&self.place),
        }
    }

    fn store(&self, path: &str, bytes: &[u8]) -> Option<(PathBuf, bool)> {
        let new = self.new.get()?;
        let folder = self.place.folder();
        if plan::is_published(&self.before, folder, (path, bytes), &mut Vec::new()) {
            return Some((folder.join(path), true));
        }
        let file = new.join(path);
        if plan::write_new(&file, bytes).is_err() {
            let _ = fs::remove_file(&file);
            return None;
        }
        Some((file, false))
    }

    fn read(&self, stored: &Stored) -> io::Result<Vec<u8>> {
        fs::read(&stored.file)
    }
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::super::tests::{FOREIGN, Files, NEW, OLD, disk_full, files, names, old_site, read};
    use super::super::{Step, publish_at};
    use super::*;

    /// Makes a site whose pages, all but the `.css`, are stored as they are made.
    fn stored(publication: &Publication, list: &[(&str, &str)]) -> RenderedSite {
        let pages = || list.iter().filter(|(path, _)| !path.ends_with(".css"));
        publication.expect(&mut pages().map(|(path, _)| (*path).to_owned()));
        let mut site = RenderedSite::default();
        for (path, text) in list {
            match publication.store(path, text.as_bytes()).filter(|_| !path.ends_with(".css")) {
                Some((file, is_published)) => {
                    let light = text.len();
                    site.insert_stored((*path).to_owned(), Stored { file, is_published, light });
                }
                None => site.insert((*path).to_owned(), text.as_bytes()),
            }
        }
        site
    }

    fn publish_stored(place: &Place, list: &[(&str, &str)], watch: Watch) -> Result<Published, OutputError> {
        let publication = Publication::at(place.clone())?;
        let site = stored(&publication, list);
        publication.publish(&site, watch)
    }

    #[test]
    fn a_stored_site_is_published_as_one_in_memory_is() {
        let (home, place) = old_site(None);
        let expected = Published { written: 5, unchanged: 1, removed: 3, exchanged: true, note: None };
        assert_eq!(publish_stored(&place, &NEW, &|_| Ok(())).unwrap(), expected);
        assert_eq!(read(place.folder()), files(&[&NEW, &FOREIGN]));
        assert_eq!(names(home.path()), ["public"]);
        let (_other, memory) = old_site(None);
        publish_at(&memory, &in_memory(&NEW), &|_| Ok(())).unwrap();
        let list = |place: &Place| fs::read_to_string(place.folder().join(super::super::manifest::NAME)).unwrap();
        assert_eq!(list(&place), list(&memory));
    }

    fn in_memory(list: &[(&str, &str)]) -> RenderedSite {
        let mut site = RenderedSite::default();
        list.iter().for_each(|(path, text)| site.insert((*path).to_owned(), text.as_bytes()));
        site
    }

    #[test]
    fn what_is_published_already_is_not_stored_and_nothing_is_touched_when_nothing_changed() {
        let (home, place) = old_site(None);
        let before = place.folder().metadata().unwrap().modified().unwrap();
        let publication = Publication::at(place.clone()).unwrap();
        let site = stored(&publication, &OLD);
        assert!(site.stored().count() == 5 && site.stored().all(|(_, stored)| stored.is_published));
        assert_eq!(publication.read(site.stored().next().unwrap().1).unwrap(), b"x");
        let published = publication.publish(&site, &|step| panic!("{step:?}")).unwrap();
        assert_eq!(published, Published { unchanged: 6, exchanged: true, ..Published::default() });
        drop(publication);
        assert_eq!(place.folder().metadata().unwrap().modified().unwrap(), before);
        assert_eq!(names(home.path()), ["public"]);
    }

    #[test]
    fn killed_at_any_step_readers_have_one_whole_site_and_the_next_run_clears_up() {
        let whole = [files(&[&OLD, &FOREIGN]), files(&[&NEW, &FOREIGN])];
        for stop in 0.. {
            let (home, place) = old_site(None);
            let count = AtomicUsize::new(0);
            let watch = |_| match count.fetch_add(1, Ordering::SeqCst) < stop {
                true => Ok(()),
                false => resume_unwind(Box::new("killed")),
            };
            let done = catch_unwind(AssertUnwindSafe(|| publish_stored(&place, &NEW, &watch))).is_ok();
            assert!(whole.contains(&read(place.folder())), "killed at step {stop}");
            assert!(done == names(home.path()).eq(&["public"]), "killed at step {stop}");
            assert_eq!(publish_stored(&place, &NEW, &|_| Ok(())).unwrap().note, None);
            assert_eq!((read(place.folder()), names(home.path())), (whole[1].clone(), vec!["public".to_owned()]));
            if done {
                assert!(stop > 8);
                break;
            }
        }
    }

    #[test]
    fn killed_while_pages_are_made_the_old_site_is_whole_and_the_next_run_clears_up() {
        let (home, place) = old_site(None);
        let made = || {
            let publication = Publication::at(place.clone()).unwrap();
            stored(&publication, &NEW);
            resume_unwind(Box::new("killed"));
        };
        assert!(catch_unwind(AssertUnwindSafe(made)).is_err());
        assert_eq!(read(place.folder()), files(&[&OLD, &FOREIGN]));
        assert!(names(home.path()).len() > 1);
        assert_eq!(publish_stored(&place, &NEW, &|_| Ok(())).unwrap().note, None);
        assert_eq!((read(place.folder()), names(home.path())), (files(&[&NEW, &FOREIGN]), vec!["public".to_owned()]));
    }

    #[test]
    fn a_site_that_is_given_up_leaves_nothing_and_lets_the_next_in() {
        let (home, place) = old_site(None);
        let publication = Publication::at(place.clone()).unwrap();
        stored(&publication, &NEW);
        drop(publication);
        assert_eq!((read(place.folder()), names(home.path())), (files(&[&OLD, &FOREIGN]), vec!["public".to_owned()]));
        assert!(publish_stored(&place, &NEW, &|_| Ok(())).unwrap().exchanged);
    }

    #[test]
    fn disk_full_at_any_step_leaves_the_old_site_and_nothing_else() {
        for stop in 0.. {
            let (home, place) = old_site(None);
            let count = AtomicUsize::new(0);
            let watch = |_: Step| if count.fetch_add(1, Ordering::SeqCst) < stop { Ok(()) } else { Err(disk_full()) };
            let done = publish_stored(&place, &NEW, &watch).is_ok();
            assert_eq!(names(home.path()), ["public"]);
            let expected: Files = files(&[if done { &NEW } else { &OLD }, &FOREIGN]);
            assert_eq!(read(place.folder()), expected, "failed at step {stop}");
            if done {
                assert!(stop > 8);
                break;
            }
        }
    }

    #[test]
    fn a_page_that_could_not_be_stored_is_kept_in_memory() {
        let (_home, place) = old_site(None);
        let publication = Publication::at(place.clone()).unwrap();
        publication.expect(&mut ["a/b.html".to_owned()].into_iter());
        assert_eq!(publication.store("none/such.html", b"x"), None, "there is no such folder");
        let (file, _) = publication.store("a/b.html", b"1").unwrap();
        assert_eq!(publication.store("a/b.html", b"2"), None, "a second page of this name");
        assert!(!file.exists(), "no half page stays");
    }

    #[test]
    fn a_file_that_comes_later_takes_the_place_of_a_stored_page() {
        let (_home, place) = old_site(None);
        let publication = Publication::at(place.clone()).unwrap();
        let mut site = stored(&publication, &NEW);
        site.insert("index.html".into(), *b"later");
        publication.publish(&site, &|_| Ok(())).unwrap();
        assert_eq!(fs::read_to_string(place.folder().join("index.html")).unwrap(), "later");
    }

    #[test]
    fn where_the_folder_cannot_be_exchanged_stored_pages_are_brought_one_by_one() {
        // With more foreign files than are carried over, which shows only when the pages are stored.
        let (home, place) = old_site(None);
        fs::create_dir(place.folder().join("many")).unwrap();
        (0..2_001).for_each(|n| fs::write(place.folder().join(format!("many/{n}")), "").unwrap());
        let published = publish_stored(&place, &NEW, &|_| Ok(())).unwrap();
        assert!(!published.exchanged && published.note.unwrap().contains("other files"));
        let mut found = read(place.folder());
        found.retain(|path, _| !path.starts_with("many/"));
        assert_eq!((found, names(home.path())), (files(&[&NEW, &FOREIGN]), vec!["public".to_owned()]));
    }

    #[test]
    fn in_place_and_with_a_path_that_is_none_nothing_is_stored() {
        let (home, place) = old_site(Some("test"));
        let publication = Publication::at(place.clone()).unwrap();
        assert_eq!(stored(&publication, &NEW).stored().count(), 0);
        drop(publication);
        let (_other, place) = old_site(None);
        let publication = Publication::at(place.clone()).unwrap();
        publication.expect(&mut ["../a.html".to_owned(), "b.html".to_owned()].into_iter());
        assert_eq!(publication.store("b.html", b"x"), None);
        assert_eq!(names(home.path()), ["public"]);
    }
}
