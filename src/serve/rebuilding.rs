//! Runs the caller's build and puts its result on the board.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use super::board::Board;
use super::stage::Stage;
use super::{Event, FindingsText, Rebuilt};

/// The caller's build, with the places its result goes to.
pub struct Rebuilding {
    build: Box<dyn Fn(&Stage<'_>) + Send>,
    board: Arc<Board>,
    on_event: Arc<dyn Fn(Event) + Send + Sync>,
}

impl Rebuilding {
    /// Joins a build to a board.
    pub fn new(
        build: Box<dyn Fn(&Stage<'_>) + Send>,
        board: Arc<Board>,
        on_event: Arc<dyn Fn(Event) + Send + Sync>,
    ) -> Rebuilding {
        Rebuilding { build, board, on_event }
    }

    /// Builds once. A panic of the build becomes a finding, and the last good site stays.
    pub fn run(&self) {
        let stage = Stage::new(&self.board, &*self.on_event);
        if catch_unwind(AssertUnwindSafe(|| (self.build)(&stage))).is_err() {
            stage.show(broken());
        }
    }
}

fn broken() -> Rebuilt {
    let summary = "pledgebook itself failed".to_owned();
    let text = "pledgebook itself failed; this is a fault of the program, and the terminal says where.\n\
                The last change to the handbook has met it: undo it to go on, and please report it.";
    Rebuilt { site: None, findings: Some(FindingsText { summary, text: text.to_owned(), items: Vec::new() }) }
}

#[cfg(test)]
mod tests {
    use super::super::Shown;
    use super::*;
    use std::sync::Mutex;

    #[test]
    fn panic_of_the_build_is_shown_and_not_fatal() {
        let board = Arc::new(Board::new());
        let events = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&events);
        let build = Box::new(|_: &Stage<'_>| std::panic::resume_unwind(Box::new("fault")));
        let on_event = Arc::new(move |event| kept.lock().unwrap().push(event));
        Rebuilding::new(build, Arc::clone(&board), on_event).run();
        assert!(board.state().findings.as_ref().unwrap().text.contains("undo it to go on"));
        let events = events.lock().unwrap();
        assert!(matches!(&events[..], [Event::Rebuilt { shown: Shown::LastGood, summary: Some(_), .. }]));
    }
}
