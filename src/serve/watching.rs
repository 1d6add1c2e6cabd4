//! Notices that files change. Many changes at once are one change; looking at files is none.
//!
//! The system tells (through the crate `notify`); where it cannot, the files' times are looked at twice a second.

use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use notify::{Config, ErrorKind, RecommendedWatcher, Watcher};

use super::watched::{Signal, Watched};
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
                    Ok(Signal::Asked) => Signal::Asked,
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
            Signal::Changed(_) | Signal::Lost | Signal::Asked | Signal::Stop => {}
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::path::PathBuf;
    use std::sync::mpsc::channel;

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
    fn what_is_asked_for_is_done_although_no_file_changes() {
        for notice in [Notice::Told, Notice::Looking] {
            let case = Case::new(notice, &["content"]);
            case.signals.send(Signal::Asked).unwrap();
            case.is_noticed();
        }
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
}
