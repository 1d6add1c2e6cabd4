//! Where a rebuild shows what it has, as soon as it has it.

use std::sync::Arc;
use std::time::Instant;

use super::board::Board;
use super::site::Site;
use super::{Event, FindingsText, Rebuilt, Shown};

/// The place where one rebuild shows what it brings: first a site or what keeps it back, later what else was found.
pub struct Stage<'a> {
    board: &'a Board,
    on_event: &'a dyn Fn(Event),
    start: Instant,
}

impl<'a> Stage<'a> {
    /// Begins a rebuild.
    pub fn new(board: &'a Board, on_event: &'a dyn Fn(Event)) -> Stage<'a> {
        Stage { board, on_event, start: Instant::now() }
    }

    /// Shows a site, or that there is none, with what was found.
    pub fn show(&self, rebuilt: Rebuilt) {
        let findings = rebuilt.findings.clone();
        let shown = self.board.show(rebuilt);
        self.announce(shown, findings.as_ref());
    }

    /// Shows a site at once; what was found before stands until `tell` says what is found now.
    pub fn show_at_once(&self, site: Arc<dyn Site>) {
        let findings = self.board.state().findings.clone();
        let shown = self.board.show(Rebuilt { site: Some(site), findings });
        self.announce(shown, None);
    }

    /// Tells what was found of the site that is shown.
    pub fn tell(&self, findings: Option<FindingsText>) {
        if self.board.tell(findings.clone()) {
            let summary = findings.map(|findings| findings.summary);
            (self.on_event)(Event::Inspected { millis: self.start.elapsed().as_millis(), summary });
        }
    }

    fn announce(&self, shown: Shown, findings: Option<&FindingsText>) {
        let summary = findings.map(|findings| findings.summary.clone());
        (self.on_event)(Event::Rebuilt { millis: self.start.elapsed().as_millis(), summary, shown });
    }
}
