//! How long it takes to look at a handbook (read it and follow its references), to ask the experts' checks and to make its
//! site, all in memory.
//!
//! `cargo bench --bench handbook`; one measure alone with its name: `cargo bench --bench handbook -- look/1000`.
#![allow(missing_docs, reason = "the macros of criterion write functions of their own")]
#![allow(clippy::disallowed_methods, reason = "what makes handbooks can write them too, which no bench does")]

#[path = "../tests/generate/mod.rs"]
mod generate;

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use generate::Size;
use jiff::civil::date;
use pledgebook::pipeline::{self, Errors, Looked, Options};
use pledgebook::source::SourceTree;
use pledgebook::source::disk::{content_folder, read_tree};
use pledgebook::{checks, parse, theme};

/// How many services the handbooks have that are made up.
const SERVICES: [usize; 2] = [100, 1_000];

/// A handbook of a number of services with two standards and promises each, a year of results and one language.
fn made_up(services: usize) -> SourceTree {
    let size = Size { services, standards: 2 * services, months: 12, languages: 1 };
    let files = generate::handbook(size);
    SourceTree::from_texts(files.iter().map(|(path, text)| (path.as_str(), text.as_str())))
}

/// The handbook that comes with the program, in three languages.
fn shipped() -> SourceTree {
    let (folder, _) = content_folder(Path::new(env!("CARGO_MANIFEST_DIR")), parse::SETTINGS);
    read_tree(&folder).expect("the shipped handbook is there")
}

fn all() -> impl Iterator<Item = (String, SourceTree)> {
    let made_up = SERVICES.into_iter().map(|services| (services.to_string(), made_up(services)));
    made_up.chain(std::iter::once_with(|| ("shipped".to_owned(), shipped())))
}

/// Reads and checks the files, with the theme that is built in.
fn look(tree: SourceTree) -> Looked {
    let parsed = parse::parse(&tree, "content/");
    let (handbook, found) = checks::check(parsed.handbook, &tree, &parsed.diagnostics);
    let tags = handbook.handbook().config.language_tags();
    let (theme, _) = theme::disk::read(Path::new(""), None, &tags).expect("the built-in theme needs no disk");
    let mut diagnostics = parsed.diagnostics;
    diagnostics.extend(found);
    Looked { tree, prefix: "content/".into(), handbook, theme, diagnostics, past: Arc::default() }
}

fn measure_look(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("look");
    group.sample_size(20);
    for (name, tree) in all() {
        group.bench_with_input(BenchmarkId::from_parameter(name), &tree, |bencher, tree| {
            bencher.iter(|| {
                let parsed = parse::parse(black_box(tree), "content/");
                checks::check(parsed.handbook, tree, &parsed.diagnostics)
            });
        });
    }
    group.finish();
}

fn measure_inspect(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("inspect");
    group.sample_size(10);
    for (name, tree) in all() {
        let looked = look(tree);
        group.bench_function(BenchmarkId::from_parameter(name), |bencher| {
            bencher.iter(|| checks::inspect(black_box(&looked.handbook), &looked.tree, date(2026, 11, 21), &[]));
        });
    }
    group.finish();
}

fn measure_make(criterion: &mut Criterion) {
    let options = Options { today: date(2026, 11, 21), base_url: None, errors: Errors::Shown };
    let mut group = criterion.benchmark_group("make");
    group.sample_size(10);
    for (name, tree) in all() {
        let mut looked = look(tree);
        group.bench_function(BenchmarkId::from_parameter(name), |bencher| {
            bencher.iter(|| pipeline::make(black_box(&mut looked), &options).expect("the templates are sound"));
        });
    }
    group.finish();
}

criterion_group!(benches, measure_look, measure_inspect, measure_make);
criterion_main!(benches);
