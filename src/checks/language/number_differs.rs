//! `language/number-differs`: a number or unit that a translation has and its source has not.

use std::collections::BTreeSet;

use crate::checks::check::{Check, Finder};
use crate::checks::figures::limits;
use crate::checks::inspection::Inspection;
use crate::checks::language::figure::{Figure, differing, of_link, of_text};
use crate::checks::mentions::owner_of_section;
use crate::checks::reading::Reading;
use crate::checks::said::{Said, Written};
use crate::checks::translations::is_stale;
use crate::diagnostic::{Diagnostic, Severity};
use crate::fields::text::{Language, SOURCE};
use crate::fields::value::Value;
use crate::model::handbook::{Documents, Handbook};
use crate::model::kind::Kind;
use crate::model::lookup::Thing;
use crate::source::Span;
use crate::units::duration::Duration;
use crate::wording::amount::Amount;

/// The check.
pub const CHECK: Check = Check {
    name: "language/number-differs",
    severity: Severity::Error,
    finds: "A translation names another number or unit than its source.",
    why: "Two readers of one promise are told two things, and each can hold the firm to theirs. Write the number in a field and \
          print it by `[[#limit]]`, which is right in every language; or correct the translation.",
    wrong: &[
        ("services/repair.md", "title: Repair\noutcome: You hear from us after 105 business days at the latest.\n"),
        ("services/repair.de.md", "title: Reparatur\noutcome: Sie hören spätestens nach 90 Arbeitstagen von uns.\n"),
    ],
    right: &[
        ("services/repair.md", "title: Repair\noutcome: You hear from us after 105 business days at the latest.\n"),
        ("services/repair.de.md", "title: Reparatur\noutcome: Sie hören spätestens nach 105 Arbeitstagen von uns.\n"),
    ],
    finder: Finder::Run(run),
};

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    let readings = inspection.readings();
    let lagging = Lagging::of(inspection.handbook());
    let both: Vec<(&Said, &Reading)> = inspection.said.iter().zip(&readings.said).collect();
    for versions in both.chunk_by(|(one, _), (other, _)| one.thing == other.thing && one.field == other.field) {
        let source = versions.iter().find(|(said, _)| said.language == SOURCE);
        // An address and a title of a book are written as each language has them.
        let is_name = |said: &Said| ["address", "source"].contains(&said.field.as_str());
        let Some(source) = source.filter(|(said, _)| !is_name(said)) else { continue };
        for other in versions.iter().filter(|(said, _)| said.language != SOURCE) {
            let told = of_field(inspection, source, other);
            found.extend(
                told.filter(|told| told.is_contradiction || !lagging.has(&other.0.thing, other.0.language))
                    .map(|told| told.diagnostic),
            );
        }
    }
    let both: Vec<Prose<'_, '_>> = inspection.written.iter().zip(&readings.written).collect();
    for versions in both.chunk_by(|(one, _), (other, _)| one.thing == other.thing) {
        let source = versions.iter().find(|(written, _)| written.language == SOURCE);
        let Some(source) = source else { continue };
        for other in versions.iter().filter(|(written, _)| written.language != SOURCE) {
            let mut told = Vec::new();
            of_prose(inspection, source, other, &mut told);
            let lags = lagging.has(&other.0.thing, other.0.language);
            found.extend(told.into_iter().filter(|told| told.is_contradiction || !lags).map(|told| told.diagnostic));
        }
    }
}

/// A finding, and whether the two languages say different numbers: not merely that one of them has a number more.
struct Told {
    diagnostic: Diagnostic,
    is_contradiction: bool,
}

/// The translations of a text that has changed since: `language/stale` tells that they lack what is new.
struct Lagging(BTreeSet<(Kind, String, Language)>);

impl Lagging {
    fn of(handbook: &Handbook) -> Self {
        fn collect<T: Value>(kind: Kind, documents: &Documents<T>, all: &mut BTreeSet<(Kind, String, Language)>) {
            for (id, document) in documents {
                let stale = document.translations.iter().filter(|(_, translation)| is_stale(document, translation));
                all.extend(stale.map(|(language, _)| (kind, id.clone(), *language)));
            }
        }
        let mut all = BTreeSet::new();
        collect(Kind::Service, &handbook.services, &mut all);
        collect(Kind::Playbook, &handbook.playbooks, &mut all);
        collect(Kind::Checklist, &handbook.checklists, &mut all);
        collect(Kind::Page, &handbook.pages, &mut all);
        Self(all)
    }

    fn has(&self, (kind, id): &Thing, language: Language) -> bool {
        if self.0.is_empty() {
            return false;
        }
        let (kind, id) = match id.rsplit_once('/').filter(|_| kind.is_within_service()) {
            Some((service, _)) => (Kind::Service, service),
            None => (*kind, id.as_str()),
        };
        self.0.contains(&(kind, id.to_owned(), language))
    }
}

type Prose<'i, 'a> = (&'i Written<'a>, &'i Vec<Vec<Amount>>);

fn of_field(
    inspection: &Inspection<'_>,
    (source, first): &(&Said, &Reading),
    (other, second): &(&Said, &Reading),
) -> Option<Told> {
    let figures = |said: &Said, reading: &Reading| -> Vec<Figure> {
        let place = |range: &std::ops::Range<usize>| inspection.spot(&said.text, range);
        let mut figures = of_text(&said.text.value, &reading.amounts, &place);
        let links = reading
            .links
            .iter()
            .filter_map(|(range, link)| of_link(inspection.handbook(), &said.thing, link, place(range)));
        figures.extend(links);
        figures
    };
    if first.amounts.is_empty() && second.amounts.is_empty() {
        return None;
    }
    let (missing, extra) = differing(figures(source, first), figures(other, second));
    if is_told_elsewhere(inspection, other, (&missing, &extra)) {
        return None;
    }
    tell(inspection, other.language.0, (source.text.span, other.text.span), (&missing, &extra))
}

/// Tells whether another check tells the same: the source is wrong and the translation right, or days are bare.
fn is_told_elsewhere(inspection: &Inspection<'_>, said: &Said, (missing, extra): (&[Figure], &[Figure])) -> bool {
    let handbook = inspection.handbook();
    let is_shown = ["title", "statement", "slogan"].contains(&said.field.as_str());
    let promise = handbook.promise(&said.thing.1).filter(|_| said.thing.0 == Kind::Promise);
    let behind = promise.iter().flat_map(|row| &row.value.backed_by).map(|behind| behind.id.as_str());
    let own = Some(said.thing.1.as_str()).filter(|_| said.thing.0 == Kind::Standard);
    let rows = own.into_iter().chain(behind).filter_map(|id| handbook.standard(id));
    let limits: Vec<Duration> = rows.flat_map(|row| limits(&row.value)).map(|(limit, _)| limit).collect();
    let are = |figures: &[Figure]| figures.iter().all(|figure| limits.iter().any(|limit| figure.is_duration(*limit)));
    let is_source_wrong = !extra.is_empty() && are(extra) && !missing.is_empty() && !are(missing);
    let is_bare = matches!((missing, extra), ([one], [other]) if one.is_bare_form(other) || other.is_bare_form(one));
    is_shown && !limits.is_empty() && (is_source_wrong || is_bare)
}

fn of_prose(
    inspection: &Inspection<'_>,
    (source, first): &Prose<'_, '_>,
    (other, second): &Prose<'_, '_>,
    found: &mut Vec<Told>,
) {
    let is_blank = other.prose.is_blank() || source.prose.is_blank();
    if is_blank || (first.iter().all(Vec::is_empty) && second.iter().all(Vec::is_empty)) {
        return;
    }
    let of_passages = |written: &Written<'_>, amounts: &[Vec<Amount>]| -> Vec<Vec<Figure>> {
        (0..amounts.len()).map(|at| of_passage(inspection, written, amounts, at)).collect()
    };
    let (first, second) = (of_passages(source, first), of_passages(other, second));
    if first.len() == second.len() {
        let places = source.prose.passages.iter().zip(&other.prose.passages);
        let spans =
            places.map(|(one, two)| (one.span(&(0..1), source.prose.base), two.span(&(0..1), other.prose.base)));
        for ((one, two), spans) in first.into_iter().zip(second).zip(spans) {
            let (missing, extra) = differing(one, two);
            found.extend(tell(inspection, other.language.0, spans, (&missing, &extra)));
        }
        return;
    }
    let (missing, extra) = differing(first.concat(), second.concat());
    let spans = (source.prose.base.beginning(), other.prose.base.beginning());
    found.extend(tell(inspection, other.language.0, spans, (&missing, &extra)));
}

fn of_passage(inspection: &Inspection<'_>, written: &Written<'_>, amounts: &[Vec<Amount>], at: usize) -> Vec<Figure> {
    let (Some(passage), Some(amounts)) = (written.prose.passages.get(at), amounts.get(at)) else { return Vec::new() };
    let place = |range: &std::ops::Range<usize>| passage.span(range, written.prose.base);
    let mut figures = of_text(&passage.text, amounts, &place);
    for link in passage.references.iter().filter_map(|(_, link)| written.prose.wiki_links.get(*link)) {
        let own = || owner_of_section(inspection.handbook(), &written.thing.1, written.prose, link.span.start);
        let own = Some(()).filter(|()| written.thing.0 == Kind::Service).and_then(|()| own());
        figures.extend(of_link(inspection.handbook(), own.as_ref().unwrap_or(&written.thing), link, link.span));
    }
    figures
}

/// Makes the finding about figures of the source that are missing and others that are there instead.
fn tell(
    inspection: &Inspection<'_>,
    language: u8,
    (source, other): (Span, Span),
    (missing, extra): (&[Figure], &[Figure]),
) -> Option<Told> {
    let tag = inspection.tags.get(usize::from(language)).map_or("", String::as_str);
    let first = inspection.tags.first().map_or("", String::as_str);
    // A number of the other's own kind is the one that stands in its place.
    let pair = missing.iter().find_map(|one| Some((one, extra.iter().find(|other| other.is_like(one))?)));
    let pair = pair.or_else(|| Some((missing.first()?, extra.first()?)));
    let is_contradiction = pair.is_some_and(|(one, other)| other.is_like(one));
    let diagnostic = match (pair, missing.first(), extra.first()) {
        (Some((one, other)), ..) => {
            let message = format!("`{tag}` says {}, where `{first}` says {}", other.written, one.written);
            let told = CHECK.told(other.place, message).label(one.place, format!("{} here", one.written));
            told.action(format!(
                "write what `{first}` says, or print the value of a field by a reference such as `[[#limit]]`"
            ))
        }
        (None, Some(one), _) => {
            let message = format!("`{first}` says {}, and `{tag}` says nothing of it", one.written);
            CHECK
                .told(other, message)
                .label(one.place, format!("{} here", one.written))
                .action(format!("add {} to `{tag}`, or remove it here and there", one.written))
        }
        (None, None, Some(extra)) => {
            let message = format!("`{tag}` says {}, and `{first}` says nothing of it", extra.written);
            CHECK
                .told(extra.place, message)
                .label(source, "the source")
                .action(format!("remove {} from `{tag}`, or add it to `{first}`", extra.written))
        }
        (None, None, None) => return None,
    };
    Some(Told { diagnostic, is_contradiction })
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::{service, told};

    const NAME: &str = "language/number-differs";

    fn of_field(english: &str, german: &str) -> Vec<String> {
        let english =
            service(&format!("standards: {{a: {{kind: timeliness, limit: 10bd, statement: \"{english}\"}}}}\n"));
        let german = format!("---\ntitle: R\nfor: A\noutcome: O\nstandards: {{a: {{statement: \"{german}\"}}}}\n---\n");
        told(NAME, &[("services/repair.md", &english), ("services/repair.de.md", &german)])
    }

    fn of_prose(english: &str, german: &str) -> Vec<String> {
        let english = service(&format!("---\n{english}\n"));
        let german = format!("---\ntitle: R\nfor: A\noutcome: O\n---\n{german}\n");
        told(NAME, &[("services/repair.md", &english), ("services/repair.de.md", &german)])
    }

    #[test]
    fn another_number_or_unit_in_a_field_is_told_once_with_both() {
        let line = "services/repair.de.md:5 `de` says 12 Arbeitstagen, where `en` says 10 business days → write what `en` says, \
                    or print the value of a field by a reference such as `[[#limit]]`";
        assert_eq!(of_field("Ready within 10 business days.", "Fertig in 12 Arbeitstagen."), [line]);
        for german in ["Fertig in 10 Kalendertagen.", "Fertig in 10 Stunden.", "Fertig."] {
            assert_eq!(of_field("Ready within 10 business days.", german).len(), 1, "{german}");
        }
        assert_eq!(of_field("Ready within [[#limit]].", "Fertig in 12 Arbeitstagen.").len(), 1);
    }

    #[test]
    fn what_another_check_tells_of_either_text_is_not_told_again() {
        let bare = "time/ambiguous-day tells days that are not said";
        assert_eq!(of_field("Ready within 10 business days.", "Fertig in zehn Tagen."), [""; 0], "{bare}");
        let wrong = "time/text-disagrees tells the source";
        assert_eq!(of_field("Ready within 15 business days.", "Fertig in 10 Arbeitstagen."), [""; 0], "{wrong}");
        assert_eq!(of_prose("In 10 business days.", "In zehn Tagen.").len(), 1);
    }

    #[test]
    fn the_same_in_other_words_is_fine() {
        for (english, german) in [
            ("Ready within ten (10) business days.", "Fertig in 10 Arbeitstagen."),
            ("Ready within 10 business days.", "Fertig in zehn Werktagen."),
            ("Ready within [[#limit]].", "Fertig in [[#limit:dative]]."),
            ("Ready within [[#limit]].", "Fertig in zehn Arbeitstagen."),
            ("12 months of warranty", "ein Jahr Garantie: 12 Monate"),
            ("Free for 12 months", "Kostenlos, 1 Jahr lang"),
            ("We ring 3 times", "Wir rufen dreimal an"),
            ("Half an hour", "30 Minuten"),
            ("Within two weeks", "In 14 Tagen"),
            ("2.5 hours and 90 EUR", "2,5 Stunden und 90 Euro"),
        ] {
            assert_eq!(of_field(english, german), [""; 0], "{german}");
        }
    }

    #[test]
    fn prose_is_compared_paragraph_by_paragraph() {
        let lines =
            of_prose("One.\n\nAfter 30 calendar days we close.", "Eins.\n\nNach 20 Kalendertagen schließen wir.");
        assert!(
            lines.len() == 1 && lines[0].starts_with("services/repair.de.md:8 `de` says 20 Kalendertagen"),
            "{lines:?}"
        );
        assert_eq!(of_prose("In 2 weeks.\n\nIn 3 weeks.", "In 3 Wochen.\n\nIn 2 Wochen.").len(), 2);
    }

    #[test]
    fn prose_in_other_paragraphs_is_compared_as_a_whole() {
        assert_eq!(of_prose("In 2 weeks.\n\nIn 3 weeks.", "In 2 Wochen. In 3 Wochen."), [""; 0]);
        assert_eq!(of_prose("In 2 weeks.\n\nIn 3 weeks.", "In 2 Wochen. In 4 Wochen.").len(), 1);
        assert_eq!(of_prose("In 2 weeks.", ""), [""; 0]);
    }

    #[test]
    fn a_translation_that_lags_behind_is_told_where_it_contradicts_and_not_where_it_lacks_what_is_new() {
        let told = |german: &str| {
            let source = (
                "services/repair.md",
                "title: R\noutcome: Within 5 business days.\nbecause: After 3 business hours.\n",
            );
            let german = format!("translates: 0123456789ab\ntitle: R\n{german}");
            crate::checks::bench::told("language/number-differs", &[source, ("services/repair.de.md", &german)])
        };
        assert_eq!(told("outcome: Innerhalb von 5 Arbeitstagen.\nbecause: Nach einer Weile.\n"), [""; 0]);
        assert_eq!(told("outcome: Innerhalb von 9 Arbeitstagen.\n").len(), 1);
    }
}
