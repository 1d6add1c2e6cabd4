//! A text in the handbook's languages.

use super::node::{Entry, Node, NodeKind};
use super::reader::Reader;
use super::shape::Shape;
use super::value::{Value, Visitor};
use crate::diagnostic::Diagnostic;
use crate::source::{Span, Spanned};
use crate::units::nearest::{is_free, listed, nearest};

/// One of the handbook's languages, by its place in `languages`; the first is the source language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Language(pub u8);

/// The language in which a handbook is written first.
pub const SOURCE: Language = Language(0);

/// A text in the languages in which it was given.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Text {
    versions: Vec<(Language, Spanned<String>)>,
}

impl Text {
    /// Makes a text in the source language.
    pub fn new(value: String, span: Span) -> Self {
        Self { versions: vec![(SOURCE, Spanned { value, span })] }
    }

    /// Gives the text in a language, or in the source language where it has none, with the language it is in.
    pub fn get(&self, language: Language) -> Option<(&str, Language)> {
        self.exactly(language)
            .map(|text| (text.value.as_str(), language))
            .or_else(|| self.versions.first().map(|(found, text)| (text.value.as_str(), *found)))
    }

    /// Gives the text in one language only.
    pub fn exactly(&self, language: Language) -> Option<&Spanned<String>> {
        self.versions.iter().find(|(found, _)| *found == language).map(|(_, text)| text)
    }

    /// Gives the text in the source language, empty where there is none.
    pub fn source(&self) -> &str {
        self.exactly(SOURCE).map_or("", |text| text.value.as_str())
    }

    /// Tells whether no text was given.
    pub fn is_empty(&self) -> bool {
        self.versions.is_empty()
    }

    /// Walks over all versions.
    pub fn versions(&self) -> impl Iterator<Item = (Language, &Spanned<String>)> {
        self.versions.iter().map(|(language, text)| (*language, text))
    }

    /// Adds or replaces the version of a language.
    pub fn set(&mut self, language: Language, text: Spanned<String>) {
        self.versions.retain(|(found, _)| *found != language);
        self.versions.push((language, text));
        self.versions.sort_by_key(|(found, _)| *found);
    }
}

impl Value for Text {
    const SHAPE: Shape = Shape::Text;
    const HAS_TEXT: bool = true;

    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        if let (NodeKind::Map(_), true) = (&node.kind, reader.texts_by_language) {
            return read_map(node, reader);
        }
        if !node.is_empty()
            && node.entries().iter().all(|entry| reader.language_named(&entry.key).is_some())
            && matches!(node.kind, NodeKind::Map(_))
        {
            let told = Diagnostic::error("field/type", node.span, "expected a text, found one for each language");
            reader.tell(told.action("write the text of the source language here, and the others in files of their own, such as `repair.de.md`"));
            return None;
        }
        let text = reader.scalar(node, "a text")?;
        let mut read = Self::default();
        read.set(SOURCE, Spanned { value: text.to_owned(), span: node.span });
        Some(read)
    }

    fn translate(&mut self, node: &Node, reader: &mut Reader) {
        let Some(text) = reader.scalar(node, "a text") else { return };
        if self.is_empty() && !reader.incomplete {
            return reader.tell_without_source(node.span);
        }
        self.set(reader.language, Spanned { value: text.to_owned(), span: node.span });
    }

    fn walk(&self, visitor: &mut dyn Visitor) {
        visitor.text(self);
    }
}

/// Reads `{en: …, de: …}`.
fn read_map(node: &Node, reader: &mut Reader) -> Option<Text> {
    let mut text = Text::default();
    let here = reader.here;
    for entry in node.entries() {
        reader.here = entry.key_span;
        let Some(language) = reader.language_named(&entry.key) else {
            tell_language((entry, node), reader);
            continue;
        };
        if let Some(version) = reader.scalar(&entry.value, "a text") {
            text.set(language, Spanned { value: version.to_owned(), span: entry.value.span });
        }
    }
    reader.here = here;
    let source = reader.languages.first().cloned().unwrap_or_default();
    if text.exactly(SOURCE).is_none() && node.get(&source).is_none() && !reader.incomplete {
        let message = format!("the text is missing in `{source}`, the source language");
        reader.tell(Diagnostic::error("language/no-source", node.span, message).action(format!("add `{source}: …`")));
    }
    Some(text)
}

/// Tells that a key is none of the handbook's languages.
///
/// Tags are short, so only capital letters and `_` for `-` are put right without asking.
pub fn tell_language((entry, texts): (&Entry, &Node), reader: &mut Reader) {
    let (key, span) = (entry.key.as_str(), entry.key_span);
    let known = reader.languages.iter().map(String::as_str);
    let message = format!("`{key}` is not a language of this handbook, which has {}", listed(known.clone()));
    let told = Diagnostic::error("language/unknown", span, message);
    let same = |tag: &&str| tag.eq_ignore_ascii_case(&key.replace('_', "-"));
    let others = texts.entries().iter().filter(|other| other.key_span != span).map(|other| other.key.as_str());
    let meant = known.clone().find(same).filter(|tag| is_free(tag, others, &mut known.clone()));
    let told = match nearest(key, known) {
        Some(near) => told.hint(format!("did you mean `{near}`?")).action(format!("write `{near}`")),
        None => told.action(format!("remove it, or add `{key}` to `languages` in handbook.yaml")),
    };
    let told = match meant {
        Some(tag) => told.fix_value(span, tag),
        None => told,
    };
    reader.tell(told);
}

/// Words by language: a list for the source language, or a map of lists.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Words {
    versions: Vec<(Language, Vec<Spanned<String>>)>,
}

impl Words {
    /// Gives the words of one language.
    pub fn of(&self, language: Language) -> &[Spanned<String>] {
        self.versions.iter().find(|(found, _)| *found == language).map_or(&[], |(_, words)| words)
    }
}

impl Value for Words {
    const SHAPE: Shape = Shape::Value { name: "words by language", example: "{en: [client], de: [Klient]}" };

    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let mut words = Self::default();
        if !matches!(node.kind, NodeKind::Map(_)) {
            let list = reader.list(node)?;
            words.versions.push((SOURCE, read_words(list, reader)));
            return Some(words);
        }
        for entry in node.entries() {
            match reader.language_named(&entry.key) {
                None => tell_language((entry, node), reader),
                Some(language) => {
                    let list = reader.list(&entry.value).unwrap_or(&[]);
                    words.versions.push((language, read_words(list, reader)));
                }
            }
        }
        Some(words)
    }
}

fn read_words(list: &[Node], reader: &mut Reader) -> Vec<Spanned<String>> {
    let word =
        |node: &Node| reader.scalar(node, "a word").map(|text| Spanned { value: text.to_owned(), span: node.span });
    list.iter().filter_map(word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::yaml;
    use crate::source::FileId;

    fn read<T: Value>(text: &str) -> (Option<T>, Vec<String>) {
        let languages = ["en".to_owned(), "de".to_owned()];
        let whole = Span::new(FileId(0), 0, text.len());
        let mut reader = Reader::new(&languages, whole);
        reader.texts_by_language = true;
        let value = T::read(&yaml::read(text, whole).root, &mut reader);
        let said = |told: Diagnostic| format!("{} → {}", told.name, told.action.unwrap_or_default());
        (value, reader.diagnostics.into_iter().map(said).collect())
    }

    #[test]
    fn a_text_falls_back_to_the_source_language_and_says_so() {
        let text = read::<Text>("{en: Desk, de: Annahme}").0.unwrap();
        assert_eq!(text.get(Language(1)), Some(("Annahme", Language(1))));
        assert_eq!(text.get(Language(7)), Some(("Desk", SOURCE)));
        let text = read::<Text>("Desk").0.unwrap();
        assert_eq!((text.get(Language(1)), text.source()), (Some(("Desk", SOURCE)), "Desk"));
        assert_eq!(
            (Text::default().get(SOURCE), Text::default().source(), Text::default().is_empty()),
            (None, "", true)
        );
    }

    #[test]
    fn a_version_replaces_the_one_before_it() {
        let mut text = read::<Text>("{en: A, de: B}").0.unwrap();
        text.set(SOURCE, Spanned { value: "C".into(), span: Span::new(FileId(0), 0, 0) });
        let versions: Vec<_> = text.versions().map(|(language, text)| (language.0, text.value.as_str())).collect();
        assert_eq!(versions, [(0, "C"), (1, "B")]);
    }

    #[test]
    fn a_text_by_language_needs_the_source_language() {
        assert_eq!(read::<Text>("{de: Annahme}").1, ["language/no-source → add `en: …`"]);
        assert_eq!(read::<Text>("{en: Desk}").1, [""; 0]);
    }

    #[test]
    fn an_unknown_language_is_told_with_the_nearest() {
        let told = read::<Text>("{en: Desk, ed: Annahme}").1;
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].starts_with("language/unknown → "), "{told:?}");
        let told = read::<Text>("{en: Desk, japanese: X}").1;
        assert_eq!(told, ["language/unknown → remove it, or add `japanese` to `languages` in handbook.yaml"]);
    }

    #[test]
    fn words_are_a_list_or_lists_by_language() {
        let words = |text: &str, language: u8| {
            let words = read::<Words>(text).0.unwrap_or_default();
            words.of(Language(language)).iter().map(|word| word.value.clone()).collect::<Vec<_>>()
        };
        assert_eq!(words("[client, user]", 0), ["client", "user"]);
        assert_eq!(words("[client]", 1), [""; 0]);
        assert_eq!(words("{en: [client], de: [Klient]}", 1), ["Klient"]);
        assert_eq!(read::<Words>("{fr: [client]}").1.len(), 1);
    }
}
