//! `schema`: JSON Schema of the files of a handbook, for editors.

use std::path::{Path, PathBuf};

use pledgebook::manual::schema::{ALL, Described, FOLDER, schema};
use pledgebook::model::handbook::Handbook;
use pledgebook::parse::{self, SETTINGS};
use pledgebook::source::disk::{content_folder, read_tree};
use pledgebook::units::nearest::{listed, nearest};

use super::arguments::{Arguments, Schema};
use super::terminal::Terminal;
use super::writing::{WriteError, replace, shown};
use super::{CLEAN, Outcome};

/// Runs the command.
pub(crate) fn run(wanted: &Schema, arguments: &Arguments, terminal: &Terminal) -> Outcome {
    let described = wanted.kind.as_deref().map(named).transpose()?;
    let handbook = read(&arguments.root)?;
    if wanted.write {
        let only: Vec<Described> = described.map_or_else(|| ALL.to_vec(), |one| vec![one]);
        let written = write(&arguments.root, &handbook, &only)?;
        terminal.answer(&written.iter().map(|path| format!("{}\n", shown(path))).collect::<String>())?;
        return Ok(CLEAN);
    }
    let answer = match described {
        Some(one) => schema(one, &handbook),
        None => ALL.iter().map(|one| (one.name().to_owned(), schema(*one, &handbook))).collect(),
    };
    terminal.answer(&format!("{answer:#}\n"))?;
    Ok(CLEAN)
}

/// Writes all schemas anew where they were written before, since a handbook has new ids.
pub(crate) fn refresh(root: &Path) -> Result<(), Box<dyn std::error::Error>> {
    if root.join(FOLDER).is_dir() {
        write(root, &read(root)?, &ALL)?;
    }
    Ok(())
}

/// Writes all schemas of the handbook of a root.
pub(crate) fn write_all(root: &Path) -> Result<Vec<PathBuf>, Box<dyn std::error::Error>> {
    Ok(write(root, &read(root)?, &ALL)?)
}

fn write(root: &Path, handbook: &Handbook, wanted: &[Described]) -> Result<Vec<PathBuf>, WriteError> {
    let one = |described: &Described| {
        let path = root.join(FOLDER).join(format!("{}.json", described.name()));
        replace(&path, &format!("{:#}\n", schema(*described, handbook))).map(|()| path)
    };
    wanted.iter().map(one).collect()
}

fn read(root: &Path) -> Result<Handbook, Box<dyn std::error::Error>> {
    let (folder, prefix) = content_folder(root, SETTINGS);
    Ok(parse::parse(&read_tree(&folder)?, &prefix).handbook)
}

fn named(name: &str) -> Result<Described, String> {
    let all = || ALL.iter().map(|one| one.name());
    Described::named(name).ok_or_else(|| match nearest(name, all()) {
        Some(near) => format!("there is no schema `{name}`; did you mean `{near}`?"),
        None => format!("there is no schema `{name}`; there are {}", listed(all())),
    })
}
