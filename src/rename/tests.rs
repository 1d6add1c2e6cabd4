//! A thing gets another id, and everything that refers to it follows.

use super::asked::Asked;
use super::{Before, Changed, rename};
use crate::checks::bench::{look, service, tree};
use crate::checks::review::changed::change;
use crate::diagnostic::Diagnostic;
use crate::model::stamp::Stamp;

/// Renames in a handbook of a test; gives the files that change with their paths and texts, or why not.
fn renamed(files: &[(&str, &str)], thing: &str, new: &str) -> Result<Vec<(String, String)>, String> {
    let tree = tree(files);
    let (checked, found) = look(&tree);
    let before = Before { checked: &checked, tree: &tree, found: &found };
    let changed = Asked::read(thing, new, checked.handbook()).and_then(|asked| rename(before, &asked));
    let changed = changed.map_err(|fault| fault.to_string())?;
    let said = |told: &Diagnostic| format!("{} {}", told.name, told.message);
    let had: Vec<String> = found.iter().map(said).collect();
    let texts: Vec<(String, String)> = changed.iter().map(|it| (it.path.clone(), it.text.clone())).collect();
    let gone = |path: &str| changed.iter().any(|it: &Changed| tree.file(it.file).path.as_ref() == path);
    let kept =
        files.iter().filter(|(path, _)| !gone(path)).map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    let all: Vec<(String, String)> = kept.chain(texts.iter().cloned()).collect();
    let all: Vec<(&str, &str)> = all.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let left: Vec<String> = look(&self::tree(&all)).1.iter().map(said).collect();
    assert!(left.len() <= had.len(), "{left:#?}");
    Ok(texts)
}

/// Renames and gives the new text of one file.
fn text_of(path: &str, files: &[(&str, &str)], thing: &str, new: &str) -> String {
    let texts = renamed(files, thing, new).unwrap();
    let names: Vec<&String> = texts.iter().map(|(path, _)| path).collect();
    texts.iter().find(|(changed, _)| changed == path).unwrap_or_else(|| panic!("{path} in {names:?}")).1.clone()
}

fn page(fields: &str, body: &str) -> String {
    format!("---\ntitle: P\nkind: guide\n{fields}---\n{body}")
}

const STANDARD: &str = "\
standards:
  # 快
  quick: {kind: timeliness, statement: \"In [[#limit]], see [[quick]] and [[repair/quick|it]].\", limit: 2 weeks, clock: {start: A, stop: B}, target: 90%, measure: {as: observed}} # kept
promises:
  sure: {kind: commitment, statement: \"[[quick#limit]]\", backed_by: [quick, 'repair/quick']}
steps:
  mend: {title: M, actor: desk, stage: front, standard: quick}
";

#[test]
fn a_standard_has_its_new_id_wherever_it_stands_and_is_referred_to() {
    let body = "---\n## Quick {#quick}\nIn [[#limit]], [x](#quick), [[ quick | a ]], \\[[quick]] and `[[quick]]`.\n";
    let text = text_of(
        "services/repair.md",
        &[("services/repair.md", &service(&format!("{STANDARD}{body}")))],
        "standard/repair/quick",
        "fast",
    );
    let wanted = "\
standards:
  # 快
  fast: {was: [quick], kind: timeliness, statement: \"In [[#limit]], see [[fast]] and [[repair/fast|it]].\", limit: 2 weeks, clock: {start: A, stop: B}, target: 90%, measure: {as: observed}} # kept
promises:
  sure: {kind: commitment, statement: \"[[fast#limit]]\", backed_by: [fast, 'repair/fast']}
steps:
  mend: {title: M, actor: desk, stage: front, standard: fast}
---
## Quick {#fast}
In [[#limit]], [x](#fast), [[ fast | a ]], \\[[quick]] and `[[quick]]`.
";
    assert!(text.ends_with(wanted), "{text}");
}

#[test]
fn other_files_registers_and_results_follow() {
    let repair = service(STANDARD);
    let files = [
        ("services/repair.md", repair.as_str()),
        (
            "pages/p.md",
            &page(
                "about: [standards/repair/quick, repair/quick]\n",
                "[[repair/quick#limit]] [[services/repair#quick]] [a](../services/repair.md#quick)\n",
            ),
        ),
        ("results/r.csv", "period,standard,value\r\n2026,\"repair/quick\",90\r\n2025,repair/quick,80\r\n"),
        ("registers/terms.yaml", "a: {text: A, meaning: 'It''s [[repair/quick]]'}\n"),
    ];
    let texts = renamed(&files, "standard/repair/quick", "fast").unwrap();
    let of = |path: &str| texts.iter().find(|(changed, _)| changed == path).unwrap().1.as_str();
    assert_eq!(
        of("pages/p.md"),
        page(
            "about: [standards/repair/fast, repair/fast]\n",
            "[[repair/fast#limit]] [[services/repair#fast]] [a](../services/repair.md#fast)\n"
        )
    );
    assert_eq!(of("results/r.csv"), "period,standard,value\r\n2026,\"repair/fast\",90\r\n2025,repair/fast,80\r\n");
    assert_eq!(of("registers/terms.yaml"), "a: {text: A, meaning: 'It''s [[repair/fast]]'}\n");
}

#[test]
fn a_service_is_moved_with_its_translations_and_its_links() {
    let repair = service(&format!("{STANDARD}---\n![x](../pictures/x.svg) [p](../pages/p.md) [[repair/quick]]\n"));
    let german = "---\ntitle: R\n---\n[p](../pages/p.de.md) ![x][y]\n\n[y]: ../pictures/x.svg\n";
    let files = [
        ("services/repair.md", repair.as_str()),
        ("services/repair.de.md", german),
        (
            "pages/p.md",
            &page(
                "about: [repair]\n",
                "[r](../services/repair.md#quick) [[repair]] [[services/repair]] [[steps/repair/mend]]\n",
            ),
        ),
        ("pages/p.de.md", "---\ntitle: P\n---\n[r](../services/repair.de.md)\n"),
        ("pictures/x.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        ("results/r.csv", "period,standard,value\n2026,repair/quick,90\n"),
    ];
    let texts = renamed(&files, "service/repair", "care/mending").unwrap();
    let of = |path: &str| texts.iter().find(|(changed, _)| changed == path).map(|(_, text)| text.as_str()).unwrap();
    assert!(
        of("services/care/mending.md").contains("title: Repair\nwas: [repair]\n"),
        "{}",
        of("services/care/mending.md")
    );
    assert!(
        of("services/care/mending.md")
            .ends_with("![x](../../pictures/x.svg) [p](../../pages/p.md) [[care/mending/quick]]\n")
    );
    assert!(of("services/care/mending.md").contains("backed_by: [quick, 'care/mending/quick']"));
    assert!(
        of("services/care/mending.de.md").ends_with("[p](../../pages/p.de.md) ![x][y]\n\n[y]: ../../pictures/x.svg\n")
    );
    assert_eq!(
        of("pages/p.md"),
        page(
            "about: [care/mending]\n",
            "[r](../services/care/mending.md#quick) [[care/mending]] [[services/care/mending]] [[steps/care/mending/mend]]\n"
        )
    );
    assert_eq!(of("pages/p.de.md"), "---\ntitle: P\n---\n[r](../services/care/mending.de.md)\n");
    assert_eq!(of("results/r.csv"), "period,standard,value\n2026,care/mending/quick,90\n");
}

#[test]
fn things_of_registers_follow_too() {
    let repair = service("approved: {by: lead}\n");
    let roles = "desk: {title: Desk}\nlead:\n  title: Lead # 主管\n  deputy: desk\n";
    let files = [
        ("services/repair.md", repair.as_str()),
        ("registers/roles.yaml", roles),
        ("pages/p.md", &page("about: [roles/lead]\n", "[[lead]]\n")),
    ];
    let texts = renamed(&files, "role/lead", "head").unwrap();
    let of = |path: &str| texts.iter().find(|(changed, _)| changed == path).map(|(_, text)| text.as_str()).unwrap();
    assert_eq!(
        of("registers/roles.yaml"),
        "desk: {title: Desk}\nhead:\n  title: Lead # 主管\n  was: [lead]\n  deputy: desk\n"
    );
    assert_eq!(of("pages/p.md"), page("about: [roles/head]\n", "[[head]]\n"));
    assert!(of("services/repair.md").contains("approved: {by: head}"));
    let files = [
        ("registers/evidence.yaml", "tarp: {claim: C, source: S, quality: primary}\n"),
        ("pages/p.md", &page("", "[[@tarp]]\n")),
    ];
    assert_eq!(text_of("pages/p.md", &files, "evidence/tarp", "first"), page("", "[[@first]]\n"));
    assert_eq!(
        text_of("registers/evidence.yaml", &files, "evidence/tarp", "first"),
        "first: {was: [tarp], claim: C, source: S, quality: primary}\n"
    );
    let settings = "title: H\nlanguages: [en, de]\ncalendar: shop # which\n";
    assert_eq!(
        text_of("handbook.yaml", &[("handbook.yaml", settings)], "calendar/shop", "desk-hours"),
        settings.replace("calendar: shop", "calendar: desk-hours")
    );
}

#[test]
fn a_short_name_that_would_name_two_things_gets_its_kind() {
    let files = [("pages/p.md", &*page("", "[[lead]] [[q]]\n")), ("pages/q.md", &page("", "Q [[p]]\n"))];
    let text = text_of("pages/p.md", &files, "page/q", "lead");
    assert_eq!(text, page("", "[[roles/lead]] [[pages/lead]]\n"));
}

#[test]
fn a_name_within_a_service_does_not_take_the_place_of_another_thing() {
    let repair = service("steps: {mend: {title: M, actor: desk, stage: front}}\n---\n[[lead]] [[mend]]\n");
    let text = text_of("services/repair.md", &[("services/repair.md", &repair)], "step/repair/mend", "lead");
    assert!(text.ends_with("[[roles/lead]] [[lead]]\n"), "{text}");
}

#[test]
fn a_translation_that_was_good_stays_good_and_a_stale_one_stays_stale() {
    let source = page("", "[[q]]\n");
    let print = {
        let (checked, _) = look(&tree(&[("pages/p.md", &source), ("pages/q.md", &page("", "Q\n"))]));
        crate::checks::fingerprint::of(&checked.handbook().pages["p"])
    };
    for (given, is_good) in [(print.as_str(), true), ("0123456789ab", false)] {
        let german = format!("---\ntranslates: \"{given}\"\ntitle: P\n---\n[[q]]\n");
        let files = [("pages/p.md", source.as_str()), ("pages/p.de.md", &german), ("pages/q.md", &page("", "Q\n"))];
        let text = text_of("pages/p.de.md", &files, "page/q", "r");
        assert_eq!(!text.contains(given), is_good, "{text}");
        assert!(text.ends_with("[[r]]\n"), "{text}");
    }
}

#[test]
fn an_earlier_id_joins_those_that_are_there_and_one_that_is_taken_up_again_leaves() {
    let was = |given: &str, wanted: &str| {
        let text = text_of("pages/new.md", &[("pages/p.md", &page(given, "x\n"))], "page/p", "new");
        assert_eq!(text, page(wanted, "x\n"), "{given}");
    };
    was("was: old # first\n", "was: [old, p] # first\n");
    was("was: [old, new]\n", "was: [old, p]\n");
    was("was:\n  - old # first\nabout: []\n", "was:\n  - old # first\n  - p\nabout: []\n");
    was("was:\n  - new\n", "was:\n  - p\n");
}

#[test]
fn line_ends_are_kept() {
    let source = page("", "[[q]]\r\n").replace("\r\n", "\n").replace('\n', "\r\n");
    let text = text_of("pages/r.md", &[("pages/q.md", &source)], "page/q", "r");
    assert_eq!(text.matches("\r\n").count(), text.matches('\n').count(), "{text:?}");
    assert!(text.contains("title: P\r\nwas: [q]\r\nkind"), "{text:?}");
}

#[test]
fn a_key_of_a_translation_follows() {
    let german = "---\ntitle: R\nstandards:\n  quick: {statement: \"In [[quick]].\"} # so\n---\n## S {#quick}\n";
    let files = [("services/repair.md", &*service(STANDARD)), ("services/repair.de.md", german)];
    assert_eq!(
        text_of("services/repair.de.md", &files, "standards/repair/quick", "fast"),
        german.replace("quick", "fast")
    );
}

#[test]
fn nothing_is_renamed_where_a_reference_would_be_lost() {
    let broken = [("pages/p.md", &*page("", "x\n")), ("pages/q.md", "---\ntitle: [\n---\n")];
    assert!(
        renamed(&broken, "page/p", "r").unwrap_err().contains("a reference there would be lost"),
        "{:?}",
        renamed(&broken, "page/p", "r")
    );
    let escaped = page("changed: [\"\\x41 [[q]] [[q]]\"]\n", "x\n");
    let files = [("pages/p.md", escaped.as_str()), ("pages/q.md", &page("", "Q\n"))];
    let why = renamed(&files, "page/q", "r").unwrap_err();
    assert!(why.starts_with("pages/p.md:4: the reference `q` cannot be rewritten"), "{why}");
}

/// A service that was stamped when it said something.
fn stamped(id: &str, rest: &str, reviewed: &str) -> (String, String) {
    let path = format!("services/{id}.md");
    let (checked, _) = look(&tree(&[(path.as_str(), service(reviewed).as_str())]));
    let stamp = Stamp::of(&checked.handbook().services[id].fields);
    (path, service(rest).replace("every: 12 months", &format!("every: 12 months, of: {stamp}")))
}

/// Tells which services have changed since they were reviewed.
fn unreviewed(files: &[(&str, &str)]) -> Vec<String> {
    let (checked, _) = look(&tree(files));
    let handbook = checked.handbook();
    let changed = handbook.services.values().filter(|service| change(handbook, service).is_some());
    changed.map(|service| service.id.clone()).collect()
}

#[test]
fn what_was_reviewed_still_is_and_what_was_not_is_not() {
    let late = STANDARD.replace("repair", "late");
    let repair = stamped("repair", STANDARD, STANDARD);
    let late = stamped("late", &late, &late.replace("2 weeks", "3 weeks"));
    let given = [(repair.0.as_str(), repair.1.as_str()), (late.0.as_str(), late.1.as_str())];
    assert_eq!(unreviewed(&given), ["late"]);
    for (thing, new) in [("role/desk", "counter"), ("standard/repair/quick", "fast"), ("service/repair", "mending")] {
        let changed = renamed(&given, thing, new).unwrap();
        let kept = given[1..].iter().filter(|(path, _)| !changed.iter().any(|(other, _)| other == path)).copied();
        let after: Vec<(&str, &str)> =
            changed.iter().map(|(path, text)| (path.as_str(), text.as_str())).chain(kept).collect();
        assert_eq!(unreviewed(&after), ["late"], "{thing}");
    }
}

#[test]
fn what_stands_in_a_register_keeps_its_earlier_id_too() {
    let factors = "speed: {text: S, kind: performance}\n";
    let covers = STANDARD.replace("limit: 2 weeks,", "limit: 2 weeks, covers: [speed],");
    let repair = service(&covers);
    let files = [("registers/factors.yaml", factors), ("services/repair.md", &*repair)];
    let texts = renamed(&files, "factor/speed", "haste").unwrap();
    let of = |path: &str| texts.iter().find(|(changed, _)| changed == path).unwrap().1.as_str();
    assert_eq!(of("registers/factors.yaml"), "haste: {was: [speed], text: S, kind: performance}\n");
    assert!(of("services/repair.md").contains("covers: [haste],"));
}
