//! Starter files: a small handbook for `init`, one thing for `new`.
//!
//! What a thing may hold comes from the tables of fields, so a starter file cannot drift from what is read. Pure: the
//! files are texts by path. Not here: writing them to disk (the binary), and the meaning of a field (`model`).

pub mod choice;
pub mod ci;
pub mod condition;
pub mod document;
pub mod draft;
pub mod example;
pub mod handbook;
pub mod kinds;
pub mod register;
pub mod translation;

#[cfg(test)]
mod tests;
