//! The contract of the command line: exit codes, what goes to which stream, colours, and what `build` leaves on disk.
//!
//! Not here: what each finding says (`handbooks`), `due` and `trace` (`due.rs`), `init` and `new` (`scaffold.rs`).
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests make folders and start the program")]

mod approvals;
mod authors;
mod choices;
mod decided;
mod diffs;
mod fixes;
mod pasts;
mod receipts;
mod renaming;
mod reviews;
mod todos;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use snapbox::cmd::{Command, OutputAssert};
use snapbox::{assert_data_eq, str};

const GOOD: &str = "---\ntitle: Repair\nfor: Everybody\noutcome: It works.\nowner: desk\nreview: {last: 2026-01-01}\n---\nWe mend it.\n";

/// The settings of a handbook of one service: what only a whole handbook can have is not asked for.
const SETTINGS: &str = "title: Northlight\nlanguages: [en]\ncalendar: always\n\
    checks: {recovery/no-complaint-route: off, coverage/kind: off, authority/no-deputy: off, measure/none: off}\n";

/// A root with a handbook of one service.
fn root(service: &str) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    let content = root.path().join("content");
    for (path, text) in [
        ("handbook.yaml", SETTINGS),
        ("registers/roles.yaml", "desk: {title: Desk}\n"),
        ("services/repair.md", service),
    ] {
        fs::create_dir_all(content.join(path).parent().unwrap()).unwrap();
        fs::write(content.join(path), text).unwrap();
    }
    root
}

fn faulty() -> String {
    GOOD.replace("owner: desk", "owner: dsk").replace("2026-01-01", "2026-02-30")
}

fn pledgebook(root: &Path) -> Command {
    Command::new(snapbox::cmd::cargo_bin!("pledgebook"))
        .current_dir(root)
        .env_remove("NO_COLOR")
        .env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"))
        .env_remove("CLICOLOR_FORCE")
        .args(["--today", "2026-11-21"])
}

fn run(root: &Path, arguments: &[&str]) -> OutputAssert {
    pledgebook(root).args(arguments).assert()
}

fn stdout(assert: &OutputAssert) -> String {
    String::from_utf8(assert.get_output().stdout.clone()).unwrap()
}

fn stderr(assert: &OutputAssert) -> String {
    String::from_utf8(assert.get_output().stderr.clone()).unwrap()
}

/// The files below a folder with their bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                found.insert(name, fs::read(path).unwrap());
            }
        }
    }
    found
}

#[test]
fn check_of_a_good_handbook_says_so_and_succeeds() {
    let root = root(GOOD);
    run(root.path(), &["check"]).code(0).stdout_eq("no finding\n").stderr_eq("");
    run(root.path(), &["check", "--format", "concise"]).code(0).stdout_eq("").stderr_eq("");
}

#[test]
fn check_tells_findings_on_standard_output_and_ends_with_one() {
    let root = root(&faulty());
    run(root.path(), &["check"])
        .code(1)
        .stdout_eq(str![[r#"
error[reference/dangling]: there is no role `dsk`
 --> content/services/repair.md:5:8
  |
5 | owner: dsk
  |        ^^^ did you mean `desk`?
  |
  = help: write `desk`

error[value/date]: `2026-02-30` does not exist: February 2026 has 28 days
 --> content/services/repair.md:6:16
  |
6 | review: {last: 2026-02-30}
  |                ^^^^^^^^^^
  |
  = help: write a day from `2026-02-01` to `2026-02-28`

2 errors

"#]])
        .stderr_eq("");
    run(root.path(), &["check", "--format", "concise"]).code(1).stdout_eq(str![[r#"
content/services/repair.md:5:8: error[reference/dangling] there is no role `dsk`; write `desk`
content/services/repair.md:6:16: error[value/date] `2026-02-30` does not exist: February 2026 has 28 days; write a day from `2026-02-01` to `2026-02-28`

"#]]);
}

#[test]
fn check_for_machines_is_one_json_document() {
    let told = run(root(&faulty()).path(), &["check", "--format", "json"]).code(1);
    let json: serde_json::Value = serde_json::from_str(&stdout(&told)).unwrap();
    assert_eq!((json["version"].as_u64(), json["errors"].as_u64()), (Some(1), Some(2)));
    let first = &json["findings"][0];
    assert_eq!(first["name"], "reference/dangling");
    assert_eq!(
        (&first["path"], first["line"].as_u64(), first["column"].as_u64()),
        (&"content/services/repair.md".into(), Some(5), Some(8))
    );
}

// What the formats are given: two faults of the content model, and no check of an expert, of which there may be more.

#[test]
fn reports_are_written_beside_what_is_printed() {
    let root = root(&faulty());
    let plain = stdout(&run(root.path(), &["check", "--select", "language"]).code(1));
    let told = run(
        root.path(),
        &["check", "--select", "language", "--report", "sarif=out/a b.sarif", "--report", "full=told.txt"],
    )
    .code(1);
    assert_eq!(stdout(&told), plain);
    assert_eq!(fs::read_to_string(root.path().join("told.txt")).unwrap(), plain);
    let log = fs::read_to_string(root.path().join("out/a b.sarif")).unwrap();
    let log: serde_json::Value = serde_json::from_str(&log).unwrap();
    let result = &log["runs"][0]["results"][0];
    assert_eq!(
        (&result["ruleId"], &result["properties"]["thing"], &result["properties"]["field"]),
        (&"reference/dangling".into(), &"services/repair".into(), &"owner".into())
    );
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    assert!(rules.iter().any(|rule| rule["id"] == "time/limit-chain"), "what the names mean is in the log");
    let hidden: Vec<_> = files(root.path()).into_keys().filter(|path| path.ends_with(".new")).collect();
    assert!(hidden.is_empty(), "{hidden:?}");
}

#[test]
fn a_report_takes_the_place_of_an_older_one() {
    let root = root(&faulty());
    let path = root.path().join("findings.md");
    fs::write(&path, "old ".repeat(10_000)).unwrap();
    run(root.path(), &["check", "--select", "language", "--report", "markdown=findings.md"]).code(1);
    assert!(fs::read_to_string(&path).unwrap().starts_with("## Pledgebook: 2 errors\n"));
    fs::write(root.path().join("content/services/repair.md"), GOOD).unwrap();
    run(root.path(), &["check", "--select", "language", "--report", "markdown=findings.md"]).code(0);
    assert_eq!(fs::read_to_string(&path).unwrap(), "## Pledgebook: no finding\n");
}

#[cfg(unix)]
#[test]
fn a_report_goes_through_a_link_and_keeps_the_permissions_of_its_file() {
    use std::os::unix::fs::PermissionsExt;
    let root = root(GOOD);
    let (file, link) = (root.path().join("real.json"), root.path().join("link.json"));
    fs::write(&file, "old").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink("real.json", &link).unwrap();
    run(root.path(), &["check", "--select", "language", "--report", "json=link.json"]).code(0);
    assert!(fs::read_to_string(&file).unwrap().contains("\"findings\": []"));
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
}

#[test]
fn a_report_that_cannot_be_written_is_refused_and_nothing_is_lost() {
    let root = root(GOOD);
    fs::create_dir(root.path().join("folder")).unwrap();
    let settings = fs::read(root.path().join("content/handbook.yaml")).unwrap();
    for (reports, said) in [
        (&["sarif=-"][..], "a report goes to a file"),
        (&["sarif"], "write a format and a file"),
        (&["sarif="], "write the file behind the `=`"),
        (&["xml=a"], "there is no format `xml`; write one of `full`, `concise`, `json`, `sarif`"),
        (&["json=a", "full=./a"], "two reports cannot be written to one file"),
        (&["json=content/handbook.yaml"], "among the files of the handbook"),
        (&["json=folder"], "`folder` is no file that can be written anew"),
        (&["json=content/../content/new.json"], "among the files of the handbook"),
    ] {
        let arguments: Vec<_> =
            ["check"].into_iter().chain(reports.iter().flat_map(|report| ["--report", report])).collect();
        let told = run(root.path(), &arguments).code(2);
        assert!(stderr(&told).contains(said), "{reports:?}: {}", stderr(&told));
    }
    assert_eq!(fs::read(root.path().join("content/handbook.yaml")).unwrap(), settings);
    assert!(!root.path().join("content/new.json").exists() && !root.path().join("a").exists());
}

#[test]
fn every_format_can_be_printed_and_github_is_told_nothing_that_was_not_asked_for() {
    let root = root(&faulty());
    let summary = root.path().join("summary.md");
    fs::write(&summary, "").unwrap();
    for (format, begins) in [
        ("sarif", "{\n"),
        ("gitlab", "[\n"),
        ("junit", "<?xml "),
        ("markdown", "## Pledgebook: 2 errors\n"),
        (
            "github",
            "::error file=content/services/repair.md,line=5,endLine=5,col=8,endColumn=11,title=reference/dangling::",
        ),
    ] {
        let told = pledgebook(root.path())
            .args(["check", "--select", "language", "--format", format])
            .env("GITHUB_STEP_SUMMARY", &summary);
        let told = told.assert().code(1).stderr_eq("");
        assert!(stdout(&told).starts_with(begins), "{format}: {}", stdout(&told));
    }
    assert_eq!(fs::read_to_string(&summary).unwrap(), "");
}

#[test]
fn what_fails_the_run_is_a_failure_in_junit() {
    let warned = GOOD.replace("We mend it.", "## Ready {#turnarond}").replace(
        "---\n## ",
        "standards:\n  turnaround: {kind: access, statement: X, level: open, target: 90%, measure: {as: observed}}\n---\n## ",
    );
    let root = root(&warned);
    let failures = |arguments: &[&str]| {
        stdout(&pledgebook(root.path()).args(["check", "--format", "junit"]).args(arguments).assert())
            .matches("<failure")
            .count()
    };
    let told = failures(&["--fail-on", "info"]);
    assert_eq!(failures(&["--fail-on", "never"]), 0);
    assert!(told > 0, "something is found to begin with");
}

#[test]
fn a_warning_is_told_and_is_no_failure() {
    let warned = GOOD.replace("We mend it.", "## Ready {#turnarond}").replace(
        "---\n## ",
        "standards:\n  turnaround: {kind: access, statement: X, level: open, target: 90%, measure: {as: observed}}\n---\n## ",
    );
    let root = root(&warned);
    let told = run(root.path(), &["check"]).code(0);
    assert!(stdout(&told).contains("warning[prose/unbound]"), "{}", stdout(&told));
    run(root.path(), &["build"]).code(0);
}

#[test]
fn what_keeps_the_run_from_working_is_told_on_standard_error_and_ends_with_two() {
    let empty = tempfile::tempdir().unwrap();
    for arguments in [&["check"][..], &["build"], &["check", "--root", "nowhere"]] {
        let told = run(empty.path(), arguments).code(2).stdout_eq("");
        assert!(stderr(&told).starts_with("error: there is no folder `"), "{}", stderr(&told));
    }
    let root = root(GOOD);
    for arguments in [
        &["chek"][..],
        &[],
        &["check", "--format", "xml"],
        &["build", "--base-url", "example.org"],
        &["--color", "blue", "check"],
        &["check", "extra"],
    ] {
        let told = run(root.path(), arguments).code(2).stdout_eq("");
        assert!(
            stderr(&told).contains("Usage: pledgebook") || stderr(&told).starts_with("error: invalid value"),
            "{}",
            stderr(&told)
        );
    }
    fs::write(root.path().join("file"), "x").unwrap();
    let told = run(root.path(), &["build", "--out", "file"]).code(2);
    assert!(stderr(&told).starts_with("error: `file` is not a folder"), "{}", stderr(&told));
}

#[test]
fn the_day_that_counts_as_today_has_to_be_a_day() {
    let root = root(GOOD);
    let told = Command::new(snapbox::cmd::cargo_bin!("pledgebook"))
        .current_dir(root.path())
        .args(["--today", "2026-02-30", "check"])
        .assert()
        .code(2);
    assert!(stderr(&told).contains("February 2026 has 28 days"), "{}", stderr(&told));
}

#[test]
fn help_and_version_go_to_standard_output() {
    let root = root(GOOD);
    let told = run(root.path(), &["--version"]).code(0).stderr_eq("");
    assert!(stdout(&told).starts_with("pledgebook "), "{}", stdout(&told));
    for arguments in [&["--help"][..], &["check", "--help"], &["build", "-h"]] {
        assert!(stdout(&run(root.path(), arguments).code(0).stderr_eq("")).contains("Usage: pledgebook"));
    }
}

#[test]
fn colours_are_for_terminals_or_where_they_are_asked_for() {
    let root = root(&faulty());
    let coloured = |command: Command| stdout(&command.arg("check").assert().code(1)).contains('\u{1b}');
    assert!(!coloured(pledgebook(root.path())), "a pipe is no terminal");
    assert!(coloured(pledgebook(root.path()).args(["--color", "always"])));
    assert!(coloured(pledgebook(root.path()).args(["--color", "always"]).env("NO_COLOR", "1")), "who asks gets it");
    assert!(!coloured(pledgebook(root.path()).args(["--color", "never"])));
    assert!(!coloured(pledgebook(root.path()).env("NO_COLOR", "1")));
    let told = pledgebook(root.path()).args(["--color", "always", "check"]).assert();
    let plain = anstream::adapter::strip_str(&stdout(&told)).to_string();
    assert_eq!(plain, stdout(&run(root.path(), &["check"])), "colours change no word");
}

#[test]
fn a_root_can_be_named_from_elsewhere_and_paths_are_told_below_it() {
    let (root, elsewhere) = (root(&faulty()), tempfile::tempdir().unwrap());
    let told =
        run(elsewhere.path(), &["check", "--format", "concise", "--root", root.path().to_str().unwrap()]).code(1);
    assert!(stdout(&told).starts_with("content/services/repair.md:5:8: "), "{}", stdout(&told));
    fs::write(root.path().join("content/services/repair.md"), GOOD).unwrap();
    run(elsewhere.path(), &["--root", root.path().to_str().unwrap(), "build"]).code(0);
    assert!(root.path().join("public/index.html").is_file() && files(elsewhere.path()).is_empty());
}

#[test]
fn a_root_with_spaces_and_chinese_is_a_root() {
    let root = root(GOOD);
    let moved = root.path().join("服务 手册");
    fs::create_dir(&moved).unwrap();
    fs::rename(root.path().join("content"), moved.join("content")).unwrap();
    run(root.path(), &["check", "--root", "服务 手册"]).code(0);
    run(root.path(), &["build", "--root", "服务 手册", "--out", "a b"]).code(0).stdout_eq("a b/index.html\n");
}

#[test]
fn build_writes_the_site_and_names_its_first_page() {
    let root = root(GOOD);
    let told = run(root.path(), &["build"]).code(0);
    assert_eq!(stdout(&told), "./public/index.html\n".replace("./", stdout(&told).split("public").next().unwrap()));
    assert!(stderr(&told).contains(" pages, ") && stderr(&told).contains("0 unchanged"), "{}", stderr(&told));
    let site = files(&root.path().join("public"));
    assert!(site.contains_key("services/repair.html") && !site.contains_key("sitemap.xml"));
    let again = run(root.path(), &["build"]).code(0);
    assert!(stderr(&again).contains(" 0 files written"), "{}", stderr(&again));
    assert_eq!(files(&root.path().join("public")), site, "a second build is the same");
    run(root.path(), &["--quiet", "build"]).code(0).stderr_eq("");
}

#[test]
fn build_writes_no_site_into_a_handbook() {
    let (root, other) = (root(GOOD), root(GOOD));
    let own = ["content", "content/pages", "."].map(|folder| root.path().join(folder));
    let others = ["content", "content/pages/new", "."].map(|folder| other.path().join(folder));
    for out in own.iter().chain(&others) {
        let (before, before_other) = (files(root.path()), files(other.path()));
        let refused = run(root.path(), &["build", "--out", out.to_str().unwrap()]).code(2);
        assert!(stderr(&refused).contains("because a handbook is in"), "{}", stderr(&refused));
        assert_eq!((files(root.path()), files(other.path())), (before, before_other), "{}", out.display());
    }
}

#[test]
fn build_with_an_address_writes_the_list_of_pages() {
    let root = root(GOOD);
    run(root.path(), &["build", "--base-url", "https://example.org/handbook"]).code(0);
    let site = files(&root.path().join("public"));
    let list = String::from_utf8(site["sitemap.xml"].clone()).unwrap();
    assert!(list.contains("https://example.org/handbook/services/repair.html"), "{list}");
}

#[test]
fn build_with_errors_writes_nothing_and_leaves_the_old_site_whole() {
    let root = root(&faulty());
    let told = run(root.path(), &["build"]).code(1);
    assert!(stdout(&told).contains("2 errors") && !stdout(&told).contains("index.html"), "{}", stdout(&told));
    assert!(stderr(&told).contains("nothing was written"), "{}", stderr(&told));
    assert!(!root.path().join("public").exists());

    fs::write(root.path().join("content/services/repair.md"), GOOD).unwrap();
    run(root.path(), &["build"]).code(0);
    let public = root.path().join("public");
    fs::write(public.join("CNAME"), "example.org").unwrap();
    let before = files(&public);
    fs::write(root.path().join("content/services/repair.md"), faulty()).unwrap();
    run(root.path(), &["build"]).code(1);
    assert_eq!(files(&public), before);
    let beside: Vec<_> = files(root.path())
        .into_keys()
        .filter(|path| !path.starts_with("public/") && !path.starts_with("content/"))
        .collect();
    assert!(beside.iter().all(|path| path.starts_with('.')), "{beside:?}");
}

#[test]
fn a_template_at_fault_is_told_and_the_old_site_stays_even_where_errors_are_allowed() {
    let root = root(GOOD);
    run(root.path(), &["build"]).code(0);
    let before = files(&root.path().join("public"));
    let templates = root.path().join("themes/default/templates");
    fs::create_dir_all(&templates).unwrap();
    fs::write(templates.join("home.html"), "<h1>\n{{ page.nothing.at.all }}").unwrap();
    let told = run(root.path(), &["build", "--allow-errors"]).code(1);
    assert!(
        stdout(&told).contains("error[theme/template]")
            && stdout(&told).contains("themes/default/templates/home.html:2:"),
        "{}",
        stdout(&told)
    );
    assert_eq!(files(&root.path().join("public")), before);
}

#[test]
fn allowed_errors_are_marked_on_the_pages_they_belong_to() {
    let root = root(&faulty());
    let told = run(root.path(), &["build", "--allow-errors"]).code(1);
    assert!(stdout(&told).contains("2 errors") && stdout(&told).ends_with("public/index.html\n"), "{}", stdout(&told));
    let site = files(&root.path().join("public"));
    let page = |path: &str| String::from_utf8(site[path].clone()).unwrap();
    assert!(page("services/repair.html").contains("content/services/repair.md:5:"), "{}", page("services/repair.html"));
    assert!(page("services/repair.html").contains("February 2026 has 28 days"));
    assert!(!page("roles/desk.html").contains("February 2026 has 28 days"));
}

#[test]
fn findings_go_through_a_pipe_that_is_closed() {
    let root = root(&faulty());
    let program = std::process::Command::new(snapbox::cmd::cargo_bin!("pledgebook"))
        .args(["check", "--root"])
        .arg(root.path())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut program = program;
    drop(program.stdout.take());
    let ended = program.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(1));
    assert_data_eq!(String::from_utf8(ended.stderr).unwrap(), "");
}
