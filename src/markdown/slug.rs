//! Anchors of headings, made from their titles and kept unique. Letters of every script stay as they are.

use std::collections::{HashMap, HashSet};

/// Makes an anchor from a title: small letters and digits, everything else a single hyphen.
///
/// Han characters, umlauts and other letters are kept; a title without any gives `section`.
pub fn slug(title: &str) -> String {
    let mut slug = String::with_capacity(title.len());
    for letter in title.chars() {
        if letter.is_alphanumeric() {
            slug.extend(letter.to_lowercase());
        } else if joins_words(letter) && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    if slug.is_empty() { "section".to_owned() } else { slug }
}

fn joins_words(letter: char) -> bool {
    !matches!(letter, '\'' | '’' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Gives out anchors that are unique within a document.
#[derive(Debug, Default)]
pub struct Slugs {
    taken: HashSet<String>,
    next: HashMap<String, usize>,
}

impl Slugs {
    /// Keeps an anchor for the one who wrote it by hand; tells whether it was still free.
    pub fn reserve(&mut self, id: &str) -> bool {
        self.taken.insert(id.to_owned())
    }

    /// Gives the anchor for a title, with a number where it is taken.
    pub fn give(&mut self, title: &str) -> String {
        let wanted = slug(title);
        if self.taken.insert(wanted.clone()) {
            return wanted;
        }
        let next = self.next.entry(wanted.clone()).or_insert(2);
        loop {
            let numbered = format!("{wanted}-{next}");
            *next = next.saturating_add(1);
            if self.taken.insert(numbered.clone()) {
                return numbered;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_joined_by_single_hyphens_in_small_letters() {
        assert_eq!(slug("What counts as  “ready”?"), "what-counts-as-ready");
        assert_eq!(slug("The customer's word"), "the-customers-word");
        assert_eq!(slug("- 3.5 % -"), "3-5");
    }

    #[test]
    fn letters_of_other_scripts_stay() {
        assert_eq!(slug("办理时限：三个工作日"), "办理时限-三个工作日");
        assert_eq!(slug("Größe ÄNDERN"), "größe-ändern");
    }

    #[test]
    fn a_title_without_letters_still_has_an_anchor() {
        assert_eq!(slug("！？"), "section");
        assert_eq!(slug(""), "section");
    }

    #[test]
    fn an_anchor_is_given_once() {
        let mut slugs = Slugs::default();
        assert!(slugs.reserve("time-2"));
        assert!(!slugs.reserve("time-2"));
        let given: Vec<_> = ["Time", "Time", "time!", "Place"].iter().map(|title| slugs.give(title)).collect();
        assert_eq!(given, ["time", "time-3", "time-4", "place"]);
    }
}
