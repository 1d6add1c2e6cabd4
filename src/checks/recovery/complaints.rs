//! Which services take complaints.

use std::collections::BTreeMap;

use crate::checks::stems::speaks_of;
use crate::model::handbook::Handbook;
use crate::source::Span;

/// Gives the ids of the services that others, or they themselves, name in `complaints_to`, and one place where that is written.
pub fn takers(handbook: &Handbook) -> BTreeMap<&str, Span> {
    let named = handbook.services.values().filter_map(|service| service.fields.complaints_to.as_ref());
    named.map(|to| (to.id.as_str(), to.span)).collect()
}

/// Finds a service that takes complaints by its name, whether or not another names it.
pub fn by_name(handbook: &Handbook) -> Option<&str> {
    handbook.services.keys().map(String::as_str).find(|id| is_by_name(id))
}

/// Tells whether a service takes complaints by its name.
pub fn is_by_name(id: &str) -> bool {
    let last = id.rsplit('/').next().unwrap_or(id);
    matches!(last, "complaint" | "complaints" | "feedback-and-complaints" | "plaintes")
        || speaks_of(last, "beschwerde | reklamation | tousu")
}
