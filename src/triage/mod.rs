//! Which findings are told in the end, and how loud: the handbook's settings, allowances in place, the caller's selection,
//! the baseline.
//!
//! Not here: finding anything (`parse`, `checks`, `theme`), and printing (`diagnostic`). What the content model forbids
//! goes through unchanged: only an expert's check can be made quieter, allowed or left out.

pub mod allowance;
pub mod baseline;
pub mod grouped;
pub mod scope;
pub mod selection;
pub mod whereabouts;

use jiff::civil::Date;

use crate::checks::catalogue::is_changeable;
use crate::checks::files_with_errors;
use crate::config::Config;
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::source::SourceTree;
use allowance::Allowances;
use baseline::Baseline;
use selection::Selection;
use whereabouts::Map;

/// What the caller wants to hear.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// Which checks.
    pub selection: Selection,
    /// What is known and not told again.
    pub baseline: Option<Baseline>,
}

/// The handbook to which findings belong.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// The settings.
    pub config: &'a Config,
    /// The files.
    pub tree: &'a SourceTree,
    /// The path of the content folder below the root, such as `content/`.
    pub prefix: &'a str,
    /// The date that counts as today.
    pub today: Date,
}

/// What is told, and how much is not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// The findings, sorted by path and place.
    pub findings: Vec<Diagnostic>,
    /// How many are allowed where they stand.
    pub allowed: usize,
    /// How many are in the baseline.
    pub known: usize,
    /// How many of the baseline are there no more.
    pub gone: usize,
}

/// Decides which findings are told.
pub fn triage(found: Vec<Diagnostic>, scene: Scene<'_>, choice: &Choice) -> Told {
    let mut findings: Vec<Diagnostic> =
        found.into_iter().filter_map(|told| with_loudness(told, scene.config)).collect();
    let mut allowances = Allowances::read(scene.tree, scene.today);
    let faulty = files_with_errors(findings.iter().filter(|told| !is_changeable(told)));
    let before = findings.len();
    findings.retain(|told| !allowances.allow(told));
    let allowed = before - findings.len();
    findings.extend(allowances.faults(&faulty));
    findings.retain(|told| told.firm || choice.selection.wants(told.name));
    diagnostic::sort(&mut findings, scene.tree, scene.prefix);
    let mut told = Told { findings, allowed, ..Told::default() };
    if let Some(baseline) = &choice.baseline {
        let mut map = Map::of(scene.tree, &scene.config.language_tags());
        let mut left = baseline.clone();
        let before = told.findings.len();
        told.findings.retain(|finding| !(is_changeable(finding) && left.take(&map.key(finding))));
        told.known = before - told.findings.len();
        told.gone = left.count();
    }
    told
}

/// Gives a finding the severity that the handbook wants; nothing where it is turned off.
fn with_loudness(told: Diagnostic, config: &Config) -> Option<Diagnostic> {
    let chosen = config.checks.0.iter().find(|chosen| chosen.check.value == told.name);
    let severity: Option<Severity> = match chosen {
        Some(chosen) if is_changeable(&told) => chosen.severity,
        _ => Some(told.severity),
    };
    severity.map(|severity| Diagnostic { severity, ..told })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::bench::{TODAY, service, tree};
    use crate::checks::{check, inspect};
    use crate::parse::parse;
    use crate::source::Span;

    /// A service whose limit is longer than the law allows.
    const BROKEN: &str = "standards: {a: {kind: timeliness, limit: 30d, legal: 20d}}\n";
    const SETTINGS: &str = "title: H\nlanguages: [en]\ncalendar: shop\n";

    fn told(settings: &str, rest: &str, choice: &Choice) -> Told {
        told_with_keys(settings, rest, choice).0
    }

    fn told_with_keys(settings: &str, rest: &str, choice: &Choice) -> (Told, Vec<baseline::Key>) {
        let roles = "desk: {title: Desk}\nlead: {title: Lead}\n";
        let files = [
            ("handbook.yaml", format!("{SETTINGS}{settings}")),
            ("services/repair.md", service(rest)),
            ("registers/roles.yaml", roles.to_owned()),
        ];
        let tree = tree(&files.each_ref().map(|(path, text)| (*path, text.as_str())));
        let parsed = parse(&tree, "");
        let (checked, found) = check(parsed.handbook, &tree, &parsed.diagnostics);
        let mut all = parsed.diagnostics;
        all.extend(found);
        all.extend(inspect(&checked, &tree, TODAY, &[]));
        all.retain(|told| ["time/limit-chain", "field/unknown"].contains(&told.name));
        let config = &checked.handbook().config;
        let told = triage(all, Scene { config, tree: &tree, prefix: "content/", today: TODAY }, choice);
        let mut map = Map::of(&tree, &config.language_tags());
        let keys = told.findings.iter().map(|finding| map.key(finding)).collect();
        (told, keys)
    }

    fn names(told: &Told) -> Vec<(&str, Severity)> {
        told.findings.iter().map(|told| (told.name, told.severity)).collect()
    }

    #[test]
    fn a_handbook_makes_a_check_quieter_or_turns_it_off() {
        let names = |settings: &str| -> Vec<Severity> {
            told(settings, BROKEN, &Choice::default()).findings.iter().map(|told| told.severity).collect()
        };
        assert_eq!(names(""), [Severity::Error]);
        assert_eq!(names("checks: {time/limit-chain: info}\n"), [Severity::Info]);
        assert_eq!(names("checks: {time/limit-chain: off}\n"), []);
    }

    #[test]
    fn a_selection_chooses_among_checks_and_never_hides_what_the_model_forbids() {
        let broken = format!("{BROKEN}nonsense: 1\n");
        let choice = |select: &[&str], ignore: &[&str]| Choice {
            selection: Selection::read(select.iter().copied(), ignore.iter().copied()).unwrap(),
            baseline: None,
        };
        let chain = ("time/limit-chain", Severity::Error);
        let model = ("field/unknown", Severity::Error);
        for (select, ignore, expected) in [
            (&[][..], &[][..], &[chain, model][..]),
            (&["time"], &[], &[chain, model]),
            (&["language"], &[], &[model]),
            (&[], &["time/limit-chain"], &[model]),
        ] {
            assert_eq!(names(&told("", &broken, &choice(select, ignore))), expected, "{select:?} {ignore:?}");
        }
    }

    #[test]
    fn what_is_in_the_baseline_is_not_told_again_and_what_is_gone_is_counted() {
        let (_, keys) = told_with_keys("", BROKEN, &Choice::default());
        let choice = Choice { baseline: Some(Baseline::of(keys)), ..Choice::default() };
        let again = told("", BROKEN, &choice);
        assert_eq!((again.findings.len(), again.known, again.gone), (0, 1, 0));
        let moved = told("", &format!("because: B\n{BROKEN}"), &choice);
        assert_eq!((moved.findings.len(), moved.known), (0, 1), "a line more above it changes nothing");
        let mended = told("", "because: B\n", &choice);
        assert_eq!((mended.findings.len(), mended.gone), (0, 1));
        let more = told("", &BROKEN.replace("}}", "}, b: {kind: timeliness, limit: 30d, legal: 20d}}"), &choice);
        assert_eq!((more.findings.len(), more.known), (1, 1), "another standard is another thing");
    }

    #[test]
    fn an_allowance_silences_its_check_and_is_counted() {
        let allowed =
            BROKEN.replace("standards", "# allow[time/limit-chain] until 2027-01-31: until the vote\nstandards");
        let told = told("", &allowed, &Choice::default());
        assert_eq!((names(&told), told.allowed), (vec![], 1));
    }

    #[test]
    fn a_rule_of_the_model_cannot_be_made_quieter() {
        let tree = SourceTree::from_texts([("a.md", "x")]);
        let at = Span::new(crate::source::FileId(0), 0, 1);
        let mut config = Config::default();
        config.checks.0.push(crate::config::Loudness {
            check: crate::source::Spanned { value: "field/unknown".into(), span: at },
            severity: None,
        });
        let scene = Scene { config: &config, tree: &tree, prefix: "", today: TODAY };
        let found = vec![Diagnostic::error("field/unknown", at, "m")];
        assert_eq!(triage(found, scene, &Choice::default()).findings.len(), 1);
    }

    #[test]
    fn a_finding_about_a_lost_value_stays_whatever_is_said_of_its_name() {
        let tree = SourceTree::from_texts([("a.md", "x # allow[time/limit-chain] until 2027-01-31: r")]);
        let at = Span::new(crate::source::FileId(0), 0, 1);
        let config = Config::default();
        let scene = Scene { config: &config, tree: &tree, prefix: "", today: TODAY };
        let selection = Selection::read([], ["time"]).unwrap();
        let count = |told: Diagnostic, choice: &Choice| {
            triage(vec![told], scene, choice).findings.iter().filter(|told| told.name == "time/limit-chain").count()
        };
        let told = Diagnostic::error("time/limit-chain", at, "m");
        assert_eq!(count(told.clone(), &Choice::default()), 0);
        assert_eq!(count(told.clone().firm(), &Choice::default()), 1);
        assert_eq!(count(told.firm(), &Choice { selection, baseline: None }), 1);
    }
}
