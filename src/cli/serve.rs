//! `serve`: shows the site in the browser while it is written.

use std::future::pending;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use pledgebook::diagnostic::full::{self, Colour};
use pledgebook::pipeline::{self, Errors, Options};
use pledgebook::serve::port::Port;
use pledgebook::serve::{self, Event, FindingsText, Notice, Rebuilt, Server, Shown};
use pledgebook::source::disk::content_folder;
use pledgebook::triage::Choice;
use pledgebook::triage::grouped::items;

use super::arguments::{Arguments, Serve};
use super::terminal::Terminal;
use super::{CLEAN, Outcome};

/// The port that is tried first.
const PORT: u16 = 4000;

/// Runs the command until it is interrupted.
pub(crate) fn run(serve: &Serve, arguments: &Arguments, terminal: &Terminal) -> Outcome {
    let root = arguments.root.clone();
    let (content, _) = content_folder(&root, pledgebook::parse::SETTINGS);
    if !content.is_dir() {
        pipeline::look(&root)?;
    }
    let options = serve::Options {
        port: serve.port.map_or(Port::From(PORT), Port::Exactly),
        watched: vec![content, root.join("themes")],
        ignored: vec![root.join("public")],
        notice: Notice::Told,
    };
    let choice = serve.wanted.choice()?;
    let make = Options { today: arguments.today(), base_url: Some("/".into()), errors: Errors::Refused };
    let teller = Arc::new(terminal.clone());
    let told = teller.clone();
    let server = Server::start(options, move || rebuild(&root, &make, &choice), move |event| tell(&event, &told))?;
    let address = format!("http://{}/", server.address());
    terminal.answer(&format!("{address}\n"))?;
    if serve.open {
        open(&address, terminal);
    }
    server.run_until(pending::<()>());
    Ok(CLEAN)
}

fn rebuild(root: &Path, options: &Options, choice: &Choice) -> Rebuilt {
    match pipeline::look(root) {
        Err(error) => {
            let text = error.to_string();
            Rebuilt { site: None, findings: Some(FindingsText { summary: text.clone(), text, items: Vec::new() }) }
        }
        Ok(mut looked) => {
            pipeline::inspect(&mut looked, options.today, choice, &[]);
            let site = pipeline::make(&mut looked, options);
            let findings = (!looked.diagnostics.is_empty()).then(|| FindingsText {
                summary: looked.count().words(),
                text: full::print(&looked.diagnostics, &looked.tree, &looked.prefix, Colour::Never),
                items: items(&looked.diagnostics, looked.handbook.handbook(), &looked.tree, &looked.prefix),
            });
            Rebuilt { site, findings }
        }
    }
}

fn tell(event: &Event, terminal: &Terminal) {
    match event {
        Event::Ready { .. } => terminal.progress("serving until you press Ctrl-C; a saved file shows at once"),
        Event::Rebuilt { millis, summary, shown } => {
            let what = match shown {
                Shown::New => "built",
                Shown::Same => "built again, nothing changed",
                Shown::LastGood => "the last good site stays",
            };
            let found =
                summary.as_ref().map(|summary| format!("; {summary}, shown in the browser")).unwrap_or_default();
            terminal.progress(&format!("{what} ({millis} ms){found}"));
        }
        Event::Looking { reason } => terminal.progress(&format!("looking for changes twice a second: {reason}")),
    }
}

/// Opens an address with the system's own command; that there is none is told and no failure.
fn open(address: &str, terminal: &Terminal) {
    let command = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let started = Command::new(command).arg(address).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    if started.is_err() {
        terminal.progress(&format!("cannot open a browser: open {address} yourself"));
    }
}
