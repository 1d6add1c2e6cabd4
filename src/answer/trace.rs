//! What `trace` answers: what a promise rests on, down to the single steps and their sum.
//!
//! Not here: the answer's structs (`traced`).

use super::asked::{Found, standard, unknown};
use super::traced::{
    Named, NoSum, Sum, Trace, TracedGrant, TracedLimit, TracedPromise, TracedRemedy, TracedStandard, TracedStep,
};
use super::words::Words;
use super::{Refusal, Sources, trust};
use crate::calendar::budget::{Impossible, Tenths};
use crate::fields::scalar::Given;
use crate::fields::table::Row;
use crate::locale::Locale;
use crate::model::budget::{LimitKind, StandardBudget, limits_of};
use crate::model::handbook::Handbook;
use crate::model::kind::Kind;
use crate::model::printable::{Printable, of_quantity};
use crate::model::promise::{Promise, Remedy};
use crate::model::quantity::Actor;
use crate::model::step::Step;
use crate::units::duration::{Duration, Unit};

/// Answers what a promise or a standard rests on.
pub fn answer(asked: &str, sources: &Sources<'_>) -> Result<Trace, Refusal> {
    let tracer = Tracer { handbook: sources.handbook, locale: sources.locale, words: Words::of(sources) };
    let handbook = sources.handbook;
    let promised = |id: &str| handbook.promise(id).map(|row| (id.to_owned(), row));
    let traced = |found: &Found<'_>| {
        if let Some((calendar, _)) = handbook.calendar_of(&found.service.fields) {
            trust::calendar(calendar, sources)?;
        }
        Ok::<_, Refusal>(tracer.standard(found))
    };
    let bare = asked.strip_prefix("promises/").unwrap_or(asked);
    let formerly = || promised(&handbook.formerly(Kind::Promise, bare)?);
    if let Some((id, row)) = promised(bare).or_else(formerly) {
        let behind = row.value.backed_by.iter();
        let standards = behind.map(|it| match standard(&it.id, handbook) {
            Some(found) => traced(&found),
            None => Ok(tracer.lost(&it.id)),
        });
        let standards = standards.collect::<Result<_, _>>()?;
        return Ok(Trace { asked: asked.to_owned(), promise: Some(tracer.promise(&id, row)), standards });
    }
    match standard(asked, handbook) {
        Some(found) => Ok(Trace { asked: asked.to_owned(), promise: None, standards: vec![traced(&found)?] }),
        None => Err(unknown(asked, "neither a promise nor a standard", &[Kind::Promise, Kind::Standard], handbook)),
    }
}

struct Tracer<'a> {
    handbook: &'a Handbook,
    locale: &'a Locale,
    words: Words<'a>,
}

impl Tracer<'_> {
    fn named(&self, kind: Kind, id: &str) -> Named {
        Named { id: id.to_owned(), title: self.words.name(kind, id) }
    }

    fn promise(&self, id: &str, row: &Row<Promise>) -> TracedPromise {
        let own = (Kind::Promise, id.to_owned());
        let service = id.rsplit_once('/').map_or("", |(service, _)| service);
        TracedPromise {
            id: id.to_owned(),
            title: self.words.name(Kind::Promise, id),
            statement: self.words.text(&row.value.statement, &own),
            kind: row.value.kind.as_ref().map(|kind| kind.value.word()),
            service: self.named(Kind::Service, service),
            remedy: row.value.remedy.as_ref().map(|remedy| self.remedy(id, remedy)),
        }
    }

    fn remedy(&self, id: &str, remedy: &Remedy) -> TracedRemedy {
        let own = (Kind::Promise, id.to_owned());
        let (up_to, within) = (remedy.up_to.as_ref().map(|it| it.value), remedy.within.as_ref().map(|it| it.value));
        let grant = |role: &str| {
            let may = self.handbook.roles.get(role).and_then(|row| row.value.may_grant.as_ref()).map(|it| it.value);
            let enough = may.zip(up_to).and_then(|(may, up_to)| may.compare(up_to)).map(|order| order.is_ge());
            TracedGrant {
                id: role.to_owned(),
                title: self.words.name(Kind::Role, role),
                may_grant: may.map(|money| money.to_string()),
                may_grant_words: may.map(|money| self.locale.money(money)),
                enough,
            }
        };
        TracedRemedy {
            what: self.words.text(&remedy.what, &own),
            up_to: up_to.map(|money| money.to_string()),
            up_to_words: up_to.map(|money| self.locale.money(money)),
            within: within.map(|duration| duration.short()),
            within_words: within.map(|duration| self.locale.duration(duration)),
            automatic: remedy.automatic.as_ref().is_some_and(|it| it.value),
            granted_by: remedy.granted_by.as_ref().map(|role| grant(&role.id)),
            late: self.words.text(&remedy.late, &own),
        }
    }

    /// Shows a standard that is not there, or could not be read.
    fn lost(&self, id: &str) -> TracedStandard {
        let service = id.rsplit_once('/').map_or("", |(service, _)| service);
        TracedStandard {
            id: id.to_owned(),
            title: id.to_owned(),
            service: self.named(Kind::Service, service),
            calendar: None,
            limits: Vec::new(),
            level: None,
            promises: Vec::new(),
            steps: Vec::new(),
            sum: None,
            no_sum: Some(self.why("no-standard", &[])),
        }
    }

    fn standard(&self, found: &Found<'_>) -> TracedStandard {
        let id = found.id();
        let value = &found.standard.value;
        let made = self.handbook.budget(found.service, found.standard);
        let budget = made.as_ref().and_then(|made| made.budget.as_ref().ok());
        let unit = made.as_ref().zip(budget).map(|(made, budget)| made.unit(budget));
        let limits = made.as_ref().map(|made| made.limits.clone()).unwrap_or_else(|| limits_of(value));
        let limit = |(kind, duration): &(LimitKind, Duration)| TracedLimit {
            kind: kind_word(*kind),
            limit: duration.short(),
            words: self.locale.duration(*duration),
        };
        let rests = |(promise, row): &(String, &Row<Promise>)| {
            row.value.backed_by.iter().any(|it| it.id == id).then(|| self.named(Kind::Promise, promise))
        };
        TracedStandard {
            title: self.words.name(Kind::Standard, &id),
            service: self.named(Kind::Service, &found.service.id),
            calendar: self.handbook.calendar_of(&found.service.fields).map(|(calendar, _)| calendar.to_owned()),
            level: value.level.as_ref().map(|level| self.level(&of_quantity(level), &id)),
            promises: self.promises().iter().filter_map(rests).collect(),
            steps: made.as_ref().map(|made| self.steps(found, made, unit)).unwrap_or_default(),
            sum: made.as_ref().zip(unit).and_then(|(made, unit)| self.sum(found, made, unit)),
            no_sum: self.no_sum(found, made.as_ref(), limits.is_empty()),
            limits: limits.iter().map(limit).collect(),
            id,
        }
    }

    fn promises(&self) -> Vec<(String, &Row<Promise>)> {
        let ids = self.handbook.ids(Kind::Promise).into_iter();
        ids.filter_map(|id| self.handbook.promise(&id).map(|row| (id, row))).collect()
    }

    fn level(&self, level: &Printable, id: &str) -> String {
        match level {
            Printable::Duration(duration) => self.locale.duration(*duration),
            Printable::Share(share) => self.locale.share(*share),
            Printable::Money(money) => self.locale.money(*money),
            Printable::Text(text) => self.words.text(text, &(Kind::Standard, id.to_owned())),
            Printable::Plain(text) => text.clone(),
        }
    }

    fn steps(&self, found: &Found<'_>, made: &StandardBudget<'_>, unit: Option<Unit>) -> Vec<TracedStep> {
        let budget = made.budget.as_ref().ok();
        let amount = |amount: u64| {
            let (budget, unit) = budget.zip(unit)?;
            budget.amount_in(amount, unit)
        };
        let place = |begins: Tenths, ends: Tenths| {
            Some(format!("{}–{}", self.number(begins), self.locale.amount(ends.0, unit?)))
        };
        let step = |(at, row): (usize, &&Row<Step>)| {
            let id = format!("{}/{}", found.service.id, row.id);
            let stretch = budget.and_then(|budget| budget.steps.get(at));
            let is = |given: &Given<bool>| given.as_ref().map(|given| given.value);
            let takes = row.value.takes.as_ref().map(|takes| takes.value);
            let begins = stretch.and_then(|stretch| amount(stretch.start));
            let ends = stretch.and_then(|stretch| amount(stretch.end));
            TracedStep {
                title: self.words.name(Kind::Step, &id),
                who: self.who(row.value.actor.as_ref()),
                takes: takes.map(|takes| takes.short()),
                takes_words: takes.map(|takes| self.locale.duration(takes)),
                when: self.words.text(&row.value.when, &(Kind::Step, id.clone())),
                pauses: is(&row.value.pauses).unwrap_or(false),
                counts: is(&row.value.counts).unwrap_or(true),
                critical: budget.is_some_and(|budget| budget.path.contains(&at)),
                begins: begins.map(|tenths| tenths.to_string()),
                ends: ends.map(|tenths| tenths.to_string()),
                place_words: begins.zip(ends).and_then(|(begins, ends)| place(begins, ends)),
                id,
            }
        };
        made.steps.iter().enumerate().map(step).collect()
    }

    fn number(&self, tenths: Tenths) -> String {
        let whole = i64::try_from(tenths.0).unwrap_or(i64::MAX);
        if whole % 10 == 0 { self.locale.number(whole / 10) } else { self.locale.decimal(whole, 1) }
    }

    fn who(&self, actor: Option<&Actor>) -> String {
        match actor {
            None => String::new(),
            Some(Actor::Customer(_)) => self.locale.word("step.stage.customer").to_owned(),
            Some(Actor::Role(role)) => self.words.name(Kind::Role, &role.id),
        }
    }

    fn sum(&self, found: &Found<'_>, made: &StandardBudget<'_>, unit: Unit) -> Option<Sum> {
        let budget = made.budget.as_ref().ok()?;
        let id = |at: usize| made.steps.get(at).map(|row| format!("{}/{}", found.service.id, row.id));
        let words = |amount: u64| budget.amount_in(amount, unit).map(|tenths| self.locale.amount(tenths.0, unit));
        let allowed = budget.limits.first().copied().flatten();
        let left = allowed.and_then(|allowed| {
            let key = if budget.total > allowed { "figure.over" } else { "figure.left" };
            let difference = self.locale.amount(budget.difference_in(allowed, unit)?.0, unit);
            Some(self.locale.phrase(key, &[("amount", &difference)]))
        });
        Some(Sum {
            unit: unit.short(),
            used: budget.total_in(unit)?.to_string(),
            used_words: words(budget.total)?,
            allowed: allowed.and_then(|allowed| budget.amount_in(allowed, unit)).map(|tenths| tenths.to_string()),
            allowed_words: made.limits.first().filter(|_| allowed.is_some()).map(|(_, it)| self.locale.duration(*it)),
            left_words: left,
            over: allowed.map(|allowed| budget.total > allowed),
            path: budget.path.iter().filter_map(|at| id(*at)).collect(),
            longest: budget.longest.and_then(id).map(|id| self.named(Kind::Step, &id)),
            worst_case: budget.by_worst_case,
        })
    }

    /// Says why a standard has no sum, or none that can be compared with its limit; nothing where it has.
    fn no_sum(&self, found: &Found<'_>, made: Option<&StandardBudget<'_>>, limitless: bool) -> Option<NoSum> {
        let Some(made) = made else { return Some(self.why(if limitless { "no-limit" } else { "no-steps" }, &[])) };
        let title = |at: usize| {
            let id = made.steps.get(at).map(|row| format!("{}/{}", found.service.id, row.id));
            id.map_or_else(String::new, |id| self.words.name(Kind::Step, &id))
        };
        match &made.budget {
            Ok(budget) if budget.limits.first().copied().flatten().is_some() => None,
            Ok(_) => Some(self.why("not-comparable", &[])),
            Err(Impossible::MixedClocks { first, second }) => {
                Some(self.why("mixed-clocks", &[("first", &title(*first)), ("second", &title(*second))]))
            }
            Err(Impossible::Circle(steps)) => {
                let steps: Vec<String> = steps.iter().map(|at| self.locale.quote(&title(*at))).collect();
                Some(self.why("circle", &[("steps", &self.locale.list(&steps))]))
            }
            Err(Impossible::UnknownStep { step, .. } | Impossible::NoMeasure { step }) => {
                Some(self.why("no-measure", &[("step", &title(*step))]))
            }
        }
    }

    fn why(&self, reason: &'static str, values: &[(&str, &str)]) -> NoSum {
        NoSum { reason, words: self.locale.phrase(&format!("trace.no_sum.{reason}"), values) }
    }
}

fn kind_word(kind: LimitKind) -> &'static str {
    match kind {
        LimitKind::Internal => "internal",
        LimitKind::Limit => "limit",
        LimitKind::Legal => "legal",
    }
}

#[cfg(test)]
mod tests {
    use super::super::examples::{Example, with_service};
    use super::*;

    const SERVICE: &str = "\
calendar: workshop
standards:
  turnaround: {title: Turnaround, kind: timeliness, limit: 5bd, internal: 4bd}
  kind: {title: Kindness, kind: conduct, level: a smile}
steps:
  take: {title: Take in, actor: desk, takes: 4bh, standard: turnaround}
  part: {title: Get part, actor: supplier, after: [take], takes: 2bd, standard: turnaround, when: none is here}
  tell: {title: Tell, actor: desk, after: [take], takes: 2bh, standard: turnaround}
  choose: {title: Choose, actor: customer, after: [tell], takes: 9bd, pauses: true, standard: turnaround}
  mend: {title: Mend, actor: desk, after: [part, choose], takes: 1bd, standard: turnaround}
  ring: {title: Ring up, actor: desk, after: [mend], takes: 3bd, counts: false, standard: turnaround}
promises:
  back:
    title: On time, or free
    kind: guarantee
    statement: Ready within [[#limit]].
    backed_by: [turnaround, kind]
    remedy: {what: labour refunded, up_to: 90 EUR, within: 5bd, automatic: true, granted_by: desk}
";

    fn ask(example: &Example, asked: &str) -> Trace {
        answer(asked, &example.sources()).unwrap()
    }

    /// Traces the standard `repair/x` of a service with these steps.
    fn traced(calendar: &str, limits: &str, steps: &str) -> TracedStandard {
        let service = format!("{calendar}standards: {{x: {{title: X, {limits}}}}}\nsteps:\n{steps}");
        ask(&with_service(&service), "repair/x").standards.remove(0)
    }

    #[test]
    fn a_promise_is_traced_to_its_standards_and_to_who_grants_its_remedy() {
        let trace = ask(&with_service(SERVICE), "repair/back");
        let promise = trace.promise.as_ref().unwrap();
        assert_eq!((promise.statement.as_str(), promise.kind), ("Ready within 5 business days.", Some("guarantee")));
        let remedy = promise.remedy.as_ref().unwrap();
        assert_eq!((remedy.up_to.as_deref(), remedy.within.as_deref()), (Some("90 EUR"), Some("5bd")));
        let grant = remedy.granted_by.as_ref().unwrap();
        assert_eq!((grant.title.as_str(), grant.may_grant.as_deref()), ("Service desk", Some("100 EUR")));
        assert_eq!(grant.enough, Some(true));
        assert_eq!(
            trace.standards.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(),
            ["repair/turnaround", "repair/kind"]
        );
        assert_eq!(trace.standards[0].promises[0].title, "On time, or free");
        assert!(trace.is_whole());
    }

    #[test]
    fn the_steps_are_added_up_along_the_critical_path() {
        let standard = ask(&with_service(SERVICE), "repair/turnaround").standards.remove(0);
        let sum = standard.sum.unwrap();
        assert_eq!((sum.used.as_str(), sum.unit, sum.allowed.as_deref()), ("3.5", "bd", Some("4")));
        assert_eq!((sum.left_words.as_deref(), sum.over), (Some("0.5 business days left"), Some(false)));
        assert_eq!(sum.path, ["repair/take", "repair/part", "repair/mend"]);
        assert_eq!(sum.longest.unwrap().title, "Get part");
        let steps: Vec<_> =
            standard.steps.iter().map(|it| (it.title.as_str(), it.critical, it.pauses, it.counts)).collect();
        assert_eq!(
            steps,
            [
                ("Take in", true, false, true),
                ("Get part", true, false, true),
                ("Tell", false, false, true),
                ("Choose", false, true, true),
                ("Mend", true, false, true),
                ("Ring up", false, false, false),
            ]
        );
        assert_eq!(standard.steps[3].who, "Customer");
        assert_eq!(standard.steps[4].place_words.as_deref(), Some("2.5–3.5 business days"));
        assert_eq!((standard.steps[0].begins.as_deref(), standard.steps[0].ends.as_deref()), (Some("0"), Some("0.5")));
    }

    #[test]
    fn steps_that_take_longer_than_they_may_say_by_how_much() {
        let standard = traced("calendar: workshop\n", "limit: 2bd", "  a: {title: A, takes: 3bd, standard: x}\n");
        let sum = standard.sum.unwrap();
        assert_eq!((sum.over, sum.left_words.as_deref()), (Some(true), Some("1 business day too much")));
    }

    #[test]
    fn a_sum_that_is_impossible_says_why() {
        let why = |calendar: &str, steps: &str| {
            let why = traced(calendar, "limit: 2h", steps).no_sum.unwrap();
            (why.reason, why.words)
        };
        let (reason, words) = why(
            "calendar: nowhere\n",
            "  a: {title: A, takes: 1h, standard: x}\n  b: {title: B, takes: 1bh, standard: x}\n",
        );
        assert_eq!(reason, "mixed-clocks");
        assert!(words.contains("“A”") && words.contains("“B”"), "{words}");
        let circle = "  a: {title: A, after: [b], takes: 1h, standard: x}\n  b: {title: B, after: [a], takes: 1h, standard: x}\n";
        let (reason, words) = why("", circle);
        assert_eq!(reason, "circle");
        assert!(words.contains("“B” and “A”"), "{words}");
        let (reason, words) = why("", "  a: {title: A, takes: 101y, standard: x}\n");
        assert_eq!((reason, words.contains("“A”")), ("no-measure", true));
    }

    #[test]
    fn without_limit_or_steps_there_is_nothing_to_add_up() {
        let reason = |limits: &str, steps: &str| traced("", limits, steps).no_sum.unwrap().reason;
        assert_eq!(reason("limit: 2h", "  a: {title: A, takes: 1h}\n"), "no-steps");
        assert_eq!(reason("level: kind", "  a: {title: A, takes: 1h, standard: x}\n"), "no-limit");
    }

    #[test]
    fn a_standard_that_is_not_there_is_told_in_its_place() {
        let example = with_service("promises: {p: {title: P, backed_by: [nowhere]}}\n");
        let trace = ask(&example, "repair/p");
        assert_eq!(trace.standards[0].no_sum.as_ref().unwrap().reason, "no-standard");
        assert!(!trace.is_whole());
    }

    #[test]
    fn an_unknown_id_is_refused_with_the_nearest() {
        let why = answer("repair/bak", &with_service(SERVICE).sources()).unwrap_err().to_string();
        assert_eq!(why, "`repair/bak` is neither a promise nor a standard; did you mean `repair/back`?");
    }

    #[test]
    fn the_words_are_in_the_language_that_was_asked_for() {
        let example = with_service(SERVICE).in_language("de", 1);
        let trace = ask(&example, "repair/back");
        assert_eq!(trace.promise.unwrap().remedy.unwrap().granted_by.unwrap().title, "Annahme");
        assert_eq!(trace.standards[0].sum.as_ref().unwrap().used_words, "3,5 Arbeitstage");
        assert_eq!(trace.standards[0].limits[0].words, "4 Arbeitstage");
    }
}
