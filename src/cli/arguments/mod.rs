//! The command line as it is written.

pub(crate) mod past;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use pledgebook::config::{BaseUrl, LanguageTag};
use pledgebook::fields::scalar::Scalar;
use pledgebook::scaffold::handbook::languages;
use pledgebook::units::date::parse_date;

use past::{Diff, History, Show};

/// Service standards and promises: written once, checked like code, read as a handbook.
#[derive(Debug, Parser)]
#[command(version, about, propagate_version = true, disable_help_subcommand = true)]
pub(crate) struct Arguments {
    /// The folder that holds `content`, `themes` and `public`
    #[arg(long, global = true, default_value = ".", value_name = "DIR")]
    pub(crate) root: PathBuf,
    /// The date that counts as today, such as 2026-11-21
    #[arg(long, global = true, value_name = "DATE", value_parser = read_date)]
    pub(crate) today: Option<Date>,
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: When,
    /// Print results only, no progress
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,
    /// What to do
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum When {
    /// In a terminal, unless NO_COLOR is set
    Auto,
    /// In any case
    Always,
    /// In no case
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write a small handbook to begin with
    Init(Init),
    /// Begin a service, playbook, checklist or page, or an entry of a register
    New(New),
    /// Give a thing another id, and every reference to it
    Rename(Rename),
    /// Tell what is wrong with the handbook
    Check(Check),
    /// Tell what a check or a finding means, with an example
    Explain(Explain),
    /// List the checks
    Checks(Checks),
    /// Write the site, unless there are errors
    Build(Build),
    /// Show the site in the browser while it is written
    Serve(Serve),
    /// Print JSON Schemas of the handbook's files, for editors
    Schema(Schema),
    /// Tell when a limit, or each limit of a standard, ends
    Due(Due),
    /// Tell what changed between two handbooks, in the field's words: tightened, loosened, withdrawn
    Diff(Diff),
    /// Tell the decisions of a handbook over time, from git
    History(History),
    /// Show a thing as it stands, or as it stood on a day
    Show(Show),
    /// Tell what a promise or a standard rests on: its standards, steps and their sum
    Trace(Trace),
    /// Tell what is due, by owner: reviews, results, promises that end, translations
    Todo(Todo),
    /// Stamp services as reviewed today, in their files
    Review(Review),
}

/// Arguments of `init`.
#[derive(Debug, Args)]
pub(crate) struct Init {
    /// The folder to write to, made where it is missing; the root where it is left out
    #[arg(value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
    /// The languages of the handbook, the one it is written in first: en,de
    #[arg(long, value_name = "TAGS", default_value = "en", value_parser = read_languages)]
    pub(crate) languages: Languages,
    /// Write a recipe that checks, builds and publishes the handbook; into a handbook that is there, the recipe alone
    #[arg(long, value_name = "FORGE")]
    pub(crate) ci: Option<Ci>,
}

/// Where the repository of a handbook lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Ci {
    /// GitHub Actions and Pages
    Github,
    /// GitLab pipelines and Pages
    Gitlab,
    /// Forgejo or Codeberg Actions
    Forgejo,
}

/// Languages in the order in which they were named; the parser of arguments would take a bare `Vec` for a repetition.
pub(crate) type Languages = std::sync::Arc<[LanguageTag]>;

/// Arguments of `new`.
#[derive(Debug, Args)]
pub(crate) struct New {
    /// service, playbook, checklist, page, role, channel, calendar, factor, term or evidence
    #[arg(value_name = "KIND", required_unless_present = "translate")]
    pub(crate) kind: Option<String>,
    /// Its id, which is also the name of its file: lower-case letters, digits and hyphens
    #[arg(value_name = "ID", required_unless_present = "translate")]
    pub(crate) id: Option<String>,
    /// Begin the translation of a file into a language: content/services/repair.md de
    #[arg(long, value_names = ["FILE", "LANG"], num_args = 2, conflicts_with_all = ["kind", "id", "of_kind", "of_use"])]
    pub(crate) translate: Option<Vec<String>>,
    /// What kind of page, of factor, or of first standard in a service
    #[arg(long = "kind", value_name = "WORD")]
    pub(crate) of_kind: Option<String>,
    /// What a checklist is for: shift, case, audit or training
    #[arg(long = "use", value_name = "WORD")]
    pub(crate) of_use: Option<String>,
}

/// Arguments of `rename`.
#[derive(Debug, Args)]
pub(crate) struct Rename {
    /// The thing, by its kind and its id, such as service/repair or standard/repair/turnaround
    #[arg(value_name = "KIND/OLD")]
    pub(crate) thing: String,
    /// Its new id; within a service without the service
    #[arg(value_name = "NEW")]
    pub(crate) new: String,
    /// Show what would change as a patch, and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// Arguments of `schema`.
#[derive(Debug, Args)]
pub(crate) struct Schema {
    /// handbook, service, playbook, checklist, page, role, channel, calendar, factor, term or evidence; all where it is left out
    #[arg(value_name = "KIND")]
    pub(crate) kind: Option<String>,
    /// Write them to .pledgebook/schemas, where the files that `new` begins look for them
    #[arg(long)]
    pub(crate) write: bool,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// How the findings are printed
    #[arg(long, value_name = "FORMAT", default_value = "full")]
    pub(crate) format: Format,
    /// Write the findings to a file besides, such as sarif=findings.sarif; can be given several times
    #[arg(long = "report", value_name = "FORMAT=FILE", value_parser = read_report)]
    pub(crate) reports: Vec<ReportFile>,
    /// From which severity on findings make the run fail with exit code 1
    #[arg(long, value_name = "SEVERITY", default_value = "error")]
    pub(crate) fail_on: FailOn,
    /// Write all findings to the file of `--baseline`, so that from now on only new ones are told
    #[arg(long, requires = "baseline")]
    pub(crate) write_baseline: bool,
    /// Mend what has one right answer, in the files themselves, and tell what is left
    #[arg(long, conflicts_with = "write_baseline")]
    pub(crate) fix: bool,
    /// Show what --fix would change, and write nothing
    #[arg(long, conflicts_with = "write_baseline")]
    pub(crate) diff: bool,
    /// Tell addresses that there were in a revision of git, such as main, and that lead nowhere now
    #[arg(long, value_name = "REV")]
    pub(crate) since: Option<String>,
    #[command(flatten)]
    pub(crate) wanted: Wanted,
}

/// Which findings are told.
#[derive(Clone, Debug, Args)]
pub(crate) struct Wanted {
    /// Tell only these checks, or groups of checks: time,promise/no-remedy
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub(crate) select: Vec<String>,
    /// Do not tell these checks, or groups of checks
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub(crate) ignore: Vec<String>,
    /// Tell only what is not in this file, which `check --write-baseline` writes
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
}

/// From which severity on findings make a run fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// Errors
    Error,
    /// Errors and warnings
    Warning,
    /// Any finding
    Info,
    /// No finding
    Never,
}

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// The name of a check or a finding, such as time/limit-chain
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
}

/// Arguments of `checks`.
#[derive(Debug, Args)]
pub(crate) struct Checks {
    /// How the list is printed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: AnswerFormat,
}

/// A file that the findings are written to, and how.
#[derive(Clone, Debug)]
pub(crate) struct ReportFile {
    /// The format.
    pub(crate) format: Format,
    /// The file, which is written anew.
    pub(crate) file: PathBuf,
}

/// Arguments of `build`.
#[derive(Debug, Args)]
pub(crate) struct Build {
    /// The folder that the site is written to; `public` below the root where it is left out
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// The address at which the site is published, such as https://example.org/handbook/
    #[arg(long, value_name = "URL", value_parser = read_base_url)]
    pub(crate) base_url: Option<String>,
    /// Write the site in spite of errors, with the faults marked on their pages
    #[arg(long)]
    pub(crate) allow_errors: bool,
    /// Build the handbook as it was on a day, from git; that day counts as today unless --today is given
    #[arg(long, value_name = "DATE", value_parser = read_date)]
    pub(crate) as_of: Option<Date>,
    /// Make everything anew, even where nothing has changed since the last build
    #[arg(long)]
    pub(crate) no_cache: bool,
    #[command(flatten)]
    pub(crate) wanted: Wanted,
}

/// Arguments of `serve`.
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// The port; where it is left out, 4000 or the next one that is free
    #[arg(long, value_name = "PORT")]
    pub(crate) port: Option<u16>,
    /// Open the site in the browser
    #[arg(long)]
    pub(crate) open: bool,
    #[command(flatten)]
    pub(crate) wanted: Wanted,
}

/// Arguments of `due`.
#[derive(Debug, Args)]
pub(crate) struct Due {
    /// A limit such as 3bd or 48h, or the id of a standard such as repair/turnaround
    #[arg(value_name = "LIMIT|STANDARD", required_unless_present = "batch")]
    pub(crate) what: Option<String>,
    /// When it came in, such as 2026-04-02T16:30 in the calendar's local time, or with an offset
    #[arg(long, value_name = "TIME", required_unless_present = "batch")]
    pub(crate) from: Option<String>,
    /// The calendar to count by, where it is not that of the service or of the handbook
    #[arg(long, value_name = "ID")]
    pub(crate) calendar: Option<String>,
    /// Tell each day with the reason why it counts or does not
    #[arg(long)]
    pub(crate) explain: bool,
    /// Fill the column `due` of a table with the columns calendar,start,limit; - is standard input
    #[arg(long, value_name = "FILE.csv", conflicts_with_all = ["what", "from", "explain"])]
    pub(crate) batch: Option<PathBuf>,
    /// How the answer is printed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: AnswerFormat,
    /// The language of the answer, such as de
    #[arg(long, value_name = "TAG")]
    pub(crate) lang: Option<String>,
}

/// Arguments of `trace`.
#[derive(Debug, Args)]
pub(crate) struct Trace {
    /// The id of a promise or of a standard, such as repair/ten-days-or-free
    #[arg(value_name = "PROMISE|STANDARD")]
    pub(crate) what: String,
    /// How the answer is printed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: AnswerFormat,
    /// The language of the answer, such as de
    #[arg(long, value_name = "TAG")]
    pub(crate) lang: Option<String>,
}

/// Arguments of `todo`.
#[derive(Debug, Args)]
pub(crate) struct Todo {
    /// Tell only what this role answers for
    #[arg(long, value_name = "ROLE")]
    pub(crate) owner: Option<String>,
    /// Tell what is due within so many days
    #[arg(long, value_name = "DAYS", default_value_t = pledgebook::agenda::AHEAD)]
    pub(crate) within: u16,
    /// How it is printed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: TodoFormat,
    /// The language of the answer, such as de
    #[arg(long, value_name = "TAG")]
    pub(crate) lang: Option<String>,
}

/// How what is due is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TodoFormat {
    /// For people
    Text,
    /// For machines
    Json,
    /// For a comment or a summary
    Markdown,
    /// For calendars: RFC 5545
    Ics,
}

/// Arguments of `review`.
#[derive(Debug, Args)]
pub(crate) struct Review {
    /// The ids of services, such as repair/in-warranty
    #[arg(value_name = "SERVICE", required = true)]
    pub(crate) things: Vec<String>,
    /// What came of it, in a few words
    #[arg(long, value_name = "TEXT", value_parser = read_note)]
    pub(crate) note: Option<String>,
    /// The role that reviewed it
    #[arg(long, value_name = "ROLE")]
    pub(crate) by: Option<String>,
}

/// How an answer is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum AnswerFormat {
    /// For people; a table as CSV
    Text,
    /// For machines
    Json,
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// With the lines they point at
    Full,
    /// One a line
    Concise,
    /// For machines
    Json,
    /// For code scanning and editors: SARIF 2.1.0
    Sarif,
    /// For GitHub: at the lines of a pull request
    Github,
    /// For GitLab: a code quality report
    Gitlab,
    /// For whatever shows results of tests: JUnit XML
    Junit,
    /// For a comment or a summary: tables by file
    Markdown,
}

impl Arguments {
    /// Gives the date that counts as today: the one that was given, or the clock's.
    pub(crate) fn today(&self) -> Date {
        self.today.unwrap_or_else(|| jiff::Zoned::now().date())
    }
}

fn read_report(text: &str) -> Result<ReportFile, String> {
    let Some((format, file)) = text.split_once('=') else {
        return Err("write a format and a file, such as `sarif=findings.sarif`".to_owned());
    };
    let format = <Format as ValueEnum>::from_str(format, false).map_err(|_| {
        let words: Vec<_> = Format::value_variants().iter().filter_map(ValueEnum::to_possible_value).collect();
        let words: Vec<_> = words.iter().map(|word| format!("`{}`", word.get_name())).collect();
        format!("there is no format `{format}`; write one of {}", words.join(", "))
    })?;
    match file {
        "" => Err("write the file behind the `=`, such as `sarif=findings.sarif`".to_owned()),
        "-" => Err("a report goes to a file; what is printed is chosen with `--format`".to_owned()),
        file => Ok(ReportFile { format, file: file.into() }),
    }
}

fn read_note(text: &str) -> Result<String, String> {
    let note = text.trim();
    match note.is_empty() || note.contains(char::is_control) {
        true => Err("write a note of one line".to_owned()),
        false => Ok(note.to_owned()),
    }
}

fn read_base_url(text: &str) -> Result<String, String> {
    <BaseUrl as Scalar>::parse(text).map(|url| url.0).map_err(|fault| fault.to_string())
}

fn read_languages(text: &str) -> Result<Languages, String> {
    languages(text).map(Languages::from).map_err(|fault| fault.to_string())
}

fn read_date(text: &str) -> Result<Date, String> {
    parse_date(text).map_err(|fault| fault.to_string())
}
