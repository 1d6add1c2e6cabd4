//! The copy for times without a connection: a pack of pages for each language, and the worker that keeps it.
//!
//! A pack is one file, since pages that share a frame weigh little together and much one by one. It is filled in the order
//! in which staff would miss its pages, up to a budget. Not here: what the worker does with it, which is the theme's
//! `worker.js`, and when a reader's browser asks for it, which is the theme's `site.js`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use memchr::memmem;
use serde::Serialize;

use super::site::{RenderedSite, Store, Stored};
use crate::fields::text::Language;
use crate::view::address;
use crate::view::html::Html;
use crate::view::writer::Shared;

/// The worker, at the root of the site, since a worker answers for its own folder alone.
const WORKER: &str = "sw.js";

/// The folder of the packs.
const FOLDER: &str = "offline";

/// How many bytes a pack has at most when it is sent with gzip, by estimate.
const BUDGET: usize = 400_000;

/// How many times smaller files become with gzip whose path below the folder of the language begins so, at the least; the
/// last holds for all others. Measured on the handbook that comes with the project.
const SMALLER: [(&str, usize); 4] = [("assets/", 3), ("search/", 3), ("services/", 5), ("", 7)];

/// What a pack holds, the dearest first: files whose path below the folder of the language begins so.
const ORDER: [&str; 16] = [
    "assets/",
    "offline.html",
    "index.html",
    "recovery.html",
    "phrases.html",
    "services/",
    "checklists/",
    "playbooks/",
    "calendars/",
    "hours.html",
    "deadline.html",
    "search/",
    "roles/",
    "promises/",
    "a-z.html",
    "",
];

/// What is for paper, or shown where there is no page.
const LEFT_OUT: [&str; 3] = ["cards/", "binders/", "404.html"];

/// A copy of the site in one language, as the worker reads it.
#[derive(Serialize)]
struct Pack<'a> {
    /// The edition that it belongs to.
    edition: &'a str,
    /// What is shown on each page of the copy, as HTML.
    notice: Html,
    /// The page that is shown in place of one that the copy lacks.
    missing: String,
    /// The files by path below the site's root.
    files: &'a BTreeMap<&'a str, Cow<'a, str>>,
}

/// What the worker knows of a language.
#[derive(Serialize)]
struct Spoken {
    /// The folder of its pages.
    folder: String,
    /// Its pack.
    pack: String,
    /// What is said of a newer edition.
    newer: String,
    /// The button that loads it.
    load: String,
}

/// What the worker knows of the site.
#[derive(Serialize)]
struct Edition<'a> {
    /// A fingerprint of all copies.
    edition: &'a str,
    /// The revision of the handbook, as on its pages.
    revision: &'a str,
    /// Its languages by tag.
    languages: BTreeMap<&'a str, Spoken>,
}

/// Adds the packs and the worker, when all other files are there.
pub fn add(site: &mut RenderedSite, shared: &Shared<'_>, revision: &str, store: &dyn Store) {
    let mut hasher = blake3::Hasher::new();
    let mut made = Vec::new();
    let mut languages = BTreeMap::new();
    let chosen: Vec<BTreeMap<&str, Cow<'_, str>>> =
        shared.languages().map(|language| choose((site, store), shared, language, BUDGET)).collect();
    hasher.update(revision.as_bytes());
    for (path, text) in chosen.iter().flatten() {
        hasher.update(path.as_bytes());
        hasher.update(text.as_bytes());
    }
    let edition = &hasher.finalize().to_hex()[..16];
    for (language, files) in shared.languages().zip(&chosen) {
        let tag = shared.tags[usize::from(language.0)].as_str();
        let spoken = spoken(shared, language);
        let missing = format!("{}offline.html", spoken.folder);
        let pack = Pack { edition, notice: notice(shared, language), missing, files };
        made.push((spoken.pack.clone(), json(&pack)));
        languages.insert(tag, spoken);
    }
    let known = json(&Edition { edition, revision, languages });
    made.push((WORKER.to_owned(), format!("self.pledgebook={known};importScripts(\"assets/worker.js\")\n")));
    for (path, text) in made {
        site.insert(path, text.into_bytes());
    }
}

/// Chooses the files of a language's pack: those staff would miss most, as long as they fit.
fn choose<'a>(
    (site, store): (&'a RenderedSite, &dyn Store),
    shared: &Shared<'_>,
    language: Language,
    budget: usize,
) -> BTreeMap<&'a str, Cow<'a, str>> {
    let folders: Vec<String> = shared.languages().map(|other| address::folder(other, &shared.tags)).collect();
    let in_memory = site.iter().map(|(path, bytes)| (path, Held::Here(bytes)));
    let all = in_memory.chain(site.stored().map(|(path, stored)| (path, Held::There(stored))));
    let mut wanted: Vec<(usize, &str, &str, Held<'_>)> = all
        .filter(|(path, _)| is_text(path))
        .filter_map(|(path, held)| {
            let below = below(path, &folders, language)?;
            let place = place(below, &shared.tags[usize::from(language.0)])?;
            Some((place, path, below, held))
        })
        .collect();
    wanted.sort_unstable_by_key(|(place, path, ..)| (*place, *path));
    let mut left = budget;
    let mut chosen = BTreeMap::new();
    for (_, path, below, held) in wanted {
        // Most files come when there is no room left, so nothing is made of one before that is known.
        let light = match held {
            Held::Here(bytes) => std::str::from_utf8(bytes).map_or(0, light),
            Held::There(stored) => stored.light,
        };
        let Some(rest) = left.checked_sub(weight(below, light)) else { continue };
        let text = match held {
            Held::Here(bytes) => std::str::from_utf8(bytes).ok().map(|text| match without_code(text) {
                [text, ""] => Cow::Borrowed(text),
                parts => Cow::Owned(parts.concat()),
            }),
            // One that cannot be read here cannot be published either, which says so.
            Held::There(stored) => {
                let text = store.read(stored).ok().and_then(|bytes| String::from_utf8(bytes).ok());
                text.map(|text| Cow::Owned(without_code(&text).concat()))
            }
        };
        if let Some(text) = text {
            left = rest;
            chosen.insert(path, text);
        }
    }
    chosen
}

/// The bytes of a file, or where they are.
#[derive(Clone, Copy)]
enum Held<'a> {
    Here(&'a [u8]),
    There(&'a Stored),
}

/// Counts the bytes of a page that a copy has.
pub fn light(html: &str) -> usize {
    without_code(html).iter().map(|part| part.len()).sum()
}

/// Estimates how many bytes a file adds to a pack that is sent with gzip.
fn weight(below: &str, length: usize) -> usize {
    let times = SMALLER.iter().find(|(start, _)| below.starts_with(start)).map_or(1, |(_, times)| *times);
    length.div_ceil(times)
}

/// Leaves out the code of a page, which is for paper and would be a third of the pack; the address stands beside it in words.
///
/// Gives what stands before and behind it.
fn without_code(html: &str) -> [&str; 2] {
    let around = memmem::find(html.as_bytes(), b"<svg class=\"code ").and_then(|start| {
        let (before, rest) = html.split_at(start);
        Some([before, rest.split_once("</svg>")?.1])
    });
    around.unwrap_or([html, ""])
}

/// Gives a file's path below the folder of its language, or as it is where it lies in none; nothing for a file in another
/// language.
fn below<'a>(path: &'a str, folders: &[String], language: Language) -> Option<&'a str> {
    let own = folders.iter().position(|folder| !folder.is_empty() && path.starts_with(folder.as_str()));
    let is_shared = own.is_none() && !path.ends_with(".html");
    (is_shared || own.unwrap_or(0) == usize::from(language.0)).then(|| &path[own.map_or(0, |own| folders[own].len())..])
}

/// Tells how dear a file is to readers of a language; nothing where they do not need it.
fn place(path: &str, tag: &str) -> Option<usize> {
    let of_others = |start: &str| {
        let name = path.strip_prefix(start)?;
        Some(name.split_once(['.', '/']).is_some_and(|(first, _)| first != tag))
    };
    let foreign = ["calendars/words.", "assets/checklist.", "assets/news.", "search/"].into_iter().find_map(of_others);
    if foreign == Some(true) || LEFT_OUT.iter().any(|start| path.starts_with(start)) {
        return None;
    }
    ORDER.iter().position(|start| path.starts_with(start))
}

fn is_text(path: &str) -> bool {
    [".html", ".css", ".js", ".svg"].iter().any(|end| path.ends_with(end))
}

fn notice(shared: &Shared<'_>, language: Language) -> Html {
    let locale = &shared.locales[usize::from(language.0)];
    let text = locale.phrase("offline.copy", &[("date", &locale.date(shared.today))]);
    let (text, again) = (Html::escaped(&text).0, Html::escaped(locale.word("offline.again")).0);
    Html(format!("<p class=\"notice edition\" role=\"status\">{text} <a href=\"\">{again}</a></p>"))
}

fn spoken(shared: &Shared<'_>, language: Language) -> Spoken {
    let (tag, locale) = (&shared.tags[usize::from(language.0)], &shared.locales[usize::from(language.0)]);
    Spoken {
        folder: address::folder(language, &shared.tags),
        pack: format!("{FOLDER}/{tag}.json"),
        newer: locale.word("offline.newer").to_owned(),
        load: locale.word("offline.load").to_owned(),
    }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("a pack has text for keys alone")
}

#[cfg(test)]
mod tests {
    use super::super::site::InMemory;
    use super::*;
    use crate::view::bench::{Bench, DE, EN};

    const FILES: [&str; 17] = [
        "404.html",
        "a-z.html",
        "assets/checklist.css",
        "assets/checklist.en.js",
        "assets/style.css",
        "calendars/shop.js",
        "calendars/words.de.js",
        "calendars/words.en.js",
        "cards/repair.html",
        "de/index.html",
        "de/playbooks/cues.js",
        "de/services/repair.html",
        "index.html",
        "pictures/lamp.png",
        "search/de/a.js",
        "search/en/a.js",
        "services/repair.html",
    ];

    fn site() -> RenderedSite {
        let mut site = RenderedSite::default();
        FILES.into_iter().for_each(|path| site.insert(path.to_owned(), path.as_bytes()));
        site
    }

    fn added(change: impl Fn(&mut RenderedSite)) -> RenderedSite {
        let bench = Bench::new(&[("handbook.yaml", "title: H\nlanguages: [en, de]\n")]);
        let mut site = site();
        change(&mut site);
        add(&mut site, &bench.shared(), "abc", &InMemory);
        site
    }

    fn pack(site: &RenderedSite, tag: &str) -> serde_json::Value {
        serde_json::from_slice(site.get(&format!("offline/{tag}.json")).unwrap()).unwrap()
    }

    fn chosen(language: Language, budget: usize) -> Vec<String> {
        let bench = Bench::new(&[("handbook.yaml", "title: H\nlanguages: [en, de]\n")]);
        choose((&site(), &InMemory), &bench.shared(), language, budget).into_keys().map(str::to_owned).collect()
    }

    #[test]
    fn a_pack_holds_what_its_language_needs_and_nothing_for_paper() {
        assert_eq!(
            chosen(DE, BUDGET),
            [
                "assets/checklist.css",
                "assets/style.css",
                "calendars/shop.js",
                "calendars/words.de.js",
                "de/index.html",
                "de/playbooks/cues.js",
                "de/services/repair.html",
                "search/de/a.js",
            ]
        );
        assert!(chosen(EN, BUDGET).contains(&"services/repair.html".to_owned()));
        assert!(!chosen(EN, BUDGET).iter().any(|path| path.starts_with("de/") || path.starts_with("cards/")));
    }

    #[test]
    fn the_dearest_files_come_first_when_not_all_fit() {
        let dearest = ["assets/checklist.css", "assets/checklist.en.js", "assets/style.css", "index.html"];
        assert_eq!(chosen(EN, dearest.iter().map(|path| weight(path, path.len())).sum()), dearest);
        assert_eq!(chosen(EN, 0), [""; 0]);
    }

    #[test]
    fn what_is_needed_at_the_desk_comes_before_the_services() {
        let place = |path| place(path, "en").unwrap();
        assert!(
            place("recovery.html") < place("services/repair.html")
                && place("phrases.html") < place("checklists/a.html")
        );
    }

    #[test]
    fn a_sheet_weighs_more_than_other_pages_and_less_than_a_script() {
        let weight = |path| weight(path, 2100);
        assert_eq!((weight("services/a.html"), weight("pages/a.html"), weight("assets/site.js")), (420, 300, 700));
    }

    #[test]
    fn the_codes_of_pages_are_left_out() {
        let page = "<p>a</p><svg class=\"code paper\"><path d=\"M0 0\"/></svg><p>b</p>";
        assert_eq!(without_code(page).concat(), "<p>a</p><p>b</p>");
        assert_eq!(without_code("<svg class=\"ico\"></svg>").concat(), "<svg class=\"ico\"></svg>");
    }

    #[test]
    fn a_copy_names_its_day_in_its_language() {
        let site = added(|_| {});
        let notice = |tag: &str| pack(&site, tag)["notice"].as_str().unwrap().to_owned();
        assert!(notice("en").contains("21 November 2026") && notice("en").starts_with("<p class=\"notice edition\""));
        assert!(notice("de").contains("Kopie vom 21. November 2026"), "{}", notice("de"));
        assert_eq!(pack(&site, "de")["missing"], "de/offline.html");
        assert_eq!(pack(&site, "de")["files"]["de/index.html"], "de/index.html");
    }

    #[test]
    fn the_worker_knows_the_edition_of_the_packs_and_the_folder_of_each_language() {
        let site = added(|_| {});
        let worker = String::from_utf8(site.get("sw.js").unwrap().to_vec()).unwrap();
        let edition = pack(&site, "en")["edition"].as_str().unwrap().to_owned();
        assert_eq!(pack(&site, "de")["edition"], edition.as_str());
        assert!(
            worker.starts_with(&format!("self.pledgebook={{\"edition\":\"{edition}\",\"revision\":\"abc\"")),
            "{worker}"
        );
        assert!(worker.contains("\"de\":{\"folder\":\"de/\",\"pack\":\"offline/de.json\""), "{worker}");
        assert!(worker.ends_with("importScripts(\"assets/worker.js\")\n"));
    }

    #[test]
    fn another_page_makes_another_edition_and_the_same_pages_the_same() {
        let edition = |site: &RenderedSite| pack(site, "en")["edition"].clone();
        let first = edition(&added(|_| {}));
        assert_eq!(first, edition(&added(|_| {})));
        assert_eq!(first, edition(&added(|site| site.insert("pictures/other.png".into(), *b"x"))));
        assert_ne!(first, edition(&added(|site| site.insert("services/repair.html".into(), *b"x"))));
        assert_ne!(first, edition(&added(|site| site.insert("assets/worker.js".into(), *b"x"))));
    }
}
