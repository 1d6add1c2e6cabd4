//! `wording/vague`: a word in a standard or promise that cannot be measured.

use std::ops::Range;

use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::checks::said::Said;
use crate::checks::wording::promised::{Lists, Side, is_promised, name, quoted, sentence};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::kind::Kind;
use crate::wording::lists::Subject;
use crate::wording::tongue::Tongue;

/// The check.
pub const CHECK: Check = Check {
    name: "wording/vague",
    severity: Severity::Error,
    finds: "A standard or promise rests on a word that cannot be measured, and no number follows in its clause.",
    why: "Prompt means an hour to one customer and a week to another, so such a word cannot be kept, only argued about: \
          everybody expects more than was meant. Write the number, or what the customer will see. Where a time or a share \
          follows in the same clause, the word does no harm.",
    wrong: &[(
        "services/repair.md",
        "standards:\n  reply:\n    kind: timeliness\n    statement: You get a timely reply.\n    limit: 4 business hours\n",
    )],
    right: &[(
        "services/repair.md",
        "standards:\n  reply:\n    kind: timeliness\n    statement: You get a reply within [[#limit]].\n    limit: 4 business hours\n",
    )],
    finder: Finder::Run(run),
};

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    let lists = Lists::of(Subject::Vague, inspection).with_changes(inspection);
    for said in inspection.said.iter().filter(|said| is_promised(said)) {
        let Some((tongue, list)) = lists.get(said.language) else { continue };
        let tag = inspection.tags.get(usize::from(said.language.0)).map_or("", String::as_str);
        let sentence = sentence(&said.text.value);
        let words = sentence.find(list).into_iter().filter(|word| match word.group {
            "about" => true,
            "time" | "often" | "amount" => !sentence.is_measured(&word.range, tag, Side::Either),
            _ => !sentence.is_measured(&word.range, tag, Side::Behind),
        });
        let words: Vec<(Range<usize>, &str)> = words.map(|word| (word.range, word.group)).collect();
        let Some((first, group)) = words.first() else { continue };
        let ranges: Vec<Range<usize>> = words.iter().map(|(range, _)| range.clone()).collect();
        let message = format!("{} in {} cannot be measured", quoted(&sentence.text, &ranges), name(said));
        let told = CHECK.told(inspection.spot(&said.text, first), message);
        found.push(told.action(action(group, said, tongue, inspection)));
    }
}

/// Says what to write instead.
fn action(group: &str, said: &Said, tongue: Tongue, inspection: &Inspection<'_>) -> String {
    if group == "time" && said.thing.0 == Kind::Standard {
        let standard = inspection.handbook().standard(&said.thing.1).map(|row| &row.value);
        if let Some(limit) = standard.and_then(|standard| standard.limit.as_ref()) {
            let within = match tongue {
                Tongue::English => "within [[#limit]]",
                Tongue::German => "innerhalb von [[#limit:dative]]",
                Tongue::Chinese => "[[#limit]]内",
            };
            return format!("write `{within}` in its place; the limit is {}", limit.value);
        }
    }
    let instead = match (group, tongue) {
        ("time", Tongue::English) => "the time in its place, such as `within 4 business hours`",
        ("time", Tongue::German) => "the time in its place, such as `innerhalb von 4 Arbeitsstunden`",
        ("time", Tongue::Chinese) => "the time in its place, such as `4个工作小时内`",
        ("often", Tongue::English) => "how often in its place, such as `every 3 business days`",
        ("often", Tongue::German) => "how often in its place, such as `alle 3 Arbeitstage`",
        ("often", Tongue::Chinese) => "how often in its place, such as `每3个工作日`",
        ("amount", _) => "the number or the list of what is meant in its place",
        ("about", _) => "the number that is kept, alone",
        ("manner", Tongue::English) => "what the customer will see or can count, such as `greeted within 30 seconds`",
        ("manner", Tongue::German) => {
            "what the customer will see or can count, such as `innerhalb von 30 Sekunden begrüßt`"
        }
        ("manner", Tongue::Chinese) => "what the customer will see or can count, such as `30秒内有人招呼`",
        _ => "a number with its unit in its place",
    };
    format!("write {instead}")
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::{told, told_in_service};

    fn in_statement(statement: &str) -> Vec<String> {
        told_in_service("wording/vague", &format!("standards: {{a: {{kind: conduct, statement: \"{statement}\"}}}}\n"))
    }

    #[test]
    fn a_vague_word_is_told_with_what_to_write() {
        assert_eq!(
            in_statement("You get a prompt answer."),
            [
                "services/repair.md:7 `prompt` in the statement of `a` cannot be measured → write the time in its place, such as `within 4 business hours`"
            ]
        );
    }

    #[test]
    fn several_words_of_one_sentence_are_one_finding() {
        let lines = in_statement("Courteous, friendly staff answer soon.");
        assert_eq!(lines.len(), 1);
        assert!(lines[0].contains("`Courteous`, `friendly` and `soon`"), "{lines:?}");
    }

    #[test]
    fn the_limit_of_the_standard_is_proposed_in_the_language_of_the_text() {
        let source = "standards: {a: {kind: timeliness, limit: 4bh, statement: You get an answer soon.}}\n";
        let files = [
            (
                "services/repair.md",
                &*format!(
                    "title: T\nfor: F\noutcome: O\nowner: desk\nreview: {{last: 2026-11-01, every: 12mo}}\n{source}"
                ),
            ),
            (
                "services/repair.de.md",
                "title: T\nfor: F\noutcome: O\nstandards: {a: {statement: Sie erhalten zeitnah Antwort.}}\n",
            ),
        ];
        let lines = told("wording/vague", &files);
        assert_eq!(lines.len(), 2, "{lines:#?}");
        assert!(
            lines[0].ends_with("write `innerhalb von [[#limit:dative]]` in its place; the limit is 4 business hours"),
            "{lines:#?}"
        );
        assert!(lines[1].contains("`within [[#limit]]`"), "{lines:#?}");
    }

    #[test]
    fn a_value_in_the_same_clause_measures_the_word_and_one_in_another_does_not() {
        assert_eq!(in_statement("We reply promptly, within [[#limit]]."), [""; 0]);
        assert_eq!(in_statement("Within [[#limit]] you get a prompt reply."), [""; 0]);
        assert_eq!(in_statement("We reply promptly and send the part within [[#limit]].").len(), 1);
    }

    #[test]
    fn remedies_and_conditions_are_looked_through_and_titles_are_not() {
        let promise = |field: &str| {
            told_in_service("wording/vague", &format!("promises: {{p: {{kind: guarantee, statement: S, {field}}}}}\n"))
                .len()
        };
        assert_eq!(promise("remedy: {what: an appropriate sum}"), 1);
        assert_eq!(promise("unless: [the delay is reasonable]"), 1);
        assert_eq!(promise("title: A prompt reply"), 0);
    }

    #[test]
    fn the_handbook_adds_and_takes_out_words() {
        let settings = "title: H\nlanguages: [en]\nvague_words: {en: {add: [hassle-poor], remove: [flexible]}}\n";
        let standard = "standards: {a: {kind: conduct, statement: A flexible hose}, b: {kind: conduct, statement: Hassle-poor repair}}\n";
        let lines = told(
            "wording/vague",
            &[
                ("handbook.yaml", settings),
                (
                    "services/repair.md",
                    &format!(
                        "title: T\nfor: F\noutcome: O\nowner: desk\nreview: {{last: 2026-11-01, every: 12mo}}\n{standard}"
                    ),
                ),
                ("registers/roles.yaml", "desk: {title: Desk}\n"),
            ],
        );
        assert_eq!(lines.len(), 1, "{lines:#?}");
        assert!(lines[0].contains("`Hassle-poor`"), "{lines:#?}");
    }
}
