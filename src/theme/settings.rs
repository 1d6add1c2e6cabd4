//! `theme.yaml`: what a theme says of itself.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::ThemeFile;
use crate::diagnostic::{Diagnostic, Place};

/// What a theme says of itself.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// What it is called.
    #[serde(default)]
    pub name: String,
    /// What it is like, in a sentence.
    #[serde(default)]
    pub description: String,
    /// What its templates may want to know, as `theme` in every template.
    #[serde(default)]
    pub extra: BTreeMap<String, String>,
}

/// Reads the settings; a fault is told and the settings are those of an empty file.
pub fn read(files: &BTreeMap<String, ThemeFile>, found: &mut Vec<Diagnostic>) -> Settings {
    let Some(file) = files.get("theme.yaml") else { return Settings::default() };
    match serde_yaml::from_str(file.text().unwrap_or_default()) {
        Ok(settings) => settings,
        Err(error) => {
            found.push(tell_yaml(file, &error));
            Settings::default()
        }
    }
}

/// Makes the finding about a YAML file of a theme that cannot be read.
pub fn tell_yaml(file: &ThemeFile, error: &serde_yaml::Error) -> Diagnostic {
    let (line, column) = error.location().map_or((0, 0), |at| (usize_of(at.line()), usize_of(at.column())));
    let place = Place::Outside { path: file.origin.clone(), line, column, text: file.text().map(Into::into) };
    let said = error.to_string();
    let first = said.lines().next().unwrap_or("this cannot be read");
    // The place is told beside it.
    let message = match first.strip_prefix("error: line ").and_then(|rest| rest.split_once(": ")) {
        Some((_, message)) => message.to_owned(),
        None => first.to_owned(),
    };
    Diagnostic::error("theme/yaml", place, message).action("compare it with the built-in file of the same name")
}

fn usize_of(number: impl TryInto<usize>) -> usize {
    number.try_into().unwrap_or(0)
}
