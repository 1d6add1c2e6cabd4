//! Translations of texts in which nothing but a reference has changed stay as good as they were.

use super::{After, Asked, Before};
use crate::checks::fingerprint;
use crate::diagnostic::edit::{Edit, Form};
use crate::fields::value::Value;
use crate::model::handbook::Documents;
use crate::model::kind::Kind;

/// Gives the changes of the fingerprints of the texts that were translated.
pub(super) fn edits(before: Before<'_>, asked: &Asked, after: &After) -> Vec<Edit> {
    let (old, new) = (before.checked.handbook(), after.checked.handbook());
    let mut edits = Vec::new();
    of_kind(Kind::Service, (&old.services, &new.services), asked, &mut edits);
    of_kind(Kind::Playbook, (&old.playbooks, &new.playbooks), asked, &mut edits);
    of_kind(Kind::Checklist, (&old.checklists, &new.checklists), asked, &mut edits);
    of_kind(Kind::Page, (&old.pages, &new.pages), asked, &mut edits);
    edits
}

fn of_kind<T: Value>(kind: Kind, (old, new): (&Documents<T>, &Documents<T>), asked: &Asked, edits: &mut Vec<Edit>) {
    for document in old.values().filter(|document| !document.translations.is_empty()) {
        let (_, id) = asked.mapped(&(kind, document.id.clone()));
        let Some(renamed) = new.get(&id) else { continue };
        let (was, is) = (fingerprint::of(document), fingerprint::of(renamed));
        let given = document.translations.values().filter_map(|translation| translation.translates.as_ref());
        for given in given.filter(|given| was != is && given.value == was) {
            edits.push(Edit { span: given.span, text: is.clone(), form: Form::Value });
        }
    }
}
