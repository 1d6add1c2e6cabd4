//! `evidence/no-source`: a figure that is claimed without a source, or a contested one that is stated flatly.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::checks::check::{Check, Finder};
use crate::checks::figures::Figures;
use crate::checks::inspection::Inspection;
use crate::checks::said::Written;
use crate::checks::wording::target_inside::is_matter;
use crate::diagnostic::{Diagnostic, Severity};
use crate::markdown::passage::Passage;
use crate::markdown::wiki::WikiLink;
use crate::model::kind::Kind;
use crate::model::registers::{Evidence, Quality};
use crate::model::results::ResultValue;
use crate::wording::amount::{Amount, Measure};

/// The check.
pub const CHECK: Check = Check {
    name: "evidence/no-source",
    severity: Severity::Warning,
    finds: "A percentage or a \"so many times as often\" stands without a source, or a contested figure is stated as a fact.",
    why: "Figures about customers are handed on from book to book until nobody knows who counted what. A figure that moves \
          people to act needs its source beside it, `[[@…]]`, with a note where others found otherwise; without one, leave \
          the figure out and say what you have seen yourselves.",
    wrong: &[(
        "pages/principles/first-contact.md",
        "kind: principle\n---\nOf customers helped at the first call 95 % come back.\n",
    )],
    right: &[
        (
            "pages/principles/first-contact.md",
            "kind: principle\n---\nOf customers helped at the first call 95 % come back [[@first-contact]].\n",
        ),
        (
            "registers/evidence.yaml",
            "first-contact: {claim: Customers helped at once stay., source: A survey, quality: primary}\n",
        ),
    ],
    finder: Finder::Run(run),
};

/// Words that say that a figure is not certain.
const DOUBTS: [&str; 34] = [
    "contested",
    "disput",
    "doubt",
    "other studies",
    "other sources",
    "others found",
    "unclear",
    "uncertain",
    "rumour",
    "supposed",
    "allegedly",
    "said to be",
    "not proven",
    "debated",
    "varies",
    "vary",
    "nobody knows",
    "no study",
    "umstritten",
    "angeblich",
    "andere studien",
    "andere quellen",
    "zweifel",
    "ungewiss",
    "nicht belegt",
    "keine studie",
    "schwank",
    "争议",
    "不一",
    "存疑",
    "据说",
    "其他研究",
    "contest",
    "remis en question",
];

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    let own = own_shares(inspection);
    for (written, amounts) in inspection.written.iter().zip(&inspection.readings().written) {
        for (at, (passage, amounts)) in written.prose.passages.iter().zip(amounts).enumerate() {
            if amounts.is_empty() {
                continue;
            }
            let told = match contested(inspection, written, passage, amounts) {
                Some(told) => Some(told),
                None if is_cited_near(written, at) => None,
                None => claim(&passage.text, amounts, &own).map(|range| {
                    tell(passage.span(&range, written.prose.base), passage.text.get(range).unwrap_or_default())
                }),
            };
            found.extend(told);
        }
    }
    for (said, reading) in inspection.said.iter().zip(&inspection.readings().said) {
        let is_free = matches!(said.thing.0, Kind::Playbook | Kind::Page) && reading.links.is_empty();
        if let Some(range) = Some(()).filter(|()| is_free).and_then(|()| claim(&reading.text, &reading.amounts, &own)) {
            let written = reading.text.get(range.clone()).unwrap_or_default();
            found.push(tell(inspection.spot(&said.text, &range), written));
        }
    }
}

fn tell(place: impl Into<crate::diagnostic::Place>, written: &str) -> Diagnostic {
    let message = format!("nobody can tell where {} comes from", written.trim());
    CHECK
        .told(place, message)
        .action("add its source to registers/evidence.yaml and cite it here by `[[@id]]`, or leave the figure out")
}

/// Collects the shares of the handbook itself, in thousandths of a per cent: targets, levels, results, the buffer.
fn own_shares(inspection: &Inspection<'_>) -> BTreeSet<u64> {
    let handbook = inspection.handbook();
    let mut own = BTreeSet::from([100_000]);
    own.extend(handbook.config.buffer.iter().map(|buffer| u64::from(buffer.value.as_hundredths()) * 10));
    for service in handbook.services.values() {
        own.extend(
            Figures::of_service(&service.fields).shares.iter().map(|share| u64::from(share.as_hundredths()) * 10),
        );
    }
    for measured in handbook.results.iter() {
        own.extend(measured.share().map(|share| u64::from(share) * 10));
        if let Some(ResultValue::Share(perceived)) = measured.perceived.as_ref().map(|it| it.value) {
            own.insert(u64::from(perceived) * 10);
        }
    }
    own
}

/// Finds a figure that claims something about the world.
fn claim(text: &str, amounts: &[Amount], own: &BTreeSet<u64>) -> Option<Range<usize>> {
    let is_claim = |amount: &&Amount| match amount.measure {
        Measure::Percent => {
            let is_own = own.contains(&amount.thousandths) && !is_of_customers(text, amount);
            !is_own && amount.thousandths > 0 && !is_matter(text, amount)
        }
        Measure::Times => is_comparison(
            text.get(amount.range.end..).unwrap_or_default(),
            text.get(amount.range.clone()).unwrap_or_default(),
        ),
        _ => false,
    };
    amounts.iter().find(is_claim).map(|amount| amount.range.clone())
}

/// Tells whether a share is one of what customers do, which no field of the handbook says: `95 % come back`.
fn is_of_customers(text: &str, amount: &Amount) -> bool {
    const DEEDS: [&str; 18] = [
        "come back",
        "came back",
        "comes back",
        "buy again",
        "bought again",
        "stay with",
        "tell others",
        "recommend",
        "never return",
        "complain",
        "kommen wieder",
        "kaufen wieder",
        "bleiben",
        "empfehlen",
        "beschweren",
        "再来",
        "回头",
        "推荐",
    ];
    const ENDS: [char; 6] = ['.', '!', '?', '。', ';', '；'];
    let before = text.get(..amount.range.start).unwrap_or_default().rsplit(ENDS).next().unwrap_or_default();
    let after = text.get(amount.range.end..).unwrap_or_default().split(ENDS).next().unwrap_or_default();
    let sentence = format!("{before} {after}").to_lowercase();
    DEEDS.iter().any(|deed| sentence.contains(deed)) || (sentence.contains("kommen") && sentence.contains("wieder"))
}

/// Tells whether `five times` compares: `five times as often`, `fünfmal so viel`, `6倍`.
fn is_comparison(after: &str, written: &str) -> bool {
    const WORDS: [&str; 20] = [
        "as ",
        "more",
        "less",
        "fewer",
        "higher",
        "lower",
        "likelier",
        "better",
        "worse",
        "so ",
        "mehr",
        "häufiger",
        "höher",
        "teurer",
        "weniger",
        "wahrscheinlicher",
        "plus ",
        "moins ",
        "aussi ",
        "supérieur",
    ];
    let after = after.trim_start().to_lowercase();
    written.ends_with('倍') || WORDS.iter().any(|word| after.starts_with(word))
}

/// Tells whether the passage, or the one before or after it, cites evidence.
fn is_cited_near(written: &Written<'_>, at: usize) -> bool {
    let near = written.prose.passages.iter().skip(at.saturating_sub(1)).take(if at == 0 { 2 } else { 3 });
    near.flat_map(|passage| links(written, passage)).any(|link| link.evidence)
}

fn links<'a>(written: &'a Written<'_>, passage: &'a Passage) -> impl Iterator<Item = &'a WikiLink> {
    passage.references.iter().filter_map(|(_, link)| written.prose.wiki_links.get(*link))
}

/// Tells a contested figure that a passage states as a fact.
fn contested(
    inspection: &Inspection<'_>,
    written: &Written<'_>,
    passage: &Passage,
    amounts: &[Amount],
) -> Option<Diagnostic> {
    let text = passage.text.to_lowercase();
    if DOUBTS.iter().any(|word| text.contains(word)) {
        return None;
    }
    let evidence = &inspection.handbook().evidence;
    let cited = links(written, passage).filter(|link| link.evidence);
    let rows = cited.filter_map(|link| Some((link, evidence.get(&link.target.value)?)));
    let is_contested = |evidence: &Evidence| evidence.quality.as_ref().is_some_and(|it| it.value == Quality::Contested);
    let (link, row, amount) = rows
        .filter(|(_, row)| is_contested(&row.value))
        .find_map(|(link, row)| Some((link, row, amounts.iter().find(|amount| is_value(amount, &row.value))?)))?;
    let said = passage.text.get(amount.range.clone()).unwrap_or_default();
    let message = format!("{said} is stated as a fact, and `{}` is contested", link.target.value);
    let told = CHECK.told(passage.span(&amount.range, written.prose.base), message);
    let told = told.label(row.value.quality.as_ref().map_or(row.span, |it| it.span), "the evidence");
    Some(told.action("say here that others found otherwise, or leave the figure out"))
}

/// Tells whether an amount is the figure of a piece of evidence; any, where the figure is not given as a number.
fn is_value(amount: &Amount, evidence: &Evidence) -> bool {
    let value = evidence.value.as_ref().map(|value| value.value.trim_end_matches('%').trim());
    match value.and_then(|value| value.parse::<u64>().ok()) {
        Some(value) => value.checked_mul(1000) == Some(amount.thousandths),
        None => !amount.is_time(),
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::told;

    const EVIDENCE: &str = "\
tarp: {claim: C, source: S, quality: primary}
nine: {claim: C, source: S, quality: contested, value: 9}
";

    fn of_page(prose: &str) -> Vec<String> {
        let page = format!("---\ntitle: P\nkind: principle\n---\n{prose}\n");
        let service =
            crate::checks::bench::service("standards: {a: {kind: conduct, level: L, statement: S, target: 90%}}\n");
        let files = [
            ("pages/p.md", page.as_str()),
            ("registers/evidence.yaml", EVIDENCE),
            ("services/repair.md", service.as_str()),
        ];
        told("evidence/no-source", &files)
    }

    #[test]
    fn a_share_of_what_customers_do_is_a_claim_whatever_the_target_is() {
        assert_eq!(of_page("Of these, 90 % come back.").len(), 1);
        assert_eq!(of_page("Davon kommen 90 % wieder.").len(), 1);
        assert_eq!(of_page("We keep 90 % of our dates. Customers come back."), [""; 0]);
    }

    #[test]
    fn a_figure_without_a_source_is_told() {
        let line = "pages/p.md:5 nobody can tell where 95 % comes from → add its source to registers/evidence.yaml and cite it \
                    here by `[[@id]]`, or leave the figure out";
        assert_eq!(of_page("95 % of them come back."), [line]);
        for prose in
            ["Winning one costs five times as much.", "It costs 5 times more.", "Sixty per cent never complain."]
        {
            assert_eq!(of_page(prose).len(), 1, "{prose}");
        }
    }

    #[test]
    fn a_cited_figure_our_own_and_a_discount_are_fine() {
        for prose in [
            "95 % of them come back [[@tarp]].",
            "95 % of them come back.\n\nSo a survey found [[@tarp]].",
            "We keep it in 90 % of cases.",
            "Check that it is 100 % dry.",
            "Offer a 10 % discount.",
            "Ring three times, then leave a note.",
        ] {
            assert_eq!(of_page(prose), [""; 0], "{prose}");
        }
    }

    #[test]
    fn a_contested_figure_is_not_stated_flatly() {
        let line = "pages/p.md:5 nine is stated as a fact, and `nine` is contested → say here that others found otherwise, or leave \
                    the figure out";
        assert_eq!(of_page("An angry customer tells nine people [[@nine]]."), [line]);
        assert_eq!(of_page("How many people they tell is disputed; some say nine [[@nine]]."), [""; 0]);
        assert_eq!(of_page("They tell others [[@nine]]."), [""; 0]);
    }

    #[test]
    fn fields_of_playbooks_are_looked_at_too() {
        let book = |when: &str| format!("---\ntitle: B\nwhen: {when}\n---\n");
        let of = |when: &str| told("evidence/no-source", &[("playbooks/b.md", book(when).as_str())]).len();
        assert_eq!((of("the customer is one of the 4 % who complain"), of("the customer rings twice")), (1, 0));
    }
}
