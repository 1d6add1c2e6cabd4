//! The fingerprint of what a thing demands or promises: limits, targets, remedies, rights, who does what in which order.
//!
//! No wording is in it: titles, sentences, prose and translations may change, and so may a level or an event of a clock
//! that is given in words alone; of such texts it is counted how many there are, and the figures in them are taken down:
//! *labour at a flat 90 EUR* is not *at a flat 190 EUR*. Not here: what is shown of a change
//! (`view::seen`), and what a review stamps (`stamp`).

use std::fmt::{Display, Write};

use crate::fields::scalar::Given;
use crate::fields::text::Text;
use crate::model::checklist::Checklist;
use crate::model::kind::Ref;
use crate::model::playbook::Playbook;
use crate::model::promise::{Promise, Remedy};
use crate::model::quantity::{Actor, Fee, Moment, Period, Quantity};
use crate::model::registers::Role;
use crate::model::service::{Exception, Service};
use crate::model::standard::{Standard, Variant};
use crate::model::step::Step;

/// How many letters a fingerprint has, of 64 different ones: one change in 16 million goes unnoticed.
const LETTERS: usize = 4;
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Writes down what is normative, field by field.
#[derive(Debug, Default)]
pub struct Norm(String);

impl Norm {
    /// Adds a field.
    pub fn add(mut self, key: &str, value: impl Display) -> Self {
        write!(self.0, "{key}\u{1f}{value}\u{1e}").expect("text can be added to");
        self
    }

    /// Adds a field that may be left out; one that was left out adds nothing.
    fn given<T: Display>(self, key: &str, value: &Given<T>) -> Self {
        match value {
            Some(value) => self.add(key, &value.value),
            None => self,
        }
    }

    /// Adds all that another is made of.
    pub fn part(self, key: &str, other: &Self) -> Self {
        self.add(key, &other.0)
    }

    fn word(self, key: &str, word: Option<&'static str>) -> Self {
        match word {
            Some(word) => self.add(key, word),
            None => self,
        }
    }

    fn one<T>(self, key: &str, value: Option<&Ref<T>>) -> Self {
        match value {
            Some(value) => self.add(key, &value.id),
            None => self,
        }
    }

    /// Adds references; their order does not count.
    fn all<T>(self, key: &str, values: &[Ref<T>]) -> Self {
        let mut ids: Vec<&str> = values.iter().map(|value| value.id.as_str()).collect();
        ids.sort_unstable();
        if ids.is_empty() { self } else { self.add(key, ids.join(" ")) }
    }

    /// Adds how many texts there are, whatever they say.
    fn count(self, key: &str, texts: usize) -> Self {
        if texts == 0 { self } else { self.add(key, texts) }
    }

    /// Adds the figures in a text, whatever else it says.
    fn figures(self, key: &str, text: &Text) -> Self {
        let found = figures(text.source());
        if found.is_empty() { self } else { self.add(key, found.join(" ")) }
    }

    fn quantity(self, key: &str, value: Option<&Quantity>) -> Self {
        match value {
            Some(Quantity::Duration(duration)) => self.add(key, duration.value),
            Some(Quantity::Share(share)) => self.add(key, share.value),
            Some(Quantity::Money(money)) => self.add(key, money.value),
            Some(Quantity::Text(text)) => self.count(key, 1).figures(key, text),
            None => self,
        }
    }

    fn period(self, key: &str, value: Option<&Period>) -> Self {
        match value {
            Some(Period::Duration(duration)) => self.add(key, duration.value),
            Some(Period::Word(word)) => self.add(key, word.value),
            None => self,
        }
    }

    /// Gives the fingerprint.
    pub fn print(&self) -> String {
        let hash = blake3::hash(self.0.as_bytes());
        hash.as_bytes()[..LETTERS].iter().map(|byte| char::from(ALPHABET[usize::from(byte % 64)])).collect()
    }

    /// Gives a fingerprint in hexadecimal digits, which stands in files without quotation marks.
    pub fn digits(&self, count: usize) -> String {
        let mut digits = blake3::hash(self.0.as_bytes()).to_hex().to_string();
        digits.truncate(count);
        digits
    }
}

/// Gives what a service demands apart from its standards, steps and promises.
pub fn service(service: &Service) -> Norm {
    let norm = Norm::default()
        .one("owner", service.owner.as_ref())
        .one("calendar", service.calendar.as_ref())
        .all("channels", &service.channels)
        .one("complaints_to", service.complaints_to.as_ref())
        .count("needs", service.needs.0.len())
        .all("also", &service.also);
    let norm = match &service.fee {
        Some(Fee::Money(money)) => norm.add("fee", money.value),
        Some(Fee::Text(text)) => norm.count("fee", 1).figures("fee", text),
        None => norm,
    };
    service.exceptions.0.iter().fold(norm, |norm, exception| match exception {
        Exception::Text(text) => norm.count("exception", 1).figures("exception", text),
        Exception::Deviation(it) => norm
            .count("exception", 1)
            .one("who", it.who.as_ref())
            .quantity("up_to", it.up_to.as_ref())
            .figures("when", &it.when),
    })
}

/// Gives what a standard demands.
pub fn standard(standard: &Standard) -> Norm {
    let norm = Norm::default()
        .word("kind", standard.kind.as_ref().map(|kind| kind.value.word()))
        .given("limit", &standard.limit)
        .given("internal", &standard.internal)
        .given("legal", &standard.legal)
        .given("target", &standard.target)
        .quantity("level", standard.level.as_ref())
        .quantity("window", standard.window.as_ref())
        .quantity("floor", standard.floor.as_ref())
        .all("channel", &standard.channel.0)
        .count("pauses", standard.clock.as_ref().map_or(0, |clock| clock.pause.0.len()))
        .figures("statement", &standard.statement);
    let norm = standard.clock.as_ref().into_iter().fold(norm, |norm, clock| {
        let norm = norm.figures("start", &clock.start).figures("stop", &clock.stop);
        clock.pause.0.iter().fold(norm, |norm, pause| norm.figures("pause", pause))
    });
    let norm = standard.variants.iter().fold(norm, variant);
    standard.breach.iter().fold(norm, |norm, breach| {
        let norm = match breach.at.as_ref().map(|at| at.value) {
            Some(Moment::Share(share)) => norm.add("at", share),
            Some(Moment::Duration(duration)) => norm.add("at", duration),
            None => norm,
        };
        norm.all("tell", &breach.tell.0)
    })
}

fn variant(norm: Norm, variant: &Variant) -> Norm {
    norm.count("variant", 1)
        .given("limit", &variant.limit)
        .given("internal", &variant.internal)
        .given("target", &variant.target)
        .figures("when", &variant.when)
}

/// Gives what a step demands.
pub fn step(step: &Step) -> Norm {
    let norm = match &step.actor {
        Some(Actor::Customer(_)) => Norm::default().add("actor", "customer"),
        Some(Actor::Role(role)) => Norm::default().add("actor", format_args!("roles/{}", role.id)),
        None => Norm::default(),
    };
    norm.word("stage", step.stage.as_ref().map(|stage| stage.value.word()))
        .one("standard", step.standard.as_ref())
        .given("takes", &step.takes)
        .given("pauses", &step.pauses)
        .given("remind", &step.remind)
        .given("closes", &step.closes)
        .given("counts", &step.counts)
        .given("agreement", &step.agreement)
        .count("tells", step.tells.0.len())
        .count("gives", step.gives.0.len())
        .count("when", usize::from(!step.when.is_empty()))
        .one("checklist", step.checklist.as_ref())
        .one("playbook", step.playbook.as_ref())
        .period("every", step.every.as_ref())
        .all("reviews", &step.reviews.0)
}

/// Gives the order of the steps of a service: as they are written, and which come before which.
pub fn order(service: &Service) -> Norm {
    let steps = service.steps.iter();
    steps.fold(Norm::default(), |norm, row| norm.add("step", &row.id).all("after", &row.value.after.0))
}

/// Gives what a promise binds the firm to.
pub fn promise(promise: &Promise) -> Norm {
    let norm = Norm::default()
        .word("kind", promise.kind.as_ref().map(|kind| kind.value.word()))
        .all("backed_by", &promise.backed_by)
        .count("unless", promise.unless.len())
        .figures("statement", &promise.statement);
    let norm = promise.unless.iter().fold(norm, |norm, unless| norm.figures("unless", unless));
    let norm = promise.remedy.as_ref().into_iter().fold(norm, remedy);
    let norm = promise.invoke.as_ref().into_iter().fold(norm, |norm, invoke| {
        norm.given("steps", &invoke.steps).count("proof", invoke.proof.0.len()).all("channels", &invoke.channels)
    });
    promise
        .valid
        .as_ref()
        .into_iter()
        .fold(norm, |norm, valid| norm.given("from", &valid.from).given("until", &valid.until))
}

fn remedy(norm: Norm, remedy: &Remedy) -> Norm {
    norm.count("remedy", 1)
        .given("up_to", &remedy.up_to)
        .given("within", &remedy.within)
        .given("automatic", &remedy.automatic)
        .one("granted_by", remedy.granted_by.as_ref())
        .figures("what", &remedy.what)
}

/// Gives the numbers of a text as they are written, without those in references.
fn figures(text: &str) -> Vec<&str> {
    let plain = text.split("[[").enumerate().map(|(at, part)| match part.split_once("]]") {
        Some((_, behind)) if at > 0 => behind,
        _ => part,
    });
    let numbers = plain
        .flat_map(|part| part.split(|letter: char| !letter.is_ascii_digit() && !matches!(letter, '.' | ',' | ':')));
    numbers.map(|number| number.trim_matches(['.', ',', ':'])).filter(|number| !number.is_empty()).collect()
}

/// Gives what a playbook demands: to whom a case is handed over.
pub fn playbook(playbook: &Playbook) -> Norm {
    playbook.escalate.0.iter().fold(Norm::default(), |norm, it| norm.count("escalate", 1).one("to", it.to.as_ref()))
}

/// Gives what a checklist demands apart from its items: for what, by whom and how often it is ticked.
pub fn checklist(checklist: &Checklist) -> Norm {
    Norm::default()
        .word("use", checklist.purpose.as_ref().map(|purpose| purpose.value.word()))
        .all("by", &checklist.by.0)
        .period("every", checklist.every.as_ref())
}

/// Gives what a role may do, and whom it reports to.
pub fn role(role: &Role) -> Norm {
    Norm::default()
        .given("may_grant", &role.may_grant)
        .one("reports_to", role.reports_to.as_ref())
        .all("deputy", &role.deputy.0)
}

#[cfg(test)]
mod tests {
    use crate::view::bench::{Bench, EN};
    use crate::view::seen::Mark;

    const SERVICE: &str = "\
fee: 20 EUR
channels: [shop]
standards:
  quick: {title: Quick, kind: timeliness, statement: It is quick, limit: 10 business days, internal: 7 business days, legal: 1 month, target: 95%, clock: {start: in, stop: out, pause: [the customer thinks]}, variants: [{when: it burns, limit: 2 business days}], breach: [{at: 70%, tell: desk}]}
  right: {title: Right, kind: accuracy, level: 99%, floor: 90%}
steps:
  one: {title: Take it in, actor: desk, stage: front, standard: quick, takes: 2 hours, tells: [the date]}
  two: {title: Mend it, actor: lead, stage: back, standard: quick, takes: 1 business day, agreement: 3 hours, when: it can be mended}
promises:
  sure: {title: Sure, kind: guarantee, statement: Or you pay nothing, backed_by: [quick], remedy: {what: Money, up_to: 90 EUR, within: 5 business days, automatic: true, granted_by: desk}, unless: [it rains], invoke: {how: Ring us, steps: 1}, valid: {from: 2026-01-01, until: 2027-12-31}}
---
Some prose.
";
    const LIST: &str = "---\ntitle: Open\nuse: shift\nby: desk\nevery: day\nitems: {light: Light on, door: {text: Door open, standard: repair/quick}}\n---\n";
    const BOOK: &str = "---\ntitle: Calm\ncues: [Shouts]\nsay: [Yes]\nescalate: {to: lead, when: Threats}\n---\n";
    const ROLES: &str = "desk: {title: Desk, may_grant: 50 EUR, reports_to: lead, deputy: lead}\nlead: {title: Lead}\n";

    /// Gives the things whose fingerprints differ when one text is put in the place of another.
    fn changed(from: &str, to: &str) -> Vec<String> {
        let all = [SERVICE, LIST, BOOK, ROLES];
        assert!(all.iter().any(|text| text.contains(from)), "there is no `{from}`");
        let marks = |texts: [String; 4]| -> Vec<Mark> {
            let [service, list, book, roles] = texts;
            let others =
                [("checklists/open.md", list.as_str()), ("playbooks/calm.md", &book), ("registers/roles.yaml", &roles)];
            let bench = Bench::service(&service, &others);
            let shared = bench.shared();
            shared.all_marks(EN).into_iter().flat_map(|page| page.things).collect()
        };
        let (before, after) = (marks(all.map(str::to_owned)), marks(all.map(|text| text.replace(from, to))));
        let is_same = |mark: &&Mark| before.iter().any(|old| (&old.0, old.1, &old.3) == (&mark.0, mark.1, &mark.3));
        after.iter().filter(|mark| !is_same(mark)).map(|Mark(place, kind, ..)| format!("{kind}#{place}")).collect()
    }

    #[test]
    fn numbers_stand_in_a_text_and_not_in_a_reference() {
        let text = "Ready in [[standard-2#limit]]: 1,250.50 EUR, at 16:30 or by day 3. [[a]]7";
        assert_eq!(super::figures(text), ["1,250.50", "16:30", "3", "7"]);
        assert_eq!(super::figures("x: y. z,"), [""; 0]);
    }

    #[test]
    fn a_figure_in_a_text_that_binds_is_no_wording() {
        for (from, to, thing) in [
            ("It is quick", "It is quick for 12 months", "#quick"),
            ("the customer thinks", "the customer thinks for 2 days", "#quick"),
            ("Or you pay nothing", "Or you pay 5 EUR", "#sure"),
            ("what: Money", "what: Money for 2 weeks", "#sure"),
            ("it rains", "it rains 3 days", "#sure"),
        ] {
            let found = changed(from, to);
            assert!(found.len() == 1 && found[0].ends_with(thing), "{from}: {found:?}, not {thing}");
        }
    }

    #[test]
    fn wording_changes_nothing() {
        let words = [
            ("title: Quick", "title: Fast"),
            ("It is quick", "It takes [[#limit]]"),
            ("start: in", "start: arrived"),
            ("the customer thinks", "the customer makes up their mind"),
            ("it burns", "it smokes"),
            ("title: Mend it", "title: Repair it"),
            ("it can be mended", "it can be saved"),
            ("the date", "the day"),
            ("Or you pay nothing", "Or it is free"),
            ("what: Money", "what: Cash"),
            ("it rains", "it pours"),
            ("Ring us", "Call us"),
            ("Some prose.", "Other prose."),
            ("Light on", "Switch the light on"),
            ("text: Door open", "text: Open the door"),
            ("cues: [Shouts]", "cues: [Shouts, Cries]"),
            ("say: [Yes]", "say: [Yes, Of course]"),
            ("when: Threats", "when: They threaten"),
            ("title: Desk", "title: Counter"),
        ];
        for (from, to) in words {
            assert_eq!(changed(from, to), Vec::<String>::new(), "{from}");
        }
    }

    #[test]
    fn each_field_of_a_standard_that_demands_something_changes_it() {
        let fields = [
            ("limit: 10 business days", "limit: 8 business days"),
            ("internal: 7 business days", "internal: 6 business days"),
            ("legal: 1 month", "legal: 2 months"),
            ("target: 95%", "target: 90%"),
            ("[the customer thinks]", "[the customer thinks, we wait]"),
            ("limit: 2 business days", "limit: 3 business days"),
            ("at: 70%", "at: 80%"),
            ("tell: desk", "tell: lead"),
        ];
        for (from, to) in fields {
            assert_eq!(changed(from, to), ["standard#quick"], "{from}");
        }
        for (from, to) in
            [("level: 99%", "level: 98%"), ("floor: 90%", "floor: 80%"), ("kind: accuracy", "kind: conduct")]
        {
            assert_eq!(changed(from, to), ["standard#right"], "{from}");
        }
    }

    #[test]
    fn each_field_of_a_step_that_demands_something_changes_it() {
        let fields = [
            ("actor: lead", "actor: desk"),
            ("stage: back", "stage: support"),
            ("takes: 1 business day", "takes: 2 business days"),
            ("agreement: 3 hours", "agreement: 4 hours"),
            (", when: it can be mended", ""),
            ("when: it can be mended", "when: it can be mended, checklist: open"),
            ("when: it can be mended", "when: it can be mended, pauses: true"),
            ("when: it can be mended", "when: it can be mended, playbook: calm"),
            ("when: it can be mended", "when: it can be mended, remind: 2 weeks"),
        ];
        for (from, to) in fields {
            assert_eq!(changed(from, to), ["step#two"], "{from}");
        }
    }

    #[test]
    fn the_order_of_steps_is_a_thing_of_its_own() {
        assert_eq!(changed("when: it can be mended", "when: it can be mended, after: []"), Vec::<String>::new());
        assert_eq!(changed("tells: [the date]", "tells: [the date], after: two"), ["order#one"]);
    }

    #[test]
    fn each_field_of_a_promise_that_binds_changes_it() {
        let fields = [
            ("kind: guarantee", "kind: commitment"),
            ("backed_by: [quick]", "backed_by: [quick, right]"),
            ("up_to: 90 EUR", "up_to: 80 EUR"),
            ("within: 5 business days", "within: 3 business days"),
            ("automatic: true", "automatic: false"),
            ("granted_by: desk", "granted_by: lead"),
            ("unless: [it rains]", "unless: [it rains, it snows]"),
            ("steps: 1}", "steps: 2}"),
            ("until: 2027-12-31", "until: 2028-12-31"),
        ];
        for (from, to) in fields {
            assert_eq!(changed(from, to), ["promise#sure"], "{from}");
        }
    }

    #[test]
    fn fees_items_periods_handovers_and_rights_count() {
        assert_eq!(changed("fee: 20 EUR", "fee: 25 EUR"), ["service#"]);
        assert_eq!(changed("every: day", "every: week"), ["checklist#"]);
        assert_eq!(changed("light: Light on,", "light: Light on, till: Till full,"), ["item#till"]);
        assert_eq!(changed("standard: repair/quick}", "standard: repair/right}"), ["item#door"]);
        assert_eq!(changed("escalate: {to: lead", "escalate: {to: desk"), ["playbook#"]);
        assert_eq!(changed("may_grant: 50 EUR", "may_grant: 60 EUR"), ["role#"]);
        assert_eq!(changed("reports_to: lead, deputy: lead", "reports_to: lead"), ["role#"]);
    }
}
