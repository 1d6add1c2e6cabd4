//! The command line: arguments, printing, exit code, clock and environment. No room can use what is here.

#![allow(clippy::disallowed_methods, reason = "the binary is where clock, environment and disk are")]

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
