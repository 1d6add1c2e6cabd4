//! The facts of each kind of thing: one list a kind, in the order of its fields, and what a change of each means.

use super::change::What;
use super::fact::{Facts, Rule, Value};
use crate::calendar::hours::OpeningHours;
use crate::fields::table::Table;
use crate::model::checklist::{Checklist, Item};
use crate::model::kind::Kind;
use crate::model::playbook::Playbook;
use crate::model::promise::{Promise, PromiseKind, Remedy};
use crate::model::quantity::{Actor, Cadence, Fee, Moment};
use crate::model::registers::{Calendar, Channel, Evidence, Factor, Role};
use crate::model::service::{Exception, Service};
use crate::model::standard::{Standard, Variant};
use crate::model::step::Step;
use crate::units::duration::Duration;

/// What the facts of variants begin with.
pub const VARIANTS: &str = "variants.";

const LIMIT: Rule = Rule::limit(What::Loosened, What::Tightened);
const INTERNAL: Rule = Rule::limit(What::InternalLoosened, What::InternalTightened);
const LEGAL: Rule = Rule::always(What::LegalChanged);
const TARGET: Rule = Rule::amount(What::TargetRaised, What::TargetLowered);
const LEVEL: Rule = Rule::amount(What::Tightened, What::Loosened);
const EXCEPTION: Rule = Rule::amount(What::ExceptionAdded, What::ExceptionRemoved);
const NEED: Rule = Rule::amount(What::NeedAdded, What::NeedRemoved);
const FEE: Rule = Rule::amount(What::FeeRaised, What::FeeLowered);
const GRANT: Rule =
    Rule { other: What::AuthorityChanged, ..Rule::amount(What::AuthorityRaised, What::AuthorityLowered) };
const AUTHORITY: Rule = Rule::always(What::AuthorityChanged);
const ESCALATION: Rule = Rule::always(What::EscalationChanged);
const STEP: Rule = Rule::always(What::StepChanged);
const HOURS: Rule = Rule::always(What::HoursChanged);
const OTHER: Rule = Rule::always(What::RuleChanged);
const REVIEWED: Rule = Rule::always(What::Reviewed);

/// A thing with facts.
pub trait Binding {
    /// Gives what binds in it.
    fn facts(&self) -> Facts;
}

/// Writes a list of short words as one.
fn word(parts: impl IntoIterator<Item = String>) -> Value {
    Value::Word(parts.into_iter().collect::<Vec<_>>().join("; "))
}

fn order<T>(facts: &mut Facts, key: &'static str, table: &Table<T>) {
    if !table.is_empty() {
        facts.add(key, Rule::always(What::OrderChanged), word(table.iter().map(|row| row.id.clone())), None);
    }
}

impl Binding for Service {
    fn facts(&self) -> Facts {
        let mut facts = Facts::without(&self.faulty);
        facts.one("owner", Rule::always(What::OwnerChanged), self.owner.as_ref());
        facts.one("calendar", HOURS, self.calendar.as_ref());
        let channels = Rule { other: What::RuleChanged, ..Rule::amount(What::ChannelAdded, What::ChannelRemoved) };
        facts.all("channels", channels, &self.channels);
        facts.one("complaints_to", OTHER, self.complaints_to.as_ref());
        facts.texts("needs", NEED, self.needs.0.iter().map(|need| &need.0.what));
        if let Some(Fee::Money(fee)) = &self.fee {
            facts.add("fee", FEE, Value::Money(fee.value), Some(fee.span));
        }
        facts.all("also", OTHER, &self.also);
        for (at, exception) in self.exceptions.0.iter().enumerate() {
            if let Exception::Deviation(it) = exception {
                facts.quantity(format!("exceptions.{}.up_to", at + 1), EXCEPTION, it.up_to.as_ref());
            }
        }
        if !self.exceptions.0.is_empty() {
            let said = |exception: &Exception| match exception {
                Exception::Text(text) => text.source().to_owned(),
                Exception::Deviation(it) => it.when.source().to_owned(),
            };
            facts.add("exceptions", EXCEPTION, Value::Texts(self.exceptions.0.iter().map(said).collect()), None);
        }
        if let Some(review) = &self.review {
            facts.given("review.last", REVIEWED, &review.last, Value::Date);
            facts.given("review.every", OTHER, &review.every, Value::Duration);
        }
        if let Some(approved) = &self.approved {
            facts.one("approved.by", REVIEWED, approved.by.as_ref());
            facts.given("approved.date", REVIEWED, &approved.date, Value::Date);
        }
        facts
    }
}

impl Binding for Standard {
    fn facts(&self) -> Facts {
        let mut facts = Facts::without(&self.faulty);
        if let Some(kind) = &self.kind {
            facts.add("kind", OTHER, Value::Word(kind.value.word().to_owned()), Some(kind.span));
        }
        facts.given("limit", LIMIT, &self.limit, Value::Duration);
        facts.quantity("level", LEVEL, self.level.as_ref());
        facts.quantity("window", LIMIT, self.window.as_ref());
        facts.given("target", TARGET, &self.target, Value::Share);
        facts.given("internal", INTERNAL, &self.internal, Value::Duration);
        facts.given("legal", LEGAL, &self.legal, Value::Duration);
        facts.quantity("floor", LEVEL, self.floor.as_ref());
        // Where no channel is named it applies to all, so the first that is named narrows it.
        let scope = Rule {
            more: What::ScopeWidened,
            less: What::ScopeNarrowed,
            given: What::ScopeNarrowed,
            left_out: What::ScopeWidened,
            other: What::RuleChanged,
        };
        facts.all("channel", scope, &self.channel.0);
        if let Some(clock) = &self.clock {
            facts.texts("clock.pause", Rule::amount(What::Loosened, What::Tightened), &clock.pause.0);
            if !clock.restart.is_empty() {
                facts.add(
                    "clock.restart",
                    Rule { given: What::Loosened, left_out: What::Tightened, ..OTHER },
                    Value::Rank(0, "given"),
                    None,
                );
            }
        }
        for variant in &self.variants {
            add_variant(&mut facts, variant, self.limit.as_ref().map(|limit| limit.value));
        }
        let said = |at: Moment| match at {
            Moment::Share(share) => share.to_string(),
            Moment::Duration(duration) => duration.to_string(),
        };
        let breaches = self.breach.iter().map(|breach| {
            let at = breach.at.as_ref().map_or_else(String::new, |at| said(at.value));
            (at, breach.tell.0.iter().map(|role| role.id.clone()).collect())
        });
        if !self.breach.is_empty() {
            facts.add("breach", ESCALATION, Value::Told(breaches.collect()), None);
        }
        if let Some(measure) = &self.measure {
            let kind = measure.kind.as_ref().map_or("", |kind| kind.value.word());
            let per = match &measure.per {
                Some(Cadence::Period(period)) => format!(" per {}", period_word(period)),
                _ => String::new(),
            };
            facts.add("measure", Rule::always(What::MeasureChanged), Value::Word(format!("{kind}{per}")), None);
        }
        facts.one("owner", Rule::always(What::OwnerChanged), self.owner.as_ref());
        facts
    }
}

fn period_word(period: &crate::model::quantity::Period) -> String {
    match period {
        crate::model::quantity::Period::Duration(it) => it.value.to_string(),
        crate::model::quantity::Period::Word(it) => it.value.to_owned(),
    }
}

/// Adds a variant by what it applies to; one with a longer limit than all others is an exception, one with a shorter gives more.
fn add_variant(facts: &mut Facts, variant: &Variant, limit: Option<Duration>) {
    let name = format!("{VARIANTS}{}", variant.when.source());
    let is_longer = match (&variant.limit, limit) {
        (Some(own), Some(limit)) => own.value.compare_same_clock(limit) == Some(std::cmp::Ordering::Greater),
        _ => false,
    };
    let whole = match is_longer {
        true => EXCEPTION,
        false => Rule::amount(What::Tightened, What::Loosened),
    };
    let shown = variant.limit.as_ref().map_or_else(String::new, |limit| limit.value.to_string());
    // Whatever it says, a variant that stays is compared by its parts.
    facts.add(name.clone(), whole, Value::Texts(vec![shown]), variant.limit.as_ref().map(|limit| limit.span));
    facts.given(format!("{name}.limit"), LIMIT, &variant.limit, Value::Duration);
    facts.given(format!("{name}.internal"), INTERNAL, &variant.internal, Value::Duration);
    facts.given(format!("{name}.target"), TARGET, &variant.target, Value::Share);
}

impl Binding for Step {
    fn facts(&self) -> Facts {
        let mut facts = Facts::without(&self.faulty);
        match &self.actor {
            Some(Actor::Customer(at)) => facts.add("actor", STEP, Value::Word("customer".into()), Some(at.span)),
            Some(Actor::Role(role)) => facts.one("actor", STEP, Some(role)),
            None => {}
        }
        if let Some(stage) = &self.stage {
            facts.add("stage", STEP, Value::Word(stage.value.word().to_owned()), Some(stage.span));
        }
        facts.one("standard", STEP, self.standard.as_ref());
        facts.given("takes", STEP, &self.takes, Value::Duration);
        facts.all("after", Rule::always(What::OrderChanged), &self.after.0);
        let yes = |value: bool| Value::Word(if value { "true" } else { "false" }.to_owned());
        facts.given("pauses", STEP, &self.pauses, yes);
        facts.given("remind", STEP, &self.remind, Value::Duration);
        // A case that is closed later gives a customer more time.
        facts.given(
            "closes",
            Rule { given: What::Loosened, left_out: What::Tightened, ..Rule::amount(What::Tightened, What::Loosened) },
            &self.closes,
            Value::Duration,
        );
        facts.given("counts", STEP, &self.counts, yes);
        facts.given("agreement", STEP, &self.agreement, Value::Duration);
        facts.texts("tells", STEP, &self.tells.0);
        facts.texts("gives", STEP, &self.gives.0);
        facts.one("checklist", STEP, self.checklist.as_ref());
        facts.one("playbook", STEP, self.playbook.as_ref());
        facts.period("every", STEP, self.every.as_ref());
        facts.all("reviews", STEP, &self.reviews.0);
        if !self.when.is_empty() {
            facts.add("when", STEP, Value::Texts(vec![self.when.source().to_owned()]), None);
        }
        facts
    }
}

impl Binding for Promise {
    fn facts(&self) -> Facts {
        let mut facts = Facts::without(&self.faulty);
        if let Some(kind) = &self.kind {
            let rank = u8::from(kind.value == PromiseKind::Guarantee);
            facts.add("kind", LEVEL, Value::Rank(rank, kind.value.word()), Some(kind.span));
        }
        facts.all("backed_by", Rule::always(What::BackingChanged), &self.backed_by);
        if let Some(remedy) = &self.remedy {
            add_remedy(&mut facts, remedy);
        }
        if let Some(invoke) = &self.invoke {
            facts.given("invoke.steps", Rule::limit(What::Loosened, What::Tightened), &invoke.steps, Value::Number);
            facts.texts("invoke.proof", NEED, &invoke.proof.0);
            let channels = Rule { other: What::RuleChanged, ..Rule::amount(What::ChannelAdded, What::ChannelRemoved) };
            facts.all("invoke.channels", channels, &invoke.channels);
        }
        facts.texts("unless", EXCEPTION, &self.unless);
        if let Some(valid) = &self.valid {
            // It begins later, or ends sooner: less. Without an end it holds for good.
            facts.given("valid.from", Rule::amount(What::Loosened, What::Tightened), &valid.from, Value::Date);
            let until = Rule {
                given: What::Loosened,
                left_out: What::Tightened,
                ..Rule::amount(What::Tightened, What::Loosened)
            };
            facts.given("valid.until", until, &valid.until, Value::Date);
        }
        facts
    }
}

fn add_remedy(facts: &mut Facts, remedy: &Remedy) {
    facts.unread("remedy.", &remedy.faulty);
    let whole = Rule::amount(What::RemedyAdded, What::RemedyRemoved);
    facts.add("remedy", whole, Value::Texts(vec![remedy.what.source().to_owned()]), None);
    let amount = Rule {
        given: What::RuleChanged,
        left_out: What::RuleChanged,
        ..Rule::amount(What::RemedyRaised, What::RemedyLowered)
    };
    facts.given("remedy.up_to", amount, &remedy.up_to, Value::Money);
    facts.given("remedy.within", Rule::limit(What::RemedyLowered, What::RemedyRaised), &remedy.within, Value::Duration);
    let automatic = remedy.automatic.as_ref().is_some_and(|given| given.value);
    let word = if automatic { "true" } else { "false" };
    let span = remedy.automatic.as_ref().map(|given| given.span);
    facts.add(
        "remedy.automatic",
        Rule::amount(What::RemedyRaised, What::RemedyLowered),
        Value::Rank(u8::from(automatic), word),
        span,
    );
    facts.one("remedy.granted_by", AUTHORITY, remedy.granted_by.as_ref());
}

impl Binding for Checklist {
    fn facts(&self) -> Facts {
        let mut facts = Facts::without(&self.faulty);
        if let Some(purpose) = &self.purpose {
            facts.add("use", OTHER, Value::Word(purpose.value.word().to_owned()), Some(purpose.span));
        }
        if let Some(moment) = &self.moment {
            facts.add("moment", OTHER, Value::Word(moment.value.word().to_owned()), Some(moment.span));
        }
        facts.all("by", OTHER, &self.by.0);
        facts.period("every", OTHER, self.every.as_ref());
        facts
    }
}

impl Binding for Item {
    fn facts(&self) -> Facts {
        let mut facts = Facts::without(&self.0.faulty);
        facts.one("standard", OTHER, self.0.standard.as_ref());
        facts
    }
}

impl Binding for Playbook {
    fn facts(&self) -> Facts {
        let mut facts = Facts::without(&self.faulty);
        let to: Vec<_> = self.escalate.0.iter().filter_map(|it| it.to.clone()).collect();
        facts.all("escalate", ESCALATION, &to);
        facts
    }
}

impl Binding for crate::model::page::Page {
    fn facts(&self) -> Facts {
        Facts::default()
    }
}

impl Binding for Role {
    fn facts(&self) -> Facts {
        let mut facts = Facts::without(&self.faulty);
        facts.given("may_grant", GRANT, &self.may_grant, Value::Money);
        facts.one("reports_to", AUTHORITY, self.reports_to.as_ref());
        facts.all("deputy", AUTHORITY, &self.deputy.0);
        facts
    }
}

impl Binding for Channel {
    fn facts(&self) -> Facts {
        let mut facts = Facts::without(&self.faulty);
        facts.one("calendar", HOURS, self.calendar.as_ref());
        facts
    }
}

impl Binding for Calendar {
    fn facts(&self) -> Facts {
        let mut facts = Facts::without(&self.faulty);
        if let Some(zone) = &self.zone {
            facts.add("time_zone", HOURS, Value::Word(zone.value.name.clone()), Some(zone.span));
        }
        if let Some(hours) = &self.hours {
            facts.add("hours", HOURS, Value::Word(week(&hours.0)), None);
        }
        let files = self.holidays.0.iter().map(|file| file.value.clone());
        if !self.holidays.0.is_empty() {
            facts.add("holidays", HOURS, word(files), None);
        }
        let count_from = self.count_from.as_ref().map(|given| given.value.word());
        facts.add("count_from", HOURS, Value::Word(count_from.unwrap_or("next-day").to_owned()), None);
        if let Some(cut_off) = &self.cut_off {
            facts.add("cut_off", HOURS, Value::Word(cut_off.value.to_string()), Some(cut_off.span));
        }
        if let Some(day) = &self.open_like {
            facts.add("open_like", HOURS, Value::Word(format!("{:?}", day.value).to_lowercase()), Some(day.span));
        }
        facts
    }
}

/// Writes the hours of a week, days with the same hours together.
fn week(hours: &OpeningHours) -> String {
    use jiff::civil::Weekday;
    let mut parts: Vec<(String, String)> = Vec::new();
    for day in Weekday::Monday.cycle_forward().take(7) {
        let open: Vec<String> = hours.on(day).iter().map(|open| format!("{}-{}", open.from, open.to)).collect();
        let open = if open.is_empty() { "closed".to_owned() } else { open.join(", ") };
        let name = format!("{day:?}")[..3].to_lowercase();
        match parts.last_mut() {
            Some((days, last)) if *last == open => {
                let first = days.split('-').next().unwrap_or_default().to_owned();
                *days = format!("{first}-{name}");
            }
            _ => parts.push((name, open)),
        }
    }
    parts.into_iter().map(|(days, open)| format!("{days} {open}")).collect::<Vec<_>>().join("; ")
}

impl Binding for Factor {
    fn facts(&self) -> Facts {
        let mut facts = Facts::without(&self.faulty);
        if let Some(kind) = &self.kind {
            facts.add("kind", OTHER, Value::Word(kind.value.word().to_owned()), Some(kind.span));
        }
        facts
    }
}

impl Binding for crate::model::registers::Term {
    fn facts(&self) -> Facts {
        Facts::default()
    }
}

impl Binding for Evidence {
    fn facts(&self) -> Facts {
        let mut facts = Facts::without(&self.faulty);
        if let Some(quality) = &self.quality {
            facts.add("quality", OTHER, Value::Word(quality.value.word().to_owned()), Some(quality.span));
        }
        facts
    }
}

/// Gives the order in which the steps of a service stand.
pub fn order_of_steps(service: &Service) -> Facts {
    let mut facts = Facts::default();
    order(&mut facts, "steps", &service.steps);
    facts
}

/// Gives the settings that bind.
pub fn settings(config: &crate::config::Config) -> Facts {
    let mut facts = Facts::default();
    facts.add("languages", OTHER, word(config.language_tags()), None);
    if let Some(calendar) = &config.calendar {
        let ids = [calendar.value.clone()].into();
        facts.add("calendar", HOURS, Value::Things(Kind::Calendar, ids), Some(calendar.span));
    }
    if let Some(review) = &config.review {
        facts.given("review.every", OTHER, &review.every, Value::Duration);
    }
    facts.given("buffer", OTHER, &config.buffer, Value::Share);
    facts.given("max_handoffs", OTHER, &config.max_handoffs, Value::Number);
    facts
}
