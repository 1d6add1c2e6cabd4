//! `check`: tells what is wrong with the handbook.

use pledgebook::diagnostic::{concise, full, json};
use pledgebook::pipeline::{self, Errors, Looked, Options};

use super::arguments::{Arguments, Check, Format};
use super::terminal::Terminal;
use super::{CLEAN, FINDINGS, Outcome};

/// Runs the command.
pub(crate) fn run(check: &Check, arguments: &Arguments, terminal: &Terminal) -> Outcome {
    let mut looked = pipeline::look(&arguments.root)?;
    if looked.theme.has_own_files() {
        // Some faults of templates show only when they are rendered.
        let options = Options { today: arguments.today(), base_url: None, errors: Errors::Shown };
        pipeline::make(&mut looked, &options);
    }
    terminal.answer(&print(&looked, check.format, terminal))?;
    Ok(if looked.count().errors > 0 { FINDINGS } else { CLEAN })
}

/// Prints the findings in a format.
pub(crate) fn print(looked: &Looked, format: Format, terminal: &Terminal) -> String {
    let Looked { diagnostics, tree, prefix, .. } = looked;
    match format {
        Format::Full => full::print(diagnostics, tree, prefix, terminal.colour()),
        Format::Concise => concise::print(diagnostics, tree, prefix),
        Format::Json => json::print(diagnostics, tree, prefix),
    }
}
