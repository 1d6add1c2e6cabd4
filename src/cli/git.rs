//! Asks git for the history of the handbook. Where there is no git or no repository there is no history, and no failure.

use std::path::Path;
use std::process::{Command, Stdio};

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

/// Runs git, and gives what it prints; nothing where it fails.
fn ask<'a>(root: &Path, arguments: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut git = Command::new("git");
    git.arg("-C").arg(root).args(["-c", "core.quotePath=false"]).args(arguments);
    git.env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0").stdin(Stdio::null()).stderr(Stdio::null());
    let output = git.output().ok().filter(|output| output.status.success())?;
    String::from_utf8(output.stdout).ok()
}
