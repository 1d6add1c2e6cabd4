//! `checklist/not-observable`: an item that two people tick differently, or that asks two things at once.

use std::ops::Range;

use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::checks::wording::promised::{Lists, Side, quoted, sentence};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::kind::Kind;
use crate::wording::list::WordList;
use crate::wording::lists::Subject;
use crate::wording::tongue::Tongue;

/// The check.
pub const CHECK: Check = Check {
    name: "checklist/not-observable",
    severity: Severity::Warning,
    finds: "An item of a checklist is vague, or asks two things at once.",
    why: "Is it friendly, is it clean enough: two people tick two things, and the list shows nothing. Where one box stands for \
          two questions, nobody knows which of them was answered. Write one thing that can be seen, and an item for each.",
    wrong: &[(
        "checklists/opening.md",
        "title: Opening\nuse: shift\nby: desk\nevery: day\nitems:\n  counter: Clean and friendly?\n",
    )],
    right: &[(
        "checklists/opening.md",
        "title: Opening\nuse: shift\nby: desk\nevery: day\nitems:\n  counter: Is the counter empty at 09:00?\n",
    )],
    finder: Finder::Run(run),
};

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    let vague = Lists::of(Subject::Vague, inspection).with_changes(inspection);
    let unseen = Lists::of(Subject::Unseen, inspection);
    for said in inspection.said.iter().filter(|said| said.thing.0 == Kind::Checklist && is_item(&said.field)) {
        let (Some((tongue, vague)), Some((_, unseen))) = (vague.get(said.language), unseen.get(said.language)) else {
            continue;
        };
        let tag = inspection.tags.get(usize::from(said.language.0)).map_or("", String::as_str);
        if let Some(fault) = fault(&said.text.value, tongue, tag, vague, unseen) {
            found.push(fault.told(inspection.spot(&said.text, &fault.range)));
        }
    }
    for written in inspection.written.iter().filter(|written| written.thing.0 == Kind::Checklist) {
        let (Some((tongue, vague)), Some((_, unseen))) = (vague.get(written.language), unseen.get(written.language))
        else {
            continue;
        };
        let tag = inspection.tags.get(usize::from(written.language.0)).map_or("", String::as_str);
        for task in &written.prose.task_items {
            found.extend(fault(&task.text, tongue, tag, vague, unseen).map(|fault| fault.told(task.span)));
        }
    }
}

/// Tells whether a field holds what is ticked: `items/counter` or `items/counter/text`.
fn is_item(field: &str) -> bool {
    let mut parts = field.split('/');
    parts.next() == Some("items") && parts.next().is_some() && parts.next().is_none_or(|part| part == "text")
}

/// What is wrong with an item.
struct Fault {
    range: Range<usize>,
    message: String,
    action: &'static str,
}

impl Fault {
    fn told(&self, place: crate::source::Span) -> Diagnostic {
        CHECK.told(place, self.message.clone()).action(self.action)
    }
}

/// Finds what is wrong with an item: two questions, two of what cannot be seen, or a vague word.
fn fault(text: &str, tongue: Tongue, tag: &str, vague: &WordList, unseen: &WordList) -> Option<Fault> {
    let sentence = sentence(text);
    if let Some(range) = second_question(&sentence.text, tongue) {
        let message = "the item asks two things at once".to_owned();
        return Some(Fault { range, message, action: "write an item for each question" });
    }
    let mut words: Vec<Range<usize>> = sentence.find(vague).into_iter().map(|word| word.range).collect();
    words.retain(|word| !sentence.is_measured(word, tag, Side::Either));
    let of_two: Vec<Range<usize>> = two_joined(&sentence.text, tongue, unseen, &words);
    if of_two.is_empty() && words.is_empty() {
        let of_taste = unseen.find(&sentence.text).into_iter().map(|word| word.range);
        words.extend(of_taste.filter(|range| sentence.text.get(range.clone()).is_some_and(is_of_taste)));
    }
    let ranges = if of_two.is_empty() { words } else { of_two };
    let first = ranges.first()?.clone();
    let see = if ranges.len() == 1 { "is" } else { "are" };
    let message = format!("{} {see} not seen the same way by two people", quoted(&sentence.text, &ranges));
    let action = "write one thing that can be seen, such as `Is the counter empty at 09:00?`";
    Some(Fault { range: first, message, action })
}

/// Tells whether a word says by itself that somebody liked it, whoever that is.
fn is_of_taste(word: &str) -> bool {
    const WORDS: [&str; 9] =
        ["tidy", "neat", "presentable", "inviting", "ordentlich", "ansehnlich", "einladend", "整洁", "美观"];
    let word = word.to_lowercase();
    WORDS.iter().any(|other| word.starts_with(other))
}

/// Finds a second question: another question mark, or another verb that asks.
fn second_question(text: &str, tongue: Tongue) -> Option<Range<usize>> {
    let is_mark = |letter: char| matches!(letter, '?' | '\u{ff1f}');
    let marks: Vec<(usize, &str)> = text.match_indices(is_mark).collect();
    if let [.., (at, mark)] = marks.as_slice()
        && marks.len() > 1
    {
        return Some(*at..at + mark.len());
    }
    let (asking, joining): (&[&str], &[&str]) = match tongue {
        Tongue::English => (&["is", "are", "has", "have", "does", "do", "was", "were", "can", "did"], &["and"]),
        Tongue::German => (&["ist", "sind", "hat", "haben", "wird", "werden", "wurde", "wurden", "kann"], &["und"]),
        Tongue::Chinese => {
            let mut whether = text.match_indices("是否");
            let second = whether.nth(1)?;
            return Some(second.0..second.0 + second.1.len());
        }
    };
    let words = crate::wording::word::words(text);
    let is_question = !marks.is_empty() && words.first().is_some_and(|word| asking.contains(&word.folded.as_str()));
    let pair = words.windows(2).filter(|_| is_question).find(|pair| match pair {
        [join, verb] => joining.contains(&join.folded.as_str()) && asking.contains(&verb.folded.as_str()),
        _ => false,
    })?;
    Some(pair.first()?.range.start..pair.last()?.range.end)
}

/// Finds two words that cannot be seen, joined by `and`.
fn two_joined(text: &str, tongue: Tongue, unseen: &WordList, vague: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = unseen.find(text).into_iter().map(|word| word.range).collect();
    words.extend(vague.iter().cloned());
    words.sort_by_key(|range| (range.start, range.end));
    words.dedup_by(|later, earlier| later.start < earlier.end);
    let joining: &[&str] = match tongue {
        Tongue::English => &["and", "&", ", and", ","],
        Tongue::German => &["und", "&", ","],
        Tongue::Chinese => &["且", "并且", "而且", "、", "和", "又", ""],
    };
    let is_joined = |pair: &&[Range<usize>]| match pair {
        [first, second] => {
            let between = text.get(first.end..second.start).map(str::trim);
            between.is_some_and(|between| joining.contains(&between))
        }
        _ => false,
    };
    words.windows(2).find(is_joined).map(<[Range<usize>]>::to_vec).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::told;

    const FRONT: &str = "title: O\nuse: shift\nby: desk\nevery: day\n";

    fn told_of(item: &str) -> Vec<String> {
        told("checklist/not-observable", &[("checklists/o.md", &format!("{FRONT}items: {{i: \"{item}\"}}\n"))])
    }

    #[test]
    fn a_word_of_taste_is_told_alone() {
        let of = |text: &str| {
            let list = format!("---\ntitle: T\nuse: case\nby: desk\nitems: {{a: \"{text}\"}}\n---\n");
            crate::checks::bench::told("checklist/not-observable", &[("checklists/a.md", &list)]).len()
        };
        assert_eq!((of("The counter is tidy."), of("The counter is clean."), of("The counter is empty.")), (1, 0, 0));
    }

    #[test]
    fn two_qualities_that_nobody_sees_alike_are_told() {
        assert_eq!(
            told_of("Clean and friendly?"),
            [
                "checklists/o.md:6 `Clean` and `friendly` are not seen the same way by two people → write one thing that can be seen, such as `Is the counter empty at 09:00?`"
            ]
        );
        assert_eq!(told_of("Is the counter neat and tidy?").len(), 1);
        assert_eq!(told_of("The greeting is friendly").len(), 1);
    }

    #[test]
    fn two_questions_in_one_item_are_told() {
        for item in [
            "Is the door open? Is the light on?",
            "Is the door open and is the light on?",
            "Is the till counted and are the lamps on?",
        ] {
            assert!(told_of(item)[0].contains("asks two things at once"), "{item}");
        }
    }

    #[test]
    fn one_thing_that_can_be_seen_is_no_fault() {
        for item in [
            "Door and windows are closed",
            "Is the counter empty and clean at 09:00?",
            "Pull the plug and put the appliance on the bench",
            "Is the sign that is on the door readable from 3 m?",
            "Call back within [[#limit]], promptly",
        ] {
            assert_eq!(told_of(item), [""; 0], "{item}");
        }
    }

    #[test]
    fn proofs_and_titles_are_no_items_and_task_lists_are() {
        let list =
            |rest: &str| told("checklist/not-observable", &[("checklists/o.md", &format!("{FRONT}{rest}"))]).len();
        assert_eq!(list("items: {i: {text: T, proof: a friendly photo, part: Clean and tidy}}\n"), 0);
        assert_eq!(list("items: {i: {text: A friendly face}}\n---\n- [ ] Answer promptly\n- a friendly point\n"), 2);
    }

    #[test]
    fn german_and_chinese_items_have_words_of_their_own() {
        let german = format!(
            "{FRONT}items: {{i: \"Sauber und freundlich?\", j: \"Ist die Tür zu und ist das Licht an?\", k: \"Tür und Fenster zu\"}}\n"
        );
        let files = |tag: &str| format!("title: H\nlanguages: [{tag}]\n");
        let roles = ("registers/roles.yaml", "desk: {title: D}\n");
        let lines =
            told("checklist/not-observable", &[("handbook.yaml", &files("de")), roles, ("checklists/o.md", &german)]);
        assert_eq!(lines.len(), 2, "{lines:#?}");
        let chinese = format!("{FRONT}items: {{i: 柜台干净且友好, j: 门是否锁好灯是否关, k: 柜台上没有杂物}}\n");
        let lines =
            told("checklist/not-observable", &[("handbook.yaml", &files("zh")), roles, ("checklists/o.md", &chinese)]);
        assert_eq!(lines.len(), 2, "{lines:#?}");
    }
}
