//! The settings of a handbook: `handbook.yaml`, typed. The one place of every default.

use crate::diagnostic::Severity;
use crate::fields::node::Node;
use crate::fields::reader::Reader;
use crate::fields::scalar::{Given, Scalar, word_named};
use crate::fields::shape::Shape;
use crate::fields::text::{Text, tell_language};
use crate::fields::value::{Extra, Value};
use crate::record;
use crate::source::Spanned;
use crate::units::currency::Currency;
use crate::units::duration::{Duration, Unit};
use crate::units::money::Money;
use crate::units::share::Share;
use crate::units::{Malformed, quoted};

/// The largest part of its text that a `vague_words` list may take, in words.
const MOST_LANGUAGES: usize = 64;

/// A tag of a language, as in BCP 47.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LanguageTag(pub String);

impl Scalar for LanguageTag {
    const SHAPE: Shape = Shape::Value { name: "language tag", example: "de" };
    const FAULT: &'static str = "value/language";
    const WANTED: &'static str = "a language tag such as `en` or `pt-BR`";

    fn parse(text: &str) -> Result<Self, Malformed> {
        let mut parts = text.split('-');
        let first = parts
            .next()
            .is_some_and(|part| (2..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_lowercase()));
        let fits = |part: &str| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if first && parts.all(fits) {
            return Ok(Self(text.to_owned()));
        }
        let fault = Malformed::new(
            format!("`{text}` is not a language tag"),
            "write a tag such as `en`, `de`, `zh` or `pt-BR`",
        );
        Err(match Self::canonical(text) {
            Some(tag) => fault.instead(tag.0),
            None => fault,
        })
    }
}

impl LanguageTag {
    /// Reads a tag with `_` for `-` and with capital letters where they do not belong: `EN`, `pt_br`.
    fn canonical(text: &str) -> Option<Self> {
        let hyphens = text.trim().replace('_', "-");
        let (first, rest) = hyphens.split_once('-').unwrap_or((&hyphens, ""));
        let rest = if rest.len() == 2 { rest.to_uppercase() } else { rest.to_owned() };
        let tag = if rest.is_empty() { first.to_lowercase() } else { format!("{}-{rest}", first.to_lowercase()) };
        if tag == text { None } else { Self::parse(&tag).ok() }
    }
}

/// The address at which the site is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl(pub String);

impl Scalar for BaseUrl {
    const SHAPE: Shape = Shape::Value { name: "address", example: "https://example.org/handbook/" };
    const FAULT: &'static str = "value/address";
    const WANTED: &'static str = "an address such as `https://example.org/handbook/`";

    fn parse(text: &str) -> Result<Self, Malformed> {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        let fits = rest.is_some_and(|rest| {
            !rest.is_empty() && !rest.starts_with('/') && !rest.contains([' ', '"', '<', '>', '#', '?', '\\'])
        });
        if fits {
            return Ok(Self(format!("{}/", text.trim_end_matches('/'))));
        }
        Err(Malformed::new(
            format!("`{text}` is not the address of a site"),
            "write the whole address, such as `https://example.org/handbook/`",
        ))
    }
}

impl Scalar for Currency {
    const SHAPE: Shape = Shape::Value { name: "currency", example: "EUR" };
    const FAULT: &'static str = "value/currency";
    const WANTED: &'static str = "a currency such as `EUR`";

    /// Reads a code of ISO 4217.
    fn parse(text: &str) -> Result<Self, Malformed> {
        Self::parse(text).ok_or_else(|| match Money::parse(&format!("1 {text}")) {
            Err(fault) if fault.action.starts_with("write `1 ") => {
                let message = format!("{} is not the code of a currency", quoted(text));
                let told = Malformed::new(message, fault.action.replace("`1 ", "`"));
                match fault.instead.as_deref().and_then(|money| money.strip_prefix("1 ")) {
                    Some(code) => told.instead(code),
                    None => told,
                }
            }
            _ => {
                let message = format!("{} is not the code of a currency", quoted(text));
                Malformed::new(message, "write a code of ISO 4217, such as `EUR`, `USD` or `CNY`")
            }
        })
    }
}

impl Scalar for Severity {
    const SHAPE: Shape = Shape::Value { name: "severity", example: "warning" };
    const FAULT: &'static str = "value/word";
    const WANTED: &'static str = "`error`, `warning`, `info` or `off`";

    fn parse(text: &str) -> Result<Self, Malformed> {
        let words =
            [("error", Some(Self::Error)), ("warning", Some(Self::Warning)), ("info", Some(Self::Info)), ("off", None)];
        word_named(text, "a severity", &words)?.ok_or_else(|| Malformed::new("`off` is no severity", "leave it out"))
    }
}

/// How loud one check is in this handbook; nothing means off.
#[derive(Clone, Debug)]
pub struct Loudness {
    /// The check.
    pub check: Spanned<String>,
    /// Its severity; nothing means off.
    pub severity: Option<Severity>,
}

/// How loud checks are in this handbook, and the keys whose severity cannot be read.
#[derive(Clone, Debug, Default)]
pub struct Loudnesses(pub Vec<Loudness>, pub Vec<String>);

impl Value for Loudnesses {
    const SHAPE: Shape = Shape::Value { name: "severity by check", example: "{language/stale: off}" };

    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let (mut all, mut faulty) = (Vec::new(), Vec::new());
        for entry in reader.map(node, "checks with their severity")? {
            let check = Spanned { value: entry.key.clone(), span: entry.key_span };
            if matches!(&entry.value.kind, crate::fields::node::NodeKind::Scalar(word) if word == "off") {
                all.push(Loudness { check, severity: None });
            } else if let Some(severity) = Spanned::<Severity>::read(&entry.value, reader) {
                all.push(Loudness { check, severity: Some(severity.value) });
            } else {
                faulty.push(entry.key.clone());
            }
        }
        Some(Self(all, faulty))
    }
}

record! {
    /// Vague words of one language that are added to the list or taken out of it.
    pub struct WordChanges: "a change of the word list" {
        /// Words that are added.
        "add" may add: Vec<Spanned<String>>,
        /// Words that are taken out.
        "remove" may remove: Vec<Spanned<String>>,
    }
}

/// Changes of the lists of vague words, by the place of the language in `languages`.
#[derive(Clone, Debug, Default)]
pub struct VagueWords(pub Vec<(crate::fields::text::Language, WordChanges)>);

impl Value for VagueWords {
    const SHAPE: Shape = Shape::Value { name: "words by language", example: "{en: {add: [hassle-free]}}" };

    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let mut all = Vec::new();
        for entry in reader.map(node, "languages with their words")? {
            match reader.language_named(&entry.key) {
                None => tell_language((entry, node), reader),
                Some(language) => all.extend(WordChanges::read(&entry.value, reader).map(|words| (language, words))),
            }
        }
        Some(Self(all))
    }
}

record! {
    /// How often things are reviewed.
    pub struct ReviewPeriod: "the review period" {
        /// How often.
        "every" must every: Given<Duration>,
    }
}

record! {
    /// The settings of a handbook.
    pub struct Config: "handbook.yaml" {
        /// What the handbook is called.
        "title" must title: Text,
        /// Its languages; the first is the one it is written in.
        "languages" must languages: Vec<Spanned<LanguageTag>>,
        /// The address at which the site is published.
        "base_url" may base_url: Given<BaseUrl>,
        /// The address at which a file is edited, with `{path}` for its path below `content`.
        "edit_url" may edit_url: Given<String>,
        /// The firm or office whose handbook it is.
        "organisation" may organisation: Text,
        /// The currency in which amounts are given.
        "currency" may currency: Given<Currency>,
        /// The calendar of services that name none.
        "calendar" may calendar: Given<String>,
        /// How often things are reviewed that do not say it themselves.
        "review" may review: Option<ReviewPeriod>,
        /// How much tighter the internal limit should be than the limit; 20% where it is left out.
        "buffer" may buffer: Given<Share>,
        /// How many hand-overs between roles a service may have; 4 where it is left out.
        "max_handoffs" may max_handoffs: Given<u32>,
        /// The theme, by the name of its folder below `themes`.
        "theme" may theme: Given<String>,
        /// How loud single checks are: `error`, `warning`, `info` or `off`.
        "checks" may checks: Loudnesses,
        /// Vague words that are added to the lists or taken out, by language.
        "vague_words" may vague_words: VagueWords,
        /// What a theme may want to know.
        "extra" may extra: Option<Extra>,
    }
}

impl Config {
    /// Gives the tags of the languages, the source language first; `en` where none could be read.
    pub fn language_tags(&self) -> Vec<String> {
        let mut tags: Vec<String> = Vec::new();
        for tag in self.languages.iter().take(MOST_LANGUAGES) {
            if !tags.contains(&tag.value.0) {
                tags.push(tag.value.0.clone());
            }
        }
        if tags.is_empty() { vec!["en".into()] } else { tags }
    }

    /// Gives how often things are reviewed that do not say it themselves.
    pub fn review_period(&self) -> Duration {
        let given = self.review.as_ref().and_then(|review| review.every.as_ref());
        given.map_or(Duration { count: 12, unit: Unit::Month }, |every| every.value)
    }

    /// Gives how much tighter the internal limit should be than the limit; nothing where that cannot be read.
    pub fn least_buffer(&self) -> Option<Share> {
        let default = Share::from_hundredths(2000).filter(|_| !self.faulty.contains(&"buffer"));
        self.buffer.as_ref().map(|given| given.value).or(default)
    }

    /// Gives how many hand-overs between roles a service may have; nothing where that cannot be read.
    pub fn most_handoffs(&self) -> Option<u32> {
        let default = (!self.faulty.contains(&"max_handoffs")).then_some(4);
        self.max_handoffs.as_ref().map(|given| given.value).or(default)
    }

    /// Gives the name of the theme.
    pub fn theme_name(&self) -> &str {
        self.theme.as_ref().map_or("default", |theme| theme.value.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::bench::{found, look, tree};

    fn told(settings: &str) -> Vec<String> {
        let roles = ("registers/roles.yaml", "");
        let names = |line: String| line.split(' ').next().unwrap_or_default().to_owned();
        found(&[("handbook.yaml", settings), roles]).into_iter().map(names).collect()
    }

    fn with<T>(settings: &str, see: impl Fn(&Config) -> T) -> T {
        let settings = format!("title: H\n{settings}");
        see(&look(&tree(&[("handbook.yaml", &settings)])).0.handbook().config)
    }

    #[test]
    fn a_tag_of_a_language_has_small_letters_first_and_parts_of_two_to_eight() {
        for good in ["en", "zh", "pt-BR", "zh-Hans", "sr-Latn-RS", "gsw"] {
            assert!(LanguageTag::parse(good).is_ok(), "{good}");
        }
        for bad in ["", "e", "EN", "english", "en_US", "en-", "en-toolongpart", "d€"] {
            assert!(LanguageTag::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn an_address_gets_its_slash_and_nothing_dangerous() {
        assert_eq!(BaseUrl::parse("https://example.org/handbook"), Ok(BaseUrl("https://example.org/handbook/".into())));
        assert_eq!(BaseUrl::parse("http://localhost:8000//"), Ok(BaseUrl("http://localhost:8000/".into())));
        for bad in [
            "example.org",
            "ftp://example.org",
            "https://",
            "https:///x",
            "https://a b",
            "https://a/?q",
            "javascript:alert(1)",
            "https://a/\"><",
        ] {
            assert!(BaseUrl::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn languages_fall_back_to_english_and_are_there_once() {
        assert_eq!(with("languages: [de, en, de]\n", Config::language_tags), ["de", "en"]);
        assert_eq!(with("", Config::language_tags), ["en"]);
        assert_eq!(told("title: H\nlanguages: [de, de]\n"), ["field/duplicate"]);
        let many: Vec<String> = ('a'..='z').flat_map(|a| ('a'..='z').map(move |b| format!("{a}{b}"))).collect();
        let settings = format!("languages: [{}]\n", many.join(", "));
        assert_eq!(with(&settings, |config| config.language_tags().len()), MOST_LANGUAGES);
    }

    #[test]
    fn what_is_not_said_has_a_default() {
        let months = |settings: &str| with(settings, |config| config.review_period());
        assert_eq!(months(""), Duration { count: 12, unit: Unit::Month });
        assert_eq!(months("review: {every: 2 weeks}\n"), Duration { count: 2, unit: Unit::Week });
        assert_eq!(
            with("", |config| (config.least_buffer(), config.most_handoffs())),
            (Share::parse("20%").ok(), Some(4))
        );
        let settings = "buffer: 30%\nmax_handoffs: none\n";
        assert_eq!(
            with(settings, |config| (config.least_buffer(), config.most_handoffs())),
            (Share::parse("30%").ok(), None)
        );
        assert_eq!(with("", |config| config.theme_name().to_owned()), "default");
        assert_eq!(with("theme: own\n", |config| config.theme_name().to_owned()), "own");
    }

    #[test]
    fn checks_are_off_or_as_loud_as_is_said() {
        let chosen = |settings: &str| {
            with(settings, |config| {
                config.checks.0.iter().map(|it| (it.check.value.clone(), it.severity)).collect::<Vec<_>>()
            })
        };
        let both = chosen("checks: {language/stale: off, prose/unbound: info}\n");
        assert_eq!(both, [("language/stale".to_owned(), None), ("prose/unbound".into(), Some(Severity::Info))]);
        assert_eq!(chosen("checks: {language/stale: loud}\n"), []);
        assert_eq!(told("title: H\nlanguages: [en]\nchecks: {language/stale: loud}\n"), ["value/word"]);
    }

    #[test]
    fn settings_that_make_no_sense_are_told() {
        assert_eq!(told("languages: [en]\n"), ["field/missing"]);
        assert_eq!(told("title: H\nlanguages: [en]\ncurrency: euro\n"), ["value/currency"]);
        assert_eq!(told("title: H\nlanguages: [en]\nbase_url: example.org\n"), ["value/address"]);
        assert_eq!(told("title: H\nlanguages: [en]\nvague_words: {fr: {add: [x]}}\n"), ["language/unknown"]);
        assert_eq!(told("title: H\nlanguages: [en]\ntheem: own\n"), ["field/unknown"]);
    }

    #[test]
    fn words_are_added_and_taken_out_by_language() {
        let changes = with("languages: [en, de]\nvague_words: {de: {add: [zeitnah], remove: [bald]}}\n", |config| {
            config
                .vague_words
                .0
                .iter()
                .map(|(language, it)| (language.0, it.add.len(), it.remove.len()))
                .collect::<Vec<_>>()
        });
        assert_eq!(changes, [(1, 1, 1)]);
    }
}
