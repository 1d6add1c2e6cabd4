//! Whether what an answer depends on could be read without a fault. A deadline from half a calendar would be wrong, and
//! would not look it.

use super::{Refusal, Sources};
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::model::handbook::ALWAYS;
use crate::model::kind::Kind;
use crate::source::{FileId, Span};

/// Refuses a calendar at fault: in its own lines of the register, or in a file of holidays that it names.
pub fn calendar(id: &str, sources: &Sources<'_>) -> Result<(), Refusal> {
    let faults = faults_of(id, sources);
    if faults.is_empty() { Ok(()) } else { Err(Refusal::Faulty { what: format!("the calendar `{id}`"), faults }) }
}

/// Refuses a calendar that is not among those read from a register of which a part could not be read.
pub fn lost_calendar(id: &str, sources: &Sources<'_>) -> Result<(), Refusal> {
    if !sources.handbook.may_have(Kind::Calendar, id) {
        return Ok(());
    }
    let file = sources.tree.find(&format!("registers/{}.yaml", Kind::Calendar.folder()));
    let own = |fault: &&Diagnostic| match &fault.place {
        Place::At(span) => Some(span.file) == file,
        Place::Outside { path, .. } => file.is_some_and(|file| path.ends_with(sources.tree.file(file).path.as_ref())),
    };
    let errors = sources.diagnostics.iter().filter(|fault| fault.severity == Severity::Error);
    let faults = errors.filter(own).cloned().collect();
    Err(Refusal::Faulty { what: format!("the register in which `{id}` would stand"), faults })
}

fn faults_of(id: &str, sources: &Sources<'_>) -> Vec<Diagnostic> {
    let Some(row) = sources.handbook.calendars.get(id).filter(|_| id != ALWAYS) else { return Vec::new() };
    let holidays = row.value.holidays.0.iter();
    let files: Vec<FileId> =
        holidays.filter_map(|name| sources.tree.find(&format!("registers/holidays/{}", name.value))).collect();
    let end = end_of(row.span, sources);
    let concerns = |fault: &&Diagnostic| match &fault.place {
        Place::At(span) => {
            let own = span.file == row.span.file && (row.span.start..end).contains(&span.start);
            own || files.contains(&span.file)
        }
        Place::Outside { path, .. } => files.iter().any(|file| path.ends_with(sources.tree.file(*file).path.as_ref())),
    };
    let errors = sources.diagnostics.iter().filter(|fault| fault.severity == Severity::Error);
    let mut faults: Vec<Diagnostic> = errors.filter(concerns).cloned().collect();
    for name in row.value.holidays.0.iter().filter(|name| !sources.handbook.holidays.contains_key(&name.value)) {
        if !faults.iter().any(|fault| fault.place == Place::At(name.span)) {
            let message = format!("the holidays `{}` could not be read", name.value);
            faults.push(Diagnostic::error("reference/dangling", name.span, message));
        }
    }
    faults
}

/// Finds where the entry of a register ends that begins with an id: where the next begins.
fn end_of(id: Span, sources: &Sources<'_>) -> u32 {
    let begins = sources.handbook.calendars.values().map(|row| row.span);
    begins.filter(|span| span.file == id.file && span.start > id.start).map(|span| span.start).min().unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::examples::with_files;
    use super::*;

    const GOOD: &str = "good: {time_zone: UTC, hours: {mon: \"09:00-10:00\"}}\n";

    fn told(id: &str, calendars: &str, holidays: &str) -> Vec<String> {
        let example = with_files(&[("registers/calendars.yaml", calendars), ("registers/holidays/own.csv", holidays)]);
        match calendar(id, &example.sources()) {
            Err(Refusal::Faulty { faults, .. }) => faults.iter().map(|fault| fault.name.to_owned()).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn a_fault_of_a_calendar_is_its_own_alone() {
        let bad = "bad: {time_zone: UTC, hours: {mon: \"09:00-10:00\"}, cut_off: \"25:00\"}\n";
        assert_eq!(told("bad", &format!("{bad}{GOOD}"), ""), ["value/time"]);
        assert_eq!(told("good", &format!("{bad}{GOOD}"), ""), [""; 0]);
        assert_eq!(told("good", &format!("{GOOD}{bad}"), ""), [""; 0]);
        assert_eq!(told("always", &format!("{GOOD}{bad}"), ""), [""; 0]);
    }

    #[test]
    fn a_file_of_holidays_that_is_not_there_or_at_fault_is_a_fault_of_its_calendar() {
        let own = "own: {time_zone: UTC, hours: {mon: \"09:00-10:00\"}, holidays: own.csv}\n";
        assert_eq!(told("own", own, ""), ["reference/dangling"]);
        assert_eq!(told("own", own, "date,name,day\n2026-13-01,A,closed\n"), ["value/date"]);
        assert_eq!(told("own", own, "date,name,day\n2026-12-01,A,closed\n"), [""; 0]);
        assert_eq!(told("good", &format!("{own}{GOOD}"), "date,name,day\n2026-13-01,A,closed\n"), [""; 0]);
    }
}
