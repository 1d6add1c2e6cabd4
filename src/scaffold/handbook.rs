//! The small handbook that `init` writes: real files, in which the dates are filled in.

use include_dir::{Dir, include_dir};
use jiff::ToSpan;
use jiff::civil::Date;

use crate::config::LanguageTag;
use crate::fields::scalar::Scalar;
use crate::units::Malformed;

static FOLDER: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/scaffold/starter");

/// A file that is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StarterFile {
    /// Its path below the root, with `/` between the parts.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Gives the files of a starter handbook by path; the first language is the one it is written in.
///
/// The dates are such that nothing is overdue: the last review is `today`, the last result that of last month.
pub fn files(languages: &[LanguageTag], today: Date) -> Vec<StarterFile> {
    let mut files = Vec::new();
    collect(&FOLDER, &mut files);
    let blanks = blanks(languages, today);
    for file in &mut files {
        for (blank, value) in &blanks {
            file.path = file.path.replace(blank, value);
            file.text = file.text.replace(blank, value);
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn collect(folder: &Dir<'_>, files: &mut Vec<StarterFile>) {
    for file in folder.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        let text = file.contents_utf8().expect("starter files are text").to_owned();
        files.push(StarterFile { path, text });
    }
    folder.dirs().for_each(|inner| collect(inner, files));
}

/// Gives what stands for dates and languages in the files, with what takes its place.
fn blanks(languages: &[LanguageTag], today: Date) -> [(&'static str, String); 7] {
    let last_month = today.first_of_month().saturating_sub(1.month());
    let next_year = today.saturating_add(1.year());
    let tags: Vec<&str> = languages.iter().map(|tag| tag.0.as_str()).collect();
    [
        ("TODAY", today.to_string()),
        ("A-YEAR-FROM-NOW", next_year.saturating_sub(1.day()).max(today).to_string()),
        ("LAST-MONTH", format!("{:04}-{:02}", last_month.year(), last_month.month())),
        ("THIS-YEAR", format!("{:04}", today.year())),
        ("NEXT-YEAR", format!("{:04}", next_year.year())),
        ("YEAR-AFTER", format!("{:04}", next_year.saturating_add(1.year()).year())),
        ("LANGUAGES", format!("[{}]", tags.join(", "))),
    ]
}

/// Reads languages as they are written on the command line: `en,de`.
pub fn languages(written: &str) -> Result<Vec<LanguageTag>, Malformed> {
    let mut tags: Vec<LanguageTag> = Vec::new();
    for tag in written.split(',') {
        let tag = LanguageTag::parse(tag.trim())?;
        if tags.contains(&tag) {
            return Err(Malformed::new(format!("`{}` is named twice", tag.0), "name each language once"));
        }
        tags.push(tag);
    }
    Ok(tags)
}
