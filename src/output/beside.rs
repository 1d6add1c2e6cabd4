//! The usual way: a whole new folder beside the old one, what has not changed linked into it, then exchanged.

use std::collections::BTreeSet;
use std::fs::{self, Metadata, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::exchange::{self, Exchanged};
use super::manifest::{self, Manifest};
use super::place::{Beside, Place};
use super::plan::{self, Plan};
use super::survey::{self, Foreign};
use super::{OutputError, Published, Step, Watch, in_place, leftovers};

/// Up to how many foreign files are carried over to the new folder. With more, the folder is somebody's home, and is
/// better left where it is.
const MOST_FOREIGN: usize = 2_000;

/// Publishes through a new folder; where none can be made or exchanged, in place. `begun` is the new folder where pages were
/// stored in it already.
pub(super) fn publish(
    plan: &Plan,
    place: &Place,
    begun: Option<&Path>,
    watch: Watch,
) -> Result<Published, OutputError> {
    let folder = place.folder();
    let Some(foreign) = survey::walk(folder, Path::new(""), plan.before, MOST_FOREIGN)? else {
        return in_place::publish(plan, place, &format!("it holds more than {MOST_FOREIGN} other files"), watch);
    };
    watch(Step::Folder)?;
    let new = match begun.map_or_else(|| make_folder(place), |begun| Ok(begun.to_owned())) {
        Ok(new) => new,
        Err(error) if is_forbidden(&error) && folder.is_dir() => {
            return in_place::publish(plan, place, &format!("no folder can be made beside it ({error})"), watch);
        }
        Err(error) => return Err(OutputError::refused("make a folder in", place.parent())(error)),
    };
    Filling { plan, old: folder, new: &new, watch }.fill(&foreign)?;
    watch(Step::Exchange)?;
    let note = match exchange::exchange(place, &new, watch)? {
        Exchanged::AtOnce => None,
        Exchanged::ByRenames(reason) => Some(format!(
            "`{}` was missing for a moment while the new site took its place: folders cannot be exchanged here ({reason})",
            folder.display()
        )),
        Exchanged::Refused(reason) => {
            let done = in_place::publish(plan, place, &format!("it cannot be exchanged ({reason})"), watch);
            leftovers::clear(place);
            return done;
        }
    };
    // The new site is published: nothing that follows is an error.
    let _ = watch(Step::Retire);
    let kept = leftovers::clear(place);
    Ok(Published {
        written: plan.fresh.len(),
        unchanged: plan.unchanged.len(),
        removed: plan.removed.len(),
        exchanged: note.is_none(),
        note: note.or(kept),
    })
}

/// Makes an empty folder beside, under a name that nobody has.
fn make_folder(place: &Place) -> io::Result<PathBuf> {
    let start = std::process::id();
    for number in start..start.saturating_add(100) {
        let new = place.numbered(Beside::New, number);
        match fs::create_dir(&new) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            made => return made.map(|()| new),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

fn is_forbidden(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem)
}

/// The new folder on its way to completeness.
struct Filling<'f> {
    plan: &'f Plan<'f>,
    old: &'f Path,
    new: &'f Path,
    watch: Watch<'f>,
}

impl Filling<'_> {
    fn fill(&self, foreign: &Foreign) -> Result<(), OutputError> {
        // The list comes first: after a kill it tells what in the unfinished folder is ours.
        (self.watch)(Step::File)?;
        write_list(self.new, &self.plan.after.text())?;
        let folders = self.folders(foreign);
        make_folders(self.new, &folders, self.watch)?;
        self.plan.fresh.par_iter().try_for_each(|(path, source)| {
            (self.watch)(Step::File)?;
            let there = self.new.join(path);
            source.bring(&there).map_err(OutputError::refused("write", &there))
        })?;
        self.plan.unchanged.par_iter().try_for_each(|path| self.carry(Path::new(path)))?;
        foreign.files.par_iter().try_for_each(|path| self.carry(path))?;
        let take_after = |folder: &Path| take_after(&self.old.join(folder), &self.new.join(folder));
        folders.par_iter().for_each(|folder| take_after(folder));
        take_after(Path::new(""));
        Ok(())
    }

    /// Lists the folders of the new site, those of foreign files among them, level by level.
    fn folders<'p>(&'p self, foreign: &'p Foreign) -> Vec<&'p Path> {
        let above = foreign.files.iter().flat_map(|file| file.ancestors().skip(1));
        let all = self.plan.folders().into_iter().map(Path::new);
        let all: BTreeSet<&Path> = all.chain(foreign.folders.iter().map(PathBuf::as_path)).chain(above).collect();
        let mut levels: Vec<&Path> = all.into_iter().filter(|folder| !folder.as_os_str().is_empty()).collect();
        levels.sort_by_key(|folder| depth(folder));
        levels
    }

    /// Brings a file over from the old folder: the same file under a second name, or else a copy.
    fn carry(&self, path: &Path) -> Result<(), OutputError> {
        (self.watch)(Step::File)?;
        let (from, to) = (self.old.join(path), self.new.join(path));
        fs::hard_link(&from, &to).or_else(|_| self.copy(&from, &to)).map_err(OutputError::refused("carry over", &from))
    }

    /// Copies with the modification time, and never leaves half a file under the real name.
    fn copy(&self, from: &Path, to: &Path) -> io::Result<()> {
        static COPIES: AtomicU64 = AtomicU64::new(0);
        let kind = from.symlink_metadata()?;
        if kind.is_symlink() {
            return copy_link(from, to);
        }
        if !kind.is_file() {
            return Err(io::Error::new(ErrorKind::Unsupported, "it is neither a file nor a link"));
        }
        let half = self.new.join(format!(".pledgebook-copy-{}", COPIES.fetch_add(1, Ordering::Relaxed)));
        fs::copy(from, &half)?;
        OpenOptions::new().append(true).open(&half)?.set_modified(kind.modified()?)?;
        fs::rename(half, to)
    }
}

/// Makes folders, given level by level, below another; those that are there already are as good.
fn make_folders(below: &Path, folders: &[&Path], watch: Watch) -> Result<(), OutputError> {
    folders.chunk_by(|one, other| depth(one) == depth(other)).try_for_each(|level| {
        level.par_iter().try_for_each(|folder| {
            watch(Step::Folder)?;
            let there = below.join(folder);
            let made = fs::create_dir(&there).or_else(|error| if there.is_dir() { Ok(()) } else { Err(error) });
            made.map_err(OutputError::refused("make the folder", &there))
        })
    })
}

/// Begins the new folder of a site whose pages will be stored in it: the list of them, and the folders that they lie in.
pub(super) fn begin(place: &Place, pages: &Manifest) -> Result<PathBuf, OutputError> {
    let new = make_folder(place).map_err(OutputError::refused("make a folder in", place.parent()))?;
    write_list(&new, &pages.text())?;
    let mut folders: Vec<&Path> = plan::folders_of(pages.iter()).into_iter().map(Path::new).collect();
    folders.sort_by_key(|folder| depth(folder));
    make_folders(&new, &folders, &|_| Ok(()))?;
    Ok(new)
}

fn depth(path: &Path) -> usize {
    path.components().count()
}

/// Writes the list of our files, whole or not at all.
pub(super) fn write_list(folder: &Path, text: &str) -> Result<(), OutputError> {
    let (half, list) = (folder.join(".pledgebook-manifest-half"), folder.join(manifest::NAME));
    fs::write(&half, text).and_then(|()| fs::rename(&half, &list)).map_err(OutputError::refused("write", &list))
}

/// Gives a new folder the rights and, where that is allowed, the owner of the old one.
fn take_after(old: &Path, new: &Path) {
    let (Ok(old), Ok(now)) = (old.symlink_metadata(), new.symlink_metadata()) else { return };
    if !old.is_dir() {
        return;
    }
    take_owner(&old, &now, new);
    if old.permissions() != now.permissions() {
        let _ = fs::set_permissions(new, old.permissions());
    }
}

#[cfg(unix)]
fn take_owner(old: &Metadata, now: &Metadata, new: &Path) {
    use std::os::unix::fs::MetadataExt;
    if (old.uid(), old.gid()) != (now.uid(), now.gid()) {
        let _ = std::os::unix::fs::chown(new, Some(old.uid()), Some(old.gid()));
    }
}

#[cfg(not(unix))]
fn take_owner(_: &Metadata, _: &Metadata, _: &Path) {}

#[cfg(unix)]
fn copy_link(from: &Path, to: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(fs::read_link(from)?, to)
}

#[cfg(not(unix))]
fn copy_link(_: &Path, _: &Path) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::site::RenderedSite;

    fn filling(test: impl FnOnce(Filling)) {
        let home = tempfile::tempdir().unwrap();
        let (old, new) = (home.path().join("old"), home.path().join("new"));
        fs::create_dir(&old).unwrap();
        fs::create_dir(&new).unwrap();
        let site = RenderedSite::default();
        let before = Manifest::default();
        let plan = Plan::make(&site, &old, &before);
        test(Filling { plan: &plan, old: &old, new: &new, watch: &|_| Ok(()) });
    }

    #[test]
    fn copy_keeps_bytes_and_time_and_leaves_nothing_half() {
        filling(|filling| {
            let (from, to) = (filling.old.join("a"), filling.new.join("a"));
            fs::write(&from, "text").unwrap();
            let time = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000);
            OpenOptions::new().append(true).open(&from).unwrap().set_modified(time).unwrap();
            filling.copy(&from, &to).unwrap();
            assert_eq!(fs::read(&to).unwrap(), b"text");
            assert_eq!(to.metadata().unwrap().modified().unwrap(), time);
            assert_eq!(fs::read_dir(filling.new).unwrap().count(), 1);
        });
    }

    #[cfg(unix)]
    #[test]
    fn copy_of_a_link_is_a_link() {
        filling(|filling| {
            std::os::unix::fs::symlink("nowhere", filling.old.join("l")).unwrap();
            filling.copy(&filling.old.join("l"), &filling.new.join("l")).unwrap();
            assert_eq!(fs::read_link(filling.new.join("l")).unwrap(), Path::new("nowhere"));
        });
    }

    #[test]
    fn unused_name_is_found_beside_a_taken_one() {
        let home = tempfile::tempdir().unwrap();
        let place = Place::find(&home.path().join("public")).unwrap();
        let first = make_folder(&place).unwrap();
        assert_ne!(make_folder(&place).unwrap(), first);
    }
}
