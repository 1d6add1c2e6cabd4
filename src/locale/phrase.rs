//! Placeholders: `{owner}` in a text, `{duration:dative}` in a language with cases, and what takes their place.
//!
//! Not here: plural forms (`plural`), and which value goes where (the callers).

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::case::Case;

/// Replaces each placeholder by its value; one without a value stays as it is, so that a reader sees what is missing.
///
/// A value is put in as it is: braces in it are no placeholders.
pub fn fill<'v>(pattern: &str, value: impl Fn(&str, Case) -> Option<Cow<'v, str>>) -> String {
    let mut filled = String::with_capacity(pattern.len());
    for piece in Pieces(pattern) {
        match piece {
            Piece::Text(text) => filled.push_str(text),
            Piece::Placeholder { name, case, whole } => filled.push_str(value(name, case).as_deref().unwrap_or(whole)),
        }
    }
    filled
}

/// Lists the placeholders of a text by their names, without braces and cases.
pub fn placeholders(pattern: &str) -> BTreeSet<&str> {
    let name = |piece| match piece {
        Piece::Placeholder { name, .. } => Some(name),
        Piece::Text(_) => None,
    };
    Pieces(pattern).filter_map(name).collect()
}

enum Piece<'p> {
    Text(&'p str),
    Placeholder { name: &'p str, case: Case, whole: &'p str },
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
            Some(placeholder) => placeholder,
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

fn placeholder_at_start(text: &str) -> Option<Piece<'_>> {
    let (inside, _) = text.strip_prefix('{')?.split_once('}')?;
    let whole = text.get(..inside.len() + 2)?;
    let (name, case) = match inside.split_once(':') {
        Some((name, case)) => (name, Case::parse(case)?),
        None => (inside, Case::Nominative),
    };
    let named = !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    named.then_some(Piece::Placeholder { name, case, whole })
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
        fill(pattern, |name, case| match name {
            "who" => Some("Mara {who}".into()),
            "case" => Some(case.name().into()),
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
        for text in [
            "",
            "{",
            "}",
            "{}",
            "{ who }",
            "{WHO}",
            "a { b } c",
            "{{",
            "{谁}",
            "{who",
            "who}",
            "{a b}",
            "{a:}",
            "{:dative}",
            "{a:b}",
        ] {
            assert_eq!(filled(text), text);
            assert!(placeholders(text).is_empty(), "{text}");
        }
        assert_eq!(filled("{{who}}"), "{Mara {who}}");
        assert_eq!(filled("{a {who}"), "{a Mara {who}");
    }

    #[test]
    fn a_placeholder_may_ask_for_a_case() {
        assert_eq!(filled("{case:dative} {case}"), "dative nominative");
        assert_eq!(filled("{who:genitive}, {whom:dative}"), "Mara {who}, {whom:dative}");
    }

    #[test]
    fn placeholders_are_listed_once_each() {
        assert_eq!(
            placeholders("{n} of {total:dative}, {n} late {no name}").into_iter().collect::<Vec<_>>(),
            ["n", "total"]
        );
    }
}
