//! A locale file: nested maps of texts, `nav: {services: Services}`, with a text's plural forms as a map
//! `{one: …, other: …}`.
//!
//! Not here: finding and reading the file (`theme`), and which words there are, which `themes/default/locales/en.yaml`
//! says.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

use super::plural::Category;

/// The texts of one locale file by their dotted keys, `nav.services`.
///
/// Deserialised from nested maps; a key may be written with its dots as well (`nav.services: Our services`), which is
/// how a theme overrides a single word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalogue {
    texts: BTreeMap<String, Text>,
}

/// A text, in one form or in several that depend on a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Text {
    /// The same words for every number.
    Plain(String),
    /// Words by plural category; *other* is always among them.
    Plural(BTreeMap<Category, String>),
}

impl Text {
    /// Gives the form for a category, or the one for all other numbers.
    pub fn form(&self, category: Category) -> &str {
        match self {
            Text::Plain(words) => words,
            Text::Plural(forms) => forms.get(&category).map_or_else(|| self.other(), String::as_str),
        }
    }

    /// Gives the form for all other numbers, which is the text of a heading or label.
    pub fn other(&self) -> &str {
        match self {
            Text::Plain(words) => words,
            Text::Plural(forms) => forms.get(&Category::Other).map_or("", String::as_str),
        }
    }

    /// Gives all forms, one or several.
    pub fn forms(&self) -> impl Iterator<Item = &str> {
        let (plain, plural) = match self {
            Text::Plain(words) => (Some(words), None),
            Text::Plural(forms) => (None, Some(forms.values())),
        };
        plain.into_iter().chain(plural.into_iter().flatten()).map(String::as_str)
    }
}

impl Catalogue {
    /// Gives the text of a key.
    pub fn text(&self, key: &str) -> Option<&Text> {
        self.texts.get(key)
    }

    /// Tells whether there is a text for a key.
    pub fn has(&self, key: &str) -> bool {
        self.texts.contains_key(key)
    }

    /// Tells whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// Gives all keys in alphabetical order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.texts.keys().map(String::as_str)
    }

    /// Lists those of some keys that have no text, in the order given.
    pub fn missing<'a>(&self, keys: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
        keys.into_iter().filter(|key| !self.has(key)).collect()
    }

    /// Lays another catalogue over this one: its texts win, key by key.
    #[must_use]
    pub fn overlaid(mut self, over: Catalogue) -> Self {
        self.texts.extend(over.texts);
        self
    }

    /// Gives the texts below a key, by the rest of their keys; below the empty key are all.
    pub fn below<'c>(&'c self, key: &str) -> impl Iterator<Item = (&'c str, &'c Text)> {
        let prefix = if key.is_empty() { String::new() } else { format!("{key}.") };
        let from = self.texts.range(prefix.clone()..);
        from.map_while(move |(key, text)| key.strip_prefix(prefix.as_str()).map(|rest| (rest, text)))
    }

    /// Adds the texts of a node, and says which key stands in the way if one does.
    fn add(&mut self, key: &str, node: Node) -> Result<(), String> {
        let Node::Group(children) = node else {
            let Node::Words(words) = node else { return Ok(()) };
            return self.insert(key, Text::Plain(words));
        };
        if let Some(forms) = plural_forms(&children) {
            if !forms.contains_key(&Category::Other) {
                return Err(format!("`{key}` lacks the form `other`, which every number can fall back to"));
            }
            return self.insert(key, Text::Plural(forms));
        }
        for (name, child) in children {
            let below = if key.is_empty() { name } else { format!("{key}.{name}") };
            self.add(&below, child)?;
        }
        Ok(())
    }

    fn insert(&mut self, key: &str, text: Text) -> Result<(), String> {
        match self.texts.insert(key.to_owned(), text) {
            Some(_) => Err(format!("`{key}` is given twice, once in its group and once with dots; keep one")),
            None => Ok(()),
        }
    }
}

/// Reads a group as plural forms if nothing but texts under names of categories is in it.
fn plural_forms(children: &[(String, Node)]) -> Option<BTreeMap<Category, String>> {
    let form = |(name, node): &(String, Node)| match node {
        Node::Words(words) => Category::parse(name).map(|category| (category, words.clone())),
        Node::Group(_) | Node::Nothing => None,
    };
    if children.is_empty() { None } else { children.iter().map(form).collect() }
}

impl<'de> Deserialize<'de> for Catalogue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let root = Node::deserialize(deserializer)?;
        if let Node::Words(_) = root {
            return Err(D::Error::custom("a locale file is a map of groups, such as `nav: {services: Services}`"));
        }
        let mut catalogue = Catalogue::default();
        catalogue.add("", root).map_err(D::Error::custom)?;
        Ok(catalogue)
    }
}

/// A piece of a locale file. A group or file without anything in it is allowed, so that words can be commented out.
enum Node {
    Words(String),
    Group(Vec<(String, Node)>),
    Nothing,
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text (in quotes if it is a number or a word such as `no`, `on`, `true`), or a group of texts")
    }

    fn visit_str<E: Error>(self, words: &str) -> Result<Node, E> {
        Ok(Node::Words(words.to_owned()))
    }

    fn visit_unit<E: Error>(self) -> Result<Node, E> {
        Ok(Node::Nothing)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut children = Vec::new();
        while let Some(child) = map.next_entry::<String, Node>()? {
            children.push(child);
        }
        Ok(Node::Group(children))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(yaml: &str) -> Catalogue {
        serde_yaml::from_str(yaml).unwrap()
    }

    fn refused(yaml: &str) -> String {
        serde_yaml::from_str::<Catalogue>(yaml).unwrap_err().to_string()
    }

    fn words<'c>(catalogue: &'c Catalogue, key: &str) -> Option<&'c str> {
        catalogue.text(key).map(Text::other)
    }

    #[test]
    fn nested_groups_become_dotted_keys() {
        let catalogue = read("nav:\n  services: Services\n  more: {roles: Roles}\nhome: {title: Home}");
        assert_eq!(catalogue.keys().collect::<Vec<_>>(), ["home.title", "nav.more.roles", "nav.services"]);
        assert_eq!(words(&catalogue, "nav.more.roles"), Some("Roles"));
        assert_eq!(words(&catalogue, "nav.more"), None);
    }

    #[test]
    fn a_key_may_be_written_with_its_dots() {
        assert_eq!(read("nav.services: Ours\nmeasure.as: {percentile-90: p90}").keys().count(), 2);
        assert_eq!(words(&read("nav.services: Ours"), "nav.services"), Some("Ours"));
    }

    #[test]
    fn a_map_of_plural_categories_is_one_text() {
        let catalogue = read("step: {one: '{n} step', other: '{n} steps'}");
        let text = catalogue.text("step").unwrap();
        assert_eq!(text.form(Category::One), "{n} step");
        assert_eq!(text.form(Category::Few), "{n} steps");
        assert_eq!(text.forms().count(), 2);
        assert_eq!(words(&catalogue, "step.one"), None);
    }

    #[test]
    fn a_group_with_a_name_that_is_no_category_is_a_group() {
        let catalogue = read("kind: {other: Other, page: Page}\ncases: {one: {other: '{n}'}}");
        assert_eq!(catalogue.keys().collect::<Vec<_>>(), ["cases.one", "kind.other", "kind.page"]);
    }

    #[test]
    fn a_plural_without_a_form_for_other_numbers_is_refused() {
        assert!(refused("home: {step: {one: '{n} step'}}").contains("`home.step` lacks the form `other`"));
    }

    #[test]
    fn a_word_given_twice_is_refused() {
        assert!(refused("nav: {services: A}\nnav.services: B").contains("`nav.services` is given twice"));
        assert!(refused("nav: {services: A, services: B}").contains("services"));
    }

    #[test]
    fn what_is_no_text_is_refused_with_the_way_out() {
        for yaml in ["a: {b: 12}", "a: {b: 1.5}", "a: true", "a: [x, y]"] {
            assert!(refused(yaml).contains("in quotes"), "{yaml}: {}", refused(yaml));
        }
        assert!(refused("only words").contains("a map of groups"));
    }

    #[test]
    fn a_word_that_older_yaml_takes_for_a_truth_value_is_never_lost() {
        for word in ["no", "on", "off", "yes"] {
            assert!(refused(&format!("answer: {{it: {word}}}")).contains("in quotes"), "{word}");
            assert_eq!(words(&read(&format!("answer: {{{word}: '{word}'}}")), &format!("answer.{word}")), Some(word));
        }
    }

    #[test]
    fn an_empty_file_or_group_holds_no_words() {
        for yaml in ["", "# nothing yet\n", "{}", "nav:\n", "nav: {}", "nav:\n  # services: Ours\n"] {
            assert!(read(yaml).is_empty(), "{yaml}");
        }
    }

    #[test]
    fn the_texts_of_the_upper_catalogue_win_one_by_one() {
        let base = read("nav: {services: Services, roles: Roles}\nstep: {one: '{n} step', other: '{n} steps'}");
        let both = base.overlaid(read("nav.services: Ours\nstep: '{n}×'"));
        assert_eq!(words(&both, "nav.services"), Some("Ours"));
        assert_eq!(words(&both, "nav.roles"), Some("Roles"));
        assert_eq!(both.text("step").unwrap().form(Category::One), "{n}×");
    }

    #[test]
    fn keys_without_a_text_are_listed_in_order() {
        let catalogue = read("nav: {services: Services}");
        assert_eq!(catalogue.missing(["z", "nav.services", "nav", "a"]), ["z", "nav", "a"]);
    }

    #[test]
    fn texts_below_a_key_are_those_of_its_group_alone() {
        let catalogue = read("nav: {a: A, b: {c: C}}\nnav-two: {d: D}\nnavy: {e: E}");
        let below: Vec<&str> = catalogue.below("nav").map(|(rest, _)| rest).collect();
        assert_eq!(below, ["a", "b.c"]);
        assert_eq!(catalogue.below("").count(), 4);
    }
}
