//! The feed of decisions, in Atom (RFC 4287): what was tightened, loosened, added or withdrawn, and when.

use crate::diff::past::Decided;
use crate::fields::text::Language;
use crate::model::kind::Kind;
use crate::render::Whereabouts;
use crate::view::address;
use crate::view::html::Html;
use crate::view::writer::{Shared, Writer};

/// The name of the feed, in the folder of each language.
pub const NAME: &str = "decisions.xml";

/// How many revisions are in it, the latest.
const MOST: usize = 50;

/// Writes the feed of a language; nothing where no decision is known.
pub fn write(shared: &Shared<'_>, language: Language, whereabouts: &Whereabouts) -> Option<String> {
    let writer = &shared.writer(language, NAME);
    let last = shared.past.decided.first()?;
    let of_site = |path: &str| format!("{}{}{path}", whereabouts.base_url, address::folder(language, &shared.tags));
    let tag = &shared.tags[usize::from(language.0)];
    let title =
        escaped(&format!("{} · {}", writer.title(&shared.handbook().config.title).plain(), writer.word("past.title")));
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{tag}\">\n<title>{title}</title>\n\
         <id>urn:pledgebook:{}:{tag}</id>\n<updated>{}</updated>\n<author><name>{title}</name></author>\n",
        shared.past.decided.last().map_or("", |first| first.revision.commit.as_str()),
        moment(last)
    );
    if whereabouts.base_url.contains("://") {
        xml.push_str(&format!(
            "<link rel=\"self\" href=\"{}\"/>\n<link href=\"{}\"/>\n",
            escaped(&of_site(NAME)),
            escaped(&of_site("index.html"))
        ));
    }
    for decided in shared.past.decided.iter().take(MOST) {
        entry(&mut xml, decided, writer, &of_site);
    }
    xml.push_str("</feed>\n");
    Some(xml)
}

fn entry(xml: &mut String, decided: &Decided, writer: &Writer<'_>, of_site: &impl Fn(&str) -> String) {
    let revision = &decided.revision;
    let lines: Vec<String> = decided.changes.iter().map(|change| line(writer, change)).collect();
    let first = decided.changes.iter().find_map(|change| {
        let service = change.service()?;
        writer.handbook().services.contains_key(service).then(|| address::page(Kind::Service, service))?
    });
    let link = of_site(&first.unwrap_or_else(|| "index.html".to_owned()));
    xml.push_str(&format!(
        "<entry><title>{}</title><id>urn:git:{}</id><updated>{}</updated><link href=\"{}\"/><content type=\"text\">{}</content></entry>\n",
        escaped(lines.first().map_or("", String::as_str)),
        escaped(&revision.commit),
        moment(decided),
        escaped(&link),
        escaped(&lines.join("\n"))
    ));
}

/// Says a decision in a line.
fn line(writer: &Writer<'_>, change: &crate::diff::change::Change) -> String {
    let view = writer.decision(change);
    let (before, after) = (view.before.plain(), view.after.plain());
    let values = match (before.is_empty(), after.is_empty()) {
        (false, false) => writer.locale().phrase("past.to", &[("before", &before), ("after", &after)]),
        _ => before + &after,
    };
    let colon = writer.locale().word("list.colon");
    let mut said = format!("{}{colon}{}", view.what, view.title.plain());
    if !view.field.0.is_empty() {
        said.push_str(&format!("{}{}", writer.locale().word("list.separator"), view.field.plain()));
    }
    if values.is_empty() { said } else { format!("{said}{colon}{values}") }
}

/// Gives the moment of a decision: the beginning of its day.
fn moment(decided: &Decided) -> String {
    let day = decided.revision.on.map_or_else(|| "1970-01-01".to_owned(), |on| on.to_string());
    format!("{day}T00:00:00Z")
}

fn escaped(text: &str) -> String {
    // What XML 1.0 cannot hold is left out.
    let clean: String = text.chars().filter(|letter| !letter.is_control() || matches!(letter, '\n' | '\t')).collect();
    Html::escaped(&clean).0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::change::{At, Change, What};
    use crate::history::revisions::Revision;
    use crate::view::bench::{Bench, DE};
    use crate::view::past::Known;

    fn feed(base_url: &str) -> Option<String> {
        let bench = Bench::service("", &[]);
        let change = Change {
            what: What::Loosened,
            effect: What::Loosened.effect(Kind::Standard),
            kind: Kind::Standard,
            id: "repair/quick".into(),
            now: None,
            title: "Quick & <good>\u{1}".into(),
            field: "limit".into(),
            before: "2 weeks".into(),
            after: "3 weeks".into(),
            at: At { path: "p".into(), line: 1, before: false },
        };
        let on = Some(jiff::civil::date(2026, 3, 9));
        let revision = Revision { commit: "abc".into(), on, ..Revision::default() };
        let past = vec![Decided { revision, changes: vec![change] }];
        let past = if base_url == "none" { Vec::new() } else { past };
        let shared = Shared { past: Known::of(&past, false), ..bench.shared() };
        write(&shared, DE, &Whereabouts { base_url: base_url.into(), revision: String::new() })
    }

    #[test]
    fn a_feed_is_well_formed_and_says_what_was_decided_when() {
        let xml = feed("https://example.org/h/").unwrap();
        let tree = roxmltree::Document::parse(&xml).unwrap();
        let text = |name: &str| {
            let atom = "http://www.w3.org/2005/Atom";
            let mut found = tree.descendants().filter(|node| node.has_tag_name((atom, name)));
            let node = found.next_back().unwrap();
            node.text().unwrap_or_default().to_owned()
        };
        assert_eq!(text("title"), "gelockert: Quick & <good>, Frist: 2 Wochen → 3 Wochen");
        assert_eq!((text("updated").as_str(), text("id").as_str()), ("2026-03-09T00:00:00Z", "urn:git:abc"));
        assert!(xml.contains("<link href=\"https://example.org/h/de/services/repair.html\"/>"), "{xml}");
    }

    #[test]
    fn where_the_address_is_not_known_links_are_those_of_the_folder() {
        let xml = feed("").unwrap();
        assert!(xml.contains("<link href=\"de/services/repair.html\"/>") && !xml.contains("rel=\"self\""), "{xml}");
    }

    #[test]
    fn without_decisions_there_is_no_feed() {
        assert_eq!(feed("none"), None);
    }
}
