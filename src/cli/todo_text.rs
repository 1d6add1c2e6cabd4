//! What is due, as text, as Markdown and as JSON.

use jiff::civil::Date;
use pledgebook::agenda::phrases::Phrases;
use pledgebook::agenda::since::Since;
use pledgebook::agenda::{Item, Matter, State};
use pledgebook::checks::review::changed::Change;
use pledgebook::diagnostic::{Located, locate};
use pledgebook::model::kind::Kind;
use pledgebook::model::stamp::Part;
use pledgebook::pipeline::Looked;
use serde::Serialize;

use super::columns::laid_out;
use super::todo::day;

/// What is due, and how it is told.
pub(crate) struct Told<'a> {
    /// What is due, by owner and date.
    pub(crate) items: &'a [Item],
    /// The words.
    pub(crate) phrases: Phrases<'a>,
    /// Where the files are known.
    pub(crate) looked: &'a Looked,
    /// The date that counts as today.
    pub(crate) today: Date,
}

impl<'a> Told<'a> {
    /// Gives the items of one owner after another.
    fn by_owner(&self) -> impl Iterator<Item = &'a [Item]> {
        self.items.chunk_by(|one, other| one.owner == other.owner)
    }

    fn owner(&self, items: &[Item]) -> String {
        match items.first().and_then(|item| item.owner.as_ref()) {
            Some(id) => format!("{} ({id})", (self.phrases.name)(&(Kind::Role, id.clone()))),
            None => self.word("agenda.nobody"),
        }
    }

    fn at(&self, item: &Item) -> Located {
        locate(&item.place.into(), &self.looked.tree, &self.looked.prefix)
    }

    /// Names an item and tells what there is to know of it.
    fn said(&self, item: &Item) -> String {
        let title = std::iter::once(self.phrases.title(item));
        title.chain(self.phrases.details(item)).collect::<Vec<_>>().join(" · ")
    }

    fn state(&self, item: &Item) -> String {
        self.word(&format!("agenda.{}", item.state(self.today).word()))
    }

    fn word(&self, key: &str) -> String {
        self.phrases.locale.word(key).to_owned()
    }

    fn count(&self, state: State) -> usize {
        self.items.iter().filter(|item| item.state(self.today) == state).count()
    }
}

/// Writes it for a terminal: each line begins with a place that an editor opens.
pub(crate) fn text(told: &Told<'_>) -> String {
    if told.items.is_empty() {
        return format!("{}\n", told.word("agenda.none"));
    }
    let group = |items: &[Item]| {
        let line = |item: &Item| {
            let at = told.at(item);
            vec![format!("  {}:{}", at.path, at.line), told.state(item), day(item.due), told.said(item)]
        };
        format!("{}\n{}", told.owner(items), laid_out(&items.iter().map(line).collect::<Vec<_>>()))
    };
    told.by_owner().map(group).collect::<Vec<_>>().join("\n")
}

/// Writes it for a comment.
pub(crate) fn markdown(told: &Told<'_>) -> String {
    if told.items.is_empty() {
        return format!("{}\n", told.word("agenda.none"));
    }
    let group = |items: &[Item]| {
        let line = |item: &Item| {
            let at = told.at(item);
            let state = match item.state(told.today) {
                State::Overdue => format!("**{}**", told.state(item)),
                State::Open => told.state(item),
            };
            format!("- {state} {} · {} (`{}:{}`)\n", day(item.due), escaped(&told.said(item)), at.path, at.line)
        };
        format!("## {}\n\n{}", escaped(&told.owner(items)), items.iter().map(line).collect::<String>())
    };
    told.by_owner().map(group).collect::<Vec<_>>().join("\n")
}

/// Takes the meaning from signs that Markdown has.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if "\\`*_[]<>|#~".contains(letter) {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

/// All that is due, for machines.
#[derive(Serialize)]
struct Answer {
    today: String,
    within: u16,
    overdue: usize,
    open: usize,
    items: Vec<Entry>,
}

/// Something that is due, for machines.
#[derive(Default, Serialize)]
struct Entry {
    matter: &'static str,
    state: &'static str,
    due: Option<String>,
    owner: Option<Named>,
    thing: Named,
    title: String,
    details: Vec<String>,
    path: String,
    line: usize,
    column: usize,
    #[serde(flatten)]
    more: More,
}

/// A thing or a role.
#[derive(Default, Serialize)]
struct Named {
    kind: &'static str,
    id: String,
    title: String,
}

/// What only some matters have.
#[derive(Default, Serialize)]
struct More {
    #[serde(skip_serializing_if = "Option::is_none")]
    last: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    every: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parts: Option<Vec<&'static str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    commit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fields: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sections: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    numbers: Option<Numbers>,
}

/// The numbers in which two versions of a text differ.
#[derive(Serialize)]
struct Numbers {
    before: Vec<String>,
    now: Vec<String>,
}

/// Writes it for machines.
pub(crate) fn json(told: &Told<'_>, within: u16) -> Result<String, serde_json::Error> {
    let answer = Answer {
        today: told.today.to_string(),
        within,
        overdue: told.count(State::Overdue),
        open: told.count(State::Open),
        items: told.items.iter().map(|item| entry(item, told)).collect(),
    };
    super::due::json(&answer)
}

fn entry(item: &Item, told: &Told<'_>) -> Entry {
    let named = |kind: Kind, id: &str| {
        let title = (told.phrases.name)(&(kind, id.to_owned()));
        Named { kind: kind.word(), id: id.to_owned(), title }
    };
    let Located { path, line, column, .. } = told.at(item);
    Entry {
        matter: item.matter.word(),
        state: item.state(told.today).word(),
        due: item.due.map(|due| due.to_string()),
        owner: item.owner.as_ref().map(|owner| named(Kind::Role, owner)),
        thing: named(item.thing.0, &item.thing.1),
        title: told.phrases.title(item),
        details: told.phrases.details(item),
        path: path.to_string(),
        line,
        column,
        more: more(&item.matter, told),
    }
}

fn more(matter: &Matter, told: &Told<'_>) -> More {
    let tag = matter.language().and_then(|language| told.phrases.tags.get(usize::from(language.0)).cloned());
    let base = More { language: tag, ..More::default() };
    match matter {
        Matter::Review { last, every } => More { last: Some(last.to_string()), every: Some(every.to_string()), ..base },
        Matter::Changed { last, change } => {
            let parts = match change {
                Change::Parts(parts) => parts.iter().copied().map(Part::word).collect(),
                Change::Unreadable => Vec::new(),
            };
            More { last: last.map(|last| last.to_string()), parts: Some(parts), ..base }
        }
        Matter::Moved { commit, .. } => More { commit: Some(commit.clone()), ..base },
        Matter::Result { last } => More { last: last.as_ref().map(|last| last.written.clone()), ..base },
        Matter::Stale { since: Since::Known(differences), .. } => More {
            fields: Some(differences.fields.clone()),
            sections: Some(differences.sections.clone()),
            numbers: Some(Numbers { before: differences.numbers_before.clone(), now: differences.numbers_now.clone() }),
            ..base
        },
        Matter::Missing { fields, .. } => More { fields: Some(fields.clone()), ..base },
        Matter::Ends | Matter::Stale { .. } => base,
    }
}
