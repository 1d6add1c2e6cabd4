//! What git tells of a handbook while it is being written: asked once, and again when another revision is checked out or made.
//!
//! A thread of its own asks, so that no save waits for git; what is known then is shown at once.

use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, SystemTime};

use pledgebook::pipeline::{Looked, Past};
use pledgebook::serve::Bell;

use super::git;
use super::past::{Asked, Of, known};

/// How often the files are looked at by which git tells where it is.
const LOOK: Duration = Duration::from_secs(1);

/// What is known of a handbook's past.
#[derive(Debug, Default)]
pub(crate) struct Remembered {
    root: PathBuf,
    past: Mutex<Arc<Past>>,
    /// The handbook as it was shown last.
    seen: Mutex<Option<Arc<Looked>>>,
}

impl Remembered {
    /// Knows nothing yet of the handbook of a root.
    pub(crate) fn of(root: PathBuf) -> Self {
        Self { root, ..Self::default() }
    }

    /// Gives what is known; git is not asked.
    pub(crate) fn past(&self) -> Arc<Past> {
        Arc::clone(&lock(&self.past))
    }

    /// Notes the handbook that is shown.
    pub(crate) fn see(&self, looked: &Arc<Looked>) {
        *lock(&self.seen) = Some(Arc::clone(looked));
    }

    /// Asks git where it is at another revision than when it was asked last; tells whether there is something new.
    fn refresh(&self) -> bool {
        let Some(looked) = lock(&self.seen).clone() else { return false };
        let Some(head) = git::head(&self.root).filter(|head| *head != self.past().revision) else { return false };
        let asked = Asked { root: &self.root, prefix: &looked.prefix, handbook: looked.handbook.handbook() };
        let past = known(asked, &head, Of::Disk).unwrap_or_default();
        *lock(&self.past) = Arc::new(Past { revision: head, files: Some(looked.tree.clone()), ..past });
        true
    }

    /// Keeps asking whenever git moves, and rings when there is something new, until the server has gone.
    pub(crate) fn follow(self: Arc<Self>, bell: Bell) {
        // One thread, so that a save finds the others free.
        let Ok(alone) = rayon::ThreadPoolBuilder::new().num_threads(1).build() else { return };
        let Some(folder) = git::folder(&self.root) else { return };
        thread::spawn(move || {
            let mut before = None;
            loop {
                let now = ["HEAD", "logs/HEAD"].map(|name| stamp(&folder.join(name)));
                let is_shown = lock(&self.seen).is_some();
                if is_shown && before.replace(now) != Some(now) && alone.install(|| self.refresh()) && !bell.ring() {
                    return;
                }
                thread::sleep(LOOK);
            }
        });
    }
}

/// Gives by what it is seen that a file has changed.
fn stamp(path: &std::path::Path) -> Option<(SystemTime, u64)> {
    let found = fs::metadata(path).ok()?;
    Some((found.modified().ok()?, found.len()))
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::process::Command;

    use pledgebook::pipeline;

    use super::*;

    fn git(root: &Path, arguments: &[&str]) {
        let mut git = Command::new("git");
        git.arg("-C").arg(root).args(["-c", "user.name=A", "-c", "user.email=desk@example.org"]).args(arguments);
        assert!(git.output().unwrap().status.success(), "{arguments:?}");
    }

    fn commit(root: &Path) {
        git(root, &["add", "-A"]);
        git(root, &["-c", "commit.gpgsign=false", "commit", "-q", "-m", "change"]);
    }

    fn write(root: &Path, path: &str, text: &str) {
        let path = root.join("content").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// A repository with a page, and what is known of it before git is asked.
    fn case() -> (tempfile::TempDir, Remembered) {
        let root = tempfile::tempdir().unwrap();
        git(root.path(), &["init", "-q", "-b", "main"]);
        write(root.path(), "handbook.yaml", "title: H\nlanguages: [en]\n");
        write(root.path(), "pages/a.md", "---\ntitle: A\nkind: guide\n---\n");
        commit(root.path());
        let remembered = Remembered::of(root.path().to_owned());
        (root, remembered)
    }

    fn show(root: &Path, remembered: &Remembered) {
        remembered.see(&Arc::new(pipeline::look(root).unwrap()));
    }

    #[test]
    fn git_is_asked_once_and_again_when_it_has_moved() {
        let (root, remembered) = case();
        assert!(!remembered.refresh(), "nothing is shown yet");
        show(root.path(), &remembered);
        assert!(remembered.refresh());
        let first = remembered.past();
        assert!(first.last.contains_key("content/pages/a.md"));
        assert!(!remembered.refresh());
        write(root.path(), "pages/b.md", "---\ntitle: B\nkind: guide\n---\n");
        show(root.path(), &remembered);
        assert!(!remembered.refresh(), "a save is of no concern to git");
        commit(root.path());
        assert!(remembered.refresh());
        let second = remembered.past();
        assert!(first.revision != second.revision && second.last.contains_key("content/pages/b.md"));
    }

    #[test]
    fn what_is_known_does_not_depend_on_git_any_more() {
        let (root, remembered) = case();
        show(root.path(), &remembered);
        assert!(remembered.refresh());
        fs::remove_dir_all(root.path().join(".git")).unwrap();
        assert_eq!(remembered.past().last.len(), 2);
        assert!(!remembered.refresh());
    }
}
