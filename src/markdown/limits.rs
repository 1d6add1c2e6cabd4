//! How much of a text is read: a bound on length and on depth, so that no text can hang or overflow the parser.

use super::fault::ProseFault;
use crate::source::Span;

/// The longest text that is read, in bytes; a page of a handbook has a few thousand.
pub(super) const MOST_BYTES: usize = 1 << 20;
/// The most signs of quotes and lists at the beginning of one line.
pub(super) const MOST_DEPTH: usize = 100;

/// Gives how many bytes of a text are read, and what is wrong where that is not all of it.
pub(super) fn readable(text: &str, base: Span) -> (usize, Option<ProseFault>) {
    let mut end = text.floor_char_boundary(MOST_BYTES);
    let mut fault = (end < text.len()).then(|| {
        let message = format!("the text is longer than {MOST_BYTES} bytes; the rest is left out");
        ProseFault::new(base.part(end, text.len()), message, "split it into several pages")
    });
    let mut start = 0;
    for line in text[..end].split_inclusive('\n') {
        if let Some(signs) = too_deep(line.as_bytes()) {
            end = start;
            let message = format!("more than {MOST_DEPTH} quotes or lists within each other; the rest is left out");
            fault =
                Some(ProseFault::new(base.part(start, start + signs), message, "write fewer signs before the text"));
            break;
        }
        start += line.len();
    }
    (end, fault)
}

/// Gives the length of a line's opening signs where there are too many.
fn too_deep(line: &[u8]) -> Option<usize> {
    let (mut depth, mut at) = (0, 0);
    while let Some(byte) = line.get(at) {
        match byte {
            b' ' | b'\t' => {}
            b'>' => depth += 1,
            b'-' | b'*' | b'+' | b':' | b'.' | b')' if is_blank(line.get(at + 1)) => depth += 1,
            b'0'..=b'9' => {}
            _ => break,
        }
        at += 1;
    }
    (depth > MOST_DEPTH).then_some(at)
}

fn is_blank(byte: Option<&u8>) -> bool {
    byte.is_none_or(u8::is_ascii_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn read(text: &str) -> (usize, Option<ProseFault>) {
        readable(text, Span::new(FileId(0), 1000, 1000 + text.len()))
    }

    #[test]
    fn an_ordinary_text_is_read_whole() {
        let text = "> > a\n\n- - 1. b\n\n---------------\n* * * * * * *\n";
        assert_eq!(read(text), (text.len(), None));
    }

    #[test]
    fn reading_stops_before_the_line_that_is_too_deep() {
        for signs in [">".repeat(101), "- ".repeat(101), "1. ".repeat(101), "> - ".repeat(51)] {
            let (end, fault) = read(&format!("a\n\n{signs}b\n\nc\n"));
            assert_eq!(end, 3, "{signs}");
            assert_eq!(fault.unwrap().span, Span::new(FileId(0), 1003, 1003 + signs.len()));
        }
        assert_eq!(read(&">".repeat(100)).1, None);
    }

    #[test]
    fn a_long_text_ends_between_two_characters() {
        let text = "中".repeat(MOST_BYTES / 3 + 9);
        let (end, fault) = read(&text);
        assert_eq!(end, MOST_BYTES / 3 * 3);
        assert_eq!(fault.unwrap().span.start as usize, 1000 + end);
    }
}
