//! Notices that files change. Many changes at once are one change; looking at files is none.
//!
//! The system tells (through the crate `notify`); where it cannot, the files' times are looked at twice a second.
//! Links below a watched folder are not followed, so nothing outside of it is watched.

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::hash::{Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use notify::event::{EventKind, ModifyKind};
use notify::{Config, ErrorKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::{Event, Notice};

/// How long it has to be quiet after the save of one file. An editor writes, renames and touches within this time.
const QUIET_FILE: Duration = Duration::from_millis(20);
/// How long it has to be quiet when many files change, as when another branch is checked out.
const QUIET_MANY: Duration = Duration::from_millis(75);
/// From how many files on it is many. An editor's save may touch the file, a copy and a temporary one.
const MANY: usize = 4;
/// After how long changes that never cease are shown all the same.
const PATIENCE: Duration = Duration::from_secs(2);
/// How often files are looked at where the system does not tell.
const LOOK: Duration = Duration::from_millis(500);
/// How often a folder is tried that changes while it is being watched for the first time.
const TRIES: usize = 10;

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
    fn signal(&self, event: &notify::Event) -> Option<Signal> {
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
    fn folders(&self) -> BTreeMap<PathBuf, RecursiveMode> {
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
    fn sum(&self) -> u64 {
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

/// Waits for changes.
pub struct Watching {
    watched: Watched,
    /// `None` where files are looked at.
    watcher: Option<RecommendedWatcher>,
    received: Receiver<Signal>,
    /// How the files looked when they were last looked at.
    seen: u64,
    on_event: Arc<dyn Fn(Event) + Send + Sync>,
}

impl Watching {
    /// Starts to watch. Changes from now on are noticed.
    pub fn start(
        watched: Watched,
        notice: Notice,
        sender: Sender<Signal>,
        received: Receiver<Signal>,
        on_event: Arc<dyn Fn(Event) + Send + Sync>,
    ) -> Watching {
        let mut watching = Watching { seen: watched.sum(), watched, watcher: None, received, on_event };
        match notice {
            Notice::Looking => watching.look_from_now_on("it was asked for"),
            Notice::Told => match told(watching.watched.clone(), sender) {
                Ok(watcher) => {
                    watching.watcher = Some(watcher);
                    watching.watch();
                }
                Err(error) => watching.look_from_now_on(&error.to_string()),
            },
        }
        watching
    }

    /// Calls for each change, or for each heap of changes, until the server stops.
    pub fn for_each_change(mut self, mut call: impl FnMut()) {
        while self.wait() && self.settle() {
            call();
        }
    }

    /// Waits for a first change; returns whether there is one before the stop.
    fn wait(&mut self) -> bool {
        loop {
            let signal = match &self.watcher {
                Some(_) => self.received.recv().unwrap_or(Signal::Stop),
                None => match self.received.recv_timeout(LOOK) {
                    Ok(Signal::Stop) | Err(RecvTimeoutError::Disconnected) => Signal::Stop,
                    // Whatever it is, the look decides.
                    Ok(_) | Err(RecvTimeoutError::Timeout) => Signal::Lost,
                },
            };
            match signal {
                Signal::Stop => return false,
                Signal::Lost if !self.looks_different() => {}
                signal => {
                    self.heed(&signal);
                    return true;
                }
            }
        }
    }

    /// Waits until changes cease; returns whether they do before the stop.
    fn settle(&mut self) -> bool {
        let end = Instant::now() + PATIENCE;
        let mut files = BTreeSet::new();
        loop {
            let quiet = if files.len() < MANY { QUIET_FILE } else { QUIET_MANY };
            let left = end.saturating_duration_since(Instant::now());
            match self.received.recv_timeout(quiet.min(left)) {
                Ok(Signal::Stop) => return false,
                Ok(Signal::Changed(file)) if files.len() < MANY => _ = files.insert(file),
                Ok(signal) => self.heed(&signal),
                Err(_) => return true,
            }
            if left.is_zero() {
                return true;
            }
        }
    }

    fn heed(&mut self, signal: &Signal) {
        match signal {
            Signal::Moved => self.watch(),
            Signal::Failed(reason) => self.look_from_now_on(reason),
            Signal::Changed(_) | Signal::Lost | Signal::Stop => {}
        }
    }

    /// Asks the system to watch what there is at this moment.
    fn watch(&mut self) {
        for _ in 0..TRIES {
            let Some(watcher) = &mut self.watcher else { return };
            let folders = self.watched.folders();
            let outcome = folders.iter().try_for_each(|(folder, mode)| watcher.watch(folder, *mode));
            match outcome {
                // What came before its parent was watched has not been told: it is seen here.
                Ok(()) if folders == self.watched.folders() => return,
                Ok(()) => {}
                // It went while it was being listed.
                Err(error) if is_missing(&error) => {}
                Err(error) => return self.look_from_now_on(&error.to_string()),
            }
        }
        self.look_from_now_on("the folders change too fast");
    }

    fn look_from_now_on(&mut self, reason: &str) {
        self.watcher = None;
        (self.on_event)(Event::Looking { reason: reason.to_owned() });
    }

    fn looks_different(&mut self) -> bool {
        let before = std::mem::replace(&mut self.seen, self.watched.sum());
        before != self.seen
    }
}

fn told(watched: Watched, sender: Sender<Signal>) -> notify::Result<RecommendedWatcher> {
    let heard = move |event: notify::Result<notify::Event>| {
        let signal = match event {
            Ok(event) => watched.signal(&event),
            Err(error) => Some(Signal::Failed(error.to_string())),
        };
        // Nobody listens any more when the server has stopped.
        let _ = signal.map(|signal| sender.send(signal));
    };
    RecommendedWatcher::new(heard, Config::default().with_follow_symlinks(false))
}

fn is_missing(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::PathNotFound => true,
        ErrorKind::Io(error) => error.kind() == io::ErrorKind::NotFound,
        _ => false,
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
    use std::sync::mpsc::{Sender, channel};

    const LIMIT: Duration = Duration::from_secs(20);

    /// A folder that is watched by a thread, which sends a word for each change.
    struct Case {
        home: tempfile::TempDir,
        changes: Receiver<()>,
        signals: Sender<Signal>,
    }

    impl Case {
        fn new(notice: Notice, wanted: &[&str]) -> Case {
            let home = tempfile::tempdir().unwrap();
            fs::create_dir(home.path().join("content")).unwrap();
            fs::write(home.path().join("handbook.yaml"), "").unwrap();
            let wanted: Vec<PathBuf> = wanted.iter().map(|path| home.path().join(path)).collect();
            let watched = Watched::new(&wanted, &[home.path().join("content/public")]);
            let (signals, received) = channel();
            let watching = Watching::start(watched, notice, signals.clone(), received, Arc::new(|_| {}));
            let (sender, changes) = channel();
            std::thread::spawn(move || watching.for_each_change(|| _ = sender.send(())));
            Case { home, changes, signals }
        }

        fn write(&self, path: &str, text: &str) {
            let path = self.home.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }

        fn is_noticed(&self) {
            self.changes.recv_timeout(LIMIT).expect("the change is noticed");
        }

        /// Nothing is waiting: what is noticed next is the change that follows.
        fn nothing_more(&self) {
            while self.changes.try_recv().is_ok() {}
        }
    }

    impl Drop for Case {
        fn drop(&mut self) {
            let _ = self.signals.send(Signal::Stop);
        }
    }

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

    #[test]
    fn saved_file_is_noticed_both_ways() {
        for notice in [Notice::Told, Notice::Looking] {
            let case = Case::new(notice, &["content", "handbook.yaml"]);
            for path in ["content/a.md", "content/deep/er/b.md", "handbook.yaml"] {
                case.write(path, notice_text(notice));
                case.is_noticed();
                case.nothing_more();
            }
        }
    }

    fn notice_text(notice: Notice) -> &'static str {
        if notice == Notice::Told { "told" } else { "looked at" }
    }

    #[test]
    fn file_in_a_new_folder_is_noticed_when_it_changes_again() {
        let case = Case::new(Notice::Told, &["content"]);
        case.write("content/new/a.md", "1");
        case.is_noticed();
        case.nothing_more();
        case.write("content/new/a.md", "2");
        case.is_noticed();
    }

    #[test]
    fn folder_that_did_not_exist_is_watched_once_it_does() {
        for notice in [Notice::Told, Notice::Looking] {
            let case = Case::new(notice, &["themes/own"]);
            case.write("themes/own/style.css", "1");
            case.is_noticed();
            case.nothing_more();
            case.write("themes/own/templates/x.html", "2");
            case.is_noticed();
        }
    }

    #[test]
    fn folder_that_was_replaced_is_still_watched() {
        let case = Case::new(Notice::Told, &["content"]);
        fs::rename(case.home.path().join("content"), case.home.path().join("aside")).unwrap();
        case.is_noticed();
        case.write("content/a.md", "1");
        case.is_noticed();
        case.nothing_more();
        case.write("content/a.md", "22");
        case.is_noticed();
    }

    #[test]
    fn heap_of_changes_is_one_change() {
        let (sender, received) = channel();
        let watched = Watched::default();
        let mut watching = Watching::start(watched, Notice::Looking, sender.clone(), received, Arc::new(|_| {}));
        (0..1000).for_each(|number| sender.send(Signal::Changed(number.to_string().into())).unwrap());
        assert!(watching.settle());
        assert!(watching.received.try_recv().is_err());
    }

    #[test]
    fn overflow_without_a_change_does_not_rebuild() {
        let case = Case::new(Notice::Told, &["content"]);
        case.signals.send(Signal::Lost).unwrap();
        case.signals.send(Signal::Stop).unwrap();
        // The thread has ended without a call.
        assert!(case.changes.recv_timeout(LIMIT).is_err_and(|error| error == RecvTimeoutError::Disconnected));
    }

    #[test]
    fn system_that_fails_is_replaced_by_looking() {
        let case = Case::new(Notice::Told, &["content"]);
        case.signals.send(Signal::Failed("too many".to_owned())).unwrap();
        case.is_noticed();
        case.write("content/a.md", "1");
        case.is_noticed();
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
