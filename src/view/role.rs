//! The page of a role: what it does, by when, what it may grant, whom it is told by.

use serde::Serialize;

use super::agenda::DueShort;
use super::day::RoleDay;
use super::html::{Html, Link};
use super::relations::{Duties, Told};
use super::standard::Figure;
use super::writer::Writer;
use crate::fields::table::Row;
use crate::model::kind::Kind;
use crate::model::registers::Role;
use crate::units::money::Money;

/// A step of a role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RoleStep {
    /// The step.
    pub step: Link,
    /// How long it may take; empty where nothing is said.
    pub takes: String,
    /// The playbook that goes with it.
    pub playbook: Option<Link>,
    /// The checklist that goes with it.
    pub checklist: Option<Link>,
}

/// The steps of a role in one service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RoleService {
    /// The service.
    pub service: Link,
    /// The steps.
    pub steps: Vec<RoleStep>,
}

/// A limit that a role works under.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RoleLimit {
    /// The standard.
    pub standard: Link,
    /// The service.
    pub service: Link,
    /// What the staff steer by, or else the limit.
    pub figure: Figure,
    /// What the customer can expect.
    pub limit: String,
}

/// A promise whose remedy a role may grant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RoleGrant {
    /// The promise.
    pub promise: Link,
    /// What the customer gets, without links.
    pub what: Html,
    /// Up to what amount.
    pub up_to: String,
}

/// A breach that a role is told of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RoleTold {
    /// The standard.
    pub standard: Link,
    /// `share` of the limit, or `duration` after the start.
    pub kind: &'static str,
    /// When.
    pub at: Html,
}

/// The page of a role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RoleView {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: Html,
    /// Whom it reports to.
    pub reports_to: Option<Link>,
    /// Who reports to it.
    pub leads: Vec<Link>,
    /// Who stands in for it.
    pub deputies: Vec<Link>,
    /// For whom it stands in.
    pub stands_in_for: Vec<Link>,
    /// What it may grant; empty where it may grant nothing.
    pub may_grant: String,
    /// Whether it belongs to another firm.
    pub external: bool,
    /// What it takes.
    pub skills: Vec<Html>,
    /// Its steps by service.
    pub services: Vec<RoleService>,
    /// The limits it works under, the shortest first.
    pub limits: Vec<RoleLimit>,
    /// The remedies it may grant.
    pub grants: Vec<RoleGrant>,
    /// The breaches it is told of.
    pub told: Vec<RoleTold>,
    /// Its checklists.
    pub checklists: Vec<Link>,
    /// Its playbooks.
    pub playbooks: Vec<Link>,
    /// The services it answers for.
    pub owns: Vec<Link>,
    /// Its day.
    pub day: RoleDay,
    /// What is due for it; nothing where it owns nothing that is ever due.
    pub due: Option<DueShort>,
}

impl Writer<'_> {
    /// Shows the page of a role.
    pub fn role(&self, row: &Row<Role>) -> RoleView {
        let nothing = Duties::default();
        let duties = self.shared.relations.roles.get(&row.id).unwrap_or(&nothing);
        let links = |kind: Kind, ids: &[String]| ids.iter().map(|id| self.link(kind, id)).collect();
        let role = &row.value;
        let limits = self.role_limits(duties);
        RoleView {
            day: self.role_day(&row.id, duties, &limits),
            due: self.due_for(&row.id),
            id: row.id.clone(),
            title: self.title(&role.title),
            reports_to: role.reports_to.as_ref().map(|lead| self.link(Kind::Role, &lead.id)),
            leads: links(Kind::Role, &duties.led),
            deputies: role.deputy.0.iter().map(|deputy| self.link(Kind::Role, &deputy.id)).collect(),
            stands_in_for: links(Kind::Role, &duties.stands_in_for),
            may_grant: self.may_grant(role),
            external: role.external.as_ref().is_some_and(|external| external.value),
            skills: role.skills.iter().map(|text| self.text(text)).collect(),
            services: self.role_steps(duties),
            limits: limits.into_iter().map(|(_, limit)| limit).collect(),
            grants: self.role_grants(duties, role.may_grant.as_ref().map(|money| money.value)),
            told: duties.told.iter().filter_map(|told| self.role_told(told)).collect(),
            checklists: links(Kind::Checklist, &duties.checklists),
            playbooks: links(Kind::Playbook, &duties.playbooks),
            owns: links(Kind::Service, &duties.owns),
        }
    }

    fn role_steps(&self, duties: &Duties) -> Vec<RoleService> {
        // The steps of a service stand together.
        let mut services: Vec<(String, RoleService)> = Vec::new();
        for id in &duties.steps {
            let service = id.rsplit_once('/').map_or("", |(service, _)| service);
            let step = self.role_step(id);
            match services.last_mut().filter(|(known, _)| known == service) {
                Some((_, known)) => known.steps.push(step),
                None => {
                    let link = self.link(Kind::Service, service);
                    services.push((service.to_owned(), RoleService { service: link, steps: vec![step] }));
                }
            }
        }
        services.into_iter().map(|(_, service)| service).collect()
    }

    /// Shows a step of a role.
    pub fn role_step(&self, id: &str) -> RoleStep {
        let step = self.handbook().step(id).map(|row| &row.value);
        let playbook = step.and_then(|step| step.playbook.as_ref());
        let checklist = step.and_then(|step| step.checklist.as_ref());
        RoleStep {
            step: self.link(Kind::Step, id),
            takes: step.map(|step| self.duration(&step.takes)).unwrap_or_default(),
            playbook: playbook.map(|it| self.link(Kind::Playbook, &it.id)),
            checklist: checklist.map(|it| self.link(Kind::Checklist, &it.id)),
        }
    }

    /// Gives the limits of the standards that the role's steps are part of, by the standard's id, the shortest first.
    fn role_limits(&self, duties: &Duties) -> Vec<(String, RoleLimit)> {
        let handbook = self.handbook();
        let mut ids: Vec<&str> = duties
            .steps
            .iter()
            .filter_map(|step| handbook.step(step)?.value.standard.as_ref())
            .map(|standard| standard.id.as_str())
            .collect();
        ids.sort_unstable();
        ids.dedup();
        let mut limits: Vec<(u64, (String, RoleLimit))> = Vec::new();
        for id in ids {
            let Some(standard) = handbook.standard(id).map(|row| &row.value) else { continue };
            let Some(steer) = standard.internal.as_ref().or(standard.limit.as_ref()) else { continue };
            let service = id.rsplit_once('/').map_or("", |(service, _)| service);
            let limit = RoleLimit {
                standard: self.link(Kind::Standard, id),
                service: self.link(Kind::Service, service),
                figure: self.figure(steer.value),
                limit: self.duration(&standard.limit),
            };
            limits.push((rough_seconds(steer.value), (id.to_owned(), limit)));
        }
        limits.sort_by_key(|(seconds, _)| *seconds);
        limits.into_iter().map(|(_, limit)| limit).collect()
    }

    /// Says what a role may grant; empty where it may grant nothing.
    pub fn may_grant(&self, role: &Role) -> String {
        role.may_grant.as_ref().map_or_else(String::new, |money| self.locale().money(money.value))
    }

    /// Gives the remedies that a role grants, up to its own right where the remedy names no amount.
    pub fn role_grants(&self, duties: &Duties, right: Option<Money>) -> Vec<RoleGrant> {
        let grant = |id: &String| {
            let remedy = self.handbook().promise(id)?.value.remedy.as_ref()?;
            let amount = remedy.up_to.as_ref().map(|money| money.value).or(right);
            let own = (Kind::Promise, id.clone());
            Some(RoleGrant {
                promise: self.link(Kind::Promise, id),
                what: self.plain_of(&remedy.what, Some(&own)),
                up_to: amount.map_or_else(String::new, |money| self.locale().money(money)),
            })
        };
        duties.grants.iter().filter_map(grant).collect()
    }

    fn role_told(&self, (id, at): &Told) -> Option<RoleTold> {
        let standard = &self.handbook().standard(id)?.value;
        let shown = self.breach(standard, standard.breach.get(*at)?);
        Some(RoleTold { standard: self.link(Kind::Standard, id), kind: shown.kind, at: shown.at })
    }
}

/// Gives a duration's rough length, to put limits into an order; nothing is decided by it.
pub fn rough_seconds(duration: crate::units::duration::Duration) -> u64 {
    use crate::units::duration::Unit;
    let unit = match duration.unit {
        Unit::Second => 1,
        Unit::Minute => 60,
        Unit::Hour => 3_600,
        Unit::BusinessHour => 3 * 3_600,
        Unit::CalendarDay => 86_400,
        Unit::BusinessDay => 86_400 * 7 / 5,
        Unit::Week => 7 * 86_400,
        Unit::Month => 30 * 86_400,
        Unit::Year => 365 * 86_400,
    };
    u64::from(duration.count) * unit
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::bench::{Bench, EN};

    const SERVICE: &str = "\
standards:
  all: {title: Slow, kind: timeliness, limit: 2 weeks, breach: [{at: 70%, tell: desk}, {at: 1 hour, tell: desk}]}
  quick: {title: Quick, kind: timeliness, limit: 5 business days, internal: 2 hours}
  right: {title: Right, kind: accuracy, level: 99%}
steps:
  one: {title: One, actor: desk, standard: all, takes: 1 hour}
  two: {title: Two, actor: desk, standard: quick, playbook: calm}
  three: {title: Three, actor: desk, standard: quick}
  four: {title: Four, actor: desk, standard: right}
promises:
  sure: {title: Sure, backed_by: [quick], remedy: {what: Money back, granted_by: desk}}
  safe: {title: Safe, backed_by: [quick], remedy: {what: A cake, up_to: 20 EUR, granted_by: desk}}
";
    const ROLES: &str = "\
desk: {title: Service desk, may_grant: 50 EUR, reports_to: lead, deputy: lead, skills: [Listening], external: true}
lead: {title: Lead}
";

    fn role(id: &str) -> RoleView {
        let playbook = ("playbooks/calm.md", "---\ntitle: Calm\nescalate: {to: lead}\n---\n");
        let list = ("checklists/open.md", "---\ntitle: Open\nby: desk\n---\n");
        let bench = Bench::service(SERVICE, &[("registers/roles.yaml", ROLES), playbook, list]);
        let shared = bench.shared();
        shared.writer(EN, "roles/desk.html").role(&shared.handbook().roles[id])
    }

    fn titles(links: &[Link]) -> Vec<&str> {
        links.iter().map(|link| link.title.0.as_str()).collect()
    }

    #[test]
    fn limits_are_listed_once_the_shortest_first_by_what_the_staff_steer_by() {
        let desk = role("desk");
        let limits: Vec<_> = desk
            .limits
            .iter()
            .map(|it| (it.standard.title.0.as_str(), it.figure.text.as_str(), it.limit.as_str()))
            .collect();
        assert_eq!(limits, [("Quick", "2 hours", "5 business days"), ("Slow", "2 weeks", "2 weeks")]);
    }

    #[test]
    fn steps_stand_under_their_service_in_order() {
        let desk = role("desk");
        assert_eq!(desk.services.len(), 1);
        let steps: Vec<_> =
            desk.services[0].steps.iter().map(|it| (it.step.title.0.as_str(), it.takes.as_str())).collect();
        assert_eq!(steps, [("One", "1 hour"), ("Two", ""), ("Three", ""), ("Four", "")]);
        assert_eq!(desk.services[0].steps[1].playbook.as_ref().unwrap().title.0, "Calm");
        assert_eq!(desk.services[0].service.href, "../services/repair.html");
    }

    #[test]
    fn a_remedy_without_an_amount_is_granted_up_to_the_right_of_the_role() {
        let desk = role("desk");
        let grants: Vec<_> = desk.grants.iter().map(|it| (it.promise.title.0.as_str(), it.up_to.as_str())).collect();
        assert_eq!(grants, [("Sure", "EUR\u{a0}50"), ("Safe", "EUR\u{a0}20")]);
    }

    #[test]
    fn a_role_says_when_it_is_told() {
        let told: Vec<(&str, String)> = role("desk").told.into_iter().map(|it| (it.kind, it.at.0)).collect();
        assert_eq!(told, [("share", "70%".to_owned()), ("duration", "1 hour".into())]);
    }

    #[test]
    fn who_leads_and_who_stands_in_is_named_on_both_pages() {
        let (desk, lead) = (role("desk"), role("lead"));
        assert_eq!(desk.reports_to.unwrap().title.0, "Lead");
        assert_eq!((titles(&desk.deputies), titles(&lead.leads)), (vec!["Lead"], vec!["Service desk"]));
        assert_eq!((titles(&lead.stands_in_for), titles(&desk.stands_in_for)), (vec!["Service desk"], vec![]));
        assert_eq!((desk.external, lead.external), (true, false));
        assert_eq!((desk.may_grant.as_str(), lead.may_grant.as_str()), ("EUR\u{a0}50", ""));
    }

    #[test]
    fn a_role_has_its_checklists_its_playbooks_and_the_services_it_owns() {
        let (desk, lead) = (role("desk"), role("lead"));
        assert_eq!((titles(&desk.checklists), titles(&desk.owns)), (vec!["Open"], vec!["Repair"]));
        assert_eq!((titles(&desk.playbooks), titles(&lead.playbooks)), (vec!["Calm"], vec!["Calm"]));
        assert_eq!((lead.services.len(), lead.limits.len(), lead.owns.len()), (0, 0, 0));
    }

    #[test]
    fn durations_of_different_units_have_a_rough_order() {
        let ordered = [
            "90 seconds",
            "2 minutes",
            "1 hour",
            "1 business hour",
            "1 calendar day",
            "1 business day",
            "1 week",
            "1 month",
            "1 year",
        ];
        let seconds: Vec<u64> =
            ordered.iter().map(|text| rough_seconds(crate::units::duration::Duration::parse(text).unwrap())).collect();
        assert!(seconds.is_sorted(), "{seconds:?}");
    }
}
