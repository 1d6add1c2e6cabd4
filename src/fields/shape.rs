//! What a field holds, said for the manual.

/// What a field holds.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// A text that is shown to readers and translated.
    Text,
    /// A value with a written form of its own.
    Value {
        /// What it is called.
        name: &'static str,
        /// A value as it is written.
        example: &'static str,
    },
    /// One of some words, each with its meaning.
    Words {
        /// What the words are about.
        name: &'static str,
        /// The words and what they mean.
        words: &'static [(&'static str, &'static str)],
    },
    /// The id of another thing.
    Reference(&'static str),
    /// A list.
    List(&'static Shape),
    /// One or a list.
    Few(&'static Shape),
    /// Things by id.
    Table(&'static Shape),
    /// A group of fields.
    Record(fn() -> RecordShape),
    /// Either of two.
    Either(&'static Shape, &'static Shape),
    /// Anything.
    Free,
}

impl Shape {
    /// Tells whether it holds several things, of which there may be none.
    pub fn is_several(&self) -> bool {
        matches!(self, Self::List(_) | Self::Few(_) | Self::Table(_))
    }
}

/// Whether a field has to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It has to be there.
    Must,
    /// It may be left out.
    May,
    /// It has to be there under a condition, in words.
    When(&'static str),
}

/// One field of a record.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The key as it is written.
    pub key: &'static str,
    /// Whether it has to be there.
    pub need: Need,
    /// The name of the finding where it is missing.
    pub finding: &'static str,
    /// What is said where it is missing; empty where there is no more to say than that.
    pub lack: &'static str,
    /// What it means, in lines.
    pub meaning: &'static [&'static str],
    /// What it holds.
    pub shape: Shape,
}

/// A record with its fields.
#[derive(Clone, Copy, Debug)]
pub struct RecordShape {
    /// What the record is, with its article: `a standard`.
    pub what: &'static str,
    /// Its fields in the order of the manual.
    pub fields: &'static [Field],
}

impl Field {
    /// Writes the field as it would stand there, with what a group of fields must have.
    pub fn sketch(&self) -> String {
        let Shape::Record(fields) = self.shape else { return format!("{}: …", self.key) };
        let must = fields().fields.iter().filter(|field| field.need == Need::Must);
        let must: Vec<String> = must.map(|field| format!("{}: …", field.key)).collect();
        if must.is_empty() { format!("{}: …", self.key) } else { format!("{}: {{{}}}", self.key, must.join(", ")) }
    }

    /// Says what it means within a sentence: the first line of its meaning, without capital letter and full stop.
    pub fn purpose(&self) -> String {
        let line = self.meaning.first().map_or("", |line| line.trim()).trim_end_matches('.');
        let mut letters = line.chars();
        letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
    }
}
