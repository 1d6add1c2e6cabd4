//! Writes handbooks with realistic prose, so that their search can be measured: `cargo bench --bench search -- FOLDER 1000 de`.
#![allow(missing_docs, reason = "a program of its own")]
#![allow(clippy::disallowed_methods, reason = "it writes handbooks")]
#[path = "../tests/generate/mod.rs"]
mod generate;
use std::path::Path;
fn main() {
    let given: Vec<String> = std::env::args().skip(1).filter(|given| given != "--bench").collect();
    let [folder, services, language] = given.as_slice() else { return };
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    generate::write(
        Path::new(folder),
        &generate::prose::handbook(&content, language, services.parse().expect("a number of services")),
    );
}
