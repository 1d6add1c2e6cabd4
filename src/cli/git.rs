//! Asks git for the history of the handbook. Where there is no git or no repository there is no history, and no failure.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use jiff::civil::Date;
use pledgebook::history::last::{LastChange, last_changes};
use pledgebook::history::revisions::{self, LOG as LOG_OF_ALL, Revision, revisions};
use pledgebook::history::versions::{self, RAW};
use pledgebook::history::{Bump, LOG, SHOW, bump, candidates};

/// The most commits that are looked into.
const MOST: usize = 20;

/// Finds the commits that move review dates and change nothing else.
pub(crate) fn bumps(root: &Path, content: &str) -> Vec<Bump> {
    let folder = if content.is_empty() { "." } else { content };
    let Some(log) = ask(root, LOG.iter().copied().chain([folder])) else { return Vec::new() };
    let shown = candidates(&log).into_iter().take(MOST);
    shown.filter_map(|commit| bump(&ask(root, SHOW.iter().copied().chain([commit]))?)).collect()
}

/// Gives what some files said before, the latest first, by their paths below the root.
pub(crate) fn earlier(root: &Path, paths: &[String]) -> BTreeMap<String, Vec<String>> {
    if paths.is_empty() {
        return BTreeMap::new();
    }
    let asked = RAW.iter().copied().chain(paths.iter().map(String::as_str));
    let known = ask(root, asked).map(|log| versions::names(&log)).unwrap_or_default();
    let of = |path: &str| known.iter().find(|(known, _)| is_path(known, path)).map(|(_, names)| names.as_slice());
    let wanted: Vec<(&String, &[String])> = paths.iter().map(|path| (path, of(path).unwrap_or_default())).collect();
    let names: Vec<&String> = wanted.iter().flat_map(|(_, names)| names.iter()).collect();
    let lines = names.iter().flat_map(|name| name.bytes().chain([b'\n'])).collect();
    let mut texts = contents(root, lines).unwrap_or_default().into_iter();
    let mut next = |_: &String| String::from_utf8(texts.next()?).ok();
    wanted.into_iter().map(|(path, names)| (path.clone(), names.iter().filter_map(&mut next).collect())).collect()
}

/// Tells whether a path below the root of the repository is one below the root of the handbook.
fn is_path(known: &str, path: &str) -> bool {
    known.strip_suffix(path).is_some_and(|before| before.is_empty() || before.ends_with('/'))
}

/// Runs git, and gives what it prints; nothing where it fails.
fn ask<'a>(root: &Path, arguments: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut git = git(root);
    git.args(arguments).stdin(Stdio::null()).stderr(Stdio::null());
    let output = git.output().ok().filter(|output| output.status.success())?;
    String::from_utf8(output.stdout).ok()
}

/// Why the files of a revision could not be had.
#[derive(Debug)]
pub(crate) enum Missing {
    /// The program git could not be started.
    Git,
    /// What git said of the revision.
    Revision(String),
}

/// Gives the files that a folder had in a revision, with their paths below the folder; modules and links that lead out of it are
/// left out.
pub(crate) fn files_at(root: &Path, revision: &str) -> Result<Vec<(String, Vec<u8>)>, Missing> {
    if revision.starts_with('-') {
        return Err(Missing::Revision("a revision does not begin with `-`".to_owned()));
    }
    let listed = output(git(root).args(["ls-tree", "-r", "-z", revision, "--", "."]), Vec::new())?;
    let mut paths = Vec::new();
    let mut names = Vec::new();
    let mut links = BTreeSet::new();
    for entry in listed.split(|byte| *byte == 0) {
        let entry = String::from_utf8_lossy(entry);
        let Some((told, path)) = entry.split_once('\t') else { continue };
        let words: Vec<&str> = told.split(' ').collect();
        let [mode, "blob", name] = words.as_slice() else { continue };
        if *mode == LINK {
            links.insert(path.to_owned());
        }
        paths.push(path.to_owned());
        names.extend_from_slice(name.as_bytes());
        names.push(b'\n');
    }
    let files: BTreeMap<String, Vec<u8>> = paths.into_iter().zip(contents(root, names)?).collect();
    let held = |path: &String| match links.contains(path) {
        true => linked(path, &files, &links).cloned(),
        false => files.get(path).cloned(),
    };
    Ok(files.keys().filter_map(|path| Some((path.clone(), held(path)?))).collect())
}

/// The mode of a link to another file.
const LINK: &str = "120000";

/// Gives what a link leads to, where that is a file of the folder.
fn linked<'a>(path: &str, files: &'a BTreeMap<String, Vec<u8>>, links: &BTreeSet<String>) -> Option<&'a Vec<u8>> {
    let target = std::str::from_utf8(files.get(path)?).ok()?;
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    let to = parts.join("/");
    if links.contains(&to) || target.starts_with('/') { None } else { files.get(&to) }
}

/// How long a list of names is asked of one process, in bytes: some 10,000 names.
const LONGEST: usize = 400_000;

/// Gives what git keeps under names, one a line. A long list is asked of two processes side by side, since git unpacks with one
/// processor.
fn contents(root: &Path, mut names: Vec<u8>) -> Result<Vec<Vec<u8>>, Missing> {
    let ask = |names| output(git(root).args(["cat-file", "--batch"]), names).map(|told| blobs(&told));
    let half = names.len() / 2;
    let Some(end) = names[half..].iter().position(|byte| *byte == b'\n').filter(|_| names.len() > LONGEST) else {
        return ask(names);
    };
    let rest = names.split_off(half + end + 1);
    let (first, second) = rayon::join(|| ask(names), || ask(rest));
    let mut all = first?;
    all.extend(second?);
    Ok(all)
}

/// Tells the revisions of a folder up to one, the newest first, with what they changed; what was changed in those whose
/// earlier ones git does not have is not known.
pub(crate) fn past(root: &Path, until: &str, may_matter: impl Fn(&str) -> bool) -> Result<Past, Missing> {
    let log = output(git(root).args(LOG_OF_ALL).args([until, "--", "."]), Vec::new())?;
    let mut all = revisions(&String::from_utf8_lossy(&log));
    let last = last_changes(&all);
    let line = revisions::line(&all);
    let mut revisions: Vec<Revision> = line.into_iter().map(|at| std::mem::take(&mut all[at])).collect();
    revisions.iter_mut().for_each(|revision| revision.files.retain(|file| may_matter(&file.path)));
    revisions.retain(|revision| !revision.is_cut && !revision.files.is_empty());
    let files = revisions.iter().flat_map(|revision| &revision.files);
    let names: BTreeSet<&String> = files.flat_map(|file| [&file.old, &file.new]).flatten().collect();
    let asked: Vec<u8> = names.iter().flat_map(|name| name.bytes().chain([b'\n'])).collect();
    let content = names.iter().map(|name| (*name).clone()).zip(contents(root, asked)?).collect();
    Ok(Past { revisions, content, last, shallow: is_shallow(root)? })
}

/// What git knows of a handbook's past.
pub(crate) struct Past {
    /// The revisions that were in force, the newest first.
    pub(crate) revisions: Vec<Revision>,
    /// What their files held.
    pub(crate) content: BTreeMap<String, Vec<u8>>,
    /// The last change of each file, by its path below the root.
    pub(crate) last: BTreeMap<String, LastChange>,
    /// Whether older revisions are not there.
    pub(crate) shallow: bool,
}

/// Gives the files, by their paths below the root, that differ from the revision that is checked out.
pub(crate) fn uncommitted(root: &Path) -> Result<Vec<String>, Missing> {
    let told = output(
        git(root).args(["diff", "--name-only", "-z", "--no-renames", "--relative", "HEAD", "--", "."]),
        Vec::new(),
    )?;
    Ok(told.split(|byte| *byte == 0).map(|path| String::from_utf8_lossy(path).into_owned()).collect())
}

/// Gives the text by which git knows one author under several addresses, where the repository has it.
pub(crate) fn mailmap(root: &Path) -> Option<String> {
    let root = root.canonicalize().ok()?;
    let repository = root.ancestors().find(|folder| folder.join(".git").exists())?;
    fs::read_to_string(repository.join(".mailmap")).ok()
}

/// Tells whether git has not all revisions.
fn is_shallow(root: &Path) -> Result<bool, Missing> {
    let told = output(git(root).args(["rev-parse", "--is-shallow-repository"]), Vec::new())?;
    Ok(told.starts_with(b"true"))
}

/// Gives the name of the revision that is checked out; nothing where there is none.
pub(crate) fn head(root: &Path) -> Option<String> {
    let told = output(git(root).args(["rev-parse", "--verify", "HEAD"]), Vec::new()).ok()?;
    Some(String::from_utf8_lossy(&told).trim().to_owned())
}

/// Gives the folder in which git keeps what it knows; nothing where there is none.
pub(crate) fn folder(root: &Path) -> Option<PathBuf> {
    let told = output(git(root).args(["rev-parse", "--absolute-git-dir"]), Vec::new()).ok()?;
    Some(PathBuf::from(String::from_utf8_lossy(&told).trim()))
}

/// The files of a folder by path, and the revision that they are of.
pub(crate) type AsOf = (Vec<(String, Vec<u8>)>, String);

/// Gives the files of the revision in force at the end of a day.
pub(crate) fn as_of(root: &Path, day: Date) -> Result<AsOf, String> {
    let said = |fault| match fault {
        Missing::Git => "git is not there, and without it there is no past".to_owned(),
        Missing::Revision(said) => format!("git knows no past here: {said}"),
    };
    let before = format!("--before={day}T23:59:59");
    let told =
        output(git(root).args(["rev-list", "-1", "--first-parent", &before, "HEAD"]), Vec::new()).map_err(said)?;
    let revision = String::from_utf8_lossy(&told).trim().to_owned();
    if revision.is_empty() {
        let why =
            if is_shallow(root).map_err(said)? { "; git has not all revisions here (a shallow clone)" } else { "" };
        return Err(format!("there was no handbook on {day}{why}"));
    }
    Ok((files_at(root, &revision).map_err(said)?, revision))
}

/// Takes apart what `git cat-file --batch` prints: a line with the size, and so many bytes.
fn blobs(printed: &[u8]) -> Vec<Vec<u8>> {
    let mut rest = printed;
    let mut found = Vec::new();
    while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
        let size = String::from_utf8_lossy(&rest[..end]).rsplit(' ').next().and_then(|size| size.parse().ok());
        let size: usize = size.unwrap_or_default();
        let bytes = &rest[end + 1..];
        found.push(bytes.get(..size).unwrap_or(bytes).to_vec());
        rest = bytes.get(size + 1..).unwrap_or_default();
    }
    found
}

fn git(root: &Path) -> Command {
    let mut git = Command::new("git");
    git.arg("-C").arg(root).args(["-c", "core.quotePath=false"]);
    // In one zone, so that the end of a day is the same on every machine.
    git.env("LC_ALL", "C").env("TZ", "UTC").env("GIT_OPTIONAL_LOCKS", "0");
    git
}

/// Runs git with an input, and gives what it prints.
fn output(git: &mut Command, input: Vec<u8>) -> Result<Vec<u8>, Missing> {
    git.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = git.spawn().map_err(|_| Missing::Git)?;
    let mut to = running.stdin.take();
    // Beside reading, since either pipe may be full.
    let writing = thread::spawn(move || to.as_mut().map(|to| to.write_all(&input)));
    let output = running.wait_with_output().map_err(|_| Missing::Git)?;
    let _ = writing.join();
    match output.status.success() {
        true => Ok(output.stdout),
        false => Err(Missing::Revision(String::from_utf8_lossy(&output.stderr).trim().to_owned())),
    }
}
