//! Shows a site while it is being written: from memory, on this computer only, rebuilt and reloaded on every change.
//!
//! Not here: how a site is built, which the caller brings, and printing, which the caller does with the events.

pub mod address;
pub mod answer;
pub mod board;
pub mod connection;
pub mod content_type;
pub mod page;
pub mod rebuilding;
pub mod watching;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};

use axum::Router;
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};

use crate::render::site::RenderedSite;

use board::Board;
use connection::Door;
use rebuilding::Rebuilding;
use watching::{Signal, Watched, Watching};

/// How many ports are tried, from the wished one on.
const PORTS_TO_TRY: u16 = 21;

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

/// Which port to serve on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Port {
    /// Whichever is free.
    Any,
    /// This one, or an error.
    Exactly(u16),
    /// This one, or the first free one of the next twenty.
    From(u16),
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
    pub site: Option<RenderedSite>,
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

impl Server {
    /// Takes a port, builds the site for the first time, and serves it from then on.
    ///
    /// `rebuild` is called now and after every change, never twice at once; a panic in it is shown as a finding.
    /// `on_event` is called from several threads.
    pub fn start(
        options: Options,
        rebuild: impl Fn() -> Rebuilt + Send + 'static,
        on_event: impl Fn(Event) + Send + Sync + 'static,
    ) -> Result<Server, ServeError> {
        let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build().map_err(ServeError::Threads)?;
        let listener = runtime.block_on(bind(options.port))?;
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

async fn bind(port: Port) -> Result<TcpListener, ServeError> {
    let (wished, tries) = match port {
        Port::Any => (0, 1),
        Port::Exactly(port) => (port, 1),
        Port::From(port) => (port, PORTS_TO_TRY),
    };
    let mut refused = io::Error::from(io::ErrorKind::AddrInUse);
    for port in wished..=wished.saturating_add(tries - 1) {
        match TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await {
            Ok(listener) => return Ok(listener),
            Err(source) => refused = source,
        }
    }
    Err(ServeError::Port { port: wished, source: refused })
}
