//! The deadline finder in a browser: the worked cases in three time zones, the way through it by keyboard alone from a
//! server and from disk, its words in three languages, and what there is without scripts.
//!
//! The rules themselves are tested beside the engine, in `src/calendar`.

use serde_json::{Value, json};

use crate::chrome::{Chrome, Scripts, browse};
use crate::server::Server;
use crate::site::{LANGUAGES, shipped};
use crate::{PHONE, from_disk, texts};

/// Zones on both sides of those of the calendars, one with a half hour.
const READERS: [&str; 3] = ["America/Los_Angeles", "Asia/Kolkata", "Pacific/Auckland"];

const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";
const DOWN: &str = "\u{e015}";

/// What came in on the Thursday before Easter at 15:30, by the standard of ten business days, seven internal ones.
const STANDARD: &str = "repair/in-warranty/turnaround";
const DUE: [&str; 2] = ["2026-04-15T17:00:00+02:00", "2026-04-20T17:00:00+02:00"];

/// Runs a script with what all of them share; it answers by `done`.
async fn run(chrome: &Chrome, script: &str) -> Value {
    let shared = include_str!("finder.js");
    let whole = format!(
        "const done = arguments[arguments.length - 1];\n{shared}\n(async () => {{ {script} }})().then(done, (error) => done(String(error)))"
    );
    chrome.run_and_wait(&whole).await
}

/// Fills the form of the page and gives what it answers; `values` are those of the fields by name.
async fn ask(chrome: &Chrome, values: Value) -> Value {
    let script = format!(
        "const form = document.querySelector('form.finder'); await answered(form);
         await fill(form, {values}); await fill(form, {{}}); return told(form)"
    );
    // A calendar that was not there yet comes after the first question.
    run(chrome, &script).await;
    chrome.run_and_wait("setTimeout(arguments[arguments.length - 1], 150)").await;
    run(chrome, &script).await
}

#[tokio::test]
async fn every_worked_case_comes_out_in_the_page_wherever_its_reader_is() {
    let server = Server::start(&shipped().folder);
    let cases: Vec<Vec<&str>> =
        include_str!("../deadlines/vectors.csv").lines().skip(1).map(|case| case.split(',').collect()).collect();
    let script = format!(
        "const form = document.querySelector('form.finder'); await answered(form);
         const due = [];
         for (const [calendar, start, limit] of {}) {{
           const [, count, unit] = /^(\\d+)(\\D+)$/.exec(limit);
           const [date, time] = start.slice(0, 19).split('T');
           await fill(form, {{ standard: '', calendar, count, unit, date, time }});
           for (let turn = 0; turn < 100 && !form.querySelector('.answer time'); turn++) await settled();
           due.push(told(form).due[0] ?? told(form).text);
         }}
         return due",
        json!(cases)
    );
    browse(async |chrome| {
        for zone in READERS {
            chrome.move_to(zone).await;
            chrome.open(&server.address("deadline.html")).await;
            // The first round waits for the three calendars.
            for calendar in ["shop", "desk", "workshop"] {
                ask(chrome, json!({"standard": "", "calendar": calendar, "date": "2026-06-01", "time": "10:00"})).await;
            }
            let found = texts(&run(chrome, &script).await);
            let wrong: Vec<String> = (cases.iter().zip(&found))
                .filter(|(case, found)| case[3] != found.as_str())
                .map(|(case, found)| format!("{}: {found}", case.join(",")))
                .collect();
            assert_eq!(found.len(), 128, "{found:?}");
            assert!(wrong.is_empty(), "{} of 128 in {zone}:\n{}", wrong.len(), wrong.join("\n"));
        }
    })
    .await;
}

#[tokio::test]
async fn an_untouched_time_follows_the_zone_and_the_answer_names_what_was_chosen() {
    let server = Server::start(&shipped().folder);
    let moment = "const { date, time } = document.querySelector('form.finder').elements;
         return Date.parse(`${date.value}T${time.value}Z`) / 3600000";
    let choose = async |chrome: &Chrome, standard: &str| {
        let script = format!(
            "const form = document.querySelector('form.finder'); await answered(form); await fill(form, {{ standard: {} }});
             for (let turn = 0; turn < 300 && form.querySelector('.of')?.textContent !== form.elements.standard.selectedOptions[0].textContent; turn++)
               await new Promise((resolve) => setTimeout(resolve, 10));
             return form.querySelector('.of').textContent",
            json!(standard)
        );
        let name = run(chrome, &script).await;
        (name.as_str().unwrap_or_default().to_owned(), chrome.run(moment).await.as_f64().unwrap_or_default())
    };
    browse(async |chrome| {
        for (language, service) in
            LANGUAGES.iter().zip(["Repair in warranty", "Reparatur mit Garantie", "保修期内维修"])
        {
            chrome.open(&server.address(&format!("{}deadline.html", language.folder))).await;
            let (_, new_york) = choose(chrome, "complaints/answer").await;
            let (name, berlin) = choose(chrome, STANDARD).await;
            assert!(name.ends_with(&format!("· {service}")), "{name}");
            assert!((4.0..8.0).contains(&(berlin - new_york)), "{new_york} {berlin}");
            let (variant, _) = choose(chrome, &format!("{STANDARD}~1")).await;
            assert!(variant.starts_with(&name) && variant != name, "{variant}");

            run(chrome, "await fill(document.querySelector('form.finder'), { date: '2026-06-05', time: '16:10' })")
                .await;
            let typed = chrome.run(moment).await.as_f64().unwrap_or_default();
            assert_eq!(choose(chrome, "complaints/answer").await.1, typed, "{}: what was typed stays", language.tag);
        }
    })
    .await;
}

#[tokio::test]
async fn a_keyboard_alone_finds_a_deadline_on_the_page_and_on_a_sheet() {
    let server = Server::start(&shipped().folder);
    browse(async |chrome| {
        chrome.show_on(PHONE).await;
        chrome.move_to("Europe/Berlin").await;
        for language in &LANGUAGES {
            let page = format!("{}deadline.html", language.folder);
            let sheet = format!("{}services/repair/in-warranty.html", language.folder);
            for (page, sheet) in
                [(server.address(&page), server.address(&sheet)), (from_disk(&page), from_disk(&sheet))]
            {
                chrome.open(&page).await;
                tab_to(chrome, "standard").await;
                for _ in 0..60 {
                    if chrome.run("return document.activeElement.value").await == STANDARD {
                        break;
                    }
                    chrome.press(DOWN).await;
                }
                type_the_time(chrome).await;
                assert_answer(chrome, &page).await;

                chrome.open(&sheet).await;
                chrome.run("document.querySelector('details.finder summary').focus()").await;
                chrome.press(ENTER).await;
                run(chrome, "while (!document.querySelector('form.finder time')) await settled()").await;
                type_the_time(chrome).await;
                assert_answer(chrome, &sheet).await;
            }
        }
    })
    .await;
}

/// Presses Tab until the field of a name has the focus.
async fn tab_to(chrome: &Chrome, name: &str) {
    for _ in 0..30 {
        if chrome.run("return document.activeElement.name").await == name {
            return;
        }
        chrome.press(TAB).await;
    }
    panic!("Tab does not reach the field {name}");
}

/// Types 2 April 2026, 15:30 in the order in which this browser wants it.
async fn type_the_time(chrome: &Chrome) {
    const KEYS: &str = "
        const parts = new Intl.DateTimeFormat().formatToParts().map(({ type }) => type);
        const digits = { day: '02', month: '04', year: '2026' };
        const half = new Intl.DateTimeFormat(undefined, { hour: 'numeric' }).resolvedOptions().hour12;
        return [parts.map((part) => digits[part] ?? '').join(''), half ? '0330PM' : '1530']";
    let keys = texts(&chrome.run(KEYS).await);
    for (name, keys) in ["date", "time"].into_iter().zip(keys) {
        tab_to(chrome, name).await;
        chrome.press(&keys).await;
    }
}

/// Holds the answer to what it must be, in words without gaps, on a page that is no wider than the phone.
async fn assert_answer(chrome: &Chrome, page: &str) {
    let told = run(chrome, "await settled(); return told(document.querySelector('form.finder'))").await;
    let [internal, promised] = DUE;
    assert_eq!((told["due"][0].as_str(), told["due"][1].as_str()), (Some(internal), Some(promised)), "{page}: {told}");
    let days = texts(&told["days"]);
    assert!(days.iter().any(|day| day.contains("Karfreitag")), "{page}: no reason for Good Friday in {days:?}");
    assert!(days.len() >= 19 && days[0].contains(['2']), "{page}: {days:?}");
    let words = told.to_string();
    assert!(!words.contains("NaN") && !words.contains("undefined"), "{page}: {words}");
    let open = days.iter().chain([&told["text"].to_string()]).any(|text| text.contains(['{', '}']));
    assert!(!open && words.contains("Berlin"), "{page}: {words}");
    let live = chrome.run("return document.querySelector('.answer').getAttribute('aria-live')").await;
    assert_eq!(live, "polite", "{page}");
    let wide = chrome.run("return document.scrollingElement.scrollWidth").await;
    assert!(wide.as_u64() <= Some(390), "{page} is {wide} px wide");
    assert_eq!(chrome.take_console_errors().await, [""; 0], "{page}");
}

#[tokio::test]
async fn the_page_says_what_it_cannot_know() {
    let server = Server::start(&shipped().folder);
    browse(async |chrome| {
        chrome.move_to("Asia/Tokyo").await;
        chrome.open(&server.address("deadline.html")).await;
        let three = json!({"standard": "", "calendar": "workshop", "count": "3", "unit": "bd", "time": "02:30"});
        let with = |date: &str, calendar: &str| {
            let mut values = three.clone();
            (values["date"], values["calendar"]) = (json!(date), json!(calendar));
            values
        };
        for (date, calendar, says) in [
            ("2026-03-29", "workshop", "does not exist in that night"),
            ("2026-10-25", "workshop", "comes twice in that night"),
            ("2026-12-31", "shop", "Holidays are known until 31 December 2026 only"),
            ("2025-12-30", "shop", "from 1 January 2026 to 31 December 2027 only"),
            ("2027-12-30", "workshop", "from 1 January 2026 to 31 December 2027 only"),
            ("", "workshop", "Please enter a date and a time"),
            ("2026-06-02", "workshop", "Your time: Tuesday, 9 June 2026, 00:00"),
            ("2026-06-02", "workshop", "Times are those of Berlin."),
        ] {
            let told = ask(chrome, with(date, calendar)).await;
            assert!(told["text"].as_str().is_some_and(|text| text.contains(says)), "{date} {calendar}: {told}");
        }
        chrome.move_to("Europe/Berlin").await;
        let told = ask(chrome, with("2026-06-02", "workshop")).await;
        assert!(!told["text"].to_string().contains("Your time"), "{told}");
    })
    .await;
}

#[tokio::test]
async fn now_is_the_time_where_the_calendar_is() {
    const NEW_YORK: &str = "
        const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: 'America/New_York', dateStyle: 'short', timeStyle: 'short' });
        return [0, -60000].map((ago) => parts.format(Date.now() + ago))";
    let server = Server::start(&shipped().folder);
    browse(async |chrome| {
        chrome.move_to("Asia/Tokyo").await;
        chrome.open(&server.address("deadline.html")).await;
        ask(chrome, json!({"standard": "", "calendar": "desk", "date": "2026-06-02", "time": "10:00"})).await;
        chrome.click("form.finder button").await;
        let now = texts(&chrome.run(NEW_YORK).await);
        let filled = run(chrome, "const { date, time } = document.querySelector('form.finder').elements; return `${date.value} ${time.value}`");
        let filled = filled.await;
        assert!(now.iter().any(|now| filled == now.as_str()), "{filled}, but it is {now:?}");
    })
    .await;
}

#[tokio::test]
async fn an_address_chooses_the_standard() {
    let server = Server::start(&shipped().folder);
    browse(async |chrome| {
        for mark in ["?standard=", "#"] {
            chrome.open("about:blank").await;
            chrome.open(&server.address(&format!("deadline.html{mark}{STANDARD}"))).await;
            let told = ask(chrome, json!({"date": "2026-04-02", "time": "15:30"})).await;
            assert_eq!(told["due"][1], DUE[1], "{told}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_sheet_asks_for_the_finder_only_when_it_is_opened() {
    let server = Server::start(&shipped().folder);
    browse(async |chrome| {
        chrome.open(&server.address("services/repair/in-warranty.html")).await;
        let before = chrome.take_requests().await;
        assert!(!before.iter().any(|asked| asked.contains("deadline") || asked.contains("calendars")), "{before:?}");
        chrome.run("for (const part of document.querySelectorAll('details.finder')) part.open = true").await;
        run(chrome, "while (!document.querySelector('form.finder time')) await settled()").await;
        let asked = chrome.take_requests().await;
        let files = asked
            .iter()
            .filter(|asked| !asked.starts_with("data:") && !asked.ends_with("icon.svg"))
            .filter_map(|asked| asked.rsplit('/').next());
        let mut after: Vec<&str> = files.collect();
        after.sort();
        after.dedup();
        assert_eq!(after, ["deadline.css", "deadline.js", "words.en.js", "workshop.js"]);
    })
    .await;
}

#[tokio::test]
async fn the_script_and_a_calendar_are_small() {
    const SIZES: &str = "
        const size = async (path) => {
          const packed = (await fetch(path)).body.pipeThrough(new CompressionStream('gzip'));
          return (await new Response(packed).arrayBuffer()).byteLength;
        };
        const script = await size('assets/deadline.js');
        const calendars = ['workshop', 'shop', 'desk', 'vans', 'always'].map((id) => size(`calendars/${id}.js`));
        return (await Promise.all(calendars)).map((calendar) => script + calendar)";
    let server = Server::start(&shipped().folder);
    browse(async |chrome| {
        chrome.open(&server.address("deadline.html")).await;
        let sizes = run(chrome, SIZES).await;
        let largest = sizes.as_array().and_then(|sizes| sizes.iter().filter_map(Value::as_u64).max());
        assert!(largest.is_some_and(|size| size <= 6000), "{sizes} bytes, 6,000 are the most");
    })
    .await;
}

#[tokio::test]
async fn without_scripts_the_page_says_so_and_shows_the_rules() {
    let server = Server::start(&shipped().folder);
    browse(async |chrome| {
        chrome.show_on(PHONE).await;
        chrome.allow(Scripts::Off).await;
        chrome.open(&server.address("deadline.html")).await;
        let text = chrome.run("return document.querySelector('main').innerText").await.to_string();
        for says in [
            "JavaScript, which is off",
            "Limit: 10 business days",
            "opening hours of “Cologne counter and Web form”",
            "after 16:00",
        ] {
            assert!(text.contains(says), "{says} is not in {text}");
        }
        let shown = chrome.run("return document.querySelector('form.finder').checkVisibility()").await;
        assert_eq!(shown, false);
        chrome.open(&server.address("services/repair/in-warranty.html")).await;
        chrome.run("document.querySelector('details.finder').open = true").await;
        let rule = chrome.run("return document.querySelector('details.finder').innerText").await.to_string();
        assert!(rule.contains("opening hours of “Cologne counter and Web form”"), "{rule}");
    })
    .await;
}
