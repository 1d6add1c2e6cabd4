//! A Markdown file split into front matter and prose.

use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};

/// The two parts of a file.
#[derive(Debug, PartialEq, Eq)]
pub struct Parts {
    /// The front matter, without its lines of hyphens.
    pub front: Span,
    /// The prose.
    pub body: Span,
}

/// Splits a file; a file without front matter is told.
pub fn split(file: FileId, text: &str) -> Result<Parts, Box<Diagnostic>> {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let content = &text[start..];
    let beginning = Span::new(file, start, start);
    if content.trim().is_empty() {
        let told = Diagnostic::error("file/empty", beginning, "the file is empty");
        return Err(Box::new(told.action("write front matter between two lines `---`, or remove the file")));
    }
    let first = content.split_inclusive('\n').next().unwrap_or_default();
    if first.trim_end() != "---" {
        let told = Diagnostic::error("file/no-front-matter", beginning, "the file does not begin with front matter");
        return Err(Box::new(told.action("begin with a line `---`, then the fields, then another line `---`")));
    }
    let from = start + first.len();
    let mut at = from;
    for line in text[from..].split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Ok(Parts { front: Span::new(file, from, at), body: Span::new(file, at + line.len(), text.len()) });
        }
        at += line.len();
    }
    let told =
        Diagnostic::error("file/unclosed", Span::new(file, start, start + 3), "the front matter is never closed");
    Err(Box::new(told.action("put a line `---` between the fields and the prose")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Result<(&str, &str), &'static str> {
        let of = |span: Span| &text[span.start as usize..span.end as usize];
        split(FileId(0), text).map(|parts| (of(parts.front), of(parts.body))).map_err(|told| told.name)
    }

    #[test]
    fn a_file_is_front_matter_and_prose() {
        assert_eq!(parts("---\na: 1\n---\ntext"), Ok(("a: 1\n", "text")));
        assert_eq!(parts("---\r\na: 1\r\n---\r\ntext"), Ok(("a: 1\r\n", "text")));
        assert_eq!(parts("\u{feff}---\na: 1\n---"), Ok(("a: 1\n", "")));
        assert_eq!(parts("---\n---\n"), Ok(("", "")));
    }

    #[test]
    fn what_is_missing_is_told() {
        assert_eq!(parts(""), Err("file/empty"));
        assert_eq!(parts(" \n"), Err("file/empty"));
        assert_eq!(parts("# Title\n"), Err("file/no-front-matter"));
        assert_eq!(parts("---\na: 1\ntext\n"), Err("file/unclosed"));
    }
}
