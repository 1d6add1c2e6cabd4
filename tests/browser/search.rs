//! The search as staff use it: what is found, with which keys, from a server and from disk, without scripts, and when files
//! are missing.

use std::fs;
use std::path::Path;

use crate::chrome::{Chrome, Colours, Screen, Scripts, browse};
use crate::findings::Findings;
use crate::server::Server;
use crate::site::{LANGUAGES, shipped};
use crate::{AXE, DESK, PHONE, from_disk, texts};

const DOWN: &str = "\u{e015}";
const UP: &str = "\u{e013}";
const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";

/// What is typed, and the address of what must be found first; in each language ten.
const PLAIN: [(&str, &str, &str); 30] = [
    ("en", "refund", "services/returns.html#refund"),
    ("en", "complaints", "services/complaints.html"),
    ("en", "repair in warranty", "services/repair/in-warranty.html"),
    ("en", "spare parts", "services/parts.html"),
    ("en", "opening the counter", "checklists/opening.html"),
    ("en", "angry customer", "playbooks/angry.html"),
    ("en", "goodwill", "glossary.html#goodwill"),
    ("en", "technician", "roles/technician.html"),
    ("en", "evidence", "evidence.html"),
    ("en", "promise less", "pages/principles/promise-less.html"),
    ("de", "Erstattung", "services/returns.html#refund"),
    ("de", "Beschwerden", "services/complaints.html"),
    ("de", "Reparatur mit Garantie", "services/repair/in-warranty.html"),
    ("de", "Ersatzteile", "services/parts.html"),
    ("de", "Abholung", "services/returns.html#collect"),
    ("de", "Rückgabe", "services/returns.html"),
    ("de", "Kulanz", "glossary.html#goodwill"),
    ("de", "Serviceannahme", "roles/service-desk.html"),
    ("de", "Leihgerät", "glossary.html#loan-appliance"),
    ("de", "Kostenvoranschlag", "glossary.html#estimate"),
    ("zh", "退款", "services/returns.html#refund"),
    ("zh", "投诉", "services/complaints.html"),
    ("zh", "退货", "services/returns.html"),
    ("zh", "善意补偿", "glossary.html#goodwill"),
    ("zh", "服务台", "roles/service-desk.html"),
    ("zh", "维修技师", "roles/technician.html"),
    ("zh", "备用机", "glossary.html#loan-appliance"),
    ("zh", "维修报价", "glossary.html#estimate"),
    ("zh", "维修周期", "glossary.html#turnaround"),
    ("zh", "关键时刻", "glossary.html#moment-of-truth"),
];

/// What is mistyped, inflected, written another way or a part of a word; it must be found among the first three.
const HARD: [(&str, &str, &str); 18] = [
    ("en", "complant", "services/complaints.html"),
    ("en", "refunds", "services/returns.html#refund"),
    ("en", "rfeund", "services/returns.html#refund"),
    ("en", "freebie", "glossary.html#goodwill"),
    ("en", "mplaints", "services/complaints.html"),
    ("en", "goodwil", "glossary.html#goodwill"),
    ("de", "ruckgabe", "services/returns.html"),
    ("de", "Rueckgaben", "services/returns.html"),
    ("de", "Rückerstattung", "services/returns.html#refund"),
    ("de", "Beschwerdn", "services/complaints.html"),
    ("de", "Almosen", "glossary.html#goodwill"),
    ("de", "leihgeraete", "glossary.html#loan-appliance"),
    ("zh", "投訴", "services/complaints.html"),
    ("zh", "服務臺", "roles/service-desk.html"),
    ("zh", "补偿", "glossary.html#goodwill"),
    ("zh", "报价", "glossary.html#estimate"),
    ("zh", "白送", "glossary.html#goodwill"),
    ("zh", "技师", "roles/technician.html"),
];

/// Types into the box as a whole and waits until the list has come to rest; gives where it leads.
async fn found(chrome: &Chrome, query: &str) -> Vec<String> {
    let script = "const [query, done] = [QUERY, arguments[arguments.length - 1]];
        const box = document.querySelector('[data-search]');
        box.focus(); box.value = query; box.dispatchEvent(new InputEvent('input', { bubbles: true }));
        let last = '', since = performance.now();
        const look = () => {
            const state = box.form.querySelector('[role=status]')?.textContent + [...document.querySelectorAll('[role=option]')].map((one) => one.textContent);
            if (state !== last) { last = state; since = performance.now(); }
            if (performance.now() - since < 900) return setTimeout(look, 30);
            done([...document.querySelectorAll('[role=option]')].map((one) => one.dataset.href));
        };
        look();";
    texts(&chrome.run_and_wait(&script.replace("QUERY", &serde_json::json!(query).to_string())).await)
}

async fn must_be_found(queries: &[(&str, &str, &str)], within: usize, address: &dyn Fn(&str) -> String) {
    let mut findings = Findings::default();
    browse(async |chrome| {
        chrome.show_on(DESK).await;
        for (tag, query, wanted) in queries {
            let folder = if *tag == "en" { String::new() } else { format!("{tag}/") };
            chrome.open(&address(&format!("{folder}deadline.html"))).await;
            let hits = found(chrome, query).await;
            let wanted = address(&format!("{folder}{wanted}"));
            if !hits.iter().take(within).any(|hit| *hit == wanted) {
                findings.add(tag, format!("`{query}` finds {:?}", &hits[..hits.len().min(4)]));
            }
        }
        for error in chrome.take_console_errors().await {
            findings.add("console", error);
        }
    })
    .await;
    findings.assert_none();
}

#[tokio::test]
async fn plain_words_find_what_they_name_first() {
    let server = Server::start(&shipped().folder);
    must_be_found(&PLAIN, 1, &|path| server.address(path)).await;
}

#[tokio::test]
async fn mistyped_inflected_and_partial_words_find_it_among_the_first_three() {
    let server = Server::start(&shipped().folder);
    must_be_found(&HARD, 3, &|path| server.address(path)).await;
}

#[tokio::test]
async fn the_search_works_from_disk_in_every_language() {
    let some: Vec<_> = [0, 10, 20].into_iter().map(|at| PLAIN[at]).chain([HARD[0], HARD[8], HARD[12]]).collect();
    must_be_found(&some, 3, &|path| from_disk(path)).await;
}

/// What a reader of the screen and the keyboard knows of the box.
const STATE: &str = "const box = document.activeElement, chosen = document.getElementById(box.getAttribute('aria-activedescendant') ?? '');
    return [box.getAttribute('role') ?? '', box.getAttribute('aria-expanded') ?? '', chosen?.textContent ?? '', chosen?.getAttribute('aria-selected') ?? '', box.value ?? ''];";

async fn wait_for_hits(chrome: &Chrome) {
    chrome.run_and_wait("const done = arguments[arguments.length - 1];
        const look = () => document.querySelector('[role=option]') ? setTimeout(done, 700) : setTimeout(look, 20); look();").await;
}

#[tokio::test]
async fn keys_open_the_box_choose_and_leave() {
    let server = Server::start(&shipped().folder);
    browse(async |chrome| {
        chrome.show_on(DESK).await;
        for language in &LANGUAGES {
            chrome.open(&server.address(&format!("{}services/returns.html", language.folder))).await;
            chrome.press("/").await;
            chrome.press(if language.tag == "zh" { "退款" } else { "re" }).await;
            wait_for_hits(chrome).await;
            chrome.press(DOWN).await;
            let first = texts(&chrome.run(STATE).await);
            assert_eq!(
                (first[0].as_str(), first[1].as_str(), first[3].as_str()),
                ("combobox", "true", "true"),
                "{first:?}"
            );
            chrome.press(DOWN).await;
            let second = texts(&chrome.run(STATE).await);
            assert!(second[2] != first[2] && !second[2].is_empty(), "{second:?}");
            chrome.press(UP).await;
            assert_eq!(texts(&chrome.run(STATE).await)[2], first[2]);
            let told = chrome.run("return document.querySelector('.seek [role=status]').textContent").await;
            assert!(told.as_str().is_some_and(|told| told.chars().any(char::is_numeric)), "{told}");
            chrome.press(ESCAPE).await;
            assert_eq!(texts(&chrome.run(STATE).await)[1], "false", "Esc closes the list");
            let wanted = first[4].clone();
            assert!(!wanted.is_empty(), "Esc keeps what was typed");
            chrome.press(DOWN).await;
            wait_for_hits(chrome).await;
            chrome.press(DOWN).await;
            let leads = chrome.run("return document.querySelector('[aria-selected=true]').dataset.href").await;
            chrome.press(ENTER).await;
            assert_eq!(Some(chrome.address().await.as_str()), leads.as_str());
        }
    })
    .await;
}

#[tokio::test]
async fn the_script_comes_with_the_focus_and_keeps_what_was_typed_before() {
    let server = Server::start(&shipped().folder);
    browse(async |chrome| {
        chrome.show_on(PHONE).await;
        chrome.open(&server.address("services/returns.html")).await;
        let before = chrome.take_requests().await;
        assert!(!before.iter().any(|address| address.contains("search")), "{before:?}");
        chrome.press("/").await;
        chrome.press("refund").await;
        wait_for_hits(chrome).await;
        let width = chrome
            .run(
                "const { left, width } = document.querySelector('.hits').getBoundingClientRect(); return [left, width]",
            )
            .await;
        assert_eq!(width, serde_json::json!([0, 390]), "the list fills the width of a phone");
        let low = chrome
            .run("return [...document.querySelectorAll('[role=option]')].filter((one) => one.offsetHeight < 44).length")
            .await;
        assert_eq!(low, 0, "rows are 44 px at least");
    })
    .await;
}

#[tokio::test]
async fn who_finds_nothing_is_shown_the_way() {
    let server = Server::start(&shipped().folder);
    browse(async |chrome| {
        chrome.show_on(DESK).await;
        for language in &LANGUAGES {
            chrome.open(&server.address(&format!("{}services/returns.html", language.folder))).await;
            assert_eq!(found(chrome, "xyzzyqwv").await, [""; 0]);
            let links = texts(
                &chrome.run("return [...document.querySelectorAll('.hits-note a')].map((one) => one.href)").await,
            );
            let at = |path: &str| server.address(&format!("{}{path}", language.folder));
            assert_eq!(links, [at("a-z.html"), at("services/complaints.html")]);
        }
        chrome.open(&server.address("services/returns.html")).await;
        found(chrome, "complant").await;
        chrome.click(".hits-note button").await;
        assert_eq!(chrome.run("return document.querySelector('#_seek').value").await, "Complaints");
    })
    .await;
}

#[tokio::test]
async fn without_scripts_the_box_leads_to_the_list_of_everything() {
    let server = Server::start(&shipped().folder);
    browse(async |chrome| {
        chrome.show_on(DESK).await;
        chrome.allow(Scripts::Off).await;
        chrome.open(&server.address("services/returns.html")).await;
        chrome.click("#_seek").await;
        chrome.press("refund").await;
        chrome.press(ENTER).await;
        assert_eq!(chrome.address().await, server.address("a-z.html?q=refund"));
    })
    .await;
}

#[tokio::test]
async fn a_missing_file_is_told_in_the_box() {
    let folder = tempfile::tempdir().expect("a folder for temporary files can be made");
    for (path, html) in shipped().pages.iter().filter(|(path, _)| *path == "deadline.html") {
        fs::write(folder.path().join(path), html).expect("a page can be written");
    }
    fs::create_dir(folder.path().join("assets")).expect("a folder can be made");
    for name in ["site.js", "style.css", "search.js", "search-rest.js", "search.css"] {
        let _ = fs::copy(shipped().folder.join("assets").join(name), folder.path().join("assets").join(name));
    }
    let server = Server::start(folder.path());
    browse(async |chrome| {
        chrome.show_on(DESK).await;
        chrome.open(&server.address("deadline.html")).await;
        found(chrome, "refund").await;
        let told = chrome.run("return document.querySelector('.seek').textContent").await;
        assert!(told.as_str().is_some_and(|told| told.contains("The search could not load")), "{told}");
    })
    .await;
}

/// The files of an index as another build would have written them: with another stamp.
fn stamped_anew(folder: &Path) {
    for entry in fs::read_dir(folder).expect("the index is there") {
        let path = entry.expect("the index can be listed").path();
        let text = fs::read_to_string(&path).expect("the index can be read");
        let (before, rest) = text.split_once("\",\"").expect("a file names itself and its stamp");
        let (_, brings) = rest.split_once('"').expect("a stamp ends");
        fs::write(&path, format!("{before}\",\"0123abcd\"{brings}")).expect("the index can be written");
    }
}

#[tokio::test]
async fn a_site_that_is_built_anew_while_a_page_is_open_is_still_searched() {
    let folder = tempfile::tempdir().expect("a folder for temporary files can be made");
    let copy = |from: &Path, to: &Path| {
        fs::create_dir_all(to).expect("a folder can be made");
        for entry in fs::read_dir(from).expect("the site is there").flatten().filter(|entry| entry.path().is_file()) {
            fs::copy(entry.path(), to.join(entry.file_name())).expect("a file can be copied");
        }
    };
    for part in ["", "assets", "search/en"] {
        copy(&shipped().folder.join(part), &folder.path().join(part));
    }
    let server = Server::start(folder.path());
    browse(async |chrome| {
        chrome.show_on(DESK).await;
        chrome.open(&server.address("deadline.html")).await;
        assert!(!found(chrome, "refund").await.is_empty());
        stamped_anew(&folder.path().join("search/en"));
        let hits = found(chrome, "complaints").await;
        assert_eq!(hits.first(), Some(&server.address("services/complaints.html")), "{hits:?}");
    })
    .await;
}

#[tokio::test]
async fn the_open_list_has_no_barriers() {
    let server = Server::start(&shipped().folder);
    let mut findings = Findings::default();
    let screens = [
        PHONE,
        Screen { colours: Colours::Dark, ..PHONE },
        DESK,
        Screen { colours: Colours::Dark, ..DESK },
        Screen { colours: Colours::Forced, ..DESK },
    ];
    browse(async |chrome| {
        chrome.run_in_every_page(AXE).await;
        for language in &LANGUAGES {
            for (page, query) in
                [("services/returns.html", "退款 refund Erstattung"), ("index.html", "退款"), ("index.html", "xyzzy")]
            {
                chrome.show_on(screens[0]).await;
                chrome.open(&server.address(&format!("{}{page}", language.folder))).await;
                let query = if language.tag == "zh" { query } else { query.trim_start_matches("退款 ") };
                for screen in screens {
                    chrome.show_on(screen).await;
                    found(chrome, query).await;
                    let script = include_str!("examine.js").replace("SCREEN_WIDTH", &screen.width.to_string());
                    for fault in texts(&chrome.run_and_wait(&script).await) {
                        findings.add(&format!("{} {page} {query} {screen:?}", language.tag), fault);
                    }
                    chrome
                        .take_picture(
                            &format!(
                                "search-{}-{}-{}-{:?}",
                                language.tag,
                                page.len() + query.len(),
                                screen.width,
                                screen.colours
                            )
                            .to_lowercase(),
                        )
                        .await;
                }
            }
        }
    })
    .await;
    findings.assert_none();
}
