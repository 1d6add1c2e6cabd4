//! `check`: tells what is wrong with the handbook.

use std::fs;
use std::path::Path;

use pledgebook::checks::catalogue::is_changeable;
use pledgebook::checks::vanished;
use pledgebook::diagnostic::{self, Count, Severity, full};
use pledgebook::model::handbook::Handbook;
use pledgebook::parse::{self, SETTINGS};
use pledgebook::pipeline::{self, Errors, Looked, Options};
use pledgebook::render::site::Nowhere;
use pledgebook::source::SourceTree;
use pledgebook::triage::baseline::Baseline;
use pledgebook::triage::whereabouts::Map;

use super::arguments::{Arguments, Check, FailOn, Wanted};
use super::fix::{self, Seen};
use super::formats::Formats;
use super::git::{Missing, bumps, files_at};
use super::terminal::Terminal;
use super::wanted::tell_untold;
use super::{CLEAN, FINDINGS, Outcome, reports};

/// Runs the command.
pub(crate) fn run(check: &Check, arguments: &Arguments, terminal: &Terminal) -> Outcome {
    reports::refuse(&check.reports, &arguments.root)?;
    let choice = match check.write_baseline {
        true => Wanted { baseline: None, ..check.wanted.clone() }.choice()?,
        false => check.wanted.choice()?,
    };
    let looked = pipeline::look(&arguments.root)?;
    let (history, today) = (bumps(&arguments.root, &looked.prefix), arguments.today());
    let earlier = check.since.as_deref().map(|since| earlier(since, arguments)).transpose()?;
    let see = |mut looked: Looked| {
        if let (Some(before), Some(since)) = (&earlier, &check.since) {
            let found = vanished::find(before, looked.handbook.handbook(), since, &looked.prefix);
            looked.diagnostics.extend(found);
            diagnostic::sort(&mut looked.diagnostics, &looked.tree, &looked.prefix);
        }
        let untold = pipeline::inspect(&mut looked, today, &choice, &history);
        Seen { looked, untold }
    };
    let seen = see(looked);
    if check.diff {
        let (seen, changes) = fix::mend(seen, see, &arguments.root)?;
        fix::show(&changes, &seen.looked.prefix, terminal)?;
        let is_clean = changes.is_empty() && !fails(seen.looked.count(), check.fail_on);
        return Ok(if is_clean { CLEAN } else { FINDINGS });
    }
    let Seen { mut looked, untold } = match check.fix {
        true => fix::write(seen, see, arguments, terminal)?,
        false => seen,
    };
    if looked.theme.has_own_files() {
        // Some faults of templates show only when they are rendered.
        let options = Options { today: arguments.today(), base_url: None, errors: Errors::Shown };
        pipeline::make_into(&mut looked, &options, &Nowhere);
    }
    if let Some(path) = check.wanted.baseline.as_ref().filter(|_| check.write_baseline) {
        return write_baseline(path, &looked, terminal);
    }
    let formats = Formats::of(&looked, check, arguments.today());
    terminal.answer(&formats.print(check.format, terminal.colour()))?;
    reports::write(&check.reports, &formats)?;
    tell_untold(untold, terminal);
    Ok(if fails(looked.count(), check.fail_on) { FINDINGS } else { CLEAN })
}

/// Reads the handbook of an earlier revision.
fn earlier(since: &str, arguments: &Arguments) -> Result<Handbook, String> {
    let files = files_at(&arguments.root, since).map_err(|fault| match fault {
        Missing::Git => "git is not there, and without it no earlier revision is known".to_owned(),
        Missing::Revision(said) => format!("git knows no revision `{since}` here: {said}"),
    })?;
    let (tree, prefix) = SourceTree::of_revision(files, SETTINGS);
    Ok(parse::parse(&tree, &prefix).handbook)
}

/// Writes a baseline of all findings of checks; what the content model forbids cannot be in one.
fn write_baseline(path: &Path, looked: &Looked, terminal: &Terminal) -> Outcome {
    let config = &looked.handbook.handbook().config;
    let mut map = Map::of(&looked.tree, &config.language_tags());
    let (known, left): (Vec<_>, Vec<_>) = looked.diagnostics.iter().partition(|told| is_changeable(told));
    let baseline = Baseline::of(known.into_iter().map(|told| map.key(told)));
    fs::write(path, baseline.write()).map_err(|error| format!("cannot write `{}`: {error}", path.display()))?;
    terminal.progress(&format!("`{}` holds {} findings", path.display(), baseline.count()));
    if left.is_empty() {
        return Ok(CLEAN);
    }
    let left: Vec<_> = left.into_iter().cloned().collect();
    terminal.answer(&full::print(&left, &looked.tree, &looked.prefix, terminal.colour()))?;
    terminal.progress("what the content model forbids cannot be in a baseline");
    Ok(FINDINGS)
}

/// Tells whether there is a finding from a severity on.
fn fails(count: Count, from: FailOn) -> bool {
    let Count { errors, warnings, infos } = count;
    match mildest(from) {
        None => false,
        Some(Severity::Error) => errors > 0,
        Some(Severity::Warning) => errors + warnings > 0,
        Some(Severity::Info) => errors + warnings + infos > 0,
    }
}

/// Gives the mildest severity that makes a run fail; nothing where none does.
pub(crate) fn mildest(from: FailOn) -> Option<Severity> {
    match from {
        FailOn::Never => None,
        FailOn::Error => Some(Severity::Error),
        FailOn::Warning => Some(Severity::Warning),
        FailOn::Info => Some(Severity::Info),
    }
}
