//! Pledgebook: a static-site generator for service standards and promises.
//!
//! One direction: `SourceTree → Parsed<Handbook> → CheckedHandbook → SitePlan → RenderedSite → public/`.
//! Each module is a room with one job; `docs/architecture.md` has the table of rooms and of what each may use.

pub mod agenda;
pub mod answer;
pub mod calendar;
pub mod checks;
pub mod config;
pub mod diagnostic;
pub mod diff;
pub mod fields;
pub mod history;
pub mod locale;
pub mod manual;
pub mod markdown;
pub mod mend;
pub mod model;
pub mod output;
pub mod pages;
pub mod parse;
pub mod pipeline;
pub mod rename;
pub mod render;
pub mod scaffold;
pub mod search;
pub mod serve;
pub mod source;
pub mod theme;
pub mod triage;
pub mod units;
pub mod view;
pub mod wording;
