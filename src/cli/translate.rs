//! `new --translate`: begins the translation of a file.

use std::path::{Path, PathBuf};

use pledgebook::checks::fingerprint;
use pledgebook::fields::value::Value;
use pledgebook::model::document::Document;
use pledgebook::model::handbook::Documents;
use pledgebook::parse::{self, SETTINGS};
use pledgebook::scaffold::translation;
use pledgebook::source::disk::{content_folder, read_tree};
use pledgebook::source::{FileId, SourceTree};
use pledgebook::units::nearest::{listed, nearest};

use super::arguments::Arguments;
use super::new::blanks;
use super::terminal::Terminal;
use super::writing::{shown, write_new};
use super::{CLEAN, Outcome};

/// Runs the command.
pub(crate) fn run(file: &str, language: &str, arguments: &Arguments, terminal: &Terminal) -> Outcome {
    let (folder, prefix) = content_folder(&arguments.root, SETTINGS);
    let tree = read_tree(&folder)?;
    let handbook = parse::parse(&tree, &prefix).handbook;
    let tags = handbook.config.language_tags();
    let others = || tags[1..].iter().map(String::as_str);
    if !others().any(|tag| tag == language) {
        let known = if tags.len() > 1 { listed(others()) } else { "none yet; `languages` in handbook.yaml".to_owned() };
        return Err(format!("`{language}` is no language to translate into; there is {known}").into());
    }
    let source = find(file, &folder, &tree)?;
    let text = text_of(&handbook.services, source)
        .or_else(|| text_of(&handbook.playbooks, source))
        .or_else(|| text_of(&handbook.checklists, source))
        .or_else(|| text_of(&handbook.pages, source))
        .ok_or_else(|| format!("`{file}` is no service, playbook, checklist or page in the source language that can be read; name its `.md` without a language, and look at `pledgebook check`"))?;
    let below = tree.file(source).path.as_ref();
    let stem = below.strip_suffix(".md").unwrap_or(below);
    let path = folder.join(format!("{stem}.{language}.md"));
    write_new(&path, &text)?;
    terminal.answer(&format!("{}\n", shown(&path)))?;
    terminal.progress(&format!("{}; `pledgebook check` tells what is left", blanks(&text)));
    Ok(CLEAN)
}

/// Finds a file by its path from here, below the root or below the content folder.
fn find(file: &str, folder: &Path, tree: &SourceTree) -> Result<FileId, String> {
    let path = PathBuf::from(file);
    let below = |path: &Path| path.to_str().map(|path| path.replace('\\', "/")).and_then(|path| tree.find(&path));
    let whole = path.canonicalize().ok().zip(folder.canonicalize().ok());
    let from_here = whole.and_then(|(path, folder)| below(path.strip_prefix(folder).ok()?));
    let within = || below(path.strip_prefix("content").unwrap_or(&path)).or_else(|| below(&path));
    from_here.or_else(within).ok_or_else(|| {
        let known = tree.iter().map(|(_, file)| file.path.as_ref()).filter(|path| path.ends_with(".md"));
        match nearest(file.strip_prefix("content/").unwrap_or(file), known) {
            Some(near) => format!("there is no file `{file}`; did you mean `{}`?", shown(&folder.join(near))),
            None => {
                format!("there is no file `{file}` in the handbook; write its path, such as content/services/repair.md")
            }
        }
    })
}

/// Writes the skeleton, where the file is one of these documents.
fn text_of<T: Value>(documents: &Documents<T>, file: FileId) -> Option<String> {
    let document: &Document<T> = documents.values().find(|document| document.file == file)?;
    Some(translation::write(document, &fingerprint::of(document)))
}
