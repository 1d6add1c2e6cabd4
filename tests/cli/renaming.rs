//! `rename`: what is written, what is only shown, and what the check says of addresses that are gone.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::{GOOD, files, root, run, stderr, stdout};

const PAGE: &str =
    "---\ntitle: P\nkind: guide\nabout: [repair]\n---\nSee [[repair]], or [this](../services/repair.md).\n";

fn handbook() -> tempfile::TempDir {
    let root = root(GOOD);
    fs::create_dir_all(root.path().join("content/pages")).unwrap();
    fs::write(root.path().join("content/pages/p.md"), PAGE).unwrap();
    root
}

fn git(root: &Path, arguments: &[&str]) -> String {
    let mut git = Command::new("git");
    git.arg("-C").arg(root).args(["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "core.autocrlf=false"]);
    let output = git.args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn commit(root: &Path) {
    if !root.join(".git").exists() {
        git(root, &["init", "-q"]);
    }
    git(root, &["add", "-A"]);
    git(root, &["commit", "-q", "-m", "x"]);
}

#[test]
fn a_service_is_renamed_with_what_refers_to_it_and_nothing_is_wrong_afterwards() {
    let root = handbook();
    let before = stdout(&run(root.path(), &["check", "--format", "concise"]));
    let done = run(root.path(), &["rename", "service/repair", "care/mending"]).code(0);
    let told = stdout(&done);
    assert_eq!(
        told,
        "content/pages/p.md: 3 places\ncontent/services/repair.md → content/services/care/mending.md: 1 place\n"
    );
    assert_eq!(stderr(&done), "the service `repair` is `care/mending`: 2 files, 4 places\n");
    let after = stdout(&run(root.path(), &["check", "--format", "concise"]));
    assert_eq!(after.replace("care/mending", "repair").replace(":9:", ":8:").lines().count(), before.lines().count());
    assert!(!root.path().join("content/services/repair.md").exists());
}

#[test]
fn a_dry_run_is_a_patch_that_git_takes_and_writes_nothing() {
    let root = handbook();
    commit(root.path());
    let before = files(&root.path().join("content"));
    let patch = stdout(&run(root.path(), &["rename", "services/repair", "care/mending", "--dry-run"]).code(0));
    assert_eq!(files(&root.path().join("content")), before);
    let file = root.path().join("rename.patch");
    fs::write(&file, patch).unwrap();
    git(root.path(), &["apply", "rename.patch"]);
    fs::remove_file(file).unwrap();
    let patched = files(&root.path().join("content"));
    git(root.path(), &["reset", "-q", "--hard"]);
    git(root.path(), &["clean", "-fdq"]);
    run(root.path(), &["rename", "services/repair", "care/mending"]).code(0);
    assert_eq!(files(&root.path().join("content")), patched);
}

#[test]
fn what_cannot_be_renamed_is_told_and_nothing_is_written() {
    let root = handbook();
    let before = files(root.path());
    for (thing, new, why) in [
        ("service/repiar", "x", "did you mean `service/repair`?"),
        ("service/repair", "Re Pair", "write `re-pair`"),
        ("role/desk", "desk", "is called `desk` already"),
    ] {
        let done = run(root.path(), &["rename", thing, new]).code(2);
        assert!(stderr(&done).contains(why), "{}", stderr(&done));
    }
    assert_eq!(files(root.path()), before);
}

#[test]
fn an_address_that_is_gone_since_a_revision_is_told_unless_an_earlier_id_keeps_it() {
    let root = handbook();
    commit(root.path());
    let since = ["check", "--since", "HEAD", "--format", "concise", "--fail-on", "warning", "--select", "link"];
    assert_eq!(stdout(&run(root.path(), &since).code(0)), "");
    let pages = root.path().join("content/pages");
    fs::rename(pages.join("p.md"), pages.join("q.md")).unwrap();
    assert_eq!(
        stdout(&run(root.path(), &since).code(1)),
        "content/pages/p.md: warning[link/vanished] the page `p` had an address at `HEAD` that leads nowhere now; \
         add `was: [p]` to the page `q`, which has its title\n"
    );
    fs::rename(pages.join("q.md"), pages.join("p.md")).unwrap();
    run(root.path(), &["rename", "page/p", "q"]).code(0);
    assert_eq!(stdout(&run(root.path(), &since).code(0)), "");
    let unknown = run(root.path(), &["check", "--since", "nowhere"]).code(2);
    assert!(stderr(&unknown).contains("git knows no revision `nowhere` here"), "{}", stderr(&unknown));
}
