//! What the program says of a mistake, shown in the manual as it is said.

use crate::bench::Bench;
use crate::document::hold;

/// A mistake: its name, the finding, the file, what is written there, and what somebody writes instead.
type Mistake = (&'static str, &'static str, &'static str, &'static str, &'static str);

/// The mistakes that the manual shows.
const MISTAKES: [Mistake; 4] = [
    ("message which days", "time/ambiguous-day", CONTACT, "limit: 2 business days", "limit: 2 days"),
    ("message misspelt field", "field/unknown", CONTACT, "    slogan: A person, not", "    slogn: A person, not"),
    ("message second colon", "field/syntax", CONTACT, "title: A free line", "title: The phone: a free line"),
    ("message stale", "language/stale", CONTACT, "title: A free line", "title: A line that is free"),
];

/// The file in which the mistakes are made.
const CONTACT: &str = "content/services/contact.md";

#[test]
fn messages_in_the_ten_minutes_are_those_that_are_printed() {
    let names = MISTAKES.map(|(name, ..)| name.to_owned());
    hold("docs/ten-minutes.md", &names, |name| {
        let (_, finding, path, from, to) = MISTAKES.into_iter().find(|(known, ..)| *known == name)?;
        let bench = Bench::new();
        bench.replace(path, from, to);
        let report = bench.check("full");
        let first = report.split("\n\n").find(|part| part.contains(&format!("[{finding}]")));
        Some(format!("```text\n{}\n```\n", first.unwrap_or_else(|| panic!("{name} is not told:\n{report}"))))
    });
}
