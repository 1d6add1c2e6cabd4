//! What templates may see: one documented, serialisable struct a thing. This is the contract with themes.
//!
//! Every text that is shown is [`Html`](html::Html): escaped already, and marked with its language where it had to fall
//! back to the source language. Not here: which pages there are (`pages`), and how they look (`theme`).

pub mod address;
pub mod agenda;
pub mod binder;
pub mod budget;
pub mod checklist;
pub mod code;
pub mod concern;
pub mod cues;
pub mod day;
pub mod deadline;
pub mod factor;
pub mod flow;
pub mod footer;
pub mod home;
pub mod hours;
pub mod html;
pub mod index;
pub mod last_change;
pub mod ledger;
pub mod library;
pub mod lists;
pub mod names;
pub mod page;
pub mod paper;
pub mod past;
pub mod phrases;
pub mod playbook;
pub mod promise;
pub mod recovery;
pub mod relations;
pub mod resolver;
pub mod results;
pub mod role;
pub mod seen;
pub mod service;
pub mod site;
pub mod standard;
pub mod ticks;
pub mod writer;

#[cfg(test)]
pub(crate) mod bench {
    //! A small handbook in memory, and how its pages are looked at.

    use std::collections::BTreeMap;
    use std::sync::{LazyLock, OnceLock};

    use jiff::civil::{Date, date};

    use super::relations::Relations;
    use super::service::ServiceView;
    use super::writer::Shared;
    use crate::checks::{CheckedHandbook, bench};
    use crate::fields::text::Language;
    use crate::locale::Locale;
    use crate::pipeline::labels;
    use crate::source::SourceTree;
    use crate::theme::{built_in, locales};

    /// The source language of most handbooks on the bench.
    pub(crate) const EN: Language = Language(0);
    /// Their other language.
    pub(crate) const DE: Language = Language(1);

    /// The words of the theme that is built in, which take a while to read.
    static LOCALES: LazyLock<Vec<Locale>> = LazyLock::new(|| {
        let tags = ["en", "de", "zh"].map(str::to_owned);
        locales::read(built_in::files(), &tags, &mut Vec::new())
    });

    /// A handbook that was read and checked.
    pub(crate) struct Bench {
        tree: SourceTree,
        checked: CheckedHandbook,
        today: Date,
    }

    impl Bench {
        /// Reads files, with settings and registers where they hold none of their own.
        pub(crate) fn new(files: &[(&str, &str)]) -> Self {
            let tree = bench::tree(files);
            let checked = bench::look(&tree).0;
            Self { tree, checked, today: date(2026, 11, 21) }
        }

        /// Reads a service `repair` and other files.
        pub(crate) fn service(rest: &str, others: &[(&str, &str)]) -> Self {
            let service = bench::service(rest);
            Self::new(&[&[("services/repair.md", service.as_str())], others].concat())
        }

        /// Looks at it on another day.
        pub(crate) fn on(self, today: Date) -> Self {
            Self { today, ..self }
        }

        /// Gives what all its pages share.
        pub(crate) fn shared(&self) -> Shared<'_> {
            let tags = self.checked.handbook().config.language_tags();
            let of = |tag: &String| LOCALES.iter().find(|locale| locale.tag() == tag).unwrap_or(&LOCALES[0]).clone();
            let locales: Vec<Locale> = tags.iter().map(of).collect();
            Shared {
                checked: &self.checked,
                tree: &self.tree,
                labels: locales.iter().map(labels).collect(),
                names: super::names::Names::new(tags.len()),
                tags,
                locales,
                relations: Relations::of(self.checked.handbook()),
                agenda: OnceLock::new(),
                today: self.today,
                faults: BTreeMap::new(),
                past: super::past::Known::default(),
                last: super::last_change::LastChanges::default(),
            }
        }

        /// Gives the sheet of the service `repair`.
        pub(crate) fn sheet(&self, language: Language) -> ServiceView {
            let shared = self.shared();
            let service = &shared.handbook().services["repair"];
            shared.writer(language, "services/repair.html").service(service)
        }
    }
}
