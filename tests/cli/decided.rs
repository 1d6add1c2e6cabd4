//! A scripted history of a real repository with its decisions written beside it: each is found, named and directed, and words,
//! translations, other units and other spelling are no decision.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use super::diffs::git;
use super::{pledgebook, stdout};

const SERVICE: &str = "\
---
title: Repair
for: Customers whose appliance has failed
outcome: The appliance works again.
owner: lead
review: {last: 2026-01-01, every: 12 months}
calendar: workshop
channels: [phone, counter]
complaints_to: complaints
needs:
  - {what: the serial number, by: with the report}
  - proof of purchase
fee: \"Labour: 20 EUR, or 40 EUR if the casing is opened.\"
exceptions:
  - {who: lead, up_to: 2 business days, when: the customer has a loan appliance}

standards:
  turnaround:
    title: Turnaround
    kind: timeliness
    statement: Your appliance is ready within [[#limit]].
    clock:
      start: complete fault report received
      stop: customer is told it is ready
      pause: [waiting for the customer to choose]
    limit: 10 business days
    internal: 7 business days
    legal: 20 business days
    target: 95%
    floor: 90%
    measure: {as: share-within-limit, per: month}
    variants:
      - {when: a fridge that no longer cools, limit: 5 business days, target: 97%}
    breach:
      - {at: 70%, tell: desk}
      - {at: 100%, tell: lead}
  mended:
    title: Mended at the first repair
    kind: accuracy
    statement: The fault we mended stays mended for 12 months.
    level: the same fault does not return
    window: 12 months
    target: 96%
    measure: {as: share-without-repeat, per: quarter}
  careful:
    title: Careful hands
    kind: conduct
    statement: We cover your floor.
    level: runner laid, shoe covers on, packing taken along
    channel: counter
    target: 90%
    measure: {as: observed, per: month}

steps:
  register: {title: Take it in, actor: desk, stage: front, standard: turnaround, takes: 2bh, tells: [the number, the date], gives: [a receipt]}
  approve: {title: Approve the price, actor: customer, stage: customer, standard: turnaround, pauses: true, closes: 10bd}
  mend: {title: Mend it, actor: desk, stage: back, standard: turnaround, takes: 1bd}

promises:
  on-time:
    title: On time or free
    kind: guarantee
    statement: Ready within [[#limit]], or labour is free.
    backed_by: [turnaround]
    remedy: {what: labour refunded, up_to: 90 EUR, within: 5bd, automatic: true, granted_by: desk}
    invoke: {how: Nothing to do., steps: 0}
    unless: [the door stayed shut]
    shown_at: [counter]
    valid: {from: 2026-10-01, until: 2027-09-30}
  stays-mended:
    kind: commitment
    statement: What we mend stays mended.
    backed_by: [mended]
---
You refund before noon when we are late.

## When we are late {#on-time}
Do not wait for the customer to notice.
";

const CALENDARS: &str = "\
workshop:
  time_zone: Europe/Berlin
  hours: {mon-fri: \"09:00-17:00\"}
  holidays: de.csv
  cut_off: \"16:00\"
";

/// The files with which the history begins.
fn files() -> BTreeMap<String, String> {
    [
        ("handbook.yaml", "title: {en: H, de: H, zh: H}\nlanguages: [en, de, zh]\ncalendar: workshop\nbuffer: 20%\n"),
        ("services/repair.md", SERVICE),
        ("services/repair.zh.md", "---\ntranslates: x\ntitle: 维修\nstandards:\n  turnaround: {title: 维修周期}\n---\n迟到时中午前退款。\n"),
        (
            "services/complaints.md",
            "---\ntitle: Complaints\nfor: All\noutcome: An answer\nowner: lead\nreview: {last: 2026-01-01}\n---\nWe listen.\n",
        ),
        ("registers/roles.yaml", "desk: {title: Desk, may_grant: 60 EUR, deputy: lead}\nlead: {title: Lead}\n"),
        ("registers/channels.yaml", "phone: {title: Phone, calendar: workshop, address: 0221 555}\ncounter: {title: Counter}\n"),
        ("registers/calendars.yaml", CALENDARS),
        ("registers/holidays/de.csv", "date,name,day\n2026-12-25,Weihnachten,closed\n"),
        (
            "checklists/open.md",
            "---\ntitle: Opening\nuse: shift\nby: desk\nevery: day\nitems:\n  light: The light is on.\n  till: The till is full.\n---\n",
        ),
        (
            "playbooks/calm.md",
            "---\ntitle: Calm\ncues: [Shouts]\nsay: [\"Tell me.\"]\nnever_say: [\"Calm down.\"]\nescalate: {to: lead, when: Threats}\n---\n",
        ),
    ]
    .map(|(path, text)| (path.to_owned(), text.to_owned()))
    .into()
}

/// An edit: what is put in the place of what, in all files that have it.
type Edit = (&'static str, &'static str);
/// A commit and its decisions: the effect, the change, the thing and its field. Words alone have none.
type Row = (Edit, &'static [&'static str]);

const LEND: &str =
    "\n  lent: {kind: commitment, statement: A loan is there., backed_by: [turnaround]}\n---\nYou refund";
const FRIDGE: &str = "      - {when: a fridge that no longer cools, limit: 5 business days, target: 97%}\n";
const BUILT_IN: &str = "      - {when: it is built in, limit: 15 business days}\n";

#[rustfmt::skip]
const HISTORY: &[Row] = &[
    // Limits, in whatever unit.
    (("limit: 10 business days", "limit: 12 business days"), &["worse loosened repair/turnaround limit"]),
    (("limit: 12 business days", "limit: \"9bd\"  # since May"), &["better tightened repair/turnaround limit"]),
    (("limit: \"9bd\"  # since May", "limit: 9 business days"), &[]),
    (("limit: 9 business days", "limit: 9 calendar days"), &["better tightened repair/turnaround limit"]),
    (("limit: 9 calendar days", "limit: 2 weeks"), &["worse loosened repair/turnaround limit"]),
    (("limit: 2 weeks", "limit: 14d"), &[]),
    (("internal: 7 business days", "internal: 5 business days"), &["inside internal-limit-tightened repair/turnaround internal"]),
    (("legal: 20 business days", "legal: 30 business days"), &["inside legal-limit-changed repair/turnaround legal"]),
    (("target: 95%", "target: 92%"), &["worse target-lowered repair/turnaround target"]),
    (("target: 92%", "target: 96.5%"), &["better target-raised repair/turnaround target"]),
    (("target: 96.5%", "target: \"96.50%\""), &[]),
    (("floor: 90%", "floor: 85%"), &["worse loosened repair/turnaround floor"]),
    (("window: 12 months", "window: 6 months"), &["worse loosened repair/mended window"]),
    (("window: 6 months", "window: 1 year"), &["better tightened repair/mended window"]),
    (("mended for 12 months", "mended for 9 months"), &["inside statement-changed repair/mended statement"]),
    ((", packing taken along", ""), &["inside level-changed repair/careful level"]),
    ((BUILT_IN_AT.0, BUILT_IN_AT.1), &["worse exception-added repair/turnaround variants.it is built in"]),
    ((BUILT_IN, ""), &["better exception-removed repair/turnaround variants.it is built in"]),
    (("limit: 5 business days, target: 97%", "limit: 4bd, target: 95%"), &[
        "better tightened repair/turnaround variants.a fridge that no longer cools.limit",
        "worse target-lowered repair/turnaround variants.a fridge that no longer cools.target",
    ]),
    // The clock.
    (("start: complete fault report received", "start: \"the fault report, complete, was received\""), &[]),
    (("start: \"the fault report, complete, was received\"", "start: the technician has found the fault"), &["inside clock-changed repair/turnaround clock.start"]),
    (("to choose]", "to choose, waiting for a part]"), &["worse loosened repair/turnaround clock.pause"]),
    (("[waiting for the customer to choose, waiting for a part]", "waiting for the customer to choose"), &["better tightened repair/turnaround clock.pause"]),
    (("{at: 70%, tell: desk}", "{at: 80%, tell: desk}"), &["inside escalation-changed repair/turnaround breach"]),
    (("as: share-within-limit", "as: percentile-90"), &["inside measure-changed repair/turnaround measure"]),
    (("channel: counter", "channel: [counter, phone]"), &["better scope-widened repair/careful channel"]),
    // Promises.
    (("up_to: 90 EUR", "up_to: 60 EUR"), &["worse remedy-lowered repair/on-time remedy.up_to"]),
    (("up_to: 60 EUR, within: 5bd", "up_to: 60.00 EUR, within: 3 business days"), &["better remedy-raised repair/on-time remedy.within"]),
    (("automatic: true", "automatic: false"), &["worse remedy-lowered repair/on-time remedy.automatic"]),
    (("granted_by: desk", "granted_by: lead"), &["inside authority-changed repair/on-time remedy.granted_by"]),
    (("what: labour refunded", "what: We refund the labour"), &[]),
    (("what: We refund the labour", "what: a voucher"), &["inside remedy-changed repair/on-time remedy"]),
    (("steps: 0", "steps: 2, proof: [the receipt]"), &["worse loosened repair/on-time invoke.steps", "worse need-added repair/on-time invoke.proof"]),
    (("unless: [the door stayed shut]", "unless: [it snowed, the door stayed shut]"), &["worse exception-added repair/on-time unless"]),
    (("unless: [it snowed, the door stayed shut]", "unless:\n      - The door stayed shut.\n      - it snowed"), &[]),
    (("      - it snowed", "      - it snowed or rained"), &["inside exception-changed repair/on-time unless"]),
    (("\n      - it snowed or rained", ""), &["better exception-removed repair/on-time unless"]),
    (("kind: guarantee", "kind: commitment"), &["worse loosened repair/on-time kind"]),
    (("until: 2027-09-30", "until: 2028-09-30"), &["better tightened repair/on-time valid.until"]),
    (("backed_by: [turnaround]", "backed_by: [turnaround, careful]"), &["inside backing-changed repair/on-time backed_by"]),
    (("\n---\nYou refund", LEND), &["better added repair/lent "]),
    ((LEND, "\n---\nYou refund"), &["worse withdrawn repair/lent "]),
    // Steps and who does them.
    (("takes: 2bh", "takes: 4 business hours"), &["inside step-changed repair/register takes"]),
    (("mend: {title: Mend it, actor: desk", "mend: {title: Mend it, actor: lead"), &["inside step-changed repair/mend actor"]),
    ((", the date]", "]"), &["worse loosened repair/register tells"]),
    (("pauses: true, closes: 10bd", "pauses: true, closes: 5bd"), &["worse loosened repair/approve closes"]),
    (("\npromises:", "  test: {title: Test it, actor: desk, stage: back}\n\npromises:"), &["inside step-added repair/test "]),
    (("owner: lead\nreview: {last: 2026-01-01, every", "owner: desk\nreview: {last: 2026-01-01, every"), &["inside owner-changed repair owner"]),
    (("may_grant: 60 EUR", "may_grant: 40 EUR"), &["inside authority-lowered desk may_grant"]),
    // Ways in, prices, exceptions.
    (("channels: [phone, counter]", "channels: [counter]"), &["worse channel-removed repair channels"]),
    (("40 EUR if", "45 EUR if"), &["worse fee-raised repair fee"]),
    (("  - proof of purchase\n", ""), &["better need-removed repair needs"]),
    (("who: lead, up_to: 2 business days", "who: lead, up_to: 3 business days"), &["worse exception-widened repair exceptions.the customer has a loan appliance.up_to"]),
    (("complaints_to: complaints\n", ""), &["worse loosened repair complaints_to"]),
    // Hours.
    (("mon-fri: \"09:00-17:00\"", "mon-fri: \"09:00-16:30\""), &["worse hours-shortened workshop hours"]),
    (("cut_off: \"16:00\"", "cut_off: \"14:00\""), &["worse loosened workshop cut_off"]),
    (("2026-12-25,Weihnachten", "2026-12-24,Heiligabend,closed\n2026-12-25,Weihnachten"), &["worse hours-shortened holidays/de.csv holidays"]),
    // Lists.
    (("  till: The till is full.\n", ""), &["inside item-removed open items.till"]),
    (("escalate: {to: lead", "escalate: {to: desk"), &["inside escalation-changed calm escalate"]),
    (("[\"Calm down.\"]", "[\"Calm down.\", \"Next!\"]"), &["inside rule-changed calm never_say"]),
    // Words, languages, reviews, spelling.
    (("or labour is free.", "otherwise labour is on us."), &[]),
    (("title: Repair\nfor: Customers", "for: Customers"), &[]),
    (("for: Customers", "title: 'Repairs'\nfor: All customers"), &[]),
    (("You refund before noon when", "You refund before 14:00\nwhen"), &[]),
    (("The light is on.", "The lamp burns."), &[]),
    (("title: 维修周期", "title: 维修时限"), &[]),
    (("迟到时中午前退款。", "迟到时当天退款。"), &[]),
    (("review: {last: 2026-01-01, every", "review: {last: 2026-11-01, every"), &[]),
    // What cannot be read for a while.
    (("limit: 14d", "limit: 14 days"), &[]),
    (("limit: 14 days", "limit: 3 weeks"), &["worse loosened repair/turnaround limit"]),
    (("title: 'Repairs'", "title: ['Repairs'"), &[]),
    (("title: ['Repairs'", "title: 'Repairs'"), &[]),
];

/// A variant is put before the first.
const BUILT_IN_AT: Edit = (
    FRIDGE,
    "      - {when: it is built in, limit: 15 business days}\n      - {when: a fridge that no longer cools, limit: 5 business days, target: 97%}\n",
);

/// Writes the history into a repository, all in one go.
fn import(root: &Path, revisions: &[BTreeMap<String, String>]) {
    git(root, &["init", "-q", "-b", "main"]);
    let mut stream = String::new();
    for (at, files) in revisions.iter().enumerate() {
        stream.push_str(&format!(
            "commit refs/heads/main\ncommitter Ada <a@b.c> {} +0000\ndata 4\nc{at:03}\n",
            1_780_000_000 + at * 86_400
        ));
        stream.push_str("deleteall\n");
        for (path, text) in files {
            stream.push_str(&format!("M 100644 inline content/{path}\ndata {}\n{text}\n", text.len()));
        }
    }
    let mut git = Command::new("git");
    git.arg("-C").arg(root).args(["fast-import", "--quiet"]).stdin(Stdio::piped());
    let mut running = git.spawn().unwrap();
    std::io::Write::write_all(&mut running.stdin.take().unwrap(), stream.as_bytes()).unwrap();
    assert!(running.wait().unwrap().success());
    self::git(root, &["reset", "-q", "--hard"]);
}

/// Tells the decisions of each commit by its subject, sorted.
fn history(root: &Path) -> BTreeMap<String, Vec<String>> {
    let json = stdout(&pledgebook(root).args(["history", "--format", "json"]).assert().code(0));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let one = |change: &serde_json::Value| {
        let [effect, what, id, field] = ["effect", "change", "id", "field"].map(|key| text(&change[key]));
        format!("{effect} {what} {id} {field}")
    };
    let of = |decided: &serde_json::Value| {
        let mut changes: Vec<String> = decided["changes"].as_array().unwrap().iter().map(one).collect();
        changes.sort();
        (text(&decided["subject"]), changes)
    };
    json["decisions"].as_array().unwrap().iter().map(of).collect()
}

#[test]
fn each_decision_of_a_history_is_found_named_and_directed_and_words_are_none() {
    assert!(HISTORY.len() >= 60, "{} commits", HISTORY.len());
    let mut revisions = vec![files()];
    for ((from, to), _) in HISTORY {
        let mut next = revisions.last().unwrap().clone();
        assert!(next.values().any(|text| text.contains(from)), "there is no `{from}`");
        next.values_mut().for_each(|text| *text = text.replacen(from, to, 1));
        revisions.push(next);
    }
    let root = tempfile::tempdir().unwrap();
    import(root.path(), &revisions);
    let told = history(root.path());
    for (at, (edit, wanted)) in HISTORY.iter().enumerate() {
        let mut wanted: Vec<String> = wanted.iter().map(|&line| line.to_owned()).collect();
        wanted.sort();
        assert_eq!(told.get(&format!("c{:03}", at + 1)).cloned().unwrap_or_default(), wanted, "{edit:?}");
    }
}

#[test]
fn what_has_another_place_or_another_id_keeps_its_decisions() {
    let first = files();
    let moved = |files: &BTreeMap<String, String>| -> BTreeMap<String, String> {
        let one = |(path, text): (&String, &String)| {
            (
                path.replace("services/repair.", "services/Werk/mending."),
                text.replace("limit: 10 business", "limit: 11 business"),
            )
        };
        files.iter().map(one).map(|(path, text)| (path.replace("Werk", "shop"), text)).collect()
    };
    let mut second = first.clone();
    let text = second.get_mut("services/repair.md").unwrap();
    *text = text.replace("target: 95%", "target: 90%");
    let third = moved(&second);
    let careful = SERVICE[SERVICE.find("  careful:").unwrap()..SERVICE.find("\nsteps:").unwrap()].to_owned();
    let mut fourth = third.clone();
    let text = fourth.get_mut("services/shop/mending.md").unwrap();
    *text = text.replace(&careful, "");
    let text = fourth.get_mut("services/complaints.md").unwrap();
    *text = text.replace("---\nWe listen", &format!("standards:\n{careful}---\nWe listen"));
    let root = tempfile::tempdir().unwrap();
    import(root.path(), &[first, second, third, fourth]);
    let told = history(root.path());
    assert_eq!(told["c001"], ["worse target-lowered repair/turnaround target"]);
    assert_eq!(told["c002"], ["worse loosened shop/mending/turnaround limit"]);
    assert_eq!(told["c003"], ["inside moved complaints/careful "]);
    let of = |thing: &str| {
        let told = stdout(&pledgebook(root.path()).args(["history", thing]).assert().code(0));
        told.lines().filter(|line| line.starts_with("2026")).count()
    };
    assert_eq!(
        (of("shop/mending/turnaround"), of("complaints/careful")),
        (2, 1),
        "the decisions from before are its own"
    );
    fs::remove_dir_all(root.path().join("content")).unwrap();
}
