//! Large handbooks, and the same bytes whatever the folder, the run and the number of threads.
#![allow(clippy::disallowed_methods, reason = "tests make folders")]

mod generate;

use std::path::Path;

use generate::{INVENTORY, Size};
use jiff::civil::date;
use pledgebook::diagnostic::concise;
use pledgebook::diagnostic::report::Report;
use pledgebook::pipeline::{self, Errors, Options};
use pledgebook::render::site::RenderedSite;

fn made(root: &Path) -> (String, Option<RenderedSite>) {
    let options = Options { today: date(2026, 11, 21), base_url: None, errors: Errors::Shown };
    let mut looked = pipeline::look(root).unwrap();
    let site = pipeline::make(&mut looked, &options);
    (concise::print(&Report::plain(&looked.diagnostics, &looked.tree, &looked.prefix)), site)
}

#[test]
fn an_inventory_of_650_services_and_1500_standards_has_no_finding() {
    let folder = tempfile::tempdir().unwrap();
    generate::write(folder.path(), &generate::handbook(INVENTORY));
    let looked = pipeline::look(folder.path()).unwrap();
    assert_eq!(concise::print(&Report::plain(&looked.diagnostics, &looked.tree, &looked.prefix)), "");
    let handbook = looked.handbook.handbook();
    assert_eq!(handbook.services.len(), 651);
    assert_eq!(handbook.services.values().map(|service| service.fields.standards.len()).sum::<usize>(), 1_503);
    assert_eq!(handbook.results.len(), 18_000);
}

#[test]
fn the_same_bytes_come_of_two_runs_of_two_folders_and_of_any_number_of_threads() {
    let small = Size { services: 12, standards: 30, months: 3, languages: 3 };
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut files = generate::handbook(small);
    // Faults too: what is told has an order of its own.
    files.push(("services/faulty.md".into(), "---\ntitle: [x]\nlimt: 3\nowner: nobody\n---\n[[nothing]]\n".into()));
    files.push(("pages/faulty.md".into(), "---\ntitle: x\nkind: story\n---\n[x](y.md)\n".into()));
    generate::write(one.path(), &files);
    files.reverse();
    generate::write(&other.path().join("a b 服务"), &files);
    let expected = made(one.path());
    assert!(
        expected.0.lines().count() >= 7 && expected.1.as_ref().is_some_and(|site| site.len() > 100),
        "{}",
        expected.0
    );
    assert!(made(one.path()) == expected, "a second run gives the same");
    assert!(made(&other.path().join("a b 服务")) == expected, "another folder gives the same");
    for threads in [1, 2, 7] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        assert!(pool.install(|| made(one.path())) == expected, "{threads} threads give the same");
    }
}

#[test]
fn the_shipped_handbook_gives_the_same_bytes_with_any_number_of_threads() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let (told, site) = pool(1).install(|| made(root));
    assert_eq!(told, "");
    assert!(pool(5).install(|| made(root)) == (told, site));
}

/// A fault: what is written in a service, what it is replaced by, the first characters of the place at which it is told,
/// and the name under which it is told.
const FAULTS: [(&str, &str, &str, &str); 34] = [
    ("internal: 4 business days", "internal: 4 days", "4 days", "time/ambiguous-day"),
    ("internal: 4 business days", "internal: 3-4bd", "3-4bd", "time/range"),
    ("takes: 4bh", "takes: 0h", "0h", "value/duration"),
    ("takes: 2bd", "takes: 5m", "5m", "value/duration"),
    ("owner: role-", "owner: rloe-", "rloe-", "reference/dangling"),
    ("title: Service", "titel: Service", "titel", "field/unknown"),
    ("outcome: They have it.", "outcome:", "outcome", "field/null"),
    ("outcome: They have it.\n", "", "---", "field/missing"),
    ("for: Everybody", "for: \"Everybody", "\"Everybody", "field/syntax"),
    ("for: Everybody", "for: Everybody: all", ": all", "field/syntax"),
    ("needs: [a form, a proof]", "needs: [a form, a proof", "[a form", "field/syntax"),
    ("last: 2026-09-01", "last: 2026-02-30", "2026-02-30", "value/date"),
    ("channels: [phone, web]", "channels: [phone, wbe]", "wbe", "reference/dangling"),
    ("channels: [phone, web]", "channels: phone", "phone\n", "field/type"),
    ("complaints_to: complaints", "complaints_to: complaint\n", "complaint\n", "reference/dangling"),
    ("needs: [a form", "owner: lead\nneeds: [a form", "owner: lead", "field/duplicate"),
    ("target: 9", "target: 19", "19", "value/share"),
    ("kind: timeliness", "kind: timelyness", "timelyness", "value/word"),
    ("as: share-within-limit", "as: average", "average", "value/word"),
    ("{at: 70%", "{at: 0%", "0%", "value/moment"),
    ("actor: role-", "actor: nobody-", "nobody-", "reference/dangling"),
    ("stage: back", "stage: bakc", "bakc", "value/word"),
    ("backed_by: [standard-0]", "backed_by: [standard-x]", "standard-x]", "reference/dangling"),
    ("kind: commitment", "kind: [commitment]", "[commitment]", "field/type"),
    ("start: we have your form, ", "", "clock:", "time/no-clock"),
    ("clock: {start", "clok: {start", "clok", "field/unknown"),
    ("based_on: study", "based_on: studdy", "studdy", "reference/dangling"),
    ("Within [[#limit]], see", "Within [[#limti]], see", "limti", "reference/value"),
    ("see [[promise-0]]", "see [[promise-x]]", "promise-x", "reference/dangling"),
    ("| form | first |", "| 表格 | [x](none.md) |", "none.md", "link/broken"),
    ("| form | first |", "| 表格 | [x](#none) |", "#none", "link/anchor"),
    ("is for you.", "is ![x](none.png).", "none.png", "picture/missing"),
    ("is for you.", "is for [[@stduy]].", "stduy", "reference/dangling"),
    ("---\nService", "Service", "---", "file/unclosed"),
];

#[test]
fn every_fault_of_a_large_handbook_is_told_at_its_place_and_nothing_else_is() {
    let folder = tempfile::tempdir().unwrap();
    let mut files = generate::handbook(Size { services: 170, standards: 400, months: 2, languages: 1 });
    let mut expected = Vec::new();
    let services = files.iter_mut().filter(|(path, _)| path.starts_with("services/") && !path.contains("complaints"));
    for (number, (path, text)) in services.enumerate() {
        let (written, instead, at, name) = FAULTS[number % FAULTS.len()];
        let place = text.find(written).unwrap_or_else(|| panic!("{path} has no `{written}`"));
        text.replace_range(place..place + written.len(), instead);
        let from =
            if ["field/missing", "time/no-clock"].contains(&name) || name == "file/unclosed" { 0 } else { place };
        let found = from + text[from..].find(at).unwrap();
        let line = text[..found].matches('\n').count() + 1;
        let column = text[..found].rsplit('\n').next().unwrap().chars().count() + 1;
        expected.push(format!("content/{path}:{line}:{column}: error[{name}]"));
    }
    generate::write(folder.path(), &files);
    let (told, _) = made(folder.path());
    let mut told: Vec<String> = told.lines().map(|line| format!("{}]", line.split(']').next().unwrap())).collect();
    told.sort();
    expected.sort();
    let extra: Vec<_> = told.iter().filter(|line| !expected.contains(line)).collect();
    let silent: Vec<_> = expected.iter().filter(|line| !told.contains(line)).collect();
    assert!(extra.is_empty() && silent.is_empty(), "told without cause: {extra:#?}\nnot told: {silent:#?}");
    assert_eq!(told.len(), 170, "nothing is told twice");
}
