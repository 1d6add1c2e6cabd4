//! What `due` and `trace` answer, as structs that a program can read: when a limit ends and why, what a promise rests on.
//!
//! Not here: how a deadline is found (`calendar`) and steps are added up (`model`), how an answer is laid out for a
//! terminal, and where its text comes from, which is the binary's.

pub mod asked;
pub mod batch;
pub mod due;
pub mod explain;
pub mod moment;
pub mod trace;
pub mod traced;
pub mod trust;
pub mod words;

use crate::diagnostic::Diagnostic;
use crate::fields::text::Language;
use crate::locale::Locale;
use crate::model::handbook::Handbook;
use crate::source::SourceTree;
use crate::units::Malformed;

/// What an answer is taken from.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    /// The handbook, with or without errors.
    pub handbook: &'a Handbook,
    /// Its files.
    pub tree: &'a SourceTree,
    /// What was found wrong with it.
    pub diagnostics: &'a [Diagnostic],
    /// The words of the answer.
    pub locale: &'a Locale,
    /// The language in which texts of the handbook are quoted.
    pub language: Language,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The question cannot be read, or names something that is not there.
    #[error("{0}")]
    Question(Malformed),
    /// What the answer depends on is at fault in the handbook, so that it might be wrong.
    #[error("{what} has faults in the handbook, so that an answer might be wrong")]
    Faulty {
        /// What is at fault.
        what: String,
        /// The faults.
        faults: Vec<Diagnostic>,
    },
}

impl Refusal {
    /// Makes the refusal of a question from what is wrong with it and what to do.
    pub fn question(message: impl Into<String>, action: impl Into<String>) -> Self {
        Self::Question(Malformed::new(message, action))
    }
}

impl From<Malformed> for Refusal {
    fn from(fault: Malformed) -> Self {
        Self::Question(fault)
    }
}

#[cfg(test)]
pub(crate) mod examples {
    //! A small handbook, and how to ask it.

    use super::*;
    use crate::locale::catalogue::Catalogue;
    use crate::parse::{Parsed, parse};

    const SETTINGS: &str = "title: Handbook\nlanguages: [en, de]\ncalendar: workshop\n";
    const CALENDARS: &str = "\
workshop:
  time_zone: Europe/Berlin
  hours: {mon-fri: \"09:00-17:00\"}
  holidays: de-nw.csv
  cut_off: \"16:00\"
shop:
  time_zone: Asia/Shanghai
  hours: {mon-fri: \"09:00-12:00, 13:30-18:00\"}
  holidays: cn.csv
desk:
  time_zone: America/New_York
  hours: {mon-fri: \"08:00-20:00\", sat: \"09:00-13:00\"}
  holidays: us.csv
  count_from: same-day
  cut_off: \"18:00\"
";
    const ROLES: &str =
        "desk: {title: {en: Service desk, de: Annahme}, may_grant: 100 EUR}\nsupplier: {title: Supplier}\n";

    /// A handbook that was read.
    pub(crate) struct Example {
        tree: SourceTree,
        parsed: Parsed,
        locale: Locale,
        language: Language,
    }

    /// Reads the registers, and a service `repair` with some front matter.
    pub(crate) fn with_service(front_matter: &str) -> Example {
        let service = format!("---\ntitle: Repair\n{front_matter}---\n");
        with_files(&[("handbook.yaml", SETTINGS), ("services/repair.md", &service)])
    }

    /// Reads some files, with the registers where they do not hold others.
    pub(crate) fn with_files(files: &[(&str, &str)]) -> Example {
        let registers = [
            ("registers/calendars.yaml", CALENDARS),
            ("registers/roles.yaml", ROLES),
            ("registers/holidays/de-nw.csv", include_str!("../../tests/deadlines/holidays/de-nw.csv")),
            ("registers/holidays/cn.csv", include_str!("../../tests/deadlines/holidays/cn.csv")),
            ("registers/holidays/us.csv", include_str!("../../tests/deadlines/holidays/us.csv")),
        ];
        let own = |path: &str| files.iter().any(|(other, _)| *other == path);
        let registers = registers.into_iter().filter(|(path, _)| !own(path));
        let tree = SourceTree::from_texts(files.iter().copied().chain(registers).filter(|(_, text)| !text.is_empty()));
        let parsed = parse(&tree, "content/");
        Example { tree, parsed, locale: locale("en"), language: Language(0) }
    }

    impl Example {
        /// Answers in another language of the handbook.
        pub(crate) fn in_language(self, tag: &str, place: u8) -> Self {
            Self { locale: locale(tag), language: Language(place), ..self }
        }

        pub(crate) fn sources(&self) -> Sources<'_> {
            Sources {
                handbook: &self.parsed.handbook,
                tree: &self.tree,
                diagnostics: &self.parsed.diagnostics,
                locale: &self.locale,
                language: self.language,
            }
        }
    }

    fn locale(tag: &str) -> Locale {
        let words = |tag: &str| -> Catalogue {
            let text = match tag {
                "de" => include_str!("../../themes/default/locales/de.yaml"),
                "zh" => include_str!("../../themes/default/locales/zh.yaml"),
                _ => include_str!("../../themes/default/locales/en.yaml"),
            };
            serde_yaml::from_str(text).unwrap()
        };
        Locale::new(tag, words(tag), Some(words("en")))
    }
}
