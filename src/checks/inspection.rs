//! What the experts' checks look at: the handbook with its texts laid out, today's date, and answers worth remembering.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex};

use jiff::civil::Date;

use crate::calendar::compare::compare;
use crate::checks::CheckedHandbook;
use crate::checks::reading::{self, Readings};
use crate::checks::said::{Said, Written, all_said, all_written};
use crate::fields::table::Row;
use crate::fields::text::Language;
use crate::model::document::Document;
use crate::model::handbook::Handbook;
use crate::model::promise::Promise;
use crate::model::service::Service;
use crate::model::standard::Standard;
use crate::model::step::Step;
use crate::source::{SourceTree, Span, Spanned};
use crate::units::duration::Duration;

/// What the experts' checks look at.
pub struct Inspection<'a> {
    /// The handbook with its prose.
    pub checked: &'a CheckedHandbook,
    /// The files.
    pub tree: &'a SourceTree,
    /// The date that counts as today.
    pub today: Date,
    /// The tags of the languages, the source language first.
    pub tags: Vec<String>,
    /// All texts in fields and registers, in every language.
    pub said: Vec<Said>,
    /// All prose with what it belongs to, in every language.
    pub written: Vec<Written<'a>>,
    compared: Mutex<BTreeMap<Pair, Option<Ordering>>>,
    // Made before the checks run side by side: one that waits for it must not begin it anew.
    readings: Readings,
}

/// Two durations and the calendar through which they are compared.
type Pair = (String, String, String);

impl<'a> Inspection<'a> {
    /// Lays out a handbook for the checks.
    pub fn of(checked: &'a CheckedHandbook, tree: &'a SourceTree, today: Date) -> Self {
        let handbook = checked.handbook();
        let tags = handbook.config.language_tags();
        let (said, written) = (all_said(handbook), all_written(checked));
        let readings = Readings::of(&said, &written, &tags);
        Self { checked, tree, today, tags, said, written, compared: Mutex::default(), readings }
    }

    /// Gives the handbook.
    pub fn handbook(&self) -> &'a Handbook {
        self.checked.handbook()
    }

    /// Gives all texts with the amounts that stand in them.
    pub fn readings(&self) -> &Readings {
        &self.readings
    }

    /// Gives the tag of a language.
    pub fn tag(&self, language: Language) -> &str {
        reading::tag(&self.tags, language)
    }

    /// Walks over all standards with their services.
    pub fn standards(&self) -> impl Iterator<Item = (&'a Document<Service>, &'a Row<Standard>)> {
        let of = |service: &'a Document<Service>| service.fields.standards.iter().map(move |row| (service, row));
        self.handbook().services.values().map(Arc::as_ref).flat_map(of)
    }

    /// Walks over all steps with their services.
    pub fn steps(&self) -> impl Iterator<Item = (&'a Document<Service>, &'a Row<Step>)> {
        let of = |service: &'a Document<Service>| service.fields.steps.iter().map(move |row| (service, row));
        self.handbook().services.values().map(Arc::as_ref).flat_map(of)
    }

    /// Walks over all promises with their services.
    pub fn promises(&self) -> impl Iterator<Item = (&'a Document<Service>, &'a Row<Promise>)> {
        let of = |service: &'a Document<Service>| service.fields.promises.iter().map(move |row| (service, row));
        self.handbook().services.values().map(Arc::as_ref).flat_map(of)
    }

    /// Compares two durations by the calendar of a service: greater if the first may end later, however seldom.
    ///
    /// Nothing comes of two clocks without a calendar, which `time/mixed-clocks` tells.
    pub fn compare(&self, service: &Service, first: Duration, second: Duration) -> Option<Ordering> {
        if let Some(order) = first.compare_same_clock(second) {
            return Some(order);
        }
        let (id, calendar) = self.handbook().calendar_of(service)?;
        let pair = (id.to_owned(), first.short(), second.short());
        let mut known = self.compared.lock().expect("no check panics while it holds the lock");
        let order = || compare(first, second, Some(calendar)).map(|compared| compared.worst_case());
        *known.entry(pair).or_insert_with(order)
    }

    /// Gives the place of a part of a text, or of all of it where it is not written as it reads.
    pub fn spot(&self, text: &Spanned<String>, range: &Range<usize>) -> Span {
        let source = self.tree.text(text.span.file).map_or("", |source| source.as_str());
        let written = source.get(text.span.start as usize..text.span.end as usize).unwrap_or_default();
        match written.find(text.value.as_str()) {
            Some(at) => text.span.part(at + range.start, at + range.end),
            None => text.span,
        }
    }
}
