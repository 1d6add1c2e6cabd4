//! Reports: the findings in files, besides what is printed.

use std::path::{Path, PathBuf};

use pledgebook::diagnostic::full::Colour;
use pledgebook::source::disk::content_folder;

use super::arguments::ReportFile;
use super::formats::Formats;
use super::writing::{self, WriteError};

/// Refuses reports that would take the place of one another or lie in the handbook.
pub(crate) fn refuse(reports: &[ReportFile], root: &Path) -> Result<(), String> {
    let (content, _) = content_folder(root, pledgebook::parse::SETTINGS);
    let sources = [content, root.join("themes")].map(|folder| whole(&folder));
    let mut files: Vec<PathBuf> = Vec::new();
    for report in reports {
        let (shown, file) = (report.file.display(), whole(&report.file));
        if files.contains(&file) {
            return Err(format!("two reports cannot be written to one file: `{shown}`"));
        }
        if sources.iter().any(|source| file.starts_with(source)) {
            return Err(format!("a report cannot be written to `{shown}`, among the files of the handbook"));
        }
        files.push(file);
    }
    Ok(())
}

/// Writes the reports, each file whole or not at all.
pub(crate) fn write(reports: &[ReportFile], formats: &Formats<'_>) -> Result<(), WriteError> {
    reports.iter().try_for_each(|report| writing::replace(&report.file, &formats.print(report.format, Colour::Never)))
}

/// Gives a path from the root of the file system, without links as far as it is there.
fn whole(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let whole = path.ancestors().find_map(|folder| {
        let (there, rest) = (folder.canonicalize().ok()?, path.strip_prefix(folder).ok()?);
        Some(there.components().chain(rest.components()).collect())
    });
    whole.unwrap_or(path)
}
