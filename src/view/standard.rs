//! A standard as it is shown on the sheet of its service.

use serde::Serialize;

use super::budget::BudgetView;
use super::deadline::FinderView;
use super::html::{Html, Link};
use super::results::ResultView;
use super::writer::Writer;
use crate::fields::table::Row;
use crate::locale::case::Case;
use crate::model::document::Document;
use crate::model::kind::Kind;
use crate::model::lookup::Thing;
use crate::model::printable::of_moment;
use crate::model::quantity::{Actor, Cadence, Moment};
use crate::model::service::Service;
use crate::model::standard::{Breach, Clock, Measure, Standard, StandardKind, Variant};
use crate::units::share::Share;

/// A figure in large type: `10` and `business days`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// The number.
    pub number: String,
    /// Its unit.
    pub unit: String,
    /// Both, as in a sentence.
    pub text: String,
}

/// The events between which time is counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClockView {
    /// What starts the clock.
    pub start: Html,
    /// What stops it.
    pub stop: Html,
    /// What makes it pause.
    pub pauses: Vec<Html>,
    /// What makes it go on; empty where nothing is said.
    pub restart: Html,
}

/// A limit for some cases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VariantView {
    /// The cases.
    pub when: Html,
    /// The limit; empty where it is the same.
    pub limit: String,
    /// The internal limit.
    pub internal: String,
    /// The target.
    pub target: String,
}

/// Who is told, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BreachView {
    /// `share` of the limit, `level` for a share of another standard, or `duration` after the start.
    pub kind: &'static str,
    /// When: `70%` or `2 business days`.
    pub at: Html,
    /// Whom.
    pub tell: Vec<Link>,
}

/// A standard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StandardView {
    /// Its whole id.
    pub id: String,
    /// Its anchor on the sheet.
    pub anchor: String,
    /// The anchors that it had before it was renamed.
    pub earlier: Vec<String>,
    /// The way to it.
    pub href: String,
    /// Its name.
    pub title: Html,
    /// The sentence to a customer.
    pub statement: Html,
    /// `timeliness`, `access`, `accuracy` or `conduct`.
    pub kind: &'static str,
    /// The kind in words.
    pub kind_name: Html,
    /// The question that the kind answers.
    pub question: Html,
    /// The limit in large type, where it has one.
    pub limit: Option<Figure>,
    /// The level, where it has one.
    pub level: Html,
    /// Where or how long the level holds.
    pub window: Html,
    /// The target: `95%`.
    pub target: String,
    /// The internal limit; empty where there is none.
    pub internal: String,
    /// The legal limit; empty where there is none.
    pub legal: String,
    /// The difference between limit and internal limit: `30%`; empty where it cannot be said.
    pub buffer: String,
    /// The least that is borne.
    pub floor: Html,
    /// Who keeps it: the roles of the steps that count towards it, each once, in order.
    pub who: Vec<Link>,
    /// The clock.
    pub clock: Option<ClockView>,
    /// How it is measured, in words.
    pub measure: Html,
    /// Where the figures come from.
    pub measured_from: Html,
    /// How often it is reported.
    pub measured_per: Html,
    /// The latest result.
    pub result: Option<ResultView>,
    /// Other limits for some cases.
    pub variants: Vec<VariantView>,
    /// Who is told, and when.
    pub breach: Vec<BreachView>,
    /// What it guards against.
    pub covers: Vec<Link>,
    /// The side of the service.
    pub aspect: Html,
    /// A few words to remember it by.
    pub slogan: Html,
    /// The way to a picture; empty where there is none.
    pub picture: String,
    /// Who answers for it, where it is not the owner of the service.
    pub owner: Option<Link>,
    /// The channels to which alone it applies.
    pub channels: Vec<Link>,
    /// What it rests on.
    pub based_on: Vec<Link>,
    /// The promises that rest on it.
    pub promises: Vec<Link>,
    /// The steps' time against its limits.
    pub budget: Option<BudgetView>,
    /// The finder of its deadlines, where it is one of timeliness.
    pub finder: Option<FinderView>,
    /// The prose that belongs to it.
    pub prose: Html,
}

impl Writer<'_> {
    /// Shows a standard.
    pub fn standard(&self, service: &Document<Service>, row: &Row<Standard>) -> StandardView {
        let id = format!("{}/{}", service.id, row.id);
        let printed = self.printed_standard(service, row);
        let own: Thing = (Kind::Standard, id.clone());
        let standard = &row.value;
        let kind = standard.kind.as_ref().map_or(StandardKind::Timeliness, |kind| kind.value).word();
        let (measured_from, measured_per) = self.measure(standard.measure.as_ref(), &own);
        StandardView {
            anchor: printed.anchor,
            earlier: printed.earlier,
            href: self.way_to(Kind::Standard, &id),
            title: printed.title,
            statement: printed.statement,
            kind,
            kind_name: self.worded("standard.kind", Some(kind)),
            question: self.worded("standard.question", Some(kind)),
            limit: printed.limit,
            level: printed.level,
            window: standard.window.as_ref().map(|window| self.quantity(window, Some(&own))).unwrap_or_default(),
            target: printed.target,
            internal: printed.internal,
            legal: self.duration(&standard.legal),
            buffer: self.buffer(standard),
            floor: standard.floor.as_ref().map(|floor| self.quantity(floor, Some(&own))).unwrap_or_default(),
            who: self.who_keeps(service, &id),
            clock: printed.clock,
            measure: printed.measure,
            measured_from,
            measured_per,
            result: self.latest_result(&id, standard),
            variants: printed.variants,
            breach: printed.breach,
            covers: standard.covers.iter().map(|factor| self.link(Kind::Factor, &factor.id)).collect(),
            aspect: self.worded("aspect", standard.aspect.as_ref().map(|aspect| aspect.value.word())),
            slogan: self.text_of(&standard.slogan, Some(&own)),
            picture: self.picture(standard.picture.as_ref()),
            owner: standard.owner.as_ref().map(|role| self.link(Kind::Role, &role.id)),
            channels: standard.channel.0.iter().map(|channel| self.link(Kind::Channel, &channel.id)).collect(),
            based_on: standard.based_on.0.iter().map(|it| self.link(Kind::Evidence, &it.id)).collect(),
            promises: self.promises_on(&id),
            budget: self.budget(service, row),
            finder: self.finder(service, row),
            prose: printed.prose,
            id,
        }
    }

    /// Gives a limit in large type.
    pub fn figure(&self, limit: crate::units::duration::Duration) -> Figure {
        let (number, unit) = self.locale().limit_figure(limit);
        Figure { number, unit, text: self.locale().duration(limit) }
    }

    /// Gives a word of the interface for a word of the content; empty where there is none.
    pub fn worded(&self, group: &str, word: Option<&str>) -> Html {
        word.map(|word| Html::escaped(self.locale().word(&format!("{group}.{word}")))).unwrap_or_default()
    }

    /// Writes a share that may be missing.
    pub fn share(&self, share: &crate::fields::scalar::Given<Share>) -> String {
        share.as_ref().map_or_else(String::new, |share| self.locale().share(share.value))
    }

    /// Gives the way to a picture; empty where there is none.
    pub fn picture(&self, picture: Option<&crate::model::quantity::Picture>) -> String {
        let known = picture.filter(|picture| self.handbook().pictures.contains_key(&picture.0.value));
        known.map_or_else(String::new, |picture| self.way_to_file(&picture.0.value))
    }

    fn who_keeps(&self, service: &Document<Service>, standard: &str) -> Vec<Link> {
        let mut roles: Vec<&str> = Vec::new();
        for step in service.fields.steps.iter().map(|row| &row.value) {
            let counts = step.standard.as_ref().is_some_and(|named| named.id == standard);
            if let Some(Actor::Role(role)) = &step.actor
                && counts
                && !roles.contains(&role.id.as_str())
            {
                roles.push(&role.id);
            }
        }
        roles.into_iter().map(|role| self.link(Kind::Role, role)).collect()
    }

    fn promises_on(&self, standard: &str) -> Vec<Link> {
        let promises = self.shared.relations.promised.get(standard);
        promises.into_iter().flatten().map(|id| self.link(Kind::Promise, id)).collect()
    }

    /// Shows when a clock runs.
    pub fn clock(&self, clock: &Clock, own: &Thing) -> ClockView {
        ClockView {
            start: self.text_of(&clock.start, Some(own)),
            stop: self.text_of(&clock.stop, Some(own)),
            pauses: clock.pause.0.iter().map(|pause| self.text_of(pause, Some(own))).collect(),
            restart: self.text_of(&clock.restart, Some(own)),
        }
    }

    /// Says where the figures of a measure come from, and how often they are told.
    fn measure(&self, measure: Option<&Measure>, own: &Thing) -> (Html, Html) {
        let Some(measure) = measure else { return Default::default() };
        let per = match &measure.per {
            Some(Cadence::Period(period)) => self.period(period),
            Some(Cadence::Text(text)) => self.text_of(text, Some(own)),
            None => Html::default(),
        };
        (self.text_of(&measure.from, Some(own)), per)
    }

    /// Says how something is measured, in words; empty where nothing is said.
    pub fn measured_as(&self, measure: Option<&Measure>) -> Html {
        let kind = measure.and_then(|measure| measure.kind.as_ref());
        self.worded("measure.as", kind.map(|kind| kind.value.word()))
    }

    /// Shows another limit for some cases.
    pub fn variant(&self, variant: &Variant, own: &Thing) -> VariantView {
        VariantView {
            when: self.text_of(&variant.when, Some(own)),
            limit: self.duration(&variant.limit),
            internal: self.duration(&variant.internal),
            target: self.share(&variant.target),
        }
    }

    /// Shows who is told, and when.
    pub fn breach(&self, standard: &Standard, breach: &Breach) -> BreachView {
        let of_time = standard.kind.as_ref().is_none_or(|kind| kind.value == StandardKind::Timeliness);
        let kind = match breach.at.as_ref().map(|at| at.value) {
            Some(Moment::Duration(_)) => "duration",
            _ if of_time => "share",
            _ => "level",
        };
        let at = breach.at.as_ref().map(|at| self.printed(&of_moment(at.value), Case::Dative, None));
        let tell = breach.tell.0.iter().map(|role| self.link(Kind::Role, &role.id)).collect();
        BreachView { kind, at: at.unwrap_or_default(), tell }
    }

    /// Gives the difference between limit and internal limit as a share, where both are in the same unit.
    fn buffer(&self, standard: &Standard) -> String {
        let (Some(limit), Some(internal)) = (&standard.limit, &standard.internal) else { return String::new() };
        let (limit, internal) = (limit.value, internal.value);
        if limit.clock() != internal.clock() || internal.on_clock() >= limit.on_clock() {
            return String::new();
        }
        let share = (limit.on_clock() - internal.on_clock()).saturating_mul(100) / limit.on_clock().max(1);
        self.locale().percent(share.saturating_mul(100))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::bench::{Bench, DE, EN};

    fn one(fields: &str) -> StandardView {
        standard(fields, EN, &[])
    }

    fn standard(fields: &str, language: crate::fields::text::Language, others: &[(&str, &str)]) -> StandardView {
        Bench::service(&format!("standards: {{quick: {{{fields}}}}}\n"), others).sheet(language).standards.remove(0)
    }

    #[test]
    fn a_limit_is_a_number_and_a_unit() {
        let limit = standard("kind: timeliness, limit: 1 business day", DE, &[]).limit.unwrap();
        assert_eq!(
            (limit.number.as_str(), limit.unit.as_str(), limit.text.as_str()),
            ("1", "Arbeitstag", "1 Arbeitstag")
        );
        assert_eq!(one("kind: conduct, level: nine of ten").limit, None);
    }

    #[test]
    fn a_level_may_be_a_share_a_time_money_or_words() {
        let level = |level: &str| one(&format!("kind: access, level: {level}")).level.0;
        assert_eq!(level("99.5%"), "99.5%");
        assert_eq!(level("30 seconds"), "30 seconds");
        assert_eq!(level("5 EUR"), "EUR\u{a0}5");
        assert_eq!(level("nine of ten"), "nine of ten");
    }

    #[test]
    fn the_buffer_is_the_share_by_which_the_internal_limit_is_tighter() {
        let buffer = |limit: &str, internal: &str| one(&format!("limit: {limit}, internal: {internal}")).buffer;
        assert_eq!(buffer("10 business days", "7 business days"), "30%");
        assert_eq!(buffer("2 weeks", "7 calendar days"), "50%");
        assert_eq!(buffer("3 calendar days", "2 calendar days"), "33%");
        assert_eq!(buffer("10 business days", "7 calendar days"), "");
        assert_eq!(buffer("7 business days", "7 business days"), "");
        assert_eq!(buffer("7 business days", "8 business days"), "");
        assert_eq!(one("limit: 7 business days").buffer, "");
    }

    #[test]
    fn a_breach_is_told_at_a_share_of_the_limit_or_after_a_time() {
        let view = standard("breach: [{at: 70%, tell: desk}, {at: 2 business days, tell: [desk, lead]}]", DE, &[]);
        let told: Vec<_> = view.breach.iter().map(|it| (it.kind, it.at.0.as_str(), it.tell.len())).collect();
        assert_eq!(told, [("share", "70\u{202f}%", 1), ("duration", "2 Arbeitstagen", 2)]);
        assert_eq!(view.breach[0].tell[0].href, "../roles/desk.html");
    }

    #[test]
    fn a_breach_of_a_standard_without_a_limit_is_told_at_a_share_of_its_level() {
        let view = standard("kind: accuracy, breach: [{at: 70%, tell: desk}]", EN, &[]);
        assert_eq!(view.breach[0].kind, "level");
    }

    #[test]
    fn a_measure_says_what_from_where_and_how_often() {
        let measured = |measure: &str| {
            let view = one(&format!("measure: {{{measure}}}"));
            (view.measure.0, view.measured_from.0, view.measured_per.0)
        };
        let said = measured("as: share-within-limit, from: workshop system, per: month");
        assert_eq!(said, ("share of cases within the limit".into(), "workshop system".into(), "monthly".into()));
        assert_eq!(measured("as: observed, per: fiscal year").2, "fiscal year");
        assert_eq!(one("kind: conduct").measure.0, "");
    }

    #[test]
    fn a_variant_says_only_what_differs() {
        let view = one("variants: [{when: in winter, limit: 3 weeks}, {when: abroad, target: 80%}]");
        let said: Vec<_> =
            view.variants.iter().map(|it| (it.when.0.as_str(), it.limit.as_str(), it.target.as_str())).collect();
        assert_eq!(said, [("in winter", "3 weeks", ""), ("abroad", "", "80%")]);
    }

    #[test]
    fn a_picture_that_is_not_there_is_not_shown() {
        let picture = |others: &[(&str, &str)]| standard("picture: pictures/a.svg", DE, others).picture;
        assert_eq!(picture(&[("pictures/a.svg", "<svg/>")]), "../../pictures/a.svg");
        assert_eq!(picture(&[]), "");
    }

    #[test]
    fn the_kind_and_the_side_of_the_service_are_named_in_words() {
        let view = one("kind: accuracy, aspect: problem-solving");
        assert_eq!(
            (view.kind, view.kind_name.0.as_str(), view.question.0.as_str()),
            ("accuracy", "Accuracy", "Is it right?")
        );
        assert_eq!(view.aspect.0, "Problem-solving");
        assert_eq!(one("kind: accuracy").aspect.0, "");
    }

    #[test]
    fn a_clock_names_its_events() {
        let clock = one("clock: {start: in, stop: out, pause: [parts, approval], restart: again}").clock.unwrap();
        assert_eq!((clock.start.0.as_str(), clock.stop.0.as_str(), clock.restart.0.as_str()), ("in", "out", "again"));
        assert_eq!(clock.pauses[0].0, "parts");
        assert_eq!(one("kind: conduct").clock, None);
    }

    #[test]
    fn the_promises_that_rest_on_a_standard_are_listed() {
        let promises =
            "standards: {quick: {}}\npromises: {sure: {title: Sure, backed_by: [quick]}, other: {title: Other}}\n";
        let view = Bench::service(promises, &[]).sheet(EN).standards.remove(0);
        assert_eq!(view.promises.iter().map(|it| it.title.0.as_str()).collect::<Vec<_>>(), ["Sure"]);
    }

    #[test]
    fn a_standard_is_kept_by_the_roles_of_its_steps_each_once_and_not_by_the_customer() {
        let front = "\
standards: {quick: {title: Quick}, right: {title: Right}}
steps:
  a: {title: A, actor: lead, standard: quick}
  b: {title: B, actor: customer, standard: quick}
  c: {title: C, actor: desk, standard: quick}
  d: {title: D, actor: lead, standard: quick}
  e: {title: E, actor: desk}
";
        let standards = Bench::service(front, &[]).sheet(EN).standards;
        let who = |at: usize| {
            let links: &[Link] = &standards[at].who;
            links.iter().map(|it| (it.href.as_str(), it.title.0.as_str())).collect::<Vec<_>>()
        };
        assert_eq!(who(0), [("../roles/lead.html", "Shop manager"), ("../roles/desk.html", "Service desk")]);
        assert_eq!(who(1), []);
    }

    #[test]
    fn a_section_of_the_prose_belongs_to_its_standard_and_not_to_the_service() {
        let front =
            "standards: {quick: {title: Quick}}\n---\nBefore\n\n## Quick {#quick}\nWhy so quick.\n\n## After\nElse\n";
        let sheet = Bench::service(front, &[]).sheet(EN);
        assert_eq!(sheet.standards[0].prose.0, "<p>Why so quick.</p>");
        assert!(sheet.prose.0.contains("Before") && sheet.prose.0.contains("Else"), "{}", sheet.prose.0);
        assert!(!sheet.prose.0.contains("Why so quick"), "{}", sheet.prose.0);
    }
}
