//! What a reader's browser loads, and how long the reader waits: pages of every kind and queries, in Chromium.
//!
//! `cargo bench --bench reading -- shipped 60 1000`: the shipped handbook, and handbooks made up whose sites have about so many
//! pages; with `de:1000` in German, with `zh:1000` in Chinese. Sizes are gzip −6 in thousands of bytes. The first paint of
//! the largest element is at a processor four times slower, beside that of a blank page in the same run, and on a slow
//! network (150 ms, 1.6 Mbit/s). Nothing is asserted: times depend on what else the machine does.
#![allow(missing_docs, reason = "a program of its own")]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "it writes handbooks and starts programs")]
#![allow(dead_code, reason = "the browser and the server have more for the tests")]

#[path = "../tests/browser/chrome.rs"]
mod chrome;
#[path = "../tests/generate/mod.rs"]
mod generate;
#[path = "../tests/browser/server.rs"]
mod server;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use chrome::{Chrome, Colours, Screen, browse};
use serde_json::{Value, json};
use server::{PREFIX, Server, packed};
use tempfile::TempDir;

/// How many pages the site of a handbook that is made up has for each of its services, about.
const PAGES_A_SERVICE: f64 = 3.3;

const PHONE: Screen = Screen { width: 390, height: 844, colours: Colours::Light };

/// How often a time is taken; the median is told.
const TIMES: usize = 5;

/// How many queries are asked of a site.
const QUERIES: usize = 12;

/// Ends when the page has been quiet for a while; gives what the browser noted of it.
const SEEN: &str = "
    const done = arguments[arguments.length - 1];
    const seen = {lcp: 0, tbt: 0, cls: 0};
    new PerformanceObserver(list => list.getEntries().forEach(e => seen.lcp = Math.max(seen.lcp, e.startTime)))
        .observe({type: 'largest-contentful-paint', buffered: true});
    new PerformanceObserver(list => list.getEntries().forEach(e => seen.tbt += Math.max(0, e.duration - 50)))
        .observe({type: 'longtask', buffered: true});
    new PerformanceObserver(list => list.getEntries().forEach(e => seen.cls += e.hadRecentInput ? 0 : e.value))
        .observe({type: 'layout-shift', buffered: true});
    setTimeout(() => done({...seen, elements: document.getElementsByTagName('*').length}), 400);";

/// Types a query at once and waits for its first result; gives the milliseconds, what was loaded by then, and all.
const ASK: &str = "
    const done = arguments[arguments.length - 1];
    const field = document.querySelector('[data-search]'), start = performance.now();
    const loaded = before => performance.getEntriesByType('resource')
        .filter(e => e.startTime >= start && e.responseEnd <= before).map(e => e.name);
    field.focus();
    field.value = QUERY;
    field.dispatchEvent(new InputEvent('input', {bubbles: true}));
    let first = 0;
    const look = () => {
        const now = performance.now();
        if (!first && document.querySelector('.hits [role=option]')) first = now;
        if (now - start < 1500) return requestAnimationFrame(look);
        done({ms: first && first - start, first: loaded(first), all: loaded(now)});
    };
    look();";

/// Has no service worker load the copy for offline while times are taken.
const NO_WORKER: &str = "Object.defineProperty(Navigator.prototype, 'serviceWorker', {value: undefined});";

/// A built site.
struct Site {
    name: String,
    folder: PathBuf,
    pages: Vec<String>,
    _kept: TempDir,
}

#[tokio::main]
async fn main() {
    let given: Vec<String> = std::env::args().skip(1).filter(|given| given != "--bench").collect();
    if given.is_empty() {
        println!("which handbooks? `shipped`, or a number of pages such as `1000` or `zh:1000`");
    }
    for wish in given {
        let Some(site) = Site::build(&wish) else {
            println!("{wish}: neither `shipped` nor a number of pages");
            continue;
        };
        browse(async |chrome| measure(chrome, &site).await).await;
    }
}

impl Site {
    /// Builds what was wished for; nothing where the wish is not understood.
    fn build(wish: &str) -> Option<Site> {
        let kept = TempDir::new().expect("a folder for temporary files can be made");
        let shipped = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = match wish {
            "shipped" => shipped.to_owned(),
            _ => {
                let (language, pages) = wish.split_once(':').unwrap_or(("en", wish));
                let services = (pages.parse::<f64>().ok()? / PAGES_A_SERVICE).ceil() as usize;
                let root = kept.path().join("handbook");
                generate::write(&root, &generate::prose::handbook(&shipped.join("content"), language, services));
                root
            }
        };
        let folder = kept.path().join("site");
        let built = Command::new(env!("CARGO_BIN_EXE_pledgebook"))
            .args(["--today", "2026-11-22", "-q", "build", "--allow-errors", "--root"])
            .arg(root)
            .arg("--out")
            .arg(&folder)
            .output()
            .expect("the program has been built");
        assert!(built.status.code() < Some(2), "{}", String::from_utf8_lossy(&built.stderr));
        let mut pages = Vec::new();
        for entry in walkdir::WalkDir::new(&folder).sort_by_file_name().into_iter().flatten() {
            let path = entry.path().strip_prefix(&folder).expect("it lies below").to_string_lossy().into_owned();
            if path.ends_with(".html") && !path.starts_with("de/") && !path.starts_with("zh/") {
                pages.push(path);
            }
        }
        Some(Site { name: wish.to_owned(), folder, pages, _kept: kept })
    }

    /// The packed size of a file, in bytes.
    fn size(&self, path: &str) -> usize {
        fs::read(self.folder.join(path)).map_or(0, |bytes| packed(&bytes).len())
    }

    /// The median and the heaviest page of every kind; pages that are alone are kinds of their own.
    fn kinds(&self) -> BTreeMap<String, (usize, Vec<String>)> {
        let mut kinds: BTreeMap<String, Vec<(usize, &String)>> = BTreeMap::new();
        for page in &self.pages {
            let kind = match page.split_once('/') {
                Some((folder, rest)) if !rest.ends_with("index.html") => format!("{folder}/*"),
                // The parts of a list are of one kind: `a-z-7.html`.
                _ => match page.trim_end_matches(".html").rsplit_once('-') {
                    Some((list, part)) if part.bytes().all(|byte| byte.is_ascii_digit()) => format!("{list}-*"),
                    _ => page.clone(),
                },
            };
            kinds.entry(kind).or_default().push((self.size(page), page));
        }
        let chosen = kinds.into_iter().map(|(kind, mut pages)| {
            pages.sort();
            let two = BTreeSet::from([pages[pages.len() / 2].1.clone(), pages[pages.len() - 1].1.clone()]);
            (kind, (pages.len(), two.into_iter().collect()))
        });
        chosen.collect()
    }
}

async fn measure(chrome: &Chrome, site: &Site) {
    let server = Server::start(&site.folder);
    chrome.show_on(PHONE).await;
    chrome.run_in_every_page(NO_WORKER).await;
    println!("\n## {}: {} pages\n", site.name, site.pages.len());
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    println!("load of the machine: {}\n", load.split(' ').next().unwrap_or_default());
    println!("| page | of | html kB | all kB | requests | elements | second kB |\n|---|--:|--:|--:|--:|--:|--:|");
    let home: BTreeSet<String> = load_page(chrome, &server, "index.html").await.0.into_iter().collect();
    for (kind, (of, pages)) in site.kinds() {
        for page in pages {
            let (files, seen) = load_page(chrome, &server, &page).await;
            let size = |files: &mut dyn Iterator<Item = &String>| files.map(|file| site.size(file)).sum::<usize>();
            println!(
                "| {kind} {page} | {of} | {} | {} | {} | {} | {} |",
                kilo(site.size(&page)),
                kilo(size(&mut files.iter())),
                files.len(),
                seen["elements"],
                kilo(size(&mut files.iter().filter(|file| **file == page || !home.contains(*file)))),
            );
        }
    }
    measure_paint(chrome, &server, site).await;
    measure_search(chrome, &server, site).await;
}

/// Opens a page as if for the first time; gives the files of the site it asked for, and what was noted of it.
async fn load_page(chrome: &Chrome, server: &Server, page: &str) -> (Vec<String>, Value) {
    forget_all(chrome, server).await;
    chrome.take_requests().await;
    chrome.open(&server.address(page)).await;
    let seen = chrome.run_and_wait(SEEN).await;
    let files = chrome.take_requests().await.iter().filter_map(|address| file_of(address)).collect();
    (files, seen)
}

/// Makes the next visit the first one.
async fn forget_all(chrome: &Chrome, server: &Server) {
    chrome.open("about:blank").await;
    chrome.tell("Network.clearBrowserCache", json!({})).await;
    let origin = server.address("").replace(PREFIX, "");
    chrome.tell("Storage.clearDataForOrigin", json!({"origin": origin, "storageTypes": "all"})).await;
}

/// The path of a file below the site, by its address.
fn file_of(address: &str) -> Option<String> {
    let path = address.split(PREFIX).nth(1)?.split(['?', '#']).next()?;
    Some(if path.is_empty() { "index.html".to_owned() } else { server::decoded(path) })
}

async fn measure_paint(chrome: &Chrome, server: &Server, site: &Site) {
    fs::write(site.folder.join("blank.html"), "<!doctype html><title>blank</title><p>blank").expect("it is our folder");
    println!("\n| page | LCP, slow processor | TBT | CLS | LCP, slow network |\n|---|--:|--:|--:|--:|");
    let of = |kind: &str| site.kinds().get(kind).map(|(_, pages)| pages[0].clone());
    let kinds = ["services/*", "checklists/*", "playbooks/*"].into_iter().filter_map(of);
    for page in ["blank.html".to_owned(), "index.html".to_owned()].into_iter().chain(kinds) {
        chrome.tell("Emulation.setCPUThrottlingRate", json!({"rate": 4})).await;
        let (lcp, tbt, cls) = paint(chrome, server, &page).await;
        chrome.tell("Emulation.setCPUThrottlingRate", json!({"rate": 1})).await;
        let slow = json!({"offline": false, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 90_000});
        chrome.tell("Network.emulateNetworkConditions", slow).await;
        let (slow, ..) = paint(chrome, server, &page).await;
        let fast = json!({"offline": false, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1});
        chrome.tell("Network.emulateNetworkConditions", fast).await;
        println!("| {page} | {lcp:.0} | {tbt:.0} | {cls:.3} | {slow:.0} |");
    }
}

/// Medians of a page's largest paint, of the time it blocked, and of how far it moved.
async fn paint(chrome: &Chrome, server: &Server, page: &str) -> (f64, f64, f64) {
    let mut all: [Vec<f64>; 3] = Default::default();
    for _ in 0..TIMES {
        let (_, seen) = load_page(chrome, server, page).await;
        for (times, name) in all.iter_mut().zip(["lcp", "tbt", "cls"]) {
            times.push(seen[name].as_f64().unwrap_or(f64::NAN));
        }
    }
    let [lcp, tbt, cls] = all.map(|mut times| median(&mut times));
    (lcp, tbt, cls)
}

async fn measure_search(chrome: &Chrome, server: &Server, site: &Site) {
    let services: Vec<&String> = site.pages.iter().filter(|page| page.starts_with("services/")).collect();
    let step = services.len().div_ceil(QUERIES).max(1);
    let (mut ms, mut first, mut all, mut unanswered) = (Vec::new(), Vec::new(), Vec::new(), 0);
    for page in services.into_iter().step_by(step) {
        let html = fs::read_to_string(site.folder.join(page)).unwrap_or_default();
        let title = html.split("<title>").nth(1).and_then(|rest| rest.split(['<', '·', '|', '–']).next());
        let Some(query) = title.map(str::trim) else { continue };
        forget_all(chrome, server).await;
        chrome.open(&server.address("a-z.html")).await;
        let seen = chrome.run_and_wait(&ASK.replace("QUERY", &json!(query).to_string())).await;
        let size = |files: &Value| -> f64 {
            let files = files.as_array().into_iter().flatten().filter_map(|file| file_of(file.as_str()?));
            files.map(|file| site.size(&file)).sum::<usize>() as f64
        };
        match seen["ms"].as_f64() {
            Some(time) if time > 0.0 => {
                ms.push(time);
                first.push(size(&seen["first"]));
                all.push(size(&seen["all"]));
            }
            _ => unanswered += 1,
        }
    }
    println!("\n| search, {} queries | median | most |\n|---|--:|--:|", ms.len() + unanswered);
    for (name, values, unit) in
        [("ms to the first result", &mut ms, 1.0), ("kB to it", &mut first, 1e3), ("kB in all", &mut all, 1e3)]
    {
        let middle = median(values);
        println!("| {name} | {:.1} | {:.1} |", middle / unit, values.last().copied().unwrap_or(f64::NAN) / unit);
    }
    if unanswered > 0 {
        println!("\n{unanswered} queries found nothing");
    }
}

/// Sorts values and gives the middle one.
fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

fn kilo(bytes: usize) -> String {
    format!("{:.1}", bytes as f64 / 1e3)
}
