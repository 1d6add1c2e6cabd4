//! `docs/themes.md`: its theme works, and its templates are those that there are.

use std::collections::BTreeSet;
use std::fs;

use crate::bench::{Bench, TODAY};
use crate::document::{read, root};
use crate::examples::lay;

#[test]
fn templates_are_named_in_the_manual() {
    let document = read("docs/themes.md");
    let names = |folder: &str| -> Vec<String> {
        let entries = fs::read_dir(root().join("themes/default/templates").join(folder)).unwrap();
        let files = entries.map(|entry| entry.unwrap()).filter(|entry| entry.file_type().unwrap().is_file());
        files.map(|entry| format!("{folder}{}", entry.file_name().into_string().unwrap())).collect()
    };
    let known: BTreeSet<String> = [names(""), names("frame/")].concat().into_iter().collect();
    let named: BTreeSet<String> = document
        .prose()
        .into_iter()
        .filter(|line| line.starts_with("| `"))
        .filter_map(|line| line.split('`').nth(1))
        .filter(|word| word.ends_with(".html"))
        .map(str::to_owned)
        .collect();
    assert_eq!(named, known);
}

#[test]
fn example_theme_changes_a_word_a_colour_and_a_template() {
    let bench = Bench::new();
    let document = read("docs/themes.md");
    for block in document.blocks() {
        lay(&block, &bench);
    }
    let output = bench.run(&["--today", TODAY, "build"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    let home = bench.read("public/index.html");
    assert!(home.contains("What we do"), "the word");
    assert!(home.contains("assets/workshop.css"), "the style sheet is linked");
    assert!(bench.read("public/assets/workshop.css").contains("--accent"), "the colour");
    assert!(bench.read("public/404.html").contains("Ask at the counter"), "the template");
    let service = bench.read("public/services/contact.html");
    assert!(service.contains("assets/workshop.css") && service.contains("assets/style.css"), "built-in pages stay");
}
