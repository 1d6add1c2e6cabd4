//! The manifest of a language: what the script must know before it can look for a word.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::entry::{Found, Sort};
use super::fold::{Folding, is_han};
use super::records::{Files, PASSAGES_A_FILE, THINGS_A_FILE};
use super::shards::Places;
use super::{FORMAT, variants};
use crate::fields::text::Language;
use crate::model::kind::Kind;
use crate::pages::plain;
use crate::view::writer::{Shared, Writer};

/// Where the files of each sort begin.
pub struct Heads<'a> {
    /// All that is found.
    pub found: &'a Found,
    /// The words of things.
    pub first: Places,
    /// The words of text.
    pub second: Places,
    /// The files of words by their endings.
    pub spelled: Vec<String>,
}

/// Adds the manifest, `index.js`, and what is needed later: `text.js` for the text and for what is said of the results, `simple.js` for traditional
/// characters.
pub fn add(shared: &Shared<'_>, language: Language, heads: &Heads<'_>, files: &mut Files) {
    let writer = shared.writer(language, "index.html");
    let folding = Folding::of(writer.locale().tag());
    let ask = ask(&writer);
    let manifest = json!({
        "format": FORMAT,
        "things": heads.found.things.len(),
        "all": heads.found.things.len() + heads.found.passages.len(),
        "files": [THINGS_A_FILE, PASSAGES_A_FILE],
        "pairs": [heads.first.pairs, heads.second.pairs],
        "w": heads.first.heads.join(" "),
        "v": heads.spelled.join(" "),
        "stop": folding.stop.join(" "),
        "endings": folding.rounds.iter().map(|round| {
            round.iter().map(|ending| format!("{}:{}:{}", ending.0, ending.1, ending.2)).collect::<Vec<_>>().join(" ")
        }).collect::<Vec<_>>(),
        "digraphs": folding.digraphs,
        "simplify": folding.simplify,
        "kinds": Sort::WORDS.map(|key| writer.word(key)),
    });
    files.add("index".into(), &manifest);
    if folding.simplify {
        files.add("simple".into(), &json!({"simple": simpler(heads.found)}));
    }
    let words = writer.locale().group("search");
    files.add("text".into(), &json!({"t": heads.second.heads.join(" "), "words": words, "ask": ask}));
}

/// Finds whom a reader may ask who found nothing: the service that takes most complaints, or else the home page.
fn ask(writer: &Writer<'_>) -> Value {
    let mut asked: BTreeMap<&str, usize> = BTreeMap::new();
    for service in writer.handbook().services.values() {
        if let Some(to) = &service.fields.complaints_to {
            *asked.entry(&to.id).or_default() += 1;
        }
    }
    let most = asked.into_iter().max_by_key(|(id, times)| (*times, std::cmp::Reverse(*id)));
    let link = most.map(|(id, _)| writer.link(Kind::Service, id)).filter(|link| !link.href.is_empty());
    link.map_or_else(
        || json!(["index.html", plain(&writer.title(&writer.handbook().config.title))]),
        |link| json!([link.href, plain(&link.title)]),
    )
}

/// Gives the pairs of simplified and traditional characters whose simplified one is used.
fn simpler(found: &Found) -> String {
    let mut used = [false; 0x1_0000];
    let mut note = |text: &str| {
        for letter in text.chars().filter(|letter| is_han(*letter)) {
            if let Some(used) = used.get_mut(u32::from(letter) as usize) {
                *used = true;
            }
        }
    };
    for entry in found.things.iter().chain(&found.passages) {
        note(&entry.title);
        note(&entry.text);
    }
    found.pages.iter().for_each(|page| note(&page.title));
    let is_used = |(_, simple): &(char, char)| used.get(u32::from(*simple) as usize).is_some_and(|used| *used);
    variants::pairs().filter(is_used).flat_map(|(traditional, simple)| [traditional, simple]).collect()
}

#[cfg(test)]
mod tests {
    use crate::search;
    use crate::view::bench::Bench;

    const COMPLAINTS: &str = "---\ntitle: Complaints\n---\n投诉\n";

    fn files(settings: &str, rest: &str) -> Vec<(String, String)> {
        let bench = Bench::service(rest, &[("handbook.yaml", settings), ("services/complaints.md", COMPLAINTS)]);
        let text = |(path, bytes)| (path, String::from_utf8(bytes).unwrap());
        search::files(&bench.shared()).into_iter().map(text).collect()
    }

    fn manifest(files: &[(String, String)], path: &str) -> serde_json::Value {
        let (_, text) = files.iter().find(|(known, _)| known == path).unwrap_or_else(|| panic!("no {path}"));
        let brings = text.splitn(3, ',').nth(2).unwrap();
        serde_json::from_str(brings.trim_end().strip_suffix(')').unwrap()).unwrap()
    }

    #[test]
    fn each_language_has_its_manifest_with_its_rules_and_words() {
        let files = files("title: H\nlanguages: [en, de, zh]\n", "complaints_to: complaints\n");
        let (english, german) = (manifest(&files, "search/en/index.js"), manifest(&files, "search/de/index.js"));
        assert_eq!(
            (&english["format"], &english["digraphs"], &german["digraphs"]),
            (&2.into(), &false.into(), &true.into())
        );
        assert_eq!((&english["kinds"][0], &german["kinds"][0]), (&"Service".into(), &"Leistung".into()));
        assert!(english["stop"].as_str().unwrap().contains("the"));
        let later = manifest(&files, "search/en/text.js");
        assert!(later["words"]["no_results"].is_string());
        assert_eq!(later["ask"], serde_json::json!(["services/complaints.html", "Complaints"]));
        let chinese = manifest(&files, "search/zh/simple.js");
        assert!(chinese["simple"].as_str().unwrap().contains("訴诉"));
        assert!(!files.iter().any(|(path, _)| path == "search/en/simple.js"));
    }

    #[test]
    fn where_no_service_takes_complaints_the_home_page_is_asked() {
        let english = manifest(&files("title: H\nlanguages: [en]\n", ""), "search/en/text.js");
        assert_eq!(english["ask"], serde_json::json!(["index.html", "H"]));
    }

    #[test]
    fn the_same_handbook_gives_the_same_files_with_any_number_of_threads() {
        let settings = "title: H\nlanguages: [en, de, zh]\n";
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        assert!(pool.install(|| files(settings, "")) == files(settings, ""));
    }
}
