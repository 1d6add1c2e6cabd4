//! `language/missing`: a text for customers that one of the handbook's languages does not have.
//!
//! Texts for staff may stay in the source language: playbooks, checklists, and how a standard is measured.

use std::collections::{BTreeMap, BTreeSet};

use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::checks::said::Said;
use crate::diagnostic::{Diagnostic, Severity};
use crate::fields::text::{Language, SOURCE};
use crate::model::document::Document;
use crate::model::kind::Kind;
use crate::model::service::Service;
use crate::units::nearest::listed;

/// The check.
pub const CHECK: Check = Check {
    name: "language/missing",
    severity: Severity::Info,
    finds: "A text that is shown to customers is missing in one of the languages of the handbook.",
    why: "A reader of that language sees the source text instead, in the middle of their own. That is better than nothing \
          and worse than a sentence: a promise that one cannot read is no promise. Translate what customers see first; \
          what only staff read may wait.",
    wrong: &[
        ("services/repair.md", SOURCE_TEXT),
        ("services/repair.de.md", "title: Reparatur\npromises:\n  on-time: {statement: Pünktlich fertig.}\n"),
        ("registers/channels.yaml", "phone: {title: {en: Telephone, de: Telefon}}\n"),
    ],
    right: &[
        ("services/repair.md", SOURCE_TEXT),
        (
            "services/repair.de.md",
            "title: Reparatur\npromises:\n  on-time: {statement: Pünktlich fertig., unless: [Sie geben den Auftrag später frei.]}\n",
        ),
        ("registers/channels.yaml", "phone: {title: {en: Telephone, de: Telefon}}\n"),
    ],
    finder: Finder::Run(run),
};

/// The source of both examples.
const SOURCE_TEXT: &str = "title: Repair\npromises:\n  on-time: {statement: Ready on the agreed day., unless: [You approve the quote later.]}\n";

/// The most fields that a message lists.
const MOST_LISTED: usize = 4;

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    let languages = u8::try_from(inspection.tags.len()).unwrap_or(u8::MAX);
    let handbook = inspection.handbook();
    if languages < 2 || handbook.unknown.settings {
        return;
    }
    let shown: Vec<&Said> = inspection.said.iter().filter(|said| is_shown(said)).collect();
    let versions: BTreeSet<_> = shown.iter().map(|said| (said.language, &said.thing, said.field.as_str())).collect();
    let sources = shown.iter().filter(|said| said.language == SOURCE);
    let mut missing: BTreeMap<(&str, Language), Vec<String>> = BTreeMap::new();
    for said in sources {
        for language in (1..languages).map(Language) {
            if versions.contains(&(language, &said.thing, said.field.as_str())) {
                continue;
            }
            match service_of(said) {
                Some(service) => missing.entry((service, language)).or_default().push(field(said, service)),
                None => found.push(of_register(inspection, said, language)),
            }
        }
    }
    for ((id, language), fields) in missing {
        if let Some(service) = handbook.services.get(id).filter(|_| !handbook.unknown.services.contains(id)) {
            found.extend(of_service(inspection, service, language, &fields));
        }
    }
}

/// Tells whether customers see a text.
fn is_shown(said: &Said) -> bool {
    let fields: &[&str] = match said.thing.0 {
        Kind::Service => &["title", "for", "outcome", "needs", "fee"],
        Kind::Standard => &["title", "statement", "slogan"],
        Kind::Promise => &["title", "statement", "slogan", "remedy", "invoke", "unless"],
        Kind::Step => &["tells", "gives"],
        Kind::Channel => &["title"],
        _ => &[],
    };
    fields.iter().any(|field| said.is_in(field)) && said.text.value.contains(char::is_alphabetic)
}

fn service_of(said: &Said) -> Option<&str> {
    match said.thing.0 {
        Kind::Service => Some(&said.thing.1),
        kind if kind.is_within_service() => said.thing.1.rsplit_once('/').map(|(service, _)| service),
        _ => None,
    }
}

/// Names a field within its service: `on-time/unless`; the texts of one list are one field.
fn field(said: &Said, service: &str) -> String {
    let inner = said.thing.1.strip_prefix(service).unwrap_or_default().trim_start_matches('/');
    let parts = said.field.split('/').filter(|part| part.parse::<u32>().is_err());
    std::iter::once(inner).chain(parts).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/")
}

fn of_register(inspection: &Inspection<'_>, said: &Said, language: Language) -> Diagnostic {
    let tag = tag(inspection, language);
    let message = format!("the {} `{}` has no {} in `{tag}`", said.thing.0.word(), said.thing.1, said.field);
    let source = self::tag(inspection, SOURCE);
    let action = format!("write `{{{source}: {}, {tag}: …}}`", said.text.value);
    CHECK.told(said.text.span, message).action(action)
}

fn of_service(
    inspection: &Inspection<'_>,
    service: &Document<Service>,
    language: Language,
    fields: &[String],
) -> Option<Diagnostic> {
    let tag = tag(inspection, language);
    let Some(translation) = service.translations.get(&language) else {
        let source = inspection.tree.file(service.file).path.as_ref();
        let path = format!("{}.{tag}.md", source.strip_suffix(".md")?);
        // A file that could not be read is told as such.
        if inspection.tree.find(&path).is_some() {
            return None;
        }
        let place = service.fields.title.exactly(SOURCE).map_or(service.beginning, |title| title.span);
        let message = format!("nothing of `{}` is translated into `{tag}`", service.id);
        return Some(CHECK.told(place, message).action(format!("add the file {path} with its texts")));
    };
    let mut names: Vec<&str> = Vec::new();
    for name in fields.iter().map(String::as_str) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let more = names.len().saturating_sub(MOST_LISTED);
    let first = names.iter().take(MOST_LISTED).copied();
    let which = match more {
        0 => listed(first).replace(" or ", " and "),
        _ => format!("{} and {more} more", first.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")),
    };
    let message = format!("`{}` lacks texts for customers in `{tag}`: {which}", service.id);
    Some(CHECK.told(translation.beginning, message).action("translate them here, under the same keys as in the source"))
}

fn tag<'a>(inspection: &'a Inspection<'_>, language: Language) -> &'a str {
    inspection.tags.get(usize::from(language.0)).map_or("", String::as_str)
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::{service, told};

    const CHANNELS: (&str, &str) = ("registers/channels.yaml", "phone: {title: {en: Telephone, de: Telefon}}\n");
    const GERMAN: &str = "---\ntitle: T\nfor: F\noutcome: O\n";

    fn found(source: &str, german: &str) -> Vec<String> {
        let (source, german) = (service(source), format!("{GERMAN}{german}---\n"));
        told("language/missing", &[("services/repair.md", &source), ("services/repair.de.md", &german), CHANNELS])
    }

    #[test]
    fn what_a_translation_lacks_is_told_once_for_the_document() {
        let source = "standards: {a: {kind: access, level: L, statement: S, slogan: O}}\npromises: {p: {unless: [U, V], remedy: {what: W}}}\n";
        assert_eq!(
            found(source, "standards: {a: {statement: S}}\n"),
            [
                "services/repair.de.md:1 `repair` lacks texts for customers in `de`: `a/slogan`, `p/remedy/what` and `p/unless` \
              → translate them here, under the same keys as in the source"
            ]
        );
        let german = "standards: {a: {statement: S, slogan: O}}\npromises: {p: {unless: [U, V], remedy: {what: W}}}\n";
        assert_eq!(found(source, german), [""; 0]);
    }

    #[test]
    fn texts_for_staff_may_stay_in_the_source_language() {
        assert_eq!(found("steps: {s: {title: T}}\nbecause: B\n", ""), [""; 0]);
        assert_eq!(found("steps: {s: {title: T, tells: the date}}\n", "").len(), 1);
    }

    #[test]
    fn many_fields_are_counted() {
        let source = "promises: {p: {title: T, statement: S, slogan: O, unless: [U], invoke: {how: H}}}\n";
        let lines = found(source, "");
        assert!(lines[0].contains("`p/title`, `p/statement`, `p/invoke/how`, `p/unless` and 1 more"), "{lines:#?}");
    }

    #[test]
    fn a_document_without_any_translation_is_told_at_its_title() {
        assert_eq!(
            told("language/missing", &[("services/repair.md", &service("")), CHANNELS]),
            [
                "services/repair.md:2 nothing of `repair` is translated into `de` → add the file services/repair.de.md with its \
              texts"
            ]
        );
    }

    #[test]
    fn an_entry_of_a_register_is_told_at_its_text() {
        let channels =
            ("registers/channels.yaml", "phone: {title: {en: Telephone, de: Telefon}}\nmail: {title: Post}\n");
        assert_eq!(
            told("language/missing", &[channels]),
            ["registers/channels.yaml:2 the channel `mail` has no title in `de` → write `{en: Post, de: …}`"]
        );
    }

    #[test]
    fn a_handbook_in_one_language_lacks_none() {
        let settings = ("handbook.yaml", "title: H\nlanguages: [en]\ncalendar: shop\n");
        let others =
            [("registers/roles.yaml", "desk: {title: D}\n"), ("registers/channels.yaml", "mail: {title: Post}\n")];
        let service = service("");
        let files = [settings, others[0], others[1], ("services/repair.md", service.as_str())];
        assert_eq!(told("language/missing", &files), [""; 0]);
    }
}
