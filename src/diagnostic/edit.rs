//! Changes that mend findings, and how a value is written at its place.
//!
//! Not here: which changes are made together, and making them (`mend`).

use crate::source::{SourceTree, Span};

/// A change of the text that mends a finding: what stands at the place is replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The place; an empty one is where something is put in.
    pub span: Span,
    /// The new text.
    pub text: String,
    /// How the text is put in.
    pub form: Form,
}

/// How the text of a change is put into the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Letter by letter.
    Text,
    /// As a value or a key that takes the place of another: with quotation marks where there were some, or where it
    /// needs them.
    Value,
}

impl Edit {
    /// Gives the letters that take the place of what is there; nothing where they cannot be put in with certainty.
    pub fn written(&self, tree: &SourceTree) -> Option<String> {
        let text = tree.text(self.span.file)?;
        let was = text.as_str().get(self.span.start as usize..self.span.end as usize)?;
        match self.form {
            Form::Text => Some(self.text.clone()),
            // What spans lines is a text with an indentation of its own, or a quotation.
            Form::Value if was.is_empty() || was.contains('\n') || !is_one_line(&self.text) => None,
            Form::Value if is_csv(&tree.file(self.span.file).path) => Some(cell(&self.text, was)),
            Form::Value => value(&self.text, was),
        }
    }
}

fn is_one_line(text: &str) -> bool {
    !text.trim().is_empty() && !text.contains(char::is_control)
}

fn is_csv(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("csv"))
}

/// Writes a cell as in RFC 4180.
fn cell(text: &str, was: &str) -> String {
    if was.starts_with('"') || text.contains([',', '"']) || text.trim() != text {
        return format!("\"{}\"", text.replace('"', "\"\""));
    }
    text.to_owned()
}

/// Writes a value of YAML in the quotation marks that were there, or in some if it needs them.
fn value(text: &str, was: &str) -> Option<String> {
    match was.chars().next()? {
        '\'' => Some(format!("'{}'", text.replace('\'', "''"))),
        '"' => Some(double_quoted(text)),
        // Texts of several lines, anchors, aliases, tags, lists and maps.
        '|' | '>' | '&' | '*' | '!' | '[' | '{' => None,
        _ if is_plain(text) => Some(text.to_owned()),
        _ => Some(double_quoted(text)),
    }
}

/// Writes a value of YAML on one line, in quotation marks if it needs some; nothing where it has several lines.
pub fn one_line(text: &str) -> Option<String> {
    is_one_line(text).then(|| value(text, "x")).flatten()
}

/// Writes a text in double quotation marks, as in YAML and JSON.
pub fn double_quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Tells whether a text needs no quotation marks, wherever in YAML it stands: within brackets, too, and as a key.
fn is_plain(text: &str) -> bool {
    let begins = |first: char| first.is_alphanumeric() || "./(€$£¥".contains(first);
    let is_word = !matches!(text.to_lowercase().as_str(), "null" | "~");
    is_word
        && text.starts_with(begins)
        && text.trim() == text
        && !text.contains([':', ',', '[', ']', '{', '}', '#', '"', '\''])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    /// Writes a value in the place of the marked one, `«old»`, and gives the whole text.
    fn written(path: &str, marked: &str, text: &str) -> Option<String> {
        let (before, rest) = marked.split_once('«').unwrap();
        let (was, after) = rest.split_once('»').unwrap();
        let tree = SourceTree::from_texts([(path, format!("{before}{was}{after}").as_str())]);
        let span = Span::new(FileId(0), before.len(), before.len() + was.len());
        let edit = Edit { span, text: text.to_owned(), form: Form::Value };
        edit.written(&tree).map(|new| format!("{before}{new}{after}"))
    }

    fn yaml(marked: &str, text: &str) -> Option<String> {
        written("a.yaml", marked, text)
    }

    #[test]
    fn a_plain_value_stays_plain_where_it_can() {
        assert_eq!(yaml("limit: «1.5h» # 很快", "90min").unwrap(), "limit: 90min # 很快");
        assert_eq!(yaml("{target: «95 percent», x: y}", "95%").unwrap(), "{target: 95%, x: y}");
        assert_eq!(yaml("«titel»: 维修", "title").unwrap(), "title: 维修");
    }

    #[test]
    fn a_new_value_stands_on_one_line() {
        assert_eq!(one_line("Nothing new").as_deref(), Some("Nothing new"));
        assert_eq!(one_line("Limits: as before").as_deref(), Some("\"Limits: as before\""));
        assert_eq!((one_line("two\nlines"), one_line(" ")), (None, None));
    }

    #[test]
    fn a_value_that_needs_quotation_marks_gets_them() {
        for (text, wanted) in [("09:00", "\"09:00\""), ("a, b", "\"a, b\""), ("null", "\"null\""), ("- x", "\"- x\"")] {
            assert_eq!(yaml("a: «x»", text).unwrap(), format!("a: {wanted}"));
        }
        assert_eq!(yaml("[«x»]", "say \"so\" \\").unwrap(), r#"["say \"so\" \\"]"#);
    }

    #[test]
    fn quotation_marks_that_were_there_stay() {
        assert_eq!(yaml("a: «\"9:00\"»", "09:00").unwrap(), "a: \"09:00\"");
        assert_eq!(yaml("a: «'90 Euro'»", "90 EUR").unwrap(), "a: '90 EUR'");
        assert_eq!(yaml("a: «'x'»", "it's").unwrap(), "a: 'it''s'");
    }

    #[test]
    fn what_spans_lines_or_is_no_single_value_is_left_alone() {
        for was in ["«\"9\n  :00\"»", "«|\n  x»", "«>»", "«[x]»", "«&a x»", "«»"] {
            assert_eq!(yaml(&format!("a: {was}"), "y"), None, "{was}");
        }
        assert_eq!(yaml("a: «x»", "two\nlines"), None);
    }

    #[test]
    fn a_cell_is_quoted_where_it_was_or_has_a_comma() {
        assert_eq!(written("r.csv", "a,«\"94,4\"»,c", "94.4").unwrap(), "a,\"94.4\",c");
        assert_eq!(written("r.csv", "a,«x»,c", "1,2").unwrap(), "a,\"1,2\",c");
        assert_eq!(written("r.CSV", "a,«9:00»,c", "09:00").unwrap(), "a,09:00,c");
    }

    #[test]
    fn a_text_is_put_in_letter_by_letter() {
        let tree = SourceTree::from_texts([("a.md", "服务")]);
        let edit = |start, end| Edit { span: Span::new(FileId(0), start, end), text: ": ".into(), form: Form::Text };
        assert_eq!(edit(3, 3).written(&tree).as_deref(), Some(": "));
        assert_eq!(edit(1, 3).written(&tree), None);
        assert_eq!(edit(0, 99).written(&tree), None);
    }
}
