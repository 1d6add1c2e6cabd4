//! One publisher at a time: a lock file beside the folder, or in it where nothing can be made beside it.
//!
//! The system lets go of the lock when its holder dies, so a kill leaves no more than an empty file.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use super::OutputError;
use super::place::Place;
#[cfg(unix)]
use super::place::is_same_file;

/// The name of the lock file when it has to lie inside the folder.
const INSIDE: &str = ".pledgebook-lock";

/// The right to publish into a folder. It ends with [`Lock::release`], or with the process.
#[derive(Debug)]
pub struct Lock {
    file: File,
    path: PathBuf,
}

impl Lock {
    /// Waits until no other publisher holds the lock.
    pub fn wait(place: &Place) -> Result<Lock, OutputError> {
        let beside = place.lock_path();
        take(&beside)
            .or_else(|error| match place.folder().is_dir() {
                true => take(&place.folder().join(INSIDE)).map_err(|_| error),
                false => Err(error),
            })
            .map_err(OutputError::refused("make the lock file", &beside))
    }

    /// Lets the next publisher in and removes the lock file.
    pub fn release(self) {
        // While the lock is held: whoever waits for this file then finds that the path no longer leads to it.
        // Where a name cannot be removed while it is open, the empty file stays.
        let _ = fs::remove_file(&self.path);
        drop(self.file);
    }

    #[cfg(test)]
    fn is_taken(place: &Place) -> bool {
        let Ok(file) = File::open(place.lock_path()) else { return false };
        matches!(file.try_lock(), Err(fs::TryLockError::WouldBlock))
    }
}

fn take(path: &Path) -> io::Result<Lock> {
    loop {
        let file = open(path)?;
        match file.lock() {
            // Some network file systems know no locks; a publication without one is better than none.
            Err(error) if error.kind() == io::ErrorKind::Unsupported => {}
            locked => locked?,
        }
        if leads_to(path, &file) {
            return Ok(Lock { file, path: path.to_owned() });
        }
    }
}

fn open(path: &Path) -> io::Result<File> {
    match OpenOptions::new().create(true).truncate(false).write(true).open(path) {
        // Another user's lock file: reading is enough to lock it.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => File::open(path).map_err(|_| error),
        opened => opened,
    }
}

/// Tells whether the path still leads to the file that was locked, and not to a later one of the same name.
#[cfg(unix)]
fn leads_to(path: &Path, file: &File) -> bool {
    match (path.symlink_metadata(), file.metadata()) {
        (Ok(there), Ok(here)) => is_same_file(&there, &here),
        _ => false,
    }
}

#[cfg(not(unix))]
fn leads_to(_: &Path, _: &File) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn release_leaves_no_file() {
        let home = tempfile::tempdir().unwrap();
        let place = Place::find(&home.path().join("public")).unwrap();
        let lock = Lock::wait(&place).unwrap();
        assert!(Lock::is_taken(&place));
        lock.release();
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
    }

    #[test]
    fn lock_of_a_dead_publisher_is_free() {
        let home = tempfile::tempdir().unwrap();
        let place = Place::find(&home.path().join("public")).unwrap();
        drop(Lock::wait(&place).unwrap());
        assert!(place.lock_path().exists() && !Lock::is_taken(&place));
        Lock::wait(&place).unwrap().release();
    }

    #[test]
    fn many_publishers_hold_it_one_after_the_other() {
        let home = tempfile::tempdir().unwrap();
        let place = Place::find(&home.path().join("public")).unwrap();
        let inside = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..50 {
                        let lock = Lock::wait(&place).unwrap();
                        assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
                        inside.fetch_sub(1, Ordering::SeqCst);
                        lock.release();
                    }
                });
            }
        });
    }
}
