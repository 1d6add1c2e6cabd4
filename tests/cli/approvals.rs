//! `diff --approved`: what somebody has approved fails no run, also after a rebase.

use std::fs;

use super::diffs::{git, with_limit, write};
use super::{GOOD, pledgebook, root, stderr, stdout};

#[test]
fn an_approved_change_fails_no_run_until_it_is_another() {
    let root = root(&with_limit("2 weeks"));
    let run = |arguments: &[&str], code: i32| {
        let told = pledgebook(root.path()).args(["diff", "HEAD", "--fail-on", "loosened"]).args(arguments).assert();
        let told = told.code(code);
        (stdout(&told), stderr(&told))
    };
    git(root.path(), &["init", "-q", "-b", "main"]);
    git(root.path(), &["add", "-A"]);
    git(root.path(), &["commit", "-q", "-m", "one"]);
    write(root.path(), "services/repair.md", &with_limit("3 weeks"));
    let (text, _) = run(&[], 1);
    let at = text.lines().find(|line| line.contains("content/services/repair.md:")).unwrap();
    let fingerprint = at.rsplit(' ').next().unwrap().to_owned();

    let approved = root.path().join("approved.txt");
    let file = ["--approved", approved.to_str().unwrap()];
    assert!(run(&file, 2).1.contains("approved.txt"), "a file that is not there");
    fs::write(&approved, format!("# The board\n{fingerprint} three weeks while the workshop moves\n")).unwrap();
    assert!(run(&file, 0).0.contains("  approved\n"));

    // The lines move and the same is decided on top of something else.
    write(root.path(), "services/repair.md", &GOOD.replace("title: Repair", "title: Repairs"));
    git(root.path(), &["commit", "-q", "-a", "-m", "two"]);
    write(root.path(), "services/repair.md", &with_limit("2 weeks").replace("title: Repair", "title: Repairs"));
    git(root.path(), &["commit", "-q", "-a", "-m", "three"]);
    write(root.path(), "services/repair.md", &with_limit("3 weeks").replace("title: Repair", "title: Repairs"));
    run(&file, 0);
    write(root.path(), "services/repair.md", &with_limit("4 weeks").replace("title: Repair", "title: Repairs"));
    run(&file, 1);

    fs::write(&approved, "\nthree weeks\n").unwrap();
    assert!(run(&file, 2).1.contains("approved.txt:2: `three` is no fingerprint"));
}
