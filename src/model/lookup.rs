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
            return self.one(vec![(kind, whole_id(kind, rest, service))]);
        }
        let all = |kinds: &mut dyn Iterator<Item = Kind>| -> Vec<Thing> {
            kinds.map(|kind| (kind, whole_id(kind, written, service))).collect()
        };
        if service.is_some() && !written.contains('/') {
            let own = all(&mut Kind::ALL.into_iter().filter(|kind| kind.is_within_service()));
            if own.iter().any(|(kind, id)| self.has(*kind, id)) {
                return self.one(own);
            }
        }
        self.one(all(&mut Kind::ALL.into_iter().filter(|kind| *kind != Kind::Evidence)))
    }

    /// Finds the one of some candidates that is there.
    fn one(&self, candidates: Vec<Thing>) -> Result<Thing, Miss> {
        let mut found: Vec<Thing> = candidates.iter().filter(|(kind, id)| self.has(*kind, id)).cloned().collect();
        match found.len() {
            1 => Ok(found.remove(0)),
            0 if candidates.iter().any(|(kind, id)| self.may_have(*kind, id)) => Err(Miss::Unknown),
            0 => Err(Miss::Dangling),
            _ => Err(Miss::Ambiguous(found)),
        }
    }
}
