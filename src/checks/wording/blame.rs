//! `wording/blame`: a sentence to say that puts the blame on the customer.

use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::checks::wording::promised::Lists;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::kind::Kind;
use crate::wording::lists::Subject;
use crate::wording::tongue::Tongue;

/// The check.
pub const CHECK: Check = Check {
    name: "wording/blame",
    severity: Severity::Warning,
    finds: "A sentence that a playbook gives staff to say puts the blame on the customer.",
    why: "Who is accused defends himself, and the talk turns from the fault to the guilt: also where the customer is wrong, it \
          is lost. Say what you will look at or do, and leave open who did what. What must not be said belongs under \
          `never_say`.",
    wrong: &[("playbooks/angry.md", "title: Angry customers\ncues: [a loud voice]\nsay: [You used it wrongly.]\n")],
    right: &[(
        "playbooks/angry.md",
        "title: Angry customers\ncues: [a loud voice]\nsay: [Let us see together what happened.]\nnever_say: [You used it wrongly.]\n",
    )],
    finder: Finder::Run(run),
};

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    let lists = Lists::of(Subject::Blame, inspection);
    for said in inspection.said.iter().filter(|said| said.thing.0 == Kind::Playbook && said.is_in("say")) {
        let Some((tongue, list)) = lists.get(said.language) else { continue };
        let text = &said.text.value;
        let words = list.find(text);
        let Some(word) = words.first() else { continue };
        let phrase = text.get(word.range.clone()).unwrap_or_default();
        let message = format!("`{phrase}` puts the blame on the customer");
        let example = match tongue {
            Tongue::English => "Let us see what happened.",
            Tongue::German => "Sehen wir gemeinsam nach, was passiert ist.",
            Tongue::Chinese => "我们一起看看发生了什么。",
        };
        let told = CHECK.told(inspection.spot(&said.text, &word.range), message);
        found.push(told.action(format!("write what you do next, such as `{example}`, or move it to `never_say`")));
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::told;

    fn told_of(say: &[(&str, &str)]) -> Vec<String> {
        let mut files = vec![("handbook.yaml", "title: H\nlanguages: [en, de, zh]\n".to_owned())];
        files.push(("registers/roles.yaml", "desk: {title: Desk}\n".into()));
        files.push((
            "playbooks/angry.md",
            format!("title: A\ncues: [c]\nsay: [\"{}\"]\nnever_say: [It is your fault]\n", say[0].1),
        ));
        files.extend(say[1..].iter().map(|(path, said)| (*path, format!("say: [\"{said}\"]\n"))));
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
        told("wording/blame", &files)
    }

    #[test]
    fn an_accusation_is_told_in_each_language() {
        let lines = told_of(&[
            ("", "You should have called earlier."),
            ("playbooks/angry.de.md", "Sie haben das Gerät falsch bedient."),
            ("playbooks/angry.zh.md", "这是您的问题。"),
        ]);
        let phrases: Vec<&str> = lines.iter().filter_map(|line| line.split('`').nth(1)).collect();
        assert_eq!(phrases, ["Sie haben das Gerät falsch", "You should have", "这是您的问题"], "{lines:#?}");
    }

    #[test]
    fn what_is_never_said_is_not_told() {
        assert_eq!(told_of(&[("", "Let us see.")]), [""; 0]);
    }

    #[test]
    fn taking_the_blame_off_the_customer_is_no_accusation() {
        for said in [
            "It is not your fault.",
            "You did nothing wrong.",
            "You say it makes a noise?",
            "If you did not call, no matter.",
        ] {
            assert_eq!(told_of(&[("", said)]), [""; 0], "{said}");
        }
        let said = [
            ("", "S"),
            ("playbooks/angry.de.md", "Sie haben nichts falsch gemacht."),
            ("playbooks/angry.zh.md", "这不是您的错。"),
        ];
        assert_eq!(told_of(&said), [""; 0]);
    }
}
