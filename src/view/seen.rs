//! What the browser remembers of a page, so that it can tell what is new for its reader: the fingerprint and the value in
//! words of each thing on it; and all pages' fingerprints in buckets, for the home page.
//!
//! A bucket is a small file. The home page asks for those alone whose fingerprint has changed and which hold a page that
//! was seen, so that it stays light at any number of pages. Not here: what is in a fingerprint (`model::normative`), and
//! remembering and comparing, which the theme's `site.js` and `news.js` do.

use std::collections::BTreeMap;

use serde::Serialize;

use super::address;
use super::ticks::fingerprint;
use super::writer::{Shared, Writer};
use crate::fields::text::{Language, SOURCE};
use crate::locale::case::Case;
use crate::model::kind::Kind;
use crate::model::normative::{self, Norm};
use crate::model::quantity::Quantity;
use crate::model::service::Service;

/// How many pages share a bucket, roughly.
const PAGES_OF_A_BUCKET: usize = 32;
/// How many buckets there are at most, so that the list of them stays below 2 kB.
const MOST_BUCKETS: usize = 256;

/// A thing on a page: where it is, what kind of thing, its name, its fingerprint, its value in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mark(pub String, pub &'static str, pub String, pub String, pub String);

/// What the browser remembers of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Marks {
    /// The page, without the folder of its language and without its ending.
    pub page: String,
    /// Which bucket it falls into: a number that is divided by how many there are.
    pub bucket: u16,
    /// The fingerprints of its kinds of things, as the bucket has them.
    pub prints: String,
    /// The things.
    pub things: Vec<Mark>,
}

/// The buckets: the fingerprint of each, and what is in each: fingerprints by page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Buckets {
    /// The fingerprints of the buckets.
    pub prints: Vec<String>,
    /// The pages of the buckets.
    pub pages: Vec<BTreeMap<String, String>>,
}

/// The words of the script.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NewsWords<'a> {
    words: BTreeMap<String, &'a str>,
    kinds: BTreeMap<String, &'a str>,
}

impl Shared<'_> {
    /// Gives the fingerprints of all pages. They are the same in every language.
    pub fn buckets(&self) -> Buckets {
        let pages = self.all_marks(SOURCE);
        let count = pages.len().div_ceil(PAGES_OF_A_BUCKET).next_power_of_two().min(MOST_BUCKETS);
        let mut buckets = Buckets { prints: Vec::new(), pages: vec![BTreeMap::new(); count] };
        for page in pages {
            buckets.pages[usize::from(page.bucket) % count].insert(page.page, page.prints);
        }
        let print = |pages: &BTreeMap<String, String>| {
            pages.iter().fold(Norm::default(), |norm, (page, prints)| norm.add(page, prints)).print()
        };
        buckets.prints = buckets.pages.iter().map(print).collect();
        buckets
    }

    /// Gives what the browser remembers of every page.
    pub fn all_marks(&self, language: Language) -> Vec<Marks> {
        let writer = self.writer(language, "index.html");
        let handbook = self.handbook();
        let services = handbook.services.keys().map(|id| (Kind::Service, id));
        let playbooks = handbook.playbooks.keys().map(|id| (Kind::Playbook, id));
        let checklists = handbook.checklists.keys().map(|id| (Kind::Checklist, id));
        let roles = handbook.roles.keys().map(|id| (Kind::Role, id));
        let things = services.chain(playbooks).chain(checklists).chain(roles);
        things.filter_map(|(kind, id)| writer.marks(kind, id)).collect()
    }

    /// Gives the words of the script in a language.
    pub fn news_words(&self, language: Language) -> NewsWords<'_> {
        let locale = &self.locales[usize::from(language.0)];
        let mut kinds = locale.group("kind");
        kinds.retain(|kind, _| KINDS.contains(&kind.as_str()));
        NewsWords { words: locale.group("seen"), kinds }
    }

    /// Gives what tells the handbook from others at its address: its title in the source language, as a fingerprint.
    pub fn key(&self) -> String {
        fingerprint(self.handbook().config.title.source())
    }
}

/// The kinds of things that have fingerprints; their places in the list stand for them.
const KINDS: [&str; 7] = ["service", "standard", "step", "promise", "playbook", "checklist", "role"];

impl Writer<'_> {
    /// Gives what the browser remembers of the page of a thing; nothing where it has no page with anything normative.
    pub fn marks(&self, kind: Kind, id: &str) -> Option<Marks> {
        let handbook = self.handbook();
        let things = match kind {
            Kind::Service => self.marks_of_service(id, &handbook.services.get(id)?.fields),
            Kind::Playbook => {
                let fields = &handbook.playbooks.get(id)?.fields;
                vec![self.mark("", (Kind::Playbook, id), &normative::playbook(fields), String::new())]
            }
            Kind::Checklist => self.marks_of_checklist(id)?,
            Kind::Role => {
                let role = &handbook.roles.get(id)?.value;
                let right = role.may_grant.as_ref().map(|money| self.locale().money(money.value));
                vec![self.mark("", (Kind::Role, id), &normative::role(role), right.unwrap_or_default())]
            }
            _ => return None,
        };
        let page = address::page(kind, id)?;
        let page = page.strip_suffix(".html").unwrap_or(&page).to_owned();
        let hash = blake3::hash(page.as_bytes());
        let bucket = u16::from_le_bytes([hash.as_bytes()[0], hash.as_bytes()[1]]);
        Some(Marks { page, bucket, prints: prints_by_kind(&things), things })
    }

    fn mark(&self, anchor: &str, (kind, id): (Kind, &str), norm: &Norm, value: String) -> Mark {
        let name = self.name(kind, id).plain();
        Mark(anchor.to_owned(), word_of(kind), name, norm.print(), value)
    }

    fn marks_of_service(&self, id: &str, service: &Service) -> Vec<Mark> {
        let fee = service.fee.as_ref().and_then(|fee| match fee {
            crate::model::quantity::Fee::Money(money) => Some(self.locale().money(money.value)),
            crate::model::quantity::Fee::Text(_) => None,
        });
        let mut marks = vec![self.mark("", (Kind::Service, id), &normative::service(service), fee.unwrap_or_default())];
        let anchor = |kind: Kind, own: &str| address::anchor(self.handbook(), kind, id, own);
        for row in service.standards.iter() {
            let standard = &row.value;
            let value = match (&standard.limit, &standard.level) {
                (Some(limit), _) => self.locale().duration(limit.value),
                (None, Some(level)) if !matches!(level, Quantity::Text(_)) => self.quantity(level, None).plain(),
                _ => String::new(),
            };
            let thing = (Kind::Standard, format!("{id}/{}", row.id));
            let place = anchor(Kind::Standard, &row.id);
            marks.push(self.mark(&place, (thing.0, &thing.1), &normative::standard(standard), value));
        }
        for row in service.steps.iter() {
            let thing = format!("{id}/{}", row.id);
            let place = anchor(Kind::Step, &row.id);
            let value = self.duration(&row.value.takes);
            marks.push(self.mark(&place, (Kind::Step, &thing), &normative::step(&row.value), value));
        }
        if let Some(first) = service.steps.iter().next() {
            let name = self.word("service.steps");
            marks.push(Mark(
                anchor(Kind::Step, &first.id),
                "order",
                name,
                normative::order(service).print(),
                String::new(),
            ));
        }
        for row in service.promises.iter() {
            let thing = format!("{id}/{}", row.id);
            let place = anchor(Kind::Promise, &row.id);
            let value = self.worth(row.value.remedy.as_ref());
            marks.push(self.mark(&place, (Kind::Promise, &thing), &normative::promise(&row.value), value));
        }
        marks
    }

    /// Gives what a remedy is worth, and within what time, in words.
    fn worth(&self, remedy: Option<&crate::model::promise::Remedy>) -> String {
        let Some(remedy) = remedy else { return String::new() };
        let locale = self.locale();
        let up_to = remedy
            .up_to
            .as_ref()
            .map(|money| locale.phrase("promise.remedy_up_to", &[("amount", &locale.money(money.value))]));
        let within = remedy
            .within
            .as_ref()
            .map(|it| locale.phrase("duration.within", &[("duration", &locale.duration_case(it.value, Case::Dative))]));
        up_to.into_iter().chain(within).collect::<Vec<_>>().join(" · ")
    }

    fn marks_of_checklist(&self, id: &str) -> Option<Vec<Mark>> {
        let fields = &self.handbook().checklists.get(id)?.fields;
        let every = fields.every.as_ref().map(|every| self.period(every).plain());
        let whole = self.mark("", (Kind::Checklist, id), &normative::checklist(fields), every.unwrap_or_default());
        let item = |row: &crate::fields::table::Row<crate::model::checklist::Item>| {
            let text = self.title(&row.value.0.text).plain();
            let norm = row.value.0.standard.iter().fold(Norm::default(), |norm, it| norm.add("standard", &it.id));
            Mark(row.id.clone(), "item", text, norm.print(), String::new())
        };
        Some(std::iter::once(whole).chain(fields.items.iter().map(item)).collect())
    }
}

/// Gives the fingerprint of each kind of thing: the number of the kind, then four letters.
fn prints_by_kind(things: &[Mark]) -> String {
    let mut kinds: BTreeMap<usize, Norm> = BTreeMap::new();
    for Mark(anchor, kind, _, print, _) in things {
        let kind = match *kind {
            "item" => "checklist",
            "order" => "step",
            kind => kind,
        };
        let number = KINDS.iter().position(|known| *known == kind).expect("every mark is of a known kind");
        let norm = kinds.remove(&number).unwrap_or_default().add(anchor, print);
        kinds.insert(number, norm);
    }
    kinds.into_iter().map(|(number, norm)| format!("{number}{}", norm.print())).collect()
}

fn word_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Service => "service",
        Kind::Standard => "standard",
        Kind::Step => "step",
        Kind::Promise => "promise",
        Kind::Playbook => "playbook",
        Kind::Checklist => "checklist",
        _ => "role",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::bench::{Bench, DE, EN};

    const SERVICE: &str = "\
standards: {quick: {title: Quick & good, kind: timeliness, limit: 10 business days}, right: {title: Right, kind: accuracy, level: 99%}, kind: {title: Kind, kind: conduct, level: a smile}}
steps: {one: {title: One, actor: desk, takes: 2 hours}}
promises: {sure: {title: Sure, backed_by: [quick], remedy: {what: Money, up_to: 90 EUR, within: 5 calendar days}}, bare: {title: Bare}}
";

    fn marks(language: Language) -> Marks {
        let bench = Bench::service(SERVICE, &[]);
        let shared = bench.shared();
        shared.writer(language, "services/repair.html").marks(Kind::Service, "repair").unwrap()
    }

    #[test]
    fn a_page_is_known_by_the_same_name_and_fingerprints_in_every_language() {
        let (english, german) = (marks(EN), marks(DE));
        assert_eq!(english.page, "services/repair");
        assert_eq!((&english.page, english.bucket, &english.prints), (&german.page, german.bucket, &german.prints));
        let prints = |marks: Marks| marks.things.into_iter().map(|mark| mark.3).collect::<Vec<_>>();
        assert_eq!(prints(english), prints(german));
    }

    #[test]
    fn a_thing_has_its_value_in_the_words_of_the_reader_where_it_has_one() {
        let values = |language| -> Vec<(String, String)> {
            marks(language).things.into_iter().map(|Mark(place, _, _, _, value)| (place, value)).collect()
        };
        let expected = [
            ("", ""),
            ("quick", "10 business days"),
            ("right", "99%"),
            ("kind", ""),
            ("one", "2 hours"),
            ("one", ""),
            ("sure", "up to EUR\u{a0}90 · within 5 calendar days"),
            ("bare", ""),
        ];
        assert_eq!(values(EN), expected.map(|(place, value)| (place.to_owned(), value.to_owned())));
        assert_eq!(values(DE)[1].1, "10 Arbeitstage");
        assert_eq!(marks(EN).things[1].2, "Quick & good");
    }

    #[test]
    fn a_page_without_anything_normative_is_not_remembered() {
        let bench = Bench::new(&[("pages/why.md", "---\ntitle: Why\n---\n")]);
        let shared = bench.shared();
        assert!(shared.writer(EN, "pages/why.html").marks(Kind::Page, "why").is_none());
    }

    #[test]
    fn every_page_is_in_the_bucket_that_it_names_and_a_change_reaches_that_bucket_alone() {
        let handbook = |right: u32| {
            let roles: String = (0..100)
                .map(|at| format!("r{at}: {{title: R, may_grant: {} EUR}}\n", if at == 7 { right } else { 10 }))
                .collect();
            Bench::new(&[("registers/roles.yaml", roles.as_str())])
        };
        let (before, after) = (handbook(10), handbook(20));
        let (before, after) = (before.shared(), after.shared());
        let (old, new) = (before.buckets(), after.buckets());
        assert_eq!((old.prints.len(), old.pages.iter().map(BTreeMap::len).sum::<usize>()), (4, 100));
        for marks in before.all_marks(EN) {
            assert_eq!(old.pages[usize::from(marks.bucket) % 4][&marks.page], marks.prints);
        }
        let differs: Vec<usize> = (0..4).filter(|at| old.prints[*at] != new.prints[*at]).collect();
        let page = after.writer(EN, "").marks(Kind::Role, "r7").unwrap();
        assert_eq!(differs, [usize::from(page.bucket) % 4]);
    }

    #[test]
    fn the_fingerprints_of_a_page_stand_by_kind() {
        let prints = marks(EN).prints;
        let kinds: Vec<char> = prints.chars().step_by(5).collect();
        assert_eq!(kinds, ['0', '1', '2', '3']);
    }

    #[test]
    fn the_handbook_is_the_same_in_every_language_and_another_with_another_title() {
        let key = |title: &str| {
            let bench = Bench::new(&[("handbook.yaml", &format!("title: {title}\nlanguages: [en, de]\n"))]);
            bench.shared().key()
        };
        assert_eq!(key("{en: Care, de: Sorge}"), key("{en: Care, de: Pflege}"));
        assert_ne!(key("{en: Care, de: Sorge}"), key("{en: Caring, de: Sorge}"));
    }

    #[test]
    fn the_words_of_the_news_name_all_kinds() {
        let bench = Bench::new(&[]);
        let shared = bench.shared();
        let words = shared.news_words(DE);
        assert_eq!((words.kinds.len(), words.kinds["promise"]), (KINDS.len(), "Versprechen"));
        assert!(words.words.contains_key("was"));
    }
}
