//! Pages of which there is one a language: home, glossary, evidence, factors, hours, deadline, sentences, recovery, A–Z, 404,
//! offline.

use serde::Serialize;

use super::spread::{List, Things};
use super::{Fixed, PageData, PlannedPage, plain, plan_fixed};
use crate::fields::text::Language;
use crate::model::kind::Kind;
use crate::view::index::Indexed;
use crate::view::writer::{Shared, Writer};

/// Data under one name.
#[derive(Serialize)]
struct Of<T> {
    /// What the page lists.
    entries: T,
}

/// Plans the pages of which there is one a language.
pub fn plan<'a>(shared: &'a Shared<'a>, language: Language, pages: &mut Vec<PlannedPage<'a>>) {
    let fixed: [Fixed; 7] = [
        ("index.html", "home.html", "home", home),
        ("glossary.html", "glossary.html", "glossary", glossary),
        ("evidence.html", "evidence.html", "evidence", evidence),
        ("factors.html", "factors.html", "factors", factors),
        ("hours.html", "hours.html", "hours", hours),
        ("404.html", "404.html", "404", not_found),
        ("offline.html", "offline.html", "offline", offline),
    ];
    plan_fixed(&fixed, language, pages);
    let writer = shared.writer(language, "index.html");
    DEADLINE.plan(services_later(shared, language, writer.deadline_services(), DEADLINE.most.0), language, pages);
    PHRASES.plan(writer.phrase_sources(), language, pages);
    RECOVERY.plan(services_later(shared, language, writer.recovery_services(), RECOVERY.most.0), language, pages);
    let everything = Things::later(writer.index_length(), move || shared.writer(language, "index.html").index());
    INDEX.plan(everything, language, pages);
}

/// Gives services as a list that is put in order when its first page is made.
pub fn services_later<'a>(
    shared: &'a Shared<'a>,
    language: Language,
    services: Vec<String>,
    most: usize,
) -> Things<'a, String> {
    let sort = move |services| shared.writer(language, "index.html").long_list(services, most);
    Things::later(services.len(), move || sort(services))
}

/// The deadline finder, by service.
const DEADLINE: List<String> = List {
    path: "deadline.html",
    stem: "deadline",
    template: "deadline.html",
    section: "deadline",
    title: "deadline.title",
    lead: "deadline.lead",
    most: (60, 22),
    show: deadline,
    name: |writer, id| writer.name(Kind::Service, id),
};

/// The sentences, by where they come from.
const PHRASES: List<(Kind, String)> = List {
    path: "phrases.html",
    stem: "phrases",
    template: "phrases.html",
    section: "phrases",
    title: "phrases.title",
    lead: "phrases.lead",
    most: (60, 30),
    show: phrases,
    name: |writer, (kind, id)| writer.name(*kind, id),
};

/// What follows when something goes wrong, by service.
const RECOVERY: List<String> = List {
    path: "recovery.html",
    stem: "recovery",
    template: "recovery.html",
    section: "recovery",
    title: "recovery.title",
    lead: "recovery.lead",
    most: (24, 7),
    show: recovery,
    name: |writer, id| writer.name(Kind::Service, id),
};

/// Everything by name, each with its letter. All its pages lie in one folder, so that the ways from one are those from all.
const INDEX: List<Indexed> = List {
    path: "a-z.html",
    stem: "a-z",
    template: "a-z.html",
    section: "a-z",
    title: "az.title",
    lead: "az.lead",
    most: (300, 100),
    show: index,
    name: |writer, indexed| writer.title_in_index(indexed),
};

/// Plans the page of what a language lacks.
pub fn untranslated<'a>(language: Language) -> PlannedPage<'a> {
    let make =
        |writer: &Writer<'_>| PageData::new(writer.word("untranslated.title"), &Of { entries: writer.untranslated() });
    PlannedPage {
        path: "untranslated.html".into(),
        language,
        template: "untranslated.html",
        section: "untranslated",
        data: Box::new(make),
    }
}

fn home(writer: &Writer<'_>) -> PageData {
    let home = writer.home();
    PageData::new(plain(&home.title), &home).described(writer.word("home.lead"))
}

fn glossary(writer: &Writer<'_>) -> PageData {
    PageData::new(writer.word("glossary.title"), &Of { entries: writer.terms() })
        .described(writer.word("glossary.lead"))
}

fn evidence(writer: &Writer<'_>) -> PageData {
    PageData::new(writer.word("evidence.title"), &Of { entries: writer.evidence() })
        .described(writer.word("evidence.lead"))
}

fn factors(writer: &Writer<'_>) -> PageData {
    PageData::new(writer.word("factor.title"), &Of { entries: writer.factors() })
}

fn hours(writer: &Writer<'_>) -> PageData {
    PageData::new(writer.word("calendar.title"), &writer.hours())
}

fn deadline(writer: &Writer<'_>, services: &[String]) -> PageData {
    PageData::new(writer.word("deadline.title"), &writer.deadline(services)).described(writer.word("deadline.lead"))
}

fn phrases(writer: &Writer<'_>, sources: &[(Kind, String)]) -> PageData {
    PageData::new(writer.word("phrases.title"), &writer.phrases(sources)).described(writer.word("phrases.lead"))
}

fn recovery(writer: &Writer<'_>, services: &[String]) -> PageData {
    PageData::new(writer.word("recovery.title"), &writer.recovery(services)).described(writer.word("recovery.lead"))
}

fn index(writer: &Writer<'_>, things: &[Indexed]) -> PageData {
    PageData::new(writer.word("az.title"), &Of { entries: writer.letters(things) }).described(writer.word("az.lead"))
}

fn not_found(writer: &Writer<'_>) -> PageData {
    PageData::new(writer.word("not_found.title"), &Of { entries: () })
}

fn offline(writer: &Writer<'_>) -> PageData {
    PageData::new(writer.word("offline.missing"), &Of { entries: () })
}
