//! A promise: on the sheet of its service, on its card, in the ledger.

use jiff::civil::Date;
use serde::Serialize;

use super::address;
use super::html::{Html, Link};
use super::writer::Writer;
use crate::fields::table::Row;
use crate::locale::case::Case;
use crate::model::document::Document;
use crate::model::former;
use crate::model::kind::Kind;
use crate::model::lookup::Thing;
use crate::model::promise::{Invoke, Promise, PromiseKind, Remedy, Validity};
use crate::model::service::Service;
use crate::units::money::Money;

/// Somebody who may grant an amount.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Grant {
    /// The role.
    pub role: Link,
    /// Up to what.
    pub up_to: String,
    /// Whether it is the role that the promise names.
    pub named: bool,
}

/// What the customer gets when a promise is broken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RemedyView {
    /// What it is.
    pub what: Html,
    /// Up to what amount; empty where there is none.
    pub up_to: String,
    /// Within what time; empty where nothing is said.
    pub within: String,
    /// Whether it comes without being asked for.
    pub automatic: bool,
    /// Who grants it.
    pub granted_by: Option<Link>,
    /// Who else may grant as much, the smallest amount first.
    pub grants: Vec<Grant>,
    /// What happens when the remedy itself is late.
    pub late: Html,
}

/// How the customer claims the remedy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InvokeView {
    /// What the customer does.
    pub how: Html,
    /// In how many steps, in words.
    pub steps: Html,
    /// What has to be shown.
    pub proof: Vec<Html>,
    /// Where.
    pub channels: Vec<Link>,
}

/// A promise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PromiseView {
    /// Its whole id.
    pub id: String,
    /// Its anchor on the sheet.
    pub anchor: String,
    /// The anchors that it had before it was renamed.
    pub earlier: Vec<String>,
    /// The way to it on the sheet.
    pub href: String,
    /// The way to its card.
    pub card: String,
    /// Its name.
    pub title: Html,
    /// What the customer is told.
    pub statement: Html,
    /// The same without links, for a place within a link.
    pub statement_plain: Html,
    /// `guarantee` or `commitment`.
    pub kind: &'static str,
    /// The kind in words.
    pub kind_name: Html,
    /// What the kind means.
    pub kind_about: Html,
    /// The service.
    pub service: Link,
    /// The standards that stand behind it.
    pub backed_by: Vec<Link>,
    /// The remedy.
    pub remedy: Option<RemedyView>,
    /// How to claim it.
    pub invoke: Option<InvokeView>,
    /// When it does not hold.
    pub unless: Vec<Html>,
    /// What it guards against.
    pub covers: Vec<Link>,
    /// Where it is shown.
    pub shown_at: Vec<Link>,
    /// From when to when it holds, in words; empty where nothing is said.
    pub validity: Html,
    /// `before`, `now` or `past`.
    pub validity_state: &'static str,
    /// A few words to remember it by.
    pub slogan: Html,
    /// The way to a picture; empty where there is none.
    pub picture: String,
    /// The prose that belongs to it.
    pub prose: Html,
}

impl Writer<'_> {
    /// Shows a promise.
    pub fn promise(&self, service: &Document<Service>, row: &Row<Promise>) -> PromiseView {
        let id = format!("{}/{}", service.id, row.id);
        let own: Thing = (Kind::Promise, id.clone());
        let promise = &row.value;
        let (kind, kind_name) = self.promise_kind(promise);
        let (validity, validity_state) = self.validity(promise.valid.as_ref());
        PromiseView {
            anchor: address::anchor(self.handbook(), Kind::Promise, &service.id, &row.id),
            earlier: former::anchors(&row.value.was),
            href: self.way_to(Kind::Promise, &id),
            card: self.way(&address::card(&id)),
            title: self.name(Kind::Promise, &id),
            statement: self.text_of(&promise.statement, Some(&own)),
            statement_plain: self.plain_of(&promise.statement, Some(&own)),
            kind,
            kind_name,
            kind_about: self.worded("promise.about", Some(kind)),
            service: self.link(Kind::Service, &service.id),
            backed_by: promise.backed_by.iter().map(|it| self.link(Kind::Standard, &it.id)).collect(),
            remedy: promise.remedy.as_ref().map(|remedy| self.remedy(remedy, &own)),
            invoke: promise.invoke.as_ref().map(|invoke| self.invoke(invoke, &own)),
            unless: promise.unless.iter().map(|text| self.text_of(text, Some(&own))).collect(),
            covers: promise.covers.iter().map(|it| self.link(Kind::Factor, &it.id)).collect(),
            shown_at: promise.shown_at.iter().map(|it| self.link(Kind::Channel, &it.id)).collect(),
            validity,
            validity_state,
            slogan: self.text_of(&promise.slogan, Some(&own)),
            picture: self.picture(promise.picture.as_ref()),
            prose: self.section_of(service, &row.id),
            id,
        }
    }

    /// Says of which kind a promise is: as a word of the content, and in words.
    pub fn promise_kind(&self, promise: &Promise) -> (&'static str, Html) {
        let kind = promise.kind.as_ref().map_or(PromiseKind::Commitment, |kind| kind.value).word();
        (kind, self.worded("promise.kind", Some(kind)))
    }

    /// Shows what a customer gets when the promise is broken.
    pub fn remedy(&self, remedy: &Remedy, own: &Thing) -> RemedyView {
        let amount = remedy.up_to.as_ref().map(|money| money.value);
        let granted_by = remedy.granted_by.as_ref();
        RemedyView {
            what: self.text_of(&remedy.what, Some(own)),
            up_to: amount.map_or_else(String::new, |money| self.locale().money(money)),
            within: remedy
                .within
                .as_ref()
                .map_or_else(String::new, |it| self.locale().duration_case(it.value, Case::Dative)),
            automatic: remedy.automatic.as_ref().is_some_and(|automatic| automatic.value),
            granted_by: granted_by.map(|role| self.link(Kind::Role, &role.id)),
            grants: amount
                .map(|amount| self.grants(amount, granted_by.map(|role| role.id.as_str())))
                .unwrap_or_default(),
            late: self.text_of(&remedy.late, Some(own)),
        }
    }

    /// Lists the roles that may grant an amount, the smallest right first.
    pub fn grants(&self, amount: Money, named: Option<&str>) -> Vec<Grant> {
        let rights = self.shared.relations.rights.iter();
        let enough = |right: Money| right.compare(amount).is_some_and(|order| order != std::cmp::Ordering::Less);
        let rights = rights.filter(|(right, id)| enough(*right) || named == Some(id.as_str()));
        let grant = |(right, id): &(Money, String)| Grant {
            role: self.link(Kind::Role, id),
            up_to: self.locale().money(*right),
            named: named == Some(id.as_str()),
        };
        rights.map(grant).collect()
    }

    fn invoke(&self, invoke: &Invoke, own: &Thing) -> InvokeView {
        let steps = match invoke.steps.as_ref().map(|steps| steps.value) {
            None => String::new(),
            Some(0) => self.word("promise.invoke_none"),
            Some(n) => self.locale().count("promise.invoke_count", u64::from(n)),
        };
        InvokeView {
            how: self.text_of(&invoke.how, Some(own)),
            steps: Html::escaped(&steps),
            proof: invoke.proof.0.iter().map(|text| self.text_of(text, Some(own))).collect(),
            channels: invoke.channels.iter().map(|it| self.link(Kind::Channel, &it.id)).collect(),
        }
    }

    /// Says from when to when a promise holds, and whether that is `before`, `now` or `past`.
    pub fn validity(&self, validity: Option<&Validity>) -> (Html, &'static str) {
        let from = validity.and_then(|it| it.from.as_ref()).map(|date| date.value);
        let until = validity.and_then(|it| it.until.as_ref()).map(|date| date.value);
        let today = self.shared.today;
        let date = |date: Date| self.locale().date(date);
        let phrase = |key: &str, values: &[(&str, &str)]| Html::escaped(&self.locale().phrase(key, values));
        match (from, until) {
            (Some(from), _) if today < from => (phrase("promise.not_yet", &[("date", &date(from))]), "before"),
            (_, Some(until)) if today > until => (phrase("promise.expired", &[("date", &date(until))]), "past"),
            (Some(from), Some(until)) => {
                (phrase("promise.valid_from_until", &[("from", &date(from)), ("until", &date(until))]), "now")
            }
            (Some(from), None) => (phrase("promise.valid_from", &[("date", &date(from))]), "now"),
            (None, Some(until)) => (phrase("promise.valid_until", &[("date", &date(until))]), "now"),
            (None, None) => (Html::default(), "now"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    use crate::view::bench::{Bench, DE, EN};

    fn one(fields: &str) -> PromiseView {
        Bench::service(&format!("promises: {{sure: {{{fields}}}}}\n"), &[]).sheet(EN).promises.remove(0)
    }

    fn validity(valid: &str, today: Date) -> (String, &'static str) {
        let front = format!("promises: {{sure: {{valid: {{{valid}}}}}}}\n");
        let view = Bench::service(&front, &[]).on(today).sheet(EN).promises.remove(0);
        (view.validity.0, view.validity_state)
    }

    #[test]
    fn a_promise_is_not_valid_before_its_first_day_nor_after_its_last() {
        let span = "from: 2026-03-01, until: 2026-08-31";
        let before = ("Not valid yet. It begins on 1 March 2026.".to_owned(), "before");
        assert_eq!(validity(span, date(2026, 2, 28)), before);
        let now = ("Valid from 1 March 2026 to 31 August 2026".to_owned(), "now");
        assert_eq!(validity(span, date(2026, 3, 1)), now);
        assert_eq!(validity(span, date(2026, 8, 31)), now);
        let past = ("It ended on 31 August 2026. Do not offer it.".to_owned(), "past");
        assert_eq!(validity(span, date(2026, 9, 1)), past);
    }

    #[test]
    fn a_promise_with_one_end_says_that_one_and_without_any_nothing() {
        let today = date(2026, 5, 5);
        assert_eq!(validity("from: 2026-03-01", today), ("Valid from 1 March 2026".into(), "now"));
        assert_eq!(validity("until: 2026-08-31", today), ("Valid until 31 August 2026".into(), "now"));
        assert_eq!(validity("", today), (String::new(), "now"));
    }

    const ROLES: &str = "\
apprentice: {title: Apprentice, may_grant: 20 EUR}
boss: {title: Boss, may_grant: 500 EUR}
clerk: {title: Clerk, may_grant: 50 EUR}
abroad: {title: Abroad, may_grant: 900 USD}
nobody: {title: Nobody}
";

    fn grants(remedy: &str) -> Vec<String> {
        let front = format!("promises: {{sure: {{remedy: {{{remedy}}}}}}}\n");
        let remedy = Bench::service(&front, &[("registers/roles.yaml", ROLES)]).sheet(EN).promises.remove(0).remedy;
        let line =
            |grant: Grant| format!("{} {} {}", grant.role.title.0, grant.up_to.replace('\u{a0}', " "), grant.named);
        remedy.unwrap().grants.into_iter().map(line).collect()
    }

    #[test]
    fn whoever_may_grant_as_much_is_listed_the_smallest_right_first() {
        assert_eq!(grants("up_to: 50 EUR"), ["Clerk EUR 50 false", "Boss EUR 500 false"]);
        assert_eq!(grants("up_to: 50.01 EUR"), ["Boss EUR 500 false"]);
    }

    #[test]
    fn the_role_that_a_promise_names_is_listed_even_where_its_right_is_too_small() {
        let told = ["Apprentice EUR 20 true", "Clerk EUR 50 false", "Boss EUR 500 false"];
        assert_eq!(grants("up_to: 50 EUR, granted_by: apprentice"), told);
    }

    #[test]
    fn without_an_amount_nobody_is_listed() {
        assert_eq!(grants("what: A cake, granted_by: clerk"), [""; 0]);
    }

    #[test]
    fn a_remedy_says_what_within_what_time_and_whether_it_comes_by_itself() {
        let front =
            "promises: {sure: {remedy: {what: \"[[#remedy]] back\", up_to: 90 EUR, within: 2 business days}}}\n";
        let remedy = Bench::service(front, &[]).sheet(DE).promises.remove(0).remedy.unwrap();
        assert_eq!(remedy.what.0, "<span lang=\"en\">EUR\u{a0}90 back</span>");
        assert_eq!((remedy.up_to.as_str(), remedy.within.as_str()), ("90\u{a0}€", "2 Arbeitstagen"));
        assert!(!remedy.automatic);
        assert!(one("remedy: {what: A, automatic: true}").remedy.unwrap().automatic);
        assert_eq!(one("kind: commitment").remedy, None);
    }

    #[test]
    fn claiming_takes_nothing_one_step_or_several() {
        let steps = |steps: &str| one(&format!("invoke: {{{steps}}}")).invoke.unwrap().steps.0;
        assert_eq!(steps("steps: 0"), "Nothing for the customer to do");
        assert_eq!(steps("steps: 1"), "1 step for the customer");
        assert_eq!(steps("steps: 3"), "3 steps for the customer");
        assert_eq!(steps("how: Ask"), "");
        assert_eq!(one("kind: commitment").invoke, None);
    }

    #[test]
    fn the_limit_in_a_promise_is_that_of_the_first_standard_behind_it_that_has_one() {
        let front = "\
standards:
  kind: {title: Kind, kind: conduct, level: 99%}
  quick: {title: Quick, kind: timeliness, limit: 10 business days}
promises:
  sure: {kind: guarantee, statement: \"Ready in [[#limit]]\", backed_by: [kind, quick]}
";
        let view = Bench::service(front, &[]).sheet(EN).promises.remove(0);
        assert_eq!(
            (view.statement.0.as_str(), view.title.0.as_str()),
            ("Ready in 10 business days", "Ready in 10 business days")
        );
        assert_eq!((view.kind, view.kind_name.0.as_str()), ("guarantee", "Guarantee"));
        assert_eq!((view.card.as_str(), view.href.as_str()), ("../promises/repair/sure.html", "#sure"));
        assert_eq!(view.backed_by.iter().map(|it| it.title.0.as_str()).collect::<Vec<_>>(), ["Kind", "Quick"]);
    }

    #[test]
    fn a_statement_for_a_place_within_a_link_has_no_links() {
        let view = one("statement: \"Ask [[desk]]\"");
        assert_eq!(view.statement.0, "Ask <a href=\"../roles/desk.html\">Service desk</a>");
        assert_eq!(view.statement_plain.0, "Ask Service desk");
    }
}
