//! Who reads: where the reader is, what it knows, and the faults it has met.

use super::blank::{is_blank, tell_blank};
use super::node::{Entry, Node, NodeKind};
use super::shape::{Field, Need, RecordShape};
use super::text::Language;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::units::nearest::{certain, is_free, listed, nearest};

/// Reads the nodes of one file and collects its faults.
#[derive(Debug)]
pub struct Reader<'a> {
    /// The handbook's languages, the source language first.
    pub languages: &'a [String],
    /// The id of the service that the file describes, for references within it.
    pub service: Option<&'a str>,
    /// Whether a text may be given as a map of languages, as in the registers.
    pub texts_by_language: bool,
    /// Whether a part of the file could not be read, so that nothing can be said to be missing.
    pub incomplete: bool,
    /// The language of a translation.
    pub language: Language,
    /// The key of the thing that is being read: where something that is missing is told.
    pub here: Span,
    /// The field that is being read.
    pub field: Option<&'static Field>,
    /// The faults.
    pub diagnostics: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    /// Makes a reader for a file in the source language; `here` is the beginning of the file.
    pub fn new(languages: &'a [String], here: Span) -> Self {
        Self {
            languages,
            service: None,
            texts_by_language: false,
            incomplete: false,
            language: Language(0),
            here,
            field: None,
            diagnostics: Vec::new(),
        }
    }

    /// Collects a fault.
    pub fn tell(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Goes to an entry of a record, to read what stands behind its key.
    pub fn go_to(&mut self, entry: &Entry, fields: &'static [Field]) {
        self.here = entry.key_span;
        self.field = fields.iter().find(|field| field.key == entry.key);
    }

    /// Finds one of the handbook's languages.
    pub fn language_named(&self, tag: &str) -> Option<Language> {
        self.languages.iter().position(|known| known == tag).and_then(|at| u8::try_from(at).ok()).map(Language)
    }

    /// Gives a single value, where it is one that is neither empty nor a blank.
    pub fn filled(node: &Node) -> Option<&str> {
        match &node.kind {
            NodeKind::Scalar(text) if !text.trim().is_empty() && !is_blank(text) => Some(text),
            _ => None,
        }
    }

    /// Gives a single value; `wanted` says what was expected: `a duration such as `10 business days``.
    pub fn scalar<'n>(&mut self, node: &'n Node, wanted: &str) -> Option<&'n str> {
        match &node.kind {
            NodeKind::Scalar(text) if is_blank(text) => {
                self.tell(tell_blank(node.span, self.field, wanted));
                None
            }
            NodeKind::Scalar(text) if !text.trim().is_empty() => Some(text),
            NodeKind::Scalar(_) => {
                self.tell_null(node.span, wanted);
                None
            }
            _ => {
                self.tell_type(node, wanted);
                None
            }
        }
    }

    /// Gives the items of a list.
    pub fn list<'n>(&mut self, node: &'n Node) -> Option<&'n [Node]> {
        match &node.kind {
            NodeKind::List(items) => Some(items),
            NodeKind::Scalar(text) if !is_blank(text) => {
                let message = format!("expected a list, found the single value `{}`", short(text));
                let told = Diagnostic::error("field/type", node.span, message);
                let told = told.action(format!("put it in brackets: `[{}]`", short(text)));
                let end = Span { start: node.span.end, ..node.span };
                let is_item = !text.contains([',', '[', ']', '{', '}', '#', ':', '\n', '\r']);
                self.tell(if is_item { told.fix(node.span.beginning(), "[").fix(end, "]") } else { told });
                None
            }
            NodeKind::Map(_) => {
                let told = Diagnostic::error("field/type", node.span, "expected a list, found a group of keys");
                self.tell(told.action("begin each item of the list with a hyphen, `- `"));
                None
            }
            _ => {
                self.tell_type(node, "a list such as `[phone, counter]`");
                None
            }
        }
    }

    /// Gives the entries of a record.
    pub fn record<'n>(&mut self, node: &'n Node, shape: RecordShape) -> Option<&'n [Entry]> {
        if is_filled_otherwise(node) {
            let message = format!("expected the fields of {}, found {}", shape.what, node.word());
            let must = shape.fields.iter().filter(|field| field.need == Need::Must);
            let keys: Vec<String> = must.map(|field| format!("`{}: …`", field.key)).collect();
            let which = if keys.is_empty() { String::new() } else { format!(", at least {}", keys.join(", ")) };
            let told = Diagnostic::error("field/type", node.span, message);
            self.tell(told.action(format!("write its fields, one a line{which}")));
            return None;
        }
        self.map(node, &format!("the fields of {}", shape.what))
    }

    /// Gives the entries of a table.
    pub fn table<'n>(&mut self, node: &'n Node) -> Option<&'n [Entry]> {
        if is_filled_otherwise(node) {
            let message = format!("expected things by id, found {}", node.word());
            let told = Diagnostic::error("field/type", node.span, message);
            self.tell(told.action("write `id:` for each, without a hyphen, and what belongs to it below"));
            return None;
        }
        self.map(node, "things by id, each with its own fields below it")
    }

    /// Gives the entries of a map; `wanted` says what was expected.
    pub fn map<'n>(&mut self, node: &'n Node, wanted: &str) -> Option<&'n [Entry]> {
        match &node.kind {
            NodeKind::Map(entries) => Some(entries),
            _ => {
                self.tell_type(node, wanted);
                None
            }
        }
    }

    /// Tells that a value has the wrong form; a part that is broken was told before.
    pub fn tell_type(&mut self, node: &Node, wanted: &str) {
        match node.kind {
            NodeKind::Broken => {}
            NodeKind::Scalar(ref text) if is_blank(text) => self.tell(tell_blank(node.span, self.field, wanted)),
            NodeKind::Null => self.tell_null(node.span, wanted),
            NodeKind::Map(ref entries) if wanted == "a text" && entries.len() == 1 => {
                let message = "a colon in a text makes it a group of keys";
                let told = Diagnostic::error("field/type", node.span, message);
                self.tell(told.action("put the whole text in quotation marks"));
            }
            _ => {
                let message = format!("expected {wanted}, found {}", node.word());
                self.tell(Diagnostic::error("field/type", node.span, message).action(format!("write {wanted}")));
            }
        }
    }

    fn tell_null(&mut self, span: Span, wanted: &str) {
        if self.incomplete {
            return;
        }
        let place = if span.start == span.end { self.here } else { span };
        let told = Diagnostic::error("field/null", place, format!("a value is missing here: expected {wanted}"));
        self.tell(told.action("write it, or remove what stands before it"));
    }

    /// Tells that a key of a record is not one of its fields, and gives the field that is probably meant.
    ///
    /// The key is put right without asking where the field is certain, and no other key of the record is it or may be.
    pub fn tell_unknown(
        &mut self,
        (entry, record): (&Entry, &Node),
        what: &str,
        fields: &'static [Field],
    ) -> Option<&'static str> {
        let keys = || fields.iter().map(|field| field.key);
        let near = nearest(&entry.key, keys());
        let message = format!("`{}` is not a field of {what}", short(&entry.key));
        let told = Diagnostic::error("field/unknown", entry.key_span, message);
        let told = match near {
            Some(near) => {
                let told = told.hint(format!("did you mean `{near}`?")).action(format!("write `{near}`"));
                let others = record.entries().iter().filter(|other| other.key_span != entry.key_span);
                let others = others.map(|other| other.key.as_str());
                match certain(&entry.key, keys()).filter(|meant| is_free(meant, others, &mut keys())) {
                    Some(meant) => told.fix_value(entry.key_span, meant),
                    None => told,
                }
            }
            None if fields.iter().any(|field| field.key == "extra") => {
                told.action(format!("write one of {}, or put it under `extra:`", listed(keys())))
            }
            None => told.action(format!("write one of {}", listed(keys()))),
        };
        self.tell(told);
        near
    }

    /// Tells that a field is missing.
    pub fn tell_missing(&mut self, field: &Field, what: &str) {
        let needs = || format!("{what} needs `{}`", field.key);
        let message = if field.lack.is_empty() { needs() } else { field.lack.to_owned() };
        self.tell_missing_as(field.finding, field, message);
    }

    /// Tells that a field is missing, by the name of the check that is about it and in its words.
    pub fn tell_missing_as(&mut self, name: &'static str, field: &Field, message: String) {
        let told = Diagnostic::error(name, self.here, message);
        self.tell(told.action(format!("add `{}` ({})", field.sketch(), field.purpose())));
    }

    /// Tells that a required field holds nothing.
    pub fn tell_empty(&mut self, field: &Field, what: &str, span: Span) {
        let message = match field.lack {
            "" => format!("`{}` is empty, and {what} needs at least one", field.key),
            lack => lack.to_owned(),
        };
        let told = Diagnostic::error(field.finding, span, message);
        self.tell(told.action(format!("write at least one ({})", field.purpose())));
    }

    /// Tells that a translation repeats what is no text.
    pub fn tell_untranslatable(&mut self, span: Span) {
        let message = "this is no text, so it is the same in every language";
        let told = Diagnostic::error("language/not-a-text", span, message);
        self.tell(told.action("remove it here; it stands in the file of the source language"));
    }

    /// Tells that a translation has a text that its source does not have.
    pub fn tell_without_source(&mut self, span: Span) {
        if !self.incomplete {
            let message = "the source language has no text here, so there is nothing to translate";
            let told = Diagnostic::error("language/no-source", span, message);
            self.tell(told.action("write the text in the source language first, or remove it here"));
        }
    }

    /// Tells that a translated list is longer or shorter than its source.
    pub fn tell_length(&mut self, span: Span, wanted: usize, found: usize) {
        let texts = if found == 1 { "text" } else { "texts" };
        let message = format!("the list has {found} {texts} here and {wanted} in the source language");
        let told = Diagnostic::error("language/list-differs", span, message);
        self.tell(told.action("translate each text of the list, in the same order"));
    }
}

/// Tells whether something that is no group of keys stands where one belongs.
fn is_filled_otherwise(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Scalar(text) => !is_blank(text),
        kind => matches!(kind, NodeKind::List(_)),
    }
}

/// Cuts a text that is shown within a sentence.
pub fn short(text: &str) -> String {
    if text.chars().count() <= 40 { text.to_owned() } else { text.chars().take(39).chain(['…']).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::yaml;
    use crate::source::FileId;

    fn told(text: &str, see: impl Fn(&mut Reader, &Node)) -> Vec<String> {
        let whole = Span::new(FileId(0), 0, text.len());
        let mut reader = Reader::new(&[], whole.beginning());
        see(&mut reader, &yaml::read(text, whole).root);
        let said = |told: Diagnostic| format!("{}: {} → {}", told.name, told.message, told.action.unwrap_or_default());
        reader.diagnostics.into_iter().map(said).collect()
    }

    #[test]
    fn a_single_value_where_a_list_is_wanted_is_told_with_brackets() {
        let lines = told("phone", |reader, node| assert!(reader.list(node).is_none()));
        assert_eq!(
            lines,
            ["field/type: expected a list, found the single value `phone` → put it in brackets: `[phone]`"]
        );
    }

    #[test]
    fn a_list_where_a_single_value_is_wanted_is_told() {
        let lines = told("[a]", |reader, node| assert_eq!(reader.scalar(node, "a text"), None));
        assert_eq!(lines.len(), 1);
        assert!(lines[0].starts_with("field/type: expected a text, found"), "{lines:?}");
    }

    #[test]
    fn a_value_that_is_missing_is_told_where_its_key_stands() {
        for text in ["~", "''", "' '"] {
            let lines = told(text, |reader, node| assert_eq!(reader.scalar(node, "a text"), None));
            assert_eq!(lines.len(), 1, "{text}");
            assert!(lines[0].starts_with("field/null: a value is missing here: expected a text"), "{text}: {lines:?}");
        }
    }

    #[test]
    fn long_texts_are_cut_at_a_character_when_they_are_shown() {
        assert_eq!(short("退货"), "退货");
        let long = short(&"货".repeat(41));
        assert_eq!((long.chars().count(), long.ends_with('…')), (40, true));
        assert_eq!(short(&"a".repeat(40)), "a".repeat(40));
    }

    #[test]
    fn languages_are_known_by_their_place() {
        let languages = ["en".to_owned(), "de".to_owned()];
        let reader = Reader::new(&languages, Span::new(FileId(0), 0, 0));
        assert_eq!((reader.language_named("de"), reader.language_named("fr")), (Some(Language(1)), None));
    }
}
