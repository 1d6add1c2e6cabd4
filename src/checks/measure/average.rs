//! `measure/average`: a mean behind a promise or standard, which half of the customers miss.

use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::checks::said::Said;
use crate::checks::wording::promised::{Lists, name, sentence};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::kind::Kind;
use crate::wording::lists::Subject;

/// The check.
pub const CHECK: Check = Check {
    name: "measure/average",
    severity: Severity::Warning,
    finds: "A standard or promise rests on a mean, of times or of marks.",
    why: "A mean of 3 days is kept where half of the customers wait 6: nobody knows what awaits him, and the long cases hide \
          behind the short ones. Write the limit and in what share of cases it is kept. Of satisfaction count the top marks: \
          customers who give a 5 come back six times as often as those who give a 4.",
    wrong: &[(
        "services/repair.md",
        "standards:\n  reply:\n    kind: timeliness\n    statement: You get your estimate in 3 business days on average.\n    limit: 3 business days\n",
    )],
    right: &[(
        "services/repair.md",
        "standards:\n  reply:\n    kind: timeliness\n    statement: You get your estimate within 3 business days.\n    limit: 3 business days\n    target: 95%\n",
    )],
    finder: Finder::Run(run),
};

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    let lists = Lists::of(Subject::Average, inspection);
    for said in inspection.said.iter().filter(|said| is_measured(said)) {
        let Some((_, list)) = lists.get(said.language) else { continue };
        let sentence = sentence(&said.text.value);
        let words = sentence.find(list);
        let Some(word) = words.first() else { continue };
        let phrase = sentence.text.get(word.range.clone()).unwrap_or_default();
        let message = format!(
            "`{phrase}` in {} is a mean: it says nothing of the customer who waits longest or is least content",
            name(said)
        );
        let action = if is_satisfaction(&sentence.text) {
            "count the customers who give the best mark: `as: survey-top-box`, with their share as the `target`"
        } else {
            "write the limit that is kept, with the share of cases in `target`, such as `within 3 business days` and `95%`"
        };
        found.push(CHECK.told(inspection.spot(&said.text, &word.range), message).action(action));
    }
}

/// Tells whether a text says what is kept or how that is measured.
fn is_measured(said: &Said) -> bool {
    match said.thing.0 {
        Kind::Standard => {
            ["statement", "slogan", "title", "level", "measure/from"].iter().any(|field| said.is_in(field))
        }
        Kind::Promise => said.is_in("statement") || said.is_in("slogan"),
        _ => false,
    }
}

fn is_satisfaction(text: &str) -> bool {
    let text = text.to_lowercase();
    ["satisf", "score", "rating", "mark", "grade", "zufried", "note", "bewert", "满意", "评分", "分数", "打分"]
        .iter()
        .any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::told_in_service;

    fn told_of(fields: &str) -> Vec<String> {
        told_in_service("measure/average", &format!("standards: {{a: {{kind: conduct, {fields}}}}}\n"))
    }

    #[test]
    fn a_mean_time_is_told_with_limit_and_share_to_write() {
        let lines = told_of("statement: Ready in 3 days on average");
        assert_eq!(lines.len(), 1);
        assert!(lines[0].contains("`on average` in the statement of `a`") && lines[0].contains("`95%`"), "{lines:?}");
    }

    #[test]
    fn a_mean_satisfaction_is_told_with_the_top_mark_to_count() {
        let lines = told_of("statement: S, title: Average satisfaction of 4.5 of 5");
        assert!(lines[0].contains("the title of `a`") && lines[0].contains("survey-top-box"), "{lines:?}");
        assert_eq!(told_of("statement: S, measure: {as: observed, from: mean score of the survey}").len(), 1);
    }

    #[test]
    fn people_and_prices_that_are_average_are_no_measure() {
        assert_eq!(told_of("statement: \"Read by the average person, what that means and by which means\""), [""; 0]);
    }
}
