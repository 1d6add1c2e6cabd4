//! The decisions about a service over time, as readers see them: in their language, day by day.
//!
//! Not here: how they are found (`diff`).

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use serde::Serialize;

use super::html::{Html, Link};
use super::writer::Writer;
use crate::diff::change::Change;
use crate::diff::past::Decided;
use crate::fields::text::SOURCE;
use crate::history::revisions::Revision;
use crate::model::document::Document;
use crate::model::kind::Kind;
use crate::model::service::Service;
use crate::units::duration::Duration;
use crate::units::money::Money;
use crate::units::share::Share;

/// The decisions about a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PastView {
    /// The service.
    pub service: Link,
    /// The days on which something was decided, the latest first.
    pub days: Vec<DayView>,
    /// Whether older decisions are not known.
    pub is_cut: bool,
}

/// What was decided on a day in one go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DayView {
    /// The day, in words; empty where it is not known.
    pub date: String,
    /// What its maker said of it, as it was written.
    pub subject: Html,
    /// The decisions.
    pub decisions: Vec<DecisionView>,
}

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DecisionView {
    /// What happened, in a word or two.
    pub what: String,
    /// What it means for customers: `worse`, `better` or `inside`.
    pub effect: &'static str,
    /// What it happened to.
    pub title: Html,
    /// Which of its fields is another, in words, with the case that it is about; empty where it is the thing itself.
    pub field: Html,
    /// What it was; empty where it was not there or is not shown.
    pub before: Html,
    /// What it is; empty where it is gone.
    pub after: Html,
}

/// What is known of the past.
#[derive(Clone, Debug, Default)]
pub struct Known<'a> {
    /// What was decided over time, the latest first.
    pub decided: &'a [Decided],
    /// Whether older decisions are not known.
    pub is_cut: bool,
    /// Where what concerns each service stands among them.
    pub services: Arc<ByService>,
}

/// The decisions about each service, by their places: found once for all its pages, and for all rebuilds of a preview.
#[derive(Clone, Debug, Default)]
pub struct ByService(BTreeMap<String, Vec<(usize, Vec<usize>)>>);

impl ByService {
    /// Sorts decisions by the service that they are about.
    pub fn of(decided: &[Decided]) -> Self {
        let mut of_services: BTreeMap<String, Vec<(usize, Vec<usize>)>> = BTreeMap::new();
        for (revision, Decided { changes, .. }) in decided.iter().enumerate() {
            for (at, change) in changes.iter().enumerate() {
                let Some(service) = change.service() else { continue };
                if !of_services.contains_key(service) {
                    of_services.insert(service.to_owned(), Vec::new());
                }
                let Some(days) = of_services.get_mut(service) else { continue };
                match days.last_mut() {
                    Some((last, told)) if *last == revision => told.push(at),
                    _ => days.push((revision, vec![at])),
                }
            }
        }
        Self(of_services)
    }
}

impl<'a> Known<'a> {
    /// Sorts decisions by the service that they are about.
    pub fn of(decided: &'a [Decided], is_cut: bool) -> Self {
        Self { decided, is_cut, services: Arc::new(ByService::of(decided)) }
    }

    /// Tells whether a decision about a service is known.
    pub fn has(&self, service: &str) -> bool {
        self.services.0.contains_key(service)
    }

    /// Gives what was decided about a service, in one go each.
    fn days(&self, service: &str) -> impl Iterator<Item = (&'a Revision, Vec<&'a Change>)> + '_ {
        let days = self.services.0.get(service).into_iter().flatten();
        days.map(|(revision, changes)| {
            let decided = &self.decided[*revision];
            (&decided.revision, changes.iter().map(|at| &decided.changes[*at]).collect())
        })
    }
}

impl Writer<'_> {
    /// Makes the decisions about a service over time.
    pub fn past(&self, service: &Document<Service>) -> PastView {
        let past = &self.shared.past;
        let days = past.days(&service.id).map(|(revision, changes)| DayView {
            date: revision.on.map_or_else(String::new, |on| self.locale().date(on)),
            subject: Html::escaped(&revision.subject),
            decisions: changes.iter().map(|change| self.decision(change)).collect(),
        });
        PastView { service: self.link(Kind::Service, &service.id), days: days.collect(), is_cut: past.is_cut }
    }

    /// Makes a decision in the reader's words.
    pub fn decision(&self, change: &Change) -> DecisionView {
        let (field, case) = change.field_and_case();
        let shown = |text: &str| match text == change.title {
            true => Html::default(),
            false => Html::escaped(&self.value_of(text, (change, &field))),
        };
        // What it was called is known in the source language alone; others read what it is called now.
        let is_named = self.language != SOURCE && self.handbook().has(change.kind, change.id_now());
        let title = if is_named { self.name(change.kind, change.id_now()) } else { Html::escaped(&change.title) };
        DecisionView {
            what: self.word(&format!("past.what.{}", change.what.name().replace('-', "_"))),
            effect: change.effect.name(),
            title,
            field: Html::escaped(&self.field_in_words(&field, case)),
            before: shown(&change.before),
            after: shown(&change.after),
        }
    }

    fn field_in_words(&self, field: &str, case: &str) -> String {
        let key = format!("past.field.{}", field.replace('.', "_"));
        let name = if self.locale().has(&key) { self.word(&key) } else { String::new() };
        match (name.is_empty(), case.is_empty()) {
            (false, false) => format!("{name}{}{case}{}", self.word("list.open"), self.word("list.close")),
            _ => name + case,
        }
    }

    /// Writes a value that was read from a file for the reader.
    fn value_of(&self, text: &str, (change, field): (&Change, &str)) -> String {
        let locale = self.locale();
        let ids = |kind: Kind, text: &str| {
            let names: Vec<String> = text.split(", ").map(|id| self.name(kind, id).plain()).collect();
            locale.list(&names)
        };
        if let Some(kind) = kind_of(field) {
            return ids(kind, text);
        }
        if field == "steps" {
            let name = |id: &str| self.name(Kind::Step, &format!("{}/{id}", change.id)).plain();
            return text.split(", ").map(name).collect::<Vec<_>>().join(locale.word("list.separator"));
        }
        if field == "breach" {
            let told = |part: &str| {
                let (at, roles) = moment_and_roles(part);
                format!("{}{}{}", self.amount(at), locale.word("list.colon"), ids(Kind::Role, roles))
            };
            return text.split("; ").map(told).collect::<Vec<_>>().join("; ");
        }
        if let Some(key) = word_of(change.kind, field, text).filter(|key| locale.has(key)) {
            return self.word(&key);
        }
        if let Some((measure, period)) = text.split_once(" per ").filter(|_| field == "measure") {
            let parts = [format!("measure.as.{measure}"), format!("period.per.{period}")];
            let words: Vec<String> = parts.iter().filter(|key| locale.has(key)).map(|key| self.word(key)).collect();
            return words.join(locale.word("list.separator"));
        }
        self.amount(text)
    }

    fn amount(&self, text: &str) -> String {
        let locale = self.locale();
        if let Ok(duration) = Duration::parse(text) {
            return locale.duration(duration);
        }
        if let Ok(share) = Share::parse(text) {
            return locale.share(share);
        }
        if let Ok(date) = text.parse::<Date>() {
            return locale.date(date);
        }
        Money::parse(text).map_or_else(|_| text.to_owned(), |money| locale.money(money))
    }
}

/// Splits `10 minutes lead, desk` before the first role.
fn moment_and_roles(text: &str) -> (&str, &str) {
    let first = text.split_once(", ").map_or(text, |(first, _)| first);
    first.rsplit_once(' ').map_or((text, ""), |(at, _)| (at, text[at.len()..].trim_start()))
}

/// Gives the kind of the things whose ids a field holds.
fn kind_of(field: &str) -> Option<Kind> {
    match field.rsplit('.').next()? {
        "owner" | "actor" | "granted_by" | "who" => Some(Kind::Role),
        "channels" | "channel" | "shown_at" => Some(Kind::Channel),
        "standard" | "also" | "backed_by" => Some(Kind::Standard),
        "complaints_to" => Some(Kind::Service),
        "checklist" => Some(Kind::Checklist),
        "playbook" => Some(Kind::Playbook),
        "after" | "reviews" => Some(Kind::Step),
        _ => None,
    }
}

/// Gives the key of a word out of a list, by the field in which it stands.
fn word_of(kind: Kind, field: &str, text: &str) -> Option<String> {
    match (kind, field) {
        (_, "remedy.automatic" | "pauses" | "counts") => Some(format!("past.yes.{text}")),
        (Kind::Promise, "kind") => Some(format!("promise.kind.{text}")),
        (Kind::Standard, "kind") => Some(format!("standard.kind.{text}")),
        (_, "measure") => Some(format!("measure.as.{text}")),
        (_, "stage") => Some(format!("step.stage.{text}")),
        (_, "every") => Some(format!("period.per.{text}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::change::{At, Effect, What};
    use crate::view::bench::{Bench, DE, EN};

    fn change(what: What, kind: Kind, id: &str, (before, after): (&str, &str)) -> Change {
        Change {
            what,
            effect: what.effect(kind),
            kind,
            id: id.into(),
            now: None,
            title: "Quick <b>".into(),
            field: "limit".into(),
            before: before.into(),
            after: after.into(),
            at: At { path: "p".into(), line: 1, before: false },
        }
    }

    fn past() -> Vec<Decided> {
        let on = |day: i8| Revision {
            on: Some(jiff::civil::date(2026, 3, day)),
            subject: "why & how".into(),
            ..Revision::default()
        };
        let loosened = change(What::Loosened, Kind::Standard, "repair/quick", ("10 business days", "12 business days"));
        vec![
            Decided {
                revision: on(9),
                changes: vec![loosened, change(What::Added, Kind::Standard, "repair/shop/quick", ("", "x"))],
            },
            Decided { revision: on(1), changes: vec![change(What::Added, Kind::Service, "repair", ("", "Quick <b>"))] },
            Decided { revision: on(1), changes: vec![change(What::Added, Kind::Playbook, "repair", ("", "x"))] },
        ]
    }

    fn seen(language: crate::fields::text::Language) -> PastView {
        let bench = Bench::service("", &[]);
        let past = past();
        let shared = crate::view::writer::Shared { past: Known::of(&past, false), ..bench.shared() };
        let service = &shared.handbook().services["repair"];
        shared.writer(language, "history/repair.html").past(service)
    }

    #[test]
    fn decisions_about_a_service_are_told_day_by_day_in_the_readers_language() {
        let german = seen(DE);
        assert_eq!(german.days.len(), 2);
        let first = &german.days[0];
        assert_eq!((first.date.as_str(), first.subject.0.as_str()), ("9. März 2026", "why &amp; how"));
        let [decision] = first.decisions.as_slice() else { panic!("{first:?}") };
        assert_eq!((decision.what.as_str(), decision.effect), ("gelockert", "worse"));
        assert_eq!((decision.before.0.as_str(), decision.after.0.as_str()), ("10 Arbeitstage", "12 Arbeitstage"));
        assert_eq!((decision.title.0.as_str(), decision.field.0.as_str()), ("Quick &lt;b&gt;", "Frist"));
    }

    #[test]
    fn what_is_new_is_told_by_its_name_alone() {
        let added = &seen(EN).days[1].decisions[0];
        assert_eq!((added.what.as_str(), added.before.0.as_str(), added.after.0.as_str()), ("added", "", ""));
    }

    #[test]
    fn values_are_told_by_their_names_and_cases_with_their_fields() {
        let bench = Bench::service("", &[]);
        let shared = bench.shared();
        let told = |kind: Kind, field: &str, value: &str| {
            let told = Change { field: field.into(), ..change(What::RuleChanged, kind, "repair/x", (value, "")) };
            let view = shared.writer(DE, "history/repair.html").decision(&told);
            (view.field.0, view.before.0)
        };
        let of = |field: &str, value: &str| (field.to_owned(), value.to_owned());
        assert_eq!(told(Kind::Promise, "kind", "guarantee"), of("Art", "Servicegarantie"));
        assert_eq!(told(Kind::Promise, "remedy.automatic", "true"), of("Entschädigung ohne Nachfrage", "ja"));
        assert_eq!(told(Kind::Promise, "valid.until", "2027-09-30"), of("gültig bis", "30. September 2027"));
        assert_eq!(
            told(Kind::Standard, "variants.it burns.limit", "2 business days"),
            of("Frist im Sonderfall (it burns)", "2 Arbeitstage")
        );
        assert_eq!(
            told(Kind::Standard, "breach", "70% nobody, else; 10 minutes nobody").1,
            "70\u{202f}%: nobody und else; 10 Minuten: nobody"
        );
        assert_eq!(told(Kind::Service, "owner", "nobody, else").1, "nobody und else");
        assert_eq!(
            told(Kind::Standard, "measure", "observed per month").1,
            "Anteil der beobachteten Fälle, in denen es so war, monatlich"
        );
    }

    #[test]
    fn every_decision_has_words_in_every_language() {
        let bench = Bench::service("", &[]);
        let shared = bench.shared();
        for what in What::ALL.into_iter().filter(|what| what.effect(Kind::Standard) != Effect::None) {
            for language in shared.languages() {
                let key = format!("past.what.{}", what.name().replace('-', "_"));
                assert!(shared.writer(language, "index.html").locale().has(&key), "{key}");
            }
        }
    }
}
