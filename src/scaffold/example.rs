//! Examples of what a field may hold, on one line.

use jiff::civil::Date;

use crate::fields::blank::BLANK;
use crate::fields::shape::{Field, Need, RecordShape, Shape};
use crate::model::handbook::Handbook;
use crate::model::kind::Kind;

/// Better examples than that of the type, by key and name of the type.
const BY_KEY: [(&str, &str, &str); 11] = [
    ("every", "duration", "12 months"),
    ("internal", "duration", "7 business days"),
    ("legal", "duration", "20 business days"),
    ("window", "duration, share, money or text", "3 months"),
    ("floor", "duration, share, money or text", "85%"),
    ("level", "duration, share, money or text", "no second visit for the same fault"),
    ("not", "words by language", "[client]"),
    ("holidays", "plain text", "holidays.csv"),
    ("value", "plain text", "9 of 10"),
    ("url", "plain text", "https://example.org/study"),
    ("year", "number", "2026"),
];

/// What examples are taken from.
#[derive(Clone, Copy)]
pub struct Examples<'a> {
    /// The handbook, whose ids are the best examples of a reference.
    pub handbook: &'a Handbook,
    /// The date that counts as today.
    pub today: Date,
    /// The whole id of the standard that the same file has.
    pub standard: Option<&'a str>,
}

impl Examples<'_> {
    /// Gives an example of a field.
    pub fn of(&self, field: &Field) -> String {
        let own = BY_KEY.iter().find(|(key, kind, _)| {
            *key == field.key && matches!(bare(&field.shape), Shape::Value { name, .. } if name == kind)
        });
        own.map_or_else(|| self.of_shape(&field.shape), |(.., example)| (*example).to_owned())
    }

    fn of_shape(&self, shape: &Shape) -> String {
        match shape {
            Shape::Text => BLANK.to_owned(),
            Shape::Value { name: "date", .. } => self.today.to_string(),
            Shape::Value { example, .. } => (*example).to_owned(),
            Shape::Words { words, .. } => words.first().map_or(BLANK, |(word, _)| word).to_owned(),
            Shape::Reference(kinds) => self.known(kinds).into_iter().next().unwrap_or_else(|| BLANK.to_owned()),
            // In quotes, a comma in the text does not make two of it.
            Shape::List(Shape::Text | Shape::Either(Shape::Text, _)) => format!("[\"{BLANK}\"]"),
            Shape::List(inner) => format!("[{}]", self.of_shape(inner)),
            Shape::Few(inner) | Shape::Either(inner, _) => self.of_shape(inner),
            Shape::Table(inner) => format!("{{{}: {}}}", first_id(inner), self.of_shape(inner)),
            Shape::Record(fields) => self.of_record(fields()),
            Shape::Free => "{}".to_owned(),
        }
    }

    /// Gives a record with what it needs; with all it may have where it needs nothing.
    fn of_record(&self, shape: RecordShape) -> String {
        let needs_some = shape.fields.iter().any(|field| field.need == Need::Must);
        let shown = shape.fields.iter().filter(|field| !needs_some || field.need == Need::Must);
        let parts: Vec<_> = shown.map(|field| format!("{}: {}", field.key, self.of(field))).collect();
        format!("{{{}}}", parts.join(", "))
    }

    /// Gives the ids that a reference may name; `kinds` as in [`Shape::Reference`].
    pub fn known(&self, kinds: &str) -> Vec<String> {
        match (Kind::of_folder(first_word(kinds)), self.standard) {
            (Some(Kind::Standard), Some(own)) => vec![own.to_owned()],
            (Some(kind), _) => self.handbook.ids(kind),
            (None, _) => Vec::new(),
        }
    }
}

/// Gives the kind that a reference names first: `roles` of ``roles, or the word `customer` ``.
pub fn first_word(kinds: &str) -> &str {
    kinds.split([',', ' ']).next().unwrap_or_default()
}

/// Gives the id of the first thing of a table: `first-step`.
pub fn first_id(shape: &Shape) -> String {
    let what = match shape {
        Shape::Record(fields) => fields().what,
        Shape::Either(_, Shape::Record(fields)) => fields().what,
        _ => "an item",
    };
    format!("first-{}", what.split(' ').nth(1).unwrap_or("item"))
}

/// Gives what stands in a list, or the shape itself.
fn bare(shape: &Shape) -> &Shape {
    match shape {
        Shape::List(inner) | Shape::Few(inner) => bare(inner),
        shape => shape,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scaffold::kinds;

    fn example(kind: Kind, key: &str) -> String {
        let handbook = Handbook::default();
        let examples = Examples { handbook: &handbook, today: jiff::civil::date(2026, 11, 21), standard: None };
        let field = kinds::fields(kind).fields.iter().find(|field| field.key == key).unwrap();
        examples.of(field)
    }

    #[test]
    fn an_example_stands_on_one_line() {
        assert_eq!(example(Kind::Standard, "internal"), "7 business days");
        assert_eq!(example(Kind::Step, "takes"), "10 business days");
        assert_eq!(example(Kind::Standard, "aspect"), "timing");
        assert_eq!(example(Kind::Standard, "breach"), "[{at: 95%, tell: …}]");
        assert_eq!(example(Kind::Playbook, "say"), "[\"…\"]");
        assert_eq!(example(Kind::Promise, "valid"), "{from: 2026-11-21, until: 2026-11-21}");
        assert_eq!(example(Kind::Promise, "remedy"), "{what: …}");
        assert_eq!(example(Kind::Calendar, "holidays"), "holidays.csv");
        assert_eq!(example(Kind::Calendar, "cut_off"), "\"16:00\"");
        assert_eq!(example(Kind::Checklist, "items"), "{first-item: …}");
        assert_eq!(example(Kind::Service, "calendar"), "always");
    }
}
