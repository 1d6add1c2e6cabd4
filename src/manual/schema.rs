//! JSON Schema (2020-12) of a kind of file, for editors: fields, words and values as they are decoded, and the handbook's
//! own ids where a reference is wanted.
//!
//! Fields that are wanted only under a condition, and what follows from two fields, are for `check` to tell.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::checks::catalogue::changeable_names;
use crate::config::Config;
use crate::fields::record::Record;
use crate::fields::shape::{Field, Need, RecordShape, Shape};
use crate::model::checklist::Checklist;
use crate::model::handbook::Handbook;
use crate::model::kind::Kind;
use crate::model::page::Page;
use crate::model::playbook::Playbook;
use crate::model::registers::{Calendar, Channel, Evidence, Factor, Role, Term};
use crate::model::service::Service;

/// A file of which there is a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Described {
    /// The settings.
    Settings,
    /// A document, or a register, of a kind.
    Of(Kind),
}

/// The folder of the schemas, below the root.
pub const FOLDER: &str = ".pledgebook/schemas";

/// All files of which there is a schema.
pub const ALL: [Described; 11] = [
    Described::Settings,
    Described::Of(Kind::Service),
    Described::Of(Kind::Playbook),
    Described::Of(Kind::Checklist),
    Described::Of(Kind::Page),
    Described::Of(Kind::Role),
    Described::Of(Kind::Channel),
    Described::Of(Kind::Calendar),
    Described::Of(Kind::Factor),
    Described::Of(Kind::Term),
    Described::Of(Kind::Evidence),
];

impl Described {
    /// Gives its name on the command line, which is also that of its file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Settings => "handbook",
            Self::Of(Kind::Evidence) => "evidence",
            Self::Of(kind) => kind.word(),
        }
    }

    /// Finds one by its name, or by the folder of its kind.
    pub fn named(name: &str) -> Option<Self> {
        let is_it = |it: &Self| it.name() == name || matches!(it, Self::Of(kind) if kind.folder() == name);
        ALL.into_iter().find(is_it)
    }

    /// Gives what describes a file of the handbook, by its path below the content folder; nothing for a translation.
    pub fn of_path(path: &str) -> Option<Self> {
        if path == crate::parse::SETTINGS {
            return Some(Self::Settings);
        }
        let (folder, rest) = path.split_once('/')?;
        let is_translation = rest.strip_suffix(".md").is_some_and(|stem| stem.contains('.'));
        let kind = match folder {
            "registers" => Kind::of_folder(rest.strip_suffix(".yaml")?)?,
            _ if rest.ends_with(".md") && !is_translation => Kind::of_folder(folder)?,
            _ => return None,
        };
        Some(Self::Of(kind)).filter(|it| ALL.contains(it))
    }
}

/// Gives the line by which an editor finds the schema of a file, by its path below the root; nothing for a file without one.
pub fn modeline(prefix: &str, path: &str) -> Option<String> {
    let described = Described::of_path(path)?;
    let up = "../".repeat(prefix.matches('/').count() + path.matches('/').count());
    Some(format!("# yaml-language-server: $schema={up}{FOLDER}/{}.json", described.name()))
}

/// Writes the schema of a file.
pub fn schema(described: Described, handbook: &Handbook) -> Value {
    let in_register = match described {
        Described::Settings => true,
        Described::Of(kind) => !matches!(kind, Kind::Service | Kind::Playbook | Kind::Checklist | Kind::Page),
    };
    let mut writer = Writer { handbook, by_language: in_register, records: BTreeMap::new() };
    let shape = fields(described);
    let root = writer.record(shape);
    let body = match (described, in_register) {
        (Described::Of(_), true) => table(root),
        _ => root,
    };
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": shape.what,
        "$defs": writer.records,
    });
    if let (Some(whole), Value::Object(body)) = (schema.as_object_mut(), body) {
        whole.extend(body);
    }
    schema
}

fn fields(described: Described) -> RecordShape {
    match described {
        Described::Settings => Config::fields(),
        Described::Of(Kind::Service) => Service::fields(),
        Described::Of(Kind::Playbook) => Playbook::fields(),
        Described::Of(Kind::Checklist) => Checklist::fields(),
        Described::Of(Kind::Role) => Role::fields(),
        Described::Of(Kind::Channel) => Channel::fields(),
        Described::Of(Kind::Calendar) => Calendar::fields(),
        Described::Of(Kind::Factor) => Factor::fields(),
        Described::Of(Kind::Term) => Term::fields(),
        Described::Of(Kind::Evidence) => Evidence::fields(),
        Described::Of(_) => Page::fields(),
    }
}

/// The form of an id.
const ID: &str = "^[a-z0-9]+(-[a-z0-9]+)*$";

/// Things by id.
fn table(inner: Value) -> Value {
    json!({"type": "object", "propertyNames": {"pattern": ID}, "additionalProperties": inner})
}

/// A single value as an editor reads it: what is a text for the handbook may be a number for YAML.
fn single() -> Value {
    json!({"type": ["string", "number", "boolean"]})
}

fn pattern(pattern: &str, example: &str) -> Value {
    json!({"type": "string", "pattern": pattern, "examples": [example]})
}

struct Writer<'a> {
    handbook: &'a Handbook,
    /// Whether a text may be given by language.
    by_language: bool,
    records: BTreeMap<&'static str, Value>,
}

impl Writer<'_> {
    /// Writes a record once, and refers to it.
    fn record(&mut self, shape: RecordShape) -> Value {
        let name = shape.what;
        if !self.records.contains_key(name) {
            // So that a record within itself ends.
            self.records.insert(name, Value::Null);
            let mut properties = Map::new();
            for field in shape.fields {
                properties.insert(field.key.to_owned(), self.field(field));
            }
            let must = shape.fields.iter().filter(|field| field.need == Need::Must).map(|field| field.key);
            let record = json!({
                "type": "object",
                "properties": properties,
                "required": must.collect::<Vec<_>>(),
                "additionalProperties": false,
            });
            self.records.insert(name, record);
        }
        json!({"$ref": format!("#/$defs/{}", name.replace(' ', "%20"))})
    }

    fn field(&mut self, field: &Field) -> Value {
        let mut described = self.shape(&field.shape);
        let meaning: Vec<&str> = field.meaning.iter().map(|line| line.trim()).collect();
        if let Value::Object(described) = &mut described {
            described.insert("description".to_owned(), json!(meaning.join(" ")));
        }
        described
    }

    fn shape(&mut self, shape: &Shape) -> Value {
        match shape {
            Shape::Text => self.text(),
            Shape::Value { name, example } => self.value(name, example),
            Shape::Words { words, .. } => {
                let one = |(word, meaning): &(&str, &str)| json!({"const": word, "description": meaning.trim()});
                json!({"oneOf": words.iter().map(one).collect::<Vec<_>>()})
            }
            Shape::Reference(kinds) => self.reference(kinds),
            Shape::List(inner) => json!({"type": "array", "items": self.shape(inner)}),
            Shape::Few(inner) => {
                let one = self.shape(inner);
                json!({"anyOf": [one, {"type": "array", "items": one}]})
            }
            Shape::Table(inner) => table(self.shape(inner)),
            Shape::Record(fields) => self.record(fields()),
            Shape::Either(one, other) => json!({"anyOf": [self.shape(one), self.shape(other)]}),
            Shape::Free => json!({}),
        }
    }

    fn text(&self) -> Value {
        if !self.by_language {
            return single();
        }
        json!({"anyOf": [single(), self.each_language(single())]})
    }

    fn each_language(&self, inner: Value) -> Value {
        let tags = self.handbook.config.language_tags();
        let properties: Map<String, Value> = tags.into_iter().map(|tag| (tag, inner.clone())).collect();
        json!({"type": "object", "properties": properties, "additionalProperties": false, "minProperties": 1})
    }

    /// Writes a value by its name in the manual.
    fn value(&self, name: &str, example: &str) -> Value {
        match name {
            "date" => pattern(r"^\d{4}-\d{2}-\d{2}$", example),
            "duration" => pattern(r"^[1-9]\d* ?[a-z]+( [a-z]+)?$", example),
            "money" => pattern(r"^\d+(\.\d+)? [A-Z]{3}$", example),
            "share" => pattern(r"^\d{1,3}(\.\d{1,2})?%$", example),
            "currency" => pattern("^[A-Z]{3}$", example),
            "address" => pattern("^https?://", example),
            "time of day" => pattern(r"^\d{2}:\d{2}$", "16:00"),
            "language tag" => pattern("^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*$", example),
            "earlier id" => pattern("^[a-z0-9/-]+$", example),
            "weekday" => json!({"enum": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]}),
            "severity" => json!({"enum": ["error", "warning", "info", "off"]}),
            "number" => json!({"anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": r"^\d+$"}]}),
            "yes or no" => json!({"enum": [true, false, "true", "false"]}),
            "opening hours by weekday" => json!({"type": "object", "additionalProperties": single()}),
            "words by language" => self.each_language(json!({"type": ["array", "object"]})),
            "severity by check" => {
                let severity = json!({"enum": ["error", "warning", "info", "off", false]});
                let names: Map<String, Value> =
                    changeable_names().map(|name| (name.to_owned(), severity.clone())).collect();
                json!({"type": "object", "properties": names, "additionalProperties": false})
            }
            _ => single(),
        }
    }

    /// Writes a reference: the ids of the kinds that its shape names.
    fn reference(&self, kinds: &str) -> Value {
        let words: Vec<&str> = kinds.split(|letter: char| !letter.is_ascii_lowercase()).collect();
        let several = words.iter().filter_map(|word| Kind::of_folder(word)).count() > 1;
        let mut ids: BTreeSet<String> = BTreeSet::new();
        let named = Kind::ALL.into_iter().filter(|kind| several || words.contains(&kind.folder()));
        for kind in named {
            for id in self.handbook.ids(kind) {
                if several {
                    ids.insert(format!("{}/{id}", kind.folder()));
                }
                // Within its service the id alone is enough.
                ids.extend(id.rsplit_once('/').filter(|_| kind.is_within_service()).map(|(_, inner)| inner.to_owned()));
                ids.insert(id);
            }
        }
        ids.extend(words.contains(&"customer").then(|| "customer".to_owned()));
        if ids.is_empty() { json!({"type": "string"}) } else { json!({"enum": ids}) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::bench;
    use crate::fields::node::{Node, NodeKind};
    use crate::fields::yaml;
    use crate::parse::front_matter;
    use crate::source::disk::read_tree;
    use crate::source::{FileId, SourceTree, Span};

    /// Gives a file as an editor reads it: numbers and truth values are no texts.
    fn read(path: &str, text: &str) -> Value {
        let whole = Span::new(FileId(0), 0, text.len());
        let front = if path.ends_with(".md") { front_matter::split(FileId(0), text).unwrap().front } else { whole };
        json(&yaml::read(&text[front.start as usize..front.end as usize], front).root, text)
    }

    fn json(node: &Node, text: &str) -> Value {
        match &node.kind {
            NodeKind::Null | NodeKind::Broken => Value::Null,
            NodeKind::Scalar(value) => {
                let is_plain = !text[node.span.start as usize..].starts_with(['"', '\'', '|', '>']);
                let typed = serde_json::from_str(value).ok().filter(|it: &Value| it.is_number() || it.is_boolean());
                typed.filter(|_| is_plain).unwrap_or_else(|| Value::String(value.clone()))
            }
            NodeKind::List(items) => items.iter().map(|item| json(item, text)).collect(),
            NodeKind::Map(entries) => {
                let entries = entries.iter().map(|entry| (entry.key.clone(), json(&entry.value, text)));
                Value::Object(entries.collect())
            }
        }
    }

    /// Says what a schema has against a file.
    fn faults(tree: &SourceTree) -> Vec<String> {
        let (checked, _) = bench::look(tree);
        let mut faults = Vec::new();
        for (id, file) in tree.iter() {
            let Some(described) = Described::of_path(&file.path) else { continue };
            let validator = jsonschema::draft202012::new(&schema(described, checked.handbook())).unwrap();
            let value = read(&file.path, tree.text(id).unwrap().as_str());
            faults.extend(validator.iter_errors(&value).map(|fault| format!("{}: {fault}", file.path)));
        }
        faults
    }

    #[test]
    fn all_files_of_the_handbook_that_comes_with_the_project_are_valid() {
        let content = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
        assert_eq!(faults(&read_tree(&content).unwrap()), [""; 0]);
    }

    #[test]
    fn what_the_fields_forbid_is_not_valid() {
        let sound = "owner: desk\n";
        for (written, wrong) in [
            (sound, "owner: nobody\n"),
            (sound, "ownr: desk\n"),
            (sound, "owner: [desk]\n"),
            ("title: Repair\n", ""),
            ("last: 2026-11-01", "last: 1.11.2026"),
        ] {
            let service = bench::service("");
            let faulty = service.replace(written, wrong);
            assert_ne!(service, faulty, "{written}");
            let tree = |text: &str| {
                SourceTree::from_texts([
                    ("handbook.yaml", "title: H\nlanguages: [en]\n"),
                    ("registers/roles.yaml", "desk: {title: Desk}\n"),
                    ("services/repair.md", text),
                ])
            };
            assert_eq!(faults(&tree(&service)), [""; 0]);
            assert!(!faults(&tree(&faulty)).is_empty(), "{wrong}");
        }
        for wrong in [
            "standards: {a: {kind: speed, statement: S, target: 90%, measure: {as: observed}}}\n",
            "standards: {a: {kind: conduct, statement: S, level: L, target: many, measure: {as: observed}}}\n",
            "standards: {a: {kind: conduct, level: L, target: 90%, measure: {as: observed}}}\n",
            "fee: {amount: 3}\n",
            "channels: phone\n",
        ] {
            let tree = bench::tree(&[("services/repair.md", &bench::service(wrong))]);
            assert!(faults(&tree).iter().any(|fault| fault.starts_with("services/")), "{wrong}");
        }
    }

    #[test]
    fn an_editor_finds_the_schema_from_where_the_file_lies() {
        let line = |prefix, path| modeline(prefix, path);
        assert_eq!(
            line("content/", "services/repair/home.md").unwrap(),
            "# yaml-language-server: $schema=../../../.pledgebook/schemas/service.json"
        );
        assert_eq!(
            line("content/", "handbook.yaml").unwrap(),
            "# yaml-language-server: $schema=../.pledgebook/schemas/handbook.json"
        );
        assert_eq!(
            line("", "registers/roles.yaml").unwrap(),
            "# yaml-language-server: $schema=../.pledgebook/schemas/role.json"
        );
        for path in ["services/repair.de.md", "results/r.csv", "registers/holidays/x.csv", "registers/x.yaml"] {
            assert_eq!(line("content/", path), None, "{path}");
        }
    }

    #[test]
    fn each_schema_is_found_by_its_name() {
        for described in ALL {
            assert_eq!(Described::named(described.name()), Some(described));
        }
        assert_eq!(Described::named("roles"), Some(Described::Of(Kind::Role)));
    }
}
