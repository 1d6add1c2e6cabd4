//! The arguments of what asks git for more than one handbook: `diff`, `history`, `show`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::{AnswerFormat, read_date};

/// Arguments of `diff`.
#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// The older handbook: a revision of git, such as main or v2026.10, or a folder; BASE..HEAD compares two revisions
    #[arg(value_name = "BASE")]
    pub(crate) base: String,
    /// The newer handbook, a revision or a folder; the handbook of the root as it is now where it is left out
    #[arg(value_name = "HEAD")]
    pub(crate) head: Option<String>,
    /// How the changes are printed; markdown fits a comment on a merge request
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: DiffFormat,
    /// Which changes make the run fail with exit code 1
    #[arg(long, value_name = "CHANGES", default_value = "never")]
    pub(crate) fail_on: FailOnChange,
    /// Changes that were approved and fail no run: a file with a fingerprint at the start of each line
    #[arg(long, value_name = "FILE")]
    pub(crate) approved: Option<PathBuf>,
}

/// Arguments of `history`.
#[derive(Debug, Args)]
pub(crate) struct History {
    /// A service, standard, step, promise or other thing by its id; everything where it is left out
    #[arg(value_name = "THING")]
    pub(crate) thing: Option<String>,
    /// How the decisions are printed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: AnswerFormat,
}

/// Arguments of `show`.
#[derive(Debug, Args)]
pub(crate) struct Show {
    /// A service, standard, step, promise, playbook, checklist, role or calendar by its id
    #[arg(value_name = "THING")]
    pub(crate) thing: String,
    /// The day whose handbook is asked, from git
    #[arg(long, value_name = "DATE", value_parser = read_date)]
    pub(crate) as_of: Option<Date>,
    /// How it is printed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: AnswerFormat,
}

/// How changes are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// For a person
    Text,
    /// For a comment on a merge request
    Markdown,
    /// For a program
    Json,
    /// As notes on the lines of a pull request
    Github,
}

/// Which changes make a run fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOnChange {
    /// Whatever is worse for customers, what is withdrawn included
    Loosened,
    /// A service, standard or promise that is withdrawn
    Withdrawn,
    /// Any decision; words, translations and reviews are none
    Any,
    /// No change
    Never,
}
