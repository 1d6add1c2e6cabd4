//! What stands at the head and foot of a page: notices, owner, review, last change, the link to edit.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use super::address;
use super::agenda;
use super::html::{Html, Link};
use super::writer::Writer;
use crate::checks::translations::is_stale;
use crate::fields::text::SOURCE;
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
    /// When its file was last changed and by which role, in words; empty where that is not known.
    pub changed: Html,
    /// The way to edit it; empty where the handbook gives none.
    pub edit: String,
    /// The way to the decisions about it over time; empty where none is known.
    pub history: String,
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
        Footer { notices, changed: self.last_change(file), edit: self.edit(file), ..Footer::default() }
    }

    /// Makes the head and foot of a service's sheet.
    pub fn service_footer(&self, service: &Document<Service>) -> Footer {
        let mut footer = self.footer(service);
        if self.shared.past.has(&service.id) {
            footer.history = self.way(&address::history(&service.id));
        }
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
            let anchor = service.fields.owner.as_ref().map_or_else(String::new, |role| format!("#{}", role.id));
            let href = self.way(&format!("{}{anchor}", agenda::PAGE));
            footer.notices.push(Notice { kind: "overdue", text: Html(text), href });
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

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    use crate::view::bench::{Bench, DE, EN};

    const GERMAN: &str = "---\ntitle: Reparatur\n---\n";

    fn kinds(footer: &Footer) -> Vec<&'static str> {
        footer.notices.iter().map(|notice| notice.kind).collect()
    }

    #[test]
    fn a_review_that_is_due_is_not_yet_overdue_and_the_day_after_it_is() {
        let footer = |today| Bench::service("", &[]).on(today).sheet(EN).footer;
        let due = footer(date(2027, 11, 1));
        assert_eq!((due.overdue, kinds(&due)), (false, vec![]));
        assert_eq!(due.review.0, "reviewed 1 November 2026, next review due 1 November 2027");
        let late = footer(date(2027, 11, 2));
        assert_eq!((late.overdue, kinds(&late)), (true, vec!["overdue"]));
        let says = "The review of this page was due on 1 November 2027. Ask Service desk before you rely on it.";
        assert_eq!(
            (late.notices[0].text.0.as_str(), late.notices[0].href.as_str()),
            (says, "../reviews/index.html#desk")
        );
        assert_eq!(late.owner.unwrap().href, "../roles/desk.html");
    }

    #[test]
    fn a_review_without_a_period_follows_the_handbook_s() {
        let service = "---\ntitle: Repair\nreview: {last: 2026-01-31}\n---\n";
        let review = |settings: &str| {
            let settings = format!("title: H\nlanguages: [en]\n{settings}");
            let bench = Bench::new(&[("handbook.yaml", &settings), ("services/repair.md", service)]);
            bench.sheet(EN).footer.review.0
        };
        assert_eq!(review(""), "reviewed 31 January 2026, next review due 31 January 2027");
        assert_eq!(review("review: {every: 1 month}\n"), "reviewed 31 January 2026, next review due 28 February 2026");
    }

    #[test]
    fn a_service_that_was_never_reviewed_says_nothing_of_it() {
        let bench = Bench::new(&[("services/repair.md", "---\ntitle: Repair\n---\n")]);
        let footer = bench.sheet(EN).footer;
        assert_eq!((footer.review.0.as_str(), footer.overdue, footer.owner), ("", false, None));
    }

    #[test]
    fn a_page_that_is_not_translated_says_in_which_language_it_is() {
        let footer = Bench::service("", &[]).sheet(DE).footer;
        assert_eq!(kinds(&footer), ["fallback"]);
        let says = "Dieser Text ist noch nicht übersetzt. Sie lesen ihn auf Englisch.";
        assert_eq!(footer.notices[0].text.0, says);
        assert_eq!(kinds(&Bench::service("", &[]).sheet(EN).footer), [""; 0]);
    }

    #[test]
    fn a_translation_of_an_older_text_says_so() {
        let old = GERMAN.replace("title", "translates: 0123456789ab\ntitle");
        let bench = Bench::service("", &[("services/repair.de.md", &old)]);
        let footer = bench.sheet(DE).footer;
        assert_eq!(kinds(&footer), ["stale"]);
        assert!(footer.notices[0].text.0.starts_with("Der Text auf Englisch wurde nach dieser Übersetzung geändert."));
        assert_eq!(kinds(&bench.sheet(EN).footer), [""; 0]);
    }

    #[test]
    fn a_translation_that_names_no_text_or_the_current_one_is_not_called_old() {
        let bench = Bench::service("", &[("services/repair.de.md", GERMAN)]);
        assert_eq!(kinds(&bench.sheet(DE).footer), [""; 0]);
        let print = crate::checks::fingerprint::of(&bench.shared().handbook().services["repair"]);
        let current = GERMAN.replace("title", &format!("translates: \"{print}\"\ntitle"));
        let bench = Bench::service("", &[("services/repair.de.md", &current)]);
        assert_eq!(kinds(&bench.sheet(DE).footer), [""; 0]);
    }

    #[test]
    fn the_link_to_edit_leads_to_the_file_that_is_read() {
        let settings = "title: H\nlanguages: [en, de]\nedit_url: https://example.org/edit/{path}\n";
        let files = [("handbook.yaml", settings), ("services/repair.de.md", GERMAN)];
        let bench = Bench::service("", &files);
        assert_eq!(bench.sheet(EN).footer.edit, "https://example.org/edit/services/repair.md");
        assert_eq!(bench.sheet(DE).footer.edit, "https://example.org/edit/services/repair.de.md");
        assert_eq!(Bench::service("", &[]).sheet(EN).footer.edit, "");
    }

    #[test]
    fn faults_of_a_file_stand_first_on_its_page() {
        let bench = Bench::service("", &[]);
        let mut shared = bench.shared();
        let file = shared.tree.find("services/repair.md").unwrap();
        shared.faults.insert(file, vec!["repair.md:3: a < b".into()]);
        let footer = shared.writer(DE, "services/repair.html").footer(&shared.handbook().services["repair"]);
        assert_eq!(kinds(&footer), ["fault", "fallback"]);
        assert_eq!(footer.notices[0].text.0, "Fehler: repair.md:3: a &lt; b");
    }

    #[test]
    fn a_date_that_lies_beyond_all_dates_is_the_last_one() {
        let duration = |count, unit| Duration { count, unit };
        assert_eq!(after(date(2026, 1, 31), duration(1, Unit::Month)), date(2026, 2, 28));
        assert_eq!(after(date(2026, 1, 31), duration(2, Unit::Week)), date(2026, 2, 14));
        assert_eq!(after(date(2026, 1, 31), duration(5, Unit::BusinessDay)), date(2026, 2, 5));
        assert_eq!(after(date(2024, 2, 29), duration(1, Unit::Year)), date(2025, 2, 28));
        assert_eq!(after(date(2026, 1, 31), duration(u32::MAX, Unit::Year)), Date::MAX);
        assert_eq!(after(date(2026, 1, 31), duration(u32::MAX, Unit::CalendarDay)), Date::MAX);
    }
}
