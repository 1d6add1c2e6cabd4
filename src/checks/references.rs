//! References in fields, registers and results that lead nowhere, and pictures that are not there.

use crate::checks::Subject;
use crate::diagnostic::Diagnostic;
use crate::fields::value::{Reference, Value, Visitor};
use crate::model::handbook::Handbook;
use crate::model::kind::Kind;
use crate::model::lookup::{Miss, Scope};
use crate::source::Span;
use crate::units::nearest::nearest;

/// Looks at every reference and picture in fields, registers and results.
pub fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let handbook = subject.handbook;
    walk(handbook, &mut Follower { handbook, found });
    for line in &handbook.results {
        tell_if_dangling(handbook, Kind::Standard, (&line.standard.id, line.standard.span), found);
        if let Some(channel) = &line.channel {
            tell_if_dangling(handbook, Kind::Channel, (&channel.id, channel.span), found);
        }
    }
}

/// Walks over all things of a handbook.
fn walk(handbook: &Handbook, visitor: &mut dyn Visitor) {
    fn each<'a, T: Value + 'a>(things: impl Iterator<Item = &'a T>, visitor: &mut dyn Visitor) {
        things.for_each(|thing| thing.walk(visitor));
    }
    each(handbook.services.values().map(|document| &document.fields), visitor);
    each(handbook.playbooks.values().map(|document| &document.fields), visitor);
    each(handbook.checklists.values().map(|document| &document.fields), visitor);
    each(handbook.pages.values().map(|document| &document.fields), visitor);
    each(handbook.roles.values().map(|row| &row.value), visitor);
    each(handbook.channels.values().map(|row| &row.value), visitor);
    each(handbook.calendars.values().map(|row| &row.value), visitor);
}

struct Follower<'a> {
    handbook: &'a Handbook,
    found: &'a mut Vec<Diagnostic>,
}

impl Visitor for Follower<'_> {
    fn reference(&mut self, reference: &Reference) {
        match Kind::of_folder(reference.kind) {
            Some(kind) => tell_if_dangling(self.handbook, kind, (&reference.id, reference.span), self.found),
            None => self.found.extend(follow_any(self.handbook, &reference.id, reference.span)),
        }
    }

    fn picture(&mut self, path: &str, span: Span) {
        if !self.handbook.pictures.contains_key(path) {
            let told = Diagnostic::error("picture/missing", span, format!("there is no picture `{path}`"));
            let known = self.handbook.pictures.keys().map(String::as_str);
            self.found.push(match nearest(path, known) {
                Some(near) => told.hint(format!("did you mean `{near}`?")).action(format!("write `{near}`")),
                None => told.action("write its path below the content folder, such as `pictures/name.svg`"),
            });
        }
    }
}

/// Tells a reference of a known kind that leads nowhere.
pub fn tell_if_dangling(handbook: &Handbook, kind: Kind, (id, span): (&str, Span), found: &mut Vec<Diagnostic>) {
    if handbook.has(kind, id) || handbook.may_have(kind, id) {
        return;
    }
    let bare = id.strip_prefix(kind.folder()).and_then(|rest| rest.strip_prefix('/'));
    if let Some(bare) = bare.filter(|bare| handbook.has(kind, bare)) {
        let message = format!("only a {} can stand here, so its kind is not written", kind.word());
        found.push(Diagnostic::error("reference/kind", span, message).action(format!("write `{bare}`")));
        return;
    }
    found.push(dangling(handbook, &[kind], id, span));
}

/// Makes the finding about a reference that leads nowhere; `kinds` are those it may be of.
pub fn dangling(handbook: &Handbook, kinds: &[Kind], id: &str, span: Span) -> Diagnostic {
    let what = match kinds {
        [one] => format!("there is no {} `{id}`", one.word()),
        _ => format!("`{id}` names nothing in this handbook"),
    };
    let told = Diagnostic::error("reference/dangling", span, what);
    let ids: Vec<String> = kinds.iter().flat_map(|kind| handbook.ids(*kind)).collect();
    match best(id, &ids) {
        Some(near) => told.hint(format!("did you mean `{near}`?")).action(format!("write `{near}`")),
        None => told.action(advice(kinds)),
    }
}

/// Finds the id that may be meant: one that ends in the same word, or the nearest.
fn best<'a>(id: &str, ids: &'a [String]) -> Option<&'a str> {
    let last = id.rsplit('/').next().unwrap_or(id);
    if let Some(near) = nearest(id, ids.iter().map(String::as_str)) {
        return Some(near);
    }
    let mut same = ids.iter().filter(|known| known.rsplit('/').next() == Some(last));
    match (same.next(), same.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    }
}

fn advice(kinds: &[Kind]) -> String {
    match kinds {
        [Kind::Role] => "add it to registers/roles.yaml, or write another role".into(),
        [Kind::Channel | Kind::Calendar | Kind::Factor | Kind::Term | Kind::Evidence] => {
            format!("add it to registers/{}.yaml, or write another one", kinds[0].folder())
        }
        [kind] if kind.is_within_service() => {
            format!("write the whole id, service and {}: `repair/turnaround`", kind.word())
        }
        [kind] => format!("add the file {}/….md, or write another {}", kind.folder(), kind.word()),
        _ => "write the id of a thing, with its kind in front if it helps: `roles/service-desk`".into(),
    }
}

fn follow_any(handbook: &Handbook, written: &str, span: Span) -> Option<Diagnostic> {
    match handbook.look_up(written, &Scope::default()) {
        Ok(_) | Err(Miss::Unknown) => None,
        Err(Miss::Ambiguous(things)) => Some(ambiguous(written, span, &things)),
        Err(Miss::Dangling | Miss::NoOwn) => Some(dangling(handbook, &Kind::ALL, written, span)),
    }
}

/// Makes the finding about a reference that names several things.
pub fn ambiguous(written: &str, span: Span, things: &[crate::model::lookup::Thing]) -> Diagnostic {
    let several: Vec<String> = things.iter().map(|(kind, id)| format!("{}/{id}", kind.folder())).collect();
    let words = crate::units::nearest::listed(several.iter().map(String::as_str));
    Diagnostic::error("reference/ambiguous", span, format!("`{written}` can mean several things"))
        .action(format!("write {words}"))
}
