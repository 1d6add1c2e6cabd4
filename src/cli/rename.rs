//! `rename`: gives a thing another id, and every reference to it.

use pledgebook::pipeline;
use pledgebook::rename::asked::Asked;
use pledgebook::rename::{Before, Changed, rename};
use pledgebook::source::SourceTree;

use super::arguments::{Arguments, Rename};
use super::moving::{Move, move_all};
use super::terminal::Terminal;
use super::{CLEAN, Outcome, patch, schema};

/// Runs the command.
pub(crate) fn run(wanted: &Rename, arguments: &Arguments, terminal: &Terminal) -> Outcome {
    let looked = pipeline::look(&arguments.root)?;
    let before = Before { checked: &looked.handbook, tree: &looked.tree, found: &looked.diagnostics };
    let asked = Asked::read(&wanted.thing, &wanted.new, looked.handbook.handbook())?;
    let changed = rename(before, &asked)?;
    if wanted.dry_run {
        let one = |it: &Changed| patch::print_moved(&patch_of(it, &looked.tree), &looked.prefix, terminal.colour());
        terminal.answer(&changed.iter().map(one).collect::<String>())?;
    } else {
        let folder = arguments.root.join(&looked.prefix);
        let mut moves: Vec<Move<'_>> = Vec::new();
        for it in &changed {
            let from = folder.join(looked.tree.file(it.file).path.as_ref());
            moves.push(Move { from, to: folder.join(&it.path), before: text(&looked.tree, it), after: &it.text });
        }
        move_all(&moves)?;
        schema::refresh(&arguments.root)?;
        terminal.answer(&changed.iter().map(|it| told(it, &looked.tree, &looked.prefix)).collect::<String>())?;
    }
    tell_rest(&asked, &changed, terminal);
    Ok(CLEAN)
}

fn text<'a>(tree: &'a SourceTree, changed: &Changed) -> &'a str {
    tree.text(changed.file).map_or("", |text| text.as_str())
}

fn patch_of<'a>(changed: &'a Changed, tree: &'a SourceTree) -> patch::Moved<'a> {
    patch::Moved {
        from: &tree.file(changed.file).path,
        to: &changed.path,
        before: text(tree, changed),
        after: &changed.text,
    }
}

/// Says what has become of a file, a line a file.
fn told(changed: &Changed, tree: &SourceTree, prefix: &str) -> String {
    let from = tree.file(changed.file).path.as_ref();
    let places = match changed.places {
        0 => String::new(),
        1 => ": 1 place".to_owned(),
        several => format!(": {several} places"),
    };
    match from == changed.path {
        true => format!("{prefix}{from}{places}\n"),
        false => format!("{prefix}{from} → {prefix}{}{places}\n", changed.path),
    }
}

/// Says how much has changed.
fn tell_rest(asked: &Asked, changed: &[Changed], terminal: &Terminal) {
    let places: usize = changed.iter().map(|it| it.places).sum();
    let files = if changed.len() == 1 { "file" } else { "files" };
    let count = format!("{} {files}, {places} places", changed.len());
    terminal.progress(&format!("the {} `{}` is `{}`: {count}", asked.kind.word(), asked.old, asked.new));
}
