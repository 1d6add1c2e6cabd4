//! `review/bulk-bump`: one commit that only moves the review dates of many things.

use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::diagnostic::{Diagnostic, Severity};
use crate::history::{Bump, MANY};
use crate::model::handbook::Handbook;
use crate::source::{SourceTree, Span};

/// The check.
///
/// Its examples show the state of a file alone; that a commit moved many of them is known from git, so that what it finds
/// is shown by the tests below and through the command.
pub const CHECK: Check = Check {
    name: "review/bulk-bump",
    severity: Severity::Warning,
    finds: "One commit moves the review dates of many services and changes nothing else.",
    why: "A review that finds nothing to change in ten services at once was probably none: somebody moved the dates because \
          they were due. Look at the services one by one, and let each date tell when that was. It is known from git, where \
          the handbook lies in a repository whose history is there.",
    wrong: &[],
    right: &[],
    finder: Finder::History(run),
};

/// How many of the services are named.
const NAMED: usize = 3;

fn run(inspection: &Inspection<'_>, bump: &Bump, found: &mut Vec<Diagnostic>) {
    let places = moved(bump, inspection.handbook(), inspection.tree);
    let Some((_, first)) = places.first() else { return };
    let names: Vec<String> = places.iter().take(NAMED).map(|(id, _)| format!("`{id}`")).collect();
    let others = places.len() - names.len();
    let on = bump.on.map(|date| format!(" of {date}")).unwrap_or_default();
    let message = format!(
        "commit {}{on} moves the review dates of {} services and changes nothing else: {} and {others} more",
        bump.commit,
        places.len(),
        names.join(", ")
    );
    let told = CHECK.told(*first, message).action("review each of them, and write the date on which that was done");
    let labelled = places.iter().skip(1).take(NAMED - 1);
    found.push(labelled.fold(told, |told, (_, span)| told.label(*span, "moved by the same commit")));
}

/// Gives the services whose dates are still those that a commit wrote, each with the place of its date; none where they
/// are few.
pub fn moved<'a>(bump: &Bump, handbook: &'a Handbook, tree: &SourceTree) -> Vec<(&'a str, Span)> {
    let mut places: Vec<(&str, Span)> = Vec::new();
    for (id, service) in &handbook.services {
        let Some(last) = service.fields.review.as_ref().and_then(|review| review.last.as_ref()) else { continue };
        let path = &tree.file(service.file).path;
        let moved = bump.moved.iter().find(|(moved, _)| moved.ends_with(path.as_ref()));
        if moved.is_some_and(|(_, date)| *date == last.value) {
            places.push((id, last.span));
        }
    }
    if places.len() < MANY { Vec::new() } else { places }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::bench::{TODAY, look, service, tree};
    use crate::checks::inspect;
    use jiff::civil::{Date, date};

    /// Says what is found in some services, all last reviewed on 2026-11-01, after a commit that moved their dates.
    fn found(count: usize, to: Date) -> Vec<Diagnostic> {
        let text = service("");
        let paths: Vec<String> = (0..count).map(|at| format!("services/s{at}.md")).collect();
        let files: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), text.as_str())).collect();
        let tree = tree(&files);
        let moved = paths.iter().map(|path| (format!("docs/content/{path}"), to)).collect();
        let history = [Bump { commit: "1a2b3c4".into(), on: Some(date(2026, 11, 1)), moved }];
        let mut found = inspect(&look(&tree).0, &tree, TODAY, &history);
        found.retain(|told| told.name == CHECK.name);
        found
    }

    #[test]
    fn dates_that_were_moved_together_are_told_once() {
        let found = found(6, date(2026, 11, 1));
        assert_eq!(
            found.iter().map(|told| told.message.as_str()).collect::<Vec<_>>(),
            [
                "commit 1a2b3c4 of 2026-11-01 moves the review dates of 6 services and changes nothing else: `s0`, `s1`, `s2` and 3 more"
            ]
        );
        assert_eq!(found[0].labels.len(), 2);
    }

    #[test]
    fn services_that_were_reviewed_since_are_not_told() {
        assert_eq!(found(6, date(2026, 10, 1)), []);
        assert_eq!(found(4, date(2026, 11, 1)), []);
    }
}
