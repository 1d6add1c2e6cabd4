//! Where text goes: answers to standard output, progress and failures to standard error.

use std::error::Error;
use std::io::{self, IsTerminal, Write};
use std::time::Duration;

use indicatif::ProgressBar;
use pledgebook::diagnostic::full::Colour;

use super::arguments::{Arguments, When};

/// A sign that something is under way.
pub(crate) struct Working(ProgressBar);

impl Working {
    /// Says what is done now.
    pub(crate) fn say(&self, what: &'static str) {
        self.0.set_message(what);
    }

    /// Takes the sign away.
    pub(crate) fn done(&self) {
        self.0.finish_and_clear();
    }
}

/// The terminal, or the pipe, that the command talks to.
#[derive(Clone)]
pub(crate) struct Terminal {
    quiet: bool,
    answers: Colour,
    progress: Colour,
}

impl Terminal {
    /// Finds out whether colours are wanted.
    pub(crate) fn new(arguments: &Arguments) -> Self {
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let colour = |terminal: bool| match arguments.color {
            When::Always => Colour::Always,
            When::Never => Colour::Never,
            When::Auto if terminal && !no_color => Colour::Always,
            When::Auto => Colour::Never,
        };
        Self {
            quiet: arguments.quiet,
            answers: colour(io::stdout().is_terminal()),
            progress: colour(io::stderr().is_terminal()),
        }
    }

    /// Tells whether answers are coloured.
    pub(crate) fn colour(&self) -> Colour {
        self.answers
    }

    /// Prints an answer. A reader that has gone away is no failure.
    pub(crate) fn answer(&self, text: &str) -> io::Result<()> {
        let written = io::stdout().lock().write_all(text.as_bytes()).and_then(|()| io::stdout().flush());
        match written {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            written => written,
        }
    }

    /// Prints a line of progress, unless it should be quiet.
    pub(crate) fn progress(&self, line: &str) {
        if !self.quiet {
            let _ = writeln!(io::stderr(), "{line}");
        }
    }

    /// Prints text that belongs to the result but not into it: lines at fault, warnings.
    pub(crate) fn remark(&self, text: &str) {
        let _ = write!(io::stderr(), "{text}");
    }

    /// Shows that something is under way, in a terminal only.
    pub(crate) fn working(&self, what: &'static str) -> Working {
        let bar =
            if self.quiet || !io::stderr().is_terminal() { ProgressBar::hidden() } else { ProgressBar::new_spinner() };
        bar.enable_steady_tick(Duration::from_millis(100));
        bar.set_message(what);
        Working(bar)
    }

    /// Prints why the run failed.
    pub(crate) fn fail(&self, error: &dyn Error) {
        let word = if self.progress == Colour::Always { "\u{1b}[1;31merror\u{1b}[0m" } else { "error" };
        let mut line = format!("{word}: {error}");
        let mut source = error.source();
        while let Some(cause) = source {
            let said = cause.to_string();
            if !line.contains(&said) {
                line.push_str(&format!(": {said}"));
            }
            source = cause.source();
        }
        let _ = writeln!(io::stderr(), "{line}");
    }
}
