//! The templates of a theme, made ready for a language.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{ErrorKind, Kwargs, State, Tera, TeraResult};

use super::Theme;
use crate::diagnostic::{Diagnostic, Place};
use crate::locale::Locale;

/// The folder of the templates.
pub const FOLDER: &str = "templates";

/// Tells templates that cannot be read.
pub fn check(theme: &Theme, found: &mut Vec<Diagnostic>) {
    if let Some(locale) = theme.locales.first()
        && let Err(told) = engine(theme, locale)
    {
        found.push(*told);
    }
}

/// Makes the engine of a language: all templates, and the functions `phrase` and `count` that write its words.
pub fn engine(theme: &Theme, locale: &Locale) -> Result<Tera, Box<Diagnostic>> {
    let mut tera = Tera::default();
    let words = Arc::new(locale.clone());
    let phrase_words = words.clone();
    tera.register_function("phrase", move |arguments: Kwargs, _: &State| phrase(&phrase_words, &arguments));
    tera.register_function("count", move |arguments: Kwargs, _: &State| count(&words, &arguments));
    let texts: Vec<(&str, &str)> = theme.below(FOLDER).filter_map(|(name, file)| Some((name, file.text()?))).collect();
    tera.add_raw_templates(texts).map_err(|error| Box::new(tell(theme, &error)))?;
    Ok(tera)
}

/// `phrase(key="footer.reviewed", date="…")`: a text with its placeholders filled.
fn phrase(locale: &Locale, arguments: &Kwargs) -> TeraResult<String> {
    let key: String = arguments.must_get("key")?;
    Ok(locale.phrase(&key, &pairs(&values(arguments)?)))
}

/// `count(key="count.item", n=3)`: a text for a number of things.
fn count(locale: &Locale, arguments: &Kwargs) -> TeraResult<String> {
    let key: String = arguments.must_get("key")?;
    let number: u64 = arguments.must_get("n")?;
    Ok(locale.count_phrase(&key, number, &pairs(&values(arguments)?)))
}

fn values(arguments: &Kwargs) -> TeraResult<Vec<(String, String)>> {
    let all: BTreeMap<String, serde_json::Value> = arguments.deserialize()?;
    let given = all.into_iter().filter(|(name, _)| name != "key" && name != "n");
    let written = |value: serde_json::Value| match value {
        serde_json::Value::String(text) => text,
        other => other.to_string(),
    };
    Ok(given.map(|(name, value)| (name, written(value))).collect())
}

fn pairs(values: &[(String, String)]) -> Vec<(&str, &str)> {
    values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// Makes the finding about a template at fault, with its file and line.
pub fn tell(theme: &Theme, error: &tera::Error) -> Diagnostic {
    let (message, report) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            (report.message().to_owned(), Some(report))
        }
        _ => (error.to_string(), None),
    };
    let Some(report) = report else {
        return Diagnostic::error("theme/template", Place::whole("themes"), message).action("mend the template");
    };
    let name = report.filename();
    let file = theme.files.get(&format!("{FOLDER}/{name}"));
    let place = Place::Outside {
        path: file.map_or_else(|| name.into(), |file| file.origin.clone()),
        line: report.span().start_line,
        column: report.span().start_col + 1,
        text: file.and_then(|file| file.text()).map(Into::into),
    };
    Diagnostic::error("theme/template", place, message).action("compare it with the built-in template of the same name")
}
