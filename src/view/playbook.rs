//! A playbook, and its phrases on other pages.

use serde::Serialize;

use super::footer::Footer;
use super::html::{Html, Link};
use super::writer::Writer;
use crate::fields::text::Text;
use crate::model::document::Document;
use crate::model::kind::Kind;
use crate::model::playbook::Playbook;

/// When to hand over, and to whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EscalationView {
    /// To whom.
    pub to: Option<Link>,
    /// When; empty where it is always.
    pub when: Html,
}

/// A playbook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlaybookView {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: Html,
    /// What one sees and hears.
    pub cues: Vec<Html>,
    /// The moment it is for.
    pub when: Html,
    /// What it takes.
    pub skills: Vec<Html>,
    /// What to say.
    pub say: Vec<Html>,
    /// What never to say.
    pub never_say: Vec<Html>,
    /// When to hand over.
    pub escalate: Vec<EscalationView>,
    /// The steps that use it.
    pub used_in: Vec<Link>,
    /// The prose.
    pub prose: Html,
    /// Whatever `extra` holds.
    pub extra: serde_json::Value,
    /// Head and foot.
    pub footer: Footer,
}

/// The phrases of a playbook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PhraseList {
    /// The playbook.
    pub playbook: Link,
    /// What to say.
    pub say: Vec<Html>,
    /// What never to say.
    pub never_say: Vec<Html>,
}

impl Writer<'_> {
    /// Shows a playbook.
    pub fn playbook(&self, playbook: &Document<Playbook>) -> PlaybookView {
        let fields = &playbook.fields;
        PlaybookView {
            id: playbook.id.clone(),
            title: self.title(&fields.title),
            cues: self.texts(&fields.cues),
            when: self.text(&fields.when),
            skills: self.texts(&fields.skills),
            say: self.texts(&fields.say),
            never_say: self.texts(&fields.never_say),
            escalate: self.escalations(fields),
            used_in: self.used_in(Kind::Playbook, &playbook.id),
            prose: self.body(playbook),
            extra: fields.extra.as_ref().map(|extra| extra.0.clone()).unwrap_or_default(),
            footer: self.footer(playbook),
        }
    }

    /// Writes texts that belong to no standard, step or promise.
    pub fn texts(&self, texts: &[Text]) -> Vec<Html> {
        texts.iter().map(|text| self.text(text)).collect()
    }

    /// Says when a playbook hands over, and to whom.
    pub fn escalations(&self, playbook: &Playbook) -> Vec<EscalationView> {
        let each = playbook.escalate.0.iter().map(|it| EscalationView {
            to: it.to.as_ref().map(|role| self.link(Kind::Role, &role.id)),
            when: self.text(&it.when),
        });
        each.collect()
    }

    /// Gives the phrases of a playbook; nothing where it has none.
    pub fn phrase_list(&self, id: &str) -> Option<PhraseList> {
        let fields = &self.handbook().playbooks.get(id)?.fields;
        if fields.say.is_empty() && fields.never_say.is_empty() {
            return None;
        }
        Some(PhraseList {
            playbook: self.link(Kind::Playbook, id),
            say: self.texts(&fields.say),
            never_say: self.texts(&fields.never_say),
        })
    }

    /// Gives the steps that use a playbook or checklist, each named with its service.
    pub fn used_in(&self, kind: Kind, id: &str) -> Vec<Link> {
        let steps = self.shared.relations.used_by.get(&(kind, id.to_owned()));
        let link = |step: &String| {
            let mut link = self.link(Kind::Step, step);
            let service = step.rsplit_once('/').map_or("", |(service, _)| service);
            link.title = Html(format!("{}: {}", self.name(Kind::Service, service).0, link.title.0));
            link
        };
        steps.into_iter().flatten().map(link).collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::view::bench::{Bench, EN};

    const CALM: &str = "\
---
title: Calm
cues: [Shouts]
say: [\"I see [[repair/quick#limit]]\"]
escalate: [{to: lead, when: They threaten}, {to: desk}]
---
";

    #[test]
    fn a_playbook_says_what_to_say_and_to_whom_to_hand_over_when() {
        let front = "standards: {quick: {title: Quick, kind: timeliness, limit: 2 weeks}}\nsteps: {one: {title: One, playbook: calm}}\n";
        let bench = Bench::service(front, &[("playbooks/calm.md", CALM)]);
        let shared = bench.shared();
        let writer = shared.writer(EN, "playbooks/calm.html");
        let view = writer.playbook(&shared.handbook().playbooks["calm"]);
        assert_eq!(view.say[0].0, "I see <a href=\"../services/repair.html#quick\">2 weeks</a>");
        let escalate: Vec<(&str, &str)> =
            view.escalate.iter().map(|it| (it.to.as_ref().unwrap().title.0.as_str(), it.when.0.as_str())).collect();
        assert_eq!(escalate, [("Shop manager", "They threaten"), ("Service desk", "")]);
        assert_eq!(view.used_in[0].title.0, "Repair: One");
        assert_eq!((view.never_say.len(), view.footer.notices.len()), (0, 0));
    }

    #[test]
    fn a_playbook_without_phrases_has_no_list_of_them() {
        let bench = Bench::new(&[
            ("playbooks/a.md", "---\ntitle: A\n---\n"),
            ("playbooks/b.md", "---\ntitle: B\nnever_say: [No]\n---\n"),
        ]);
        let shared = bench.shared();
        let writer = shared.writer(EN, "services/x.html");
        assert_eq!(writer.phrase_list("a"), None);
        assert_eq!(writer.phrase_list("none"), None);
        assert_eq!(writer.phrase_list("b").unwrap().playbook.href, "../playbooks/b.html");
    }
}
