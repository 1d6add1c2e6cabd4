//! What one uses with a customer waiting, in a browser: the cue picker, the sentences, what follows when something goes
//! wrong; and what is new for a reader who comes back. In three languages, from a server and from disk, with and without
//! scripts.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::chrome::{Chrome, Colours, Screen, Scripts, browse};
use crate::server::Server;
use crate::site::{LANGUAGES, shipped};
use crate::{AXE, DESK, PHONE, faults_on_screen, from_disk, texts};

const TAB: &str = "\u{e004}";
const SPACE: &str = " ";

/// Waits until a script in the page gives something that counts as true, and gives it; after five seconds what it gave last.
async fn await_true(chrome: &Chrome, script: &str) -> Value {
    let whole = format!(
        "const done = arguments[arguments.length - 1];
         const look = () => {{ {script} }};
         const turn = (left) => {{ const found = look(); found || !left ? done(found) : setTimeout(turn, 20, left - 1); }};
         turn(250);"
    );
    chrome.run_and_wait(&whole).await
}

/// Sets a field of a form as a reader does.
async fn set(chrome: &Chrome, name: &str, value: &str) {
    let script = format!(
        "const field = document.querySelector('main form').elements[{}]; field.value = {};
         for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, {{ bubbles: true }}));",
        json!(name),
        json!(value)
    );
    chrome.run(&script).await;
}

/// Ticks the first two cues of a playbook on the list of playbooks.
const TICK: &str = "
    const book = [...document.querySelectorAll('.books > li')].find(row => row.querySelector('a').href.endsWith('angry.html'));
    const wanted = [...book.querySelectorAll('ul > li')].slice(0, 2).map(cue => cue.textContent);
    for (const label of document.querySelectorAll('.check label')) {
        if (wanted.includes(label.textContent.trim())) label.click();
    }";

#[tokio::test]
async fn ticked_cues_bring_their_playbook_to_the_top_in_every_language() {
    let server = Server::start(&shipped().folder);
    browse(async |chrome| {
        for language in &LANGUAGES {
            chrome.open(&server.address(&format!("{}playbooks/index.html", language.folder))).await;
            chrome.run(TICK).await;
            let best = chrome.run("const link = document.querySelector('.best a'); return [link.href, link.querySelector('small').textContent]").await;
            let best = texts(&best);
            assert!(best[0].ends_with("playbooks/angry.html") && best[1].contains('2'), "{}: {best:?}", language.tag);
            let first = chrome.run("return document.querySelector('.books a').href").await;
            assert_eq!(first.as_str(), Some(best[0].as_str()), "{}", language.tag);
            chrome.click("form.cues [type=reset]").await;
            assert!(await_true(chrome, "return !document.querySelector('.best a')").await == true, "{}", language.tag);
        }
    })
    .await;
}

#[tokio::test]
async fn cues_are_found_and_ticked_by_keyboard_alone() {
    browse(async |chrome| {
        chrome.show_on(PHONE).await;
        chrome.open(&from_disk("playbooks/index.html")).await;
        chrome.run("document.querySelector('#cue').focus()").await;
        chrome.press("fast and loud").await;
        chrome.press(TAB).await;
        // Some browsers stop at a box that scrolls.
        if chrome.run("return document.activeElement.type").await != "checkbox" {
            chrome.press(TAB).await;
        }
        chrome.press(SPACE).await;
        let best = chrome.run("return document.querySelector('.best a')?.href ?? ''").await;
        assert!(best.as_str().is_some_and(|best| best.ends_with("angry.html")), "{best}");
    })
    .await;
}

#[tokio::test]
async fn picker_of_the_home_page_brings_its_cues_when_it_is_opened_also_from_disk() {
    browse(async |chrome| {
        for language in &LANGUAGES {
            chrome.open(&from_disk(&format!("{}index.html", language.folder))).await;
            assert_eq!(chrome.run("return document.querySelectorAll('form.cues li').length").await, 0);
            chrome.click("details[data-script*=cues] > summary").await;
            let found = await_true(chrome, "return document.querySelectorAll('form.cues .check li').length > 10").await;
            assert_eq!(found, true, "{}", language.tag);
            chrome.run("document.querySelector('form.cues .check label').click()").await;
            let best = chrome.run("return document.querySelector('.best a').getAttribute('href')").await;
            assert!(best.as_str().is_some_and(|best| best.starts_with("playbooks/")), "{best}");
            chrome.click(".best a").await;
            assert!(chrome.address().await.contains(&format!("{}playbooks/", language.folder)));
        }
    })
    .await;
}

#[tokio::test]
async fn without_scripts_cues_sentences_and_remedies_can_be_read() {
    let server = Server::start(&shipped().folder);
    browse(async |chrome| {
        chrome.allow(Scripts::Off).await;
        for language in &LANGUAGES {
            let count = async |page: &str, selector: &str| {
                chrome.open(&server.address(&format!("{}{page}", language.folder))).await;
                let script = format!(
                    "return [...document.querySelectorAll(\"{selector}\")].filter(it => it.checkVisibility()).length"
                );
                chrome.run(&script).await.as_u64().unwrap_or_default()
            };
            assert!(count("playbooks/index.html", ".books ul > li").await > 20, "{}", language.tag);
            assert!(count("phrases.html", ".say > li").await > 50, "{}", language.tag);
            assert!(count("recovery.html", ".case dd.now a").await > 10, "{}", language.tag);
            assert_eq!(count("recovery.html", "form.ask").await, 0, "{}", language.tag);
        }
    })
    .await;
}

#[tokio::test]
async fn sentences_are_narrowed_by_words_and_say_which_are_not_to_be_said() {
    let server = Server::start(&shipped().folder);
    browse(async |chrome| {
        for (language, word) in LANGUAGES.iter().zip(["calm", "beruhigen", "冷静"]) {
            chrome.open(&server.address(&format!("{}phrases.html", language.folder))).await;
            let script = format!("const box = document.querySelector('#filter'); box.value = {}; box.dispatchEvent(new Event('input'))", json!(word));
            chrome.run(&script).await;
            let shown = texts(&chrome.run("return [...document.querySelectorAll('main .part li')].filter(it => it.checkVisibility()).map(it => it.textContent)").await);
            assert!((1..12).contains(&shown.len()), "{}: {shown:?}", language.tag);
            assert!(shown.iter().all(|it| it.to_lowercase().contains(word)), "{}: {shown:?}", language.tag);
            let status = chrome.run("return document.querySelector('.none').textContent").await;
            assert!(status.as_str().is_some_and(|it| it.contains(&shown.len().to_string())), "{status}");
            let unmarked = chrome.run("return document.querySelectorAll('.say > .not:not(:has(b))').length").await;
            assert_eq!(unmarked, 0, "{}", language.tag);
        }
    })
    .await;
}

#[tokio::test]
async fn sentence_is_copied_with_a_button_that_says_which() {
    let server = Server::start(&shipped().folder);
    browse(async |chrome| {
        chrome.open(&server.address("phrases.html")).await;
        chrome.run("navigator.clipboard.writeText = async (text) => { window.copied = text; }").await;
        chrome.click(".copies button").await;
        assert_eq!(await_true(chrome, "return document.querySelector('.none').textContent === 'Copied'").await, true);
        let told = chrome.run("const row = document.querySelector('.copies'); return [window.copied, row.textContent, row.querySelector('button').getAttribute('aria-label')]").await;
        let told = texts(&told);
        assert_eq!(told[0], told[1]);
        assert_eq!(told[2], format!("Copy sentence: {}", told[1]));
    })
    .await;
}

/// The promise of at most 90 EUR for a late repair.
const LATE: &str = "repair/in-warranty/ten-days-or-free";

#[tokio::test]
async fn who_may_grant_follows_from_the_amount_and_from_the_reader_s_role_which_is_kept() {
    let server = Server::start(&shipped().folder);
    let now = "return document.querySelector('.case:not([hidden]) .now').textContent";
    browse(async |chrome| {
        for language in &LANGUAGES {
            let page = server.address(&format!("{}recovery.html", language.folder));
            chrome.open(&page).await;
            set(chrome, "case", LATE).await;
            set(chrome, "role", "").await;
            assert_eq!(chrome.run("return document.querySelectorAll('.case:not([hidden])').length").await, 1);
            set(chrome, "amount", "90").await;
            let lowest = texts(&chrome.run("return [document.querySelector('.case:not([hidden]) .now a').href]").await);
            assert!(lowest[0].ends_with("roles/service-desk.html"), "{lowest:?}");
            set(chrome, "role", "technician").await;
            let lead = texts(&chrome.run("return [document.querySelector('.case:not([hidden]) .now a').href]").await);
            assert!(lead[0].ends_with("roles/shift-lead.html"), "whom the technician reports to: {lead:?}");
            set(chrome, "amount", "20").await;
            assert_eq!(chrome.run("return document.querySelector('.case:not([hidden]) .now a')").await, Value::Null);
            set(chrome, "amount", "9000").await;
            let nobody = chrome.run(now).await;
            let expected = ["No role", "keine Rolle", "没有哪个岗位"];
            assert!(expected.iter().any(|it| nobody.as_str().unwrap_or_default().contains(it)), "{nobody}");
            chrome.open(&page).await;
            assert_eq!(chrome.run("return document.querySelector('[name=role]').value").await, "technician");
        }
    })
    .await;
}

/// What the answer to a choice says, and which cases it leaves.
const ANSWERED: &str = "
    const shown = [...document.querySelectorAll('.case')].filter((it) => it.checkVisibility()).map((it) => it.id);
    return [document.querySelector('.answer').innerText, ...shown]";

#[tokio::test]
async fn the_customers_words_lead_to_what_may_be_offered_now_and_to_what_to_say() {
    let server = Server::start(&shipped().folder);
    browse(async |chrome| {
        chrome.show_on(PHONE).await;
        for (language, say) in LANGUAGES.iter().zip(["I am sorry", "tut mir leid", "对不起"]) {
            chrome.open(&server.address(&format!("{}index.html", language.folder))).await;
            chrome.click(".quick a[href$='recovery.html']").await;
            let first = chrome.run("return document.querySelector('[name=case] optgroup').children.length").await;
            assert!(first.as_u64() > Some(10), "{}: {first}", language.tag);
            set(chrome, "role", "phone-desk").await;
            set(chrome, "case", "says-parcel-missing").await;
            let told = texts(&chrome.run(ANSWERED).await);
            assert_eq!(told[1..], ["parts/parcel-or-again"], "{}", language.tag);
            assert!(told[0].contains("60") && told[0].contains(say), "{}: {}", language.tag, told[0]);
            set(chrome, "role", "driver").await;
            assert!(
                chrome.run("return document.querySelector('.answer a[href*=\"roles/shift-lead\"]') !== null").await
                    == true
            );

            // Nothing is promised for a lost accessory: the driver's own right, and who may give more.
            set(chrome, "case", "says-lost-part").await;
            let told = texts(&chrome.run(ANSWERED).await);
            assert!(told.len() > 1 && told[0].contains("20") && told[0].contains("250"), "{}: {told:?}", language.tag);
        }
    })
    .await;
}

#[tokio::test]
async fn every_annoyance_leads_to_a_case_with_a_choice_by_its_address_and_without_scripts() {
    let lost = "return [...document.querySelectorAll('.says a')].filter((it) => !document.getElementById(decodeURIComponent(it.hash.slice(1)))).length";
    browse(async |chrome| {
        for language in &LANGUAGES {
            let page = from_disk(&format!("{}recovery.html", language.folder));
            chrome.open(&page).await;
            let ids = texts(
                &chrome
                    .run("return [...document.querySelectorAll('[name=case] [data-cases]')].map((it) => it.value)")
                    .await,
            );
            for id in ids {
                chrome.run(&format!("location.hash = {}", json!(id))).await;
                let script = format!("return document.querySelector('[name=case]').value === {}", json!(id));
                assert_eq!(await_true(chrome, &script).await, true, "{}: {id}", language.tag);
                assert!(texts(&chrome.run(ANSWERED).await).len() > 1, "{}: {id}", language.tag);
            }
        }
        chrome.allow(Scripts::Off).await;
        for language in &LANGUAGES {
            chrome.open(&from_disk(&format!("{}recovery.html", language.folder))).await;
            assert_eq!(chrome.run(lost).await, 0, "{}", language.tag);
            let seen = chrome
                .run("return [...document.querySelectorAll('.says li')].filter((it) => it.checkVisibility()).length")
                .await;
            assert!(seen.as_u64() > Some(10), "{}: {seen}", language.tag);
        }
    })
    .await;
}

#[tokio::test]
async fn where_no_cue_has_the_words_that_is_said() {
    browse(async |chrome| {
        for (language, words) in LANGUAGES.iter().zip(["No cue found", "Kein Anzeichen gefunden", "没有找到"]) {
            chrome.open(&from_disk(&format!("{}playbooks/index.html", language.folder))).await;
            let search = |text: &str| {
                format!(
                    "const box = document.querySelector('#cue'); box.value = {}; box.dispatchEvent(new Event('input'));
                     return [document.querySelector('.cues .none').textContent, String(document.querySelector('.cues .check').hidden)]",
                    json!(text)
                )
            };
            let told = texts(&chrome.run(&search("xyzzy")).await);
            assert!(told[0].starts_with(words) && told[1] == "true", "{}: {told:?}", language.tag);
            assert_eq!(texts(&chrome.run(&search("")).await), ["", "false"], "{}", language.tag);
        }
    })
    .await;
}

#[tokio::test]
async fn pages_of_the_desk_are_sound_while_they_are_used() {
    let server = Server::start(&shipped().folder);
    browse(async |chrome| {
        chrome.run_in_every_page(AXE).await;
        for (page, act) in [
            ("playbooks/index.html", TICK),
            ("recovery.html", "const form = document.querySelector('.ask'); form.elements.case.selectedIndex = 2; form.elements.role.selectedIndex = 2; form.dispatchEvent(new Event('input'))"),
            ("phrases.html", "document.querySelector('.copies button').focus()"),
        ] {
            chrome.show_on(PHONE).await;
            chrome.open(&server.address(page)).await;
            chrome.run(act).await;
            for screen in [PHONE, Screen { colours: Colours::Dark, ..PHONE }, DESK, Screen { colours: Colours::Dark, ..DESK }] {
                chrome.show_on(screen).await;
                chrome.take_picture(&format!("desk-{}-{}-{:?}", &page[..4], screen.width, screen.colours).to_lowercase()).await;
                assert_eq!(faults_on_screen(chrome, screen).await, Vec::<String>::new(), "{page} {screen:?}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn an_earlier_address_leads_to_the_same_place_of_the_page_and_without_scripts_to_the_page() {
    let server = Server::start(&shipped().folder);
    browse(async |chrome| {
        for (scripts, ends) in [(Scripts::On, "/in-warranty.html#turnaround"), (Scripts::Off, "/in-warranty.html")] {
            chrome.allow(scripts).await;
            chrome.open(&server.address("de/services/repair/guarantee.html#turnaround")).await;
            for _ in 0..50 {
                if chrome.address().await.contains("in-warranty") {
                    break;
                }
                tokio::time::sleep(std::time::Duration::from_millis(100)).await;
            }
            let address = chrome.address().await;
            assert!(address.contains("/de/services/") && address.ends_with(ends), "{scripts:?}: {address}");
        }
    })
    .await;
}

/// A copy of the shipped handbook that is changed and built again into the same folder.
struct Changing {
    folder: TempDir,
}

impl Changing {
    fn new() -> Self {
        let changing = Self { folder: TempDir::new().expect("a folder for temporary files can be made") };
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"), &changing.folder.path().join("content"));
        changing.build();
        changing
    }

    fn build(&self) {
        let mut program = Command::new(env!("CARGO_BIN_EXE_pledgebook"));
        let program = program.env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"));
        let built = program.arg("--root").arg(self.folder.path()).args(["--today", "2026-11-21", "build"]).output();
        let built = built.expect("the program has been built");
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    }

    fn replace(&self, path: &str, from: &str, to: &str) {
        let path = self.folder.path().join("content").join(path);
        let text = fs::read_to_string(&path).expect("the file is there");
        assert!(text.contains(from), "{} has no `{from}`", path.display());
        fs::write(&path, text.replacen(from, to, 1)).expect("the file can be written");
        self.build();
    }

    fn public(&self) -> std::path::PathBuf {
        self.folder.path().join("public")
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("a folder can be read").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a file can be copied");
        }
    }
}

const NOTE: &str = "return document.querySelector('main section.notice')?.textContent ?? ''";
const SHEET: &str = "services/repair/in-warranty.html";

#[tokio::test]
async fn changes_of_what_was_seen_are_told_with_the_old_value_until_they_are_marked_as_seen() {
    let handbook = Changing::new();
    let server = Server::start(&handbook.public());
    browse(async |chrome| {
        for language in &LANGUAGES {
            chrome.open(&server.address(&format!("{}index.html", language.folder))).await;
            assert_eq!(chrome.run("return document.querySelector('.news').hidden").await, true, "nothing was seen yet");
            chrome.run("localStorage.clear()").await;
            let page = server.address(&format!("{}{SHEET}", language.folder));
            chrome.open(&page).await;
            assert_eq!(chrome.run(NOTE).await, "", "the first visit");
            let (from, to) = if language.tag == "de" { ("8", "10") } else { ("10", "8") };
            let limits = [from, to].map(|days| format!("limit: {days} business days"));
            handbook.replace("services/repair/in-warranty.md", &limits[0], &limits[1]);
            chrome.open(&page).await;
            let told = await_true(chrome, NOTE).await;
            let told = told.as_str().unwrap_or_default();
            assert!(told.contains(from) && told.contains(to), "{}: {told}", language.tag);

            chrome.open(&server.address(&format!("{}index.html", language.folder))).await;
            assert_eq!(await_true(chrome, "return !document.querySelector('.news').hidden").await, true);
            let rows = texts(&chrome.run("return [...document.querySelectorAll('.news a')].map(it => it.href)").await);
            assert_eq!(rows, [page.as_str()], "{}", language.tag);
            chrome.click(".news button").await;
            chrome.open(&page).await;
            assert_eq!(chrome.run(NOTE).await, "", "{}: marked as seen", language.tag);
        }
    })
    .await;
}

#[tokio::test]
async fn wording_is_no_news_and_storage_that_is_blocked_or_broken_breaks_nothing() {
    let handbook = Changing::new();
    let server = Server::start(&handbook.public());
    browse(async |chrome| {
        let page = server.address(SHEET);
        chrome.open(&page).await;
        handbook.replace("services/repair/in-warranty.md", "title: Turnaround", "title: How long it takes");
        chrome.open(&page).await;
        chrome.open(&server.address("index.html")).await;
        assert_eq!(chrome.run("return document.querySelector('.news').hidden").await, true);

        chrome.run("for (const key of Object.keys(localStorage)) localStorage.setItem(key, '{\"at\": 1')").await;
        for path in [SHEET, "index.html", "recovery.html"] {
            chrome.open(&server.address(path)).await;
        }
        let blocked = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })";
        chrome.run_in_every_page(blocked).await;
        for path in [SHEET, "index.html", "recovery.html"] {
            chrome.open(&server.address(path)).await;
            assert_eq!(chrome.run(NOTE).await, "", "{path}");
        }
        assert_eq!(chrome.take_console_errors().await, Vec::<String>::new());
    })
    .await;
}
