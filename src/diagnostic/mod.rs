//! What authors are told: a name, a severity, the places, what to write instead.
//!
//! Not here: deciding that something is wrong (the rooms that read and check), and the trouble of the machine, which
//! is an error and no diagnostic.

pub mod concise;
pub mod edit;
pub mod full;
pub mod github;
pub mod gitlab;
pub mod json;
pub mod junit;
pub mod markdown;
pub mod report;
pub mod sarif;
pub mod unusable;

use std::sync::Arc;

use crate::source::{FileId, SourceTree, Span};
use edit::{Edit, Form};

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The handbook contradicts itself or cannot be read; it is not published.
    Error,
    /// Something an expert objects to.
    Warning,
    /// Something worth knowing.
    Info,
}

impl Severity {
    /// Gives the word that is printed.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// Where a finding points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A stretch of a file of the handbook.
    At(Span),
    /// A file that is no text of the handbook: one that cannot be read, a folder, a template.
    Outside {
        /// The path, relative to the handbook's root.
        path: Arc<str>,
        /// The line from one, or zero where the file as a whole is meant.
        line: usize,
        /// The column in characters from one.
        column: usize,
        /// The file's text, where there is one to show.
        text: Option<Arc<str>>,
    },
}

impl Place {
    /// Makes the place of a whole file or folder, named by its path below the root.
    pub fn whole(path: impl Into<Arc<str>>) -> Self {
        Self::Outside { path: path.into(), line: 0, column: 0, text: None }
    }
}

impl From<Span> for Place {
    fn from(span: Span) -> Self {
        Self::At(span)
    }
}

/// A further place that belongs to a finding, and what is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is there.
    pub text: String,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The permanent name, `group/name`.
    pub name: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, naming the things and numbers involved.
    pub message: String,
    /// Where.
    pub place: Place,
    /// A few words at the place itself.
    pub hint: Option<String>,
    /// Further places.
    pub labels: Vec<Label>,
    /// What to write instead.
    pub action: Option<String>,
    /// The changes that mend it, where there is one right answer; none where there is not.
    pub fix: Vec<Edit>,
    /// Whether it stays as it is whatever the handbook says of its name, because a value was lost.
    pub firm: bool,
}

impl Diagnostic {
    /// Makes an error.
    pub fn error(name: &'static str, place: impl Into<Place>, message: impl Into<String>) -> Self {
        Self {
            name,
            severity: Severity::Error,
            message: tidy(message.into()),
            place: place.into(),
            hint: None,
            labels: Vec::new(),
            action: None,
            fix: Vec::new(),
            firm: false,
        }
    }

    /// Makes a warning.
    pub fn warning(name: &'static str, place: impl Into<Place>, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(name, place, message) }
    }

    /// Adds what to write instead.
    pub fn action(mut self, action: impl Into<String>) -> Self {
        self.action = Some(tidy(action.into()));
        self
    }

    /// Adds a change that mends it, because there is one right answer: the text, letter by letter.
    pub fn fix(mut self, span: Span, text: impl Into<String>) -> Self {
        self.fix.push(Edit { span, text: text.into(), form: Form::Text });
        self
    }

    /// Adds a change that mends it, because there is one right answer: another value or key, in quotation marks where it
    /// needs them.
    pub fn fix_value(mut self, span: Span, value: impl Into<String>) -> Self {
        self.fix.push(Edit { span, text: value.into(), form: Form::Value });
        self
    }

    /// Keeps it from being made quieter, because a value was lost.
    pub fn firm(self) -> Self {
        Self { firm: true, ..self }
    }

    /// Adds a few words that stand at the place itself.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(tidy(hint.into()));
        self
    }

    /// Adds a further place.
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: tidy(text.into()) });
        self
    }
}

/// The most characters of a sentence; what an author wrote may be longer than anybody reads.
const LONGEST_SENTENCE: usize = 600;

/// Puts a sentence on one line of bounded length, without characters that command a terminal.
fn tidy(text: String) -> String {
    let is_tidy = text.len() <= LONGEST_SENTENCE && !text.contains(char::is_control);
    if is_tidy {
        return text;
    }
    let plain = |letter: char| if letter.is_control() { ' ' } else { letter };
    let mut letters = text.chars().map(plain);
    let mut tidy: String = letters.by_ref().take(LONGEST_SENTENCE).collect();
    if letters.next().is_some() {
        tidy.push('…');
    }
    tidy
}

/// The place of a finding as a person finds it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Located {
    /// The path below the handbook's root.
    pub path: String,
    /// The line from one, or zero for the whole file.
    pub line: usize,
    /// The column in characters from one, or zero for the whole file.
    pub column: usize,
}

/// Finds path, line and column of a place; `prefix` is the content folder below the root, such as `content/`.
pub fn locate(place: &Place, tree: &SourceTree, prefix: &str) -> Located {
    match place {
        Place::At(span) => {
            let path = shown_path(tree, span.file, prefix);
            match tree.text(span.file) {
                Some(text) => {
                    let place = text.place(span.start as usize);
                    Located { path, line: place.line, column: place.column }
                }
                None => Located { path, line: 0, column: 0 },
            }
        }
        Place::Outside { path, line, column, .. } => Located { path: tidy_path(path), line: *line, column: *column },
    }
}

/// Gives the path of a file below the handbook's root.
pub fn shown_path(tree: &SourceTree, file: FileId, prefix: &str) -> String {
    tidy_path(&format!("{prefix}{}", tree.file(file).path))
}

fn tidy_path(path: &str) -> String {
    path.replace(char::is_control, "\u{fffd}")
}

/// Sorts findings by path and place and drops those that are told twice.
pub fn sort(diagnostics: &mut Vec<Diagnostic>, tree: &SourceTree, prefix: &str) {
    let mut keyed: Vec<_> = std::mem::take(diagnostics)
        .into_iter()
        .map(|diagnostic| (locate(&diagnostic.place, tree, prefix), diagnostic))
        .collect();
    keyed.sort_by(|(a, x), (b, y)| {
        a.cmp(b).then(x.severity.cmp(&y.severity)).then(x.name.cmp(y.name)).then_with(|| x.message.cmp(&y.message))
    });
    keyed.dedup_by(|(_, later), (_, earlier)| later == earlier);
    *diagnostics = keyed.into_iter().map(|(_, diagnostic)| diagnostic).collect();
}

/// How many findings there are of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Remarks.
    pub infos: usize,
}

impl Count {
    /// Counts findings.
    pub fn of(diagnostics: &[Diagnostic]) -> Self {
        let number = |severity| diagnostics.iter().filter(|found| found.severity == severity).count();
        Self { errors: number(Severity::Error), warnings: number(Severity::Warning), infos: number(Severity::Info) }
    }

    /// Says the counts in words: `2 errors, 1 warning`.
    pub fn words(self) -> String {
        let one = |number: usize, word: &str| match number {
            0 => None,
            1 => Some(format!("1 {word}")),
            _ => Some(format!("{number} {word}s")),
        };
        let parts: Vec<_> = [one(self.errors, "error"), one(self.warnings, "warning"), one(self.infos, "remark")]
            .into_iter()
            .flatten()
            .collect();
        if parts.is_empty() { "no finding".into() } else { parts.join(", ") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_are_sorted_by_path_then_place_and_told_once() {
        let tree = SourceTree::from_texts([("a.md", "one\ntwo"), ("b.md", "one")]);
        let at = |file, start| Span::new(FileId(file), start, start);
        let mut found = vec![
            Diagnostic::error("x/b", at(1, 0), "third"),
            Diagnostic::error("x/a", at(0, 5), "second"),
            Diagnostic::error("x/a", at(0, 5), "second"),
            Diagnostic::warning("x/a", at(0, 1), "first"),
        ];
        sort(&mut found, &tree, "");
        assert_eq!(found.iter().map(|d| d.message.as_str()).collect::<Vec<_>>(), ["first", "second", "third"]);
    }

    #[test]
    fn a_place_is_a_path_below_the_root_with_line_and_column() {
        let tree = SourceTree::from_texts([("a.md", "工作\n天x")]);
        let place = Place::At(Span::new(FileId(0), 10, 11));
        assert_eq!(locate(&place, &tree, "content/"), Located { path: "content/a.md".into(), line: 2, column: 2 });
    }

    #[test]
    fn what_an_author_wrote_cannot_command_a_terminal_or_fill_a_screen() {
        let found =
            Diagnostic::error("x/y", Place::whole("a\u{1b}[2J\n.md"), format!("`\u{1b}[31m\n{}`", "服".repeat(5_000)));
        assert!(!found.message.contains(char::is_control) && found.message.chars().count() == LONGEST_SENTENCE + 1);
        let at = locate(&found.place, &SourceTree::default(), "");
        assert!(!at.path.contains(char::is_control), "{at:?}");
    }

    #[test]
    fn counts_are_said_in_words() {
        assert_eq!(Count::default().words(), "no finding");
        assert_eq!(Count { errors: 2, warnings: 1, infos: 0 }.words(), "2 errors, 1 warning");
    }
}
