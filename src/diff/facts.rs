//! The facts of a service and of what stands in it, in the order of their fields, and what a change of each means.
//!
//! Not here: lists, playbooks and registers (`registers`).

use super::change::{Effect, What};
use super::fact::{Facts, Rule};
use super::values::{Said, Value};
use crate::model::kind::Kind;
use crate::model::promise::{Promise, PromiseKind, Remedy};
use crate::model::quantity::{Actor, Cadence, Fee, Moment, Quantity};
use crate::model::service::{Exception, Service};
use crate::model::standard::{MeasureKind, Standard, StandardKind, Variant};
use crate::model::step::{Stage, Step};
use crate::units::duration::Duration;

/// What the facts of parts begin with that have no ids and are known by the cases that they name.
pub const PARTS: [&str; 2] = ["variants.", "exceptions."];

const MORE: Rule = Rule::amount(What::Tightened, What::Loosened);
const LIMIT: Rule = Rule::limit(What::Loosened, What::Tightened);
const INTERNAL: Rule = Rule::limit(What::InternalLoosened, What::InternalTightened);
const LEGAL: Rule = Rule::always(What::LegalChanged);
const TARGET: Rule = Rule::amount(What::TargetRaised, What::TargetLowered);
const CLOCK: Rule = Rule::always(What::ClockChanged);
const EXCEPTION: Rule = Rule::amount(What::ExceptionAdded, What::ExceptionRemoved).or(What::ExceptionChanged);
const NEED: Rule = Rule::amount(What::NeedAdded, What::NeedRemoved).or(What::Wording);
const FEE: Rule = Rule::amount(What::FeeRaised, What::FeeLowered).or(What::FeeChanged);
const CHANNEL: Rule = Rule::amount(What::ChannelAdded, What::ChannelRemoved);
const STATEMENT: Rule = Rule::always(What::StatementChanged);
const AUTHORITY: Rule = Rule::always(What::AuthorityChanged);
const STEP: Rule = Rule::always(What::StepChanged);
const COUNTED: Rule = Rule::always(What::HoursChanged);
const OTHER: Rule = Rule::always(What::RuleChanged);
const REVIEWED: Rule = Rule::always(What::Reviewed);

/// A thing with facts.
pub trait Binding {
    /// Gives what binds in it.
    fn facts(&self) -> Facts;
}

impl Binding for Service {
    fn facts(&self) -> Facts {
        let mut facts = Facts::without(&self.faulty);
        facts.one("owner", Rule::always(What::OwnerChanged), self.owner.as_ref());
        facts.one("calendar", COUNTED, self.calendar.as_ref());
        facts.all("channels", CHANNEL, &self.channels);
        facts.one(
            "complaints_to",
            Rule { more: What::RuleChanged, less: What::RuleChanged, ..MORE },
            self.complaints_to.as_ref(),
        );
        facts.texts("needs", NEED, self.needs.0.iter().map(|need| &need.0.what));
        match &self.fee {
            Some(Fee::Money(fee)) => facts.add("fee", FEE, Value::Money(fee.value), Some(fee.span)),
            Some(Fee::Text(fee)) => facts.said("fee", FEE, fee),
            None => {}
        }
        facts.all("also", MORE, &self.also);
        for exception in &self.exceptions.0 {
            add_exception(&mut facts, exception);
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

/// Adds an exception by its case. A longer time is at the cost of a customer; what may be granted in money is not.
fn add_exception(facts: &mut Facts, exception: &Exception) {
    let it = match exception {
        Exception::Text(text) => {
            let said = Said::from(text);
            return facts.add(format!("exceptions.{}", said.text), EXCEPTION, Value::Whole(said.text, None), said.span);
        }
        Exception::Deviation(it) => it,
    };
    let who = it.who.as_ref().map_or("", |role| role.id.as_str());
    let case = if it.when.is_empty() { who } else { it.when.source() };
    let name = format!("exceptions.{case}");
    let felt = match &it.up_to {
        Some(Quantity::Money(_) | Quantity::Share(_)) => Some(Effect::Inside),
        _ => None,
    };
    let wider = Rule::amount(What::ExceptionWidened, What::ExceptionNarrowed).or(What::ExceptionChanged);
    let wider = Rule { given: What::ExceptionChanged, left_out: What::ExceptionChanged, felt, ..wider };
    let mut parts = Facts::default();
    parts.quantity(format!("{name}.up_to"), (wider, wider), it.up_to.as_ref());
    let shown = parts.known.first().map_or_else(|| case.to_owned(), |fact| fact.value.shown());
    let span = parts.known.first().and_then(|fact| fact.span).or_else(|| it.who.as_ref().map(|who| who.span));
    facts.add(name.clone(), Rule { felt, ..EXCEPTION }, Value::Whole(shown, None), span);
    facts.known.extend(parts.known);
    if let Some(who) = &it.who {
        let ids = [who.id.clone()].into();
        facts.add(format!("{name}.who"), AUTHORITY, Value::Things(Kind::Role, ids), Some(who.span));
    }
    facts.unread(&format!("{name}."), &it.faulty);
}

impl Binding for Standard {
    fn facts(&self) -> Facts {
        let mut facts = Facts::without(&self.faulty);
        if let Some(kind) = &self.kind {
            facts.add("kind", OTHER, Value::Word(kind.value.word().to_owned()), Some(kind.span));
        }
        facts.given("limit", LIMIT, &self.limit, Value::Duration);
        let level = |rule: Rule| rule.or(What::LevelChanged);
        facts.quantity("level", (level(MORE), level(LIMIT)), self.level.as_ref());
        let (more, limit) = (MORE, if self.lasts() { MORE } else { LIMIT });
        facts.quantity("window", (more, limit), self.window.as_ref());
        facts.given("target", TARGET, &self.target, Value::Share);
        facts.given("internal", INTERNAL, &self.internal, Value::Duration);
        facts.given("legal", LEGAL, &self.legal, Value::Duration);
        facts.quantity("floor", (level(MORE), level(LIMIT)), self.floor.as_ref());
        // Where no channel is named it applies to all, so the first that is named narrows it.
        let scope = Rule {
            more: What::ScopeWidened,
            less: What::ScopeNarrowed,
            given: What::ScopeNarrowed,
            left_out: What::ScopeWidened,
            ..OTHER
        };
        facts.all("channel", scope, &self.channel.0);
        if let Some(clock) = &self.clock {
            facts.said("clock.start", CLOCK, &clock.start);
            facts.said("clock.stop", CLOCK, &clock.stop);
            let pause = Rule::amount(What::Loosened, What::Tightened).or(What::ClockChanged);
            facts.texts("clock.pause", pause, &clock.pause.0);
            let restart = Rule { given: What::Loosened, left_out: What::Tightened, ..CLOCK };
            facts.said("clock.restart", restart, &clock.restart);
            facts.unread("clock.", &clock.faulty);
        }
        for variant in &self.variants {
            add_variant(&mut facts, variant, self.limit.as_ref().map(|limit| limit.value));
        }
        add_breaches(&mut facts, self);
        if let Some(measure) = &self.measure {
            let kind = measure.kind.as_ref().map_or("", |kind| kind.value.word());
            let per = match &measure.per {
                Some(Cadence::Period(period)) => format!(" per {}", period_word(period)),
                _ => String::new(),
            };
            let span = measure.kind.as_ref().map(|kind| kind.span);
            facts.add("measure", Rule::always(What::MeasureChanged), Value::Word(format!("{kind}{per}")), span);
        }
        facts.one("owner", Rule::always(What::OwnerChanged), self.owner.as_ref());
        facts.figures("statement", STATEMENT, &self.statement);
        facts
    }
}

impl Standard {
    /// Tells whether a longer window is better: what stays mended for longer, what is open for longer.
    fn lasts(&self) -> bool {
        let is_access = self.kind.as_ref().is_some_and(|kind| kind.value == StandardKind::Access);
        let measure = self.measure.as_ref().and_then(|measure| measure.kind.as_ref());
        let is_kept = |kind| matches!(kind, MeasureKind::ShareWithoutRepeat | MeasureKind::Availability);
        is_access || measure.is_some_and(|kind| is_kept(kind.value))
    }
}

fn add_breaches(facts: &mut Facts, standard: &Standard) {
    let said = |at: Moment| match at {
        Moment::Share(share) => share.to_string(),
        Moment::Duration(duration) => duration.to_string(),
    };
    let breaches = standard.breach.iter().map(|breach| {
        let at = breach.at.as_ref().map_or_else(String::new, |at| said(at.value));
        (at, breach.tell.0.iter().map(|role| role.id.clone()).collect())
    });
    if let Some(first) = standard.breach.first() {
        let span = first.at.as_ref().map(|at| at.span);
        facts.add("breach", Rule::always(What::EscalationChanged), Value::Told(breaches.collect()), span);
    }
}

fn period_word(period: &crate::model::quantity::Period) -> String {
    match period {
        crate::model::quantity::Period::Duration(it) => it.value.to_string(),
        crate::model::quantity::Period::Word(it) => it.value.to_owned(),
    }
}

/// Adds a variant by what it applies to.
fn add_variant(facts: &mut Facts, variant: &Variant, limit: Option<Duration>) {
    let name = format!("variants.{}", variant.when.source());
    let limits = variant.limit.as_ref().map(|own| own.value).zip(limit);
    let shown = variant.limit.as_ref().map_or_else(String::new, |limit| limit.value.to_string());
    // Whatever it says, a variant that stays is compared by its parts.
    let span = variant.limit.as_ref().map(|limit| limit.span);
    facts.add(name.clone(), MORE, Value::Whole(shown, limits), span);
    facts.unread(&format!("{name}."), &variant.faulty);
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
        let yes = |value: bool| Value::Rank(u8::from(value), if value { "true" } else { "false" });
        // What is meanwhile does not count: a customer waits longer than the limit.
        facts.given("pauses", Rule::amount(What::Loosened, What::Tightened), &self.pauses, yes);
        facts.given("remind", STEP, &self.remind, Value::Duration);
        // A case that is closed later gives a customer more time.
        facts.given(
            "closes",
            Rule { given: What::Loosened, left_out: What::Tightened, ..MORE },
            &self.closes,
            Value::Duration,
        );
        facts.given("counts", STEP, &self.counts, yes);
        facts.given("agreement", STEP, &self.agreement, Value::Duration);
        facts.texts("tells", MORE.or(What::Wording), &self.tells.0);
        facts.texts("gives", MORE.or(What::Wording), &self.gives.0);
        facts.one("checklist", STEP, self.checklist.as_ref());
        facts.one("playbook", STEP, self.playbook.as_ref());
        // What a customer sees and comes less often is less.
        let is_seen = self.stage.as_ref().is_some_and(|stage| stage.value == Stage::Front);
        facts.period("every", if is_seen { LIMIT.or(What::StepChanged) } else { STEP }, self.every.as_ref());
        facts.all("reviews", STEP, &self.reviews.0);
        facts.said("when", STEP, &self.when);
        facts
    }
}

impl Binding for Promise {
    fn facts(&self) -> Facts {
        let mut facts = Facts::without(&self.faulty);
        if let Some(kind) = &self.kind {
            let rank = u8::from(kind.value == PromiseKind::Guarantee);
            facts.add("kind", MORE, Value::Rank(rank, kind.value.word()), Some(kind.span));
        }
        facts.all("backed_by", Rule::always(What::BackingChanged), &self.backed_by);
        if let Some(remedy) = &self.remedy {
            add_remedy(&mut facts, remedy);
        }
        if let Some(invoke) = &self.invoke {
            facts.given("invoke.steps", Rule::limit(What::Loosened, What::Tightened), &invoke.steps, Value::Number);
            facts.texts("invoke.proof", NEED, &invoke.proof.0);
            facts.all("invoke.channels", CHANNEL, &invoke.channels);
        }
        facts.texts("unless", EXCEPTION, &self.unless);
        if let Some(valid) = &self.valid {
            // It begins later, or ends sooner: less. Without an end it holds for good.
            facts.given("valid.from", Rule::amount(What::Loosened, What::Tightened), &valid.from, Value::Date);
            let until = Rule { given: What::Loosened, left_out: What::Tightened, ..MORE };
            facts.given("valid.until", until, &valid.until, Value::Date);
        }
        facts.all("shown_at", OTHER, &self.shown_at);
        facts.figures("statement", STATEMENT, &self.statement);
        facts
    }
}

fn add_remedy(facts: &mut Facts, remedy: &Remedy) {
    facts.unread("remedy.", &remedy.faulty);
    let rule = Rule::amount(What::RemedyRaised, What::RemedyLowered).or(What::RemedyChanged);
    let whole = Rule { given: What::RemedyAdded, left_out: What::RemedyRemoved, ..rule };
    let what = Said::from(&remedy.what);
    let span = what.span;
    facts.add("remedy", whole, Value::Said(what), span);
    let amount = Rule { given: What::RemedyChanged, left_out: What::RemedyChanged, ..rule };
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
    if !remedy.late.is_empty() {
        facts.texts("remedy.late", rule.or(What::Wording), [&remedy.late]);
    }
}
