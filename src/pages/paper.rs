//! Pages that are made for paper: the card of a service, the binder of a role.

use super::{PageData, PlannedPage, plain};
use crate::fields::text::Language;
use crate::view::writer::{Shared, Writer};

/// Plans a card for each service and a binder for each role.
///
/// They lie in folders of their own: below those of services and roles their names could be ids.
pub fn plan<'a>(shared: &Shared<'a>, language: Language, pages: &mut Vec<PlannedPage<'a>>) {
    let handbook = shared.handbook();
    pages.extend(handbook.services.values().map(|document| {
        let make = move |writer: &Writer<'_>| {
            let view = writer.service_card(document);
            PageData::new(plain(&view.title), &view)
        };
        let path = format!("cards/{}.html", document.id);
        PlannedPage { path, language, template: "card.html", section: "services", data: Box::new(make) }
    }));
    pages.extend(handbook.roles.values().map(|row| {
        let make = move |writer: &Writer<'_>| {
            let view = writer.binder(row);
            PageData::new(plain(&view.title), &view)
        };
        let path = format!("binders/{}.html", row.id);
        PlannedPage { path, language, template: "binder.html", section: "roles", data: Box::new(make) }
    }));
}
