//! When the file of a page was last changed, and by which role; never by which person.
//!
//! Not here: where it comes from (git, through the binary).

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::html::Html;
use super::writer::Writer;
use crate::history::last::LastChange;
use crate::model::authors::Authors;
use crate::model::handbook::Handbook;
use crate::model::kind::Kind;
use crate::source::{FileId, SourceTree};

/// The last change of each file, as far as it is known.
#[derive(Clone, Debug, Default)]
pub struct LastChanges<'a> {
    known: BTreeMap<FileId, (Date, Option<&'a str>)>,
}

impl<'a> LastChanges<'a> {
    /// Finds the files that were changed, and the roles that changed them; `prefix` is the path of the content folder.
    pub fn of(
        last: &BTreeMap<String, LastChange>,
        handbook: &'a Handbook,
        (tree, prefix): (&SourceTree, &str),
    ) -> Self {
        let authors = Authors::of(handbook);
        let one = |(id, file): (FileId, &crate::source::SourceFile)| {
            let last = last.get(&format!("{prefix}{}", file.path))?;
            Some((id, (last.on, authors.role(&last.address))))
        };
        let known = if last.is_empty() { BTreeMap::new() } else { tree.iter().filter_map(one).collect() };
        Self { known }
    }
}

impl Writer<'_> {
    /// Says when a file was last changed and by which role; empty where that is not known.
    pub fn last_change(&self, file: FileId) -> Html {
        let Some((on, role)) = self.shared.last.known.get(&file) else { return Html::default() };
        let (locale, date) = (self.locale(), self.locale().date(*on));
        match role {
            None => Html::escaped(&locale.phrase("footer.last_changed", &[("date", &date)])),
            Some(role) => {
                let role = self.link(Kind::Role, role).title.0;
                Html(locale.phrase("footer.last_changed_by", &[("date", &date), ("role", &role)]))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::bench::{Bench, DE, EN};

    /// What the foot of the service's sheet says in English and in German.
    fn said(address: &str, files: &[(&str, &str)], changed: &[&str]) -> [String; 2] {
        let bench = Bench::service("", files);
        let change = |path: &&str| {
            let last =
                LastChange { commit: "c".into(), on: jiff::civil::date(2026, 11, 12), address: address.to_owned() };
            (format!("content/{path}"), last)
        };
        let last = changed.iter().map(change).collect();
        let mut shared = bench.shared();
        shared.last = LastChanges::of(&last, shared.handbook(), (shared.tree, "content/"));
        let foot = |language| {
            let writer = shared.writer(language, "services/repair.html");
            writer.service_footer(&shared.handbook().services["repair"]).changed.0
        };
        [foot(EN), foot(DE)]
    }

    const ROLES: (&str, &str) = (
        "registers/roles.yaml",
        "desk: {title: {en: A & B, de: Annahme}, authors: desk@example.org}\nlead: {title: L}\n",
    );
    const GERMAN: (&str, &str) = ("services/repair.de.md", "---\ntitle: Reparatur\n---\n");

    #[test]
    fn the_day_and_the_role_are_told_in_the_readers_language() {
        let changed = ["services/repair.md", "services/repair.de.md"];
        assert_eq!(
            said("desk@example.org", &[ROLES, GERMAN], &changed),
            ["last changed 12 November 2026 by A &amp; B", "zuletzt geändert am 12. November 2026 (Annahme)"]
        );
    }

    #[test]
    fn somebody_whom_no_role_names_is_not_named() {
        let told = said("ada@example.org", &[ROLES], &["services/repair.md"]);
        assert_eq!(told, ["last changed 12 November 2026", "zuletzt geändert am 12. November 2026"]);
    }

    #[test]
    fn a_translation_has_a_last_change_of_its_own_and_what_is_not_known_is_not_said() {
        assert_eq!(said("", &[GERMAN], &["services/repair.md"]), ["last changed 12 November 2026", ""]);
        assert_eq!(said("", &[GERMAN], &["services/repair.de.md"])[0], "");
        assert_eq!(said("", &[], &[]), ["", ""]);
    }
}
