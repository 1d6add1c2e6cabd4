//! The words of a language as templates see them: `words.nav.services`.

use serde_json::{Map, Value};

use crate::locale::Locale;

/// Gives all words of a language as nested groups; a text with plural forms is a group of its forms.
pub fn nested(locale: &Locale) -> Value {
    let mut root = Map::new();
    for (key, text) in locale.group("") {
        let mut parts: Vec<&str> = key.split('.').collect();
        let last = parts.pop().unwrap_or_default().to_owned();
        let mut group = &mut root;
        for part in parts {
            let inner = group.entry(part).or_insert_with(|| Value::Object(Map::new()));
            if !inner.is_object() {
                *inner = Value::Object(Map::new());
            }
            group = inner.as_object_mut().expect("it was made an object just now");
        }
        group.entry(last).or_insert_with(|| Value::String(text.to_owned()));
    }
    Value::Object(root)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::catalogue::Catalogue;

    fn of(yaml: &str) -> Value {
        let catalogue: Catalogue = serde_yaml::from_str(yaml).unwrap();
        nested(&Locale::new("xx", catalogue, None))
    }

    #[test]
    fn words_stand_in_their_groups() {
        assert_eq!(of("a: {b: {c: C, d: D}}\ne: E\n"), serde_json::json!({"a": {"b": {"c": "C", "d": "D"}}, "e": "E"}));
    }

    #[test]
    fn a_text_with_plural_forms_is_a_group_of_its_forms() {
        assert_eq!(of("n: {one: single, other: many}\n"), serde_json::json!({"n": {"one": "single", "other": "many"}}));
    }

    #[test]
    fn a_language_without_words_has_no_groups() {
        assert_eq!(of("{}"), serde_json::json!({}));
    }
}
