//! `review`: stamps services as reviewed, in their files.

use std::collections::BTreeMap;

use pledgebook::answer::Refusal;
use pledgebook::answer::asked::unknown;
use pledgebook::diagnostic::{Diagnostic, Place, Severity, locate};
use pledgebook::mend::keys;
use pledgebook::model::document::Document;
use pledgebook::model::handbook::Handbook;
use pledgebook::model::kind::Kind;
use pledgebook::model::service::Service;
use pledgebook::model::stamp::Stamp;
use pledgebook::pipeline::{self, Looked};
use pledgebook::source::FileId;

use super::arguments::{Arguments, Review};
use super::replacing::{Replacement, replace_all};
use super::terminal::Terminal;
use super::{CLEAN, FINDINGS, Outcome};

/// The group of keys, and the one behind which it is put where it is missing.
const GROUP: (&str, &str) = ("review", "owner");

/// Runs the command.
pub(crate) fn run(review: &Review, arguments: &Arguments, terminal: &Terminal) -> Outcome {
    let looked = pipeline::look(&arguments.root)?;
    let handbook = looked.handbook.handbook();
    let mut services: Vec<&Document<Service>> = Vec::new();
    for written in &review.things {
        let found = service(written, handbook)?;
        if !services.iter().any(|known| known.id == found.id) {
            services.push(found);
        }
    }
    let by = review.by.as_deref().map(|written| role(written, handbook)).transpose()?;
    let faults: Vec<&Diagnostic> = services.iter().flat_map(|service| faults_of(service.file, &looked)).collect();
    if !faults.is_empty() {
        return Ok(refuse(&faults, &looked, terminal));
    }
    let mut texts: BTreeMap<FileId, String> = BTreeMap::new();
    for service in &services {
        let stamp = Stamp::of(&service.fields).to_string();
        let (date, note) = (arguments.today().to_string(), review.note.as_deref());
        let keys = [("last", Some(date.as_str())), ("of", Some(&stamp)), ("by", by), ("note", note)];
        let before = looked.tree.text(service.file).map_or("", |text| text.as_str());
        let after = stamped(before, &keys).ok_or_else(|| by_hand(service, &keys, &looked))?;
        texts.insert(service.file, after);
    }
    let after = pipeline::look_at(&arguments.root, looked.tree.with_texts(texts), looked.prefix.clone())?;
    for service in &services {
        confirm(service, &after)?;
    }
    write(&services, (&looked, &after), arguments)?;
    tell(&services, &after, terminal);
    Ok(CLEAN)
}

/// Finds a service by its id, with or without `services/` before it.
fn service<'a>(written: &str, handbook: &'a Handbook) -> Result<&'a Document<Service>, Box<dyn std::error::Error>> {
    let bare = written.strip_prefix("services/").unwrap_or(written);
    if let Some(found) = handbook.services.get(written).or_else(|| handbook.services.get(bare)) {
        return Ok(found);
    }
    for kind in Kind::ALL {
        let bare = written.strip_prefix(kind.folder()).and_then(|rest| rest.strip_prefix('/')).unwrap_or(written);
        if kind == Kind::Service || !handbook.has(kind, bare) {
            continue;
        }
        let word = kind.word();
        return Err(match bare.rsplit_once('/').filter(|_| kind.is_within_service()) {
            Some((service, _)) => {
                format!("`{written}` is a {word}, which is reviewed with its service; write `{service}`").into()
            }
            None => format!("`{written}` is a {word}; only services are reviewed").into(),
        });
    }
    Err(unknown(written, "not a service of this handbook", &[Kind::Service], handbook).into())
}

fn role<'a>(written: &'a str, handbook: &Handbook) -> Result<&'a str, Refusal> {
    let bare = written.strip_prefix("roles/").unwrap_or(written);
    match handbook.roles.contains_key(bare) {
        true => Ok(bare),
        false => Err(unknown(written, "not a role of this handbook", &[Kind::Role], handbook)),
    }
}

/// Gives the errors of a file, apart from those that the stamp itself mends.
fn faults_of(file: FileId, looked: &Looked) -> impl Iterator<Item = &Diagnostic> {
    let own = move |told: &&Diagnostic| match told.place {
        Place::At(span) => span.file == file && told.severity == Severity::Error && !is_mended(told),
        Place::Outside { .. } => false,
    };
    looked.diagnostics.iter().filter(own)
}

/// Tells whether a fault is that nothing was reviewed yet.
fn is_mended(told: &Diagnostic) -> bool {
    told.name == "field/missing"
        && ["a service needs `review`", "a review needs `last`"].contains(&told.message.as_str())
}

/// Says why nothing is stamped: what is half read cannot be reviewed.
fn refuse(faults: &[&Diagnostic], looked: &Looked, terminal: &Terminal) -> u8 {
    for fault in faults {
        let at = locate(&fault.place, &looked.tree, &looked.prefix);
        terminal.remark(&format!("{}:{}:{}: error: {}\n", at.path, at.line, at.column, fault.message));
    }
    terminal.fail(&Mistaken("what has errors cannot be stamped; mend them first; nothing was written"));
    FINDINGS
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Mistaken(&'static str);

/// Writes the keys of a review; a note and a role that were there are those of the review before.
fn stamped(text: &str, keys: &[(&str, Option<&str>)]) -> Option<String> {
    keys.iter().try_fold(text.to_owned(), |text, (key, value)| match value {
        Some(value) => keys::set(&text, GROUP, key, value),
        None => keys::take_out(&text, GROUP.0, key),
    })
}

/// Says what to write where a file cannot be changed with certainty.
fn by_hand(service: &Document<Service>, keys: &[(&str, Option<&str>)], looked: &Looked) -> String {
    let keys = keys.iter().filter_map(|(key, value)| value.map(|value| format!("{key}: {value}")));
    let path = &looked.tree.file(service.file).path;
    let review = keys.collect::<Vec<_>>().join(", ");
    format!("cannot change `review` in `{}{path}`; write it by hand: `review: {{{review}}}`", looked.prefix)
}

/// Makes sure that the new text says what it should, and nothing else than before.
fn confirm(service: &Document<Service>, after: &Looked) -> Result<(), String> {
    let stamp = Stamp::of(&service.fields);
    let new = after.handbook.handbook().services.get(&service.id);
    let given = new.and_then(|new| new.fields.review.as_ref()).and_then(|review| review.of.as_ref());
    let is_right = given.is_some_and(|given| Stamp::read(&given.value).as_ref() == Some(&stamp))
        && new.is_some_and(|new| Stamp::of(&new.fields) == stamp && faults_of(new.file, after).next().is_none());
    let path = &after.tree.file(service.file).path;
    if is_right {
        Ok(())
    } else {
        Err(format!("cannot change `review` in `{path}` with certainty; nothing was written"))
    }
}

fn write(
    services: &[&Document<Service>],
    (before, after): (&Looked, &Looked),
    arguments: &Arguments,
) -> Result<(), Box<dyn std::error::Error>> {
    let folder = arguments.root.join(&before.prefix);
    let text = |looked: &'_ Looked, file| looked.tree.text(file).cloned();
    let pairs: Vec<_> = services
        .iter()
        .filter_map(|it| Some((before.tree.file(it.file).path.clone(), text(before, it.file)?, text(after, it.file)?)))
        .collect();
    let wanted: Vec<Replacement> = pairs
        .iter()
        .filter(|(_, before, after)| before.as_str() != after.as_str())
        .map(|(path, before, after)| Replacement {
            path: folder.join(path.as_ref()),
            before: before.as_str(),
            after: after.as_str(),
        })
        .collect();
    Ok(replace_all(&wanted)?)
}

/// Tells what was stamped, with its place.
fn tell(services: &[&Document<Service>], after: &Looked, terminal: &Terminal) {
    for service in services {
        let new = after.handbook.handbook().services.get(&service.id);
        let Some(review) = new.and_then(|new| new.fields.review.as_ref()) else { continue };
        let (Some(last), Some(of)) = (&review.last, &review.of) else { continue };
        let at = locate(&Place::At(of.span), &after.tree, &after.prefix);
        terminal.progress(&format!("{}:{}: `{}` is reviewed as of {}", at.path, at.line, service.id, last.value));
    }
}
