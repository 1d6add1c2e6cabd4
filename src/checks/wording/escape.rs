//! `wording/escape`: a word in a standard or promise that leaves a way out.

use std::ops::Range;

use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::checks::said::Said;
use crate::checks::wording::promised::{Lists, is_promised, name, quoted, sentence};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::kind::Kind;
use crate::wording::lists::Subject;

/// The check.
pub const CHECK: Check = Check {
    name: "wording/escape",
    severity: Severity::Warning,
    finds: "A standard or promise holds a word that lets it be broken without anybody having broken it.",
    why: "Customers hear the number, staff hear the way out: `usually in 3 days` promises nothing. That a limit is not kept in \
          every case is said by the target; which cases are left out is said by name. Write the limit alone, and the \
          exceptions where they belong.",
    wrong: &[(
        "services/repair.md",
        "promises:\n  quick-reply:\n    kind: commitment\n    statement: Your estimate is ready, usually in 3 business days.\n",
    )],
    right: &[(
        "services/repair.md",
        "promises:\n  quick-reply:\n    kind: commitment\n    statement: Your estimate is ready in 3 business days.\n    unless: [the maker has yet to name the price of a part]\n",
    )],
    finder: Finder::Run(run),
};

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    let lists = Lists::of(Subject::Escape, inspection);
    for said in inspection.said.iter().filter(|said| is_promised(said)) {
        let Some((_, list)) = lists.get(said.language) else { continue };
        let sentence = sentence(&said.text.value);
        let words: Vec<Range<usize>> = sentence.find(list).into_iter().map(|word| word.range).collect();
        let Some(first) = words.first() else { continue };
        let leave = if words.len() == 1 { "leaves" } else { "leave" };
        let message = format!("{} in {} {leave} a way out", quoted(&sentence.text, &words), name(said));
        found.push(CHECK.told(inspection.spot(&said.text, first), message).action(action(said)));
    }
}

/// Says what to write instead.
fn action(said: &Said) -> &'static str {
    match said.thing.0 {
        Kind::Standard => {
            "write the sentence without it: `target` says in what share of cases it is kept, `variants` which have another limit"
        }
        _ if said.is_in("unless") => "name the cases one by one",
        _ => "write the sentence without it, and the cases in which it does not hold under `unless`",
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::{told, told_in_service};

    fn in_promise(fields: &str) -> Vec<String> {
        told_in_service("wording/escape", &format!("promises: {{p: {{kind: commitment, {fields}}}}}\n"))
    }

    #[test]
    fn a_way_out_is_told_in_statement_remedy_and_condition() {
        assert_eq!(
            in_promise("statement: \"Ready in 3 days where possible, depending on workload\""),
            [
                "services/repair.md:7 `where possible` and `depending on workload` in the statement of `p` leave a way out → write the sentence without it, and the cases in which it does not hold under `unless`"
            ]
        );
        assert_eq!(in_promise("statement: S, remedy: {what: a refund if possible}").len(), 1);
        let lines = in_promise("statement: S, unless: [under exceptional circumstances]");
        assert!(lines[0].ends_with("name the cases one by one"), "{lines:?}");
    }

    #[test]
    fn a_plain_promise_and_a_plain_condition_are_no_way_out() {
        assert_eq!(in_promise("statement: Ready in 3 days, unless: [you approved it late]"), [""; 0]);
        assert_eq!(in_promise("statement: \"We aimed the lamp: try it, as soon as you can\""), [""; 0]);
    }

    #[test]
    fn each_language_has_its_own_words() {
        let front = "title: T\nfor: F\noutcome: O\nowner: desk\nreview: {last: 2026-11-01, every: 12mo}\n";
        let promise = |statement: &str| format!("promises: {{p: {{kind: commitment, statement: {statement}}}}}\n");
        let files = [
            ("handbook.yaml", "title: H\nlanguages: [en, de, zh-Hans, fr]\n"),
            ("registers/roles.yaml", "desk: {title: Desk}\n"),
            (
                "services/repair.md",
                &*format!("{front}{}", "promises: {p: {kind: commitment, statement: In der Regel}}\n"),
            ),
            ("services/repair.de.md", &*promise("In der Regel 3 Tage").replace("kind: commitment, ", "")),
            ("services/repair.zh-Hans.md", &*promise("原则上3天").replace("kind: commitment, ", "")),
            ("services/repair.fr.md", &*promise("usually").replace("kind: commitment, ", "")),
        ];
        let lines = told("wording/escape", &files);
        let paths: Vec<&str> = lines.iter().filter_map(|line| line.split(':').next()).collect();
        assert_eq!(paths, ["services/repair.de.md", "services/repair.zh-Hans.md"], "{lines:#?}");
    }
}
