//! Which thing and which field a place belongs to: by that a finding is known when lines move.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Place};
use crate::fields::node::{Node, NodeKind};
use crate::fields::yaml;
use crate::model::kind::Kind;
use crate::parse::front_matter;
use crate::source::{FileId, SourceTree, Span};
use crate::triage::baseline::Key;

/// What a place belongs to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Whereabouts {
    /// The kind of thing; none for the settings, results, and what is no thing.
    pub kind: Option<Kind>,
    /// The whole id of the thing, or else the path of the file.
    pub id: String,
    /// The field within the thing, with points; `text` for prose, with the language of a translation behind a colon.
    pub field: String,
}

impl Whereabouts {
    /// Names the thing with its kind: `standards/repair/turnaround`.
    pub fn thing(&self) -> String {
        self.kind.map_or_else(|| self.id.clone(), |kind| format!("{}/{}", kind.folder(), self.id))
    }
}

/// Finds whereabouts, and remembers the files that it has taken apart.
pub struct Map<'a> {
    tree: &'a SourceTree,
    tags: Vec<String>,
    files: BTreeMap<FileId, File>,
}

/// A file taken apart.
struct File {
    kind: Option<Kind>,
    id: String,
    /// The language of a translation, with its colon.
    language: String,
    root: Option<Node>,
    body: Option<Span>,
    is_register: bool,
    is_table: bool,
}

impl<'a> Map<'a> {
    /// Makes an empty map; `tags` are the handbook's languages.
    pub fn of(tree: &'a SourceTree, tags: &[String]) -> Self {
        Self { tree, tags: tags.to_vec(), files: BTreeMap::new() }
    }

    /// Gives the key by which a finding is known.
    pub fn key(&mut self, told: &Diagnostic) -> Key {
        let found = self.find(&told.place);
        Key { check: told.name.to_owned(), thing: found.thing(), field: found.field }
    }

    /// Finds what a place belongs to.
    pub fn find(&mut self, place: &Place) -> Whereabouts {
        match place {
            Place::Outside { path, .. } => Whereabouts { kind: None, id: path.to_string(), field: String::new() },
            Place::At(span) => {
                let (tree, tags) = (self.tree, &self.tags);
                let file = self.files.entry(span.file).or_insert_with(|| File::read(span.file, tree, tags));
                file.find(*span, tree)
            }
        }
    }
}

impl File {
    fn read(id: FileId, tree: &SourceTree, tags: &[String]) -> Self {
        let path = tree.file(id).path.to_string();
        let text = tree.text(id).map_or("", |text| text.as_str());
        let whole = Span::new(id, 0, text.len());
        let (folder, rest) = path.split_once('/').unwrap_or(("", &path));
        let is_register = folder == "registers" && !rest.contains('/');
        let kind = Kind::of_folder(if is_register { rest.trim_end_matches(".yaml") } else { folder });
        let name = rest.trim_end_matches(".md");
        let language = tags.iter().skip(1).find(|tag| name.ends_with(&format!(".{tag}")));
        let language = language.map(|tag| format!(":{tag}")).unwrap_or_default();
        let thing = name[..name.len() - language.len()].to_owned();
        let read = |part: Span| yaml::read(&text[part.start as usize..part.end as usize], part).root;
        let (root, body) = if path.ends_with(".yaml") {
            (Some(read(whole)), None)
        } else {
            let parts = front_matter::split(id, text).ok().filter(|_| path.ends_with(".md"));
            parts.map_or((None, None), |parts| (Some(read(parts.front)), Some(parts.body)))
        };
        let is_table = path.ends_with(".csv");
        let id = if kind.is_some() && !is_register { thing } else { path };
        Self { kind, id, language, root, body, is_register, is_table }
    }

    fn find(&self, span: Span, tree: &SourceTree) -> Whereabouts {
        let whole =
            |field: String| Whereabouts { kind: self.kind.filter(|_| !self.is_register), id: self.id.clone(), field };
        if self.is_table {
            return whole(line_of(span, tree));
        }
        if self.body.is_some_and(|body| span.start >= body.start) {
            return whole(format!("text{}", self.language));
        }
        let mut path = Vec::new();
        if let Some(root) = &self.root {
            walk(root, span.start, &mut path);
        }
        let field = |path: &[&str]| {
            let field = path.join(".");
            if field.is_empty() { field } else { format!("{field}{}", self.language) }
        };
        match (self.kind, path.as_slice()) {
            (Some(kind), [id, rest @ ..]) if self.is_register => {
                Whereabouts { kind: Some(kind), id: (*id).to_owned(), field: field(rest) }
            }
            (Some(Kind::Service), [table, inner, rest @ ..]) => {
                match Kind::of_folder(table).filter(|kind| kind.is_within_service()) {
                    Some(kind) => {
                        Whereabouts { kind: Some(kind), id: format!("{}/{inner}", self.id), field: field(rest) }
                    }
                    None => whole(field(&path)),
                }
            }
            _ => whole(field(&path)),
        }
    }
}

/// Gives the first cells of a line of a table, which name it: period, standard and channel, or a date.
fn line_of(span: Span, tree: &SourceTree) -> String {
    let Some(text) = tree.text(span.file) else { return String::new() };
    let line = text.line(text.place(span.start as usize).line);
    let cells = text.as_str().get(line).unwrap_or_default().split(',').take(3);
    cells.map(str::trim).collect::<Vec<_>>().join(",")
}

/// Collects the keys on the way down to a place.
fn walk<'n>(node: &'n Node, at: u32, path: &mut Vec<&'n str>) {
    match &node.kind {
        NodeKind::Map(entries) => {
            let reaches = |entry: &&crate::fields::node::Entry| entry.key_span.start <= at;
            let Some(entry) = entries.iter().rev().find(reaches) else { return };
            let end = entry.value.span.end.max(entry.key_span.end);
            if at <= end {
                path.push(&entry.key);
                if at >= entry.value.span.start {
                    walk(&entry.value, at, path);
                }
            }
        }
        NodeKind::List(items) => {
            if let Some(item) = items.iter().rev().find(|item| item.span.start <= at) {
                walk(item, at, path);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(path: &str, text: &str, place: &Place) -> Whereabouts {
        let tree = SourceTree::from_texts([(path, text)]);
        Map::of(&tree, &["en".to_owned(), "de".to_owned()]).find(place)
    }

    fn found(path: &str, text: &str, words: &str) -> String {
        let at = text.find(words).unwrap();
        let span = Span::new(FileId(0), at, at + words.len());
        let found = find(path, text, &Place::At(span));
        format!("{} {}", found.thing(), found.field)
    }

    const SERVICE: &str = "---\ntitle: Repair\nstandards:\n  turnaround:\n    limit: 3bd\n    breach:\n      - {at: 70%, tell: lead}\nreview: {last: 2026-01-01}\n---\nProse 5 days\n";

    #[test]
    fn a_place_in_a_service_belongs_to_its_standard_or_to_the_service() {
        let found = |words: &str| found("services/repair/out.md", SERVICE, words);
        assert_eq!(found("3bd"), "standards/repair/out/turnaround limit");
        assert_eq!(found("turnaround"), "standards/repair/out/turnaround ");
        assert_eq!(found("70%"), "standards/repair/out/turnaround breach.at");
        assert_eq!(found("2026"), "services/repair/out review.last");
        assert_eq!(found("5 days"), "services/repair/out text");
        assert_eq!(found("---"), "services/repair/out ");
    }

    #[test]
    fn a_translation_is_the_same_thing_with_its_language() {
        assert_eq!(found("services/repair.de.md", SERVICE, "Repair"), "services/repair title:de");
        assert_eq!(found("services/repair.de.md", SERVICE, "5 days"), "services/repair text:de");
    }

    #[test]
    fn registers_settings_and_tables_have_their_own_names() {
        assert_eq!(found("registers/roles.yaml", "desk:\n  title: {en: D}\n", "D}"), "roles/desk title.en");
        assert_eq!(found("handbook.yaml", "buffer: 20%\n", "20%"), "handbook.yaml buffer");
        let table = "period,standard,channel,met\n2026-01,repair/a,phone,4\n";
        assert_eq!(found("results/a.csv", table, "4"), "results/a.csv 2026-01,repair/a,phone");
        assert_eq!(found("pages/x/y.md", "no front matter", "front"), "pages/x/y ");
    }

    #[test]
    fn what_is_outside_is_named_by_its_path() {
        let outside = find("a.md", "", &Place::whole("themes/x"));
        assert_eq!((outside.thing(), outside.field), ("themes/x".into(), String::new()));
    }
}
