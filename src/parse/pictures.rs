//! Drawings that would do more than be looked at: SVG is XML, and may run scripts and load from elsewhere.
//!
//! Within a page a browser keeps them still; opened by itself, such a file runs with the rights of the site.

use std::collections::BTreeMap;

use roxmltree::{Attribute, Document, Node, NodeType, ParsingOptions};

use crate::diagnostic::{Diagnostic, Place};
use crate::source::{Content, FileId, SourceTree};

/// The most elements and pieces of text that a drawing may have.
const MOST_NODES: u32 = 500_000;
/// Elements that run something, or bring in another document.
const ACTIVE: [&str; 8] = ["script", "foreignObject", "iframe", "embed", "object", "audio", "video", "handler"];
/// Attributes that hold an address.
const ADDRESSES: [&str; 2] = ["href", "src"];
/// What addresses begin with that run something.
const RUN: [&str; 4] = ["javascript:", "vbscript:", "data:text/", "data:image/svg"];

/// Tells of drawings that are no SVG, run something or load from elsewhere; `prefix` is the path of the content folder.
pub fn tell_unsafe(
    tree: &SourceTree,
    prefix: &str,
    pictures: &BTreeMap<String, FileId>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for (path, file) in pictures {
        let Content::Bytes(bytes) = &tree.file(*file).content else { continue };
        if path.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("svg")) {
            diagnostics.extend(fault(&format!("{prefix}{path}"), bytes));
        }
    }
}

/// The first fault of a drawing.
fn fault(path: &str, bytes: &[u8]) -> Option<Diagnostic> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        let told = Diagnostic::error("picture/broken", Place::whole(path), "the drawing is not written in UTF-8");
        return Some(told.action("export it again as SVG"));
    };
    let options = ParsingOptions { allow_dtd: true, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let drawing = match Document::parse_with_options(text, options) {
        Ok(drawing) => drawing,
        Err(error) => {
            let at = error.pos();
            let place = place(path, text, at.row, at.col);
            let told = Diagnostic::error("picture/broken", place, "the drawing cannot be read as SVG");
            return Some(told.action("export it again as SVG"));
        }
    };
    let (at, message) = drawing.descendants().find_map(|node| does(&node))?;
    let at = drawing.text_pos_at(at);
    let told = Diagnostic::error("picture/unsafe", place(path, text, at.row, at.col), message);
    Some(told.action("remove that, or export the drawing as a plain SVG or PNG"))
}

/// What a part of a drawing does besides being looked at, with its place in the text.
fn does(node: &Node<'_, '_>) -> Option<(usize, String)> {
    match node.node_type() {
        NodeType::PI => {
            let target = node.pi().map(|pi| pi.target).filter(|target| target.starts_with("xml-stylesheet"))?;
            Some((node.range().start, format!("the drawing loads a style with `<?{target}`")))
        }
        NodeType::Element => {
            let name = node.tag_name().name();
            if ACTIVE.contains(&name) {
                return Some((node.range().start, format!("the drawing has `<{name}>`, which is not for looking at")));
            }
            node.attributes().find_map(|attribute| Some((attribute.range().start, runs(name, &attribute)?)))
        }
        NodeType::Text if node.parent().is_some_and(|parent| parent.tag_name().name() == "style") => {
            Some((node.range().start, loads(node.text()?)?))
        }
        _ => None,
    }
}

fn runs(element: &str, attribute: &Attribute<'_, '_>) -> Option<String> {
    let (name, value) = (attribute.name(), attribute.value());
    if name.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("on")) {
        return Some(format!("the drawing runs something with `{name}`"));
    }
    let value: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let value = value.to_ascii_lowercase();
    if let Some(scheme) = RUN.iter().find(|scheme| value.starts_with(**scheme)) {
        return Some(format!("the drawing has an address that begins with `{scheme}`"));
    }
    let from_elsewhere = value.starts_with("//") || value.starts_with("http:") || value.starts_with("https:");
    match ADDRESSES.contains(&name) {
        // A link is followed by who reads it, and nothing is loaded before.
        true => (from_elsewhere && element != "a").then(|| format!("the drawing's `<{element}>` loads from elsewhere")),
        false => loads(&value),
    }
}

/// What a style loads from elsewhere.
fn loads(style: &str) -> Option<String> {
    if !style.contains(['(', '@']) {
        return None;
    }
    let style: String =
        style.to_ascii_lowercase().chars().filter(|c| !c.is_whitespace() && !"'\"".contains(*c)).collect();
    let from_elsewhere = style.split("url(").skip(1).any(|rest| !rest.starts_with('#') && !rest.starts_with("data:"));
    (from_elsewhere || style.contains("@import")).then(|| "the drawing's style loads from elsewhere".to_owned())
}

fn place(path: &str, text: &str, line: u32, column: u32) -> Place {
    let number = |number: u32| usize::try_from(number).unwrap_or_default();
    Place::Outside { path: path.into(), line: number(line), column: number(column), text: Some(text.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: &str =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 9 9\">";

    /// What is said of a drawing, with its line and column; empty where nothing is.
    fn told(text: &str) -> String {
        let Some(told) = fault("content/pictures/x.svg", text.as_bytes()) else { return String::new() };
        let Place::Outside { line, column, .. } = told.place else {
            panic!("a drawing is outside the handbook's text")
        };
        format!("{} {line}:{column} {}", told.name, told.message)
    }

    fn inside(parts: &str) -> String {
        told(&format!("{START}\n{parts}</svg>"))
    }

    #[test]
    fn drawings_that_are_only_looked_at_are_not_told() {
        for parts in [
            "<rect width=\"9\" height=\"9\" fill=\"url(#fade)\" style=\"fill: url('#fade')\"/>",
            "<a href=\"https://example.org/\"><text>more: here</text></a>",
            "<use xlink:href=\"#part\"/><image href=\"data:image/png;base64,AAAA\"/>",
            "<style>text { font: 9px sans-serif }</style><title>on time</title>",
            "<g opacity=\"1\" id=\"one\"/>",
        ] {
            assert_eq!(inside(parts), "", "{parts}");
        }
        let declared =
            "<?xml version=\"1.0\"?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/x.dtd\">\n";
        assert_eq!(told(&format!("{declared}{START}</svg>")), "");
    }

    #[test]
    fn what_runs_or_loads_is_told_at_its_place() {
        for (parts, message) in [
            ("<script>alert(1)</script>", "2:1 the drawing has `<script>`, which is not for looking at"),
            ("<g><foreignObject/></g>", "2:4 the drawing has `<foreignObject>`, which is not for looking at"),
            ("<g onclick=\"x()\"/>", "2:4 the drawing runs something with `onclick`"),
            ("<a href=\" java\nscript:x\"/>", "2:4 the drawing has an address that begins with `javascript:`"),
            ("<set to=\"JavaScript:x\"/>", "2:6 the drawing has an address that begins with `javascript:`"),
            (
                "<use href=\"data:image/svg+xml,x\"/>",
                "2:6 the drawing has an address that begins with `data:image/svg`",
            ),
            ("<image href=\"https://example.org/x.png\"/>", "2:8 the drawing's `<image>` loads from elsewhere"),
            ("<use xlink:href=\"//example.org/x\"/>", "2:6 the drawing's `<use>` loads from elsewhere"),
            ("<g fill=\"url( 'x.svg#a' )\"/>", "2:4 the drawing's style loads from elsewhere"),
            ("<style>@import 'x'</style>", "2:8 the drawing's style loads from elsewhere"),
            ("<?xml-stylesheet href=\"x\"?>", "2:1 the drawing loads a style with `<?xml-stylesheet`"),
        ] {
            assert_eq!(inside(parts), format!("picture/unsafe {message}"), "{parts}");
        }
    }

    #[test]
    fn what_is_no_drawing_is_told() {
        assert_eq!(told("<svg><g></svg>"), "picture/broken 1:9 the drawing cannot be read as SVG");
        assert_eq!(told(""), "picture/broken 1:1 the drawing cannot be read as SVG");
        let latin = fault("x.svg", b"<svg>\xe4</svg>").unwrap();
        assert_eq!((latin.name, latin.message.as_str()), ("picture/broken", "the drawing is not written in UTF-8"));
    }

    #[test]
    fn entities_that_grow_without_end_are_told() {
        let mut declared = "<!DOCTYPE svg [<!ENTITY a \"aaaaaaaaaa\">".to_owned();
        for (name, before) in
            ["b", "c", "d", "e", "f", "g", "h", "i"].iter().zip(["a", "b", "c", "d", "e", "f", "g", "h"])
        {
            declared.push_str(&format!("<!ENTITY {name} \"{}\">", format!("&{before};").repeat(10)));
        }
        assert!(told(&format!("{declared}]>\n<svg>&i;</svg>")).starts_with("picture/broken"));
    }
}
