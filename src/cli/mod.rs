//! The commands and what they share.

mod arguments;
mod build;
mod check;
mod columns;
mod consult;
mod diff;
mod due;
mod due_text;
mod explain;
mod fix;
mod formats;
mod git;
mod history;
mod init;
mod moving;
mod new;
mod past;
mod patch;
mod reading;
mod remembered;
mod rename;
mod replacing;
mod reports;
mod review;
mod schema;
mod serve;
mod show;
mod terminal;
mod todo;
mod todo_text;
mod trace;
mod translate;
mod wanted;
mod writing;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};
use terminal::Terminal;

/// Exit code: nothing to object to.
const CLEAN: u8 = 0;
/// Exit code: there are findings, or a part of what was asked has no answer.
const FINDINGS: u8 = 1;
/// Exit code: the run itself failed.
const FAILED: u8 = 2;

/// What a command comes to: an exit code, or why the run itself failed.
type Outcome = Result<u8, Box<dyn std::error::Error>>;

/// Reads the arguments, runs the command and gives its exit code.
pub(crate) fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let terminal = Terminal::new(&arguments);
    let outcome = match &arguments.command {
        Command::Init(init) => init::run(init, &arguments, &terminal),
        Command::New(new) => new::run(new, &arguments, &terminal),
        Command::Rename(rename) => rename::run(rename, &arguments, &terminal),
        Command::Schema(wanted) => schema::run(wanted, &arguments, &terminal),
        Command::Check(check) => check::run(check, &arguments, &terminal),
        Command::Explain(wanted) => explain::run(wanted, &terminal),
        Command::Checks(wanted) => explain::list(wanted, &terminal),
        Command::Build(build) => build::run(build, &arguments, &terminal),
        Command::Serve(serve) => serve::run(serve, &arguments, &terminal),
        Command::Due(due) => due::run(due, &arguments, &terminal),
        Command::Show(wanted) => show::run(wanted, &arguments, &terminal),
        Command::History(wanted) => history::run(wanted, &arguments, &terminal),
        Command::Diff(wanted) => diff::run(wanted, &arguments, &terminal),
        Command::Trace(trace) => trace::run(trace, &arguments, &terminal),
        Command::Todo(todo) => todo::run(todo, &arguments, &terminal),
        Command::Review(review) => review::run(review, &arguments, &terminal),
    };
    ExitCode::from(outcome.unwrap_or_else(|error| {
        terminal.fail(error.as_ref());
        FAILED
    }))
}
