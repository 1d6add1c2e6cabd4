//! `time/ambiguous-day`: days of which it is not said which, and a word for days that the calendar contradicts.

use jiff::civil::Weekday;

use crate::checks::check::{Check, Finder};
use crate::checks::figures::{Figures, limits};
use crate::checks::inspection::Inspection;
use crate::checks::reading::Reading;
use crate::checks::said::Said;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::kind::Kind;
use crate::model::service::Service;
use crate::source::Span;
use crate::units::duration::{Duration, Unit};
use crate::wording::amount::{Amount, Measure};
use crate::wording::limit_phrase::is_limit;

/// The check.
pub const CHECK: Check = Check {
    name: "time/ambiguous-day",
    severity: Severity::Warning,
    finds: "A sentence counts days and does not say whether business days or calendar days, or names other days than the calendar.",
    why: "Five days from a Thursday are a Tuesday to one reader and the next Thursday to another. Say \"business days\" or \
          \"calendar days\", or let `[[#limit]]` say it. In German a *Werktag* includes Saturday; a firm that works from \
          Monday to Friday says *Arbeitstag*.",
    wrong: &[(
        "services/repair.md",
        "standards:\n  turnaround:\n    kind: timeliness\n    limit: 5 business days\n    statement: Your appliance is ready \
         within 5 days.\n",
    )],
    right: &[(
        "services/repair.md",
        "standards:\n  turnaround:\n    kind: timeliness\n    limit: 5 business days\n    statement: Your appliance is ready \
         within 5 business days.\n",
    )],
    finder: Finder::ReadingAndRun(run),
};

/// The fields whose sentences customers hold us to.
const FIELDS: [&str; 4] = ["title", "statement", "slogan", "level"];

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    let mut before: Vec<(&Said, u64)> = Vec::new();
    for (said, reading) in inspection.said.iter().zip(&inspection.readings().said) {
        if !matches!(said.thing.0, Kind::Standard | Kind::Promise) || !FIELDS.contains(&said.field.as_str()) {
            continue;
        }
        if let Some((days, told)) = bare(inspection, said, reading) {
            before.retain(|(other, _)| other.thing == said.thing);
            if !before.iter().any(|(other, number)| repeats(said, other) && *number == days.thousandths) {
                found.push(told);
            }
            before.push((said, days.thousandths));
        }
        if inspection.tag(said.language).starts_with("de") {
            found.extend(contradicted(inspection, said, reading));
        }
    }
}

/// Tells whether a text is the translation of another, or a level that repeats the statement: mended by the same decision.
fn repeats(said: &Said, other: &Said) -> bool {
    said.thing == other.thing && (said.field == other.field || said.text.value == other.text.value)
}

/// Tells the first days of which it is not said which days they are.
fn bare<'r>(inspection: &Inspection<'_>, said: &Said, reading: &'r Reading) -> Option<(&'r Amount, Diagnostic)> {
    let is_clear = |amount: &Amount| matches!(amount.measure, Measure::Time(Unit::BusinessDay | Unit::CalendarDay));
    if reading.amounts.iter().any(is_clear) || says_which(&reading.text) {
        return None;
    }
    let is_bare =
        |amount: &&Amount| amount.measure == Measure::Days && amount.to.is_none() && !is_any(&reading.text, amount);
    let days = reading.amounts.iter().find(is_bare)?;
    let limits = behind(inspection, said);
    if !limits.is_empty() && !is_one_of(inspection, said, days) && is_limit(&reading.text, days) {
        return None; // time/text-disagrees tells the wrong number.
    }
    let written = reading.text.get(days.range.clone()).unwrap_or_default();
    let id = said.thing.1.rsplit('/').next().unwrap_or_default();
    let message = format!("the {} of `{id}` says {written}, and not which days", said.field);
    let told = CHECK.told(inspection.spot(&said.text, &days.range), message);
    let tag = inspection.tag(said.language);
    let is_days = |limit: Duration| matches!(limit.unit, Unit::BusinessDay | Unit::CalendarDay);
    let told = match limits.iter().find(|(limit, _)| is_days(*limit) && days.is(*limit)) {
        Some((limit, place)) => told
            .label(*place, format!("the limit is {limit}"))
            .action(format!("write `{}` as the limit does, or `[[#limit]]`", counted(tag, days, limit.unit))),
        None => told.action(choice(tag, days)),
    };
    Some((days, told))
}

/// Tells whether a day is any day, of which it does not matter which: `in any one day`.
fn is_any(text: &str, amount: &Amount) -> bool {
    let before = text.get(..amount.range.start).unwrap_or_default().trim_end().to_lowercase();
    amount.thousandths == 1000 && ["any", "each", "every", "per", "irgend"].iter().any(|word| before.ends_with(word))
}

/// Says how to write either kind of days.
fn choice(tag: &str, days: &Amount) -> String {
    format!("write `{}` or `{}`", counted(tag, days, Unit::BusinessDay), counted(tag, days, Unit::CalendarDay))
}

/// Writes a number of days in the language of the text.
fn counted(tag: &str, days: &Amount, unit: Unit) -> String {
    let count = days.thousandths / 1000;
    let is_business = unit == Unit::BusinessDay;
    match tag.get(..2) {
        Some("de") => format!("{count} {}", if is_business { "Arbeitstage" } else { "Kalendertage" }),
        Some("fr") => format!("{count} {}", if is_business { "jours ouvrables" } else { "jours civils" }),
        Some("zh") => format!("{count}个{}", if is_business { "工作日" } else { "自然日" }),
        _ => format!("{count} {}", if count == 1 { unit.singular() } else { unit.plural() }),
    }
}

/// Tells whether a sentence says in other words which days are counted.
fn says_which(text: &str) -> bool {
    const WORDS: [&str; 18] = [
        "business",
        "working",
        "calendar",
        "weekend",
        "holiday",
        "monday",
        "weekday",
        "arbeitstag",
        "werktag",
        "kalendertag",
        "wochenend",
        "feiertag",
        "ouvrable",
        "ouvré",
        "civils",
        "工作日",
        "自然日",
        "节假日",
    ];
    let text = text.to_lowercase();
    WORDS.iter().any(|word| text.contains(word))
}

/// Gives the limits that a text may repeat.
fn behind(inspection: &Inspection<'_>, said: &Said) -> Vec<(Duration, Span)> {
    let handbook = inspection.handbook();
    let promise = handbook.promise(&said.thing.1).filter(|_| said.thing.0 == Kind::Promise);
    let behind = promise.iter().flat_map(|row| &row.value.backed_by).map(|behind| behind.id.as_str());
    let own = Some(said.thing.1.as_str()).filter(|_| said.thing.0 == Kind::Standard);
    own.into_iter().chain(behind).filter_map(|id| handbook.standard(id)).flat_map(|row| limits(&row.value)).collect()
}

fn is_one_of(inspection: &Inspection<'_>, said: &Said, days: &Amount) -> bool {
    let service = inspection.handbook().service_of(&said.thing.1);
    service.is_some_and(|(service, _)| Figures::of_service(&service.fields).have(days))
        || behind(inspection, said).iter().any(|(limit, _)| days.is(*limit))
}

/// Tells a German word for days that includes Saturday where the calendar does not, or the other way round.
fn contradicted(inspection: &Inspection<'_>, said: &Said, reading: &Reading) -> Option<Diagnostic> {
    let (service, id) = inspection.handbook().service_of(&said.thing.1)?;
    let works_on_saturday = works_on_saturday(inspection, &service.fields)?;
    let (word, other) = if works_on_saturday { ("arbeitstag", "Werktag") } else { ("werktag", "Arbeitstag") };
    let lower = |amount: &Amount| reading.text.get(amount.range.clone()).unwrap_or_default().to_lowercase();
    let days = reading.amounts.iter().find(|amount| lower(amount).contains(word))?;
    let written = reading.text.get(days.range.clone()).unwrap_or_default();
    let (calendar, hint) = if works_on_saturday {
        ("is open on Saturdays too", "an *Arbeitstag* is one from Monday to Friday")
    } else {
        ("is closed on Saturdays", "a *Werktag* includes Saturday")
    };
    let (name, _) = inspection.handbook().calendar_of(&service.fields)?;
    let message = format!("the {} of `{id}` says {written}, and the calendar `{name}` {calendar}: {hint}", said.field);
    let place = inspection.spot(&said.text, &days.range);
    Some(CHECK.told(place, message).action(format!("write `{other}`, or `[[#limit]]`")))
}

/// Tells whether the calendar of a service is open on Saturdays; nothing where it is open on Sundays or not at all.
fn works_on_saturday(inspection: &Inspection<'_>, service: &Service) -> Option<bool> {
    let (id, _) = inspection.handbook().calendar_of(service)?;
    let hours = &inspection.handbook().calendars.get(id)?.value.hours.as_ref()?.0;
    let opens = |day: Weekday| !hours.on(day).is_empty();
    (opens(Weekday::Monday) && opens(Weekday::Friday) && !opens(Weekday::Sunday)).then(|| opens(Weekday::Saturday))
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::{service, told, told_in_service};

    const NAME: &str = "time/ambiguous-day";

    fn told_of(statement: &str) -> Vec<String> {
        told_in_service(
            NAME,
            &format!("standards: {{a: {{kind: timeliness, limit: 5bd, statement: \"{statement}\"}}}}\n"),
        )
    }

    #[test]
    fn bare_days_are_told_with_what_the_limit_says() {
        let line = "services/repair.md:7 the statement of `a` says 5 days, and not which days → write `5 business days` as the \
                    limit does, or `[[#limit]]`";
        assert_eq!(told_of("Ready within 5 days."), [line]);
        assert_eq!(told_of("Ready within five (5) days.").len(), 1);
        let without = "standards: {a: {kind: conduct, level: L, statement: Ready within 30 days.}}\n";
        assert!(told_in_service(NAME, without)[0].ends_with("→ write `30 business days` or `30 calendar days`"));
    }

    #[test]
    fn days_that_are_said_and_days_of_the_week_are_not() {
        for statement in [
            "Ready within 5 business days.",
            "Ready within 5 days, excluding weekends.",
            "We are here 7 days a week.",
            "Ready within 5 days (Monday to Friday).",
            "Ready within 24 hours.",
            "Ready within 7 days.",
        ] {
            assert_eq!(told_of(statement), [""; 0], "{statement}");
        }
    }

    #[test]
    fn a_sentence_and_its_translation_are_one_finding() {
        let texts = |english: &str, german: &str| {
            let fields =
                format!("standards: {{a: {{kind: conduct, level: \"{english}\", statement: \"{english}\"}}}}\n");
            let german = format!("---\ntitle: R\nfor: A\noutcome: O\nstandards: {{a: {{statement: {german}}}}}\n---\n");
            told(NAME, &[("services/repair.md", &service(&fields)), ("services/repair.de.md", &german)]).len()
        };
        assert_eq!(texts("Ready within 30 days.", "Fertig in 30 Tagen."), 1);
        assert_eq!(texts("Ready within 30 days.", "Fertig in 20 Tagen."), 2);
        assert_eq!(texts("Ready within 30 business days.", "Fertig in 30 Tagen."), 1);
        assert_eq!(texts("No more than one fault in any one day.", "Höchstens ein Fehler"), 0);
    }

    fn german(hours: &str, statement: &str) -> Vec<String> {
        let calendars = format!("shop: {{time_zone: Europe/Berlin, hours: {{{hours}: \"09:00-17:00\"}}}}\n");
        let german = format!("---\ntitle: R\nfor: A\noutcome: O\nstandards: {{a: {{statement: {statement}}}}}\n---\n");
        let files = [
            ("registers/calendars.yaml", calendars.as_str()),
            ("services/repair.md", &service("standards: {a: {kind: timeliness, limit: 5bd, statement: S}}\n")),
            ("services/repair.de.md", &german),
        ];
        told(NAME, &files)
    }

    #[test]
    fn a_german_word_for_days_must_fit_the_calendar() {
        let line = "services/repair.de.md:5 the statement of `a` says 5 Werktagen, and the calendar `shop` is closed on \
                    Saturdays: a *Werktag* includes Saturday → write `Arbeitstag`, or `[[#limit]]`";
        assert_eq!(german("mon-fri", "In 5 Werktagen fertig."), [line]);
        assert_eq!(german("mon-sat", "In 5 Arbeitstagen fertig.").len(), 1);
        assert_eq!(german("mon-fri", "In 5 Arbeitstagen fertig."), [""; 0]);
        assert_eq!(german("mon-sat", "In 5 Werktagen fertig."), [""; 0]);
        assert_eq!(german("mon-fri", "In 5 Tagen fertig.").len(), 1);
    }
}
