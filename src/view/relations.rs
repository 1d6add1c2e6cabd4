//! What belongs to what, found once for the whole handbook: which steps use a playbook, what a role has to do.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use crate::fields::table::Row;
use crate::fields::value::{Reference, Value, Visitor};
use crate::model::handbook::{Documents, Handbook};
use crate::model::kind::Kind;
use crate::model::lookup::{Scope, Thing};
use crate::model::quantity::Actor;
use crate::model::registers::Role;
use crate::model::results::Measured;
use crate::source::FileId;
use crate::units::money::Money;

/// A breach of a standard that a role is told of: the standard's whole id and the place in its list.
pub type Told = (String, usize);

/// What belongs to what.
#[derive(Debug, Default)]
pub struct Relations {
    /// The steps that use a playbook or a checklist, by the thing.
    pub used_by: BTreeMap<Thing, Vec<String>>,
    /// The standards, promises and checklist items that cover a factor; items as `checklist#item`.
    pub covered_by: BTreeMap<String, Vec<Thing>>,
    /// The promises behind which a standard stands.
    pub promised: BTreeMap<String, Vec<String>>,
    /// What a role does, by its id.
    pub roles: BTreeMap<String, Duties>,
    /// The latest result of each standard that is not about one channel only, or else of any channel.
    pub latest: BTreeMap<String, Measured>,
    /// The pages that are about a thing.
    pub pages_about: BTreeMap<Thing, Vec<String>>,
    /// The services to which others send complaints.
    pub complaints: BTreeSet<String>,
    /// The roles that may grant something by their own right, the smallest first.
    pub rights: Vec<(Money, String)>,
    /// The documents of which a file is the source or a translation.
    pub documents: BTreeMap<FileId, Thing>,
}

/// What a role has to do.
#[derive(Debug, Default)]
pub struct Duties {
    /// The services that it answers for.
    pub owns: Vec<String>,
    /// The steps that it does.
    pub steps: Vec<String>,
    /// The promises whose remedy it grants.
    pub grants: Vec<String>,
    /// The breaches that it is told of.
    pub told: Vec<Told>,
    /// The checklists that it ticks.
    pub checklists: Vec<String>,
    /// The playbooks of its steps, and those that hand over to it.
    pub playbooks: Vec<String>,
    /// The roles that it stands in for.
    pub stands_in_for: Vec<String>,
    /// The roles that report to it.
    pub led: Vec<String>,
}

impl Relations {
    /// Finds what belongs to what.
    pub fn of(handbook: &Handbook) -> Self {
        let mut relations = Self::default();
        relations.add_services(handbook);
        relations.add_documents(handbook);
        relations.add_files(Kind::Service, &handbook.services);
        relations.add_files(Kind::Playbook, &handbook.playbooks);
        relations.add_files(Kind::Checklist, &handbook.checklists);
        relations.add_files(Kind::Page, &handbook.pages);
        for (id, row) in &handbook.roles {
            for deputy in &row.value.deputy.0 {
                relations.duties(&deputy.id).stands_in_for.push(id.clone());
            }
            if let Some(lead) = &row.value.reports_to {
                relations.duties(&lead.id).led.push(id.clone());
            }
        }
        let right = |(id, row): (&String, &Row<Role>)| Some((row.value.may_grant.as_ref()?.value, id.clone()));
        relations.rights = handbook.roles.iter().filter_map(right).collect();
        relations.rights.sort_by(|(a, x), (b, y)| a.compare(*b).unwrap_or(Ordering::Equal).then_with(|| x.cmp(y)));
        for lines in handbook.results.by_standard() {
            relations.add_results(lines);
        }
        relations
    }

    /// Gives the pages that are about a service or something in it, each once.
    pub fn pages_about_service(&self, service: &str) -> BTreeSet<&str> {
        let itself = self.pages_about.get(&(Kind::Service, service.to_owned())).into_iter();
        let start = format!("{service}/");
        let kinds = Kind::ALL.into_iter().filter(|kind| kind.is_within_service());
        let within = kinds.flat_map(|kind| {
            let start = start.as_str();
            let from = self.pages_about.range((kind, start.to_owned())..);
            let below = from.take_while(move |((other, id), _)| *other == kind && id.starts_with(start));
            // A service may lie in a folder that is called like this one.
            below.filter(move |((_, id), _)| !id[start.len()..].contains('/')).map(|(_, pages)| pages)
        });
        itself.chain(within).flatten().map(String::as_str).collect()
    }

    fn add_files<T>(&mut self, kind: Kind, documents: &Documents<T>) {
        for (id, document) in documents {
            self.documents.extend(document.files().map(|file| (file, (kind, id.clone()))));
        }
    }

    fn duties(&mut self, role: &str) -> &mut Duties {
        self.roles.entry(role.to_owned()).or_default()
    }

    fn add_services(&mut self, handbook: &Handbook) {
        for (service, document) in &handbook.services {
            if let Some(owner) = &document.fields.owner {
                self.duties(&owner.id).owns.push(service.clone());
            }
            self.complaints.extend(document.fields.complaints_to.iter().map(|taker| taker.id.clone()));
            for row in document.fields.standards.iter() {
                let id = format!("{service}/{}", row.id);
                self.cover(row.value.covers.iter().map(|factor| factor.id.as_str()), (Kind::Standard, id.clone()));
                for (at, breach) in row.value.breach.iter().enumerate() {
                    for role in &breach.tell.0 {
                        self.duties(&role.id).told.push((id.clone(), at));
                    }
                }
            }
            for row in document.fields.steps.iter() {
                self.add_step(&format!("{service}/{}", row.id), &row.value);
            }
            for row in document.fields.promises.iter() {
                let id = format!("{service}/{}", row.id);
                self.cover(row.value.covers.iter().map(|factor| factor.id.as_str()), (Kind::Promise, id.clone()));
                for standard in &row.value.backed_by {
                    self.promised.entry(standard.id.clone()).or_default().push(id.clone());
                }
                if let Some(role) = row.value.remedy.as_ref().and_then(|remedy| remedy.granted_by.as_ref()) {
                    self.duties(&role.id).grants.push(id.clone());
                }
            }
        }
    }

    fn add_step(&mut self, id: &str, step: &crate::model::step::Step) {
        let playbook = step.playbook.as_ref().map(|playbook| (Kind::Playbook, playbook.id.clone()));
        let checklist = step.checklist.as_ref().map(|checklist| (Kind::Checklist, checklist.id.clone()));
        for thing in playbook.iter().chain(&checklist) {
            self.used_by.entry(thing.clone()).or_default().push(id.to_owned());
        }
        if let Some(Actor::Role(role)) = &step.actor {
            let duties = self.duties(&role.id);
            duties.steps.push(id.to_owned());
            let new = playbook.map(|(_, id)| id).filter(|id| !duties.playbooks.contains(id));
            duties.playbooks.extend(new);
        }
    }

    fn add_documents(&mut self, handbook: &Handbook) {
        for (id, document) in &handbook.playbooks {
            for escalation in &document.fields.escalate.0 {
                if let Some(role) = &escalation.to {
                    let duties = self.duties(&role.id);
                    if !duties.playbooks.contains(id) {
                        duties.playbooks.push(id.clone());
                    }
                }
            }
        }
        for (id, document) in &handbook.checklists {
            for role in &document.fields.by.0 {
                self.duties(&role.id).checklists.push(id.clone());
            }
            for row in document.fields.items.iter() {
                let covers = row.value.0.covers.iter().map(|factor| factor.id.as_str());
                self.cover(covers, (Kind::Checklist, format!("{id}#{}", row.id)));
            }
        }
        for (id, document) in &handbook.pages {
            let mut about = About { handbook, things: Vec::new() };
            document.fields.about.walk(&mut about);
            for thing in about.things {
                self.pages_about.entry(thing).or_default().push(id.clone());
            }
        }
    }

    fn cover<'a>(&mut self, factors: impl Iterator<Item = &'a str>, thing: Thing) {
        for factor in factors {
            self.covered_by.entry(factor.to_owned()).or_default().push(thing.clone());
        }
    }

    /// Keeps the latest line of a standard; a line about all channels goes before one about a single one.
    fn add_results(&mut self, lines: &[Measured]) {
        let rank = |line: &Measured| (line.period.value.end, line.channel.is_none());
        let Some(latest) = lines.iter().reduce(|kept, line| if rank(kept) < rank(line) { line } else { kept }) else {
            return;
        };
        let id = &latest.standard.id;
        match self.latest.get_mut(id) {
            Some(kept) if rank(kept) < rank(latest) => *kept = latest.clone(),
            Some(_) => {}
            None => drop(self.latest.insert(id.clone(), latest.clone())),
        }
    }
}

struct About<'a> {
    handbook: &'a Handbook,
    things: Vec<Thing>,
}

impl Visitor for About<'_> {
    fn reference(&mut self, reference: &Reference) {
        self.things.extend(self.handbook.look_up(&reference.id, &Scope::default()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::bench::Bench;

    fn of(front: &str, others: &[(&str, &str)]) -> Relations {
        Relations::of(Bench::service(front, others).shared().handbook())
    }

    #[test]
    fn a_role_knows_the_service_it_owns_and_its_steps_in_order() {
        let relations = of("steps: {b: {actor: desk}, a: {actor: desk}, c: {actor: customer}}\n", &[]);
        let desk = &relations.roles["desk"];
        assert_eq!(desk.owns, ["repair"]);
        assert_eq!(desk.steps, ["repair/b", "repair/a"]);
        assert!(!relations.roles.contains_key("customer"));
    }

    #[test]
    fn a_playbook_of_several_steps_is_listed_once_for_a_role_and_once_a_step_for_itself() {
        let steps =
            "steps: {a: {actor: desk, playbook: calm}, b: {actor: desk, playbook: calm}, c: {playbook: calm}}\n";
        let playbook = ("playbooks/calm.md", "---\ntitle: Calm\nescalate: {to: desk}\n---\n");
        let relations = of(steps, &[playbook]);
        assert_eq!(relations.roles["desk"].playbooks, ["calm"]);
        assert_eq!(relations.used_by[&(Kind::Playbook, "calm".into())], ["repair/a", "repair/b", "repair/c"]);
    }

    #[test]
    fn the_role_that_a_playbook_hands_over_to_has_the_playbook_too() {
        let relations = of("", &[("playbooks/calm.md", "---\ntitle: Calm\nescalate: [{to: lead}, {to: lead}]\n---\n")]);
        assert_eq!(relations.roles["lead"].playbooks, ["calm"]);
    }

    #[test]
    fn a_factor_is_covered_by_standards_promises_and_items() {
        let front = "standards: {quick: {covers: [wait]}}\npromises: {sure: {covers: [wait]}}\n";
        let list = ("checklists/open.md", "---\ntitle: Open\nitems: {light: {text: Light, covers: [wait]}}\n---\n");
        let relations = of(front, &[list]);
        let things: Vec<String> =
            relations.covered_by["wait"].iter().map(|(kind, id)| format!("{kind:?} {id}")).collect();
        assert_eq!(things, ["Standard repair/quick", "Promise repair/sure", "Checklist open#light"]);
    }

    #[test]
    fn a_role_knows_what_it_grants_is_told_of_and_ticks() {
        let front = "\
standards:
  quick: {breach: [{at: 70%, tell: desk}, {at: 100%, tell: [desk, lead]}]}
promises:
  sure: {backed_by: [quick], remedy: {granted_by: lead}}
";
        let relations = of(front, &[("checklists/open.md", "---\ntitle: Open\nby: [desk, lead]\n---\n")]);
        let (desk, lead) = (&relations.roles["desk"], &relations.roles["lead"]);
        assert_eq!(desk.told, [("repair/quick".to_owned(), 0), ("repair/quick".to_owned(), 1)]);
        assert_eq!(lead.told, [("repair/quick".to_owned(), 1)]);
        assert_eq!((lead.grants.as_slice(), desk.grants.len()), (&["repair/sure".to_owned()][..], 0));
        assert_eq!((desk.checklists.as_slice(), lead.checklists.len()), (&["open".to_owned()][..], 1));
        assert_eq!(relations.promised["repair/quick"], ["repair/sure"]);
    }

    #[test]
    fn who_reports_and_who_stands_in_is_known_from_both_sides() {
        let roles = "lead: {title: Lead, deputy: desk}\ndesk: {title: Desk, reports_to: lead}\n";
        let relations = of("", &[("registers/roles.yaml", roles)]);
        assert_eq!(relations.roles["lead"].led, ["desk"]);
        assert_eq!(relations.roles["desk"].stands_in_for, ["lead"]);
    }

    #[test]
    fn pages_about_a_service_are_those_about_it_or_about_something_in_it_each_once() {
        let page = |about: &str| format!("---\ntitle: T\nkind: guide\nabout: [{about}]\n---\n");
        let (both, inner, beside) = (page("repair/quick, repair"), page("repair/mend"), page("repair/quick/quick"));
        let deeper = crate::checks::bench::service("standards: {quick: {}}\n");
        let files = [
            ("pages/both.md", both.as_str()),
            ("pages/inner.md", &inner),
            ("pages/beside.md", &beside),
            ("services/repair/quick.md", &deeper),
        ];
        let relations = of("standards: {quick: {}}\nsteps: {mend: {actor: desk}}\n", &files);
        let about = |service| relations.pages_about_service(service).into_iter().collect::<Vec<_>>();
        assert_eq!(about("repair"), ["both", "inner"]);
        assert_eq!((about("repair/quick"), about("rep")), (vec!["beside"], vec![]));
    }

    #[test]
    fn a_document_is_found_by_any_of_its_files() {
        let files =
            [("services/repair.de.md", "---\ntitle: R\n---\n"), ("pages/why.md", "---\ntitle: W\nkind: guide\n---\n")];
        let found = of("", &files).documents.into_values().collect::<Vec<_>>();
        let known = |thing: &Thing| found.iter().filter(|other| *other == thing).count();
        assert_eq!((known(&(Kind::Service, "repair".into())), known(&(Kind::Page, "why".into()))), (2, 1));
    }

    #[test]
    fn pages_are_found_by_what_they_are_about() {
        let page = ("pages/why.md", "---\ntitle: Why\nkind: guide\nabout: [repair/quick, repair]\n---\n");
        let relations = of("standards: {quick: {}}\n", &[page]);
        assert_eq!(relations.pages_about[&(Kind::Standard, "repair/quick".into())], ["why"]);
        assert_eq!(relations.pages_about[&(Kind::Service, "repair".into())], ["why"]);
    }
}
