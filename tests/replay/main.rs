//! Every kept text of `seeds/` once more: what the search in `fuzz/` met on its way, and what it once broke on.
//!
//! Not here: the search itself, which needs another compiler and hours.
#![allow(clippy::disallowed_methods, reason = "a test reads its texts from disk")]

#[expect(unreachable_pub, reason = "the same files are the library of `fuzz/`, whose programs use them")]
mod inputs;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// So many texts of an input are kept, of so many bytes at most, so that all are tried in seconds.
const MOST_TEXTS: usize = 60;
const MOST_BYTES: usize = 4096;

/// Tries every kept text of an input; tells all on which something does not hold.
fn replay(input: &str, hold: fn(&str)) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/replay/seeds").join(input);
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!((10..=MOST_TEXTS).contains(&paths.len()), "{input} has {} texts", paths.len());
    let mut broken = Vec::new();
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.len() <= MOST_BYTES, "{} is too long to be kept", path.display());
        if catch_unwind(AssertUnwindSafe(|| hold(&text))).is_err() {
            broken.push(path.display().to_string());
        }
    }
    assert!(broken.is_empty(), "something does not hold, see above:\n{}", broken.join("\n"));
}

#[test]
fn files_of_things_hold() {
    replay("front_matter", inputs::front_matter::hold);
}

#[test]
fn durations_hold() {
    replay("durations", inputs::durations::hold);
}

#[test]
fn wiki_links_hold() {
    replay("wiki_links", inputs::wiki_links::hold);
}

#[test]
fn calendars_hold() {
    replay("calendars", inputs::calendars::hold);
}

#[test]
fn tables_hold() {
    replay("csv", inputs::csv::hold);
}
