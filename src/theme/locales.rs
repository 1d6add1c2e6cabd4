//! The words of a theme by language.

use std::collections::BTreeMap;

use super::settings::tell_yaml;
use super::{ThemeFile, built_in};
use crate::diagnostic::Diagnostic;
use crate::locale::catalogue::Catalogue;
use crate::locale::languages::candidates;
use crate::locale::{FALLBACK, Locale};

/// Makes the words of each language: those built in, a theme's own over them, English for what is missing.
pub fn read(files: &BTreeMap<String, ThemeFile>, tags: &[String], found: &mut Vec<Diagnostic>) -> Vec<Locale> {
    let built_in = built_in::files();
    let mut words = |tag: &str| {
        let of = |files: &BTreeMap<String, ThemeFile>, found: &mut Vec<Diagnostic>| {
            let file = candidates(tag).find_map(|tag| files.get(&format!("locales/{tag}.yaml")));
            file.map(|file| catalogue(file, found)).unwrap_or_default()
        };
        of(&built_in, &mut Vec::new()).overlaid(of(files, found))
    };
    let fallback = words(FALLBACK);
    tags.iter().map(|tag| Locale::new(tag, words(tag), Some(fallback.clone()))).collect()
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
