//! What stands at the head and foot of a page: notices, owner, review, the link to edit.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use super::html::{Html, Link};
use super::writer::Writer;
use crate::checks::translations::is_stale;
use crate::fields::text::{Language, SOURCE};
use crate::fields::value::Value;
use crate::model::document::Document;
use crate::model::kind::Kind;
use crate::model::service::Service;
use crate::source::FileId;
use crate::units::duration::{Duration, Unit};

/// A notice at the head of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Notice {
    /// `fallback`, `stale`, `overdue` or `fault`.
    pub kind: &'static str,
    /// What it says.
    pub text: Html,
    /// The way to what it speaks of; empty where there is none.
    pub href: String,
}

/// The head and foot of a page about a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Footer {
    /// The notices, the gravest first.
    pub notices: Vec<Notice>,
    /// Who answers for it.
    pub owner: Option<Link>,
    /// When it was reviewed and will be again, in words; empty where that is not said.
    pub review: Html,
    /// Whether the review is overdue.
    pub overdue: bool,
    /// The way to edit it; empty where the handbook gives none.
    pub edit: String,
}

impl Writer<'_> {
    /// Makes the head and foot of a document's page.
    pub fn footer<T: Value>(&self, document: &Document<T>) -> Footer {
        let mut notices: Vec<Notice> = document.files().flat_map(|file| self.faults_of(file)).collect();
        let locale = self.locale();
        let source = &self.shared.tags[usize::from(SOURCE.0)];
        match document.translations.get(&self.language) {
            None if self.language != SOURCE => {
                let name = locale.language_name(source);
                notices.push(self.notice(
                    "fallback",
                    &locale.phrase("notice.fallback", &[("language", name)]),
                    String::new(),
                ));
            }
            Some(translation) if is_stale(document, translation) => {
                let name = locale.language_name(source);
                notices.push(self.notice("stale", &locale.phrase("notice.stale", &[("source", name)]), String::new()));
            }
            _ => {}
        }
        let file = document.translations.get(&self.language).map_or(document.file, |translation| translation.file);
        Footer { notices, edit: self.edit(file), ..Footer::default() }
    }

    /// Makes the head and foot of a service's sheet.
    pub fn service_footer(&self, service: &Document<Service>) -> Footer {
        let mut footer = self.footer(service);
        footer.owner = service.fields.owner.as_ref().map(|role| self.link(Kind::Role, &role.id));
        let review = service.fields.review.as_ref();
        let Some(last) = review.and_then(|review| review.last.as_ref()).map(|last| last.value) else { return footer };
        let every = review.and_then(|review| review.every.as_ref()).map(|every| every.value);
        let next = after(last, every.unwrap_or_else(|| self.handbook().config.review_period()));
        let locale = self.locale();
        let words = [("date", locale.date(last)), ("next", locale.date(next))];
        let words = words.each_ref().map(|(name, value)| (*name, value.as_str()));
        footer.review = Html::escaped(&locale.phrase("footer.review_line", &words));
        if next < self.shared.today {
            footer.overdue = true;
            let owner = footer.owner.as_ref().map_or_else(String::new, |owner| owner.title.0.clone());
            let date = locale.date(next);
            let text = locale.phrase("notice.overdue", &[("date", &date), ("owner", &owner)]);
            footer.notices.push(Notice { kind: "overdue", text: Html(text), href: String::new() });
        }
        footer
    }

    fn notice(&self, kind: &'static str, text: &str, href: String) -> Notice {
        Notice { kind, text: Html::escaped(text), href }
    }

    /// Gives the faults of a file as notices.
    fn faults_of(&self, file: FileId) -> Vec<Notice> {
        let faults = self.shared.faults.get(&file).into_iter().flatten();
        let text = |fault: &String| self.locale().phrase("notice.fault_here", &[("fault", fault)]);
        faults.map(|fault| self.notice("fault", &text(fault), String::new())).collect()
    }

    /// Gives the way to edit a file; empty where the handbook gives none.
    pub fn edit(&self, file: FileId) -> String {
        let path = &self.shared.tree.file(file).path;
        let template = self.handbook().config.edit_url.as_ref();
        template.map_or_else(String::new, |template| template.value.replace("{path}", path))
    }

    /// Tells whether a document has no text of its own in the language of the page.
    pub fn is_untranslated<T>(&self, document: &Document<T>) -> bool {
        self.language != Language(0) && !document.translations.contains_key(&self.language)
    }
}

/// Gives the date that lies a duration after another; business time counts as if each day were one.
fn after(date: Date, duration: Duration) -> Date {
    let count = i64::from(duration.count);
    let span = match duration.unit {
        Unit::Year => count.min(9_000).years(),
        Unit::Month => count.min(90_000).months(),
        Unit::Week => count.min(400_000).weeks(),
        Unit::BusinessDay | Unit::CalendarDay => count.min(3_000_000).days(),
        _ => 0.days(),
    };
    date.checked_add(span).unwrap_or(Date::MAX)
}
