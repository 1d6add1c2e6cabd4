//! Chromium, driven by chromedriver: starts it, sets what it looks like to a page, and ends it whatever happens.
//!
//! The programs are those in the path; the variables `CHROMIUM` and `CHROMEDRIVER` name others. Nothing here knows of handbooks.

use std::env;
use std::fs;
use std::future::poll_fn;
use std::io::{BufRead, BufReader, Read};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::task::Poll;
use std::thread;

use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::error::WebDriverError;
use thirtyfour::{By, CapabilitiesHelper, ChromiumLikeCapabilities, DesiredCapabilities, WebDriver};

/// Chromium with as little of its own doing as possible; a name that is not this machine's is not even looked up.
const FLAGS: [&str; 12] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

/// The colours that a reader asks the system for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Colours {
    Light,
    Dark,
    Forced,
}

/// What a page is shown on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Screen {
    /// Width in CSS pixels.
    pub(crate) width: u32,
    /// Height in CSS pixels.
    pub(crate) height: u32,
    /// What the reader prefers.
    pub(crate) colours: Colours,
}

/// Whether a page's scripts run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scripts {
    On,
    Off,
}

/// A browser with one tab; `browse` lends it.
pub(crate) struct Chrome {
    driver: WebDriver,
    _process: Process,
    _profile: TempDir,
}

/// chromedriver, killed when dropped; its output is kept open, or it would end at its next line.
struct Process {
    child: Child,
    output: BufReader<ChildStdout>,
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Lends a browser to a test, and ends it when the test is over, be it by a panic.
pub(crate) async fn browse(test: impl AsyncFnOnce(&Chrome)) {
    let chrome = Chrome::start().await;
    let ended = catch(test(&chrome)).await;
    let quit = chrome.driver.quit().await;
    if let Err(panic) = ended {
        resume_unwind(panic);
    }
    quit.expect("Chromium ends");
}

/// Runs a future to its end or to its panic.
async fn catch(future: impl Future<Output = ()>) -> thread::Result<()> {
    let mut future = pin!(future);
    poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
        Ok(progress) => progress.map(Ok),
        Err(panic) => Poll::Ready(Err(panic)),
    })
    .await
}

impl Chrome {
    /// Starts chromedriver on a free port, and Chromium with a fresh profile.
    async fn start() -> Self {
        let (process, port) = start_driver();
        let profile = TempDir::new().expect("a folder for temporary files can be made");
        let mut wishes = DesiredCapabilities::chrome();
        for flag in FLAGS {
            wishes.add_arg(flag).expect("a flag is text");
        }
        wishes.add_arg(&format!("--user-data-dir={}", profile.path().display())).expect("a flag is text");
        wishes.set_binary(&chromium().to_string_lossy()).expect("a path is text");
        wishes.set("goog:loggingPrefs", json!({"browser": "ALL", "performance": "ALL"})).expect("log levels are JSON");
        let driver = WebDriver::new(format!("http://127.0.0.1:{port}"), wishes).await;
        let driver = driver.expect("Chromium starts (`./test` installs it)");
        let chrome = Chrome { driver, _process: process, _profile: profile };
        // The page for new tabs asks for things of its own: leave it, and forget what it asked for.
        chrome.open("about:blank").await;
        chrome.take_requests().await;
        chrome
    }

    /// Opens an address and waits until it is loaded.
    pub(crate) async fn open(&self, address: &str) {
        self.driver.goto(address).await.unwrap_or_else(|error| panic!("{address}: {error}"));
    }

    /// Sets the size of the page and the reader's colours; movement is reduced, so that nothing is half faded in.
    pub(crate) async fn show_on(&self, screen: Screen) {
        let Screen { width, height, .. } = screen;
        let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600});
        self.tell("Emulation.setDeviceMetricsOverride", size).await;
        let (scheme, forced) = match screen.colours {
            Colours::Light => ("light", "none"),
            Colours::Dark => ("dark", "none"),
            Colours::Forced => ("light", "active"),
        };
        let features = json!([
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "forced-colors", "value": forced},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]);
        self.tell("Emulation.setEmulatedMedia", json!({"features": features})).await;
    }

    /// Turns the scripts of pages on or off, from the next page on; those of the tests always run.
    pub(crate) async fn allow(&self, scripts: Scripts) {
        self.tell("Emulation.setScriptExecutionDisabled", json!({"value": scripts == Scripts::Off})).await;
    }

    /// Has a script run before those of every page that is opened from now on.
    pub(crate) async fn run_in_every_page(&self, script: &str) {
        self.tell("Page.addScriptToEvaluateOnNewDocument", json!({"source": script})).await;
    }

    /// Runs the body of a function in the page and gives what it returns.
    pub(crate) async fn run(&self, script: &str) -> Value {
        let answer = self.driver.execute(script, Vec::new()).await;
        answer.unwrap_or_else(|error| panic!("{}{script}", without_stack(&error))).json().clone()
    }

    /// Runs the body of a function that ends by calling its last argument, and gives what it was called with.
    pub(crate) async fn run_and_wait(&self, script: &str) -> Value {
        let answer = self.driver.execute_async(script, Vec::new()).await;
        answer.unwrap_or_else(|error| panic!("{}{script}", without_stack(&error))).json().clone()
    }

    /// Clicks on the first element that a CSS selector finds, and waits for the page that it opens.
    pub(crate) async fn click(&self, selector: &str) {
        let element = self.driver.find(By::Css(selector)).await.unwrap_or_else(|_| panic!("there is no {selector}"));
        element.click().await.unwrap_or_else(|error| panic!("{selector} cannot be clicked: {error}"));
    }

    /// Types into what has the focus; U+E000 and following are the special keys of the WebDriver standard.
    pub(crate) async fn press(&self, keys: &str) {
        let focused = self.driver.active_element().await.expect("a page has a focus");
        focused.send_keys(keys).await.unwrap_or_else(|error| panic!("{keys:?} cannot be typed: {error}"));
    }

    /// Moves the reader to a time zone, as named by IANA.
    pub(crate) async fn move_to(&self, zone: &str) {
        self.tell("Emulation.setTimezoneOverride", json!({"timezoneId": zone})).await;
    }

    /// Gives the address of the page that is open.
    pub(crate) async fn address(&self) -> String {
        self.driver.current_url().await.expect("a page has an address").into()
    }

    /// Takes the addresses that were asked for since the last call.
    pub(crate) async fn take_requests(&self) -> Vec<String> {
        let log = self.driver.get_log("performance").await.expect("the log of requests was asked for");
        let events = log.iter().filter_map(|entry| serde_json::from_str::<Value>(&entry.message).ok());
        events
            .filter_map(|event| {
                let event = &event["message"];
                let address = match event["method"].as_str()? {
                    "Network.requestWillBeSent" => &event["params"]["request"]["url"],
                    "Network.webSocketCreated" => &event["params"]["url"],
                    _ => return None,
                };
                address.as_str().map(str::to_owned)
            })
            .collect()
    }

    /// Takes the errors that the console showed since the last call.
    pub(crate) async fn take_console_errors(&self) -> Vec<String> {
        let log = self.driver.browser_log().await.expect("the log of the console was asked for");
        log.into_iter().filter(|entry| entry.level == "SEVERE").map(|entry| entry.message).collect()
    }

    /// Writes a picture of what is seen of the page to `target/screenshots/`.
    pub(crate) async fn take_picture(&self, name: &str) {
        let folder = screenshots();
        fs::create_dir_all(&folder).expect("a folder below target/ can be made");
        let picture = self.driver.screenshot_as_png().await.expect("Chromium draws the page");
        fs::write(folder.join(format!("{name}.png")), picture).expect("a picture can be written");
    }

    /// Shows the page as it is printed.
    pub(crate) async fn show_on_paper(&self) {
        self.tell("Emulation.setEmulatedMedia", json!({"media": "print"})).await;
    }

    /// Counts the sheets of paper that the page is printed on.
    pub(crate) async fn count_sheets(&self) -> u64 {
        let wishes = json!({"preferCSSPageSize": true, "printBackground": true});
        let printed = self.driver.cdp().send_raw("Page.printToPDF", wishes).await.expect("Chromium prints the page");
        let pdf = printed["data"].as_str().expect("a PDF comes as text");
        let count = format!("return atob('{pdf}').match(/\\/Type\\s*\\/Page\\b/g).length");
        self.run(&count).await.as_u64().expect("a count is a number")
    }

    /// Sends a command of the browser's own protocol.
    pub(crate) async fn tell(&self, command: &str, parameters: Value) {
        let answer = self.driver.cdp().send_raw(command, parameters).await;
        answer.unwrap_or_else(|error| panic!("{command}: {error}"));
    }
}

/// Leaves out where in chromedriver an error was made.
fn without_stack(error: &WebDriverError) -> String {
    error.to_string().split("Stacktrace").next().unwrap_or_default().trim_end().to_owned() + "\n"
}

/// Tells where pictures go.
fn screenshots() -> PathBuf {
    let temporary = Path::new(env!("CARGO_TARGET_TMPDIR"));
    temporary.parent().unwrap_or(temporary).join("screenshots")
}

/// Starts chromedriver and gives it with the port on which it listens.
///
/// With `--port=0` it takes a free port, and now and then another program is quicker: then it ends, and is started
/// again.
fn start_driver() -> (Process, u16) {
    let program = env::var("CHROMEDRIVER").unwrap_or_else(|_| "chromedriver".to_owned());
    let started = (0..5).find_map(|_| try_driver(&program));
    started.unwrap_or_else(|| panic!("{program} ended five times without saying on which port it listens"))
}

/// Starts chromedriver and reads from its first lines on which port it listens; nothing where it ends before.
fn try_driver(program: &str) -> Option<(Process, u16)> {
    let child = Command::new(program).arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
    let mut child = child.unwrap_or_else(|error| panic!("cannot start {program} (`./test` installs it): {error}"));
    let output = BufReader::new(child.stdout.take().expect("the output is piped"));
    let mut process = Process { child, output };
    let port = process.output.by_ref().lines().map_while(Result::ok).find_map(|line| {
        let port: Option<u16> = line.split("on port ").nth(1).and_then(|rest| rest.trim_end_matches('.').parse().ok());
        port.filter(|port| *port > 0)
    });
    port.map(|port| (process, port))
}

/// Finds Chromium: the variable `CHROMIUM`, or the first of its names in the path.
fn chromium() -> PathBuf {
    if let Some(path) = env::var_os("CHROMIUM") {
        return path.into();
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let names = ["chromium", "chromium-browser", "google-chrome", "chrome"];
    let candidates = names.iter().flat_map(|name| env::split_paths(&path).map(move |folder| folder.join(name)));
    candidates.into_iter().find(|file| file.is_file()).expect("Chromium is in the path (`./test` installs it)")
}
