//! Pages of which there is one a language: home, glossary, evidence, factors, hours, A–Z, 404.

use serde::Serialize;

use super::{PageData, PlannedPage, plain};
use crate::fields::text::Language;
use crate::view::writer::Writer;

/// Data under one name.
#[derive(Serialize)]
struct Of<T> {
    /// What the page lists.
    entries: T,
}

type Make = fn(&Writer<'_>) -> PageData;

/// Plans the pages of which there is one a language.
pub fn plan(language: Language, pages: &mut Vec<PlannedPage<'_>>) {
    let all: [(&str, &'static str, &'static str, Make); 7] = [
        ("index.html", "home.html", "home", home),
        ("glossary.html", "glossary.html", "glossary", glossary),
        ("evidence.html", "evidence.html", "evidence", evidence),
        ("factors.html", "factors.html", "factors", factors),
        ("hours.html", "hours.html", "hours", hours),
        ("a-z.html", "a-z.html", "a-z", index),
        ("404.html", "404.html", "404", not_found),
    ];
    pages.extend(all.into_iter().map(|(path, template, section, make)| PlannedPage {
        path: path.to_owned(),
        language,
        template,
        section,
        data: Box::new(make),
    }));
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

fn index(writer: &Writer<'_>) -> PageData {
    PageData::new(writer.word("az.title"), &Of { entries: writer.index() }).described(writer.word("az.lead"))
}

fn not_found(writer: &Writer<'_>) -> PageData {
    PageData::new(writer.word("not_found.title"), &Of { entries: () })
}
