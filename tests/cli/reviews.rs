//! `review`: what it writes, and what it refuses.

use std::fs;
use std::path::Path;

use super::{GOOD, files, root, run, stderr, stdout};

const SERVICE: &str = "content/services/repair.md";

fn read(root: &Path) -> String {
    fs::read_to_string(root.join(SERVICE)).unwrap()
}

/// Puts another text in the place of one in the service.
fn change(root: &Path, from: &str, to: &str) {
    let text = read(root);
    assert!(text.contains(from), "{text}");
    fs::write(root.join(SERVICE), text.replace(from, to)).unwrap();
}

/// Says whether `check` tells that the service has changed since its review.
fn is_unreviewed(root: &Path) -> bool {
    stdout(&run(root, &["check", "--format", "concise"])).contains("review/changed")
}

#[test]
fn a_review_is_stamped_in_place_and_a_normative_change_takes_it_away() {
    let root = root(&GOOD.replace("{last: 2026-01-01}", "{last: 2026-01-01, every: 6 months} # 每半年"));
    let root = root.path();
    let told = run(root, &["review", "repair", "--note", "As before: fine", "--by", "desk"]).success();
    assert_eq!(stderr(&told), "content/services/repair.md:6: `repair` is reviewed as of 2026-11-21\n");
    let text = read(root);
    let line = text.lines().find(|line| line.starts_with("review:")).unwrap();
    let of = line.split("of: ").nth(1).unwrap().split(',').next().unwrap();
    let rest = format!(
        "review: {{last: 2026-11-21, every: 6 months, of: {of}, by: desk, note: \"As before: fine\"}} # 每半年"
    );
    assert_eq!(line, rest);
    assert!(!is_unreviewed(root));
    change(root, "outcome: It works.", "outcome: It works again.");
    change(root, "We mend it.", "We mend what you bring.");
    assert!(!is_unreviewed(root), "wording counts");
    change(root, "review:", "fee: 20 EUR\nreview:");
    assert!(is_unreviewed(root));
    run(root, &["review", "services/repair"]).success();
    assert!(!is_unreviewed(root));
    assert!(!read(root).contains("note:") && !read(root).contains("by:"), "those of the review before are gone");
}

#[test]
fn line_ends_and_a_byte_order_mark_stay() {
    let text = format!("\u{feff}{}", GOOD.replace('\n', "\r\n"));
    let root = root(&text);
    run(root.path(), &["review", "repair"]).success();
    let new = read(root.path());
    let line = new.lines().find(|line| line.starts_with("review:")).unwrap();
    assert_eq!(new.replace(line, "review: {last: 2026-01-01}"), text);
}

#[test]
fn reviewing_again_on_the_same_day_changes_nothing() {
    let root = root(GOOD);
    run(root.path(), &["review", "repair"]).success();
    let first = files(root.path());
    run(root.path(), &["review", "repair", "repair"]).success();
    assert_eq!(files(root.path()), first);
}

#[test]
fn a_service_that_was_never_reviewed_gets_its_review() {
    let root = root(&GOOD.replace("review: {last: 2026-01-01}\n", ""));
    run(root.path(), &["review", "repair"]).success();
    assert!(read(root.path()).contains("owner: desk\nreview: {last: 2026-11-21, of: "), "{}", read(root.path()));
    run(root.path(), &["check"]).success();
}

#[test]
fn what_is_no_service_is_refused_with_what_to_write_and_nothing_is_written() {
    let root = root(&GOOD.replace("review:", "standards: {quick: {title: Q}}\nreview:"));
    let before = files(root.path());
    for (arguments, said) in [
        (
            ["repair", "repiar"].as_slice(),
            "error: `repiar` is not a service of this handbook; did you mean `repair`?\n",
        ),
        (
            &["repair/quick"],
            "error: `repair/quick` is a standard, which is reviewed with its service; write `repair`\n",
        ),
        (&["desk"], "error: `desk` is a role; only services are reviewed\n"),
        (&["repair", "--by", "dsk"], "error: `dsk` is not a role of this handbook; did you mean `desk`?\n"),
    ] {
        let told = run(root.path(), &[&["review"], arguments].concat()).code(2);
        assert_eq!(stderr(&told), said);
    }
    assert_eq!(files(root.path()), before);
}

#[test]
fn a_service_with_errors_is_not_stamped() {
    let root = root(&GOOD.replace("owner: desk", "owner: dsk"));
    let before = files(root.path());
    let told = run(root.path(), &["review", "repair"]).code(1);
    assert!(stderr(&told).starts_with("content/services/repair.md:5:8: error: there is no role `dsk`"));
    assert_eq!(files(root.path()), before);
}
