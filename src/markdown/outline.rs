//! The sections of a text as they are met: anchors, and how far each reaches.

use std::ops::Range;

use super::fault::ProseFault;
use super::prose::Section;
use super::slug::Slugs;
use crate::source::{Span, Spanned};

/// A heading that begins.
pub(super) struct Heading {
    pub(super) level: u8,
    pub(super) id: Option<Spanned<String>>,
    pub(super) range: Range<usize>,
    pub(super) span: Span,
}

/// The sections met so far.
#[derive(Default)]
pub(super) struct Outline {
    slugs: Slugs,
    sections: Vec<Section>,
    open: Option<(usize, Section)>,
}

impl Outline {
    /// Begins a heading; `from` is the length of the plain text before it. An id given twice is a fault.
    pub(super) fn start(&mut self, heading: Heading, from: usize) -> Option<ProseFault> {
        let Heading { level, id, range, span } = heading;
        let own = id.as_ref().filter(|id| self.slugs.reserve(&id.value)).map(|id| id.value.clone());
        let fault = id.as_ref().filter(|_| own.is_none()).map(|id| {
            let message = format!("the id `{}` is given to another heading already", id.value);
            ProseFault::new(id.span, message, "give each heading an id of its own")
        });
        let (slug, body) = (own.unwrap_or_default(), range.end..range.end);
        self.open = Some((from, Section { level, id, slug, title: String::new(), span, heading: range, body }));
        fault
    }

    /// Ends a heading, whose title is `words` of where it began; one within another block begins no section.
    pub(super) fn end(&mut self, is_outermost: bool, words: impl FnOnce(usize) -> String) {
        if let Some((from, mut section)) = self.open.take().filter(|_| is_outermost) {
            section.title = words(from);
            self.sections.push(section);
        }
    }

    /// Gives the sections of a text of a length, each reaching to the next of the same or a higher level.
    pub(super) fn finish(mut self, length: usize) -> Vec<Section> {
        let mut open: Vec<usize> = Vec::new();
        for n in 0..self.sections.len() {
            let (level, start) = (self.sections[n].level, self.sections[n].heading.start);
            while let Some(last) = open.pop_if(|last| self.sections[*last].level >= level) {
                self.sections[last].body.end = start;
            }
            open.push(n);
        }
        for last in open {
            self.sections[last].body.end = length;
        }
        // Anchors that are written go first, wherever they stand.
        for section in self.sections.iter_mut().filter(|section| section.slug.is_empty()) {
            section.slug = self.slugs.give(&section.title);
        }
        self.sections
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn outline(headings: &[(u8, Option<&str>, Range<usize>)]) -> (Vec<Section>, Vec<ProseFault>) {
        let (mut outline, mut faults) = (Outline::default(), Vec::new());
        for (level, id, range) in headings {
            let span = Span::new(FileId(0), range.start, range.end);
            let id = id.map(|id| Spanned { value: id.to_owned(), span });
            faults.extend(outline.start(Heading { level: *level, id, range: range.clone(), span }, 0));
            outline.end(true, |_| "Title".to_owned());
        }
        (outline.finish(100), faults)
    }

    #[test]
    fn a_section_reaches_to_the_next_of_its_level_or_above() {
        let (sections, _) =
            outline(&[(2, None, 0..5), (3, None, 10..15), (4, None, 20..25), (3, None, 30..35), (1, None, 40..45)]);
        let bodies: Vec<_> = sections.iter().map(|section| section.body.clone()).collect();
        assert_eq!(bodies, [5..40, 15..30, 25..30, 35..40, 45..100]);
        assert_eq!(sections[0].whole(), 0..40);
    }

    #[test]
    fn a_written_id_keeps_its_anchor_from_titles_before_it() {
        let (sections, faults) = outline(&[(1, None, 0..1), (1, Some("title"), 2..3), (1, None, 4..5)]);
        let slugs: Vec<_> = sections.iter().map(|section| section.slug.as_str()).collect();
        assert_eq!(slugs, ["title-2", "title", "title-3"]);
        assert_eq!(faults, []);
    }

    #[test]
    fn an_id_given_twice_is_a_fault_and_the_second_gets_another_anchor() {
        let (sections, faults) = outline(&[(1, Some("a"), 0..1), (1, Some("a"), 2..3)]);
        assert_eq!(sections[1].slug, "title");
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].span, Span::new(FileId(0), 2, 3));
    }
}
