//! `diff` over real revisions of git and over folders.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::{GOOD, pledgebook, root, stderr, stdout};

const STANDARD: &str = "standards:\n  quick: {title: Quick, kind: timeliness, statement: \"Ready in [[#limit]].\", limit: LIMIT, clock: {start: in, stop: out}, target: 90%, measure: {as: share-within-limit}}\n";

pub(super) fn with_limit(limit: &str) -> String {
    GOOD.replace("review:", &format!("{}review:", STANDARD.replace("LIMIT", limit)))
}

pub(super) fn git(root: &Path, arguments: &[&str]) {
    let mut git = Command::new("git");
    git.arg("-C")
        .arg(root)
        .args(["-c", "user.name=A", "-c", "user.email=a@b.c", "-c", "commit.gpgsign=false"])
        .args(arguments);
    let output = git.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

pub(super) fn write(root: &Path, path: &str, text: &str) {
    fs::write(root.join("content").join(path), text).unwrap();
}

/// A repository with three revisions: two weeks, three weeks, and one whose service cannot be read.
fn repository() -> tempfile::TempDir {
    let root = root(&with_limit("2 weeks"));
    git(root.path(), &["init", "-q", "-b", "main"]);
    for (name, text) in
        [("one", with_limit("2 weeks")), ("two", with_limit("3 weeks")), ("broken", "---\n\"open\n---\n".to_owned())]
    {
        write(root.path(), "services/repair.md", &text);
        git(root.path(), &["add", "-A"]);
        git(root.path(), &["commit", "-q", "--allow-empty", "-m", name]);
        git(root.path(), &["tag", name]);
    }
    write(root.path(), "services/repair.md", &with_limit("1 week"));
    root
}

fn diff(root: &Path, arguments: &[&str], code: i32) -> String {
    stdout(&pledgebook(root).arg("diff").args(arguments).assert().code(code))
}

#[test]
fn revisions_are_compared_with_each_other_and_with_the_folder() {
    let root = repository();
    let two = diff(root.path(), &["one..two"], 0);
    assert!(
        two.contains(
            "  loosened: standard repair/quick\n      limit 2 weeks → 3 weeks\n      content/services/repair.md:"
        ),
        "{two}"
    );
    assert!(two.ends_with("1 decision (1 worse)\n"), "{two}");
    assert_eq!(diff(root.path(), &["one", "two"], 0), two);
    assert!(
        diff(root.path(), &["two"], 0).contains("tightened: standard repair/quick\n      limit 3 weeks → 1 week\n")
    );
    assert!(diff(root.path(), &["one..one"], 0).ends_with("nothing has changed\n"));
}

#[test]
fn folders_are_compared_without_git() {
    let (old, new) = (root(&with_limit("2 weeks")), root(&with_limit("3 weeks")));
    let folders = [old.path().to_str().unwrap(), new.path().to_str().unwrap()];
    assert!(diff(old.path(), &folders, 0).contains("limit 2 weeks → 3 weeks"));
    assert!(diff(old.path(), &[folders[1]], 0).contains("limit 3 weeks → 2 weeks"));
}

#[test]
fn a_pipeline_fails_on_what_it_is_told_to() {
    let root = repository();
    for (revisions, on, code) in [
        ("one..two", "loosened", 1),
        ("two..one", "loosened", 0),
        ("one..two", "withdrawn", 0),
        ("two..one", "any", 1),
        ("one..one", "any", 0),
        ("one..two", "never", 0),
    ] {
        diff(root.path(), &[revisions, "--fail-on", on], code);
    }
}

#[test]
fn a_revision_that_cannot_be_read_is_compared_as_far_as_it_can_and_says_so() {
    let root = repository();
    let told = diff(root.path(), &["two..broken"], 0);
    let note = "note: broken has 1 error (content/services/repair.md:2); it was compared as far as it could be read\n";
    assert!(told.starts_with(note), "{told}");
    assert!(!told.contains("withdrawn"), "{told}");
}

#[test]
fn what_is_neither_folder_nor_revision_fails_the_run_and_names_it() {
    let root = repository();
    for name in ["nowhere", "--help-me", "one..nowhere"] {
        let told = stderr(&pledgebook(root.path()).args(["diff", "--"]).arg(name).assert().code(2));
        assert!(told.contains("neither a folder nor a revision"), "{told}");
    }
}

#[test]
fn the_same_change_has_the_same_fingerprint_after_a_rebase() {
    let root = repository();
    let fingerprint = |revisions: &str| {
        let json: serde_json::Value =
            serde_json::from_str(&diff(root.path(), &[revisions, "--format", "json"], 0)).unwrap();
        json["changes"][0]["fingerprint"].as_str().unwrap().to_owned()
    };
    let before = fingerprint("one..two");
    git(root.path(), &["stash", "-q"]);
    git(root.path(), &["checkout", "-q", "-b", "other", "one"]);
    let below = |text: String| text.replace("owner: desk\n", "owner: desk\n# a line more\n");
    write(root.path(), "services/repair.md", &below(with_limit("2 weeks")));
    git(root.path(), &["commit", "-qam", "a line"]);
    git(root.path(), &["tag", "base"]);
    write(root.path(), "services/repair.md", &below(with_limit("3 weeks")));
    git(root.path(), &["commit", "-qam", "again"]);
    assert_eq!(fingerprint("base..other"), before);
    assert_ne!(fingerprint("two..one"), before);
}

#[test]
fn a_handbook_below_the_top_of_its_repository_is_compared() {
    let outer = tempfile::tempdir().unwrap();
    let inner = outer.path().join("docs/handbook");
    let made = root(&with_limit("2 weeks"));
    fs::create_dir_all(&inner).unwrap();
    let copy = Command::new("cp").arg("-R").arg(made.path().join("content")).arg(&inner).status().unwrap();
    assert!(copy.success());
    git(outer.path(), &["init", "-q"]);
    git(outer.path(), &["add", "-A"]);
    git(outer.path(), &["commit", "-qm", "one"]);
    write(&inner, "services/repair.md", &with_limit("3 weeks"));
    assert!(diff(&inner, &["HEAD"], 0).contains("limit 2 weeks → 3 weeks"));
}

#[test]
#[cfg(unix)]
fn a_link_to_a_file_is_that_file_in_a_revision_as_in_the_folder() {
    let root = root(&with_limit("2 weeks"));
    fs::create_dir(root.path().join("content/services/shop")).unwrap();
    std::os::unix::fs::symlink("../repair.md", root.path().join("content/services/shop/repair.md")).unwrap();
    git(root.path(), &["init", "-q", "-b", "main"]);
    git(root.path(), &["add", "-A"]);
    git(root.path(), &["commit", "-q", "-m", "one"]);
    assert_eq!(diff(root.path(), &["HEAD"], 0), "nothing has changed\n");
}

#[test]
fn other_line_ends_are_no_change() {
    let root = repository();
    let text = with_limit("3 weeks");
    write(root.path(), "services/repair.md", &text.replace('\n', "\r\n"));
    assert_eq!(diff(root.path(), &["two"], 0), "nothing has changed\n");
}
