//! Serves a folder below a sub-path on a free port of this machine, and remembers what was asked for in vain.
//!
//! A sub-path, because most handbooks are published below one; a link that begins with `/` leaves it and is found so.
//! It is no part of the program: `pledgebook serve` has tests of its own.

use std::fs;
use std::io::{BufRead, BufReader, Result, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;

/// The sub-path that the site is served below.
pub(crate) const PREFIX: &str = "/handbook/";

/// A server that runs until the process ends.
pub(crate) struct Server {
    origin: String,
    missed: Arc<Mutex<Vec<String>>>,
    wait: Arc<AtomicU64>,
}

/// How a server answers.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Answers {
    /// At once.
    Now,
    /// After so many milliseconds.
    After(u64),
    /// Not at all: it hangs up.
    Never,
}

impl Server {
    /// Starts to serve a folder.
    pub(crate) fn start(folder: &Path) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port of this machine is free");
        let origin = format!("http://{}", listener.local_addr().expect("a bound socket has an address"));
        let missed = Arc::new(Mutex::new(Vec::new()));
        let wait = Arc::new(AtomicU64::new(0));
        let desk = Desk { folder: folder.to_owned(), missed: Arc::clone(&missed), wait: Arc::clone(&wait) };
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let desk = desk.clone();
                thread::spawn(move || desk.answer_all(stream));
            }
        });
        Server { origin, missed, wait }
    }

    /// Sets how it answers from now on.
    pub(crate) fn set(&self, answers: Answers) {
        let wait = match answers {
            Answers::Now => 0,
            Answers::After(wait) => wait,
            Answers::Never => u64::MAX,
        };
        self.wait.store(wait, Ordering::SeqCst);
    }

    /// Gives the address of a file of the site.
    pub(crate) fn address(&self, path: &str) -> String {
        format!("{}{PREFIX}{path}", self.origin)
    }

    /// Takes the paths that were asked for and are not there.
    pub(crate) fn take_missed(&self) -> Vec<String> {
        std::mem::take(&mut *self.missed.lock().expect("no thread panics while it holds the list"))
    }
}

#[derive(Clone)]
struct Desk {
    folder: PathBuf,
    missed: Arc<Mutex<Vec<String>>>,
    wait: Arc<AtomicU64>,
}

impl Desk {
    /// Answers one request after the other until the browser hangs up.
    fn answer_all(&self, stream: TcpStream) {
        let Ok(mut writer) = stream.try_clone() else { return };
        let mut reader = BufReader::new(stream);
        while let Ok(Some(path)) = read_request(&mut reader) {
            match self.wait.load(Ordering::SeqCst) {
                u64::MAX => return,
                wait => thread::sleep(Duration::from_millis(wait)),
            }
            if self.answer(&path, &mut writer).is_err() {
                return;
            }
        }
    }

    fn answer(&self, path: &str, writer: &mut TcpStream) -> Result<()> {
        let (status, kind, body) = match self.find(path) {
            Some((kind, body)) => ("200 OK", kind, body),
            None => {
                self.missed.lock().expect("no thread panics while it holds the list").push(path.to_owned());
                ("404 Not Found", "text/plain", Vec::new())
            }
        };
        let body = packed(&body);
        let head = format!(
            "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        // In one piece: two would wait for each other.
        writer.write_all(&[head.as_bytes(), &body].concat())
    }

    /// Finds the kind and the bytes of a file; an address that ends in `/` means its `index.html`.
    fn find(&self, path: &str) -> Option<(&'static str, Vec<u8>)> {
        let inside = decoded(path.strip_prefix(PREFIX)?);
        if inside.split('/').any(|part| part == "..") {
            return None;
        }
        let file = if inside.is_empty() || inside.ends_with('/') { format!("{inside}index.html") } else { inside };
        Some((content_type(&file), fs::read(self.folder.join(file)).ok()?))
    }
}

/// Packs bytes as most servers do: gzip at level 6.
pub(crate) fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::new(6));
    packer.write_all(bytes).expect("memory takes all");
    packer.finish().expect("memory takes all")
}

/// Reads the head of a request: its path without the query, or nothing at the end of the connection.
fn read_request(reader: &mut BufReader<TcpStream>) -> Result<Option<String>> {
    let mut first = String::new();
    if reader.read_line(&mut first)? == 0 {
        return Ok(None);
    }
    let mut line = String::new();
    while reader.read_line(&mut line)? > 2 {
        line.clear();
    }
    let target = first.split(' ').nth(1).unwrap_or_default();
    Ok(Some(target.split(['?', '#']).next().unwrap_or_default().to_owned()))
}

/// Decodes `%E9%80%80` and the like.
pub(crate) fn decoded(path: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = path.as_bytes();
    while let [first, after @ ..] = rest {
        let code = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match code.and_then(|two| u8::from_str_radix(two, 16).ok()).filter(|_| *first == b'%') {
            Some(byte) => (bytes.push(byte), rest = &after[2..]),
            None => (bytes.push(*first), rest = after),
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn content_type(file: &str) -> &'static str {
    match file.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" | "webmanifest" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "xml" => "application/xml",
        _ => "application/octet-stream",
    }
}
