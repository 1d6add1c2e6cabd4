//! `todo`: what is due, in which form, and by which exit code.

use std::fs;
use std::path::Path;
use std::process::Command as Process;

use snapbox::str;

use super::{GOOD, root, run, stderr, stdout};

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join("content").join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn git(root: &Path, arguments: &[&str]) {
    let mut git = Process::new("git");
    git.current_dir(root).args(["-c", "user.name=A", "-c", "user.email=a@example.org"]).args(arguments);
    assert!(git.output().unwrap().status.success(), "{arguments:?}");
}

/// A handbook with a review that is past and a promise that ends.
fn due() -> tempfile::TempDir {
    let promise = "promises:\n  sure: {kind: commitment, statement: Sure, valid: {until: 2026-12-01}}\n---\nWe";
    root(&GOOD.replace("2026-01-01", "2025-11-20").replace("---\nWe", promise))
}

#[test]
fn what_is_due_is_told_by_owner_and_date_with_its_place() {
    let root = due();
    run(root.path(), &["todo"]).code(1).stdout_eq(str![[r#"
Desk (desk)
  content/services/repair.md:6  overdue  2026-11-20  Review: Repair · last reviewed on 20 November 2025, to be reviewed every 12 months
  content/services/repair.md:8  to do    2026-12-01  Promise ends: Repair · Sure

"#]]);
    run(root.path(), &["todo", "--format", "markdown", "--within", "5"]).code(1).stdout_eq(str![[r#"
## Desk (desk)

- **overdue** 2026-11-20 · Review: Repair · last reviewed on 20 November 2025, to be reviewed every 12 months (`content/services/repair.md:6`)

"#]]);
}

#[test]
fn nothing_overdue_is_a_success() {
    let root = root(GOOD);
    run(root.path(), &["todo"]).success().stdout_eq("Nothing is due.\n");
    let later = run(root.path(), &["todo", "--within", "60"]).success();
    assert!(stdout(&later).contains("to do  2027-01-01  Review: Repair"), "{}", stdout(&later));
}

#[test]
fn an_owner_that_is_no_role_is_refused_and_another_one_has_nothing_to_do() {
    let root = due();
    write(root.path(), "registers/roles.yaml", "desk: {title: Desk}\nlead: {title: Lead}\n");
    run(root.path(), &["todo", "--owner", "lead"]).success();
    let refused = run(root.path(), &["todo", "--owner", "dsk"]).code(2);
    assert_eq!(stderr(&refused), "error: `dsk` is not a role of this handbook; did you mean `desk`?\n");
}

#[test]
fn machines_read_the_same() {
    let root = due();
    let told = run(root.path(), &["todo", "--owner", "desk", "--format", "json"]).code(1);
    let json: serde_json::Value = serde_json::from_str(&stdout(&told)).unwrap();
    assert_eq!((&json["overdue"], &json["open"], &json["today"]), (&1.into(), &1.into(), &"2026-11-21".into()));
    let first = &json["items"][0];
    assert_eq!((&first["matter"], &first["due"]), (&"review".into(), &"2026-11-20".into()));
    assert_eq!((&first["owner"]["id"], &first["thing"]["id"]), (&"desk".into(), &"repair".into()));
    assert_eq!((&first["path"], &first["line"]), (&"content/services/repair.md".into(), &6.into()));
    let calendar = run(root.path(), &["todo", "--format", "ics"]).code(1);
    let text = stdout(&calendar);
    assert_eq!(text.matches("BEGIN:VEVENT\r\n").count(), 2);
    assert_eq!(text, stdout(&run(root.path(), &["todo", "--format", "ics"])));
}

#[test]
fn a_changed_service_is_overdue_until_it_is_reviewed_again() {
    let root = root(GOOD);
    run(root.path(), &["review", "repair"]).success();
    run(root.path(), &["todo"]).success();
    let path = root.path().join("content/services/repair.md");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("review:", "fee: 20 EUR\nreview:")).unwrap();
    let told = run(root.path(), &["todo"]).code(1);
    let wanted = "overdue  –  Changed since its review: Repair · changed since 21 November 2026: the service itself\n";
    assert!(stdout(&told).ends_with(wanted), "{}", stdout(&told));
    run(root.path(), &["review", "repair"]).success();
    run(root.path(), &["todo"]).success();
}

#[test]
fn a_stale_translation_is_told_with_what_changed_in_the_source_since() {
    let root = root(GOOD);
    let root = root.path();
    let settings = fs::read_to_string(root.join("content/handbook.yaml")).unwrap();
    write(root, "handbook.yaml", &settings.replace("[en]", "[en, de]"));
    let german = |of: &str| format!("---\ntranslates: {of}\ntitle: R\nfor: A\noutcome: F\n---\nWir.\n");
    write(root, "services/repair.de.md", &german("0"));
    let told = stdout(&run(root, &["check", "--select", "language/stale", "--format", "concise"]));
    let current = told.split("write `translates: ").nth(1).unwrap().split('`').next().unwrap();
    write(root, "services/repair.de.md", &german(current));
    run(root, &["todo"]).success();
    git(root, &["init", "-q"]);
    git(root, &["add", "-A"]);
    git(root, &["commit", "-qm", "first"]);
    let source = GOOD.replace("It works.", "It works within 3 days.").replace("We mend it.", "We mend all.");
    write(root, "services/repair.md", &source);
    let wanted = "changed fields: outcome · changed sections: the opening · numbers changed: – → 3 days\n";
    for _ in 0..2 {
        let told = stdout(&run(root, &["todo"]).code(1));
        assert!(told.contains("content/services/repair.de.md:2  overdue  –  Translation out of date: Repair (German)"));
        assert!(told.ends_with(wanted), "{told}");
        // Whether it is committed or not.
        git(root, &["commit", "-qam", "second"]);
        write(root, "services/repair.md", &source.replace("all.", "everything."));
    }
    fs::remove_dir_all(root.join(".git")).unwrap();
    let told = stdout(&run(root, &["todo"]).code(1));
    assert!(told.ends_with("compare it with its source\n"), "{told}");
}
