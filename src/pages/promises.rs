//! The ledger of promises, and a card for each.

use serde::Serialize;

use super::spread::List;
use super::{PageData, PlannedPage, plain};
use crate::fields::text::Language;
use crate::model::kind::Kind;
use crate::view::address;
use crate::view::html::Html;
use crate::view::ledger::LedgerRow;
use crate::view::promise::PromiseView;
use crate::view::service::StandardShort;
use crate::view::writer::{Shared, Writer};

/// How many promises stand on one page, and on each of several.
const MOST_PROMISES: (usize, usize) = (40, 15);

/// The ledger of promises.
#[derive(Serialize)]
struct Ledger {
    /// A line for each promise.
    rows: Vec<LedgerRow>,
}

/// The card of a promise.
#[derive(Serialize)]
struct Card {
    /// The promise itself.
    #[serde(flatten)]
    promise: PromiseView,
    /// Whose promise it is.
    organisation: Html,
    /// What stands behind it.
    backing: Vec<StandardShort>,
}

/// Plans the ledger and the cards.
pub fn plan<'a>(shared: &Shared<'a>, language: Language, pages: &mut Vec<PlannedPage<'a>>) {
    let ledger = List {
        path: "promises/index.html",
        stem: "promises",
        template: "promises.html",
        section: "promises",
        title: "ledger.title",
        lead: "ledger.lead",
        most: MOST_PROMISES,
        show: |writer, ids: &[String]| {
            let data = PageData::new(writer.word("ledger.title"), &Ledger { rows: writer.ledger(ids) });
            data.described(writer.word("ledger.lead"))
        },
        name: |writer, id| writer.name(Kind::Promise, id),
    };
    ledger.plan(shared.handbook().ids(Kind::Promise), language, pages);
    for service in shared.handbook().services.values() {
        pages.extend(service.fields.promises.iter().map(|row| {
            let make = move |writer: &Writer<'_>| {
                let promise = writer.promise(service, row);
                let title = plain(&promise.title);
                let statement = plain(&promise.statement);
                let organisation = writer.title(&writer.handbook().config.organisation);
                let backing = row.value.backed_by.iter().filter_map(|it| writer.standard_short(&it.id)).collect();
                PageData::new(title, &Card { promise, organisation, backing }).described(statement)
            };
            let path = address::card(&format!("{}/{}", service.id, row.id));
            PlannedPage { path, language, template: "promise.html", section: "promises", data: Box::new(make) }
        }));
    }
}
