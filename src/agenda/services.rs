//! What is due of services: reviews, what changed since, promises that end, results that are missing.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Item, Matter};
use crate::checks::result::series::Results;
use crate::checks::review::{changed, overdue};
use crate::fields::table::Row;
use crate::model::document::Document;
use crate::model::handbook::Handbook;
use crate::model::kind::Kind;
use crate::model::results::ResultPeriod;
use crate::model::service::Service;
use crate::model::standard::Standard;

/// A result is due so many days after its period.
const DAYS_TO_REPORT: i32 = 30;

/// Gives all that is or will be due of services.
pub fn items(handbook: &Handbook) -> Vec<Item> {
    let results = Results::of(handbook);
    let of = |service: &Document<Service>| {
        let mut items: Vec<Item> = review(handbook, service).into_iter().collect();
        items.extend(change(handbook, service));
        items.extend(ends(service));
        if !handbook.results.is_empty() {
            items.extend(service.fields.standards.iter().filter_map(|row| result(service, row, &results)));
        }
        items
    };
    handbook.services.values().flat_map(|service| of(service)).collect()
}

/// Gives the role that answers for a service.
pub fn owner(service: &Service) -> Option<String> {
    service.owner.as_ref().map(|owner| owner.id.clone())
}

fn review(handbook: &Handbook, service: &Document<Service>) -> Option<Item> {
    let due = overdue::due(handbook, service)?;
    let matter = Matter::Review { last: due.last, every: due.every };
    Some(Item { matter, thing: thing(service), owner: owner(&service.fields), due: Some(due.on), place: due.place })
}

fn change(handbook: &Handbook, service: &Document<Service>) -> Option<Item> {
    let (given, change) = changed::change(handbook, service)?;
    let last = service.fields.review.as_ref().and_then(|review| review.last.as_ref()).map(|last| last.value);
    let matter = Matter::Changed { last, change };
    Some(Item { matter, thing: thing(service), owner: owner(&service.fields), due: None, place: given.span })
}

fn ends(service: &Document<Service>) -> impl Iterator<Item = Item> {
    service.fields.promises.iter().filter_map(|row| {
        let until = row.value.valid.as_ref()?.until.as_ref()?;
        let thing = (Kind::Promise, format!("{}/{}", service.id, row.id));
        let owner = owner(&service.fields);
        Some(Item { matter: Matter::Ends, thing, owner, due: Some(until.value), place: until.span })
    })
}

/// Gives the next result of a standard that is measured.
fn result(service: &Document<Service>, row: &Row<Standard>, results: &Results<'_>) -> Option<Item> {
    row.value.measure.as_ref()?.per.as_ref()?;
    let id = format!("{}/{}", service.id, row.id);
    let last = results.latest(&id).first().map(|line| line.period.value.clone());
    let due = match &last {
        Some(period) => Some(end_of_next(period)?.checked_add(DAYS_TO_REPORT.days()).ok()?),
        None => None,
    };
    let owner = row.value.owner.as_ref().map(|owner| owner.id.clone()).or_else(|| owner(&service.fields));
    Some(Item { matter: Matter::Result { last }, thing: (Kind::Standard, id), owner, due, place: row.span })
}

/// Gives the last day of the period that follows another of the same length.
fn end_of_next(period: &ResultPeriod) -> Option<Date> {
    let start = period.end.tomorrow().ok()?;
    let is_months = period.start.day() == 1 && start.day() == 1;
    let next = if is_months {
        let months =
            i32::from(start.year() - period.start.year()) * 12 + i32::from(start.month() - period.start.month());
        start.checked_add(months.months()).ok()?
    } else {
        start.checked_add(start - period.start).ok()?
    };
    next.yesterday().ok()
}

fn thing(service: &Document<Service>) -> (Kind, String) {
    (Kind::Service, service.id.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agenda::bench::due;
    use crate::checks::bench::service;

    fn of_service(matters: &[&str], rest: &str) -> Vec<String> {
        due(matters, &[("services/repair.md", &service(rest))])
    }

    #[test]
    fn a_service_that_changed_since_its_review_is_due_without_a_date() {
        let text = service("fee: 20 EUR\n").replace("every: 12 months", "of: 000000-000000-000000-000000");
        let wanted = ["overdue - desk changed repair services/repair.md:6"];
        assert_eq!(due(&["changed"], &[("services/repair.md", &text)]), wanted);
    }

    #[test]
    fn a_promise_that_ends_is_due_on_its_last_day() {
        let promises = |until: &str| format!("promises:\n  sure: {{statement: S, valid: {{until: {until}}}}}\n");
        let found = |until: &str| of_service(&["ends"], &promises(until));
        assert_eq!(found("2026-12-21"), ["open 2026-12-21 desk ends repair/sure services/repair.md:8"]);
        assert_eq!(found("2026-11-20"), ["overdue 2026-11-20 desk ends repair/sure services/repair.md:8"]);
        assert_eq!(found("2026-12-22"), [""; 0]);
    }

    /// Says which results are missing of a standard `quick` with a last result and of one without any.
    fn results(period: &str) -> Vec<String> {
        let measure = "measure: {as: share-within-limit, per: month}";
        let text = service(&format!(
            "standards:\n  quick: {{title: Q, limit: 2bd, owner: lead, {measure}}}\n  never: {{title: N, limit: 2bd, {measure}}}\n"
        ));
        let lines = format!("period,standard,volume,met\n{period},repair/quick,10,9\n");
        due(&["result"], &[("services/repair.md", &text), ("results/all.csv", &lines)])
    }

    #[test]
    fn the_result_after_the_last_one_is_due_a_month_after_its_period() {
        let never = "open - desk result repair/never services/repair.md:9";
        assert_eq!(results("2026-09"), [never, "open 2026-11-30 lead result repair/quick services/repair.md:8"]);
        assert_eq!(results("2026-08"), [never, "overdue 2026-10-30 lead result repair/quick services/repair.md:8"]);
        assert_eq!(results("2026-10"), [never]);
    }

    #[test]
    fn a_handbook_without_results_misses_none() {
        let measured = "standards:\n  quick: {title: Q, limit: 2bd, measure: {as: share-within-limit, per: month}}\n";
        assert_eq!(of_service(&["result"], measured), [""; 0]);
    }

    #[test]
    fn a_period_is_followed_by_one_of_its_length() {
        let next = |text: &str| end_of_next(&ResultPeriod::parse(text).unwrap()).unwrap().to_string();
        let ends = ["2026-01", "2026-Q4", "2026", "2026-H1", "2025-26", "2026-W05", "2026-01-31"].map(next);
        let wanted = ["2026-02-28", "2027-03-31", "2027-12-31", "2026-12-31", "2027-03-31", "2026-02-08", "2026-02-01"];
        assert_eq!(ends, wanted);
    }
}
