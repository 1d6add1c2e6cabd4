//! Tells prose where its references lead.

use super::address;
use super::html::Html;
use super::ticks;
use super::writer::Writer;
use crate::checks::links::resolve;
use crate::fields::text::Language;
use crate::locale::case::Case;
use crate::markdown::resolve::{Resolved, Resolver, TaskAttributes};
use crate::markdown::wiki::{self, WikiLink};
use crate::model::kind::Kind;
use crate::model::lookup::{Scope, Thing};
use crate::model::printable::Printable;
use crate::source::FileId;

/// Resolves the references of one text on one page.
pub struct PageResolver<'a> {
    writer: &'a Writer<'a>,
    /// The language that the text is in.
    language: Language,
    scope: &'a Scope,
    file: Option<FileId>,
    names: Names,
    values: Values,
}

/// How a thing is called that a text names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Names {
    /// By its name.
    Full,
    /// By its id, within a name, so that two names that name each other come to an end.
    Ids,
}

/// Whether a value is written that is itself in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Values {
    /// All are.
    All,
    /// Only those that are counted, within one in words, so that two that print each other come to an end.
    Counted,
}

impl<'a> PageResolver<'a> {
    /// Makes a resolver for a text in a language; `file` is where the text stands, for its relative links.
    pub fn new(writer: &'a Writer<'a>, language: Language, scope: &'a Scope, file: Option<FileId>) -> Self {
        Self { writer, language, scope, file, names: Names::Full, values: Values::All }
    }

    /// Makes a resolver for a text that is itself the name of a thing.
    pub fn for_name(writer: &'a Writer<'a>, language: Language, scope: &'a Scope) -> Self {
        Self { names: Names::Ids, ..Self::new(writer, language, scope, None) }
    }

    fn name(&self, kind: Kind, id: &str) -> Html {
        match self.names {
            Names::Full => self.writer.name(kind, id),
            Names::Ids => Html::escaped(id.rsplit('/').next().unwrap_or(id)),
        }
    }

    /// Writes the value of a thing; nothing where it is in words and stands in such a value itself.
    fn printed(&self, value: &Printable, link: &WikiLink, (kind, id): (Kind, &str)) -> Option<Html> {
        let Printable::Text(text) = value else {
            let case = link.case.as_ref().and_then(|case| Case::parse(&case.value)).unwrap_or(Case::Nominative);
            return self.writer.counted(self.language, value, case);
        };
        if self.values == Values::Counted {
            return None;
        }
        let scope = self.writer.scope(Some(&(kind, id.to_owned())));
        let Some((words, language)) = text.get(self.writer.language) else { return Some(Html::default()) };
        let within = PageResolver { language, scope: &scope, file: None, values: Values::Counted, ..*self };
        let (words, more) = first_words(words);
        let plain = wiki::plain(words, &within);
        Some(self.writer.marked(format!("{}{more}", Html::escaped(&plain).0), language))
    }

    fn broken(link: &WikiLink) -> Resolved {
        Resolved::Broken { text: link.as_written() }
    }

    fn thing(&self, link: &WikiLink) -> Option<Thing> {
        let written = link.target.value.as_str();
        let handbook = self.writer.handbook();
        if link.evidence {
            return handbook.has(Kind::Evidence, written).then(|| (Kind::Evidence, written.to_owned()));
        }
        handbook.look_up(written, self.scope).ok()
    }

    fn citation(&self, id: &str) -> Resolved {
        let row = self.writer.handbook().evidence.get(id);
        let quality = row.and_then(|row| row.value.quality.as_ref()).map_or("", |quality| quality.value.word());
        let word = self.writer.word(&format!("evidence.quality.{quality}"));
        let word = self.writer.locale().phrase("evidence.cite", &[("quality", &word)]);
        let html = format!("<span class=\"cite\" data-quality=\"{quality}\">{}</span>", Html::escaped(&word).0);
        Resolved::Link { href: self.writer.way(&format!("evidence.html#{id}")), html }
    }

    fn path_of(&self, target: FileId) -> Option<String> {
        let (kind, id) = self.writer.shared.relations.documents.get(&target)?;
        address::page(*kind, id)
    }
}

/// How many bytes of a value in words are printed in another text, at the most.
const MOST_WORDS: usize = 300;

/// Gives as much of a value in words as is printed in another text, not ending within a link, and what stands for the rest.
fn first_words(words: &str) -> (&str, &'static str) {
    if words.len() <= MOST_WORDS {
        return (words, "");
    }
    let kept = &words[..words.floor_char_boundary(MOST_WORDS)];
    let open = kept.rfind("[[").filter(|open| !kept[*open..].contains("]]"));
    (kept[..open.unwrap_or(kept.len())].trim_end(), "…")
}

impl Resolver for PageResolver<'_> {
    fn wiki(&self, link: &WikiLink) -> Resolved {
        let Some((kind, id)) = self.thing(link) else { return Self::broken(link) };
        if link.evidence {
            return self.citation(&id);
        }
        let mut anchor = None;
        let html = match (&link.value, &link.words) {
            (Some(value), words) => match self.writer.handbook().value_of(kind, &id, &value.value) {
                Ok(printable) => match words {
                    Some(words) => Html::escaped(words),
                    None => match self.printed(&printable, link, (kind, &id)) {
                        Some(html) => html,
                        None => return Self::broken(link),
                    },
                },
                Err(_) if address::page(kind, &id).is_some() => {
                    anchor = Some(value.value.as_str());
                    words.as_ref().map_or_else(|| self.name(kind, &id), |words| Html::escaped(words))
                }
                Err(_) => return Self::broken(link),
            },
            (None, Some(words)) => Html::escaped(words),
            (None, None) => self.name(kind, &id),
        };
        if link.target.value.is_empty() {
            return Resolved::Plain { html: html.0 };
        }
        let href = match anchor {
            Some(anchor) => {
                let page = address::thing(self.writer.handbook(), kind, &id);
                self.writer.way(&format!("{page}#{anchor}"))
            }
            None => self.writer.way_to(kind, &id),
        };
        Resolved::Link { href, html: html.0 }
    }

    fn link(&self, destination: &str) -> Option<String> {
        if destination.starts_with('#') {
            return Some(destination.to_owned());
        }
        let tree = self.writer.shared.tree;
        let path = resolve(&tree.file(self.file?).path, destination)?;
        if self.writer.handbook().pictures.contains_key(&path) {
            return Some(self.writer.way_to_file(&path));
        }
        let page = self.path_of(tree.find(&path)?)?;
        let anchor = destination.split_once('#').map(|(_, anchor)| format!("#{anchor}")).unwrap_or_default();
        Some(self.writer.way(&format!("{page}{anchor}")))
    }

    fn picture(&self, path: &str) -> Option<String> {
        let tree = self.writer.shared.tree;
        let path = resolve(&tree.file(self.file?).path, path)?;
        self.writer.handbook().pictures.contains_key(&path).then(|| self.writer.way_to_file(&path))
    }

    fn task(&self, number: usize, text: &str) -> TaskAttributes {
        TaskAttributes { id: format!("task-{}", number + 1), item: ticks::fingerprint(text) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::bench::{Bench, DE, EN};

    const PICTURE: (&str, &str) = ("pictures/a b.svg", "<svg/>");

    /// Renders the prose of a page about things on the bench.
    fn prose(body: &str) -> String {
        prose_in(EN, body)
    }

    fn prose_in(language: Language, body: &str) -> String {
        let page = format!("---\ntitle: Why\nkind: guide\n---\n{body}\n");
        let evidence = "tarp: {claim: C, source: S, quality: second-hand, value: 5 times, year: 1999}\n";
        let standard = "standards: {quick: {title: Quick, kind: timeliness, limit: 3 business days}}\n";
        let bench = Bench::service(
            standard,
            &[
                ("pages/why/this.md", &page),
                ("pages/why/that.md", "---\ntitle: That\nkind: guide\n---\n## Part {#part}\n"),
                ("registers/evidence.yaml", evidence),
                PICTURE,
            ],
        );
        let shared = bench.shared();
        shared.writer(language, "pages/why/this.html").body(&shared.handbook().pages["why/this"]).0
    }

    #[test]
    fn a_thing_is_named_and_linked() {
        assert_eq!(prose("[[desk]]"), "<p><a href=\"../../roles/desk.html\">Service desk</a></p>");
        assert_eq!(prose("[[desk|our desk]]"), "<p><a href=\"../../roles/desk.html\">our desk</a></p>");
    }

    #[test]
    fn a_value_is_printed_in_the_language_of_the_text_around_it() {
        let english = prose("[[repair/quick#limit:dative]]");
        assert!(english.contains("../services/repair.html#quick\">3 business days</a>"), "{english}");
        let fallen_back = prose_in(DE, "[[repair/quick#limit:dative]]");
        assert!(fallen_back.contains(">3 business days</a>"), "{fallen_back}");
        assert!(prose("[[repair/quick#limit|soon]]").contains("#quick\">soon</a>"));
    }

    #[test]
    fn values_in_words_that_print_each_other_come_to_an_end() {
        let standard = "standards: {quick: {title: Quick, kind: timeliness, limit: 3 business days, \
            window: \"[[#limit]] and [[#window]]\", statement: \"S [[#window]]\"}}\n";
        let sheet = Bench::service(standard, &[]).sheet(EN);
        assert_eq!(sheet.standards[0].statement.0, "S 3 business days and #window");
        assert_eq!(sheet.standards[0].window.0, "3 business days and 3 business days and #window");
    }

    #[test]
    fn a_long_value_in_words_is_printed_elsewhere_as_far_as_it_is_read() {
        assert_eq!(first_words("within a year"), ("within a year", ""));
        let long = format!("{} [[#limit]] and more", "x".repeat(MOST_WORDS - 5));
        assert_eq!(first_words(&long), ("x".repeat(MOST_WORDS - 5).as_str(), "…"));
        let wide = "年".repeat(200);
        let (kept, more) = first_words(&wide);
        assert_eq!((kept.chars().count(), more), (100, "…"));
        let many = "[[#window]] ".repeat(2_000);
        let standard = format!(
            "standards: {{quick: {{title: Quick, kind: timeliness, limit: 3 days, window: \"{many}\", statement: \"S {many}\"}}}}\n"
        );
        let statement = &Bench::service(&standard, &[]).sheet(EN).standards[0].statement.0;
        assert!(statement.len() < 2_000 * 2 * MOST_WORDS, "{}", statement.len());
    }

    #[test]
    fn a_title_may_print_a_value_in_words_that_names_it() {
        let standard = "standards: {quick: {title: \"Quick [[#window]]\", kind: timeliness, limit: 3 business days, \
            window: \"in [[quick]], <3 days>\"}}\n";
        let sheet = Bench::service(standard, &[]).sheet(EN);
        assert_eq!(sheet.standards[0].title.0, "Quick in quick, &lt;3 days&gt;");
    }

    #[test]
    fn what_names_nothing_is_marked_and_not_linked() {
        assert_eq!(prose("[[nobody]]"), "<p><span class=\"broken\">nobody</span></p>");
        assert_eq!(prose("[[desk#limit]]").matches("href").count(), 1);
        assert_eq!(prose("[[repair/quick#legal]]"), "<p><span class=\"broken\">repair/quick#legal</span></p>");
    }

    #[test]
    fn the_part_behind_the_sign_may_be_a_heading_of_a_page() {
        assert_eq!(prose("[[why/that#part]]"), "<p><a href=\"that.html#part\">That</a></p>");
    }

    #[test]
    fn evidence_is_cited_with_how_far_it_can_be_trusted() {
        let cited = prose("[[@tarp]]");
        assert!(cited.contains("href=\"../../evidence.html#tarp\""), "{cited}");
        assert!(
            cited.contains("<span class=\"cite\" data-quality=\"second-hand\">source: Second-hand</span>"),
            "{cited}"
        );
        assert_eq!(prose("[[@nothing]]"), "<p><span class=\"broken\">nothing</span></p>");
        assert!(prose("[[evidence/tarp#value]]").contains(">5 times</a>"));
    }

    #[test]
    fn a_link_to_a_file_leads_to_its_page_and_one_to_a_picture_to_the_picture() {
        assert_eq!(prose("[x](that.md#part)"), "<p><a href=\"that.html#part\">x</a></p>");
        assert_eq!(prose("[x](/services/repair.md)"), "<p><a href=\"../../services/repair.html\">x</a></p>");
        assert!(prose("[x](../../pictures/a%20b.svg)").contains("../../pictures/a"));
        assert!(prose("![x](../../pictures/a%20b.svg)").contains("<img"));
        assert_eq!(prose("[x](#here)"), "<p><a href=\"#here\">x</a></p>");
    }

    #[test]
    fn links_of_a_page_without_a_translation_stay_in_the_reader_s_language() {
        let german = prose_in(DE, "[x](that.md)");
        assert!(german.starts_with("<div lang=\"en\">"), "{german}");
        assert!(german.contains("href=\"that.html\""), "{german}");
    }

    #[test]
    fn the_boxes_of_a_list_are_numbered_and_known_by_their_words() {
        let tasks = prose("- [ ] a\n- [x] b");
        assert!(tasks.contains("task-1") && tasks.contains("task-2"), "{tasks}");
        let item = |words: &str| format!(" data-item=\"{}\"", ticks::fingerprint(words));
        assert!(tasks.contains(&item("a")) && tasks.contains(&item("b")), "{tasks}");
        assert!(prose("- [ ] z\n- [ ] *a*").contains(&item("a")), "its place and its marks do not count");
    }
}
