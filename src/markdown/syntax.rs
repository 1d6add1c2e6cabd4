//! What the Markdown parser is given, and how its events lead back to the text as it is written.
//!
//! The parser sees a text of the same length in bytes in which wiki links are opaque words (so that a `|` does not
//! split a table and `*` is no emphasis within them) and in which emphasis is mended (see `emphasis`). So its offsets
//! are those of the written text, and everything that is shown is taken from there.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CowStr, OffsetIter, Options, Parser};

use super::emphasis;
use super::wiki::Candidate;

/// What the parser sees for each byte of a wiki link: no markup, no space, no punctuation.
const OPAQUE: u8 = 0x1A;

/// Gives the text for the parser, where it differs from the written one.
pub(super) fn for_parser(text: &str, candidates: &[Candidate]) -> Option<String> {
    let opaque = with_opaque(text, candidates);
    let stands = emphasis::stands(opaque.as_deref().unwrap_or(text));
    if stands.is_empty() {
        return opaque;
    }
    let mut bytes = opaque.unwrap_or_else(|| text.to_owned()).into_bytes();
    for stand in stands {
        if let Some(place) = bytes.get_mut(stand.at..stand.at + stand.seen.len()) {
            place.copy_from_slice(stand.seen.as_bytes());
        }
    }
    String::from_utf8(bytes).ok()
}

fn with_opaque(text: &str, candidates: &[Candidate]) -> Option<String> {
    let mut links = candidates.iter().filter(|candidate| candidate.found.is_ok()).peekable();
    links.peek()?;
    let mut bytes = text.as_bytes().to_vec();
    for link in links {
        bytes[link.start..link.end].fill(OPAQUE);
    }
    String::from_utf8(bytes).ok()
}

/// Parses a text into events with their ranges.
pub(super) fn events(text: &str) -> OffsetIter<'_> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST;
    Parser::new_ext(text, options).into_offset_iter()
}

/// The written text beside the one that the parser saw.
#[derive(Clone, Copy)]
pub(super) struct Texts<'a> {
    pub(super) written: &'a str,
    pub(super) parsed: &'a str,
}

impl<'a> Texts<'a> {
    /// Finds where a string of an event lies in the text; nothing where the parser composed it.
    pub(super) fn locate(&self, piece: &CowStr<'_>) -> Option<Range<usize>> {
        let CowStr::Borrowed(piece) = piece else { return None };
        let start = (piece.as_ptr() as usize).checked_sub(self.parsed.as_ptr() as usize)?;
        let end = start.checked_add(piece.len())?;
        (end <= self.parsed.len()).then_some(start..end)
    }

    /// Gives the written form of a string of an event, which lies within `range`.
    pub(super) fn written<'b>(&self, piece: &'b CowStr<'_>, range: &Range<usize>) -> Cow<'b, str>
    where
        'a: 'b,
    {
        if self.parsed.as_ptr() == self.written.as_ptr() {
            return Cow::Borrowed(piece);
        }
        match self.locate(piece).and_then(|place| self.written.get(place)) {
            Some(written) => Cow::Borrowed(written),
            None => Cow::Owned(self.aligned(piece, range)),
        }
    }

    /// Gives the written text of a range.
    pub(super) fn slice(&self, range: &Range<usize>) -> &'a str {
        self.written.get(range.clone()).unwrap_or("")
    }

    /// Walks a composed string along the parsed text; only line breaks, prefixes of lines and backslashes are missing
    /// in it, none of which has been replaced, so the first place that fits is the right one.
    fn aligned(&self, piece: &str, range: &Range<usize>) -> String {
        let (Some(parsed), Some(written)) = (self.parsed.get(range.clone()), self.written.get(range.clone())) else {
            return piece.to_owned();
        };
        let mut seen = parsed.char_indices();
        let mut bytes = Vec::with_capacity(piece.len());
        for c in piece.chars() {
            let found = seen.by_ref().find(|(_, seen)| *seen == c || (c == ' ' && matches!(seen, '\n' | '\r')));
            match found.and_then(|(at, seen)| written.as_bytes().get(at..at + seen.len_utf8())) {
                Some(written) if c != ' ' => bytes.extend_from_slice(written),
                Some(_) => bytes.push(b' '),
                None => return piece.to_owned(),
            }
        }
        String::from_utf8(bytes).unwrap_or_else(|_| piece.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::Event;

    use super::super::wiki;
    use super::*;
    use crate::source::{FileId, Span};

    fn seen(text: &str) -> Option<String> {
        for_parser(text, &wiki::candidates(text, Span::new(FileId(0), 0, text.len())))
    }

    #[test]
    fn a_text_without_references_and_chinese_emphasis_is_not_copied() {
        assert_eq!(seen("A *b* [c](d) `e` [[ 服务 [[]]"), None);
    }

    #[test]
    fn a_wiki_link_is_one_opaque_word_of_the_same_length() {
        let text = "a [[b|*中*]] **甲：**乙";
        let seen = seen(text).unwrap();
        assert_eq!(seen.len(), text.len());
        assert_eq!(seen, format!("a {} **甲中**乙", "\u{1a}".repeat("[[b|*中*]]".len())));
    }

    #[test]
    fn every_string_of_an_event_leads_back_to_what_is_written() {
        let text = "**甲：**乙 `[[a]]`\n\n> `b\n> [[c]] **甲：**乙`\n\n| x |\n|---|\n| `[[d]]\\|**甲：**乙` |\n";
        let parsed = seen(text).unwrap();
        let texts = Texts { written: text, parsed: &parsed };
        let mut shown = Vec::new();
        for (event, range) in events(&parsed) {
            if let Event::Text(piece) | Event::Code(piece) = event {
                shown.push(texts.written(&piece, &range).into_owned());
            }
        }
        assert_eq!(shown, ["甲：", "乙 ", "[[a]]", "b [[c]] **甲：**乙", "x", "[[d]]|**甲：**乙"]);
    }

    #[test]
    fn a_string_that_does_not_fit_is_shown_as_it_is() {
        let texts = Texts { written: "甲：", parsed: "甲中" };
        assert_eq!(texts.written(&CowStr::from("xyz".to_owned()), &(0..6)), "xyz");
        assert_eq!(texts.written(&CowStr::from("中".to_owned()), &(0..6)), "：");
        assert_eq!(texts.written(&CowStr::from("中".to_owned()), &(1..99)), "中");
        assert_eq!(texts.locate(&CowStr::Borrowed("elsewhere")), None);
    }
}
