//! What a question names: a limit, a standard, a promise, the calendar to count by.

use std::sync::Arc;

use super::{Refusal, Sources, trust};
use crate::calendar::Calendar;
use crate::fields::table::Row;
use crate::model::document::Document;
use crate::model::handbook::Handbook;
use crate::model::kind::Kind;
use crate::model::service::Service;
use crate::model::standard::Standard;
use crate::units::duration::Duration;
use crate::units::nearest::{listed, nearest};
use crate::units::{Malformed, quoted};

/// A standard with its service.
#[derive(Clone, Copy)]
pub struct Found<'a> {
    /// The service.
    pub service: &'a Document<Service>,
    /// The standard.
    pub standard: &'a Row<Standard>,
}

impl Found<'_> {
    /// Gives the standard's whole id.
    pub fn id(&self) -> String {
        format!("{}/{}", self.service.id, self.standard.id)
    }
}

/// What `due` is asked about.
#[derive(Clone, Copy)]
pub enum Asked<'a> {
    /// A limit.
    Limit(Duration),
    /// A standard.
    Standard(Found<'a>),
}

/// A calendar to count by.
#[derive(Clone, Debug)]
pub struct Counting {
    /// Its id.
    pub id: String,
    /// The calendar.
    pub calendar: Arc<Calendar>,
}

/// Reads a limit such as `3bd`, or finds a standard by its whole id.
pub fn limit_or_standard<'a>(written: &str, handbook: &'a Handbook) -> Result<Asked<'a>, Refusal> {
    match Duration::parse(written) {
        Ok(limit) => Ok(Asked::Limit(limit)),
        Err(fault) => match standard(written, handbook) {
            Some(found) => Ok(Asked::Standard(found)),
            None if looks_like_a_limit(written) => Err(fault.into()),
            None => Err(unknown(written, "neither a limit nor a standard", &[Kind::Standard], handbook)),
        },
    }
}

/// Finds a standard by its whole id or one that it had before, with or without `standards/` before it.
pub fn standard<'a>(written: &str, handbook: &'a Handbook) -> Option<Found<'a>> {
    let find = |whole: &str| {
        let standard = handbook.standard(whole)?;
        let (service, _) = handbook.service_of(whole)?;
        Some(Found { service, standard })
    };
    let bare = written.strip_prefix("standards/").unwrap_or(written);
    find(bare).or_else(|| find(&handbook.formerly(Kind::Standard, bare)?))
}

/// Finds the calendar to count by: the one that is named, the service's, or the handbook's.
pub fn counting(
    named: Option<&str>,
    service: Option<&Document<Service>>,
    sources: &Sources<'_>,
) -> Result<Counting, Refusal> {
    let handbook = sources.handbook;
    let own = service.and_then(|service| service.fields.calendar.as_ref()).map(|calendar| calendar.id.as_str());
    let default = handbook.config.calendar.as_ref().map(|given| given.value.as_str());
    let Some(id) = named.or(own).or(default) else {
        let known = handbook.ids(Kind::Calendar);
        let known = listed(known.iter().map(String::as_str));
        return Err(Refusal::question("no calendar says how to count", format!("name one with --calendar: {known}")));
    };
    trust::calendar(id, sources)?;
    match handbook.working.get(id) {
        Some(calendar) => Ok(Counting { id: id.to_owned(), calendar: calendar.clone() }),
        None => {
            trust::lost_calendar(id, sources)?;
            Err(unknown(id, "not a calendar of this handbook", &[Kind::Calendar], handbook))
        }
    }
}

/// Refuses an id that names nothing, with the nearest that names something.
pub fn unknown(written: &str, what: &str, kinds: &[Kind], handbook: &Handbook) -> Refusal {
    let ids: Vec<String> = kinds.iter().flat_map(|kind| handbook.ids(*kind)).collect();
    let known = || ids.iter().map(String::as_str);
    let inner: Vec<&str> = known().filter(|id| id.rsplit('/').next() == Some(written)).collect();
    let near = || {
        let inner_near = || nearest(written, known().filter_map(|id| id.rsplit('/').next()));
        nearest(written, known()).or_else(|| known().find(|id| id.rsplit('/').next() == inner_near()))
    };
    let action = match (inner.as_slice(), near()) {
        ([], None) if ids.is_empty() => "the handbook has none that could be read".to_owned(),
        ([], None) if ids.len() <= FEW || !kinds.iter().any(|kind| kind.is_within_service()) => {
            format!("there are {}", listed(known()))
        }
        ([], None) => "write its whole id, service and all, such as `repair/turnaround`".to_owned(),
        ([], Some(near)) => format!("did you mean `{near}`?"),
        (inner, _) => format!("did you mean {}?", listed(inner.iter().copied())),
    };
    Malformed::new(format!("{} is {what}", quoted(written)), action).into()
}

/// So many names are listed where none is near.
const FEW: usize = 12;

/// Tells whether somebody meant a limit: it begins with a number, or is a unit alone.
fn looks_like_a_limit(written: &str) -> bool {
    written.trim_start().starts_with(|first: char| first.is_numeric() || first == '-')
        || !written.contains('/') && written.contains(' ')
}

#[cfg(test)]
mod tests {
    use super::super::examples::{Example, with_files, with_service};
    use super::*;

    fn repair() -> Example {
        with_service("calendar: shop\nstandards: {turnaround: {title: T, limit: 10bd}, news: {title: N, limit: 1bd}}\n")
    }

    fn refused(written: &str) -> String {
        let example = repair();
        limit_or_standard(written, example.sources().handbook).err().map_or_else(String::new, |why| why.to_string())
    }

    #[test]
    fn a_limit_and_a_standard_are_told_apart() {
        let example = repair();
        let asked = |written: &str| limit_or_standard(written, example.sources().handbook);
        assert!(matches!(asked("10 business days"), Ok(Asked::Limit(_))));
        for written in ["repair/turnaround", "standards/repair/turnaround"] {
            assert!(matches!(asked(written), Ok(Asked::Standard(found)) if found.id() == "repair/turnaround"));
        }
    }

    #[test]
    fn what_is_neither_is_refused_with_the_nearest() {
        assert_eq!(
            refused("repair/turnarund"),
            "`repair/turnarund` is neither a limit nor a standard; did you mean `repair/turnaround`?"
        );
        assert_eq!(
            refused("turnaround"),
            "`turnaround` is neither a limit nor a standard; did you mean `repair/turnaround`?"
        );
        assert_eq!(
            refused("turnarond"),
            "`turnarond` is neither a limit nor a standard; did you mean `repair/turnaround`?"
        );
        assert!(refused("zzz").ends_with("there are `repair/turnaround` or `repair/news`"), "{}", refused("zzz"));
        assert!(refused("3 days").contains("business days"), "{}", refused("3 days"));
        assert!(refused("3bdd").contains("`3bdd`"));
    }

    #[test]
    fn the_named_calendar_goes_before_that_of_the_service_and_of_the_handbook() {
        let example = repair();
        let sources = example.sources();
        let service = sources.handbook.services.get("repair").map(std::sync::Arc::as_ref);
        let id = |named, service| counting(named, service, &sources).unwrap().id;
        assert_eq!([id(Some("desk"), service), id(None, service), id(None, None)], ["desk", "shop", "workshop"]);
        assert_eq!(id(Some("always"), None), "always");
    }

    #[test]
    fn an_unknown_calendar_is_refused_with_the_nearest() {
        let example = repair();
        let refused = |named| counting(named, None, &example.sources()).unwrap_err().to_string();
        assert_eq!(refused(Some("workshp")), "`workshp` is not a calendar of this handbook; did you mean `workshop`?");
        assert!(refused(Some("moon")).ends_with("there are `desk`, `shop`, `workshop` or `always`"));
    }

    #[test]
    fn without_settings_a_calendar_must_be_named() {
        let example = with_files(&[]);
        let why = counting(None, None, &example.sources()).unwrap_err().to_string();
        assert!(why.starts_with("no calendar says how to count; name one with --calendar: `desk`"), "{why}");
        assert_eq!(counting(Some("desk"), None, &example.sources()).unwrap().id, "desk");
    }
}
