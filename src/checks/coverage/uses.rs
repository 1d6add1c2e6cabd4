//! What is used: named in a field, a register, a text, prose or a result.

use std::collections::{BTreeMap, BTreeSet};

use crate::checks::inspection::Inspection;
use crate::checks::links::resolve;
use crate::checks::meant::Meant;
use crate::fields::text::Text;
use crate::fields::value::{Reference, Value, Visitor};
use crate::markdown::wiki;
use crate::model::handbook::{Documents, Register};
use crate::model::kind::Kind;
use crate::model::lookup::{Miss, Scope, Thing};
use crate::source::{FileId, Span};

/// What is used by something other than itself.
pub struct Uses<'a> {
    meant: Meant<'a>,
    /// The thing that is being looked at.
    own: Option<Thing>,
    scope: Scope,
    used: BTreeSet<Thing>,
}

/// The kinds of things of which it is asked whether they are used; there are far more references to others.
const ASKED: [Kind; 7] =
    [Kind::Playbook, Kind::Checklist, Kind::Role, Kind::Channel, Kind::Calendar, Kind::Factor, Kind::Term];

impl<'a> Uses<'a> {
    /// Finds what is used in a handbook.
    pub fn of(inspection: &Inspection<'a>) -> Self {
        let handbook = inspection.handbook();
        let mut uses = Self { meant: Meant::of(handbook), own: None, scope: Scope::default(), used: BTreeSet::new() };
        uses.documents(&handbook.services, Kind::Service);
        uses.documents(&handbook.playbooks, Kind::Playbook);
        uses.documents(&handbook.checklists, Kind::Checklist);
        uses.documents(&handbook.pages, Kind::Page);
        uses.register(&handbook.roles, Kind::Role);
        uses.register(&handbook.channels, Kind::Channel);
        uses.register(&handbook.calendars, Kind::Calendar);
        uses.register(&handbook.factors, Kind::Factor);
        uses.register(&handbook.terms, Kind::Term);
        uses.register(&handbook.evidence, Kind::Evidence);
        uses.prose(inspection);
        uses.go_to(None);
        for channel in handbook.results.iter().filter_map(|line| line.channel.as_ref()) {
            uses.name(Kind::Channel, &channel.id);
        }
        if let Some(calendar) = &handbook.config.calendar {
            uses.name(Kind::Calendar, &calendar.value);
        }
        uses
    }

    /// Tells whether something other than the thing itself uses it; only of things of the kinds of which it is asked.
    pub fn has(&self, kind: Kind, id: &str) -> bool {
        self.used.contains(&(kind, id.to_owned()))
    }

    fn go_to(&mut self, own: Option<Thing>) {
        let service = own.as_ref().filter(|(kind, _)| *kind == Kind::Service).map(|(_, id)| id.clone());
        self.scope = Scope { service, own: None };
        self.own = own;
    }

    fn documents<T: Value>(&mut self, documents: &Documents<T>, kind: Kind) {
        for (id, document) in documents {
            self.go_to(Some((kind, id.clone())));
            document.fields.walk(self);
        }
    }

    fn register<T: Value>(&mut self, register: &Register<T>, kind: Kind) {
        for (id, row) in register {
            self.go_to(Some((kind, id.clone())));
            row.value.walk(self);
        }
    }

    fn prose(&mut self, inspection: &Inspection<'_>) {
        let handbook = inspection.handbook();
        let mut files: BTreeMap<FileId, Thing> = BTreeMap::new();
        let playbooks =
            handbook.playbooks.iter().flat_map(|(id, it)| it.files().map(move |file| (file, Kind::Playbook, id)));
        let checklists =
            handbook.checklists.iter().flat_map(|(id, it)| it.files().map(move |file| (file, Kind::Checklist, id)));
        files.extend(playbooks.chain(checklists).map(|(file, kind, id)| (file, (kind, id.clone()))));
        for written in &inspection.written {
            self.go_to(Some(written.thing.clone()));
            for link in written.prose.wiki_links.iter().filter(|link| !link.evidence) {
                self.follow(&link.target.value);
            }
            let path = &inspection.tree.file(written.prose.base.file).path;
            for link in written.prose.links.iter().filter(|link| link.is_relative()) {
                let target = resolve(path, &link.destination.value).and_then(|target| inspection.tree.find(&target));
                if let Some(thing) = target.and_then(|file| files.get(&file)) {
                    self.mark(thing.clone());
                }
            }
        }
    }

    /// Notes a thing whose kind is known; the one that is meant where the name is misspelt, which is told as such.
    fn name(&mut self, kind: Kind, id: &str) {
        if !ASKED.contains(&kind) {
            return;
        }
        match self.meant.handbook.has(kind, id) {
            true => self.mark((kind, id.to_owned())),
            false => {
                let meant = self.meant.best(kind, id).map(|near| (kind, near.to_owned()));
                meant.into_iter().for_each(|thing| self.mark(thing));
            }
        }
    }

    /// Notes what a reference in a text names; all that it may name where that is not clear.
    fn follow(&mut self, written: &str) {
        let kind = written.split_once('/').and_then(|(folder, rest)| Some((Kind::of_folder(folder)?, rest)));
        match (self.meant.handbook.look_up(written, &self.scope), kind) {
            (Ok(thing), _) => self.mark(thing),
            (Err(Miss::Ambiguous(things)), _) => things.into_iter().for_each(|thing| self.mark(thing)),
            (Err(_), Some((kind, rest))) => self.name(kind, rest),
            (Err(_), None) => Kind::ALL.into_iter().for_each(|kind| self.name(kind, written)),
        }
    }

    fn mark(&mut self, thing: Thing) {
        if ASKED.contains(&thing.0) && self.own.as_ref() != Some(&thing) {
            self.used.insert(thing);
        }
    }
}

impl Visitor for Uses<'_> {
    fn text(&mut self, text: &Text) {
        for (_, version) in text.versions().filter(|(_, version)| version.value.contains("[[")) {
            let nowhere = Span::new(version.span.file, 0, version.value.len());
            for link in wiki::parse_all(&version.value, nowhere).0.iter().filter(|link| !link.evidence) {
                self.follow(&link.target.value);
            }
        }
    }

    fn reference(&mut self, reference: &Reference) {
        match Kind::of_folder(reference.kind) {
            Some(kind) => self.name(kind, &reference.id),
            None => self.follow(&reference.id),
        }
    }
}

/// The words of a handbook in small letters, to look for a term in them.
pub struct Words {
    text: String,
    of_terms: Vec<(String, String)>,
}

impl Words {
    /// Collects all words.
    pub fn of(inspection: &Inspection<'_>) -> Self {
        let mut words = Self { text: String::new(), of_terms: Vec::new() };
        for said in &inspection.said {
            match &said.thing {
                (Kind::Term, id) => words.of_terms.push((id.clone(), folded(&said.text.value))),
                _ => words.add(&said.text.value),
            }
        }
        inspection.written.iter().for_each(|written| words.add(&written.prose.text));
        words
    }

    fn add(&mut self, text: &str) {
        self.text.push_str(&folded(text));
        self.text.push('\n');
    }

    /// Tells whether a term occurs anywhere but in its own entry, in any language and in singular or plural.
    pub fn have(&self, id: &str, term: &Text) -> bool {
        term.versions().map(|(_, version)| folded(&version.value)).any(|word| {
            let stem = word.strip_suffix('s').filter(|stem| stem.len() > 3).unwrap_or(&word);
            let elsewhere = self.of_terms.iter().filter(|(other, _)| other != id);
            self.text.contains(stem) || elsewhere.into_iter().any(|(_, text)| text.contains(stem))
        })
    }
}

/// Gives a text in small letters, on one line.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Gives the names of the files that some text names, wherever it stands.
pub fn named_files<'a>(inspection: &Inspection<'a>) -> BTreeSet<&'a str> {
    let handbook = inspection.handbook();
    let name = |path: &'a str| path.rsplit('/').next().unwrap_or_default();
    let wanted: BTreeSet<&str> = handbook.pictures.keys().map(|path| name(path)).collect();
    if wanted.is_empty() {
        return wanted;
    }
    let texts: Vec<&str> =
        inspection.tree.iter().filter_map(|(id, _)| inspection.tree.text(id)).map(|text| text.as_str()).collect();
    let plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | '-' | '_');
    let tokens: BTreeSet<&str> =
        texts.iter().flat_map(|text| text.split(|letter| !plain(letter))).filter(|token| token.contains('.')).collect();
    // A name with a blank in it, or with other marks, is looked for as it is and as an address writes it.
    let odd = |name: &str| {
        let address = name.replace(' ', "%20");
        !name.chars().all(plain) && texts.iter().any(|text| text.contains(name) || text.contains(&address))
    };
    wanted.into_iter().filter(|name| tokens.contains(name) || odd(name)).collect()
}

#[cfg(test)]
mod tests {
    use super::{Uses, Words};
    use crate::checks::bench::{TODAY, look, service, tree};
    use crate::checks::inspection::Inspection;
    use crate::model::kind::Kind;

    /// Tells which of some roles are used, beside those of `service`, which has no owner of its own but `desk`.
    fn used(rest: &str, ids: &[&'static str]) -> Vec<&'static str> {
        let roles = "desk: {title: Desk}\nlead: {title: Lead, deputy: boss}\nboss: {title: B, reports_to: boss}\nnurse: {title: [[roles/nurse]]}\n";
        let roles = roles.replace("[[roles/nurse]]", "\"[[roles/nurse]]\"");
        let service = service(rest);
        let tree = tree(&[("services/repair.md", &service), ("registers/roles.yaml", &roles)]);
        let (checked, _) = look(&tree);
        let uses = Uses::of(&Inspection::of(&checked, &tree, TODAY));
        ids.iter().copied().filter(|id| uses.has(Kind::Role, id)).collect()
    }

    #[test]
    fn a_field_a_text_and_prose_use_what_they_name() {
        let all = ["desk", "lead", "boss", "nurse"];
        assert_eq!(used("", &all), ["desk", "boss"]);
        assert_eq!(used("because: Ask [[roles/lead]].\n", &all), ["desk", "lead", "boss"]);
        assert_eq!(used("---\nAsk [[lead]].\n", &all), ["desk", "lead", "boss"]);
    }

    #[test]
    fn nothing_uses_itself() {
        assert_eq!(used("", &["nurse"]), [""; 0]);
    }

    #[test]
    fn a_name_that_is_misspelt_uses_the_one_that_is_meant() {
        assert_eq!(used("steps: {s: {actor: nurze}}\n", &["nurse"]), ["nurse"]);
    }

    #[test]
    fn a_term_occurs_in_another_form_but_not_in_its_own_entry() {
        let terms = "fault: {text: faults, meaning: A fault is a fault.}\ncase: {text: dossier, meaning: A dossier.}\n";
        let service = service("---\nDescribe the Fault.\n");
        let tree = tree(&[("services/repair.md", &service), ("registers/terms.yaml", terms)]);
        let (checked, _) = look(&tree);
        let words = Words::of(&Inspection::of(&checked, &tree, TODAY));
        let has = |id: &str| words.have(id, &checked.handbook().terms[id].value.text);
        assert_eq!((has("fault"), has("case")), (true, false));
    }
}
