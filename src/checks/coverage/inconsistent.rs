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

const REPLY_2: &str = "standards:\n  answer-mail: {title: Answer to an e-mail, kind: timeliness, channel: mail, limit: 2 business days}\n";
const REPLY_5: &str = "standards:\n  answer-mail: {title: Answer to an e-mail, kind: timeliness, channel: mail, limit: 5 business days}\n";
const REPLY_5_BECAUSE: &str = "because: The bank confirms each refund first.\nstandards:\n  \
     answer-mail: {title: Answer to an e-mail, kind: timeliness, channel: mail, limit: 5 business days}\n";

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

/// What makes two standards one contact: where they hold, of what kind they are, and by what they are the same.
type Contact = (String, StandardKind, &'static str, String);

/// Gives all by which a standard may be known as the contact that another one is about.
///
/// On a single channel that is the statement without its numbers, or two of id, title and events of the clock. Where a
/// standard holds on several channels or does not say on which, all of it has to be the same, and in one folder:
/// `turnaround` and "you have a decision within ten days" stand in many services that have nothing in common.
fn contacts_of(service: &Document<Service>, row: &Row<Standard>) -> Vec<Contact> {
    let standard = &row.value;
    let timed = [StandardKind::Timeliness, StandardKind::Access];
    let Some(kind) = standard.kind.as_ref().map(|kind| kind.value).filter(|kind| timed.contains(kind)) else {
        return Vec::new();
    };
    let id = Some(row.id.clone());
    let title = Some(bare(&standard.title)).filter(|title| !title.is_empty());
    let statement = Some(bare(&standard.statement)).filter(|statement| statement.contains(' '));
    let clock = standard.clock.as_ref().map(|clock| format!("{}|{}", bare(&clock.start), bare(&clock.stop)));
    let clock = clock.filter(|clock| clock.len() > 1);
    let both = |one: &Option<String>, other: &Option<String>| Some(format!("{}|{}", one.as_ref()?, other.as_ref()?));
    let (place, signs) = match (standard.channel.0.as_slice(), service.id.rsplit_once('/')) {
        ([channel], _) => {
            let pairs = [("id and title", both(&id, &title)), ("id and clock", both(&id, &clock))];
            let others = [("title and clock", both(&title, &clock)), ("statement", statement)];
            (channel.id.clone(), pairs.into_iter().chain(others).collect::<Vec<_>>())
        }
        (channels, Some((folder, _))) => {
            let channels: BTreeSet<&str> = channels.iter().map(|channel| channel.id.as_str()).collect();
            let place = std::iter::once(folder).chain(channels).collect::<Vec<_>>().join(" ");
            let all = both(&both(&statement, &clock), &title.or(id));
            (place, vec![("all", all)])
        }
        (_, None) => return Vec::new(),
    };
    signs.into_iter().filter_map(|(sign, value)| Some((place.clone(), kind, sign, value?))).collect()
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
        format!("standards: {{{id}: {{title: A {id}, kind: timeliness, channel: mail, {rest}}}}}\n")
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
        let of =
            |level: &str| format!("standards: {{lines: {{title: T, kind: access, channel: phone, level: {level}}}}}\n");
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
    fn a_name_alone_makes_no_contact() {
        let of = |days: u8, channel: &str| {
            format!("standards: {{turnaround: {{kind: timeliness, {channel}limit: {days}bd}}}}\n")
        };
        for channel in ["", "channel: mail, ", "channel: [mail, phone], "] {
            assert_eq!(found(&of(10, channel), &of(15, channel)), [""; 0], "{channel}");
        }
    }

    #[test]
    fn without_a_channel_all_is_the_same_or_it_is_another_contact() {
        let of = |days: u8, statement: &str| {
            format!(
                "standards: {{done: {{kind: timeliness, limit: {days}bd, statement: {statement}, clock: {{start: report in, \
                 stop: it is ready}}}}}}\n"
            )
        };
        assert_eq!(found(&of(10, "Ready in 10 days."), &of(15, "Ready in 15 days.")).len(), 1);
        assert_eq!(found(&of(10, "Ready in 10 days."), &of(15, "Sent in 15 days.")), [""; 0]);
    }
}
