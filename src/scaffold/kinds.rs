//! The kinds of things that `new` makes: their names, ids, files and fields.

use crate::fields::record::Record;
use crate::fields::shape::RecordShape;
use crate::fields::table::{is_id, proposed_id};
use crate::model::checklist::Checklist;
use crate::model::handbook::ALWAYS;
use crate::model::kind::Kind;
use crate::model::page::Page;
use crate::model::playbook::Playbook;
use crate::model::promise::Promise;
use crate::model::registers::{Calendar, Channel, Evidence, Factor, Role, Term};
use crate::model::service::Service;
use crate::model::standard::Standard;
use crate::model::step::Step;
use crate::units::nearest::{listed, nearest};
use crate::units::{Malformed, quoted};

/// The kinds that `new` makes: those with a file of their own, then the entries of registers.
pub const KINDS: [Kind; 10] = [
    Kind::Service,
    Kind::Playbook,
    Kind::Checklist,
    Kind::Page,
    Kind::Role,
    Kind::Channel,
    Kind::Calendar,
    Kind::Factor,
    Kind::Term,
    Kind::Evidence,
];

/// Gives the word for a kind on the command line.
pub fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Evidence => "evidence",
        kind => kind.word(),
    }
}

/// Finds a kind by its word, in singular or plural.
pub fn kind_named(word: &str) -> Result<Kind, Malformed> {
    let folded = word.trim().to_lowercase();
    match Kind::ALL.into_iter().find(|kind| folded == name(*kind) || folded == kind.folder()) {
        Some(kind) if kind.is_within_service() => Err(Malformed::new(
            format!("a {} stands within its service and has no file of its own", kind.word()),
            format!("add it below `{}:` in the file of the service", kind.folder()),
        )),
        Some(kind) => Ok(kind),
        None => {
            let message = format!("there is no kind of thing called {}", quoted(word));
            let all = format!("the kinds are {}", listed(KINDS.map(name)));
            match nearest(&folded, KINDS.into_iter().flat_map(|kind| [name(kind), kind.folder()])) {
                Some(near) => Err(Malformed::new(message, format!("did you mean `{near}`? {}", capital(&all)))),
                None => Err(Malformed::new(message, all)),
            }
        }
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Tells whether things of a kind stand together in one file.
pub fn is_in_register(kind: Kind) -> bool {
    !matches!(kind, Kind::Service | Kind::Playbook | Kind::Checklist | Kind::Page)
}

/// Gives the path below the content folder of the file in which a thing stands.
pub fn path(kind: Kind, id: &str) -> String {
    match is_in_register(kind) {
        true => format!("registers/{}.yaml", kind.folder()),
        false => format!("{}/{id}.md", kind.folder()),
    }
}

/// Looks whether a thing of a kind can have an id, or proposes a good one.
pub fn check_id(kind: Kind, id: &str) -> Result<(), Malformed> {
    let parts = parts(kind, id);
    let whole = if is_in_register(kind) { parts.join("-") } else { parts.join("/") };
    if kind == Kind::Calendar && whole == ALWAYS {
        return Err(Malformed::new("the calendar `always` is built in: open round the clock", "write another id"));
    }
    if whole == id && !parts.is_empty() && parts.iter().all(|part| is_id(part)) {
        return Ok(());
    }
    let proposed: Option<Vec<String>> = parts.iter().map(|part| proposed_id(part)).collect();
    let proposed = proposed.filter(|parts| !parts.is_empty());
    let rule = match is_in_register(kind) {
        true => "an id has lower-case letters, digits and hyphens only",
        false => "an id has lower-case letters, digits and hyphens only, and `/` below a folder",
    };
    let action = match proposed {
        Some(parts) if is_in_register(kind) => format!("write `{}`", parts.join("-")),
        Some(parts) => format!("write `{}`", parts.join("/")),
        None => "write a short English word, such as `repair`".to_owned(),
    };
    Err(Malformed::new(format!("{} cannot be the id of a {}: {rule}", quoted(id), kind.word()), action))
}

/// Splits an id at its slashes, without what is no part of it: the kind's folder in front, the ending of the file.
fn parts(kind: Kind, id: &str) -> Vec<&str> {
    let path = id.strip_suffix(".md").unwrap_or(id);
    let parts: Vec<&str> = path.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | "..")).collect();
    match parts.as_slice() {
        ["content", folder, rest @ ..] if *folder == kind.folder() && !rest.is_empty() => rest.to_vec(),
        [folder, rest @ ..] if *folder == kind.folder() && !rest.is_empty() => rest.to_vec(),
        all => all.to_vec(),
    }
}

/// Gives the fields of a thing of a kind.
pub fn fields(kind: Kind) -> RecordShape {
    match kind {
        Kind::Service => Service::fields(),
        Kind::Standard => Standard::fields(),
        Kind::Step => Step::fields(),
        Kind::Promise => Promise::fields(),
        Kind::Playbook => Playbook::fields(),
        Kind::Checklist => Checklist::fields(),
        Kind::Page => Page::fields(),
        Kind::Role => Role::fields(),
        Kind::Channel => Channel::fields(),
        Kind::Calendar => Calendar::fields(),
        Kind::Factor => Factor::fields(),
        Kind::Term => Term::fields(),
        Kind::Evidence => Evidence::fields(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn action(kind: Kind, id: &str) -> String {
        check_id(kind, id).unwrap_err().action
    }

    #[test]
    fn a_kind_is_found_in_singular_and_plural() {
        for kind in KINDS {
            assert_eq!(kind_named(name(kind)), Ok(kind));
            assert_eq!(kind_named(kind.folder()), Ok(kind));
        }
        assert_eq!(kind_named("Service"), Ok(Kind::Service));
    }

    #[test]
    fn an_unknown_kind_is_told_with_the_nearest_and_all() {
        let fault = kind_named("servise").unwrap_err();
        assert_eq!(fault.message, "there is no kind of thing called `servise`");
        assert!(fault.action.starts_with("did you mean `service`? The kinds are `service`, `playbook`,"), "{fault}");
        let fault = kind_named("invoice").unwrap_err();
        assert!(fault.action.starts_with("the kinds are `service`"), "{fault}");
    }

    #[test]
    fn a_standard_belongs_into_its_service() {
        let fault = kind_named("standard").unwrap_err();
        assert_eq!(fault.action, "add it below `standards:` in the file of the service");
    }

    #[test]
    fn an_id_may_lie_below_folders_but_not_in_a_register() {
        assert_eq!(check_id(Kind::Service, "repair/in-warranty"), Ok(()));
        assert_eq!(check_id(Kind::Role, "shift-lead"), Ok(()));
        assert_eq!(action(Kind::Role, "shift/lead"), "write `shift-lead`");
    }

    #[test]
    fn a_bad_id_is_refused_with_a_good_one() {
        assert_eq!(action(Kind::Service, "Repair at Home"), "write `repair-at-home`");
        assert_eq!(action(Kind::Service, "Repair/In Warranty"), "write `repair/in-warranty`");
        assert_eq!(action(Kind::Page, "Rückgabe"), "write `rueckgabe`");
        assert_eq!(action(Kind::Page, "退货"), "write a short English word, such as `repair`");
        assert_eq!(action(Kind::Page, ""), "write a short English word, such as `repair`");
        assert_eq!(action(Kind::Page, "../../etc/x"), "write `etc/x`");
        assert_eq!(action(Kind::Calendar, "always"), "write another id");
    }

    #[test]
    fn neither_folder_nor_ending_is_part_of_an_id() {
        assert_eq!(action(Kind::Service, "services/repair"), "write `repair`");
        assert_eq!(action(Kind::Service, "content/services/repair.md"), "write `repair`");
        assert_eq!(action(Kind::Service, "/repair"), "write `repair`");
        assert_eq!(check_id(Kind::Page, "services"), Ok(()));
    }
}
