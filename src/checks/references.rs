//! References in fields, registers and results that lead nowhere, and pictures that are not there.

use crate::checks::Subject;
use crate::checks::meant::Meant;
use crate::checks::mentions::Fields;
use crate::diagnostic::Diagnostic;
use crate::fields::reader::short;
use crate::fields::table::Table;
use crate::fields::value::{Reference, Visitor};
use crate::model::handbook::Handbook;
use crate::model::kind::Kind;
use crate::model::lookup::{Miss, Scope};
use crate::model::service::Service;
use crate::model::step::Step;
use crate::source::Span;
use crate::units::nearest::{listed, nearest};

/// Looks at every reference and picture in fields, registers and results.
pub fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let (handbook, meant) = (subject.handbook, &subject.meant);
    let look = |subject: &Subject<'_>, fields: &&dyn Fields, found: &mut Vec<Diagnostic>| {
        fields.walk_texts(&mut Follower { meant: &subject.meant, found });
    };
    subject.tell_each(&things(handbook), look, found);
    for (id, service) in &handbook.services {
        service.fields.steps.iter().for_each(|row| tell_foreign_steps(handbook, id, &row.value, found));
    }
    for lines in handbook.results.by_standard() {
        let is_known = handbook.has(Kind::Standard, &lines[0].standard.id);
        for line in lines {
            if !is_known {
                tell_if_dangling(meant, Kind::Standard, (&line.standard.id, line.standard.span), found);
            }
            if let Some(channel) = &line.channel {
                tell_if_dangling(meant, Kind::Channel, (&channel.id, channel.span), found);
            }
        }
    }
}

/// Tells a step that waits for a step of another service, whose time is not part of the sum.
fn tell_foreign_steps(handbook: &Handbook, service: &str, step: &Step, found: &mut Vec<Diagnostic>) {
    let foreign =
        |id: &str| id.rsplit_once('/').is_some_and(|(owner, _)| owner != service) && handbook.has(Kind::Step, id);
    for after in step.after.0.iter().filter(|after| foreign(&after.id)) {
        let message = format!("`{}` is a step of another service; a step waits only for steps of its own", after.id);
        let told = Diagnostic::error("reference/dangling", after.span, message);
        found.push(told.action("write a step of this service, or describe the other service's part as a step here"));
    }
}

/// Walks over the references in fields of all things of a handbook, one after the other.
pub fn each(handbook: &Handbook, visitor: &mut dyn Visitor) {
    things(handbook).into_iter().for_each(|fields| fields.walk_texts(visitor));
}

/// Gives the fields in which there may be references.
fn things(handbook: &Handbook) -> Vec<&dyn Fields> {
    let mut all: Vec<&dyn Fields> = Vec::new();
    all.extend(handbook.services.values().map(|document| &document.fields as &dyn Fields));
    all.extend(handbook.playbooks.values().map(|document| &document.fields as &dyn Fields));
    all.extend(handbook.checklists.values().map(|document| &document.fields as &dyn Fields));
    all.extend(handbook.pages.values().map(|document| &document.fields as &dyn Fields));
    all.extend(handbook.roles.values().map(|row| &row.value as &dyn Fields));
    all.extend(handbook.channels.values().map(|row| &row.value as &dyn Fields));
    all.extend(handbook.calendars.values().map(|row| &row.value as &dyn Fields));
    all
}

struct Follower<'a> {
    meant: &'a Meant<'a>,
    found: &'a mut Vec<Diagnostic>,
}

impl Visitor for Follower<'_> {
    fn reference(&mut self, reference: &Reference) {
        match Kind::of_folder(reference.kind) {
            Some(kind) => tell_if_dangling(self.meant, kind, (&reference.id, reference.span), self.found),
            None => self.found.extend(follow_any(self.meant, &reference.id, reference.span)),
        }
    }

    fn picture(&mut self, path: &str, span: Span) {
        if self.meant.handbook.pictures.contains_key(path) {
            return;
        }
        let told = Diagnostic::error("picture/missing", span, format!("there is no picture `{}`", short(path)));
        self.found.push(match nearest_picture(self.meant.handbook, path) {
            Some(near) => told.hint(format!("did you mean `{near}`?")).action(format!("write `{near}`")),
            None if path.contains("://") => told.action(COPY_PICTURE),
            None => told.action("write its path below the content folder, such as `pictures/name.svg`"),
        });
    }
}

/// What to do with a picture that lies on another site.
pub const COPY_PICTURE: &str = "put the picture into `content/pictures`, and write its path there";

/// Finds the picture that may be meant: one of the same name in another folder, or the nearest.
pub fn nearest_picture<'a>(handbook: &'a Handbook, path: &str) -> Option<&'a str> {
    let known = || handbook.pictures.keys().map(String::as_str);
    let name = path.rsplit('/').next().unwrap_or_default();
    let same = known().find(|known| known.rsplit('/').next() == Some(name));
    same.or_else(|| nearest(path.trim_start_matches(['/', '.']), known()))
}

/// Tells a reference of a known kind that leads nowhere.
pub fn tell_if_dangling(meant: &Meant<'_>, kind: Kind, (id, span): (&str, Span), found: &mut Vec<Diagnostic>) {
    let handbook = meant.handbook;
    if handbook.has(kind, id) || handbook.may_have(kind, id) {
        return;
    }
    let bare = id.strip_prefix(kind.folder()).and_then(|rest| rest.strip_prefix('/'));
    if let Some(bare) = bare.filter(|bare| handbook.has(kind, bare)) {
        let message = format!("only a {} can stand here, so its kind is not written", kind.word());
        let told = Diagnostic::error("reference/kind", span, message).action(format!("write `{bare}`"));
        found.push(told.fix_value(span, bare));
        return;
    }
    found.push(dangling(meant, &[kind], id, span));
}

/// Makes the finding about a reference that leads nowhere; `kinds` are those it may be of.
pub fn dangling(meant: &Meant<'_>, kinds: &[Kind], id: &str, span: Span) -> Diagnostic {
    let what = match kinds {
        [one] => format!("there is no {} `{}`", one.word(), short(id)),
        _ => format!("`{}` names nothing in this handbook", short(id)),
    };
    let told = Diagnostic::error("reference/dangling", span, what);
    if let Some((kind, now)) = kinds.iter().find_map(|kind| Some((kind, meant.now(*kind, id)?))) {
        return told.hint(format!("the {} is called `{now}` now", kind.word())).action(format!("write `{now}`"));
    }
    match kinds.iter().find_map(|kind| meant.best(*kind, id)) {
        Some(near) => told.hint(format!("did you mean `{near}`?")).action(format!("write `{near}`")),
        None => told.action(advice(meant, kinds, id)),
    }
}

/// Makes the finding about a reference whose kind is written in front of it, in that form.
pub fn dangling_in_kind(meant: &Meant<'_>, kind: Kind, rest: &str, span: Span) -> Diagnostic {
    let told = dangling(meant, &[kind], rest, span);
    match meant.now(kind, rest).or_else(|| meant.best(kind, rest)).map(|near| format!("{}/{near}", kind.folder())) {
        Some(near) => told.hint(format!("did you mean `{near}`?")).action(format!("write `{near}`")),
        None => told,
    }
}

/// The most ids that a sentence lists.
const MOST_LISTED: usize = 12;

fn advice(meant: &Meant<'_>, kinds: &[Kind], id: &str) -> String {
    let [kind] = kinds else {
        return "write the id of a thing, with its kind in front if it helps: `roles/service-desk`".into();
    };
    let known: Vec<String> = if kind.is_within_service() {
        let (service, _) = id.rsplit_once('/').unwrap_or(("", id));
        let Some(document) = meant.handbook.services.get(service) else {
            return format!("write the whole id, service and {}, such as `repair/{}`", kind.word(), example(*kind));
        };
        first_within(&document.fields, *kind).into_iter().map(|inner| format!("{service}/{inner}")).collect()
    } else {
        meant.ids(*kind).take(MOST_LISTED + 1).map(str::to_owned).collect()
    };
    let words = listed(known.iter().map(String::as_str));
    let known = (1..=MOST_LISTED).contains(&known.len()).then(|| format!("write {words}"));
    let place = match kind {
        Kind::Standard | Kind::Step | Kind::Promise => format!("add it to `{}` of its service", kind.folder()),
        Kind::Service | Kind::Playbook | Kind::Checklist | Kind::Page => {
            let sound = crate::fields::table::is_id(&id.replace('/', "-"));
            format!("add the file {}/{}.md", kind.folder(), if sound { short(id) } else { "…".into() })
        }
        kind => format!("add it to registers/{}.yaml", kind.folder()),
    };
    known.map_or_else(|| place.clone(), |known| format!("{known}, or {place}"))
}

/// Gives the first ids of a kind within a service, one more than are listed.
fn first_within(service: &Service, kind: Kind) -> Vec<&str> {
    fn first<T>(table: &Table<T>) -> Vec<&str> {
        table.iter().take(MOST_LISTED + 1).map(|row| row.id.as_str()).collect()
    }
    match kind {
        Kind::Standard => first(&service.standards),
        Kind::Step => first(&service.steps),
        _ => first(&service.promises),
    }
}

fn example(kind: Kind) -> &'static str {
    match kind {
        Kind::Standard => "turnaround",
        Kind::Step => "hand-back",
        _ => "ten-days-or-free",
    }
}

fn follow_any(meant: &Meant<'_>, written: &str, span: Span) -> Option<Diagnostic> {
    match meant.handbook.look_up(written, &Scope::default()) {
        Ok(_) | Err(Miss::Unknown) => None,
        Err(Miss::Ambiguous(things)) => Some(ambiguous(written, span, &things)),
        Err(Miss::Dangling | Miss::NoOwn) => Some(dangling_anywhere(meant, written, span)),
    }
}

/// Makes the finding about a reference that may be of any kind, or that has its kind in front.
pub fn dangling_anywhere(meant: &Meant<'_>, written: &str, span: Span) -> Diagnostic {
    match written.split_once('/').and_then(|(folder, rest)| Some((Kind::of_folder(folder)?, rest))) {
        Some((kind, rest)) => dangling_in_kind(meant, kind, rest, span),
        None => dangling(meant, &Kind::ALL, written, span),
    }
}

/// Makes the finding about a reference that names several things.
pub fn ambiguous(written: &str, span: Span, things: &[crate::model::lookup::Thing]) -> Diagnostic {
    let several: Vec<String> = things.iter().map(|(kind, id)| format!("{}/{id}", kind.folder())).collect();
    let words = listed(several.iter().map(String::as_str));
    Diagnostic::error("reference/ambiguous", span, format!("`{written}` can mean several things"))
        .action(format!("write {words}"))
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::{found, found_in_service};

    const EVIDENCE: &str = "standards: {a: {title: A, kind: conduct, statement: S, level: L, target: 90%, measure: {as: observed}, based_on: tarp}}\n";

    /// Gives name and message of what is found in a service.
    fn told(rest: &str) -> Vec<String> {
        let short = |line: String| line.split(" → ").next().unwrap_or_default().replace("services/repair.md:", "");
        found_in_service(rest).into_iter().map(short).collect()
    }

    #[test]
    fn references_of_each_kind_that_lead_nowhere_are_told_where_they_stand() {
        assert_eq!(told("complaints_to: nowhere\n"), ["reference/dangling 7 there is no service `nowhere`"]);
        assert_eq!(told("channels: [fax]\n"), ["reference/dangling 7 there is no channel `fax`"]);
        assert_eq!(told("calendar: nights\n"), ["reference/dangling 7 there is no calendar `nights`"]);
        assert_eq!(told("also: [repair/quick]\n"), ["reference/dangling 7 there is no standard `repair/quick`"]);
        assert_eq!(told("approved: {by: chief}\n"), ["reference/dangling 7 there is no role `chief`"]);
        assert_eq!(told(EVIDENCE), ["reference/dangling 7 there is no piece of evidence `tarp`"]);
        let steps = |more: &str| format!("steps: {{one: {{title: One, actor: desk, stage: front, {more}}}}}\n");
        assert_eq!(told(&steps("playbook: calm")), ["reference/dangling 7 there is no playbook `calm`"]);
        assert_eq!(told(&steps("checklist: open")), ["reference/dangling 7 there is no checklist `open`"]);
        assert_eq!(told(&steps("after: zero")), ["reference/dangling 7 there is no step `repair/zero`"]);
    }

    #[test]
    fn the_nearest_is_proposed() {
        let line = |rest: &str| found_in_service(rest).remove(0);
        assert!(line("calendar: shpo\n").ends_with("→ write `shop`"), "{}", line("calendar: shpo\n"));
        assert!(line("approved: {by: leed}\n").ends_with("→ write `lead`"));
    }

    #[test]
    fn the_name_that_a_thing_has_now_is_proposed_for_one_that_it_had() {
        let service = crate::checks::bench::service("was: mending\ncomplaints_to: mending\n");
        let line = found(&[("services/repair.md", &service)]).remove(0);
        assert!(line.ends_with("there is no service `mending` → write `repair`"), "{line}");
        let service = crate::checks::bench::service("was: mending\n---\n[[services/mending]]\n");
        let line = found(&[("services/repair.md", &service)]).remove(0);
        assert!(line.ends_with("→ write `services/repair`"), "{line}");
    }

    #[test]
    fn a_kind_in_front_is_not_written_where_only_one_kind_can_stand() {
        let line = found_in_service("approved: {by: roles/lead}\n").remove(0);
        assert_eq!(
            line,
            "reference/kind services/repair.md:7 only a role can stand here, so its kind is not written → write `lead`"
        );
    }

    #[test]
    fn what_may_stand_in_a_file_that_could_not_be_read_is_not_told() {
        let service = crate::checks::bench::service("approved: {by: chief}\n");
        let lines = found(&[("services/repair.md", &service), ("registers/roles.yaml", "desk: {title: Desk\n")]);
        assert!(lines.iter().all(|line| !line.starts_with("reference/")), "{lines:#?}");
        assert!(!lines.is_empty());
    }

    #[test]
    fn results_name_standards_and_channels_that_are_there() {
        let lines = found(&[("results/r.csv", "period,standard,channel,value\n2026,repair/quick,fax,90\n")]);
        let names: Vec<&str> = lines.iter().filter_map(|line| line.split(" → ").next()).collect();
        assert_eq!(
            names,
            [
                "reference/dangling results/r.csv:2 there is no standard `repair/quick`",
                "reference/dangling results/r.csv:2 there is no channel `fax`"
            ]
        );
    }

    #[test]
    fn a_page_may_be_about_anything_that_is_there_and_only_one_thing_of_that_name() {
        let page = |about: &str| format!("---\ntitle: P\nkind: guide\nabout: [{about}]\n---\n");
        let lines = |about: &str| {
            let list = "---\ntitle: D\nuse: case\nby: desk\nitems: {a: A}\n---\n";
            found(&[("pages/p.md", &page(about)), ("checklists/desk.md", list)])
        };
        assert_eq!(lines("roles/desk, lead"), [""; 0]);
        let line = lines("desk").remove(0);
        assert_eq!(
            line,
            "reference/ambiguous pages/p.md:4 `desk` can mean several things → write `checklists/desk` or `roles/desk`"
        );
        assert!(
            lines("nothing")[0].starts_with("reference/dangling pages/p.md:4 `nothing` names nothing in this handbook")
        );
    }

    #[test]
    fn a_picture_that_is_not_there_is_told_with_one_that_is() {
        let service = crate::checks::bench::service(
            "promises: {p: {kind: commitment, statement: S, backed_by: [], picture: pictures/tenn.svg}}\n",
        );
        let lines = found(&[("services/repair.md", &service), ("pictures/ten.svg", "<svg/>")]);
        let line = lines.iter().find(|line| line.starts_with("picture/missing")).unwrap();
        assert!(line.ends_with("there is no picture `pictures/tenn.svg` → write `pictures/ten.svg`"), "{line}");
    }
}
