//! What `check --fix` does to whole handbooks: it ends, it makes no file worse, and slips become what they were before.
#![allow(clippy::disallowed_methods, reason = "a test reads the cases from disk")]

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fs;
use std::path::Path;

use pledgebook::checks;
use pledgebook::diagnostic::{Diagnostic, Place};
use pledgebook::mend::mend;
use pledgebook::parse::parse;
use pledgebook::pipeline::{self, mending};
use pledgebook::source::{FileId, SourceTree};
use proptest::prelude::{ProptestConfig, any, prop_assert_eq, proptest};

/// A handbook in memory with its findings.
type Seen = (SourceTree, Vec<Diagnostic>);

fn look(tree: SourceTree) -> Result<Seen, Infallible> {
    let parsed = parse(&tree, "");
    let (_, found) = checks::check(parsed.handbook, &tree, &parsed.diagnostics);
    let all = parsed.diagnostics.into_iter().chain(found).collect();
    Ok((tree, all))
}

fn mended(tree: SourceTree) -> Seen {
    let Ok(first) = look(tree);
    let Ok((last, _)) = mending::until_done(first, |seen| (&seen.0, seen.1.as_slice()), look);
    last
}

/// Counts the faults of writing in each file, which keep other things from being read.
fn unreadable(found: &[Diagnostic]) -> BTreeMap<FileId, usize> {
    let mut counts = BTreeMap::new();
    for told in found {
        let is_writing = told.name.starts_with("csv/")
            || ["field/syntax", "field/yaml", "field/duplicate", "field/type"].contains(&told.name);
        if let (true, Place::At(span)) = (is_writing, &told.place) {
            *counts.entry(span.file).or_default() += 1;
        }
    }
    counts
}

#[test]
fn broken_handbooks_are_read_no_worse_and_mending_ends() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/handbooks");
    let mut changed = 0;
    for case in fs::read_dir(cases).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
        let Ok(looked) = pipeline::look(&case) else { continue };
        let (before, (tree, after)) = (look(looked.tree.clone()).unwrap().1, mended(looked.tree.clone()));
        let (was, is, name) = (unreadable(&before), unreadable(&after), case.display());
        for (file, number) in &is {
            let worse = *number > was.get(file).copied().unwrap_or_default();
            assert!(!worse, "{name}: {} is read worse: {after:#?}", tree.file(*file).path);
        }
        // What could not be read before may have faults of its own.
        let fewer = after.len() <= before.len() || is != was;
        assert!(fewer, "{name}: {} findings, then {}: {after:#?}", before.len(), after.len());
        assert!(mend(&after, &tree).is_empty(), "{name}: something is left to mend");
        changed += usize::from(tree.iter().any(|(id, _)| {
            let text = |tree: &SourceTree| tree.text(id).map(|text| text.as_str().to_owned());
            text(&tree) != text(&looked.tree)
        }));
    }
    assert!(changed > 5, "only {changed} cases were mended");
}

/// A service as it should be, in the ways in which values can stand in YAML.
const SERVICE: &str = "\
---
title: Repair # 维修
for: Everybody
outcome: \"It works: 好的\"
owner: desk
review: {last: 2026-11-01, every: 12 months}
approved: {by: lead, date: 2026-03-01}
fee: 90 EUR # 费用
exceptions: [On Sundays, '节假日']
standards:
  turnaround:
    kind: timeliness
    statement: 'It is ready in [[#limit]].'
    limit: 10 business days
    internal: \"90min\"
    clock: {start: A, stop: B}
    target: 95%   # 目标
    measure: {as: share-within-limit, per: month}
---
## Ready {#turnaround}

我们 [[#limit]] 内修好。
";

/// What is right and how it is miswritten; each stands once in the service.
const SLIPS: [(&str, &str); 17] = [
    ("\noutcome:", "\noutcom:"),
    ("owner: desk", "owner: roles/desk"),
    ("every: 12 months", "evrey: 12 Months"),
    ("by: lead", "by: \"[[lead]]\""),
    ("date: 2026-03-01", "date: 1.3.2026"),
    ("fee: 90 EUR", "fee: 90 Euro"),
    ("exceptions:", "exeptions:"),
    ("\nstandards:", "\nstandrads:"),
    ("kind: timeliness", "kind: timelyness"),
    ("'It is ready in [[#limit]].'", "'It is ready in [[#limmit]].'"),
    ("limit: 10 business days", "limit: 10 Business  Days"),
    ("\"90min\"", "\"1.5h\""),
    ("stop: B", "stopp: B"),
    ("95%", "95 percent"),
    ("share-within-limit", "Share-Within-Limits"),
    ("\n    measure:", "\n    measrue:"),
    ("last: 2026-11-01", "last: 2026/11/1"),
];

fn tree(service: &str) -> SourceTree {
    let calendars = "shop: {time_zone: Europe/Berlin, hours: {mon-fri: \"09:00-17:00\"}}\n";
    SourceTree::from_texts([
        ("handbook.yaml", "title: Handbook\nlanguages: [en]\ncalendar: shop\n"),
        ("registers/roles.yaml", "desk: {title: Desk}\nlead: {title: Lead}\n"),
        ("registers/calendars.yaml", calendars),
        ("services/repair.md", service),
    ])
}

fn service_of(tree: &SourceTree) -> String {
    tree.text(tree.find("services/repair.md").unwrap()).unwrap().as_str().to_owned()
}

#[test]
fn the_service_as_it_should_be_has_no_finding_and_each_slip_stands_in_it_once() {
    assert_eq!(look(tree(SERVICE)).unwrap().1, []);
    for (right, _) in SLIPS {
        assert_eq!(SERVICE.matches(right).count(), 1, "{right}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn slips_become_what_they_were_whatever_else_is_wrong(
        slips in proptest::collection::vec(any::<bool>(), SLIPS.len()),
        (windows, mark) in (any::<bool>(), any::<bool>()),
    ) {
        let whole = |text: &str| {
            let text = if windows { text.replace('\n', "\r\n") } else { text.to_owned() };
            if mark { format!("\u{feff}{text}") } else { text }
        };
        let mut wrong = SERVICE.to_owned();
        for ((right, slip), _) in SLIPS.iter().zip(slips).filter(|(_, made)| *made) {
            wrong = wrong.replace(right, slip);
        }
        let (tree, found) = mended(tree(&whole(&wrong)));
        // Brackets go, the quotation marks around them stay.
        prop_assert_eq!(service_of(&tree).replace("by: \"lead\"", "by: lead"), whole(SERVICE));
        prop_assert_eq!(found, []);
    }
}
