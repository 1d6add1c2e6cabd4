//! What customers care about, the glossary and the evidence.

use serde::Serialize;

use super::html::{Html, Link};
use super::writer::Writer;
use crate::model::kind::Kind;
use crate::model::lookup::Thing;

/// Something customers care about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FactorView {
    /// Its id.
    pub id: String,
    /// What it is.
    pub text: Html,
    /// `dissatisfier`, `performance` or `satisfier`.
    pub kind: &'static str,
    /// The kind in words.
    pub kind_name: Html,
    /// What it comes from, in words.
    pub cause: Html,
    /// By which dimension it is rated, in words.
    pub rater: Html,
    /// What takes care of it.
    pub covered_by: Vec<Link>,
}

/// A word of the firm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TermView {
    /// Its id.
    pub id: String,
    /// The word.
    pub text: Html,
    /// What it means.
    pub meaning: Html,
    /// Words that are not used for it, as a sentence; empty where there are none.
    pub not: Html,
}

/// A piece of evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EvidenceView {
    /// Its id.
    pub id: String,
    /// What is claimed.
    pub claim: Html,
    /// Where it comes from.
    pub source: Html,
    /// `primary`, `second-hand`, `contested` or `anecdote`.
    pub quality: &'static str,
    /// The quality in words.
    pub quality_name: Html,
    /// What the quality means.
    pub quality_about: Html,
    /// The figure; empty where there is none.
    pub value: Html,
    /// The year; empty where there is none.
    pub year: String,
    /// Where it can be read; empty where there is none.
    pub url: String,
    /// What to keep in mind.
    pub note: Html,
}

impl Writer<'_> {
    /// Shows what customers care about, what annoys first.
    pub fn factors(&self) -> Vec<FactorView> {
        let mut rows: Vec<_> = self.handbook().factors.iter().collect();
        rows.sort_by_key(|(id, row)| (row.value.kind.as_ref().map(|kind| kind.value), *id));
        rows.into_iter()
            .map(|(id, row)| {
                let factor = &row.value;
                let kind = factor.kind.as_ref().map_or("", |kind| kind.value.word());
                let covered = self.shared.relations.covered_by.get(id);
                FactorView {
                    id: id.clone(),
                    text: self.text(&factor.text),
                    kind,
                    kind_name: self.worded("factor.kind", Some(kind)),
                    cause: self.worded("factor.cause", factor.cause.as_ref().map(|cause| cause.value.word())),
                    rater: self.worded("factor.rater", factor.rater.as_ref().map(|rater| rater.value.word())),
                    covered_by: covered.into_iter().flatten().map(|thing| self.covering(thing)).collect(),
                }
            })
            .collect()
    }

    /// Gives the link to what covers a factor; an item of a checklist leads to the item.
    fn covering(&self, (kind, id): &Thing) -> Link {
        let Some((checklist, item)) = id.split_once('#') else { return self.link(*kind, id) };
        let mut link = self.link(Kind::Checklist, checklist);
        link.href = format!("{}#{item}", link.href);
        let row = self.handbook().checklists.get(checklist).and_then(|found| found.fields.items.get(item));
        if let Some(row) = row {
            link.title = Html(format!("{}: {}", link.title.0, self.title(&row.value.0.text).0));
        }
        link
    }

    /// Shows the words of the firm.
    pub fn terms(&self) -> Vec<TermView> {
        let term = |(id, row): (&String, &crate::fields::table::Row<crate::model::registers::Term>)| {
            let words: Vec<String> =
                row.value.not.of(self.language).iter().map(|word| self.locale().quote(&word.value)).collect();
            let not = match words.is_empty() {
                true => String::new(),
                false => self.locale().phrase("glossary.not", &[("words", &words.join(", "))]),
            };
            TermView {
                id: id.clone(),
                text: self.title(&row.value.text),
                meaning: self.text(&row.value.meaning),
                not: Html::escaped(&not),
            }
        };
        self.handbook().terms.iter().map(term).collect()
    }

    /// Shows the evidence.
    pub fn evidence(&self) -> Vec<EvidenceView> {
        let view = |(id, row): (&String, &crate::fields::table::Row<crate::model::registers::Evidence>)| {
            let it = &row.value;
            let quality = it.quality.as_ref().map_or("", |quality| quality.value.word());
            EvidenceView {
                id: id.clone(),
                claim: self.text(&it.claim),
                source: self.text(&it.source),
                quality,
                quality_name: self.worded("evidence.quality", Some(quality)),
                quality_about: self.worded("evidence.about", Some(quality)),
                value: Html::escaped(it.value.as_ref().map_or("", |value| value.value.as_str())),
                year: it.year.as_ref().map_or_else(String::new, |year| year.value.to_string()),
                url: it.url.as_ref().filter(|url| is_web(&url.value)).map_or_else(String::new, |url| url.value.clone()),
                note: self.text(&it.note),
            }
        };
        self.handbook().evidence.iter().map(view).collect()
    }
}

/// Tells whether an address leads to the web and nowhere else.
fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

#[cfg(test)]
mod tests {
    use crate::view::bench::{Bench, DE, EN};

    const FACTORS: &str = "\
speed: {text: Fast, kind: performance, cause: system, rater: responsiveness}
smile: {text: A smile, kind: satisfier}
wait: {text: No wait, kind: dissatisfier}
alone: {text: Not alone, kind: dissatisfier}
";

    #[test]
    fn what_annoys_comes_first() {
        let bench = Bench::new(&[("registers/factors.yaml", FACTORS)]);
        let shared = bench.shared();
        let factors = shared.writer(EN, "factors.html").factors();
        let ids: Vec<(&str, &str)> = factors.iter().map(|it| (it.id.as_str(), it.kind)).collect();
        assert_eq!(
            ids,
            [("alone", "dissatisfier"), ("wait", "dissatisfier"), ("speed", "performance"), ("smile", "satisfier")]
        );
        let speed = &factors[2];
        assert_eq!((speed.cause.0.as_str(), speed.rater.0.as_str()), ("How we work", "Responsiveness"));
        assert_eq!((factors[3].cause.0.as_str(), speed.kind_name.0.as_str()), ("", "The more, the better"));
    }

    #[test]
    fn a_factor_that_an_item_covers_leads_to_the_item() {
        let list =
            "---\ntitle: Open\nuse: case\nby: desk\nitems: {light: {text: \"Light <on>\", covers: [wait]}}\n---\n";
        let front = "standards: {quick: {title: Quick, covers: [wait]}}\n";
        let bench = Bench::service(front, &[("registers/factors.yaml", FACTORS), ("checklists/open.md", list)]);
        let shared = bench.shared();
        let factors = shared.writer(EN, "factors.html").factors();
        let wait = factors.iter().find(|it| it.id == "wait").unwrap();
        let covered: Vec<_> = wait.covered_by.iter().map(|it| (it.href.as_str(), it.title.0.as_str())).collect();
        assert_eq!(
            covered,
            [("services/repair.html#quick", "Quick"), ("checklists/open.html#light", "Open: Light &lt;on&gt;"),]
        );
        assert_eq!(factors.iter().find(|it| it.id == "smile").unwrap().covered_by, []);
    }

    #[test]
    fn words_that_are_not_used_are_those_of_the_language() {
        let terms = "\
guest:
  text: {en: guest, de: Gast}
  meaning: {en: \"Who comes to [[desk]]\"}
  not: {en: [client, user], de: [Kunde]}
case: {text: case, meaning: One matter}
";
        let bench = Bench::new(&[("registers/terms.yaml", terms)]);
        let shared = bench.shared();
        let not = |language| shared.writer(language, "glossary.html").terms().into_iter().map(|it| it.not.0).collect();
        let english: Vec<String> = not(EN);
        assert_eq!(english, ["", "Not: “client”, “user”"]);
        let german: Vec<String> = not(DE);
        assert_eq!(german[1], "Nicht: „Kunde“");
        let meaning = &shared.writer(EN, "glossary.html").terms()[1].meaning;
        assert_eq!(meaning.0, "Who comes to <a href=\"roles/desk.html\">Service desk</a>");
    }

    #[test]
    fn evidence_says_how_far_it_can_be_trusted_and_links_to_the_web_only() {
        let evidence = "\
a: {claim: A, source: S, quality: contested, value: 5 times, year: 1999, url: \"https://example.org/a\"}
b: {claim: B, source: S, quality: primary, url: \"javascript:alert(1)\"}
";
        let bench = Bench::new(&[("registers/evidence.yaml", evidence)]);
        let shared = bench.shared();
        let all = shared.writer(EN, "evidence.html").evidence();
        assert_eq!(
            (all[0].quality_name.0.as_str(), all[0].year.as_str(), all[0].value.0.as_str()),
            ("Contested", "1999", "5 times")
        );
        assert_eq!(all[0].quality_about.0, "Sources disagree. Do not state it flatly.");
        assert_eq!((all[0].url.as_str(), all[1].url.as_str(), all[1].year.as_str()), ("https://example.org/a", "", ""));
    }
}
