//! What a YAML document holds, every part with its place.

use crate::source::Span;

/// A part of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Where it is written.
    pub span: Span,
    /// What it holds.
    pub kind: NodeKind,
}

/// What a part of a document holds.
#[derive(Clone, Debug, PartialEq)]
pub enum NodeKind {
    /// Nothing: an empty value, `~` or `null`.
    Null,
    /// One value, as it is written, quotes and escapes undone.
    Scalar(String),
    /// A list.
    List(Vec<Node>),
    /// Keys and values in the order in which they are written, duplicates left out.
    Map(Vec<Entry>),
    /// A part that cannot be read; its fault is told already.
    Broken,
}

/// One key with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key is written.
    pub key_span: Span,
    /// The value.
    pub value: Node,
}

impl Node {
    /// Finds the value of a key, where the node is a map that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries().iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    /// Gives the entries, none where the node is no map.
    pub fn entries(&self) -> &[Entry] {
        match &self.kind {
            NodeKind::Map(entries) => entries,
            _ => &[],
        }
    }

    /// Tells whether the node is a list or a map in which nothing stands.
    pub fn is_empty(&self) -> bool {
        match &self.kind {
            NodeKind::List(items) => items.is_empty(),
            NodeKind::Map(entries) => entries.is_empty(),
            _ => false,
        }
    }

    /// Names the kind of the node for a sentence.
    pub fn word(&self) -> &'static str {
        match self.kind {
            NodeKind::Null => "nothing",
            NodeKind::Scalar(_) => "a single value",
            NodeKind::List(_) => "a list",
            NodeKind::Map(_) => "a group of keys",
            NodeKind::Broken => "something unreadable",
        }
    }
}
