//! `time/text-disagrees`: a number or unit in a sentence that is not that of the field.
//!
//! Not here: bare days of the right number (`time/ambiguous-day`), a promise of less time (`promise/tighter-than-standard`).

use std::cmp::Ordering;

use crate::checks::check::{Check, Finder};
use crate::checks::figures::{Figures, limits};
use crate::checks::inspection::Inspection;
use crate::checks::reading::{Reading, printed};
use crate::checks::said::Said;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::kind::Kind;
use crate::model::printable::Printable;
use crate::model::quantity::Quantity;
use crate::model::standard::Standard;
use crate::source::Span;
use crate::units::duration::{Clock, Duration, Unit};
use crate::wording::amount::{Amount, Measure};
use crate::wording::limit_phrase::{is_adjective, is_limit, is_round_the_clock};

/// The check.
pub const CHECK: Check = Check {
    name: "time/text-disagrees",
    severity: Severity::Error,
    finds: "A sentence names another number or unit than the field.",
    why: "The customer reads the sentence, the firm measures by the field: where they differ, one of the two is broken every \
          day. Write `[[#limit]]` in the sentence, and the number stands in one place and is right in all languages.",
    wrong: &[(
        "services/repair.md",
        "standards:\n  turnaround:\n    kind: timeliness\n    limit: 7 business days\n    statement: Your appliance is ready \
         within five business days.\n",
    )],
    right: &[(
        "services/repair.md",
        "standards:\n  turnaround:\n    kind: timeliness\n    limit: 7 business days\n    statement: Your appliance is ready \
         within [[#limit]].\n",
    )],
    finder: Finder::Run(run),
};

/// A figure of a field: how it is written, what it is called, and where it stands.
type Given = (String, &'static str, Span);

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    for (said, reading) in inspection.said.iter().zip(&inspection.readings().said) {
        if reading.amounts.is_empty() || !["title", "statement", "slogan"].contains(&said.field.as_str()) {
            continue;
        }
        let told = match said.thing.0 {
            Kind::Standard => of_standard(inspection, said, reading),
            Kind::Promise => of_promise(inspection, said, reading),
            _ => None,
        };
        found.extend(told);
    }
    super::prose_disagrees::run(inspection, found);
}

fn of_standard(inspection: &Inspection<'_>, said: &Said, reading: &Reading) -> Option<Diagnostic> {
    let (service, id) = inspection.handbook().service_of(&said.thing.1)?;
    let standard = &service.fields.standards.get(id)?.value;
    let mut known = Figures::default();
    known.add_standard(&without_internal(standard));
    let pauses = service.fields.steps.iter().flat_map(|row| row.value.remind.iter().chain(&row.value.closes));
    known.durations.extend(pauses.map(|given| given.value));
    add_printed(inspection, said, reading, &mut known);
    let limits = limits(standard);
    let told = limits.first().and_then(|(limit, place)| {
        let amount = wrong_time(reading, &limits, &known)?;
        Some((amount, (limit.to_string(), field_of(standard, *place), *place)))
    });
    let told = told.or_else(|| {
        let (Some(Quantity::Share(level)), Some(amount)) = (&standard.level, wrong(reading, Measure::Percent, &known))
        else {
            return None;
        };
        Some((amount, (level.value.to_string(), "level", level.span)))
    });
    told.map(|(amount, given)| tell(inspection, said, (reading, amount), given))
}

/// Gives a standard without what only the staff steer by: a customer who is told that is told the wrong limit.
fn without_internal(standard: &Standard) -> Standard {
    let mut shown = standard.clone();
    shown.internal = None;
    shown.variants.iter_mut().for_each(|variant| variant.internal = None);
    shown
}

fn of_promise(inspection: &Inspection<'_>, said: &Said, reading: &Reading) -> Option<Diagnostic> {
    let (service, id) = inspection.handbook().service_of(&said.thing.1)?;
    let promise = &service.fields.promises.get(id)?.value;
    let mut known = Figures::default();
    known.add_promise(promise);
    known.add_behind(inspection, promise);
    add_printed(inspection, said, reading, &mut known);
    let behind = promise.backed_by.iter().filter_map(|behind| inspection.handbook().standard(&behind.id));
    let behind: Vec<&Standard> = behind.map(|row| &row.value).collect();
    let limits: Vec<_> = behind.iter().flat_map(|standard| limits(standard)).collect();
    let field = |place: Span| behind.iter().map(|it| field_of(it, place)).find(|field| *field != "limit");
    let remedy = promise.remedy.as_ref();
    let told = wrong_time(reading, &limits, &known).and_then(|amount| {
        let alike = limits.iter().find(|(limit, _)| are_alike(amount, *limit));
        let (limit, place) = alike.or(limits.first())?;
        let is_less = |limit: Duration| {
            as_duration(amount, limit).and_then(|time| inspection.compare(&service.fields, time, limit))
                == Some(Ordering::Less)
        };
        // Less time to wait is promised more; less time in which something holds is promised less.
        let name = field(*place).unwrap_or("limit");
        let tighter = name != "window" && limits.iter().all(|(limit, _)| is_less(*limit));
        (!tighter).then(|| (amount, (limit.to_string(), name, *place)))
    });
    let told = told.or_else(|| {
        let up_to = remedy?.up_to.as_ref()?;
        Some((wrong(reading, Measure::Money, &known)?, (up_to.value.to_string(), "remedy", up_to.span)))
    });
    told.map(|(amount, given)| tell(inspection, said, (reading, amount), given))
}

/// Names the field of a standard in which a limit stands.
pub(super) fn field_of(standard: &Standard, place: Span) -> &'static str {
    let is_at = |given: &Option<Quantity>| matches!(given, Some(Quantity::Duration(given)) if given.span == place);
    match (is_at(&standard.window), is_at(&standard.level)) {
        (true, _) => "window",
        (_, true) => "level",
        _ => "limit",
    }
}

/// Adds what the references of a text print.
fn add_printed(inspection: &Inspection<'_>, said: &Said, reading: &Reading, known: &mut Figures) {
    for (_, link) in &reading.links {
        match printed(inspection.handbook(), &said.thing, link) {
            Some(Printable::Duration(duration)) => known.durations.push(duration),
            Some(Printable::Share(share)) => known.shares.push(share),
            Some(Printable::Money(money)) => known.money.push(money),
            _ => {}
        }
    }
}

/// Finds the time of a text that stands for a limit and is none.
///
/// A text that names a limit rightly, or prints it, may name other times beside it.
fn wrong_time<'a>(reading: &'a Reading, limits: &[(Duration, Span)], known: &Figures) -> Option<&'a Amount> {
    let is_time = |amount: &&Amount| amount.is_time() && !is_round_the_clock(&reading.text, amount);
    let times: Vec<&Amount> = reading.amounts.iter().filter(is_time).collect();
    let is_right = |amount: &&&Amount| limits.iter().any(|(limit, _)| amount.is(*limit));
    let prints = reading.links.iter().any(|(_, link)| link.value.is_some());
    if prints || times.iter().any(|amount| is_right(&amount)) || times.iter().any(|amount| amount.to.is_some()) {
        return None;
    }
    let is_wrong = |amount: &Amount| !known.have(amount);
    let led = times.iter().find(|amount| is_limit(&reading.text, amount));
    match (led, times.as_slice()) {
        (Some(led), _) => Some(*led).filter(|amount| is_wrong(amount)),
        (None, [one]) => {
            let alike = limits.iter().any(|(limit, _)| are_alike(one, *limit)) && !is_adjective(&reading.text, one);
            Some(*one).filter(|amount| alike && is_wrong(amount) && !is_warranty(&reading.text))
        }
        _ => None,
    }
}

/// Tells whether an amount can stand for a limit without a word that says so.
fn are_alike(amount: &Amount, limit: Duration) -> bool {
    let is_days = matches!(limit.clock(), Clock::BusinessDays | Clock::Dates);
    match amount.on_clock() {
        Some((clock, _)) => clock == limit.clock(),
        None => is_days,
    }
}

/// Tells whether a text speaks of how long something holds, not how long it takes.
fn is_warranty(text: &str) -> bool {
    let text = text.to_lowercase();
    let words =
        ["warrant", "guarante", "valid", "garantie", "gewähr", "gültig", "old", "aged", "âgé", "保修", "质保", "有效"];
    words.iter().any(|word| text.contains(word))
}

/// Finds the one amount of a measure in a text that no field gives.
fn wrong<'a>(reading: &'a Reading, measure: Measure, known: &Figures) -> Option<&'a Amount> {
    let mut amounts = reading.amounts.iter().filter(|amount| amount.measure == measure);
    match (amounts.next(), amounts.next()) {
        (Some(one), None) if !known.have(one) => Some(one),
        _ => None,
    }
}

/// Gives an amount as a duration; bare days are those of the limit.
pub(super) fn as_duration(amount: &Amount, limit: Duration) -> Option<Duration> {
    let days = if limit.unit == Unit::BusinessDay { Unit::BusinessDay } else { Unit::CalendarDay };
    match amount.measure {
        Measure::Days => Amount { measure: Measure::Time(days), ..amount.clone() }.duration(),
        _ => amount.duration(),
    }
}

fn tell(
    inspection: &Inspection<'_>,
    said: &Said,
    (reading, amount): (&Reading, &Amount),
    (value, name, place): Given,
) -> Diagnostic {
    let written = reading.text.get(amount.range.clone()).unwrap_or_default();
    let id = said.thing.1.rsplit('/').next().unwrap_or_default();
    let message = format!("the {} of `{id}` says {written}, the {name} is {value}", said.field);
    let case = if inspection.tag(said.language).starts_with("de") { ":dative" } else { "" };
    let link = match (name, said.thing.0) {
        ("limit", _) => format!("`[[#limit{case}]]`"),
        ("remedy", _) => "`[[#remedy]]`".to_owned(),
        // A promise has a limit and a remedy; what else stands in its standard is printed from there.
        (_, Kind::Promise) => value.clone(),
        _ => format!("{value} or `[[#{name}]]`"),
    };
    CHECK
        .told(inspection.spot(&said.text, &amount.range), message)
        .label(place, format!("the {name}"))
        .action(format!("write {link} here, or change the {name}"))
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::{service, told, told_in_service};

    const NAME: &str = "time/text-disagrees";

    fn told_of(limit: &str, statement: &str) -> Vec<String> {
        told_in_service(NAME, &format!("standards: {{a: {{kind: timeliness, {limit}, statement: \"{statement}\"}}}}\n"))
    }

    #[test]
    fn another_number_or_unit_is_told() {
        let line = "services/repair.md:7 the statement of `a` says 5 days, the limit is 7 business days → write `[[#limit]]` \
                    here, or change the limit";
        assert_eq!(told_of("limit: 7bd", "Ready within 5 days."), [line]);
        for (limit, statement) in [
            ("limit: 7bd", "Ready within five (5) business days."),
            ("limit: 24h", "Ready within 2 business days."),
            ("limit: 10bd", "Ready within 10 calendar days."),
            ("limit: 7bd", "It takes 5 business days."),
            ("limit: 7bd, internal: 5bd", "Ready within five (5) business days."),
        ] {
            assert_eq!(told_of(limit, statement).len(), 1, "{statement}");
        }
    }

    #[test]
    fn any_number_that_a_field_gives_is_right() {
        for (limit, statement) in [
            ("limit: 7bd", "Ready within 7 days."),
            ("limit: 7bd", "Ready within seven business days."),
            ("limit: 2w", "Ready within 14 calendar days."),
            ("limit: 10bd", "Ready within 10 business days (2 weeks)."),
            ("limit: 7bd, legal: 20bd", "The law allows us 20 business days."),
            ("limit: 7bd, variants: [{when: W, limit: 2bd}]", "Ready within 2 business days in an emergency."),
            ("limit: 7bd", "Ready within [[#limit]]; the same fault within 12 months is mended free."),
            ("limit: 45s", "Our 24-hour hotline answers at once."),
            ("limit: 7bd", "A repair holds, with a 12 month warranty."),
            ("limit: 7bd", "We are there 24 hours a day."),
            ("limit: 1mo", "Persons aged 65 years are served first."),
        ] {
            assert_eq!(told_of(limit, statement), [""; 0], "{statement}");
        }
    }

    #[test]
    fn a_promise_repeats_its_standard_and_its_remedy() {
        let promise = |statement: &str| {
            told_in_service(
                NAME,
                &format!(
                    "standards: {{a: {{kind: timeliness, limit: 10bd}}}}\npromises:\n  p: {{kind: guarantee, statement: \
                     \"{statement}\", backed_by: [a], remedy: {{what: W, up_to: 90 EUR, within: 5bd}}}}\n"
                ),
            )
        };
        assert_eq!(promise("Ready within 15 business days, or 90 EUR.").len(), 1);
        assert!(promise("Ready on time, or you get 50 EUR.")[0].contains("says 50 EUR, the remedy is 90 EUR"));
        assert_eq!(promise("Ready within 10 business days, or 90 euros within 5 business days."), [""; 0]);
        assert_eq!(promise("Ready within 8 business days."), [""; 0], "promise/tighter-than-standard tells it");
    }

    #[test]
    fn how_long_something_holds_is_the_window_and_less_of_it_is_promised_less() {
        let standards = "standards: {a: {kind: accuracy, level: it stays mended, window: 12 months, statement: It stays mended for MONTHS months.}}\n";
        let promises = "promises: {p: {kind: guarantee, backed_by: [a], statement: If it returns within MONTHS months we mend it free.}}\n";
        let of = |text: &str, months: &str| told_in_service(NAME, &text.replace("MONTHS", months));
        let promise = |months: &str| of(&(standards.replace("MONTHS", "12") + promises), months);
        assert_eq!((of(standards, "12"), promise("12")), (vec![], vec![]));
        let told = of(standards, "6");
        assert!(
            told[0].contains("says 6 months, the window is 12 months → write 12 months or `[[#window]]` here"),
            "{told:?}"
        );
        for months in ["6", "24"] {
            let told = promise(months);
            assert!(
                told[0].contains(&format!("says {months} months, the window is 12 months → write 12 months here")),
                "{told:?}"
            );
        }
    }

    #[test]
    fn translations_are_looked_at_too() {
        let standard = |statement: &str| format!("standards: {{a: {{{statement}}}}}\n");
        let german =
            format!("---\ntitle: R\nfor: A\noutcome: O\n{}---\n", standard("statement: In zehn Arbeitstagen fertig."));
        let source = service(&standard("kind: timeliness, limit: 7bd, statement: Ready within 7 business days."));
        let lines = told(NAME, &[("services/repair.md", &source), ("services/repair.de.md", &german)]);
        assert!(lines.len() == 1 && lines[0].starts_with("services/repair.de.md:5"), "{lines:?}");
    }
}
