//! Puts a finished folder in the place of another: in one step, or where the file system cannot, in two.

use std::fs;
use std::io;
use std::path::Path;

use super::place::{Beside, Place};
use super::{OutputError, Step, Watch};

/// How the new folder took its place. The old one lies beside it afterwards, as a leftover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exchanged {
    /// In one step.
    AtOnce,
    /// The old one was moved aside first; with what the system said to one step.
    ByRenames(String),
    /// Not at all, everything is as it was; with what the system said.
    Refused(String),
}

/// Exchanges the new folder with the one that is published.
pub(super) fn exchange(place: &Place, new: &Path, watch: Watch) -> Result<Exchanged, OutputError> {
    let folder = place.folder();
    if folder.symlink_metadata().is_err() {
        fs::rename(new, folder).map_err(OutputError::refused("make the folder", folder))?;
        return Ok(Exchanged::AtOnce);
    }
    match swap(new, folder) {
        Ok(()) => Ok(Exchanged::AtOnce),
        Err(error) => by_renames(place, new, &error, watch),
    }
}

fn by_renames(place: &Place, new: &Path, reason: &io::Error, watch: Watch) -> Result<Exchanged, OutputError> {
    let (folder, aside) = (place.folder(), place.numbered(Beside::Old, std::process::id()));
    if let Err(error) = fs::rename(folder, &aside) {
        return Ok(Exchanged::Refused(error.to_string()));
    }
    watch(Step::Between)?;
    if let Err(error) = fs::rename(new, folder) {
        fs::rename(&aside, folder).map_err(OutputError::refused("move back", &aside))?;
        return Ok(Exchanged::Refused(error.to_string()));
    }
    Ok(Exchanged::ByRenames(reason.to_string()))
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn swap(new: &Path, folder: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, new, CWD, folder, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn swap(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    fn folders() -> (tempfile::TempDir, Place, PathBuf) {
        let home = tempfile::tempdir().unwrap();
        let place = Place::find(&home.path().join("public")).unwrap();
        let new = place.numbered(Beside::New, 7);
        for (folder, text) in [(place.folder(), "old"), (&new, "new")] {
            fs::create_dir(folder).unwrap();
            fs::write(folder.join("page"), text).unwrap();
        }
        (home, place, new)
    }

    fn page(folder: &Path) -> String {
        fs::read_to_string(folder.join("page")).unwrap_or_default()
    }

    #[test]
    fn exchange_leaves_the_old_folder_beside() {
        let (_home, place, new) = folders();
        let exchanged = exchange(&place, &new, &|_| Ok(())).unwrap();
        assert_eq!(page(place.folder()), "new");
        if exchanged == Exchanged::AtOnce {
            assert_eq!(page(&new), "old");
        }
    }

    #[test]
    fn two_renames_say_why_and_put_the_old_folder_aside() {
        let (_home, place, new) = folders();
        let reason = io::Error::from(io::ErrorKind::Unsupported);
        let exchanged = by_renames(&place, &new, &reason, &|_| Ok(())).unwrap();
        assert_eq!(exchanged, Exchanged::ByRenames("unsupported".to_owned()));
        assert_eq!(page(place.folder()), "new");
        assert_eq!(page(&place.numbered(Beside::Old, std::process::id())), "old");
    }

    #[test]
    fn second_rename_that_fails_brings_the_old_folder_back() {
        let (_home, place, new) = folders();
        fs::remove_dir_all(&new).unwrap();
        let reason = io::Error::from(io::ErrorKind::Unsupported);
        assert!(matches!(by_renames(&place, &new, &reason, &|_| Ok(())).unwrap(), Exchanged::Refused(_)));
        assert_eq!(page(place.folder()), "old");
    }
}
