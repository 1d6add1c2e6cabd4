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
