//! `init`: writes a small handbook to begin with.

use std::fs;
use std::path::Path;

use pledgebook::parse::SETTINGS;
use pledgebook::scaffold::handbook::{self, StarterFile};
use pledgebook::source::disk::CONTENT;

use super::arguments::{Arguments, Init};
use super::terminal::Terminal;
use super::writing::{shown, write_new};
use super::{CLEAN, Outcome};

/// Runs the command.
pub(crate) fn run(init: &Init, arguments: &Arguments, terminal: &Terminal) -> Outcome {
    let root = init.folder.as_deref().unwrap_or(&arguments.root);
    let files = handbook::files(&init.languages, arguments.today());
    look_first(root, &files)?;
    let mut answer = String::new();
    for file in &files {
        let path = root.join(&file.path);
        write_new(&path, &file.text)?;
        answer.push_str(&format!("{}\n", shown(&path)));
    }
    terminal.answer(&answer)?;
    if init.languages.first().is_some_and(|tag| tag.0 != "en") {
        terminal.progress("the texts of the starter handbook are English; write yours in their place");
    }
    terminal.progress(&next(root));
    Ok(CLEAN)
}

/// Says what to do next.
fn next(root: &Path) -> String {
    match shown(root).as_str() {
        "" => "next: `pledgebook serve --open` shows the handbook; README.md says more".to_owned(),
        root => format!("next: `cd {root}`, then `pledgebook serve --open` shows the handbook; README.md says more"),
    }
}

/// Refuses a folder in which something of a handbook lies already.
fn look_first(root: &Path, files: &[StarterFile]) -> Result<(), String> {
    let advice = "name a new folder: `pledgebook init my-handbook`";
    let there = |path: &Path| path.symlink_metadata().is_ok();
    if there(root) && !root.is_dir() {
        return Err(format!("`{}` is a file and no folder; {advice}", shown(root)));
    }
    if there(&root.join(SETTINGS)) {
        return Err(format!("`{}` is there already; {advice}", shown(&root.join(SETTINGS))));
    }
    let found: Vec<_> = files.iter().map(|file| root.join(&file.path)).filter(|path| there(path)).collect();
    if let Some(first) = found.first() {
        let more = if found.len() > 1 { format!(", and {} more", found.len() - 1) } else { String::new() };
        return Err(format!("`{}` is there already{more}; nothing was written; {advice}", shown(first)));
    }
    let content = root.join(CONTENT);
    let full = fs::read_dir(&content).is_ok_and(|mut entries| entries.next().is_some());
    match full || (there(&content) && !content.is_dir()) {
        true => Err(format!("`{}` is there already and not empty; {advice}", shown(&content))),
        false => Ok(()),
    }
}
