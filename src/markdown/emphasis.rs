//! Emphasis next to Chinese, Japanese and Korean characters.
//!
//! `**时限：**三天` is not bold by CommonMark (0.31.2, 6.2): the closing stars stand between a punctuation mark and a
//! letter, which is how emphasis opens where words have spaces. The parser decides by the class of the two neighbours,
//! so it is shown neighbours of one class: a character is replaced by another one of the same length in bytes, places
//! stay, and what is written out is always the original. Repairing the events afterwards would be too late, as a run
//! that cannot close has often been paired with a wrong one by then.

use std::ops::Range;

use super::east_asian::is_east_asian;
use super::wiki::is_escaped;

/// A character that the parser shall see in place of the written one, of the same length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stand {
    pub(super) at: usize,
    pub(super) seen: &'static str,
}

/// A character beside a run of `*` or `~`.
#[derive(Clone, Copy)]
struct Neighbour {
    at: usize,
    written: char,
    is_sign: bool,
    /// Whether another character stands for it already.
    is_replaced: bool,
}

/// Finds the characters beside `*` and `~~` that keep emphasis from opening or closing as a Chinese author means it.
pub(super) fn stands(text: &str) -> Vec<Stand> {
    let mut stands: Vec<Stand> = Vec::new();
    let mut at = 0;
    while let Some(run) = next_run(text, at) {
        at = run.end;
        let (Some(mut before), Some(mut after)) = (before(text, run.start), after(text, run.end)) else { continue };
        if let Some(last) = stands.last().filter(|last| last.at == before.at) {
            before = Neighbour { is_sign: last.seen != letter(last.seen.len()), is_replaced: true, ..before };
        }
        if is_east_asian(before.written) || is_east_asian(after.written) {
            after.is_replaced = false;
            stands.extend(of_one_class(text, before, after));
        }
    }
    stands
}

/// Finds the next run of stars or of two tildes that has a neighbour beyond ASCII.
fn next_run(text: &str, mut from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    loop {
        let mut start = from + bytes.get(from..)?.iter().position(|byte| matches!(byte, b'*' | b'~'))?;
        let sign = bytes[start];
        let end = start + bytes[start..].iter().take_while(|byte| **byte == sign).count();
        let near_others =
            [start.wrapping_sub(1), end].iter().any(|at| bytes.get(*at).is_some_and(|byte| !byte.is_ascii()));
        if near_others && !(sign == b'~' && end - start == 1) {
            start += usize::from(is_escaped(bytes, start));
            if start < end {
                return Some(start..end);
            }
        }
        from = end;
    }
}

fn before(text: &str, at: usize) -> Option<Neighbour> {
    let written = text[..at].chars().next_back()?;
    neighbour(at - written.len_utf8(), written)
}

fn after(text: &str, at: usize) -> Option<Neighbour> {
    neighbour(at, text[at..].chars().next()?)
}

fn neighbour(at: usize, written: char) -> Option<Neighbour> {
    let is_sign = if written.is_ascii() { written.is_ascii_punctuation() } else { !written.is_alphanumeric() };
    (!written.is_whitespace()).then_some(Neighbour { at, written, is_sign, is_replaced: false })
}

/// Between two letters, and between two signs, a run both opens and closes.
fn of_one_class(text: &str, before: Neighbour, after: Neighbour) -> Option<Stand> {
    if before.is_sign == after.is_sign {
        return None;
    }
    let (sign, other) = if before.is_sign { (before, after) } else { (after, before) };
    if !sign.is_replaced && !is_markup(text, sign, before.is_sign) {
        return Some(Stand { at: sign.at, seen: letter(sign.written.len_utf8()) });
    }
    let seen = punctuation(other.written.len_utf8())?;
    (!other.is_replaced && is_east_asian(other.written)).then_some(Stand { at: other.at, seen })
}

/// Tells whether a sign may belong to other markup, so that it must stay.
fn is_markup(text: &str, sign: Neighbour, is_before: bool) -> bool {
    match sign.written {
        '%' | '.' | ',' | ':' | '?' | '+' => is_escaped(text.as_bytes(), sign.at),
        '!' => !is_before || is_escaped(text.as_bytes(), sign.at),
        '(' => is_before,
        other => other.is_ascii(),
    }
}

fn letter(length: usize) -> &'static str {
    ["", "x", "é", "中", "𠀀"].get(length).copied().unwrap_or("")
}

fn punctuation(length: usize) -> Option<&'static str> {
    match length {
        3 => Some("。"),
        4 => Some("\u{10100}"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text as the parser sees it.
    fn seen(text: &str) -> String {
        let mut bytes = text.as_bytes().to_vec();
        for Stand { at, seen } in stands(text) {
            bytes[at..at + seen.len()].copy_from_slice(seen.as_bytes());
        }
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_chinese_sign_beside_a_run_is_seen_as_a_letter() {
        assert_eq!(seen("**甲：**乙"), "**甲中**乙");
        assert_eq!(seen("甲**“乙”**丙"), "甲**中乙中**丙");
        assert_eq!(seen("甲~~·乙。~~丙"), "甲~~é乙中~~丙");
        assert_eq!(seen("甲*🎉*乙"), "甲*𠀀*乙");
    }

    #[test]
    fn a_sign_that_may_be_markup_stays_and_its_neighbour_is_seen_as_a_sign() {
        assert_eq!(seen("**[a](b)**乙"), "**[a](b)**。");
        assert_eq!(seen("甲**`a`**𠀀"), "。**`a`**\u{10100}");
        assert_eq!(seen(r"**\%**乙"), r"**\%**。");
        assert_eq!(seen("**95%**乙"), "**95x**乙");
        assert_eq!(seen("甲**(a)**乙"), "甲**xa)**。");
        assert_eq!(seen("甲**![a](b)"), "。**![a](b)");
    }

    #[test]
    fn a_character_between_two_runs_keeps_what_it_was_seen_as_first() {
        assert_eq!(seen("`a`**乙**丙"), "`a`**。**。");
        assert_eq!(seen("`a`**乙**5"), "`a`**。**5");
    }

    #[test]
    fn what_needs_no_mending_is_left_alone() {
        for text in [
            "**甲** 乙",
            "甲 **：乙**",
            "**a:**b",
            "**é”**b",
            "甲~乙：~丙",
            "* 甲",
            "__甲：__乙",
            r"甲：\*乙",
            "**",
            "甲*",
        ] {
            assert_eq!(stands(text), [], "{text}");
        }
    }

    #[test]
    fn every_character_is_replaced_by_one_of_its_length() {
        let text = "**甲：**乙**é**·**丙“**`x`**𠀀**🎉**[a]**한**(b)**·";
        for Stand { at, seen } in stands(text) {
            assert_eq!(text[at..].chars().next().unwrap().len_utf8(), seen.len());
        }
        assert!(stands(text).is_sorted_by_key(|stand| stand.at));
    }
}
