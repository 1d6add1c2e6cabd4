//! Makes handbooks of any size that have no finding, the same one each time.
//!
//! For tests and benches. Not here: faults; a test puts its own into what it was given.
#![allow(dead_code, reason = "each test and bench uses its part")]

pub(crate) mod prose;

use std::fmt::Write;
use std::fs;
use std::path::Path;

use pledgebook::checks::fingerprint;
use pledgebook::parse;
use pledgebook::source::SourceTree;

/// How large a handbook is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    /// How many services there are.
    pub(crate) services: usize,
    /// How many standards there are in all of them.
    pub(crate) standards: usize,
    /// How many months of results there are for each standard.
    pub(crate) months: usize,
    /// How many languages there are: one to three.
    pub(crate) languages: usize,
}

/// The size of a large public inventory.
pub(crate) const INVENTORY: Size = Size { services: 650, standards: 1_500, months: 12, languages: 1 };

/// The files of a handbook: path below the content folder, and text.
pub(crate) type Files = Vec<(String, String)>;

/// Makes the files of a handbook.
pub(crate) fn handbook(size: Size) -> Files {
    let mut files = registers(size);
    let folders = ["applications", "benefits", "licences", "permits/building", "permits/trade"];
    for number in 0..size.services {
        let first = size.standards * number / size.services;
        let last = size.standards * (number + 1) / size.services;
        let id = format!("{}/service-{number}", folders[number % folders.len()]);
        files.push((format!("services/{id}.md"), service(number, last - first, size.services)));
    }
    files.push(("services/complaints.md".into(), COMPLAINTS.into()));
    files.extend((0..size.services.div_ceil(20)).flat_map(around));
    files.extend(results(&files, size));
    translate(&mut files, size);
    files
}

/// Writes a handbook below a root.
pub(crate) fn write(root: &Path, files: &Files) {
    for (path, text) in files {
        let path = root.join("content").join(path);
        fs::create_dir_all(path.parent().expect("every file lies in a folder")).expect("the folder is writable");
        fs::write(path, text).expect("the folder is writable");
    }
}

fn registers(size: Size) -> Files {
    let languages = ["en", "de", "zh"][..size.languages].join(", ");
    let roles: String = (0..roles(size.services))
        .map(|n| format!("role-{n}: {{title: Role {n}, reports_to: lead, deputy: lead}}\n"))
        .collect();
    let factors: String =
        (0..60).map(|n| format!("factor-{n}: {{text: What matters {n}, kind: performance}}\n")).collect();
    let files = [
        ("handbook.yaml", format!("title: Inventory\nlanguages: [{languages}]\ncalendar: office\ncurrency: EUR\n")),
        (
            "registers/roles.yaml",
            format!(
                "lead: {{title: Lead, deputy: role-0, may_grant: 100 EUR}}\nboard: {{title: Conciliation board, external: true}}\n{roles}"
            ),
        ),
        (
            "registers/channels.yaml",
            "phone: {title: Phone, calendar: office}\nweb: {title: Web, calendar: always}\n".into(),
        ),
        (
            "registers/calendars.yaml",
            "office: {time_zone: America/Toronto, hours: {mon-fri: \"09:00-17:00\"}, holidays: ca.csv}\n".into(),
        ),
        (
            "registers/holidays/ca.csv",
            "date,name,day\n2026-12-25,Christmas,closed\n2027-01-01,New Year,closed\n".into(),
        ),
        ("registers/factors.yaml", factors),
        ("registers/evidence.yaml", "study: {claim: Most of them, source: A study, quality: primary}\n".into()),
    ];
    files.into_iter().map(|(path, text)| (path.to_owned(), text)).collect()
}

/// Gives the number of roles: a role answers for some twenty services, however many there are.
fn roles(services: usize) -> usize {
    (services / 20).max(40)
}

/// The complaint service, whose standards of access and accuracy hold in all others.
const COMPLAINTS: &str = "---
title: Complaints
for: Customers who say that something went wrong
outcome: You have an answer, and what went wrong is put right.
owner: lead
review: {last: 2026-09-01, every: 12 months}
channels: [phone, web]
complaints_to: complaints
needs: [what happened]
standards:
  answer-call:
    title: A call is answered
    kind: access
    statement: A person answers within 2 minutes.
    level: 2 minutes
    target: 90%
    measure: {as: share-within-limit, from: telephone system, per: month}
  right:
    title: It is right
    kind: accuracy
    statement: What you are told is right the first time.
    level: the answer is not corrected afterwards
    target: 98%
    measure: {as: share-without-repeat, from: register, per: month}
  reply:
    title: Reply
    kind: timeliness
    statement: You have our answer within [[#limit]].
    clock: {start: we have your complaint, stop: the answer has left}
    limit: 10 business days
    internal: 8 business days
    target: 95%
    measure: {as: share-within-limit, from: register, per: month}
    breach: [{at: 70%, tell: lead}]
steps:
  acknowledge: {title: Acknowledge the complaint, standard: reply, actor: lead, stage: back, takes: 4bh, tells: [the date]}
  solve: {title: Solve it, standard: reply, actor: lead, stage: back, takes: 5bd, tells: [where it stands], every: 2bd}
  remedy: {title: Make it good, actor: lead, stage: back, gives: [what was promised]}
  follow-up: {title: Ring and ask whether all is well, actor: lead, stage: back}
  learn: {title: Learn from it, actor: lead, stage: back, every: month}
  outside: {title: Go to the conciliation board, actor: board, stage: support}
---
Tell us what went wrong.
";

fn service(number: usize, standards: usize, services: usize) -> String {
    let mut text = format!(
        "---\ntitle: Service {number}\nfor: Everybody who needs service {number}\noutcome: They have it.\n\
         owner: role-{}\nreview: {{last: 2026-09-01, every: 12 months}}\nchannels: [phone, web]\n\
         complaints_to: complaints\nneeds: [a form, a proof]\n\
         also: [complaints/answer-call, complaints/right]\n",
        number % roles(services)
    );
    let mut prose = String::new();
    if standards > 0 {
        text.push_str("standards:\n");
        for n in 0..standards {
            let _ = write!(text, "{}", standard(number, n));
            let _ =
                write!(prose, "\n## About standard {n} {{#standard-{n}}}\n\nWithin [[#limit]], see [[promise-{n}]].\n");
        }
        let _ = write!(text, "{}", steps(number, services));
        text.push_str("promises:\n");
        for n in 0..standards {
            let _ = write!(
                text,
                "  promise-{n}:\n    kind: commitment\n    statement: Done within [[#limit]].\n    backed_by: [standard-{n}]\n    \
                 shown_at: [web]\n    covers: [factor-{}]\n",
                (number + n) % 60
            );
        }
    }
    format!("{text}---\nService {number} is for you.\n\n| what | when |\n|---|---|\n| form | first |\n{prose}")
}

fn standard(service: usize, n: usize) -> String {
    let limit = 5 + (service + n) % 20;
    format!(
        "  standard-{n}:\n    title: Standard {n} of {name}\n    kind: timeliness\n    statement: You have it within [[#limit]].\n    \
         clock: {{start: we have your form, stop: you have it}}\n    limit: {limit} business days\n    internal: 4 business days\n    \
         target: 9{}%\n    measure: {{as: share-within-limit, from: register, per: month}}\n    covers: [factor-{}]\n    \
         breach: [{{at: 70%, tell: lead}}]\n    based_on: study\n",
        n % 9,
        service % 60,
        name = spelled(service)
    )
}

/// Spells a number in letters, since contacts that differ in numbers alone are taken for the same.
fn spelled(number: usize) -> String {
    let digit = |place: u32| {
        ["ma", "ren", "tol", "vis", "ka", "lund", "ber", "si", "tor", "nel"][number / 10_usize.pow(place) % 10]
    };
    (0..=number.max(1).ilog10()).rev().map(digit).collect()
}

fn steps(number: usize, services: usize) -> String {
    let (clerk, expert) = ((number + 1) % roles(services), (number + 2) % roles(services));
    format!(
        "steps:
  receive: {{title: Receive the form, standard: standard-0, actor: role-{clerk}, stage: front, takes: 4bh, tells: [the date], playbook: playbook-{around}}}
  decide: {{title: Decide, standard: standard-0, actor: role-{expert}, stage: back, takes: 2bd, tells: [where it stands]}}
  send: {{title: Send the answer, standard: standard-0, actor: role-{clerk}, stage: front, takes: 2bh, checklist: checklist-{around}}}
",
        around = number / 20
    )
}

/// A playbook, a checklist and a page about some service.
fn around(number: usize) -> Files {
    let service = format!("applications/service-{}", number * 20);
    vec![
        (
            format!("playbooks/playbook-{number}.md"),
            format!("---\ntitle: Playbook {number}\ncues: [a raised voice]\nsay: [I see.]\n---\nListen. [[@study]]\n"),
        ),
        (
            format!("checklists/checklist-{number}.md"),
            format!(
                "---\ntitle: Checklist {number}\nuse: case\nby: role-3\nitems: {{form: Form is complete, proof: Proof is there}}\n---\n"
            ),
        ),
        (
            format!("pages/page-{number}.md"),
            format!(
                "---\ntitle: Page {number}\nkind: guide\nabout: [{service}]\n---\nSee [[{service}/standard-0#limit]] and [it](../services/{service}.md).\n"
            ),
        ),
    ]
}

/// Lists the results, some thousands in a file, since a large file is not read.
fn results(files: &Files, size: Size) -> Files {
    let mut lines = Vec::new();
    for (path, source) in
        files.iter().filter(|(path, _)| path.starts_with("services/") && path != "services/complaints.md")
    {
        let id = path.trim_start_matches("services/").trim_end_matches(".md");
        for n in 0..source.matches("    kind: timeliness").count() {
            let line = |month| format!("2025-{month:02},{id}/standard-{n},,100,9{},,,system,\n", (n + month) % 10);
            lines.extend((1..=size.months).map(line));
        }
    }
    let file = |(number, lines): (usize, &[String])| {
        let head = "period,standard,channel,volume,met,value,perceived,method,note\n";
        (format!("results/2025-{number}.csv"), format!("{head}{}", lines.concat()))
    };
    lines.chunks(20_000).enumerate().map(file).collect()
}

/// Adds translations of every document, with the fingerprints of what they translate.
fn translate(files: &mut Files, size: Size) {
    if size.languages < 2 {
        return;
    }
    let tree = SourceTree::from_texts(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let parsed = parse::parse(&tree, "content/").handbook;
    for language in ["de", "zh"].iter().take(size.languages - 1) {
        let mut add = |folder: &str, id: &str, translates: String| {
            let text = format!("---\ntranslates: {translates}\ntitle: {language} {id}\n---\nÜbersetzt: 服务 {id}.\n");
            files.push((format!("{folder}/{id}.{language}.md"), text));
        };
        parsed.services.iter().for_each(|(id, document)| add("services", id, fingerprint::of(document)));
        parsed.playbooks.iter().for_each(|(id, document)| add("playbooks", id, fingerprint::of(document)));
        parsed.checklists.iter().for_each(|(id, document)| add("checklists", id, fingerprint::of(document)));
        parsed.pages.iter().for_each(|(id, document)| add("pages", id, fingerprint::of(document)));
    }
}
