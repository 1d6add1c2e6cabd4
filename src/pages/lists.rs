//! Pages that list things of one kind.

use serde::Serialize;

use super::{Fixed, PageData, PlannedPage, plan_fixed};
use crate::fields::text::Language;
use crate::view::cues::PlaybookCues;
use crate::view::lists::Group;
use crate::view::writer::Writer;

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

/// Plans the pages that list things of one kind.
pub fn plan(language: Language, pages: &mut Vec<PlannedPage<'_>>) {
    let fixed: [Fixed; 5] = [
        ("services/index.html", "services.html", "services", services),
        ("playbooks/index.html", "playbooks.html", "playbooks", playbooks),
        ("checklists/index.html", "checklists.html", "checklists", checklists),
        ("pages/index.html", "pages.html", "pages", prose),
        ("roles/index.html", "roles.html", "roles", roles),
    ];
    plan_fixed(&fixed, language, pages);
}

fn services(writer: &Writer<'_>) -> PageData {
    PageData::new(writer.word("nav.services"), &Services { services: writer.services() })
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

fn roles(writer: &Writer<'_>) -> PageData {
    PageData::new(writer.word("nav.roles"), &Groups { groups: writer.roles() })
}
