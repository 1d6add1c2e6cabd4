//! Where things are found on the site. Every address names its file, so that links work from a disk.

use crate::fields::text::{Language, SOURCE};
use crate::model::handbook::Handbook;
use crate::model::kind::Kind;

/// Gives the folder of a language with its slash; the source language lies at the root.
pub fn folder(language: Language, tags: &[String]) -> String {
    match tags.get(usize::from(language.0)) {
        Some(tag) if language != SOURCE => format!("{tag}/"),
        _ => String::new(),
    }
}

/// Gives the address of a page of its own, below the folder of the language; nothing for a thing without one.
pub fn page(kind: Kind, id: &str) -> Option<String> {
    match kind {
        Kind::Service | Kind::Playbook | Kind::Checklist | Kind::Page | Kind::Role => {
            Some(format!("{}/{id}.html", kind.folder()))
        }
        _ => None,
    }
}

/// Gives the address of the decisions about a service over time.
pub fn history(service: &str) -> String {
    format!("history/{service}.html")
}

/// Gives the address of the card of a promise.
pub fn card(promise: &str) -> String {
    format!("promises/{promise}.html")
}

/// Gives the address of a thing, with its anchor where it stands on a page with others.
pub fn thing(handbook: &Handbook, kind: Kind, id: &str) -> String {
    if let Some(page) = page(kind, id) {
        return page;
    }
    match kind {
        Kind::Standard | Kind::Step | Kind::Promise => {
            let (service, inner) = id.rsplit_once('/').unwrap_or(("", id));
            format!("services/{service}.html#{}", anchor(handbook, kind, service, inner))
        }
        Kind::Channel => format!("hours.html#channel-{id}"),
        Kind::Calendar => format!("hours.html#calendar-{id}"),
        Kind::Factor => format!("factors.html#{id}"),
        Kind::Term => format!("glossary.html#{id}"),
        _ => format!("evidence.html#{id}"),
    }
}

/// Gives the anchor of a thing on the sheet of its service: its id, with the kind in front where two things share one.
pub fn anchor(handbook: &Handbook, kind: Kind, service: &str, id: &str) -> String {
    let first = match handbook.services.get(service).map(|document| &document.fields) {
        Some(fields) if fields.standards.get(id).is_some() => Some(Kind::Standard),
        Some(fields) if fields.promises.get(id).is_some() => Some(Kind::Promise),
        Some(fields) if fields.steps.get(id).is_some() => Some(Kind::Step),
        _ => None,
    };
    if first == Some(kind) { id.to_owned() } else { format!("{}-{id}", kind.word()) }
}

/// Gives the way from one page to another; both are paths below the root of the site.
pub fn relative(from: &str, to: &str) -> String {
    let (path, anchor) = to.split_once('#').map_or((to, None), |(path, anchor)| (path, Some(anchor)));
    if path == from
        && let Some(anchor) = anchor
    {
        return format!("#{anchor}");
    }
    // What both begin with, up to the last folder.
    let same = from.bytes().zip(path.bytes()).take_while(|(one, other)| one == other).count();
    let shared = from.as_bytes()[..same].iter().rposition(|byte| *byte == b'/').map_or(0, |at| at + 1);
    let up = from[shared..].matches('/').count();
    let mut way = String::with_capacity(3 * up + to.len() - shared);
    (0..up).for_each(|_| way.push_str("../"));
    way.push_str(&to[shared..]);
    way
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::bench;

    #[test]
    fn a_way_goes_up_only_as_far_as_it_must() {
        assert_eq!(relative("index.html", "services/repair.html"), "services/repair.html");
        assert_eq!(relative("services/a/b.html", "services/a/c.html"), "c.html");
        assert_eq!(relative("services/a/b.html", "services/c.html"), "../c.html");
        assert_eq!(relative("services/ab/c.html", "services/abc/c.html"), "../abc/c.html");
        assert_eq!(relative("services/a.html", "services/a/c.html"), "a/c.html");
        assert_eq!(relative("de/services/b.html", "services/b.html"), "../../services/b.html");
        assert_eq!(relative("de/services/b.html", "de/index.html"), "../index.html");
        assert_eq!(relative("services/a/b.html", "services/a/b.html#x"), "#x");
        assert_eq!(relative("services/b.html", "glossary.html#x"), "../glossary.html#x");
    }

    fn handbook_of(front: &str) -> crate::checks::CheckedHandbook {
        let service = bench::service(front);
        bench::look(&bench::tree(&[("services/repair.md", &service)])).0
    }

    #[test]
    fn the_source_language_lies_at_the_root_and_an_unknown_one_too() {
        let tags = ["en".to_owned(), "de".to_owned()];
        assert_eq!(folder(SOURCE, &tags), "");
        assert_eq!(folder(Language(1), &tags), "de/");
        assert_eq!(folder(Language(2), &tags), "");
    }

    #[test]
    fn a_thing_is_found_on_its_page_or_at_its_anchor() {
        let checked = handbook_of("standards: {quick: {}}\nsteps: {mend: {}}\n");
        let at = |kind, id: &str| thing(checked.handbook(), kind, id);
        assert_eq!(at(Kind::Service, "repair/counter"), "services/repair/counter.html");
        assert_eq!(at(Kind::Standard, "repair/quick"), "services/repair.html#quick");
        assert_eq!(at(Kind::Step, "repair/mend"), "services/repair.html#mend");
        assert_eq!(at(Kind::Channel, "phone"), "hours.html#channel-phone");
        assert_eq!(at(Kind::Calendar, "shop"), "hours.html#calendar-shop");
        assert_eq!(at(Kind::Factor, "wait"), "factors.html#wait");
        assert_eq!(at(Kind::Term, "case"), "glossary.html#case");
        assert_eq!(at(Kind::Evidence, "tarp"), "evidence.html#tarp");
        assert_eq!(at(Kind::Role, "desk"), "roles/desk.html");
        assert_eq!(card("repair/quick"), "promises/repair/quick.html");
    }

    #[test]
    fn things_that_share_an_id_have_anchors_of_their_own() {
        let checked =
            handbook_of("standards: {a: {}, b: {}}\npromises: {a: {}, c: {}}\nsteps: {a: {}, c: {}, d: {}}\n");
        let at = |kind, id: &str| anchor(checked.handbook(), kind, "repair", id);
        assert_eq!(
            [at(Kind::Standard, "a"), at(Kind::Promise, "a"), at(Kind::Step, "a")],
            ["a", "promise-a", "step-a"]
        );
        assert_eq!([at(Kind::Promise, "c"), at(Kind::Step, "c"), at(Kind::Step, "d")], ["c", "step-c", "d"]);
    }
}
