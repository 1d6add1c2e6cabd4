//! `init`: writes a small handbook to begin with.

use std::fs;
use std::path::Path;

use pledgebook::parse::SETTINGS;
use pledgebook::scaffold::ci;
use pledgebook::scaffold::handbook::{self, StarterFile};
use pledgebook::source::disk::{CONTENT, content_folder};

use super::arguments::{Arguments, Ci, Init};
use super::new::with_modeline;
use super::terminal::Terminal;
use super::writing::{shown, write_new};
use super::{CLEAN, Outcome, schema};

/// Runs the command.
pub(crate) fn run(init: &Init, arguments: &Arguments, terminal: &Terminal) -> Outcome {
    let root = init.folder.as_deref().unwrap_or(&arguments.root);
    if let Some(forge) = init.ci
        && content_folder(root, SETTINGS).0.join(SETTINGS).is_file()
    {
        return write_recipe(root, forge, terminal);
    }
    let mut files = handbook::files(&init.languages, arguments.today());
    files.extend(init.ci.map(recipe));
    look_first(root, &files)?;
    let mut answer = String::new();
    for file in &files {
        let path = root.join(&file.path);
        let below = file.path.strip_prefix("content/").unwrap_or_default();
        write_new(&path, &with_modeline(&file.text, "content/", below))?;
        answer.push_str(&format!("{}\n", shown(&path)));
    }
    let mut schemas = schema::write_all(root)?;
    schemas.sort();
    let schemas: String = schemas.iter().map(|path| format!("{}\n", shown(path))).collect();
    terminal.answer(&format!("{schemas}{answer}"))?;
    if init.languages.first().is_some_and(|tag| tag.0 != "en") {
        terminal.progress("the texts of the starter handbook are English; write yours in their place");
    }
    terminal.progress(&next(root));
    Ok(CLEAN)
}

/// Writes the recipe alone, into a handbook that is there.
fn write_recipe(root: &Path, forge: Ci, terminal: &Terminal) -> Outcome {
    let file = recipe(forge);
    let path = root.join(&file.path);
    write_new(&path, &file.text)?;
    terminal.answer(&format!("{}\n", shown(&path)))?;
    terminal.progress("its first lines say what is to be filled in");
    Ok(CLEAN)
}

fn recipe(forge: Ci) -> StarterFile {
    ci::recipe(match forge {
        Ci::Github => ci::Forge::Github,
        Ci::Gitlab => ci::Forge::Gitlab,
        Ci::Forgejo => ci::Forge::Forgejo,
    })
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
