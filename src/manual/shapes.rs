//! A record's fields as Markdown: a table, then a table for each set of words that occurs in it.

use crate::fields::record::Record;
use crate::fields::shape::{Field, Need, RecordShape, Shape};
use crate::model::kind::Kind;
use crate::model::promise::Promise;
use crate::model::standard::Standard;
use crate::model::step::Step;

/// Words that can be written in a field, each with its meaning.
type Words = (&'static str, &'static [(&'static str, &'static str)]);

/// The value that can be anything, for which an example would mislead.
const ANY: &str = "plain text";

/// What a table has mentioned so far.
#[derive(Default)]
struct Mentioned {
    /// The words that follow the table.
    words: Vec<Words>,
    /// The values whose example was shown.
    values: Vec<&'static str>,
}

/// Writes the fields of a record, those of the records within it behind a full stop: `clock.start`.
///
/// The words that a field can hold follow in tables of their own, in the order of the fields.
pub fn record(shape: RecordShape) -> String {
    let mut rows = String::from("| field | | holds | meaning |\n|---|---|---|---|\n");
    let mut mentioned = Mentioned::default();
    for field in shape.fields {
        row(field, "", &mut rows, &mut mentioned);
    }
    for (name, words) in mentioned.words {
        rows.push_str(&format!("\n#### {}\n\n| word | meaning |\n|---|---|\n", upper_first(name)));
        for (word, meaning) in words {
            rows.push_str(&format!("| `{word}` | {} |\n", cell(meaning.trim())));
        }
    }
    rows
}

/// Collects the values with a written form of their own that occur in a record, each once: its name and an example.
pub fn values(shape: RecordShape, found: &mut Vec<(&'static str, &'static str)>) {
    for field in shape.fields {
        values_of(&field.shape, found);
    }
}

fn values_of(shape: &Shape, found: &mut Vec<(&'static str, &'static str)>) {
    match shape {
        Shape::Value { name, example } if *name != ANY && !found.contains(&(name, example)) => {
            found.push((name, example));
        }
        Shape::List(inner) | Shape::Few(inner) | Shape::Table(inner) => values_of(inner, found),
        Shape::Either(one, other) => {
            values_of(one, found);
            values_of(other, found);
        }
        Shape::Record(fields) => values(fields(), found),
        _ => {}
    }
}

fn row(field: &Field, prefix: &str, rows: &mut String, mentioned: &mut Mentioned) {
    let key = format!("{prefix}{}", field.key);
    let need = match field.need {
        Need::Must => "**must**".to_owned(),
        Need::May => "may".to_owned(),
        Need::When(condition) => format!("**must** {condition}"),
    };
    let meaning: Vec<_> = field.meaning.iter().map(|line| line.trim()).collect();
    let holds = holds(&field.shape, mentioned);
    rows.push_str(&format!("| `{key}` | {} | {} | {} |\n", cell(&need), cell(&holds), cell(&meaning.join(" "))));
    if let Some(inner) = within(&field.shape) {
        for field in inner.fields {
            row(field, &format!("{key}."), rows, mentioned);
        }
    }
}

/// Finds the record whose fields are listed with those around it; a standard, a step and a promise have their own table.
fn within(shape: &Shape) -> Option<RecordShape> {
    match shape {
        Shape::Record(fields) => Some(fields()).filter(|fields| own_table(fields).is_none()),
        Shape::List(inner) | Shape::Few(inner) | Shape::Table(inner) => within(inner),
        Shape::Either(one, other) => within(one).or_else(|| within(other)),
        _ => None,
    }
}

fn own_table(shape: &RecordShape) -> Option<Kind> {
    let kinds =
        [(Standard::fields(), Kind::Standard), (Step::fields(), Kind::Step), (Promise::fields(), Kind::Promise)];
    kinds.into_iter().find(|(fields, _)| fields.what == shape.what).map(|(_, kind)| kind)
}

/// Says what a field holds, with an example where the value is met for the first time, and remembers its words.
fn holds(shape: &Shape, mentioned: &mut Mentioned) -> String {
    match shape {
        Shape::Text => "text".to_owned(),
        Shape::Value { name, .. } if *name == ANY || mentioned.values.contains(name) => (*name).to_owned(),
        Shape::Value { name, example } => {
            mentioned.values.push(name);
            format!("{name}, such as `{example}`")
        }
        Shape::Words { name, words: all } => {
            if !mentioned.words.iter().any(|(known, _)| known == name) {
                mentioned.words.push((name, all));
            }
            format!("[{name}](#{})", name.replace(' ', "-"))
        }
        Shape::Reference(kinds) => format!("id of {}", linked(kinds)),
        Shape::List(inner) => format!("list, each: {}", holds(inner, mentioned)),
        Shape::Few(inner) => format!("{}; or a list", holds(inner, mentioned)),
        Shape::Table(inner) => format!("by id, each: {}", holds(inner, mentioned)),
        Shape::Record(fields) => match own_table(&fields()) {
            Some(kind) => format!("[{}](#{})", fields().what, kind.folder()),
            None => "the fields below".to_owned(),
        },
        Shape::Either(one, other) => format!("{}; or {}", holds(one, mentioned), holds(other, mentioned)),
        Shape::Free => "anything".to_owned(),
    }
}

/// Links the kinds that a phrase names: `roles, or the word …`.
fn linked(kinds: &str) -> String {
    let is_word = |letter: char| letter.is_alphabetic();
    let mut text = String::new();
    let mut rest = kinds;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|letter| is_word(letter) != is_word(first)).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        match Kind::of_folder(part) {
            Some(kind) => text.push_str(&format!("[{part}](#{})", kind.folder())),
            None => text.push_str(part),
        }
        rest = after;
    }
    text
}

/// Writes a text for a cell of a table.
pub fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

fn upper_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::checklist::Checklist;
    use crate::model::service::Service;

    fn line(table: &str, key: &str) -> String {
        let start = format!("| `{key}` |");
        table.lines().find(|line| line.starts_with(&start)).unwrap_or_else(|| panic!("no row {key} in {table}")).into()
    }

    #[test]
    fn a_field_says_whether_it_must_be_there_and_what_it_holds() {
        let table = record(Standard::fields());
        assert_eq!(
            line(&table, "limit"),
            "| `limit` | **must** when `kind` is `timeliness` | duration, such as `10 business days` | What a customer can \
             expect in normal circumstances. |"
        );
        assert_eq!(
            line(&table, "kind"),
            "| `kind` | **must** | [a kind of standard](#a-kind-of-standard) | What it is about. |"
        );
        assert!(line(&table, "covers").contains("| may | list, each: id of [factors](#factors) |"));
        assert!(line(&table, "internal").contains("| may | duration |"), "the example is shown once");
    }

    #[test]
    fn fields_of_an_inner_record_follow_it() {
        let table = record(Service::fields());
        assert!(line(&table, "review").contains("the fields below"));
        assert!(line(&table, "review.last").contains("**must**"));
        assert!(line(&table, "standards").contains("by id, each: [a standard](#standards)"));
        assert!(!table.contains("`standards.limit`"));
        assert!(line(&record(Checklist::fields()), "items").contains("text; or the fields below"));
    }

    #[test]
    fn words_follow_once_with_their_meaning() {
        let table = record(Standard::fields());
        assert_eq!(table.matches("#### A kind of standard\n").count(), 1);
        assert_eq!(line(&table, "access"), "| `access` | Whether I can get in. |");
    }

    #[test]
    fn kinds_in_a_phrase_become_links() {
        assert_eq!(linked("roles, or the word `customer`"), "[roles](#roles), or the word `customer`");
        assert_eq!(linked("services, standards or steps").matches("](#").count(), 3);
    }

    #[test]
    fn each_value_is_collected_once() {
        let mut found = Vec::new();
        values(Service::fields(), &mut found);
        assert_eq!(found.iter().filter(|(name, _)| *name == "duration").count(), 1);
        assert!(found.contains(&("share", "95%")));
    }
}
