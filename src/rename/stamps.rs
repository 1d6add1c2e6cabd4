//! A service in which nothing but a reference has changed stays as reviewed as it was.

use super::{After, Asked, Before};
use crate::diagnostic::edit::{Edit, Form};
use crate::model::document::Document;
use crate::model::kind::Kind;
use crate::model::service::Service;
use crate::model::stamp::Stamp;

/// Gives the changes of the stamps of reviews: each part that was as it was reviewed is so again; one that had changed since
/// stays changed.
pub(super) fn edits(before: Before<'_>, asked: &Asked, after: &After) -> Vec<Edit> {
    let (old, new) = (before.checked.handbook(), after.checked.handbook());
    let one = |service: &Document<Service>| {
        let given = service.fields.review.as_ref()?.of.as_ref()?;
        let stamp = Stamp::read(given.value.trim())?;
        let renamed = new.services.get(&asked.mapped(&(Kind::Service, service.id.clone())).1)?;
        let renewed = stamp.renewed(&Stamp::of(&service.fields), &Stamp::of(&renamed.fields));
        let edit = || Edit { span: given.span, text: renewed.to_string(), form: Form::Value };
        (renewed != stamp).then(edit)
    };
    old.services.values().filter_map(|service| one(service)).collect()
}
