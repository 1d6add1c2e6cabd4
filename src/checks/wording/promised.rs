//! What customers are told, sentence by sentence, ready to be looked through for words.
//!
//! Not here: what is wrong with a word (the checks beside this file), and the words themselves (`wording`).

use std::collections::BTreeMap;
use std::ops::Range;

use crate::checks::inspection::Inspection;
use crate::checks::said::Said;
use crate::fields::text::Language;
use crate::markdown::wiki;
use crate::model::kind::Kind;
use crate::source::{FileId, Span};
use crate::wording::amount;
use crate::wording::clause::clause;
use crate::wording::list::{Found, WordList};
use crate::wording::lists::Subject;
use crate::wording::tongue::Tongue;

/// A list of words in the languages of a handbook, as far as there is one.
pub struct Lists(BTreeMap<Language, (Tongue, WordList)>);

impl Lists {
    /// Gathers the lists of a subject.
    pub fn of(subject: Subject, inspection: &Inspection<'_>) -> Self {
        let tagged = (0..).map(Language).zip(&inspection.tags);
        let known = tagged.filter_map(|(language, tag)| Tongue::of(tag).map(|tongue| (language, tongue)));
        Self(known.map(|(language, tongue)| (language, (tongue, subject.list(tongue)))).collect())
    }

    /// Adds and takes out the words that the handbook names.
    pub fn with_changes(mut self, inspection: &Inspection<'_>) -> Self {
        for (language, changes) in &inspection.handbook().config.vague_words.0 {
            if let Some((_, list)) = self.0.get_mut(language) {
                changes.add.iter().for_each(|word| list.add(&word.value));
                changes.remove.iter().for_each(|word| list.remove(&word.value));
            }
        }
        self
    }

    /// Gives the list of a language.
    pub fn get(&self, language: Language) -> Option<(Tongue, &WordList)> {
        self.0.get(&language).map(|(tongue, list)| (*tongue, list))
    }
}

/// Tells whether a text is one in which a standard or promise is put into words for customers.
pub fn is_promised(said: &Said) -> bool {
    match said.thing.0 {
        Kind::Standard => said.is_in("statement") || said.is_in("slogan"),
        Kind::Promise => ["statement", "slogan", "remedy/what", "unless"].iter().any(|field| said.is_in(field)),
        _ => false,
    }
}

/// Says what a text is: `the statement of `turnaround``.
pub fn name(said: &Said) -> String {
    let id = said.thing.1.rsplit('/').next().unwrap_or_default();
    let field = match said.field.split('/').next().unwrap_or_default() {
        "remedy" => "the remedy",
        "unless" => "a condition",
        "title" => "the title",
        "slogan" => "the slogan",
        "measure" => "the measure",
        "items" => "the item",
        _ => "the statement",
    };
    format!("{field} of `{id}`")
}

/// The most words of a text that are looked at.
const MOST_WORDS: usize = 30;

/// A text without what only refers, each byte where it was.
pub struct Sentence {
    /// The text; a reference is a strange character and blanks.
    pub text: String,
    /// Where the values stand that references print.
    pub values: Vec<Range<usize>>,
}

/// Takes the references out of a text.
pub fn sentence(written: &str) -> Sentence {
    let (mut text, mut values) = (written.to_owned(), Vec::new());
    if !written.contains("[[") {
        return Sentence { text, values };
    }
    let (links, _) = wiki::parse_all(written, Span::new(FileId(0), 0, written.len()));
    for link in links {
        let whole = link.span.start as usize..link.span.end as usize;
        let Some(own) = written.get(whole.clone()) else { continue };
        let shown = match (&link.words, own.find('|')) {
            (Some(_), Some(stroke)) => whole.start + stroke + 1..whole.end.saturating_sub(2),
            _ => whole.end..whole.end,
        };
        blank(&mut text, whole.start..shown.start);
        blank(&mut text, shown.end..whole.end);
        if link.value.is_some() && link.words.is_none() {
            values.push(whole);
        }
    }
    Sentence { text, values }
}

/// Puts blanks in the place of a part of a text, of the same length.
fn blank(text: &mut String, range: Range<usize>) {
    const STRANGE: &str = "\u{FFFC}";
    if let Some(length) = range.len().checked_sub(STRANGE.len()) {
        text.replace_range(range, &format!("{STRANGE}{}", " ".repeat(length)));
    } else {
        let blanks = " ".repeat(range.len());
        text.replace_range(range, &blanks);
    }
}

impl Sentence {
    /// Finds the words of a list; of a text that is full of them, the first.
    pub fn find<'l>(&self, list: &'l WordList) -> Vec<Found<'l>> {
        let mut found = list.find(&self.text);
        found.truncate(MOST_WORDS);
        found
    }

    /// Tells whether a word is made measurable in its clause: by a time or a share behind it, or by a time before it.
    pub fn is_measured(&self, word: &Range<usize>, tag: &str, side: Side) -> bool {
        let Some(tongue) = Tongue::of(tag) else { return false };
        let clause = clause(&self.text, word, tongue);
        let is_behind = |range: &Range<usize>| range.start >= word.end && range.start < clause.end;
        let is_before =
            |range: &Range<usize>| side == Side::Either && range.end <= word.start && range.end > clause.start;
        if self.values.iter().any(|range| is_behind(range) || is_before(range)) {
            return true;
        }
        let is_share = |it: &amount::Amount| it.measure == amount::Measure::Percent;
        let counts = |it: &amount::Amount| match is_behind(&it.range) {
            true => it.is_time() || is_share(it),
            false => it.is_time() && is_before(&it.range),
        };
        amount::read(&self.text, tag).iter().any(counts)
    }
}

/// On which side of a word a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Behind it alone.
    Behind,
    /// Before it or behind it.
    Either,
}

/// Lists words of a text as they are written: `` `a`, `b` and `c` ``.
pub fn quoted(text: &str, ranges: &[Range<usize>]) -> String {
    let mut words: Vec<String> = Vec::new();
    for word in ranges.iter().filter_map(|range| text.get(range.clone())) {
        let word = format!("`{word}`");
        if !words.contains(&word) {
            words.push(word);
        }
    }
    match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Side, quoted, sentence};

    #[test]
    fn references_leave_their_words_and_each_byte_stays_where_it_was() {
        let written = "in [[#limit]], see [[a/soon|soon]] [[soon]]";
        let read = sentence(written);
        assert_eq!(read.text.len(), written.len());
        assert_eq!(read.text.matches("soon").count(), 1);
        assert_eq!(read.text.find("soon"), written.find("soon]] "));
        assert_eq!(read.values, vec![(3..13)]);
    }

    #[test]
    fn a_value_behind_the_word_measures_it_and_one_before_only_where_that_counts() {
        let read = sentence("In [[#limit]] soon");
        assert!(!read.is_measured(&(14..18), "en", Side::Behind));
        assert!(read.is_measured(&(14..18), "en", Side::Either));
        let read = sentence("Soon. In [[#limit]]");
        assert!(!read.is_measured(&(0..4), "en", Side::Either));
    }

    #[test]
    fn words_are_listed_once_as_they_are_written() {
        assert_eq!(quoted("a b a c", &[0..1, 2..3, 4..5, 6..7]), "`a`, `b` and `c`");
        assert_eq!(quoted("快", std::slice::from_ref(&(0..3))), "`快`");
    }
}
