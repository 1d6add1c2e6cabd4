//! The copy for times without a connection: kept after the first visit, dated when it is shown, replaced when there is a newer
//! edition, and in nobody's way where there can be none.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::chrome::{Chrome, browse};
use crate::server::{Answers, Server};
use crate::site::{LANGUAGES, shipped};
use crate::{PHONE, from_disk};

/// What a reader in each language sees of the day on which the site was built.
const DAYS: [&str; 3] = ["21 November 2026", "21. November 2026", "2026年11月21日"];

/// Waits until a condition holds, an expression that may wait itself; answers whether it came to hold within ten seconds.
async fn comes_true(chrome: &Chrome, condition: &str) -> bool {
    let script = format!(
        "const done = arguments[arguments.length - 1];
         (async () => {{
           for (let turn = 0; turn < 200; turn++) {{
             if (await ({condition})) return true;
             await new Promise((on) => setTimeout(on, 50));
           }}
           return false;
         }})().then(done, (error) => done(String(error)))"
    );
    chrome.run_and_wait(&script).await == Value::Bool(true)
}

/// Tells how many copies a browser holds in a language.
fn copies(tag: &str) -> String {
    format!(
        "(async () => {{ let all = 0; for (const name of await caches.keys()) \
         if (name.endsWith(' {tag}') && (await (await caches.open(name)).keys()).length) all++; return all }})()"
    )
}

async fn visit(chrome: &Chrome, server: &Server, path: &str, tag: &str) {
    chrome.open(&server.address(path)).await;
    assert!(comes_true(chrome, &format!("{}.then((all) => all === 1)", copies(tag))).await, "no copy in {tag}");
}

const NOTICE: &str = "return document.querySelector('main > .edition')?.innerText ?? ''";

async fn notice(chrome: &Chrome) -> String {
    chrome.run(NOTICE).await.as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn every_page_of_a_language_is_there_without_a_connection_and_names_the_day_of_the_copy() {
    for (language, day) in LANGUAGES.iter().zip(DAYS) {
        let server = Server::start(&shipped().folder);
        browse(async |chrome| {
            chrome.show_on(PHONE).await;
            visit(chrome, &server, &format!("{}index.html", language.folder), language.tag).await;
            assert_eq!(notice(chrome).await, "", "a page from the network is no copy");
            server.set(Answers::Never);
            for (kind, path) in shipped().one_of_each_kind() {
                if ["404", "cards/*", "binders/*"].contains(&kind.as_str()) {
                    continue;
                }
                chrome.open(&server.address(&format!("{}{path}", language.folder))).await;
                assert!(notice(chrome).await.contains(day), "{path}: {}", notice(chrome).await);
                let looks = "const style = getComputedStyle(document.body);
                    return [document.documentElement.lang, style.display, document.querySelectorAll('[data-tone][aria-pressed=true]').length]";
                let looks = chrome.run(looks).await;
                assert_eq!(looks, serde_json::json!([language.tag, "flex", 1]), "{path} lacks its style or its script");
            }
            chrome.open(&server.address(language.folder)).await;
            assert!(notice(chrome).await.contains(day), "a folder means its first page");
            chrome.open(&server.address(&format!("{}services/nothing.html", language.folder))).await;
            assert!(chrome.address().await.ends_with(&format!("{}offline.html", language.folder)));
        })
        .await;
    }
}

#[tokio::test]
async fn a_network_that_keeps_readers_waiting_gives_way_to_the_copy_and_its_notice() {
    let server = Server::start(&shipped().folder);
    browse(async |chrome| {
        visit(chrome, &server, "index.html", "en").await;
        server.set(Answers::After(6_000));
        chrome.open(&server.address("hours.html")).await;
        assert!(notice(chrome).await.contains(DAYS[0]));
        server.set(Answers::Now);
        chrome.click("main > .edition a").await;
        assert!(comes_true(chrome, "!document.querySelector('main > .edition')").await, "the way back to the network");
    })
    .await;
}

/// Builds a handbook on a day.
fn build(root: &Path, out: &Path, today: &str) {
    let output = Command::new(env!("CARGO_BIN_EXE_pledgebook"))
        .env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"))
        .args(["--today", today, "--root"])
        .arg(root)
        .args(["build", "--out"])
        .arg(out)
        .output()
        .expect("the program has been built");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

/// Writes a handbook that its test changes.
fn handbook(folder: &TempDir) -> PathBuf {
    let book = folder.path().join("book");
    for (path, text) in [
        ("handbook.yaml", "title: Care\nlanguages: [en]\n"),
        ("pages/about.md", "---\ntitle: About\nkind: guide\n---\n# About\n\nUs.\n"),
    ] {
        let path = book.join("content").join(path);
        fs::create_dir_all(path.parent().expect("every file lies in a folder")).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }
    book
}

#[tokio::test]
async fn a_newer_edition_is_offered_and_loaded_only_when_its_reader_asks() {
    let folder = TempDir::new().expect("a folder for temporary files can be made");
    let (book, out) = (handbook(&folder), folder.path().join("site"));
    build(&book, &out, "2026-11-21");
    let server = Server::start(&out);
    let update = "navigator.serviceWorker.ready.then((one) => one.update()).then(() => true)";
    browse(async |chrome| {
        visit(chrome, &server, "index.html", "en").await;
        chrome.run("window.before = true").await;
        build(&book, &out, "2026-11-22");
        assert!(comes_true(chrome, update).await);
        let day = "caches.keys().then(async (all) => { for (const name of all) for (const one of await (await caches.open(name)).matchAll()) \
                   if ((await one.text()).includes('22 November')) return true })";
        assert!(comes_true(chrome, day).await, "the copy is made anew");
        assert_eq!(notice(chrome).await, "", "a new day alone is no newer edition");
        let settings = book.join("content/handbook.yaml");
        let text = fs::read_to_string(&settings).expect("a new handbook has settings");
        fs::write(&settings, format!("{text}# a change\n")).expect("a new handbook can be changed");
        build(&book, &out, "2026-11-23");
        assert!(comes_true(chrome, update).await);
        assert!(comes_true(chrome, "document.querySelector('main > .newer button')").await, "it is offered");
        assert!(comes_true(chrome, &format!("{}.then((all) => all === 1)", copies("en"))).await, "the older copy goes");
        assert_eq!(chrome.run("return window.before").await, Value::Bool(true), "no page is loaded by itself");
        chrome.click("main > .newer button").await;
        assert!(comes_true(chrome, "!window.before && !document.querySelector('.newer')").await, "it is loaded");
    })
    .await;
}

#[tokio::test]
async fn where_no_copy_can_be_kept_nothing_else_is_missing() {
    let server = Server::start(&shipped().folder);
    browse(async |chrome| {
        let blocked = "if (self.navigator.serviceWorker) navigator.serviceWorker.register = () => Promise.reject(new Error('blocked'))";
        chrome.open(&from_disk("index.html")).await;
        assert_eq!(chrome.take_console_errors().await, Vec::<String>::new(), "from disk");
        chrome.run_in_every_page(blocked).await;
        chrome.open(&server.address("index.html")).await;
        assert!(comes_true(chrome, "document.readyState === 'complete'").await);
        assert_eq!(chrome.run("return document.querySelectorAll('[aria-pressed=true]').length").await, 1);
        assert_eq!(chrome.take_console_errors().await, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn a_preview_keeps_no_copy_and_drops_one_that_is_there() {
    let site = TempDir::new().expect("a folder for temporary files can be made");
    let book = handbook(&site);
    let out = site.path().join("site");
    build(&book, &out, "2026-11-21");
    let server = Server::start(&out);
    browse(async |chrome| {
        visit(chrome, &server, "index.html", "en").await;
        let page = fs::read_to_string(out.join("hours.html")).expect("every handbook has this page");
        let marked = page.replace("</body>", "<script src=\"/_pledgebook/reload.js\" defer></script></body>");
        fs::write(out.join("hours.html"), marked).expect("a built page can be changed");
        chrome.open(&server.address("hours.html")).await;
        assert!(comes_true(chrome, "navigator.serviceWorker.getRegistrations().then((all) => all.length === 0)").await);
    })
    .await;
}
