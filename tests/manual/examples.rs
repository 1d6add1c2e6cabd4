//! The examples of all documents are tried.

use pledgebook::checks::stand_in::LEFT_OUT;
use pledgebook::diagnostic::Diagnostic;
use pledgebook::fields::reader::Reader;
use pledgebook::fields::record::Record;
use pledgebook::fields::value::Value;
use pledgebook::fields::yaml;
use pledgebook::model;
use pledgebook::source::{FileId, Span};

use crate::bench::{Bench, TODAY};
use crate::document::{Block, Document, all};

#[test]
fn files_in_the_manual_have_no_finding() {
    for document in all() {
        let bench = Bench::new();
        let laid = document.blocks().iter().filter(|block| lay(block, &bench)).count();
        if laid > 0 {
            // A translation is stale while the texts that it translates are changed by an example; the manual says so.
            let report = bench.check("concise");
            let found: Vec<_> = report.lines().filter(|line| line.contains(": ")).collect();
            let found: Vec<_> = found.into_iter().filter(|line| !line.contains("[language/stale]")).collect();
            assert!(found.is_empty(), "{}:\n{}", document.path, found.join("\n"));
        }
    }
}

#[test]
fn single_fields_in_the_manual_have_no_finding() {
    let mut tried = 0;
    for document in all() {
        for block in document.blocks() {
            let Some(record) = block.about.strip_prefix("yaml fields of ") else { continue };
            let found = faults(record, &block.text)
                .unwrap_or_else(|| panic!("{}: no record `{record}`", at(&document, &block)));
            assert!(found.is_empty(), "{}: {found:?}", at(&document, &block));
            tried += 1;
        }
    }
    assert!(tried > 0, "no examples were found");
}

#[test]
fn commands_in_the_manual_succeed() {
    for document in all() {
        let bench = Bench::new();
        for block in document.blocks().iter().filter(|block| block.about == "sh run") {
            for line in block.text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
                let words: Vec<_> = line.split_whitespace().collect();
                assert_eq!(words[0], "pledgebook", "{}: only pledgebook is run: {line}", at(&document, block));
                let output = bench.run(&[&["--today", TODAY], &words[1..]].concat());
                let said = String::from_utf8_lossy(&output.stderr);
                assert!(output.status.success(), "{}: {line}\n{said}", at(&document, block));
            }
        }
    }
}

/// Lays a block down where its first line says that it is a file, or a part of one.
pub(crate) fn lay(block: &Block, bench: &Bench) -> bool {
    let Some((_, rest)) = block.about.split_once(' ') else { return false };
    let (path, place) = rest.split_once(' ').unwrap_or((rest, ""));
    if !path.contains('/') {
        return false;
    }
    let below = place.strip_prefix("below ");
    let instead = place.strip_prefix("instead of ");
    match (place, below, instead) {
        ("", ..) => bench.write(path, &block.text),
        ("appended", ..) => bench.write(path, &format!("{}{}", bench.read(path), block.text)),
        (_, Some(line), _) => bench.replace(path, &format!("\n{line}\n"), &format!("\n{line}\n{}", block.text)),
        (_, _, Some(line)) => {
            let text = bench.read(path);
            let old = text.lines().find(|found| found.starts_with(line)).expect("the line is there");
            bench.replace(path, &format!("{old}\n"), &block.text);
        }
        _ => panic!("line {}: `{place}` is no place in a file", block.line),
    }
    true
}

/// Reads some fields of a record and gives the faults, that others are missing left out; nothing for an unknown record.
fn faults(record: &str, text: &str) -> Option<Vec<Diagnostic>> {
    Some(match record {
        "a service" => read::<model::service::Service>(text),
        "a standard" => read::<model::standard::Standard>(text),
        "a step" => read::<model::step::Step>(text),
        "a promise" => read::<model::promise::Promise>(text),
        "a playbook" => read::<model::playbook::Playbook>(text),
        "a checklist" => read::<model::checklist::Checklist>(text),
        "a page" => read::<model::page::Page>(text),
        "handbook.yaml" => read::<pledgebook::config::Config>(text),
        _ => return None,
    })
}

fn read<T: Value + Record>(text: &str) -> Vec<Diagnostic> {
    let languages = ["en", "de", "zh"].map(str::to_owned);
    let whole = Span::new(FileId(0), 0, text.len());
    let document = yaml::read(text, whole);
    let mut reader = Reader::new(&languages, whole.beginning());
    reader.texts_by_language = T::fields().what == "handbook.yaml";
    T::read(&document.root, &mut reader);
    let told = document.diagnostics.into_iter().chain(reader.diagnostics);
    let is_of_record = |message: &str| {
        let lacks = T::fields().fields.iter().map(|field| field.lack).filter(|lack| !lack.is_empty());
        std::iter::once(T::fields().what).chain(lacks).any(|words| message.starts_with(words))
    };
    told.filter(|found| !LEFT_OUT.contains(&found.name) || !is_of_record(&found.message)).collect()
}

fn at(document: &Document, block: &Block) -> String {
    format!("{}:{}", document.path, block.line)
}
