//! What is shown of an entry, and the files: each is a script that hands what it holds to `pledgebookSearch`.
//!
//! Scripts, not JSON, since a page that was opened from a disk may load nothing else.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::entry::Found;

/// How many things have their records in one file.
pub const THINGS_A_FILE: usize = 24;
/// How many passages have their records in one file.
pub const PASSAGES_A_FILE: usize = 10;

/// The files of a language by name.
#[derive(Debug, Default)]
pub struct Files {
    files: BTreeMap<String, String>,
}

impl Files {
    /// Adds a file.
    pub fn add(&mut self, name: String, brings: &Value) {
        self.files.insert(name, brings.to_string());
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

/// Records of entries with the pages that they name.
#[derive(Debug, Default)]
pub struct Records {
    entries: BTreeMap<usize, Value>,
    pages: BTreeMap<usize, Value>,
    size: usize,
}

impl Records {
    /// Adds the record of an entry.
    pub fn add(&mut self, found: &Found, number: usize) {
        if self.entries.contains_key(&number) {
            return;
        }
        let entry = found.entry(number);
        let (record, page) = (record(found, number), page(found, entry.page));
        self.size += record.to_string().len() + 6;
        if !self.pages.contains_key(&entry.page) {
            self.size += page.to_string().len() + 6;
            self.pages.insert(entry.page, page);
        }
        self.entries.insert(number, record);
    }

    /// Gives about how many bytes they take.
    pub fn size(&self) -> usize {
        self.size
    }

    /// Writes them: `r` are the entries, `p` the pages.
    pub fn into_value(self) -> Map<String, Value> {
        let map = |all: BTreeMap<usize, Value>| -> Value {
            Value::Object(all.into_iter().map(|(number, value)| (number.to_string(), value)).collect())
        };
        [("r".to_owned(), map(self.entries)), ("p".to_owned(), map(self.pages))].into_iter().collect()
    }
}

/// Writes an entry: kind, page, anchor, title, limit, text; what is empty at the end is left out.
fn record(found: &Found, number: usize) -> Value {
    let entry = found.entry(number);
    let kind = entry.sort.number().map_or(json!(-1), |kind| json!(kind));
    let mut record =
        vec![kind, json!(entry.page), json!(entry.anchor), json!(entry.title), json!(entry.limit), json!(entry.text)];
    while record.last().is_some_and(|last| last == "") {
        record.pop();
    }
    Value::Array(record)
}

fn page(found: &Found, number: usize) -> Value {
    let page = &found.pages[number];
    json!([page.path, page.title, page.sort.number()])
}

/// Writes the records of all entries, a few in each file.
pub fn pack(found: &Found, files: &mut Files) {
    let things = found.things.len();
    pack_some(found, ("r", 0..things, THINGS_A_FILE), files);
    pack_some(found, ("p", things..things + found.passages.len(), PASSAGES_A_FILE), files);
}

fn pack_some(found: &Found, (name, numbers, many): (&str, std::ops::Range<usize>, usize), files: &mut Files) {
    let numbers: Vec<usize> = numbers.collect();
    for (at, chunk) in numbers.chunks(many).enumerate() {
        let mut records = Records::default();
        chunk.iter().for_each(|number| records.add(found, *number));
        files.add(format!("{name}{at}"), &Value::Object(records.into_value()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::entry::{Entry, OnPage, Page, Place, Sort};

    fn found() -> Found {
        let mut found = Found::default();
        let page = Page { path: "services/a.html".into(), title: "A".into(), sort: Sort::Service };
        let things = vec![
            Entry::new(Sort::Service, "", ""),
            Entry::new(Sort::Standard, "quick", "Quick").within("2 days".into()),
        ];
        let passages = vec![Entry::new(Sort::Section, "why", "Why").saying(Place::Text, "Since.")];
        found.add(OnPage { page, things, passages });
        found
    }

    #[test]
    fn a_record_has_what_is_shown_and_names_its_page() {
        let mut records = Records::default();
        [0, 1, 2, 1].into_iter().for_each(|number| records.add(&found(), number));
        assert!(records.size() > 60);
        let expected = json!({
            "r": {"0": [0, 0], "1": [1, 0, "quick", "Quick", "2 days"], "2": [-1, 0, "why", "Why", "", "Since."]},
            "p": {"0": ["services/a.html", "A", 0]},
        });
        assert_eq!(Value::Object(records.into_value()), expected);
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

    #[test]
    fn things_and_passages_have_files_of_their_own() {
        let mut files = Files::default();
        pack(&found(), &mut files);
        assert_eq!(files.files.keys().collect::<Vec<_>>(), ["p0", "r0"]);
    }
}
