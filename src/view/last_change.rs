//! When the file of a page was last changed, and by which role; never by which person.
//!
//! Not here: where it comes from (git, through the binary).

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::html::Html;
use super::writer::Writer;
use crate::history::last::LastChange;
use crate::model::authors::Authors;
use crate::model::handbook::Handbook;
use crate::model::kind::Kind;
use crate::source::text::SourceText;
use crate::source::{FileId, SourceTree};

/// The last change of each file, as far as it is known.
#[derive(Clone, Debug, Default)]
pub struct LastChanges<'a> {
    known: Option<Known<'a>>,
    authors: Authors<'a>,
}

/// What git has told.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The last change of each file, by its path below the root.
    pub last: &'a BTreeMap<String, LastChange>,
    /// The path of the content folder below the root, such as `content/`.
    pub prefix: &'a str,
    /// The files as they were when git was asked; nothing where they are still the same.
    pub files: Option<&'a SourceTree>,
}

impl<'a> LastChanges<'a> {
    /// Takes what git has told of a handbook.
    pub fn of(known: Known<'a>, handbook: &'a Handbook) -> Self {
        Self { known: Some(known), authors: Authors::of(handbook) }
    }

    /// Gives the day of a file's last change, and the role that made it, where one is known.
    fn find(&self, path: &str, text: Option<&Arc<SourceText>>) -> Option<(Date, Option<&'a str>)> {
        let known = self.known?;
        let last = known.last.get(&format!("{}{path}", known.prefix))?;
        let is_same = known.files.is_none_or(|files| {
            let then = files.find(path).and_then(|file| files.text(file));
            then.zip(text).is_some_and(|(then, now)| Arc::ptr_eq(then, now) || then.as_str() == now.as_str())
        });
        is_same.then(|| (last.on, self.authors.role(&last.address)))
    }
}

impl Writer<'_> {
    /// Says when a file was last changed and by which role; empty where that is not known.
    pub fn last_change(&self, file: FileId) -> Html {
        let (path, text) = (&self.shared.tree.file(file).path, self.shared.tree.text(file));
        let Some((on, role)) = self.shared.last.find(path, text) else { return Html::default() };
        let (locale, date) = (self.locale(), self.locale().date(on));
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
        said_since(address, files, (changed, None))
    }

    /// The same where git was asked when the files were others.
    fn said_since(
        address: &str,
        files: &[(&str, &str)],
        (changed, then): (&[&str], Option<&SourceTree>),
    ) -> [String; 2] {
        let bench = Bench::service("", files);
        let change = |path: &&str| {
            let last =
                LastChange { commit: "c".into(), on: jiff::civil::date(2026, 11, 12), address: address.to_owned() };
            (format!("content/{path}"), last)
        };
        let last: BTreeMap<String, LastChange> = changed.iter().map(change).collect();
        let mut shared = bench.shared();
        shared.last = LastChanges::of(Known { last: &last, prefix: "content/", files: then }, shared.handbook());
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

    #[test]
    fn what_was_saved_since_git_was_asked_is_not_told_until_it_is_as_it_was() {
        let changed: &[&str] = &["services/repair.md", "services/repair.de.md"];
        let other = ("services/repair.de.md", "---\ntitle: Mendung\n---\n");
        let then = |german| Bench::service("", &[german]).shared().tree.clone();
        let since = |then| said_since("", &[GERMAN], (changed, Some(&then)))[1].clone();
        assert_eq!(since(then(other)), "");
        assert_eq!(since(then(GERMAN)), "zuletzt geändert am 12. November 2026");
    }
}
