//! Findings as a JUnit report, for whatever shows the results of tests.
//!
//! A file is a suite and a finding a case. What fails the run (errors, unless the run says otherwise) is a failure; the
//! others are skipped cases, which are shown and leave the result as it is. The documents keep to both of the schemas in
//! use, Apache Ant's and that of Jenkins: this is why suites carry a host and a time, and the root carries no counts.

use std::collections::BTreeMap;

use super::concise;
use super::report::{Entry, Report};

/// Prints findings as an XML document; a handbook without findings is one case that has passed.
pub fn print(report: &Report) -> String {
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    text.push_str(&format!("<!-- Pledgebook: {} -->\n<testsuites>\n", report.count.words()));
    let files = report.by_file();
    for (id, (path, entries)) in files.iter().enumerate() {
        text.push_str(&suite(report, id, path, entries));
    }
    if files.is_empty() {
        let case = "    <testcase name=\"no finding\" classname=\"handbook\" time=\"0\"/>\n";
        text.push_str(&framed(report, 0, "handbook", (1, 0, 0), case));
    }
    text.push_str("</testsuites>\n");
    text
}

fn suite(report: &Report, id: usize, path: &str, entries: &[&Entry]) -> String {
    let failures = entries.iter().filter(|entry| report.fails(entry)).count();
    let mut names = BTreeMap::new();
    let cases: String = entries.iter().map(|entry| case(report, entry, &mut names)).collect();
    framed(report, id, path, (entries.len(), failures, entries.len() - failures), &cases)
}

/// Puts cases into a suite; the numbers are those of its tests, failures and skipped cases.
fn framed(report: &Report, id: usize, name: &str, numbers: (usize, usize, usize), cases: &str) -> String {
    let (tests, failures, skipped) = numbers;
    let name = escaped(name);
    format!(
        "  <testsuite name=\"{name}\" package=\"pledgebook\" id=\"{id}\" timestamp=\"{}T00:00:00\" hostname=\"localhost\" \
         tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\" time=\"0\">\n    <properties/>\n\
         {cases}    <system-out/>\n    <system-err/>\n  </testsuite>\n",
        report.today
    )
}

/// Writes a case; its name has no line in it, so that it stays the same when lines move.
fn case<'a>(report: &Report, entry: &'a Entry, names: &mut BTreeMap<(&'a str, &'a str), usize>) -> String {
    let times = names.entry((entry.name, &entry.message)).or_default();
    *times += 1;
    let again = if *times > 1 { format!(" ({times})") } else { String::new() };
    let name = escaped(&format!("{}: {}{again}", entry.name, entry.message));
    let (class, message) = (escaped(&entry.at.path), escaped(&entry.sentence()));
    let line = concise::line(entry);
    let line = escaped(line.trim_end());
    let result = if report.fails(entry) {
        format!("<failure type=\"{}\" message=\"{message}\">{line}</failure>", entry.severity.word())
    } else {
        format!("<skipped message=\"{message}\">{line}</skipped>")
    };
    format!("    <testcase name=\"{name}\" classname=\"{class}\" time=\"0\">\n      {result}\n    </testcase>\n")
}

/// Escapes a text for XML 1.0, in which some characters cannot be written at all.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => escaped.push_str(&format!("&#{};", u32::from(letter))),
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            letter if letter.is_control() => escaped.push('\u{fffd}'),
            letter => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::report::Setting;
    use crate::diagnostic::{Diagnostic, Place, Severity};
    use crate::source::SourceTree;

    fn printed(found: &[Diagnostic], failing: Severity) -> String {
        let tree = SourceTree::default();
        let setting = Setting { failing: Some(failing), ..Setting::of(&tree, "") };
        print(&Report::of(found, &setting))
    }

    #[test]
    fn a_file_is_a_suite_and_a_finding_a_case() {
        let found = [
            Diagnostic::error("x/y", Place::whole("a.md"), "m").action("a"),
            Diagnostic::warning("x/z", Place::whole("a.md"), "n"),
        ];
        assert_eq!(
            printed(&found, Severity::Error),
            r#"<?xml version="1.0" encoding="UTF-8"?>
<!-- Pledgebook: 1 error, 1 warning -->
<testsuites>
  <testsuite name="a.md" package="pledgebook" id="0" timestamp="1970-01-01T00:00:00" hostname="localhost" tests="2" failures="1" errors="0" skipped="1" time="0">
    <properties/>
    <testcase name="x/y: m" classname="a.md" time="0">
      <failure type="error" message="m; a">a.md: error[x/y] m; a</failure>
    </testcase>
    <testcase name="x/z: n" classname="a.md" time="0">
      <skipped message="n">a.md: warning[x/z] n</skipped>
    </testcase>
    <system-out/>
    <system-err/>
  </testsuite>
</testsuites>
"#
        );
    }

    #[test]
    fn warnings_are_failures_where_they_fail_the_run() {
        let found = [Diagnostic::warning("x/y", Place::whole("a.md"), "m")];
        assert!(printed(&found, Severity::Warning).contains(r#"<failure type="warning""#));
        assert!(printed(&found, Severity::Error).contains(r#"failures="0""#));
    }

    #[test]
    fn no_finding_is_a_case_that_has_passed() {
        let text = printed(&[], Severity::Error);
        assert!(text.contains(r#"tests="1" failures="0" errors="0" skipped="0""#), "{text}");
        assert!(text.contains(r#"<testcase name="no finding" classname="handbook" time="0"/>"#), "{text}");
    }

    #[test]
    fn cases_of_one_file_have_different_names() {
        let found = ["a.md", "a.md", "b.md"].map(|path| Diagnostic::error("x/y", Place::whole(path), "m"));
        let text = printed(&found, Severity::Error);
        assert_eq!(text.matches(r#"name="x/y: m""#).count(), 2);
        assert_eq!(text.matches(r#"name="x/y: m (2)""#).count(), 1);
    }

    #[test]
    fn what_xml_cannot_hold_is_replaced_and_what_commands_it_is_escaped() {
        assert_eq!(escaped("<a b=\"c\"> & 服务\t\n"), "&lt;a b=&quot;c&quot;&gt; &amp; 服务&#9;&#10;");
        assert_eq!(escaped("\u{0}\u{1b}\u{85}\u{fffe}\u{ffff}]]>"), "\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}]]&gt;");
    }
}
