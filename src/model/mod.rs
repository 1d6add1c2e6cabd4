//! The typed handbook: services with their standards, steps and promises, playbooks, checklists, pages, registers.
//!
//! One file a kind; a field is declared there and nowhere else. Not here: reading files (`parse`), and judging what
//! they say (`checks`).

pub mod authors;
pub mod budget;
pub mod checklist;
pub mod document;
pub mod former;
pub mod handbook;
pub mod kind;
pub mod lookup;
pub mod normative;
pub mod page;
pub mod playbook;
pub mod printable;
pub mod promise;
pub mod quantity;
pub mod registers;
pub mod results;
pub mod service;
pub mod stamp;
pub mod standard;
pub mod step;
