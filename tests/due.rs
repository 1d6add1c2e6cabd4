//! `due` and `trace` as somebody types them: the worked cases through one run, the examples of the manual word by word,
//! and what is said when a question or a handbook is at fault.
#![allow(clippy::disallowed_methods, reason = "tests start the program and write the handbooks that it reads")]

use std::fs;
use std::path::Path;

use snapbox::cmd::{Command, OutputAssert, cargo_bin};
use snapbox::str;
use tempfile::TempDir;

const VECTORS: &str = include_str!("deadlines/vectors.csv");

/// The three calendars of the worked cases.
const CALENDARS: &str = r#"
workshop:
  time_zone: Europe/Berlin
  hours: {mon-fri: "09:00-17:00"}
  holidays: de-nw.csv
  count_from: next-day
  cut_off: "16:00"
shop:
  time_zone: Asia/Shanghai
  hours: {mon-fri: "09:00-12:00, 13:30-18:00"}
  holidays: cn.csv
  count_from: next-day
desk:
  time_zone: America/New_York
  hours: {mon-fri: "08:00-20:00", sat: "09:00-13:00"}
  holidays: us.csv
  count_from: same-day
  cut_off: "18:00"
"#;

const SERVICE: &str = "\
---
title: Repair
calendar: workshop
standards:
  turnaround:
    title: Turnaround
    kind: timeliness
    limit: 4bd
    internal: 3bd
    clock: {start: the report is in, stop: the customer is told, pause: [the customer chooses]}
    variants: [{when: a fridge, limit: 2bd}]
steps:
  take: {title: Take in, actor: desk, takes: 4bh, standard: turnaround}
  part: {title: Get the part, actor: supplier, after: [take], takes: 1bd, standard: turnaround}
  tell: {title: Tell the customer, actor: desk, after: [take], takes: 2bh, standard: turnaround}
  choose: {title: Choose, actor: customer, after: [tell], pauses: true, standard: turnaround}
  mend: {title: Mend, actor: desk, after: [part, choose], takes: 1bd, standard: turnaround}
promises:
  back:
    title: On time, or free
    kind: guarantee
    statement: 'Ready within [[#limit]], or labour is free.'
    backed_by: [turnaround]
    remedy: {what: labour refunded, up_to: 90 EUR, within: 5bd, automatic: true, granted_by: desk}
---
";

/// Writes a handbook that has nothing but its calendars and holidays, and some further files.
fn handbook(files: &[(&str, &str)]) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    let registers = [
        ("content/registers/calendars.yaml", CALENDARS),
        ("content/registers/holidays/de-nw.csv", include_str!("deadlines/holidays/de-nw.csv")),
        ("content/registers/holidays/cn.csv", include_str!("deadlines/holidays/cn.csv")),
        ("content/registers/holidays/us.csv", include_str!("deadlines/holidays/us.csv")),
    ];
    for (path, text) in registers.iter().chain(files) {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    root
}

/// Writes a handbook with one service.
fn repair() -> TempDir {
    handbook(&[
        ("content/handbook.yaml", "title: Handbook\nlanguages: [en]\ncalendar: workshop\n"),
        ("content/services/repair.md", SERVICE),
        (
            "content/registers/roles.yaml",
            "desk: {title: Service desk, may_grant: 100 EUR}\nsupplier: {title: Supplier}\n",
        ),
    ])
}

fn pledgebook(root: &Path, arguments: &[&str]) -> Command {
    Command::new(cargo_bin!("pledgebook")).arg("--quiet").arg("--root").arg(root).args(arguments)
}

/// Answers a line of words: `3bd --from 2026-04-02T16:30 --calendar workshop`.
fn due(line: &str) -> OutputAssert {
    let root = handbook(&[]);
    let arguments: Vec<&str> = std::iter::once("due").chain(line.split(' ')).collect();
    pledgebook(root.path(), &arguments).assert()
}

#[test]
fn every_worked_case_comes_out_in_one_run() {
    let root = handbook(&[]);
    let questions: String = VECTORS.lines().map(|line| format!("{}\n", line.rsplit_once(',').unwrap().0)).collect();
    let file = root.path().join("cases.csv");
    fs::write(&file, &questions).unwrap();
    let from_file = pledgebook(root.path(), &["due", "--batch", file.to_str().unwrap()]);
    from_file.assert().success().stdout_eq(VECTORS.to_owned());
    let from_stdin = pledgebook(root.path(), &["due", "--batch", "-"]).stdin(questions);
    from_stdin.assert().success().stdout_eq(VECTORS.to_owned());
}

#[test]
fn the_same_cases_as_json_have_the_same_deadlines() {
    let root = handbook(&[]);
    let run = pledgebook(root.path(), &["due", "--batch", "-", "--format", "json"]).stdin(VECTORS).output().unwrap();
    let json: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    let answers = json.as_array().unwrap().iter().map(|line| line["due"].as_str().unwrap());
    assert!(answers.eq(VECTORS.lines().skip(1).map(|line| line.rsplit_once(',').unwrap().1)));
}

#[test]
fn what_comes_in_after_the_cut_off_counts_as_received_on_the_next_business_day() {
    due("3bd --from 2026-04-02T16:30 --calendar workshop --explain").success().stdout_eq(str![[r#"
Due         Friday, 10 April 2026, 17:00   2026-04-10T17:00:00+02:00  3 business days
It came in  Thursday, 2 April 2026, 16:30  2026-04-02T16:30:00+02:00

Counted in the opening hours of “workshop”.
Times are those of Europe/Berlin.

How this was counted · 3 business days
  Thu 2 Apr   in after the cut-off at 16:00: counts from the next business day
  Fri 3 Apr   Karfreitag, closed
  Sat 4 Apr   weekend, closed
  Sun 5 Apr   weekend, closed
  Mon 6 Apr   Ostermontag, closed
  Tue 7 Apr   received, not counted
  Wed 8 Apr   business day 1
  Thu 9 Apr   business day 2
  Fri 10 Apr  business day 3 · due at 17:00

"#]]);
}

#[test]
fn the_cut_off_itself_is_still_in_time() {
    due("1bd --from 2026-04-01T16:00 --calendar workshop --explain").success().stdout_eq(str![[r#"
Due         Thursday, 2 April 2026, 17:00   2026-04-02T17:00:00+02:00  1 business day
It came in  Wednesday, 1 April 2026, 16:00  2026-04-01T16:00:00+02:00

Counted in the opening hours of “workshop”.
Times are those of Europe/Berlin.

How this was counted · 1 business day
  Wed 1 Apr  received, not counted
  Thu 2 Apr  business day 1 · due at 17:00

"#]]);
}

#[test]
fn business_hours_wait_through_the_lunch_break_and_run_on_a_make_up_day() {
    due("8bh --from 2026-10-09T12:30 --calendar shop --explain").success().stdout_eq(str![[r#"
Due         Saturday, 10 October 2026, 14:00  2026-10-10T14:00:00+08:00  8 business hours
It came in  Friday, 9 October 2026, 12:30     2026-10-09T12:30:00+08:00

Counted in the opening hours of “shop”.
Times are those of Asia/Shanghai.

How this was counted · 8 business hours
  Fri 9 Oct   4 h 30 min counted
  Sat 10 Oct  3 h 30 min counted · make-up working day: 国庆节调休 · due at 14:00

"#]]);
}

#[test]
fn where_the_day_of_receipt_is_day_one_it_counts() {
    due("2bd --from 2026-07-02T17:59 --calendar desk --explain").success().stdout_eq(str![[r#"
Due         Monday, 6 July 2026, 20:00    2026-07-06T20:00:00-04:00  2 business days
It came in  Thursday, 2 July 2026, 17:59  2026-07-02T17:59:00-04:00

Counted in the opening hours of “desk”.
Times are those of America/New_York.

How this was counted · 2 business days
  Thu 2 Jul  business day 1
  Fri 3 Jul  Independence Day (observed), closed
  Sat 4 Jul  Independence Day, closed
  Sun 5 Jul  weekend, closed
  Mon 6 Jul  business day 2 · due at 20:00

"#]]);
}

#[test]
fn hours_run_on_the_clock_through_the_night_in_which_it_changes() {
    due("24h --from 2026-03-28T12:00 --calendar workshop --explain").success().stdout_eq(str![[r#"
Due         Sunday, 29 March 2026, 13:00    2026-03-29T13:00:00+02:00  24 hours
It came in  Saturday, 28 March 2026, 12:00  2026-03-28T12:00:00+01:00

Times are those of Europe/Berlin.

How this was counted · 24 hours
  Sat 28 Mar  12 h counted
  Sun 29 Mar  12 h counted · due at 13:00

"#]]);
}

#[test]
fn a_month_ends_on_the_last_day_where_the_day_number_does_not_exist() {
    due("1mo --from 2028-01-31T10:00 --calendar workshop --explain --lang de").success().stdout_eq(str![[r#"
Fällig       Dienstag, 29. Februar 2028, 24:00 Uhr  2028-03-01T00:00:00+01:00  1 Monat
Eingegangen  Montag, 31. Januar 2028, 10:00 Uhr     2028-01-31T10:00:00+01:00

Alle Zeiten gelten für Europe/Berlin.

So wurde gezählt · 1 Monat
  Mo, 31. Jan.  Beginn, zählt nicht mit
  Di, 29. Feb.  Monat 1 · letzter Tag des Monats, weil es die Tageszahl nicht gibt · fällig am Ende des Tages

"#]]);
}

#[test]
fn always_is_open_round_the_clock() {
    due("90min --from 2026-12-31T23:00 --calendar always").success().stdout_eq(str![[r#"
Due         Friday, 1 January 2027, 00:30      2027-01-01T00:30:00+00:00  90 minutes
It came in  Thursday, 31 December 2026, 23:00  2026-12-31T23:00:00+00:00

Times are those of UTC.

"#]]);
}

#[test]
fn a_deadline_beyond_the_known_holidays_is_given_with_a_warning() {
    due("5bd --from 2026-12-29T10:00 --calendar shop --lang zh").success().stdout_eq(str![[r#"
到期时间  2027年1月5日 星期二 18:00    2027-01-05T18:00:00+08:00  5个工作日
收到时间  2026年12月29日 星期二 10:00  2026-12-29T10:00:00+08:00

按“shop”的营业时间计算。
以上为Asia/Shanghai时间。
警告: 假日只知道到2026年12月31日。之后如有假日，截止时间会顺延。

"#]]);
}

#[test]
fn a_standard_has_all_its_deadlines_and_its_clock() {
    let root = repair();
    let run = pledgebook(root.path(), &["due", "repair/turnaround", "--from", "2026-06-15T10:00"]);
    run.assert().success().stderr_eq("").stdout_eq(str![[r#"
Turnaround · Repair (repair/turnaround)

We want to be done by  Thursday, 18 June 2026, 17:00   2026-06-18T17:00:00+02:00  3 business days
Promised by            Friday, 19 June 2026, 17:00     2026-06-19T17:00:00+02:00  4 business days
In other cases: a fridge
  Promised by          Wednesday, 17 June 2026, 17:00  2026-06-17T17:00:00+02:00  2 business days

It came in             Monday, 15 June 2026, 10:00     2026-06-15T10:00:00+02:00
Clock starts           the report is in
Clock stops            the customer is told
Clock pauses           the customer chooses

Counted in the opening hours of “workshop”.
Times are those of Europe/Berlin.
Pauses are not taken into account. Add them by hand.

"#]]);
}

#[test]
fn a_promise_is_traced_to_its_steps() {
    let root = repair();
    pledgebook(root.path(), &["trace", "repair/back"]).assert().success().stdout_eq(str![[r#"
On time, or free · Repair (repair/back) · Guarantee
Ready within 4 business days, or labour is free.
If we fail  labour refunded · up to EUR 90
Within      5 business days
            We do it ourselves, without being asked
Granted by  Service desk: up to EUR 100

Turnaround · Repair (repair/turnaround)
Internal limit  3 business days
Limit           4 business days
Calendar        workshop

Steps behind it
* Take in            Service desk  4 business hours  0–0.5 business days
* Get the part       Supplier      1 business day    0.5–1.5 business days
  Tell the customer  Service desk  2 business hours  0.5–0.8 business days
  Choose             Customer      –                                        The clock pauses here
* Mend               Service desk  1 business day    1.5–2.5 business days
* on the critical path

Time used of allowed  2.5 business days of 3 business days · 0.5 business days left
Longest step          Get the part

"#]]);
    let json = pledgebook(root.path(), &["trace", "repair/turnaround", "--format", "json"]).output().unwrap();
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(json["standards"][0]["sum"]["path"], serde_json::json!(["repair/take", "repair/part", "repair/mend"]));
    assert_eq!(json["standards"][0]["promises"][0]["id"], "repair/back");
}

#[test]
fn one_answer_as_json_has_moment_words_and_days() {
    let run = due("2bd --from 2026-04-02T16:30 --calendar workshop --explain --format json");
    let json: serde_json::Value = serde_json::from_slice(&run.get_output().stdout).unwrap();
    assert_eq!(json["due"], "2026-04-09T17:00:00+02:00");
    assert_eq!(json["start"], "2026-04-02T16:30:00+02:00");
    assert_eq!((&json["warning"], &json["standard"]), (&serde_json::Value::Null, &serde_json::Value::Null));
    let days = json["deadlines"][0]["days"].as_array().unwrap();
    assert_eq!((&days[1]["date"], &days[1]["name"]), (&"2026-04-03".into(), &"Karfreitag".into()));
    assert_eq!((&days[7]["reason"], &days[7]["number"]), (&"counted".into(), &2.into()));
}

#[test]
fn a_local_time_that_names_no_moment_is_refused() {
    due("3bd --from 2026-03-29T02:30 --calendar workshop").code(2).stdout_eq("").stderr_eq(str![[r#"
error: the local time `2026-03-29T02:30:00` does not exist in Europe/Berlin: the clocks go forward past it; write `2026-03-29T01:30:00+01:00` or `2026-03-29T03:30:00+02:00`

"#]]);
    due("3bd --from 2026-10-25T02:30 --calendar workshop").code(2).stdout_eq("").stderr_eq(str![[r#"
error: the local time `2026-10-25T02:30:00` comes twice in Europe/Berlin: the clocks go back over it; write `2026-10-25T02:30:00+02:00` for the first or `2026-10-25T02:30:00+01:00` for the second time

"#]]);
}

#[test]
fn what_is_not_there_is_refused_with_the_nearest() {
    due("3bd --from 2026-03-30T02:30 --calendar worksop").code(2).stderr_eq(str![[r#"
error: `worksop` is not a calendar of this handbook; did you mean `workshop`?

"#]]);
    due("3bd --from 2026-03-30T02:30").code(2).stderr_eq(str![[r#"
error: no calendar says how to count; name one with --calendar: `desk`, `shop`, `workshop` or `always`

"#]]);
    due("3 days --from 2026-03-30T02:30").code(2);
    due("3bd --from 2026-03-30T02:30 --calendar desk --lang dee").code(2).stderr_eq(str![[r#"
error: there are no words in the language `dee`; did you mean `de`?

"#]]);
    let root = repair();
    let refused = |arguments: &[&str]| pledgebook(root.path(), arguments).assert().code(2);
    refused(&["due", "turnaround", "--from", "2026-03-30T02:30"]).stderr_eq(str![[r#"
error: `turnaround` is neither a limit nor a standard; did you mean `repair/turnaround`?

"#]]);
    refused(&["trace", "repair/bakc"]).stderr_eq(str![[r#"
error: `repair/bakc` is neither a promise nor a standard; did you mean `repair/back`?

"#]]);
}

#[test]
fn a_bad_line_is_told_with_its_place_and_the_good_ones_are_answered() {
    let root = handbook(&[]);
    let table =
        "calendar,start,limit\nworkshop,2026-04-02T15:30,3bd\nworkshop,2026-04-02,3bd\nshop,2026-12-29T10:00,9bd\n";
    let run = pledgebook(root.path(), &["due", "--batch", "-"]).stdin(table);
    run.assert().code(1).stdout_eq(str![[r#"
calendar,start,limit,due
workshop,2026-04-02T15:30,3bd,2026-04-09T17:00:00+02:00
workshop,2026-04-02,3bd,
shop,2026-12-29T10:00,9bd,2027-01-11T18:00:00+08:00

"#]]).stderr_eq(str![[r#"
<stdin>:3:10: error: `2026-04-02` has no time of day; write `2026-04-02T09:00`
<stdin>: warning: shop, line 4: Holidays are known until 31 December 2026 only. A holiday after that would move the deadline.

"#]]);
    let run = pledgebook(root.path(), &["due", "--batch", "-"]).stdin("start;limit\n");
    run.assert().code(2).stdout_eq("").stderr_eq(str![[r#"
error: <stdin>:1:1: the column `start` is missing; begin with the line `calendar,start,limit`, with a comma between the columns

"#]]);
}

#[test]
fn errors_elsewhere_are_mentioned_and_do_not_hinder() {
    let root = handbook(&[("content/services/repair.md", "---\ntitle: [\n---\n")]);
    let run = Command::new(cargo_bin!("pledgebook")).arg("--root").arg(root.path());
    let run = run.args(["due", "1bd", "--from", "2026-04-01T10:00", "--calendar", "workshop", "--format", "json"]);
    run.assert().success().stderr_eq(str![[r#"
the handbook has 2 errors; `pledgebook check` tells them

"#]]);
}

#[test]
fn a_calendar_at_fault_gives_no_answer_and_its_faults() {
    let root = handbook(&[("content/registers/holidays/de-nw.csv", "date,name,day\n2026-13-01,Neujahr,closed\n")]);
    let arguments = ["due", "1bd", "--from", "2026-04-01T10:00", "--calendar"];
    let ask = |calendar: &str| pledgebook(root.path(), &arguments).arg(calendar).assert();
    ask("workshop").code(1).stdout_eq("").stderr_eq(str![[r#"
content/registers/holidays/de-nw.csv:2:1: error[value/date] `2026-13-01` has no month 13; write year, month and day, such as `2026-03-01`
error: the calendar `workshop` has faults in the handbook, so that an answer might be wrong

"#]]);
    ask("shop").success();
}

#[test]
fn a_register_that_cannot_be_read_is_told_in_place_of_a_guess() {
    let root = handbook(&[("content/registers/calendars.yaml", "workshop: {time_zone: UTC\n")]);
    let run = pledgebook(root.path(), &["due", "1bd", "--from", "2026-04-01T10:00", "--calendar", "desk"]);
    run.assert().code(1).stdout_eq("").stderr_eq(str![[r#"
content/registers/calendars.yaml:1:11: error[field/syntax] `{` is opened here and never closed; put `}` at the end
error: the register in which `desk` would stand has faults in the handbook, so that an answer might be wrong

"#]]);
}

#[test]
fn registers_that_lie_in_the_root_itself_are_read() {
    let root = handbook(&[]);
    let ask =
        pledgebook(&root.path().join("content"), &["due", "1h", "--from", "2026-04-01T10:00Z", "--calendar", "desk"]);
    ask.assert().success();
}
