//! What reports say of the names of findings: the texts of `explain`, as rules of a report.

use crate::checks::catalogue::{can_be_changed, checks};
use crate::diagnostic::Severity;
use crate::diagnostic::report::Rule;
use crate::manual::findings::explain;
use crate::manual::rules::RULES;

/// Gives what is known of all names: those of the content model, then the checks in the order of the catalogue.
pub fn rules() -> Vec<Rule> {
    let model = RULES.iter().map(|rule| {
        let severity = if can_be_changed(rule.name) { Severity::Warning } else { Severity::Error };
        (rule.name, severity, rule.means)
    });
    let all = model.chain(checks().map(|check| (check.name, check.severity, check.finds)));
    let rule = |(name, severity, finds): (&'static str, Severity, &str)| Rule {
        name,
        severity,
        finds: finds.to_owned(),
        help: explain(name).unwrap_or_default(),
    };
    all.map(rule).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_says_what_it_finds_and_explains_it_with_examples() {
        let rules = rules();
        let rule = rules.iter().find(|rule| rule.name == "time/limit-chain").unwrap();
        assert_eq!(rule.severity, Severity::Error);
        assert!(rule.finds.ends_with('.') && rule.help.contains("Mended, in `services/repair.md`"), "{rule:?}");
    }

    #[test]
    fn the_content_model_and_the_checks_are_there_with_their_severity_and_no_name_twice() {
        let rules = rules();
        let severity = |name: &str| rules.iter().find(|rule| rule.name == name).map(|rule| rule.severity);
        assert_eq!(severity("field/unknown"), Some(Severity::Error));
        assert_eq!(severity("language/stale"), Some(Severity::Warning));
        let names: std::collections::BTreeSet<_> = rules.iter().map(|rule| rule.name).collect();
        assert_eq!(names.len(), rules.len());
        assert!(rules.iter().all(|rule| !rule.finds.is_empty() && !rule.help.is_empty()), "{rules:?}");
    }
}
