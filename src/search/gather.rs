//! What is found on each page, in one language.
//!
//! Not here: the prose of pages and the smaller texts of things (`said`).

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::entry::{Entry, Found, OnPage, Page, Place, Sort};
use super::said;
use crate::fields::text::{Language, Text};
use crate::model::checklist::Checklist;
use crate::model::document::Document;
use crate::model::kind::Kind;
use crate::model::page::Page as ProsePage;
use crate::model::playbook::Playbook;
use crate::model::promise::Promise;
use crate::model::service::Service;
use crate::model::standard::Standard;
use crate::pages::plain;
use crate::view::address;
use crate::view::writer::{Shared, Writer};

/// Pages that are no thing of the handbook: their path and the key of their name.
const PAGES: [(&str, &str); 10] = [
    ("services/index.html", "nav.services"),
    ("promises/index.html", "ledger.title"),
    ("playbooks/index.html", "nav.playbooks"),
    ("checklists/index.html", "nav.checklists"),
    ("roles/index.html", "nav.roles"),
    ("pages/index.html", "nav.pages"),
    ("deadline.html", "deadline.title"),
    ("evidence.html", "evidence.title"),
    ("a-z.html", "az.title"),
    ("index.html", "nav.home"),
];

/// A page that is looked through.
type Job<'a> = Box<dyn Fn() -> OnPage + Send + Sync + 'a>;

/// Gathers what is found in a language, page by page.
pub fn gather(shared: &Shared<'_>, language: Language) -> Found {
    let writer = &shared.writer(language, "index.html");
    let handbook = shared.handbook();
    let mut jobs: Vec<Job<'_>> = Vec::new();
    jobs.extend(handbook.services.values().map(|it| job(move || service(writer, it))));
    jobs.extend(handbook.playbooks.values().map(|it| job(move || playbook(writer, it))));
    jobs.extend(handbook.checklists.values().map(|it| job(move || checklist(writer, it))));
    jobs.extend(handbook.pages.values().map(|it| job(move || prose_page(writer, it))));
    jobs.extend(handbook.roles.keys().map(|id| job(move || role(writer, id))));
    jobs.extend([job(|| hours(writer)), job(|| factors(writer)), job(|| glossary(writer))]);
    jobs.extend(PAGES.iter().map(|(path, word)| job(move || fixed(writer, path, word))));
    let mut found = Found::default();
    let pages: Vec<OnPage> = jobs.into_par_iter().map(|job| by_kind(writer, job())).collect();
    pages.into_iter().for_each(|one| found.add(one));
    found
}

/// Lets things be found with the word for their kind: `closing checklist`.
fn by_kind(writer: &Writer<'_>, mut on: OnPage) -> OnPage {
    for thing in &mut on.things {
        if let Sort::Service | Sort::Standard | Sort::Promise | Sort::Playbook | Sort::Checklist | Sort::Role =
            thing.sort
        {
            let word = thing.sort.number().map(|number| writer.word(Sort::WORDS[number]));
            thing.words.push((Place::Around, word.unwrap_or_default()));
        }
    }
    on
}

fn job<'a>(work: impl Fn() -> OnPage + Send + Sync + 'a) -> Job<'a> {
    Box::new(work)
}

fn on_page(writer: &Writer<'_>, (kind, id): (Kind, &str), sort: Sort, title: &Text) -> OnPage {
    let path = address::page(kind, id).unwrap_or_default();
    let page = Page { path, title: plain(&writer.name(kind, id)), sort, tongue: said::tongue(writer, title) };
    OnPage { page, ..OnPage::default() }
}

fn service(writer: &Writer<'_>, service: &Document<Service>) -> OnPage {
    let (fields, id) = (&service.fields, service.id.as_str());
    let mut on = on_page(writer, (Kind::Service, id), Sort::Service, &fields.title);
    let timed = fields.standards.iter().find(|row| row.value.limit.is_some());
    let limit = timed.map(|row| limit(writer, &row.value)).unwrap_or_default();
    let own = Entry::new(Sort::Service, "", "").saying(Place::About, writer.bare(&fields.outcome, None)).within(limit);
    let own = own.spoken(said::tongue(writer, &fields.outcome));
    on.things.push(own.called(Place::Id, id).called(Place::About, writer.bare(&fields.audience, None)));
    let anchor = |kind, inner: &str| address::anchor(writer.handbook(), kind, id, inner);
    for row in fields.standards.iter() {
        let whole = format!("{id}/{}", row.id);
        let title = plain(&writer.name(Kind::Standard, &whole));
        let own = (Kind::Standard, whole);
        let bare = |text: &Text| writer.bare(text, Some(&own));
        let entry = Entry::new(Sort::Standard, anchor(Kind::Standard, &row.id), title)
            .saying(Place::Statement, bare(&row.value.statement))
            .within(limit_or_level(writer, &own.1))
            .spoken(said::tongue(writer, &row.value.statement));
        on.things.push(entry.called(Place::Id, row.id.as_str()).called(Place::Slogan, bare(&row.value.slogan)));
    }
    for row in fields.promises.iter() {
        on.things.push(promise(writer, id, &row.id, &row.value));
    }
    for row in fields.steps.iter() {
        let title = plain(&writer.name(Kind::Step, &format!("{id}/{}", row.id)));
        let entry = Entry::new(Sort::Step, anchor(Kind::Step, &row.id), title);
        on.things.push(entry.spoken(said::tongue(writer, &row.value.title)).called(Place::Id, row.id.as_str()));
    }
    said::service(writer, service, &mut on);
    said::prose(writer, service, Some(id), &mut on);
    on
}

fn promise(writer: &Writer<'_>, service: &str, id: &str, promise: &Promise) -> Entry {
    let whole = format!("{service}/{id}");
    let title = plain(&writer.name(Kind::Promise, &whole));
    let backing = promise.backed_by.first().map(|standard| limit_or_level(writer, &standard.id)).unwrap_or_default();
    let own = (Kind::Promise, whole);
    let bare = |text: &Text| writer.bare(text, Some(&own));
    let anchor = address::anchor(writer.handbook(), Kind::Promise, service, id);
    let entry =
        Entry::new(Sort::Promise, anchor, title).saying(Place::Statement, bare(&promise.statement)).within(backing);
    let entry = entry.spoken(said::tongue(writer, &promise.statement));
    entry.called(Place::Id, id).called(Place::Slogan, bare(&promise.slogan))
}

fn limit(writer: &Writer<'_>, standard: &Standard) -> String {
    standard.limit.as_ref().map(|limit| writer.locale().duration(limit.value)).unwrap_or_default()
}

/// Gives the limit of a standard, or its level where that is a figure; a level in words is too long to stand beside a name.
fn limit_or_level(writer: &Writer<'_>, id: &str) -> String {
    let short = writer.standard_short(id).map(|short| plain(&short.limit)).unwrap_or_default();
    if short.chars().count() > 24 { String::new() } else { short }
}

fn playbook(writer: &Writer<'_>, playbook: &Document<Playbook>) -> OnPage {
    let fields = &playbook.fields;
    let mut on = on_page(writer, (Kind::Playbook, &playbook.id), Sort::Playbook, &fields.title);
    let cues: Vec<String> = fields.cues.iter().map(|cue| writer.bare(cue, None)).collect();
    let when = writer.bare(&fields.when, None);
    let shown = if when.is_empty() { cues.join(" · ") } else { when };
    let own = Entry::new(Sort::Playbook, "", "").saying(Place::About, shown).called(Place::Id, playbook.id.as_str());
    let own = own.spoken(on.page.tongue.as_str());
    on.things.push(own.called(Place::About, cues.join(" ")));
    said::playbook(writer, playbook, &mut on);
    said::prose(writer, playbook, None, &mut on);
    on
}

fn checklist(writer: &Writer<'_>, checklist: &Document<Checklist>) -> OnPage {
    let mut on = on_page(writer, (Kind::Checklist, &checklist.id), Sort::Checklist, &checklist.fields.title);
    on.things.push(Entry::new(Sort::Checklist, "", "").called(Place::Id, checklist.id.as_str()));
    for row in checklist.fields.items.iter() {
        let item = &row.value.0;
        let entry = Entry::new(Sort::Item, row.id.as_str(), writer.bare(&item.text, None));
        on.things.push(
            entry
                .spoken(said::tongue(writer, &item.text))
                .called(Place::Text, writer.bare(&item.proof, None))
                .called(Place::About, writer.bare(&item.part, None)),
        );
    }
    said::prose(writer, checklist, None, &mut on);
    on
}

fn prose_page(writer: &Writer<'_>, page: &Document<ProsePage>) -> OnPage {
    let mut on = on_page(writer, (Kind::Page, &page.id), Sort::Page, &page.fields.title);
    on.things.push(Entry::new(Sort::Page, "", "").called(Place::Id, page.id.as_str()));
    said::texts(writer, "", &page.fields.changed.0, &mut on);
    said::prose(writer, page, None, &mut on);
    on
}

fn role(writer: &Writer<'_>, id: &str) -> OnPage {
    let mut on = OnPage::default();
    if let Some(row) = writer.handbook().roles.get(id) {
        on = on_page(writer, (Kind::Role, id), Sort::Role, &row.value.title);
        said::texts(writer, "", &row.value.skills, &mut on);
    }
    on.things.push(Entry::new(Sort::Role, "", "").called(Place::Id, id));
    on
}

fn named(writer: &Writer<'_>, path: &str, word: &str) -> OnPage {
    let page = Page { path: path.to_owned(), title: writer.word(word), ..Page::default() };
    OnPage { page, things: vec![Entry::new(Sort::Page, "", "")], ..OnPage::default() }
}

fn hours(writer: &Writer<'_>) -> OnPage {
    let mut on = named(writer, "hours.html", "calendar.title");
    for (id, row) in &writer.handbook().channels {
        let title = plain(&writer.name(Kind::Channel, id));
        let entry =
            Entry::new(Sort::Channel, format!("channel-{id}"), title).spoken(said::tongue(writer, &row.value.title));
        on.things
            .push(entry.saying(Place::About, writer.bare(&row.value.address, None)).called(Place::Id, id.as_str()));
    }
    on
}

fn factors(writer: &Writer<'_>) -> OnPage {
    let mut on = named(writer, "factors.html", "factor.title");
    for (id, row) in &writer.handbook().factors {
        let title = plain(&writer.name(Kind::Factor, id));
        let entry = Entry::new(Sort::Factor, id.as_str(), title).spoken(said::tongue(writer, &row.value.text));
        on.things.push(entry.called(Place::Id, id.as_str()));
    }
    on
}

fn glossary(writer: &Writer<'_>) -> OnPage {
    let mut on = named(writer, "glossary.html", "glossary.title");
    for (id, row) in &writer.handbook().terms {
        let title = plain(&writer.name(Kind::Term, id));
        let meaning = writer.bare(&row.value.meaning, None);
        let term = Entry::new(Sort::Term, id.as_str(), title.clone()).saying(Place::Text, meaning);
        on.things.push(term.spoken(said::tongue(writer, &row.value.text)).called(Place::Id, id.as_str()));
        for forbidden in row.value.not.of(writer.language) {
            let instead = writer.locale().phrase("search.instead_of", &[("word", &forbidden.value)]);
            on.things.push(Entry::new(Sort::Instead, id.as_str(), title.clone()).saying(Place::Title, instead));
        }
    }
    on
}

fn fixed(writer: &Writer<'_>, path: &str, word: &str) -> OnPage {
    let mut on = named(writer, path, word);
    if path == "evidence.html" {
        for (id, row) in &writer.handbook().evidence {
            let texts = [&row.value.claim, &row.value.source, &row.value.note].map(|text| writer.bare(text, None));
            on.passages.push(Entry::new(Sort::Section, id.as_str(), "").saying(Place::Text, said::joined(&texts)));
        }
    }
    on
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::bench::{Bench, DE, EN};

    const SERVICE: &str = "\
standards:
  quick: {title: Quick, kind: timeliness, limit: 2 business days, statement: \"Ready in [[#limit]].\", slogan: Soon}
promises:
  sure: {title: Sure, kind: commitment, statement: We mend it, backed_by: [quick]}
steps: {mend: {title: Mend it, actor: desk, tells: the date}}
---
First words.

## Why {#quick}
It takes [[#limit]].

## Parts
Spares.
";
    const TERMS: &str =
        "case: {text: {en: case, de: Fall}, meaning: {en: A thing, de: Etwas}, not: {en: [ticket], de: [Ticket]}}\n";
    const CALM: &str = "---\ntitle: Calm\nwhen: Somebody shouts\nsay: [I see]\nnever_say: [Calm down]\n---\n";
    const OPEN: &str = "---\ntitle: Open\nuse: shift\nby: desk\nevery: day\nitems: {lamp: Light the lamp}\n---\n";

    fn found(language: Language) -> Found {
        let files = [("registers/terms.yaml", TERMS), ("playbooks/calm.md", CALM), ("checklists/open.md", OPEN)];
        let bench = Bench::service(SERVICE, &files);
        gather(&bench.shared(), language)
    }

    fn thing<'a>(found: &'a Found, path: &str, anchor: &str, sort: Sort) -> &'a Entry {
        let here =
            |entry: &&Entry| found.pages[entry.page].path == path && entry.anchor == anchor && entry.sort == sort;
        found.things.iter().find(here).unwrap_or_else(|| panic!("no {sort:?} at {path}#{anchor}: {:#?}", found.things))
    }

    #[test]
    fn a_service_its_standards_promises_steps_and_sections_are_things() {
        let found = found(EN);
        let sheet = "services/repair.html";
        assert_eq!(thing(&found, sheet, "", Sort::Service).limit, "2 business days");
        let standard = thing(&found, sheet, "quick", Sort::Standard);
        assert_eq!((standard.title.as_str(), standard.limit.as_str()), ("Quick", "2 business days"));
        assert_eq!(standard.text, "Ready in 2 business days.");
        assert!(standard.words.contains(&(Place::Slogan, "Soon".into())));
        assert_eq!(thing(&found, sheet, "sure", Sort::Promise).limit, "2 business days");
        assert_eq!(thing(&found, sheet, "mend", Sort::Step).title, "Mend it");
        assert_eq!(thing(&found, sheet, "parts", Sort::Section).title, "Parts");
        assert_eq!(thing(&found, sheet, "quick", Sort::Section).title, "Why");
    }

    #[test]
    fn a_word_that_is_not_used_leads_to_its_term_in_each_language() {
        let (english, german) = (found(EN), found(DE));
        let instead = thing(&english, "glossary.html", "case", Sort::Instead);
        assert_eq!((instead.title.as_str(), instead.text.as_str()), ("case", "instead of “ticket”"));
        let german = thing(&german, "glossary.html", "case", Sort::Instead);
        assert!(german.title == "Fall" && german.text.contains("Ticket"), "{german:?}");
    }

    #[test]
    fn items_and_pages_of_the_site_are_things() {
        let found = found(EN);
        assert_eq!(thing(&found, "checklists/open.html", "lamp", Sort::Item).title, "Light the lamp");
        assert_eq!(thing(&found, "playbooks/calm.html", "", Sort::Playbook).text, "Somebody shouts");
        thing(&found, "roles/desk.html", "", Sort::Role);
        thing(&found, "deadline.html", "", Sort::Page);
    }

    #[test]
    fn prose_phrases_and_small_texts_are_passages() {
        let found = found(EN);
        let said: Vec<(Sort, &str, &str)> =
            found.passages.iter().map(|it| (it.sort, it.anchor.as_str(), it.text.as_str())).collect();
        for wanted in [
            (Sort::Section, "", "First words."),
            (Sort::Section, "quick", "It takes 2 business days."),
            (Sort::Section, "parts", "Spares."),
            (Sort::Section, "mend", "the date"),
            (Sort::Say, "", "I see"),
            (Sort::NeverSay, "", "Calm down"),
        ] {
            assert!(said.contains(&wanted), "{wanted:?} is not among {said:?}");
        }
    }

    #[test]
    fn the_word_for_its_kind_leads_to_a_thing() {
        let found = found(EN);
        let words = |path: &str, anchor: &str, sort: Sort| thing(&found, path, anchor, sort).words.clone();
        assert!(words("checklists/open.html", "", Sort::Checklist).contains(&(Place::Around, "Checklist".into())));
        assert!(!words("checklists/open.html", "lamp", Sort::Item).iter().any(|(place, _)| *place == Place::Around));
    }

    #[test]
    fn what_is_not_translated_names_its_language() {
        let (english, german) = (found(EN), found(DE));
        let sheet = "services/repair.html";
        let standard = |found: &Found| thing(found, sheet, "quick", Sort::Standard).tongue.clone();
        assert_eq!((standard(&english).as_str(), standard(&german).as_str()), ("", "en"));
        let page = german.pages.iter().find(|page| page.path == sheet);
        assert_eq!(page.map(|page| page.tongue.as_str()), Some("en"));
        assert_eq!(thing(&german, sheet, "parts", Sort::Section).tongue, "en");
        assert_eq!(thing(&german, "glossary.html", "case", Sort::Term).tongue, "");
        assert!(german.passages.iter().filter(|it| it.sort == Sort::Say).all(|it| it.tongue == "en"));
    }

    #[test]
    fn every_page_that_is_named_exists() {
        let bench = Bench::service(SERVICE, &[("registers/terms.yaml", TERMS)]);
        let shared = bench.shared();
        let planned: Vec<String> = crate::pages::plan(&shared).into_iter().map(|page| page.path).collect();
        for page in gather(&shared, EN).pages {
            assert!(planned.contains(&page.path), "{}", page.path);
        }
    }
}
