use super::change::Effect;
use super::*;
use crate::parse::parse;
use crate::source::SourceTree;

const SETTINGS: &str = "title: H\nlanguages: [en, de]\ncalendar: office\nbuffer: 20%\n";
const SERVICE: &str = "\
---
title: Repair
for: Everybody
outcome: It works.
owner: desk
review: {last: 2026-01-01, every: 12 months}
channels: [shop, phone]
complaints_to: complaints
needs: [the receipt]
fee: 20 EUR
exceptions: [{who: desk, up_to: 10 EUR, when: it is Sunday}]
standards:
  quick: {title: Quick, kind: timeliness, statement: It is quick, limit: 10 business days, internal: 7 business days, legal: 1 month, target: 95%, clock: {start: it is handed in, stop: it is ready, pause: [the customer thinks]}, variants: [{when: it burns, limit: 2 business days}], breach: [{at: 70%, tell: desk}], measure: {as: share-within-limit, per: month}}
  right: {title: Right, kind: accuracy, statement: Nothing is left out, level: 99%, floor: 90%, target: 90%, channel: [shop]}
steps:
  one: {title: Take it in, actor: desk, stage: front, standard: quick, takes: 2 hours}
  two: {title: Mend it, actor: lead, stage: back, standard: quick, takes: 1 business day}
  ask: {title: Ask the customer, actor: desk, stage: front, closes: 30 calendar days}
promises:
  sure: {title: Sure, kind: guarantee, statement: Or you pay nothing, backed_by: [quick], remedy: {what: Money back, up_to: 90 EUR, within: 5 business days, automatic: true, granted_by: desk}, unless: [it rains], invoke: {how: Ring us, steps: 1}, valid: {from: 2026-01-01, until: 2027-12-31}}
  kind: {title: Kind words, kind: commitment, statement: We are kind, backed_by: [right]}
---
Some prose about how it is done.
";
const GERMAN: &str = "---\ntranslates: x\ntitle: Reparatur\n---\nEtwas Text.\n";
const COMPLAINTS: &str = "---\ntitle: Complaints\nfor: All\noutcome: Solved\nowner: lead\nreview: {last: 2026-01-01}\n---\nWe listen to what has gone wrong.\n";
const LIST: &str = "---\ntitle: Open\nuse: shift\nby: desk\nevery: day\nitems:\n  light: Light on\n  door: {text: Door open, standard: repair/quick}\n---\n";
const BOOK: &str =
    "---\ntitle: Calm\ncues: [Shouts]\nsay: [Yes]\nnever_say: [Calm down]\nescalate: {to: lead, when: Threats}\n---\n";
const ROLES: &str = "desk: {title: Desk, may_grant: 50 EUR, reports_to: lead, deputy: lead}\nlead: {title: Lead}\n";
const CALENDARS: &str =
    "office: {time_zone: Europe/Berlin, hours: {mon-fri: \"09:00-17:00\"}, holidays: [de], cut_off: \"15:00\"}\n";
const CHANNELS: &str = "shop: {title: Shop, calendar: office}\nphone: {title: Phone, calendar: office}\n";
const HOLIDAYS: &str = "date,name,day\n2026-12-25,Christmas,closed\n";

/// The files of the older handbook.
fn files() -> Vec<(&'static str, String)> {
    [
        ("handbook.yaml", SETTINGS),
        ("services/repair.md", SERVICE),
        ("services/repair.de.md", GERMAN),
        ("services/complaints.md", COMPLAINTS),
        ("checklists/open.md", LIST),
        ("playbooks/calm.md", BOOK),
        ("registers/roles.yaml", ROLES),
        ("registers/calendars.yaml", CALENDARS),
        ("registers/channels.yaml", CHANNELS),
        ("registers/holidays/de.csv", HOLIDAYS),
    ]
    .map(|(path, text)| (path, text.to_owned()))
    .to_vec()
}

fn compared(old: &[(&str, String)], new: &[(&str, String)]) -> Vec<Change> {
    let tree =
        |files: &[(&str, String)]| SourceTree::from_texts(files.iter().map(|(path, text)| (*path, text.as_str())));
    let (old, new) = (tree(old), tree(new));
    let (from, to) = (parse(&old, "content/"), parse(&new, "content/"));
    let side = |handbook, tree| Side { handbook, tree, prefix: "content/", calendars: handbook };
    compare(side(&from.handbook, &old), side(&to.handbook, &new))
}

fn said(changes: &[Change]) -> Vec<String> {
    let one = |it: &Change| {
        format!("{}: {} {}: {it}", it.what.words(), it.kind_word(), it.id).trim_end_matches([':', ' ']).to_owned()
    };
    changes.iter().map(one).collect()
}

/// What is said when one text is put in the place of another.
fn replaced(from: &str, to: &str) -> Vec<String> {
    let new: Vec<_> = files().into_iter().map(|(path, text)| (path, text.replacen(from, to, 1))).collect();
    assert!(files().iter().any(|(_, text)| text.contains(from)), "there is no `{from}`");
    said(&compared(&files(), &new))
}

#[test]
fn nothing_has_changed_where_nothing_has() {
    assert_eq!(compared(&files(), &files()), []);
}

#[test]
fn every_decision_about_a_standard_is_named_and_directed() {
    let rows = [
        (
            "limit: 10 business days",
            "limit: 12 business days",
            "loosened: standard repair/quick: limit 10 business days → 12 business days",
        ),
        (
            "limit: 10 business days",
            "limit: 8 business days",
            "tightened: standard repair/quick: limit 10 business days → 8 business days",
        ),
        (
            "limit: 10 business days",
            "limit: 21 calendar days",
            "loosened: standard repair/quick: limit 10 business days → 21 calendar days",
        ),
        (
            "limit: 10 business days",
            "limit: 3 calendar days",
            "tightened: standard repair/quick: limit 10 business days → 3 calendar days",
        ),
        (
            "internal: 7 business",
            "internal: 9 business",
            "internal limit loosened: standard repair/quick: internal 7 business days → 9 business days",
        ),
        (
            "internal: 7 business",
            "internal: 5 business",
            "internal limit tightened: standard repair/quick: internal 7 business days → 5 business days",
        ),
        ("legal: 1 month", "legal: 2 months", "legal limit changed: standard repair/quick: legal 1 month → 2 months"),
        ("target: 95%", "target: 90%", "target lowered: standard repair/quick: target 95% → 90%"),
        ("target: 95%", "target: 98%", "target raised: standard repair/quick: target 95% → 98%"),
        (
            "[the customer thinks]",
            "[the customer thinks, we wait]",
            "loosened: standard repair/quick: clock.pause we wait",
        ),
        (
            ", pause: [the customer thinks]",
            "",
            "tightened: standard repair/quick: clock.pause the customer thinks → none",
        ),
        (
            "limit: 2 business days}]",
            "limit: 3 business days}]",
            "loosened: standard repair/quick: variants.limit (it burns) 2 business days → 3 business days",
        ),
        (
            "{when: it burns, limit: 2 business days}",
            "{when: it burns, limit: 2 business days}, {when: a part is missing, limit: 20 business days}",
            "exception added: standard repair/quick: variants (a part is missing) 20 business days",
        ),
        (
            "variants: [{when: it burns, limit: 2 business days}], ",
            "",
            "loosened: standard repair/quick: variants (it burns) 2 business days → none",
        ),
        ("at: 70%", "at: 80%", "escalation changed: standard repair/quick: breach 70% desk → 80% desk"),
        ("tell: desk}]", "tell: lead}]", "escalation changed: standard repair/quick: breach 70% desk → 70% lead"),
        (
            "per: month",
            "per: year",
            "measure changed: standard repair/quick: measure share-within-limit per month → share-within-limit per year",
        ),
        (
            "start: it is handed in",
            "start: the fault is found",
            "clock changed: standard repair/quick: clock.start it is handed in → the fault is found",
        ),
        (
            "[the customer thinks]",
            "[the customer thinks twice]",
            "clock changed: standard repair/quick: clock.pause the customer thinks → the customer thinks twice",
        ),
        (
            "when: it burns",
            "when: it burns or smells",
            "exception changed: standard repair/quick: variants it burns → it burns or smells",
        ),
        (
            "level: 99%",
            "level: 15 minutes at most",
            "level changed: standard repair/right: level 99% → 15 minutes at most",
        ),
        (
            "statement: It is quick",
            "statement: It is quick for 6 months",
            "statement changed: standard repair/quick: statement It is quick → It is quick for 6 months",
        ),
        ("level: 99%", "level: 98%", "loosened: standard repair/right: level 99% → 98%"),
        ("floor: 90%", "floor: 95%", "tightened: standard repair/right: floor 90% → 95%"),
        (", channel: [shop]", "", "scope widened: standard repair/right: channel shop → none"),
        (
            "channel: [shop]}",
            "channel: [shop, phone]}",
            "scope widened: standard repair/right: channel shop → phone, shop",
        ),
    ];
    for (from, to, want) in rows {
        assert_eq!(replaced(from, to), [want], "{from} → {to}");
    }
}

#[test]
fn every_decision_about_a_promise_is_named_and_directed() {
    let rows = [
        ("kind: guarantee", "kind: commitment", "loosened: promise repair/sure: kind guarantee → commitment"),
        (
            "backed_by: [quick]",
            "backed_by: [quick, right]",
            "backing changed: promise repair/sure: backed_by repair/quick → repair/quick, repair/right",
        ),
        ("up_to: 90 EUR", "up_to: 80 EUR", "remedy lowered: promise repair/sure: remedy.up_to 90 EUR → 80 EUR"),
        ("up_to: 90 EUR", "up_to: 120 EUR", "remedy raised: promise repair/sure: remedy.up_to 90 EUR → 120 EUR"),
        (
            "within: 5 business days",
            "within: 9 business days",
            "remedy lowered: promise repair/sure: remedy.within 5 business days → 9 business days",
        ),
        ("automatic: true", "automatic: false", "remedy lowered: promise repair/sure: remedy.automatic true → false"),
        ("automatic: true, ", "", "remedy lowered: promise repair/sure: remedy.automatic true → false"),
        (
            "granted_by: desk",
            "granted_by: lead",
            "authority changed: promise repair/sure: remedy.granted_by desk → lead",
        ),
        (
            "remedy: {what: Money back, up_to: 90 EUR, within: 5 business days, automatic: true, granted_by: desk}, ",
            "",
            "remedy removed: promise repair/sure: remedy Money back → none",
        ),
        (
            "backed_by: [right]",
            "backed_by: [right], remedy: {what: A call, granted_by: lead}",
            "remedy added: promise repair/kind: remedy A call",
        ),
        ("unless: [it rains]", "unless: [it rains, it snows]", "exception added: promise repair/sure: unless it snows"),
        ("what: Money back", "what: A voucher", "remedy changed: promise repair/sure: remedy Money back → A voucher"),
        (
            "unless: [it rains]",
            "unless: [it rains hard]",
            "exception changed: promise repair/sure: unless it rains → it rains hard",
        ),
        ("invoke: {how", "shown_at: [shop], invoke: {how", "rule changed: promise repair/sure: shown_at shop"),
        ("unless: [it rains], ", "", "exception removed: promise repair/sure: unless it rains → none"),
        ("steps: 1}", "steps: 3}", "loosened: promise repair/sure: invoke.steps 1 → 3"),
        (
            "until: 2027-12-31",
            "until: 2027-06-30",
            "loosened: promise repair/sure: valid.until 2027-12-31 → 2027-06-30",
        ),
        (", until: 2027-12-31", "", "tightened: promise repair/sure: valid.until 2027-12-31 → none"),
    ];
    for (from, to, want) in rows {
        assert_eq!(replaced(from, to), [want], "{from} → {to}");
    }
}

#[test]
fn decisions_about_services_steps_roles_lists_and_hours_are_named() {
    let rows = [
        ("owner: desk", "owner: lead", "owner changed: service repair: owner desk → lead"),
        ("[shop, phone]", "[shop]", "channel removed: service repair: channels phone, shop → shop"),
        ("needs: [the receipt]", "needs: [the receipt, the box]", "need added: service repair: needs the box"),
        ("fee: 20 EUR", "fee: 25 EUR", "fee raised: service repair: fee 20 EUR → 25 EUR"),
        ("fee: 20 EUR\n", "", "fee lowered: service repair: fee 20 EUR → none"),
        (
            "up_to: 10 EUR, when",
            "up_to: 15 EUR, when",
            "exception widened: service repair: exceptions.up_to (it is Sunday) 10 EUR → 15 EUR",
        ),
        ("actor: lead", "actor: desk", "step changed: step repair/two: actor lead → desk"),
        (
            "takes: 1 business day",
            "takes: 2 business days",
            "step changed: step repair/two: takes 1 business day → 2 business days",
        ),
        (
            "closes: 30 calendar days",
            "closes: 14 calendar days",
            "loosened: step repair/ask: closes 30 calendar days → 14 calendar days",
        ),
        ("may_grant: 50 EUR", "may_grant: 60 EUR", "authority raised: role desk: may_grant 50 EUR → 60 EUR"),
        ("may_grant: 50 EUR", "may_grant: 40 EUR", "authority lowered: role desk: may_grant 50 EUR → 40 EUR"),
        ("deputy: lead", "deputy: desk", "authority changed: role desk: deputy lead → desk"),
        ("  light: Light on\n", "", "item removed: checklist open: items (light) Light on → none"),
        (
            "  light: Light on\n",
            "  light: Light on\n  till: Till full\n",
            "item added: checklist open: items (till) Till full",
        ),
        ("every: day\n", "every: week\n", "rule changed: checklist open: every day → week"),
        ("escalate: {to: lead", "escalate: {to: desk", "escalation changed: playbook calm: escalate lead → desk"),
        (
            "09:00-17:00",
            "09:00-16:00",
            "hours shortened: calendar office: hours mon-fri 09:00-17:00; sat-sun closed → mon-fri 09:00-16:00; sat-sun closed",
        ),
        (
            "09:00-17:00",
            "10:00-18:00",
            "hours changed: calendar office: hours mon-fri 09:00-17:00; sat-sun closed → mon-fri 10:00-18:00; sat-sun closed",
        ),
        ("15:00\"", "14:00\"", "loosened: calendar office: cut_off 15:00 → 14:00"),
        (
            "cut_off: \"15:00\"",
            "cut_off: \"15:00\", count_from: same-day",
            "tightened: calendar office: count_from next-day → same-day",
        ),
        (
            "2026-12-25,Christmas,closed\n",
            "2026-12-25,Christmas,closed\n2026-12-26,Boxing Day,closed\n",
            "hours shortened: calendar holidays/de.csv: holidays 2026-12-26 closed",
        ),
        ("complaints_to: complaints\n", "", "loosened: service repair: complaints_to complaints → none"),
        ("fee: 20 EUR\n", "fee: 20 EUR an hour\n", "fee changed: service repair: fee 20 EUR → 20 EUR an hour"),
        (
            "when: it is Sunday",
            "when: it is Sunday or Monday",
            "exception changed: service repair: exceptions it is Sunday → it is Sunday or Monday",
        ),
        (
            "exceptions: [{who: desk, up_to: 10 EUR, when: it is Sunday}]\n",
            "",
            "exception removed: service repair: exceptions (it is Sunday) 10 EUR → none",
        ),
        (
            "fee: 20 EUR\n",
            "fee: 20 EUR\nalso: [complaints/heard]\n",
            "tightened: service repair: also complaints/heard",
        ),
        ("closes: 30", "pauses: true, closes: 30", "loosened: step repair/ask: pauses true"),
        ("closes: 30", "every: 2 weeks, closes: 30", "tightened: step repair/ask: every 2 weeks"),
        ("closes: 30", "gives: [a cup of tea], closes: 30", "tightened: step repair/ask: gives a cup of tea"),
        ("never_say: [Calm down]", "never_say: [Calm down, Next]", "rule changed: playbook calm: never_say Next"),
        ("title: Phone,", "title: Phone, address: 0221 555,", "rule changed: channel phone: address 0221 555"),
        ("buffer: 20%", "buffer: 30%", "rule changed: settings handbook.yaml: buffer 20% → 30%"),
    ];
    for (from, to, want) in rows {
        assert_eq!(replaced(from, to), [want], "{from} → {to}");
    }
}

#[test]
fn words_are_no_decision() {
    let rows = [
        ("title: Quick", "title: Fast", "wording only: standard repair/quick: title Quick → Fast"),
        (
            "statement: It is quick",
            "statement: It takes no time",
            "wording only: standard repair/quick: statement It is quick → It takes no time",
        ),
        (
            "when: it burns",
            "when: It is burning",
            "wording only: standard repair/quick: variants.when it burns → It is burning",
        ),
        (
            "start: it is handed in",
            "start: it was handed in",
            "wording only: standard repair/quick: clock.start it is handed in → it was handed in",
        ),
        (
            "what: Money back",
            "what: Your money back",
            "wording only: promise repair/sure: remedy.what Money back → Your money back",
        ),
        (
            "needs: [the receipt]",
            "needs: [proof of purchase]",
            "wording only: service repair: needs.what the receipt → proof of purchase",
        ),
        (
            "unless: [it rains]",
            "unless: [it has rained]",
            "wording only: promise repair/sure: unless it rains → it has rained",
        ),
        (
            "never_say: [Calm down]",
            "never_say: [Calm yourself]",
            "wording only: playbook calm: never_say Calm down → Calm yourself",
        ),
        (
            "Some prose about how",
            "Other prose about how",
            "wording only: service repair: prose Some prose about how it is done. → Other prose about how it is done.",
        ),
        (
            "title: Reparatur",
            "title: Instandsetzung",
            "translation only: service repair: title (de) Reparatur → Instandsetzung",
        ),
        ("Etwas Text", "Anderer Text", "translation only: service repair: prose (de) Etwas Text. → Anderer Text."),
        (
            "light: Light on",
            "light: Switch on the light",
            "wording only: checklist open: items (light) Light on → Switch on the light",
        ),
        ("say: [Yes]", "say: [Yes, Of course]", "wording only: playbook calm: say"),
        ("title: Desk", "title: Counter", "wording only: role desk: title Desk → Counter"),
        (
            "last: 2026-01-01, every",
            "last: 2026-10-01, every",
            "reviewed: service repair: review.last 2026-01-01 → 2026-10-01",
        ),
        ("owner: desk\n", "owner: desk # for now\n", "wording only: service repair: details"),
    ];
    for (from, to, want) in rows {
        assert_eq!(replaced(from, to), [want], "{from} → {to}");
        let new: Vec<_> = files().into_iter().map(|(path, text)| (path, text.replacen(from, to, 1))).collect();
        assert!(compared(&files(), &new).iter().all(|change| !change.is_decision()), "{from}");
    }
}

#[test]
fn what_is_withdrawn_stands_where_it_stood_and_what_is_added_where_it_stands() {
    let line = SERVICE.lines().find(|line| line.starts_with("  right:")).unwrap();
    let without =
        files().into_iter().map(|(path, text)| (path, text.replace(&format!("{line}\n"), ""))).collect::<Vec<_>>();
    let found = compared(&files(), &without);
    let gone = found.iter().find(|change| change.what == What::Withdrawn).unwrap();
    assert_eq!((gone.id.as_str(), gone.effect, gone.at.before), ("repair/right", Effect::Worse, true));
    assert_eq!((gone.at.path.as_str(), gone.at.line), ("content/services/repair.md", 14));
    let come = compared(&without, &files());
    let new = come.iter().find(|change| change.what == What::Added).unwrap();
    assert_eq!((new.effect, new.at.before, new.at.line), (Effect::Better, false, 14));
}

#[test]
fn steps_that_change_places_are_another_order_and_a_step_between_is_a_new_step() {
    let two = "  two: {title: Mend it, actor: lead, stage: back, standard: quick, takes: 1 business day}\n";
    let one = "  one: {title: Take it in, actor: desk, stage: front, standard: quick, takes: 2 hours}\n";
    assert_eq!(
        replaced(&format!("{one}{two}"), &format!("{two}{one}")),
        ["order changed: service repair: steps one, two, ask → two, one, ask"]
    );
    let new = "  look: {title: Look at it closely, actor: lead, stage: back}\n";
    assert_eq!(replaced(two, &format!("{new}{two}")), ["step added: step repair/look: Look at it closely"]);
}

#[test]
fn a_service_that_moved_is_the_same_and_what_refers_to_it_has_not_changed() {
    let moved: Vec<_> = files()
        .into_iter()
        .map(|(path, text)| {
            let path = match path {
                "services/repair.md" => "services/mending/all.md",
                "services/repair.de.md" => "services/mending/all.de.md",
                other => other,
            };
            (
                path,
                text.replace("repair/quick", "mending/all/quick").replace("limit: 10 business", "limit: 11 business"),
            )
        })
        .collect();
    let found = said(&compared(&files(), &moved));
    assert_eq!(
        found,
        [
            "loosened: standard mending/all/quick: limit 10 business days → 11 business days",
            "renamed: service mending/all: repair → mending/all",
        ]
    );
}

#[test]
fn a_standard_with_another_id_is_the_same_where_it_says_the_same() {
    let found = replaced("  quick: {title: Quick", "  swift: {title: Quick");
    assert!(found.contains(&"renamed: standard repair/swift: quick → swift".to_owned()), "{found:?}");
    assert!(!found.iter().any(|line| line.starts_with("withdrawn") || line.starts_with("added")), "{found:?}");
}

#[test]
fn what_says_itself_what_it_was_is_the_same_whatever_else_it_says() {
    let line = SERVICE.lines().find(|line| line.starts_with("  right:")).unwrap();
    let other = "  whole: {was: [right], title: Nothing left out, kind: accuracy, statement: All is there, level: 97%, target: 90%}";
    let found = replaced(line, other);
    assert!(found.contains(&"renamed: standard repair/whole: right → whole".to_owned()), "{found:?}");
    assert!(found.contains(&"loosened: standard repair/whole: level 99% → 97%".to_owned()), "{found:?}");
}

#[test]
fn a_role_with_another_id_changes_nothing_of_what_names_it() {
    let new: Vec<_> = files()
        .into_iter()
        .map(|(path, text)| {
            let text = text.replace("lead: {title: Lead}", "chief: {title: Lead}");
            let text = ["actor: lead", "reports_to: lead", "deputy: lead", "to: lead", "owner: lead"]
                .iter()
                .fold(text, |text, from| text.replace(from, &from.replace("lead", "chief")));
            (path, text)
        })
        .collect();
    let decisions: Vec<_> = compared(&files(), &new).into_iter().filter(Change::is_decision).collect();
    assert_eq!(said(&decisions), [""; 0]);
}

#[test]
fn what_could_not_be_read_is_not_told_as_withdrawn() {
    let broken: Vec<_> = files()
        .into_iter()
        .map(
            |(path, text)| {
                if path == "services/complaints.md" { (path, "---\n\"x\n".to_owned()) } else { (path, text) }
            },
        )
        .collect();
    let found = said(&compared(&files(), &broken));
    assert!(!found.iter().any(|line| line.starts_with("withdrawn")), "{found:?}");
}

/// What is said when one text is put in the place of another, where a third was put in the place of a fourth before.
fn replaced_in((of, by): (&str, &str), from: &str, to: &str) -> Vec<String> {
    assert!(SERVICE.contains(of), "there is no `{of}`");
    let old: Vec<_> = files().into_iter().map(|(path, text)| (path, text.replacen(of, by, 1))).collect();
    let new: Vec<_> = old.iter().map(|(path, text)| (*path, text.replacen(from, to, 1))).collect();
    said(&compared(&old, &new))
}

#[test]
fn a_level_of_time_is_looser_where_it_is_longer_and_a_window_where_it_ends_sooner() {
    let level = |from, to| {
        replaced_in(("level: 99%", &format!("level: {from}")), &format!("level: {from}"), &format!("level: {to}"))
    };
    assert_eq!(level("15 minutes", "20 minutes"), ["loosened: standard repair/right: level 15 minutes → 20 minutes"]);
    assert_eq!(
        level("at most 15 minutes", "at most 10 minutes"),
        ["tightened: standard repair/right: level at most 15 minutes → at most 10 minutes"]
    );
    let window = |kind: &str| {
        let by = format!("window: 12 months, measure: {{as: {kind}}}, level: 99%");
        replaced_in(("level: 99%", &by), "window: 12 months", "window: 6 months")
    };
    assert_eq!(window("share-without-repeat"), ["loosened: standard repair/right: window 12 months → 6 months"]);
    assert_eq!(window("share-correct"), ["tightened: standard repair/right: window 12 months → 6 months"]);
}

#[test]
fn an_exception_in_time_costs_customers_and_one_in_money_does_not() {
    let effects = |by: &str, from: &str, to: &str| -> Vec<(What, Effect)> {
        let old: Vec<_> =
            files().into_iter().map(|(path, text)| (path, text.replacen("up_to: 10 EUR", by, 1))).collect();
        let new: Vec<_> = old.iter().map(|(path, text)| (*path, text.replacen(from, to, 1))).collect();
        compared(&old, &new).iter().map(|change| (change.what, change.effect)).collect()
    };
    let of = |by, other| effects(by, by, other);
    assert_eq!(of("up_to: 2 business days", "up_to: 4 business days"), [(What::ExceptionWidened, Effect::Worse)]);
    assert_eq!(of("up_to: 2 business days", "up_to: 1 business day"), [(What::ExceptionNarrowed, Effect::Better)]);
    assert_eq!(of("up_to: 10 EUR", "up_to: 20 EUR"), [(What::ExceptionWidened, Effect::Inside)]);
    let added = ", when: it is Sunday}, {who: lead, up_to: 1 business day, when: a strike}]";
    assert_eq!(effects("up_to: 10 EUR", ", when: it is Sunday}]", added), [(What::ExceptionAdded, Effect::Worse)]);
}

#[test]
fn a_standard_in_another_service_has_moved_with_what_changed_on_the_way() {
    let line = SERVICE.lines().find(|line| line.starts_with("  right:")).unwrap();
    let new: Vec<_> = files()
        .into_iter()
        .map(|(path, text)| {
            let text = text.replace(&format!("{line}\n"), "").replace("[right]", "[complaints/right]");
            let there = format!("review: {{last: 2026-01-01}}\nstandards:\n{}\n", line.replace("99%", "98%"));
            (
                path,
                if path == "services/complaints.md" {
                    text.replace("review: {last: 2026-01-01}\n", &there)
                } else {
                    text
                },
            )
        })
        .collect();
    let found: Vec<_> = compared(&files(), &new).into_iter().filter(Change::is_decision).collect();
    assert_eq!(
        said(&found),
        [
            "loosened: standard complaints/right: level 99% → 98%",
            "moved: standard complaints/right: repair/right → complaints/right",
        ]
    );
}

#[test]
fn what_is_missing_where_a_line_could_not_be_read_is_not_told() {
    for (from, to) in [
        ("fee: 20 EUR\n", "fee: a: b: 20 EUR\n"),
        ("  light: Light on\n", "  light: a: Light on\n"),
        ("channels: [shop, phone]\n", "channels: [shop, phone\n"),
    ] {
        let new: Vec<_> = files().into_iter().map(|(path, text)| (path, text.replacen(from, to, 1))).collect();
        let decisions = |old: &[(&str, String)], new: &[(&str, String)]| -> Vec<String> {
            let found: Vec<_> = compared(old, new).into_iter().filter(Change::is_decision).collect();
            said(&found)
        };
        assert_eq!(decisions(&files(), &new), [""; 0], "{to}");
        assert_eq!(decisions(&new, &files()), [""; 0], "{to}");
    }
}
