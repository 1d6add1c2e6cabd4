//! Lists of things of one kind: services, playbooks, checklists, pages, roles.

use std::sync::Arc;

use serde::Serialize;

use super::html::{Html, Link};
use super::service::StandardShort;
use super::writer::Writer;
use crate::model::document::Document;
use crate::model::kind::Kind;
use crate::model::service::Service;

/// A service in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ServiceShort {
    /// The service.
    pub service: Link,
    /// Who may ask for it.
    pub audience: Html,
    /// Its standards with their limits.
    pub standards: Vec<StandardShort>,
}

/// Anything else in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The thing.
    pub link: Link,
    /// A few words about it.
    pub about: Html,
}

/// Things under one heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Group {
    /// A word for scripts and styles, such as `shift`.
    pub key: String,
    /// The heading; empty where there is only one group.
    pub title: Html,
    /// The things.
    pub entries: Vec<Entry>,
}

impl Writer<'_> {
    /// Lists services.
    pub fn services(&self, ids: &[String]) -> Vec<ServiceShort> {
        ids.iter().map(|id| self.service_short(&self.handbook().services[id])).collect()
    }

    fn service_short(&self, service: &Document<Service>) -> ServiceShort {
        let standards = service.fields.standards.iter();
        ServiceShort {
            service: self.link(Kind::Service, &service.id),
            audience: self.text(&service.fields.audience),
            standards: standards.filter_map(|row| self.standard_short(&format!("{}/{}", service.id, row.id))).collect(),
        }
    }

    /// Lists all playbooks.
    pub fn playbooks(&self) -> Vec<Group> {
        let entry = |(id, document): (&String, &Arc<Document<crate::model::playbook::Playbook>>)| {
            let fields = &document.fields;
            let about = fields.cues.first().map_or_else(|| self.text(&fields.when), |cue| self.text(cue));
            Entry { link: self.link(Kind::Playbook, id), about }
        };
        vec![self.group("", Html::default(), self.handbook().playbooks.iter().map(entry).collect())]
    }

    /// Lists all checklists by use.
    pub fn checklists(&self) -> Vec<Group> {
        let of = |purpose: &str| {
            let all = self.handbook().checklists.iter();
            let fits =
                all.filter(|(_, it)| it.fields.purpose.as_ref().is_some_and(|found| found.value.word() == purpose));
            let entry = |(id, document): (&String, &Arc<Document<crate::model::checklist::Checklist>>)| {
                let roles: Vec<String> =
                    document.fields.by.0.iter().map(|role| self.name(Kind::Role, &role.id).0).collect();
                Entry { link: self.link(Kind::Checklist, id), about: Html(self.locale().list(&roles)) }
            };
            self.group(purpose, self.worded("checklist.use", Some(purpose)), fits.map(entry).collect())
        };
        filled(["shift", "case", "audit", "training"].map(of))
    }

    /// Lists all pages of prose by kind.
    pub fn pages(&self) -> Vec<Group> {
        let of = |kind: &str| {
            let all = self.handbook().pages.iter();
            let fits = all.filter(|(_, it)| it.fields.kind.as_ref().is_some_and(|found| found.value.word() == kind));
            let entry = |(id, _): (&String, &Arc<Document<crate::model::page::Page>>)| Entry {
                link: self.link(Kind::Page, id),
                about: Html::default(),
            };
            self.group(kind, self.worded("page.kinds", Some(kind)), fits.map(entry).collect())
        };
        filled(["guide", "principle", "case", "lesson"].map(of))
    }

    /// Lists all roles, those of other firms last.
    pub fn roles(&self) -> Vec<Group> {
        let of = |external: bool| {
            let is = |row: &crate::fields::table::Row<crate::model::registers::Role>| {
                row.value.external.as_ref().is_some_and(|found| found.value) == external
            };
            let fits = self.handbook().roles.iter().filter(|(_, row)| is(row));
            let entry = |(id, row): (&String, &crate::fields::table::Row<crate::model::registers::Role>)| {
                let grant = row.value.may_grant.as_ref().map(|money| self.locale().money(money.value));
                let about = grant.map(|amount| self.locale().phrase("role.may_grant_up_to", &[("amount", &amount)]));
                Entry { link: self.link(Kind::Role, id), about: Html::escaped(&about.unwrap_or_default()) }
            };
            let title = if external { Html::escaped(self.locale().word("role.external")) } else { Html::default() };
            self.group(if external { "external" } else { "" }, title, fits.map(entry).collect())
        };
        filled([of(false), of(true)])
    }

    fn group(&self, key: &str, title: Html, mut entries: Vec<Entry>) -> Group {
        entries.sort_by(|a, b| a.link.title.cmp(&b.link.title));
        Group { key: key.to_owned(), title, entries }
    }
}

fn filled<const N: usize>(groups: [Group; N]) -> Vec<Group> {
    groups.into_iter().filter(|group| !group.entries.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::bench::{Bench, DE, EN};

    fn said(groups: Vec<Group>) -> Vec<String> {
        let entry = |entry: &Entry| match entry.about.0.as_str() {
            "" => entry.link.title.0.clone(),
            about => format!("{} ({about})", entry.link.title.0),
        };
        let group = |group: Group| {
            let entries: Vec<String> = group.entries.iter().map(entry).collect();
            format!("{}/{}: {}", group.key, group.title.0, entries.join(", "))
        };
        groups.into_iter().map(group).collect()
    }

    #[test]
    fn services_stand_with_their_limits() {
        let bench =
            Bench::service("standards: {quick: {title: Quick, kind: timeliness, limit: 2 weeks}, bare: {}}\n", &[]);
        let shared = bench.shared();
        let services = shared.writer(EN, "services/index.html").services(&["repair".into()]);
        assert_eq!((services[0].service.href.as_str(), services[0].audience.0.as_str()), ("repair.html", "Everybody"));
        assert_eq!(services[0].standards.iter().map(|it| it.limit.0.as_str()).collect::<Vec<_>>(), ["2 weeks", ""]);
    }

    #[test]
    fn playbooks_stand_by_name_with_their_first_cue_or_else_their_moment() {
        let bench = Bench::new(&[
            ("playbooks/a.md", "---\ntitle: Zeal\ncues: [Shouts, Cries]\nwhen: Never\n---\n"),
            ("playbooks/b.md", "---\ntitle: Calm\nwhen: On the phone\n---\n"),
        ]);
        let shared = bench.shared();
        let groups = shared.writer(EN, "playbooks/index.html").playbooks();
        assert_eq!(said(groups), ["/: Calm (On the phone), Zeal (Shouts)"]);
    }

    #[test]
    fn checklists_stand_by_use_with_who_ticks_them_and_empty_groups_are_left_out() {
        let list =
            |title: &str, purpose: &str, by: &str| format!("---\ntitle: {title}\nuse: {purpose}\nby: {by}\n---\n");
        let (open, case, close) =
            (list("Open", "shift", "[desk, lead]"), list("Intake", "case", "desk"), list("Close", "shift", "lead"));
        let bench = Bench::new(&[("checklists/a.md", &open), ("checklists/b.md", &case), ("checklists/c.md", &close)]);
        let shared = bench.shared();
        assert_eq!(
            said(shared.writer(EN, "checklists/index.html").checklists()),
            [
                "shift/Each shift: Close (Shop manager), Open (Service desk and Shop manager)",
                "case/Each case: Intake (Service desk)",
            ]
        );
    }

    #[test]
    fn pages_stand_by_kind() {
        let page = |title: &str, kind: &str| format!("---\ntitle: {title}\nkind: {kind}\n---\n");
        let (why, how, what) = (page("Why", "principle"), page("How", "guide"), page("And", "guide"));
        let bench = Bench::new(&[("pages/a.md", &why), ("pages/b.md", &how), ("pages/c.md", &what)]);
        let shared = bench.shared();
        let groups = said(shared.writer(EN, "pages/index.html").pages());
        assert_eq!(groups, ["guide/Guides: And, How", "principle/Principles: Why"]);
    }

    #[test]
    fn roles_of_other_firms_come_last_and_rights_are_said_in_the_reader_s_way() {
        let roles = "a: {title: Supplier, external: true}\nb: {title: Desk, may_grant: 1200 EUR}\nc: {title: Cook, external: false}\n";
        let bench = Bench::new(&[("registers/roles.yaml", roles)]);
        let shared = bench.shared();
        let groups = said(shared.writer(EN, "roles/index.html").roles());
        assert_eq!(groups, ["/: Cook, Desk (up to EUR\u{a0}1,200)", "external/Outside the firm: Supplier"]);
        assert_eq!(shared.writer(DE, "roles/index.html").roles().len(), 2);
    }
}
