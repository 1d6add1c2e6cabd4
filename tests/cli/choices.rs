//! Which findings are told and when they make a run fail: `--select`, `--ignore`, `--fail-on`, `--baseline`; `explain` and
//! `checks`; and what git tells.

use std::fs;
use std::path::Path;
use std::process::Command as Process;

use crate::{GOOD, root, run, stderr, stdout};

/// A service whose limits contradict each other.
fn broken() -> String {
    let standard = "standards:\n  turnaround:\n    title: Turnaround\n    kind: timeliness\n    statement: It is ready within 30 calendar days.\n    \
                    limit: 30d\n    legal: 20d\n    clock: {start: it is here, stop: it is ready}\n    target: 90%\n    \
                    measure: {as: share-within-limit, from: book, per: month}\n";
    GOOD.replace("---\nWe", &format!("{standard}---\nWe"))
}

const CHAIN: &str = "time/limit-chain";

/// The names of the findings that a run tells, in order.
fn names(root: &Path, arguments: &[&str]) -> Vec<String> {
    let told = run(root, &[&["check", "--format", "json"], arguments].concat());
    let told: serde_json::Value = serde_json::from_str(&stdout(&told)).unwrap();
    let findings = told["findings"].as_array().unwrap();
    findings.iter().map(|found| found["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_selection_tells_only_its_checks_and_a_name_that_is_none_fails_the_run() {
    let root = root(&broken());
    assert_eq!(names(root.path(), &["--select", CHAIN]), [CHAIN]);
    assert!(!names(root.path(), &["--ignore", CHAIN]).iter().any(|name| name == CHAIN));
    assert!(names(root.path(), &["--select", "time,language"]).iter().all(|name| name.starts_with("time/")));
    let refused = run(root.path(), &["check", "--select", "time/limit-chian"]).code(2);
    assert!(stderr(&refused).contains("write `time/limit-chain`"), "{}", stderr(&refused));
}

#[test]
fn from_which_severity_a_run_fails_can_be_chosen() {
    let root = root(&broken());
    let with = |settings: &str, fail_on: &str| {
        let path = root.path().join("content/handbook.yaml");
        fs::write(path, format!("title: Northlight\nlanguages: [en]\ncalendar: always\n{settings}")).unwrap();
        run(root.path(), &["check", "--select", CHAIN, "--fail-on", fail_on]).get_output().status.code().unwrap()
    };
    let warning = "checks: {time/limit-chain: warning}\n";
    assert_eq!(["error", "warning", "info", "never"].map(|from| with("", from)), [1, 1, 1, 0]);
    assert_eq!(["error", "warning", "info", "never"].map(|from| with(warning, from)), [0, 1, 1, 0]);
    assert_eq!(with("checks: {time/limit-chain: info}\n", "warning"), 0);
}

#[test]
fn a_baseline_holds_what_is_there_and_only_what_is_new_is_told() {
    let root = root(&broken());
    let missing = run(root.path(), &["check", "--baseline", "known.json"]).code(2);
    assert!(stderr(&missing).contains("write it with `--write-baseline`"), "{}", stderr(&missing));
    run(root.path(), &["check", "--write-baseline"]).code(2);
    run(root.path(), &["check", "--baseline", "known.json", "--write-baseline"]).code(0).stdout_eq("");
    let known = run(root.path(), &["check", "--baseline", "known.json"]).code(0).stdout_eq("no finding\n");
    assert!(stderr(&known).contains("in the baseline and not told"), "{}", stderr(&known));
    let path = root.path().join("content/services/repair.md");
    fs::write(&path, broken().replace("title: Repair", "# a new line\ntitle: Repair")).unwrap();
    run(root.path(), &["check", "--baseline", "known.json"]).code(0).stdout_eq("no finding\n");
    run(root.path(), &["build", "--baseline", "known.json"]).code(0);
    fs::write(&path, broken().replace("limit: 30d", "internal: 40d\n    limit: 30d")).unwrap();
    assert_eq!(
        names(root.path(), &["--baseline", "known.json", "--select", CHAIN]),
        [CHAIN],
        "the internal limit is new"
    );
    fs::write(&path, GOOD).unwrap();
    let gone = run(root.path(), &["check", "--baseline", "known.json"]);
    assert!(stderr(&gone).contains("in the handbook no more"), "{}", stderr(&gone));
}

#[test]
fn what_the_model_forbids_is_in_no_baseline() {
    let root = root(&broken().replace("owner: desk", "owner: dsk"));
    let told = run(root.path(), &["check", "--baseline", "known.json", "--write-baseline"]).code(1);
    assert!(stdout(&told).contains("reference/dangling"), "{}", stdout(&told));
}

#[test]
fn checks_are_listed_and_explained_without_a_handbook() {
    let empty = tempfile::tempdir().unwrap();
    let list = run(empty.path(), &["checks"]).code(0);
    assert!(stdout(&list).lines().any(|line| line.starts_with("time/limit-chain ")), "{}", stdout(&list));
    let json = run(empty.path(), &["checks", "--format", "json"]).code(0);
    let json: serde_json::Value = serde_json::from_str(&stdout(&json)).unwrap();
    assert_eq!(json["checks"].as_array().unwrap().len(), stdout(&list).lines().filter(|line| !line.is_empty()).count());
    let page = run(empty.path(), &["explain", CHAIN]).code(0);
    assert!(stdout(&page).contains("legal: 20 calendar days"), "{}", stdout(&page));
    let refused = run(empty.path(), &["explain", "limit-chain"]).code(2);
    assert!(stderr(&refused).contains("did you mean `time/limit-chain`?"), "{}", stderr(&refused));
}

#[test]
fn one_commit_that_moves_many_review_dates_is_told() {
    let root = root(GOOD);
    let services: Vec<_> = (0..6).map(|at| root.path().join(format!("content/services/s{at}.md"))).collect();
    let git = |arguments: &[&str]| {
        let mut git = Process::new("git");
        git.current_dir(root.path()).args(["-c", "user.name=A", "-c", "user.email=a@example.org"]).args(arguments);
        assert!(git.output().unwrap().status.success(), "{arguments:?}");
    };
    let write = |date: &str, rest: &str| {
        for service in &services {
            fs::write(service, GOOD.replace("2026-01-01", date) + rest).unwrap();
        }
    };
    write("2025-11-01", "");
    git(&["init", "-q"]);
    git(&["add", "-A"]);
    git(&["commit", "-qm", "first"]);
    let bump = ["--select", "review/bulk-bump"];
    assert_eq!(names(root.path(), &bump), [""; 0]);
    write("2026-11-01", "");
    git(&["commit", "-qam", "dates"]);
    assert_eq!(names(root.path(), &bump), ["review/bulk-bump"]);
    write("2026-11-02", "More.\n");
    git(&["commit", "-qam", "reviewed"]);
    assert_eq!(names(root.path(), &bump), [""; 0]);
}
