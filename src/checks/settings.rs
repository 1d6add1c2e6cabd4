//! Settings that name checks that there are not, or a calendar that there is not.

use crate::checks::{Subject, catalogue};
use crate::diagnostic::Diagnostic;
use crate::model::kind::Kind;
use crate::units::nearest::{certain, is_free, nearest};

/// Looks at the settings.
pub fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let config = &subject.handbook.config;
    for chosen in &config.checks.0 {
        let name = chosen.check.value.as_str();
        if catalogue::can_be_changed(name) {
            continue;
        }
        let message = format!("`{name}` is not a check whose severity can be changed");
        let told = Diagnostic::error("settings/check", chosen.check.span, message);
        let told = match nearest(name, catalogue::changeable_names()) {
            Some(near) => told.hint(format!("did you mean `{near}`?")).action(format!("write `{near}`")),
            None => told.action("write the name of a check, as `pledgebook checks` lists them"),
        };
        let others = config.checks.0.iter().map(|other| &other.check).filter(|other| other.span != chosen.check.span);
        let others = others.map(|other| &other.value).chain(&config.checks.1).map(String::as_str);
        let meant = certain(name, catalogue::changeable_names());
        found.push(match meant.filter(|meant| is_free(meant, others, &mut catalogue::changeable_names())) {
            Some(meant) => told.fix_value(chosen.check.span, meant),
            None => told,
        });
    }
    if let Some(calendar) = &config.calendar {
        let (id, span) = (calendar.value.as_str(), calendar.span);
        super::references::tell_if_dangling(&subject.meant, Kind::Calendar, (id, span), found);
    }
    if let Some(edit) = config.edit_url.as_ref().filter(|edit| !edit.value.contains("{path}")) {
        let told =
            Diagnostic::error("value/address", edit.span, "`edit_url` does not say where the path of the file goes");
        found.push(told.action("write `{path}` in it, such as `https://example.org/edit/main/content/{path}`"));
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::found;

    fn told(settings: &str) -> Vec<String> {
        let settings = format!("title: H\nlanguages: [en, de]\n{settings}");
        let translation = ("pages/p.de.md", "---\ntitle: P\n---\n");
        found(&[("handbook.yaml", &settings), ("pages/p.md", "---\ntitle: P\nkind: guide\n---\n"), translation])
    }

    #[test]
    fn a_check_that_is_not_there_or_cannot_be_changed_is_told() {
        let lines = told("checks: {language/stail: off}\n");
        assert!(
            lines
                .iter()
                .any(|line| line.ends_with("→ write `language/stale`")
                    && line.starts_with("settings/check handbook.yaml:3")),
            "{lines:#?}"
        );
        let lines = told("checks: {reference/dangling: off}\n");
        assert!(lines.iter().any(|line| line.starts_with("settings/check")), "{lines:#?}");
    }

    #[test]
    fn a_calendar_that_is_not_there_and_an_address_without_a_path_are_told() {
        let starts = |settings: &str, start: &str| told(settings).iter().any(|line| line.starts_with(start));
        assert!(starts("calendar: none\n", "reference/dangling handbook.yaml:3 there is no calendar `none`"));
        assert!(starts("edit_url: https://example.org\n", "value/address handbook.yaml:3"));
        assert!(!starts("calendar: always\nedit_url: https://example.org/{path}\n", "value/address"));
    }
}
