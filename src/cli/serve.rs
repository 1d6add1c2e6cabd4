//! `serve`: shows the site in the browser while it is written.

use std::future::pending;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

use pledgebook::diagnostic::full::{self, Colour};
use pledgebook::diagnostic::{Count, Diagnostic};
use pledgebook::pipeline::{self, Errors, Looked, Memory, Options};
use pledgebook::render;
use pledgebook::serve::drafted::{Drafted, Failed};
use pledgebook::serve::port::Port;
use pledgebook::serve::site::{Finished, Site};
use pledgebook::serve::stage::Stage;
use pledgebook::serve::{self, Event, FindingsText, Notice, Rebuilt, Server, Shown};
use pledgebook::source::disk::{ReadError, content_folder};
use pledgebook::triage::Choice;
use pledgebook::triage::grouped::items;

use super::arguments::{Arguments, Serve};
use super::remembered::Remembered;
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
    let memory = Mutex::new(Memory::default());
    let remembered = Arc::new(Remembered::of(root.clone()));
    let known = Arc::clone(&remembered);
    let look = move || {
        let looked = pipeline::look_again(&root, &mut memory.lock().unwrap_or_else(PoisonError::into_inner))?;
        let looked = Arc::new(Looked { past: known.past(), ..looked });
        known.see(&looked);
        Ok(looked)
    };
    let server =
        Server::start(options, move |stage| rebuild(look(), &make, &choice, stage), move |event| tell(&event, &told))?;
    remembered.follow(server.bell());
    let address = format!("http://{}/", server.address());
    terminal.answer(&format!("{address}\n"))?;
    if serve.open {
        open(&address, terminal);
    }
    server.run_until(pending::<()>());
    Ok(CLEAN)
}

/// Shows what the handbook is now: its pages at once, then what the expert's checks find.
fn rebuild(looked: Result<Arc<Looked>, ReadError>, options: &Options, choice: &Choice, stage: &Stage<'_>) {
    let looked = match looked {
        Ok(looked) => looked,
        Err(error) => {
            let text = error.to_string();
            let findings = FindingsText { summary: text.clone(), text, items: Vec::new() };
            return stage.show(Rebuilt { site: None, findings: Some(findings) });
        }
    };
    let inspected = || pipeline::inspected(&looked, options.today, choice);
    let errors = pipeline::errors(&looked, options.today, choice);
    if !errors.is_empty() {
        stage.show(Rebuilt { site: None, findings: findings(&looked, &errors) });
        return stage.tell(findings(&looked, &inspected()));
    }
    // What is wrong with a theme of one's own may show on some pages only, so all are made first.
    let shown = if looked.theme.has_own_files() { finished(&looked, options) } else { begun(&looked, options) };
    match shown {
        Ok(site) => stage.show_at_once(site),
        Err(faults) => return stage.show(Rebuilt { site: None, findings: findings(&looked, &faults) }),
    }
    stage.tell(findings(&looked, &inspected()));
}

/// Makes all files of the site.
fn finished(looked: &Looked, options: &Options) -> Result<Arc<dyn Site>, Vec<Diagnostic>> {
    let files = pipeline::in_workshop(looked, options, render::all).flatten()?;
    Ok(Arc::new(Finished { files, edition: pipeline::edition(looked) }))
}

/// Begins a site whose files are made when they are asked for.
fn begun(looked: &Arc<Looked>, options: &Options) -> Result<Arc<dyn Site>, Vec<Diagnostic>> {
    match Drafted::begin(Arc::clone(looked), options.clone()) {
        Ok(site) => Ok(Arc::new(site)),
        Err(Failed::Templates(faults)) => Err(faults),
        Err(Failed::Thread(_)) => finished(looked, options),
    }
}

fn findings(looked: &Looked, found: &[Diagnostic]) -> Option<FindingsText> {
    (!found.is_empty()).then(|| FindingsText {
        summary: Count::of(found).words(),
        text: full::print(found, &looked.tree, &looked.prefix, Colour::Never),
        items: items(found, looked.handbook.handbook(), &looked.tree, &looked.prefix),
    })
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
        Event::Inspected { millis, summary } => {
            let summary = summary.as_deref().unwrap_or("no finding any more");
            terminal.progress(&format!("inspected ({millis} ms); {summary}"));
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
