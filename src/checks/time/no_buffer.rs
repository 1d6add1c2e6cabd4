//! `time/no-buffer`: an internal limit too near to what the customer is told.

use crate::calendar::budget::Scale;
use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::diagnostic::{Diagnostic, Severity};
use crate::fields::scalar::Given;
use crate::fields::table::Row;
use crate::model::document::Document;
use crate::model::service::Service;
use crate::model::standard::Standard;
use crate::source::Spanned;
use crate::units::duration::{Duration, Unit};
use crate::units::share::Share;

/// The check.
pub const CHECK: Check = Check {
    name: "time/no-buffer",
    severity: Severity::Warning,
    finds: "The internal limit, or the steps where there is none, leave less of the limit than the buffer of the handbook.",
    why: "Somebody falls ill, a part is late, a case is harder than it looked: without a buffer each of these breaks a promise. \
          Staff steer by the internal limit, and the difference is what the customer never notices. A fifth of the limit is usual; \
          `buffer` in handbook.yaml says how much it is here.",
    wrong: &[(
        "services/repair.md",
        "standards:\n  turnaround:\n    kind: timeliness\n    limit: 10 business days\n    internal: 10 business days\n",
    )],
    right: &[(
        "services/repair.md",
        "standards:\n  turnaround:\n    kind: timeliness\n    limit: 10 business days\n    internal: 8 business days\n",
    )],
    finder: Finder::Run(run),
};

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    let handbook = inspection.handbook();
    let Some(least) = handbook.config.least_buffer().filter(|_| !handbook.unknown.settings) else { return };
    for (service, row) in inspection.standards() {
        let day = handbook.calendar_of(&service.fields).and_then(|(_, calendar)| calendar.typical_day());
        let asked = Asked { id: &row.id, least, day };
        found.extend(asked.told(&row.value.internal, &row.value.limit));
        found.extend(row.value.variants.iter().filter_map(|variant| asked.told(&variant.internal, &variant.limit)));
        if row.value.internal.is_none() && !row.value.faulty.contains(&"internal") {
            found.extend(asked.told_of_steps(inspection, service, row));
        }
    }
}

/// What buffer is asked for, and of which standard.
struct Asked<'a> {
    id: &'a str,
    least: Share,
    /// The seconds of a typical business day.
    day: Option<u32>,
}

impl Asked<'_> {
    fn told(&self, internal: &Given<Duration>, limit: &Given<Duration>) -> Option<Diagnostic> {
        let (internal, limit) = (internal.as_ref()?, limit.as_ref()?);
        let (used, allowed) = on_one_clock(internal.value, limit.value, self.day)?;
        let share = self.too_small(used, allowed)?;
        let message = format!(
            "the internal limit of `{}` is {}, the limit {}: that is a buffer of {share}%, less than {}",
            self.id, internal.value, limit.value, self.least
        );
        let told = CHECK.told(internal.span, message).label(limit.span, "the limit");
        Some(told.action(match self.longest(limit) {
            Some(longest) => format!("write at most {longest} here, or a longer limit"),
            None => "write a shorter internal limit, or a longer limit".to_owned(),
        }))
    }

    /// Tells steps that use up nearly all of a limit that has no internal one.
    fn told_of_steps(
        &self,
        inspection: &Inspection<'_>,
        service: &Document<Service>,
        row: &Row<Standard>,
    ) -> Option<Diagnostic> {
        let limit = row.value.limit.as_ref()?;
        let whole = inspection.handbook().budget(service, row)?;
        let budget = whole.budget.as_ref().ok().filter(|budget| !budget.by_worst_case)?;
        let allowed = budget.limits.first().copied().flatten()?;
        let share = self.too_small(budget.total, allowed)?;
        let unit = whole.unit(budget);
        let message = format!(
            "the steps of `{}` take {} of the limit of {}: that is a buffer of {share}%, less than {}",
            self.id,
            budget.total_in(unit)?.of_unit(unit),
            limit.value,
            self.least
        );
        let told = CHECK.told(limit.span, message);
        Some(told.action(match self.longest(limit) {
            Some(longest) => format!("add `internal: {longest}` and shorten the steps to it, or write a longer limit"),
            None => "shorten the steps, or write a longer limit".to_owned(),
        }))
    }

    /// Gives the buffer in per cent where it is too small; what is used beyond what is allowed is not asked here.
    fn too_small(&self, used: u64, allowed: u64) -> Option<u64> {
        let (left, allowed) = (u128::from(allowed.checked_sub(used)?), u128::from(allowed.max(1)));
        let is_small = left * 10_000 < allowed * u128::from(self.least.as_hundredths());
        is_small.then(|| u64::try_from(left * 100 / allowed).unwrap_or(0))
    }

    /// Gives the longest internal limit that leaves the buffer, in the unit of the limit or the next smaller one.
    fn longest(&self, limit: &Spanned<Duration>) -> Option<Duration> {
        let kept = 10_000 - u64::from(self.least.as_hundredths());
        let Duration { count, unit } = limit.value;
        let whole = |count: u64, unit: Unit| Duration::new(u32::try_from(count).ok()?, unit);
        let smaller = match unit {
            Unit::BusinessDay => self.day.map(|day| (u64::from(day), 3600, Unit::BusinessHour)),
            Unit::Hour => Some((60, 1, Unit::Minute)),
            Unit::Minute => Some((60, 1, Unit::Second)),
            Unit::Week => Some((7, 1, Unit::CalendarDay)),
            Unit::Year => Some((12, 1, Unit::Month)),
            _ => None,
        };
        whole(u64::from(count) * kept / 10_000, unit).or_else(|| {
            let (size, part, unit) = smaller?;
            whole(u64::from(count) * size * kept / (10_000 * part), unit)
        })
    }
}

/// Puts two durations on one scale; business hours and days by the length of a typical day.
fn on_one_clock(first: Duration, second: Duration, day: Option<u32>) -> Option<(u64, u64)> {
    if first.clock() == second.clock() {
        return Some((first.on_clock(), second.on_clock()));
    }
    let scale = Scale::WorkingSeconds { day };
    Some((scale.amount(first)?, scale.amount(second)?))
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::{told, told_in_service};

    fn of(limits: &str) -> Vec<String> {
        told_in_service("time/no-buffer", &format!("standards: {{a: {{kind: timeliness, {limits}}}}}\n"))
    }

    #[test]
    fn a_fifth_of_the_limit_is_left_where_the_handbook_says_nothing_else() {
        let says = "services/repair.md:7 the internal limit of `a` is 9 business days, the limit 10 business days: \
             that is a buffer of 10%, less than 20% → write at most 8 business days here, or a longer limit";
        assert_eq!(of("limit: 10bd, internal: 9bd"), [says]);
        assert_eq!(of("limit: 10bd, internal: 8bd"), [""; 0]);
        assert_eq!(of("limit: 10bd"), [""; 0]);
    }

    #[test]
    fn hours_and_days_of_business_compare_by_the_length_of_a_day() {
        assert_eq!(of("limit: 1bd, internal: 6bh"), [""; 0]);
        let lines = of("limit: 1bd, internal: 1bd");
        assert!(lines[0].ends_with("write at most 6 business hours here, or a longer limit"), "{lines:?}");
        assert_eq!(of("limit: 30d, internal: 20bd"), [""; 0]);
    }

    #[test]
    fn an_internal_limit_beyond_the_limit_is_told_by_another_check() {
        assert_eq!(of("limit: 10bd, internal: 12bd"), [""; 0]);
    }

    #[test]
    fn variants_need_a_buffer_too() {
        assert_eq!(of("limit: 10bd, internal: 8bd, variants: [{when: W, limit: 5bd, internal: 5bd}]").len(), 1);
    }

    #[test]
    fn without_an_internal_limit_the_steps_are_held_against_the_limit() {
        let steps = |takes: &str| {
            told_in_service(
                "time/no-buffer",
                &format!(
                    "standards: {{a: {{kind: timeliness, limit: 10bd}}}}\nsteps: {{s: {{standard: a, takes: {takes}}}}}\n"
                ),
            )
        };
        assert_eq!(steps("8bd"), [""; 0]);
        assert_eq!(steps("11bd"), [""; 0]);
        let lines = steps("9bd");
        assert!(
            lines[0].contains("the steps of `a` take 9 business days of the limit of 10 business days"),
            "{lines:?}"
        );
    }

    #[test]
    fn the_handbook_says_how_much_it_is() {
        let settings = |buffer: &str| format!("title: H\nlanguages: [en, de]\ncalendar: shop\nbuffer: {buffer}\n");
        let service = "standards: {a: {kind: timeliness, limit: 10bd, internal: 8bd}}\n";
        let count = |buffer: &str| {
            told("time/no-buffer", &[("handbook.yaml", &settings(buffer)), ("services/repair.md", service)]).len()
        };
        assert_eq!((count("30%"), count("10%")), (1, 0));
    }
}
