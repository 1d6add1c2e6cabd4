//! Runs of a checklist in a browser: what is ticked stays and is carried over when the list changes; it leaves by a link, as
//! Markdown and as CSV, and goes after its time; on paper it is one sheet.
//!
//! What the page says when the browser keeps nothing, and task lists in prose, are in `ticks`.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::chrome::{Chrome, Colours, Screen, Scripts, browse};
use crate::findings::Findings;
use crate::server::Server;
use crate::site::{LANGUAGES, shipped};
use crate::{AXE, DESK, PHONE, faults_on_screen, from_disk, texts};

/// A list of cases whose items belong to standards of timeliness.
const LIST: &str = "checklists/intake.html";
/// Items of it.
const TWO: [&str; 2] = ["greeted", "own-words"];
const TICK_TWO: &str = "tick('greeted', 'own-words');";

const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";

/// Runs a script with what all of them share, when the page's own script has started.
pub(crate) async fn run(chrome: &Chrome, script: &str) -> Value {
    let shared = include_str!("runs.js");
    let whole = format!(
        "const done = arguments[arguments.length - 1];\n{shared}\n
         (async () => {{ await started(); {script} }})().then(done, (error) => done(String(error)))"
    );
    chrome.run_and_wait(&whole).await
}

/// Opens a page anew, even where only the part behind `#` differs.
pub(crate) async fn open(chrome: &Chrome, address: &str) {
    chrome.open("about:blank").await;
    chrome.open(address).await;
}

/// Gives the items that are ticked.
pub(crate) async fn ticked(chrome: &Chrome) -> Vec<String> {
    texts(&run(chrome, "return ticked()").await)
}

/// Gives what a script returns, as text.
pub(crate) async fn words(chrome: &Chrome, script: &str) -> String {
    run(chrome, script).await.as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn what_is_ticked_is_ticked_after_a_reload_from_a_server_and_from_disk() {
    let server = Server::start(&shipped().folder);
    browse(async |chrome| {
        for language in &LANGUAGES {
            let page = format!("{}{LIST}", language.folder);
            for address in [server.address(&page), from_disk(&page)] {
                open(chrome, &address).await;
                let told = words(chrome, &format!("{TICK_TWO} return text('.tally [role=status]')")).await;
                assert!(told.contains('2') && told.contains("11"), "{address}: {told}");
                chrome.run("location.reload()").await;
                assert_eq!(ticked(chrome).await, TWO, "{address}");
                // Without the part behind `#`, the run that was in use a short while ago is found.
                open(chrome, &address).await;
                assert_eq!(ticked(chrome).await, TWO, "{address}");
                run(chrome, "await act('delete')").await;
                open(chrome, &address).await;
                assert_eq!(ticked(chrome).await, [""; 0], "{address}");
                assert_eq!(chrome.take_console_errors().await, [""; 0], "{address}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_done_before_the_script_is_there_counts_and_nothing_is_loaded_before_that() {
    const SCRIPT: &str = "document.querySelectorAll('script[src*=\"checklist.\"]').length";
    let server = Server::start(&shipped().folder);
    browse(async |chrome| {
        for first in ["[data-item=own-words]", "[data-do=finish]", "[data-do=new]"] {
            open(chrome, &server.address(LIST)).await;
            assert_eq!(chrome.run(&format!("return {SCRIPT}")).await, 0, "a reader who touches nothing");
            chrome.run(&format!("document.querySelector('{first}').click()")).await;
            let wanted = if first.contains("item") { "until(() => ticked().length === 1)" } else { "started()" };
            assert_eq!(run(chrome, &format!("await {wanted}; return {SCRIPT}")).await, 1, "{first}");
            let told = words(chrome, "return said()").await;
            assert_eq!(told.is_empty(), !first.contains("new"), "{first} was pressed: {told}");
            assert_eq!(chrome.take_console_errors().await, [""; 0], "{first}");
            chrome.run("localStorage.clear()").await;
        }
    })
    .await;
}

#[tokio::test]
async fn two_cases_have_a_run_each_and_both_are_listed() {
    let server = Server::start(&shipped().folder);
    browse(async |chrome| {
        open(chrome, &server.address(LIST)).await;
        run(chrome, "tick('greeted'); await name('Case 4711'); await act('new')").await;
        assert_eq!(ticked(chrome).await, [""; 0], "a new run begins without ticks");
        run(chrome, "tick('own-words', 'read-back'); await name('Case 4712')").await;
        let others = words(chrome, "one('.runs').open = true; return text('.runs ul')").await;
        assert!(others.contains("Case 4711") && others.contains("1 of 11") && !others.contains("4712"), "{others}");
        chrome.click(".runs a").await;
        assert_eq!(ticked(chrome).await, ["greeted"]);
        assert_eq!(run(chrome, "return one('.run input').value").await, "Case 4711");
        for (page, titles) in
            [("index.html", "Taking in an appliance"), ("checklists/index.html", "Taking in an appliance")]
        {
            open(chrome, &server.address(page)).await;
            let list = words(chrome, "await until(() => one('[data-runs] a')); return text('[data-runs]')").await;
            assert!(
                list.contains("Case 4711") && list.contains("Case 4712") && list.contains(titles),
                "{page}: {list}"
            );
            assert!(list.contains("2 of 11 done") && list.contains("kept until"), "{page}: {list}");
            chrome.click("[data-runs] a").await;
            assert!(!ticked(chrome).await.is_empty(), "{page}: the link opens the run");
        }
        open(chrome, &server.address("de/index.html")).await;
        let list = words(chrome, "await until(() => one('[data-runs] a')); return text('[data-runs]')").await;
        assert!(list.contains("Ein Gerät annehmen") && list.contains("Case 4712 · 2 von 11 erledigt"), "{list}");
        let title = words(chrome, "return one('[data-runs] a span').firstChild.textContent").await;
        assert_eq!(title, "Ein Gerät annehmen");
    })
    .await;
}

#[tokio::test]
async fn a_reader_without_runs_is_shown_no_list_and_loads_no_script_for_it() {
    let server = Server::start(&shipped().folder);
    browse(async |chrome| {
        for page in ["index.html", "checklists/index.html", "services/delivery.html"] {
            open(chrome, &server.address(page)).await;
            assert_eq!(run(chrome, "await turn(200); return text('[data-runs]')").await, "", "{page}");
            let asked = chrome.take_requests().await;
            assert!(!asked.iter().any(|asked| asked.contains("checklist.")), "{page}: {asked:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_run_keeps_its_name_is_finished_and_opened_again() {
    let server = Server::start(&shipped().folder);
    browse(async |chrome| {
        open(chrome, &server.address(LIST)).await;
        run(chrome, "await name('Mr Wu, fridge'); tick('greeted'); await act('finish')").await;
        let told = words(chrome, "return text('.tally') + said()").await;
        assert!(told.contains("finished ") && told.contains("The run is finished."), "{told}");
        open(chrome, &server.address(LIST)).await;
        assert_eq!(ticked(chrome).await, [""; 0], "a finished run is not gone on with by itself");
        let listed = words(chrome, "one('.runs').open = true; return text('.runs')").await;
        assert!(listed.contains("Mr Wu, fridge") && listed.contains("finished"), "{listed}");
        open(chrome, &server.address("index.html")).await;
        assert_eq!(run(chrome, "await turn(300); return text('[data-runs]')").await, "", "it is no open run");
        open(chrome, &server.address(LIST)).await;
        run(chrome, "one('.runs').open = true").await;
        chrome.click(".runs a").await;
        assert_eq!(ticked(chrome).await, ["greeted"]);
        let told = words(chrome, "tick('own-words'); return text('.tally')").await;
        assert!(told.contains("2 of 11 done"), "who ticks on opens it again: {told}");
    })
    .await;
}

#[tokio::test]
async fn clearing_and_deleting_can_be_undone() {
    let server = Server::start(&shipped().folder);
    browse(async |chrome| {
        open(chrome, &server.address(LIST)).await;
        run(chrome, &format!("await name('Case'); {TICK_TWO}")).await;
        for what in ["clear", "delete"] {
            run(chrome, &format!("await act('{what}')")).await;
            assert_eq!(ticked(chrome).await, [""; 0], "{what}");
            assert!(!words(chrome, "return said()").await.is_empty(), "{what} is told");
            run(chrome, "await press('Undo')").await;
            assert_eq!(ticked(chrome).await, TWO, "{what}");
            chrome.run("location.reload()").await;
            assert_eq!(ticked(chrome).await, TWO, "{what}, undone, is kept");
            assert_eq!(run(chrome, "return one('.run input').value").await, "Case", "{what}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_run_is_carried_over_when_its_list_changes() {
    let work = TempDir::new().expect("a folder for temporary files can be made");
    let build = |items: &str| {
        let list = format!("---\ntitle: Open\nuse: case\nby: desk\nitems:\n{items}---\n");
        for (path, text) in [
            ("handbook.yaml", "title: Corner shop\nlanguages: [en]\n"),
            ("registers/roles.yaml", "desk: {title: Service desk}\n"),
            ("checklists/open.md", &list),
        ] {
            let file = work.path().join("content").join(path);
            fs::create_dir_all(file.parent().expect("a file lies in a folder")).expect("a folder can be made");
            fs::write(file, text).expect("a file can be written");
        }
        made(work.path());
    };
    build("  door: Unlock the door.\n  light: Switch on the light.\n  till: Count the till.\n");
    let server = Server::start(&work.path().join("public"));
    browse(async |chrome| {
        open(chrome, &server.address("checklists/open.html")).await;
        run(chrome, "tick('door', 'till')").await;
        build("  sign: Turn the sign.\n  till: Count all coins in the till.\n  light: Switch on the light.\n");
        chrome.run("location.reload()").await;
        assert_eq!(ticked(chrome).await, ["till"], "a tick belongs to an item and not to its words or its place");
        let told = words(chrome, "return text('.tally')").await;
        assert!(told.contains("1 of 3 done"), "{told}");
        let new = words(chrome, "return many('.new').map((mark) => mark.closest('li').innerText).join()").await;
        assert!(
            new.contains("Turn the sign.") && new.contains("New since you began") && !new.contains("light"),
            "{new}"
        );
        let gone = words(chrome, "return text('.gone')").await;
        assert!(gone.contains("Unlock the door.") && gone.contains("1 item"), "{gone}");
        run(chrome, "await act('new')").await;
        assert_eq!(run(chrome, "return many('.new').length + text('.gone')").await, "0", "nothing is new in a new run");
    })
    .await;
}

/// Builds a handbook into the folder `public` beside it.
fn made(root: &Path) {
    let output = Command::new(env!("CARGO_BIN_EXE_pledgebook"))
        .env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"))
        .arg("--root")
        .arg(root)
        .args(["--today", "2026-11-21", "build"])
        .output()
        .expect("the program has been built");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[tokio::test]
async fn a_link_carries_a_run_to_another_browser() {
    let server = Server::start(&shipped().folder);
    browse(async |chrome| {
        let mut link = String::new();
        for address in [server.address(LIST), from_disk(LIST)] {
            open(chrome, &address).await;
            run(chrome, &format!("await name('Case “47” & 100 %'); {TICK_TWO}")).await;
            link = words(chrome, "return copied('share')").await;
            assert!(link.starts_with(&format!("{address}#shared=1")) && link.len() < 700, "{link}");
            chrome.run("localStorage.clear()").await;
            for answer in ["Do not keep", "Keep"] {
                open(chrome, &link).await;
                let told = words(chrome, "await until(said); return said()").await;
                assert!(told.contains("Case “47” & 100 %"), "{told}");
                assert_eq!(ticked(chrome).await, TWO, "the run is shown before it is kept");
                assert_eq!(run(chrome, "return kept().length").await, 0, "nothing is kept unasked");
                run(chrome, &format!("await press('{answer}')")).await;
            }
            chrome.run("location.reload()").await;
            assert_eq!(ticked(chrome).await, TWO);
            assert_eq!(run(chrome, "return one('.run input').value").await, "Case “47” & 100 %");
            assert_eq!(run(chrome, "return many('.new').length").await, 0);
            run(chrome, "tick('read-back')").await;
            open(chrome, &link).await;
            run(chrome, "await until(said); await press('Keep')").await;
            assert_eq!(ticked(chrome).await, ["greeted", "own-words", "read-back"], "what was ticked since then stays");
            assert_eq!(run(chrome, "return kept().length").await, 1);
            let opened = chrome.take_requests().await;
            assert!(!opened.iter().any(|asked| asked.contains("Case")), "no server sees it: {opened:?}");
            assert_eq!(chrome.take_console_errors().await, [""; 0]);
        }
        let (page, rest) = link.split_once('#').unwrap_or_default();
        let long = format!("{rest}+{}", "x+".repeat(2500));
        let id = rest.split('&').nth(1).unwrap_or_default();
        for damaged in [
            "shared=1",
            &rest[..rest.len() / 2],
            &rest.replace("shared=1", "shared=2"),
            &rest.replace("begun=", "begun=x"),
            &rest.replace("done=", "done=%3Cb%3E"),
            &rest.replace(id, "id=../../x"),
            &rest.replace("name=", "was="),
            "shared=1&id=%E0%A4%A&name=%&begun=1&at=1&done=&open=",
            &long,
        ] {
            open(chrome, &format!("{page}#{damaged}")).await;
            let told = words(chrome, "await until(said); return said()").await;
            assert!(told.contains("damaged or incomplete"), "{damaged}: {told}");
            assert_eq!(run(chrome, "tick('greeted'); return ticked()").await[0], "greeted", "{damaged}");
            assert_eq!(chrome.take_console_errors().await, [""; 0], "{damaged}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_run_is_copied_as_markdown_and_as_a_table() {
    let server = Server::start(&shipped().folder);
    browse(async |chrome| {
        open(chrome, &server.address(LIST)).await;
        run(chrome, &format!("await name('Case 4711'); {TICK_TWO}")).await;
        let markdown = words(chrome, "return copied('markdown')").await;
        assert!(
            markdown
                .starts_with("# Taking in an appliance: Case 4711\n\n2 of 11 done\n\n## Listen\n\n- [x] The greeting"),
            "{markdown}"
        );
        assert_eq!((markdown.matches("\n- [x] ").count(), markdown.matches("\n- [ ] ").count()), (2, 9), "{markdown}");
        let csv = words(chrome, "return copied('csv')").await;
        let lines: Vec<&str> = csv.split("\r\n").collect();
        assert_eq!(lines[0], "\"Part\",\"Item\",\"Done\",\"When\"");
        assert!(lines[1].starts_with("\"Listen\",\"The greeting came before the form.\",\"x\",\"2"), "{}", lines[1]);
        assert_eq!(lines[3], "\"Listen\",\"The customer has heard the report read out.\",\"\",\"\"");
        assert_eq!(lines.len(), 13, "{csv}");
        // A browser that lets nothing be copied shows the text, selected.
        let shown =
            "navigator.clipboard.writeText = async () => { throw new Error('no') }; document.execCommand = () => false;
            await act('markdown'); await until(() => one('.told textarea'));
            return document.activeElement === one('.told textarea') && one('.told textarea').value";
        assert_eq!(words(chrome, shown).await, markdown);
        open(chrome, &server.address(&format!("de/{LIST}"))).await;
        assert!(words(chrome, "return copied('csv')").await.starts_with("\"Teil\",\"Punkt\",\"Erledigt\",\"Wann\""));
    })
    .await;
}

#[tokio::test]
async fn a_run_goes_thirty_days_after_it_was_last_used_and_the_list_says_when() {
    let server = Server::start(&shipped().folder);
    browse(async |chrome| {
        open(chrome, &server.address(LIST)).await;
        run(chrome, &format!("await name('Old case'); {TICK_TWO}")).await;
        for (days, is_there) in [(29.9, true), (30.1, false)] {
            let used = format!("const used = Date.now() - {days} * 86400000; alter({{ used, changed: used, begun: used }}); return used");
            let used = run(chrome, &used).await.as_f64().unwrap_or_default();
            open(chrome, &server.address("index.html")).await;
            let list = words(chrome, "await turn(300); return text('[data-runs]')").await;
            assert_eq!(list.contains("Old case"), is_there, "{days} days: {list}");
            let until = format!(
                "return new Date({used} + 30 * 86400000).toLocaleDateString('en-GB', {{ dateStyle: 'long' }})"
            );
            let until = words(chrome, &until).await;
            assert_eq!(list.contains(&format!("kept until {until}")), is_there, "{until} is not in {list}");
        }
        assert_eq!(run(chrome, "return kept().length").await, 0);
        open(chrome, &server.address(LIST)).await;
        assert_eq!(ticked(chrome).await, [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn a_run_says_when_the_case_is_due() {
    let server = Server::start(&shipped().folder);
    browse(async |chrome| {
        chrome.move_to("Europe/Berlin").await;
        let fill = "const form = one('form.finder'); form.elements.standard.value = 'repair/in-warranty/turnaround';
            form.elements.date.value = '2026-04-02'; form.elements.time.value = '15:30';
            form.dispatchEvent(new Event('input', { bubbles: true })); await turn(300);";
        for address in [server.address(LIST), from_disk(LIST)] {
            open(chrome, &address).await;
            run(chrome, "tick('greeted'); one('details.finder').open = true; await until(() => one('form.finder time')); await turn(100)").await;
            let before = words(chrome, "return text('.tally')").await;
            assert!(!before.contains("Promised"), "to look is not to say: {before}");
            run(chrome, fill).await;
            chrome.run("location.reload()").await;
            let told = words(chrome, "return text('.tally')").await;
            assert!(told.contains("Promised by: Monday, 20 April 2026, 17:00"), "{address}: {told}");
            let filled = "one('details.finder').open = true; await until(() => one('form.finder time')); await turn(200);
                const { date, time, standard } = one('form.finder').elements; return [date.value, time.value, standard.value].join(' ')";
            assert_eq!(words(chrome, filled).await, "2026-04-02 15:30 repair/in-warranty/turnaround", "{address}");
            let index = address.replace(LIST, "index.html");
            open(chrome, &index).await;
            let list = words(chrome, "await until(() => one('[data-runs] a')); return text('[data-runs]')").await;
            assert!(list.contains("15 April 2026, 17:00"), "{list}");
            chrome.run("localStorage.clear()").await;
        }
        open(chrome, &server.address("checklists/opening.html")).await;
        assert_eq!(run(chrome, "return many('details.finder').length").await, 0, "only a case came in");
    })
    .await;
}

#[tokio::test]
async fn two_windows_on_one_run_lose_no_tick() {
    let server = Server::start(&shipped().folder);
    browse(async |chrome| {
        open(chrome, &server.address(LIST)).await;
        let script = "
            tick('greeted');
            const other = window.open(location.href); await turn(300); await started(other);
            const there = (id) => other.document.querySelector(`[data-item='${id}']`);
            if (!there('greeted').checked) throw new Error('the other window opens the same run');
            tick('own-words'); there('read-back').click();
            await until(() => there('own-words').checked && one('[data-item=read-back]').checked);
            // A window that has heard nothing of the other's tick saves its own beside it.
            addEventListener('storage', (event) => event.stopImmediatePropagation(), true);
            there('serial-number').click(); tick('greeted'); await turn(200);
            const ticks = JSON.parse(kept()[0][1]).ticks;
            other.close();
            return Object.keys(ticks).filter((id) => ticks[id][0]).sort().join(' ')";
        assert_eq!(run(chrome, script).await, "own-words read-back serial-number");
    })
    .await;
}

#[tokio::test]
async fn a_keyboard_alone_runs_a_list() {
    let server = Server::start(&shipped().folder);
    browse(async |chrome| {
        chrome.show_on(PHONE).await;
        for language in &LANGUAGES {
            open(chrome, &server.address(&format!("{}{LIST}", language.folder))).await;
            run(chrome, "one('main').focus()").await;
            tab_to(chrome, ".run > label input").await;
            chrome.press("4711").await;
            tab_to(chrome, "[data-do=new] ~ * summary, [data-item]").await;
            for item in TWO {
                tab_to(chrome, &format!("[data-item='{item}']")).await;
                chrome.press(" ").await;
            }
            let seen = "const { outlineWidth } = getComputedStyle(document.activeElement);
                const row = document.activeElement.closest('li').getBoundingClientRect();
                return row.top >= one('.tally').getBoundingClientRect().bottom - 1 && parseFloat(outlineWidth) >= 3";
            assert_eq!(run(chrome, seen).await, true, "focus is seen and not below what sticks to the top");
            tab_to(chrome, "[data-do=finish]").await;
            chrome.press(ENTER).await;
            assert_eq!(ticked(chrome).await, TWO);
            let run_kept =
                words(chrome, "const run = JSON.parse(kept()[0][1]); return `${run.name} ${run.finished > 0}`");
            assert_eq!(run_kept.await, "4711 true", "{}", language.tag);
            chrome.run("localStorage.clear()").await;
        }
    })
    .await;
}

/// Presses Tab until what a selector finds has the focus.
async fn tab_to(chrome: &Chrome, selector: &str) {
    for _ in 0..40 {
        if chrome.run(&format!("return document.activeElement.matches(\"{selector}\")")).await == true {
            return;
        }
        chrome.press(TAB).await;
    }
    panic!("Tab does not reach {selector}");
}

#[tokio::test]
async fn a_row_is_ticked_wherever_it_is_touched() {
    let server = Server::start(&shipped().folder);
    browse(async |chrome| {
        for screen in [PHONE, DESK] {
            chrome.show_on(screen).await;
            open(chrome, &server.address(LIST)).await;
            let faults = run(chrome, "
                const faults = [];
                for (const row of many('.check > li')) {
                  row.scrollIntoView({ block: 'center' });
                  const { left, right, top, bottom, height } = row.getBoundingClientRect();
                  if (height < 44) faults.push(`${height} px: ${row.innerText}`);
                  for (const [x, y] of [[left + 3, top + 3], [right - 3, bottom - 4], [(left + right) / 2, bottom - 4]]) {
                    const box = row.querySelector('input');
                    const was = box.checked;
                    document.elementFromPoint(x, y).click();
                    if (box.checked === was) faults.push(`not ticked at ${x - left}, ${y - top}: ${row.innerText}`);
                  }
                }
                const link = one('.check .hint a');
                link.scrollIntoView({ block: 'center' });
                const { left, top } = link.getBoundingClientRect();
                if (document.elementFromPoint(left + 5, top + 8) !== link) faults.push('a link in a row cannot be touched');
                return faults").await;
            assert_eq!(texts(&faults), [""; 0], "{}", screen.width);
            chrome.run("localStorage.clear()").await;
        }
    })
    .await;
}

#[tokio::test]
async fn every_state_of_a_run_is_sound_on_every_screen() {
    let server = Server::start(&shipped().folder);
    let mut findings = Findings::default();
    let screens = [PHONE, Screen { colours: Colours::Dark, ..PHONE }, DESK, Screen { colours: Colours::Dark, ..DESK }];
    browse(async |chrome| {
        chrome.run_in_every_page(AXE).await;
        for language in &LANGUAGES {
            open(chrome, &server.address(&format!("{}{LIST}", language.folder))).await;
            run(chrome, "tick('greeted'); await act('new'); tick('own-words'); await name('A name as long as a name may be, to see whether it is still within its box');
                alter({ known: { gone: 'Gone', greeted: 'x' }, ticks: { gone: [1, 1], greeted: [1, 1] } }); location.reload()").await;
            run(chrome, "for (const part of many('main details:not([hidden])')) part.open = true; await until(() => one('form.finder time'));
                await copied('share'); await act('clear')").await;
            for screen in screens {
                chrome.show_on(screen).await;
                let name = format!("{}-run-{}-{:?}", language.tag, screen.width, screen.colours).to_lowercase();
                for fault in faults_on_screen(chrome, screen).await {
                    findings.add(&name, fault);
                }
                chrome.take_picture(&name).await;
            }
            open(chrome, &server.address(&format!("{}index.html", language.folder))).await;
            run(chrome, "await until(() => one('[data-runs] a'))").await;
            for fault in faults_on_screen(chrome, DESK).await {
                findings.add(&format!("{}-home-with-runs", language.tag), fault);
            }
            chrome.run("localStorage.clear()").await;
        }
    })
    .await;
    findings.assert_none();
}

#[tokio::test]
async fn every_checklist_is_one_sheet_of_paper_with_boxes_and_places_to_sign() {
    let server = Server::start(&shipped().folder);
    let mut findings = Findings::default();
    browse(async |chrome| {
        let lists = shipped().pages.keys().filter(|path| path.contains("checklists/") && !path.ends_with("index.html"));
        for path in lists {
            open(chrome, &server.address(path)).await;
            run(chrome, "one('[data-item]').click(); await name('Case 4711')").await;
            let sheets = chrome.count_sheets().await;
            if sheets != 1 {
                findings.add(path, format!("{sheets} sheets"));
            }
            chrome.run("localStorage.clear()").await;
        }
        open(chrome, &server.address(LIST)).await;
        run(chrome, "tick('greeted'); await name('Case 4711')").await;
        chrome.show_on_paper().await;
        let seen = words(chrome, "return document.body.innerText.replace(/\\s+/g, ' ')").await;
        for says in ["Case 4711 · begun ", "1 of 11 done", "Case number", "Date", "Signature", "checklists/intake.html"] {
            assert!(seen.contains(says), "{says} is not in {seen}");
        }
        assert!(!seen.contains("Finish this run") && !seen.contains("Share"), "{seen}");
        let box_style = "const style = (is) => getComputedStyle(one(`[data-item]${is}`)); const [on, off] = [style(':checked'), style(':not(:checked)')];
            return on.backgroundImage !== off.backgroundImage && parseFloat(off.width) >= 18 && off.borderTopStyle === 'solid'";
        assert_eq!(run(chrome, box_style).await, true, "a box is to be ticked with a pen, and a tick is seen");
    })
    .await;
    findings.assert_none();
}

#[tokio::test]
async fn without_scripts_the_list_is_readable_and_says_what_is_missing() {
    let server = Server::start(&shipped().folder);
    browse(async |chrome| {
        chrome.show_on(PHONE).await;
        chrome.allow(Scripts::Off).await;
        chrome.open(&server.address(LIST)).await;
        let text = chrome.run("return document.querySelector('main').innerText").await.to_string();
        assert!(text.contains("JavaScript, which is off here") && text.contains("read out."), "{text}");
        assert!(!text.contains("New run") && !text.contains("0 of 11"), "nothing is shown that does nothing: {text}");
        assert_eq!(chrome.count_sheets().await, 1);
    })
    .await;
}
