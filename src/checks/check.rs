//! What a check is: a name, what it finds and why that matters, an example of it, and the code that looks.

use crate::checks::inspection::Inspection;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::history::Bump;

/// One check of an expert of the field; each has a file of its own.
#[derive(Clone, Copy, Debug)]
pub struct Check {
    /// The permanent name, `group/name`.
    pub name: &'static str,
    /// How bad a finding is, unless a handbook says otherwise.
    pub severity: Severity,
    /// What it finds, in one sentence.
    pub finds: &'static str,
    /// Why it matters and what to do, in a few sentences for a manager.
    pub why: &'static str,
    /// Something at fault; empty where files alone cannot show it.
    pub wrong: Example,
    /// The same, mended.
    pub right: Example,
    /// Who finds it.
    pub finder: Finder,
}

/// A small handbook: path and text of files, of which only the lines that matter are written.
///
/// The front matter of a Markdown file stands without its `---`; what else the file must have, and the registers that are
/// not named, stand in from [`crate::checks::stand_in`].
pub type Example = &'static [(&'static str, &'static str)];

/// Who finds what a check is about.
#[derive(Clone, Copy, Debug)]
pub enum Finder {
    /// The check itself.
    Run(Look),
    /// The check itself, once for each commit of the history that moves review dates and changes nothing else.
    History(fn(&Inspection<'_>, &Bump, &mut Vec<Diagnostic>)),
    /// The rooms that read files, which tell it where a field is missing or cannot be read.
    Reading,
    /// The rooms that read files where a field is missing, and the check itself where its value is at fault.
    ReadingAndRun(Look),
}

/// Looks at a handbook and collects what it finds.
pub type Look = fn(&Inspection<'_>, &mut Vec<Diagnostic>);

impl Finder {
    /// Gives what looks at the finished handbook, where there is something.
    pub fn look(self) -> Option<Look> {
        match self {
            Self::Run(look) | Self::ReadingAndRun(look) => Some(look),
            Self::History(_) | Self::Reading => None,
        }
    }
}

impl Check {
    /// Makes a finding of this check.
    pub fn told(&self, place: impl Into<Place>, message: impl Into<String>) -> Diagnostic {
        Diagnostic { severity: self.severity, ..Diagnostic::error(self.name, place, message) }
    }

    /// Gives the part of the name before the stroke.
    pub fn group(&self) -> &'static str {
        self.name.split('/').next().unwrap_or_default()
    }
}
