//! Front matter and registers field by field, so that every fault is found, at its own place.
//!
//! A record declares its fields once, with [`record!`](crate::record); from that table come the decoder, the reader of
//! translations, the walk over texts and references, and the content reference of the manual.
//! Not here: which records there are (`config` and `model`).

pub mod blank;
pub mod node;
pub mod reader;
pub mod record;
pub mod recover;
pub mod scalar;
pub mod shape;
pub mod table;
pub mod text;
pub mod value;
pub mod yaml;
