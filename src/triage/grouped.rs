//! Findings by those who answer for them, and by service: what the findings page of `serve` shows.

use std::collections::BTreeMap;

use crate::diagnostic::{self, Diagnostic, Severity};
use crate::fields::text::SOURCE;
use crate::model::handbook::Handbook;
use crate::model::kind::Kind;
use crate::source::SourceTree;
use crate::triage::whereabouts::{Map, Whereabouts};

/// A finding with those it concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The permanent name.
    pub name: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub action: String,
    /// The path below the root, with the line where there is one: `content/services/repair.md:12`.
    pub place: String,
    /// The address at which the file is edited, where the handbook says so.
    pub edit: Option<String>,
    /// The role that answers for it, by its title; nothing where none is named.
    pub owner: Option<String>,
    /// The service it belongs to, by its title; nothing where it belongs to none.
    pub service: Option<String>,
}

/// Makes the items of some findings, in their order.
pub fn items(found: &[Diagnostic], handbook: &Handbook, tree: &SourceTree, prefix: &str) -> Vec<Item> {
    let mut map = Map::of(tree, &handbook.config.language_tags());
    let item = |told: &Diagnostic| {
        let at = diagnostic::locate(&told.place, tree, prefix);
        let place = map.find(&told.place);
        let service = service_of(&place, handbook);
        Item {
            name: told.name,
            severity: told.severity,
            message: told.message.clone(),
            action: told.action.clone().unwrap_or_default(),
            place: if at.line == 0 { at.path.clone() } else { format!("{}:{}", at.path, at.line) },
            edit: edit(&at, handbook, prefix),
            owner: owner_of(&place, service, handbook).map(|role| title_of_role(role, handbook)),
            service: service.map(|id| title_of_service(id, handbook)),
        }
    };
    found.iter().map(item).collect()
}

/// Groups items by what `of` gives of each; those of which it gives nothing come last, under `None`.
pub fn by(items: &[Item], of: fn(&Item) -> Option<&str>) -> Vec<(Option<&str>, Vec<&Item>)> {
    let mut groups: BTreeMap<(bool, Option<&str>), Vec<&Item>> = BTreeMap::new();
    for item in items {
        let name = of(item);
        groups.entry((name.is_none(), name)).or_default().push(item);
    }
    groups.into_iter().map(|((_, name), items)| (name, items)).collect()
}

/// Gives the address at which a line of a file is edited.
fn edit(at: &diagnostic::Located, handbook: &Handbook, prefix: &str) -> Option<String> {
    let pattern = &handbook.config.edit_url.as_ref()?.value;
    let below = at.path.strip_prefix(prefix)?;
    let line = if at.line == 0 { String::new() } else { format!("#L{}", at.line) };
    Some(pattern.replace("{path}", below) + &line)
}

/// Gives the service that a place belongs to.
fn service_of<'a>(place: &'a Whereabouts, handbook: &'a Handbook) -> Option<&'a str> {
    let whole = match place.kind {
        Some(Kind::Service) => place.id.as_str(),
        Some(kind) if kind.is_within_service() => place.id.rsplit_once('/')?.0,
        // A line of results names its standard in the second cell.
        None if place.id.starts_with("results/") => place.field.split(',').nth(1)?.rsplit_once('/')?.0,
        _ => return None,
    };
    handbook.services.contains_key(whole).then_some(whole)
}

/// Gives the role that answers for a place.
fn owner_of<'a>(place: &'a Whereabouts, service: Option<&str>, handbook: &'a Handbook) -> Option<&'a str> {
    let own = match place.kind {
        Some(Kind::Standard) => handbook.standard(&place.id).and_then(|row| row.value.owner.as_ref()),
        Some(Kind::Checklist) => handbook.checklists.get(&place.id).and_then(|list| list.fields.by.0.first()),
        Some(Kind::Role) => return Some(&place.id),
        _ => None,
    };
    let of_service = || handbook.services.get(service?)?.fields.owner.as_ref();
    own.or_else(of_service).map(|role| role.id.as_str())
}

fn title_of_role(id: &str, handbook: &Handbook) -> String {
    let title = handbook.roles.get(id).and_then(|row| row.value.title.get(SOURCE)).map(|(title, _)| title.to_owned());
    title.unwrap_or_else(|| id.to_owned())
}

fn title_of_service(id: &str, handbook: &Handbook) -> String {
    let title = handbook.services.get(id).and_then(|it| it.fields.title.get(SOURCE)).map(|(title, _)| title.to_owned());
    title.unwrap_or_else(|| id.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::bench::{look, service, tree};
    use crate::diagnostic::Place;
    use crate::source::Span;

    const RESULTS: &str = "period,standard\n2026-01,repair/a\n";

    /// Makes the items of findings at some words of some files.
    fn at(places: &[(&str, &str)]) -> Vec<Item> {
        let settings = "title: H\nlanguages: [en]\nedit_url: https://example.org/{path}\n";
        let repair = service("standards: {a: {kind: access, owner: lead}, b: {kind: conduct}}\n");
        let roles = "desk: {title: Service desk}\nlead: {title: Shop manager}\n";
        let files = [
            ("handbook.yaml", settings),
            ("services/repair.md", repair.as_str()),
            ("registers/roles.yaml", roles),
            ("results/x.csv", RESULTS),
        ];
        let tree = tree(&files);
        let span = |path: &str, words: &str| {
            let file = tree.find(path).unwrap();
            let start = tree.text(file).unwrap().as_str().find(words).unwrap();
            Span::new(file, start, start + 1)
        };
        let found: Vec<_> =
            places.iter().map(|(path, words)| Diagnostic::error("a/b", span(path, words), "m").action("do")).collect();
        items(&found, look(&tree).0.handbook(), &tree, "content/")
    }

    fn who(path: &str, words: &str) -> (Option<String>, Option<String>) {
        let mut items = at(&[(path, words)]);
        let Item { owner, service, .. } = items.remove(0);
        (owner, service)
    }

    #[test]
    fn a_finding_concerns_the_owner_of_the_standard_or_of_the_service() {
        let repair = || Some("Repair".to_owned());
        assert_eq!(who("services/repair.md", "kind: access"), (Some("Shop manager".into()), repair()));
        assert_eq!(who("services/repair.md", "kind: conduct"), (Some("Service desk".into()), repair()));
        assert_eq!(who("services/repair.md", "title"), (Some("Service desk".into()), repair()));
        assert_eq!(who("results/x.csv", "repair/a"), (Some("Service desk".into()), repair()));
    }

    #[test]
    fn what_belongs_to_no_service_has_no_owner_but_a_role_answers_for_itself() {
        assert_eq!(who("handbook.yaml", "title"), (None, None));
        assert_eq!(who("registers/roles.yaml", "Shop"), (Some("Shop manager".into()), None));
    }

    #[test]
    fn a_finding_leads_to_its_line_where_it_is_edited() {
        let item = at(&[("services/repair.md", "kind: access")]).remove(0);
        assert_eq!(item.edit.as_deref(), Some("https://example.org/services/repair.md#L7"));
        assert_eq!(item.place, "content/services/repair.md:7");
        let tree = tree(&[]);
        let whole = [Diagnostic::error("a/b", Place::whole("themes/x"), "m")];
        let items = items(&whole, look(&tree).0.handbook(), &tree, "content/");
        assert_eq!((items[0].edit.as_deref(), items[0].place.as_str()), (None, "themes/x"));
    }

    #[test]
    fn groups_are_in_order_with_the_nameless_last() {
        let items =
            at(&[("handbook.yaml", "title"), ("services/repair.md", "title"), ("registers/roles.yaml", "Shop")]);
        let groups: Vec<_> =
            by(&items, |item| item.owner.as_deref()).into_iter().map(|(name, items)| (name, items.len())).collect();
        assert_eq!(groups, [(Some("Service desk"), 1), (Some("Shop manager"), 1), (None, 1)]);
    }
}
