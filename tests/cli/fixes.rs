//! `check --fix` and `check --diff`: what is written, what is only shown, and when a run fails.

use std::fs;
use std::path::Path;

use snapbox::str;

use super::{GOOD, files, pledgebook, root, run, stderr, stdout};

const SERVICE: &str = "content/services/repair.md";

/// A service with three places to mend and one that has no single right answer.
fn untidy() -> String {
    GOOD.replace("owner: desk", "owner: dsk # 前台")
        .replace("2026-01-01", "1.1.2026")
        .replace("review:", "fee: 90 Euro\nexeptions: ['节假日']\nreview:")
}

fn read(root: &Path, path: &str) -> String {
    fs::read_to_string(root.join(path)).unwrap()
}

#[test]
fn fix_mends_the_file_says_where_and_tells_what_is_left() {
    let root = root(&untidy());
    run(root.path(), &["check", "--fix", "--format", "concise", "--select", "time/limit-chain"])
        .code(1)
        .stdout_eq(str![[r#"
content/services/repair.md:5:8: error[reference/dangling] there is no role `dsk`; write `desk`

"#]])
        .stderr_eq("content/services/repair.md: 3 places\n");
    let wanted = GOOD
        .replace("owner: desk", "owner: dsk # 前台")
        .replace("review:", "fee: 90 EUR\nexceptions: ['节假日']\nreview:");
    assert_eq!(read(root.path(), SERVICE), wanted);
}

#[test]
fn fixing_again_changes_nothing() {
    let root = root(&untidy());
    run(root.path(), &["check", "--fix"]).code(1);
    let first = files(root.path());
    assert_eq!(first.len(), 3, "nothing is left beside the files: {:?}", first.keys());
    assert_eq!(stderr(&run(root.path(), &["check", "--fix"]).code(1)), "");
    assert_eq!(files(root.path()), first);
}

#[test]
fn line_ends_and_a_byte_order_mark_stay() {
    let text = format!("\u{feff}{}", untidy().replace('\n', "\r\n"));
    let root = root(&text);
    run(root.path(), &["check", "--fix"]);
    let wanted = text.replace("90 Euro", "90 EUR").replace("exeptions", "exceptions").replace("1.1.2026", "2026-01-01");
    assert_eq!(read(root.path(), SERVICE), wanted);
}

#[test]
fn diff_shows_what_fix_would_change_and_writes_nothing() {
    let root = root(&untidy());
    let before = files(root.path());
    run(root.path(), &["check", "--diff"])
        .code(1)
        .stdout_eq(str![[r#"
--- a/content/services/repair.md
+++ b/content/services/repair.md
@@ -3,8 +3,8 @@
 for: Everybody
 outcome: It works.
 owner: dsk # 前台
-fee: 90 Euro
-exeptions: ['节假日']
-review: {last: 1.1.2026}
+fee: 90 EUR
+exceptions: ['节假日']
+review: {last: 2026-01-01}
 ---
 We mend it.

"#]])
        .stderr_eq("content/services/repair.md: 3 places\n");
    let both = run(root.path(), &["check", "--fix", "--diff"]).code(1);
    assert!(stdout(&both).starts_with("--- a/content/"), "{}", stdout(&both));
    assert_eq!(files(root.path()), before);
}

#[test]
fn diff_ends_with_zero_where_nothing_is_to_be_mended_and_nothing_fails() {
    let diff = ["check", "--diff", "--select", "time/limit-chain"];
    run(root(GOOD).path(), &diff).code(0).stdout_eq("").stderr_eq("");
    let dangling = root(&GOOD.replace("owner: desk", "owner: dsk"));
    run(dangling.path(), &diff).code(1).stdout_eq("");
    run(dangling.path(), &[&diff[..], &["--fail-on", "never"]].concat()).code(0).stdout_eq("");
}

#[test]
fn a_diff_is_coloured_only_where_it_is_asked_for() {
    let root = root(&untidy());
    let coloured = run(root.path(), &["--color", "always", "check", "--diff"]);
    assert!(stdout(&coloured).contains("\u{1b}[32m+fee: 90 EUR\u{1b}[0m"), "{}", stdout(&coloured));
    let plain = pledgebook(root.path()).env("NO_COLOR", "1").args(["check", "--diff"]).assert();
    assert!(!stdout(&plain).contains('\u{1b}'));
}

#[test]
fn what_is_not_told_is_not_mended() {
    let standard = "standards:\n  a:\n    kind: timeliness\n    limit: 10d\n    breach: [{at: 100%, tell: desk}, {at: 50%, tell: desk}]\n";
    let root = root(&GOOD.replace("review:", &format!("{standard}review:")));
    run(root.path(), &["--quiet", "check", "--fix", "--ignore", "recovery"]).stderr_eq("");
    assert!(read(root.path(), SERVICE).contains("[{at: 100%"));
    run(root.path(), &["--quiet", "check", "--fix"]).stderr_eq("");
    assert!(read(root.path(), SERVICE).contains("breach: [{at: 50%, tell: desk}, {at: 100%, tell: desk}]"));
}

#[test]
fn a_file_that_is_protected_fails_the_run_and_none_is_written() {
    let root = root(&untidy());
    let settings = root.path().join("content/handbook.yaml");
    fs::write(&settings, "title: Northlight\nlanguages: [EN]\ncalendar: always\n").unwrap();
    let path = root.path().join(SERVICE);
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    let before = files(root.path());
    run(root.path(), &["check", "--fix"])
        .code(2)
        .stdout_eq("")
        .stderr_eq("error: `content/services/repair.md` is protected against writing; nothing was written\n");
    assert_eq!(files(root.path()), before);
}

#[test]
fn a_baseline_is_not_written_by_a_run_that_mends() {
    let root = root(GOOD);
    let arguments = ["check", "--fix", "--baseline", "known.txt", "--write-baseline"];
    run(root.path(), &arguments).code(2);
}
