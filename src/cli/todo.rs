//! `todo`: tells what is due, and who has to see to it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use pledgebook::agenda::feed::{self, Heading};
use pledgebook::agenda::phrases::Phrases;
use pledgebook::agenda::{self, Item, Known, State};
use pledgebook::answer::Sources;
use pledgebook::answer::asked::unknown;
use pledgebook::answer::words::Words;
use pledgebook::model::kind::Kind;
use pledgebook::model::lookup::Thing;
use pledgebook::pipeline::{self, Looked};
use pledgebook::source::FileId;
use pledgebook::view::address;

use super::arguments::{Arguments, Todo, TodoFormat};
use super::git;
use super::terminal::Terminal;
use super::todo_text::{Told, json, markdown, text};
use super::{CLEAN, FINDINGS, Outcome};

/// Runs the command.
pub(crate) fn run(todo: &Todo, arguments: &Arguments, terminal: &Terminal) -> Outcome {
    let looked = pipeline::look(&arguments.root)?;
    let speech = looked.speech(todo.lang.as_deref())?;
    let handbook = looked.handbook.handbook();
    let owner = todo.owner.as_deref().map(|written| written.strip_prefix("roles/").unwrap_or(written));
    if let Some(owner) = owner.filter(|owner| !handbook.roles.contains_key(*owner)) {
        return Err(unknown(owner, "not a role of this handbook", &[Kind::Role], handbook).into());
    }
    match looked.count().errors {
        0 => {}
        _ => terminal
            .progress("the handbook has errors, so that something may be missing here; `pledgebook check` tells them"),
    }
    let today = arguments.today();
    let items = due(&looked, arguments, |item| {
        item.is_due_within(todo.within, today) && owner.is_none_or(|owner| item.owner.as_deref() == Some(owner))
    });
    let sources = Sources {
        handbook,
        tree: &looked.tree,
        diagnostics: &looked.diagnostics,
        locale: &speech.locale,
        language: speech.language,
    };
    let words = Words::of(&sources);
    let name = |(kind, id): &Thing| words.name(*kind, id);
    let tags = handbook.config.language_tags();
    let phrases = Phrases { locale: &speech.locale, tags: &tags, name: &name };
    let told = Told { items: &items, phrases, looked: &looked, today };
    terminal.answer(&match todo.format {
        TodoFormat::Text => text(&told),
        TodoFormat::Markdown => markdown(&told),
        TodoFormat::Json => json(&told, todo.within)?,
        TodoFormat::Ics => {
            let title = handbook.config.title.get(speech.language).map_or("", |(title, _)| title);
            calendar(&told, owner, (title, &address::folder(speech.language, &tags)))
        }
    })?;
    let overdue = items.iter().any(|item| item.state(today) == State::Overdue);
    Ok(if overdue { FINDINGS } else { CLEAN })
}

/// Gives what is due, with all that git tells.
fn due(looked: &Looked, arguments: &Arguments, wanted: impl Fn(&Item) -> bool) -> Vec<Item> {
    let (tree, prefix) = (&looked.tree, &looked.prefix);
    let files = agenda::files_to_ask_about(looked.handbook.handbook());
    let path = |file: FileId| format!("{prefix}{}", tree.file(file).path);
    let paths: Vec<String> = files.iter().copied().map(path).collect();
    let mut texts = git::earlier(&arguments.root, &paths);
    let text = |file: FileId| Some((file, texts.remove(&path(file))?));
    let earlier: BTreeMap<FileId, Vec<String>> = files.into_iter().filter_map(text).collect();
    let bumps = git::bumps(&arguments.root, prefix);
    let known = Known { bumps: &bumps, earlier: Some(&earlier) };
    agenda::all(&looked.handbook, tree, known).into_iter().filter(wanted).collect()
}

/// Writes a calendar of what is due.
fn calendar(told: &Told<'_>, owner: Option<&str>, (title, folder): (&str, &str)) -> String {
    let handbook = told.looked.handbook.handbook();
    let base = handbook.config.base_url.as_ref().map(|url| url.value.0.as_str()).filter(|url| url.contains("://"));
    let page = |item: &Item| {
        let (kind, id) = &item.thing;
        base.map(|base| format!("{base}{folder}{}", address::thing(handbook, *kind, id)))
    };
    let title = match owner {
        Some(owner) => (told.phrases.name)(&(Kind::Role, owner.to_owned())),
        None => title.to_owned(),
    };
    let name = format!("{} · {title}", told.phrases.locale.word("agenda.title"));
    let heading = Heading { name: &name, handbook: &feed::key(handbook), today: told.today };
    feed::write(heading, told.items.iter(), &told.phrases, &page)
}

/// Says a date as it is compared; a stroke where there is none.
pub(crate) fn day(date: Option<Date>) -> String {
    date.map_or_else(|| "–".to_owned(), |date| date.to_string())
}
