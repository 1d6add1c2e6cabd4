//! The command line as it is written.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use pledgebook::units::date::parse_date;

/// Service standards and promises: written once, checked like code, read as a handbook.
#[derive(Debug, Parser)]
#[command(version, about, propagate_version = true, disable_help_subcommand = true)]
pub struct Arguments {
    /// The folder that holds `content`, `themes` and `public`
    #[arg(long, global = true, default_value = ".", value_name = "DIR")]
    pub root: PathBuf,
    /// The date that counts as today, such as 2026-11-21
    #[arg(long, global = true, value_name = "DATE", value_parser = read_date)]
    pub today: Option<Date>,
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: When,
    /// Print results only, no progress
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// In a terminal, unless NO_COLOR is set
    Auto,
    /// In any case
    Always,
    /// In no case
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Tell what is wrong with the handbook
    Check(Check),
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub struct Check {
    /// How the findings are printed
    #[arg(long, value_name = "FORMAT", default_value = "full")]
    pub format: Format,
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// With the lines they point at
    Full,
    /// One a line
    Concise,
    /// For machines
    Json,
}

fn read_date(text: &str) -> Result<Date, String> {
    parse_date(text).map_err(|fault| fault.to_string())
}
