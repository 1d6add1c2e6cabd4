//! Writes a handbook of any number of services to a folder, to try what a large one does: two standards, two promises and
//! three steps a service, a year of results.
//!
//! `cargo run --example handbook-of -- 1000 FOLDER [LANGUAGES]`; with one to three languages, one where nothing is said.
#![allow(clippy::disallowed_methods, reason = "it writes handbooks")]

#[path = "../tests/generate/mod.rs"]
mod generate;

use std::path::Path;
use std::process::ExitCode;

use generate::Size;

fn main() -> ExitCode {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize| given.get(at).and_then(|given| given.parse::<usize>().ok());
    let (Some(services), Some(folder)) = (number(0), given.get(1)) else {
        eprintln!("give a number of services and a folder, such as `1000 target/handbook`");
        return ExitCode::from(2);
    };
    let languages = number(2).unwrap_or(1).clamp(1, 3);
    let size = Size { services, standards: 2 * services, months: 12, languages };
    generate::write(Path::new(folder), &generate::handbook(size));
    ExitCode::SUCCESS
}
