//! What to say of a fault of syntax, and how to read on behind it.

use std::ops::Range;

use granit_parser::{ErrorKind, ScanError};

use super::reader::short;
use super::yaml::Fault;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::edit::double_quoted;
use crate::source::Span;

const NO_COLON: (&str, &str) = ("this line has no colon", "write `key: value`, with a space behind the colon");
const FIRST_SIGN: (&str, &str) = ("a text cannot begin with this character", "put the whole text in quotation marks");

/// Says what is wrong at a fault of syntax, in a manager's words.
pub fn explain(fault: &Fault, text: &str, base: Span) -> Diagnostic {
    let (start, end) = region(fault, text);
    let whole_line = line_without_colon(fault, text).is_some();
    let at = match sign(fault, text) {
        Some(sign) => sign,
        None if spans_lines(fault) || whole_line => start,
        None => fault.at,
    };
    let stop = text[at..].find(['\n', '\r']).map_or(text.len(), |len| at + len);
    let (message, action) = words(fault, text);
    let stop = match (whole_line, spans_lines(fault)) {
        (true, _) => stop,
        (_, true) => stop.min(end),
        _ => next_letter(text, at),
    };
    let span = base.part(at, stop);
    let told = Diagnostic::error("field/syntax", span, message).action(action);
    match second_colon(fault, text).or_else(|| wrong_colon(fault, text)) {
        Some((place, written)) => told.fix(base.part(place.start, place.end), written),
        None => told,
    }
}

/// Puts a text of one line with a colon in it into quotation marks.
fn second_colon(fault: &Fault, text: &str) -> Option<(Range<usize>, String)> {
    let is_second = matches!(fault.error.kind(), ErrorKind::MappingValueNotAllowed);
    if !is_second || spans_lines(fault) || sign(fault, text).is_some() || line_without_colon(fault, text).is_some() {
        return None;
    }
    let start = line_start(text, fault.at);
    let line = first_line(&text[start..]);
    let (key, written) = line.split_once(": ")?;
    let value = written.trim();
    let from = start + key.len() + 2 + (written.len() - written.trim_start().len());
    let next = text[start + line.len()..].lines().find(|line| !line.trim().is_empty());
    let goes_on = next.is_some_and(|next| indent(next) > indent(line));
    let is_text = value.starts_with(char::is_alphanumeric) && !value.contains(" #") && !value.ends_with(':');
    let is_key = is_word(key.trim_start().trim_start_matches("- "));
    (from <= fault.at && is_key && is_text && !goes_on).then(|| (from..from + value.len(), double_quoted(value)))
}

/// Writes `: ` for a full-width colon behind a key, and for a colon without its space.
fn wrong_colon(fault: &Fault, text: &str) -> Option<(Range<usize>, String)> {
    if spans_lines(fault) || sign(fault, text).is_some() {
        return None;
    }
    let start = match fault.error.kind() {
        ErrorKind::SimpleKeyExpected => line_start(text, fault.at),
        _ => line_without_colon(fault, text)?,
    };
    let line = first_line(&text[start..]);
    let at = line.find(['：', ':'])?;
    let colon = line[at..].chars().next().map_or(1, char::len_utf8);
    let value = line.get(at + colon..)?;
    let begin = start + at;
    let end = begin + colon + (value.len() - value.trim_start().len());
    let fits = is_word(line[..at].trim()) && !value.trim().is_empty() && !value.starts_with('/');
    fits.then(|| (begin..end, ": ".to_owned()))
}

/// Tells whether a key is one word of a handbook.
fn is_word(key: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_');
    !key.is_empty() && key.bytes().all(fits)
}

/// Gives the text with the lines at fault blanked out, every other byte at its place.
pub fn without(fault: &Fault, text: &str) -> String {
    let (start, end) = region(fault, text);
    let start = line_start(text, start);
    let depth = indent(&text[start..]);
    let mut end = text[end..].find('\n').map_or(text.len(), |len| end + len + 1);
    while end < text.len() {
        let line = text[end..].find('\n').map_or(text.len(), |len| end + len + 1);
        let inner = text[end..line].trim();
        if !inner.is_empty() && indent(&text[end..]) <= depth {
            break;
        }
        end = line;
    }
    let mut bytes = text.as_bytes().to_vec();
    for byte in &mut bytes[start..end] {
        if *byte != b'\n' {
            *byte = b' ';
        }
    }
    String::from_utf8(bytes).expect("whole lines became spaces")
}

/// Finds the bytes at fault: where a quote or a bracket was left open, from there to the line before the stop.
fn region(fault: &Fault, text: &str) -> (usize, usize) {
    if let Some(line) = line_without_colon(fault, text) {
        return (line, line);
    }
    if !spans_lines(fault) {
        return (fault.at, fault.at);
    }
    let opened = fault.open_bracket.filter(|_| !is_quote(fault)).unwrap_or_else(|| open_quote(fault, text));
    let stop = line_start(text, fault.at);
    if stop <= opened { (opened, opened) } else { (opened, stop.saturating_sub(1).max(opened)) }
}

/// Finds a line that was meant as a key and has no colon, so that the lines below it were taken for its text.
fn line_without_colon(fault: &Fault, text: &str) -> Option<usize> {
    let read = text.get(fault.read_from..fault.at)?;
    let alone = text[line_start(text, fault.read_from)..fault.read_from].trim().is_empty();
    let joined = matches!(fault.error.kind(), ErrorKind::MappingValueNotAllowed) && read.contains('\n');
    (joined && alone).then_some(fault.read_from)
}

/// Finds the sign with which the text before a fault begins, where that has a meaning of its own: `*very* cheap`.
fn sign(fault: &Fault, text: &str) -> Option<usize> {
    let line = line_start(text, fault.at);
    let is_sign = text[fault.read_from..].starts_with(['*', '&', '!']);
    (is_sign && fault.read_from >= line && fault.read_until <= fault.at && !spans_lines(fault))
        .then_some(fault.read_from)
}

/// Says what a line lacks that was meant as a key with a value.
fn without_colon(line: &str) -> (&'static str, &'static str) {
    match line.split_once(['：', ':']) {
        Some(_) if line.contains('：') => {
            ("the colon of this line is a full-width one", "write `key: value`, with `:` and a space")
        }
        Some((_, value)) if !value.is_empty() => ("there is no space behind the colon", NO_COLON.1),
        _ => NO_COLON,
    }
}

/// Tells whether the fault began before the line at which the parser stopped.
fn spans_lines(fault: &Fault) -> bool {
    is_quote(fault) || fault.open_bracket.is_some()
}

/// Tells whether the parser stopped because of a tab.
pub fn is_tab(error: &ScanError) -> bool {
    matches!(
        error.kind(),
        ErrorKind::TabNotAllowed
            | ErrorKind::TabInBlockIndentation
            | ErrorKind::TabInIndentation
            | ErrorKind::TabInPlainScalar
            | ErrorKind::TabAtBlockScalarStart
    )
}

fn is_quote(fault: &Fault) -> bool {
    matches!(fault.error.kind(), ErrorKind::InvalidQuotedScalarIndent | ErrorKind::UnclosedQuotedScalar)
}

/// Finds the quote that was left open: the first one behind what could be read.
fn open_quote(fault: &Fault, text: &str) -> usize {
    let from = fault.read_until.min(fault.at);
    text[from..].find(['"', '\'']).map_or(fault.at, |len| from + len).min(fault.at)
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |found| found + 1)
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

fn indent(line: &str) -> usize {
    line.bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count()
}

fn next_letter(text: &str, at: usize) -> usize {
    text[at..].chars().next().filter(|letter| *letter != '\n').map_or(at, |letter| at + letter.len_utf8())
}

fn words(fault: &Fault, text: &str) -> (String, String) {
    if is_quote(fault) {
        return (
            "a quotation mark is opened here and never closed".into(),
            "put the same mark at the end of the text".into(),
        );
    }
    if let Some(at) = fault.open_bracket {
        return bracket_words(fault, text, at);
    }
    let (message, action) = match fault.error.kind() {
        _ if sign(fault, text).is_some() => FIRST_SIGN,
        _ if line_without_colon(fault, text).is_some() => without_colon(first_line(&text[fault.read_from..])),
        ErrorKind::MappingValueNotAllowed => return colon_words(fault, text),
        _ if is_tab(&fault.error) => ("there is a tab here", "indent with spaces, two for each step"),
        ErrorKind::UnexpectedCharacter { .. }
        | ErrorKind::MissingAnchorOrAliasName
        | ErrorKind::UnknownAnchor
        | ErrorKind::UndeclaredTagHandle
        | ErrorKind::InvalidTagTerminator
        | ErrorKind::PlainScalarStartsWithDashFlowIndicator => FIRST_SIGN,
        ErrorKind::SimpleKeyExpected => without_colon(first_line(&text[line_start(text, fault.at)..])),
        ErrorKind::InvalidBlockScalarHeader | ErrorKind::ZeroBlockScalarIndent => (
            "a text that begins with `|` or `>` begins on the next line",
            "begin it there, or put the whole text in quotation marks",
        ),
        ErrorKind::MissingDocumentEndBeforeDirective
        | ErrorKind::DirectiveDisallowed
        | ErrorKind::MissingDirectiveName
        | ErrorKind::InvalidDirectiveName => ("a line cannot begin with `%`", "put the whole text in quotation marks"),
        ErrorKind::RecursionLimitExceeded => {
            ("too many lists or groups stand within each other", "take some of them out")
        }
        ErrorKind::BomInsideDocument => ("an invisible mark (U+FEFF) stands here", "remove it"),
        ErrorKind::InvalidTrailingDoubleQuotedScalar | ErrorKind::InvalidTrailingSingleQuotedScalar => (
            "there is more text behind the closing quotation mark",
            "put the whole text in one pair of quotation marks",
        ),
        ErrorKind::CommentNotSeparated => {
            ("`#` stands right behind a bracket or a quote", "put the whole text in quotation marks")
        }
        ErrorKind::UnknownQuotedScalarEscape => {
            ("this backslash means nothing here", "write `\\\\` for a backslash, or use single quotes")
        }
        ErrorKind::ExpectedBlockMappingKey | ErrorKind::ExpectedBlockSequenceEntry | ErrorKind::InvalidIndentation => {
            ("this line does not line up with the lines above", "indent it as far as its neighbours")
        }
        ErrorKind::MisplacedFlowCollectionEnd => ("a bracket is closed here that was never opened", "remove it"),
        ErrorKind::BlockSequenceEntryNotAllowed => {
            ("a list item cannot begin behind a key", "begin the list on the next line, or write `[a, b]`")
        }
        _ => return (format!("this cannot be read: {}", plain(fault)), "compare it with the lines around it".into()),
    };
    (message.into(), action.into())
}

fn colon_words(fault: &Fault, text: &str) -> (String, String) {
    let start = line_start(text, fault.at);
    let line = text[start..].lines().next().unwrap_or_default().trim();
    match line.split_once(": ").filter(|_| text[start..fault.at].contains(": ")) {
        Some((key, value)) => {
            let (key, value) = (key.trim_start_matches("- "), short(value.trim()));
            let action = format!("put the text in quotation marks: `{key}: \"{value}\"`");
            ("there is a second colon in this line".into(), action)
        }
        None => (
            "this line does not line up with the lines above".into(),
            "indent it as far as its neighbours, with spaces".into(),
        ),
    }
}

fn bracket_words(fault: &Fault, text: &str, at: usize) -> (String, String) {
    let (open, close) = if text[at..].starts_with('[') { ('[', ']') } else { ('{', '}') };
    if matches!(fault.error.kind(), ErrorKind::CommentNotSeparated) || text[at..].starts_with("[[") {
        return (
            "a text that begins with `[` is taken for a list".into(),
            "put the whole text in quotation marks".into(),
        );
    }
    if line_start(text, at) == line_start(text, fault.at)
        && text[at..].lines().next().is_some_and(|line| line.contains(close))
    {
        return (
            format!("something between `{open}` and `{close}` cannot be read"),
            "separate the parts by commas, and put a text with `: ` or `,` in quotation marks".into(),
        );
    }
    (format!("`{open}` is opened here and never closed"), format!("put `{close}` at the end"))
}

/// Gives the parser's own words without the place, which is shown anyway.
fn plain(fault: &Fault) -> String {
    let said = fault.error.to_string();
    said.split(" at char ").next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Place;
    use crate::fields::yaml;
    use crate::source::{FileId, Span};

    fn told(text: &str) -> Vec<(usize, String)> {
        let document = yaml::read(text, Span::new(FileId(0), 0, text.len()));
        let start = |place: &Place| match place {
            Place::At(span) => span.start as usize,
            Place::Outside { .. } => panic!(),
        };
        document.diagnostics.into_iter().map(|found| (start(&found.place), found.message)).collect()
    }

    #[test]
    fn a_quote_left_open_is_told_where_it_was_opened() {
        assert_eq!(told("a: x\nb: \"open\nc: y\n"), [(8, "a quotation mark is opened here and never closed".into())]);
    }

    #[test]
    fn a_bracket_left_open_is_told_where_it_was_opened() {
        assert_eq!(told("a: [1, 2\nb: 3\n"), [(3, "`[` is opened here and never closed".into())]);
        assert_eq!(told("a: {x: 1\nb: 3\n"), [(3, "`{` is opened here and never closed".into())]);
    }

    #[test]
    fn a_reference_at_the_beginning_of_a_text_wants_quotes() {
        assert_eq!(told("a: [[#limit]] at most\n")[0].1, "a text that begins with `[` is taken for a list");
    }

    #[test]
    fn a_second_colon_and_a_wrong_indent_are_told_apart() {
        assert_eq!(told("a: b: c\n")[0].1, "there is a second colon in this line");
        assert_eq!(told("a: 1\n  b: 2\n")[0].1, "this line does not line up with the lines above");
    }

    #[test]
    fn a_line_without_a_sound_colon_is_told_what_it_lacks() {
        assert_eq!(told("a: 1\nb：2\nc: 3\n"), [(5, "the colon of this line is a full-width one".into())]);
        assert_eq!(told("a: 1\nb:2\nc: 3\n"), [(5, "there is no space behind the colon".into())]);
        assert_eq!(told("a: 1\nb 2\nc: 3\n"), [(5, "this line has no colon".into())]);
    }

    #[test]
    fn a_text_that_begins_with_a_sign_is_told_at_the_sign() {
        assert_eq!(told("a: *very* cheap\nb: x\n"), [(3, "a text cannot begin with this character".into())]);
    }

    #[test]
    fn a_key_without_a_colon_takes_what_is_below_it_along() {
        assert_eq!(told("standards\n  one:\n    limit: 3bd\ntitle: x\n").len(), 1);
    }

    /// Makes the changes of all faults in a text.
    fn mended(text: &str) -> String {
        let tree = crate::source::SourceTree::from_texts([("a.yaml", text)]);
        let document = yaml::read(text, Span::new(FileId(0), 0, text.len()));
        crate::mend::mend(&document.diagnostics, &tree).texts.remove(&FileId(0)).unwrap_or_else(|| text.to_owned())
    }

    #[test]
    fn a_text_of_one_line_with_a_colon_can_be_put_in_quotation_marks() {
        assert_eq!(mended("a: 1\r\nb: 维修: say \"so\"\r\n"), "a: 1\r\nb: \"维修: say \\\"so\\\"\"\r\n");
        assert_eq!(mended("- b: c: d\n"), "- b: \"c: d\"\n");
        for text in ["b: c: d # e\n", "b: c: d\n  e\n", "b: [c: d]: e\n", "a: 1\n  b: 2\n", "b: c:\n  d: e\n"] {
            assert_eq!(mended(text), text);
        }
    }

    #[test]
    fn a_colon_behind_a_key_can_be_put_right() {
        assert_eq!(mended("a: 1\nb：2\nc: 3\n"), "a: 1\nb: 2\nc: 3\n");
        assert_eq!(mended("a: 1\nb:2 # x\nc: 3\n"), "a: 1\nb: 2 # x\nc: 3\n");
        for text in ["a: 1\nhttp://x\nc: 3\n", "a: 1\nb 2\nc: 3\n", "a: 1\nSay so：x\nc: 3\n"] {
            assert_eq!(mended(text), text);
        }
    }
}
