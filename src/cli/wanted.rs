//! Which findings are told: `--select`, `--ignore`, `--baseline`.

use std::fs;
use std::io::ErrorKind;

use pledgebook::pipeline::Untold;
use pledgebook::triage::Choice;
use pledgebook::triage::baseline::Baseline;
use pledgebook::triage::selection::Selection;

use super::arguments::Wanted;
use super::terminal::Terminal;

impl Wanted {
    /// Reads what is wanted; a name that is no check and a baseline that cannot be read stop the run.
    pub(crate) fn choice(&self) -> Result<Choice, String> {
        let names = |words: &[String]| words.to_vec();
        let (select, ignore) = (names(&self.select), names(&self.ignore));
        let selection = Selection::read(select.iter().map(String::as_str), ignore.iter().map(String::as_str))
            .map_err(|fault| fault.to_string())?;
        Ok(Choice { selection, baseline: self.known()? })
    }

    /// Reads the baseline.
    fn known(&self) -> Result<Option<Baseline>, String> {
        let Some(path) = &self.baseline else { return Ok(None) };
        let shown = path.display();
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Err(format!("there is no baseline `{shown}`; write it with `--write-baseline`"));
            }
            Err(error) => return Err(format!("cannot read the baseline `{shown}`: {error}")),
        };
        Baseline::read(&text).map(Some).map_err(|fault| format!("`{shown}`: {fault}"))
    }
}

/// Says on standard error what is there and not told.
pub(crate) fn tell_untold(untold: Untold, terminal: &Terminal) {
    untold_lines(untold).iter().for_each(|line| terminal.progress(line));
}

/// Gives the lines that say what is there and not told.
pub(crate) fn untold_lines(untold: Untold) -> Vec<String> {
    let Untold { known, gone, .. } = untold;
    let mut lines = Vec::new();
    if known > 0 {
        lines.push(format!("{known} {} in the baseline and not told", verb(known)));
    }
    if gone > 0 {
        let verb = verb(gone);
        lines.push(format!(
            "{gone} {verb} in the baseline and in the handbook no more; `--write-baseline` takes them out"
        ));
    }
    lines
}

fn verb(number: usize) -> &'static str {
    if number == 1 { "finding is" } else { "findings are" }
}
