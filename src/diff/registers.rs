//! The facts of lists, playbooks, registers and settings, in the order of their fields, and what a change of each means.
//!
//! Not here: services and what stands in them (`facts`).

use super::change::What;
use super::fact::{Facts, Rule};
use super::facts::Binding;
use super::values::Value;
use crate::model::checklist::{Checklist, Item};
use crate::model::kind::Kind;
use crate::model::playbook::Playbook;
use crate::model::registers::{Calendar, Channel, Evidence, Factor, Role};

const GRANT: Rule = Rule::amount(What::AuthorityRaised, What::AuthorityLowered).or(What::AuthorityChanged);
const AUTHORITY: Rule = Rule::always(What::AuthorityChanged);
const ESCALATION: Rule = Rule::always(What::EscalationChanged);
const HOURS: Rule = Rule::amount(What::HoursExtended, What::HoursShortened);
const COUNTED: Rule = Rule::always(What::HoursChanged);
const SOONER: Rule = Rule::amount(What::Tightened, What::Loosened).or(What::HoursChanged);
const OTHER: Rule = Rule::always(What::RuleChanged);

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
        // What is never to be said is a rule, and what may be said is a suggestion.
        facts.texts("never_say", OTHER.or(What::Wording), &self.never_say);
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
        facts.one("calendar", COUNTED, self.calendar.as_ref());
        facts.said("address", OTHER, &self.address);
        facts
    }
}

impl Binding for Calendar {
    fn facts(&self) -> Facts {
        let mut facts = Facts::without(&self.faulty);
        if let Some(zone) = &self.zone {
            facts.add("time_zone", COUNTED, Value::Word(zone.value.name.clone()), Some(zone.span));
        }
        if let Some(hours) = &self.hours {
            facts.add("hours", HOURS.or(What::HoursChanged), Value::Week(hours.0.clone()), None);
        }
        let files: Vec<&str> = self.holidays.0.iter().map(|file| file.value.as_str()).collect();
        if let Some(first) = self.holidays.0.first() {
            facts.add("holidays", COUNTED, Value::Word(files.join("; ")), Some(first.span));
        }
        // The day of receipt counts, so that all ends a day sooner.
        let count_from = self.count_from.as_ref().map_or("next-day", |given| given.value.word());
        let span = self.count_from.as_ref().map(|given| given.span);
        facts.add("count_from", SOONER, Value::Rank(u8::from(count_from == "same-day"), count_from), span);
        let cut_off = Rule { given: What::Loosened, left_out: What::Tightened, ..SOONER };
        facts.given("cut_off", cut_off, &self.cut_off, Value::Time);
        if let Some(day) = &self.open_like {
            facts.add("open_like", COUNTED, Value::Word(format!("{:?}", day.value).to_lowercase()), Some(day.span));
        }
        facts
    }
}

impl Binding for Factor {
    fn facts(&self) -> Facts {
        let mut facts = Facts::without(&self.faulty);
        if let Some(kind) = &self.kind {
            facts.add("kind", OTHER, Value::Word(kind.value.word().to_owned()), Some(kind.span));
        }
        if let Some(cause) = &self.cause {
            facts.add("cause", OTHER, Value::Word(cause.value.word().to_owned()), Some(cause.span));
        }
        if let Some(rater) = &self.rater {
            facts.add("rater", OTHER, Value::Word(rater.value.word().to_owned()), Some(rater.span));
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
        if let Some(value) = &self.value {
            facts.add("value", OTHER, Value::Word(value.value.clone()), Some(value.span));
        }
        facts.given("year", OTHER, &self.year, Value::Number);
        facts
    }
}

/// Gives the settings that bind.
pub fn settings(config: &crate::config::Config) -> Facts {
    let mut facts = Facts::default();
    facts.add("languages", OTHER, Value::Word(config.language_tags().join("; ")), None);
    if let Some(calendar) = &config.calendar {
        let ids = [calendar.value.clone()].into();
        facts.add("calendar", COUNTED, Value::Things(Kind::Calendar, ids), Some(calendar.span));
    }
    if let Some(review) = &config.review {
        facts.given("review.every", OTHER, &review.every, Value::Duration);
    }
    facts.given("buffer", OTHER, &config.buffer, Value::Share);
    facts.given("max_handoffs", OTHER, &config.max_handoffs, Value::Number);
    facts
}
