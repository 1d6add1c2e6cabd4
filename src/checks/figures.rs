//! The durations, shares and amounts of money that a standard, a promise or a service gives in its fields.

use crate::checks::inspection::Inspection;
use crate::model::promise::Promise;
use crate::model::quantity::{Cadence, Moment, Period, Quantity};
use crate::model::service::Service;
use crate::model::standard::Standard;
use crate::model::step::Step;
use crate::source::Span;
use crate::units::duration::Duration;
use crate::units::money::Money;
use crate::units::share::Share;
use crate::wording::amount::{Amount, Measure};

/// What fields give.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// Durations.
    pub durations: Vec<Duration>,
    /// Shares.
    pub shares: Vec<Share>,
    /// Money.
    pub money: Vec<Money>,
}

impl Figures {
    /// Tells whether an amount of a text is one of them.
    pub fn have(&self, amount: &Amount) -> bool {
        match amount.measure {
            Measure::Time(_) | Measure::Days => self.durations.iter().any(|duration| amount.is(*duration)),
            Measure::Percent => self.shares.iter().any(|share| is_share(amount, *share)),
            Measure::Money => self.money.iter().any(|money| is_money(amount, *money)),
            _ => false,
        }
    }

    /// Adds what a standard gives.
    pub fn add_standard(&mut self, standard: &Standard) {
        let given = [&standard.limit, &standard.internal, &standard.legal].into_iter().flatten();
        self.durations.extend(given.map(|given| given.value));
        for quantity in [&standard.level, &standard.window, &standard.floor].into_iter().flatten() {
            self.add(quantity);
        }
        self.shares.extend(standard.target.iter().map(|target| target.value));
        for variant in &standard.variants {
            self.durations.extend(variant.limit.iter().chain(&variant.internal).map(|given| given.value));
            self.shares.extend(variant.target.iter().map(|target| target.value));
        }
        for at in standard.breach.iter().filter_map(|breach| breach.at.as_ref()) {
            match at.value {
                Moment::Share(share) => self.shares.push(share),
                Moment::Duration(duration) => self.durations.push(duration),
            }
        }
        if let Some(Cadence::Period(Period::Duration(per))) = standard.measure.as_ref().and_then(|it| it.per.as_ref()) {
            self.durations.push(per.value);
        }
    }

    /// Adds what a step gives.
    pub fn add_step(&mut self, step: &Step) {
        let given = [&step.takes, &step.remind, &step.closes, &step.agreement].into_iter().flatten();
        self.durations.extend(given.map(|given| given.value));
        if let Some(Period::Duration(every)) = &step.every {
            self.durations.push(every.value);
        }
    }

    /// Adds what a promise gives, without the standards behind it.
    pub fn add_promise(&mut self, promise: &Promise) {
        let Some(remedy) = &promise.remedy else { return };
        self.durations.extend(remedy.within.iter().map(|within| within.value));
        self.money.extend(remedy.up_to.iter().map(|money| money.value));
    }

    /// Adds the standards behind a promise.
    pub fn add_behind(&mut self, inspection: &Inspection<'_>, promise: &Promise) {
        for row in promise.backed_by.iter().filter_map(|behind| inspection.handbook().standard(&behind.id)) {
            self.add_standard(&row.value);
        }
    }

    /// Gives what a service gives with all its standards, steps and promises.
    pub fn of_service(service: &Service) -> Self {
        let mut figures = Self::default();
        service.standards.iter().for_each(|row| figures.add_standard(&row.value));
        service.steps.iter().for_each(|row| figures.add_step(&row.value));
        service.promises.iter().for_each(|row| figures.add_promise(&row.value));
        figures
    }

    fn add(&mut self, quantity: &Quantity) {
        match quantity {
            Quantity::Duration(duration) => self.durations.push(duration.value),
            Quantity::Share(share) => self.shares.push(share.value),
            Quantity::Money(money) => self.money.push(money.value),
            Quantity::Text(_) => {}
        }
    }
}

/// Gives what a customer can expect in a standard: its limit, those of its variants, and a level that is a time.
pub fn limits(standard: &Standard) -> Vec<(Duration, Span)> {
    let variants = standard.variants.iter().filter_map(|variant| variant.limit.as_ref());
    let level = [&standard.level, &standard.window].into_iter().flatten().filter_map(|quantity| match quantity {
        Quantity::Duration(level) => Some(level),
        _ => None,
    });
    standard.limit.iter().chain(variants).chain(level).map(|limit| (limit.value, limit.span)).collect()
}

/// Tells whether an amount is a share.
pub fn is_share(amount: &Amount, share: Share) -> bool {
    amount.measure == Measure::Percent && amount.thousandths == u64::from(share.as_hundredths()) * 10
}

/// Tells whether an amount is money of that number, in whatever currency.
fn is_money(amount: &Amount, money: Money) -> bool {
    let digits = u32::from(money.currency.minor_digits());
    let given = u64::try_from(money.amount).ok().and_then(|minor| minor.checked_mul(1000));
    given.is_some() && amount.thousandths.checked_mul(10_u64.pow(digits)) == given
}
