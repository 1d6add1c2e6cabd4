//! What one sees and hears, by playbook: the list of playbooks from which cues are ticked, and the file that brings the
//! cues to the home page.
//!
//! Not here: ticking and putting into order, which the theme's `cues.js` does.

use std::sync::Arc;

use serde::Serialize;

use super::html::{Html, Link};
use super::writer::Writer;
use crate::model::document::Document;
use crate::model::kind::Kind;
use crate::model::playbook::Playbook;

/// A playbook with its cues.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlaybookCues {
    /// The playbook.
    pub playbook: Link,
    /// The moment it is for.
    pub when: Html,
    /// What one sees and hears.
    pub cues: Vec<Html>,
}

impl Writer<'_> {
    /// Lists all playbooks with their cues, by name. A cue is words to tick, so there are no links in it.
    pub fn cues(&self) -> Vec<PlaybookCues> {
        let one = |(id, document): (&String, &Arc<Document<Playbook>>)| {
            let fields = &document.fields;
            PlaybookCues {
                playbook: self.link(Kind::Playbook, id),
                when: self.title(&fields.when),
                cues: fields.cues.iter().map(|cue| self.title(cue)).collect(),
            }
        };
        let mut playbooks: Vec<PlaybookCues> = self.handbook().playbooks.iter().map(one).collect();
        playbooks.sort_by(|a, b| a.playbook.title.cmp(&b.playbook.title));
        playbooks
    }
}

#[cfg(test)]
mod tests {
    use crate::view::bench::{Bench, DE, EN};

    const ZEAL: &str = "---\ntitle: Zeal\ncues: [\"Waits [[repair/quick#limit]] & more\", Cries]\nwhen: Never\n---\n";
    const CALM: &str = "---\ntitle: Calm\nwhen: On the phone\n---\n";

    #[test]
    fn playbooks_stand_by_name_with_all_their_cues_in_order() {
        let front = "standards: {quick: {title: Quick, kind: timeliness, limit: 2 weeks}}\n";
        let bench = Bench::service(front, &[("playbooks/a.md", ZEAL), ("playbooks/b.md", CALM)]);
        let shared = bench.shared();
        let cues = shared.writer(EN, "playbooks/index.html").cues();
        assert_eq!(cues.iter().map(|it| it.playbook.href.as_str()).collect::<Vec<_>>(), ["b.html", "a.html"]);
        assert_eq!((cues[0].when.0.as_str(), cues[0].cues.len()), ("On the phone", 0));
        assert_eq!(
            cues[1].cues.iter().map(|it| it.0.as_str()).collect::<Vec<_>>(),
            ["Waits 2 weeks &amp; more", "Cries"]
        );
    }

    #[test]
    fn a_cue_without_a_translation_is_marked_with_its_language() {
        let bench = Bench::new(&[("playbooks/a.md", "---\ntitle: Zeal\ncues: [Cries]\n---\n")]);
        let shared = bench.shared();
        let cues = shared.writer(DE, "playbooks/index.html").cues();
        assert_eq!(cues[0].cues[0].0, "<span lang=\"en\">Cries</span>");
    }
}
