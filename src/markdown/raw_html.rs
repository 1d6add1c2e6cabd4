//! HTML in a text: it is off, and the author is told what to write instead. Comments are allowed, and left out.

use std::ops::Range;

/// What to write instead of an element.
const INSTEAD: [(&str, &str); 30] = [
    ("br", r"end the line with a backslash, `\`, to break it"),
    ("b", "write `**words**` for bold words"),
    ("strong", "write `**words**` for bold words"),
    ("i", "write `*words*` for emphasis"),
    ("em", "write `*words*` for emphasis"),
    ("s", "write `~~words~~` to strike words out"),
    ("del", "write `~~words~~` to strike words out"),
    ("strike", "write `~~words~~` to strike words out"),
    ("code", "write the words between backquotes"),
    ("pre", "write a line of three backquotes before and after the text"),
    ("a", "write `[words](address)` for a link"),
    ("img", "write `![what it shows](path)` for a picture"),
    ("p", "leave an empty line between two paragraphs"),
    ("hr", "write `---` on a line of its own"),
    ("ul", "begin each line of the list with `- `"),
    ("ol", "begin each line of the list with `1. `"),
    ("li", "begin each line of the list with `- `"),
    ("dl", "write the term on a line, and `: ` before its meaning on the next"),
    ("table", "write the table with `|` between the cells"),
    ("blockquote", "begin each line of the quotation with `> `"),
    ("input", "write `- [ ] words` for a box to tick"),
    ("h1", "begin the heading with `# `"),
    ("h2", "begin the heading with `## `"),
    ("h3", "begin the heading with `### `"),
    ("h4", "begin the heading with `#### `"),
    ("script", "scripts belong in the theme"),
    ("style", "styles belong in the theme"),
    ("iframe", "write a link, `[words](address)`; what is shown from elsewhere belongs in the theme"),
    ("div", "leave it out; the arrangement of a page belongs in the theme"),
    ("span", "leave it out; the look of words belongs in the theme"),
];

/// Tells whether a piece of HTML is one comment and nothing else.
pub(super) fn is_comment(html: &str) -> bool {
    let html = html.trim();
    html.starts_with("<!--") && html.len() >= 7 && html.find("-->").is_some_and(|end| end + 3 == html.len())
}

/// Finds the first tag of a piece of HTML.
pub(super) fn first_tag(html: &str) -> Range<usize> {
    let start = html.find('<').unwrap_or(0);
    let line = html[start..].lines().next().unwrap_or("");
    start..start + line.find('>').map_or(line.trim_end().len(), |end| end + 1)
}

/// Gives the name of the element of a tag, in small letters; empty where it is no element.
pub(super) fn name(tag: &str) -> String {
    let tag = tag.trim_start_matches(['<', '/']);
    let end = tag.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(tag.len());
    tag[..end].to_ascii_lowercase()
}

/// Tells what to write instead of a tag.
pub(super) fn instead(tag: &str) -> String {
    let name = name(tag);
    match INSTEAD.iter().find(|(known, _)| *known == name) {
        Some((_, action)) => (*action).to_owned(),
        None if tag.contains('`') => r"write Markdown, or a backslash before the `<` to show it as it is".to_owned(),
        None => format!("write Markdown, or put it in backquotes to show it as it is: `` `{tag}` ``"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_is_told_from_html_behind_a_comment() {
        assert!(is_comment("<!-- todo -->\n"));
        assert!(is_comment("<!-- a\n\n<b> -->"));
        assert!(!is_comment("<!-- a --> <script>"));
        assert!(!is_comment("<!-- a --> <b> <!-- c -->"));
        assert!(!is_comment("<!-->"));
        assert!(!is_comment("<!-- open"));
    }

    #[test]
    fn the_first_tag_is_found_on_its_line() {
        assert_eq!(&"  <div class=a>\n<b>"[first_tag("  <div class=a>\n<b>")], "<div class=a>");
        assert_eq!(&"<div\n class=a>"[first_tag("<div\n class=a>")], "<div");
        assert_eq!(first_tag(""), 0..0);
    }

    #[test]
    fn each_known_element_has_its_own_advice() {
        assert!(instead("<BR/>").contains("backslash"));
        assert!(instead("</a>").contains("[words](address)"));
        assert!(instead("<name>").contains("`<name>`"));
    }
}
