//! A thing as it stands in a handbook: what it says and what binds in it, to be read beside a complaint.

use super::Side;
use super::change::At;
use super::fact::Fact;
use super::facts::Binding;
use super::values::Value;
use super::words::Words;
use crate::fields::text::SOURCE;
use crate::fields::value;
use crate::model::kind::Kind;
use crate::model::printable::Printable;
use crate::source::Span;

/// A thing, field by field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Its kind.
    pub kind: Kind,
    /// Its whole id.
    pub id: String,
    /// What it says and what binds, in the order of its fields, as it is written; values stand in place of links to them.
    pub fields: Vec<(String, String)>,
    /// Where it stands.
    pub at: At,
}

/// Finds all things with an id: one of each kind that has one.
pub fn find(side: Side<'_>, id: &str) -> Vec<Shown> {
    let handbook = side.handbook;
    let mut found = Vec::new();
    if let Some(it) = handbook.services.get(id) {
        found.push(shown(side, (Kind::Service, id), &it.fields, it.beginning));
    }
    if let Some((service, inner)) = handbook.service_of(id) {
        let fields = &service.fields;
        found.extend(fields.standards.get(inner).map(|row| shown(side, (Kind::Standard, id), &row.value, row.span)));
        found.extend(fields.promises.get(inner).map(|row| shown(side, (Kind::Promise, id), &row.value, row.span)));
        found.extend(fields.steps.get(inner).map(|row| shown(side, (Kind::Step, id), &row.value, row.span)));
    }
    found.extend(handbook.playbooks.get(id).map(|it| shown(side, (Kind::Playbook, id), &it.fields, it.beginning)));
    found.extend(handbook.checklists.get(id).map(|it| shown(side, (Kind::Checklist, id), &it.fields, it.beginning)));
    found.extend(handbook.roles.get(id).map(|row| shown(side, (Kind::Role, id), &row.value, row.span)));
    found.extend(handbook.calendars.get(id).map(|row| shown(side, (Kind::Calendar, id), &row.value, row.span)));
    found
}

fn shown<T: Binding + value::Value>(side: Side<'_>, (kind, id): (Kind, &str), thing: &T, span: Span) -> Shown {
    let facts = thing.facts();
    // What binds by its words is among the words.
    let is_value = |fact: &&Fact| fact.key == "remedy" || !matches!(fact.value, Value::Said(_) | Value::Figures(_));
    let shown = facts.known.iter().filter(is_value).map(|fact| (fact.key.to_string(), fact.value.shown()));
    let binds: Vec<(String, String)> = shown.collect();
    let value = |key: &str| binds.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str());
    let words = Words::of(thing);
    let said = words.in_language(SOURCE).filter(|(field, _)| value(field).is_none());
    let printed = |key: &str| match side.handbook.value_of(kind, id, key).ok()? {
        Printable::Duration(it) => Some(it.to_string()),
        Printable::Share(it) => Some(it.to_string()),
        Printable::Money(it) => Some(it.to_string()),
        Printable::Text(it) => Some(it.source().to_owned()),
        Printable::Plain(it) => Some(it),
    };
    let name =
        |field: &str| field.split('.').filter(|part| part.parse::<usize>().is_err()).collect::<Vec<_>>().join(".");
    let mut fields: Vec<(String, String)> = said.map(|(field, text)| (name(field), filled(text, &printed))).collect();
    // What it is called comes first, then what it says, then what binds.
    fields.sort_by_key(|(field, _)| (field != "title", field != "statement"));
    fields.retain(|(field, _)| !binds.iter().any(|(key, _)| key == field));
    fields.extend(binds.clone());
    Shown { kind, id: id.to_owned(), fields, at: side.at(span, false) }
}

/// Puts values in the place of links to the thing's own: `[[#limit]]`.
fn filled(text: &str, value: &impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("[[#") {
        let Some((key, after)) = behind.split_once("]]") else { break };
        out.push_str(before);
        // The case in which a language writes a value says nothing of the value: `[[#limit:dative]]`.
        match value(key.split(':').next().unwrap_or(key)) {
            Some(value) => out.push_str(&value),
            None => out.push_str(&format!("[[#{key}]]")),
        }
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::parse;
    use crate::source::SourceTree;

    const SERVICE: &str = "---\ntitle: Repair\nfor: All\noutcome: It works\nowner: desk\nreview: {last: 2026-01-01}\nstandards:\n  quick: {title: Quick, kind: timeliness, statement: \"Ready in [[#limit]], [[#else]].\", limit: 2 weeks, target: 90%}\npromises:\n  sure: {title: Sure, statement: \"Ready in [[#limit:dative]], or [[#remedy]].\", backed_by: [quick], remedy: {what: money back, up_to: 40 EUR}}\n---\n";

    fn found(id: &str) -> Vec<Shown> {
        let tree = SourceTree::from_texts([
            ("handbook.yaml", "title: H\nlanguages: [en]\n"),
            ("services/repair.md", SERVICE),
            ("registers/roles.yaml", "repair: {title: Mender, may_grant: 10 EUR}\n"),
        ]);
        let parsed = parse(&tree, "content/");
        let handbook = &parsed.handbook;
        find(Side { handbook, tree: &tree, prefix: "content/", calendars: handbook }, id)
    }

    fn fields(shown: &Shown) -> Vec<(&str, &str)> {
        shown.fields.iter().map(|(field, value)| (field.as_str(), value.as_str())).collect()
    }

    #[test]
    fn a_standard_is_shown_with_its_values_in_its_words() {
        let all = found("repair/quick");
        let [quick] = all.as_slice() else { panic!("{all:?}") };
        assert_eq!(
            fields(quick),
            [
                ("title", "Quick"),
                ("statement", "Ready in 2 weeks, [[#else]]."),
                ("kind", "timeliness"),
                ("limit", "2 weeks"),
                ("target", "90%")
            ]
        );
        assert_eq!(
            (quick.kind, quick.at.path.as_str(), quick.at.line),
            (Kind::Standard, "content/services/repair.md", 8)
        );
    }

    #[test]
    fn a_promise_is_shown_as_its_customers_read_it() {
        let all = found("repair/sure");
        let said = fields(&all[0]).into_iter().find(|(field, _)| *field == "statement");
        assert_eq!(said, Some(("statement", "Ready in 2 weeks, or 40 EUR.")));
    }

    #[test]
    fn an_id_may_be_that_of_things_of_several_kinds_or_of_none() {
        let kinds: Vec<Kind> = found("repair").iter().map(|shown| shown.kind).collect();
        assert_eq!(kinds, [Kind::Service, Kind::Role]);
        assert_eq!(found("nothing"), []);
    }
}
