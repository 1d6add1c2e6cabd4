//! All checks, by name. A new check is a file and a line here.

use crate::checks::{Subject, cycles, links, prose, references, settings, time, translations, wiki_links};
use crate::diagnostic::Diagnostic;

/// One check: it looks at the handbook and collects what it finds.
pub struct Check {
    /// Whether a handbook may make it louder, quieter or silent; what the content model forbids stays an error.
    pub changeable: bool,
    /// The permanent names of its findings.
    pub names: &'static [&'static str],
    /// Looks at the handbook.
    pub run: fn(&Subject<'_>, &mut Vec<Diagnostic>),
}

/// All checks, in the order in which they run.
pub const CHECKS: &[Check] = &[
    Check { changeable: false, names: &["settings/check"], run: settings::run },
    Check { changeable: false, names: &["reference/dangling"], run: references::run },
    Check { changeable: false, names: &["prose/forbidden"], run: prose::run },
    Check {
        changeable: false,
        names: &["reference/dangling", "reference/ambiguous", "reference/value"],
        run: wiki_links::run,
    },
    Check { changeable: false, names: &["link/broken", "link/anchor", "picture/missing"], run: links::run },
    Check { changeable: false, names: &["reference/cycle"], run: cycles::run },
    Check { changeable: false, names: &["time/no-calendar", "reference/dangling"], run: time::run },
    Check { changeable: true, names: &["language/stale"], run: translations::run },
    Check { changeable: true, names: &["prose/unbound"], run: prose::tell_unbound },
];

/// Tells whether a handbook may change the severity of a finding.
pub fn can_be_changed(name: &str) -> bool {
    CHECKS.iter().any(|check| check.changeable && check.names.contains(&name))
}

/// Gives the names of all findings whose severity a handbook may change.
pub fn changeable_names() -> impl Iterator<Item = &'static str> {
    CHECKS.iter().filter(|check| check.changeable).flat_map(|check| check.names.iter().copied())
}
