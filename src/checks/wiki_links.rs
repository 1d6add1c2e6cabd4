//! References in prose and in short texts: `[[id]]`, `[[id#value]]`, `[[@evidence]]`.

use std::sync::Arc;

use crate::checks::Subject;
use crate::checks::mentions::owner_of_section;
use crate::checks::references::{ambiguous, dangling, dangling_anywhere};
use crate::diagnostic::Diagnostic;
use crate::fields::text::Text;
use crate::fields::value::{Value, Visitor};
use crate::markdown::wiki::{self, WikiLink};
use crate::model::document::Document;
use crate::model::handbook::Documents;
use crate::model::kind::Kind;
use crate::model::lookup::{Miss, Scope};
use crate::model::printable::{NoValue, values_of};
use crate::model::service::Service;
use crate::source::{FileId, Spanned};
use crate::units::nearest::{certain, listed, nearest};

/// The grammatical cases that a value may be printed in.
const CASES: [&str; 4] = ["nominative", "accusative", "dative", "genitive"];

/// Looks at every reference in prose and in short texts.
pub fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let handbook = subject.handbook;
    let services: Vec<&Arc<Document<Service>>> = handbook.services.values().collect();
    let look = |subject: &Subject<'_>, service: &&Arc<Document<Service>>, found: &mut Vec<Diagnostic>| {
        Follower::new(subject, found).service(service);
    };
    subject.tell_each(&services, look, found);
    documents(&handbook.playbooks, subject, found);
    documents(&handbook.checklists, subject, found);
    documents(&handbook.pages, subject, found);
    let mut follower = Follower::new(subject, found);
    for row in handbook.roles.values() {
        row.value.walk(&mut follower);
    }
    for row in handbook.channels.values() {
        row.value.walk(&mut follower);
    }
    for row in handbook.factors.values() {
        row.value.walk(&mut follower);
    }
    for row in handbook.terms.values() {
        row.value.walk(&mut follower);
    }
    for row in handbook.evidence.values() {
        row.value.walk(&mut follower);
    }
}

fn documents<T: Value + Send + Sync>(documents: &Documents<T>, subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let look = |subject: &Subject<'_>, document: &&Arc<Document<T>>, found: &mut Vec<Diagnostic>| {
        Follower::new(subject, found).document(document);
    };
    subject.tell_each(&documents.values().collect::<Vec<_>>(), look, found);
}

struct Follower<'a, 'b> {
    subject: &'a Subject<'a>,
    scope: Scope,
    found: &'b mut Vec<Diagnostic>,
}

impl<'a, 'b> Follower<'a, 'b> {
    fn new(subject: &'a Subject<'a>, found: &'b mut Vec<Diagnostic>) -> Self {
        Self { subject, scope: Scope::default(), found }
    }

    fn service(&mut self, document: &Document<Service>) {
        let (id, fields) = (&document.id, &document.fields);
        self.scope.service = Some(id.clone());
        for row in fields.standards.iter() {
            self.own(Kind::Standard, format!("{id}/{}", row.id), &row.value);
        }
        for row in fields.steps.iter() {
            self.own(Kind::Step, format!("{id}/{}", row.id), &row.value);
        }
        for row in fields.promises.iter() {
            self.own(Kind::Promise, format!("{id}/{}", row.id), &row.value);
        }
        for text in [&fields.title, &fields.audience, &fields.outcome, &fields.because] {
            self.text(text);
        }
        fields.needs.walk(self);
        fields.exceptions.walk(self);
        fields.fee.walk(self);
        fields.approved.walk(self);
        document.files().for_each(|file| self.prose(file));
    }

    fn document<T: Value>(&mut self, document: &Document<T>) {
        document.fields.walk(self);
        document.files().for_each(|file| self.prose(file));
    }

    fn own(&mut self, kind: Kind, id: String, value: &impl Value) {
        self.scope.own = Some((kind, id));
        value.walk(self);
        self.scope.own = None;
    }

    fn prose(&mut self, file: FileId) {
        let Some(prose) = self.subject.prose.get(&file) else { return };
        for link in &prose.wiki_links {
            if let Some(service) = self.scope.service.clone() {
                self.scope.own = owner_of_section(self.subject.handbook, &service, prose, link.span.start);
            }
            self.follow(link);
        }
        self.scope.own = None;
    }

    fn follow(&mut self, link: &WikiLink) {
        let handbook = self.subject.handbook;
        let written = link.target.value.as_str();
        let looked_up = match link.evidence {
            true if handbook.has(Kind::Evidence, written) => Ok((Kind::Evidence, written.to_owned())),
            true if handbook.may_have(Kind::Evidence, written) => Err(Miss::Unknown),
            true => {
                self.found.push(dangling(&self.subject.meant, &[Kind::Evidence], written, link.target.span));
                return;
            }
            false => handbook.look_up(written, &self.scope),
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

    /// Adds the word that is certainly meant; the place of a word in a text with escapes is not certain.
    fn mended(&self, told: Diagnostic, written: &Spanned<String>, words: &[&str]) -> Diagnostic {
        match certain(&written.value, words.iter().copied()) {
            Some(meant) if self.subject.tree.slice(written.span) == written.value => told.fix(written.span, meant),
            _ => told,
        }
    }
}

impl Visitor for Follower<'_, '_> {
    fn text(&mut self, text: &Text) {
        for (_, version) in text.versions() {
            if !version.value.contains("[[") {
                continue;
            }
            let (links, faults) = wiki::parse_all(&version.value, self.place_of(version));
            links.iter().for_each(|link| self.follow(link));
            for fault in faults {
                self.found.push(Diagnostic::error("prose/forbidden", fault.span, fault.message).action(fault.action));
            }
        }
    }
}

impl Follower<'_, '_> {
    /// Finds where the characters of a text begin, behind a quotation mark if there is one.
    fn place_of(&self, version: &Spanned<String>) -> crate::source::Span {
        let written = self.subject.tree.slice(version.span);
        let start = written.find(version.value.as_str()).unwrap_or(0);
        version.span.part(start, (version.span.end - version.span.start) as usize)
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
