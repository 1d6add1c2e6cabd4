//! Texts of the handbook as they are quoted in an answer: references in them become the words a reader would see.

use crate::fields::text::{Language, Text};
use crate::locale::Locale;
use crate::locale::case::Case;
use crate::markdown::resolve::{AsWritten, Resolved, Resolver, TaskAttributes};
use crate::markdown::wiki::{self, WikiLink};
use crate::model::handbook::Handbook;
use crate::model::kind::Kind;
use crate::model::lookup::{Scope, Thing};
use crate::model::printable::Printable;

use super::Sources;

/// Quotes texts in the language of an answer.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    handbook: &'a Handbook,
    language: Language,
    /// The words of the interface.
    pub locale: &'a Locale,
}

impl<'a> Words<'a> {
    /// Makes them for an answer.
    pub fn of(sources: &Sources<'a>) -> Self {
        Self { handbook: sources.handbook, language: sources.language, locale: sources.locale }
    }

    /// Quotes a text of a thing; `[[#limit]]` in it is the limit of `own`. Empty where there is none.
    pub fn text(&self, text: &Text, own: &Thing) -> String {
        let service = own.1.rsplit_once('/').filter(|_| own.0.is_within_service());
        let scope = Scope { service: service.map(|(service, _)| service.to_owned()), own: Some(own.clone()) };
        text.get(self.language)
            .map_or_else(String::new, |(value, _)| wiki::plain(value, &Quoted { words: self, scope }))
    }

    /// Names a service, standard, promise, step or role, by its id where it has no name.
    pub fn name(&self, kind: Kind, id: &str) -> String {
        let own = (kind, id.to_owned());
        let named = title(self.handbook, kind, id).map(|text| self.text(text, &own));
        named.filter(|name| !name.is_empty()).unwrap_or_else(|| id.to_owned())
    }

    fn printed(&self, value: &Printable, case: Case) -> String {
        match value {
            Printable::Duration(duration) => self.locale.duration_case(*duration, case),
            Printable::Share(share) => self.locale.share(*share),
            Printable::Money(money) => self.locale.money(*money),
            Printable::Text(text) => self.as_written(text),
            Printable::Plain(text) => text.clone(),
        }
    }

    /// Quotes a text within a text. References in it stay as they are written, so that no two can quote each other.
    fn as_written(&self, text: &Text) -> String {
        text.get(self.language).map_or_else(String::new, |(value, _)| wiki::plain(value, &AsWritten))
    }
}

/// Finds the text that names a thing.
fn title<'a>(handbook: &'a Handbook, kind: Kind, id: &str) -> Option<&'a Text> {
    let first = |texts: [&'a Text; 2]| texts.into_iter().find(|text| !text.is_empty());
    match kind {
        Kind::Service => handbook.services.get(id).map(|found| &found.fields.title),
        Kind::Standard => handbook.standard(id).and_then(|row| first([&row.value.title, &row.value.statement])),
        Kind::Promise => handbook.promise(id).and_then(|row| first([&row.value.title, &row.value.statement])),
        Kind::Step => handbook.step(id).map(|row| &row.value.title),
        Kind::Role => handbook.roles.get(id).map(|row| &row.value.title),
        Kind::Playbook => handbook.playbooks.get(id).map(|found| &found.fields.title),
        Kind::Checklist => handbook.checklists.get(id).map(|found| &found.fields.title),
        Kind::Page => handbook.pages.get(id).map(|found| &found.fields.title),
        Kind::Channel => handbook.channels.get(id).map(|row| &row.value.title),
        Kind::Factor => handbook.factors.get(id).map(|row| &row.value.text),
        Kind::Term => handbook.terms.get(id).map(|row| &row.value.text),
        Kind::Evidence => handbook.evidence.get(id).map(|row| &row.value.claim),
        Kind::Calendar => None,
    }
}

/// Puts words in the place of the references of one text.
struct Quoted<'w> {
    words: &'w Words<'w>,
    scope: Scope,
}

impl Quoted<'_> {
    fn quote(&self, link: &WikiLink) -> Option<String> {
        if link.evidence {
            return Some(String::new());
        }
        if let Some(words) = &link.words {
            return Some(words.clone());
        }
        let (kind, id) = self.words.handbook.look_up(&link.target.value, &self.scope).ok()?;
        match &link.value {
            Some(value) => {
                let case = link.case.as_ref().and_then(|case| Case::parse(&case.value)).unwrap_or_default();
                let value = self.words.handbook.value_of(kind, &id, &value.value).ok()?;
                Some(self.words.printed(&value, case))
            }
            None => title(self.words.handbook, kind, &id).map(|text| self.words.as_written(text)),
        }
    }
}

impl Resolver for Quoted<'_> {
    fn wiki(&self, link: &WikiLink) -> Resolved {
        // Of all that a reference can turn out to be, this is the one whose text is no markup.
        Resolved::Broken { text: self.quote(link).unwrap_or_else(|| link.as_written()) }
    }

    fn link(&self, destination: &str) -> Option<String> {
        AsWritten.link(destination)
    }

    fn picture(&self, path: &str) -> Option<String> {
        AsWritten.picture(path)
    }

    fn task(&self, n: usize, text: &str) -> TaskAttributes {
        AsWritten.task(n, text)
    }
}

#[cfg(test)]
mod tests {
    use super::super::examples::with_service;
    use super::*;

    fn name(standards: &str, id: &str) -> String {
        let example = with_service(&format!("standards:\n{standards}"));
        Words::of(&example.sources()).name(Kind::Standard, id)
    }

    #[test]
    fn a_reference_is_quoted_in_words() {
        let standards = "  a: {statement: 'Back in [[#limit]], <b> & all. See [[b]] and [[b|that]]. [[@x]]', limit: 10bd}\n  \
                         b: {title: Second}\n";
        assert_eq!(name(standards, "repair/a"), "Back in 10 business days, <b> & all. See Second and that. ");
    }

    #[test]
    fn what_leads_nowhere_stays_as_it_is_written() {
        let standards = "  a: {statement: 'See [[nowhere]], [[b#limit]] and [[#level]].'}\n  b: {title: Second}\n";
        assert_eq!(name(standards, "repair/a"), "See nowhere, b#limit and #level.");
    }

    #[test]
    fn two_texts_that_quote_each_other_come_to_an_end() {
        let standards = "  a: {statement: 'A [[b]]'}\n  b: {statement: 'B [[a]] [[b]]'}\n";
        assert_eq!(name(standards, "repair/a"), "A B a b");
    }

    #[test]
    fn what_has_no_name_has_its_id() {
        assert_eq!(name("  a: {}\n", "repair/a"), "repair/a");
        assert_eq!(name("  a: {}\n", "repair/z"), "repair/z");
    }
}
