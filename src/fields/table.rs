//! Things by id, in the order in which they are written.

use std::collections::BTreeMap;

use super::node::Node;
use super::reader::{Reader, short};
use super::shape::Shape;
use super::value::{Value, Visitor};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::units::nearest::nearest;

/// One thing of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row<T> {
    /// Its id within the table.
    pub id: String,
    /// Where the id is written.
    pub span: Span,
    /// The thing.
    pub value: T,
}

/// Things by id, in the order in which they are written.
#[derive(Clone, Debug, PartialEq)]
pub struct Table<T> {
    rows: Vec<Row<T>>,
    /// Where the first row of each id stands.
    places: BTreeMap<String, usize>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), places: BTreeMap::new() }
    }
}

impl<T> Table<T> {
    /// Finds a thing by its id.
    pub fn get(&self, id: &str) -> Option<&Row<T>> {
        self.places.get(id).map(|at| &self.rows[*at])
    }

    /// Walks over the things.
    pub fn iter(&self) -> std::slice::Iter<'_, Row<T>> {
        self.rows.iter()
    }

    /// Tells whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Counts them.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Takes the things out.
    pub fn into_rows(self) -> Vec<Row<T>> {
        self.rows
    }
}

/// The longest id, so that it can be the name of a file everywhere.
const LONGEST: usize = 100;

/// Tells whether a word can be an id: lower-case letters, digits and hyphens.
pub fn is_id(word: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=LONGEST).contains(&word.len()) && word.bytes().all(fits) && !word.starts_with('-') && !word.ends_with('-')
}

/// Gives the id under which a thing is known although its id is at fault: as it is written where that can be the name of
/// a page, or else as proposed.
fn usable(word: &str) -> Option<String> {
    let harmless = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | ' ');
    let fits =
        (1..=LONGEST).contains(&word.len()) && word.chars().all(harmless) && word.contains(char::is_alphanumeric);
    if fits { Some(word.to_owned()) } else { proposed_id(word) }
}

/// Tells that a word cannot be an id, and proposes one that can.
pub fn tell_id(word: &str, span: Span) -> Diagnostic {
    let message = match word {
        "" => "an id is missing here: an id has lower-case letters, digits and hyphens".to_owned(),
        long if long.len() > LONGEST => {
            format!("`{}` cannot be an id: it has more than {LONGEST} characters", short(long))
        }
        word => format!("`{}` cannot be an id: an id has lower-case letters, digits and hyphens only", short(word)),
    };
    let told = Diagnostic::error("field/id", span, message);
    match proposed_id(word) {
        Some(proposed) => told.action(format!("write `{proposed}`")),
        None => told.action("write a short English word, such as `turnaround`"),
    }
}

/// Makes an id out of a word, where its letters allow it: `zurueck-gabe` out of `Zurück_Gabe`.
pub fn proposed_id(word: &str) -> Option<String> {
    let mut plain = String::new();
    for letter in word.to_lowercase().chars() {
        match letter {
            'ä' => plain.push_str("ae"),
            'ö' => plain.push_str("oe"),
            'ü' => plain.push_str("ue"),
            'ß' => plain.push_str("ss"),
            'à' | 'á' | 'â' | 'ã' => plain.push('a'),
            'è' | 'é' | 'ê' => plain.push('e'),
            'ç' => plain.push('c'),
            'ñ' => plain.push('n'),
            '\'' | '’' => {}
            letter => plain.push(letter),
        }
    }
    let parts: Vec<_> =
        plain.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect();
    Some(parts.join("-")).filter(|proposed| is_id(proposed))
}

impl<T: Value + Default> Value for Table<T> {
    const SHAPE: Shape = Shape::Table(&T::SHAPE);
    const HAS_TEXT: bool = T::HAS_TEXT;

    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let entries = reader.table(node)?;
        let outside = reader.here;
        let mut table = Self::default();
        for entry in entries {
            if !is_id(&entry.key) {
                reader.tell(tell_id(&entry.key, entry.key_span));
            }
            reader.here = entry.key_span;
            let value = T::read(&entry.value, reader).unwrap_or_default();
            if let Some(id) = usable(&entry.key) {
                table.places.entry(id.clone()).or_insert(table.rows.len());
                table.rows.push(Row { id, span: entry.key_span, value });
            }
        }
        reader.here = outside;
        Some(table)
    }

    fn translate(&mut self, node: &Node, reader: &mut Reader) {
        if !T::HAS_TEXT {
            return reader.tell_untranslatable(node.span);
        }
        let Some(entries) = reader.map(node, "the same ids as in the source language") else { return };
        for entry in entries {
            match self.places.get(&entry.key).map(|at| &mut self.rows[*at]) {
                Some(row) => row.value.translate(&entry.value, reader),
                None if reader.incomplete => {}
                None => {
                    let told = unknown_id(&entry.key, entry.key_span, self.rows.iter().map(|row| row.id.as_str()));
                    reader.tell(told);
                }
            }
        }
    }

    fn walk(&self, visitor: &mut dyn Visitor) {
        for row in &self.rows {
            visitor.enter(&row.id);
            row.value.walk(visitor);
            visitor.leave();
        }
    }
}

fn unknown_id<'a>(id: &str, span: Span, known: impl Iterator<Item = &'a str>) -> Diagnostic {
    let told = Diagnostic::error("language/no-source", span, format!("the source language has no `{id}` here"));
    match nearest(id, known) {
        Some(near) => told.hint(format!("did you mean `{near}`?")).action(format!("write `{near}`")),
        None => told.action("write it in the source language first, or remove it here"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::text::{Language, Text};
    use crate::fields::yaml;
    use crate::source::FileId;

    #[test]
    fn an_id_is_lower_case_letters_digits_and_hyphens() {
        for good in ["a", "ten-days", "b2"] {
            assert!(is_id(good), "{good}");
        }
        for bad in ["", "Ten", "ten days", "-a", "a-", "zehn_tage", "退货", "a/b", ".."] {
            assert!(!is_id(bad), "{bad}");
        }
    }

    #[test]
    fn a_bad_id_is_told_with_a_good_one() {
        let action = |word| tell_id(word, Span::new(FileId(0), 0, 1)).action.unwrap();
        assert_eq!(action("Ten Days!"), "write `ten-days`");
        assert_eq!(action("Rückgabe_für Zuhause"), "write `rueckgabe-fuer-zuhause`");
        assert_eq!(action("退货"), "write a short English word, such as `turnaround`");
    }

    fn read(source: &str, translation: &str, incomplete: bool) -> (Table<Text>, Vec<String>) {
        let languages = ["en".to_owned(), "de".to_owned()];
        let node = |text: &str| yaml::read(text, Span::new(FileId(0), 0, text.len())).root;
        let mut reader = Reader::new(&languages, Span::new(FileId(0), 0, 0));
        let mut table = Table::<Text>::read(&node(source), &mut reader).unwrap_or_default();
        (reader.language, reader.incomplete) = (Language(1), incomplete);
        if !translation.is_empty() {
            table.translate(&node(translation), &mut reader);
        }
        let said = |told: Diagnostic| format!("{} {}", told.name, told.action.unwrap_or_default());
        (table, reader.diagnostics.into_iter().map(said).collect())
    }

    #[test]
    fn things_are_found_by_id_and_kept_in_order() {
        let (table, told) = read("{b: B, a: A}", "", false);
        assert_eq!(table.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), ["b", "a"]);
        assert_eq!((table.get("a").unwrap().value.source(), table.get("c").is_none(), table.len()), ("A", true, 2));
        assert!(told.is_empty() && !table.is_empty());
    }

    #[test]
    fn a_translation_is_matched_by_id_whatever_its_order() {
        let (table, told) = read("{a: A, b: B}", "{b: Y, a: X}", false);
        let german: Vec<_> = table.iter().map(|row| row.value.get(Language(1)).unwrap().0.to_owned()).collect();
        assert_eq!((german, told), (vec!["X".to_owned(), "Y".into()], vec![]));
    }

    #[test]
    fn a_translation_of_an_id_that_is_not_there_is_told_unless_the_source_could_not_be_read() {
        let (_, told) = read("{turnaround: A}", "{turnarond: X}", false);
        assert_eq!(told, ["language/no-source write `turnaround`"]);
        assert_eq!(read("{turnaround: A}", "{turnarond: X}", true).1, [""; 0]);
    }
}
