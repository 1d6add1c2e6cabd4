//! What is wrong with a piece of HTML that was made of a text: read letter by letter, as strictly as no browser does.

use std::collections::BTreeSet;

/// The elements that prose may have, and those that are never closed.
const ELEMENTS: [&str; 36] = [
    "a",
    "aside",
    "blockquote",
    "code",
    "data",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "label",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
    "b",
    "i",
];
const VOID: [&str; 4] = ["br", "hr", "img", "input"];
/// The attributes that they may have; none that runs anything.
const ATTRIBUTES: [&str; 17] = [
    "alt",
    "aria-label",
    "checked",
    "class",
    "data-item",
    "for",
    "href",
    "id",
    "loading",
    "rel",
    "role",
    "scope",
    "src",
    "start",
    "tabindex",
    "title",
    "type",
];
/// The elements in which no block may stand, because browsers close them before it.
const NO_BLOCK_WITHIN: [&str; 12] = ["p", "h1", "h2", "h3", "h4", "h5", "h6", "a", "em", "strong", "span", "label"];
const BLOCKS: [&str; 17] = [
    "aside",
    "blockquote",
    "div",
    "dl",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
    "hr",
];
const ENTITIES: [&str; 6] = ["amp;", "lt;", "gt;", "quot;", "#39;", "nbsp;"];

/// Tells the first fault of a piece of HTML.
pub fn fault(html: &str) -> Option<String> {
    let mut open: Vec<&str> = Vec::new();
    let mut ids = BTreeSet::new();
    let mut rest = html;
    loop {
        let (text, after) = rest.split_once('<').unwrap_or((rest, ""));
        if text.contains('>') || !is_escaped(text) {
            return Some(format!("{text:?} is no text"));
        }
        if text.len() == rest.len() {
            return open.pop().map(|name| format!("<{name}> is not closed"));
        }
        let Some((tag, behind)) = after.split_once('>') else { return Some(format!("<{after:.20} has no end")) };
        let fault = match tag.strip_prefix('/') {
            Some(name) => (open.pop() != Some(name)).then(|| format!("</{name}> closes another element")),
            None => fault_of_tag(tag, &mut open, &mut ids),
        };
        if fault.is_some() {
            return fault;
        }
        rest = behind;
    }
}

/// Opens an element, and tells what is wrong with it.
fn fault_of_tag<'h>(tag: &'h str, open: &mut Vec<&'h str>, ids: &mut BTreeSet<&'h str>) -> Option<String> {
    let (name, attributes) = tag.split_at(tag.find([' ', '\n']).unwrap_or(tag.len()));
    if !ELEMENTS.contains(&name) && !VOID.contains(&name) {
        return Some(format!("<{tag}> is no element of prose"));
    }
    let closed_by = |outer: &&&str| NO_BLOCK_WITHIN.contains(*outer) && BLOCKS.contains(&name);
    if let Some(outer) = open.iter().find(closed_by).or_else(|| open.iter().find(|outer| name == "a" && **outer == "a"))
    {
        return Some(format!("<{name}> cannot stand within <{outer}>"));
    }
    if !VOID.contains(&name) {
        open.push(name);
    }
    let mut rest = attributes;
    while let Some(next) = rest.strip_prefix(' ') {
        let end = next.find(['=', ' ']).unwrap_or(next.len());
        let (key, behind) = next.split_at(end);
        if !ATTRIBUTES.contains(&key) {
            return Some(format!("`{key}` is no attribute of prose: <{tag}>"));
        }
        let (value, behind) = match behind.strip_prefix("=\"") {
            Some(quoted) => match quoted.split_once('"') {
                Some(parts) => parts,
                None => return Some(format!("`{key}` is not closed: <{tag}>")),
            },
            None => ("", behind),
        };
        let is_sound = match key {
            "href" | "src" => is_escaped(value) && is_harmless(value),
            "id" => is_escaped(value) && !value.is_empty() && ids.insert(value),
            _ => is_escaped(value),
        };
        if !is_sound {
            return Some(format!("`{key}=\"{value}\"` may not stand here, or stands here twice: <{tag}>"));
        }
        rest = behind;
    }
    (!rest.is_empty()).then(|| format!("<{tag}> has something behind its attributes"))
}

/// Tells whether every `&` begins one of the few entities that are written.
fn is_escaped(text: &str) -> bool {
    text.split('&').skip(1).all(|after| ENTITIES.iter().any(|entity| after.starts_with(entity)))
}

/// Tells whether an address begins with no scheme but the few that lead to a page, a letter or a call; as a browser reads
/// it, which leaves out spaces and control characters.
fn is_harmless(value: &str) -> bool {
    let decoded = value.replace("&#39;", "'").replace("&quot;", "\"").replace("&lt;", "<").replace("&amp;", "&");
    let seen: String = decoded.chars().filter(|letter| !letter.is_control() && !letter.is_whitespace()).collect();
    let Some((scheme, _)) = seen.split_once(':') else { return true };
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+.-".contains(c));
    !is_scheme || ["http", "https", "mailto", "tel"].contains(&scheme.to_ascii_lowercase().as_str())
}
