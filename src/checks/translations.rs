//! `language/stale`: a translation of a text that has changed since.

use std::collections::BTreeSet;

use crate::checks::{Subject, files_with_errors, fingerprint};
use crate::diagnostic::Diagnostic;
use crate::fields::value::Value;
use crate::model::document::Document;
use crate::model::handbook::Documents;
use crate::source::FileId;

/// Looks at every translation.
///
/// While a source has errors its text is not final, so its translations are not looked at.
pub fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let mut faulty = files_with_errors(found.iter());
    faulty.extend(subject.faulty);
    of_kind(&subject.handbook.services, &faulty, found);
    of_kind(&subject.handbook.playbooks, &faulty, found);
    of_kind(&subject.handbook.checklists, &faulty, found);
    of_kind(&subject.handbook.pages, &faulty, found);
}

fn of_kind<T: Value>(documents: &Documents<T>, faulty: &BTreeSet<FileId>, found: &mut Vec<Diagnostic>) {
    let looked_at = documents.values().filter(|document| !document.translations.is_empty());
    for document in looked_at.filter(|document| !faulty.contains(&document.file)) {
        found.extend(of_document(document));
    }
}

fn of_document<T: Value>(document: &Document<T>) -> Vec<Diagnostic> {
    let current = fingerprint::of(document);
    let action = format!("compare it with its source, then write `translates: {current}`");
    let tell = |translation: &crate::model::document::Translation| match &translation.translates {
        Some(given) if given.value == current => None,
        Some(given) => {
            let message = "the source text has changed since this translation was made";
            Some(Diagnostic::warning("language/stale", given.span, message).action(action.clone()))
        }
        None => {
            let message = "the translation does not say which text it translates";
            Some(Diagnostic::warning("language/stale", translation.beginning, message).action(action.clone()))
        }
    };
    document.translations.values().filter_map(tell).collect()
}

/// Tells whether a translation is of a text that has changed since.
pub fn is_stale<T: Value>(document: &Document<T>, translation: &crate::model::document::Translation) -> bool {
    translation.translates.as_ref().is_some_and(|given| given.value != fingerprint::of(document))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::bench::{found, look, tree};

    const PAGE: &str = "---\ntitle: P\nkind: guide\n---\nText\n";

    fn told(translates: &str) -> Vec<String> {
        let german = format!("---\n{translates}title: P\n---\nText\n");
        found(&[("pages/p.md", PAGE), ("pages/p.de.md", &german)])
    }

    fn current() -> String {
        fingerprint::of(&look(&tree(&[("pages/p.md", PAGE)])).0.handbook().pages["p"])
    }

    #[test]
    fn a_translation_of_the_current_text_is_fine() {
        assert_eq!(told(&format!("translates: \"{}\"\n", current())), [""; 0]);
    }

    #[test]
    fn an_old_translation_and_one_that_names_no_text_are_told_with_what_to_write() {
        let action = format!("→ compare it with its source, then write `translates: {}`", current());
        let lines = told("translates: 0123456789ab\n");
        assert!(lines[0].starts_with("language/stale pages/p.de.md:2 the source text has changed"), "{lines:?}");
        assert!(lines[0].ends_with(&action), "{lines:?}");
        let lines = told("");
        assert!(lines[0].starts_with("language/stale pages/p.de.md:1 the translation does not say"), "{lines:?}");
        assert!(lines[0].ends_with(&action), "{lines:?}");
    }
}
