//! Settings that name checks that there are not, or a calendar that there is not.

use crate::checks::{Subject, catalogue};
use crate::diagnostic::Diagnostic;
use crate::model::kind::Kind;
use crate::units::nearest::{listed, nearest};

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
        found.push(match nearest(name, catalogue::changeable_names()) {
            Some(near) => told.hint(format!("did you mean `{near}`?")).action(format!("write `{near}`")),
            None => told.action(format!("the checks are {}", listed(catalogue::changeable_names()))),
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
