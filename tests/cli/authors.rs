//! The last change of each thing and the role that made it, from git: on pages and in `history`.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::diffs::{git, write};
use super::{GOOD, SETTINGS, files, pledgebook, root, stderr, stdout};

/// Commits everything as it is, on a day, by somebody with an address.
fn commit(root: &Path, day: &str, address: &str) {
    git(root, &["add", "-A"]);
    let date = format!("{day}T12:00:00Z");
    let mut git = Command::new("git");
    git.arg("-C").arg(root).args(["-c", "user.name=Ada Person", "-c", "commit.gpgsign=false"]);
    git.args(["-c", &format!("user.email={address}"), "commit", "-q", "-m", "change"]);
    git.env("GIT_AUTHOR_DATE", &date).env("GIT_COMMITTER_DATE", &date);
    assert!(git.status().unwrap().success());
}

/// A handbook in two languages: the desk wrote the service, somebody else its translation, and nobody known the playbook.
fn handbook() -> tempfile::TempDir {
    let root = root(GOOD);
    let of = root.path();
    write(of, "handbook.yaml", &SETTINGS.replace("[en]", "[en, de]"));
    write(
        of,
        "registers/roles.yaml",
        "desk: {title: Desk, authors: desk@example.org}\nlead: {title: Lead, authors: \"@agency.example\"}\n",
    );
    git(of, &["init", "-q", "-b", "main"]);
    commit(of, "2026-01-10", "desk@example.org");
    write(of, "services/repair.de.md", "---\ntitle: Reparatur\n---\nWir reparieren.\n");
    commit(of, "2026-02-10", "Bo@agency.example");
    fs::create_dir_all(of.join("content/playbooks")).unwrap();
    write(of, "playbooks/calm.md", "---\ntitle: Calm\nwhen: Somebody shouts.\n---\n");
    commit(of, "2026-03-10", "private@example.net");
    root
}

/// What the foot of a page says of its last change.
fn foot(root: &Path, page: &str) -> String {
    let _ = pledgebook(root).args(["build", "--no-cache", "--allow-errors"]).assert();
    let page = fs::read_to_string(root.join("public").join(page)).unwrap();
    let changed = |span: &&str| span.starts_with("last changed") || span.starts_with("zuletzt geändert");
    let page = page.replace("<span lang=\"en\">Lead</span>", "Lead");
    page.split("<span>").find(changed).map_or(String::new(), |span| span.split('<').next().unwrap().to_owned())
}

#[test]
fn a_page_says_when_it_was_last_changed_and_by_which_role() {
    let root = handbook();
    assert_eq!(foot(root.path(), "services/repair.html"), "last changed 10 January 2026 by Desk");
    assert_eq!(foot(root.path(), "de/services/repair.html"), "zuletzt geändert am 10. Februar 2026 (Lead)");
    assert_eq!(foot(root.path(), "playbooks/calm.html"), "last changed 10 March 2026");
}

#[test]
fn no_page_says_which_person_it_was() {
    let root = handbook();
    let _ = pledgebook(root.path()).args(["build", "--no-cache", "--allow-errors"]).assert();
    for (path, bytes) in files(&root.path().join("public")) {
        let text = String::from_utf8_lossy(&bytes);
        for person in ["Ada Person", "desk@example.org", "agency.example", "private@"] {
            assert!(!text.contains(person), "{person} in {path}");
        }
    }
}

#[test]
fn what_is_not_committed_is_not_told_until_it_is() {
    let root = handbook();
    write(root.path(), "services/repair.md", &GOOD.replace("We mend it.", "We repair it."));
    assert_eq!(foot(root.path(), "services/repair.html"), "");
    assert_eq!(foot(root.path(), "playbooks/calm.html"), "last changed 10 March 2026");
    commit(root.path(), "2026-04-10", "desk@example.org");
    assert_eq!(foot(root.path(), "services/repair.html"), "last changed 10 April 2026 by Desk");
}

#[test]
fn what_a_shallow_clone_does_not_have_is_not_told() {
    let root = handbook();
    let clone = tempfile::tempdir().unwrap();
    let from = format!("file://{}", root.path().display());
    git(clone.path(), &["clone", "-q", "--depth", "2", &from, "."]);
    assert_eq!(foot(clone.path(), "services/repair.html"), "");
    assert_eq!(foot(clone.path(), "de/services/repair.html"), "");
    assert_eq!(foot(clone.path(), "playbooks/calm.html"), "last changed 10 March 2026");
    let history = pledgebook(clone.path()).args(["history", "repair"]).assert().code(1);
    assert!(stderr(&history).contains("shallow clone"));
    assert_eq!(
        stdout(&history),
        "no decision is known\nlast change not known to git: content/services/repair.md\n\
         last change not known to git: content/services/repair.de.md\n"
    );
}

#[test]
fn an_address_of_a_mailmap_is_the_one_that_counts_and_a_build_heeds_its_change() {
    let root = handbook();
    let build = || pledgebook(root.path()).args(["build", "--allow-errors"]).assert();
    let page = || fs::read_to_string(root.path().join("public/playbooks/calm.html")).unwrap();
    build();
    assert!(!page().contains("by Desk"));
    fs::write(root.path().join(".mailmap"), "Ada <desk@example.org> <private@example.net>\n").unwrap();
    build();
    assert!(page().contains("last changed 10 March 2026 by Desk"));
}

#[test]
fn what_a_branch_changed_is_by_whoever_wrote_it_and_not_by_whoever_merged_it() {
    let root = handbook();
    let of = root.path();
    git(of, &["checkout", "-q", "-b", "side"]);
    write(of, "services/repair.md", &GOOD.replace("We mend it.", "We repair it."));
    commit(of, "2026-04-01", "bo@agency.example");
    git(of, &["checkout", "-q", "main"]);
    fs::write(of.join("README.md"), "of no concern").unwrap();
    commit(of, "2026-04-02", "desk@example.org");
    git(of, &["merge", "-q", "--no-ff", "side", "-m", "merge"]);
    assert_eq!(foot(of, "services/repair.html"), "last changed 1 April 2026 by Lead");
}

#[test]
fn history_tells_the_last_change_of_each_file_of_a_thing() {
    let root = handbook();
    let json = stdout(&pledgebook(root.path()).args(["history", "repair", "--format", "json"]).assert().code(0));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let told: Vec<[&str; 3]> = json["last_changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| ["path", "on", "role"].map(|key| it[key].as_str().unwrap_or("none")))
        .collect();
    assert_eq!(
        told,
        [["content/services/repair.md", "2026-01-10", "desk"], ["content/services/repair.de.md", "2026-02-10", "lead"]]
    );
    let text = stdout(&pledgebook(root.path()).args(["history", "calm"]).assert());
    let last = text.lines().last().unwrap();
    assert!(last.starts_with("last changed 2026-03-10  ") && last.ends_with(": content/playbooks/calm.md"), "{text}");
}
