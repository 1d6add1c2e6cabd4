//! `time/order`: times that stand the wrong way round.

use std::cmp::Ordering;

use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::checks::recovery::complaints;
use crate::checks::stems::{ACKNOWLEDGE, CONTACT, REPLY, is_urgent, says, speaks_of};
use crate::checks::time::ladder;
use crate::diagnostic::{Diagnostic, Severity};
use crate::fields::table::Row;
use crate::fields::text::{SOURCE, Text};
use crate::model::document::Document;
use crate::model::service::Service;
use crate::model::standard::{Standard, StandardKind};

/// The check.
pub const CHECK: Check = Check {
    name: "time/order",
    severity: Severity::Error,
    finds: "An acknowledgement takes as long as the reply, an urgent case longer than a normal one, or escalation goes backwards.",
    why: "A customer who hears \"we have it\" after the answer has heard nothing. An urgent case that may take longer than a normal \
          one is slower because it is urgent. And a ladder whose later stage comes first, or leads down again, wakes nobody. \
          Such numbers are usually exchanged or left over from an older version.",
    wrong: &[(
        "services/repair.md",
        "\
standards:
  acknowledge:
    title: Acknowledgement
    kind: timeliness
    limit: 5 business days
    clock: {start: your letter is here, stop: a person has told you so}
  reply:
    title: Reply
    kind: timeliness
    limit: 3 business days
    clock: {start: your letter is here, stop: our answer is posted}
",
    )],
    right: &[(
        "services/repair.md",
        "\
standards:
  acknowledge:
    title: Acknowledgement
    kind: timeliness
    limit: 1 business day
    clock: {start: your letter is here, stop: a person has told you so}
  reply:
    title: Reply
    kind: timeliness
    limit: 3 business days
    clock: {start: your letter is here, stop: our answer is posted}
",
    )],
    finder: Finder::Run(run),
};

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    let takers = complaints::takers(inspection.handbook());
    for service in inspection.handbook().services.values() {
        let takes_complaints = takers.contains_key(service.id.as_str());
        // All that a complaint service counts begins with the complaint, in whatever words.
        let is_same_event =
            move |first: &str, reply: &str| first == reply || (takes_complaints && !speaks_of(reply, ACKNOWLEDGE));
        tell_replies(inspection, service, &is_same_event, found);
        tell_urgent_standards(inspection, service, found);
    }
    for (service, row) in inspection.standards() {
        tell_urgent_variants(inspection, &service.fields, row, found);
        found.extend(ladder::told(inspection, &service.fields, row));
    }
}

/// Tells acknowledgements that come no sooner than the reply to the same thing.
fn tell_replies(
    inspection: &Inspection<'_>,
    service: &Document<Service>,
    is_same_event: &dyn Fn(&str, &str) -> bool,
    found: &mut Vec<Diagnostic>,
) {
    let timely =
        |row: &&Row<Standard>| row.value.kind.as_ref().is_some_and(|kind| kind.value == StandardKind::Timeliness);
    let all = service.fields.standards.iter().filter(timely).map(|row| (row, matter(row)));
    let (first, replies): (Vec<_>, Vec<_>) =
        all.filter(|(_, matter)| *matter != Matter::default()).partition(|(_, matter)| matter.acknowledges);
    let replies: Vec<&Row<Standard>> = replies.into_iter().map(|(row, _)| row).collect();
    for (row, _) in first.into_iter().filter(|(_, matter)| !matter.replies) {
        let Some(limit) = &row.value.limit else { continue };
        let comes_first = |reply: &&&Row<Standard>| {
            let theirs = reply.value.limit.as_ref().filter(|_| is_same_matter(&row.value, &reply.value, is_same_event));
            let order = theirs.and_then(|theirs| inspection.compare(&service.fields, theirs.value, limit.value));
            matches!(order, Some(Ordering::Less | Ordering::Equal))
        };
        let Some((reply, theirs)) =
            replies.iter().find(comes_first).and_then(|reply| Some((reply, reply.value.limit.as_ref()?)))
        else {
            continue;
        };
        let message = format!(
            "the acknowledgement `{}` may take {}, the reply `{}` {}: it must come first",
            row.id, limit.value, reply.id, theirs.value
        );
        let told = CHECK.told(limit.span, message).label(theirs.span, "the reply");
        found.push(told.action(format!("write less than {} here", theirs.value)));
    }
}

/// What a standard is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Matter {
    acknowledges: bool,
    replies: bool,
}

/// Finds what a standard is about by its id and title, or else by its statement.
fn matter(row: &Row<Standard>) -> Matter {
    let Standard { title, statement, .. } = &row.value;
    let named = |stems| speaks_of(&row.id, stems) || says(title, stems);
    let by_name = Matter { acknowledges: named(ACKNOWLEDGE), replies: named(REPLY) };
    match by_name == Matter::default() {
        true => Matter { acknowledges: says(statement, ACKNOWLEDGE), replies: says(statement, REPLY) },
        false => by_name,
    }
}

/// Tells whether two standards count from the same event on the same channels: a call is not answered as a letter is.
fn is_same_matter(first: &Standard, second: &Standard, is_same_event: &dyn Fn(&str, &str) -> bool) -> bool {
    let start = |standard: &Standard| {
        standard.clock.as_ref().map_or(String::new(), |clock| clock.start.source().trim().to_lowercase())
    };
    let (a, b) = (start(first), start(second));
    let channels =
        |standard: &Standard| standard.channel.0.iter().map(|channel| channel.id.clone()).collect::<Vec<_>>();
    let (here, there) = (channels(first), channels(second));
    let meet = here.is_empty() || there.is_empty() || here.iter().any(|channel| there.contains(channel));
    let is_contact = |standard: &Standard| says(&standard.title, CONTACT) || says(&standard.statement, CONTACT);
    meet && is_same_event(&a, &b) && !a.is_empty() && !b.is_empty() && is_contact(first) == is_contact(second)
}

/// Tells urgent variants that are slower than the standard itself.
fn tell_urgent_variants(
    inspection: &Inspection<'_>,
    service: &Service,
    row: &Row<Standard>,
    found: &mut Vec<Diagnostic>,
) {
    let Some(normal) = &row.value.limit else { return };
    for variant in &row.value.variants {
        let is_meant = |text: &Text| text.versions().any(|(_, version)| is_urgent(&version.value));
        let Some(limit) = variant.limit.as_ref().filter(|_| is_meant(&variant.when)) else { continue };
        if inspection.compare(service, normal.value, limit.value) == Some(Ordering::Less) {
            let case = variant.when.get(SOURCE).map_or("", |(text, _)| text);
            let message =
                format!("`{}` takes {} for `{case}`, longer than the normal {}", row.id, limit.value, normal.value);
            let told = CHECK.told(limit.span, message).label(normal.span, "the normal limit");
            found.push(told.action(format!("write less than {} here, or exchange the two", normal.value)));
        }
    }
}

/// Tells urgent standards that are slower than the one that is called the same without that word.
fn tell_urgent_standards(inspection: &Inspection<'_>, service: &Document<Service>, found: &mut Vec<Diagnostic>) {
    let standards = &service.fields.standards;
    for row in standards.iter().filter(|row| row.id.contains('-') && is_urgent(&row.id)) {
        let plain: Vec<&str> = row.id.split('-').filter(|part| !is_urgent(part)).collect();
        let normal = standards.get(&plain.join("-"));
        let limits = normal.and_then(|normal| Some((row.value.limit.as_ref()?, normal, normal.value.limit.as_ref()?)));
        let Some((limit, normal, theirs)) = limits else { continue };
        if inspection.compare(&service.fields, theirs.value, limit.value) == Some(Ordering::Less) {
            let message =
                format!("`{}` takes {}, longer than `{}` with {}", row.id, limit.value, normal.id, theirs.value);
            let told = CHECK.told(limit.span, message).label(theirs.span, "the normal limit");
            found.push(told.action(format!("write less than {} here, or exchange the two", theirs.value)));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::told_in_service;

    fn told(standards: &str) -> Vec<String> {
        told_in_service("time/order", &format!("standards:\n{standards}"))
    }

    fn two(first: &str, second: &str) -> Vec<String> {
        let same = |fields: &str| if fields.contains("clock") { "" } else { ", clock: {start: S}" };
        let line = |id: &str, fields: &str| format!("  {id}: {{kind: timeliness, {fields}{}}}\n", same(fields));
        told(&(line("acknowledge", first) + &line("reply", second)))
    }

    #[test]
    fn an_acknowledgement_comes_before_the_reply_to_the_same_thing() {
        assert_eq!(two("limit: 1bd", "limit: 3bd"), [""; 0]);
        assert_eq!(two("limit: 3bd", "limit: 3bd").len(), 1);
        assert_eq!(two("limit: 1w", "limit: 3bd").len(), 1);
        assert_eq!(two("limit: 3bd, channel: mail", "limit: 2bd, channel: phone"), [""; 0]);
        assert_eq!(two("limit: 3bd, clock: {start: A}", "limit: 2bd, clock: {start: B}"), [""; 0]);
        assert_eq!(two("limit: 3bd", "limit: 60s, statement: A person answers your call"), [""; 0]);
    }

    #[test]
    fn in_a_complaint_service_all_clocks_start_with_the_complaint() {
        let with = |reply: &str, rest: &str| {
            told(&format!(
                "  acknowledge: {{kind: timeliness, limit: 3bd, clock: {{start: it is said}}}}\n  \
                   reply: {{kind: timeliness, limit: 2bd, clock: {{start: {reply}}}}}\n{rest}"
            ))
        };
        assert_eq!(with("it is written", "complaints_to: repair\n").len(), 1);
        assert_eq!(with("it is acknowledged", "complaints_to: repair\n"), [""; 0]);
        assert_eq!(with("it is written", ""), [""; 0]);
    }

    #[test]
    fn german_titles_and_statements_tell_what_a_standard_is_about() {
        let lines = told(
            "  a: {title: Eingangsbestätigung, kind: timeliness, limit: 3bd, clock: {start: S}}\n  b: {kind: timeliness, statement: Sie haben unsere Antwort, limit: 2bd, clock: {start: S}}\n",
        );
        let says = "the acknowledgement `a` may take 3 business days, the reply `b` 2 business days: it must come first → \
             write less than 2 business days here";
        assert!(lines[0].ends_with(says), "{lines:?}");
    }

    #[test]
    fn a_statement_that_speaks_of_both_is_left_alone() {
        let both =
            "statement: We acknowledge in 5 days and decide in 10, kind: timeliness, limit: 5bd, clock: {start: S}";
        assert_eq!(
            told(&format!("  a: {{{both}}}\n  reply: {{kind: timeliness, limit: 3bd, clock: {{start: S}}}}\n")),
            [""; 0]
        );
    }

    #[test]
    fn an_urgent_case_is_not_slower_than_a_normal_one() {
        let variant = |when: &str, limit: &str| {
            told(&format!("  a: {{kind: timeliness, limit: 3bd, variants: [{{when: {when}, limit: {limit}}}]}}\n"))
        };
        let says = "services/repair.md:8 `a` takes 5 business days for `urgent cases`, longer than the normal 3 business days → \
             write less than 3 business days here, or exchange the two";
        assert_eq!(variant("urgent cases", "5bd"), [says]);
        assert_eq!(variant("urgent cases", "1bd"), [""; 0]);
        assert_eq!(variant("urgent cases", "48h"), [""; 0]);
        assert_eq!(variant("non-urgent cases", "5bd"), [""; 0]);
        assert_eq!(variant("a part is missing", "5bd"), [""; 0]);
        let standards = |limit: &str| {
            told(&format!(
                "  mend: {{kind: timeliness, limit: 3bd}}\n  urgent-mend: {{kind: timeliness, limit: {limit}}}\n"
            ))
        };
        assert_eq!((standards("5bd").len(), standards("1bd").len()), (1, 0));
    }
}
