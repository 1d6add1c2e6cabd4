//! What is wrong in a text: place, message and what to write instead. Not here: how it is told.

use crate::source::Span;

/// A fault of a text, for the author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProseFault {
    /// The characters that are at fault.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub action: String,
}

impl ProseFault {
    /// Makes a fault.
    pub fn new(span: Span, message: impl Into<String>, action: impl Into<String>) -> Self {
        Self { span, message: message.into(), action: action.into() }
    }
}
