//! What is asked for: which thing, by `KIND/ID`, and the id that it is to have.

use crate::fields::table::{is_id, proposed_id};
use crate::model::handbook::{ALWAYS, Handbook};
use crate::model::kind::Kind;
use crate::parse::place::LIST;
use crate::units::nearest::{listed, nearest};
use crate::units::{Malformed, quoted};

/// A thing, and the id that it is to have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The kind of the thing.
    pub kind: Kind,
    /// Its whole id.
    pub old: String,
    /// The whole id that it is to have.
    pub new: String,
}

impl Asked {
    /// Finds the thing and looks whether it can have the id.
    pub fn read(thing: &str, new: &str, handbook: &Handbook) -> Result<Self, Malformed> {
        let (kind, old) = thing_named(thing, handbook)?;
        let new = whole(kind, &old, new)?;
        let asked = Self { kind, old, new };
        asked.refuse_taken(handbook)?;
        Ok(asked)
    }

    /// Gives the id within its service, of a thing that stands in one.
    pub fn inner<'a>(&self, whole: &'a str) -> &'a str {
        match self.kind.is_within_service() {
            true => whole.rsplit('/').next().unwrap_or_default(),
            false => whole,
        }
    }

    fn refuse_taken(&self, handbook: &Handbook) -> Result<(), Malformed> {
        let (kind, new) = (self.kind, &self.new);
        if self.old == *new {
            return Err(Malformed::new(format!("the {} is called `{new}` already", kind.word()), "write another id"));
        }
        let kinds = match kind.is_within_service() {
            // They share the anchors of the page of their service.
            true => &[Kind::Standard, Kind::Promise, Kind::Step][..],
            false => &[kind][..],
        };
        if let Some(taken) = kinds.iter().find(|kind| handbook.has(**kind, new)) {
            return Err(Malformed::new(format!("there is a {} `{new}` already", taken.word()), "write another id"));
        }
        match handbook.formerly(kind, new).filter(|now| *now != self.old) {
            Some(now) => Err(Malformed::new(
                format!("`{new}` is what the {} `{now}` was called before, so old links lead there", kind.word()),
                "write another id, or take it out of `was` there",
            )),
            None => Ok(()),
        }
    }
}

/// Gives the word for a kind on the command line, and the folder.
fn names(kind: Kind) -> [&'static str; 2] {
    match kind {
        Kind::Evidence => ["evidence", "evidence"],
        kind => [kind.word(), kind.folder()],
    }
}

fn thing_named(thing: &str, handbook: &Handbook) -> Result<(Kind, String), Malformed> {
    let (word, id) = thing.split_once('/').unwrap_or((thing, ""));
    let Some(kind) = Kind::ALL.into_iter().find(|kind| names(*kind).contains(&word)) else {
        let message = format!("{} does not begin with a kind of thing", quoted(thing));
        let all = listed(Kind::ALL.map(|kind| names(kind)[0]));
        return Err(match nearest(word, Kind::ALL.into_iter().flat_map(names)) {
            Some(near) => Malformed::new(message, format!("did you mean `{near}/{id}`?")),
            None => {
                Malformed::new(message, format!("write its kind and its id, `service/repair`; the kinds are {all}"))
            }
        });
    };
    let id = id.strip_suffix(".md").unwrap_or(id);
    if kind == Kind::Calendar && id == ALWAYS {
        return Err(Malformed::new("the calendar `always` is built in", "name another calendar"));
    }
    if handbook.has(kind, id) {
        return Ok((kind, id.to_owned()));
    }
    let ids = handbook.ids(kind);
    let known = || ids.iter().map(String::as_str);
    let inner = || known().find(|known| known.rsplit('/').next() == Some(id));
    let message = format!("there is no {} {}", kind.word(), quoted(id));
    Err(match nearest(id, known()).or_else(inner) {
        Some(near) => Malformed::new(message, format!("did you mean `{word}/{near}`?")),
        None => Malformed::new(message, format!("write its whole id, such as `{}`", example(kind))),
    })
}

fn example(kind: Kind) -> &'static str {
    match kind {
        Kind::Standard => "standard/repair/turnaround",
        Kind::Step => "step/repair/hand-back",
        Kind::Promise => "promise/repair/ten-days",
        Kind::Role => "role/service-desk",
        _ => "service/repair",
    }
}

/// Makes the whole id out of what is written: within a service the id alone is enough.
fn whole(kind: Kind, old: &str, new: &str) -> Result<String, Malformed> {
    let folder = kind.folder();
    let bare = new.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')).unwrap_or(new);
    let bare = bare.strip_suffix(".md").unwrap_or(bare);
    let may_have_folders = matches!(kind, Kind::Service | Kind::Playbook | Kind::Checklist | Kind::Page);
    let whole = match (kind.is_within_service(), old.rsplit_once('/')) {
        (true, Some((service, _))) if !bare.contains('/') => format!("{service}/{bare}"),
        (true, Some((service, _))) if !bare.starts_with(&format!("{service}/")) => {
            let message = format!("a {} stays in its service, `{service}`", kind.word());
            return Err(Malformed::new(message, "write the new id alone, such as `turnaround`"));
        }
        _ => bare.to_owned(),
    };
    let depth = |id: &str| id.matches('/').count();
    let fits = whole.split('/').all(is_id) && (may_have_folders || depth(&whole) == depth(old));
    if fits && whole != LIST {
        return Ok(whole);
    }
    let message = format!("{} cannot be the id of a {}", quoted(new), kind.word());
    let proposed: Option<Vec<String>> = bare.split('/').map(proposed_id).collect();
    let proposed = proposed.map(|parts| parts.join(if may_have_folders { "/" } else { "-" }));
    Err(match proposed.filter(|proposed| proposed != LIST) {
        Some(proposed) => Malformed::new(message, format!("write `{proposed}`")),
        None => Malformed::new(message, "write a short English word in lower-case letters, such as `repair`"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::bench;

    fn asked(thing: &str, new: &str) -> Result<String, String> {
        let repair = bench::service("was: mending\nstandards: {quick: {}, sure: {}}\nsteps: {mend: {}}\n");
        let tree = bench::tree(&[("services/repair.md", &repair)]);
        let (checked, _) = bench::look(&tree);
        let said = |asked: Asked| format!("{} {} → {}", asked.kind.word(), asked.old, asked.new);
        Asked::read(thing, new, checked.handbook()).map(said).map_err(|fault| fault.to_string())
    }

    #[test]
    fn a_thing_is_named_by_its_kind_and_id() {
        assert_eq!(asked("service/repair", "care/repair").unwrap(), "service repair → care/repair");
        assert_eq!(asked("services/repair.md", "services/mend.md").unwrap(), "service repair → mend");
        assert_eq!(asked("roles/desk", "counter").unwrap(), "role desk → counter");
        assert_eq!(asked("standard/repair/quick", "fast").unwrap(), "standard repair/quick → repair/fast");
        assert_eq!(asked("step/repair/mend", "repair/do").unwrap(), "step repair/mend → repair/do");
        assert_eq!(asked("service/repair", "mending").unwrap(), "service repair → mending");
    }

    #[test]
    fn what_names_nothing_is_told_with_the_nearest() {
        assert!(asked("servise/repair", "x").unwrap_err().ends_with("did you mean `service/repair`?"));
        assert!(asked("repair", "x").unwrap_err().contains("the kinds are `service`"));
        assert!(asked("service/repiar", "x").unwrap_err().ends_with("did you mean `service/repair`?"));
        assert!(asked("standard/quick", "x").unwrap_err().ends_with("did you mean `standard/repair/quick`?"));
        assert!(asked("calendar/always", "x").unwrap_err().contains("built in"));
    }

    #[test]
    fn an_id_that_cannot_be_or_is_taken_is_refused() {
        assert!(asked("service/repair", "Re Pair").unwrap_err().ends_with("write `re-pair`"));
        assert!(asked("service/repair", "index").is_err());
        assert!(asked("role/desk", "a/b").unwrap_err().ends_with("write `a-b`"));
        assert!(asked("standard/repair/quick", "other/quick").unwrap_err().contains("stays in its service"));
        assert!(asked("service/repair", "repair").unwrap_err().contains("is called `repair` already"));
        assert!(asked("role/desk", "lead").unwrap_err().contains("there is a role `lead` already"));
        assert!(asked("standard/repair/quick", "mend").unwrap_err().contains("there is a step `repair/mend` already"));
    }
}
