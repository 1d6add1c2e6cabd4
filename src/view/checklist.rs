//! A checklist.

use std::collections::BTreeSet;

use serde::Serialize;

use super::deadline::FinderView;
use super::footer::Footer;
use super::html::{Html, Link};
use super::writer::Writer;
use crate::fields::table::Row;
use crate::fields::text::Text;
use crate::model::checklist::{Checklist, Item, Use};
use crate::model::document::Document;
use crate::model::kind::Kind;

/// An item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ItemView {
    /// Its id within the list; ticks are kept by it.
    pub id: String,
    /// What is ticked.
    pub text: Html,
    /// What it guards against.
    pub covers: Vec<Link>,
    /// What shows that it was done; empty where nothing is said.
    pub proof: Html,
    /// The standard it belongs to.
    pub standard: Option<Link>,
}

/// A part of a list: items under one heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PartView {
    /// The heading; empty for items without one.
    pub title: Html,
    /// The items.
    pub items: Vec<ItemView>,
}

/// A checklist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChecklistView {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: Html,
    /// `shift`, `case`, `audit` or `training`.
    pub purpose: &'static str,
    /// The use in words.
    pub purpose_name: Html,
    /// Who ticks it.
    pub by: Vec<Link>,
    /// How often, in words; empty where nothing is said.
    pub every: Html,
    /// The items by parts.
    pub parts: Vec<PartView>,
    /// How many items there are.
    pub total: usize,
    /// How many items, in words.
    pub total_text: Html,
    /// The steps that use it.
    pub used_in: Vec<Link>,
    /// The finders of the standards of timeliness that its items and the steps that use it belong to.
    pub finders: Vec<FinderView>,
    /// The prose.
    pub prose: Html,
    /// Whatever `extra` holds.
    pub extra: serde_json::Value,
    /// Head and foot.
    pub footer: Footer,
}

impl Writer<'_> {
    /// Shows a checklist.
    pub fn checklist(&self, checklist: &Document<Checklist>) -> ChecklistView {
        let fields = &checklist.fields;
        let (purpose, purpose_name) = self.purpose(fields);
        ChecklistView {
            id: checklist.id.clone(),
            title: self.title(&fields.title),
            purpose,
            purpose_name,
            by: fields.by.0.iter().map(|role| self.link(Kind::Role, &role.id)).collect(),
            every: fields.every.as_ref().map(|every| self.period(every)).unwrap_or_default(),
            parts: self.parts(fields),
            total: fields.items.len(),
            total_text: self.items_in_words(fields),
            used_in: self.used_in(Kind::Checklist, &checklist.id),
            finders: self.finders(checklist),
            prose: self.body(checklist),
            extra: fields.extra.as_ref().map(|extra| extra.0.clone()).unwrap_or_default(),
            footer: self.footer(checklist),
        }
    }

    /// Finds the limits that a case has while it is ticked: those of items first, then those of steps, each once.
    fn finders(&self, checklist: &Document<Checklist>) -> Vec<FinderView> {
        let handbook = self.handbook();
        let of_items = checklist.fields.items.iter().filter_map(|row| row.value.0.standard.as_ref());
        let steps = self.shared.relations.used_by.get(&(Kind::Checklist, checklist.id.clone()));
        let of_steps = steps.into_iter().flatten().filter_map(|step| {
            let (service, id) = step.rsplit_once('/')?;
            handbook.services.get(service)?.fields.steps.get(id)?.value.standard.as_ref()
        });
        let mut known = BTreeSet::new();
        let once = of_items.chain(of_steps).filter(|standard| known.insert(standard.id.clone()));
        once.filter_map(|standard| {
            let (service, id) = standard.id.rsplit_once('/')?;
            let service = handbook.services.get(service)?;
            self.finder(service, service.fields.standards.get(id)?)
        })
        .collect()
    }

    /// Says what a list is used for: as a word of the content, and in words.
    pub fn purpose(&self, checklist: &Checklist) -> (&'static str, Html) {
        let purpose = checklist.purpose.as_ref().map_or(Use::Case, |purpose| purpose.value).word();
        (purpose, self.worded("checklist.use", Some(purpose)))
    }

    /// Says how many items a list has.
    pub fn items_in_words(&self, checklist: &Checklist) -> Html {
        Html::escaped(&self.locale().count("count.item", checklist.items.len() as u64))
    }

    fn parts(&self, checklist: &Checklist) -> Vec<PartView> {
        let item = |row: &Row<Item>| ItemView {
            id: row.id.clone(),
            text: self.text(&row.value.0.text),
            covers: row.value.0.covers.iter().map(|it| self.link(Kind::Factor, &it.id)).collect(),
            proof: self.text(&row.value.0.proof),
            standard: row.value.0.standard.as_ref().map(|it| self.link(Kind::Standard, &it.id)),
        };
        let parts = by_part(checklist).into_iter();
        parts
            .map(|(title, rows)| PartView { title: self.title(title), items: rows.into_iter().map(item).collect() })
            .collect()
    }
}

/// Groups the items of a list by their part, in the order in which parts first appear.
pub fn by_part(checklist: &Checklist) -> Vec<(&Text, Vec<&Row<Item>>)> {
    let mut parts: Vec<(&Text, Vec<&Row<Item>>)> = Vec::new();
    for row in checklist.items.iter() {
        let part = &row.value.0.part;
        match parts.iter_mut().find(|(known, _)| known.source() == part.source()) {
            Some((_, rows)) => rows.push(row),
            None => parts.push((part, vec![row])),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::bench::{Bench, DE, EN};

    const LIST: &str = "\
---
title: Open
use: shift
by: [desk, lead]
every: day
items:
  a: Light on
  b: {text: Till \"counted\", part: Till, proof: The slip}
  c: {text: Door open, part: Door}
  d: {text: Till closed, part: Till}
---
Read this first.
";

    fn view(language: crate::fields::text::Language) -> ChecklistView {
        let steps = "steps: {one: {title: Receive, checklist: open}, two: {title: Give}}\n";
        let bench = Bench::service(steps, &[("checklists/open.md", LIST)]);
        let shared = bench.shared();
        shared.writer(language, "checklists/open.html").checklist(&shared.handbook().checklists["open"])
    }

    #[test]
    fn items_stand_under_their_part_in_the_order_in_which_parts_first_appear() {
        let parts: Vec<(String, Vec<String>)> = view(EN)
            .parts
            .into_iter()
            .map(|part| (part.title.0, part.items.into_iter().map(|item| item.id).collect()))
            .collect();
        let expected = [("", vec!["a"]), ("Till", vec!["b", "d"]), ("Door", vec!["c"])];
        assert_eq!(parts, expected.map(|(part, ids)| (part.to_owned(), ids.into_iter().map(str::to_owned).collect())));
    }

    #[test]
    fn items_are_counted_in_words() {
        let (english, german) = (view(EN), view(DE));
        assert_eq!((english.total, english.total_text.0.as_str()), (4, "4 items"));
        assert_eq!(german.total_text.0, "4 Punkte");
        assert_eq!(
            (english.purpose, english.purpose_name.0.as_str(), english.every.0.as_str()),
            ("shift", "Each shift", "daily")
        );
    }

    #[test]
    fn an_item_is_escaped_and_says_its_proof() {
        let view = view(EN);
        let item = &view.parts[1].items[0];
        assert_eq!((item.text.0.as_str(), item.proof.0.as_str()), ("Till &quot;counted&quot;", "The slip"));
        assert_eq!(view.parts[0].items[0].proof.0, "");
        assert_eq!(view.prose.0, "<p>Read this first.</p>");
    }

    #[test]
    fn the_steps_that_use_it_are_named_with_their_service() {
        let used = view(EN).used_in;
        assert_eq!(used.len(), 1);
        assert_eq!(
            (used[0].href.as_str(), used[0].title.0.as_str()),
            ("../services/repair.html#one", "Repair: Receive")
        );
    }

    /// A service with standards, of which items and a step belong to some.
    const STANDARDS: &str = "\
standards:
  ready: {title: Ready, kind: timeliness, limit: 3 business days, variants: [{when: a fridge, limit: 1 business day}]}
  kind: {title: Kind words, kind: conduct}
  news: {title: News, kind: timeliness, limit: 1 business day}
steps: {one: {title: Receive, checklist: cases, standard: news}}
";

    fn finders(items: &str) -> Vec<(String, usize)> {
        let list = format!("---\ntitle: Cases\nuse: case\nby: desk\nitems: {items}\n---\n");
        let bench = Bench::service(STANDARDS, &[("checklists/cases.md", &list)]);
        let shared = bench.shared();
        let view = shared.writer(EN, "checklists/cases.html").checklist(&shared.handbook().checklists["cases"]);
        view.finders.into_iter().map(|finder| (finder.standard.title.0, finder.cases.len())).collect()
    }

    #[test]
    fn limits_are_those_of_the_items_then_of_the_steps_and_each_once() {
        let item = |standard: &str| format!("{{text: T, standard: repair/{standard}}}");
        let (ready, kind, news) = (item("ready"), item("kind"), item("news"));
        let expected =
            |names: &[(&str, usize)]| names.iter().map(|(name, n)| ((*name).to_owned(), *n)).collect::<Vec<_>>();
        let all = finders(&format!("{{a: {ready}, b: {kind}, c: {ready}, d: T}}"));
        assert_eq!(all, expected(&[("Ready", 2), ("News", 1)]), "a limit of its own for the fridge");
        assert_eq!(finders(&format!("{{a: {news}}}")), expected(&[("News", 1)]));
        assert_eq!(finders("{a: T}"), expected(&[("News", 1)]));
    }

    #[test]
    fn prose_without_a_translation_is_marked_with_its_language() {
        assert!(view(DE).prose.0.starts_with("<div lang=\"en\"><p>Read this first.</p>"), "{}", view(DE).prose.0);
        assert_eq!(view(DE).by[0].title.0, "Annahme");
    }
}
