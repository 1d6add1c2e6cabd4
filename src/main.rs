//! The command line: arguments, printing, exit code, clock and environment. No room can use what is here.

#![allow(clippy::disallowed_methods, reason = "the binary is where clock, environment and disk are")]

mod cli;

use std::process::ExitCode;

/// Pages are made of many small texts and tables, of which the system's allocator costs more than making them does.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::run()
}
