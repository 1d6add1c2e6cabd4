//! In which language an answer on the terminal is given: its words, and the texts of the handbook in it.

use super::Looked;
use crate::fields::text::{Language, SOURCE};
use crate::locale::Locale;
use crate::locale::languages::candidates;
use crate::theme::locales;
use crate::units::nearest::{listed, nearest};
use crate::units::{Malformed, quoted};

/// A language of answers.
#[derive(Clone, Debug)]
pub struct Speech {
    /// The words.
    pub locale: Locale,
    /// The language in which texts of the handbook are quoted; its source language where it has no texts in this one.
    pub language: Language,
}

impl Looked {
    /// Finds the words of a language, or of the handbook's source language where none is named.
    ///
    /// Besides the handbook's languages these are the ones that the theme has words for. Refuses all others.
    pub fn speech(&self, tag: Option<&str>) -> Result<Speech, Malformed> {
        let tags = self.handbook.handbook().config.language_tags();
        let wanted = tag.unwrap_or(tags[0].as_str());
        let place = candidates(wanted).find_map(|tag| tags.iter().position(|known| known == tag));
        let language = place.and_then(|at| u8::try_from(at).ok()).map(Language);
        let locale = locales::read(&self.theme.files, &[wanted.to_owned()], &mut Vec::new()).pop();
        match locale {
            Some(locale) if language.is_some() || locale.words_tag() == wanted => {
                Ok(Speech { locale, language: language.unwrap_or(SOURCE) })
            }
            _ => Err(self.unknown_language(wanted, tags.clone())),
        }
    }

    fn unknown_language(&self, wanted: &str, mut known: Vec<String>) -> Malformed {
        let files = self.theme.below("locales").filter_map(|(path, _)| path.strip_suffix(".yaml"));
        known.extend(files.map(str::to_owned));
        known.sort();
        known.dedup();
        let known = || known.iter().map(String::as_str);
        let action = match nearest(wanted, known()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there are {}", listed(known())),
        };
        Malformed::new(format!("there are no words in the language {}", quoted(wanted)), action)
    }
}
