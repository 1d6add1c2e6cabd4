//! The binder of a role: all it works by as one document, to print and keep where there is no screen.

use std::collections::BTreeSet;

use serde::Serialize;

use super::checklist::by_part;
use super::html::{Html, Link};
use super::paper::PrintedStandard;
use super::playbook::EscalationView;
use super::relations::Duties;
use super::role::RoleGrant;
use super::writer::Writer;
use crate::fields::table::Row;
use crate::model::checklist::{Checklist, Item};
use crate::model::document::Document;
use crate::model::kind::Kind;
use crate::model::playbook::Playbook;
use crate::model::registers::Role;

/// The standards of a service that a role works by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BinderService {
    /// The service.
    pub service: Link,
    /// The standards.
    pub standards: Vec<PrintedStandard>,
}

/// A playbook in a binder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BinderPlaybook {
    /// What it is called.
    pub title: Html,
    /// The moment it is for.
    pub when: Html,
    /// What one sees and hears.
    pub cues: Vec<Html>,
    /// What to say.
    pub say: Vec<Html>,
    /// What never to say.
    pub never_say: Vec<Html>,
    /// When to hand over.
    pub escalate: Vec<EscalationView>,
    /// The prose, without anchors.
    pub prose: Html,
}

/// An item of a checklist in a binder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BinderItem {
    /// What is ticked.
    pub text: Html,
    /// What shows that it was done; empty where nothing is said.
    pub proof: Html,
}

/// A part of a checklist in a binder: items under one heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BinderPart {
    /// The heading; empty for items without one.
    pub title: Html,
    /// The items.
    pub items: Vec<BinderItem>,
}

/// A checklist in a binder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BinderChecklist {
    /// What it is called.
    pub title: Html,
    /// What it is used for, in words.
    pub purpose_name: Html,
    /// How often, in words; empty where nothing is said.
    pub every: Html,
    /// How many items, in words.
    pub total_text: Html,
    /// The items by parts.
    pub parts: Vec<BinderPart>,
}

/// The binder of a role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BinderView {
    /// The id of the role.
    pub id: String,
    /// What the role is called.
    pub title: Html,
    /// What it may grant; empty where it may grant nothing.
    pub may_grant: String,
    /// The remedies it may grant.
    pub grants: Vec<RoleGrant>,
    /// The standards that its steps are part of, by service.
    pub services: Vec<BinderService>,
    /// Its playbooks.
    pub playbooks: Vec<BinderPlaybook>,
    /// Its checklists.
    pub checklists: Vec<BinderChecklist>,
}

impl Writer<'_> {
    /// Shows the binder of a role. Its prose has no anchors, since things of several pages stand on one.
    pub fn binder(&self, row: &Row<Role>) -> BinderView {
        let handbook = self.handbook();
        let nothing = Duties::default();
        let duties = self.shared.relations.roles.get(&row.id).unwrap_or(&nothing);
        let playbooks = duties.playbooks.iter().filter_map(|id| handbook.playbooks.get(id));
        let checklists = duties.checklists.iter().filter_map(|id| handbook.checklists.get(id));
        BinderView {
            id: row.id.clone(),
            title: self.title(&row.value.title),
            may_grant: self.may_grant(&row.value),
            grants: self.role_grants(duties, row.value.may_grant.as_ref().map(|money| money.value)),
            services: self.binder_services(&duties.steps),
            playbooks: playbooks.map(|playbook| self.binder_playbook(playbook)).collect(),
            checklists: checklists.map(|checklist| self.binder_checklist(checklist)).collect(),
        }
    }

    fn binder_playbook(&self, playbook: &Document<Playbook>) -> BinderPlaybook {
        let fields = &playbook.fields;
        BinderPlaybook {
            title: self.title(&fields.title),
            when: self.text(&fields.when),
            cues: self.texts(&fields.cues),
            say: self.texts(&fields.say),
            never_say: self.texts(&fields.never_say),
            escalate: self.escalations(fields),
            prose: without_anchors(&self.body(playbook)),
        }
    }

    fn binder_checklist(&self, checklist: &Document<Checklist>) -> BinderChecklist {
        let fields = &checklist.fields;
        let item =
            |row: &Row<Item>| BinderItem { text: self.text(&row.value.0.text), proof: self.text(&row.value.0.proof) };
        let parts = by_part(fields)
            .into_iter()
            .map(|(title, rows)| BinderPart { title: self.title(title), items: rows.into_iter().map(item).collect() });
        BinderChecklist {
            title: self.title(&fields.title),
            purpose_name: self.purpose(fields).1,
            every: fields.every.as_ref().map(|every| self.period(every)).unwrap_or_default(),
            total_text: self.items_in_words(fields),
            parts: parts.collect(),
        }
    }

    fn binder_services(&self, steps: &[String]) -> Vec<BinderService> {
        let handbook = self.handbook();
        let standards = steps.iter().filter_map(|step| handbook.step(step)?.value.standard.as_ref());
        let wanted: BTreeSet<&str> = standards.map(|standard| standard.id.as_str()).collect();
        let holders: BTreeSet<&str> = wanted.iter().filter_map(|id| Some(id.rsplit_once('/')?.0)).collect();
        let services = holders.into_iter().filter_map(|id| handbook.services.get(id)).filter_map(|service| {
            let rows = service.fields.standards.iter();
            let own = rows.filter(|row| wanted.contains(format!("{}/{}", service.id, row.id).as_str()));
            let standards: Vec<PrintedStandard> = own
                .map(|row| self.printed_standard(service, row))
                .map(|view| PrintedStandard { prose: without_anchors(&view.prose), ..view })
                .collect();
            (!standards.is_empty()).then(|| BinderService { service: self.link(Kind::Service, &service.id), standards })
        });
        services.collect()
    }
}

/// What leads within a page or is led to, as it begins in a tag: anchors, footnotes and the ways between them.
const WITHIN: [&str; 3] = [" id=\"", " href=\"#", " role=\"doc-"];

/// Leaves out the anchors of prose, and what leads to them.
fn without_anchors(prose: &Html) -> Html {
    let mut html = String::with_capacity(prose.0.len());
    let mut rest = prose.0.as_str();
    // Text is escaped, so a quotation mark behind `id=` stands in a tag.
    while let Some((at, start)) = WITHIN.iter().filter_map(|start| Some((rest.find(start)?, *start))).min() {
        html.push_str(&rest[..at]);
        rest = behind_quote(&rest[at + start.len()..]);
        if start == WITHIN[2]
            && let Some(label) = rest.strip_prefix(" aria-label=\"")
        {
            rest = behind_quote(label);
        }
    }
    html.push_str(rest);
    Html(html)
}

fn behind_quote(text: &str) -> &str {
    text.split_once('"').map_or("", |(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::bench::{Bench, DE, EN};

    const SERVICE: &str = "\
standards:
  quick: {title: Quick, kind: timeliness, limit: 5 business days}
  right: {title: Right, kind: accuracy, level: 99%}
  other: {title: Other, kind: timeliness, limit: 2 weeks}
steps:
  one: {title: One, actor: desk, standard: quick, playbook: calm, checklist: open}
  two: {title: Two, actor: desk, standard: right}
  three: {title: Three, actor: lead, standard: other}
";
    const OTHERS: [(&str, &str); 2] = [
        ("playbooks/calm.md", "---\ntitle: Calm\nsay: [Gladly]\n---\n# Calm\n\n## Before {#before}\n\nBreathe.\n"),
        ("checklists/open.md", "---\ntitle: Open\nuse: case\nby: desk\nitems: {a: Light}\n---\n"),
    ];

    fn binder(language: crate::fields::text::Language, role: &str) -> BinderView {
        let bench = Bench::service(SERVICE, &OTHERS);
        let shared = bench.shared();
        let writer = shared.writer(language, "binders/desk.html");
        writer.binder(&shared.handbook().roles[role])
    }

    #[test]
    fn a_binder_holds_what_a_role_works_by_and_nothing_else() {
        let binder = binder(EN, "desk");
        let standards: Vec<_> = binder.services[0].standards.iter().map(|it| it.title.0.as_str()).collect();
        assert_eq!((binder.services.len(), standards), (1, vec!["Quick", "Right"]));
        assert_eq!(binder.playbooks.iter().map(|it| it.title.0.as_str()).collect::<Vec<_>>(), ["Calm"]);
        assert_eq!(binder.checklists.iter().map(|it| it.title.0.as_str()).collect::<Vec<_>>(), ["Open"]);
        assert_eq!(binder.checklists[0].parts[0].items[0].text.0, "Light");
        assert_eq!(binder.playbooks[0].say[0].0, "Gladly");
        assert_eq!((binder.title.0.as_str(), binder.may_grant.as_str()), ("Service desk", "EUR\u{a0}50"));
    }

    #[test]
    fn links_of_a_binder_lead_from_where_it_lies() {
        assert_eq!(binder(EN, "desk").services[0].service.href, "../services/repair.html");
        assert_eq!(binder(DE, "desk").services[0].service.href, "../services/repair.html");
    }

    #[test]
    fn prose_in_a_binder_has_no_anchors() {
        let prose = &binder(EN, "desk").playbooks[0].prose.0;
        assert!(prose.contains("Before</h2>") && !prose.contains(" id="), "{prose}");
        let plain = |html: &str| without_anchors(&Html(html.into())).0;
        assert_eq!(plain("<h2 id=\"a\" class=\"b\">A</h2><p>x</p>"), "<h2 class=\"b\">A</h2><p>x</p>");
        assert_eq!(
            plain("<a href=\"#n\" id=\"r\" role=\"doc-noteref\">1</a> <a href=\"../x.html#y\">Y</a>"),
            "<a>1</a> <a href=\"../x.html#y\">Y</a>"
        );
        assert_eq!(
            plain("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Notes\">"),
            "<section class=\"footnotes\">"
        );
        assert_eq!(plain("no anchor"), "no anchor");
    }

    #[test]
    fn a_role_without_steps_has_a_binder_with_its_role_alone() {
        let lead = binder(EN, "lead");
        assert_eq!(lead.services[0].standards.len(), 1);
        assert!(lead.playbooks.is_empty() && lead.checklists.is_empty());
    }
}
