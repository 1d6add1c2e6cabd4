//! `link/vanished`: an address that there was in an earlier revision and that leads nowhere now.
//!
//! Not here: reading the earlier revision (the binary).

use std::collections::BTreeSet;

use crate::checks::Subject;
use crate::diagnostic::{Diagnostic, Place};
use crate::model::handbook::Handbook;
use crate::model::kind::Kind;

/// The kinds of things with an address, or an anchor that others link to.
const KINDS: [Kind; 7] =
    [Kind::Service, Kind::Standard, Kind::Promise, Kind::Playbook, Kind::Checklist, Kind::Page, Kind::Role];

/// The finding has to be asked for by an earlier revision, so nothing is looked for here.
pub fn run(_: &Subject<'_>, _: &mut Vec<Diagnostic>) {}

/// Compares the addresses of a handbook with those of an earlier one; `since` names the earlier, `prefix` is the path of
/// the content folder.
pub fn find(before: &Handbook, now: &Handbook, since: &str, prefix: &str) -> Vec<Diagnostic> {
    let kept: BTreeSet<(Kind, String)> = now.renamed().into_iter().map(|it| (it.kind, it.was)).collect();
    let is_gone =
        |kind: Kind, id: &str| !now.has(kind, id) && !now.may_have(kind, id) && !kept.contains(&(kind, id.to_owned()));
    let mut found = Vec::new();
    for kind in KINDS {
        for id in before.ids(kind).into_iter().filter(|id| is_gone(kind, id)) {
            let service = id.rsplit_once('/').map(|(service, _)| service).filter(|_| kind.is_within_service());
            // With a service all its things are gone, and its own address is the one to keep.
            if service.is_some_and(|service| is_gone(Kind::Service, service)) {
                continue;
            }
            let heir = heir((kind, &id), before, now);
            let message = format!("the {} `{id}` had an address at `{since}` that leads nowhere now", kind.word());
            let told = Diagnostic::warning("link/vanished", place((kind, &id), now, prefix), message);
            found.push(told.action(action((kind, &id), heir.as_deref())));
        }
    }
    found
}

/// Finds the thing that has probably taken the place of one: the only new one with its title.
fn heir((kind, id): (Kind, &str), before: &Handbook, now: &Handbook) -> Option<String> {
    let title = title(before, kind, id).filter(|title| !title.is_empty())?;
    let is_new = |id: &String| !before.has(kind, id) && self::title(now, kind, id) == Some(title);
    let mut new = now.ids(kind).into_iter().filter(is_new);
    new.next().filter(|_| new.next().is_none())
}

fn title<'a>(handbook: &'a Handbook, kind: Kind, id: &str) -> Option<&'a str> {
    let text = match kind {
        Kind::Service => &handbook.services.get(id)?.fields.title,
        Kind::Standard => &handbook.standard(id)?.value.title,
        Kind::Promise => &handbook.promise(id)?.value.title,
        Kind::Playbook => &handbook.playbooks.get(id)?.fields.title,
        Kind::Checklist => &handbook.checklists.get(id)?.fields.title,
        Kind::Page => &handbook.pages.get(id)?.fields.title,
        _ => &handbook.roles.get(id)?.value.title,
    };
    Some(text.source())
}

fn action((kind, id): (Kind, &str), heir: Option<&str>) -> String {
    let inner = |id: &str| match kind.is_within_service() {
        true => id.rsplit('/').next().unwrap_or_default().to_owned(),
        false => id.to_owned(),
    };
    let is_elsewhere = |heir: &str| {
        kind.is_within_service() && heir.rsplit_once('/').map(|it| it.0) != id.rsplit_once('/').map(|it| it.0)
    };
    let was = heir.filter(|heir| is_elsewhere(heir)).map_or_else(|| inner(id), |_| id.to_owned());
    match heir {
        Some(heir) => format!("add `was: [{was}]` to the {} `{heir}`, which has its title", kind.word()),
        None => format!("add `was: [{was}]` to the {} that takes its place", kind.word()),
    }
}

/// Gives the place where it is told: the service that had it, or the file in which it stood.
fn place((kind, id): (Kind, &str), now: &Handbook, prefix: &str) -> Place {
    if kind == Kind::Role {
        return Place::whole(format!("{prefix}registers/roles.yaml"));
    }
    let service = id.rsplit_once('/').map_or("", |(service, _)| service);
    let service = now.formerly(Kind::Service, service).unwrap_or_else(|| service.to_owned());
    match now.services.get(&service).filter(|_| kind.is_within_service()) {
        Some(document) => Place::At(document.beginning),
        None => Place::whole(format!("{prefix}{}/{id}.md", kind.folder())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::bench::{look, service, tree};
    use crate::diagnostic;

    /// Says what is told of a service that was changed, and of pages.
    fn told(before: &[(&str, &str)], now: &[(&str, &str)]) -> Vec<String> {
        let (before, files) = (tree(before), tree(now));
        let (old, new) = (look(&before).0, look(&files).0);
        let said = |told: &Diagnostic| {
            let at = diagnostic::locate(&told.place, &files, "");
            format!("{} {} → {}", at.path, told.message, told.action.as_deref().unwrap_or_default())
        };
        find(old.handbook(), new.handbook(), "v1", "").iter().map(said).collect()
    }

    const PAGE: &str = "---\ntitle: P\nkind: guide\n---\n";

    #[test]
    fn what_is_there_still_or_says_what_it_was_called_is_not_told() {
        let kept = PAGE.replace("---\ntitle", "---\nwas: p\ntitle");
        assert_eq!(told(&[("pages/p.md", PAGE)], &[("pages/p.md", PAGE), ("pages/q.md", PAGE)]), [""; 0]);
        assert_eq!(told(&[("pages/p.md", PAGE)], &[("pages/q.md", &kept)]), [""; 0]);
    }

    #[test]
    fn a_page_that_is_gone_is_told_with_the_one_that_has_its_title() {
        assert_eq!(
            told(&[("pages/p.md", PAGE)], &[("pages/q.md", PAGE)]),
            [
                "pages/p.md the page `p` had an address at `v1` that leads nowhere now → add `was: [p]` to the page `q`, which has its title"
            ]
        );
        let other = PAGE.replace("title: P", "title: Q");
        assert!(
            told(&[("pages/p.md", PAGE)], &[("pages/q.md", &other)])[0].ends_with("to the page that takes its place")
        );
    }

    #[test]
    fn a_standard_is_told_in_its_service_and_not_where_the_whole_service_is_gone() {
        let old = service("standards: {quick: {title: Q}, sure: {}}\n");
        let new = service("standards: {fast: {title: Q}}\n");
        assert_eq!(
            told(&[("services/repair.md", &old)], &[("services/repair.md", &new)]),
            [
                "services/repair.md the standard `repair/quick` had an address at `v1` that leads nowhere now → add `was: [quick]` to the standard `repair/fast`, which has its title",
                "services/repair.md the standard `repair/sure` had an address at `v1` that leads nowhere now → add `was: [sure]` to the standard that takes its place",
            ]
        );
        let lines = told(&[("services/repair.md", &old)], &[("services/mending.md", &old), ("services/repair.md", "")]);
        assert_eq!(lines.len(), 1, "{lines:#?}");
        assert!(lines[0].ends_with("add `was: [repair]` to the service `mending`, which has its title"), "{lines:#?}");
    }
}
