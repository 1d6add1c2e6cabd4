//! The head of a service's sheet on a phone: who does it, by when, and the way to each of its parts; and which card is for whom.

use crate::chrome::{Colours, Screen, browse};
use crate::findings::Findings;
use crate::server::Server;
use crate::site::{LANGUAGES, shipped};
use crate::{DESK, PHONE, texts};

const NARROW: Screen = Screen { width: 320, height: 640, colours: Colours::Light };

/// Gives the pages of all languages whose path below the folder of their language begins so.
fn pages(start: &str) -> Vec<String> {
    let starts = LANGUAGES.map(|language| format!("{}{start}", language.folder));
    let paths = shipped().pages.keys().filter(|path| starts.iter().any(|start| path.starts_with(start)));
    paths.filter(|path| !path.ends_with("/index.html")).cloned().collect()
}

/// Opens pages on a screen and collects what a script finds at fault on each.
async fn assert_no_fault(screen: Screen, pages: &[String], script: &str) {
    assert!(!pages.is_empty());
    let server = Server::start(&shipped().folder);
    let mut findings = Findings::default();
    browse(async |chrome| {
        chrome.show_on(screen).await;
        for path in pages {
            chrome.open(&server.address(path)).await;
            texts(&chrome.run(script).await).into_iter().for_each(|fault| findings.add(path, fault));
        }
    })
    .await;
    findings.assert_none();
}

#[tokio::test]
async fn the_first_screen_of_a_sheet_says_who_by_when_and_leads_to_every_part() {
    const FAULTS: &str = "const faults = [];
        const below = (one, edge) => one.getBoundingClientRect().bottom > edge;
        const limit = document.querySelector('.figures .fig:not(.level)');
        if (limit && (parseFloat(getComputedStyle(limit).fontSize) < 28 || limit.getBoundingClientRect().top > 280)) faults.push('the limit is small or low');
        const who = [...document.querySelectorAll('.figures a')];
        if (limit && !who.length) faults.push('nobody is named');
        if (who.some((one) => !one.href.includes('/roles/') || below(one, innerHeight))) faults.push('who is no role, or too low');
        const nav = document.querySelector('main nav');
        const others = [...document.querySelectorAll('nav')].map((one) => one.getAttribute('aria-label'));
        if (others.filter((name) => name === nav?.getAttribute('aria-label')).length !== 1) faults.push('the links have no name of their own');
        const links = [...nav.querySelectorAll('a')];
        if (links.some((one) => below(one, innerHeight))) faults.push('a link is below the first screen');
        const led = links.map((one) => one.getAttribute('href').slice(1)).sort();
        const parts = [...document.querySelectorAll('main h2[id]')].map((one) => one.id).sort();
        if (led.join() !== parts.join()) faults.push(`leads to ${led}, has ${parts}`);
        return faults";
    assert_no_fault(PHONE, &pages("services/"), FAULTS).await;
}

#[tokio::test]
async fn every_limit_on_a_sheet_names_who_keeps_it() {
    const FAULTS: &str = "const limits = [...document.querySelectorAll('.standard > .fig:not(.level)')];
        const nameless = limits.filter((one) => !one.parentElement.querySelector('.facts a[href*=\"/roles/\"]'));
        return limits.length ? nameless.map((one) => `${one.parentElement.id} names nobody`) : ['no limit']";
    let pages: Vec<String> =
        LANGUAGES.iter().map(|language| format!("{}services/complaints.html", language.folder)).collect();
    assert_no_fault(DESK, &pages, FAULTS).await;
}

#[tokio::test]
async fn what_is_internal_says_so_on_paper_and_the_card_for_customers_does_not() {
    let server = Server::start(&shipped().folder);
    browse(async |chrome| {
        for (language, mark) in LANGUAGES.iter().zip(["Internal, not", "Intern, nicht", "内部使用，不"]) {
            for (page, marked) in [
                ("cards/complaints.html", true),
                ("cards/complaints.html#answer", true),
                ("binders/service-desk.html", true),
                ("promises/complaints/answer-in-ten.html", false),
            ] {
                chrome.open("about:blank").await;
                chrome.open(&server.address(&format!("{}{page}", language.folder))).await;
                chrome.show_on_paper().await;
                let shown = chrome.run("return document.body.innerText").await;
                assert_eq!(shown.as_str().unwrap().contains(mark), marked, "{} {page}", language.tag);
                chrome.show_on(DESK).await;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_card_is_called_the_same_wherever_it_is_linked_and_prints_at_a_press() {
    const NAMES: &str = "return [...new Set([...document.querySelectorAll('main a')]
        .filter((one) => /promises\\/.+\\//.test(one.href)).map((one) => one.textContent))]";
    const PRESS: &str = "let printed = 0; window.print = () => { printed += 1; };
        [...document.querySelectorAll('[data-print=page]')].find((one) => one.checkVisibility()).click(); return printed";
    let server = Server::start(&shipped().folder);
    browse(async |chrome| {
        for (language, name) in
            LANGUAGES.iter().zip(["Card for customers", "Karte für die Kundschaft", "给顾客的承诺卡"])
        {
            for page in ["services/complaints.html", "promises/index.html"] {
                chrome.open(&server.address(&format!("{}{page}", language.folder))).await;
                assert_eq!(texts(&chrome.run(NAMES).await), [name], "{} {page}", language.tag);
            }
            for page in ["promises/complaints/answer-in-ten.html", "cards/complaints.html", "binders/service-desk.html"]
            {
                chrome.open(&server.address(&format!("{}{page}", language.folder))).await;
                assert_eq!(chrome.run(PRESS).await, 1, "{} {page}", language.tag);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn the_navigation_is_one_row_on_a_narrow_phone() {
    const FAULTS: &str = "const rows = new Set([...document.querySelectorAll('.sections a')].map((one) => one.getBoundingClientRect().top));
        return rows.size === 1 ? [] : [`${rows.size} rows`]";
    let lists = ["services", "promises", "playbooks", "checklists"];
    let pages: Vec<String> = LANGUAGES
        .iter()
        .flat_map(|language| lists.map(|list| format!("{}{list}/index.html", language.folder)))
        .collect();
    assert_no_fault(NARROW, &pages, FAULTS).await;
}
