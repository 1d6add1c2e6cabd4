//! A build that has nothing to do: it says what the last one said, and is never wrong.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::{GOOD, files, pledgebook, root, stderr, stdout};

/// Something that happens between two builds.
#[derive(Clone, Copy, Debug)]
enum Event {
    Nothing,
    Text(u8),
    Added(u8),
    Removed(u8),
    Renamed(u8),
    Mistake,
    Mended,
    Language(bool),
    Warning(bool),
    Theme(u8),
    Picture(u8),
    OutputSpoilt,
    OutputRemoved,
    ReceiptSpoilt,
    Today(u8),
}

impl Event {
    fn happen(self, root: &Path, today: &mut String) {
        let content = root.join("content");
        let put = |path: String, text: String| {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        let service = |n: u8, text: &str| put(format!("content/services/other-{n}.md"), text.to_owned());
        match self {
            Event::Nothing => {}
            Event::Text(n) => put("content/services/repair.md".into(), format!("{GOOD}\nVersion {n}.\n")),
            Event::Added(n) => service(n, &GOOD.replace("title: Repair", &format!("title: Other {n}"))),
            Event::Removed(n) => drop(fs::remove_file(content.join(format!("services/other-{n}.md")))),
            Event::Renamed(n) => {
                let of = |n: u8| content.join(format!("services/other-{n}.md"));
                drop(fs::rename(of(n), of(n ^ 1)));
            }
            Event::Mistake => put("content/services/repair.md".into(), super::faulty()),
            Event::Mended => put("content/services/repair.md".into(), GOOD.to_owned()),
            Event::Language(two) => {
                let languages = if two { "[en, de]" } else { "[en]" };
                put("content/handbook.yaml".into(), super::SETTINGS.replace("[en]", languages));
            }
            Event::Warning(on) => {
                let text =
                    if on { super::SETTINGS.replace(", measure/none: off", "") } else { super::SETTINGS.to_owned() };
                put("content/handbook.yaml".into(), text);
            }
            Event::Theme(n) => put("themes/default/templates/404.html".into(), format!("Gone {n}")),
            Event::Picture(n) => put("content/pictures/a.png".into(), format!("picture {n}")),
            Event::OutputSpoilt => drop(fs::write(root.join("public/index.html"), "spoilt")),
            Event::OutputRemoved => drop(fs::remove_file(root.join("public/index.html"))),
            Event::ReceiptSpoilt => {
                for entry in fs::read_dir(root.join("cache/pledgebook/builds")).into_iter().flatten() {
                    fs::write(entry.unwrap().path(), "{\"order\": 1}").unwrap();
                }
            }
            Event::Today(n) => *today = format!("2026-11-{:02}", 10 + n),
        }
    }
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        4 => Just(Event::Nothing),
        2 => (0..2u8).prop_map(Event::Text),
        2 => (0..3u8).prop_map(Event::Added),
        1 => (0..3u8).prop_map(Event::Removed),
        1 => (0..3u8).prop_map(Event::Renamed),
        1 => Just(Event::Mistake),
        1 => Just(Event::Mended),
        1 => any::<bool>().prop_map(Event::Language),
        1 => any::<bool>().prop_map(Event::Warning),
        1 => (0..2u8).prop_map(Event::Theme),
        1 => (0..2u8).prop_map(Event::Picture),
        1 => Just(Event::OutputSpoilt),
        1 => Just(Event::OutputRemoved),
        1 => Just(Event::ReceiptSpoilt),
        1 => (0..2u8).prop_map(Event::Today),
    ]
}

/// Builds with receipts into `public`, and without any into a folder of its own, and compares.
fn compare(root: &Path, today: &str, event: Event) {
    let build = |out: &Path, more: &[&str]| {
        let mut program = pledgebook(root).env("XDG_CACHE_HOME", root.join("cache"));
        program = program.args(["--today", today, "build", "--out"]).arg(out).args(more);
        program.output().unwrap()
    };
    let clean = tempfile::tempdir().unwrap();
    let (ours, theirs) = (root.join("public"), clean.path().join("public"));
    let (with, without) = (build(&ours, &[]), build(&theirs, &["--no-cache"]));
    assert_eq!(with.status.code(), without.status.code(), "after {event:?}");
    let said =
        |output: &[u8], out: &Path| String::from_utf8(output.to_vec()).unwrap().replace(out.to_str().unwrap(), "OUT");
    assert_eq!(said(&with.stdout, &ours), said(&without.stdout, &theirs), "after {event:?}");
    if without.status.success() {
        assert!(files(&ours) == files(&theirs), "the sites differ after {event:?}");
    }
}

#[test]
fn with_receipts_and_without_the_same_site_comes_of_whatever_happens() {
    let mut runner = TestRunner::new(Config { cases: 12, failure_persistence: None, ..Config::default() });
    let happens = prop::collection::vec(event(), 8);
    let outcome = runner.run(&happens, |events| {
        let root = root(GOOD);
        let mut today = "2026-11-21".to_owned();
        for event in events {
            event.happen(root.path(), &mut today);
            compare(root.path(), &today, event);
        }
        Ok(())
    });
    outcome.unwrap_or_else(|fault| panic!("{fault}"));
}

#[test]
fn a_second_build_of_the_same_says_what_the_receipt_says_and_makes_nothing() {
    let root = root(GOOD);
    let build = |more: &[&str]| {
        let program = pledgebook(root.path()).env("XDG_CACHE_HOME", root.path().join("cache")).arg("build").args(more);
        program.assert().code(0)
    };
    let first = build(&[]);
    let receipts = root.path().join("cache/pledgebook/builds");
    let receipt = fs::read_dir(&receipts).unwrap().next().unwrap().unwrap().path();
    // Were the site made anew, it would not have so many pages.
    let text = fs::read_to_string(&receipt).unwrap();
    let told = text.split("\"pages\":").nth(1).unwrap().split(',').next().unwrap();
    fs::write(&receipt, text.replace(&format!("\"pages\":{told}"), "\"pages\":4711")).unwrap();
    let second = build(&[]);
    assert_eq!(stdout(&first), stdout(&second));
    assert!(stderr(&second).starts_with("4711 pages, 0 files written, "), "{}", stderr(&second));
    assert!(!stderr(&build(&["--no-cache"])).contains("4711"));
    fs::remove_dir_all(root.path().join("cache")).unwrap();
    assert!(!stderr(&build(&[])).contains("4711"), "a cache may go at any time");
}
