//! Shows a site while it is being written: from memory, on this computer only, rebuilt and reloaded on every change.
//!
//! Not here: how a site is built, which the caller brings, and printing, which the caller does with the events.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "this room watches folders and answers the network"
)]

pub mod address;
pub mod answer;
pub mod board;
pub mod connection;
pub mod content_type;
pub mod drafted;
pub mod findings;
pub mod page;
pub mod port;
pub mod rebuilding;
pub mod site;
pub mod stage;
pub mod watched;
pub mod watching;

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};

use axum::Router;
use tokio::runtime::{Builder, Runtime};

use crate::triage::grouped::Item;

use board::Board;
use connection::Door;
use port::Port;
use rebuilding::Rebuilding;
use site::Site;
use stage::Stage;
use watched::{Signal, Watched};
use watching::Watching;

/// Where to serve, and what to watch.
#[derive(Clone, Debug)]
pub struct Options {
    /// The port on 127.0.0.1.
    pub port: Port,
    /// Folders and files whose changes cause a rebuild. They need not exist yet.
    pub watched: Vec<PathBuf>,
    /// Folders below them whose changes do not, such as the published site.
    pub ignored: Vec<PathBuf>,
    /// How changes are noticed.
    pub notice: Notice,
}

/// How changes of files are noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The system tells; where it cannot, by looking.
    Told,
    /// By looking at the files' times twice a second, for disks whose system does not tell.
    Looking,
}

/// What one rebuild brought.
#[derive(Clone, Debug, Default)]
pub struct Rebuilt {
    /// The new site; `None` keeps the last good one.
    pub site: Option<Arc<dyn Site>>,
    /// What the author is told, if there is something.
    pub findings: Option<FindingsText>,
}

/// Findings as plain text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FindingsText {
    /// How many there are, in one line.
    pub summary: String,
    /// All of them, as the terminal shows them without colour.
    pub text: String,
    /// All of them with those they concern.
    pub items: Vec<Item>,
}

/// What the caller may want to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The site can be opened.
    Ready {
        /// The address without a path, such as `127.0.0.1:4000`.
        address: SocketAddr,
    },
    /// A rebuild ended.
    Rebuilt {
        /// How long it took, in milliseconds.
        millis: u128,
        /// The findings' first line.
        summary: Option<String>,
        /// Whether a new site is shown.
        shown: Shown,
    },
    /// A site that was shown at once has been looked at as a whole, and something else was found than before.
    Inspected {
        /// How long it took since the change was noticed, in milliseconds.
        millis: u128,
        /// The findings' first line.
        summary: Option<String>,
    },
    /// The system does not tell about changes, so the files are looked at.
    Looking {
        /// Why.
        reason: String,
    },
}

/// What became of a rebuild.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Browsers show a new site.
    New,
    /// The site is the same as before.
    Same,
    /// There was no site, and the last good one stays.
    LastGood,
}

/// What keeps a server from starting.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The port is taken or not allowed.
    #[error("cannot serve on port {port}: {source}; choose another one with `--port`")]
    Port {
        /// The port that was asked for.
        port: u16,
        /// What the system said.
        source: io::Error,
    },
    /// The system gave no threads.
    #[error("cannot start the server: {0}")]
    Threads(io::Error),
}

/// A running server. It stops when it is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    runtime: Option<Runtime>,
    signals: Sender<Signal>,
}

/// Asks a server for a rebuild.
#[derive(Clone, Debug)]
pub struct Bell(Sender<Signal>);

impl Bell {
    /// Asks; returns whether the server is still there.
    pub fn ring(&self) -> bool {
        self.0.send(Signal::Asked).is_ok()
    }
}

impl Server {
    /// Takes a port, builds the site for the first time, and serves it from then on.
    ///
    /// `rebuild` is called now and after every change, never twice at once, and shows on the stage what it has, as soon as
    /// it has it; a panic in it is shown as a finding.
    /// `on_event` is called from several threads.
    pub fn start(
        options: Options,
        rebuild: impl Fn(&Stage<'_>) + Send + 'static,
        on_event: impl Fn(Event) + Send + Sync + 'static,
    ) -> Result<Server, ServeError> {
        let runtime =
            Builder::new_multi_thread().worker_threads(2).enable_all().build().map_err(ServeError::Threads)?;
        let listener = runtime.block_on(async { options.port.bind() })?;
        let address = listener.local_addr().map_err(ServeError::Threads)?;
        let on_event: Arc<dyn Fn(Event) + Send + Sync> = Arc::new(on_event);
        let board = Arc::new(Board::new());
        let (signals, received) = channel();
        // Before the first build: what changes while it runs is not missed.
        let watched = Watched::new(&options.watched, &options.ignored);
        let watching = Watching::start(watched, options.notice, signals.clone(), received, Arc::clone(&on_event));
        let rebuilding = Rebuilding::new(Box::new(rebuild), Arc::clone(&board), Arc::clone(&on_event));
        rebuilding.run();
        let thread = std::thread::Builder::new().name("pledgebook rebuild".to_owned());
        thread.spawn(move || watching.for_each_change(|| rebuilding.run())).map_err(ServeError::Threads)?;
        let router = Router::new().fallback(move |request| answer::answer(Arc::clone(&board), request));
        runtime.spawn(async move { axum::serve(Door::new(listener), router).await });
        on_event(Event::Ready { address });
        Ok(Server { address, runtime: Some(runtime), signals })
    }

    /// The address that it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Gives what asks for a rebuild when there is something new to show, although no file has changed.
    pub fn bell(&self) -> Bell {
        Bell(self.signals.clone())
    }

    /// Serves until something has happened; with [`std::future::pending`] until the process ends.
    pub fn run_until<T>(self, stop: impl Future<Output = T>) {
        if let Some(runtime) = &self.runtime {
            runtime.block_on(stop);
        }
    }

    /// Stops at once: open connections are closed, and no rebuild starts any more.
    pub fn stop(self) {}
}

impl Drop for Server {
    fn drop(&mut self) {
        // Both may have ended already.
        let _ = self.signals.send(Signal::Stop);
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::site::Finished;
    use super::*;
    use crate::diagnostic::Severity;
    use crate::render::site::RenderedSite;
    use std::io::{BufRead, BufReader, Read, Write};
    use std::net::TcpStream;
    use std::path::Path;
    use std::sync::Mutex;
    use std::sync::mpsc::Receiver;
    use std::time::Duration;

    /// After this a test has failed; it never waits for it.
    const LIMIT: Duration = Duration::from_secs(20);

    /// A server whose site is the text of one file: `# …` is a page, anything else an error.
    struct Case {
        home: tempfile::TempDir,
        server: Server,
        events: Mutex<Receiver<Event>>,
    }

    struct Answer {
        status: u16,
        head: String,
        body: String,
    }

    impl Answer {
        fn field(&self, name: &str) -> Option<&str> {
            self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
        }
    }

    fn build(folder: &Path) -> Rebuilt {
        let text = std::fs::read_to_string(folder.join("page.md")).unwrap_or_default();
        if !text.starts_with("# ") {
            let item = Item {
                name: "a/b",
                severity: Severity::Error,
                message: "no page".to_owned(),
                action: "write one".to_owned(),
                place: "page.md".to_owned(),
                edit: None,
                owner: None,
                service: None,
            };
            let text = format!("<not a page>: {text}");
            let findings = FindingsText { summary: "1 error".to_owned(), text, items: vec![item] };
            return Rebuilt { site: None, findings: Some(findings) };
        }
        let mut site = RenderedSite::default();
        site.insert("index.html".to_owned(), format!("<body>{text}</body>").into_bytes());
        site.insert("de/index.html".to_owned(), &b"<body>de</body>"[..]);
        site.insert("404.html".to_owned(), &b"<body>nothing here</body>"[..]);
        site.insert("style.css".to_owned(), &b"p{}"[..]);
        let site = Finished { files: site, edition: text };
        Rebuilt { site: Some(Arc::new(site)), findings: None }
    }

    impl Case {
        fn new(text: &str) -> Case {
            let home = tempfile::tempdir().unwrap();
            std::fs::write(home.path().join("page.md"), text).unwrap();
            let folder = home.path().to_owned();
            let watched = vec![folder.clone()];
            let options = Options { port: Port::Any, watched, ignored: Vec::new(), notice: Notice::Told };
            let (sender, events) = channel();
            let sender = Mutex::new(sender);
            let on_event = move |event| _ = sender.lock().unwrap().send(event);
            let server = Server::start(options, move |stage| stage.show(build(&folder)), on_event).unwrap();
            Case { home, server, events: Mutex::new(events) }
        }

        fn connect(&self) -> TcpStream {
            let stream = TcpStream::connect(self.server.address()).unwrap();
            stream.set_read_timeout(Some(LIMIT)).unwrap();
            stream
        }

        /// Sends a request as it stands and reads until the server ends the connection.
        fn send(&self, request: &str) -> Answer {
            let mut stream = self.connect();
            stream.write_all(request.as_bytes()).unwrap();
            let mut text = String::new();
            stream.read_to_string(&mut text).unwrap();
            let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
            let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
            Answer { status, head: head.to_owned(), body: body.to_owned() }
        }

        fn ask(&self, method: &str, path: &str, fields: &str) -> Answer {
            self.send(&format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n{fields}\r\n"))
        }

        fn get(&self, path: &str) -> Answer {
            self.ask("GET", path, "")
        }

        /// Listens, and returns the lines that follow the head.
        fn listen(&self) -> impl Iterator<Item = String> + use<> {
            let mut stream = self.connect();
            stream.write_all(b"GET /_pledgebook/events HTTP/1.1\r\nhost: localhost\r\n\r\n").unwrap();
            BufReader::new(stream).lines().map(|line| line.expect("the server tells in time"))
        }

        fn write(&self, text: &str) {
            // In one step, so that no rebuild meets half a file.
            let half = self.home.path().join("half");
            std::fs::write(&half, text).unwrap();
            std::fs::rename(half, self.home.path().join("page.md")).unwrap();
        }

        /// Waits for the rebuild that ends in a certain way.
        fn rebuilt(&self, wanted: Shown) {
            let events = self.events.lock().unwrap();
            while !matches!(events.recv_timeout(LIMIT).unwrap(), Event::Rebuilt { shown, .. } if shown == wanted) {}
        }
    }

    fn next_revision(lines: &mut impl Iterator<Item = String>) -> String {
        lines.find_map(|line| line.strip_prefix("data: ").map(str::to_owned)).unwrap()
    }

    #[test]
    fn pages_styles_and_folders_are_served() {
        let case = Case::new("# one");
        let home = case.get("/");
        assert_eq!((home.status, home.field("content-type")), (200, Some("text/html; charset=utf-8")));
        assert!(home.body.starts_with("<body># one<script src=\"/_pledgebook/reload.js\" data-site="));
        assert_eq!(case.get("/style.css?v=1").body, "p{}");
        let sent_on = case.get("/de?x=1");
        assert_eq!((sent_on.status, sent_on.field("location")), (307, Some("/de/?x=1")));
        assert!(case.get("/de/").body.starts_with("<body>de<script"));
        assert!(case.get("/_pledgebook/reload.js").body.contains("EventSource"));
    }

    #[test]
    fn findings_have_a_page_by_owner_and_one_by_service() {
        let case = Case::new("no page");
        let owners = case.get("/_pledgebook/findings");
        assert_eq!((owners.status, owners.field("content-type")), (200, Some("text/html; charset=utf-8")));
        assert!(
            owners.body.contains("<h1>1 error</h1>") && owners.body.contains("Nobody is named (1)"),
            "{}",
            owners.body
        );
        assert!(case.get("/_pledgebook/findings/services").body.contains("No service (1)"));
        assert!(case.get("/").body.contains("<a href=\"/_pledgebook/findings\">"));
        case.write("# one");
        case.rebuilt(Shown::New);
        assert!(case.get("/_pledgebook/findings").body.contains("<h1>No finding</h1>"));
    }

    #[test]
    fn head_is_answered_without_a_body_and_other_methods_are_not() {
        let case = Case::new("# one");
        let head = case.ask("HEAD", "/style.css", "");
        assert_eq!((head.status, head.field("content-length"), head.body.as_str()), (200, Some("3"), ""));
        for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"] {
            let refused = case.ask(method, "/", "");
            assert_eq!((refused.status, refused.field("allow")), (405, Some("GET, HEAD")), "{method}");
        }
    }

    #[test]
    fn page_that_is_not_there_is_the_sites_own() {
        let case = Case::new("# one");
        for path in ["/none", "/none/", "/.hidden", "/_pledgebook", "//style.css"] {
            let answer = case.get(path);
            assert_eq!(answer.status, 404, "{path}");
            assert!(answer.body.starts_with("<body>nothing here<script"), "{path}");
        }
        assert_eq!(case.get("/_pledgebook/none").status, 404);
    }

    #[test]
    fn what_the_browser_has_is_not_sent_again() {
        let case = Case::new("# one");
        let first = case.get("/style.css");
        assert_eq!(first.field("cache-control"), Some("no-cache"));
        let field = format!("if-none-match: {}\r\n", first.field("etag").unwrap());
        let again = case.ask("GET", "/style.css", &field);
        assert_eq!((again.status, again.body.as_str(), again.field("etag")), (304, "", first.field("etag")));
        assert_eq!(case.ask("GET", "/", &field).status, 200);
    }

    #[test]
    fn strangers_are_refused() {
        let case = Case::new("# one");
        let ask = |line: &str, fields: &str| case.send(&format!("{line}\r\nconnection: close\r\n{fields}\r\n")).status;
        assert_eq!(ask("GET / HTTP/1.1", "host: evil.example\r\n"), 403);
        assert_eq!(ask("GET /_pledgebook/state HTTP/1.1", "host: evil.example:80\r\n"), 403);
        assert_eq!(ask("GET / HTTP/1.1", ""), 400);
        assert_eq!(ask("GET http://evil.example/ HTTP/1.1", "host: localhost\r\n"), 400);
        assert_eq!(ask("CONNECT evil.example:443 HTTP/1.1", "host: localhost\r\n"), 405);
        for path in ["/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc/passwd", "/a%5c..%5cb", "/%00"] {
            assert_eq!(ask(&format!("GET {path} HTTP/1.1"), "host: localhost\r\n"), 400, "{path}");
        }
    }

    #[test]
    fn garbage_does_not_end_the_server() {
        let case = Case::new("# one");
        for garbage in ["\0\0\0\0\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\u{16}\u{3}\u{1}hello\r\n\r\n"] {
            assert_ne!(case.send(garbage).status, 200, "{garbage:?}");
        }
        let long = format!("GET /{} HTTP/1.1\r\nhost: localhost\r\n\r\n", "x".repeat(1 << 20));
        // The server may end the connection before it has all been sent.
        let _ = case.connect().write_all(long.as_bytes());
        assert_eq!(case.get("/").status, 200);
    }

    #[test]
    fn saved_file_is_told_to_listeners_and_shown() {
        let case = Case::new("# one");
        let mut lines = case.listen();
        let first = next_revision(&mut lines);
        case.write("# two");
        let second = next_revision(&mut lines);
        assert_ne!(first, second);
        assert!(
            case.get("/").body.contains(&format!("# two<script src=\"/_pledgebook/reload.js\" data-site=\"{second}\""))
        );
    }

    #[test]
    fn findings_are_told_while_the_last_good_site_stays() {
        let case = Case::new("# one");
        let mut lines = case.listen();
        let good = next_revision(&mut lines);
        case.write("broken");
        let bad = next_revision(&mut lines);
        let state: serde_json::Value = serde_json::from_str(&case.get("/_pledgebook/state").body).unwrap();
        let findings = serde_json::json!({ "summary": "1 error", "text": "<not a page>: broken" });
        assert_eq!(state["behind"], true);
        assert_eq!(state["findings"], findings);
        assert_eq!(
            [&state["revision"], &state["site"]].map(|number| number.to_string()),
            [bad, good].map(|it| it.to_string())
        );
        assert!(case.get("/").body.contains("# one"));
        case.write("# mended");
        next_revision(&mut lines);
        let state: serde_json::Value = serde_json::from_str(&case.get("/_pledgebook/state").body).unwrap();
        assert_eq!((&state["behind"], &state["findings"]), (&false.into(), &serde_json::Value::Null));
    }

    #[test]
    fn without_a_site_the_findings_are_the_page() {
        let case = Case::new("broken");
        for path in ["/", "/de/", "/style.css"] {
            let answer = case.get(path);
            assert_eq!(answer.status, 503, "{path}");
            assert!(answer.body.contains("<pre tabindex=\"0\">&lt;not a page&gt;: broken</pre>"));
            assert!(answer.body.contains("reload.js\" data-waiting="));
        }
        case.write("# mended");
        case.rebuilt(Shown::New);
        assert!(case.get("/").body.contains("# mended"));
    }

    #[test]
    fn hundreds_of_connections_that_say_nothing_keep_nobody_out() {
        let case = Case::new("# one");
        // Both ends of each are this process's, which may have 1,024 open files.
        let silent: Vec<TcpStream> = (0..300).map(|_| case.connect()).collect();
        let mut listeners: Vec<_> = (0..50).map(|_| case.listen()).collect();
        assert_eq!(case.get("/").status, 200);
        case.write("# two");
        for lines in &mut listeners {
            next_revision(lines);
        }
        drop(silent);
    }

    #[test]
    fn caller_hears_of_the_first_build_then_of_the_address() {
        let case = Case::new("# one");
        let events: Vec<Event> = case.events.lock().unwrap().try_iter().collect();
        assert!(matches!(events[0], Event::Rebuilt { shown: Shown::New, summary: None, .. }));
        assert_eq!(events[1], Event::Ready { address: case.server.address() });
    }

    #[test]
    fn stopped_server_lets_go_of_its_listeners() {
        let case = Case::new("# one");
        let mut lines = case.listen();
        next_revision(&mut lines);
        case.server.stop();
        // Ends, by an end or by an error; a server that holds on would make this fail.
        let stream_ends = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| lines.count()));
        assert!(stream_ends.is_ok());
    }

    #[test]
    fn server_runs_until_told() {
        let Case { home, server, .. } = Case::new("# one");
        let (tell, told) = tokio::sync::oneshot::channel();
        let thread = std::thread::spawn(move || server.run_until(told));
        tell.send(()).unwrap();
        thread.join().unwrap();
        drop(home);
    }
}
