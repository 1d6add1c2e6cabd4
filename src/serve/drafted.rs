//! A site that is made while it is read: a thread of its own keeps the handbook and makes the files that are asked for.

use std::collections::BTreeMap;
use std::io;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use super::site::Site;
use crate::diagnostic::Diagnostic;
use crate::pipeline::{self, Looked, Options};
use crate::render::draft::Draft;

/// What is asked of the thread.
#[derive(Debug)]
enum Question {
    /// Whether there is a file.
    Has(String, Sender<bool>),
    /// For a file.
    Get(String, Sender<Option<Arc<[u8]>>>),
}

/// A site that is made while it is read. The thread ends when this is dropped.
#[derive(Debug)]
pub struct Drafted {
    questions: Sender<Question>,
    edition: String,
    /// What was made already: a page is often asked for twice.
    made: Mutex<BTreeMap<String, Arc<[u8]>>>,
}

/// What keeps a site from being begun.
#[derive(Debug)]
pub enum Failed {
    /// Templates are at fault.
    Templates(Vec<Diagnostic>),
    /// The system gave no thread.
    Thread(io::Error),
}

impl Drafted {
    /// Begins the site of a handbook; returns when it can be read.
    pub fn begin(looked: Arc<Looked>, options: Options) -> Result<Drafted, Failed> {
        let (questions, asked) = channel();
        let (begun, ready) = channel();
        let printed = Arc::clone(&looked);
        let work = move || {
            let opened = pipeline::in_workshop(&looked, &options, |workshop| {
                let draft = Draft::new(workshop);
                // Whoever began it waits for this.
                let _ = begun.send(Ok(()));
                answer_all(&draft, &asked);
            });
            if let Err(faults) = opened {
                let _ = begun.send(Err(faults));
            }
        };
        thread::Builder::new().name("pledgebook draft".to_owned()).spawn(work).map_err(Failed::Thread)?;
        let edition = pipeline::edition(&printed);
        match ready.recv() {
            Ok(Ok(())) => Ok(Drafted { questions, edition, made: Mutex::default() }),
            Ok(Err(faults)) => Err(Failed::Templates(faults)),
            Err(_) => Err(Failed::Thread(io::Error::other("the thread ended before it began"))),
        }
    }

    fn ask<T>(&self, question: impl FnOnce(Sender<T>) -> Question) -> Option<T> {
        let (sender, answer) = channel();
        self.questions.send(question(sender)).ok()?;
        answer.recv().ok()
    }
}

/// Answers until nobody can ask any more; what takes long keeps nothing else waiting.
fn answer_all(draft: &Draft<'_>, asked: &Receiver<Question>) {
    thread::scope(|scope| {
        for question in asked {
            scope.spawn(move || match question {
                // Whoever asked may have gone.
                Question::Has(path, to) => _ = to.send(draft.has(&path)),
                Question::Get(path, to) => _ = to.send(draft.file(&path)),
            });
        }
    });
}

impl Site for Drafted {
    fn has(&self, path: &str) -> bool {
        self.ask(|to| Question::Has(path.to_owned(), to)).unwrap_or_default()
    }

    fn get(&self, path: &str) -> Option<Arc<[u8]>> {
        let made = || self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bytes) = made().get(path) {
            return Some(Arc::clone(bytes));
        }
        let bytes = self.ask(|to| Question::Get(path.to_owned(), to)).flatten()?;
        made().insert(path.to_owned(), Arc::clone(&bytes));
        Some(bytes)
    }

    fn edition(&self) -> &str {
        &self.edition
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use jiff::civil::date;

    use super::*;
    use crate::pipeline::Errors;

    fn shipped() -> (Arc<Looked>, Options) {
        let looked = pipeline::look(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
        (Arc::new(looked), Options { today: date(2026, 11, 22), base_url: Some("/".into()), errors: Errors::Refused })
    }

    #[test]
    fn files_come_from_the_thread_and_are_those_of_the_finished_site() {
        let (looked, options) = shipped();
        let whole = pipeline::in_workshop(&looked, &options, crate::render::all).unwrap().unwrap();
        let site = Drafted::begin(looked, options).unwrap();
        for path in ["index.html", "zh/services/contact.html", "assets/style.css", "search/de/index.js"] {
            assert!(site.has(path), "{path}");
            assert_eq!(site.get(path).as_ref(), whole.get(path), "{path}");
            assert_eq!(site.get(path).as_ref(), whole.get(path), "{path} once more");
        }
        assert!(!site.has("none.html") && site.get("none.html").is_none());
    }

    #[test]
    fn the_edition_changes_with_the_files_alone() {
        let (looked, options) = shipped();
        let edition = Drafted::begin(looked.clone(), options.clone()).unwrap().edition().to_owned();
        assert_eq!(Drafted::begin(looked, options).unwrap().edition(), edition);
        let other = pipeline::look(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
        let (file, text) = other.tree.iter().find_map(|(id, _)| Some((id, other.tree.text(id)?.as_str()))).unwrap();
        let tree = other.tree.with_texts([(file, format!("{text}\n"))].into());
        assert_ne!(pipeline::edition(&Looked { tree, ..other }), edition);
    }

    #[test]
    fn a_template_at_fault_is_told_at_once() {
        let (looked, options) = shipped();
        let mut looked = Arc::into_inner(looked).unwrap();
        let file = looked.theme.files.get_mut("templates/base.html").unwrap();
        (file.bytes, file.built_in) = (b"{% if %}".as_slice().into(), false);
        let failed = Drafted::begin(Arc::new(looked), options).unwrap_err();
        assert!(matches!(failed, Failed::Templates(faults) if faults.len() == 1));
    }
}
