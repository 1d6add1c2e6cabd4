//! What git tells of a handbook's past, as pages and answers need it.

use std::path::Path;
use std::sync::Arc;

use pledgebook::diff::past::{decisions, may_decide};
use pledgebook::model::handbook::Handbook;
use pledgebook::pipeline::Past;
use pledgebook::view::past::ByService;

use super::git::{self, Missing};

/// A handbook whose past is asked.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    /// The root of the handbook.
    pub(crate) root: &'a Path,
    /// The path of the content folder below it, such as `content/`.
    pub(crate) prefix: &'a str,
    /// The handbook as it is now.
    pub(crate) handbook: &'a Handbook,
}

/// Which files are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Of {
    /// Those on disk: of one that differs from what git has, the last change is not known.
    Disk,
    /// Those of the revision itself.
    Revision,
}

/// Tells the past of a handbook up to a revision.
pub(crate) fn known(asked: Asked<'_>, revision: &str, of: Of) -> Result<Past, Missing> {
    let languages = asked.handbook.config.language_tags();
    let uncommitted = || if of == Of::Disk { git::uncommitted(asked.root) } else { Ok(Vec::new()) };
    let past = || git::past(asked.root, revision, |path| may_decide(path, asked.prefix, &languages));
    let (past, uncommitted) = rayon::join(past, uncommitted);
    let mut past = past?;
    for path in uncommitted? {
        past.last.remove(&path);
    }
    let decided = decisions(past.revisions, asked.prefix, asked.handbook, &past.content);
    let services = Arc::new(ByService::of(&decided));
    let revision = revision.to_owned();
    Ok(Past { revision, decided, services, is_cut: past.shallow, last: past.last, files: None })
}
