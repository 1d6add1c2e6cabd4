//! The recipes of `init --ci`: their YAML is read, and their lines are run as they stand in a clone of a bare repository.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests make folders and start programs")]
#![cfg(unix)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use pledgebook::fields::node::{Node, NodeKind};
use pledgebook::fields::yaml;
use pledgebook::source::{FileId, Span};

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
        let bin = self.folder.path().join("bin");
        if !bin.exists() {
            fs::create_dir(&bin).unwrap();
            std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_pledgebook"), bin.join("pledgebook")).unwrap();
            // What the image of a runner would be given.
            std::os::unix::fs::symlink("/bin/true", bin.join("node")).unwrap();
        }
        let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
        let mut shell = Command::new("bash");
        shell.args(["-e", "-o", "pipefail", "-c", lines]).current_dir(at).env("PATH", path);
        for name in ["AUTHOR", "COMMITTER"] {
            shell.env(format!("GIT_{name}_NAME"), "A").env(format!("GIT_{name}_EMAIL"), "a@example.org");
        }
        let output = shell.envs(variables.iter().copied()).output().unwrap();
        let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "{lines}\n{said}");
        said
    }

    /// Runs the lines of a recipe that stand under a key, job by job.
    fn run(&self, recipe: &str, key: &str, variables: &[(&str, &str)]) -> String {
        let text = fs::read_to_string(self.clone().join(recipe)).unwrap();
        let read = yaml::read(&text, Span::new(FileId(0), 0, text.len()));
        assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
        let mut all = Vec::new();
        lines(&read.root, key, &mut all);
        assert!(all.len() > 2, "{all:?}");
        all.iter().map(|lines| self.sh(&self.clone(), lines, variables)).collect()
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
    let variables = [("GITHUB_BASE_REF", "main"), ("GITHUB_STEP_SUMMARY", summary.to_str().unwrap())];
    case.run(".github/workflows/handbook.yml", "run", &variables);
    assert!(!fs::read_to_string(summary).unwrap().is_empty());
    assert!(case.clone().join("site/index.html").is_file());
}

#[test]
fn the_recipe_for_gitlab_checks_tells_what_changes_and_builds() {
    let case = Case::new("gitlab");
    let base = case.sh(&case.clone(), "git rev-parse main", &[]);
    let variables = [("CI_MERGE_REQUEST_DIFF_BASE_SHA", base.trim()), ("CI_PAGES_URL", "https://example.org/handbook")];
    case.run(".gitlab-ci.yml", "script", &variables);
    for path in ["gl-code-quality-report.json", "findings.xml", "changes.md", "public/index.html"] {
        assert!(case.clone().join(path).is_file(), "{path}");
    }
}

#[test]
fn the_recipe_for_forgejo_checks_tells_what_changes_and_publishes_on_a_branch() {
    let case = Case::new("forgejo");
    let variables = [("GITHUB_BASE_REF", "main"), ("PULL_REQUEST", "")];
    case.run(".forgejo/workflows/handbook.yml", "run", &variables);
    assert!(case.clone().join("changes.md").is_file());
    let published = case.sh(&case.folder.path().join("bare.git"), "git ls-tree --name-only pages", &[]);
    assert!(published.lines().any(|line| line == "index.html"), "{published}");
}
