//! Ticks in a browser that keeps nothing, has no room left, or kept what cannot be read; and task lists in prose.

use serde_json::json;

use crate::chrome::browse;
use crate::runs::{open, run, ticked, words};
use crate::server::Server;
use crate::site::{LANGUAGES, shipped};
use crate::{from_disk, texts};

const LIST: &str = "checklists/intake.html";
const PROSE: &str = "pages/cases/television.html";

/// A browser whose owner has forbidden all storage.
const FORBIDDEN: &str = "Object.defineProperty(window, 'localStorage', {
    get() { throw new DOMException('not allowed', 'SecurityError'); } })";
const FULL: &str = "Storage.prototype.setItem = () => { throw new DOMException('no room', 'QuotaExceededError'); };";

#[tokio::test]
async fn a_browser_that_keeps_nothing_still_ticks_and_says_so() {
    let server = Server::start(&shipped().folder);
    browse(async |chrome| {
        chrome.run_in_every_page(FORBIDDEN).await;
        for (language, says) in LANGUAGES.iter().zip(["keeps no ticks", "behält keine Häkchen", "无法保存勾选"])
        {
            for page in [LIST, PROSE] {
                open(chrome, &server.address(&format!("{}{page}", language.folder))).await;
                let script = "many('[data-item]')[1].click(); await turn(100); return ticked().length + text('main')";
                let told = words(chrome, script).await;
                assert!(told.starts_with('1') && told.contains(says), "{page}: {told}");
                assert_eq!(chrome.take_console_errors().await, [""; 0], "{page}");
            }
        }
        open(chrome, &server.address(LIST)).await;
        run(chrome, "tick('greeted'); await name('In memory'); await act('new'); tick('own-words')").await;
        run(chrome, "one('.runs').open = true; one('.runs a').click(); await turn(100)").await;
        assert_eq!(ticked(chrome).await, ["greeted"], "runs in memory are as good while the page is open");
        let link = words(chrome, "return copied('share')").await;
        assert!(link.contains("name=In+memory"), "a link can be made of it: {link}");
    })
    .await;
}

#[tokio::test]
async fn storage_that_is_full_is_told_and_loses_nothing_on_the_page() {
    let server = Server::start(&shipped().folder);
    browse(async |chrome| {
        open(chrome, &server.address(LIST)).await;
        run(chrome, "tick('greeted')").await;
        run(chrome, FULL).await;
        let told = words(chrome, "tick('own-words'); await turn(); return said() + ticked().length").await;
        assert!(told.contains("storage of this browser is full") && told.ends_with('2'), "{told}");
        chrome.run("location.reload()").await;
        assert_eq!(ticked(chrome).await, ["greeted"], "what was kept before is still there");
        assert_eq!(run(chrome, "return text('.trouble')").await, "");
        assert_eq!(chrome.take_console_errors().await, [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn a_record_that_cannot_be_read_is_told_and_can_be_deleted() {
    let server = Server::start(&shipped().folder);
    let times = r#""used":9e12,"changed":1"#;
    let records = [
        "{".to_owned(),
        "[]".to_owned(),
        "7".to_owned(),
        r#"{"list":"intake"}"#.to_owned(),
        format!(r#"{{"list":"intake","ticks":null,{times}}}"#),
        format!(r#"{{"list":"intake","title":"x","name":"y","ticks":{{"a":7}},"known":{{}},{times}}}"#),
        format!(r#"{{"list":"intake","title":"x","name":5,"ticks":{{}},"known":{{}},{times}}}"#),
        format!(r#"{{"list":"intake","title":"x","name":"y","ticks":{{}},"known":{{"a":[]}},{times}}}"#),
        format!(r#"{{"list":"intake","title":"x","name":"y","ticks":{{}},"known":{{}},"due":[7],{times}}}"#),
    ];
    browse(async |chrome| {
        for record in records {
            open(chrome, &server.address(LIST)).await;
            let spoil =
                format!("tick('own-words'); localStorage.setItem(kept()[0][0], {}); location.reload()", json!(record));
            run(chrome, &spoil).await;
            let told = words(
                chrome,
                "await until(() => one('.runs:not([hidden])')); one('.runs').open = true; return text('.runs')",
            );
            let told = told.await;
            assert!(told.contains("1 kept run cannot be read"), "{record}: {told}");
            run(chrome, "await act('new'); tick('greeted')").await;
            assert_eq!(ticked(chrome).await, ["greeted"], "{record}");
            open(chrome, &server.address("index.html")).await;
            let list = words(chrome, "await until(() => one('[data-runs] button')); return text('[data-runs]')").await;
            assert!(list.contains("cannot be read") && list.contains("1 of 11"), "{record}: {list}");
            run(chrome, "await press('Delete what cannot be read')").await;
            assert_eq!(run(chrome, "return kept().length").await, 1, "{record}: the other run stays");
            assert_eq!(chrome.take_console_errors().await, [""; 0], "{record}");
            chrome.run("localStorage.clear()").await;
        }
    })
    .await;
}

#[tokio::test]
async fn tasks_in_prose_stay_ticked_page_by_page_and_are_cleared() {
    let server = Server::start(&shipped().folder);
    browse(async |chrome| {
        for language in &LANGUAGES {
            for page in [PROSE, "services/repair/in-warranty.html"] {
                let page = format!("{}{page}", language.folder);
                for address in [server.address(&page), from_disk(&page)] {
                    open(chrome, &address).await;
                    let told = run(
                        chrome,
                        "for (const part of many('details')) part.open = true; await turn(100);
                            many('[data-item]')[0].click(); many('[data-item]')[2].click();
                        return [ticked().join(' '), text('.kept')]",
                    )
                    .await;
                    let told = texts(&told);
                    assert!(told[1].contains('2'), "{address}: {told:?}");
                    chrome.run("location.reload()").await;
                    assert_eq!(ticked(chrome).await.join(" "), told[0], "{address}");
                    open(chrome, &address).await;
                    run(chrome, "one('.kept button').click(); await turn()").await;
                    assert_eq!(ticked(chrome).await, [""; 0], "{address}");
                    run(chrome, "one('.kept button').click(); await turn()").await;
                    assert_eq!(ticked(chrome).await.join(" "), told[0], "{address}: undone");
                    run(chrome, "one('.kept button').click(); location.reload()").await;
                    assert_eq!(ticked(chrome).await, [""; 0], "{address}");
                    assert_eq!(chrome.take_console_errors().await, [""; 0], "{address}");
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn ticks_of_a_page_that_cannot_be_read_are_told_and_ticked_again() {
    let server = Server::start(&shipped().folder);
    browse(async |chrome| {
        open(chrome, &server.address(PROSE)).await;
        run(chrome, "many('[data-item]')[0].click(); localStorage.setItem(kept()[0][0], '{'); location.reload()").await;
        let told = words(chrome, "await until(said); return said()").await;
        assert!(told.contains("cannot be read any more"), "{told}");
        run(chrome, "many('[data-item]')[1].click(); location.reload()").await;
        assert_eq!(ticked(chrome).await.len(), 1);
        assert_eq!(words(chrome, "return said()").await, "");
    })
    .await;
}

#[tokio::test]
async fn tasks_in_the_prose_of_a_checklist_belong_to_its_run() {
    let server = Server::start(&shipped().folder);
    browse(async |chrome| {
        open(chrome, &server.address("checklists/opening.html")).await;
        let script = "one('.tasks [data-item]').click(); await turn(); return text('.tally')";
        assert!(words(chrome, script).await.contains("0 of 9 done"), "they are no items");
        chrome.run("location.reload()").await;
        assert_eq!(ticked(chrome).await.len(), 1);
        run(chrome, "await act('new')").await;
        assert_eq!(ticked(chrome).await, [""; 0], "another run has its own");
    })
    .await;
}

#[tokio::test]
async fn two_handbooks_at_one_address_do_not_see_each_other_s_runs() {
    let server = Server::start(&shipped().folder);
    browse(async |chrome| {
        open(chrome, &server.address(LIST)).await;
        run(chrome, "tick('greeted')").await;
        let moved = "for (const [key, run] of kept()) {
              localStorage.removeItem(key); localStorage.setItem(key.replace('/handbook/', '/another/'), run); }";
        run(chrome, moved).await;
        open(chrome, &server.address(LIST)).await;
        assert_eq!(ticked(chrome).await, [""; 0]);
        open(chrome, &server.address("index.html")).await;
        assert_eq!(run(chrome, "await turn(300); return text('[data-runs]')").await, "");
        assert_eq!(run(chrome, "return kept().length").await, 1, "nor are they deleted");
    })
    .await;
}

#[tokio::test]
async fn the_scripts_are_small() {
    const SIZES: &str = "
        const size = async (path) => {
          const packed = (await fetch(path)).body.pipeThrough(new CompressionStream('gzip'));
          return (await new Response(packed).arrayBuffer()).byteLength;
        };
        return Promise.all(['en', 'de', 'zh'].map((tag) => size(`assets/checklist.${tag}.js`)).concat(size('assets/share.js'), size('assets/site.js')))";
    let server = Server::start(&shipped().folder);
    browse(async |chrome| {
        chrome.open(&server.address("404.html")).await;
        let sizes = run(chrome, SIZES).await;
        let small = sizes.as_array().is_some_and(|sizes| {
            let sizes: Vec<u64> = sizes.iter().filter_map(serde_json::Value::as_u64).collect();
            sizes.len() == 5 && sizes[..3].iter().all(|size| *size <= 6300) && sizes[3] <= 2000 && sizes[4] <= 3000
        });
        assert!(small, "{sizes} bytes; 6,300 with the words of a language, 2,000 and 3,000 are the most");
    })
    .await;
}
