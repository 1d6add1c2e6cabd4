//! The templates of a theme, made ready for a language.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use tera::{ErrorKind, Kwargs, State, Tera, TeraResult, Value};

use super::{DEFAULT, Theme, ThemeFile, built_in};
use crate::diagnostic::{Diagnostic, Place};
use crate::locale::Locale;

/// The folder of the templates.
pub const FOLDER: &str = "templates";

/// Tells templates that cannot be read: each by itself, and where none is at fault all of them together.
pub fn check(theme: &Theme, found: &mut Vec<Diagnostic>) {
    let told = found.len();
    for (name, file) in theme.below(FOLDER).filter(|(_, file)| !file.built_in) {
        let Some(text) = file.text() else {
            let told = Diagnostic::error(
                "theme/template",
                Place::whole(file.origin.clone()),
                "the template is not written in UTF-8",
            );
            found.push(told.action("save it in your editor with the encoding UTF-8"));
            continue;
        };
        if let Err(error) = Tera::default().add_raw_template(name, text)
            && let ErrorKind::SyntaxError(_) = error.kind()
        {
            found.extend(tell(theme, &error));
        }
    }
    if found.len() > told {
        return;
    }
    if let Some(locale) = theme.locales.first()
        && let Err(told) = engine(theme, locale)
    {
        found.extend(told);
    }
}

/// Makes the engine of a language: all templates, the functions `phrase` and `count` that write its words, and the filter
/// `json` that shows what a template is given.
pub fn engine(theme: &Theme, locale: &Locale) -> Result<Tera, Vec<Diagnostic>> {
    if theme.below(FOLDER).any(|(_, file)| !file.built_in) {
        let mut tera = speaking(Tera::default(), locale);
        tera.add_raw_templates(texts(theme)).map_err(|error| tell(theme, &error))?;
        return Ok(tera);
    }
    // Those built in are read once; for each language they get its words.
    static BUILT_IN: OnceLock<Tera> = OnceLock::new();
    if let Some(read) = BUILT_IN.get() {
        return Ok(speaking(read.clone(), locale));
    }
    let mut tera = speaking(Tera::default(), locale);
    tera.add_raw_templates(texts(theme)).map_err(|error| tell(theme, &error))?;
    Ok(speaking(BUILT_IN.get_or_init(|| tera).clone(), locale))
}

/// Gives an engine the functions that write the words of a language, and the filter.
fn speaking(mut tera: Tera, locale: &Locale) -> Tera {
    let words = Arc::new(locale.clone());
    let phrase_words = words.clone();
    tera.register_function("phrase", move |arguments: Kwargs, _: &State| phrase(&phrase_words, &arguments));
    tera.register_function("count", move |arguments: Kwargs, _: &State| count(&words, &arguments));
    tera.register_filter("json", |value: Value, _: Kwargs, _: &State| json(&value));
    tera
}

/// Gives the templates of a theme by name.
fn texts(theme: &Theme) -> Vec<(String, &str)> {
    let own = theme.below(FOLDER).filter_map(|(name, file)| Some((name.to_owned(), file.text()?)));
    own.chain(kept(theme, built_in::files())).collect()
}

/// Gives the built-in templates that a theme's own name with `default/` in front: `{% extends "default/base.html" %}`.
fn kept<'a>(theme: &Theme, built_in: &'a BTreeMap<String, ThemeFile>) -> Vec<(String, &'a str)> {
    let own: Vec<&str> =
        theme.below(FOLDER).filter(|(_, file)| !file.built_in).filter_map(|(_, file)| file.text()).collect();
    let templates = built_in.iter().filter_map(|(path, file)| {
        let name = format!("{DEFAULT}/{}", path.strip_prefix(FOLDER)?.strip_prefix('/')?);
        let named = format!("\"{name}\"");
        own.iter().any(|text| text.contains(&named)).then_some((name, file.text()?))
    });
    templates.collect()
}

/// `phrase(key="footer.reviewed", date="…")`: a text with its placeholders filled.
fn phrase(locale: &Locale, arguments: &Kwargs) -> TeraResult<String> {
    let key: &str = arguments.must_get("key")?;
    Ok(locale.phrase(key, &pairs(&values(arguments, &["key"])?)))
}

/// `count(key="count.item", n=3)`: a text for a number of things.
fn count(locale: &Locale, arguments: &Kwargs) -> TeraResult<String> {
    let key: &str = arguments.must_get("key")?;
    let number: u64 = arguments.must_get("n")?;
    Ok(locale.count_phrase(key, number, &pairs(&values(arguments, &["key", "n"])?)))
}

/// `page | json`: a value as JSON, to see what a template is given, or for a script; keys in order, because the engine's
/// own maps have none.
fn json(value: &Value) -> TeraResult<String> {
    let mut value = serde_json::to_value(value).map_err(tera::Error::message)?;
    value.sort_all_objects();
    serde_json::to_string_pretty(&value).map_err(tera::Error::message)
}

/// Gives what is to fill placeholders: text as it is, all else as JSON; `others` are arguments that are none.
fn values<'a>(arguments: &'a Kwargs, others: &[&str]) -> TeraResult<Vec<(&'a str, Cow<'a, str>)>> {
    let named = arguments.iter().filter_map(|(name, value)| Some((name.as_str()?, value)));
    let given = named.filter(|(name, _)| !others.contains(name));
    let written = |value: &Value| {
        let json = serde_json::to_value(value).map_err(tera::Error::message)?;
        Ok::<_, tera::Error>(Cow::Owned(json.to_string()))
    };
    given
        .map(|(name, value)| Ok((name, value.as_str().map_or_else(|| written(value), |text| Ok(text.into()))?)))
        .collect()
}

fn pairs<'a>(values: &'a [(&'a str, Cow<'a, str>)]) -> Vec<(&'a str, &'a str)> {
    values.iter().map(|(name, value)| (*name, value.as_ref())).collect()
}

/// Makes the findings about templates at fault, each with its file and line.
pub fn tell(theme: &Theme, error: &tera::Error) -> Vec<Diagnostic> {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            vec![at(
                theme,
                report.filename(),
                (report.span().start_line, report.span().start_col + 1),
                report.message(),
            )]
        }
        _ => split(theme, &error.to_string()),
    }
}

/// Makes the findings of the engine's report on several templates at once, which it gives as one text.
fn split(theme: &Theme, text: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some(message) = line.strip_prefix("error: ") else { continue };
        let place = lines.next().and_then(|line| line.trim_start().strip_prefix("--> "));
        let mut parts = place.unwrap_or_default().rsplitn(3, ':');
        let column = parts.next().and_then(|column| column.parse().ok()).unwrap_or(0);
        let line = parts.next().and_then(|line| line.parse().ok()).unwrap_or(0);
        found.push(at(theme, parts.next().unwrap_or("themes"), (line, column), message));
    }
    if found.is_empty() {
        found.push(Diagnostic::error("theme/template", Place::whole("themes"), text).action("mend the template"));
    }
    found
}

fn at(theme: &Theme, name: &str, (line, column): (usize, usize), message: &str) -> Diagnostic {
    let file = theme.files.get(&format!("{FOLDER}/{name}"));
    let place = Place::Outside {
        path: file.map_or_else(|| name.into(), |file| file.origin.clone()),
        line,
        column,
        text: file.and_then(|file| file.text()).map(Into::into),
    };
    let message = format!("the template cannot be used: {}", message.trim_end_matches('.'));
    Diagnostic::error("theme/template", place, message).action("compare it with the built-in template of the same name")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::settings::Settings;
    use crate::theme::{Theme, ThemeFile, built_in, locales};

    /// Makes a theme with one template of its own.
    fn theme(name: &str, text: &str) -> Theme {
        let mut files = built_in::files().clone();
        let file =
            ThemeFile { origin: format!("themes/own/{name}").into(), built_in: false, bytes: text.as_bytes().into() };
        files.insert(format!("{FOLDER}/{name}"), file);
        let locales = locales::read(&files, &["de".to_owned()], &mut Vec::new());
        Theme { files, settings: Settings::default(), locales }
    }

    fn rendered(text: &str) -> Result<String, Vec<Diagnostic>> {
        let theme = theme("own.html", text);
        let engine = engine(&theme, &theme.locales[0])?;
        engine.render("own.html", &tera::Context::new()).map_err(|error| tell(&theme, &error))
    }

    #[test]
    fn phrases_and_counts_are_in_the_language_of_the_page() {
        let text = "{{ phrase(key=\"footer.as_of\", date=\"heute\") }} {{ count(key=\"count.item\", n=1) }} {{ count(key=\"count.item\", n=3) }}";
        assert_eq!(rendered(text).unwrap(), "Stand: heute 1 Punkt 3 Punkte");
        let several = "{{ phrase(key=\"ticks.progress\", n=0, total=9) }}";
        assert_eq!(rendered(several).unwrap(), "0 von 9 erledigt");
    }

    #[test]
    fn a_value_can_be_looked_at_as_json() {
        assert_eq!(rendered("{% set a = [1, 2] %}{{ a | json | safe }}").unwrap(), "[\n  1,\n  2\n]");
    }

    #[test]
    fn a_template_of_one_s_own_may_extend_the_built_in_one_of_the_same_name() {
        let theme = theme("404.html", "{% extends \"default/404.html\" %}{% block title %}Weg{% endblock %}");
        assert!(engine(&theme, &theme.locales[0]).unwrap().get_template_names().any(|name| name == "default/404.html"));
        let plain = self::theme("404.html", "Weg");
        assert!(
            !engine(&plain, &plain.locales[0]).unwrap().get_template_names().any(|name| name.starts_with("default/"))
        );
    }

    #[test]
    fn a_fault_that_shows_when_a_page_is_made_is_told_with_file_and_line() {
        let told = rendered("one\n{{ nothing.here.at.all }}\n").unwrap_err();
        let Place::Outside { path, line, .. } = &told[0].place else { panic!("{told:?}") };
        assert_eq!((path.as_ref(), *line, told[0].name), ("themes/own/own.html", 2, "theme/template"));
    }

    #[test]
    fn faults_of_several_templates_are_told_one_by_one() {
        let theme = theme("own.html", "");
        let report = "error: first\n --> own.html:3:7\n  |\nerror: second\n --> base.html:1:2\n";
        let places: Vec<String> = split(&theme, report)
            .iter()
            .map(|told| match &told.place {
                Place::Outside { path, line, column, .. } => format!("{path}:{line}:{column}"),
                _ => String::new(),
            })
            .collect();
        assert_eq!(places, ["themes/own/own.html:3:7", "themes/default/templates/base.html (built in):1:2"]);
        assert_eq!(split(&theme, "something else")[0].message, "something else");
    }
}
