//! `coverage/inconsistent`: the same contact with another limit in another service, and nothing says why.

use std::collections::{BTreeMap, BTreeSet};

use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::diagnostic::{Diagnostic, Severity};
use crate::fields::table::Row;
use crate::fields::text::{SOURCE, Text};
use crate::model::document::Document;
use crate::model::quantity::Quantity;
use crate::model::service::Service;
use crate::model::standard::{Standard, StandardKind};
use crate::source::Span;

/// The check.
pub const CHECK: Check = Check {
    name: "coverage/inconsistent",
    severity: Severity::Info,
    finds: "Two services give the same contact different limits, and neither says why.",
    why: "A customer writes to the firm, not to a department. If the same e-mail is answered in two days here and in five \
          there, one of the two was decided without looking at the other. Write one standard and name it under `also` \
          where it holds too, or say under `because` why this service differs.",
    wrong: &[("services/repair.md", REPLY_2), ("services/returns.md", REPLY_5)],
    right: &[("services/repair.md", REPLY_2), ("services/returns.md", REPLY_5_BECAUSE)],
    finder: Finder::Run(run),
};

const REPLY_2: &str = "standards:\n  answer-mail: {kind: timeliness, channel: mail, limit: 2 business days}\n";
const REPLY_5: &str = "standards:\n  answer-mail: {kind: timeliness, channel: mail, limit: 5 business days}\n";
const REPLY_5_BECAUSE: &str = "because: The bank confirms each refund first.\nstandards:\n  \
                               answer-mail: {kind: timeliness, channel: mail, limit: 5 business days}\n";

/// A standard with its service.
type Standing<'a> = (&'a Document<Service>, &'a Row<Standard>);

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    let mut contacts: BTreeMap<Contact, Standing<'_>> = BTreeMap::new();
    for (service, row) in inspection.standards() {
        let mut told = false;
        for contact in contacts_of(service, row) {
            match contacts.get(&contact) {
                None => _ = contacts.insert(contact, (service, row)),
                Some(first) if !told => {
                    let difference = tell(*first, (service, row));
                    told = difference.is_some();
                    found.extend(difference);
                }
                Some(_) => {}
            }
        }
    }
}

fn tell(first: Standing<'_>, second: Standing<'_>) -> Option<Diagnostic> {
    let ((here, one), (there, other)) = (second, first);
    let explained =
        |service: &Document<Service>| !service.fields.because.is_empty() || service.fields.faulty.contains(&"because");
    if here.id == there.id || explained(here) || explained(there) {
        return None;
    }
    let ((limit, place), (other_limit, other_place)) = (limit(&one.value)?, limit(&other.value)?);
    if limit == other_limit {
        return None;
    }
    let message = format!(
        "`{}/{}` is {limit}, and the same contact in `{}/{}` is {other_limit}",
        here.id, one.id, there.id, other.id
    );
    let told = CHECK.told(place, message).label(other_place, "the other limit");
    Some(told.action("write the same limit, or say under `because` of the service why it differs"))
}

/// Gives the limit or level of a standard in words that can be compared, with its place.
fn limit(standard: &Standard) -> Option<(String, Span)> {
    if let Some(limit) = &standard.limit {
        return Some((limit.value.to_string(), limit.span));
    }
    match standard.level.as_ref()? {
        Quantity::Duration(level) => Some((level.value.to_string(), level.span)),
        Quantity::Share(level) => Some((level.value.to_string(), level.span)),
        Quantity::Money(_) | Quantity::Text(_) => None,
    }
}

/// What makes two standards one contact: where they hold, of what kind they are, and a sign by which they are the same.
type Contact = (String, StandardKind, &'static str, String);

/// Gives the signs by which a standard is known: its id, title, statement without numbers, and the events of its clock.
///
/// Two services are alike where their standards name the same channels, or where they stand in one folder and count
/// between the same events; standards that have only a name in common are about different things.
fn contacts_of(service: &Document<Service>, row: &Row<Standard>) -> Vec<Contact> {
    let standard = &row.value;
    let Some(kind) = standard
        .kind
        .as_ref()
        .map(|kind| kind.value)
        .filter(|kind| matches!(kind, StandardKind::Timeliness | StandardKind::Access))
    else {
        return Vec::new();
    };
    let channels: BTreeSet<&str> = standard.channel.0.iter().map(|channel| channel.id.as_str()).collect();
    let clock = standard.clock.as_ref().map(|clock| format!("{}|{}", bare(&clock.start), bare(&clock.stop)));
    let clock = clock.filter(|clock| clock.len() > 1);
    let statement = Some(bare(&standard.statement)).filter(|statement| !statement.is_empty());
    let title = Some(bare(&standard.title)).filter(|title| !title.is_empty());
    let mut contacts = Vec::new();
    if !channels.is_empty() {
        let place = channels.into_iter().collect::<Vec<_>>().join(" ");
        let signs = [("id", Some(row.id.clone())), ("title", title), ("statement", statement), ("clock", clock)];
        contacts.extend(signs.into_iter().filter_map(|(sign, value)| Some((place.clone(), kind, sign, value?))));
    } else if let (Some((folder, _)), Some(clock)) = (service.id.rsplit_once('/'), clock) {
        let named = [Some(row.id.clone()), title, statement].into_iter().flatten();
        contacts.extend(named.map(|name| (format!("{folder}/"), kind, "name and clock", format!("{name}|{clock}"))));
    }
    contacts
}

/// Gives a text in small letters, without its numbers, references and marks.
fn bare(text: &Text) -> String {
    let Some(text) = text.exactly(SOURCE) else { return String::new() };
    let words = text.value.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::{service, told};

    fn found(one: &str, other: &str) -> Vec<String> {
        let (one, other) = (service(one), service(other));
        told("coverage/inconsistent", &[("services/shop/a.md", &one), ("services/shop/b.md", &other)])
    }

    fn mail(id: &str, rest: &str) -> String {
        format!("standards: {{{id}: {{kind: timeliness, channel: mail, {rest}}}}}\n")
    }

    #[test]
    fn another_limit_on_the_same_channel_is_told_with_both() {
        assert_eq!(
            found(&mail("reply", "limit: 2bd"), &mail("reply", "limit: 5bd")),
            [
                "services/shop/b.md:7 `shop/b/reply` is 5 business days, and the same contact in `shop/a/reply` is 2 business \
              days → write the same limit, or say under `because` of the service why it differs"
            ]
        );
        assert_eq!(found(&mail("reply", "limit: 2bd"), &mail("reply", "limit: 2bd")), [""; 0]);
    }

    #[test]
    fn a_reason_in_either_service_explains_it() {
        let because = format!("because: B\n{}", mail("reply", "limit: 5bd"));
        assert_eq!(found(&mail("reply", "limit: 2bd"), &because), [""; 0]);
        assert_eq!(found(&because, &mail("reply", "limit: 2bd")), [""; 0]);
    }

    #[test]
    fn a_statement_is_the_same_whatever_its_number() {
        let of = |id: &str, days: u8| {
            mail(id, &format!("limit: {days}bd, statement: We reply within {days} business days."))
        };
        assert_eq!(found(&of("reply", 2), &of("answer", 5)).len(), 1);
        let other = mail("answer", "limit: 5bd, statement: We send the quote within 5 business days.");
        assert_eq!(found(&of("reply", 2), &other), [""; 0]);
    }

    #[test]
    fn the_same_name_without_a_channel_is_no_contact() {
        let of = |days: u8| format!("standards: {{turnaround: {{kind: timeliness, limit: {days}bd}}}}\n");
        assert_eq!(found(&of(10), &of(15)), [""; 0]);
    }

    #[test]
    fn in_one_folder_the_same_name_and_the_same_events_are_one_contact() {
        let of = |days: u8, stop: &str| {
            format!(
                "standards: {{turnaround: {{kind: timeliness, limit: {days}bd, clock: {{start: report in, stop: {stop}}}}}}}\n"
            )
        };
        assert_eq!(found(&of(10, "it is ready"), &of(15, "it is ready")).len(), 1);
        assert_eq!(found(&of(10, "it is ready"), &of(15, "it is sent")), [""; 0]);
    }
}
