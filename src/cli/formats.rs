//! Findings in the formats that can be asked for, all made from one report.

use std::cell::RefCell;

use jiff::civil::Date;
use pledgebook::diagnostic::full::{self, Colour};
use pledgebook::diagnostic::report::{About, Report, Setting};
use pledgebook::diagnostic::{Diagnostic, concise, github, gitlab, json, junit, markdown, sarif};
use pledgebook::manual::reported::rules;
use pledgebook::pipeline::Looked;
use pledgebook::triage::whereabouts::Map;

use super::arguments::{Check, Format};
use super::check::mildest;

/// The findings of a handbook, looked up once for all formats.
pub(crate) struct Formats<'a> {
    looked: &'a Looked,
    report: Report,
}

impl<'a> Formats<'a> {
    /// Takes the findings of a handbook that was looked at on a day.
    pub(crate) fn of(looked: &'a Looked, check: &Check, today: Date) -> Self {
        let Looked { tree, prefix, .. } = looked;
        let map = RefCell::new(Map::of(tree, &looked.handbook.handbook().config.language_tags()));
        let about = |found: &Diagnostic| {
            let key = map.borrow_mut().key(found);
            Some(About { thing: key.thing, field: key.field })
        };
        // Only one format says what the names mean; the examples behind that take a moment.
        let is_asked =
            check.reports.iter().map(|report| report.format).chain([check.format]).any(|f| f == Format::Sarif);
        let rules = if is_asked { rules() } else { Vec::new() };
        let setting = Setting { tree, prefix, rules: &rules, about: &about, today, failing: mildest(check.fail_on) };
        Self { looked, report: Report::of(&looked.diagnostics, &setting) }
    }

    /// Prints the findings in a format.
    pub(crate) fn print(&self, format: Format, colour: Colour) -> String {
        let report = &self.report;
        match format {
            Format::Full => full::print(&self.looked.diagnostics, &self.looked.tree, &self.looked.prefix, colour),
            Format::Concise => concise::print(report),
            Format::Json => json::print(report),
            Format::Sarif => sarif::print(report),
            Format::Github => github::print(report),
            Format::Gitlab => gitlab::print(report),
            Format::Junit => junit::print(report),
            Format::Markdown => markdown::print(report),
        }
    }
}
