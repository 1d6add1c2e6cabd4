//! `coverage/channel`: a channel that is offered, and of which nothing says what a customer can expect there.

use std::collections::{BTreeMap, BTreeSet};

use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::document::Document;
use crate::model::handbook::Handbook;
use crate::model::service::Service;
use crate::model::standard::{Standard, StandardKind};
use crate::source::Span;

/// The check.
pub const CHECK: Check = Check {
    name: "coverage/channel",
    severity: Severity::Warning,
    finds: "A service offers a channel for which no standard holds.",
    why: "Whoever opens a channel promises to answer there. Without a standard each customer learns by waiting how long \
          that takes, and the channel that nobody measures is the one that is neglected first. Write how soon somebody \
          answers there, or stop offering it.",
    wrong: &[(
        "services/repair.md",
        "channels: [counter, phone]\nstandards:\n  seen:\n    kind: access\n    channel: counter\n    \
         statement: Somebody looks at your appliance at once.\n    level: 5 minutes\n",
    )],
    right: &[(
        "services/repair.md",
        "channels: [counter, phone]\nstandards:\n  seen:\n    kind: access\n    channel: counter\n    \
         statement: Somebody looks at your appliance at once.\n    level: 5 minutes\n  answer-call:\n    kind: access\n    \
         channel: phone\n    statement: A person answers within 20 seconds.\n    level: 20 seconds\n",
    )],
    finder: Finder::Run(run),
};

/// The most further services that a finding shows.
const MOST_SHOWN: usize = 3;

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    let handbook = inspection.handbook();
    if !handbook.unknown.documents.is_empty() || !handbook.unknown.services.is_empty() {
        return;
    }
    let named: BTreeSet<&str> = inspection.standards().flat_map(|(_, row)| channels_of(&row.value)).collect();
    let mut bare: BTreeMap<&str, Vec<(&str, Span)>> = BTreeMap::new();
    for (id, service) in &handbook.services {
        if applies_to_all(handbook, service) {
            continue;
        }
        for channel in service.fields.channels.iter().filter(|channel| handbook.channels.contains_key(&channel.id)) {
            if !named.contains(channel.id.as_str()) {
                bare.entry(&channel.id).or_default().push((id, channel.span));
            }
        }
    }
    found.extend(bare.into_iter().filter_map(|(channel, places)| tell(channel, &places)));
}

fn tell(channel: &str, places: &[(&str, Span)]) -> Option<Diagnostic> {
    let ((service, place), others) = places.split_first()?;
    let more = match others.len() {
        0 => String::new(),
        1 => " and another service".to_owned(),
        more => format!(" and {more} other services"),
    };
    let verb = if others.is_empty() { "offers" } else { "offer" };
    let message = format!("`{service}`{more} {verb} `{channel}`, and no standard says what can be expected there");
    let told = CHECK.told(*place, message);
    let told = others.iter().take(MOST_SHOWN).fold(told, |told, (_, span)| told.label(*span, "offered here too"));
    Some(told.action(format!("write a standard with `channel: {channel}`, such as how soon a person answers there")))
}

/// Tells whether a standard that holds in a service applies to all of its channels, or may do so.
fn applies_to_all(handbook: &Handbook, service: &Document<Service>) -> bool {
    let fields = &service.fields;
    let own = fields.standards.iter();
    let also = fields.also.iter().map(|standard| handbook.standard(&standard.id));
    let any = |row: &Standard| row.channel.0.is_empty() && says_when(row);
    fields.faulty.iter().any(|key| ["standards", "also"].contains(key))
        || own.map(|row| &row.value).any(any)
        || also.into_iter().any(|row| row.is_none_or(|row| any(&row.value)))
}

/// Tells whether a standard may say when somebody is there or answers; how well and how kindly says nothing of that.
fn says_when(standard: &Standard) -> bool {
    let kind = standard.kind.as_ref().map(|kind| kind.value);
    !matches!(kind, Some(StandardKind::Accuracy | StandardKind::Conduct))
}

fn channels_of(standard: &Standard) -> impl Iterator<Item = &str> {
    standard.channel.0.iter().map(|channel| channel.id.as_str())
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::{service, told};

    const PHONE: &str = "standards: {call: {kind: access, level: 20 seconds, channel: phone}}\n";

    fn found(services: &[(&str, &str)]) -> Vec<String> {
        let texts: Vec<(String, String)> =
            services.iter().map(|(id, text)| (format!("services/{id}.md"), service(text))).collect();
        let files: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        told("coverage/channel", &files)
    }

    #[test]
    fn a_channel_without_a_standard_is_told_where_it_is_offered() {
        assert_eq!(
            found(&[("repair", &format!("channels: [phone, mail]\n{PHONE}"))]),
            ["services/repair.md:7 `repair` offers `mail`, and no standard says what can be expected there → write a \
              standard with `channel: mail`, such as how soon a person answers there"]
        );
    }

    #[test]
    fn a_standard_without_a_channel_holds_on_all_of_its_service() {
        assert_eq!(
            found(&[("repair", "channels: [phone, mail]\nstandards: {a: {kind: access, level: L}}\n")]),
            [""; 0]
        );
    }

    #[test]
    fn how_kindly_customers_are_treated_says_nothing_of_a_channel() {
        assert_eq!(found(&[("repair", "channels: [phone]\nstandards: {a: {kind: conduct, level: L}}\n")]).len(), 1);
    }

    #[test]
    fn a_standard_of_another_service_names_the_channel() {
        assert_eq!(found(&[("repair", "channels: [phone]\n"), ("contact", PHONE)]), [""; 0]);
        let general = "standards: {a: {kind: access, level: L}}\n";
        assert_eq!(found(&[("repair", "channels: [phone]\n"), ("contact", general)]).len(), 1);
        assert_eq!(found(&[("repair", "channels: [phone]\nalso: [contact/a]\n"), ("contact", general)]), [""; 0]);
    }

    #[test]
    fn a_channel_that_several_services_offer_is_told_once() {
        let lines = found(&[("a", "channels: [mail]\n"), ("b", "channels: [mail]\n"), ("c", "channels: [mail]\n")]);
        assert_eq!(lines.len(), 1, "{lines:#?}");
        assert!(lines[0].contains("`a` and 2 other services offer `mail`"), "{lines:#?}");
    }
}
