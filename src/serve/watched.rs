//! What is watched: which folders that takes, and what the system's events mean for them.
//!
//! Links below a watched folder are not followed, so nothing outside of it is watched.

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

use notify::RecursiveMode;
use notify::event::{EventKind, ModifyKind};

/// What a watcher says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signal {
    /// A file changed.
    Changed(PathBuf),
    /// A watched folder, or one above it, came or went.
    Moved,
    /// More happened than the system could tell.
    Lost,
    /// The system cannot tell any more; with its reason.
    Failed(String),
    /// Somebody has something new to show, whatever the files are.
    Asked,
    /// The server stops.
    Stop,
}

/// What is watched, by absolute paths.
#[derive(Clone, Debug, Default)]
pub struct Watched {
    wanted: Vec<PathBuf>,
    ignored: Vec<PathBuf>,
}

impl Watched {
    /// Makes paths absolute. They need not exist.
    pub fn new(wanted: &[PathBuf], ignored: &[PathBuf]) -> Watched {
        let all = |paths: &[PathBuf]| paths.iter().map(|path| absolute(path)).collect();
        Watched { wanted: all(wanted), ignored: all(ignored) }
    }

    /// Tells what an event of the system means, if it means anything here.
    pub fn signal(&self, event: &notify::Event) -> Option<Signal> {
        if event.need_rescan() {
            return Some(Signal::Lost);
        }
        if matches!(event.kind, EventKind::Access(_)) {
            return None;
        }
        let moves = matches!(
            event.kind,
            EventKind::Create(_) | EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)) | EventKind::Any
        );
        if moves && event.paths.iter().any(|path| self.wanted.iter().any(|wanted| wanted.starts_with(path))) {
            return Some(Signal::Moved);
        }
        event.paths.iter().find(|path| self.matters(path)).map(|path| Signal::Changed(path.clone()))
    }

    fn matters(&self, path: &Path) -> bool {
        self.wanted.iter().any(|wanted| path.starts_with(wanted)) && !self.is_ignored(path)
    }

    fn is_ignored(&self, path: &Path) -> bool {
        self.ignored.iter().any(|ignored| path.starts_with(ignored))
            || path.ancestors().any(|part| part.file_name().is_some_and(|name| is_never_content(part, name)))
    }

    /// Lists the folders that the system has to watch, and whether with all that lies in them.
    ///
    /// A folder is watched from its parent too: that tells when it comes and goes, and when a single file is replaced.
    pub fn folders(&self) -> BTreeMap<PathBuf, RecursiveMode> {
        let mut folders = BTreeMap::new();
        for wanted in &self.wanted {
            if let Some(above) = wanted.ancestors().skip(1).find(|above| above.is_dir()) {
                folders.entry(above.to_owned()).or_insert(RecursiveMode::NonRecursive);
            }
            if wanted.is_dir() {
                folders.insert(wanted.clone(), RecursiveMode::Recursive);
            }
        }
        let deep: Vec<PathBuf> = folders
            .iter()
            .filter(|(_, mode)| **mode == RecursiveMode::Recursive)
            .map(|(path, _)| path.clone())
            .collect();
        folders.retain(|path, _| !deep.iter().any(|deep| path != deep && path.starts_with(deep)));
        folders
    }

    /// Sums up paths, lengths and times of all files. Two different sums mean that something changed.
    pub fn sum(&self) -> u64 {
        let mut sum = 0_u64;
        let mut open: BTreeSet<PathBuf> = self.wanted.iter().cloned().collect();
        while let Some(path) = open.pop_first() {
            let is_wanted = self.wanted.contains(&path);
            // Only what is wanted itself may be a link.
            let found = if is_wanted { path.metadata() } else { path.symlink_metadata() };
            let Ok(found) = found else { continue };
            if self.is_ignored(&path) {
                continue;
            }
            if found.is_dir() {
                open.extend(fs::read_dir(&path).into_iter().flatten().flatten().map(|entry| entry.path()));
            }
            let mut hasher = DefaultHasher::new();
            (&path, found.is_dir(), found.modified().ok(), if found.is_dir() { 0 } else { found.len() })
                .hash(&mut hasher);
            sum = sum.wrapping_add(hasher.finish());
        }
        sum
    }
}

/// Git's own files, and what cargo builds.
fn is_never_content(path: &Path, name: &OsStr) -> bool {
    name == ".git" || (name == "target" && path.join("CACHEDIR.TAG").exists())
}

/// Makes a path absolute, with links resolved above its last part that exists.
fn absolute(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for above in path.ancestors().skip(1) {
        if let (Ok(real), Ok(rest)) = (fs::canonicalize(above), path.strip_prefix(above)) {
            return real.join(rest);
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{AccessKind, CreateKind, DataChange, Flag, RemoveKind};

    fn watched() -> Watched {
        Watched {
            wanted: vec!["/h/content".into(), "/h/handbook.yaml".into()],
            ignored: vec!["/h/content/public".into()],
        }
    }

    fn signal(kind: EventKind, path: &str) -> Option<Signal> {
        watched().signal(&notify::Event::new(kind).add_path(path.into()))
    }

    #[test]
    fn reading_is_no_change() {
        assert_eq!(signal(EventKind::Access(AccessKind::Any), "/h/content/a.md"), None);
        let data = EventKind::Modify(ModifyKind::Data(DataChange::Any));
        assert_eq!(signal(data, "/h/content/a.md"), Some(Signal::Changed("/h/content/a.md".into())));
    }

    #[test]
    fn what_lies_beside_or_is_ignored_is_no_change() {
        let create = EventKind::Create(CreateKind::File);
        for path in ["/h/other", "/h/contents/x", "/h/content/public/x", "/h/content/.git/index", "/h/handbook.yaml~"] {
            assert_eq!(signal(create, path), None, "{path}");
        }
        assert!(signal(create, "/h/content/target/x.md").is_some());
    }

    #[test]
    fn watched_folder_that_comes_or_goes_is_told_apart() {
        let moved = Some(Signal::Moved);
        assert_eq!(signal(EventKind::Create(CreateKind::Folder), "/h/content"), moved);
        assert_eq!(signal(EventKind::Remove(RemoveKind::Folder), "/h"), moved);
        assert_eq!(signal(EventKind::Create(CreateKind::File), "/h/handbook.yaml"), moved);
    }

    #[test]
    fn overflow_is_lost() {
        let event = notify::Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert_eq!(watched().signal(&event), Some(Signal::Lost));
    }

    #[test]
    fn folder_below_a_watched_one_needs_no_watch_of_its_own() {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir_all(home.path().join("a/b")).unwrap();
        let wanted = [home.path().join("a/b"), home.path().join("a"), home.path().join("none/deep")];
        let folders = Watched::new(&wanted, &[]).folders();
        let real = fs::canonicalize(home.path()).unwrap();
        let expected = [(real.clone(), RecursiveMode::NonRecursive), (real.join("a"), RecursiveMode::Recursive)];
        assert_eq!(folders, BTreeMap::from(expected));
    }

    #[cfg(unix)]
    #[test]
    fn loops_and_links_out_of_the_folder_are_not_walked() {
        let home = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink("/", home.path().join("root")).unwrap();
        std::os::unix::fs::symlink("..", home.path().join("loop")).unwrap();
        let watched = Watched::new(&[home.path().to_owned()], &[]);
        assert_eq!(watched.sum(), watched.sum());
    }
}
