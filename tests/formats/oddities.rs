//! A list of findings with everything that could trip a format.

use jiff::civil::date;
use pledgebook::diagnostic::report::{Report, Setting};
use pledgebook::diagnostic::{self, Diagnostic, Place, Severity};
use pledgebook::manual::reported::rules;
use pledgebook::source::{FileId, SourceTree, Span};

const REPAIR: &str = "---\ntitle: Repair | <b>\nlimit: 3 days\n---\n我们三天内修好它。\nWe mend it.\n";

/// Makes the files and the findings, sorted as `check` sorts them.
pub(crate) fn odd() -> (SourceTree, Vec<Diagnostic>) {
    let tree = SourceTree::from_texts([
        ("empty.md", ""),
        ("pages/a `b` | c & 100%, d: e.md", "one\ntwo\n"),
        ("services/repair.md", REPAIR),
        ("服务/修 理.md", REPAIR),
    ]);
    let mut found = pointed(&tree);
    found.extend(outside());
    let limit = place(&tree, "services/repair.md", "3 days");
    found.extend((0..25).map(|n| Diagnostic::error("field/unknown", limit.part(0, 1), format!("fault {n}"))));
    diagnostic::sort(&mut found, &tree, "content/");
    // The same twice at one place: `sort` would drop it, so it comes behind.
    found.extend(std::iter::repeat_n(Diagnostic::error("x/twice", limit, "told twice").action("write it once"), 2));
    (tree, found)
}

/// Findings in files of the handbook.
fn pointed(tree: &SourceTree) -> Vec<Diagnostic> {
    let limit = place(tree, "services/repair.md", "3 days");
    let title = place(tree, "services/repair.md", "Repair | <b>");
    let chinese = place(tree, "服务/修 理.md", "三天内修好它");
    let page = place(tree, "pages/a `b` | c & 100%, d: e.md", "ne\ntw");
    let empty = Span::new(FileId(0), 0, 0);
    let info =
        |place, message: &str| Diagnostic { severity: Severity::Info, ..Diagnostic::error("x/info", place, message) };
    vec![
        Diagnostic::error("time/limit-chain", limit, "`3 days` is longer than `2 days`: 100%, says [the law](1)")
            .hint("here")
            .label(chinese, "`法` | there")
            .label(title, "in this <service>")
            .action("write `{limit: 2bd}`, or a longer limit")
            .fix(limit, "2 business days"),
        Diagnostic::warning(
            "wording/vague",
            title,
            "a | <b>&amp; \"c\" 'd' 90% `e|f` *g* _h_ #i @j $k$ ~l~ {0} \\| ]]>",
        )
        .action("write `<x>` | `y`"),
        Diagnostic::warning("wording/vague", chinese, "`三天内` 说得太含糊；写明 `3 个工作日`").action("写 `3bd`"),
        Diagnostic::warning("x/backticks", chinese.beginning(), "a ` that is alone, and `` two ``"),
        Diagnostic::error("x/lines", page, "over two lines"),
        Diagnostic::error("file/empty", empty, "the file is empty").action("write it, or remove it"),
        info(limit, "worth knowing: ::error::x%0A <!-- -->"),
        info(empty, "error[x/info] content/empty.md:1:1: like a finding"),
    ]
}

/// Findings in files that are no text of the handbook.
fn outside() -> Vec<Diagnostic> {
    let template = |line, text| Place::Outside { path: "themes/a:b/home.html".into(), line, column: 2, text };
    vec![
        Diagnostic::error(
            "file/unreadable",
            Place::whole("content/pages/50% , off: it's.md"),
            "the file cannot be read",
        )
        .action("allow it"),
        Diagnostic::error("theme/template", template(3, None), "no such thing"),
        Diagnostic::error("theme/template", template(1, Some("<h1>{{ x }}</h1>".into())), "neither this"),
        Diagnostic::warning("theme/unused", Place::whole("themes/a\u{1b}b"), "never used"),
        Diagnostic::error("x/folder", Place::whole("content/服务"), "no folder of services"),
    ]
}

/// Finds a stretch of a file by its words.
fn place(tree: &SourceTree, path: &str, words: &str) -> Span {
    let file = tree.find(path).unwrap();
    let start = tree.text(file).unwrap().as_str().find(words).unwrap();
    Span::new(file, start, start + words.len())
}

/// Makes a report as `check` makes it.
pub(crate) fn report_of(found: &[Diagnostic], tree: &SourceTree) -> Report {
    let rules = rules();
    Report::of(found, &Setting { rules: &rules, today: date(2026, 11, 21), ..Setting::of(tree, "content/") })
}
