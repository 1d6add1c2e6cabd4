//! The page of a role: what it does, by when, what it may grant, whom it is told by.

use serde::Serialize;

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
    /// What the customer gets.
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
}

impl Writer<'_> {
    /// Shows the page of a role.
    pub fn role(&self, row: &Row<Role>) -> RoleView {
        let nothing = Duties::default();
        let duties = self.shared.relations.roles.get(&row.id).unwrap_or(&nothing);
        let links = |kind: Kind, ids: &[String]| ids.iter().map(|id| self.link(kind, id)).collect();
        let role = &row.value;
        RoleView {
            id: row.id.clone(),
            title: self.title(&role.title),
            reports_to: role.reports_to.as_ref().map(|lead| self.link(Kind::Role, &lead.id)),
            leads: links(Kind::Role, &duties.led),
            deputies: role.deputy.0.iter().map(|deputy| self.link(Kind::Role, &deputy.id)).collect(),
            stands_in_for: links(Kind::Role, &duties.stands_in_for),
            may_grant: role.may_grant.as_ref().map_or_else(String::new, |money| self.locale().money(money.value)),
            external: role.external.as_ref().is_some_and(|external| external.value),
            skills: role.skills.iter().map(|text| self.text(text)).collect(),
            services: self.role_steps(duties),
            limits: self.role_limits(duties),
            grants: self.role_grants(duties, role.may_grant.as_ref().map(|money| money.value)),
            told: duties.told.iter().filter_map(|told| self.role_told(told)).collect(),
            checklists: links(Kind::Checklist, &duties.checklists),
            playbooks: links(Kind::Playbook, &duties.playbooks),
            owns: links(Kind::Service, &duties.owns),
        }
    }

    fn role_steps(&self, duties: &Duties) -> Vec<RoleService> {
        let mut services: Vec<(String, RoleService)> = Vec::new();
        for id in &duties.steps {
            let Some(step) = self.handbook().step(id).map(|row| &row.value) else { continue };
            let service = id.rsplit_once('/').map_or("", |(service, _)| service);
            let step = RoleStep {
                step: self.link(Kind::Step, id),
                takes: self.duration(&step.takes),
                playbook: step.playbook.as_ref().map(|it| self.link(Kind::Playbook, &it.id)),
                checklist: step.checklist.as_ref().map(|it| self.link(Kind::Checklist, &it.id)),
            };
            match services.iter_mut().find(|(known, _)| known == service) {
                Some((_, known)) => known.steps.push(step),
                None => {
                    let link = self.link(Kind::Service, service);
                    services.push((service.to_owned(), RoleService { service: link, steps: vec![step] }));
                }
            }
        }
        services.into_iter().map(|(_, service)| service).collect()
    }

    /// Gives the limits of the standards that the role's steps are part of, the shortest first.
    fn role_limits(&self, duties: &Duties) -> Vec<RoleLimit> {
        let handbook = self.handbook();
        let mut ids: Vec<&str> = duties
            .steps
            .iter()
            .filter_map(|step| handbook.step(step)?.value.standard.as_ref())
            .map(|standard| standard.id.as_str())
            .collect();
        ids.sort_unstable();
        ids.dedup();
        let mut limits: Vec<(u64, RoleLimit)> = Vec::new();
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
            limits.push((rough_seconds(steer.value), limit));
        }
        limits.sort_by_key(|(seconds, _)| *seconds);
        limits.into_iter().map(|(_, limit)| limit).collect()
    }

    fn role_grants(&self, duties: &Duties, right: Option<Money>) -> Vec<RoleGrant> {
        let grant = |id: &String| {
            let remedy = self.handbook().promise(id)?.value.remedy.as_ref()?;
            let amount = remedy.up_to.as_ref().map(|money| money.value).or(right);
            let own = (Kind::Promise, id.clone());
            Some(RoleGrant {
                promise: self.link(Kind::Promise, id),
                what: self.text_of(&remedy.what, Some(&own)),
                up_to: amount.map_or_else(String::new, |money| self.locale().money(money)),
            })
        };
        duties.grants.iter().filter_map(grant).collect()
    }

    fn role_told(&self, (id, at): &Told) -> Option<RoleTold> {
        let breach = self.handbook().standard(id)?.value.breach.get(*at)?;
        let shown = self.breach(breach);
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
