//! Business time where no calendar says what it means, and files of holidays that are not there.

use crate::checks::Subject;
use crate::diagnostic::Diagnostic;
use crate::fields::scalar::Given;
use crate::model::handbook::Handbook;
use crate::model::quantity::{Moment, Quantity};
use crate::model::service::{Deviation, Exception, Service};
use crate::source::{Span, Spanned};
use crate::units::duration::Duration;
use crate::units::nearest::nearest;

/// Looks at business time and at the files of calendars.
pub fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    tell_missing_holidays(subject.handbook, found);
    for (id, service) in &subject.handbook.services {
        let (fields, config) = (&service.fields, &subject.handbook.config);
        let named = fields.calendar.is_some() || config.calendar.is_some() || subject.handbook.unknown.settings;
        let faulty = fields.faulty.contains(&"calendar") || config.faulty.contains(&"calendar");
        if !named && !faulty && !subject.handbook.unknown.services.contains(id) {
            tell_without_calendar(&service.fields, found);
        }
    }
}

fn tell_missing_holidays(handbook: &Handbook, found: &mut Vec<Diagnostic>) {
    for row in handbook.calendars.values() {
        for name in &row.value.holidays.0 {
            let id = name.value.as_str();
            if handbook.holidays.contains_key(id) || handbook.unknown.holidays.contains(id) {
                continue;
            }
            let told =
                Diagnostic::error("reference/dangling", name.span, format!("there is no file of holidays `{id}`"));
            let near = nearest(id, handbook.holidays.keys().map(String::as_str)).or_else(|| {
                handbook.holidays.keys().map(String::as_str).find(|known| known.strip_suffix(".csv") == Some(id))
            });
            found.push(match near {
                Some(near) => told.hint(format!("did you mean `{near}`?")).action(format!("write `{near}`")),
                None => told.action(format!("add registers/holidays/{id} with the columns date,name,day")),
            });
        }
    }
}

fn tell_without_calendar(service: &Service, found: &mut Vec<Diagnostic>) {
    for (written, span) in durations(service).into_iter().filter(|(duration, _)| duration.is_business()) {
        let need = if written.count == 1 { "needs" } else { "need" };
        let message =
            format!("{written} {need} a calendar that says when there is business, and this service has none");
        let told = Diagnostic::error("time/no-calendar", span, message);
        found.push(told.action("add `calendar: …` to the service, or to handbook.yaml for all services"));
    }
}

/// Gives all durations of a service that are counted by its calendar, with their places.
fn durations(service: &Service) -> Vec<(Duration, Span)> {
    let mut all = Vec::new();
    let mut take = |given: &Given<Duration>| all.extend(given.as_ref().map(|given| (given.value, given.span)));
    for standard in service.standards.iter().map(|row| &row.value) {
        [&standard.limit, &standard.internal, &standard.legal].into_iter().for_each(&mut take);
        let amounts = [&standard.level, &standard.window, &standard.floor];
        amounts.into_iter().flatten().for_each(|amount| take(&duration_of(amount)));
        for breach in &standard.breach {
            take(&breach.at.as_ref().and_then(|at| match at.value {
                Moment::Duration(value) => Some(Spanned { value, span: at.span }),
                Moment::Share(_) => None,
            }));
        }
        for variant in &standard.variants {
            [&variant.limit, &variant.internal].into_iter().for_each(&mut take);
        }
    }
    for step in service.steps.iter().map(|row| &row.value) {
        [&step.takes, &step.remind, &step.closes, &step.agreement].into_iter().for_each(&mut take);
    }
    for promise in service.promises.iter().map(|row| &row.value) {
        promise.remedy.iter().for_each(|remedy| take(&remedy.within));
    }
    for exception in &service.exceptions.0 {
        if let Exception::Deviation(Deviation { up_to: Some(amount), .. }) = exception {
            take(&duration_of(amount));
        }
    }
    all
}

fn duration_of(quantity: &Quantity) -> Given<Duration> {
    match quantity {
        Quantity::Duration(duration) => Some(duration.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::{found, service};

    const SETTINGS: &str = "title: H\nlanguages: [en, de]\n";

    fn told(settings: &str, rest: &str) -> Vec<String> {
        let service = service(rest);
        found(&[("handbook.yaml", settings), ("services/repair.md", &service)])
    }

    #[test]
    fn business_time_without_a_calendar_is_told_once_for_each_value() {
        let steps =
            "steps: {a: {title: A, actor: desk, stage: front, takes: 1 business day, remind: 2 business hours}}\n";
        let lines = told(SETTINGS, steps);
        assert_eq!(lines.len(), 2, "{lines:#?}");
        let says = "time/no-calendar services/repair.md:7 1 business day needs a calendar that says when there is business, and this service has none";
        assert!(lines[0].starts_with(says), "{lines:#?}");
    }

    #[test]
    fn a_calendar_of_the_service_or_of_the_handbook_will_do_and_calendar_time_needs_none() {
        let steps = |takes: &str| format!("steps: {{a: {{title: A, actor: desk, stage: front, takes: {takes}}}}}\n");
        assert_eq!(told(SETTINGS, &format!("calendar: shop\n{}", steps("1 business day"))), [""; 0]);
        assert_eq!(told(&format!("{SETTINGS}calendar: shop\n"), &steps("1 business day")), [""; 0]);
        assert_eq!(told(SETTINGS, &steps("1 calendar day")), [""; 0]);
    }

    #[test]
    fn a_calendar_that_leads_nowhere_is_told_once_and_not_as_missing() {
        let lines = told(
            SETTINGS,
            "calendar: nights\nsteps: {a: {title: A, actor: desk, stage: front, takes: 1 business day}}\n",
        );
        assert_eq!(lines.len(), 1, "{lines:#?}");
        assert!(lines[0].starts_with("reference/dangling"), "{lines:#?}");
    }

    #[test]
    fn a_file_of_holidays_that_is_not_there_is_told() {
        let calendars = "shop: {time_zone: UTC, hours: {mon: \"09:00-17:00\"}, holidays: nrww.csv}\n";
        let lines = found(&[
            ("registers/calendars.yaml", calendars),
            ("registers/holidays/nrw.csv", "date,name,day\n2026-01-01,New,closed\n"),
        ]);
        assert_eq!(lines.len(), 1, "{lines:#?}");
        assert!(lines[0].starts_with("reference/dangling registers/calendars.yaml:1"), "{lines:#?}");
        assert!(lines[0].ends_with("→ write `nrw.csv`"), "{lines:#?}");
    }
}
