//! Where a site goes: the real folder, what lies beside it, and whether the folder can be exchanged at all.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::OutputError;

/// A folder to publish into, with links resolved. It need not exist; its parent does.
#[derive(Clone, Debug)]
pub struct Place {
    parent: PathBuf,
    name: OsString,
    folder: PathBuf,
    #[cfg(test)]
    pub(super) forced: Option<String>,
}

/// What a name beside the folder is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    /// A site that is being made, or the old one after the exchange.
    New,
    /// The old site, put aside where two folders cannot be exchanged.
    Old,
}

impl Beside {
    fn word(self) -> &'static str {
        match self {
            Beside::New => ".new-",
            Beside::Old => ".old-",
        }
    }
}

impl Place {
    /// Finds the real folder behind a path, and makes the folders above it.
    pub fn find(folder: &Path) -> Result<Place, OutputError> {
        let unfit = || OutputError::NotAFolder(folder.to_owned());
        let real = match fs::canonicalize(folder) {
            Ok(real) if real.is_dir() => real,
            Ok(_) => return Err(unfit()),
            Err(error) if error.kind() == ErrorKind::NotFound && folder.symlink_metadata().is_err() => missing(folder)?,
            Err(error) if error.kind() == ErrorKind::NotFound => return Err(unfit()),
            Err(error) => return Err(OutputError::refused("open", folder)(error)),
        };
        let (Some(parent), Some(name)) = (real.parent(), real.file_name()) else { return Err(unfit()) };
        Ok(Place {
            parent: parent.to_owned(),
            name: name.to_owned(),
            folder: real.clone(),
            #[cfg(test)]
            forced: None,
        })
    }

    /// The real folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The folder's path beside which new and old sites lie.
    pub fn parent(&self) -> &Path {
        &self.parent
    }

    /// Names the lock file.
    pub fn lock_path(&self) -> PathBuf {
        self.beside(OsStr::new(".lock"))
    }

    /// Names a folder beside, by a number.
    pub fn numbered(&self, beside: Beside, number: u32) -> PathBuf {
        self.beside(OsStr::new(&format!("{}{number}", beside.word())))
    }

    /// Tells what a name in the parent is for, if it is one of [`Place::numbered`].
    pub fn recognise(&self, name: &OsStr) -> Option<Beside> {
        let rest = name.as_encoded_bytes().strip_prefix(b".")?.strip_prefix(self.name.as_encoded_bytes())?;
        [Beside::New, Beside::Old].into_iter().find(|beside| {
            rest.strip_prefix(beside.word().as_bytes())
                .is_some_and(|digits| !digits.is_empty() && digits.iter().all(u8::is_ascii_digit))
        })
    }

    /// Tells why files have to be replaced one by one, if they have to.
    pub fn in_place(&self) -> Option<String> {
        #[cfg(test)]
        if self.forced.is_some() {
            return self.forced.clone();
        }
        if fs::canonicalize(".").is_ok_and(|current| current.starts_with(&self.folder)) {
            return Some("it is the current directory".to_owned());
        }
        is_mount(&self.folder, &self.parent).then(|| "it is a mount point".to_owned())
    }

    fn beside(&self, ending: &OsStr) -> PathBuf {
        let mut name = OsString::from(".");
        name.push(&self.name);
        name.push(ending);
        self.parent.join(name)
    }
}

fn missing(folder: &Path) -> Result<PathBuf, OutputError> {
    let (Some(parent), Some(name)) = (folder.parent(), folder.file_name()) else {
        return Err(OutputError::NotAFolder(folder.to_owned()));
    };
    let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
    fs::create_dir_all(parent).map_err(OutputError::refused("make the folder", parent))?;
    let parent = fs::canonicalize(parent).map_err(OutputError::refused("open", parent))?;
    Ok(parent.join(name))
}

/// Tells whether two names lead to one file.
#[cfg(unix)]
pub fn is_same_file(one: &fs::Metadata, other: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    one.ino() == other.ino() && one.dev() == other.dev()
}

/// Tells whether two names lead to one file, as far as can be known: files of one length, changed at one moment.
#[cfg(not(unix))]
pub fn is_same_file(one: &fs::Metadata, other: &fs::Metadata) -> bool {
    one.len() == other.len() && one.modified().ok() == other.modified().ok()
}

#[cfg(unix)]
fn is_mount(folder: &Path, parent: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (folder.metadata(), parent.metadata()) {
        (Ok(folder), Ok(parent)) => folder.dev() != parent.dev(),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_mount(_: &Path, _: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_folder_gets_its_parents() {
        let home = tempfile::tempdir().unwrap();
        let place = Place::find(&home.path().join("a/b/public")).unwrap();
        assert!(home.path().join("a/b").is_dir());
        assert!(!place.folder().exists());
    }

    #[test]
    fn names_beside_are_recognised() {
        let home = tempfile::tempdir().unwrap();
        let place = Place::find(&home.path().join("public")).unwrap();
        let name = |beside| place.numbered(beside, 77).file_name().unwrap().to_owned();
        assert_eq!(place.recognise(&name(Beside::New)), Some(Beside::New));
        assert_eq!(place.recognise(&name(Beside::Old)), Some(Beside::Old));
    }

    #[test]
    fn neighbours_with_similar_names_are_not_leftovers() {
        let home = tempfile::tempdir().unwrap();
        let place = Place::find(&home.path().join("public")).unwrap();
        for name in
            [".public.new-", ".public.new-x.new-7", ".public.newer-7", "public.new-7", ".publi.new-7", ".public"]
        {
            assert_eq!(place.recognise(OsStr::new(name)), None, "{name}");
        }
    }

    #[test]
    fn file_is_not_a_folder() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("public");
        fs::write(&file, "x").unwrap();
        assert!(matches!(Place::find(&file), Err(OutputError::NotAFolder(_))));
        assert!(matches!(Place::find(Path::new("/")), Err(OutputError::NotAFolder(_))));
    }

    #[cfg(unix)]
    #[test]
    fn link_is_followed_and_a_broken_one_refused() {
        let home = tempfile::tempdir().unwrap();
        let link = home.path().join("public");
        std::os::unix::fs::symlink(home.path().join("real"), &link).unwrap();
        assert!(matches!(Place::find(&link), Err(OutputError::NotAFolder(_))));
        fs::create_dir(home.path().join("real")).unwrap();
        let real = fs::canonicalize(home.path().join("real")).unwrap();
        assert_eq!(Place::find(&link).unwrap().folder(), real);
    }

    #[test]
    fn current_directory_is_published_in_place() {
        assert!(Place::find(Path::new(".")).unwrap().in_place().unwrap().contains("current directory"));
        let home = tempfile::tempdir().unwrap();
        assert_eq!(Place::find(home.path()).unwrap().in_place(), None);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn mount_point_is_published_in_place() {
        assert!(Place::find(Path::new("/proc")).unwrap().in_place().unwrap().contains("mount point"));
    }
}
