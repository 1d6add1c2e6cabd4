//! Prose: Markdown to headings, references and plain text, and to the HTML of our themes.
//!
//! A text is read once into a [`prose::Prose`], which keeps what others ask of it with places in the file; HTML is
//! written later, when a [`resolve::Resolver`] knows where references lead. Not here: what a reference means, which
//! page a text stands on, and telling anybody about a fault.

pub mod fault;
pub mod part;
pub mod passage;
pub mod prose;
pub mod resolve;
pub mod slug;
pub mod wiki;

mod address;
mod east_asian;
mod emphasis;
mod escape;
mod html;
mod limits;
mod outline;
mod plain;
mod raw_html;
mod reader;
mod syntax;
