//! `wording/absolute`: a word that promises that there is no exception, or that nobody is better.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::checks::said::Said;
use crate::checks::wording::promised::{Lists, is_promised, name, quoted, sentence};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::handbook::Handbook;
use crate::model::kind::Kind;
use crate::model::promise::PromiseKind;
use crate::model::standard::Standard;
use crate::units::share::Share;
use crate::wording::lists::Subject;
use crate::wording::tongue::Tongue;

/// The check.
pub const CHECK: Check = Check {
    name: "wording/absolute",
    severity: Severity::Warning,
    finds: "A standard or promise says that there is never an exception, with no guarantee and no target of 100 % behind it, \
            or that nobody is better.",
    why: "Always and never are broken by the first exception, and the customer who meets it stops believing the rest. \
          Say how often it is kept, or owe something in each case in which it is not: that is a guarantee. A superlative \
          cannot be proved, and in China the advertising law forbids it (article 9).",
    wrong: &[(
        "services/repair.md",
        "promises:\n  on-the-day:\n    kind: commitment\n    statement: Your appliance is always ready on the day we name.\n",
    )],
    right: &[(
        "services/repair.md",
        "promises:\n  on-the-day:\n    kind: guarantee\n    statement: Your appliance is ready on the day we name, or you do not pay for labour.\n",
    )],
    finder: Finder::Run(run),
};

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    let lists = Lists::of(Subject::Absolute, inspection);
    let guaranteed = guaranteed(inspection);
    for said in inspection.said.iter().filter(|said| is_promised(said)) {
        if !said.is_in("statement") && !said.is_in("slogan") {
            continue;
        }
        let Some((tongue, list)) = lists.get(said.language) else { continue };
        let sentence = sentence(&said.text.value);
        let words = sentence.find(list);
        if words.is_empty() {
            continue;
        }
        let owed = is_owed(said, inspection.handbook(), &guaranteed);
        let of = |group: &str| words.iter().filter(|word| word.group == group).map(|word| word.range.clone()).collect();
        let (total, superlatives): (Vec<Range<usize>>, Vec<Range<usize>>) = (of("totality"), of("superlative"));
        if let Some(first) = total.first().filter(|_| !owed) {
            let message = format!("{} in {} allows no exception", quoted(&sentence.text, &total), name(said));
            let action = match said.thing.0 {
                Kind::Standard => {
                    "write the sentence without it, or set the `target` to 100% if it is kept in each case"
                }
                _ => "write the sentence without it, or make it a guarantee: `…, or you do not pay`",
            };
            found.push(CHECK.told(inspection.spot(&said.text, first), message).action(action));
        } else if let Some(first) = superlatives.first() {
            let forbidden = if tongue == Tongue::Chinese { ", and the advertising law forbids it" } else { "" };
            let message = format!(
                "{} in {} is more than anybody can prove{forbidden}",
                quoted(&sentence.text, &superlatives),
                name(said)
            );
            let action = "write what you do, with its number, such as `ready in 10 business days`";
            found.push(CHECK.told(inspection.spot(&said.text, first), message).action(action));
        }
    }
}

/// Gives the whole ids of the standards that stand behind a guarantee.
fn guaranteed<'a>(inspection: &Inspection<'a>) -> BTreeSet<&'a str> {
    let is_guarantee = |kind: PromiseKind| kind == PromiseKind::Guarantee;
    let guarantees =
        inspection.promises().filter(|(_, row)| row.value.kind.as_ref().is_some_and(|it| is_guarantee(it.value)));
    guarantees.flat_map(|(_, row)| row.value.backed_by.iter().map(|standard| standard.id.as_str())).collect()
}

/// Tells whether the text may say so: something is owed in each case, or each case is the target, or that cannot be known.
fn is_owed(said: &Said, handbook: &Handbook, guaranteed: &BTreeSet<&str>) -> bool {
    let id = said.thing.1.as_str();
    let is_whole = |standard: &Standard| {
        standard.faulty.contains(&"target") || standard.target.as_ref().is_some_and(|it| it.value == Share::WHOLE)
    };
    if said.thing.0 == Kind::Standard {
        return guaranteed.contains(id)
            || handbook.standard(id).is_some_and(|row| is_whole(&row.value) && row.value.target.is_some());
    }
    let Some(promise) = handbook.promise(id).map(|row| &row.value) else { return true };
    match &promise.kind {
        Some(kind) if kind.value == PromiseKind::Commitment => {
            let whole = |id: &str| handbook.standard(id).is_none_or(|row| is_whole(&row.value));
            !promise.backed_by.is_empty() && promise.backed_by.iter().all(|standard| whole(&standard.id))
        }
        Some(_) => true,
        None => promise.faulty.contains(&"kind"),
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::{told, told_in_service};

    fn told_of(rest: &str) -> Vec<String> {
        told_in_service("wording/absolute", rest)
    }

    #[test]
    fn always_is_told_unless_a_guarantee_owes_something() {
        let promise =
            |kind: &str| told_of(&format!("promises: {{p: {{kind: {kind}, statement: We always call back.}}}}\n"));
        assert_eq!(
            promise("commitment"),
            [
                "services/repair.md:7 `always` in the statement of `p` allows no exception → write the sentence without it, or make it a guarantee: `…, or you do not pay`"
            ]
        );
        assert_eq!(promise("guarantee"), [""; 0]);
    }

    #[test]
    fn a_target_of_the_whole_or_a_guarantee_behind_it_excuses_a_standard() {
        let standard = |target: &str, promise: &str| {
            told_of(&format!("standards: {{a: {{kind: access, statement: Never closed, target: {target}}}}}\npromises: {{{promise}}}\n")).len()
        };
        assert_eq!(standard("95%", ""), 1);
        assert_eq!(standard("100%", ""), 0);
        assert_eq!(standard("95%", "p: {kind: guarantee, statement: S, backed_by: [a]}"), 0);
        assert_eq!(standard("95%", "p: {kind: commitment, statement: Always open, backed_by: [a]}"), 2);
        assert_eq!(standard("100%", "p: {kind: commitment, statement: Always open, backed_by: [a]}"), 0);
    }

    #[test]
    fn a_superlative_is_told_whatever_stands_behind_it() {
        let files = [
            ("handbook.yaml", "title: H\nlanguages: [zh]\n"),
            ("registers/roles.yaml", "desk: {title: 前台}\n"),
            (
                "services/repair.md",
                "title: 维修\nfor: 顾客\noutcome: 修好\nowner: desk\nreview: {last: 2026-11-01, every: 12mo}\npromises: {p: {kind: guarantee, statement: 最佳服务, slogan: 最多三次}}\n",
            ),
        ];
        let lines = told("wording/absolute", &files);
        assert_eq!(lines.len(), 1, "{lines:#?}");
        assert!(lines[0].contains("`最佳`") && lines[0].contains("advertising law"), "{lines:#?}");
    }

    #[test]
    fn all_and_every_are_common_and_are_not_told_alone() {
        assert_eq!(
            told_of("promises: {p: {kind: commitment, statement: All appliances are tested every day.}}\n"),
            [""; 0]
        );
        assert_eq!(
            told_of("promises: {p: {kind: commitment, statement: Tested every single day without fail.}}\n").len(),
            1
        );
    }
}
