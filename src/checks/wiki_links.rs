//! References in prose and in short texts: `[[id]]`, `[[id#value]]`, `[[@evidence]]`.

use std::collections::{BTreeMap, BTreeSet};

use crate::checks::Subject;
use crate::checks::mentions::{self, Met, Places, Stretch};
use crate::checks::references::{ambiguous, dangling, dangling_anywhere};
use crate::diagnostic::Diagnostic;
use crate::fields::text::Text;
use crate::markdown::wiki::{self, WikiLink};
use crate::model::kind::Kind;
use crate::model::lookup::{Miss, Scope, Thing};
use crate::model::printable::{NoValue, Printable, values_of};
use crate::source::{Span, Spanned};
use crate::units::nearest::{certain, listed, nearest};

/// The grammatical cases that a value may be printed in.
const CASES: [&str; 4] = ["nominative", "accusative", "dative", "genitive"];

/// Looks at every reference in prose and in short texts.
pub fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let look = |subject: &Subject<'_>, stretch: &Stretch<'_>, found: &mut Vec<Diagnostic>| {
        let (handbook, prose, tree) = (subject.handbook, subject.prose, subject.tree);
        let mut follower = Follower { subject, found, printed: BTreeMap::new() };
        mentions::within(Places { handbook, prose, tree }, stretch, &mut |met| match met {
            Met::Link(link, scope, _) => follower.follow(link, scope),
            Met::Fault(fault) => {
                let told = Diagnostic::error("prose/forbidden", fault.span, fault.message);
                follower.found.push(told.action(fault.action));
            }
        });
    };
    subject.tell_each(&mentions::stretches(subject.handbook), look, found);
}

/// A value of a thing, by its name.
type PrintedValue = (Thing, String);

struct Follower<'a, 'b> {
    subject: &'a Subject<'a>,
    found: &'b mut Vec<Diagnostic>,
    /// The links that are printed with values in words, as far as they were asked for.
    printed: BTreeMap<PrintedValue, BTreeSet<Span>>,
}

impl Follower<'_, '_> {
    fn follow(&mut self, link: &WikiLink, scope: &Scope) {
        let handbook = self.subject.handbook;
        let written = link.target.value.as_str();
        let looked_up = match link.evidence {
            true if handbook.has(Kind::Evidence, written) => Ok((Kind::Evidence, written.to_owned())),
            true if handbook.may_have(Kind::Evidence, written) => Err(Miss::Unknown),
            true => {
                self.found.push(dangling(&self.subject.meant, &[Kind::Evidence], written, link.target.span));
                return;
            }
            false => handbook.look_up(written, scope),
        };
        match looked_up {
            Ok((kind, id)) => self.follow_value(link, kind, &id),
            Err(Miss::Unknown) => {}
            Err(Miss::Dangling) => self.found.push(dangling_anywhere(&self.subject.meant, written, link.target.span)),
            Err(Miss::Ambiguous(things)) => self.found.push(ambiguous(written, link.target.span, &things)),
            Err(Miss::NoOwn) => {
                let told = Diagnostic::error(
                    "reference/value",
                    link.span,
                    "this text belongs to no standard, step or promise, so there is nothing to print",
                );
                self.found.push(told.action("name the thing: `[[repair/turnaround#limit]]`"));
            }
        }
    }

    fn follow_value(&mut self, link: &WikiLink, kind: Kind, id: &str) {
        if let Some(case) = link.case.as_ref().filter(|case| !CASES.contains(&case.value.as_str())) {
            let told =
                Diagnostic::error("reference/value", case.span, format!("`{}` is not a grammatical case", case.value));
            let told = told.action(format!("write {}", listed(CASES)));
            self.found.push(self.mended(told, case, &CASES));
        }
        let Some(value) = &link.value else { return };
        if values_of(kind).is_empty() {
            return super::links::tell_anchor(self.subject, (kind, id), value, self.found);
        }
        let told = |message: String| Diagnostic::error("reference/value", value.span, message);
        match self.subject.handbook.value_of(kind, id, &value.value) {
            Ok(Printable::Text(text)) => {
                let printed = ((kind, id.to_owned()), value.value.clone());
                if self.comes_back(link.span, printed, &text) {
                    let message = format!("`{}` of the {} `{id}` prints itself", value.value, kind.word());
                    let told = Diagnostic::error("reference/cycle", link.span, message);
                    self.found.push(told.action("say it here in words, or print another value"));
                }
            }
            Ok(_) | Err(NoValue::Faulty) => {}
            Err(NoValue::NotGiven) => {
                let message = format!("the {} `{id}` has no `{}`", kind.word(), value.value);
                self.found.push(told(message).action(format!("add `{}` to it, or print another value", value.value)));
            }
            Err(NoValue::NotOfKind(names)) => {
                let message = format!("a {} has no value `{}`", kind.word(), value.value);
                let told = match nearest(&value.value, names.iter().copied()) {
                    Some(near) => {
                        told(message).hint(format!("did you mean `{near}`?")).action(format!("write `{near}`"))
                    }
                    None => told(message).action(format!("write {}", listed(names.iter().copied()))),
                };
                self.found.push(self.mended(told, value, names));
            }
        }
    }

    /// Tells whether a value in words that a link prints, or one that is printed in it, prints the same link.
    fn comes_back(&mut self, link: Span, value: PrintedValue, text: &Text) -> bool {
        if !self.printed.contains_key(&value) {
            let within = self.printed_within(&value, text);
            self.printed.insert(value.clone(), within);
        }
        self.printed[&value].contains(&link)
    }

    /// Finds the links that are printed with a value in words: its own, and those of values in words that they print.
    fn printed_within(&self, value: &PrintedValue, text: &Text) -> BTreeSet<Span> {
        let handbook = self.subject.handbook;
        let mut links = BTreeSet::new();
        let mut met = BTreeSet::from([value.clone()]);
        let mut open = vec![(value.0.clone(), text.clone())];
        while let Some((thing, text)) = open.pop() {
            let service = thing.1.rsplit_once('/').map(|(service, _)| service.to_owned());
            let scope = Scope { service, own: Some(thing) };
            let place = |words| mentions::place_of(self.subject.tree, words);
            for inner in text.versions().flat_map(|(_, words)| wiki::parse_all(&words.value, place(words)).0) {
                links.insert(inner.span);
                let Some(name) = inner.value else { continue };
                let Ok(thing) = handbook.look_up(&inner.target.value, &scope) else { continue };
                if met.insert((thing.clone(), name.value.clone()))
                    && let Ok(Printable::Text(text)) = handbook.value_of(thing.0, &thing.1, &name.value)
                {
                    open.push((thing, text));
                }
            }
        }
        links
    }

    /// Adds the word that is certainly meant; the place of a word in a text with escapes is not certain.
    fn mended(&self, told: Diagnostic, written: &Spanned<String>, words: &[&str]) -> Diagnostic {
        match certain(&written.value, words.iter().copied()) {
            Some(meant) if self.subject.tree.slice(written.span) == written.value => told.fix(written.span, meant),
            _ => told,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::{found, found_in_service};

    const QUICK: &str = "\
standards:
  quick: {kind: timeliness, statement: \"{TEXT}\", limit: 2 weeks, clock: {start: A, stop: B}, target: 90%, measure: {as: observed}}
";

    /// Says what is found in the statement of a standard.
    fn in_statement(text: &str) -> Vec<String> {
        let short = |line: String| line.replace("services/repair.md:", "");
        found_in_service(&QUICK.replace("{TEXT}", text)).into_iter().map(short).collect()
    }

    /// Says what is found in the prose of a page.
    fn in_page(body: &str) -> Vec<String> {
        let page = format!("---\ntitle: P\nkind: guide\n---\n{body}\n");
        found(&[("pages/p.md", &page)])
    }

    #[test]
    fn sound_references_are_not_told() {
        for text in ["[[#limit]]", "[[quick#limit:dative]]", "[[desk]]", "[[roles/desk|our desk]]", "[[repair]]"] {
            assert_eq!(in_statement(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_value_that_a_thing_does_not_give_or_cannot_have_is_told() {
        let no_legal =
            "reference/value 8 the standard `repair/quick` has no `legal` → add `legal` to it, or print another value";
        assert_eq!(in_statement("[[#legal]]"), [no_legal]);
        let line = in_statement("[[#limmit]]").remove(0);
        assert_eq!(line, "reference/value 8 a standard has no value `limmit` → write `limit`");
        assert!(
            in_statement("[[#limit:vocative]]")[0]
                .starts_with("reference/value 8 `vocative` is not a grammatical case")
        );
        assert!(
            in_statement("[[calendars/shop#limit]]")[0]
                .starts_with("reference/value 8 a calendar has no value `limit`")
        );
    }

    #[test]
    fn a_value_of_its_own_needs_a_thing_of_its_own() {
        let line = in_page("[[#limit]]").remove(0);
        assert!(
            line.starts_with("reference/value pages/p.md:5 this text belongs to no standard, step or promise"),
            "{line}"
        );
        assert_eq!(
            found_in_service(&format!("{}---\n## Q {{#quick}}\n[[#limit]]\n", QUICK.replace("{TEXT}", "T"))),
            [""; 0]
        );
        let outside = found_in_service(&format!("{}---\n[[#limit]]\n", QUICK.replace("{TEXT}", "T")));
        assert_eq!(outside.len(), 1, "{outside:?}");
    }

    #[test]
    fn a_value_in_words_that_prints_itself_is_told_where_it_does() {
        let windows = |quick: &str, other: &str| {
            let standards = format!(
                "standards:\n  quick: {{kind: timeliness, statement: \"T [[#window]]\", limit: 2 weeks, window: \"{quick}\", clock: {{start: A, stop: B}}, target: 90%, measure: {{as: observed}}}}\n  other: {{kind: timeliness, statement: T, limit: 2 weeks, window: \"{other}\", clock: {{start: A, stop: B}}, target: 90%, measure: {{as: observed}}}}\n"
            );
            found_in_service(&standards).into_iter().filter(|line| line.starts_with("reference")).collect::<Vec<_>>()
        };
        let itself = "reference/cycle services/repair.md:8 `window` of the standard `repair/quick` prints itself \
            → say it here in words, or print another value";
        assert_eq!(windows("W [[#window]]", "W"), [itself]);
        assert_eq!(windows("[[other#window]]", "[[quick#window]]").len(), 2, "each where it prints the other");
        assert_eq!(windows("[[other#window]]", "W, not [[#limit]], see [[quick]]"), [""; 0]);
        assert_eq!(windows("[[other#window]]", "W [[#window]]").len(), 1, "only the one in the circle");
    }

    #[test]
    fn references_that_lead_nowhere_are_told_with_the_nearest() {
        let line = in_page("[[desc]]").remove(0);
        assert!(line.starts_with("reference/dangling pages/p.md:5 `desc` names nothing in this handbook"), "{line}");
        assert!(line.ends_with("→ write `desk`") || line.contains("`roles/desk`"), "{line}");
        let line = in_page("[[roles/dessk]]").remove(0);
        assert!(line.starts_with("reference/dangling pages/p.md:5 there is no role `dessk`"), "{line}");
        assert!(line.ends_with("→ write `roles/desk`"), "{line}");
        let lines = in_page("[[@tarp]]");
        assert!(
            lines[0].starts_with("reference/dangling pages/p.md:5 there is no piece of evidence `tarp`"),
            "{lines:?}"
        );
    }

    #[test]
    fn the_part_behind_the_sign_of_a_page_is_a_heading_of_it() {
        assert_eq!(in_page("## One\n[[p#one]]"), [""; 0]);
        assert!(in_page("## One\n[[p#on]]")[0].starts_with("link/anchor pages/p.md:6"));
    }

    #[test]
    fn a_malformed_reference_in_a_short_text_is_told_once() {
        let lines = in_statement("Ready [[]]");
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert!(lines[0].starts_with("prose/forbidden 8"), "{lines:?}");
    }

    #[test]
    fn texts_of_registers_are_looked_at_too() {
        let lines = found(&[("registers/terms.yaml", "a: {text: A, meaning: \"[[nobody]]\"}\n")]);
        assert!(lines[0].starts_with("reference/dangling registers/terms.yaml:1 `nobody`"), "{lines:?}");
        let lines = found(&[("registers/factors.yaml", "a: {text: \"[[nobody]]\", kind: satisfier}\n")]);
        assert!(lines[0].starts_with("reference/dangling registers/factors.yaml:1 `nobody`"), "{lines:?}");
    }
}
