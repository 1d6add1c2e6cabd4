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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::yaml;
    use crate::source::FileId;

    fn node(text: &str) -> Node {
        yaml::read(text, Span::new(FileId(0), 0, text.len())).root
    }

    /// Reads a value and its translation: what is left, and the names of what is told.
    fn translated<T: Value>(source: &str, translation: &str) -> (Option<T>, Vec<&'static str>) {
        let languages = ["en".to_owned(), "de".to_owned()];
        let mut reader = Reader::new(&languages, Span::new(FileId(0), 0, 0));
        let mut value = T::read(&node(source), &mut reader);
        reader.language = crate::fields::text::Language(1);
        if let (Some(value), false) = (&mut value, translation.is_empty()) {
            value.translate(&node(translation), &mut reader);
        }
        (value, reader.diagnostics.into_iter().map(|told| told.name).collect())
    }

    fn german(texts: &[Text]) -> Vec<&str> {
        texts.iter().filter_map(|text| text.get(crate::fields::text::Language(1))).map(|(text, _)| text).collect()
    }

    #[test]
    fn a_list_is_translated_item_by_item_and_its_length_is_the_same() {
        let (list, told) = translated::<Vec<Text>>("[a, b]", "[x, y]");
        assert_eq!((german(&list.unwrap()), told), (vec!["x", "y"], vec![]));
        let (list, told) = translated::<Vec<Text>>("[a, b]", "[x]");
        assert_eq!((german(&list.unwrap()), told), (vec!["x", "b"], vec!["language/list-differs"]));
        assert_eq!(translated::<Vec<Text>>("[a]", "x").1, ["field/type"]);
    }

    #[test]
    fn what_is_no_text_is_not_translated() {
        use crate::source::Spanned;
        type Numbers = Vec<Spanned<u32>>;
        assert_eq!(translated::<Numbers>("[1, 2]", "[1, 2]").1, ["language/not-a-text"]);
        assert_eq!(translated::<Option<Spanned<u32>>>("1", "1").1, ["language/not-a-text"]);
    }

    #[test]
    fn one_or_several_need_no_brackets_for_one() {
        let few = |text: &str| translated::<Few<Text>>(text, "").0.unwrap().0.len();
        assert_eq!((few("a"), few("[a]"), few("[a, b]")), (1, 1, 2));
        assert_eq!(german(&translated::<Few<Text>>("a", "x").0.unwrap().0), ["x"]);
        assert_eq!(german(&translated::<Few<Text>>("[a]", "x").0.unwrap().0), ["x"]);
        assert_eq!(translated::<Few<Text>>("[a, b]", "x").1, ["language/list-differs"]);
    }

    #[test]
    fn an_item_that_cannot_be_read_does_not_hide_the_others() {
        let (list, told) = translated::<Vec<Text>>("[a, {b: c}, d]", "");
        assert_eq!((list.unwrap().len(), told), (2, vec!["field/type"]));
    }

    #[test]
    fn a_translation_of_nothing_is_told() {
        let languages = ["en".to_owned()];
        let mut reader = Reader::new(&languages, Span::new(FileId(0), 0, 0));
        let mut none: Option<Text> = None;
        none.translate(&node("x"), &mut reader);
        assert_eq!(reader.diagnostics[0].name, "language/no-source");
        reader.incomplete = true;
        none.translate(&node("x"), &mut reader);
        assert_eq!(reader.diagnostics.len(), 1);
    }

    #[test]
    fn whatever_a_theme_may_want_to_know_is_kept_as_it_is() {
        let (extra, told) = translated::<Extra>("{a: [1, {b: ''}], c: ~}", "");
        assert_eq!(extra.unwrap().0, serde_json::json!({"a": ["1", {"b": ""}], "c": null}));
        assert!(told.is_empty());
    }

    #[test]
    fn a_walk_goes_through_lists_with_their_numbers() {
        #[derive(Default)]
        struct Path(Vec<String>, Vec<String>);
        impl Visitor for Path {
            fn enter(&mut self, key: &str) {
                self.0.push(key.to_owned());
            }
            fn leave(&mut self) {
                self.0.pop();
            }
            fn text(&mut self, text: &Text) {
                self.1.push(format!("{}={}", self.0.join("."), text.source()));
            }
        }
        let mut path = Path::default();
        translated::<Few<Text>>("[a, b]", "").0.unwrap().walk(&mut path);
        assert_eq!((path.1, path.0.len()), (vec!["0=a".to_owned(), "1=b".to_owned()], 0));
    }
}
