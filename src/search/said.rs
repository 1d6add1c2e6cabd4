//! The text of the pages: prose by sections, and the smaller texts of things.

use super::entry::{Entry, OnPage, Place, Sort};
use crate::fields::text::Text;
use crate::model::document::Document;
use crate::model::kind::Kind;
use crate::model::playbook::Playbook;
use crate::model::quantity::Fee;
use crate::model::service::{Exception, Service};
use crate::pages::plain;
use crate::view::address;
use crate::view::writer::Writer;

/// How many characters a passage has at most, as far as its blocks allow.
const LONGEST: usize = 500;

/// Adds the prose of a document: headings as things, what stands below them as passages.
pub fn prose<T>(writer: &Writer<'_>, document: &Document<T>, service: Option<&str>, on: &mut OnPage) {
    for section in writer.sections(document, service) {
        if !section.title.is_empty() {
            on.things.push(Entry::new(Sort::Section, section.anchor.as_str(), section.title.as_str()));
        }
        for passage in passages(&section.text) {
            on.passages.push(
                Entry::new(Sort::Section, section.anchor.as_str(), section.title.as_str()).saying(Place::Text, passage),
            );
        }
    }
}

/// Splits a text, one block a line, into passages of some blocks each.
fn passages(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        match all.last_mut() {
            Some(last) if last.len() + line.len() < LONGEST => {
                last.push(' ');
                last.push_str(line);
            }
            _ => all.push(line.to_owned()),
        }
    }
    all
}

/// Adds the smaller texts of a service and of its standards, steps and promises.
pub fn service(writer: &Writer<'_>, service: &Document<Service>, on: &mut OnPage) {
    let fields = &service.fields;
    let mut texts: Vec<String> = vec![writer.bare(&fields.because, None)];
    texts.extend(fields.needs.0.iter().map(|need| writer.bare(&need.0.what, None)));
    if let Some(Fee::Text(text)) = &fields.fee {
        texts.push(writer.bare(text, None));
    }
    texts.extend(fields.exceptions.0.iter().map(|exception| match exception {
        Exception::Text(text) => writer.bare(text, None),
        Exception::Deviation(deviation) => writer.bare(&deviation.when, None),
    }));
    add(on, "", "", &texts);
    let mut of_thing = |kind: Kind, inner: &str, given: &[&Text]| {
        let whole = format!("{}/{inner}", service.id);
        let anchor = address::anchor(writer.handbook(), kind, &service.id, inner);
        let title = plain(&writer.name(kind, &whole));
        let own = (kind, whole);
        let texts: Vec<String> = given.iter().map(|text| writer.bare(text, Some(&own))).collect();
        add(on, &anchor, &title, &texts);
    };
    for row in fields.standards.iter() {
        let clock =
            row.value.clock.iter().flat_map(|clock| [&clock.start, &clock.stop].into_iter().chain(&clock.pause.0));
        let variants = row.value.variants.iter().map(|variant| &variant.when);
        of_thing(Kind::Standard, &row.id, &clock.chain(variants).collect::<Vec<_>>());
    }
    for row in fields.promises.iter() {
        let remedy = row.value.remedy.iter().flat_map(|remedy| [&remedy.what, &remedy.late]);
        let invoke = row.value.invoke.iter().map(|invoke| &invoke.how);
        of_thing(Kind::Promise, &row.id, &remedy.chain(invoke).chain(&row.value.unless).collect::<Vec<_>>());
    }
    for row in fields.steps.iter() {
        let step = &row.value;
        of_thing(
            Kind::Step,
            &row.id,
            &step.tells.0.iter().chain(&step.gives.0).chain([&step.when]).collect::<Vec<_>>(),
        );
    }
}

/// Adds what a playbook says and never says, each phrase on its own, and its other small texts.
pub fn playbook(writer: &Writer<'_>, playbook: &Document<Playbook>, on: &mut OnPage) {
    let fields = &playbook.fields;
    for (sort, phrases) in [(Sort::Say, &fields.say), (Sort::NeverSay, &fields.never_say)] {
        let phrase = |text| Entry::new(sort, "", "").saying(Place::Statement, writer.bare(text, None));
        on.passages.extend(phrases.iter().map(phrase));
    }
    texts(writer, "", &fields.skills, on);
    let when: Vec<Text> = fields.escalate.0.iter().map(|escalation| escalation.when.clone()).collect();
    texts(writer, "", &when, on);
}

/// Adds small texts of a page as one passage.
pub fn texts(writer: &Writer<'_>, anchor: &str, given: &[Text], on: &mut OnPage) {
    let texts: Vec<String> = given.iter().map(|text| writer.bare(text, None)).collect();
    add(on, anchor, "", &texts);
}

fn add(on: &mut OnPage, anchor: &str, title: &str, texts: &[String]) {
    let text = joined(texts);
    if !text.is_empty() {
        on.passages.push(Entry::new(Sort::Section, anchor, title).saying(Place::Text, text));
    }
}

/// Joins texts that stand apart on the page.
pub fn joined(texts: &[String]) -> String {
    let given: Vec<&str> = texts.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
    given.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_put_together_up_to_a_length_and_never_cut() {
        let long = "x".repeat(400);
        assert_eq!(passages(&format!("a\nb\n\n{long}\n{long}\nc")), [format!("a b {long}"), format!("{long} c")]);
        assert_eq!(passages(" \n"), [""; 0]);
        assert_eq!(passages(&"y".repeat(900)).len(), 1);
    }

    #[test]
    fn texts_that_stand_apart_are_joined_without_the_empty_ones() {
        assert_eq!(joined(&["a".into(), String::new(), "b".into()]), "a · b");
    }
}
