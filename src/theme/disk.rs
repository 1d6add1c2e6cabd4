//! A handbook's own theme, read from `themes/NAME`.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "this room reads the theme's folder")]

use std::collections::BTreeMap;
use std::path::Path;

use super::{DEFAULT, Theme, ThemeFile, built_in, locales, settings, templates};
use crate::diagnostic::{Diagnostic, Place};
use crate::source::disk::{ReadError, read_tree};
use crate::source::{Content, Spanned};

/// Reads the theme of a handbook: the built-in one, and over it the files of `themes/NAME` below the root.
///
/// A theme that was named and is not there is a finding, and so is a file of it that cannot be used.
pub fn read(
    root: &Path,
    name: Option<&Spanned<String>>,
    tags: &[String],
) -> Result<(Theme, Vec<Diagnostic>), ReadError> {
    let mut found = Vec::new();
    let mut files = built_in::files();
    let chosen = name.map_or(DEFAULT, |name| name.value.as_str());
    let folder = root.join("themes").join(chosen);
    if !is_plain(chosen) || (chosen != DEFAULT && !folder.is_dir()) {
        let message = format!("there is no folder `themes/{chosen}`");
        let place = name.map_or_else(|| Place::whole("handbook.yaml"), |name| Place::At(name.span));
        found.push(
            Diagnostic::error("theme/missing", place, message)
                .action("write the name of a folder in `themes`, or leave `theme` out"),
        );
    } else if folder.is_dir() {
        add_own(&folder, chosen, &mut files, &mut found)?;
    }
    let settings = settings::read(&files, &mut found);
    let locales = locales::read(&files, tags, &mut found);
    let theme = Theme { files, settings, locales };
    templates::check(&theme, &mut found);
    Ok((theme, found))
}

fn is_plain(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\'])
}

fn add_own(
    folder: &Path,
    name: &str,
    files: &mut BTreeMap<String, ThemeFile>,
    found: &mut Vec<Diagnostic>,
) -> Result<(), ReadError> {
    let tree = read_tree(folder)?;
    for (_, file) in tree.iter() {
        let origin = format!("themes/{name}/{}", file.path);
        let bytes = match &file.content {
            Content::Text(text) => text.as_str().as_bytes().into(),
            Content::Bytes(bytes) => bytes.clone(),
            Content::Unusable(_) => {
                found.extend(crate::diagnostic::unusable::tell(file, &format!("themes/{name}/")));
                continue;
            }
        };
        files.insert(file.path.to_string(), ThemeFile { origin: origin.into(), built_in: false, bytes });
    }
    Ok(())
}
