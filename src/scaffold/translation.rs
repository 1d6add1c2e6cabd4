//! The skeleton of a translation: each text of the source as a comment, and below it a blank to be filled in.

use crate::fields::blank::BLANK;
use crate::fields::text::Text;
use crate::fields::value::{Value, Visitor};
use crate::model::document::Document;

/// Writes the skeleton; `print` is the fingerprint of the source's text.
pub fn write<T: Value>(document: &Document<T>, print: &str) -> String {
    let mut collector = Collector::default();
    document.fields.walk(&mut collector);
    let mut lines = vec![
        "---".to_owned(),
        format!("# Fill in what is marked `{BLANK}`: above it stands the text of the source. A text that is left out"),
        "# falls back to the source: remove its line.".to_owned(),
        format!("translates: {print}"),
    ];
    collector.root.children.iter().for_each(|child| child.write(&Place { indent: 0, of: "" }, &mut lines));
    let prose = document.body.text().trim();
    if !prose.is_empty() {
        lines.push(String::new());
        lines.push("# Below the three hyphens you write this prose:".to_owned());
        lines.extend(commented(prose, ""));
    }
    lines.push("---\n".to_owned());
    lines.join("\n")
}

/// Writes each line of a text as a comment.
fn commented(text: &str, pad: &str) -> Vec<String> {
    text.lines().map(|line| format!("{pad}# {line}").trim_end().to_owned()).collect()
}

/// A field, or a thing of a list or a table, with the texts in it.
#[derive(Debug, Default)]
struct Part {
    key: String,
    text: Option<String>,
    children: Vec<Part>,
}

/// Where a part is written.
struct Place<'a> {
    indent: usize,
    /// The key of what it stands in.
    of: &'a str,
}

impl Part {
    fn has_text(&self) -> bool {
        self.text.is_some() || self.children.iter().any(Self::has_text)
    }

    fn is_list(&self) -> bool {
        !self.children.is_empty() && self.children.iter().enumerate().all(|(at, child)| child.key == at.to_string())
    }

    /// Gives the one text of a thing that may be written without its key.
    fn short(&self, of: &str) -> Option<&str> {
        let mut with_text = self.children.iter().filter(|child| child.has_text());
        let (only, None) = (with_text.next()?, with_text.next()) else { return None };
        let may_be_short = matches!((of, only.key.as_str()), ("needs", "what") | ("items", "text"));
        only.text.as_deref().filter(|_| may_be_short)
    }

    fn write(&self, place: &Place<'_>, lines: &mut Vec<String>) {
        if !self.has_text() {
            return;
        }
        let pad = " ".repeat(place.indent);
        if let Some(text) = self.text.as_deref().or_else(|| self.short(place.of)) {
            lines.extend(commented(text, &pad));
            lines.push(format!("{pad}{}: {BLANK}", self.key));
            return;
        }
        lines.push(format!("{pad}{}:", self.key));
        let inner = Place { indent: place.indent + 2, of: &self.key };
        if self.is_list() {
            self.children.iter().for_each(|item| item.write_item(&inner, lines));
        } else {
            self.children.iter().for_each(|child| child.write(&inner, lines));
        }
    }

    fn write_item(&self, place: &Place<'_>, lines: &mut Vec<String>) {
        let pad = " ".repeat(place.indent);
        if let Some(text) = self.text.as_deref().or_else(|| self.short(place.of)) {
            lines.extend(commented(text, &pad));
            lines.push(format!("{pad}- {BLANK}"));
        } else if self.has_text() {
            lines.push(format!("{pad}-"));
            let inner = Place { indent: place.indent + 2, of: "" };
            self.children.iter().for_each(|child| child.write(&inner, lines));
        } else {
            // It keeps the place of an item in which there is nothing to translate.
            lines.push(format!("{pad}- {{}}"));
        }
    }
}

/// Collects the texts with the keys that lead to them.
#[derive(Default)]
struct Collector {
    root: Part,
    open: Vec<Part>,
}

impl Visitor for Collector {
    fn enter(&mut self, key: &str) {
        self.open.push(Part { key: key.to_owned(), ..Part::default() });
    }

    fn leave(&mut self) {
        let Some(part) = self.open.pop() else { return };
        self.open.last_mut().unwrap_or(&mut self.root).children.push(part);
    }

    fn text(&mut self, text: &Text) {
        if let Some(part) = self.open.last_mut().filter(|_| !text.is_empty()) {
            part.text = Some(text.source().to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::{bench, fingerprint};

    const SERVICE: &str = "needs: [the number, {what: a photo, by: today}]\nchannels: [phone]\n\
        exceptions: [{who: desk, up_to: 1 day}, {who: lead, when: it rains}]\n\
        standards:\n  quick: {title: 'Quick: really', kind: conduct, statement: S, level: always, target: 90%, measure: {as: observed}}\n\
        ---\nProse.\n\n---\n\n## A {#quick}\n";

    fn skeleton() -> String {
        let service = bench::service(SERVICE);
        let (checked, _) = bench::look(&bench::tree(&[("services/repair.md", &service)]));
        let document = &checked.handbook().services["repair"];
        write(document, &fingerprint::of(document))
    }

    #[test]
    fn each_text_of_the_source_stands_above_a_blank() {
        let text = skeleton();
        for part in [
            "# Repair\ntitle: …\n",
            "needs:\n  # the number\n  - …\n  -\n    # a photo\n    what: …\n    # today\n    by: …\n",
            "exceptions:\n  - {}\n  -\n    # it rains\n    when: …\n",
            "standards:\n  quick:\n    # Quick: really\n    title: …\n    # S\n    statement: …\n",
            "# Below the three hyphens you write this prose:\n# Prose.\n#\n# ---\n#\n# ## A {#quick}\n---\n",
        ] {
            assert!(text.contains(part), "{part}\nin\n{text}");
        }
        assert!(!text.contains("channels"), "{text}");
    }

    #[test]
    fn a_skeleton_with_its_blanks_filled_in_is_a_translation_that_is_not_stale() {
        let service = bench::service(SERVICE);
        let german = skeleton().replace(": …", ": Text").replace("- …", "- Text");
        let only = |files: &[(&str, &str)]| bench::found(files);
        let before = only(&[("services/repair.md", &service)]);
        let after = only(&[("services/repair.md", &service), ("services/repair.de.md", &german)]);
        assert_eq!(after, before, "{german}");
    }
}
