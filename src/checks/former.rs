//! `link/taken`: an earlier id that another thing has, or had too, so that a link to it would have two ends.

use std::collections::BTreeMap;

use crate::checks::Subject;
use crate::diagnostic::Diagnostic;
use crate::model::former::Renamed;
use crate::model::handbook::Handbook;
use crate::model::kind::Kind;
use crate::source::Span;

/// Looks at every earlier id.
pub fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let mut first: BTreeMap<(Kind, String), (String, Span)> = BTreeMap::new();
    for Renamed { kind, was, id, span } in subject.handbook.renamed() {
        if let Some(other) = holder(subject.handbook, kind, &was) {
            let message = match other == id {
                true => format!("`{id}` is what the {} is called now", kind.word()),
                false => format!("`{was}` is the id of the {} `{other}`, so a link to it leads there", kind.word()),
            };
            found.push(told(span, message).action("remove the earlier id here"));
        } else if let Some((other, there)) = first.get(&(kind, was.clone())).filter(|(other, _)| *other != id) {
            let message = format!("`{was}` is an earlier id of the {} `{other}`, too", kind.word());
            found.push(told(span, message).label(*there, "written here, too").action("keep one of the two"));
        } else {
            first.insert((kind, was), (id, span));
        }
    }
    // The ids of a service under a name that it had before make one clash each; the author wrote one.
    found.dedup_by(|later, earlier| later.name == "link/taken" && later.place == earlier.place);
}

fn told(span: Span, message: String) -> Diagnostic {
    Diagnostic::error("link/taken", span, message)
}

/// Finds the thing that a link to an earlier id leads to because it has that id.
///
/// Standards, steps and promises of a service share the anchors of its page.
fn holder(handbook: &Handbook, kind: Kind, was: &str) -> Option<String> {
    let same = |kind: &Kind| handbook.has(*kind, was);
    let kinds = match kind.is_within_service() {
        true => &[Kind::Standard, Kind::Promise, Kind::Step][..],
        false => &[kind][..],
    };
    kinds.iter().any(same).then(|| was.to_owned())
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::{found, found_in_service};

    fn pages(first: &str, second: &str) -> Vec<String> {
        let page = |was: &str| format!("---\ntitle: P\nkind: guide\n{was}---\n");
        found(&[("pages/a.md", &page(first)), ("pages/b.md", &page(second))])
    }

    #[test]
    fn an_earlier_id_that_nothing_has_is_fine() {
        assert_eq!(pages("was: old\n", "was: [older, a/b]\n"), [""; 0]);
    }

    #[test]
    fn an_earlier_id_that_another_thing_has_or_had_is_told() {
        assert_eq!(
            pages("was: b\n", ""),
            [
                "link/taken pages/a.md:4 `b` is the id of the page `b`, so a link to it leads there → remove the earlier id here"
            ]
        );
        assert_eq!(
            pages("was: old\n", "was: [old]\n"),
            ["link/taken pages/b.md:4 `old` is an earlier id of the page `a`, too → keep one of the two"]
        );
        assert_eq!(
            pages("was: a\n", ""),
            ["link/taken pages/a.md:4 `a` is what the page is called now → remove the earlier id here"]
        );
    }

    #[test]
    fn things_of_a_service_share_its_anchors() {
        let list = "steps: {mend: {title: M, actor: desk, stage: front, was: quick}, quick: {title: Q, actor: desk, stage: front}}\n";
        let lines = found_in_service(list);
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert!(lines[0].starts_with("link/taken services/repair.md:7 `repair/quick` is the id of"), "{lines:?}");
    }
}
