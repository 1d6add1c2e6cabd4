//! `check --fix` and `check --diff`: mends what has one right answer, or shows what would be mended.

use std::error::Error;
use std::io;
use std::path::Path;

use pledgebook::pipeline::mending::{Change, until_done};
use pledgebook::pipeline::{self, Looked, Untold};
use pledgebook::source::disk::ReadError;

use super::arguments::Arguments;
use super::patch;
use super::replacing::{Replacement, replace_all};
use super::terminal::Terminal;

/// A handbook with the findings that are to be told; what is not told is not mended.
pub(crate) struct Seen {
    /// The handbook.
    pub(crate) looked: Looked,
    /// How many findings are not told.
    pub(crate) untold: Untold,
}

/// Mends in memory; gives what is left and the changes.
pub(crate) fn mend(seen: Seen, see: impl Fn(Looked) -> Seen, root: &Path) -> Result<(Seen, Vec<Change>), ReadError> {
    let prefix = seen.looked.prefix.clone();
    let again = |tree| pipeline::look_at(root, tree, prefix.clone()).map(&see);
    until_done(seen, |seen| (&seen.looked.tree, &seen.looked.diagnostics), again)
}

/// Mends and writes the files, tells which, and gives what is left.
pub(crate) fn write(
    seen: Seen,
    see: impl Fn(Looked) -> Seen,
    arguments: &Arguments,
    terminal: &Terminal,
) -> Result<Seen, Box<dyn Error>> {
    let (seen, changes) = mend(seen, see, &arguments.root)?;
    let folder = arguments.root.join(&seen.looked.prefix);
    let wanted: Vec<Replacement> = changes
        .iter()
        .map(|change| Replacement {
            path: folder.join(change.path.as_ref()),
            before: change.before.as_str(),
            after: change.after.as_str(),
        })
        .collect();
    replace_all(&wanted)?;
    tell(&changes, &seen.looked.prefix, terminal);
    Ok(seen)
}

/// Shows what would be written, as a patch, and how much it is.
pub(crate) fn show(changes: &[Change], prefix: &str, terminal: &Terminal) -> io::Result<()> {
    let patches: String = changes.iter().map(|change| patch::print(change, prefix, terminal.colour())).collect();
    terminal.answer(&patches)?;
    tell(changes, prefix, terminal);
    Ok(())
}

/// Tells how many places of each file are mended.
fn tell(changes: &[Change], prefix: &str, terminal: &Terminal) {
    for change in changes {
        let places = if change.places == 1 { "place" } else { "places" };
        let path = change.path.replace(char::is_control, "\u{fffd}");
        terminal.progress(&format!("{prefix}{path}: {} {places}", change.places));
    }
}
