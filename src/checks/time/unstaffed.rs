//! `time/unstaffed`: hours on the clock where nobody is there round the clock.

use std::sync::Arc;

use crate::calendar::Calendar;
use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::document::Document;
use crate::model::handbook::Handbook;
use crate::model::kind::{Channel, Ref};
use crate::model::service::Service;
use crate::model::standard::Standard;
use crate::source::Spanned;
use crate::units::duration::{Duration, Unit};

/// The check.
pub const CHECK: Check = Check {
    name: "time/unstaffed",
    severity: Severity::Warning,
    finds: "A limit in hours on the clock holds on a channel that is not staffed round the clock.",
    why: "24 hours from Friday evening end on Saturday evening, when nobody reads the mail: the limit is broken each weekend, or \
          everybody silently reads it as something else. Write business hours or business days, which run only while somebody \
          is there. A wait of minutes on an open line is not meant.",
    wrong: &[("services/repair.md", "standards:\n  reply: {kind: timeliness, channel: mail, limit: 24 hours}\n")],
    right: &[(
        "services/repair.md",
        "standards:\n  reply: {kind: timeliness, channel: mail, limit: 8 business hours}\n",
    )],
    finder: Finder::Run(run),
};

/// The shortest limit in elapsed seconds that outlasts a contact.
const OUTLASTS: u64 = 3600;

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    let handbook = inspection.handbook();
    for (service, row) in inspection.standards() {
        let limits = row.value.variants.iter().map(|variant| &variant.limit).chain([&row.value.limit]).flatten();
        let limits: Vec<_> =
            limits.filter(|limit| limit.value.seconds().is_some_and(|length| length >= OUTLASTS)).collect();
        let Some(closed) =
            Some(&limits).filter(|limits| !limits.is_empty()).and_then(|_| closed(handbook, service, &row.value))
        else {
            continue;
        };
        found.extend(limits.into_iter().map(|limit| told(handbook, service, &row.id, limit, &closed)));
    }
}

/// A channel that is not staffed round the clock.
struct Closed<'a> {
    channel: &'a str,
    calendar: &'a Ref<crate::model::kind::Calendar>,
    working: &'a Arc<Calendar>,
}

/// Finds a channel of a standard that is not staffed round the clock.
///
/// Where a standard names no channel, all channels of its service must close: one that never does may be the one that is meant.
fn closed<'a>(handbook: &'a Handbook, service: &'a Document<Service>, standard: &Standard) -> Option<Closed<'a>> {
    let state = |channel: &Ref<Channel>| -> Option<Option<Closed<'a>>> {
        let (id, row) = handbook.channels.get_key_value(&channel.id)?;
        let calendar = row.value.calendar.as_ref()?;
        let working = handbook.working.get(&calendar.id)?;
        let never_closes = working.hours().lengths().all(|open| open >= 86_400);
        Some((!never_closes).then_some(Closed { channel: id, calendar, working }))
    };
    if standard.faulty.contains(&"channel") {
        return None;
    }
    let own = &standard.channel.0;
    if !own.is_empty() {
        return own.iter().find_map(|channel| state(channel).flatten());
    }
    let all: Option<Vec<Closed<'a>>> = service.fields.channels.iter().map(|channel| state(channel).flatten()).collect();
    all?.into_iter().next()
}

fn told(
    handbook: &Handbook,
    service: &Document<Service>,
    id: &str,
    limit: &Spanned<Duration>,
    closed: &Closed<'_>,
) -> Diagnostic {
    let message = format!(
        "`{id}` allows {} on the clock, but `{}` is staffed only while `{}` is open",
        limit.value, closed.channel, closed.calendar.id
    );
    let own = handbook.calendar_of(&service.fields).map_or(closed.working, |(_, calendar)| calendar);
    let told = CHECK.told(limit.span, message).label(closed.calendar.span, "not round the clock");
    told.action(match in_business_time(limit.value, own) {
        Some(meant) => format!("write `{meant}`, or staff `{}` round the clock", closed.channel),
        None => "write it in business hours".to_owned(),
    })
}

/// Gives the business time that is meant by hours on the clock: a day and more in typical days.
fn in_business_time(limit: Duration, calendar: &Calendar) -> Option<Duration> {
    let hours = limit.seconds()?.div_ceil(3600);
    let day = u64::from(calendar.typical_day()?).div_ceil(3600).max(1);
    let (count, unit) = match hours {
        ..=24 => (hours.min(day), Unit::BusinessHour),
        _ => (hours.div_ceil(24), Unit::BusinessDay),
    };
    Duration::new(u32::try_from(count).ok()?, unit)
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::told;

    const CHANNELS: &str =
        "mail: {title: Mail, calendar: shop}\napp: {title: App, calendar: always}\nfax: {title: Fax}\n";

    fn of(service: &str) -> Vec<String> {
        told("time/unstaffed", &[("registers/channels.yaml", CHANNELS), ("services/repair.md", service)])
    }

    #[test]
    fn a_day_on_the_clock_becomes_the_hours_of_a_business_day_and_more_become_days() {
        let action = |limit: &str| {
            let line =
                of(&format!("standards: {{a: {{kind: timeliness, channel: mail, limit: {limit}}}}}\n")).remove(0);
            line.split(" → ").nth(1).unwrap().to_owned()
        };
        assert_eq!(action("24h"), "write `8 business hours`, or staff `mail` round the clock");
        assert_eq!(action("4h"), "write `4 business hours`, or staff `mail` round the clock");
        assert_eq!(action("72h"), "write `3 business days`, or staff `mail` round the clock");
    }

    #[test]
    fn short_waits_business_time_and_open_channels_are_fine() {
        for standard in [
            "channel: mail, limit: 20min",
            "channel: mail, limit: 8bh",
            "channel: app, limit: 24h",
            "channel: fax, limit: 24h",
        ] {
            assert_eq!(of(&format!("standards: {{a: {{kind: timeliness, {standard}}}}}\n")), [""; 0], "{standard}");
        }
    }

    #[test]
    fn without_a_channel_of_its_own_all_of_the_service_must_close() {
        let count = |channels: &str| {
            of(&format!("channels: {channels}\nstandards: {{a: {{kind: timeliness, limit: 24h}}}}\n")).len()
        };
        assert_eq!([count("[mail]"), count("[mail, app]"), count("[mail, fax]"), count("[]")], [1, 0, 0, 0]);
    }

    #[test]
    fn a_variant_in_hours_is_told_too() {
        let standard = "kind: timeliness, channel: mail, limit: 8bh, variants: [{when: the shop floods, limit: 2h}]";
        assert_eq!(of(&format!("standards: {{a: {{{standard}}}}}\n")).len(), 1);
    }
}
