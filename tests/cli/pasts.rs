//! `history`, `show --as-of` and `build --as-of` over a real past in git.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::diffs::{git, with_limit, write};
use super::{GOOD, pledgebook, root, stderr, stdout};

/// Commits everything as it is, on a day.
fn commit(root: &Path, day: &str, subject: &str) {
    git(root, &["add", "-A"]);
    let date = format!("{day}T12:00:00Z");
    let mut git = Command::new("git");
    git.arg("-C").arg(root).args(["-c", "user.name=Ada", "-c", "user.email=a@b.c", "-c", "commit.gpgsign=false"]);
    git.args(["commit", "-q", "-m", subject]).env("GIT_AUTHOR_DATE", &date).env("GIT_COMMITTER_DATE", &date);
    assert!(git.status().unwrap().success());
}

/// A handbook that began in January, was loosened in March, reworded in April, moved in May and lost its standard in June.
fn past() -> tempfile::TempDir {
    let root = root(&with_limit("2 weeks"));
    let of = root.path();
    git(of, &["init", "-q", "-b", "main"]);
    commit(of, "2026-01-10", "begin");
    write(of, "services/repair.md", &with_limit("3 weeks"));
    commit(of, "2026-03-10", "more time");
    write(of, "services/repair.md", &with_limit("3 weeks").replace("title: Quick", "title: Swift"));
    commit(of, "2026-04-10", "words");
    fs::create_dir_all(of.join("content/services/shop")).unwrap();
    fs::rename(of.join("content/services/repair.md"), of.join("content/services/shop/mending.md")).unwrap();
    commit(of, "2026-05-10", "move");
    write(of, "services/shop/mending.md", GOOD);
    commit(of, "2026-06-10", "no limit");
    root
}

#[test]
fn history_tells_decisions_with_their_day_and_no_words() {
    let root = past();
    let told = stdout(&pledgebook(root.path()).arg("history").assert().code(0));
    let lines: Vec<String> = told
        .lines()
        .map(|line| {
            let words: Vec<&str> = line.splitn(4, "  ").collect();
            if line.starts_with("2026") { format!("{} {}", words[0], words[2]) } else { line.trim().to_owned() }
        })
        .collect();
    assert_eq!(
        lines,
        [
            "2026-06-10 Ada: no limit",
            "withdrawn: standard shop/mending/quick: Swift",
            "2026-03-10 Ada: more time",
            "loosened: standard repair/quick: limit 2 weeks → 3 weeks",
            "2026-01-10 Ada: begin",
            "added: service repair: Repair",
            "added: role desk: Desk",
        ]
    );
}

#[test]
fn history_of_a_thing_is_that_of_what_stands_in_it_too() {
    let root = past();
    let json = stdout(&pledgebook(root.path()).args(["history", "repair", "--format", "json"]).assert().code(0));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let decisions = json["decisions"].as_array().unwrap();
    assert_eq!((decisions.len(), &decisions[0]["on"]), (2, &"2026-03-10".into()));
    assert_eq!((&decisions[0]["changes"][0]["change"], &json["shallow"]), (&"loosened".into(), &false.into()));
    let none = pledgebook(root.path()).args(["history", "nothing"]).assert().code(1);
    assert_eq!(stdout(&none), "no decision is known\n");
}

#[test]
fn history_of_a_promise_tells_what_changed_in_the_standards_behind_it() {
    let with = |limit: &str| {
        let promise = "promises:\n  sure: {title: Sure, kind: commitment, statement: \"Ready in [[#limit]].\", backed_by: [quick]}\n";
        with_limit(limit).replace("review:", &format!("{promise}review:"))
    };
    let root = root(&with("2 weeks"));
    git(root.path(), &["init", "-q", "-b", "main"]);
    commit(root.path(), "2026-01-10", "begin");
    write(root.path(), "services/repair.md", &with("3 weeks"));
    commit(root.path(), "2026-03-10", "more time");
    let told = stdout(&pledgebook(root.path()).args(["history", "repair/sure"]).assert().code(0));
    assert!(told.contains("loosened: standard repair/quick: limit 2 weeks → 3 weeks"), "{told}");
    let shown =
        stdout(&pledgebook(root.path()).args(["show", "repair/sure", "--as-of", "2026-02-01"]).assert().code(0));
    assert!(shown.contains("Ready in 2 weeks."), "{shown}");
}

#[test]
fn what_was_renamed_is_shown_by_either_id_then_and_now() {
    let root = root(&with_limit("2 weeks"));
    git(root.path(), &["init", "-q", "-b", "main"]);
    commit(root.path(), "2026-01-10", "begin");
    write(root.path(), "services/repair.md", &with_limit("2 weeks").replace("  quick: {", "  fast: {was: quick, "));
    commit(root.path(), "2026-03-10", "another id");
    for arguments in [&["repair/fast", "--as-of", "2026-02-01"][..], &["repair/quick"]] {
        let told = pledgebook(root.path()).arg("show").args(arguments).assert().code(0);
        assert!(stdout(&told).contains("2 weeks"), "{}", stdout(&told));
        assert!(stderr(&told).contains("is called `repair/"), "{}", stderr(&told));
    }
    pledgebook(root.path()).args(["show", "repair/slow", "--as-of", "2026-02-01"]).assert().code(1);
}

#[test]
fn a_shallow_clone_is_told_and_nothing_is_guessed() {
    let root = past();
    let clone = tempfile::tempdir().unwrap();
    let from = format!("file://{}", root.path().display());
    git(clone.path(), &["clone", "-q", "--depth", "2", &from, "."]);
    let told = pledgebook(clone.path()).arg("history").assert().code(0);
    assert!(stderr(&told).contains("shallow clone"), "{}", stderr(&told));
    assert!(!stdout(&told).contains("added"), "what came before the oldest revision is not known: {}", stdout(&told));
    let asked = pledgebook(clone.path()).args(["show", "repair", "--as-of", "2026-02-01"]).assert().code(2);
    assert!(
        stderr(&asked).contains("there was no handbook on 2026-02-01; git has not all revisions"),
        "{}",
        stderr(&asked)
    );
}

#[test]
fn a_thing_is_shown_as_it_stood_on_a_day() {
    let root = past();
    let limit = |day: &str, id: &str| {
        let told = stdout(&pledgebook(root.path()).args(["show", id, "--as-of", day]).assert().code(0));
        told.lines().find_map(|line| line.trim().strip_prefix("limit").map(|rest| rest.trim().to_owned())).unwrap()
    };
    assert_eq!(limit("2026-03-09", "repair/quick"), "2 weeks");
    assert_eq!(limit("2026-03-10", "repair/quick"), "3 weeks");
    assert_eq!(limit("2026-05-20", "shop/mending/quick"), "3 weeks");
    let gone = pledgebook(root.path()).args(["show", "repair/quick"]).assert().code(1);
    assert_eq!(stderr(&gone), "there is no `repair/quick` in the handbook\n");
    pledgebook(root.path()).args(["show", "repair", "--as-of", "2025-01-01"]).assert().code(2);
}

#[test]
fn a_site_is_built_as_the_handbook_was_on_a_day() {
    let root = past();
    for (day, path) in [("2026-02-01", "services/repair.html"), ("2026-05-20", "services/shop/mending.html")] {
        let out = root.path().join("public");
        pledgebook(root.path()).args(["build", "--as-of", day, "--no-cache"]).assert().code(0);
        assert!(out.join(path).is_file(), "{day}");
        fs::remove_dir_all(out).unwrap();
    }
}

/// A repository of a thousand revisions of two hundred services.
fn large() -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    git(root.path(), &["init", "-q", "-b", "main"]);
    let mut stream = String::new();
    let mut revision = |at: usize, files: &[(String, String)]| {
        stream.push_str(&format!(
            "commit refs/heads/main\ncommitter A <a@b.c> {} +0000\ndata 1\nx\n",
            1_700_000_000 + at * 3_600
        ));
        for (path, text) in files {
            stream.push_str(&format!("M 100644 inline content/{path}\ndata {}\n{text}\n", text.len()));
        }
    };
    let service = |limit: usize| with_limit(&format!("{limit} weeks"));
    let first: Vec<_> = (0..200).map(|at| (format!("services/s{at}.md"), service(1))).collect();
    revision(0, &first);
    for at in 1..=1_000 {
        revision(at, &[(format!("services/s{}.md", at % 200), service(1 + at / 200))]);
    }
    let fast = Command::new("git")
        .arg("-C")
        .arg(root.path())
        .args(["fast-import", "--quiet"])
        .stdin(std::process::Stdio::piped())
        .spawn()
        .and_then(|mut running| {
            std::io::Write::write_all(&mut running.stdin.take().unwrap(), stream.as_bytes())?;
            running.wait()
        });
    assert!(fast.unwrap().success());
    git(root.path(), &["checkout", "-q", "-f", "main"]);
    root
}

#[test]
fn thousands_of_revisions_are_read_in_one_pass() {
    let root = large();
    let json = stdout(&pledgebook(root.path()).args(["history", "--format", "json"]).assert().code(0));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    // From the two hundredth on, each gives one service a week more.
    let told =
        json["decisions"].as_array().unwrap().iter().filter(|it| it["changes"][0]["change"] == "loosened").count();
    assert_eq!(told, 801);
}

/// Counts the times that git is started by a command: each writes a file of its own.
fn processes(root: &Path, arguments: &[&str]) -> usize {
    let traces = tempfile::tempdir().unwrap();
    let _ = pledgebook(root).args(arguments).env("GIT_TRACE2_EVENT", traces.path()).assert();
    fs::read_dir(traces.path()).unwrap().count()
}

#[test]
fn git_is_started_a_few_times_however_many_revisions_and_files_there_are() {
    let (small, large) = (past(), large());
    write(large.path(), "handbook.yaml", super::SETTINGS);
    for (arguments, most) in [
        (&["history"][..], 4),
        (&["build", "--no-cache", "--allow-errors"], 6),
        (&["todo"], 3),
        (&["diff", "HEAD~3..HEAD"], 5),
        (&["check", "--since", "HEAD~3"], 4),
    ] {
        let started = processes(large.path(), arguments);
        assert!(0 < started && started <= most, "{arguments:?}: {started}");
        assert_eq!(processes(small.path(), arguments), started, "{arguments:?}");
    }
}
