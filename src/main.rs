//! The command line: arguments, printing, exit code, clock and environment. No room can use what is here.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
