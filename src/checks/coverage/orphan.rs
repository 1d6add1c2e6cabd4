//! `coverage/orphan`: something that was written down and that nothing uses.
//!
//! Not here: a factor that drives customers away or delights them and that nothing covers (`coverage/dissatisfier`).

use crate::checks::check::{Check, Finder};
use crate::checks::coverage::uses::{Uses, Words, named_files};
use crate::checks::inspection::Inspection;
use crate::diagnostic::{Diagnostic, Severity};
use crate::fields::text::{SOURCE, Text};
use crate::model::checklist::Checklist;
use crate::model::kind::Kind;
use crate::model::registers::FactorKind;
use crate::source::Span;

/// The check.
pub const CHECK: Check = Check {
    name: "coverage/orphan",
    severity: Severity::Warning,
    finds: "Nothing uses a playbook, checklist, role, channel, calendar, factor, term or picture.",
    why: "What nothing leads to is not found when it is needed, and is not kept up to date: whoever comes across it cannot \
          tell whether it still holds. Name it where it helps, at a step or in a text, or remove it; the history of the \
          files keeps it.",
    wrong: &[
        (
            "services/repair.md",
            "owner: desk\nchannels: [phone]\nsteps:\n  hand-back: {title: Hand it back, stage: front}\n",
        ),
        ("playbooks/angry-customer.md", PLAYBOOK),
        ("registers/roles.yaml", ROLE),
        ("registers/channels.yaml", CHANNEL),
    ],
    right: &[
        (
            "services/repair.md",
            "owner: desk\nchannels: [phone]\nsteps:\n  hand-back: {title: Hand it back, stage: front, playbook: angry-customer}\n",
        ),
        ("playbooks/angry-customer.md", PLAYBOOK),
        ("registers/roles.yaml", ROLE),
        ("registers/channels.yaml", CHANNEL),
    ],
    finder: Finder::Run(run),
};

const PLAYBOOK: &str = "title: An angry customer\ncues: [speaks louder and louder]\n";
const ROLE: &str = "desk: {title: Service desk}\n";
const CHANNEL: &str = "phone: {title: Telephone}\n";

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    let unknown = &inspection.handbook().unknown;
    if !unknown.documents.is_empty()
        || !unknown.services.is_empty()
        || !unknown.registers.is_empty()
        || unknown.settings
    {
        return;
    }
    let uses = Uses::of(inspection);
    let mut tell = |kind: Kind, id: &str, place: Span, action: &str| {
        if !uses.has(kind, id) {
            let message = format!("nothing uses the {} `{id}`", kind.word());
            found.push(CHECK.told(place, message).action(action));
        }
    };
    for_documents(inspection, &mut tell);
    for_registers(inspection, &mut tell);
    tell_terms(inspection, &uses, found);
    tell_pictures(inspection, found);
}

/// Tells a thing of a kind at a place, where nothing uses it, with what to do.
type Tell<'a> = dyn FnMut(Kind, &str, Span, &str) + 'a;

fn for_documents(inspection: &Inspection<'_>, tell: &mut Tell<'_>) {
    let handbook = inspection.handbook();
    for (id, playbook) in &handbook.playbooks {
        let place = spot(&playbook.fields.title, playbook.beginning);
        let action =
            format!("name it at a step, `playbook: {id}`, or in a text, `[[playbooks/{id}]]`, or remove the file");
        tell(Kind::Playbook, id, place, &action);
    }
    for (id, checklist) in handbook.checklists.iter().filter(|(_, checklist)| !is_bound(&checklist.fields)) {
        let place = spot(&checklist.fields.title, checklist.beginning);
        let action =
            format!("name it at a step, `checklist: {id}`, or in a text, `[[checklists/{id}]]`, or remove the file");
        tell(Kind::Checklist, id, place, &action);
    }
}

/// Tells whether a checklist belongs to something by what it lists: a standard, or what customers care about.
fn is_bound(checklist: &Checklist) -> bool {
    checklist.items.iter().any(|row| row.value.0.standard.is_some() || !row.value.0.covers.is_empty())
}

fn for_registers(inspection: &Inspection<'_>, tell: &mut Tell<'_>) {
    let handbook = inspection.handbook();
    for (id, row) in &handbook.roles {
        tell(Kind::Role, id, row.span, "name it where it acts, owns, grants or stands in, or remove it");
    }
    for (id, row) in &handbook.channels {
        tell(Kind::Channel, id, row.span, "add it to the `channels` of the services that it offers, or remove it");
    }
    for (id, row) in &handbook.calendars {
        tell(Kind::Calendar, id, row.span, "name it as the `calendar` of a service or channel, or remove it");
    }
    for (id, row) in &handbook.factors {
        if row.value.kind.as_ref().is_some_and(|kind| kind.value == FactorKind::Performance) {
            tell(Kind::Factor, id, row.span, "name it under `covers` of what takes care of it, or remove it");
        }
    }
}

fn tell_terms(inspection: &Inspection<'_>, uses: &Uses<'_>, found: &mut Vec<Diagnostic>) {
    let terms = &inspection.handbook().terms;
    if terms.is_empty() {
        return;
    }
    let words = Words::of(inspection);
    for (id, row) in terms {
        if !row.value.text.is_empty() && !uses.has(Kind::Term, id) && !words.have(id, &row.value.text) {
            let message = format!("no text uses the term `{}`", row.value.text.source());
            let action = "use the word in the texts that mean it, or remove the term";
            found.push(CHECK.told(spot(&row.value.text, row.span), message).action(action));
        }
    }
}

fn tell_pictures(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    let named = named_files(inspection);
    for (path, file) in &inspection.handbook().pictures {
        if !named.contains(path.rsplit('/').next().unwrap_or_default()) {
            let told = CHECK.told(Span::new(*file, 0, 0), format!("no page shows or links the file `{path}`"));
            found.push(told.action("show it where it helps, or remove it"));
        }
    }
}

fn spot(text: &Text, otherwise: Span) -> Span {
    text.exactly(SOURCE).map_or(otherwise, |text| text.span)
}

#[cfg(test)]
mod tests {
    use super::{CHANNEL, PLAYBOOK, ROLE};
    use crate::checks::bench::{service, told};

    /// Says what is found beside a service that uses the one role and the one channel there are.
    fn found(rest: &str, files: &[(&str, &str)]) -> Vec<String> {
        let service = service(&format!("channels: [phone]\n{rest}"));
        let mut all = vec![
            ("services/repair.md", service.as_str()),
            ("registers/roles.yaml", ROLE),
            ("registers/channels.yaml", CHANNEL),
        ];
        all.retain(|(path, _)| !files.iter().any(|(own, _)| own == path));
        all.extend(files);
        told("coverage/orphan", &all)
    }

    #[test]
    fn a_playbook_that_nothing_names_is_told_at_its_title() {
        assert_eq!(
            found("", &[("playbooks/angry.md", PLAYBOOK)]),
            [
                "playbooks/angry.md:2 nothing uses the playbook `angry` → name it at a step, `playbook: angry`, or in a text, \
              `[[playbooks/angry]]`, or remove the file"
            ]
        );
        for rest in
            ["steps: {s: {playbook: angry}}\n", "---\nSee [[angry]].\n", "---\nSee [it](../playbooks/angry.md).\n"]
        {
            assert_eq!(found(rest, &[("playbooks/angry.md", PLAYBOOK)]), [""; 0], "{rest}");
        }
    }

    #[test]
    fn a_checklist_belongs_to_a_step_or_by_its_items_to_a_standard() {
        let of =
            |item: &str| format!("title: T\nuse: shift\nby: desk\nevery: shift\nitems: {{a: {{text: A{item}}}}}\n");
        let standard = "standards: {s: {kind: access, level: L}}\n";
        assert_eq!(found(standard, &[("checklists/opening.md", &of(""))]).len(), 1);
        assert_eq!(found(standard, &[("checklists/opening.md", &of(", standard: repair/s"))]), [""; 0]);
        let step = "steps: {s: {checklist: opening}}\n";
        assert_eq!(found(step, &[("checklists/opening.md", &of(""))]), [""; 0]);
    }

    #[test]
    fn roles_channels_and_calendars_are_used_or_told() {
        let roles = "desk: {title: D, reports_to: lead}\nlead: {title: L}\nclerk: {title: C}\n";
        let channels = "phone: {title: P}\nfax: {title: F}\n";
        let shop = "{time_zone: Europe/Berlin, hours: {mon: \"09:00-12:00\"}}";
        let calendars = format!("shop: {shop}\nnight: {shop}\n");
        let registers = [
            ("registers/roles.yaml", roles),
            ("registers/channels.yaml", channels),
            ("registers/calendars.yaml", &calendars),
        ];
        let lines = found("", &registers);
        let things: Vec<&str> = lines.iter().filter_map(|line| line.split('`').nth(1)).collect();
        assert_eq!(things, ["night", "fax", "clerk"]);
    }

    #[test]
    fn a_result_by_a_channel_uses_it() {
        let files = [
            ("registers/channels.yaml", "phone: {title: P}\nfax: {title: F}\n"),
            ("results/all.csv", "period,standard,channel,value\n2026-10,repair/s,fax,95\n"),
        ];
        assert_eq!(found("standards: {s: {kind: access, level: L}}\n", &files), [""; 0]);
    }

    #[test]
    fn a_term_is_used_where_its_word_stands() {
        let terms = [("registers/terms.yaml", "fault: {text: fault report, meaning: M}\n")];
        assert_eq!(found("", &terms).len(), 1);
        assert_eq!(found("because: Fault\n  Reports are written.\n", &terms), [""; 0]);
    }

    #[test]
    fn a_picture_is_used_where_its_name_stands() {
        let picture = [("pictures/desk.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")];
        assert_eq!(
            found("", &picture),
            [
                "pictures/desk.svg:1 no page shows or links the file `pictures/desk.svg` → show it where it helps, or remove it"
            ]
        );
        assert_eq!(found("---\n![A desk](../pictures/desk.svg)\n", &picture), [""; 0]);
    }

    #[test]
    fn a_factor_that_nothing_covers_is_told_once() {
        let of = |kind: &str| format!("late: {{text: T, kind: {kind}}}\n");
        assert_eq!(found("", &[("registers/factors.yaml", &of("performance"))]).len(), 1);
        assert_eq!(found("", &[("registers/factors.yaml", &of("dissatisfier"))]), [""; 0]);
    }
}
