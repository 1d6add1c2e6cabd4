//! Pages of which there is one a language: home, glossary, evidence, factors, hours, deadline, sentences, recovery, A–Z, 404,
//! offline.

use serde::Serialize;

use super::{Fixed, PageData, PlannedPage, plain, plan_fixed};
use crate::fields::text::Language;
use crate::view::writer::Writer;

/// Data under one name.
#[derive(Serialize)]
struct Of<T> {
    /// What the page lists.
    entries: T,
}

/// Plans the pages of which there is one a language.
pub fn plan(language: Language, pages: &mut Vec<PlannedPage<'_>>) {
    let fixed: [Fixed; 11] = [
        ("index.html", "home.html", "home", home),
        ("glossary.html", "glossary.html", "glossary", glossary),
        ("evidence.html", "evidence.html", "evidence", evidence),
        ("factors.html", "factors.html", "factors", factors),
        ("hours.html", "hours.html", "hours", hours),
        ("deadline.html", "deadline.html", "deadline", deadline),
        ("phrases.html", "phrases.html", "phrases", phrases),
        ("recovery.html", "recovery.html", "recovery", recovery),
        ("a-z.html", "a-z.html", "a-z", index),
        ("404.html", "404.html", "404", not_found),
        ("offline.html", "offline.html", "offline", offline),
    ];
    plan_fixed(&fixed, language, pages);
}

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

fn deadline(writer: &Writer<'_>) -> PageData {
    PageData::new(writer.word("deadline.title"), &writer.deadline()).described(writer.word("deadline.lead"))
}

fn phrases(writer: &Writer<'_>) -> PageData {
    PageData::new(writer.word("phrases.title"), &writer.phrases()).described(writer.word("phrases.lead"))
}

fn recovery(writer: &Writer<'_>) -> PageData {
    PageData::new(writer.word("recovery.title"), &writer.recovery()).described(writer.word("recovery.lead"))
}

fn index(writer: &Writer<'_>) -> PageData {
    PageData::new(writer.word("az.title"), &Of { entries: writer.index() }).described(writer.word("az.lead"))
}

fn not_found(writer: &Writer<'_>) -> PageData {
    PageData::new(writer.word("not_found.title"), &Of { entries: () })
}

fn offline(writer: &Writer<'_>) -> PageData {
    PageData::new(writer.word("offline.missing"), &Of { entries: () })
}
