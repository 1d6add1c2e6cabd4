//! How long an author waits: from the write of a file to the new page from `serve`, and to a message about an error.
//!
//! `cargo bench --bench saving -- 250 2500`: handbooks made up with so many services. The write and the requests are those of
//! a browser that listens for changes; the time ends with the last byte of the new page. Nothing is asserted.
#![allow(missing_docs, reason = "a program of its own")]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "it writes handbooks and starts programs")]

#[path = "../tests/generate/mod.rs"]
mod generate;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use generate::Size;
use tempfile::TempDir;

/// How often a time is taken.
const TIMES: usize = 9;
/// What is waited between two of them, so that one does not disturb the next.
const REST: Duration = Duration::from_millis(1_500);
/// The file that is saved, below the content folder, and its page.
const FILE: &str = "services/applications/service-0.md";
const PAGE: &str = "/services/applications/service-0.html";

/// A server that ends with the value.
struct Serving {
    child: Child,
    address: String,
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn main() {
    let given: Vec<usize> = std::env::args().skip(1).filter_map(|given| given.parse().ok()).collect();
    println!(
        "| services | pages | to the new page, ms | to an error, ms | 1,000 files at once: rebuilds |\n|--:|--:|--:|--:|--:|"
    );
    for services in if given.is_empty() { vec![250] } else { given } {
        let home = TempDir::new().expect("a folder for temporary files can be made");
        let size = Size { services, standards: 2 * services, months: 12, languages: 1 };
        let files = generate::handbook(size);
        generate::write(home.path(), &files);
        let mut serving = Serving::start(home.path());
        let mut events = serving.listen();
        let pages = serving.get("/a-z.html").matches("<a ").count();
        let path = home.path().join("content").join(FILE);
        let text = fs::read_to_string(&path).expect("it was written");
        let (mut shown, mut told) = (Vec::new(), Vec::new());
        for time in 0..TIMES {
            std::thread::sleep(REST);
            let start = Instant::now();
            save(&path, &format!("{text}\nSaved {time}.\n"));
            while !serving.get(PAGE).contains(&format!("Saved {time}.")) {
                next(&mut events);
            }
            shown.push(start.elapsed());
            std::thread::sleep(REST);
            let start = Instant::now();
            save(&path, &text.replacen("title:", "titel:", 1));
            while !serving.get("/_pledgebook/state").contains("titel") {
                next(&mut events);
            }
            told.push(start.elapsed());
        }
        save(&path, &text);
        std::thread::sleep(REST);
        let rebuilds = serving.rebuilds_for(home.path(), &files);
        println!("| {services} | about {pages} | {} | {} | {rebuilds} |", times(&mut shown), times(&mut told));
    }
}

impl Serving {
    fn start(root: &Path) -> Serving {
        let mut child = Command::new(env!("CARGO_BIN_EXE_pledgebook"))
            .args(["--today", "2026-11-22", "serve", "--port", "0", "--root"])
            .arg(root)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program has been built");
        let mut line = String::new();
        let output = child.stdout.as_mut().expect("the output is piped");
        BufReader::new(output).read_line(&mut line).expect("it says where it serves");
        let address = line.trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
        Serving { child, address }
    }

    fn connect(&self, path: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).expect("it serves");
        let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).expect("it listens");
        stream
    }

    fn get(&self, path: &str) -> String {
        let mut bytes = Vec::new();
        self.connect(path).read_to_end(&mut bytes).expect("it answers");
        String::from_utf8_lossy(&bytes).into_owned()
    }

    fn listen(&self) -> BufReader<TcpStream> {
        BufReader::new(self.connect("/_pledgebook/events"))
    }

    /// Writes up to 1,000 files anew, as a checkout does, and counts what the server says of it.
    fn rebuilds_for(&mut self, root: &Path, files: &generate::Files) -> usize {
        for (path, text) in files.iter().filter(|(path, _)| path.starts_with("services/")).take(1_000) {
            save(&root.join("content").join(path), &format!("{text}\nChanged with others.\n"));
        }
        std::thread::sleep(4 * REST);
        let _ = self.child.kill();
        let mut said = String::new();
        let _ = self.child.stderr.take().expect("it is piped").read_to_string(&mut said);
        let behind = said.rsplit("inspected").next().unwrap_or_default();
        behind.matches("built").count().max(said.matches("built").count().saturating_sub(2 * TIMES + 2))
    }
}

/// Waits for the next event.
fn next(events: &mut BufReader<TcpStream>) {
    let mut line = String::new();
    while events.read_line(&mut line).is_ok_and(|read| read > 0) && !line.starts_with("data:") {
        line.clear();
    }
}

fn save(path: &Path, text: &str) {
    fs::write(path, text).expect("the folder is writable");
}

/// The median and the longest of some times.
fn times(all: &mut [Duration]) -> String {
    all.sort();
    let ms = |time: Option<&Duration>| time.map_or(0, Duration::as_millis);
    format!("{} (most {})", ms(all.get(all.len() / 2)), ms(all.last()))
}
