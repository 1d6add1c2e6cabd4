//! The files that are moved, and links to them and from them.

use std::collections::BTreeMap;

use super::mentions::lost;
use super::{Asked, Before, Plan};
use crate::checks::links::{resolve, way};
use crate::checks::mentions::bound_thing;
use crate::markdown::prose::Prose;
use crate::model::kind::Kind;
use crate::source::{FileId, Span, Spanned};
use crate::units::Malformed;

/// Gives the new paths of the files of a document.
pub(super) fn paths(before: Before<'_>, asked: &Asked) -> BTreeMap<FileId, String> {
    let handbook = before.checked.handbook();
    let files: Vec<FileId> = match asked.kind {
        Kind::Service => handbook.services[&asked.old].files().collect(),
        Kind::Playbook => handbook.playbooks[&asked.old].files().collect(),
        Kind::Checklist => handbook.checklists[&asked.old].files().collect(),
        Kind::Page => handbook.pages[&asked.old].files().collect(),
        _ => Vec::new(),
    };
    let stem = format!("{}/{}", asked.kind.folder(), asked.old);
    let path = |file: FileId| {
        let ending = before.tree.file(file).path.strip_prefix(&stem)?;
        Some((file, format!("{}/{}{ending}", asked.kind.folder(), asked.new)))
    };
    files.into_iter().filter_map(path).collect()
}

/// Adds the changes of links and pictures.
pub(super) fn add_links(plan: &mut Plan<'_>) -> Result<(), Malformed> {
    let places = plan.before.checked.places(plan.before.tree);
    for (file, prose) in places.prose {
        let links = prose.links.iter().filter(|link| link.is_relative()).map(|link| &link.destination);
        let pictures = prose.pictures.iter().map(|picture| &picture.path);
        let mut seen: Vec<Span> = Vec::new();
        for address in links.chain(pictures) {
            let Some(new) = anew(plan, *file, &address.value) else { continue };
            let span = place(plan, prose, address)?;
            // A definition that several links share stands once.
            if !seen.contains(&span) {
                seen.push(span);
                plan.text(span, new);
            }
        }
    }
    Ok(())
}

/// Writes an address anew; nothing where it stays.
fn anew(plan: &Plan<'_>, file: FileId, address: &str) -> Option<String> {
    let tree = plan.before.tree;
    let from = tree.file(file).path.as_ref();
    let cut = address.find(['#', '?']).unwrap_or(address.len());
    let (path, rest) = address.split_at(cut);
    let target = if path.is_empty() { Some(file) } else { resolve(from, path).and_then(|path| tree.find(&path)) }?;
    let rest = rest.strip_prefix('#').and_then(|anchor| anchor_anew(plan, target, anchor)).unwrap_or(rest.to_owned());
    let is_moved = plan.paths.contains_key(&file) || plan.paths.contains_key(&target);
    let to = plan.path_of(target);
    let path = match path {
        "" => String::new(),
        path if !is_moved => path.to_owned(),
        path if path.starts_with('/') => format!("/{to}"),
        _ => escaped(&way(plan.path_of(file), to)),
    };
    let new = format!("{path}{rest}");
    let is_same = new == address || (!is_moved && rest == address[cut..]);
    (!is_same).then_some(new)
}

/// Writes an address so that it holds no space.
fn escaped(path: &str) -> String {
    path.replace('%', "%25").replace(' ', "%20")
}

/// Writes the anchor of the thing anew.
fn anchor_anew(plan: &Plan<'_>, target: FileId, anchor: &str) -> Option<String> {
    let asked = plan.asked;
    let handbook = plan.before.checked.handbook();
    let (service, inner) = handbook.service_of(&asked.old).filter(|_| asked.kind.is_within_service())?;
    let is_its = service.files().any(|file| file == target) && anchor == inner;
    let bound = bound_thing(handbook, &service.id, anchor)?;
    (is_its && bound.0 == asked.kind).then(|| format!("#{}", asked.inner(&asked.new)))
}

/// Finds where an address stands: in the link, or in the one definition that the link names.
fn place(plan: &Plan<'_>, prose: &Prose, address: &Spanned<String>) -> Result<Span, Malformed> {
    let tree = plan.before.tree;
    if tree.slice(address.span) == address.value {
        return Ok(address.span);
    }
    let (text, wanted) = (prose.text.as_ref(), address.value.as_str());
    let found = text.match_indices("]:").filter_map(|(at, mark)| {
        let rest = &text[at + mark.len()..];
        let start = at + mark.len() + rest.len() - rest.trim_start_matches([' ', '\t', '<']).len();
        let after = text[start..].strip_prefix(wanted)?;
        (after.is_empty() || after.starts_with([' ', '\t', '\r', '\n', '>'])).then_some(start)
    });
    match found.collect::<Vec<_>>().as_slice() {
        [start] => Ok(prose.base.part(*start, start + wanted.len())),
        _ => Err(lost(address.span, wanted, tree)),
    }
}
