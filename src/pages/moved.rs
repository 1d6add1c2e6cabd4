//! Pages at the addresses that things had before: each sends its reader on.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{PageData, PlannedPage, plain};
use crate::fields::text::Language;
use crate::model::former::Renamed;
use crate::model::kind::Kind;
use crate::view::address;
use crate::view::html::Html;
use crate::view::writer::{Shared, Writer};

/// The place in the navigation of such a page, which is in none.
pub const SECTION: &str = "moved";

/// What a page that sends on shows.
#[derive(Serialize)]
struct Moved {
    /// What the page is called that its reader is sent to.
    title: Html,
    /// The way there.
    href: String,
    /// Its address below the root of the site.
    path: String,
}

/// Plans a page for each address that a thing had and that no other page has now.
pub fn plan<'a>(shared: &Shared<'a>, language: Language, pages: &mut Vec<PlannedPage<'a>>) {
    let handbook = shared.handbook();
    let mut ways: BTreeMap<String, (String, Kind, String)> = BTreeMap::new();
    let lost = |renamed: &Renamed| !handbook.has(renamed.kind, &renamed.was);
    for renamed in handbook.renamed().into_iter().filter(lost) {
        // Decisions have a page where some are known.
        let is_there = |way: &(String, String)| way.1 != address::history(&renamed.id) || shared.past.has(&renamed.id);
        for (was, now) in addresses(&renamed).into_iter().filter(is_there) {
            ways.entry(was).or_insert((now, renamed.kind, renamed.id.clone()));
        }
    }
    pages.extend(ways.into_iter().map(|(path, (now, kind, id))| {
        let make = move |writer: &Writer<'_>| {
            let title = writer.name(kind, &id);
            let path = format!("{}{now}", address::folder(language, &writer.shared.tags));
            PageData::new(plain(&title), &Moved { href: address::relative(&writer.page, &path), title, path })
        };
        PlannedPage { path, language, template: "moved.html", section: SECTION, data: Box::new(make) }
    }));
}

/// Gives the addresses that a thing had, each with the one that it has now.
fn addresses(renamed: &Renamed) -> Vec<(String, String)> {
    let Renamed { kind, was, id, .. } = renamed;
    let beside = |folder: &str| (format!("{folder}/{was}.html"), format!("{folder}/{id}.html"));
    let mut ways: Vec<(String, String)> = address::page(*kind, was).zip(address::page(*kind, id)).into_iter().collect();
    match kind {
        Kind::Service => ways.extend([beside("cards"), beside("history")]),
        Kind::Role => ways.push(beside("binders")),
        Kind::Promise => ways.push((address::card(was), address::card(id))),
        _ => {}
    }
    ways
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::bench::{Bench, DE, EN};

    const PROMISES: &str = "was: mending\npromises: {sure: {title: Sure, statement: S, was: certain}}\n";

    fn planned(files: &[(&str, &str)], language: Language) -> Vec<String> {
        let bench = Bench::service(PROMISES, files);
        let shared = bench.shared();
        let mut pages = Vec::new();
        plan(&shared, language, &mut pages);
        let way = |page: &PlannedPage<'_>| {
            let (path, data) = (page.address(&shared), (page.data)(&shared.writer(language, &page.path)));
            let page = serde_json::to_value(&data.page).unwrap();
            format!("{path} → {} ({})", page["href"].as_str().unwrap(), data.title)
        };
        pages.iter().map(way).collect()
    }

    #[test]
    fn each_address_that_a_thing_had_sends_on_to_the_one_that_it_has() {
        assert_eq!(
            planned(&[], EN),
            [
                "cards/mending.html → repair.html (Repair)",
                "promises/mending/certain.html → ../repair/sure.html (Sure)",
                "promises/mending/sure.html → ../repair/sure.html (Sure)",
                "promises/repair/certain.html → sure.html (Sure)",
                "services/mending.html → repair.html (Repair)",
            ]
        );
    }

    #[test]
    fn so_it_does_in_each_language() {
        assert_eq!(planned(&[], DE)[4], "de/services/mending.html → repair.html (Repair)");
    }

    #[test]
    fn an_address_that_a_thing_has_again_is_its_own() {
        let other = ("services/mending.md", "---\ntitle: M\n---\n");
        assert!(!planned(&[other], EN).iter().any(|way| way.contains("services/mending.html")));
    }
}
