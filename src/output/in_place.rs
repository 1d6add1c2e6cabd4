//! The second-best way, for a folder that cannot be exchanged: new files are written aside and renamed one by one.
//!
//! Pictures and styles come first, then pages, the home page last, and only then does what is no longer needed go:
//! at every moment each page that can be reached is whole. Readers may meet pages of both sites for a moment, so the
//! publisher is told.

use std::fs;
use std::path::{Path, PathBuf};

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

use super::beside::write_list;
use super::manifest::Manifest;
use super::place::Place;
use super::plan::Plan;
use super::{OutputError, Published, Step, Watch};

/// The folder, within the published one, where new files wait.
pub(super) const STAGING: &str = ".pledgebook-staging";

/// Publishes file by file, and says why in the note.
pub(super) fn publish(plan: &Plan, place: &Place, reason: &str, watch: Watch) -> Result<Published, OutputError> {
    let folder = place.folder();
    let staging = folder.join(STAGING);
    watch(Step::Folder)?;
    fs::create_dir_all(&staging).map_err(OutputError::refused("make the folder", &staging))?;
    plan.fresh.par_iter().enumerate().try_for_each(|(number, (_, source))| {
        watch(Step::File)?;
        let path = staging.join(number.to_string());
        source.bring(&path).map_err(OutputError::refused("write", &path))
    })?;
    // Before the first file: after a kill, all that either site wrote is known to be ours.
    watch(Step::File)?;
    write_list(folder, &Manifest::of(plan.before.iter().chain(plan.after.iter())).text())?;
    let mut replacing = Replacing { folder, staging: &staging, done: Vec::new() };
    if let Err(error) = replacing.replace_all(plan, watch) {
        replacing.undo();
        let _ = write_list(folder, &plan.before.text());
        return Err(error);
    }
    let _ = watch(Step::Retire);
    // From here on the new site is published, so nothing is an error any more. What cannot be removed stays listed
    // as ours, and the next publication tries again.
    let stuck: Vec<&str> =
        plan.removed.iter().map(String::as_str).filter(|path| remove(folder, path).is_err()).collect();
    let _ = write_list(folder, &Manifest::of(plan.after.iter().chain(stuck.iter().copied())).text());
    let _ = fs::remove_dir_all(&staging);
    Ok(Published {
        written: plan.fresh.len(),
        unchanged: plan.unchanged.len(),
        removed: plan.removed.len() - stuck.len(),
        exchanged: false,
        note: Some(format!("the files of `{}` were replaced one by one, home page last: {reason}", folder.display())),
    })
}

/// Replacements that can be taken back.
struct Replacing<'r> {
    folder: &'r Path,
    staging: &'r Path,
    done: Vec<Done>,
}

/// A change that can be taken back.
enum Done {
    /// A folder was made.
    Folder(PathBuf),
    /// A file takes the place of nothing.
    New(PathBuf),
    /// A file is replaced or removed, and has a second name.
    Aside {
        /// Its place.
        target: PathBuf,
        /// Where it can be brought back from.
        aside: PathBuf,
    },
}

impl Replacing<'_> {
    fn replace_all(&mut self, plan: &Plan, watch: Watch) -> Result<(), OutputError> {
        self.make_way(plan, watch)?;
        for folder in plan.folders() {
            watch(Step::Folder)?;
            let path = self.folder.join(folder);
            if !path.is_dir() {
                fs::create_dir(&path).map_err(OutputError::refused("make the folder", &path))?;
                self.done.push(Done::Folder(path));
            }
        }
        let mut order: Vec<(usize, &str)> = plan.fresh.iter().map(|(path, _)| *path).enumerate().collect();
        order.sort_by_key(|(_, path)| rank(path));
        for (number, path) in order {
            watch(Step::File)?;
            let target = self.folder.join(path);
            self.put_aside(&target)?;
            fs::rename(self.staging.join(number.to_string()), &target)
                .map_err(OutputError::refused("write", &target))?;
        }
        Ok(())
    }

    /// Removes our files where folders have to go, and our folders where files have to go.
    fn make_way(&mut self, plan: &Plan, watch: Watch) -> Result<(), OutputError> {
        for path in &plan.removed {
            let becomes_folder = plan.after.has_below(Path::new(path));
            let in_a_file = Path::new(path).ancestors().skip(1).any(|folder| plan.after.lists(folder));
            let is_there = self.folder.join(path).symlink_metadata().is_ok_and(|found| found.is_file());
            if is_there && (becomes_folder || in_a_file) {
                watch(Step::File)?;
                self.put_aside(&self.folder.join(path))?;
                remove(self.folder, path)?;
            }
        }
        Ok(())
    }

    /// Gives the file that is there a second name, from which it can come back.
    fn put_aside(&mut self, target: &Path) -> Result<(), OutputError> {
        let aside = self.staging.join(format!("before-{}", self.done.len()));
        let target = target.to_owned();
        if target.symlink_metadata().is_err() {
            self.done.push(Done::New(target));
            return Ok(());
        }
        let kept = fs::hard_link(&target, &aside).or_else(|_| fs::copy(&target, &aside).map(|_| ()));
        kept.map_err(OutputError::refused("read", &target))?;
        self.done.push(Done::Aside { target, aside });
        Ok(())
    }

    /// Brings the old site back, the latest change first.
    fn undo(&self) {
        for done in self.done.iter().rev() {
            let _ = match done {
                Done::Folder(folder) => fs::remove_dir(folder),
                Done::New(target) => fs::remove_file(target),
                Done::Aside { target, aside } => {
                    let _ = target.parent().map(fs::create_dir_all);
                    fs::rename(aside, target)
                }
            };
        }
    }
}

/// Removes one of our files, and the folders that are empty without it.
fn remove(folder: &Path, path: &str) -> Result<(), OutputError> {
    let target = folder.join(path);
    match fs::remove_file(&target) {
        Ok(()) => {}
        // Somebody was faster, or a new folder stands there by now.
        Err(_) if !target.symlink_metadata().is_ok_and(|found| found.is_file()) => {}
        Err(error) => return Err(OutputError::refused("remove", &target)(error)),
    }
    for above in Path::new(path).ancestors().skip(1).filter(|above| !above.as_os_str().is_empty()) {
        if fs::remove_dir(folder.join(above)).is_err() {
            break;
        }
    }
    Ok(())
}

/// When a file takes its place: what pages use, pages, pages that lead to others, the home page.
fn rank(path: &str) -> (u8, usize, &str) {
    let depth = path.matches('/').count();
    match path.rsplit('/').next() {
        _ if path == "index.html" => (3, 0, path),
        // Inner pages before the ones above them, which link to them.
        Some("index.html") => (2, usize::MAX - depth, path),
        _ if path.ends_with(".html") => (1, 0, path),
        _ => (0, 0, path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn home_page_comes_last_and_what_pages_use_first() {
        let mut paths = ["index.html", "de/index.html", "a.html", "style.css", "de/x/index.html", "search.json"];
        paths.sort_by_key(|path| rank(path));
        assert_eq!(paths, ["search.json", "style.css", "a.html", "de/x/index.html", "de/index.html", "index.html"]);
    }

    #[test]
    fn removal_takes_empty_folders_along_and_no_others() {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir_all(home.path().join("a/b/c")).unwrap();
        fs::write(home.path().join("a/b/c/ours"), "").unwrap();
        fs::write(home.path().join("a/theirs"), "").unwrap();
        remove(home.path(), "a/b/c/ours").unwrap();
        assert!(!home.path().join("a/b").exists() && home.path().join("a/theirs").exists());
        remove(home.path(), "a/b/c/ours").unwrap();
    }

    #[test]
    fn undo_brings_replaced_files_back_and_takes_new_ones_away() {
        let home = tempfile::tempdir().unwrap();
        let staging = home.path().join(STAGING);
        fs::create_dir(&staging).unwrap();
        fs::write(home.path().join("page"), "old").unwrap();
        let mut replacing = Replacing { folder: home.path(), staging: &staging, done: Vec::new() };
        for name in ["page", "fresh"] {
            let target = home.path().join(name);
            replacing.put_aside(&target).unwrap();
            fs::write(staging.join("0"), "new").unwrap();
            fs::rename(staging.join("0"), &target).unwrap();
        }
        assert_eq!(fs::read_to_string(home.path().join("page")).unwrap(), "new");
        replacing.undo();
        assert_eq!(fs::read_to_string(home.path().join("page")).unwrap(), "old");
        assert!(!home.path().join("fresh").exists());
    }
}
