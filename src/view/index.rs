//! Everything from A to Z, and what the reader's language lacks.

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale::Locale as IcuLocale;
use serde::Serialize;

use super::address;
use super::html::{Html, Link};
use super::writer::Writer;
use crate::checks::translations::is_stale;
use crate::fields::text::{Language, SOURCE, Text};
use crate::fields::value::{Value, Visitor};
use crate::model::document::Document;
use crate::model::handbook::Documents;
use crate::model::kind::Kind;

/// Pages that are no thing of the handbook and are looked for all the same: the key of their name, their path.
const PAGES: [(&str, &str); 6] = [
    ("calendar.title", "hours.html"),
    ("glossary.title", "glossary.html"),
    ("evidence.title", "evidence.html"),
    ("factor.title", "factors.html"),
    ("ledger.title", "promises/index.html"),
    ("deadline.title", "deadline.html"),
];

/// What stands in the index, with its letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Indexed {
    /// The letter, or the words for all others.
    pub letter: String,
    listed: Listed,
}

/// A thing, or one of the pages that are no thing.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Listed {
    Thing(Kind, String),
    /// The key of its name, and its path.
    Page(&'static str, &'static str),
}

/// A thing from A to Z.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct IndexEntry {
    /// The thing.
    pub link: Link,
    /// Its kind in words.
    pub kind: Html,
    /// Its limit; empty where it has none.
    pub limit: Html,
    /// The service that it belongs to; empty where it is on its own.
    pub service: Html,
}

/// The things under one letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Letter {
    /// The letter, or the words for all others.
    pub letter: String,
    /// Its anchor.
    pub anchor: String,
    /// The things.
    pub entries: Vec<IndexEntry>,
}

/// A text that a language lacks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Untranslated {
    /// The name of the language, in that of the page.
    pub language: String,
    /// The page.
    pub link: Link,
    /// Whether there is a translation that is older than its source.
    pub stale: bool,
}

impl Writer<'_> {
    /// Counts what [`Self::index`] lists.
    pub fn index_length(&self) -> usize {
        indexed_kinds().map(|kind| self.handbook().count(kind)).sum::<usize>() + PAGES.len()
    }

    /// Lists everything from A to Z, in the order of the language.
    pub fn index(&self) -> Vec<Indexed> {
        let handbook = self.handbook();
        let mut all: Vec<(String, (String, Listed))> = Vec::new();
        for kind in indexed_kinds() {
            all.extend(handbook.ids(kind).into_iter().map(|id| {
                let address = address::thing(handbook, kind, &id);
                (self.sort_name(kind, &id), (address, Listed::Thing(kind, id)))
            }));
        }
        let pages =
            PAGES.into_iter().map(|(word, path)| (self.word(word), (path.to_owned(), Listed::Page(word, path))));
        all.extend(pages);
        let collator = self.collator();
        sort_by_name(&mut all, collator.as_ref(), |(address, _)| address);
        let mut all: Vec<Indexed> = all
            .into_iter()
            .map(|(name, (_, listed))| Indexed { letter: self.letter(&name, collator.as_ref()), listed })
            .collect();
        let other = self.locale().word("az.other");
        // Within a letter the order of the names stays.
        all.sort_by(|a, b| (a.letter != other, &a.letter).cmp(&(b.letter != other, &b.letter)));
        all
    }

    /// Shows things of the index under their letters.
    pub fn letters(&self, things: &[Indexed]) -> Vec<Letter> {
        let letters = things.chunk_by(|one, other| one.letter == other.letter).enumerate().map(|(at, some)| Letter {
            letter: some[0].letter.clone(),
            anchor: format!("letter-{}", at + 1),
            entries: some.iter().map(|indexed| self.entry(indexed)).collect(),
        });
        letters.collect()
    }

    /// Gives the name of a thing of the index.
    pub fn title_in_index(&self, indexed: &Indexed) -> Html {
        match &indexed.listed {
            Listed::Thing(kind, id) => self.name(*kind, id),
            Listed::Page(word, _) => Html::escaped(&self.word(word)),
        }
    }

    /// Puts services into the order of their names where there are more than `most`; fewer stay as they are.
    ///
    /// A list that is spread over pages names each by the first and the last on it, which only helps in this order.
    pub fn long_list(&self, services: Vec<String>, most: usize) -> Vec<String> {
        if services.len() <= most {
            return services;
        }
        let mut named: Vec<(String, String)> =
            services.into_iter().map(|id| (self.sort_name(Kind::Service, &id), id)).collect();
        sort_by_name(&mut named, self.collator().as_ref(), |id| id);
        named.into_iter().map(|(_, id)| id).collect()
    }

    fn collator(&self) -> Option<CollatorBorrowed<'static>> {
        let locale: IcuLocale = self.locale().tag().parse().ok()?;
        Collator::try_new(locale.into(), CollatorOptions::default()).ok()
    }

    /// Gives the letter under which a name stands; Chinese names stand under the letter of their sound.
    fn letter(&self, name: &str, collator: Option<&CollatorBorrowed<'static>>) -> String {
        let other = self.locale().word("az.other").to_owned();
        let Some(first) = name.chars().find(|letter| letter.is_alphanumeric()) else { return other };
        if first.is_ascii_alphabetic() {
            return first.to_ascii_uppercase().to_string();
        }
        if let (true, Some(collator)) = (is_han(first), collator) {
            return pinyin_letter(first, collator).map_or(other, |letter| letter.to_string());
        }
        let plain = collator.filter(|_| first.is_alphabetic()).and_then(|collator| {
            ('A'..='Z')
                .rev()
                .find(|letter| collator.compare(&letter.to_string(), &first.to_uppercase().to_string()).is_le())
        });
        plain.map_or(other, |letter| letter.to_string())
    }

    fn sort_name(&self, kind: Kind, id: &str) -> String {
        let name = self.naming(kind, id).map(|text| self.bare(text, Some(&(kind, id.to_owned()))));
        name.filter(|name| !name.is_empty()).unwrap_or_else(|| id.to_owned())
    }

    fn entry(&self, indexed: &Indexed) -> IndexEntry {
        let (kind, id) = match &indexed.listed {
            Listed::Thing(kind, id) => (*kind, id),
            Listed::Page(word, path) => {
                let link = Link { href: self.way(path), title: Html::escaped(&self.word(word)) };
                let kind = self.worded("kind", Some("page"));
                return IndexEntry { link, kind, limit: Html::default(), service: Html::default() };
            }
        };
        let limit = match kind {
            Kind::Standard => self.standard_short(id).map(|short| short.limit),
            _ => None,
        };
        let service = id.rsplit_once('/').filter(|_| kind.is_within_service());
        IndexEntry {
            link: self.link(kind, id),
            kind: self.worded("kind", Some(kind_key(kind))),
            limit: limit.unwrap_or_default(),
            service: service.map(|(service, _)| self.name(Kind::Service, service)).unwrap_or_default(),
        }
    }

    /// Lists what the reader's language lacks; in the source language, what any other lacks.
    pub fn untranslated(&self) -> Vec<Untranslated> {
        let handbook = self.handbook();
        let mut all = self.untranslated_of(Kind::Service, &handbook.services);
        all.extend(self.untranslated_of(Kind::Playbook, &handbook.playbooks));
        all.extend(self.untranslated_of(Kind::Checklist, &handbook.checklists));
        all.extend(self.untranslated_of(Kind::Page, &handbook.pages));
        all
    }

    /// Gives the languages that are looked at: that of the page, or all others on a page in the source language.
    fn looked_at(&self) -> Vec<Language> {
        match self.language {
            SOURCE => self.shared.languages().filter(|language| *language != SOURCE).collect(),
            own => vec![own],
        }
    }

    fn untranslated_of<T: Value>(&self, kind: Kind, documents: &Documents<T>) -> Vec<Untranslated> {
        let state = |document: &Document<T>, language: Language| match document.translations.get(&language) {
            None => Some(false),
            Some(translation) if is_stale(document, translation) => Some(true),
            Some(_) => lacks_a_text(&document.fields, language).then_some(false),
        };
        let mut lacking = Vec::new();
        for language in self.looked_at() {
            let name = self.locale().language_name(&self.shared.tags[usize::from(language.0)]);
            for document in documents.values() {
                if let Some(stale) = state(document, language) {
                    lacking.push(Untranslated {
                        language: name.to_owned(),
                        link: self.link(kind, &document.id),
                        stale,
                    });
                }
            }
        }
        lacking
    }

    /// Gives the address of this page in another language, relative to it.
    pub fn same_page_in(&self, language: Language, path: &str) -> String {
        let folder = address::folder(language, &self.shared.tags);
        address::relative(&self.page, &format!("{folder}{path}"))
    }
}

/// Sorts named things in the order of a language; those of one name by what is unlike in them.
fn sort_by_name<T>(
    named: &mut [(String, T)],
    collator: Option<&CollatorBorrowed<'static>>,
    unlike: impl Fn(&T) -> &String,
) {
    named.sort_by(|(a, x), (b, y)| {
        let order = collator.map_or_else(|| a.cmp(b), |collator| collator.compare(a, b));
        order.then_with(|| unlike(x).cmp(unlike(y)))
    });
}

/// Tells whether a thing has a text that a language lacks.
fn lacks_a_text(thing: &impl Value, language: Language) -> bool {
    let mut seeker = Seeker { language, found: false };
    thing.walk(&mut seeker);
    seeker.found
}

struct Seeker {
    language: Language,
    found: bool,
}

impl Visitor for Seeker {
    fn text(&mut self, text: &Text) {
        self.found |= !text.is_empty() && text.exactly(self.language).is_none();
    }
}

/// Gives the kinds whose things stand in the index.
fn indexed_kinds() -> impl Iterator<Item = Kind> {
    Kind::ALL.into_iter().filter(|kind| !matches!(kind, Kind::Calendar | Kind::Evidence))
}

/// Gives the key of a kind's name.
pub fn kind_key(kind: Kind) -> &'static str {
    match kind {
        Kind::Evidence => "evidence",
        other => other.word(),
    }
}

fn is_han(letter: char) -> bool {
    matches!(u32::from(letter), 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

/// The letters with which a syllable of pinyin begins: all but `i`, `u` and `v`.
const PINYIN: &str = "ABCDEFGHJKLMNOPQRSTWXYZ";

/// Finds the letter by the marks that the order of pinyin has before the first character of each: U+FDD0 and the letter.
fn pinyin_letter(letter: char, collator: &CollatorBorrowed<'static>) -> Option<char> {
    let word = letter.to_string();
    PINYIN.chars().rev().find(|first| collator.compare(&format!("\u{fdd0}{first}"), &word).is_le())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::bench::{Bench, DE, EN};

    #[test]
    fn services_of_a_long_list_stand_in_the_order_of_their_names_and_of_a_short_one_in_that_of_their_ids() {
        let files = [("services/a.md", "---\ntitle: Zebra\n---\n"), ("services/z.md", "---\ntitle: Ähre\n---\n")];
        let bench = Bench::service("", &files);
        let shared = bench.shared();
        let writer = shared.writer(DE, "index.html");
        let ids: Vec<String> = ["a", "repair", "z"].map(str::to_owned).into();
        assert_eq!(writer.long_list(ids.clone(), 2), ["z", "repair", "a"]);
        assert_eq!(writer.long_list(ids.clone(), 3), ids);
    }

    #[test]
    fn chinese_characters_stand_under_the_letter_of_their_sound() {
        let locale: IcuLocale = "zh".parse().unwrap();
        let collator = Collator::try_new(locale.into(), CollatorOptions::default()).unwrap();
        for (character, letter) in [
            ('安', 'A'),
            ('服', 'F'),
            ('维', 'W'),
            ('修', 'X'),
            ('赔', 'P'),
            ('周', 'Z'),
            ('投', 'T'),
            ('电', 'D'),
            ('保', 'B'),
            ('擦', 'C'),
            ('额', 'E'),
            ('高', 'G'),
            ('合', 'H'),
            ('家', 'J'),
            ('客', 'K'),
            ('路', 'L'),
            ('母', 'M'),
            ('那', 'N'),
            ('偶', 'O'),
            ('期', 'Q'),
            ('日', 'R'),
            ('三', 'S'),
            ('要', 'Y'),
        ] {
            assert_eq!(pinyin_letter(character, &collator), Some(letter), "{character}");
        }
    }

    /// Gives what stands under each letter: the names of the terms of a glossary.
    fn letters(settings: &str, terms: &[&str]) -> Vec<String> {
        let term = |(at, word): (usize, &&str)| format!("t{at}: {{text: \"{word}\", meaning: M}}\n");
        let terms: String = terms.iter().enumerate().map(term).collect();
        let files = [
            ("handbook.yaml", settings),
            ("registers/terms.yaml", terms.as_str()),
            ("registers/roles.yaml", ""),
            ("registers/calendars.yaml", ""),
        ];
        let bench = Bench::new(&files);
        let shared = bench.shared();
        let letter = |letter: Letter| {
            let terms = letter.entries.into_iter().filter(|entry| entry.link.href.starts_with("glossary.html#"));
            let names: Vec<String> = terms.map(|entry| entry.link.title.0).collect();
            (!names.is_empty()).then(|| format!("{}: {}", letter.letter, names.join(", ")))
        };
        let writer = shared.writer(EN, "a-z.html");
        writer.letters(&writer.index()).into_iter().filter_map(letter).collect()
    }

    fn in_language(tag: &str) -> String {
        format!("title: H\nlanguages: [{tag}]\n")
    }

    #[test]
    fn english_names_stand_under_their_letters_whatever_their_case() {
        let found = letters(&in_language("en"), &["zebra", "Apple", "apricot", "3 days", "Éclair"]);
        assert_eq!(found, ["0–9 and others: 3 days", "A: Apple, apricot", "E: Éclair", "Z: zebra"]);
    }

    #[test]
    fn each_letter_is_there_once_also_for_names_that_begin_with_a_sign_or_in_another_script() {
        let found = letters(&in_language("en"), &["“Quoted”", "Queue", "Apple"]);
        assert_eq!(found, ["A: Apple", "Q: “Quoted”, Queue"]);
        let found = letters(&in_language("zh"), &["路由器", "LED 灯", "安装"]);
        assert_eq!(found.iter().map(|line| &line[..2]).collect::<Vec<_>>(), ["A:", "L:"]);
    }

    #[test]
    fn german_umlauts_stand_with_their_vowels() {
        let found = letters(&in_language("de"), &["Zug", "Überweisung", "Uhr", "Öl", "Ofen", "ß"]);
        assert_eq!(found, ["O: Ofen, Öl", "S: ß", "U: Überweisung, Uhr", "Z: Zug"]);
    }

    #[test]
    fn chinese_names_stand_in_the_order_of_their_sound() {
        let found = letters(&in_language("zh"), &["周转", "维修", "安装", "LED 灯", "投诉", "安全"]);
        assert_eq!(found.iter().filter(|line| line.starts_with("A:")).count(), 1, "{found:?}");
        let order: String = found.iter().filter_map(|line| line.chars().next()).collect();
        assert_eq!(order.replace('L', ""), "ATWZ", "{found:?}");
        assert!(found.contains(&"A: 安全, 安装".to_owned()), "{found:?}");
    }

    #[test]
    fn a_standard_stands_with_its_limit_and_its_service() {
        let bench =
            Bench::service("standards: {quick: {title: Quick, kind: timeliness, limit: 3 calendar days}}\n", &[]);
        let shared = bench.shared();
        let writer = shared.writer(EN, "a-z.html");
        let letters = writer.letters(&writer.index());
        let entry =
            letters.iter().flat_map(|letter| &letter.entries).find(|entry| entry.link.title.0 == "Quick").unwrap();
        assert_eq!(
            (entry.kind.0.as_str(), entry.limit.0.as_str(), entry.service.0.as_str()),
            ("Standard", "3 calendar days", "Repair",)
        );
        assert_eq!(entry.link.href, "services/repair.html#quick");
        let role = letters.iter().flat_map(|letter| &letter.entries).find(|entry| entry.kind.0 == "Role").unwrap();
        assert_eq!((role.limit.0.as_str(), role.service.0.as_str()), ("", ""));
    }

    #[test]
    fn calendars_and_evidence_are_not_listed_from_a_to_z() {
        let evidence = ("registers/evidence.yaml", "tarp: {claim: C, source: S, quality: primary}\n");
        let bench = Bench::new(&[evidence]);
        let shared = bench.shared();
        let writer = shared.writer(EN, "a-z.html");
        let letters = writer.letters(&writer.index());
        let kinds: Vec<&str> =
            letters.iter().flat_map(|letter| &letter.entries).map(|entry| entry.kind.0.as_str()).collect();
        assert_eq!(kinds.into_iter().filter(|kind| *kind != "Page").collect::<Vec<_>>(), ["Role", "Role"]);
        assert_eq!(letters[0].anchor, "letter-1");
    }

    fn lacking(language: Language, others: &[(&str, &str)]) -> Vec<String> {
        let bench = Bench::service("", others);
        let shared = bench.shared();
        let line = |it: Untranslated| {
            let state = if it.stale { "old" } else { "missing" };
            format!("{} {} {state}", it.language, crate::pages::plain(&it.link.title))
        };
        shared.writer(language, "untranslated.html").untranslated().into_iter().map(line).collect()
    }

    #[test]
    fn a_language_lists_what_it_lacks_and_the_source_what_any_other_lacks() {
        let page = ("pages/why.md", "---\ntitle: Why\nkind: guide\n---\n");
        assert_eq!(lacking(DE, &[page]), ["Deutsch Repair missing", "Deutsch Why missing"]);
        let settings = ("handbook.yaml", "title: H\nlanguages: [en, de, zh]\n");
        let german = ("pages/why.de.md", "---\ntitle: Warum\n---\n");
        assert_eq!(
            lacking(EN, &[settings, german, page]),
            ["German Repair missing", "Chinese Repair missing", "Chinese Why missing"]
        );
    }

    #[test]
    fn a_translation_that_lacks_a_text_is_missing() {
        let half = ("services/repair.de.md", "---\ntitle: Reparatur\nfor: Alle\n---\n");
        assert_eq!(lacking(DE, &[half]), ["Deutsch Reparatur missing"]);
        let whole = ("services/repair.de.md", "---\ntitle: Reparatur\nfor: Alle\noutcome: Es geht\n---\n");
        assert_eq!(lacking(DE, &[whole]), [""; 0]);
    }

    #[test]
    fn a_translation_older_than_its_source_is_listed_as_such() {
        let old = ("services/repair.de.md", "---\ntranslates: 0123456789ab\ntitle: Reparatur\n---\n");
        assert_eq!(lacking(DE, &[old]), ["Deutsch Reparatur old"]);
        assert_eq!(lacking(EN, &[old]), ["German Repair old"]);
    }

    #[test]
    fn a_page_leads_to_itself_in_other_languages() {
        let bench = Bench::new(&[]);
        let shared = bench.shared();
        let way = |from, to| shared.writer(from, "roles/desk.html").same_page_in(to, "roles/desk.html");
        assert_eq!(way(EN, DE), "../de/roles/desk.html");
        assert_eq!(way(DE, EN), "../../roles/desk.html");
        assert_eq!(way(DE, DE), "desk.html");
    }
}
