//! `promise/names-the-defect`: a promise that says what will not happen, and so puts it into the customer's head.

use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::checks::wording::promised::{Lists, name, sentence};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::kind::Kind;
use crate::wording::amount;
use crate::wording::clause::clause;
use crate::wording::lists::Subject;
use crate::wording::tongue::Tongue;

/// The check.
pub const CHECK: Check = Check {
    name: "promise/names-the-defect",
    severity: Severity::Warning,
    finds: "A promise only negates a defect.",
    why: "Who reads that no bean is bad thinks of bad beans. Such a promise also offers nothing: it says that what is paid for \
          is not spoiled. Say what the customer gets, and what follows when it is not so.",
    wrong: &[(
        "services/repair.md",
        "promises:\n  no-faults:\n    kind: commitment\n    statement: You will find no faulty parts in your appliance.\n",
    )],
    right: &[(
        "services/repair.md",
        "promises:\n  new-parts:\n    kind: commitment\n    statement: Each part we fit is new, or you do not pay for it.\n",
    )],
    finder: Finder::Run(run),
};

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    let lists = Lists::of(Subject::Defect, inspection);
    for said in inspection.said.iter().filter(|said| said.thing.0 == Kind::Promise && said.is_in("statement")) {
        let Some((tongue, list)) = lists.get(said.language) else { continue };
        let tag = inspection.tags.get(usize::from(said.language.0)).map_or("", String::as_str);
        let sentence = sentence(&said.text.value);
        let words = sentence.find(list);
        let Some(word) = words.first().filter(|word| !is_condition(&sentence.text, word.range.start, tongue)) else {
            continue;
        };
        let clause = clause(&sentence.text, &word.range, tongue);
        let is_limited = !sentence.values.is_empty()
            || amount::read(&sentence.text, tag).iter().any(|it| it.is_time() && clause.contains(&it.range.start));
        if is_limited {
            continue;
        }
        let phrase = sentence.text.get(word.range.clone()).unwrap_or_default();
        let message = format!("`{phrase}` in {} names the defect instead of what the customer gets", name(said));
        let example = match tongue {
            Tongue::English => "Each part is new, or you do not pay for it.",
            Tongue::German => "Jedes Teil ist neu, oder Sie zahlen es nicht.",
            Tongue::Chinese => "每个零件都是新的，否则不收费。",
        };
        let told = CHECK.told(inspection.spot(&said.text, &word.range), message);
        found.push(told.action(format!("write what the customer gets, such as `{example}`")));
    }
}

/// Tells whether a place stands behind a word that begins a condition or what is owed: `or you do not pay`.
fn is_condition(text: &str, at: usize, tongue: Tongue) -> bool {
    let before = text.get(..at).unwrap_or_default().to_lowercase();
    match tongue {
        Tongue::English => [" if ", " or ", " otherwise", " unless ", " until ", " when "]
            .iter()
            .any(|word| format!(" {before} ").contains(word)),
        Tongue::German => [" wenn ", " falls ", " oder ", " sonst ", " sofern ", " bis ", " andernfalls "]
            .iter()
            .any(|word| format!(" {before} ").contains(word)),
        Tongue::Chinese => ["如果", "若", "如", "否则", "不然", "直到"].iter().any(|word| before.contains(word)),
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::{told, told_in_service};

    fn told_of(statement: &str) -> Vec<String> {
        let promise = format!("promises: {{p: {{kind: commitment, statement: \"{statement}\"}}}}\n");
        told_in_service("promise/names-the-defect", &promise)
    }

    #[test]
    fn a_negated_defect_is_told() {
        assert_eq!(
            told_of("You will find no bad beans."),
            [
                "services/repair.md:7 `no bad beans` in the statement of `p` names the defect instead of what the customer gets → write what the customer gets, such as `Each part is new, or you do not pay for it.`"
            ]
        );
        for statement in
            ["Your appliance comes back without scratches.", "No hidden costs.", "We never lose your appliance."]
        {
            assert_eq!(told_of(statement).len(), 1, "{statement}");
        }
    }

    #[test]
    fn conditions_limits_and_what_is_owed_are_no_defects() {
        for statement in [
            "Ready in 10 business days, or you do not pay for labour.",
            "A new one if it is not right.",
            "Each part is new, or you do not pay for it.",
            "No delay is longer than [[#limit]].",
            "You pay no late fee.",
        ] {
            assert_eq!(told_of(statement), [""; 0], "{statement}");
        }
    }

    #[test]
    fn german_and_chinese_defects_are_known() {
        let front = "title: T\nfor: F\noutcome: O\n";
        let files = [
            ("handbook.yaml", "title: H\nlanguages: [en, de, zh]\n"),
            ("registers/roles.yaml", "desk: {title: Desk}\n"),
            (
                "services/repair.md",
                &*format!(
                    "{front}owner: desk\nreview: {{last: 2026-11-01, every: 12mo}}\npromises: {{p: {{kind: commitment, statement: S}}}}\n"
                ),
            ),
            ("services/repair.de.md", "promises: {p: {statement: Ihr Gerät kommt ohne Mängel zurück.}}\n"),
            ("services/repair.zh.md", "promises: {p: {statement: 不会有坏豆。}}\n"),
        ];
        assert_eq!(told("promise/names-the-defect", &files).len(), 2);
    }
}
