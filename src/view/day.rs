//! The day of a role: what comes first, its limits with the steps below them, what is ticked when, whom it tells and when.

use std::collections::BTreeMap;

use serde::Serialize;

use super::html::{Html, Link};
use super::relations::Duties;
use super::role::{RoleLimit, RoleStep, rough_seconds};
use super::writer::Writer;
use crate::model::checklist::{Checklist, ShiftMoment, Use};
use crate::model::kind::Kind;
use crate::model::quantity::Period;

/// How many tasks come first.
const MOST_TASKS: usize = 3;

/// A limit with the steps of a role that are under it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RoleTask {
    /// The limit.
    #[serde(flatten)]
    pub limit: RoleLimit,
    /// The steps.
    pub steps: Vec<RoleStep>,
}

/// What is ticked at one time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RoleTime {
    /// When: `each shift`, `weekly`, `each case`.
    pub when: Html,
    /// The checklists.
    pub checklists: Vec<Link>,
}

/// Whom a role tells when a limit comes near or is past.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RoleTells {
    /// The standard.
    pub standard: Link,
    /// `share` of the limit, or `duration` after the start.
    pub kind: &'static str,
    /// When.
    pub at: Html,
    /// Whom.
    pub tell: Vec<Link>,
}

/// The day of a role.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RoleDay {
    /// At most three steps, those under the shortest limits, of each limit the first.
    pub first: Vec<RoleTask>,
    /// All limits with the steps under them, the shortest first.
    pub tasks: Vec<RoleTask>,
    /// The steps without a limit.
    pub others: Vec<RoleStep>,
    /// What is ticked, by time: the most often first, what belongs to a case at the end.
    pub times: Vec<RoleTime>,
    /// Whom it tells, and when: the standards in the order of their limits.
    pub tells: Vec<RoleTells>,
}

impl Writer<'_> {
    /// Gathers the day of a role; `limits` are those it works under, by the standard's id, the shortest first.
    pub fn role_day(&self, role: &str, duties: &Duties, limits: &[(String, RoleLimit)]) -> RoleDay {
        let mut steps: BTreeMap<&str, Vec<RoleStep>> = limits.iter().map(|(id, _)| (id.as_str(), Vec::new())).collect();
        let mut others = Vec::new();
        for id in &duties.steps {
            let under = self.standard_of(id).and_then(|standard| steps.get_mut(standard.as_str()));
            under.unwrap_or(&mut others).push(self.role_step(id));
        }
        let task = |(standard, limit): &(String, RoleLimit)| RoleTask {
            limit: limit.clone(),
            steps: steps.remove(standard.as_str()).unwrap_or_default(),
        };
        let tasks: Vec<RoleTask> = limits.iter().map(task).collect();
        let first = tasks.iter().take(MOST_TASKS);
        RoleDay {
            first: first.map(|task| RoleTask { steps: task.steps[..1].to_vec(), ..task.clone() }).collect(),
            others,
            times: self.role_times(duties),
            tells: limits.iter().flat_map(|(standard, _)| self.role_tells(role, standard)).collect(),
            tasks,
        }
    }

    fn standard_of(&self, step: &str) -> Option<&String> {
        self.handbook().step(step)?.value.standard.as_ref().map(|standard| &standard.id)
    }

    fn role_times(&self, duties: &Duties) -> Vec<RoleTime> {
        let mut times: Vec<(u64, RoleTime)> = Vec::new();
        let lists = duties.checklists.iter().filter_map(|id| Some((id, &self.handbook().checklists.get(id)?.fields)));
        let mut lists: Vec<(&String, &Checklist)> = lists.collect();
        lists.sort_by_key(|(_, list)| match list.moment.as_ref().map(|moment| moment.value) {
            Some(ShiftMoment::Start) => 0,
            None => 1,
            Some(ShiftMoment::End) => 2,
        });
        for (id, list) in lists {
            let purpose = list.purpose.as_ref().map_or(Use::Case, |purpose| purpose.value);
            let (rank, when) = match (&list.every, purpose) {
                (Some(every), _) => (rank_of(every), self.period(every)),
                (None, purpose) => (u64::MAX, self.worded("checklist.use", Some(purpose.word()))),
            };
            let link = self.link(Kind::Checklist, id);
            match times.iter_mut().find(|(_, time)| time.when == when) {
                Some((_, time)) => time.checklists.push(link),
                None => times.push((rank, RoleTime { when, checklists: vec![link] })),
            }
        }
        times.sort_by_key(|(rank, _)| *rank);
        times.into_iter().map(|(_, time)| time).collect()
    }

    /// Lists whom a role tells of a breach; it does not tell itself.
    fn role_tells(&self, role: &str, standard: &str) -> Vec<RoleTells> {
        let Some(row) = self.handbook().standard(standard) else { return Vec::new() };
        let breaches = row.value.breach.iter().filter(|breach| breach.tell.0.iter().any(|told| told.id != role));
        let tells = |breach| {
            let shown = self.breach(&row.value, breach);
            RoleTells {
                standard: self.link(Kind::Standard, standard),
                kind: shown.kind,
                at: shown.at,
                tell: shown.tell,
            }
        };
        breaches.map(tells).collect()
    }
}

/// Puts periods into an order, the most frequent first; what is done for each case stands at the end.
fn rank_of(period: &Period) -> u64 {
    const DAY: u64 = 86_400;
    match period {
        Period::Duration(duration) => rough_seconds(duration.value),
        Period::Word(word) => match word.value {
            "shift" => DAY / 2,
            "day" => DAY,
            "week" => 7 * DAY,
            "month" => 30 * DAY,
            "quarter" => 91 * DAY,
            "half-year" => 182 * DAY,
            "year" => 365 * DAY,
            _ => u64::MAX,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::bench::{Bench, EN};

    const SERVICE: &str = "\
standards:
  slow: {title: Slow, kind: timeliness, limit: 2 weeks, breach: [{at: 70%, tell: lead}, {at: 1 hour, tell: desk}]}
  quick: {title: Quick, kind: timeliness, limit: 5 business days, internal: 2 hours, breach: [{at: 100%, tell: [desk, lead]}]}
  fair: {title: Fair, kind: timeliness, limit: 1 business day}
  late: {title: Late, kind: timeliness, limit: 1 year}
steps:
  one: {title: One, actor: desk, standard: slow}
  two: {title: Two, actor: desk, standard: quick}
  three: {title: Three, actor: desk, standard: quick}
  four: {title: Four, actor: desk, standard: fair}
  five: {title: Five, actor: desk, standard: late}
  six: {title: Six, actor: desk}
";

    fn day() -> RoleDay {
        let list = |title: &str, rest: &str| format!("---\ntitle: {title}\nby: desk\n{rest}\n---\n");
        let lists = [
            ("checklists/a.md", list("Audit", "use: audit\nevery: month")),
            ("checklists/b.md", list("Intake", "use: case")),
            ("checklists/c.md", list("Open", "use: shift\nevery: shift")),
            ("checklists/d.md", list("Close", "use: shift\nevery: shift")),
        ];
        let files: Vec<(&str, &str)> = lists.iter().map(|(path, text)| (*path, text.as_str())).collect();
        desk(&files)
    }

    fn desk(files: &[(&str, &str)]) -> RoleDay {
        let bench = Bench::service(SERVICE, files);
        let shared = bench.shared();
        shared.writer(EN, "roles/desk.html").role(&shared.handbook().roles["desk"]).day
    }

    fn titles(steps: &[RoleStep]) -> Vec<&str> {
        steps.iter().map(|step| step.step.title.0.as_str()).collect()
    }

    #[test]
    fn steps_stand_under_their_limit_the_shortest_first_and_those_without_one_at_the_end() {
        let day = day();
        let tasks: Vec<_> =
            day.tasks.iter().map(|it| (it.limit.standard.title.0.as_str(), titles(&it.steps))).collect();
        let expected =
            [("Quick", vec!["Two", "Three"]), ("Fair", vec!["Four"]), ("Slow", vec!["One"]), ("Late", vec!["Five"])];
        assert_eq!(tasks, expected);
        assert_eq!(titles(&day.others), ["Six"]);
    }

    #[test]
    fn at_most_three_tasks_come_first_one_of_each_limit() {
        let day = day();
        let first: Vec<_> = day.first.iter().map(|it| titles(&it.steps)).collect();
        assert_eq!(first, [["Two"], ["Four"], ["One"]]);
    }

    #[test]
    fn checklists_stand_by_time_the_most_frequent_first_and_those_of_a_case_at_the_end() {
        let day = day();
        let times: Vec<_> = day
            .times
            .iter()
            .map(|it| (it.when.0.as_str(), it.checklists.iter().map(|list| list.title.0.as_str()).collect::<Vec<_>>()))
            .collect();
        let expected =
            [("each shift", vec!["Open", "Close"]), ("monthly", vec!["Audit"]), ("Each case", vec!["Intake"])];
        assert_eq!(times, expected);
    }

    #[test]
    fn what_is_done_at_the_start_of_a_shift_stands_before_what_is_done_at_its_end() {
        let list = |title: &str, moment: &str| {
            format!("---\ntitle: {title}\nuse: shift\nby: desk\nevery: shift\n{moment}\n---\n")
        };
        let (close, look, open) = (list("Close", "moment: end"), list("Look", ""), list("Open", "moment: start"));
        let files = [("checklists/a.md", &*close), ("checklists/b.md", &*look), ("checklists/c.md", &*open)];
        let times = desk(&files).times;
        let titles: Vec<&str> = times[0].checklists.iter().map(|list| list.title.0.as_str()).collect();
        assert_eq!((times.len(), titles), (1, vec!["Open", "Look", "Close"]));
    }

    #[test]
    fn a_role_tells_others_in_the_order_of_its_limits_and_never_itself_alone() {
        let day = day();
        let tells: Vec<_> =
            day.tells.iter().map(|it| (it.standard.title.0.as_str(), it.at.0.as_str(), it.tell.len())).collect();
        assert_eq!(tells, [("Quick", "100%", 2), ("Slow", "70%", 1)]);
    }
}
