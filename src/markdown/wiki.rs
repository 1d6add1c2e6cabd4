//! Wiki links, `[[target#value:case|words]]`: found, and written in short texts. Prose uses the same scanner.
//!
//! Not here: what a target is, and whether it is there.

use super::escape;
use super::fault::ProseFault;
use super::resolve::{self, Resolver};
use crate::source::{Span, Spanned};

/// A reference that a text holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WikiLink {
    /// The whole, from `[[` to `]]`.
    pub span: Span,
    /// What stands before `#` and `|`; empty in `[[#limit]]`, which means the thing itself.
    pub target: Spanned<String>,
    /// The value to be printed: `limit` in `#limit`.
    pub value: Option<Spanned<String>>,
    /// The grammatical case of the value: `dative` in `#limit:dative`.
    pub case: Option<Spanned<String>>,
    /// The words that the author gives it, after `|`.
    pub words: Option<String>,
    /// Whether it cites evidence, as `[[@id]]` does.
    pub evidence: bool,
}

impl WikiLink {
    /// Gives the words as far as the text alone tells them: the author's, or what the link names.
    pub fn as_written(&self) -> String {
        match (&self.words, &self.value) {
            (Some(words), _) => words.clone(),
            (None, Some(value)) => format!("{}#{}", self.target.value, value.value),
            (None, None) => self.target.value.clone(),
        }
    }
}

/// Finds the wiki links of a short text, in which nothing else is markup; `base` is where the text stands.
///
/// `\[[` stands for the two characters. A malformed link is a fault and stays in the text as it is.
pub fn parse_all(text: &str, base: Span) -> (Vec<WikiLink>, Vec<ProseFault>) {
    let (mut links, mut faults) = (Vec::new(), Vec::new());
    for candidate in candidates(text, base) {
        match candidate.found {
            Ok(link) => links.push(link),
            Err(fault) => faults.push(fault),
        }
    }
    (links, faults)
}

/// Writes a short text as HTML: its wiki links are resolved, everything else is escaped.
pub fn html(text: &str, resolver: &dyn Resolver) -> String {
    let mut html = String::with_capacity(text.len() + 16);
    pieces(text, |piece| match piece {
        Piece::Text(text) => escape::text(&mut html, text),
        Piece::Link(link) => resolve::write_html(&mut html, &resolver.wiki(link)),
    });
    html
}

/// Writes a short text without markup: each wiki link as the words that a reader sees.
pub fn plain(text: &str, resolver: &dyn Resolver) -> String {
    let mut plain = String::with_capacity(text.len());
    pieces(text, |piece| match piece {
        Piece::Text(text) => plain.push_str(text),
        Piece::Link(link) => plain.push_str(&resolve::text_of(&resolver.wiki(link))),
    });
    plain
}

enum Piece<'a> {
    Text(&'a str),
    Link(&'a WikiLink),
}

fn pieces(text: &str, mut use_piece: impl FnMut(Piece<'_>)) {
    let mut done = 0;
    let nowhere = Span::new(crate::source::FileId(0), 0, text.len());
    for candidate in candidates(text, nowhere) {
        if let Ok(link) = &candidate.found {
            unescaped(&text[done..candidate.start], &mut use_piece);
            use_piece(Piece::Link(link));
            done = candidate.end;
        }
    }
    unescaped(&text[done..], &mut use_piece);
}

fn unescaped(text: &str, use_piece: &mut impl FnMut(Piece<'_>)) {
    for (n, piece) in text.split("\\[[").enumerate() {
        if n > 0 {
            use_piece(Piece::Text("[["));
        }
        use_piece(Piece::Text(piece));
    }
}

/// Something that opens with `[[`: a link, or what is wrong with it. The range is local to the text.
pub(super) struct Candidate {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) found: Result<WikiLink, ProseFault>,
}

/// Finds everything that looks like a wiki link, in the order of the text.
pub(super) fn candidates(text: &str, base: Span) -> Vec<Candidate> {
    let bytes = text.as_bytes();
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(start) = text.get(at..).and_then(|rest| rest.find("[[")).map(|ahead| at + ahead) {
        if is_escaped(bytes, start) {
            at = start + 2;
        } else if bytes.get(start + 2) == Some(&b'[') {
            at = start + 1;
        } else {
            let candidate = read_at(text, start, base);
            at = candidate.end;
            found.push(candidate);
        }
    }
    found
}

/// Tells whether an odd number of backslashes stands before a place.
pub(super) fn is_escaped(bytes: &[u8], at: usize) -> bool {
    bytes[..at].iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1
}

fn read_at(text: &str, start: usize, base: Span) -> Candidate {
    let bytes = text.as_bytes();
    let mut at = start + 2;
    while at < bytes.len() && !matches!(bytes[at], b'\n' | b'\r') {
        if bytes[at..].starts_with(b"]]") {
            return Candidate { start, end: at + 2, found: Inside { text, base }.read(start, at) };
        }
        if matches!(bytes[at], b'[' | b']' | b'`') {
            break;
        }
        at += 1;
    }
    let fault = ProseFault::new(
        base.part(start, start + 2),
        "`[[` is not closed by `]]`",
        r"close it on the same line, with no bracket or backquote within, or write `\[[` to show the two characters",
    );
    Candidate { start, end: start + 2, found: Err(fault) }
}

/// The text whose link is read; ranges are local to it.
struct Inside<'a> {
    text: &'a str,
    base: Span,
}

impl Inside<'_> {
    fn read(&self, start: usize, close: usize) -> Result<WikiLink, ProseFault> {
        let whole = self.base.part(start, close + 2);
        let bar = self.find(start + 2, close, '|');
        let words = bar.map(|bar| self.text[bar + 1..close].trim().replace("\\|", "|"));
        // Within a table the bar is written `\|`.
        let head_end = bar.map_or(close, |bar| if self.text[..bar].ends_with('\\') { bar - 1 } else { bar });
        let hash = self.find(start + 2, head_end, '#');
        let colon = hash.and_then(|hash| self.find(hash + 1, head_end, ':'));
        let mut target = self.spanned(start + 2, hash.unwrap_or(head_end));
        let evidence = target.value.starts_with('@');
        if evidence {
            target = self.spanned(self.local(&target) + 1, hash.unwrap_or(head_end));
        }
        let value = hash.map(|hash| self.spanned(hash + 1, colon.unwrap_or(head_end)));
        let case = colon.map(|colon| self.spanned(colon + 1, head_end));
        let link = WikiLink { span: whole, target, value, case, words, evidence };
        fault_of(&link).map_or(Ok(link), Err)
    }

    fn find(&self, start: usize, end: usize, sign: char) -> Option<usize> {
        self.text[start..end].find(sign).map(|ahead| start + ahead)
    }

    /// Where a value begins in the text.
    fn local(&self, part: &Spanned<String>) -> usize {
        part.span.start.saturating_sub(self.base.start) as usize
    }

    fn spanned(&self, start: usize, end: usize) -> Spanned<String> {
        let written = &self.text[start..end];
        let start = start + written.len() - written.trim_start().len();
        let value = written.trim();
        Spanned { value: value.to_owned(), span: self.base.part(start, start + value.len()) }
    }
}

fn fault_of(link: &WikiLink) -> Option<ProseFault> {
    let is_empty = |part: &Option<Spanned<String>>| part.as_ref().is_some_and(|part| part.value.is_empty());
    let (message, action) = if is_empty(&link.value) {
        ("nothing stands after `#` in this wiki link", "name the value, such as `#limit`, or leave out the `#`")
    } else if is_empty(&link.case) {
        ("nothing stands after `:` in this wiki link", "name the case, such as `:dative`, or leave out the `:`")
    } else if link.words.as_ref().is_some_and(String::is_empty) {
        ("nothing stands after `|` in this wiki link", "write the words to be shown, or leave out the `|`")
    } else if link.evidence && link.value.is_some() {
        ("evidence has no value to print", "write `[[@id]]` without the `#`")
    } else if link.target.value.is_empty() && (link.evidence || link.value.is_none()) {
        ("this wiki link names nothing", "write the id of what it refers to, such as `[[repair/turnaround]]`")
    } else {
        return None;
    };
    Some(ProseFault::new(link.span, message, action))
}

#[cfg(test)]
mod tests {
    use super::super::html::tests::Site;
    use super::*;
    use crate::source::FileId;

    fn parse(text: &str) -> (Vec<WikiLink>, Vec<ProseFault>) {
        parse_all(text, Span::new(FileId(1), 40, 40 + text.len()))
    }

    fn link(text: &str) -> WikiLink {
        let (mut links, faults) = parse(text);
        assert_eq!((links.len(), faults.len()), (1, 0), "{text}: {faults:?}");
        links.remove(0)
    }

    fn parts(text: &str) -> (String, Option<String>, Option<String>, Option<String>, bool) {
        let link = link(text);
        let value = |part: Option<Spanned<String>>| part.map(|part| part.value);
        (link.target.value, value(link.value), value(link.case), link.words, link.evidence)
    }

    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn a_link_is_taken_apart() {
        assert_eq!(parts("[[repair/turnaround]]"), ("repair/turnaround".into(), None, None, None, false));
        assert_eq!(parts("[[a#limit]]"), ("a".into(), some("limit"), None, None, false));
        assert_eq!(parts("[[#limit:dative]]"), (String::new(), some("limit"), some("dative"), None, false));
        assert_eq!(parts("[[a#b:c|our words]]"), ("a".into(), some("b"), some("c"), some("our words"), false));
        assert_eq!(parts("[[@tarp-first-contact]]"), ("tarp-first-contact".into(), None, None, None, true));
        assert_eq!(parts("[[ 服务 | 我们的 ]]"), ("服务".into(), None, None, some("我们的"), false));
        assert_eq!(parts("[[a|b | c: #1]]"), ("a".into(), None, None, some("b | c: #1"), false));
    }

    #[test]
    fn the_bar_may_be_escaped_as_tables_want_it() {
        assert_eq!(parts(r"[[a#b\|words \| more]]"), ("a".into(), some("b"), None, some("words | more"), false));
    }

    #[test]
    fn each_part_has_its_place_in_the_file() {
        let text = "服务 [[ @a ]] [[b # limit : dative |x]]";
        let (links, _) = parse(text);
        let at = |span: Span| &text[span.start as usize - 40..span.end as usize - 40];
        assert_eq!(at(links[0].span), "[[ @a ]]");
        assert_eq!(at(links[0].target.span), "a");
        assert_eq!(at(links[1].target.span), "b");
        assert_eq!(at(links[1].value.as_ref().unwrap().span), "limit");
        assert_eq!(at(links[1].case.as_ref().unwrap().span), "dative");
    }

    #[test]
    fn brackets_around_a_link_are_text() {
        assert_eq!(link("[[[a]]]").span, Span::new(FileId(1), 41, 46));
        assert_eq!(parse("a[0] [b] []] [ [c] ]"), (vec![], vec![]));
    }

    #[test]
    fn a_backslash_makes_it_text_unless_it_is_escaped_itself() {
        assert_eq!(parse(r"\[[a]]"), (vec![], vec![]));
        assert_eq!(parse(r"\\[[a]]").0.len(), 1);
        assert_eq!(parse(r"\[[a]] [[b]]").0[0].target.value, "b");
    }

    #[test]
    fn what_is_malformed_is_told_at_its_characters() {
        let cases = [
            ("x [[]]", "[[]]"),
            ("[[|words]]", "[[|words]]"),
            ("[[a|]]", "[[a|]]"),
            ("[[a#]]", "[[a#]]"),
            ("[[#]]", "[[#]]"),
            ("[[a#b:]]", "[[a#b:]]"),
            ("[[@]]", "[[@]]"),
            ("[[@a#b]]", "[[@a#b]]"),
            ("服 [[a", "[["),
            ("[[a\nb]]", "[["),
            ("[[a `b]]", "[["),
            ("[[a] b]]", "[["),
            ("[[", "[["),
        ];
        for (text, expected) in cases {
            let (links, faults) = parse(text);
            assert_eq!((links.len(), faults.len()), (0, 1), "{text}");
            let span = faults[0].span;
            assert_eq!(&text[span.start as usize - 40..span.end as usize - 40], expected, "{text}");
        }
    }

    #[test]
    fn an_open_link_does_not_swallow_the_next() {
        let (links, faults) = parse("[[a and [[b]]");
        assert_eq!(links[0].target.value, "b");
        assert_eq!(faults[0].span, Span::new(FileId(1), 40, 42));
    }

    #[test]
    fn a_short_text_is_escaped_and_only_its_wiki_links_are_markup() {
        assert_eq!(
            html(r"*Ready* in [[#limit]] & <b>, see [[a|A & B]], [[gone]] or \[[x]].", &Site),
            "*Ready* in <data>10&nbsp;days</data> &amp; &lt;b&gt;, see <a href=\"/a/\">A &amp; B</a>, \
             <span class=\"broken\">gone</span> or [[x]]."
        );
    }

    #[test]
    fn a_short_text_without_markup_has_the_words_that_are_seen() {
        assert_eq!(
            plain(r"Ready in [[#limit]] & <b>, see [[a|A & B]], [[gone]], \[[x]] [[]].", &Site),
            "Ready in 10\u{a0}days & <b>, see A & B, gone, [[x]] [[]]."
        );
    }
}
