//! What the commands share that answer from a handbook, whether or not it has errors.

use pledgebook::answer::{Refusal, Sources};
use pledgebook::diagnostic::concise;
use pledgebook::diagnostic::report::Report;
use pledgebook::pipeline::speech::Speech;
use pledgebook::pipeline::{self, Looked};

use super::arguments::Arguments;
use super::terminal::Terminal;
use super::{FINDINGS, Outcome};

/// A handbook to answer from, and the words of the answer.
pub(crate) struct Consulted {
    looked: Looked,
    /// The words.
    pub(crate) speech: Speech,
}

impl Consulted {
    /// Reads the handbook and says on standard error if it has errors.
    pub(crate) fn read(
        lang: Option<&str>,
        arguments: &Arguments,
        terminal: &Terminal,
    ) -> Result<Self, Box<dyn std::error::Error>> {
        let looked = pipeline::look(&arguments.root)?;
        let speech = looked.speech(lang)?;
        match looked.count().errors {
            0 => {}
            1 => terminal.progress("the handbook has an error; `pledgebook check` tells it"),
            n => terminal.progress(&format!("the handbook has {n} errors; `pledgebook check` tells them")),
        }
        Ok(Self { looked, speech })
    }

    /// Gives what answers are taken from.
    pub(crate) fn sources(&self) -> Sources<'_> {
        Sources {
            handbook: self.looked.handbook.handbook(),
            tree: &self.looked.tree,
            diagnostics: &self.looked.diagnostics,
            locale: &self.speech.locale,
            language: self.speech.language,
        }
    }

    /// Says why there is no answer. A question that cannot be answered is a failure, a handbook at fault a finding.
    pub(crate) fn refuse(&self, why: Refusal, terminal: &Terminal) -> Outcome {
        let Refusal::Faulty { faults, .. } = &why else { return Err(why.into()) };
        let Looked { tree, prefix, .. } = &self.looked;
        terminal.remark(&concise::print(&Report::plain(faults, tree, prefix)));
        terminal.fail(&why);
        Ok(FINDINGS)
    }
}
