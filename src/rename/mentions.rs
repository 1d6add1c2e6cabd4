//! Wiki links: found with what they name, and written so that they name the same when the thing is renamed.

use super::{After, Asked, Plan};
use crate::checks::mentions::{self, Met, bound_thing};
use crate::diagnostic;
use crate::diagnostic::edit::{Edit, Form};
use crate::markdown::wiki::WikiLink;
use crate::model::kind::Kind;
use crate::model::lookup::{Scope, Thing};
use crate::source::{SourceTree, Span, Spanned};
use crate::units::Malformed;

/// A wiki link that names a thing.
pub(super) struct Mention {
    target: Spanned<String>,
    within: Span,
    is_evidence: bool,
    scope: Scope,
    thing: Thing,
    /// What is to be written; nothing where it stays.
    new: Option<Spanned<String>>,
    /// The heading that it leads to, where that has another id.
    anchor: Option<Spanned<String>>,
}

/// Finds all, and writes those that name the thing anew.
pub(super) fn all(plan: &Plan<'_>) -> Result<Vec<Mention>, Malformed> {
    let tree = plan.before.tree;
    let handbook = plan.before.checked.handbook();
    let mut all: Vec<Mention> = Vec::new();
    mentions::each(plan.before.checked.places(tree), &mut |met| {
        let Met::Link(link, scope, within) = met else { return };
        let written = link.target.value.as_str();
        let thing = match link.evidence {
            true => Ok((Kind::Evidence, written.to_owned())),
            false => handbook.look_up(written, scope),
        };
        let Ok(thing) = thing else { return };
        let (target, is_evidence) = (link.target.clone(), link.evidence);
        let anchor = anchor_of(link, &thing, plan);
        all.push(Mention { target, within, is_evidence, scope: scope.clone(), thing, new: None, anchor });
    });
    for mention in &mut all {
        if let Some(now) = plan.asked.now(&mention.thing).filter(|_| !mention.target.value.is_empty()) {
            let text = anew(mention, &now);
            if text != mention.target.value {
                mention.write(text);
            }
        }
        mention.find(tree)?;
    }
    Ok(all)
}

/// Gives the heading of a service that a link leads to, where it is that of the thing and so has another id.
fn anchor_of(link: &WikiLink, (kind, id): &Thing, plan: &Plan<'_>) -> Option<Spanned<String>> {
    let value = link.value.as_ref().filter(|_| *kind == Kind::Service)?;
    let bound = bound_thing(plan.before.checked.handbook(), id, &value.value)?;
    let is_thing = plan.asked.kind.is_within_service() && bound == (plan.asked.kind, plan.asked.old.clone());
    let new = plan.asked.inner(&plan.asked.new).to_owned();
    is_thing.then_some(Spanned { value: new, span: value.span })
}

/// Writes a reference as it was written: with or without its kind, with or without its service.
fn anew(mention: &Mention, now: &str) -> String {
    let (kind, old) = &mention.thing;
    let written = mention.target.value.as_str();
    let folder = written.split_once('/').filter(|(folder, _)| Kind::of_folder(folder) == Some(*kind));
    let (front, rest) = folder.map_or(("", written), |(folder, rest)| (&written[..folder.len() + 1], rest));
    let name = if rest == old { now } else { now.rsplit('/').next().unwrap_or_default() };
    format!("{front}{name}")
}

/// Looks whether each names the same thing as before, in the handbook as it would be, and puts its kind in front where not.
pub(super) fn settle(all: &mut [Mention], asked: &Asked, after: &After) {
    let handbook = after.checked.handbook();
    for mention in all.iter_mut().filter(|mention| !mention.is_evidence && !mention.target.value.is_empty()) {
        let thing = asked.mapped(&mention.thing);
        let service = mention.scope.service.clone().map(|service| asked.mapped(&(Kind::Service, service)).1);
        let scope = Scope { service, own: mention.scope.own.as_ref().map(|own| asked.mapped(own)) };
        let written = mention.new.as_ref().unwrap_or(&mention.target).value.clone();
        if handbook.look_up(&written, &scope).as_ref() != Ok(&thing) {
            mention.write(format!("{}/{}", thing.0.folder(), thing.1));
        }
    }
}

/// Gives the changes.
pub(super) fn edits(all: &[Mention]) -> Vec<Edit> {
    let new = all.iter().flat_map(|mention| mention.new.iter().chain(&mention.anchor));
    let mut edits: Vec<Edit> =
        new.map(|new| Edit { span: new.span, text: new.value.clone(), form: Form::Text }).collect();
    // A text that two things share stands once in its file.
    edits.sort_by_key(|edit| edit.span);
    edits.dedup();
    edits
}

impl Mention {
    fn write(&mut self, text: String) {
        self.new = Some(Spanned { value: text, span: self.target.span });
    }

    /// Finds where the target stands in the file. In a text with escapes that is where it stands once.
    fn find(&mut self, tree: &SourceTree) -> Result<(), Malformed> {
        let is_there = |span: Span, text: &str| tree.slice(span) == text;
        if is_there(self.target.span, &self.target.value) {
            return Ok(());
        }
        let within = tree.slice(self.within);
        let wanted = self.target.value.as_str();
        let starts = within.match_indices("[[").filter_map(|(at, _)| {
            let rest = &within[at + 2..];
            let start = at + 2 + rest.len() - rest.trim_start_matches([' ', '@']).len();
            let ends = within[start..].strip_prefix(wanted)?.trim_start().starts_with(['#', '|', ']', '\\']);
            ends.then_some(start)
        });
        let starts: Vec<usize> = starts.collect();
        match (starts.as_slice(), self.new.is_some() || self.anchor.is_some()) {
            ([start], _) if !wanted.is_empty() => {
                self.target.span = self.within.part(*start, start + wanted.len());
                if let Some(new) = &mut self.new {
                    new.span = self.target.span;
                }
                Ok(())
            }
            (_, false) => Ok(()),
            _ => Err(lost(self.within, wanted, tree)),
        }
    }
}

/// Refuses a reference whose place in its file is not certain.
pub(super) fn lost(place: Span, written: &str, tree: &SourceTree) -> Malformed {
    let at = diagnostic::locate(&place.into(), tree, "");
    Malformed::new(
        format!("{}:{}: the reference `{written}` cannot be rewritten with certainty", at.path, at.line),
        "nothing was written; write the text without escapes, and the reference on one line",
    )
}
