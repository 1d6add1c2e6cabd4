//! A baseline: the findings that an old handbook starts with, so that only new ones are told.
//!
//! A finding is known by check, thing and field, never by its line, and as often as it was there. Not here: reading and
//! writing the file, which the binary does.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::units::Malformed;

/// What a finding is about: it stays the same when lines move.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Key {
    /// The name of the check.
    pub check: String,
    /// The thing, such as `standards/repair/turnaround`.
    pub thing: String,
    /// The field within the thing, such as `remedy.within`; empty for the thing as a whole.
    pub field: String,
}

/// The version of the file's form.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
struct Document {
    version: u32,
    findings: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    #[serde(flatten)]
    key: Key,
    times: usize,
}

/// The findings that are known, and how often.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    known: BTreeMap<Key, usize>,
}

impl Baseline {
    /// Makes a baseline of findings.
    pub fn of(keys: impl IntoIterator<Item = Key>) -> Self {
        let mut known = BTreeMap::new();
        keys.into_iter().for_each(|key| *known.entry(key).or_insert(0) += 1);
        Self { known }
    }

    /// Reads a baseline from the text of its file.
    pub fn read(text: &str) -> Result<Self, Malformed> {
        let action = "write it anew with `--write-baseline`";
        let document: Document = serde_json::from_str(text)
            .map_err(|fault| Malformed::new(format!("this is no baseline: {fault}"), action))?;
        if document.version != VERSION {
            let message = format!("the baseline has version {}, and {VERSION} is read", document.version);
            return Err(Malformed::new(message, action));
        }
        Ok(Self { known: document.findings.into_iter().map(|entry| (entry.key, entry.times)).collect() })
    }

    /// Gives the text of its file, in an order that makes small differences.
    pub fn write(&self) -> String {
        let findings = self.known.iter().map(|(key, times)| Entry { key: key.clone(), times: *times }).collect();
        let document = Document { version: VERSION, findings };
        let mut text = serde_json::to_string_pretty(&document).expect("strings and numbers always serialise");
        text.push('\n');
        text
    }

    /// Takes one finding out, and tells whether it was there.
    pub fn take(&mut self, key: &Key) -> bool {
        match self.known.get_mut(key) {
            Some(times) if *times > 0 => {
                *times -= 1;
                true
            }
            _ => false,
        }
    }

    /// Counts the findings in it.
    pub fn count(&self) -> usize {
        self.known.values().sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(check: &str) -> Key {
        Key { check: check.into(), thing: "standards/repair/turnaround".into(), field: "limit".into() }
    }

    #[test]
    fn a_finding_is_known_as_often_as_it_was_there() {
        let mut baseline = Baseline::of([key("a/b"), key("a/b"), key("c/d")]);
        assert_eq!(
            [baseline.take(&key("a/b")), baseline.take(&key("a/b")), baseline.take(&key("a/b"))],
            [true, true, false]
        );
        assert_eq!(baseline.count(), 1);
    }

    #[test]
    fn what_is_written_can_be_read_and_is_in_order() {
        let baseline = Baseline::of([key("c/d"), key("a/b"), key("a/b")]);
        let text = baseline.write();
        assert_eq!(Baseline::read(&text).unwrap(), baseline);
        assert!(text.find("a/b") < text.find("c/d") && text.ends_with("}\n"), "{text}");
    }

    #[test]
    fn what_is_no_baseline_is_refused_with_what_to_do() {
        for text in ["", "[]", "{\"version\": 9, \"findings\": []}"] {
            let fault = Baseline::read(text).unwrap_err();
            assert!(fault.action.contains("--write-baseline"), "{fault}");
        }
    }
}
