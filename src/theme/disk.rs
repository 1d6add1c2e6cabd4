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
    let mut files = built_in::files().clone();
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
        let bytes: std::sync::Arc<[u8]> = bytes;
        if !built_in::is_unchanged(&file.path, &bytes) {
            files.insert(file.path.to_string(), ThemeFile { origin: origin.into(), built_in: false, bytes });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    use crate::source::{FileId, Span};

    /// Writes files of a theme `own` into a folder and reads it, for English and German.
    fn read_own(files: &[(&str, &str)]) -> (Theme, Vec<String>) {
        let root = TempDir::new().unwrap();
        for (path, text) in files {
            let path = root.path().join("themes/own").join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        read_named(root.path(), "own")
    }

    fn read_named(root: &Path, name: &str) -> (Theme, Vec<String>) {
        let name = Spanned { value: name.to_owned(), span: Span::new(FileId(0), 0, 0) };
        let (theme, found) = read(root, Some(&name), &["en".to_owned(), "de".to_owned()]).unwrap();
        let said = |told: &Diagnostic| match &told.place {
            Place::Outside { path, line, .. } => format!("{} {path}:{line} {}", told.name, told.message),
            _ => format!("{} {}", told.name, told.message),
        };
        (theme, found.iter().map(said).collect())
    }

    #[test]
    fn without_a_theme_of_its_own_a_handbook_has_the_built_in_one() {
        let root = TempDir::new().unwrap();
        let (theme, found) = read(root.path(), None, &["en".to_owned()]).unwrap();
        assert!(found.is_empty(), "{found:?}");
        assert!(theme.files.values().all(|file| file.built_in));
        assert!(theme.files.contains_key("templates/base.html") && theme.files.contains_key("assets/style.css"));
    }

    #[test]
    fn a_theme_replaces_file_by_file_and_the_rest_stays_built_in() {
        let (theme, found) =
            read_own(&[("templates/404.html", "Gone"), ("assets/style.css", "a{}"), ("assets/new.js", "1")]);
        assert_eq!(found, [""; 0]);
        let text = |path: &str| theme.files[path].text().unwrap();
        assert_eq!((text("templates/404.html"), text("assets/style.css"), text("assets/new.js")), ("Gone", "a{}", "1"));
        assert!(theme.files["templates/base.html"].built_in && !theme.files["templates/404.html"].built_in);
        assert_eq!(theme.files["templates/404.html"].origin.as_ref(), "themes/own/templates/404.html");
    }

    #[test]
    fn a_theme_replaces_single_words_and_the_rest_stay_as_they_are() {
        let (theme, found) = read_own(&[("locales/de.yaml", "nav: {services: Was wir tun}\n")]);
        assert_eq!(found, [""; 0]);
        assert_eq!(theme.locales[1].word("nav.services"), "Was wir tun");
        assert_eq!(theme.locales[1].word("nav.roles"), "Rollen");
        assert_eq!(theme.locales[0].word("nav.services"), "Services");
    }

    #[test]
    fn a_template_that_cannot_be_read_is_told_with_its_file_and_line() {
        let (_, found) = read_own(&[("templates/404.html", "fine\n{{ page. }}\n")]);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("theme/template themes/own/templates/404.html:2 "), "{found:?}");
    }

    #[test]
    fn words_and_settings_that_cannot_be_read_are_told_with_their_file_and_line() {
        let (theme, found) =
            read_own(&[("locales/de.yaml", "nav:\n  services: [\n"), ("theme.yaml", "name: Own\ncolour: red\n")]);
        assert!(found.iter().any(|told| told.starts_with("theme/yaml themes/own/locales/de.yaml:")), "{found:?}");
        assert!(found.iter().any(|told| told.starts_with("theme/yaml themes/own/theme.yaml:2 ")), "{found:?}");
        assert_eq!((theme.settings.name.as_str(), theme.locales[1].word("nav.services")), ("", "Leistungen"));
    }

    #[test]
    fn a_theme_that_is_not_there_is_told_and_no_name_leaves_the_folder() {
        let root = TempDir::new().unwrap();
        for name in ["own", "../own", "", ".own"] {
            let (theme, found) = read_named(root.path(), name);
            assert_eq!(found, [format!("theme/missing there is no folder `themes/{name}`")]);
            assert!(theme.files.contains_key("templates/base.html"));
        }
    }

    #[test]
    fn settings_reach_the_templates() {
        let (theme, found) = read_own(&[("theme.yaml", "name: Own\nextra: {accent: red}\n")]);
        assert_eq!(found, [""; 0]);
        assert_eq!((theme.settings.name.as_str(), theme.settings.extra["accent"].as_str()), ("Own", "red"));
    }
}
