//! Placeholders: `{owner}` in a text, and what takes its place.
//!
//! Not here: plural forms (`plural`), and which value goes where (the callers).

use std::borrow::Cow;
use std::collections::BTreeSet;

/// Replaces each placeholder by its value; one without a value stays as it is, so that a reader sees what is missing.
///
/// A value is put in as it is: braces in it are no placeholders.
pub fn fill<'v>(pattern: &str, value: impl Fn(&str) -> Option<Cow<'v, str>>) -> String {
    let mut filled = String::with_capacity(pattern.len());
    for piece in Pieces(pattern) {
        match piece {
            Piece::Text(text) => filled.push_str(text),
            Piece::Placeholder { name, whole } => filled.push_str(value(name).as_deref().unwrap_or(whole)),
        }
    }
    filled
}

/// Lists the placeholders of a text by their names, without braces.
pub fn placeholders(pattern: &str) -> BTreeSet<&str> {
    let name = |piece| match piece {
        Piece::Placeholder { name, .. } => Some(name),
        Piece::Text(_) => None,
    };
    Pieces(pattern).filter_map(name).collect()
}

enum Piece<'p> {
    Text(&'p str),
    Placeholder { name: &'p str, whole: &'p str },
}

/// The pieces of a pattern that are still to come.
struct Pieces<'p>(&'p str);

impl<'p> Iterator for Pieces<'p> {
    type Item = Piece<'p>;

    fn next(&mut self) -> Option<Piece<'p>> {
        if self.0.is_empty() {
            return None;
        }
        let piece = match placeholder_at_start(self.0) {
            Some((name, whole)) => Piece::Placeholder { name, whole },
            None => Piece::Text(text_at_start(self.0)),
        };
        let length = match piece {
            Piece::Text(text) => text.len(),
            Piece::Placeholder { whole, .. } => whole.len(),
        };
        self.0 = self.0.get(length..).unwrap_or_default();
        Some(piece)
    }
}

fn placeholder_at_start(text: &str) -> Option<(&str, &str)> {
    let (name, _) = text.strip_prefix('{')?.split_once('}')?;
    let named = !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    named.then(|| (name, text.get(..name.len() + 2).unwrap_or(text)))
}

/// Gives the text up to the next brace, a brace at the start included.
fn text_at_start(text: &str) -> &str {
    let next = text.char_indices().skip(1).find(|(_, c)| *c == '{');
    next.and_then(|(at, _)| text.get(..at)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(pattern: &str) -> String {
        fill(pattern, |name| match name {
            "who" => Some("Mara {who}".into()),
            "empty" => Some("".into()),
            _ => None,
        })
    }

    #[test]
    fn a_placeholder_gives_way_to_its_value() {
        assert_eq!(filled("Ask {who}."), "Ask Mara {who}.");
        assert_eq!(filled("{who}{who}"), "Mara {who}Mara {who}");
        assert_eq!(filled("由{who}负责"), "由Mara {who}负责");
        assert_eq!(filled("a{empty}b"), "ab");
    }

    #[test]
    fn what_has_no_value_stays_visible() {
        assert_eq!(filled("Ask {whom}, then {who}"), "Ask {whom}, then Mara {who}");
    }

    #[test]
    fn braces_that_hold_no_name_are_text() {
        for text in ["", "{", "}", "{}", "{ who }", "{WHO}", "a { b } c", "{{", "{谁}", "{who", "who}", "{a b}"] {
            assert_eq!(filled(text), text);
            assert!(placeholders(text).is_empty(), "{text}");
        }
        assert_eq!(filled("{{who}}"), "{Mara {who}}");
        assert_eq!(filled("{a {who}"), "{a Mara {who}");
    }

    #[test]
    fn placeholders_are_listed_once_each() {
        assert_eq!(placeholders("{n} of {total}, {n} late {no name}").into_iter().collect::<Vec<_>>(), ["n", "total"]);
    }
}
