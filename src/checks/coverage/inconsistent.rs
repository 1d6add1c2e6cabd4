//! `coverage/inconsistent`: the same contact with another limit in another service, and nothing says why.

use std::cmp::Ordering;
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
use crate::source::{Span, Spanned};
use crate::units::duration::Duration;
use crate::units::share::Share;

/// The check.
pub const CHECK: Check = Check {
    name: "coverage/inconsistent",
    severity: Severity::Info,
    finds: "Two services give the same contact different limits, and neither says why.",
    why: "A customer writes to the firm, not to a department. If the same e-mail is answered in two days here and in five \
          there, one of the two was decided without a look at the other. Write one standard and name it under `also` \
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
                    let difference = tell(inspection, *first, (service, row));
                    told = difference.is_some();
                    found.extend(difference);
                }
                Some(_) => {}
            }
        }
    }
}

fn tell(inspection: &Inspection<'_>, first: Standing<'_>, second: Standing<'_>) -> Option<Diagnostic> {
    let (one, other) = (Limit::of(&first.1.value)?, Limit::of(&second.1.value)?);
    let first_is_looser = match one.compare(&other, inspection, &second.0.fields) {
        Some(Ordering::Equal) => return None,
        Some(order) => order == Ordering::Greater,
        None if explained(first.0) => return None,
        None => false,
    };
    let (loose, tight) =
        if first_is_looser { ((first, one), (second, other)) } else { ((second, other), (first, one)) };
    let (((here, row), limit), ((there, other), other_limit)) = (loose, tight);
    if here.id == there.id || explained(here) {
        return None;
    }
    let message = format!(
        "`{}/{}` is {}, and the same contact in `{}/{}` is {}",
        here.id,
        row.id,
        limit.words(),
        there.id,
        other.id,
        other_limit.words()
    );
    let told = CHECK.told(limit.span(), message).label(other_limit.span(), "the other limit");
    Some(told.action(format!("write the same limit, or say under `because` of `{}` why it differs", here.id)))
}

/// Tells whether a service says why its limits differ.
fn explained(service: &Document<Service>) -> bool {
    !service.fields.because.is_empty() || service.fields.faulty.contains(&"because")
}

/// The limit or level of a standard, where it can be compared.
enum Limit<'a> {
    Time(&'a Spanned<Duration>),
    Share(&'a Spanned<Share>),
}

impl<'a> Limit<'a> {
    fn of(standard: &'a Standard) -> Option<Self> {
        match (&standard.limit, &standard.level) {
            (Some(limit), _) | (None, Some(Quantity::Duration(limit))) => Some(Self::Time(limit)),
            (None, Some(Quantity::Share(level))) => Some(Self::Share(level)),
            _ => None,
        }
    }

    fn span(&self) -> Span {
        match self {
            Self::Time(limit) => limit.span,
            Self::Share(level) => level.span,
        }
    }

    fn words(&self) -> String {
        match self {
            Self::Time(limit) => limit.value.to_string(),
            Self::Share(level) => level.value.to_string(),
        }
    }

    /// Compares two limits: greater if the first is looser; nothing where they cannot be compared.
    fn compare(&self, other: &Self, inspection: &Inspection<'_>, service: &Service) -> Option<Ordering> {
        match (self, other) {
            (Self::Time(one), Self::Time(other)) => inspection.compare(service, one.value, other.value),
            (Self::Share(one), Self::Share(other)) => Some(other.value.cmp(&one.value)),
            _ => None,
        }
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
              days → write the same limit, or say under `because` of `shop/b` why it differs"
            ]
        );
        assert_eq!(found(&mail("reply", "limit: 2bd"), &mail("reply", "limit: 2bd")), [""; 0]);
    }

    #[test]
    fn the_service_with_the_longer_limit_gives_the_reason() {
        let because = |limit: &str| format!("because: B\n{}", mail("reply", limit));
        assert_eq!(found(&mail("reply", "limit: 2bd"), &because("limit: 5bd")), [""; 0]);
        assert_eq!(found(&because("limit: 5bd"), &mail("reply", "limit: 2bd")), [""; 0]);
        let lines = found(&mail("reply", "limit: 5bd"), &because("limit: 2bd"));
        assert_eq!(lines.len(), 1);
        assert!(lines[0].starts_with("services/shop/a.md:7 `shop/a/reply` is 5 business days"), "{lines:#?}");
    }

    #[test]
    fn the_lower_share_is_the_looser_level() {
        let of = |level: &str| format!("standards: {{lines: {{kind: access, channel: phone, level: {level}}}}}\n");
        assert_eq!(found(&of("99%"), &of("99%")), [""; 0]);
        assert!(found(&of("95%"), &of("99%"))[0].starts_with("services/shop/a.md:7 `shop/a/lines` is 95%"));
        assert_eq!(found(&of("a free line"), &of("99%")), [""; 0]);
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
