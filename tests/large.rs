//! Large handbooks, and the same bytes whatever the folder, the run and the number of threads.
#![allow(clippy::disallowed_methods, reason = "tests make folders")]

mod generate;

use std::path::Path;

use generate::{INVENTORY, Size};
use jiff::civil::date;
use pledgebook::diagnostic::concise;
use pledgebook::pipeline::{self, Errors, Options};
use pledgebook::render::site::RenderedSite;

fn made(root: &Path) -> (String, Option<RenderedSite>) {
    let options = Options { today: date(2026, 11, 21), base_url: None, errors: Errors::Shown };
    let mut looked = pipeline::look(root).unwrap();
    let site = pipeline::make(&mut looked, &options);
    (concise::print(&looked.diagnostics, &looked.tree, &looked.prefix), site)
}

#[test]
fn an_inventory_of_650_services_and_1500_standards_has_no_finding() {
    let folder = tempfile::tempdir().unwrap();
    generate::write(folder.path(), &generate::handbook(INVENTORY));
    let looked = pipeline::look(folder.path()).unwrap();
    assert_eq!(concise::print(&looked.diagnostics, &looked.tree, &looked.prefix), "");
    let handbook = looked.handbook.handbook();
    assert_eq!(handbook.services.len(), 651);
    assert_eq!(handbook.services.values().map(|service| service.fields.standards.len()).sum::<usize>(), 1_500);
    assert_eq!(handbook.results.len(), 18_000);
}

#[test]
fn the_same_bytes_come_of_two_runs_of_two_folders_and_of_any_number_of_threads() {
    let small = Size { services: 12, standards: 30, months: 3, languages: 3 };
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut files = generate::handbook(small);
    // Faults too: what is told has an order of its own.
    files.push(("services/faulty.md".into(), "---\ntitle: [x]\nlimt: 3\nowner: nobody\n---\n[[nothing]]\n".into()));
    files.push(("pages/faulty.md".into(), "---\ntitle: x\nkind: story\n---\n[x](y.md)\n".into()));
    generate::write(one.path(), &files);
    files.reverse();
    generate::write(&other.path().join("a b 服务"), &files);
    let expected = made(one.path());
    assert!(
        expected.0.lines().count() >= 7 && expected.1.as_ref().is_some_and(|site| site.len() > 100),
        "{}",
        expected.0
    );
    assert!(made(one.path()) == expected, "a second run gives the same");
    assert!(made(&other.path().join("a b 服务")) == expected, "another folder gives the same");
    for threads in [1, 2, 7] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        assert!(pool.install(|| made(one.path())) == expected, "{threads} threads give the same");
    }
}

#[test]
fn the_shipped_handbook_gives_the_same_bytes_with_any_number_of_threads() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let (told, site) = pool(1).install(|| made(root));
    assert_eq!(told, "");
    assert!(pool(5).install(|| made(root)) == (told, site));
}
