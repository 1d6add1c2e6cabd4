//! Findings for people: the lines themselves, with carets, drawn by the compiler's own renderer.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Element, Level, Origin, Renderer, Snippet};

use super::{Count, Diagnostic, Place, Severity, locate, shown_path, tidy_path};
use crate::source::{SourceTree, Span};

/// Whether the text carries colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// Plain text.
    Never,
    /// ANSI colours.
    Always,
}

/// A line longer than this is named but not shown, in bytes.
const LONGEST_LINE: usize = 2_000;
/// The most lines that are gone over for one excerpt; what is further away is shown by itself.
const MOST_LINES: usize = 100;
/// The width of the terminal that snippets are cut to, in columns.
const WIDTH: usize = 120;

/// Prints findings with the lines they point at, and a closing line that counts them.
pub fn print(diagnostics: &[Diagnostic], tree: &SourceTree, prefix: &str, colour: Colour) -> String {
    let renderer = match colour {
        Colour::Never => Renderer::plain(),
        Colour::Always => Renderer::styled(),
    };
    let renderer = renderer.term_width(WIDTH);
    let mut text = String::new();
    for diagnostic in diagnostics {
        text.push_str(&one(diagnostic, tree, prefix, &renderer));
        text.push_str("\n\n");
    }
    text.push_str(&Count::of(diagnostics).words());
    text.push('\n');
    text
}

fn one(diagnostic: &Diagnostic, tree: &SourceTree, prefix: &str, renderer: &Renderer) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let mut group =
        level.primary_title(diagnostic.message.as_str()).id(diagnostic.name).elements(places(diagnostic, tree, prefix));
    if let Some(action) = &diagnostic.action {
        group = group.element(Level::HELP.message(action.as_str()));
    }
    renderer.render(&[group])
}

fn places<'a>(diagnostic: &'a Diagnostic, tree: &'a SourceTree, prefix: &str) -> Vec<Element<'a>> {
    match &diagnostic.place {
        Place::At(span) => {
            let mut elements = vec![shown(*span, diagnostic, tree, prefix)];
            elements.extend(elsewhere(*span, diagnostic, tree, prefix));
            elements
        }
        Place::Outside { text: Some(text), line, column, path } if *line > 0 => {
            let hint = diagnostic.hint.as_deref();
            vec![outside(&tidy_path(path), text, (*line, *column), hint)]
        }
        Place::Outside { path, line, column, .. } => vec![named(tidy_path(path), *line, *column)],
    }
}

fn named<'a>(path: String, line: usize, column: usize) -> Element<'a> {
    let origin = Origin::path(path);
    if line == 0 { origin.into() } else { origin.line(line).char_column(column).into() }
}

/// Shows the primary place together with the labels of the same file.
fn shown<'a>(span: Span, diagnostic: &'a Diagnostic, tree: &'a SourceTree, prefix: &str) -> Element<'a> {
    let here = diagnostic.labels.iter().filter(|label| is_near(label.span, span, tree));
    let spans: Vec<_> = std::iter::once(span).chain(here.clone().map(|label| label.span)).collect();
    let Some(excerpt) = Excerpt::of(&spans, tree) else {
        let at = locate(&Place::At(span), tree, prefix);
        return named(at.path, at.line, at.column);
    };
    let primary = AnnotationKind::Primary.span(excerpt.range(span)).label(diagnostic.hint.as_deref());
    let context = here.map(|label| AnnotationKind::Context.span(excerpt.range(label.span)).label(label.text.as_str()));
    snippet(&excerpt, shown_path(tree, span.file, prefix), std::iter::once(primary).chain(context))
}

/// Tells whether a label can be shown together with the place it belongs to.
fn is_near(label: Span, span: Span, tree: &SourceTree) -> bool {
    let line = |at: u32| tree.text(span.file).map_or(0, |text| text.place(at as usize).line);
    label.file == span.file && line(label.start).abs_diff(line(span.start)) < MOST_LINES / 2
}

/// Shows the labels of other files and places, each by itself.
fn elsewhere<'a>(span: Span, diagnostic: &'a Diagnostic, tree: &'a SourceTree, prefix: &str) -> Vec<Element<'a>> {
    let others = diagnostic.labels.iter().filter(|label| !is_near(label.span, span, tree));
    others
        .map(|label| match Excerpt::of(&[label.span], tree) {
            Some(excerpt) => {
                let annotation = AnnotationKind::Context.span(excerpt.range(label.span)).label(label.text.as_str());
                snippet(&excerpt, shown_path(tree, label.span.file, prefix), [annotation])
            }
            None => {
                let at = locate(&Place::At(label.span), tree, prefix);
                named(at.path, at.line, at.column)
            }
        })
        .collect()
}

fn snippet<'a>(
    excerpt: &Excerpt<'a>,
    path: String,
    annotations: impl IntoIterator<Item = Annotation<'a>>,
) -> Element<'a> {
    Snippet::source(excerpt.text).line_start(excerpt.line).path(path).annotations(annotations).into()
}

fn outside<'a>(path: &str, text: &'a str, (line, column): (usize, usize), hint: Option<&'a str>) -> Element<'a> {
    let Some(shown) = text.lines().nth(line - 1).filter(|shown| shown.len() <= LONGEST_LINE) else {
        return named(path.to_owned(), line, column);
    };
    let start = shown.char_indices().nth(column.saturating_sub(1)).map_or(shown.len(), |(at, _)| at);
    let end = shown[start..].chars().next().map_or(start, |letter| start + letter.len_utf8());
    let annotation = AnnotationKind::Primary.span(start..end).label(hint);
    Snippet::source(shown).line_start(line).path(path.to_owned()).annotations([annotation]).into()
}

/// The whole lines around some places of one file.
struct Excerpt<'a> {
    text: &'a str,
    line: usize,
    start: usize,
}

impl<'a> Excerpt<'a> {
    fn of(spans: &[Span], tree: &'a SourceTree) -> Option<Self> {
        let source = tree.text(spans.first()?.file)?;
        let first = spans.iter().map(|span| span.start as usize).min()?;
        let last = spans.iter().map(|span| span.end as usize).max()?;
        let lines = source.place(first).line..=source.place(last).line;
        let (start, end) = (source.line(*lines.start()).start, source.line(*lines.end()).end);
        let line = *lines.start();
        let fits = lines.clone().count() <= MOST_LINES
            && lines.into_iter().all(|line| source.line(line).len() <= LONGEST_LINE);
        fits.then(|| Self { text: &source.as_str()[start..end], line, start })
    }

    fn range(&self, span: Span) -> Range<usize> {
        let bound = |at: u32| (at as usize).saturating_sub(self.start).min(self.text.len());
        bound(span.start)..bound(span.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn at(start: usize, end: usize) -> Span {
        Span::new(FileId(0), start, end)
    }

    #[test]
    fn the_line_is_shown_with_carets_hint_and_action() {
        let tree = SourceTree::from_texts([("a.md", "---\nlimt: 3bd\n---\n")]);
        let found = [Diagnostic::error("field/unknown", at(4, 8), "`limt` is no field of a standard")
            .hint("did you mean `limit`?")
            .action("write `limit`")];
        let expected = "\
error[field/unknown]: `limt` is no field of a standard
 --> content/a.md:2:1
  |
2 | limt: 3bd
  | ^^^^ did you mean `limit`?
  |
  = help: write `limit`

1 error
";
        assert_eq!(print(&found, &tree, "content/", Colour::Never), expected);
    }

    #[test]
    fn carets_stand_right_under_chinese_text() {
        let tree = SourceTree::from_texts([("a.md", "标题: 十天")]);
        let found = [Diagnostic::error("x/y", at(8, 14), "wrong")];
        let text = print(&found, &tree, "", Colour::Never);
        let caret = text.lines().find(|line| line.contains('^')).unwrap();
        assert_eq!(caret, "  |       ^^^^", "two columns a Chinese character:\n{text}");
    }

    #[test]
    fn coloured_text_is_the_plain_text_with_colours() {
        let tree = SourceTree::from_texts([("a.md", "limt: 3bd")]);
        let found = [Diagnostic::warning("x/y", at(0, 4), "wrong").action("right")];
        let coloured = print(&found, &tree, "", Colour::Always);
        assert_ne!(coloured, print(&found, &tree, "", Colour::Never));
        assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), print(&found, &tree, "", Colour::Never));
    }

    #[test]
    fn a_label_in_another_file_is_shown_with_its_own_line() {
        let tree = SourceTree::from_texts([("a.md", "one"), ("b.md", "two")]);
        let found = [Diagnostic::error("x/y", at(0, 3), "wrong").label(Span::new(FileId(1), 0, 3), "first here")];
        let text = print(&found, &tree, "", Colour::Never);
        assert!(text.contains("b.md:1:1") && text.contains("first here"), "{text}");
    }

    #[test]
    fn a_line_of_a_megabyte_is_named_and_not_printed() {
        let long = "[".repeat(1 << 20);
        let tree = SourceTree::from_texts([("a.md", long.as_str())]);
        let text = print(&[Diagnostic::error("x/y", at(9, 10), "wrong")], &tree, "", Colour::Never);
        assert!(text.contains("a.md:1:10") && text.len() < 200, "{}", text.len());
    }

    #[test]
    fn a_template_is_shown_by_its_own_text() {
        let place =
            Place::Outside { path: "themes/x/home.html".into(), line: 2, column: 3, text: Some("a\nb {{ c".into()) };
        let text =
            print(&[Diagnostic::error("theme/template", place, "wrong")], &SourceTree::default(), "", Colour::Never);
        assert!(text.contains("themes/x/home.html:2:3") && text.contains("b {{ c"), "{text}");
    }
}
