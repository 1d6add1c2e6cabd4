//! A report: findings with everything that a format prints, looked up once; what all formats but `full` print.
//!
//! Not here: which findings are told (the caller decides), and how a format writes them (one file each, beside this).

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, date};

use super::{Count, Diagnostic, Place, Severity, locate, shown_path, tidy};
use crate::source::{SourceTree, Span};

/// What findings are reported with.
#[derive(Clone, Copy)]
pub struct Setting<'a> {
    /// The files that findings point into.
    pub tree: &'a SourceTree,
    /// The content folder below the root, such as `content/`.
    pub prefix: &'a str,
    /// What is known of the names of findings; a name that is missing is reported by itself.
    pub rules: &'a [Rule],
    /// Tells what a finding is about; without an answer it is about its file.
    pub about: &'a dyn Fn(&Diagnostic) -> Option<About>,
    /// The date that counts as today.
    pub today: Date,
    /// The mildest severity that fails a run; nothing where no finding does.
    pub failing: Option<Severity>,
}

impl<'a> Setting<'a> {
    /// Makes the plainest setting: no rules, every finding about its file, errors fail.
    pub fn of(tree: &'a SourceTree, prefix: &'a str) -> Self {
        let today = date(1970, 1, 1);
        Self { tree, prefix, rules: &[], about: &|_| None, today, failing: Some(Severity::Error) }
    }
}

/// What a finding is about, whatever line it stands in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct About {
    /// The thing, such as `repair/turnaround`.
    pub thing: String,
    /// The field of the thing, or nothing.
    pub field: String,
}

/// What is known of the name of a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The permanent name, `group/name`.
    pub name: &'static str,
    /// How bad a finding is, unless a handbook says otherwise.
    pub severity: Severity,
    /// What it finds, in one sentence.
    pub finds: String,
    /// Why that matters and what to do, in Markdown.
    pub help: String,
}

/// Findings, ready to be printed.
#[derive(Clone, Debug)]
pub struct Report {
    /// The findings, in the order in which they were given.
    pub entries: Vec<Entry>,
    /// What is known of their names: the rules that were given, then the other names that occur.
    pub rules: Vec<Rule>,
    /// How many there are of each severity.
    pub count: Count,
    /// The date that counts as today.
    pub today: Date,
    failing: Option<Severity>,
}

/// One finding of a report. Its sentences are of one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The permanent name, `group/name`.
    pub name: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// A few words at the place itself.
    pub hint: Option<String>,
    /// What to write instead.
    pub action: Option<String>,
    /// Where.
    pub at: Stretch,
    /// Further places, and what is there.
    pub labels: Vec<Lettered>,
    /// What it is about.
    pub about: About,
    /// The same for the same fault of the same thing, wherever its line has moved to; no two findings share one.
    pub fingerprint: String,
    /// The changes that mend it, and what is put there.
    pub fix: Vec<Lettered>,
}

/// A stretch of a file; lines and columns count from one, columns in characters, and zero means the whole file.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Stretch {
    /// The path below the handbook's root.
    pub path: String,
    /// The line of the first character.
    pub line: usize,
    /// The column of the first character.
    pub column: usize,
    /// The line in which it ends.
    pub end_line: usize,
    /// The column behind the last character.
    pub end_column: usize,
}

/// A stretch of a file with a text.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Lettered {
    /// Where.
    #[serde(flatten)]
    pub at: Stretch,
    /// The text.
    pub text: String,
}

impl Report {
    /// Looks up everything that the formats print.
    pub fn of(diagnostics: &[Diagnostic], setting: &Setting<'_>) -> Self {
        let mut seen = BTreeMap::new();
        let entries: Vec<Entry> = diagnostics.iter().map(|found| entry(found, setting, &mut seen)).collect();
        let rules = rules(&entries, setting.rules);
        Self { rules, entries, count: Count::of(diagnostics), today: setting.today, failing: setting.failing }
    }

    /// Makes a report with the plainest setting.
    pub fn plain(diagnostics: &[Diagnostic], tree: &SourceTree, prefix: &str) -> Self {
        Self::of(diagnostics, &Setting::of(tree, prefix))
    }

    /// Tells whether a finding fails the run.
    pub fn fails(&self, entry: &Entry) -> bool {
        self.failing.is_some_and(|mildest| entry.severity <= mildest)
    }

    /// Gives the entries file by file, in the order of the first of each file.
    pub fn by_file(&self) -> Vec<(&str, Vec<&Entry>)> {
        by_file(&self.entries.iter().collect::<Vec<_>>())
    }
}

/// Groups entries by file, in the order of the first of each file.
pub(super) fn by_file<'a>(entries: &[&'a Entry]) -> Vec<(&'a str, Vec<&'a Entry>)> {
    let mut files: Vec<(&str, Vec<&Entry>)> = Vec::new();
    let mut index = BTreeMap::new();
    for entry in entries {
        let at = *index.entry(entry.at.path.as_str()).or_insert_with(|| {
            files.push((&entry.at.path, Vec::new()));
            files.len() - 1
        });
        files[at].1.push(entry);
    }
    files
}

impl Entry {
    /// Says what is wrong and what to write instead, in one line.
    pub fn sentence(&self) -> String {
        match &self.action {
            Some(action) => format!("{}; {action}", self.message),
            None => self.message.clone(),
        }
    }
}

impl Stretch {
    /// Gives path, line and column as they are printed: `path:line:column`, or the path of a whole file.
    pub fn words(&self) -> String {
        if self.is_whole() { self.path.clone() } else { format!("{}:{}:{}", self.path, self.line, self.column) }
    }

    /// Tells whether the file as a whole is meant.
    pub fn is_whole(&self) -> bool {
        self.line == 0
    }
}

/// Makes an entry; `seen` counts the findings of one name about one thing.
fn entry(found: &Diagnostic, setting: &Setting<'_>, seen: &mut BTreeMap<(&'static str, About), usize>) -> Entry {
    let at = stretch(&found.place, setting);
    let itself = || About { thing: at.path.clone(), field: String::new() };
    let about = (setting.about)(found).unwrap_or_else(itself);
    let earlier = seen.entry((found.name, about.clone())).or_default();
    let fingerprint = fingerprint(found.name, &about, *earlier);
    *earlier += 1;
    Entry {
        name: found.name,
        severity: found.severity,
        message: tidy(found.message.clone()),
        hint: found.hint.clone().map(tidy),
        action: found.action.clone().map(tidy),
        labels: found.labels.iter().map(|label| lettered(label.span, tidy(label.text.clone()), setting)).collect(),
        fix: found.fix.iter().map(|edit| lettered(edit.span, edit.text.clone(), setting)).collect(),
        fingerprint,
        about,
        at,
    }
}

/// Gives 32 digits that tell a finding from all others, without a word of its message or its line.
fn fingerprint(name: &str, about: &About, earlier: usize) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in [name, &about.thing, &about.field, &earlier.to_string()] {
        hasher.update(part.as_bytes());
        hasher.update(&[0]);
    }
    let mut digits = hasher.finalize().to_hex().to_string();
    digits.truncate(32);
    digits
}

fn lettered(span: Span, text: String, setting: &Setting<'_>) -> Lettered {
    Lettered { at: stretch(&Place::At(span), setting), text }
}

fn stretch(place: &Place, setting: &Setting<'_>) -> Stretch {
    let at = locate(place, setting.tree, setting.prefix);
    let whole = Stretch { end_line: at.line, end_column: at.column, path: at.path, line: at.line, column: at.column };
    let Place::At(span) = place else { return whole };
    let Some(text) = setting.tree.text(span.file) else { return whole };
    let end = text.place(span.end as usize);
    let path = shown_path(setting.tree, span.file, setting.prefix);
    Stretch { path, end_line: end.line, end_column: end.column, ..whole }
}

/// Adds the names that occur without a rule; what they mean is said in the manual.
fn rules(entries: &[Entry], known: &[Rule]) -> Vec<Rule> {
    let names: BTreeSet<&str> = known.iter().map(|rule| rule.name).collect();
    let mut others = BTreeMap::new();
    for entry in entries.iter().filter(|entry| !names.contains(entry.name)) {
        others.entry(entry.name).or_insert(entry.severity);
    }
    let plain = |(name, severity)| Rule {
        name,
        severity,
        finds: format!("A finding of the name `{name}`."),
        help: format!("What `{name}` means, and what to write instead, stands in the manual on the page of findings."),
    };
    known.iter().cloned().chain(others.into_iter().map(plain)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn tree(text: &str) -> SourceTree {
        SourceTree::from_texts([("a.md", text)])
    }

    fn at(start: usize, end: usize) -> Span {
        Span::new(FileId(0), start, end)
    }

    #[test]
    fn both_ends_are_found_in_characters() {
        let tree = tree("工作\n天 x\ny");
        let found = [Diagnostic::error("x/y", at(7, 13), "m").label(at(0, 3), "first").fix(at(13, 13), "z\n")];
        let entry = &Report::plain(&found, &tree, "content/").entries[0];
        assert_eq!((entry.at.line, entry.at.column, entry.at.end_line, entry.at.end_column), (2, 1, 3, 1));
        assert_eq!((entry.at.words(), entry.labels[0].at.end_column), ("content/a.md:2:1".to_owned(), 2));
        assert_eq!((entry.fix[0].at.line, entry.fix[0].text.as_str()), (3, "z\n"), "a change keeps its line breaks");
    }

    #[test]
    fn a_fingerprint_stays_when_lines_move_and_words_change_and_none_is_given_twice() {
        let prints = |text: &str, places: [Span; 2], message: &str| -> Vec<String> {
            let found = places.map(|place| Diagnostic::error("x/y", place, message));
            Report::plain(&found, &tree(text), "").entries.into_iter().map(|entry| entry.fingerprint).collect()
        };
        let before = prints("a b", [at(0, 1), at(2, 3)], "2 days");
        assert_eq!(before, prints("\n\na\nb", [at(2, 3), at(4, 5)], "3 days"));
        assert_ne!(before[0], before[1]);
        assert_eq!(before[0].len(), 32);
    }

    #[test]
    fn findings_about_different_things_and_fields_have_different_fingerprints() {
        let tree = tree("a b");
        let found = [0, 1, 2].map(|n| Diagnostic::error("x/y", at(n, n), n.to_string()));
        let about = |found: &Diagnostic| match found.message.as_str() {
            "0" => Some(About { thing: "ab".into(), field: "c".into() }),
            "1" => Some(About { thing: "a".into(), field: "bc".into() }),
            _ => None,
        };
        let report = Report::of(&found, &Setting { about: &about, ..Setting::of(&tree, "content/") });
        let prints: BTreeSet<_> = report.entries.iter().map(|entry| &entry.fingerprint).collect();
        assert_eq!(prints.len(), 3);
        assert_eq!(report.entries[2].about.thing, "content/a.md");
    }

    #[test]
    fn a_sentence_is_one_line_however_the_finding_was_made() {
        let found = Diagnostic { message: "a\nb\u{1b}".into(), ..Diagnostic::error("x/y", at(0, 1), "").action("c") };
        assert_eq!(Report::plain(&[found], &tree("a"), "").entries[0].sentence(), "a b ; c");
    }

    #[test]
    fn names_without_a_rule_come_after_the_rules_once_each() {
        let rule = Rule { name: "x/y", severity: Severity::Warning, finds: "F.".into(), help: "H.".into() };
        let found = ["z/a", "x/y", "z/a", "b/b"].map(|name| Diagnostic::error(name, at(0, 1), "m"));
        let tree = tree("a");
        let report = Report::of(&found, &Setting { rules: std::slice::from_ref(&rule), ..Setting::of(&tree, "") });
        assert_eq!(report.rules.iter().map(|rule| rule.name).collect::<Vec<_>>(), ["x/y", "b/b", "z/a"]);
        assert_eq!(report.rules[0], rule);
    }

    #[test]
    fn what_fails_a_run_is_as_bad_as_the_mildest_severity_or_worse() {
        let found = [Diagnostic::error("x/y", at(0, 1), "m"), Diagnostic::warning("x/y", at(0, 1), "m")];
        let tree = tree("a");
        let fails = |failing| {
            let report = Report::of(&found, &Setting { failing, ..Setting::of(&tree, "") });
            report.entries.iter().map(|entry| report.fails(entry)).collect::<Vec<_>>()
        };
        assert_eq!(fails(Some(Severity::Error)), [true, false]);
        assert_eq!(fails(Some(Severity::Info)), [true, true]);
        assert_eq!(fails(None), [false, false]);
    }
}
