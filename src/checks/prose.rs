//! Reads the prose of all files, tells what prose forbids, and sections that are bound to nothing.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::checks::Subject;
use crate::diagnostic::Diagnostic;
use crate::markdown::prose::Prose;
use crate::model::document::Body;
use crate::model::handbook::{Documents, Handbook};
use crate::source::FileId;
use crate::units::nearest::nearest;

/// The prose of Markdown files.
pub type Proses = BTreeMap<FileId, Arc<Prose>>;

/// Reads the prose of all Markdown files; takes what was read before where text and place are the same.
pub fn read_all(handbook: &Handbook, before: &Proses) -> Proses {
    fn bodies<T>(documents: &Documents<T>) -> impl Iterator<Item = &Body> {
        documents.values().flat_map(|document| document.bodies().map(|(_, body)| body))
    }
    let all: Vec<&Body> = bodies(&handbook.services)
        .chain(bodies(&handbook.playbooks))
        .chain(bodies(&handbook.checklists))
        .chain(bodies(&handbook.pages))
        .collect();
    let read = |body: &&Body| {
        let known = before.get(&body.span.file).filter(|known| known.base == body.span && *known.text == *body.text());
        (body.span.file, known.map_or_else(|| Arc::new(Prose::read(body.text(), body.span)), Arc::clone))
    };
    all.par_iter().map(read).collect()
}

/// Tells what prose forbids: HTML, dangerous links, malformed references, headings with the same id.
pub fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for prose in subject.prose.values() {
        for fault in &prose.faults {
            let told = Diagnostic::error("prose/forbidden", fault.span, fault.message.clone());
            found.push(told.action(fault.action.clone()));
        }
    }
}

/// Tells headings of a service whose id is nearly that of a standard, step or promise.
pub fn tell_unbound(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for service in subject.handbook.services.values() {
        let fields = &service.fields;
        let standards = fields.standards.iter().map(|row| row.id.as_str());
        let steps = fields.steps.iter().map(|row| row.id.as_str());
        let promises = fields.promises.iter().map(|row| row.id.as_str());
        let ids: Vec<&str> = standards.chain(steps).chain(promises).collect();
        for file in service.files() {
            let sections = subject.prose.get(&file).map_or(&[][..], |prose| &prose.sections);
            for id in sections.iter().filter_map(|section| section.id.as_ref()) {
                if ids.contains(&id.value.as_str()) {
                    continue;
                }
                if let Some(near) = nearest(&id.value, ids.iter().copied()) {
                    let message = format!("this section belongs to nothing: the service has no `{}`", id.value);
                    let told = Diagnostic::warning("prose/unbound", id.span, message);
                    found.push(told.hint(format!("did you mean `{near}`?")).action(format!("write `{{#{near}}}`")));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::{found, found_in_service};

    #[test]
    fn html_in_prose_is_told_at_its_line_in_translations_too() {
        let page = "---\ntitle: P\nkind: guide\n---\nText\n\n<script>x</script>\n";
        let lines = found(&[("pages/p.md", page), ("pages/p.de.md", &page.replace("kind: guide\n", ""))]);
        let places: Vec<&str> = lines
            .iter()
            .filter(|line| line.starts_with("prose/forbidden"))
            .filter_map(|line| line.split(' ').nth(1))
            .collect();
        assert_eq!(places, ["pages/p.de.md:6", "pages/p.md:7"]);
    }

    #[test]
    fn a_section_whose_id_is_nearly_that_of_a_step_is_told_and_any_other_is_not() {
        let steps = "steps: {hand-back: {title: H, actor: desk, stage: front}}\n---\n";
        let lines = found_in_service(&format!("{steps}## H {{#handback}}\nText\n"));
        assert_eq!(lines.len(), 1, "{lines:#?}");
        assert!(lines[0].starts_with("prose/unbound services/repair.md:9"), "{lines:#?}");
        assert!(lines[0].ends_with("→ write `{#hand-back}`"), "{lines:#?}");
        assert_eq!(
            found_in_service(&format!("{steps}## H {{#hand-back}}\n\n## Background {{#background}}\n")),
            [""; 0]
        );
    }
}
