//! The built site of the shipped handbook as its readers meet it: every kind of page in Chromium, in three languages, light and
//! dark, on a phone and on a desk; from a server and from disk; with and without scripts.
//!
//! Needs Chromium and chromedriver, which `./test` installs. One test: `cargo test --test browser german`.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests start programs, read files and serve them"
)]

mod chrome;
mod desk;
mod finder;
mod findings;
mod links;
mod offline;
mod paper;
mod runs;
mod search;
mod server;
mod sheet;
mod site;
mod ticks;

use std::collections::BTreeSet;

use chrome::{Chrome, Colours, Screen, Scripts, browse};
use findings::Findings;
use serde_json::Value;
use server::Server;
use site::{LANGUAGES, Language, shipped};

/// axe-core 4.14.1 by Deque Systems, under the Mozilla Public License 2.0; axe.LICENSE.md says where it comes from.
const AXE: &str = include_str!("axe.min.js");

const PHONE: Screen = Screen { width: 390, height: 844, colours: Colours::Light };
const DESK: Screen = Screen { width: 1280, height: 900, colours: Colours::Light };

/// In the order in which a page is shown on them: the size changes seldom.
const SCREENS: [Screen; 5] = [
    PHONE,
    Screen { colours: Colours::Dark, ..PHONE },
    DESK,
    Screen { colours: Colours::Dark, ..DESK },
    Screen { colours: Colours::Forced, ..DESK },
];

/// Kinds of page that a handbook of this size has; what the site has beyond them is tested as well.
const KINDS: [&str; 7] = ["home", "404", "deadline", "services/*", "playbooks/*", "checklists/*", "pages/*"];

#[test]
fn every_language_has_every_kind_of_page() {
    let source = shipped().kinds_in(&LANGUAGES[0]);
    let missing: Vec<_> = KINDS.iter().filter(|kind| !source.contains(**kind)).collect();
    assert!(missing.is_empty(), "no page of the kinds {missing:?}; there are {source:?}");
    for language in &LANGUAGES[1..] {
        assert_eq!(shipped().kinds_in(language), source, "{}", language.tag);
    }
}

#[test]
fn every_link_leads_to_a_file_and_a_place_in_it() {
    let mut findings = Findings::default();
    for (path, fault) in links::faults_of(shipped()) {
        findings.add(&path, fault);
    }
    findings.assert_none();
}

#[tokio::test]
async fn english_pages_are_sound_on_every_screen() {
    examine(&LANGUAGES[0]).await;
}

#[tokio::test]
async fn german_pages_are_sound_on_every_screen() {
    examine(&LANGUAGES[1]).await;
}

#[tokio::test]
async fn chinese_pages_are_sound_on_every_screen() {
    examine(&LANGUAGES[2]).await;
}

/// Opens one page of each kind once and looks at it on every screen.
async fn examine(language: &Language) {
    let server = Server::start(&shipped().folder);
    let mut findings = Findings::default();
    browse(async |chrome| {
        chrome.run_in_every_page(AXE).await;
        for (kind, path) in shipped().one_of_each_kind() {
            let path = format!("{}{path}", language.folder);
            chrome.show_on(SCREENS[0]).await;
            chrome.open(&server.address(&path)).await;
            for screen in SCREENS {
                let name = view_name(language, &kind, screen);
                chrome.show_on(screen).await;
                for fault in faults_on_screen(chrome, screen).await {
                    findings.add(&name, fault);
                }
                chrome.take_picture(&name).await;
            }
            for fault in faults_of_loading(chrome, &server, language).await {
                findings.add(&path, fault);
            }
        }
    })
    .await;
    findings.assert_none();
}

fn view_name(language: &Language, kind: &str, screen: Screen) -> String {
    let kind = kind.replace("/*", "-one");
    format!("{}-{kind}-{}-{:?}", language.tag, screen.width, screen.colours).to_lowercase()
}

/// Finds what axe-core objects to and what sticks out sideways. A phone zooms out for what is too wide, so the width that
/// counts is the screen's and not the window's.
async fn faults_on_screen(chrome: &Chrome, screen: Screen) -> Vec<String> {
    let script = include_str!("examine.js").replace("SCREEN_WIDTH", &screen.width.to_string());
    texts(&chrome.run_and_wait(&script).await)
}

/// Finds what happened while the page was loaded and used: requests to others, missing files, errors in the console.
async fn faults_of_loading(chrome: &Chrome, server: &Server, language: &Language) -> Vec<String> {
    let own = server.address("");
    let is_own =
        |address: &str| address.starts_with(&own) || address.starts_with("data:") || address.starts_with("blob:");
    let foreign = chrome.take_requests().await.into_iter().filter(|address| !is_own(address));
    let mut faults: Vec<_> = foreign.map(|address| format!("asks for what is not the site's: {address}")).collect();
    faults.extend(server.take_missed().into_iter().map(|path| format!("asks for what is not there: {path}")));
    let page = chrome.address().await;
    faults.extend(
        chrome.take_console_errors().await.iter().map(|error| format!("console: {}", without_place(error, &page))),
    );
    let tag = chrome.run("return document.documentElement.lang").await;
    if !tag.as_str().unwrap_or_default().starts_with(language.tag) {
        faults.push(format!("says that its language is {tag}"));
    }
    faults
}

/// Leaves out the page's own address and the line in it, so that the same error on many pages is one.
fn without_place<'a>(error: &'a str, page: &str) -> &'a str {
    let inside = error.strip_prefix(page).and_then(|rest| rest.trim_start().split_once(' '));
    inside.map_or(error, |(_, told)| told)
}

#[tokio::test]
async fn pages_opened_from_disk_look_as_from_a_server() {
    const LOOK: &str = "return ['body', 'h1', 'main', 'a[href]'].map(name => {
        const style = getComputedStyle(document.querySelector(name));
        return [name, style.fontFamily, style.fontSize, style.color, style.backgroundColor, style.maxWidth].join(' ');
    })";
    let server = Server::start(&shipped().folder);
    let mut findings = Findings::default();
    browse(async |chrome| {
        chrome.show_on(DESK).await;
        for path in shipped().one_of_each_kind().into_values() {
            chrome.open(&server.address(&path)).await;
            let served = chrome.run(LOOK).await;
            chrome.open(&from_disk(&path)).await;
            let opened = chrome.run(LOOK).await;
            if served != opened {
                findings.add(&path, format!("looks different from disk: {opened}, from a server: {served}"));
            }
            for error in chrome.take_console_errors().await {
                findings.add(&path, format!("console: {error}"));
            }
        }
    })
    .await;
    findings.assert_none();
}

#[tokio::test]
async fn link_clicked_on_disk_opens_its_page() {
    browse(async |chrome| {
        chrome.show_on(DESK).await;
        chrome.open(&from_disk("index.html")).await;
        let link = "main a[href*='services/']";
        let expected = chrome.run(&format!("return document.querySelector(\"{link}\").href")).await;
        chrome.click(link).await;
        let title = chrome.run("return document.title").await;
        assert_eq!(Some(chrome.address().await.as_str()), expected.as_str());
        assert!(title.as_str().is_some_and(|title| !title.is_empty()), "the page behind {expected} has no title");
    })
    .await;
}

#[tokio::test]
async fn text_is_readable_without_scripts() {
    // The finder, the picker and what runs a checklist are nothing without a script; what there is in their place is tested
    // in `finder`, `desk` and `runs`.
    const WORDS: &str =
        "for (const part of document.querySelectorAll('form.finder, form.cues, form.ask, .run, .tally')) part.remove();
        return document.querySelector('main').innerText.split(/\\s+/).filter(word => word)";
    let server = Server::start(&shipped().folder);
    let mut findings = Findings::default();
    browse(async |chrome| {
        chrome.show_on(PHONE).await;
        for path in shipped().one_of_each_kind().into_values() {
            chrome.allow(Scripts::On).await;
            chrome.open(&server.address(&path)).await;
            let with: BTreeSet<_> = texts(&chrome.run(WORDS).await).into_iter().collect();
            chrome.allow(Scripts::Off).await;
            chrome.open(&server.address(&path)).await;
            let without: BTreeSet<_> = texts(&chrome.run(WORDS).await).into_iter().collect();
            // What only a script can do may have words of its own: a button to copy, a count of ticks.
            let lost: Vec<_> = with.difference(&without).map(String::as_str).collect();
            if without.is_empty() || lost.len() * 20 > with.len() {
                let some = lost[..lost.len().min(12)].join(" ");
                findings.add(&path, format!("{} of {} words are missing: {some}", lost.len(), with.len()));
            }
        }
    })
    .await;
    findings.assert_none();
}

#[tokio::test]
async fn dark_colours_come_without_scripts() {
    const LIGHTNESS: &str = "
        const ground = element => getComputedStyle(element).backgroundColor.match(/[\\d.]+/g).map(Number);
        const parts = [document.body, document.documentElement].map(ground).find(parts => parts[3] !== 0) ?? [255, 255, 255];
        return (parts[0] + parts[1] + parts[2]) / 3";
    let server = Server::start(&shipped().folder);
    browse(async |chrome| {
        chrome.allow(Scripts::Off).await;
        chrome.open(&server.address("index.html")).await;
        chrome.show_on(PHONE).await;
        let light = chrome.run(LIGHTNESS).await;
        chrome.show_on(Screen { colours: Colours::Dark, ..PHONE }).await;
        let dark = chrome.run(LIGHTNESS).await;
        assert!(light.as_f64() > Some(200.0) && dark.as_f64() < Some(60.0), "light {light}, dark {dark} of 255");
    })
    .await;
}

#[tokio::test]
async fn language_switch_leads_to_the_same_page() {
    let server = Server::start(&shipped().folder);
    let mut findings = Findings::default();
    browse(async |chrome| {
        chrome.show_on(DESK).await;
        for path in shipped().one_of_each_kind().into_values() {
            for from in &LANGUAGES {
                chrome.open(&server.address(&format!("{}{path}", from.folder))).await;
                for to in LANGUAGES.iter().filter(|to| *to != from) {
                    let script =
                        format!("return document.querySelector('a[hreflang|=\"{}\"]')?.href ?? 'nowhere'", to.tag);
                    let (leads, expected) =
                        (chrome.run(&script).await, server.address(&format!("{}{path}", to.folder)));
                    if leads.as_str() != Some(expected.as_str()) {
                        findings.add(
                            &format!("{}{path}", from.folder),
                            format!("the switch to {} leads to {leads}", to.tag),
                        );
                    }
                }
            }
        }
    })
    .await;
    findings.assert_none();
}

#[tokio::test]
async fn keyboard_reaches_the_content_in_few_stops_that_are_seen() {
    let server = Server::start(&shipped().folder);
    let mut findings = Findings::default();
    browse(async |chrome| {
        for screen in [PHONE, DESK] {
            chrome.show_on(screen).await;
            for path in shipped().one_of_each_kind().into_values() {
                chrome.open(&server.address(&path)).await;
                for fault in texts(&chrome.run(include_str!("keyboard.js")).await) {
                    findings.add(&format!("{path} at {}", screen.width), fault);
                }
            }
        }
    })
    .await;
    findings.assert_none();
}

/// Gives the address of a file of the site on disk.
fn from_disk(path: &str) -> String {
    format!("file://{}/{path}", shipped().folder.display())
}

/// Reads a list of texts that a script returned.
fn texts(answer: &Value) -> Vec<String> {
    let list = answer.as_array().unwrap_or_else(|| panic!("a script did not return a list: {answer}"));
    list.iter().map(|text| text.as_str().unwrap_or_default().to_owned()).collect()
}
