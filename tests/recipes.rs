//! The recipes of `init --ci`: their YAML is read, and their lines are run as they stand in a clone of a bare repository.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests make folders and start programs")]
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use pledgebook::fields::node::{Node, NodeKind};
use pledgebook::fields::yaml;
use pledgebook::source::{FileId, Span};

/// Stands in for `gh` and `curl`: notes what it is asked, and says what `COMMENTS` holds where comments are listed.
const FORGE: &str = r#"#!/bin/sh
echo "$(basename "$0") $*" >>"$ASKED"
case "$*" in
    *changes.*) ;;
    *) printf '%s\n' "${COMMENTS-[]}" ;;
esac
"#;

/// What a forge lists: somebody's comment, and the one of a run before.
const OTHERS: &str = r#"[{"id":31,"body":"Why?"},{"id":32,"body":"<!-- pledgebook -->\nOne change"}]"#;

/// A bare repository with a handbook on `main`, and a clone of it in which a branch changes something.
struct Case {
    folder: tempfile::TempDir,
}

impl Case {
    fn new(forge: &str) -> Self {
        let case = Self { folder: tempfile::tempdir().unwrap() };
        let clone = case.clone();
        case.sh(
            case.folder.path(),
            "git init --quiet --bare --initial-branch main bare.git && git clone --quiet bare.git clone 2>&1",
            &[],
        );
        case.sh(&clone, "pledgebook init --quiet . && git add --all && git commit --quiet --message one && git push --quiet origin main", &[]);
        case.sh(&clone, &format!("pledgebook init --quiet --ci {forge}"), &[]);
        case.sh(&clone, "git checkout --quiet -b change && sed -i 's/^title: .*/title: Another name/' content/pages/how-we-promise.md", &[]);
        case.sh(&clone, "git add --all && git commit --quiet --message two", &[]);
        case
    }

    fn clone(&self) -> PathBuf {
        self.folder.path().join("clone")
    }

    /// Runs lines of a shell, with the program where they look for it.
    fn sh(&self, at: &Path, lines: &str, variables: &[(&str, &str)]) -> String {
        let output = self.shell(at, lines, variables);
        let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "{lines}\n{said}");
        said
    }

    /// The same, where it may fail.
    fn shell(&self, at: &Path, lines: &str, variables: &[(&str, &str)]) -> Output {
        let bin = self.folder.path().join("bin");
        if !bin.exists() {
            fs::create_dir(&bin).unwrap();
            std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_pledgebook"), bin.join("pledgebook")).unwrap();
            // What the image of a runner would be given, and a forge that keeps what it is asked.
            std::os::unix::fs::symlink("/bin/true", bin.join("node")).unwrap();
            for asked in ["gh", "curl"] {
                fs::write(bin.join(asked), FORGE).unwrap();
                fs::set_permissions(bin.join(asked), fs::Permissions::from_mode(0o755)).unwrap();
            }
        }
        let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
        let mut shell = Command::new("bash");
        // As the runners of the forges call it: without `pipefail`.
        shell
            .args(["-e", "-c", lines])
            .current_dir(at)
            .env("PATH", path)
            .env("ASKED", self.folder.path().join("asked"));
        for name in ["AUTHOR", "COMMITTER"] {
            shell.env(format!("GIT_{name}_NAME"), "A").env(format!("GIT_{name}_EMAIL"), "a@example.org");
        }
        shell.envs(variables.iter().copied()).output().unwrap()
    }

    /// What the forge was asked, a line a question.
    fn asked(&self) -> String {
        fs::read_to_string(self.folder.path().join("asked")).unwrap_or_default()
    }

    /// Runs the lines of a recipe that stand under a key, job by job.
    fn run(&self, recipe: &str, key: &str, variables: &[(&str, &str)]) -> String {
        self.lines(recipe, key).iter().map(|lines| self.sh(&self.clone(), lines, variables)).collect()
    }

    /// The lines of a recipe that stand under a key, job by job.
    fn lines(&self, recipe: &str, key: &str) -> Vec<String> {
        let text = fs::read_to_string(self.clone().join(recipe)).unwrap();
        let read = yaml::read(&text, Span::new(FileId(0), 0, text.len()));
        assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
        let mut all = Vec::new();
        lines(&read.root, key, &mut all);
        assert!(all.len() > 2, "{all:?}");
        all
    }

    /// Those of the lines that tell what changes.
    fn telling(&self, recipe: &str, key: &str) -> String {
        self.lines(recipe, key).into_iter().find(|lines| lines.contains("pledgebook diff")).unwrap()
    }
}

/// Collects what stands under a key, wherever it is; a list is one script.
fn lines(node: &Node, key: &str, all: &mut Vec<String>) {
    let text = |node: &Node| match &node.kind {
        NodeKind::Scalar(text) => text.clone(),
        _ => panic!("no line of a shell: {node:?}"),
    };
    match &node.kind {
        NodeKind::List(items) => items.iter().for_each(|item| lines(item, key, all)),
        NodeKind::Map(entries) => entries.iter().for_each(|entry| match &entry.value.kind {
            NodeKind::List(items) if entry.key == key => {
                all.push(items.iter().map(text).collect::<Vec<_>>().join("\n"));
            }
            _ if entry.key == key => all.push(text(&entry.value)),
            _ => lines(&entry.value, key, all),
        }),
        _ => {}
    }
}

#[test]
fn the_recipe_for_github_checks_tells_what_changes_and_builds() {
    let case = Case::new("github");
    let summary = case.folder.path().join("summary.md");
    let mut variables = vec![("GITHUB_BASE_REF", "main"), ("GITHUB_STEP_SUMMARY", summary.to_str().unwrap())];
    variables.extend([("GITHUB_REPOSITORY", "firm/handbook"), ("PULL_REQUEST", "7"), ("COMMENTS", "")]);
    case.run(".github/workflows/handbook.yml", "run", &variables);
    assert!(fs::read_to_string(&summary).unwrap().contains("<!-- pledgebook -->"));
    let new = "gh api --silent repos/firm/handbook/issues/7/comments --field body=@changes.md\n";
    assert!(case.asked().ends_with(new), "{}", case.asked());
    variables.push(("COMMENTS", "31\n32"));
    case.sh(&case.clone(), &case.telling(".github/workflows/handbook.yml", "run"), &variables);
    let again = "gh api --silent --method PATCH repos/firm/handbook/issues/comments/31 --field body=@changes.md\n";
    assert!(case.asked().ends_with(again), "{}", case.asked());
    assert!(case.clone().join("site/index.html").is_file());
}

#[test]
fn the_recipe_for_gitlab_checks_tells_what_changes_and_builds() {
    let case = Case::new("gitlab");
    let base = case.sh(&case.clone(), "git rev-parse main", &[]);
    let mut variables =
        vec![("CI_MERGE_REQUEST_DIFF_BASE_SHA", base.trim()), ("CI_PAGES_URL", "https://example.org/handbook")];
    case.run(".gitlab-ci.yml", "script", &variables);
    assert_eq!(case.asked(), "");
    variables.extend([
        ("PLEDGEBOOK_TOKEN", "t"),
        ("CI_API_V4_URL", "api"),
        ("CI_PROJECT_ID", "1"),
        ("CI_MERGE_REQUEST_IID", "7"),
    ]);
    case.run(".gitlab-ci.yml", "script", &variables);
    let at = "api/projects/1/merge_requests/7/notes";
    assert!(case.asked().ends_with(&format!("--data-urlencode body@changes.md {at}\n")), "{}", case.asked());
    variables.push(("COMMENTS", OTHERS));
    case.run(".gitlab-ci.yml", "script", &variables);
    let again = format!("--request PUT --data-urlencode body@changes.md {at}/32\n");
    assert!(case.asked().ends_with(&again), "{}", case.asked());
    for path in ["gl-code-quality-report.json", "findings.xml", "changes.md", "public/index.html"] {
        assert!(case.clone().join(path).is_file(), "{path}");
    }
}

#[test]
fn the_recipe_for_forgejo_checks_tells_what_changes_and_publishes_on_a_branch() {
    let case = Case::new("forgejo");
    let mut variables = vec![("GITHUB_BASE_REF", "main"), ("PULL_REQUEST", "7"), ("TOKEN", "t")];
    variables.extend([("GITHUB_API_URL", "api"), ("GITHUB_REPOSITORY", "firm/handbook")]);
    case.run(".forgejo/workflows/handbook.yml", "run", &variables);
    let new = "--data @changes.json api/repos/firm/handbook/issues/7/comments\n";
    assert!(case.asked().ends_with(new), "{}", case.asked());
    variables.push(("COMMENTS", OTHERS));
    case.sh(&case.clone(), &case.telling(".forgejo/workflows/handbook.yml", "run"), &variables);
    let again = "--request PATCH --data @changes.json api/repos/firm/handbook/issues/comments/32\n";
    assert!(case.asked().ends_with(again), "{}", case.asked());
    assert!(case.clone().join("changes.md").is_file());
    let published = case.sh(&case.folder.path().join("bare.git"), "git ls-tree --name-only pages", &[]);
    assert!(published.lines().any(|line| line == "index.html"), "{published}");
}

#[test]
fn what_changes_is_told_before_a_withdrawn_promise_fails_the_run() {
    let forges = [
        ("github", ".github/workflows/handbook.yml", "run"),
        ("gitlab", ".gitlab-ci.yml", "script"),
        ("forgejo", ".forgejo/workflows/handbook.yml", "run"),
    ];
    for (forge, recipe, key) in forges {
        let case = Case::new(forge);
        let base = case.sh(&case.clone(), "git rev-parse main", &[]);
        case.sh(&case.clone(), "rm content/services/complaints.md && git commit --quiet --all --message three", &[]);
        let lines = case.telling(recipe, key);
        let strict = lines.replace("--format markdown", "--format markdown --fail-on withdrawn");
        let mut variables = vec![
            ("GITHUB_BASE_REF", "main"),
            ("GITHUB_STEP_SUMMARY", "summary.md"),
            ("PULL_REQUEST", "7"),
            ("TOKEN", "t"),
        ];
        variables.extend([
            ("GITHUB_API_URL", "api"),
            ("GITHUB_REPOSITORY", "firm/handbook"),
            ("PLEDGEBOOK_TOKEN", "t"),
        ]);
        variables.extend([("CI_MERGE_REQUEST_DIFF_BASE_SHA", base.trim()), ("CI_API_V4_URL", "api")]);
        variables.extend([("CI_PROJECT_ID", "1"), ("CI_MERGE_REQUEST_IID", "7")]);
        let output = case.shell(&case.clone(), &strict, &variables);
        assert_eq!(output.status.code(), Some(1), "{forge}: {output:?}");
        assert!(case.asked().lines().last().unwrap().contains("changes."), "{forge}: {}", case.asked());
    }
}
