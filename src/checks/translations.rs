//! `language/stale`: a translation of a text that has changed since.

use crate::checks::{Subject, fingerprint};
use crate::diagnostic::Diagnostic;
use crate::fields::value::Value;
use crate::model::document::Document;
use crate::model::handbook::Documents;

/// Looks at every translation.
pub fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    of_kind(&subject.handbook.services, found);
    of_kind(&subject.handbook.playbooks, found);
    of_kind(&subject.handbook.checklists, found);
    of_kind(&subject.handbook.pages, found);
}

fn of_kind<T: Value>(documents: &Documents<T>, found: &mut Vec<Diagnostic>) {
    for document in documents.values().filter(|document| !document.translations.is_empty()) {
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
