//! All checks by name: those of the content model, and those of an expert, which a handbook may change.

use crate::checks::check::Check;
use crate::checks::{
    Subject, authority, authors, checklist, coverage, cycles, evidence, former, language, links, measure, no_calendar,
    process, promise, prose, recovery, references, result, review, settings, time, translations, vanished, wiki_links,
    wording,
};
use crate::diagnostic::Diagnostic;

/// The groups of experts' checks, in the order of the manual.
pub const GROUPS: &[&[&Check]] = &[
    time::CHECKS,
    wording::CHECKS,
    measure::CHECKS,
    promise::CHECKS,
    process::CHECKS,
    authority::CHECKS,
    recovery::CHECKS,
    coverage::CHECKS,
    review::CHECKS,
    checklist::CHECKS,
    evidence::CHECKS,
    language::CHECKS,
    result::CHECKS,
];

/// Gives all experts' checks.
pub fn checks() -> impl Iterator<Item = &'static Check> {
    GROUPS.iter().flat_map(|group| group.iter().copied())
}

/// Finds an expert's check by its name.
pub fn check_named(name: &str) -> Option<&'static Check> {
    checks().find(|check| check.name == name)
}

/// A part of what the content model forbids.
pub struct Rule {
    /// Whether a handbook may make it louder, quieter or silent; what the content model forbids stays an error.
    pub changeable: bool,
    /// The permanent names of its findings.
    pub names: &'static [&'static str],
    /// Looks at the handbook.
    pub run: fn(&Subject<'_>, &mut Vec<Diagnostic>),
}

/// What the content model forbids, in the order in which it is looked for.
pub const RULES: &[Rule] = &[
    Rule { changeable: false, names: &["settings/check"], run: settings::run },
    Rule { changeable: false, names: &["reference/dangling"], run: references::run },
    Rule { changeable: false, names: &["prose/forbidden"], run: prose::run },
    Rule {
        changeable: false,
        names: &["reference/dangling", "reference/ambiguous", "reference/value"],
        run: wiki_links::run,
    },
    Rule { changeable: false, names: &["link/broken", "link/anchor", "picture/missing"], run: links::run },
    Rule { changeable: false, names: &["link/taken"], run: former::run },
    Rule { changeable: false, names: &["value/shared-author"], run: authors::run },
    Rule { changeable: false, names: &["reference/cycle"], run: cycles::run },
    Rule { changeable: false, names: &["time/no-calendar", "reference/dangling"], run: no_calendar::run },
    Rule { changeable: true, names: &["language/stale"], run: translations::run },
    Rule { changeable: true, names: &["link/vanished"], run: vanished::run },
    Rule { changeable: true, names: &["prose/unbound"], run: prose::tell_unbound },
];

/// Tells whether a handbook may change the severity of a finding.
pub fn can_be_changed(name: &str) -> bool {
    changeable_names().any(|known| known == name)
}

/// Tells whether a handbook may make this finding louder, quieter or silent.
pub fn is_changeable(told: &Diagnostic) -> bool {
    !told.firm && can_be_changed(told.name)
}

/// Gives the names of all findings whose severity a handbook may change.
pub fn changeable_names() -> impl Iterator<Item = &'static str> {
    let rules = RULES.iter().filter(|rule| rule.changeable).flat_map(|rule| rule.names.iter().copied());
    rules.chain(checks().map(|check| check.name))
}
