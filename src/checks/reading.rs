//! The texts of a handbook with the amounts that stand in them, read once for all checks.

use std::ops::Range;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::checks::said::{Said, Written};
use crate::fields::text::Language;
use crate::markdown::passage::REFERENCE;
use crate::markdown::wiki::{self, WikiLink};
use crate::model::handbook::Handbook;
use crate::model::kind::Kind;
use crate::model::lookup::{Scope, Thing};
use crate::model::printable::Printable;
use crate::source::{FileId, Span};
use crate::wording::amount::{Amount, read};

/// A text with its amounts.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The text; a reference is [`REFERENCE`] and spaces, so that places are those of the text as it is written.
    pub text: String,
    /// Its amounts.
    pub amounts: Vec<Amount>,
    /// Its references, and where they stand.
    pub links: Vec<(Range<usize>, WikiLink)>,
}

/// All texts with their amounts.
#[derive(Debug, Default)]
pub struct Readings {
    /// Those of fields and registers, in the order of [`crate::checks::inspection::Inspection::said`].
    pub said: Vec<Reading>,
    /// The amounts of each passage of each prose, in the order of [`crate::checks::inspection::Inspection::written`].
    pub written: Vec<Vec<Vec<Amount>>>,
}

impl Readings {
    /// Reads all texts.
    pub fn of(said: &[Said], written: &[Written<'_>], tags: &[String]) -> Self {
        let said = said.par_iter().map(|said| reading(&said.text.value, tag(tags, said.language))).collect();
        let amounts = |written: &Written<'_>| -> Vec<Vec<Amount>> {
            let tag = tag(tags, written.language);
            written.prose.passages.iter().map(|passage| read(&passage.text, tag)).collect()
        };
        Self { said, written: written.par_iter().map(amounts).collect() }
    }
}

/// Gives the tag of a language.
pub fn tag(tags: &[String], language: Language) -> &str {
    tags.get(usize::from(language.0)).map_or("", String::as_str)
}

/// Reads a short text.
pub fn reading(text: &str, tag: &str) -> Reading {
    let mut masked = text.to_owned();
    let mut links = Vec::new();
    if text.contains("[[") {
        for link in wiki::parse_all(text, Span::new(FileId(0), 0, text.len())).0 {
            let range = link.span.start as usize..link.span.end as usize;
            let filled = format!("{REFERENCE}{}", " ".repeat(range.len().saturating_sub(REFERENCE.len_utf8())));
            if masked.get(range.clone()).is_some() {
                masked.replace_range(range.clone(), &filled);
            }
            links.push((range, link));
        }
    }
    Reading { amounts: read(&masked, tag), text: masked, links }
}

/// Gives the value that a reference in a text of a thing prints.
pub fn printed(handbook: &Handbook, own: &Thing, link: &WikiLink) -> Option<Printable> {
    let value = link.value.as_ref()?;
    let service = match own.0 {
        Kind::Service => Some(own.1.clone()),
        kind if kind.is_within_service() => own.1.rsplit_once('/').map(|(service, _)| service.to_owned()),
        _ => None,
    };
    let scope = Scope { service, own: Some(own.clone()).filter(|own| own.0.is_within_service()) };
    let (kind, id) = handbook.look_up(&link.target.value, &scope).ok()?;
    handbook.value_of(kind, &id, &value.value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_no_number_and_moves_nothing() {
        let text = "Ready in [[repair/10-days#limit]], or 90 EUR.";
        let read = reading(text, "en");
        assert_eq!((read.text.len(), read.links.len(), read.amounts.len()), (text.len(), 1, 1));
        assert_eq!(&text[read.amounts[0].range.clone()], "90 EUR");
        assert_eq!(&text[read.links[0].0.clone()], "[[repair/10-days#limit]]");
    }
}
