//! Writes texts, values and links for one page in one language.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use jiff::civil::Date;

use super::address;
use super::html::{Html, Link};
use super::last_change::LastChanges;
use super::names::{Named, Names};
use super::past::Known;
use super::relations::Relations;
use super::resolver::PageResolver;
use crate::agenda::{self, Item};
use crate::checks::CheckedHandbook;
use crate::fields::text::{Language, Text};
use crate::locale::Locale;
use crate::locale::case::Case;
use crate::markdown::resolve::Labels;
use crate::markdown::wiki;
use crate::model::handbook::Handbook;
use crate::model::kind::Kind;
use crate::model::lookup::{Scope, Thing};
use crate::model::printable::Printable;
use crate::model::quantity::{Period, Quantity};
use crate::source::{FileId, SourceTree};

/// What is the same for all pages.
pub struct Shared<'a> {
    /// The handbook.
    pub checked: &'a CheckedHandbook,
    /// The files, for their paths.
    pub tree: &'a SourceTree,
    /// The tags of the languages, the source language first.
    pub tags: Vec<String>,
    /// The words of each language.
    pub locales: Vec<Locale>,
    /// The words that prose is rendered with, by language.
    pub labels: Vec<Labels>,
    /// What belongs to what.
    pub relations: Relations,
    /// What things are called and where they are.
    pub names: Names,
    /// What is or will be due, by owner.
    pub agenda: OnceLock<Vec<Item>>,
    /// The date that counts as today.
    pub today: Date,
    /// The findings that are shown on a page, by file, where errors were allowed.
    pub faults: BTreeMap<FileId, Vec<String>>,
    /// What was decided over time, the latest first, as far as it is known.
    pub past: Known<'a>,
    /// When each file was last changed, as far as it is known.
    pub last: LastChanges<'a>,
}

impl<'a> Shared<'a> {
    /// Gives the handbook.
    pub fn handbook(&self) -> &'a Handbook {
        self.checked.handbook()
    }

    /// Gives what is due; found when it is asked for the first time, since most pages of a preview do not.
    pub fn agenda(&self) -> &[Item] {
        self.agenda.get_or_init(|| agenda::all(self.checked, self.tree, agenda::Known::default()))
    }

    /// Walks over the languages.
    pub fn languages(&self) -> impl Iterator<Item = Language> + use<> {
        (0..self.tags.len()).map(|at| Language(u8::try_from(at).unwrap_or(u8::MAX)))
    }

    /// Makes the writer of a page; `path` is its address below the folder of the language.
    pub fn writer(&'a self, language: Language, path: &str) -> Writer<'a> {
        let folder = address::folder(language, &self.tags);
        Writer { shared: self, language, page: format!("{folder}{path}"), folder }
    }
}

/// Writes for one page in one language.
pub struct Writer<'a> {
    /// What is the same for all pages.
    pub shared: &'a Shared<'a>,
    /// The language of the page.
    pub language: Language,
    /// The address of the page below the root of the site.
    pub page: String,
    folder: String,
}

impl<'a> Writer<'a> {
    /// Gives the handbook.
    pub fn handbook(&self) -> &'a Handbook {
        self.shared.handbook()
    }

    /// Gives the words of the language.
    pub fn locale(&self) -> &'a Locale {
        &self.shared.locales[usize::from(self.language.0)]
    }

    /// Gives a word of the interface.
    pub fn word(&self, key: &str) -> String {
        self.locale().word(key).to_owned()
    }

    /// Gives the way to a page; `path` is an address below the folder of the language.
    pub fn way(&self, path: &str) -> String {
        // Both lie in the folder of the language, which is not walked through.
        address::relative(&self.page[self.folder.len()..], path)
    }

    /// Gives the way to a file that is the same in every language, such as a picture or a style.
    pub fn way_to_file(&self, path: &str) -> String {
        address::relative(&self.page, path)
    }

    /// Writes a text of a thing; `[[#limit]]` in it is the limit of `own`.
    pub fn text_of(&self, text: &Text, own: Option<&Thing>) -> Html {
        self.written(text, own, |value, resolver| wiki::html(value, resolver))
    }

    /// Writes a text without links, for a title or a heading.
    pub fn plain_of(&self, text: &Text, own: Option<&Thing>) -> Html {
        self.written(text, own, |value, resolver| Html::escaped(&wiki::plain(value, resolver)).0)
    }

    /// Writes a text that belongs to no standard, step or promise.
    pub fn text(&self, text: &Text) -> Html {
        self.text_of(text, None)
    }

    /// Writes a title.
    pub fn title(&self, text: &Text) -> Html {
        self.plain_of(text, None)
    }

    /// Gives a text as it is read aloud, unescaped, for attributes and file names.
    pub fn bare(&self, text: &Text, own: Option<&Thing>) -> String {
        let Some((value, language)) = text.get(self.language) else { return String::new() };
        if !value.contains("[[") {
            return value.to_owned();
        }
        let scope = self.scope(own);
        wiki::plain(value, &PageResolver::new(self, language, &scope, None))
    }

    fn written(&self, text: &Text, own: Option<&Thing>, write: impl Fn(&str, &PageResolver) -> String) -> Html {
        let Some((value, language)) = text.get(self.language) else { return Html::default() };
        if !value.contains("[[") {
            return self.marked(Html::escaped(value).0, language);
        }
        let scope = self.scope(own);
        self.marked(write(value, &PageResolver::new(self, language, &scope, None)), language)
    }

    /// Gives what references in the texts of a thing mean.
    pub fn scope(&self, own: Option<&Thing>) -> Scope {
        let service = own.filter(|(kind, _)| kind.is_within_service()).and_then(|(_, id)| id.rsplit_once('/'));
        Scope { service: service.map(|(service, _)| service.to_owned()), own: own.cloned() }
    }

    /// Marks a text with its language where it is not that of the page.
    pub fn marked(&self, html: String, language: Language) -> Html {
        match self.shared.tags.get(usize::from(language.0)) {
            Some(tag) if language != self.language => Html(format!("<span lang=\"{tag}\">{html}</span>")),
            _ => Html(html),
        }
    }

    /// Gives the name of a thing, or its id where it has none or is not there.
    pub fn name(&self, kind: Kind, id: &str) -> Html {
        match self.named(kind, id) {
            Some(named) => self.title_of(named, kind, id).clone(),
            None => Html::escaped(id),
        }
    }

    /// Finds what is known of a thing; nothing where it is not there.
    fn named(&self, kind: Kind, id: &str) -> Option<&'a Named> {
        self.shared.names.of(self.handbook(), kind, id)
    }

    fn title_of(&self, named: &'a Named, kind: Kind, id: &str) -> &'a Html {
        named.title(self.language, || {
            let name = self.naming(kind, id).map(|text| self.name_of_text((kind, id), text));
            name.filter(|name| !name.is_empty()).unwrap_or_else(|| Html::escaped(id))
        })
    }

    /// Gives the text that names a thing; nothing where the thing is not there, or is a calendar.
    pub fn naming(&self, kind: Kind, id: &str) -> Option<&'a Text> {
        fn first([title, statement]: [&Text; 2]) -> &Text {
            if title.is_empty() { statement } else { title }
        }
        let handbook = self.handbook();
        Some(match kind {
            Kind::Service => &handbook.services.get(id)?.fields.title,
            Kind::Standard => first(handbook.standard(id).map(|row| [&row.value.title, &row.value.statement])?),
            Kind::Promise => first(handbook.promise(id).map(|row| [&row.value.title, &row.value.statement])?),
            Kind::Step => &handbook.step(id)?.value.title,
            Kind::Playbook => &handbook.playbooks.get(id)?.fields.title,
            Kind::Checklist => &handbook.checklists.get(id)?.fields.title,
            Kind::Page => &handbook.pages.get(id)?.fields.title,
            Kind::Role => &handbook.roles.get(id)?.value.title,
            Kind::Channel => &handbook.channels.get(id)?.value.title,
            Kind::Factor => &handbook.factors.get(id)?.value.text,
            Kind::Term => &handbook.terms.get(id)?.value.text,
            Kind::Evidence => &handbook.evidence.get(id)?.value.claim,
            Kind::Calendar => return None,
        })
    }

    /// Writes a text that is the name of a thing; things that it names itself are called by their ids.
    fn name_of_text(&self, (kind, id): (Kind, &str), text: &Text) -> Html {
        let Some((value, language)) = text.get(self.language) else { return Html::default() };
        if !value.contains("[[") {
            return self.marked(Html::escaped(value).0, language);
        }
        let is_document = matches!(kind, Kind::Service | Kind::Playbook | Kind::Checklist | Kind::Page);
        let own = (!is_document).then(|| (kind, id.to_owned()));
        let scope = self.scope(own.as_ref());
        let plain = wiki::plain(value, &PageResolver::for_name(self, language, &scope));
        self.marked(Html::escaped(&plain).0, language)
    }

    /// Gives the link to a thing.
    pub fn link(&self, kind: Kind, id: &str) -> Link {
        match self.named(kind, id) {
            Some(named) => Link { href: self.way_to(kind, id), title: self.title_of(named, kind, id).clone() },
            None => Link { href: String::new(), title: Html::escaped(id) },
        }
    }

    /// Gives the way to a thing.
    pub fn way_to(&self, kind: Kind, id: &str) -> String {
        let find = || address::thing(self.handbook(), kind, id);
        match self.named(kind, id) {
            Some(named) => self.way(named.address(find)),
            None => self.way(&find()),
        }
    }

    /// Writes a value that is no text in the words of a language, and one in words as a text of `own`.
    pub fn printed(&self, value: &Printable, case: Case, own: Option<&Thing>) -> Html {
        match value {
            Printable::Text(text) => self.text_of(text, own),
            counted => self.counted(self.language, counted, case).unwrap_or_default(),
        }
    }

    /// Writes a value in the words of a language, which may be another where a sentence fell back to it; nothing for a value
    /// in words, which has a language of its own.
    pub fn counted(&self, language: Language, value: &Printable, case: Case) -> Option<Html> {
        let locale = &self.shared.locales[usize::from(language.0)];
        Some(match value {
            Printable::Duration(duration) => Html::escaped(&locale.duration_case(*duration, case)),
            Printable::Share(share) => Html::escaped(&locale.share(*share)),
            Printable::Money(money) => Html::escaped(&locale.money(*money)),
            Printable::Plain(text) => Html::escaped(text),
            Printable::Text(_) => return None,
        })
    }

    /// Writes an amount of something that `own` says.
    pub fn quantity(&self, quantity: &Quantity, own: Option<&Thing>) -> Html {
        self.printed(&crate::model::printable::of_quantity(quantity), Case::Nominative, own)
    }

    /// Writes how often something is done: `monthly`, `every 12 months`.
    pub fn period(&self, period: &Period) -> Html {
        match period {
            Period::Duration(duration) => Html::escaped(&self.locale().every(duration.value)),
            Period::Word(word) => Html::escaped(self.locale().word(&format!("period.per.{}", word.value))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::bench::{Bench, DE, EN};

    const STANDARD: &str = "\
standards:
  turnaround:
    title: Turnaround
    kind: timeliness
    limit: 10 business days
    clock: {start: in, stop: out}
    target: 95%
    statement: Ready in [[#limit]].
";
    const GERMAN: &str = "\
---
title: Reparatur
standards:
  turnaround: {title: Laufzeit, statement: \"Fertig nach [[#limit:dative]].\"}
---
";

    fn text_of(value: &str) -> Text {
        Text::new(value.into(), crate::source::Span::new(FileId(0), 0, 0))
    }

    #[test]
    fn a_text_without_a_translation_is_marked_with_the_language_it_is_in() {
        let bench = Bench::service("", &[]);
        assert_eq!(bench.sheet(EN).title.0, "Repair");
        assert_eq!(bench.sheet(DE).title.0, "<span lang=\"en\">Repair</span>");
        let bench = Bench::service("", &[("services/repair.de.md", GERMAN)]);
        assert_eq!(bench.sheet(DE).title.0, "Reparatur");
        assert_eq!(bench.sheet(DE).outcome.0, "<span lang=\"en\">It works</span>");
    }

    #[test]
    fn a_text_is_escaped_whether_or_not_it_has_links() {
        let bench = Bench::service("", &[]);
        let shared = bench.shared();
        let writer = shared.writer(EN, "index.html");
        assert_eq!(writer.text(&text_of("Salt & <b>")).0, "Salt &amp; &lt;b&gt;");
        let linked = "<a href=\"roles/desk.html\">Service desk</a> &amp; &lt;b&gt;";
        assert_eq!(writer.text(&text_of("[[desk]] & <b>")).0, linked);
        assert_eq!(writer.title(&text_of("[[desk]] & <b>")).0, "Service desk &amp; &lt;b&gt;");
        assert_eq!(writer.bare(&text_of("[[desk]] & <b>"), None), "Service desk & <b>");
    }

    #[test]
    fn the_limit_in_a_statement_is_that_of_its_own_standard_in_the_case_that_is_asked_for() {
        let bench = Bench::service(STANDARD, &[("services/repair.de.md", GERMAN)]);
        assert_eq!(bench.sheet(EN).standards[0].statement.0, "Ready in 10 business days.");
        assert_eq!(bench.sheet(DE).standards[0].statement.0, "Fertig nach 10 Arbeitstagen.");
    }

    #[test]
    fn a_limit_within_a_text_of_the_source_language_is_written_in_that_language() {
        let bench = Bench::service(STANDARD, &[]);
        assert_eq!(bench.sheet(DE).standards[0].statement.0, "<span lang=\"en\">Ready in 10 business days.</span>");
    }

    #[test]
    fn a_standard_is_called_by_its_title_or_else_by_its_statement_or_else_by_its_id() {
        let name = |standard: &str| {
            let bench = Bench::service(&format!("standards:\n  quick: {standard}\n"), &[]);
            let shared = bench.shared();
            shared.writer(EN, "index.html").name(Kind::Standard, "repair/quick").0
        };
        assert_eq!(name("{title: Quick, statement: It is quick.}"), "Quick");
        assert_eq!(name("{statement: It is quick.}"), "It is quick.");
        assert_eq!(name("{}"), "repair/quick");
    }

    #[test]
    fn what_is_not_there_has_a_name_and_no_way_to_it() {
        let bench = Bench::new(&[]);
        let shared = bench.shared();
        let writer = shared.writer(EN, "roles/desk.html");
        let link = |kind, id| {
            let link = writer.link(kind, id);
            (link.href, link.title.0)
        };
        assert_eq!(link(Kind::Role, "lead"), ("lead.html".into(), "Shop manager".into()));
        assert_eq!(link(Kind::Role, "<nobody>"), (String::new(), "&lt;nobody&gt;".into()));
        assert_eq!(link(Kind::Calendar, "shop"), ("../hours.html#calendar-shop".into(), "shop".into()));
    }

    #[test]
    fn names_that_name_each_other_come_to_an_end() {
        let standards = "standards:\n  a: {title: \"A and [[b]]\"}\n  b: {title: \"B and [[a]]\"}\n";
        let bench = Bench::service(standards, &[]);
        let names: Vec<String> = bench.sheet(EN).standards.into_iter().map(|standard| standard.title.0).collect();
        assert_eq!(names, ["A and b", "B and a"]);
    }

    #[test]
    fn the_pages_of_a_language_lie_in_its_folder_and_those_of_the_source_at_the_root() {
        let bench = Bench::new(&[]);
        let shared = bench.shared();
        let page = |language| shared.writer(language, "roles/desk.html");
        assert_eq!((page(EN).page, page(DE).page), ("roles/desk.html".into(), "de/roles/desk.html".into()));
        assert_eq!(page(DE).way("index.html"), "../index.html");
        assert_eq!(page(DE).way_to_file("pictures/a.svg"), "../../pictures/a.svg");
        assert_eq!(shared.languages().collect::<Vec<_>>(), [EN, DE]);
    }

    #[test]
    fn a_period_is_written_as_how_often_something_is_done() {
        let every = |period: &str| {
            let list = format!("---\ntitle: Open\nuse: shift\nby: desk\nevery: {period}\nitems: {{a: Light}}\n---\n");
            let bench = Bench::new(&[("checklists/open.md", &list)]);
            let shared = bench.shared();
            shared.writer(EN, "checklists/open.html").checklist(&shared.handbook().checklists["open"]).every.0
        };
        assert_eq!(every("month"), "monthly");
        assert_eq!(every("12 months"), "every 12 months");
        assert_eq!(every("1 business day"), "every business day");
    }

    #[test]
    fn a_reference_within_a_service_is_looked_up_there_first() {
        let bench = Bench::service(STANDARD, &[]);
        let shared = bench.shared();
        let writer = shared.writer(EN, "services/repair.html");
        let own = (Kind::Standard, "repair/turnaround".to_owned());
        let text = text_of("[[turnaround]]");
        assert_eq!(writer.text_of(&text, Some(&own)).0, "<a href=\"#turnaround\">Turnaround</a>");
        assert!(!writer.text_of(&text, Some(&(Kind::Role, "desk".into()))).0.contains("href"));
    }
}
