//! What things are called and where they are: found when it is first asked for, once for all pages of a site.
//!
//! Not here: what a name is made of (`writer`), and how an address is made (`address`).

use std::collections::HashMap;
use std::sync::OnceLock;

use super::html::Html;
use crate::fields::text::Language;
use crate::model::handbook::Handbook;
use crate::model::kind::Kind;

/// The names and addresses of all things of a handbook.
#[derive(Debug)]
pub struct Names {
    languages: usize,
    kinds: [OnceLock<HashMap<String, Named>>; Kind::ALL.len()],
}

/// What a thing is called in each language, and its address, as far as somebody asked.
#[derive(Debug)]
pub struct Named {
    address: OnceLock<String>,
    titles: Box<[OnceLock<Html>]>,
}

impl Names {
    /// Begins with nothing known.
    pub fn new(languages: usize) -> Self {
        Self { languages, kinds: Default::default() }
    }

    /// Finds a thing by kind and whole id; nothing where the handbook has none.
    pub fn of(&self, handbook: &Handbook, kind: Kind, id: &str) -> Option<&Named> {
        let unnamed =
            |id| (id, Named { address: OnceLock::new(), titles: vec![OnceLock::new(); self.languages].into() });
        let things = self.kinds[kind as usize].get_or_init(|| handbook.ids(kind).into_iter().map(unnamed).collect());
        things.get(id)
    }
}

impl Named {
    /// Gives its address below the folder of a language.
    pub fn address(&self, find: impl FnOnce() -> String) -> &str {
        self.address.get_or_init(find)
    }

    /// Gives its title in a language.
    pub fn title(&self, language: Language, find: impl FnOnce() -> Html) -> &Html {
        let title = &self.titles[usize::from(language.0)];
        if let Some(found) = title.get() {
            return found;
        }
        // Found outside the lock: a title may print a value in whose words the same thing is named.
        let found = find();
        title.get_or_init(|| found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::bench::{Bench, DE, EN};

    #[test]
    fn what_was_found_is_not_looked_for_again_and_each_language_has_its_own() {
        let bench = Bench::new(&[]);
        let shared = bench.shared();
        let of = |id| shared.names.of(shared.handbook(), Kind::Role, id);
        let desk = of("desk").unwrap();
        let title = |language, text: &str| desk.title(language, || Html(text.into())).0.clone();
        assert_eq!([title(EN, "Desk"), title(DE, "Tresen"), title(EN, "other")], ["Desk", "Tresen", "Desk"]);
        assert_eq!((desk.address(|| "a".into()), desk.address(|| "b".into())), ("a", "a"));
        assert_eq!(of("lead").unwrap().address(|| "c".into()), "c");
        assert!(of("nobody").is_none());
    }

    #[test]
    fn a_title_may_be_asked_for_while_it_is_found() {
        let bench = Bench::new(&[]);
        let shared = bench.shared();
        let desk = shared.names.of(shared.handbook(), Kind::Role, "desk").unwrap();
        let outer = desk.title(EN, || desk.title(EN, || Html("inner".into())).clone());
        assert_eq!(outer.0, "inner");
    }
}
