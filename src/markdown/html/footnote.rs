//! Footnotes: a number in the text, the notes in order of their numbers below, and the way back.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::Writer;
use crate::markdown::escape;
use crate::markdown::prose::Section;

/// The footnotes of the part that is being written.
pub(super) struct Footnotes {
    /// What their ids begin with, up to the number.
    stem: String,
    /// The labels in the order in which they are cited, and how often.
    cited: Vec<(String, usize)>,
    numbers: BTreeMap<String, usize>,
    /// What each note says.
    texts: BTreeMap<String, String>,
    /// The notes that are open, with what was written before them.
    open: Vec<(String, String)>,
}

impl Footnotes {
    /// Makes a part without notes, whose ids shall be those of no section: a section may be called "Note 1".
    pub(super) fn new(prefix: &str, sections: &[Section]) -> Self {
        let mut stem = format!("{prefix}note");
        let is_numbered = |rest: &str| rest.starts_with('-') && rest[1..].starts_with(|c: char| c.is_ascii_digit());
        while sections.iter().any(|section| section.slug.strip_prefix(&stem).is_some_and(is_numbered)) {
            stem.push('-');
        }
        Self { stem, cited: Vec::new(), numbers: BTreeMap::new(), texts: BTreeMap::new(), open: Vec::new() }
    }
}

impl Writer<'_> {
    pub(super) fn footnote_reference(&mut self, label: &str) {
        if self.picture.is_some() {
            return;
        }
        if !self.notes.open.is_empty() {
            return self.escaped(&format!("[^{label}]"));
        }
        let next = self.notes.cited.len() + 1;
        let number = *self.notes.numbers.entry(label.to_owned()).or_insert(next);
        if number == next {
            self.notes.cited.push((label.to_owned(), 0));
        }
        let id = self.note_id(number);
        let times = self.notes.cited.get_mut(number - 1).map_or(1, |(_, times)| {
            *times += 1;
            *times
        });
        let mut html =
            format!("<sup class=\"note-ref\"><a href=\"#{id}\" id=\"{id}-{times}\" role=\"doc-noteref\" aria-label=\"");
        escape::text(&mut html, &self.rendering.labels.footnote);
        // Writing to a string cannot fail.
        let _ = write!(html, " {number}\">{number}</a></sup>");
        // A line break before or after a number is decided by the words around it.
        self.element(&html);
    }

    fn note_id(&self, number: usize) -> String {
        let mut id = String::new();
        escape::text(&mut id, &self.notes.stem);
        id.push_str(&format!("-{number}"));
        id
    }

    pub(super) fn start_footnote(&mut self, label: &str) {
        let before = std::mem::take(&mut self.out);
        self.notes.open.push((label.to_owned(), before));
        self.flow.restart();
    }

    pub(super) fn end_footnote(&mut self) {
        self.end_label();
        self.flow.restart();
        if let Some((label, before)) = self.notes.open.pop() {
            let text = std::mem::replace(&mut self.out, before);
            self.notes.texts.entry(label).or_insert(text);
        }
    }

    /// Writes the notes that are cited.
    pub(super) fn write_footnotes(&mut self) {
        let cited = std::mem::take(&mut self.notes.cited);
        if cited.is_empty() {
            return;
        }
        self.out.push_str("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"");
        escape::text(&mut self.out, &self.rendering.labels.footnotes);
        self.out.push_str("\"><ol>\n");
        for (n, (label, times)) in cited.iter().enumerate() {
            let text = self.notes.texts.remove(label).unwrap_or_default();
            let text = text.trim_end();
            // The way back belongs to the last line.
            let (text, end) = text.strip_suffix("</p>").map_or((text, ""), |text| (text, "</p>"));
            self.out.push_str(&format!("<li id=\"{}\">{text}", self.note_id(n + 1)));
            self.write_ways_back(n + 1, *times);
            self.out.push_str(end);
            self.out.push_str("</li>\n");
        }
        self.out.push_str("</ol></section>\n");
    }

    fn write_ways_back(&mut self, number: usize, times: usize) {
        let id = self.note_id(number);
        for time in 1..=times {
            self.out.push_str(&format!(" <a href=\"#{id}-{time}\" role=\"doc-backlink\" aria-label=\""));
            escape::text(&mut self.out, &self.rendering.labels.back);
            self.out.push_str(&format!(" {number}\"></a>"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::html_of;

    #[test]
    fn notes_are_numbered_as_they_are_cited_with_a_way_back_for_each_citation() {
        let html = html_of("a[^x] b[^y] c[^x]\n\n[^y]: Why.\n\n[^x]: One.\n\n    - two\n\n[^z]: Never cited.\n");
        let mark = |n: u8, time: u8| {
            format!(
                "<sup class=\"note-ref\"><a href=\"#p-note-{n}\" id=\"p-note-{n}-{time}\" role=\"doc-noteref\" aria-label=\"Footnote {n}\">{n}</a></sup>"
            )
        };
        let back = |n: u8, time: u8| {
            format!(" <a href=\"#p-note-{n}-{time}\" role=\"doc-backlink\" aria-label=\"Back to {n}\"></a>")
        };
        let expected = format!(
            "<p>a{} b{} c{}</p>\n<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Footnotes\"><ol>\n\
             <li id=\"p-note-1\"><p>One.</p>\n<ul>\n<li>two</li>\n</ul>{}{}</li>\n\
             <li id=\"p-note-2\"><p>Why.{}</p></li>\n</ol></section>\n",
            mark(1, 1),
            mark(2, 1),
            mark(1, 2),
            back(1, 1),
            back(1, 2),
            back(2, 1),
        );
        assert_eq!(html, expected);
    }

    #[test]
    fn a_note_never_has_the_anchor_of_a_section() {
        let html = html_of("# P note 1\n\n# X {#p-note--2}\n\na[^x]\n\n[^x]: b\n");
        assert!(html.starts_with("<h2 id=\"p-note-1\">"), "{html}");
        assert!(html.contains("href=\"#p-note---1\" id=\"p-note---1-1\""), "{html}");
        assert!(html.contains("<li id=\"p-note---1\"><p>b <a href=\"#p-note---1-1\""), "{html}");
        assert!(html_of("# P notes\n\na[^x]\n\n[^x]: b\n").contains("<li id=\"p-note-1\">"));
    }

    #[test]
    fn a_text_without_citations_has_no_list_of_notes() {
        assert_eq!(html_of("a\n\n[^1]: b\n"), "<p>a</p>\n");
        assert_eq!(html_of("a[^gone]\n"), "<p>a[^gone]</p>\n");
    }

    #[test]
    fn a_citation_within_a_note_is_shown_as_it_is_written() {
        let html = html_of("a[^1]\n\n[^1]: b[^2]\n\n[^2]: c\n");
        assert!(html.contains("<p>b[^2] <a"), "{html}");
        assert!(!html.contains("note-2"), "{html}");
    }

    #[test]
    fn a_citation_does_not_split_chinese_lines() {
        assert!(html_of("服务[^1]\n标准\n\n[^1]: b\n").contains("</sup>标准</p>"));
    }
}
