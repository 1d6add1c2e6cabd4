//! What sentences say, language by language: numbers with their units, and the words of a list.
//!
//! Not here: which words and numbers are wrong where (`checks`), and how a value is written for a reader (`locale`).

pub mod amount;
mod article;
mod chinese;
mod chinese_unit;
pub mod clause;
mod digits;
mod latin;
pub mod limit_phrase;
pub mod list;
pub mod lists;
pub mod phrase;
mod sentences;
mod spelled;
mod token;
pub mod tongue;
mod unit_word;
mod unnumbered;
pub mod word;
