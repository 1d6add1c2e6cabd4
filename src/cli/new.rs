//! `new`: begins a file, or an entry of a register, whose blanks are to be filled in.

use std::path::Path;

use pledgebook::fields::blank::BLANK;
use pledgebook::manual::schema::modeline;
use pledgebook::model::kind::Kind;
use pledgebook::parse::{self, SETTINGS};
use pledgebook::scaffold::choice::Choice;
use pledgebook::scaffold::register::Before;
use pledgebook::scaffold::{document, kinds, register};
use pledgebook::source::disk::{content_folder, read_tree};
use pledgebook::source::{Content, SourceTree};

use super::arguments::{Arguments, New};
use super::terminal::Terminal;
use super::writing::{append, shown, write_new};
use super::{CLEAN, Outcome, schema, translate};

/// Runs the command.
pub(crate) fn run(new: &New, arguments: &Arguments, terminal: &Terminal) -> Outcome {
    if let Some([file, language]) = new.translate.as_deref() {
        return translate::run(file, language, arguments, terminal);
    }
    let (Some(kind), Some(id)) = (&new.kind, &new.id) else { return Err("name a kind and an id".into()) };
    let kind = kinds::kind_named(kind)?;
    kinds::check_id(kind, id)?;
    let choices = choices(kind, new)?;
    let (folder, prefix) = content_folder(&arguments.root, SETTINGS);
    let tree = read_handbook(&folder, &arguments.root)?;
    let handbook = parse::parse(&tree, &prefix).handbook;
    let below = kinds::path(kind, id);
    let path = folder.join(&below);
    let text = if kinds::is_in_register(kind) {
        let before = text_of(&tree, &below)?;
        let register = Before { path: &shown(&path), text: before.unwrap_or("") };
        let text = register::addition((kind, id), register, &choices, &handbook, arguments.today())?;
        match before {
            Some(_) => append(&path, &text)?,
            None => write_new(&path, &with_modeline(&text, &prefix, &below))?,
        }
        text
    } else {
        let text = document::write(kind, id, &choices, &handbook, arguments.today());
        write_new(&path, &with_modeline(&text, &prefix, &below))?;
        text
    };
    schema::refresh(&arguments.root)?;
    terminal.answer(&format!("{}\n", shown(&path)))?;
    if kinds::is_in_register(kind) {
        terminal.progress(&format!("`{id}` stands at the end of the file"));
    }
    terminal.progress(&format!("{}; `pledgebook check` tells what is left", blanks(&text)));
    Ok(CLEAN)
}

/// Puts in the line by which an editor finds the schema of a file: at the beginning, or of Markdown below the first hyphens.
pub(super) fn with_modeline(text: &str, prefix: &str, path: &str) -> String {
    let Some(line) = modeline(prefix, path) else { return text.to_owned() };
    match text.strip_prefix("---\n") {
        Some(rest) => format!("---\n{line}\n{rest}"),
        None => format!("{line}\n{text}"),
    }
}

fn choices(kind: Kind, new: &New) -> Result<Vec<Choice>, Box<dyn std::error::Error>> {
    let mut choices = Vec::new();
    for (key, word) in [("kind", &new.of_kind), ("use", &new.of_use)] {
        if let Some(word) = word {
            choices.push(Choice::new(kind, key, word)?);
        }
    }
    Ok(if choices.is_empty() { Choice::usual(kind) } else { choices })
}

/// Reads the handbook in which the thing is to stand.
fn read_handbook(folder: &Path, root: &Path) -> Result<SourceTree, Box<dyn std::error::Error>> {
    if !folder.join(SETTINGS).is_file() {
        let looked = shown(&folder.join(SETTINGS));
        let named = if root == Path::new(".") { "name its folder with `--root DIR`" } else { "look at `--root`" };
        return Err(format!("there is no handbook here: no `{looked}`; {named}, or run `pledgebook init` first").into());
    }
    Ok(read_tree(folder)?)
}

/// Gives the text of a file of the handbook; nothing where it is not there.
fn text_of<'a>(tree: &'a SourceTree, path: &str) -> Result<Option<&'a str>, String> {
    let Some(file) = tree.find(path) else { return Ok(None) };
    match &tree.file(file).content {
        Content::Text(text) => Ok(Some(text.as_str())),
        _ => Err(format!("cannot add to `{path}` of the handbook, which cannot be read; `pledgebook check` says why")),
    }
}

/// Says how many blanks a text has; those in comments do not count.
pub(super) fn blanks(text: &str) -> String {
    let live = text.lines().filter(|line| !line.trim_start().starts_with('#'));
    match live.map(|line| line.matches(BLANK).count()).sum() {
        0 => "no blank is to be filled in".to_owned(),
        1 => format!("1 blank, marked `{BLANK}`, is to be filled in"),
        several => format!("{several} blanks, marked `{BLANK}`, are to be filled in"),
    }
}
