//! What is shown of an entry, and the files: each is a script that hands what it holds to `pledgebookSearch`.
//!
//! Scripts, not JSON, since a page that was opened from a disk may load nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde_json::{Value, json};

use super::entry::{Entry, Found, Page};
use super::fold::is_han;

/// How many things have their records in one file.
pub const THINGS_A_FILE: usize = 12;
/// How many passages have their records in one file.
pub const PASSAGES_A_FILE: usize = 10;

/// How many letters of a text stand in a record that comes with a word; half as many of Han.
const SHORT: usize = 90;

/// The files of a language by name.
#[derive(Debug, Default)]
pub struct Files {
    files: BTreeMap<String, String>,
}

impl Files {
    /// Adds a file that brings a JSON value.
    pub fn add(&mut self, name: String, brings: &Value) {
        self.add_json(name, brings.to_string());
    }

    /// Adds a file that brings a value which is written as JSON already.
    pub fn add_json(&mut self, name: String, brings: String) {
        self.files.insert(name, brings);
    }

    /// Gives the files below a folder. Each names the stamp of all, so that none is read with those of another build.
    pub fn finish(self, folder: &str) -> Vec<(String, Vec<u8>)> {
        let mut hasher = blake3::Hasher::new();
        for (name, brings) in &self.files {
            hasher.update(name.as_bytes());
            hasher.update(brings.as_bytes());
        }
        let stamp = &hasher.finalize().to_hex()[..8];
        let script = |(name, brings): (String, String)| {
            (format!("{folder}/{name}.js"), format!("pledgebookSearch(\"{name}\",\"{stamp}\",{brings})\n").into_bytes())
        };
        self.files.into_iter().map(script).collect()
    }
}

/// All entries and pages, each written once as JSON.
#[derive(Debug, Default)]
pub struct Written {
    whole: Vec<String>,
    short: Vec<String>,
    pages: Vec<String>,
    page_of: Vec<usize>,
}

impl Written {
    /// Writes what was found.
    pub fn of(found: &Found) -> Self {
        let short = |entry: &Entry| record(entry, &shortened(&entry.text));
        let page = |page: &Page| {
            listed(vec![json!(page.path), json!(page.title), json!(page.sort.number()), json!(page.tongue)])
        };
        let entries = found.things.par_iter().chain(&found.passages);
        Self {
            whole: entries.map(|entry| record(entry, &entry.text)).collect(),
            short: found.things.par_iter().map(short).collect(),
            pages: found.pages.par_iter().map(page).collect(),
            page_of: found.things.iter().chain(&found.passages).map(|entry| entry.page).collect(),
        }
    }

    /// Gives about how many bytes a shortened record takes with its page.
    pub fn size(&self, number: usize) -> usize {
        self.short[number].len() + self.pages[self.page_of[number]].len() + 12
    }

    /// Writes records with the pages that they name: `r` are the entries, `p` the pages.
    fn together<'a>(&self, records: impl Iterator<Item = (usize, &'a String)>) -> String {
        let mut pages = BTreeSet::new();
        let noted = records.inspect(|(number, _)| {
            pages.insert(self.page_of[*number]);
        });
        let mut all = members(noted, "\"r\":{");
        all.push_str(&members(pages.iter().map(|page| (*page, &self.pages[*page])), ",\"p\":{"));
        all
    }

    /// Writes shortened records of things.
    pub fn shortly(&self, numbers: &BTreeSet<usize>) -> String {
        self.together(numbers.iter().map(|number| (*number, &self.short[*number])))
    }
}

fn members<'a>(all: impl Iterator<Item = (usize, &'a String)>, opens: &str) -> String {
    let mut text = opens.to_owned();
    for (number, value) in all {
        let comma = if text.len() == opens.len() { "" } else { "," };
        let _ = write!(text, "{comma}\"{number}\":{value}");
    }
    text.push('}');
    text
}

/// Writes an entry: kind, page, anchor, title, limit, text, language.
fn record(entry: &Entry, text: &str) -> String {
    let kind = entry.sort.number().map_or(json!(-1), |kind| json!(kind));
    let shown = [&entry.anchor, &entry.title, &entry.limit, text, &entry.tongue];
    listed([kind, json!(entry.page)].into_iter().chain(shown.map(|text| json!(text))).collect())
}

/// Writes a list without what is empty at its end.
fn listed(mut list: Vec<Value>) -> String {
    while list.last().is_some_and(|last| last == "") {
        list.pop();
    }
    Value::Array(list).to_string()
}

/// Gives the beginning of a text, up to a space where it has any.
fn shortened(text: &str) -> String {
    let mut left = 2 * SHORT;
    let is_too_much = |(_, letter): &(usize, char)| {
        left = left.saturating_sub(if is_han(*letter) { 4 } else { 2 });
        left == 0
    };
    let Some((end, _)) = text.char_indices().find(is_too_much) else { return text.to_owned() };
    let cut = &text[..end];
    let cut = cut.rsplit_once(' ').map_or(cut, |(before, _)| before);
    format!("{} …", cut.trim_end())
}

/// Writes the records of all entries, a few in each file.
pub fn pack(written: &Written, files: &mut Files) {
    let (things, all) = (written.short.len(), written.whole.len());
    for (name, numbers, many) in [("r", 0..things, THINGS_A_FILE), ("p", things..all, PASSAGES_A_FILE)] {
        let numbers: Vec<usize> = numbers.collect();
        for (at, chunk) in numbers.chunks(many).enumerate() {
            let records = chunk.iter().map(|number| (*number, &written.whole[*number]));
            files.add_json(format!("{name}{at}"), format!("{{{}}}", written.together(records)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::entry::{OnPage, Page, Place, Sort};

    fn written() -> Written {
        let mut found = Found::default();
        let page =
            Page { path: "services/a.html".into(), title: "A".into(), sort: Sort::Service, tongue: String::new() };
        let things = vec![
            Entry::new(Sort::Service, "", ""),
            Entry::new(Sort::Standard, "quick", "Quick").within("2 days".into()),
            Entry::new(Sort::Step, "mend", "Mend").spoken("en"),
        ];
        let passages = vec![Entry::new(Sort::Section, "why", "Why").saying(Place::Text, "Since.")];
        found.add(OnPage { page, things, passages });
        Written::of(&found)
    }

    #[test]
    fn a_record_has_what_is_shown_and_names_its_page() {
        let mut files = Files::default();
        pack(&written(), &mut files);
        let brings = |name: &str| serde_json::from_str::<Value>(&files.files[name]).unwrap();
        let page = json!({"0": ["services/a.html", "A", 0]});
        assert_eq!(
            brings("r0"),
            json!({"r": {"0": [0, 0], "1": [1, 0, "quick", "Quick", "2 days"], "2": [2, 0, "mend", "Mend", "", "", "en"]}, "p": page})
        );
        assert_eq!(brings("p0"), json!({"r": {"3": [-1, 0, "why", "Why", "", "Since."]}, "p": page}));
    }

    #[test]
    fn a_text_that_comes_with_a_word_is_cut_at_a_space_or_behind_a_character() {
        assert_eq!(shortened("Done."), "Done.");
        let long = shortened(&"word ".repeat(40));
        assert!(long.ends_with("word …") && long.chars().count() <= SHORT + 2, "{long}");
        let han = shortened(&"退款".repeat(40));
        assert!(han.ends_with("款 …") || han.ends_with("退 …"), "{han}");
        assert!(han.chars().count() <= SHORT / 2 + 2, "{han}");
    }

    #[test]
    fn files_are_scripts_that_name_the_stamp_of_all() {
        let write = |text: &str| {
            let mut files = Files::default();
            files.add("a".into(), &json!(1));
            files.add("b".into(), &json!(text));
            files
                .finish("search/en")
                .into_iter()
                .map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap()))
                .collect::<Vec<_>>()
        };
        let (one, other) = (write("x"), write("y"));
        assert_eq!(one[0].0, "search/en/a.js");
        assert!(one[0].1.starts_with("pledgebookSearch(\"a\",\"") && one[0].1.ends_with("\",1)\n"), "{one:?}");
        assert_ne!(one[0].1, other[0].1, "another build has another stamp");
        assert_eq!(one, write("x"));
    }
}
