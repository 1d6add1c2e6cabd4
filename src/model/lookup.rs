//! Which thing a reference in prose names.

use crate::model::handbook::Handbook;
use crate::model::kind::{Kind, whole_id};

/// A thing by kind and whole id.
pub type Thing = (Kind, String);

/// Where a reference is written: what `[[turnaround]]` and `[[#limit]]` mean depends on it.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// The service whose file it is.
    pub service: Option<String>,
    /// The thing whose text it is.
    pub own: Option<Thing>,
}

/// Why a reference names no thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Miss {
    /// There is none of that name.
    Dangling,
    /// There may be one, in a file that could not be read.
    Unknown,
    /// There are several.
    Ambiguous(Vec<Thing>),
    /// `[[#limit]]` stands where no thing of its own is.
    NoOwn,
}

impl Handbook {
    /// Finds the thing that a reference names.
    ///
    /// With a kind in front, `roles/service-desk`, that kind alone; within a service its own things first; then all
    /// kinds. An empty target is the thing whose text it is.
    pub fn look_up(&self, written: &str, scope: &Scope) -> Result<Thing, Miss> {
        if written.is_empty() {
            return scope.own.clone().ok_or(Miss::NoOwn);
        }
        let service = scope.service.as_deref();
        if let Some((folder, rest)) = written.split_once('/')
            && let Some(kind) = Kind::of_folder(folder)
        {
            return self.one(std::iter::once(kind), rest, service);
        }
        if service.is_some() && !written.contains('/') {
            let own = Kind::ALL.into_iter().filter(|kind| kind.is_within_service());
            match self.one(own, written, service) {
                Err(Miss::Dangling | Miss::Unknown) => {}
                found => return found,
            }
        }
        self.one(Kind::ALL.into_iter().filter(|kind| *kind != Kind::Evidence), written, service)
    }

    /// Finds the one thing that is so called, of some kinds.
    fn one(
        &self,
        mut kinds: impl Iterator<Item = Kind> + Clone,
        written: &str,
        service: Option<&str>,
    ) -> Result<Thing, Miss> {
        let within = whole_id(Kind::Standard, written, service);
        let id = |kind: Kind| if kind.is_within_service() { within.as_str() } else { written };
        let there: Vec<Kind> = kinds.clone().filter(|kind| self.has(*kind, id(*kind))).collect();
        let thing = |kind: &Kind| (*kind, id(*kind).to_owned());
        match there.as_slice() {
            [kind] => Ok(thing(kind)),
            [] if kinds.any(|kind| self.may_have(kind, id(kind))) => Err(Miss::Unknown),
            [] => Err(Miss::Dangling),
            several => Err(Miss::Ambiguous(several.iter().map(thing).collect())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::bench;

    fn found(written: &str, service: Option<&str>) -> Result<String, Miss> {
        let repair = bench::service("standards: {quick: {}, desk: {}}\nsteps: {both: {}}\npromises: {both: {}}\n");
        let list = "---\ntitle: O\nuse: case\nby: desk\nitems: {a: A}\n---\n";
        let files = bench::tree(&[
            ("services/repair.md", &repair),
            ("services/broken.md", "---\ntitle: [\n---\n"),
            ("checklists/lead.md", list),
            ("registers/evidence.yaml", "tarp: {claim: C, source: S, quality: primary}\n"),
        ]);
        let (checked, _) = bench::look(&files);
        let own = service.map(|service| (Kind::Standard, format!("{service}/quick")));
        let scope = Scope { service: service.map(str::to_owned), own };
        checked.handbook().look_up(written, &scope).map(|(kind, id)| format!("{} {id}", kind.word()))
    }

    #[test]
    fn a_service_s_own_things_come_first_within_it() {
        assert_eq!(found("desk", Some("repair")), Ok("standard repair/desk".into()));
        assert_eq!(found("desk", None), Ok("role desk".into()));
        assert_eq!(found("repair/quick", None), Ok("standard repair/quick".into()));
        assert_eq!(found("quick", None), Err(Miss::Dangling));
    }

    #[test]
    fn a_kind_in_front_leaves_no_doubt() {
        assert_eq!(found("roles/lead", None), Ok("role lead".into()));
        assert_eq!(found("checklists/lead", None), Ok("checklist lead".into()));
        assert_eq!(found("roles/nobody", None), Err(Miss::Dangling));
        assert_eq!(found("roles/desk", Some("repair")), Ok("role desk".into()));
    }

    #[test]
    fn what_several_things_are_called_is_ambiguous() {
        let several = vec![(Kind::Checklist, "lead".to_owned()), (Kind::Role, "lead".to_owned())];
        assert_eq!(found("lead", None), Err(Miss::Ambiguous(several)));
        assert!(matches!(found("both", Some("repair")), Err(Miss::Ambiguous(things)) if things.len() == 2));
    }

    #[test]
    fn nothing_written_is_the_thing_itself_where_there_is_one() {
        assert_eq!(found("", Some("repair")), Ok("standard repair/quick".into()));
        assert_eq!(found("", None), Err(Miss::NoOwn));
    }

    #[test]
    fn evidence_is_named_only_with_its_kind() {
        assert_eq!(found("tarp", None), Err(Miss::Dangling));
        assert_eq!(found("evidence/tarp", None), Ok("piece of evidence tarp".into()));
    }

    #[test]
    fn what_a_file_that_could_not_be_read_may_hold_is_unknown() {
        assert_eq!(found("broken/anything", None), Err(Miss::Unknown));
    }
}
