//! What customers care about, the glossary and the evidence.

use serde::Serialize;

use super::html::{Html, Link};
use super::writer::Writer;
use crate::model::kind::Kind;
use crate::model::lookup::Thing;

/// Something customers care about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FactorView {
    /// Its id.
    pub id: String,
    /// What it is.
    pub text: Html,
    /// `dissatisfier`, `performance` or `satisfier`.
    pub kind: &'static str,
    /// The kind in words.
    pub kind_name: Html,
    /// What it comes from, in words.
    pub cause: Html,
    /// By which dimension it is rated, in words.
    pub rater: Html,
    /// What takes care of it.
    pub covered_by: Vec<Link>,
}

/// A word of the firm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TermView {
    /// Its id.
    pub id: String,
    /// The word.
    pub text: Html,
    /// What it means.
    pub meaning: Html,
    /// Words that are not used for it, as a sentence; empty where there are none.
    pub not: Html,
}

/// A piece of evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EvidenceView {
    /// Its id.
    pub id: String,
    /// What is claimed.
    pub claim: Html,
    /// Where it comes from.
    pub source: Html,
    /// `primary`, `second-hand`, `contested` or `anecdote`.
    pub quality: &'static str,
    /// The quality in words.
    pub quality_name: Html,
    /// What the quality means.
    pub quality_about: Html,
    /// The figure; empty where there is none.
    pub value: Html,
    /// The year; empty where there is none.
    pub year: String,
    /// Where it can be read; empty where there is none.
    pub url: String,
    /// What to keep in mind.
    pub note: Html,
}

impl Writer<'_> {
    /// Shows what customers care about, what annoys first.
    pub fn factors(&self) -> Vec<FactorView> {
        let mut rows: Vec<_> = self.handbook().factors.iter().collect();
        rows.sort_by_key(|(id, row)| (row.value.kind.as_ref().map(|kind| kind.value), *id));
        rows.into_iter()
            .map(|(id, row)| {
                let factor = &row.value;
                let kind = factor.kind.as_ref().map_or("", |kind| kind.value.word());
                let covered = self.shared.relations.covered_by.get(id);
                FactorView {
                    id: id.clone(),
                    text: self.text(&factor.text),
                    kind,
                    kind_name: self.worded("factor.kind", Some(kind)),
                    cause: self.worded("factor.cause", factor.cause.as_ref().map(|cause| cause.value.word())),
                    rater: self.worded("factor.rater", factor.rater.as_ref().map(|rater| rater.value.word())),
                    covered_by: covered.into_iter().flatten().map(|thing| self.covering(thing)).collect(),
                }
            })
            .collect()
    }

    /// Gives the link to what covers a factor; an item of a checklist leads to the item.
    fn covering(&self, (kind, id): &Thing) -> Link {
        let Some((checklist, item)) = id.split_once('#') else { return self.link(*kind, id) };
        let mut link = self.link(Kind::Checklist, checklist);
        link.href = format!("{}#{item}", link.href);
        let row = self.handbook().checklists.get(checklist).and_then(|found| found.fields.items.get(item));
        if let Some(row) = row {
            link.title = Html(format!("{}: {}", link.title.0, self.title(&row.value.0.text).0));
        }
        link
    }

    /// Shows the words of the firm.
    pub fn terms(&self) -> Vec<TermView> {
        let term = |(id, row): (&String, &crate::fields::table::Row<crate::model::registers::Term>)| {
            let words: Vec<String> =
                row.value.not.of(self.language).iter().map(|word| self.locale().quote(&word.value)).collect();
            let not = match words.is_empty() {
                true => String::new(),
                false => self.locale().phrase("glossary.not", &[("words", &words.join(", "))]),
            };
            TermView {
                id: id.clone(),
                text: self.title(&row.value.text),
                meaning: self.text(&row.value.meaning),
                not: Html::escaped(&not),
            }
        };
        self.handbook().terms.iter().map(term).collect()
    }

    /// Shows the evidence.
    pub fn evidence(&self) -> Vec<EvidenceView> {
        let view = |(id, row): (&String, &crate::fields::table::Row<crate::model::registers::Evidence>)| {
            let it = &row.value;
            let quality = it.quality.as_ref().map_or("", |quality| quality.value.word());
            EvidenceView {
                id: id.clone(),
                claim: self.text(&it.claim),
                source: self.text(&it.source),
                quality,
                quality_name: self.worded("evidence.quality", Some(quality)),
                quality_about: self.worded("evidence.about", Some(quality)),
                value: Html::escaped(it.value.as_ref().map_or("", |value| value.value.as_str())),
                year: it.year.as_ref().map_or_else(String::new, |year| year.value.to_string()),
                url: it.url.as_ref().filter(|url| is_web(&url.value)).map_or_else(String::new, |url| url.value.clone()),
                note: self.text(&it.note),
            }
        };
        self.handbook().evidence.iter().map(view).collect()
    }
}

/// Tells whether an address leads to the web and nowhere else.
fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}
