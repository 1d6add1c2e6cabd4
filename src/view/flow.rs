//! The steps of a service: in words, and where each stands in the picture.

use serde::Serialize;

use super::address;
use super::html::{Html, Link};
use super::writer::Writer;
use crate::fields::table::Row;
use crate::locale::case::Case;
use crate::model::budget::waits;
use crate::model::document::Document;
use crate::model::former;
use crate::model::kind::Kind;
use crate::model::lookup::Thing;
use crate::model::quantity::Actor;
use crate::model::service::Service;
use crate::model::step::{Stage, Step};
use crate::units::duration::Duration;

/// A step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StepView {
    /// Its anchor on the sheet.
    pub anchor: String,
    /// The anchors that it had before it was renamed.
    pub earlier: Vec<String>,
    /// The way to it.
    pub href: String,
    /// Its number, from one.
    pub number: usize,
    /// What is done.
    pub title: Html,
    /// Who does it; the customer has no page.
    pub actor: Link,
    /// `customer`, `front`, `back` or `support`.
    pub stage: &'static str,
    /// The stage in words.
    pub stage_name: Html,
    /// How long it may take; empty where nothing is said.
    pub takes: String,
    /// The limit agreed with another unit or firm.
    pub agreement: String,
    /// The standard whose limit it is a part of.
    pub standard: Option<Link>,
    /// Whether the clock pauses meanwhile.
    pub pauses: bool,
    /// Whether it counts towards the limit.
    pub counts: bool,
    /// When the customer is reminded, in words; empty where nothing is said.
    pub remind: Html,
    /// When the case is closed, in words; empty where nothing is said.
    pub closes: Html,
    /// What the customer is told.
    pub tells: Vec<Html>,
    /// What the customer is given.
    pub gives: Vec<Html>,
    /// The checklist that goes with it.
    pub checklist: Option<Link>,
    /// The playbook that goes with it.
    pub playbook: Option<Link>,
    /// In which cases it is done.
    pub when: Html,
    /// How often it is done.
    pub every: Html,
    /// The steps that it looks at again.
    pub reviews: Vec<Link>,
    /// The steps that come before it, where that is not simply the one above.
    pub after: Vec<Link>,
    /// The prose that belongs to it.
    pub prose: Html,
    /// Its lane in the picture, from the top: 0 customer, 1 front, 2 back, 3 support.
    pub lane: usize,
    /// Its column in the picture, from the left, from zero.
    pub column: usize,
}

/// An arrow between two steps of the picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Arrow {
    /// The column in which it begins.
    pub from_column: usize,
    /// The lane in which it begins.
    pub from_lane: usize,
    /// The column in which it ends.
    pub to_column: usize,
    /// The lane in which it ends.
    pub to_lane: usize,
}

/// The steps of a service with their picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FlowView {
    /// The steps in order.
    pub steps: Vec<StepView>,
    /// The arrows of the picture.
    pub arrows: Vec<Arrow>,
    /// How many columns the picture has.
    pub columns: usize,
    /// The names of the four lanes, from the top.
    pub lanes: Vec<Html>,
    /// The title of the picture for a screen reader.
    pub title: Html,
}

impl Writer<'_> {
    /// Shows the steps of a service; nothing where it has none.
    pub fn flow(&self, service: &Document<Service>) -> Option<FlowView> {
        let rows: Vec<&Row<Step>> = service.fields.steps.iter().collect();
        if rows.is_empty() {
            return None;
        }
        let waits = waits(&service.id, &rows);
        let lanes: Vec<usize> = rows.iter().map(|row| stage_of(&row.value) as usize).collect();
        let columns = columns(&waits, &lanes);
        let mut steps = Vec::with_capacity(rows.len());
        for (at, row) in rows.iter().enumerate() {
            let mut step = self.step(service, row, at);
            step.column = columns[at];
            if waits[at] != [at.wrapping_sub(1)] && !(waits[at].is_empty() && at == 0) {
                step.after = waits[at].iter().map(|before| self.step_link(service, rows[*before])).collect();
            }
            steps.push(step);
        }
        let arrow = |(to, from): (usize, usize)| Arrow {
            from_column: columns[from],
            from_lane: steps[from].lane,
            to_column: columns[to],
            to_lane: steps[to].lane,
        };
        let pairs = waits.iter().enumerate().flat_map(|(to, before)| before.iter().map(move |from| (to, *from)));
        let arrows = pairs.map(arrow).collect();
        let title = self.bare(&service.fields.title, None);
        let stages = [Stage::Customer, Stage::Front, Stage::Back, Stage::Support];
        Some(FlowView {
            columns: columns.iter().max().map_or(0, |last| last + 1),
            lanes: stages.into_iter().map(|stage| self.worded("step.stage", Some(stage.word()))).collect(),
            title: Html::escaped(&self.locale().phrase("figure.title", &[("service", &title)])),
            arrows,
            steps,
        })
    }

    fn step_link(&self, service: &Document<Service>, row: &Row<Step>) -> Link {
        self.link(Kind::Step, &format!("{}/{}", service.id, row.id))
    }

    /// Shows one step; `at` is its place in the list.
    pub fn step(&self, service: &Document<Service>, row: &Row<Step>, at: usize) -> StepView {
        let id = format!("{}/{}", service.id, row.id);
        let own: Thing = (Kind::Step, id.clone());
        let step = &row.value;
        let stage = stage_of(step);
        let is = |given: &crate::fields::scalar::Given<bool>| given.as_ref().map(|given| given.value);
        StepView {
            anchor: address::anchor(self.handbook(), Kind::Step, &service.id, &row.id),
            earlier: former::anchors(&row.value.was),
            href: self.way_to(Kind::Step, &id),
            number: at + 1,
            title: self.plain_of(&step.title, Some(&own)),
            actor: self.actor(step.actor.as_ref()),
            stage: stage.word(),
            stage_name: self.worded("step.stage", Some(stage.word())),
            takes: self.duration(&step.takes),
            agreement: self.duration(&step.agreement),
            standard: step.standard.as_ref().map(|standard| self.link(Kind::Standard, &standard.id)),
            pauses: is(&step.pauses).unwrap_or(false),
            counts: is(&step.counts).unwrap_or(true),
            remind: self.after_duration("step.remind", &step.remind),
            closes: self.after_duration("step.closes", &step.closes),
            tells: step.tells.0.iter().map(|text| self.text_of(text, Some(&own))).collect(),
            gives: step.gives.0.iter().map(|text| self.text_of(text, Some(&own))).collect(),
            checklist: step.checklist.as_ref().map(|it| self.link(Kind::Checklist, &it.id)),
            playbook: step.playbook.as_ref().map(|it| self.link(Kind::Playbook, &it.id)),
            when: self.text_of(&step.when, Some(&own)),
            every: step.every.as_ref().map(|every| self.period(every)).unwrap_or_default(),
            reviews: step.reviews.0.iter().map(|it| self.link(Kind::Step, &it.id)).collect(),
            after: Vec::new(),
            prose: self.section_of(service, &row.id),
            lane: stage as usize,
            column: at,
        }
    }

    /// Gives who acts.
    pub fn actor(&self, actor: Option<&Actor>) -> Link {
        match actor {
            Some(Actor::Role(role)) => self.link(Kind::Role, &role.id),
            Some(Actor::Customer(_)) => {
                Link { href: String::new(), title: Html::escaped(self.locale().word("step.customer")) }
            }
            None => Link::default(),
        }
    }

    /// Writes a duration that may be missing.
    pub fn duration(&self, given: &crate::fields::scalar::Given<Duration>) -> String {
        given.as_ref().map_or_else(String::new, |given| self.locale().duration_case(given.value, Case::Nominative))
    }

    fn after_duration(&self, key: &str, given: &crate::fields::scalar::Given<Duration>) -> Html {
        let write = |duration: Duration| self.locale().phrase_with_durations(key, &[("duration", duration)], &[]);
        given.as_ref().map(|given| Html::escaped(&write(given.value))).unwrap_or_default()
    }
}

fn stage_of(step: &Step) -> Stage {
    step.stage.as_ref().map_or(Stage::Front, |stage| stage.value)
}

/// Gives the column of each step: behind all that it waits for, and where its lane is still free.
///
/// Steps in a circle stay where they are met.
fn columns(waits: &[Vec<usize>], lanes: &[usize]) -> Vec<usize> {
    let mut columns: Vec<Option<usize>> = vec![None; waits.len()];
    for _ in 0..waits.len() {
        for at in 0..waits.len() {
            let ready = waits[at].iter().all(|before| columns[*before].is_some());
            if columns[at].is_some() || !ready {
                continue;
            }
            let behind = waits[at].iter().filter_map(|before| columns[*before]).max().map_or(0, |last| last + 1);
            let taken = |column: usize| {
                (0..waits.len()).any(|other| columns[other] == Some(column) && lanes[other] == lanes[at])
            };
            columns[at] = (behind..).find(|column| !taken(*column));
        }
        if columns.iter().all(Option::is_some) {
            break;
        }
    }
    columns.into_iter().enumerate().map(|(at, column)| column.unwrap_or(at)).collect()
}

#[cfg(test)]
mod tests {
    use super::{Arrow, FlowView, columns};
    use crate::view::bench::{Bench, DE, EN};

    #[test]
    fn steps_side_by_side_share_a_column() {
        assert_eq!(columns(&[vec![], vec![0], vec![0], vec![1, 2]], &[0, 1, 2, 1]), [0, 1, 1, 2]);
    }

    #[test]
    fn steps_of_one_lane_never_share_a_column() {
        assert_eq!(columns(&[vec![], vec![0], vec![0]], &[1, 2, 2]), [0, 1, 2]);
    }

    #[test]
    fn a_circle_comes_to_an_end() {
        assert_eq!(columns(&[vec![1], vec![0]], &[1, 1]).len(), 2);
    }

    fn flow(steps: &str) -> FlowView {
        Bench::service(steps, &[]).sheet(EN).flow.unwrap()
    }

    #[test]
    fn a_service_without_steps_has_no_picture() {
        assert_eq!(Bench::service("", &[]).sheet(EN).flow, None);
    }

    #[test]
    fn steps_stand_in_order_and_wait_for_the_one_above() {
        let flow = flow("steps: {a: {title: A, stage: customer}, b: {title: B, stage: back}, c: {title: C}}\n");
        let steps: Vec<_> =
            flow.steps.iter().map(|step| (step.number, step.lane, step.column, step.after.len())).collect();
        assert_eq!(steps, [(1, 0, 0, 0), (2, 2, 1, 0), (3, 1, 2, 0)]);
        assert_eq!(flow.columns, 3);
        let first = Arrow { from_column: 0, from_lane: 0, to_column: 1, to_lane: 2 };
        let second = Arrow { from_column: 1, from_lane: 2, to_column: 2, to_lane: 1 };
        assert_eq!(flow.arrows, [first, second]);
    }

    #[test]
    fn what_comes_before_is_said_only_where_it_is_not_the_step_above() {
        let steps = "\
steps:
  a: {title: A, stage: front}
  b: {title: B, stage: back}
  c: {title: C, stage: support, after: a}
  d: {title: D, stage: front, after: [b, c]}
  e: {title: E, stage: front, after: d}
";
        let after: Vec<Vec<String>> = flow(steps)
            .steps
            .into_iter()
            .map(|step| step.after.into_iter().map(|link| format!("{} {}", link.href, link.title.0)).collect())
            .collect();
        assert_eq!(after, [vec![], vec![], vec!["#a A".to_owned()], vec!["#b B".into(), "#c C".into()], vec![]]);
    }

    #[test]
    fn a_step_says_who_acts_how_long_and_what_pauses() {
        let steps = "\
steps:
  ask: {title: Ask, actor: customer, stage: customer, pauses: true, remind: 2 business days, closes: 4 weeks}
  mend: {title: Mend, actor: desk, takes: 1 business day, counts: false, every: week, gives: [A receipt]}
";
        let flow = flow(steps);
        let [ask, mend] = flow.steps.as_slice() else { panic!("two steps") };
        assert_eq!((ask.actor.href.as_str(), ask.actor.title.0.as_str()), ("", "The customer"));
        assert_eq!((ask.pauses, ask.counts), (true, true));
        assert_eq!(ask.remind.0, "Remind the customer after 2 business days");
        assert_eq!(ask.closes.0, "No answer: close the case after 4 weeks");
        assert_eq!((mend.actor.href.as_str(), mend.takes.as_str()), ("../roles/desk.html", "1 business day"));
        assert_eq!((mend.pauses, mend.counts, mend.every.0.as_str()), (false, false, "weekly"));
        assert_eq!((mend.gives[0].0.as_str(), mend.remind.0.as_str()), ("A receipt", ""));
    }

    #[test]
    fn a_time_within_a_german_sentence_is_in_the_dative() {
        let bench = Bench::service("steps: {ask: {title: Ask, remind: 2 business days}}\n", &[]);
        let flow = bench.sheet(DE).flow.unwrap();
        assert!(flow.steps[0].remind.0.contains("2 Arbeitstagen"), "{}", flow.steps[0].remind.0);
        assert_eq!(flow.lanes[0].0, "Kundschaft");
    }

    #[test]
    fn the_limit_in_what_is_told_is_that_of_the_step() {
        let flow = flow("steps: {ask: {title: Ask, takes: 2 weeks, tells: [\"It takes [[#takes]].\"]}}\n");
        assert_eq!(flow.steps[0].tells[0].0, "It takes 2 weeks.");
    }

    #[test]
    fn a_step_that_waits_for_one_that_is_not_there_stands_at_the_beginning() {
        let flow = flow("steps: {a: {title: A}, b: {title: B, stage: back, after: nothing}}\n");
        assert_eq!((flow.steps[1].column, flow.arrows.len()), (0, 0));
    }
}
