//! `init` and `new` as a manager types them: what is written, what is said where, and what is never written over.
#![allow(clippy::disallowed_methods, reason = "a test starts the program and looks at the disk")]

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

/// What a run came to.
struct Run {
    code: i32,
    answer: String,
    progress: String,
}

fn run(folder: &Path, arguments: &[&str]) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_pledgebook"))
        .env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"))
        .args(arguments)
        .args(["--today", "2026-11-21", "--color", "never"])
        .current_dir(folder)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run { code: output.status.code().unwrap(), answer: text(output.stdout), progress: text(output.stderr) }
}

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn starter() -> TempDir {
    let folder = folder();
    assert_eq!(run(folder.path(), &["init"]).code, 0);
    folder
}

fn paths_below(folder: &Path) -> Vec<String> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        match entry.path().is_dir() {
            true => paths.extend(paths_below(&entry.path()).into_iter().map(|path| format!("{name}/{path}"))),
            false => paths.push(name),
        }
    }
    paths.sort();
    paths
}

#[test]
fn init_makes_the_folder_and_its_handbook_passes_check_and_build() {
    let folder = folder();
    let init = run(folder.path(), &["init", "our handbook/服务"]);
    assert_eq!(init.code, 0, "{}", init.progress);
    let root = folder.path().join("our handbook/服务");
    let answered: Vec<_> = init.answer.lines().map(|line| line.replace("our handbook/服务/", "")).collect();
    assert_eq!(answered, paths_below(&root));
    assert!(init.progress.contains("next: "), "{}", init.progress);
    let check = run(&root, &["check"]);
    assert_eq!((check.code, check.answer.as_str()), (0, "no finding\n"));
    let build = run(&root, &["build"]);
    assert_eq!(build.code, 0, "{}{}", build.answer, build.progress);
    assert!(root.join("public/index.html").is_file() && root.join("public/.gitignore").is_file());
}

#[test]
fn init_writes_to_the_root_and_is_quiet_when_asked() {
    let folder = folder();
    let init = run(folder.path(), &["init", "--root", "there", "-q"]);
    assert_eq!((init.code, init.progress.as_str()), (0, ""));
    assert!(init.answer.contains("\nthere/README.md\n"), "{}", init.answer);
}

#[test]
fn init_writes_over_nothing_and_then_writes_nothing_at_all() {
    for (path, named) in [
        ("README.md", "`README.md` is there already; nothing was written"),
        ("content/registers/roles.yaml", "`content/registers/roles.yaml` is there already"),
        ("content/own.txt", "`content` is there already and not empty"),
        ("handbook.yaml", "`handbook.yaml` is there already"),
        ("content", "`content` is there already"),
    ] {
        let folder = folder();
        let there = folder.path().join(path);
        fs::create_dir_all(there.parent().unwrap()).unwrap();
        fs::write(&there, "mine").unwrap();
        let init = run(folder.path(), &["init"]);
        assert_eq!((init.code, init.answer.as_str()), (2, ""), "{path}");
        assert!(init.progress.starts_with("error: ") && init.progress.contains(named), "{}", init.progress);
        assert_eq!(paths_below(folder.path()), [path]);
        assert_eq!(fs::read_to_string(there).unwrap(), "mine");
    }
}

#[test]
fn init_takes_the_languages_of_the_handbook() {
    let folder = folder();
    let init = run(folder.path(), &["init", "--languages", "de,en"]);
    assert!(init.progress.contains("the texts of the starter handbook are English"), "{}", init.progress);
    let check = run(folder.path(), &["check", "--format", "concise"]);
    let untranslated = |line: &str| line.contains("info[language/missing]");
    assert_eq!((check.code, check.answer.lines().all(untranslated)), (0, true), "{}", check.answer);
    let bad = run(folder.path(), &["init", "x", "--languages", "german"]);
    assert_eq!(bad.code, 2);
    assert!(bad.progress.contains("write a tag such as `en`"), "{}", bad.progress);
}

#[test]
fn new_begins_a_file_whose_blanks_check_tells() {
    let folder = starter();
    let new = run(folder.path(), &["new", "checklist", "shop/opening", "--use", "shift"]);
    assert_eq!((new.code, new.answer.as_str()), (0, "content/checklists/shop/opening.md\n"), "{}", new.progress);
    assert_eq!(new.progress, "4 blanks, marked `…`, are to be filled in; `pledgebook check` tells what is left\n");
    let check = run(folder.path(), &["check", "--format", "concise"]);
    assert_eq!(check.code, 1);
    assert_eq!(check.answer.lines().filter(|line| line.contains("error[field/blank]")).count(), 4, "{}", check.answer);
    let path = folder.path().join("content/checklists/shop/opening.md");
    let text = fs::read_to_string(&path).unwrap();
    let text = text.replace("title: …", "title: Opening").replace("by: …", "by: service-desk");
    let text = text.replace("every: …", "every: shift").replace("first-item: …", "door: The door is open.");
    fs::write(&path, text).unwrap();
    let check = run(folder.path(), &["check", "--ignore", "coverage/orphan"]);
    assert_eq!((check.code, check.answer.as_str()), (0, "no finding\n"));
}

#[test]
fn new_never_writes_over_a_file() {
    let folder = starter();
    let path = folder.path().join("content/services/repair.md");
    let before = fs::read(&path).unwrap();
    let new = run(folder.path(), &["new", "service", "repair"]);
    assert_eq!((new.code, new.answer.as_str()), (2, ""));
    assert_eq!(new.progress, "error: `content/services/repair.md` is there already; nothing was written over it\n");
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn new_adds_to_a_register_and_keeps_what_is_there() {
    let folder = starter();
    let path = folder.path().join("content/registers/roles.yaml");
    let before = fs::read_to_string(&path).unwrap();
    let new = run(folder.path(), &["new", "role", "courier"]);
    assert_eq!((new.code, new.answer.as_str()), (0, "content/registers/roles.yaml\n"), "{}", new.progress);
    let after = fs::read_to_string(&path).unwrap();
    assert!(after.starts_with(&before) && after.contains("\ncourier:\n"));
    let twice = run(folder.path(), &["new", "role", "courier"]);
    assert_eq!(twice.code, 2);
    assert!(
        twice.progress.contains("`content/registers/roles.yaml` has a role `courier` already"),
        "{}",
        twice.progress
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), after);
}

#[test]
fn new_makes_a_register_that_is_missing() {
    let folder = folder();
    fs::create_dir(folder.path().join("content")).unwrap();
    fs::write(folder.path().join("content/handbook.yaml"), "title: T\nlanguages: [en, de]\n").unwrap();
    let new = run(folder.path(), &["new", "term", "turnaround"]);
    assert_eq!((new.code, new.answer.as_str()), (0, "content/registers/terms.yaml\n"), "{}", new.progress);
    let text = fs::read_to_string(folder.path().join("content/registers/terms.yaml")).unwrap();
    assert!(text.contains("\n# Terms: ") && text.contains("  text: {en: …, de: …}\n"), "{text}");
}

#[test]
fn new_says_what_is_wrong_with_its_arguments_and_what_to_write() {
    let folder = starter();
    for (arguments, said) in [
        (&["new", "servise", "x"][..], "did you mean `service`?"),
        (&["new", "standard", "x"], "add it below `standards:` in the file of the service"),
        (&["new", "service", "Bike Rental"], "write `bike-rental`"),
        (&["new", "page", "../../outside"], "write `outside`"),
        (&["new", "page", "x", "--kind", "lessons"], "did you mean `lesson`?"),
        (&["new", "playbook", "x", "--use", "case"], "leave `--use` out"),
    ] {
        let before = paths_below(folder.path());
        let new = run(folder.path(), arguments);
        assert_eq!((new.code, new.answer.as_str()), (2, ""), "{arguments:?}");
        assert!(new.progress.starts_with("error: ") && new.progress.contains(said), "{arguments:?}: {}", new.progress);
        assert_eq!(paths_below(folder.path()), before);
    }
}

#[test]
fn new_needs_a_handbook() {
    let folder = folder();
    let new = run(folder.path(), &["new", "service", "repair"]);
    assert_eq!(new.code, 2);
    assert!(new.progress.contains("no `content/handbook.yaml`") && new.progress.contains("pledgebook init"));
    assert_eq!(paths_below(folder.path()), [""; 0]);
}

#[test]
fn a_handbook_with_blanks_can_be_shown_as_it_is() {
    let folder = starter();
    for arguments in [["service", "rental"], ["playbook", "angry"], ["checklist", "opening"], ["page", "values"]] {
        assert_eq!(run(folder.path(), &["new", arguments[0], arguments[1]]).code, 0);
    }
    for kind in ["role", "channel", "calendar", "factor", "term", "evidence"] {
        assert_eq!(run(folder.path(), &["new", kind, "another"]).code, 0);
    }
    let build = run(folder.path(), &["build", "--allow-errors"]);
    assert_eq!(build.code, 1, "{}", build.progress);
    assert!(folder.path().join("public/index.html").is_file());
}

#[test]
fn a_translation_is_begun_once_and_is_good_when_its_blanks_are_filled() {
    let folder = folder();
    run(folder.path(), &["init", "--languages", "en,de", "-q"]);
    let new = run(folder.path(), &["new", "--translate", "content/playbooks/late.md", "de"]);
    assert_eq!((new.code, new.answer.as_str()), (0, "content/playbooks/late.de.md\n"), "{}", new.progress);
    let path = folder.path().join("content/playbooks/late.de.md");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace('…', "Wort")).unwrap();
    let check = run(folder.path(), &["check", "--format", "concise"]);
    let mine: Vec<&str> =
        check.answer.lines().filter(|line| line.contains("late.de.md") && line.contains("error")).collect();
    assert_eq!(mine, [""; 0]);
    assert!(!check.answer.contains("late.de.md:4:"), "the fingerprint is stale: {}", check.answer);
    let again = run(folder.path(), &["new", "--translate", "playbooks/late.md", "de"]);
    assert!(again.code == 2 && again.progress.contains("is there already"), "{}", again.progress);
    for (file, language, why) in [
        ("content/playbooks/late.md", "fr", "`fr` is no language to translate into; there is `de`"),
        ("content/playbooks/lat.md", "de", "did you mean `content/playbooks/late.md`?"),
        ("content/registers/roles.yaml", "de", "is no service, playbook, checklist or page"),
    ] {
        let refused = run(folder.path(), &["new", "--translate", file, language]);
        assert!(refused.code == 2 && refused.progress.contains(why), "{}", refused.progress);
    }
}

#[test]
fn schemas_are_printed_written_and_found_by_the_files_that_are_begun() {
    let folder = starter();
    let printed = run(folder.path(), &["schema", "service"]);
    assert!(printed.code == 0 && printed.answer.contains("\"title\": \"a service\""), "{}", printed.answer);
    assert!(run(folder.path(), &["schema", "servise"]).progress.contains("did you mean `service`?"));
    run(folder.path(), &["new", "role", "courier"]);
    run(folder.path(), &["new", "service", "repair/home"]);
    let text = fs::read_to_string(folder.path().join("content/services/repair/home.md")).unwrap();
    let line = text.lines().nth(1).unwrap();
    let (_, way) = line.split_once("$schema=").unwrap();
    let schema = fs::read_to_string(folder.path().join("content/services/repair").join(way)).unwrap();
    assert!(schema.contains("\"courier\""), "an id that was added is in it");
    fs::remove_dir_all(folder.path().join(".pledgebook")).unwrap();
    let written = run(folder.path(), &["schema", "--write"]);
    assert_eq!((written.code, written.answer.lines().count()), (0, 11), "{}", written.progress);
}
