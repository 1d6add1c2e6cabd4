//! What findings and checks mean: one text for `explain`, for `checks` and for the manual.

use std::fmt::Write;

use jiff::civil::date;

use crate::checks::catalogue::{can_be_changed, check_named, checks};
use crate::checks::check::{Check, Example};
use crate::checks::inspection::Inspection;
use crate::checks::{self, stand_in};
use crate::diagnostic::{self, Diagnostic};
use crate::manual::rules::{RULES, Rule};
use crate::parse::parse;
use crate::units::nearest::nearest;

/// Gives the names of everything that can be explained.
pub fn names() -> impl Iterator<Item = &'static str> {
    RULES.iter().map(|rule| rule.name).chain(checks().map(|check| check.name))
}

/// Explains a finding or a check; nothing comes of a name that is neither.
pub fn explain(name: &str) -> Option<String> {
    check_named(name).map(explain_check).or_else(|| RULES.iter().find(|rule| rule.name == name).map(explain_rule))
}

/// Finds the name that is probably meant.
pub fn meant(name: &str) -> Option<&'static str> {
    nearest(name, names()).or_else(|| {
        let mut same = names().filter(|known| known.split_once('/').is_some_and(|(_, last)| last == name));
        same.next()
    })
}

/// Makes the table of a group of findings for the manual.
pub fn rules_of(group: &str) -> Option<String> {
    let rows: String = RULES.iter().filter(|rule| group_of(rule.name) == group).map(row).collect();
    (!rows.is_empty()).then(|| format!("| name | means | what to do |\n|---|---|---|\n{rows}"))
}

/// Makes the pages of a group of checks for the manual.
pub fn checks_of(group: &str) -> Option<String> {
    let pages: Vec<String> = checks().filter(|check| check.group() == group).map(explain_check).collect();
    (!pages.is_empty()).then(|| pages.join("\n"))
}

/// Makes the list of all checks for the manual, with their severity.
pub fn list() -> String {
    let row = |check: &Check| {
        let (group, name) = check.name.split_once('/').unwrap_or_default();
        let anchor = format!("{group}{name}");
        format!("| [`{}`](#{anchor}) | {} | {} |\n", check.name, check.severity.word(), escaped(check.finds))
    };
    let rows: String = checks().map(row).collect();
    format!("| check | severity | finds |\n|---|---|---|\n{rows}")
}

fn group_of(name: &str) -> &str {
    name.split('/').next().unwrap_or_default()
}

fn row(rule: &Rule) -> String {
    let changeable = if can_be_changed(rule.name) { " **Can be changed.**" } else { "" };
    format!("| `{}` | {}{changeable} | {} |\n", rule.name, rule.means, rule.instead)
}

fn escaped(text: &str) -> String {
    text.replace('|', "\\|")
}

fn explain_rule(rule: &Rule) -> String {
    let Rule { name, means, instead } = rule;
    let loudness = match can_be_changed(name) {
        true => format!(
            "A warning, unless `handbook.yaml` says otherwise: `checks: {{{name}: error}}`, or `info`, or `off`."
        ),
        false => "An error: the site is not built until it is mended.".to_owned(),
    };
    format!("### `{name}`\n\n{means}\n\n{instead}\n\n{loudness}\n")
}

fn explain_check(check: &Check) -> String {
    let mut text =
        format!("### `{}`\n\n**{}** · {}\n\n{}\n", check.name, check.severity.word(), check.finds, check.why);
    if check.wrong.is_empty() {
        return text;
    }
    let _ = write!(text, "\nFor example, {}", files(check.wrong));
    for told in said(check) {
        let action = told.action.as_deref().map(|action| format!(" → {action}")).unwrap_or_default();
        let _ = writeln!(text, "\n> {}{action}", told.message);
    }
    let _ = write!(text, "\nMended, {}", files(check.right));
    text
}

/// Shows the files of an example.
fn files(example: Example) -> String {
    let one = |(path, text): &(&str, &str)| {
        let language = if path.ends_with(".csv") { "csv" } else { "yaml" };
        let language = if text.contains("---\n") { "md" } else { language };
        format!("in `{path}`:\n\n```{language}\n{}\n```\n", text.trim_end())
    };
    example.iter().map(one).collect::<Vec<_>>().join("\nand ")
}

/// Gives what is said of the example at fault.
fn said(check: &Check) -> Vec<Diagnostic> {
    let tree = stand_in::tree(check.wrong);
    let parsed = parse(&tree, "");
    let mut found: Vec<_> = parsed.diagnostics.iter().filter(|told| told.name == check.name).cloned().collect();
    let (checked, _) = checks::check(parsed.handbook, &tree, &parsed.diagnostics);
    if let Some(look) = check.finder.look() {
        look(&Inspection::of(&checked, &tree, date(2026, 11, 21)), &mut found);
    }
    diagnostic::sort(&mut found, &tree, "");
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_is_explained_with_its_example_and_what_is_said_of_it() {
        let text = explain("time/limit-chain").unwrap();
        for part in [
            "### `time/limit-chain`",
            "**error** · The internal limit",
            "legal: 20 calendar days",
            "> the limit of `turnaround` is 30 calendar days",
            "limit: 18 calendar days",
        ] {
            assert!(text.contains(part), "{part}\n{text}");
        }
    }

    #[test]
    fn a_finding_of_the_model_is_explained_with_whether_it_can_be_changed() {
        assert!(explain("field/unknown").unwrap().contains("An error: the site is not built"));
        assert!(explain("language/stale").unwrap().contains("checks: {language/stale: error}"));
        assert_eq!(explain("no/such"), None);
    }

    #[test]
    fn a_mistyped_name_leads_to_the_one_that_is_meant() {
        assert_eq!(meant("time/limit-chian"), Some("time/limit-chain"));
        assert_eq!(meant("limit-chain"), Some("time/limit-chain"));
        assert_eq!(meant("qqqqqq"), None);
    }

    #[test]
    fn no_name_is_explained_twice() {
        let mut all: Vec<_> = names().collect();
        all.sort_unstable();
        let count = all.len();
        all.dedup();
        assert_eq!(all.len(), count);
    }

    #[test]
    fn groups_have_a_table_or_pages() {
        assert!(rules_of("file").unwrap().contains("| `file/empty` |"));
        assert!(checks_of("time").unwrap().contains("### `time/limit-chain`"));
        assert_eq!((rules_of("nothing"), checks_of("nothing")), (None, None));
        assert!(list().contains("| [`time/limit-chain`](#timelimit-chain) | error |"));
    }
}
