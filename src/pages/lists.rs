//! Pages that list things of one kind.

use serde::Serialize;

use super::single::services_later;
use super::spread::List;
use super::{Fixed, PageData, PlannedPage, plan_fixed};
use crate::fields::text::Language;
use crate::model::kind::Kind;
use crate::view::agenda;
use crate::view::cues::PlaybookCues;
use crate::view::lists::Group;
use crate::view::writer::{Shared, Writer};

/// Things of one kind in groups.
#[derive(Serialize)]
struct Groups {
    /// The groups.
    groups: Vec<Group>,
}

/// The playbooks.
#[derive(Serialize)]
struct Playbooks {
    /// The groups.
    groups: Vec<Group>,
    /// Each with its cues.
    playbooks: Vec<PlaybookCues>,
}

/// The services.
#[derive(Serialize)]
struct Services {
    /// Each with its limits.
    services: Vec<crate::view::lists::ServiceShort>,
}

/// How many services stand on one page, and on each of several.
const MOST_SERVICES: (usize, usize) = (50, 24);

/// Plans the pages that list things of one kind.
pub fn plan<'a>(shared: &'a Shared<'a>, language: Language, pages: &mut Vec<PlannedPage<'a>>) {
    let services = List {
        path: "services/index.html",
        stem: "services",
        template: "services.html",
        section: "services",
        title: "nav.services",
        lead: "",
        most: MOST_SERVICES,
        show: services,
        name: |writer, id: &String| writer.name(Kind::Service, id),
    };
    let ids = shared.handbook().services.keys().cloned().collect();
    services.plan(services_later(shared, language, ids, MOST_SERVICES.0), language, pages);
    let fixed: [Fixed; 5] = [
        ("playbooks/index.html", "playbooks.html", "playbooks", playbooks),
        ("checklists/index.html", "checklists.html", "checklists", checklists),
        ("pages/index.html", "pages.html", "pages", prose),
        ("roles/index.html", "roles.html", "roles", roles),
        (agenda::PAGE, "reviews.html", "reviews", reviews),
    ];
    plan_fixed(&fixed, language, pages);
}

fn services(writer: &Writer<'_>, ids: &[String]) -> PageData {
    PageData::new(writer.word("nav.services"), &Services { services: writer.services(ids) })
}

fn playbooks(writer: &Writer<'_>) -> PageData {
    PageData::new(writer.word("nav.playbooks"), &Playbooks { groups: writer.playbooks(), playbooks: writer.cues() })
}

fn checklists(writer: &Writer<'_>) -> PageData {
    PageData::new(writer.word("nav.checklists"), &Groups { groups: writer.checklists() })
}

fn prose(writer: &Writer<'_>) -> PageData {
    PageData::new(writer.word("nav.pages"), &Groups { groups: writer.pages() })
}

fn reviews(writer: &Writer<'_>) -> PageData {
    PageData::new(writer.word("agenda.title"), &writer.agenda())
}

fn roles(writer: &Writer<'_>) -> PageData {
    PageData::new(writer.word("nav.roles"), &Groups { groups: writer.roles() })
}
