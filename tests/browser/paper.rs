//! What comes out of a printer: one sheet where one was promised, nothing on it that paper cannot do, and on each where it came
//! from.

use serde_json::json;

use crate::chrome::browse;
use crate::findings::Findings;
use crate::server::Server;
use crate::site::{LANGUAGES, shipped, split_language};
use crate::{AXE, DESK, texts};

/// Gives the pages whose path below the folder of their language begins so, those of lists left out.
fn pages(start: &str) -> Vec<&'static str> {
    let paths = shipped().pages.keys().map(String::as_str);
    paths.filter(|path| split_language(path).1.starts_with(start) && !path.ends_with("/index.html")).collect()
}

/// Prints pages and finds those that do not fit on one sheet.
async fn assert_one_sheet(starts: &[&str]) {
    let server = Server::start(&shipped().folder);
    let mut findings = Findings::default();
    browse(async |chrome| {
        for path in starts.iter().flat_map(|start| pages(start)) {
            chrome.open(&server.address(path)).await;
            let sheets = chrome.count_sheets().await;
            if sheets != 1 {
                findings.add(path, format!("needs {sheets} sheets"));
            }
        }
    })
    .await;
    findings.assert_none();
}

#[tokio::test]
async fn the_card_of_every_service_is_one_sheet() {
    assert_eq!(pages("cards/").len(), pages("services/").len());
    assert_one_sheet(&["cards/"]).await;
}

#[tokio::test]
async fn every_checklist_and_every_promise_card_is_one_sheet() {
    assert_one_sheet(&["checklists/", "promises/"]).await;
}

#[tokio::test]
async fn every_standard_is_one_sheet_of_its_own_with_its_figure_and_places_to_sign() {
    const SHOWN: &str =
        "const shown = [...document.querySelectorAll('article')].filter((one) => one.checkVisibility());
        return shown.length === 1 && shown[0].matches(':target') && shown[0].querySelector('.sign').checkVisibility()";
    let server = Server::start(&shipped().folder);
    let mut findings = Findings::default();
    browse(async |chrome| {
        for path in pages("cards/") {
            let address = server.address(path);
            chrome.open(&address).await;
            let all = "return [...document.querySelectorAll('.one')].map((one) => one.id)";
            for id in texts(&chrome.run(all).await) {
                chrome.open("about:blank").await;
                chrome.open(&format!("{address}#{id}")).await;
                let sheets = chrome.count_sheets().await;
                if sheets != 1 {
                    findings.add(path, format!("#{id} needs {sheets} sheets"));
                }
                chrome.show_on_paper().await;
                if chrome.run(SHOWN).await != true {
                    findings.add(path, format!("#{id} is not alone, or cannot be signed"));
                }
                chrome.show_on(DESK).await;
            }
        }
    })
    .await;
    findings.assert_none();
}

#[tokio::test]
async fn the_binder_of_a_role_begins_each_part_on_a_sheet_of_its_own() {
    let server = Server::start(&shipped().folder);
    browse(async |chrome| {
        for language in &LANGUAGES {
            chrome.open(&server.address(&format!("{}binders/service-desk.html", language.folder))).await;
            let parts = chrome.run("return document.querySelectorAll('.part.new').length").await;
            let sheets = chrome.count_sheets().await;
            assert!(
                parts.as_u64().is_some_and(|parts| parts > 5 && sheets > parts),
                "{parts} parts on {sheets} sheets"
            );
            let again = "const ids = [...document.querySelectorAll('[id]')].map((one) => one.id);
                return ids.filter((id, at) => ids.indexOf(id) !== at)";
            assert_eq!(chrome.run(again).await, json!([]), "ids that are there twice");
        }
    })
    .await;
}

#[tokio::test]
async fn paper_has_no_navigation_and_no_buttons_and_tells_where_it_comes_from() {
    const SEEN: &str = "const seen = (one) => one.checkVisibility() && one.getBoundingClientRect().height > 0;
        const faults = [...document.querySelectorAll('nav, button, .find, .menu, .skip')].filter(seen)
          .map((one) => `prints ${one.outerHTML.slice(0, 80)}`);
        dispatchEvent(new Event('beforeprint'));
        const foot = document.querySelector('.foot').innerText;
        for (const part of [location.href, document.documentElement.dataset.revision])
          if (!foot.includes(part)) faults.push(`the foot lacks ${part}: ${foot}`);
        return faults";
    let server = Server::start(&shipped().folder);
    let mut findings = Findings::default();
    browse(async |chrome| {
        chrome.run_in_every_page(AXE).await;
        chrome.show_on(DESK).await;
        for language in &LANGUAGES {
            for path in shipped().one_of_each_kind().into_values() {
                let path = format!("{}{path}", language.folder);
                chrome.open(&server.address(&path)).await;
                chrome.show_on_paper().await;
                let axe = include_str!("examine.js").replace("SCREEN_WIDTH", &DESK.width.to_string());
                let mut faults = texts(&chrome.run(SEEN).await);
                faults.extend(texts(&chrome.run_and_wait(&axe).await));
                // Nobody touches paper.
                let faults = faults.into_iter().filter(|fault| !fault.starts_with("axe target-size"));
                faults.for_each(|fault| findings.add(&path, fault));
            }
        }
    })
    .await;
    findings.assert_none();
}
