//! Handbooks that mean harm, and files that somebody or something has spoilt: each ends in findings or in a site, soon, and
//! never in a panic.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests make folders and wait for what may hang"
)]

mod generate;

use std::fs;
use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use generate::Size;
use jiff::civil::date;
use pledgebook::diagnostic::full::{self, Colour};
use pledgebook::diagnostic::report::Report;
use pledgebook::diagnostic::{concise, github, gitlab, json, junit, markdown, sarif};
use pledgebook::pipeline::{self, Errors, Options};
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop, prop_oneof, proptest};

/// How long one handbook may take, unoptimised and on a busy machine. What hangs, hangs for longer.
const PATIENCE: Duration = Duration::from_secs(300);

/// Looks at a handbook, prints what is told in every form, and makes its site in spite of errors; gives what is told.
fn survive(root: &Path) -> String {
    let root = root.to_owned();
    let (sender, receiver) = mpsc::channel();
    let worker = thread::spawn(move || drop(sender.send(told_and_made(&root))));
    match receiver.recv_timeout(PATIENCE) {
        Ok(told) => told,
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("it takes longer than {PATIENCE:?}"),
        Err(mpsc::RecvTimeoutError::Disconnected) => std::panic::resume_unwind(worker.join().unwrap_err()),
    }
}

fn told_and_made(root: &Path) -> String {
    let mut looked = match pipeline::look(root) {
        Ok(looked) => looked,
        Err(error) => return error.to_string(),
    };
    let options = Options { today: date(2026, 11, 21), base_url: None, errors: Errors::Shown };
    let site = pipeline::make(&mut looked, &options);
    let (found, tree, prefix) = (&looked.diagnostics, &looked.tree, &looked.prefix);
    assert!(site.is_some() || !found.is_empty(), "there is a site, or it is told why not");
    full::print(found, tree, prefix, Colour::Always);
    let report = Report::plain(found, tree, prefix);
    for print in [github::print, gitlab::print, json::print, junit::print, markdown::print, sarif::print] {
        print(&report);
    }
    concise::print(&report)
}

/// Lays one file into a small handbook without a fault, and gives what is told of it.
fn told_of(path: &str, bytes: &[u8]) -> String {
    let folder = small();
    lay(folder.path(), path, bytes);
    survive(folder.path())
}

fn small() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    generate::write(folder.path(), &generate::handbook(Size { services: 3, standards: 6, months: 2, languages: 2 }));
    folder
}

fn lay(root: &Path, path: &str, bytes: &[u8]) {
    let path = root.join("content").join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

const FRONT: &str = "title: X\nfor: X\noutcome: X\nowner: lead\nreview: {last: 2026-01-01}\n";

fn service(fields: &str, prose: &str) -> Vec<u8> {
    format!("---\n{FRONT}{fields}---\n{prose}").into_bytes()
}

#[test]
fn deep_nesting_is_told() {
    let four_megabytes = 4 << 20;
    for text in [
        "[".repeat(four_megabytes - 100),
        "{a: ".repeat(four_megabytes / 5),
        "- ".repeat(four_megabytes / 3),
        "? ".repeat(100_000),
        (0..2_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect(),
        "[[".repeat(100_000) + &"]]".repeat(100_000),
    ] {
        assert!(told_of("registers/terms.yaml", text.as_bytes()).contains("registers/terms.yaml:"), "{:.20}", text);
        let front = service(&format!("extra: {text}\n"), "");
        assert!(!told_of("services/deep.md", &front).is_empty(), "{:.20}", text);
    }
}

#[test]
fn more_than_four_megabytes_are_told_and_not_read() {
    let told = told_of("services/large.md", "[".repeat(10 << 20).as_bytes());
    assert!(told.contains("services/large.md: error[file/too-large]"), "{told}");
}

#[test]
fn an_alias_bomb_does_not_grow() {
    let mut text = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n".to_owned();
    for n in 1..10 {
        text += &format!("a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 9].join(", "));
    }
    assert!(told_of("registers/terms.yaml", text.as_bytes()).matches("error[field/yaml]").count() > 9);
    assert!(told_of("registers/terms.yaml", b"a: &a {<<: *a, b: *a}\n").contains("error[field/yaml]"));
}

#[test]
fn deep_prose_is_read_as_far_as_it_can_be() {
    for text in [
        "> ".repeat(100_000),
        "- ".repeat(100_000),
        "*a ".repeat(100_000),
        "[".repeat(200_000),
        "![".repeat(100_000),
        "[[".repeat(100_000),
        "[[a|".repeat(50_000),
        "`".repeat(200_000),
        "| a ".repeat(50_000) + "\n" + &"|---".repeat(50_000) + "\n",
        "<div ".repeat(50_000),
        "[a]: b\n".repeat(50_000),
        "[^a]".repeat(30_000) + "\n\n[^a]: x\n",
        "# a\n\n".repeat(30_000),
        "&amp;".repeat(100_000),
        "![a](b.png)\n\n".repeat(20_000),
        "- [ ] a\n".repeat(30_000),
    ] {
        told_of("services/prose.md", &service("", &text));
    }
}

#[test]
fn a_hundred_thousand_lines_are_read_in_seconds() {
    let lines = |line: &dyn Fn(usize) -> String| (0..100_000).map(line).collect::<String>();
    let fewer = |line: &dyn Fn(usize) -> String| (0..10_000).map(line).collect::<String>();
    told_of("registers/factors.yaml", lines(&|n| format!("f{n}: {{text: X, kind: performance}}\n")).as_bytes());
    told_of("registers/roles.yaml", fewer(&|n| format!("r{n}: {{title: X, reports_to: r{}}}\n", n + 1)).as_bytes());
    told_of("registers/roles.yaml", fewer(&|n| format!("r{n}: x\n")).as_bytes());
    let dates = lines(&|n| format!("{:04}-{:02}-{:02},X,closed\n", 1000 + n / 336, n / 28 % 12 + 1, n % 28 + 1));
    told_of("registers/holidays/ca.csv", format!("date,name,day\n{dates}").as_bytes());
    let results = fewer(&|n| format!("2026-01,nothing/s-{n},,1,1,,,,\n"));
    let head = "period,standard,channel,volume,met,value,perceived,method,note\n";
    told_of("results/2025.csv", format!("{head}{results}").as_bytes());
    told_of("results/2025.csv", format!("{head}{}", "\"\n".repeat(100_001)).as_bytes());
    told_of(
        "pages/long.md",
        format!("---\ntitle: X\nkind: guide\n---\n{}", lines(&|n| format!("Line {n} of it.\n"))).as_bytes(),
    );
}

#[test]
fn enormous_tables_in_a_service_are_read_in_seconds() {
    let many = |make: &dyn Fn(usize) -> String, count: usize| (0..count).map(make).collect::<String>();
    let steps = many(&|n| format!("  s{n}: {{title: X, actor: lead, stage: back, takes: 1h, standard: a}}\n"), 3_000);
    let one = "standards:\n  a: {kind: timeliness, statement: X, limit: 9y, clock: {start: a, stop: b}, target: 9%, measure: {as: observed}}\n";
    told_of("services/steps.md", &service(&format!("{one}steps:\n{steps}"), ""));
    let standards = many(
        &|n| format!("  s{n}: {{kind: access, statement: X, level: x, target: 9%, measure: {{as: observed}}}}\n"),
        10_000,
    );
    told_of(
        "services/standards.md",
        &service(&format!("standards:\n{standards}"), &many(&|n| format!("[[s{n}]] "), 10_000)),
    );
    told_of("services/unknown.md", &service(&many(&|n| format!("key{n}: x\n"), 20_000), ""));
    told_of("services/needs.md", &service(&format!("needs: [{}]\n", many(&|n| format!("n{n}, "), 100_000)), ""));
}

#[test]
fn a_hundred_thousand_faults_in_one_line_are_told_in_seconds() {
    let names = (0..50_000).map(|n| format!("c{n}")).collect::<Vec<_>>().join(", ");
    assert!(told_of("services/faults.md", &service(&format!("channels: [{names}]\n"), "")).lines().count() >= 50_000);
    let links = (0..20_000).map(|n| format!("[[x{n}]] ")).collect::<String>();
    assert!(told_of("services/links.md", &service("", &links)).lines().count() >= 20_000);
    let anchors = (0..20_000).map(|n| format!("[a](#x{n}) ")).collect::<String>();
    assert!(told_of("services/anchors.md", &service("", &anchors)).lines().count() >= 20_000);
    let pictures = (0..20_000).map(|n| format!("![a](x{n}.png) ")).collect::<String>();
    assert!(told_of("services/pictures.md", &service("", &pictures)).lines().count() >= 20_000);
}

#[test]
fn long_lines_and_values_are_cut_in_what_is_told() {
    let long = "x".repeat(10_000);
    for fields in [
        "limit: LONG\n",
        "owner2: LONG\n",
        "LONG: x\n",
        "calendar: LONG\n",
        "channels: [LONG]\n",
        "fee: 9 LONG\n",
        "complaints_to: LONG\n",
        "also: [LONG/LONG]\n",
    ] {
        let told = told_of("services/long.md", &service(&fields.replace("LONG", &long), ""));
        assert!(told.len() < 1_500, "{fields}: {} bytes", told.len());
    }
    for prose in [
        "[[LONG]]",
        "[[LONG#LONG]]",
        "[a](LONG)",
        "[a](#LONG)",
        "![a](LONG)",
        "[[@LONG]]",
        "[[applications/service-0#LONG]]",
        "## A {#LONG}",
        "<LONG>",
        "LONG",
    ] {
        let told = told_of("services/long.md", &service("", &prose.replace("LONG", &long)));
        assert!(told.len() < 1_500, "{prose}: {} bytes: {told:.300}", told.len());
    }
    for (path, text) in [
        ("registers/terms.yaml", "LONG: {text: x, meaning: x}\n"),
        (
            "registers/calendars.yaml",
            "c: {time_zone: LONG, hours: {LONG: LONG}, cut_off: LONG, holidays: LONG, open_like: LONG, count_from: LONG}\n",
        ),
        ("results/2025.csv", "period,standard,LONG\nLONG,LONG,x\n"),
        ("results/2026.csv", "period,standard,volume,value\nLONG,LONG,LONG,LONG\n"),
        ("registers/holidays/x.csv", "date,name,day\nLONG,LONG,LONG\n"),
        (
            "handbook.yaml",
            "title: X\nlanguages: [LONG]\nchecks: {LONG: LONG}\nbase_url: LONG\nedit_url: LONG\ntheme: LONG\ncalendar: LONG\nmax_handoffs: LONG\n",
        ),
    ] {
        let told = told_of(path, text.replace("LONG", &long).as_bytes());
        let longest = told.lines().map(str::len).max().unwrap_or(0);
        assert!((1..1_500).contains(&longest), "{path}: {longest} bytes: {told:.1000}");
    }
}

#[test]
fn paths_of_all_kinds_are_told_or_read() {
    for path in [
        "services/a b/修 理.md",
        "services/-.md",
        "services/.hidden.md",
        "services/a..b.md",
        "services/a.md/b.md",
        "pictures/灯 lamp.svg",
        "services/CON.md",
        "services/'\"`<>&.md",
        "services/%2e%2e.md",
    ] {
        told_of(path, &service("", "[[#limit]]"));
    }
    let long = format!("services/{}.md", "a".repeat(200));
    assert!(told_of(&long, &service("", "")).contains("more than 100 characters"));
    let folders = format!("services/{}x.md", "a/".repeat(500));
    told_of(&folders, &service("", ""));
}

#[test]
fn ids_never_lead_out_of_the_site() {
    let folder = small();
    lay(folder.path(), "registers/roles.yaml", b"lead: {title: Lead}\n../../evil: {title: X}\n\"/abs\": {title: X}\n\"..\": {title: X}\n\"a\\\\b\": {title: X}\n\"x#y?z%\": {title: X}\n");
    lay(
        folder.path(),
        "services/evil.md",
        &service(
            "promises:\n  ../../../evil: {kind: commitment, statement: X, backed_by: [x]}\n  \"\": {kind: commitment, statement: X, backed_by: [x]}\n",
            "",
        ),
    );
    let mut looked = pipeline::look(folder.path()).unwrap();
    let options = Options { today: date(2026, 11, 21), base_url: None, errors: Errors::Shown };
    let site = pipeline::make(&mut looked, &options).unwrap();
    for (path, _) in site.iter() {
        assert!(
            !path.starts_with('/') && path.split('/').all(|part| !part.is_empty() && part != ".." && part != "."),
            "{path}"
        );
        assert!(!path.contains(['\\', '#', '?', '%', '\0']), "{path}");
    }
}

#[test]
fn line_ends_and_marks_of_other_systems_change_nothing() {
    let (plain, other) = (small(), small());
    for (path, text) in generate::handbook(Size { services: 3, standards: 6, months: 2, languages: 2 }) {
        lay(other.path(), &path, format!("\u{feff}{}", text.replace('\n', "\r\n")).as_bytes());
    }
    assert_eq!(survive(plain.path()), "");
    assert_eq!(survive(other.path()), "");
}

#[test]
fn values_at_their_bounds_are_counted_or_refused() {
    for limit in ["4294967295y", "4294967295bd", "4294967295s", "1s", "4294967295bh", "4294967295mo", "9999y"] {
        let fields = format!(
            "calendar: office\nstandards:\n  a: {{kind: timeliness, statement: \"[[#limit]]\", limit: {limit}, internal: {limit}, legal: {limit}, clock: {{start: a, stop: b}}, target: 100%, measure: {{as: percentile-90}}, breach: [{{at: {limit}, tell: lead}}], variants: [{{when: x, limit: {limit}}}]}}\nsteps:\n  a: {{title: X, actor: lead, stage: back, standard: a, takes: {limit}}}\n  b: {{title: X, actor: lead, stage: back, standard: a, takes: {limit}, after: a}}\npromises:\n  p: {{kind: guarantee, statement: X, backed_by: [a], remedy: {{what: x, up_to: 999999999999 EUR, within: {limit}}}, valid: {{from: 0001-01-01, until: 9999-12-31}}}}\n"
        );
        told_of("services/bounds.md", &service(&fields, ""));
        let last = format!("---\n{}---\n", FRONT.replace("2026-01-01}", &format!("9999-12-31, every: {limit}}}")));
        told_of("services/reviewed.md", last.as_bytes());
    }
    told_of("results/2025.csv", b"period,standard,volume,met,value\n9999-12,applications/service-0/standard-0,999999999999999999,0,4294967295y\n0000,applications/service-0/standard-0,0,0,0\n0000-01,applications/service-0/standard-0,1,999999999999999999,100\n9999,applications/service-0/standard-0,,,\n9999-W53,applications/service-0/standard-0,1,1,\n");
}

#[test]
fn a_theme_that_means_harm_is_told() {
    for (file, text) in [
        ("templates/base.html", "{% for a in range(end=1000000000) %}x{% endfor %}"),
        ("templates/service.html", "{% include \"service.html\" %}"),
        ("templates/home.html", "{% extends \"home.html\" %}"),
        ("templates/page.html", "{{ page.nothing.at.all }}"),
        ("templates/role.html", "{{ phrase() }}{{ count(key=1) }}"),
        ("theme.yaml", "a: &a [*a]\n"),
        ("locales/en.yaml", "- x\n"),
    ] {
        let folder = small();
        let path = folder.path().join("themes/default").join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        assert!(!survive(folder.path()).is_empty(), "{file}: {text}");
    }
}

#[cfg(unix)]
#[test]
fn links_that_go_round_and_pipes_do_not_hang() {
    use std::os::unix::fs::symlink;
    let folder = small();
    let content = folder.path().join("content");
    symlink(&content, content.join("services/round")).unwrap();
    symlink("/dev/zero", content.join("services/zero.md")).unwrap();
    symlink("/proc/self/mem", content.join("services/memory.md")).unwrap();
    symlink("b.md", content.join("services/a.md")).unwrap();
    symlink("a.md", content.join("services/b.md")).unwrap();
    std::process::Command::new("mkfifo").arg(content.join("services/pipe.md")).status().unwrap();
    fs::create_dir_all(folder.path().join("themes/default/templates")).unwrap();
    std::process::Command::new("mkfifo")
        .arg(folder.path().join("themes/default/templates/home.html"))
        .status()
        .unwrap();
    assert_eq!(survive(folder.path()).lines().count(), 7);
}

/// A change of a text: bytes cut out, put in, or taken from elsewhere.
#[derive(Clone, Debug)]
enum Spoil {
    Cut(prop::sample::Index, usize),
    Put(prop::sample::Index, String),
    Swap(prop::sample::Index, u8),
    Double(prop::sample::Index, usize),
    Line(prop::sample::Index, prop::sample::Index),
    Value(prop::sample::Index, &'static str),
}

/// What nobody expects behind a colon.
const ODD_VALUES: [&str; 24] = [
    "",
    "~",
    "[]",
    "{}",
    "[[]]",
    "{a: {b: {c: d}}}",
    "0",
    "-1",
    "4294967295bd",
    "4294967295y",
    "9999-12-31",
    "0001-01-01",
    "100%",
    "0.01%",
    "999999999999 EUR",
    "../..",
    "always",
    "customer",
    "[[#limit]]",
    "[[nothing#limit:dative|x]]",
    "\"\\u0000\\e[2J\"",
    "|\n  x",
    "服务",
    "\"{n}{n:{m}}\"",
];

fn spoil() -> impl Strategy<Value = Spoil> {
    let sign = prop::sample::select(vec![
        "[",
        "]",
        "{",
        "}",
        ":",
        ": ",
        "\n",
        "\n---\n",
        "- ",
        "\"",
        "'",
        "#",
        "\t",
        "  ",
        "[[",
        "]]",
        "[[#limit]]",
        "|",
        ">",
        "&a ",
        "*a",
        "!!x ",
        "\u{feff}",
        "\r",
        "%",
        "@",
        "`",
        "..",
        "/",
        "服务",
        "ä",
        "\u{200b}",
        "~",
        "null",
        "0",
        "-1",
        "bd",
        "{#",
        "<b>",
        "![x](y)",
        "\\",
        "```\n",
        "| a |\n|---|\n",
        ",",
        ";",
        "\0",
    ]);
    prop_oneof![
        (any::<prop::sample::Index>(), 1..40_usize).prop_map(|(at, len)| Spoil::Cut(at, len)),
        (
            any::<prop::sample::Index>(),
            prop_oneof![sign.prop_map(str::to_owned), Just(()).prop_flat_map(|()| ".{0,6}")]
        )
            .prop_map(|(at, text)| Spoil::Put(at, text)),
        (any::<prop::sample::Index>(), any::<u8>()).prop_map(|(at, byte)| Spoil::Swap(at, byte)),
        (any::<prop::sample::Index>(), 1..200_usize).prop_map(|(at, len)| Spoil::Double(at, len)),
        (any::<prop::sample::Index>(), any::<prop::sample::Index>()).prop_map(|(at, to)| Spoil::Line(at, to)),
        (any::<prop::sample::Index>(), prop::sample::select(&ODD_VALUES[..]))
            .prop_map(|(at, value)| Spoil::Value(at, value)),
    ]
}

fn apply(bytes: &mut Vec<u8>, spoil: &Spoil) {
    if bytes.is_empty() {
        return;
    }
    let length = bytes.len();
    match spoil {
        Spoil::Cut(at, len) => drop(bytes.drain(at.index(length)..(at.index(length) + len).min(length))),
        Spoil::Put(at, text) => drop(bytes.splice(at.index(length)..at.index(length), text.bytes()).count()),
        Spoil::Swap(at, byte) => bytes[at.index(length)] = *byte,
        Spoil::Double(at, len) => bytes.extend_from_within(at.index(length)..(at.index(length) + len).min(length)),
        Spoil::Line(at, to) => {
            let mut lines: Vec<Vec<u8>> = bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
            let line = lines.remove(at.index(lines.len()));
            lines.insert(to.index(lines.len() + 1), line);
            *bytes = lines.concat();
        }
        Spoil::Value(at, value) => {
            let colons: Vec<usize> = (1..length).filter(|at| &bytes[at - 1..=*at] == b": ").collect();
            if !colons.is_empty() {
                let from = colons[at.index(colons.len())] + 1;
                let to = bytes[from..].iter().position(|byte| b"\n,}]".contains(byte)).map_or(length, |len| from + len);
                let _ = bytes.splice(from..to, value.bytes()).count();
            }
        }
    }
}

/// The files of the shipped handbook with their bytes, by their path below the content folder.
fn shipped() -> Vec<(String, Vec<u8>)> {
    fn collect(folder: &Path, prefix: &str, files: &mut Vec<(String, Vec<u8>)>) {
        let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap()).collect();
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
            if entry.path().is_dir() {
                collect(&entry.path(), &format!("{name}/"), files)
            } else {
                files.push((name, fs::read(entry.path()).unwrap()))
            }
        }
    }
    let mut files = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"), "", &mut files);
    assert!(files.len() > 100);
    files
}

/// How many spoilt handbooks are tried; more with `PROPTEST_CASES`.
const TRIES: u32 = 24;

proptest! {
    #![proptest_config(ProptestConfig { cases: std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(TRIES), failure_persistence: None, max_shrink_iters: 40, ..ProptestConfig::default() })]

    #[test]
    fn a_shipped_handbook_that_was_spoilt_is_told_and_shown(
        changes in prop::collection::vec((any::<prop::sample::Index>(), prop::collection::vec(spoil(), 1..4)), 1..60)
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut files = shipped();
        for (file, spoils) in &changes {
            let at = file.index(files.len());
            spoils.iter().for_each(|spoil| apply(&mut files[at].1, spoil));
        }
        for (path, bytes) in &files {
            lay(folder.path(), path, bytes);
        }
        survive(folder.path());
    }
}
