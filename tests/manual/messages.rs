//! What the program says of a mistake, shown in the manual as it is said.

use crate::bench::Bench;
use crate::document::hold;

/// A mistake: its name, the file, what is written there, and what somebody writes instead.
type Mistake = (&'static str, &'static str, &'static str, &'static str);

/// The mistakes that the manual shows.
const MISTAKES: [Mistake; 4] = [
    ("message which days", "content/services/contact.md", "limit: 2 business days", "limit: 2 days"),
    ("message misspelt field", "content/services/contact.md", "    slogan: A person, not", "    slogn: A person, not"),
    ("message second colon", "content/services/contact.md", "title: A free line", "title: The phone: a free line"),
    ("message stale", "content/services/contact.md", "title: A free line", "title: A line that is free"),
];

#[test]
fn messages_in_the_ten_minutes_are_those_that_are_printed() {
    let names = MISTAKES.map(|(name, ..)| name.to_owned());
    hold("docs/ten-minutes.md", &names, |name| {
        let (_, path, from, to) = MISTAKES.into_iter().find(|(known, ..)| *known == name)?;
        let bench = Bench::new();
        bench.replace(path, from, to);
        Some(format!("```text\n{}```\n", first_of(&bench.check("full"))))
    });
}

/// Gives the first finding of a report.
fn first_of(report: &str) -> String {
    format!("{}\n", report.split("\n\n").next().unwrap_or_default())
}
