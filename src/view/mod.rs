//! What templates may see: one documented, serialisable struct a thing. This is the contract with themes.
//!
//! Every text that is shown is [`Html`](html::Html): escaped already, and marked with its language where it had to fall
//! back to the source language. Not here: which pages there are (`pages`), and how they look (`theme`).

pub mod address;
pub mod budget;
pub mod checklist;
pub mod deadline;
pub mod factor;
pub mod flow;
pub mod footer;
pub mod home;
pub mod hours;
pub mod html;
pub mod index;
pub mod ledger;
pub mod library;
pub mod lists;
pub mod page;
pub mod playbook;
pub mod promise;
pub mod relations;
pub mod resolver;
pub mod results;
pub mod role;
pub mod service;
pub mod site;
pub mod standard;
pub mod writer;
