//! A page for each service, playbook, checklist, page of prose and role.

use super::{PageData, PlannedPage, plain};
use crate::fields::text::Language;
use crate::model::kind::Kind;
use crate::view::address;
use crate::view::writer::{Shared, Writer};

/// Plans a page for each thing that has one.
pub fn plan<'a>(shared: &Shared<'a>, language: Language, pages: &mut Vec<PlannedPage<'a>>) {
    let handbook = shared.handbook();
    pages.extend(handbook.services.values().map(|document| {
        let make = move |writer: &Writer<'_>| {
            let view = writer.service(document);
            PageData::new(plain(&view.title), &view)
                .remembered(writer.marks(Kind::Service, &document.id))
                .described(plain(&view.outcome))
        };
        planned(Kind::Service, &document.id, language, make)
    }));
    // Those alone of which something is known; the way to them is in the footer of the sheet.
    pages.extend(handbook.services.values().filter(|document| shared.past.has(&document.id)).map(|document| {
        let make = move |writer: &Writer<'_>| {
            let view = writer.past(document);
            let title = writer.locale().phrase("past.of", &[("service", &plain(&view.service.title))]);
            PageData::new(title, &view)
        };
        let path = address::history(&document.id);
        PlannedPage { path, language, template: "history.html", section: "services", data: Box::new(make) }
    }));
    pages.extend(handbook.playbooks.values().map(|document| {
        let make = move |writer: &Writer<'_>| {
            let view = writer.playbook(document);
            PageData::new(plain(&view.title), &view).remembered(writer.marks(Kind::Playbook, &document.id))
        };
        planned(Kind::Playbook, &document.id, language, make)
    }));
    pages.extend(handbook.checklists.values().map(|document| {
        let make = move |writer: &Writer<'_>| {
            let view = writer.checklist(document);
            PageData::new(plain(&view.title), &view).remembered(writer.marks(Kind::Checklist, &document.id))
        };
        planned(Kind::Checklist, &document.id, language, make)
    }));
    pages.extend(handbook.pages.values().map(|document| {
        let make = move |writer: &Writer<'_>| {
            let view = writer.page(document);
            PageData::new(plain(&view.title), &view)
        };
        planned(Kind::Page, &document.id, language, make)
    }));
    pages.extend(handbook.roles.values().map(|row| {
        let make = move |writer: &Writer<'_>| {
            let view = writer.role(row);
            PageData::new(plain(&view.title), &view).remembered(writer.marks(Kind::Role, &row.id))
        };
        planned(Kind::Role, &row.id, language, make)
    }));
}

fn planned<'a>(
    kind: Kind,
    id: &str,
    language: Language,
    make: impl Fn(&Writer<'_>) -> PageData + Send + Sync + 'a,
) -> PlannedPage<'a> {
    let (template, section) = match kind {
        Kind::Service => ("service.html", "services"),
        Kind::Playbook => ("playbook.html", "playbooks"),
        Kind::Checklist => ("checklist.html", "checklists"),
        Kind::Role => ("role.html", "roles"),
        _ => ("page.html", "pages"),
    };
    let path = address::page(kind, id).expect("these kinds have pages of their own");
    PlannedPage { path, language, template, section, data: Box::new(make) }
}
