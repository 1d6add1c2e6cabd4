//! Anything that can stand behind a key.

use super::node::{Node, NodeKind};
use super::reader::Reader;
use super::shape::Shape;
use super::text::Text;
use crate::source::Span;

/// Something that can stand behind a key.
pub trait Value: Sized {
    /// What it holds, for the manual.
    const SHAPE: Shape;
    /// Whether there is text in it that is translated.
    const HAS_TEXT: bool = false;

    /// Reads it. A fault is told to the reader, and what can be read is still given.
    fn read(node: &Node, reader: &mut Reader) -> Option<Self>;

    /// Adds the texts of a translation, in the reader's language; what is no text is told.
    fn translate(&mut self, node: &Node, reader: &mut Reader) {
        reader.tell_untranslatable(node.span);
    }

    /// Walks over the texts, references and pictures in it.
    fn walk(&self, _visitor: &mut dyn Visitor) {}
}

/// The id of another thing, as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The kind of thing, by the name of its folder or register; empty where any kind will do.
    pub kind: &'static str,
    /// The whole id.
    pub id: String,
    /// Where it is written.
    pub span: Span,
}

/// Somebody who walks over a record.
pub trait Visitor {
    /// Goes into a field or into a thing of a table.
    fn enter(&mut self, _key: &str) {}
    /// Comes out again.
    fn leave(&mut self) {}
    /// Meets a text.
    fn text(&mut self, _text: &Text) {}
    /// Meets a reference.
    fn reference(&mut self, _reference: &Reference) {}
    /// Meets the path of a picture.
    fn picture(&mut self, _path: &str, _span: Span) {}
}

impl<T: Value> Value for Option<T> {
    const SHAPE: Shape = T::SHAPE;
    const HAS_TEXT: bool = T::HAS_TEXT;

    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        T::read(node, reader).map(Some)
    }

    fn translate(&mut self, node: &Node, reader: &mut Reader) {
        match self {
            Some(value) => value.translate(node, reader),
            None => reader.tell_without_source(node.span),
        }
    }

    fn walk(&self, visitor: &mut dyn Visitor) {
        if let Some(value) = self {
            value.walk(visitor);
        }
    }
}

impl<T: Value> Value for Vec<T> {
    const SHAPE: Shape = Shape::List(&T::SHAPE);
    const HAS_TEXT: bool = T::HAS_TEXT;

    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let items = reader.list(node)?;
        Some(items.iter().filter_map(|item| T::read(item, reader)).collect())
    }

    fn translate(&mut self, node: &Node, reader: &mut Reader) {
        if !T::HAS_TEXT {
            return reader.tell_untranslatable(node.span);
        }
        let Some(items) = reader.list(node) else { return };
        if items.len() != self.len() && !reader.incomplete {
            reader.tell_length(node.span, self.len(), items.len());
        }
        for (value, item) in self.iter_mut().zip(items) {
            value.translate(item, reader);
        }
    }

    fn walk(&self, visitor: &mut dyn Visitor) {
        for (number, value) in self.iter().enumerate() {
            visitor.enter(&number.to_string());
            value.walk(visitor);
            visitor.leave();
        }
    }
}

/// One or several of a thing: a single one needs no brackets.
#[derive(Clone, Debug, PartialEq)]
pub struct Few<T>(pub Vec<T>);

impl<T> Default for Few<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Value> Value for Few<T> {
    const SHAPE: Shape = Shape::Few(&T::SHAPE);
    const HAS_TEXT: bool = T::HAS_TEXT;

    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        match node.kind {
            NodeKind::List(_) => Vec::read(node, reader).map(Self),
            _ => T::read(node, reader).map(|value| Self(vec![value])),
        }
    }

    fn translate(&mut self, node: &Node, reader: &mut Reader) {
        match (&node.kind, self.0.as_mut_slice()) {
            (NodeKind::List(_), _) => self.0.translate(node, reader),
            (_, [only]) => only.translate(node, reader),
            (_, several) => {
                let wanted = several.len();
                reader.tell_length(node.span, wanted, 1);
            }
        }
    }

    fn walk(&self, visitor: &mut dyn Visitor) {
        self.0.walk(visitor);
    }
}

/// Anything a theme may want to know, passed on as it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extra(pub serde_json::Value);

impl Value for Extra {
    const SHAPE: Shape = Shape::Free;

    fn read(node: &Node, _reader: &mut Reader) -> Option<Self> {
        Some(Self(json(node)))
    }
}

fn json(node: &Node) -> serde_json::Value {
    use serde_json::Value as Json;
    match &node.kind {
        NodeKind::Null | NodeKind::Broken => Json::Null,
        NodeKind::Scalar(text) => Json::String(text.clone()),
        NodeKind::List(items) => Json::Array(items.iter().map(json).collect()),
        NodeKind::Map(entries) => {
            Json::Object(entries.iter().map(|entry| (entry.key.clone(), json(&entry.value))).collect())
        }
    }
}
