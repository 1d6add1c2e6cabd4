//! Holds the manual (`README.md` and `docs/`) to the program.
//!
//! What can be made from the program stands in the documents between two marks and is compared: `UPDATE=1 cargo test --test
//! manual` writes it anew. What is an example is tried. A link that leads nowhere fails.
//!
//! Examples are fenced blocks whose first line says what becomes of them:
//!
//! | first line | the block is |
//! |---|---|
//! | `yaml content/services/x.md` | a file laid over the shipped handbook (of any path) |
//! | `yaml content/registers/terms.yaml appended` | added at the end of that file |
//! | `yaml content/services/contact.md below standards:` | put below that line of it |
//! | `yaml content/handbook.yaml instead of theme:` | put in the place of the line that begins so |
//! | `yaml fields of a standard` | some fields of that record |
//! | `sh run` | commands that succeed, run in the folder of the shipped handbook, one after the other |
//!
//! All files of a document are laid down together and then checked: there must be no finding.
#![allow(clippy::disallowed_methods, reason = "a test reads the documents from disk and runs the program")]

mod bench;
mod command_line;
mod content;
mod document;
mod examples;
mod findings;
mod links;
mod messages;
mod themes;
mod views;
