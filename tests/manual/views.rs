//! `docs/view.md`: what templates are given, out of the doc comments of the structs that are given.

use std::collections::BTreeSet;
use std::fs;

use crate::document::{hold, root};

/// A struct that templates see.
struct View {
    name: String,
    about: String,
    fields: Vec<Field>,
}

/// One field of it; `within` means that its own fields stand in its place.
struct Field {
    name: String,
    about: String,
    of: String,
    within: bool,
}

#[test]
fn contract_with_themes_is_that_of_the_code() {
    hold("docs/view.md", &["views".to_owned()], |name| (name == "views").then(all_views));
}

fn all_views() -> String {
    let files = sources();
    let names: BTreeSet<String> = files.iter().flat_map(|(_, text)| views(text)).map(|view| view.name).collect();
    let mut made = String::new();
    for (file, text) in &files {
        let views = views(text);
        if views.is_empty() {
            continue;
        }
        made.push_str(&format!("## {file}\n\n{}\n\n", head(text)));
        for view in views {
            assert!(!view.about.is_empty(), "{file}: `{}` has no comment", view.name);
            made.push_str(&format!("### {}\n\n{}\n\n| field | is | meaning |\n|---|---|---|\n", view.name, view.about));
            for field in view.fields {
                let name = if field.within { "(all of)".to_owned() } else { format!("`{}`", field.name) };
                made.push_str(&format!("| {name} | {} | {} |\n", shown(&field.of, &names), field.about));
            }
            made.push('\n');
        }
    }
    made
}

/// What every template sees comes first.
const FIRST: [&str; 3] = ["view/site", "pages", "view/html"];

/// Gives the files whose structs are serialised, by a title: the room of views, and what pages add to them.
fn sources() -> Vec<(String, String)> {
    let mut files = Vec::new();
    for folder in ["pages", "view"] {
        let mut paths: Vec<_> =
            fs::read_dir(root().join("src").join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        for path in paths {
            let stem = path.file_stem().unwrap().to_str().unwrap();
            let title = if stem == "mod" { folder.to_owned() } else { format!("{folder}/{stem}") };
            files.push((title, fs::read_to_string(&path).unwrap()));
        }
    }
    files.sort_by_key(|(title, _)| FIRST.iter().position(|first| first == title).unwrap_or(FIRST.len()));
    files
}

/// Gives the first sentence of a file's own comment.
fn head(text: &str) -> String {
    let line = text.lines().next().and_then(|line| line.strip_prefix("//! ")).unwrap_or_default();
    format!("{}.", line.split(". ").next().unwrap_or(line).trim_end_matches('.'))
}

/// Reads the structs of a file that derive `Serialize`.
fn views(text: &str) -> Vec<View> {
    let mut views = Vec::new();
    let (mut about, mut serialised, mut within) = (Vec::new(), false, false);
    let mut open: Option<View> = None;
    for line in text.lines().map(str::trim) {
        if let Some(comment) = line.strip_prefix("///") {
            about.push(comment.trim());
        } else if line.starts_with("#[derive(") {
            serialised = line.contains("Serialize");
        } else if line.starts_with("#[serde(flatten") {
            within = true;
        } else if line.starts_with("#[") {
        } else if let Some(view) = &mut open {
            if line == "}" {
                views.extend(open.take());
            } else if let Some((name, of)) = line.trim_end_matches(',').split_once(": ") {
                let name = name.trim_start_matches("pub ").to_owned();
                view.fields.push(Field { name, about: about.join(" "), of: of.to_owned(), within });
            }
            (about, within) = (Vec::new(), false);
        } else {
            let name = line.trim_start_matches("pub ").strip_prefix("struct ").and_then(|rest| rest.strip_suffix(" {"));
            if let Some(name) = name.filter(|_| serialised) {
                let name = name.split('<').next().unwrap_or(name).to_owned();
                open = Some(View { name, about: about.join(" "), fields: Vec::new() });
            }
            (about, serialised) = (Vec::new(), false);
        }
    }
    views
}

/// Says what a type is, in the words of somebody who writes templates.
fn shown(of: &str, names: &BTreeSet<String>) -> String {
    let inner = |outer: &str| of.strip_prefix(outer)?.strip_prefix('<')?.strip_suffix('>');
    if let Some(inner) = inner("Vec") {
        return format!("list of: {}", shown(inner, names));
    }
    if let Some(inner) = inner("Option") {
        return format!("{}, or nothing", shown(inner, names));
    }
    let last = of.rsplit("::").next().unwrap_or(of);
    match last {
        "Html" => "markup".into(),
        "String" | "&'static str" | "char" => "text".into(),
        "bool" => "true or false".into(),
        "T" | "Value" => "anything".into(),
        _ if names.contains(last) => format!("[{last}](#{})", last.to_lowercase()),
        _ if last.len() <= 5 && last.starts_with(['u', 'i']) => "number".into(),
        _ => format!("`{last}`").replace('|', "\\|"),
    }
}

#[test]
fn struct_is_read_with_its_fields_and_their_comments() {
    let text = "/// A plate.\n#[derive(Debug, Serialize)]\npub struct Plate {\n    /// Its words.\n    pub text: Html,\n    \
                /// Links.\n    pub to: Vec<Link>,\n}\n\n/// No view.\npub struct Other {\n    x: u8,\n}\n";
    let views = views(text);
    assert_eq!((views.len(), views[0].name.as_str(), views[0].about.as_str()), (1, "Plate", "A plate."));
    assert_eq!((views[0].fields[1].name.as_str(), views[0].fields[1].about.as_str()), ("to", "Links."));
    let names = BTreeSet::from(["Link".to_owned()]);
    assert_eq!(shown("Vec<Link>", &names), "list of: [Link](#link)");
    assert_eq!(shown("Option<super::html::Html>", &names), "markup, or nothing");
}
