//! What belongs to another service than before: a standard or a promise that is gone here and has come there.
//!
//! Steps do not move: "Hand it back" is a step of any service.

use super::change::What;
use super::facts::Binding;
use super::words::Words;
use super::{Comparing, Thing};
use crate::fields::table::Row;
use crate::fields::value;
use crate::model::kind::Kind;

impl Comparing<'_> {
    /// Tells what moved, and what changed on the way.
    pub(super) fn moves(&mut self) {
        let is_move = |(kind, from, to): &(Kind, &str, &str)| {
            let service = |id: &str| id.rsplit_once('/').map_or(String::new(), |(service, _)| service.to_owned());
            matches!(kind, Kind::Standard | Kind::Promise)
                && self.renames.now(Kind::Service, &service(from)) != service(to)
        };
        let own = |(kind, from, to): (Kind, &str, &str)| (kind, from.to_owned(), to.to_owned());
        let all: Vec<(Kind, String, String)> = self.renames.iter().filter(is_move).map(own).collect();
        let (old, new) = (self.before.handbook, self.after.handbook);
        for (kind, from, to) in all {
            match kind {
                Kind::Standard => {
                    self.moved((kind, &from, &to), old.standard(&from).zip(new.standard(&to)), |it| it.title.source());
                }
                _ => self.moved((kind, &from, &to), old.promise(&from).zip(new.promise(&to)), |it| it.title.source()),
            }
        }
    }

    fn moved<T: Binding + value::Value>(
        &mut self,
        (kind, from, to): (Kind, &str, &str),
        rows: Option<(&Row<T>, &Row<T>)>,
        title: fn(&T) -> &str,
    ) {
        let Some((old, new)) = rows else { return };
        let title = Some(title(&new.value)).filter(|it| !it.is_empty()).unwrap_or(&new.id).to_owned();
        let thing = Thing { kind, id: to.to_owned(), title, at: self.after.at(new.span, false) };
        self.tell(What::Moved, &thing, ("", from, to));
        let service = self.after.handbook.service_of(to).map(|(service, _)| &service.fields);
        let calendar = service.and_then(|service| self.after.calendars.calendar_of(service));
        let through = calendar.map(|(_, calendar)| calendar.as_ref());
        let told = self.facts(&thing, old.value.facts(), &new.value.facts(), through);
        self.words(&thing, &told, (&Words::of(&old.value), &Words::of(&new.value)));
    }
}
