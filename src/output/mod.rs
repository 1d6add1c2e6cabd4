//! Puts a finished site on disk. Readers of the folder see the whole old site or the whole new one at every moment.
//!
//! A new folder is made beside the old one, what has not changed is linked into it, and the two are exchanged in one
//! step. Not here: what a site holds, and where it is published to.

pub mod beside;
pub mod exchange;
pub mod in_place;
pub mod leftovers;
pub mod lock;
pub mod manifest;
pub mod place;
pub mod plan;
pub mod survey;

use std::io;
use std::path::{Path, PathBuf};

use crate::render::site::RenderedSite;

use lock::Lock;
use place::Place;
use plan::Plan;

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

/// Called before each step; an error ends the publication there without clearing up, as a kill would.
type Watch<'w> = &'w (dyn Fn(Step) -> Result<(), OutputError> + Sync);

/// Publishes a site into a folder, which is made when it is missing.
///
/// Files that have not changed keep their modification time, files that Pledgebook did not write are kept, and
/// nothing at all is touched when nothing has changed. A second publisher into the same folder waits for the first.
/// After an error the old site is whole.
pub fn publish(site: &RenderedSite, folder: &Path) -> Result<Published, OutputError> {
    plan::check_paths(site)?;
    let place = Place::find(folder)?;
    let lock = Lock::wait(&place)?;
    let published = attempt(site, &place, &|_| Ok(()));
    if published.is_err() {
        leftovers::clear(&place);
    }
    lock.release();
    published
}

/// Publishes under a lock, and leaves everything as it is on an error.
fn attempt(site: &RenderedSite, place: &Place, watch: Watch) -> Result<Published, OutputError> {
    let kept = leftovers::clear(place);
    let plan = Plan::make(site, place.folder())?;
    let mut published = if plan.is_nothing() {
        Published { unchanged: site.len(), exchanged: true, ..Published::default() }
    } else {
        plan::check_room(site, &plan.before, place.folder())?;
        match place.in_place() {
            Some(reason) => in_place::publish(&plan, place, &reason, watch)?,
            None => beside::publish(&plan, place, watch)?,
        }
    };
    published.note = published.note.or(kept);
    Ok(published)
}

#[cfg(test)]
mod tests;
