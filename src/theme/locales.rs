//! The words of a theme by language.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::settings::tell_yaml;
use super::{ThemeFile, built_in};
use crate::diagnostic::{Diagnostic, Place};
use crate::locale::catalogue::{Catalogue, Text};
use crate::locale::languages::candidates;
use crate::locale::phrase::placeholders;
use crate::locale::{FALLBACK, Locale};
use crate::units::nearest::nearest;

/// Parts of a date that English writes in another way and other languages may want.
const DATE: [&str; 3] = ["dd", "mm", "month"];

/// The words that are built in, by their file, read once.
static BUILT_IN: LazyLock<BTreeMap<String, Catalogue>> = LazyLock::new(|| {
    let files = built_in::files().iter().filter(|(path, _)| path.starts_with("locales/"));
    files.map(|(path, file)| (path.clone(), catalogue(file, &mut Vec::new()))).collect()
});

/// Makes the words of each language: those built in, a theme's own over them, English for what is missing.
pub fn read(files: &BTreeMap<String, ThemeFile>, tags: &[String], found: &mut Vec<Diagnostic>) -> Vec<Locale> {
    let mut words = |tag: &str| {
        let named = |tag: &str| format!("locales/{tag}.yaml");
        let base = candidates(tag).find_map(|tag| BUILT_IN.get(&named(tag))).cloned().unwrap_or_default();
        let own = candidates(tag).find_map(|tag| files.get(&named(tag))).filter(|file| !file.built_in);
        match own {
            Some(file) => base.overlaid(catalogue(file, found)),
            None => base,
        }
    };
    let fallback = words(FALLBACK);
    let locales = tags.iter().map(|tag| Locale::new(tag, words(tag), Some(fallback.clone()))).collect();
    let known = &BUILT_IN[&format!("locales/{FALLBACK}.yaml")];
    for (_, file) in files.range("locales/".to_owned()..).take_while(|(path, _)| path.starts_with("locales/")) {
        if !file.built_in {
            tell_slips(file, known, found);
        }
    }
    locales
}

fn catalogue(file: &ThemeFile, found: &mut Vec<Diagnostic>) -> Catalogue {
    serde_yaml::from_str(file.text().unwrap_or_default()).unwrap_or_else(|error| {
        let told = tell_yaml(file, &error);
        if !found.contains(&told) {
            found.push(told);
        }
        Catalogue::default()
    })
}

/// Tells words of a theme that are nearly one of the built-in words, and placeholders that nothing fills.
///
/// A word that is like none of the built-in ones is the theme's own, for its own templates.
fn tell_slips(file: &ThemeFile, known: &Catalogue, found: &mut Vec<Diagnostic>) {
    let own = catalogue(file, &mut Vec::new());
    for (key, text) in own.below("") {
        let Some(built_in) = known.text(key) else {
            let near = nearest(key, known.keys()).filter(|near| !own.has(near));
            found.extend(near.map(|near| {
                let message = format!("`{key}` is none of the words of the site");
                told(file, key, message).hint(format!("did you mean `{near}`?")).action(format!("write `{near}`"))
            }));
            continue;
        };
        let filled = filled(key, built_in, known);
        for placeholder in text.forms().flat_map(placeholders).filter(|placeholder| !filled.contains(placeholder)) {
            let message = format!("nothing fills `{{{placeholder}}}` in `{key}`");
            let possible = filled.iter().map(|name| format!("`{{{name}}}`")).collect::<Vec<_>>().join(", ");
            found.push(told(file, key, message).action(match filled.is_empty() {
                true => "leave it out".to_owned(),
                false => format!("write {possible}"),
            }));
        }
    }
}

/// Gives the placeholders that are filled in a text; a pattern of a date may use those of every other.
fn filled<'a>(key: &str, built_in: &'a Text, known: &'a Catalogue) -> BTreeSet<&'a str> {
    match key.starts_with("date.") {
        true => DATE
            .into_iter()
            .chain(known.below("date").flat_map(|(_, text)| text.forms()).flat_map(placeholders))
            .collect(),
        false => built_in.forms().flat_map(placeholders).collect(),
    }
}

/// Makes a finding about a word, at the line on which its key stands.
fn told(file: &ThemeFile, key: &str, message: String) -> Diagnostic {
    let text = file.text().unwrap_or_default();
    let last = key.rsplit('.').next().unwrap_or(key);
    let at =
        text.lines().enumerate().find_map(|(number, line)| Some((number + 1, line.find(&format!("{last}:"))?, line)));
    let (line, column) = at.map_or((0, 0), |(number, start, line)| (number, line[..start].chars().count() + 1));
    let place = Place::Outside { path: file.origin.clone(), line, column, text: Some(text.into()) };
    Diagnostic::warning("theme/word", place, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slips(text: &str) -> Vec<(String, Option<String>)> {
        let file =
            ThemeFile { origin: "themes/own/locales/en.yaml".into(), built_in: false, bytes: text.as_bytes().into() };
        let known = catalogue(&built_in::files()["locales/en.yaml"], &mut Vec::new());
        let mut found = Vec::new();
        tell_slips(&file, &known, &mut found);
        found.into_iter().map(|told| (told.message, told.action)).collect()
    }

    #[test]
    fn a_misspelt_word_is_told_and_a_new_one_is_the_themes_own() {
        let told = slips("nav:\n  servcies: What we do\nown: {greeting: Hello}\n");
        let message = "`nav.servcies` is none of the words of the site".to_owned();
        assert_eq!(told, [(message, Some("write `nav.services`".to_owned()))]);
    }

    #[test]
    fn a_placeholder_that_nothing_fills_is_told() {
        let told = slips("footer: {as_of: \"As of {dat}\"}\n");
        assert_eq!(told, [("nothing fills `{dat}` in `footer.as_of`".to_owned(), Some("write `{date}`".to_owned()))]);
        assert_eq!(slips("footer: {as_of: \"Stand {date}\"}\n"), []);
    }
}
