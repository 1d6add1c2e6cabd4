//! A record as lines of YAML: a blank for what is needed, a comment for what may be left out.
//!
//! A line that begins with `# ` explains; a `#` right before a key takes a field out, and removing it brings it in.

use crate::fields::blank::BLANK;
use crate::fields::shape::{Field, Need, RecordShape, Shape};
use crate::model::kind::Kind;
use crate::scaffold::choice::Choice;
use crate::scaffold::condition::{Fate, fate};
use crate::scaffold::example::{Examples, first_id, first_word};
use crate::scaffold::kinds;

/// The tables that are begun with one thing although they may be left out: a service is nothing without a standard.
const BEGUN: [&str; 1] = ["standards"];
/// The column at which the meaning of an optional field stands.
const COLUMN: usize = 36;
/// The most ids or words that are listed on one line.
const MOST_LISTED: usize = 8;

/// Lines that are written one after the other.
pub struct Draft<'a> {
    /// Where examples come from.
    pub examples: Examples<'a>,
    /// The whole id of the standard that the file begins with, the example for what stands beside it.
    pub standard: Option<&'a str>,
    /// What was chosen beforehand.
    pub choices: &'a [Choice],
    /// The languages in which a text is given; none where it stands alone.
    pub languages: &'a [String],
    /// The lines so far.
    pub lines: Vec<String>,
}

impl Draft<'_> {
    /// Writes the fields of a record, `indent` spaces in: what is needed, then what may be there.
    pub fn record(&mut self, shape: RecordShape, indent: usize) {
        let (mut blanks, mut comments): (Vec<&Field>, Vec<&Field>) = (Vec::new(), Vec::new());
        for field in shape.fields {
            let written: Vec<_> = blanks.iter().map(|field| field.key).collect();
            match self.fate_of(field, shape.what, &written) {
                Fate::Blank => blanks.push(field),
                Fate::Comment => comments.push(field),
                Fate::LeftOut => {}
            }
        }
        for field in blanks {
            self.blank(field, shape.what, indent);
        }
        let (tables, fields): (Vec<&Field>, Vec<&Field>) = comments.into_iter().partition(|field| is_block(field));
        if indent == 0 && !fields.is_empty() {
            self.lines.extend([String::new(), "# What follows may be left out.".to_owned()]);
        }
        fields.iter().for_each(|field| self.comment(field, indent));
        for field in tables {
            match BEGUN.contains(&field.key) {
                true => self.blank(field, shape.what, indent),
                false => self.block(field, indent),
            }
        }
    }

    fn fate_of(&self, field: &Field, what: &str, written: &[&str]) -> Fate {
        match field.need {
            Need::Must => Fate::Blank,
            Need::May => Fate::Comment,
            Need::When(condition) => fate(condition, |key| self.chosen(what, key).map(str::to_owned), written),
        }
    }

    fn chosen(&self, what: &str, key: &str) -> Option<&'static str> {
        self.choices.iter().find(|choice| choice.what == what && choice.key == key).map(|choice| choice.word)
    }

    /// Writes a field that is needed: its meaning, then its key with a blank.
    fn blank(&mut self, field: &Field, what: &str, indent: usize) {
        let pad = " ".repeat(indent);
        if indent == 0 {
            self.lines.push(String::new());
        }
        for line in self.explained(field) {
            self.lines.push(format!("{pad}# {line}"));
        }
        match inner(&field.shape) {
            Shape::Words { .. } if self.chosen(what, field.key).is_some() => {
                let word = self.chosen(what, field.key).unwrap_or(BLANK);
                self.lines.push(format!("{pad}{}: {word}", field.key));
            }
            Shape::Value { name: "date", .. } => {
                self.lines.push(format!("{pad}{}: {}", field.key, self.examples.today));
            }
            Shape::Record(fields) => {
                self.lines.push(format!("{pad}{}:", field.key));
                self.record(fields(), indent + 2);
            }
            Shape::List(inner) => {
                self.lines.push(format!("{pad}{}:", field.key));
                self.lines.push(format!("{pad}  - {}", self.blank_of(inner)));
            }
            Shape::Table(inner) => self.table(field.key, inner, indent),
            _ => self.lines.push(format!("{pad}{}: {}", field.key, self.blank_of(&field.shape))),
        }
    }

    /// Writes the first thing of a table.
    fn table(&mut self, key: &str, inner: &Shape, indent: usize) {
        let (pad, id) = (" ".repeat(indent), first_id(inner));
        self.lines.push(format!("{pad}{key}:"));
        self.lines.push(format!("{pad}  # `{id}` is an id: give it a short name of its own, which links will use."));
        match inner {
            Shape::Record(fields) => {
                self.lines.push(format!("{pad}  {id}:"));
                self.record(fields(), indent + 4);
            }
            _ => self.lines.push(format!("{pad}  {id}: {BLANK}")),
        }
    }

    fn blank_of(&self, shape: &Shape) -> String {
        match shape {
            Shape::Text if !self.languages.is_empty() => {
                let texts: Vec<_> = self.languages.iter().map(|tag| format!("{tag}: {BLANK}")).collect();
                format!("{{{}}}", texts.join(", "))
            }
            _ => BLANK.to_owned(),
        }
    }

    /// Writes a field that may be left out, on one line.
    fn comment(&mut self, field: &Field, indent: usize) {
        let pad = " ".repeat(indent);
        let line = format!("{pad}#{}: {}", field.key, self.examples.of(field));
        let meaning = format!("{}{}", meaning(field), words_of(&field.shape));
        let gap = " ".repeat(COLUMN.saturating_sub(line.chars().count()).max(3));
        self.lines.push(format!("{line}{gap}# {meaning}"));
    }

    /// Writes a table that may be left out, with one thing of it.
    fn block(&mut self, field: &Field, indent: usize) {
        let Shape::Table(Shape::Record(fields)) = &field.shape else { return self.comment(field, indent) };
        let (pad, shape) = (" ".repeat(indent), fields());
        let examples = Examples { standard: self.standard, ..self.examples };
        let (needed, other): (Vec<&Field>, Vec<&Field>) =
            shape.fields.iter().partition(|field| field.need == Need::Must);
        let other: Vec<_> = other.iter().map(|field| field.key).collect();
        self.lines.push(String::new());
        self.lines.push(format!("{pad}# {} To use it, remove the `#` of each line.", meaning(field)));
        self.lines.push(format!("{pad}# Also possible: {}.", other.join(", ")));
        self.lines.push(format!("{pad}#{}:", field.key));
        self.lines.push(format!("{pad}#  {}:", first_id(&Shape::Record(*fields))));
        for field in needed {
            let line = format!("{pad}#    {}: {}", field.key, examples.of(field));
            let gap = " ".repeat(COLUMN.saturating_sub(line.chars().count()).max(3));
            self.lines.push(format!("{line}{gap}# {}{}", meaning(field), words_of(&field.shape)));
        }
    }

    /// Gives the meaning of a field that is needed, with what may stand there.
    fn explained(&self, field: &Field) -> Vec<String> {
        let mut lines: Vec<String> = field.meaning.iter().map(|line| line.trim().to_owned()).collect();
        let last = lines.pop().unwrap_or_default();
        match inner(&field.shape) {
            Shape::Words { words, .. } => {
                let longest = words.iter().map(|(word, _)| word.len()).max().unwrap_or(0);
                lines.push(format!("{last} One of these words:"));
                lines.extend(words.iter().map(|(word, means)| format!("  {word:<longest$}  {}", means.trim())));
            }
            Shape::Value { name: "date", .. } => lines.push(last),
            Shape::Value { .. } => lines.push(format!("{last} Such as: {}", self.examples.of(field))),
            Shape::Reference(kinds) => lines.extend([last, self.offered(kinds)]),
            Shape::List(_) => lines.push(format!("{last} Begin a line with a hyphen for each.")),
            _ => lines.push(last),
        }
        lines.retain(|line| !line.is_empty());
        lines
    }

    /// Says which ids a reference can have.
    fn offered(&self, kinds: &str) -> String {
        let known = self.examples.known(kinds);
        if !known.is_empty() {
            return format!("So far there are: {}", some_of(known.iter().map(String::as_str)));
        }
        match Kind::of_folder(first_word(kinds)) {
            Some(kind) if !kind.is_within_service() => {
                format!("There is no {} yet. `pledgebook new {} ID` adds one.", kind.word(), kinds::name(kind))
            }
            _ => String::new(),
        }
    }
}

/// Lists the first of some words.
fn some_of<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut words: Vec<&str> = words.collect();
    if words.len() > MOST_LISTED {
        words.splice(MOST_LISTED.., ["…"]);
    }
    words.join(", ")
}

/// Gives what stands in a field of one or several.
fn inner(shape: &Shape) -> &Shape {
    match shape {
        Shape::Few(inner) => inner,
        shape => shape,
    }
}

fn is_block(field: &Field) -> bool {
    matches!(field.shape, Shape::Table(Shape::Record(_)))
}

fn meaning(field: &Field) -> String {
    field.meaning.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ")
}

/// Lists the words of a field, where it is one of some words.
fn words_of(shape: &Shape) -> String {
    match inner(shape) {
        Shape::Words { words, .. } => {
            format!(" One of: {}", some_of(words.iter().map(|(word, _)| *word)))
        }
        _ => String::new(),
    }
}
