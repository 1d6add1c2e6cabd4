//! Words that are chosen beforehand: `--kind lesson`, `--use shift`.

use crate::fields::scalar::word_named;
use crate::fields::shape::Shape;
use crate::model::kind::Kind;
use crate::model::standard::StandardKind;
use crate::scaffold::kinds;
use crate::units::Malformed;

/// A word that a starter file has in place of a blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The record, with its article: `a standard`.
    pub what: &'static str,
    /// The key of the field.
    pub key: &'static str,
    /// The word.
    pub word: &'static str,
}

impl Choice {
    /// Chooses a word of a field, or says which there are; for a service, a field of its first standard.
    pub fn new(kind: Kind, key: &str, word: &str) -> Result<Self, Malformed> {
        let shape = kinds::fields(if kind == Kind::Service { Kind::Standard } else { kind });
        let field = shape.fields.iter().find(|field| field.key == key);
        let Some((field, Shape::Words { name, words })) = field.map(|field| (field, field.shape)) else {
            let message = format!("a {} has no `{key}` to choose", kind.word());
            return Err(Malformed::new(message, format!("leave `--{key}` out")));
        };
        let known: Vec<_> = words.iter().map(|(word, _)| (*word, *word)).collect();
        let word = word_named(word.trim(), name, &known)?;
        Ok(Self { what: shape.what, key: field.key, word })
    }

    /// Gives the choices for a kind where nothing was chosen: the first standard of a service is about time.
    pub fn usual(kind: Kind) -> Vec<Self> {
        let shape = kinds::fields(Kind::Standard);
        let word = StandardKind::Timeliness.word();
        if kind == Kind::Service { vec![Self { what: shape.what, key: "kind", word }] } else { Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_chosen_for_the_thing_or_for_the_first_standard_of_a_service() {
        let choice = |kind, key, word| Choice::new(kind, key, word).map(|choice| (choice.what, choice.word));
        assert_eq!(choice(Kind::Page, "kind", "lesson"), Ok(("a page", "lesson")));
        assert_eq!(choice(Kind::Checklist, "use", "shift"), Ok(("a checklist", "shift")));
        assert_eq!(choice(Kind::Service, "kind", "access"), Ok(("a standard", "access")));
    }

    #[test]
    fn a_word_that_there_is_not_is_told_with_those_that_there_are() {
        let fault = Choice::new(Kind::Page, "kind", "lessons").unwrap_err();
        assert!(fault.action.starts_with("did you mean `lesson`?"), "{fault}");
        let fault = Choice::new(Kind::Playbook, "kind", "angry").unwrap_err();
        assert_eq!(fault.to_string(), "a playbook has no `kind` to choose; leave `--kind` out");
    }
}
