//! The values of a thing that prose may print: `[[repair/turnaround#limit]]`.

use crate::fields::text::Text;
use crate::model::handbook::Handbook;
use crate::model::kind::Kind;
use crate::model::promise::Promise;
use crate::model::quantity::{Moment, Quantity};
use crate::model::standard::Standard;
use crate::model::step::Step;
use crate::units::duration::Duration;
use crate::units::money::Money;
use crate::units::share::Share;

/// A value that can be printed in a reader's language.
#[derive(Clone, Debug, PartialEq)]
pub enum Printable {
    /// A duration.
    Duration(Duration),
    /// A share.
    Share(Share),
    /// Money.
    Money(Money),
    /// Words.
    Text(Text),
    /// A number or word that is the same in every language.
    Plain(String),
}

/// Why a value cannot be printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoValue {
    /// Things of this kind have no such value; these they have.
    NotOfKind(&'static [&'static str]),
    /// The thing could have the value but does not give it.
    NotGiven,
    /// The value is missing or could not be read, which was told where it belongs.
    Faulty,
}

/// The values that things of a kind may have.
pub fn values_of(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Standard => &["limit", "internal", "legal", "target", "level", "window", "floor"],
        Kind::Promise => &["limit", "remedy", "within"],
        Kind::Step => &["takes", "agreement", "remind", "closes"],
        Kind::Role => &["may_grant"],
        Kind::Evidence => &["value", "year"],
        _ => &[],
    }
}

impl Handbook {
    /// Gives a value of a thing.
    pub fn value_of(&self, kind: Kind, id: &str, name: &str) -> Result<Printable, NoValue> {
        let names = values_of(kind);
        if !names.contains(&name) {
            return Err(NoValue::NotOfKind(names));
        }
        let value = match kind {
            Kind::Standard => self.standard(id).and_then(|row| of_standard(&row.value, name)),
            Kind::Promise => self.promise(id).and_then(|row| self.of_promise(&row.value, name)),
            Kind::Step => self.step(id).and_then(|row| of_step(&row.value, name)),
            Kind::Role => {
                let grant = self.roles.get(id).and_then(|row| row.value.may_grant.as_ref());
                grant.map(|money| Printable::Money(money.value))
            }
            Kind::Evidence => self.evidence.get(id).and_then(|row| match name {
                "year" => row.value.year.as_ref().map(|year| Printable::Plain(year.value.to_string())),
                _ => row.value.value.as_ref().map(|value| Printable::Plain(value.value.clone())),
            }),
            _ => None,
        };
        value.ok_or(if self.is_faulty(kind, id, name) { NoValue::Faulty } else { NoValue::NotGiven })
    }

    /// Tells whether a value is missing because of a fault that was told where it belongs.
    fn is_faulty(&self, kind: Kind, id: &str, name: &str) -> bool {
        let lacks = |faulty: &[&'static str], key: &str| faulty.contains(&key);
        let lost = id.rsplit_once('/').is_some_and(|(service, _)| self.unknown.services.contains(service));
        lost || match kind {
            Kind::Standard => self.standard(id).is_some_and(|row| lacks(&row.value.faulty, name)),
            Kind::Step => self.step(id).is_some_and(|row| lacks(&row.value.faulty, name)),
            Kind::Role => self.roles.get(id).is_some_and(|row| lacks(&row.value.faulty, name)),
            Kind::Evidence => self.evidence.get(id).is_some_and(|row| lacks(&row.value.faulty, name)),
            Kind::Promise => self.promise(id).is_some_and(|row| self.is_promise_faulty(&row.value, name)),
            _ => false,
        }
    }

    fn is_promise_faulty(&self, promise: &Promise, name: &str) -> bool {
        let remedy = promise.remedy.as_ref().map_or(&[][..], |remedy| &remedy.faulty);
        let behind = |id: &str| match self.standard(id) {
            Some(row) => row.value.faulty.contains(&"limit"),
            None => true,
        };
        match name {
            "limit" => promise.faulty.contains(&"backed_by") || promise.backed_by.iter().any(|it| behind(&it.id)),
            "remedy" => promise.faulty.contains(&"remedy") || remedy.contains(&"up_to"),
            _ => promise.faulty.contains(&"remedy") || remedy.contains(&"within"),
        }
    }

    /// Gives a value of a promise; its limit is that of the first standard behind it that has one.
    fn of_promise(&self, promise: &Promise, name: &str) -> Option<Printable> {
        let remedy = promise.remedy.as_ref();
        match name {
            "limit" => {
                let behind = promise.backed_by.iter().filter_map(|standard| self.standard(&standard.id));
                behind.filter_map(|row| of_standard(&row.value, "limit")).next()
            }
            "remedy" => remedy?.up_to.as_ref().map(|money| Printable::Money(money.value)),
            _ => remedy?.within.as_ref().map(|within| Printable::Duration(within.value)),
        }
    }
}

fn of_standard(standard: &Standard, name: &str) -> Option<Printable> {
    let duration =
        |given: &Option<crate::source::Spanned<Duration>>| given.as_ref().map(|it| Printable::Duration(it.value));
    match name {
        "limit" => duration(&standard.limit),
        "internal" => duration(&standard.internal),
        "legal" => duration(&standard.legal),
        "target" => standard.target.as_ref().map(|target| Printable::Share(target.value)),
        "level" => standard.level.as_ref().map(of_quantity),
        "window" => standard.window.as_ref().map(of_quantity),
        _ => standard.floor.as_ref().map(of_quantity),
    }
}

fn of_step(step: &Step, name: &str) -> Option<Printable> {
    let given = match name {
        "takes" => &step.takes,
        "agreement" => &step.agreement,
        "remind" => &step.remind,
        _ => &step.closes,
    };
    given.as_ref().map(|it| Printable::Duration(it.value))
}

/// Gives a quantity as it is printed.
pub fn of_quantity(quantity: &Quantity) -> Printable {
    match quantity {
        Quantity::Duration(duration) => Printable::Duration(duration.value),
        Quantity::Share(share) => Printable::Share(share.value),
        Quantity::Money(money) => Printable::Money(money.value),
        Quantity::Text(text) => Printable::Text(text.clone()),
    }
}

/// Gives a moment as it is printed.
pub fn of_moment(moment: Moment) -> Printable {
    match moment {
        Moment::Share(share) => Printable::Share(share),
        Moment::Duration(duration) => Printable::Duration(duration),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::bench;

    const SERVICE: &str = "\
standards:
  quick: {kind: timeliness, limit: 2 weeks, target: 95%, window: the counter}
  lost: {kind: timeliness, limit: soonish}
steps:
  mend: {title: M, takes: 2 hours}
promises:
  sure: {backed_by: [quick], remedy: {what: W, up_to: 90 EUR}}
  poor: {backed_by: [lost]}
";

    fn value(kind: Kind, id: &str, name: &str) -> Result<Printable, NoValue> {
        let service = bench::service(SERVICE);
        let evidence = ("registers/evidence.yaml", "tarp: {claim: C, source: S, quality: primary, year: 1999}\n");
        let (checked, _) = bench::look(&bench::tree(&[("services/repair.md", &service), evidence]));
        checked.handbook().value_of(kind, id, name)
    }

    #[test]
    fn each_kind_prints_its_own_values() {
        let weeks = Printable::Duration(Duration::parse("2 weeks").unwrap());
        assert_eq!(value(Kind::Standard, "repair/quick", "limit"), Ok(weeks.clone()));
        assert_eq!(value(Kind::Standard, "repair/quick", "target"), Ok(Printable::Share(Share::parse("95%").unwrap())));
        assert!(matches!(value(Kind::Standard, "repair/quick", "window"), Ok(Printable::Text(_))));
        assert_eq!(value(Kind::Promise, "repair/sure", "limit"), Ok(weeks));
        assert_eq!(
            value(Kind::Promise, "repair/sure", "remedy"),
            Ok(Printable::Money(Money::parse("90 EUR").unwrap()))
        );
        assert_eq!(
            value(Kind::Step, "repair/mend", "takes"),
            Ok(Printable::Duration(Duration::parse("2 hours").unwrap()))
        );
        assert_eq!(value(Kind::Role, "desk", "may_grant"), Ok(Printable::Money(Money::parse("50 EUR").unwrap())));
        assert_eq!(value(Kind::Evidence, "tarp", "year"), Ok(Printable::Plain("1999".into())));
    }

    #[test]
    fn a_value_that_is_not_there_is_not_given_or_not_of_the_kind() {
        assert_eq!(value(Kind::Standard, "repair/quick", "legal"), Err(NoValue::NotGiven));
        assert_eq!(value(Kind::Promise, "repair/sure", "within"), Err(NoValue::NotGiven));
        assert_eq!(value(Kind::Evidence, "tarp", "value"), Err(NoValue::NotGiven));
        assert_eq!(value(Kind::Role, "desk", "limit"), Err(NoValue::NotOfKind(&["may_grant"])));
        assert_eq!(value(Kind::Page, "p", "limit"), Err(NoValue::NotOfKind(&[])));
    }

    #[test]
    fn a_value_that_could_not_be_read_is_faulty_also_behind_a_promise() {
        assert_eq!(value(Kind::Standard, "repair/lost", "limit"), Err(NoValue::Faulty));
        assert_eq!(value(Kind::Promise, "repair/poor", "limit"), Err(NoValue::Faulty));
    }
}
