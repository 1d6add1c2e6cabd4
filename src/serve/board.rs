//! What is shown at this moment. Everybody reads it, one thread replaces it, and whoever listens hears of it.

use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

use tokio::sync::watch;

use super::site::Site;
use super::{FindingsText, Rebuilt, Shown};

/// What is shown.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// The last good site.
    pub site: Option<Arc<dyn Site>>,
    /// What the last rebuild found.
    pub findings: Option<FindingsText>,
    /// Whether the last rebuild gave no site, so that an older one is shown, or none.
    pub behind: bool,
    /// Changes with everything that browsers have to hear of.
    pub revision: u64,
    /// The revision that brought the site; 0 without a site.
    pub site_revision: u64,
}

/// The place where the state hangs.
#[derive(Debug)]
pub struct Board {
    state: watch::Sender<Arc<State>>,
}

impl Board {
    /// Makes an empty board. Its revisions are others than those of a server that ran before on the same port.
    pub fn new() -> Board {
        // 52 bits, so that JavaScript can hold it as a number.
        let start = (RandomState::new().hash_one("revision") >> 32) << 20;
        Board { state: watch::Sender::new(Arc::new(State { revision: start, ..State::default() })) }
    }

    /// Reads what is shown.
    pub fn state(&self) -> Arc<State> {
        Arc::clone(&self.state.borrow())
    }

    /// Hears of every later state, and of the present one.
    pub fn listen(&self) -> watch::Receiver<Arc<State>> {
        self.state.subscribe()
    }

    /// Shows what a rebuild brought. Browsers hear of it only when something is different.
    pub fn show(&self, rebuilt: Rebuilt) -> Shown {
        let old = self.state();
        let revision = old.revision.saturating_add(1);
        let mut new =
            State { behind: rebuilt.site.is_none(), findings: rebuilt.findings, revision, ..State::clone(&old) };
        let known = old.site.as_ref().map(|site| site.edition());
        let shown = match rebuilt.site {
            None => Shown::LastGood,
            Some(site) if known == Some(site.edition()) => Shown::Same,
            Some(site) => {
                new.site = Some(site);
                new.site_revision = revision;
                Shown::New
            }
        };
        if shown == Shown::New || new.behind != old.behind || new.findings != old.findings {
            self.state.send_replace(Arc::new(new));
        }
        shown
    }

    /// Tells what was found of the site that is shown; returns whether it is something else than before.
    pub fn tell(&self, findings: Option<FindingsText>) -> bool {
        let old = self.state();
        let is_new = old.findings != findings;
        if is_new {
            let revision = old.revision.saturating_add(1);
            self.state.send_replace(Arc::new(State { findings, revision, ..State::clone(&old) }));
        }
        is_new
    }
}

impl Default for Board {
    fn default() -> Board {
        Board::new()
    }
}

#[cfg(test)]
mod tests {
    use super::super::site::Finished;
    use super::*;

    fn site(text: &str) -> Option<Arc<dyn Site>> {
        Some(Arc::new(Finished { edition: text.to_owned(), ..Finished::default() }))
    }

    fn findings(text: &str) -> Option<FindingsText> {
        Some(FindingsText { summary: "1 error".to_owned(), text: text.to_owned(), ..FindingsText::default() })
    }

    #[test]
    fn last_good_site_stays_beside_the_findings() {
        let board = Board::new();
        assert_eq!(board.show(Rebuilt { site: site("1"), findings: None }), Shown::New);
        let good = board.state();
        assert_eq!(board.show(Rebuilt { site: None, findings: findings("broken") }), Shown::LastGood);
        let state = board.state();
        let edition = |state: &State| state.site.as_ref().map(|site| site.edition().to_owned());
        assert!(state.behind && edition(&state) == edition(&good) && state.findings == findings("broken"));
        assert!(state.revision > good.revision && state.site_revision == good.site_revision);
    }

    #[test]
    fn same_site_is_not_announced() {
        let board = Board::new();
        board.show(Rebuilt { site: site("1"), findings: findings("a") });
        let mut heard = board.listen();
        heard.mark_unchanged();
        assert_eq!(board.show(Rebuilt { site: site("1"), findings: findings("a") }), Shown::Same);
        assert!(!heard.has_changed().unwrap());
        assert_eq!(board.show(Rebuilt { site: site("1"), findings: findings("b") }), Shown::Same);
        assert!(heard.has_changed().unwrap());
    }

    #[test]
    fn mended_site_is_announced_even_when_it_is_the_old_one() {
        let board = Board::new();
        board.show(Rebuilt { site: site("1"), findings: None });
        board.show(Rebuilt { site: None, findings: None });
        let behind = board.state();
        assert_eq!(board.show(Rebuilt { site: site("1"), findings: None }), Shown::Same);
        let state = board.state();
        assert!(!state.behind && state.revision > behind.revision && state.site_revision == behind.site_revision);
    }

    #[test]
    fn what_is_found_later_is_announced_and_keeps_the_site() {
        let board = Board::new();
        board.show(Rebuilt { site: site("1"), findings: findings("a") });
        let before = board.state();
        assert!(!board.tell(findings("a")) && board.tell(findings("b")));
        let state = board.state();
        assert!(state.revision > before.revision && state.site_revision == before.site_revision && !state.behind);
        assert_eq!(state.findings, findings("b"));
    }

    #[test]
    fn revisions_are_new_after_a_restart_and_fit_javascript() {
        let (one, other) = (Board::new().state().revision, Board::new().state().revision);
        assert_ne!(one, other);
        assert!(one < 1 << 52 && other < 1 << 52);
    }
}
