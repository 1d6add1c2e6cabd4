//! `wording/forbidden-term`: a word that the glossary says not to use.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::checks::said::Said;
use crate::checks::wording::promised::sentence;
use crate::checks::wording::quotation::quotations;
use crate::diagnostic::{Diagnostic, Severity};
use crate::fields::text::Language;
use crate::model::kind::Kind;
use crate::source::Span;
use crate::wording::list::{Found, WordList};
use crate::wording::tongue::Tongue;

/// The check.
pub const CHECK: Check = Check {
    name: "wording/forbidden-term",
    severity: Severity::Warning,
    finds: "A text uses a word that a term of the glossary lists under `not`.",
    why: "Where one thing has two names, new staff look for the difference and customers suspect one. Use the word of the \
          glossary everywhere, or take the other one off its list.",
    wrong: &[
        (
            "registers/terms.yaml",
            "estimate:\n  text: estimate\n  meaning: The price in writing.\n  not: [ballpark figure]\n",
        ),
        (
            "playbooks/price.md",
            "title: Naming the price\nwhen: the fault is known\nsay: [Here are the ballpark figures.]\n",
        ),
    ],
    right: &[
        (
            "registers/terms.yaml",
            "estimate:\n  text: estimate\n  meaning: The price in writing.\n  not: [ballpark figure]\n",
        ),
        ("playbooks/price.md", "title: Naming the price\nwhen: the fault is known\nsay: [Here are the estimates.]\n"),
    ],
    finder: Finder::Run(run),
};

/// The words that are not used in one language.
struct Forbidden<'a> {
    tongue: Tongue,
    list: WordList,
    /// By the id of the term: the word to use, and where each word is listed that is not.
    terms: BTreeMap<&'a str, (&'a str, Span)>,
}

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    let languages: BTreeMap<Language, Forbidden<'_>> = (0..)
        .map(Language)
        .zip(&inspection.tags)
        .filter_map(|(it, tag)| Some((it, forbidden(inspection, it, tag)?)))
        .collect();
    for said in inspection.said.iter().filter(|said| is_looked_through(said)) {
        let Some(forbidden) = languages.get(&said.language) else { continue };
        let text = sentence(&said.text.value).text;
        for word in used(forbidden, &text) {
            let is_own = said.thing.0 == Kind::Term && said.thing.1 == word.group;
            if !is_own {
                found.extend(forbidden.tell(inspection, &text, &word, inspection.spot(&said.text, &word.range)));
            }
        }
    }
    for written in &inspection.written {
        let Some(forbidden) = languages.get(&written.language) else { continue };
        for passage in written.prose.passages.iter().filter(|passage| !passage.is_quoted) {
            for word in used(forbidden, &passage.text) {
                let place = passage.span(&word.range, written.prose.base);
                found.extend(forbidden.tell(inspection, &passage.text, &word, place));
            }
        }
    }
}

/// Gathers the words that are not used in a language; the words of all terms are allowed.
fn forbidden<'a>(inspection: &Inspection<'a>, language: Language, tag: &str) -> Option<Forbidden<'a>> {
    let tongue = Tongue::of(tag)?;
    let (mut list, mut terms) = (WordList::read(tongue, ""), BTreeMap::new());
    for (id, row) in &inspection.handbook().terms {
        let text = row.value.text.exactly(language).map(|text| text.value.as_str());
        if let Some(text) = text {
            list.remove(text);
        }
        for word in row.value.not.of(language) {
            list.add_to(id, &word.value);
            terms.insert(id.as_str(), (text.unwrap_or_else(|| row.value.text.source()), word.span));
        }
    }
    (!terms.is_empty()).then_some(Forbidden { tongue, list, terms })
}

/// Tells whether a text is the firm's own words; addresses, sources and what is never said are not.
fn is_looked_through(said: &Said) -> bool {
    !match said.thing.0 {
        Kind::Playbook => said.is_in("never_say"),
        Kind::Evidence => said.is_in("source"),
        Kind::Channel => said.is_in("address"),
        _ => false,
    }
}

/// Finds the words that are used, not only mentioned between quotation marks.
fn used<'l>(forbidden: &'l Forbidden<'_>, text: &str) -> Vec<Found<'l>> {
    let mut words = forbidden.list.find(text);
    if !words.is_empty() {
        let quotations = quotations(text);
        let around = |range: &Range<usize>| {
            let before = quotations.partition_point(|it| it.start < range.start).checked_sub(1);
            before.and_then(|before| quotations.get(before)).is_some_and(|it| range.end < it.end)
        };
        words.retain(|word| !around(&word.range));
    }
    words
}

impl Forbidden<'_> {
    fn tell(&self, inspection: &Inspection<'_>, text: &str, word: &Found<'_>, place: Span) -> Option<Diagnostic> {
        let (term, listed) = self.terms.get(word.group)?;
        let written = text.get(word.range.clone())?;
        let message = format!("`{written}` is a word that is not used here: the term is `{term}`");
        let told = CHECK.told(place, message).label(*listed, format!("listed as not to be used for `{}`", word.group));
        let base = inspection.tree.slice(*listed).trim_matches(['"', '\'']);
        let is_literal = inspection.tree.slice(place) == written;
        Some(match self.replacement(text, &word.range, term, base).filter(|_| is_literal) {
            Some(right) => told.action(format!("write `{right}`")).fix(place, right),
            None => told.action(format!("write `{term}` in the form that fits")),
        })
    }

    /// Gives the term in the form of the word that it replaces, where there is no doubt: German has genders and cases.
    fn replacement(&self, text: &str, range: &Range<usize>, term: &str, base: &str) -> Option<String> {
        let written = text.get(range.clone())?;
        match self.tongue {
            Tongue::German => None,
            Tongue::Chinese => Some(term.to_owned()),
            Tongue::English => {
                let right = if written.eq_ignore_ascii_case(base) {
                    term.to_owned()
                } else if written.eq_ignore_ascii_case(&plural(base)) {
                    plural(term)
                } else {
                    return None;
                };
                let before = text.get(..range.start)?.split_whitespace().next_back().unwrap_or_default().to_lowercase();
                let fits = match before.as_str() {
                    "a" => !begins_with_vowel(&right),
                    "an" => begins_with_vowel(&right),
                    _ => true,
                };
                fits.then(|| with_case_of(written, &right))
            }
        }
    }
}

fn begins_with_vowel(word: &str) -> bool {
    word.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U'])
}

/// Writes a regular English plural.
fn plural(word: &str) -> String {
    match word.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if ["s", "x", "ch", "sh"].iter().any(|ending| word.ends_with(ending)) => format!("{word}es"),
        _ => format!("{word}s"),
    }
}

/// Gives a word the capital of another.
fn with_case_of(model: &str, word: &str) -> String {
    let mut letters = word.chars();
    match letters.next() {
        Some(first) if model.starts_with(char::is_uppercase) => first.to_uppercase().chain(letters).collect(),
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::{TODAY, told};
    use crate::checks::{check, inspect, stand_in};
    use crate::parse::parse;

    const TERMS: &str = "\
customer: {text: {en: customer, de: Kunde}, meaning: {en: Who pays the client, de: Wer zahlt}, not: {en: [client], de: [Klient]}}
client-list: {text: {en: client list, de: Klientenliste}, meaning: {en: A list, de: Eine Liste}}
duty: {text: {en: errand, de: Gang}, meaning: {en: M, de: M}, not: {en: [duty]}}
";

    fn told_of(path: &str, text: &str) -> Vec<String> {
        told("wording/forbidden-term", &[("registers/terms.yaml", TERMS), (path, text)])
    }

    fn in_page(body: &str) -> Vec<String> {
        told_of("pages/p.md", &format!("title: P\nkind: guide\n---\n{body}\n"))
    }

    /// Gives the texts with which the findings are mended.
    fn fixes(body: &str) -> Vec<String> {
        let page = format!("title: P\nkind: guide\n---\n{body}\n");
        let tree = stand_in::tree(&[("registers/terms.yaml", TERMS), ("pages/p.md", &page)]);
        let (checked, _) = check(parse(&tree, "").handbook, &tree, &[]);
        let told =
            inspect(&checked, &tree, TODAY, &[]).into_iter().filter(|told| told.name == "wording/forbidden-term");
        told.flat_map(|told| told.fix).map(|edit| edit.text).collect()
    }

    #[test]
    fn the_word_is_told_in_texts_and_prose_with_the_one_to_write() {
        assert_eq!(
            in_page("A line.\n\nAsk the clients."),
            ["pages/p.md:7 `clients` is a word that is not used here: the term is `customer` → write `customers`"]
        );
        assert_eq!(told_of("playbooks/p.md", "title: T\nwhen: W\nsay: [\"Dear client, listen.\"]\n").len(), 1);
    }

    #[test]
    fn its_own_entry_other_terms_quotations_code_and_what_is_never_said_are_left_alone() {
        for body in [
            "> the client",
            "Do not say “client”.",
            "`client`",
            "The client list",
            "[[#a|x]] [y](https://client.org)",
            "Clientele",
        ] {
            assert_eq!(in_page(body), [""; 0], "{body}");
        }
        assert_eq!(told_of("playbooks/p.md", "title: T\nwhen: W\nnever_say: [client]\n"), [""; 0]);
    }

    #[test]
    fn each_language_has_its_own_words_and_german_endings_are_known() {
        let page = ("pages/p.md", "title: P\nkind: guide\n---\nKlient\n");
        let german = ("pages/p.de.md", "title: P\n---\nDen Klienten fragen, client\n");
        let lines = told("wording/forbidden-term", &[("registers/terms.yaml", TERMS), page, german]);
        assert_eq!(
            lines,
            [
                "pages/p.de.md:4 `Klienten` is a word that is not used here: the term is `Kunde` → write `Kunde` in the form that fits"
            ]
        );
    }

    #[test]
    fn it_is_mended_only_where_one_form_is_right() {
        assert_eq!(fixes("Client, clients"), ["Customer", "customers"]);
        assert_eq!(fixes("our duties, a duty, the duty"), ["errands", "errand"]);
        assert_eq!(fixes("the client's wish"), [""; 0]);
    }
}
