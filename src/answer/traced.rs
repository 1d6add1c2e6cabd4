//! The answer of `trace`, as a program reads it. Not here: finding it (`trace`).

use serde::Serialize;

/// The answer. Fields named `words` are in the language of the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Trace {
    /// What was asked about, as it was written.
    pub asked: String,
    /// The promise, where one was asked about.
    pub promise: Option<TracedPromise>,
    /// The standards that stand behind it, or the one that was asked about.
    pub standards: Vec<TracedStandard>,
}

/// A thing by its whole id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Named {
    /// Its whole id.
    pub id: String,
    /// Its name.
    pub title: String,
}

/// A promise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TracedPromise {
    /// Its whole id.
    pub id: String,
    /// Its name.
    pub title: String,
    /// What the customer is told.
    pub statement: String,
    /// `guarantee` or `commitment`.
    pub kind: Option<&'static str>,
    /// Its service.
    pub service: Named,
    /// What is owed when it is broken.
    pub remedy: Option<TracedRemedy>,
}

/// What is owed when a promise is broken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TracedRemedy {
    /// What it is.
    pub what: String,
    /// Up to what amount: `90 EUR`.
    pub up_to: Option<String>,
    /// The amount in words.
    pub up_to_words: Option<String>,
    /// Within what time: `5bd`.
    pub within: Option<String>,
    /// The time in words.
    pub within_words: Option<String>,
    /// Whether it comes without being asked for.
    pub automatic: bool,
    /// Who grants it.
    pub granted_by: Option<TracedGrant>,
    /// What happens when it is late itself; empty where nothing is said.
    pub late: String,
}

/// Who grants a remedy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TracedGrant {
    /// The role's id.
    pub id: String,
    /// Its name.
    pub title: String,
    /// What it may grant without asking: `100 EUR`.
    pub may_grant: Option<String>,
    /// The amount in words.
    pub may_grant_words: Option<String>,
    /// Whether that is enough; nothing where the amounts do not compare.
    pub enough: Option<bool>,
}

/// A standard with the steps that are part of its limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TracedStandard {
    /// Its whole id.
    pub id: String,
    /// Its name; its id where there is no such standard.
    pub title: String,
    /// Its service.
    pub service: Named,
    /// The calendar that counts, where there is one.
    pub calendar: Option<String>,
    /// Its limits, the one that the steps must keep first.
    pub limits: Vec<TracedLimit>,
    /// How well it is done, where it is not about time.
    pub level: Option<String>,
    /// The promises that rest on it.
    pub promises: Vec<Named>,
    /// The steps, in the order in which they are written.
    pub steps: Vec<TracedStep>,
    /// What the steps take together.
    pub sum: Option<Sum>,
    /// Why there is no sum that can be compared with the limit.
    pub no_sum: Option<NoSum>,
}

/// Why the steps of a standard have no sum that can be compared with its limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NoSum {
    /// Nothing to add up: `no-limit`, `no-steps`. Impossible: `no-standard`, `mixed-clocks`, `circle`, `no-measure`,
    /// `not-comparable`.
    pub reason: &'static str,
    /// The reason in words.
    pub words: String,
}

/// A limit of a standard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TracedLimit {
    /// `internal`, `limit` or `legal`.
    pub kind: &'static str,
    /// The limit in short.
    pub limit: String,
    /// The limit in words.
    pub words: String,
}

/// A step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TracedStep {
    /// Its whole id.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Who does it, in words.
    pub who: String,
    /// What it takes, in short; nothing where that is not said.
    pub takes: Option<String>,
    /// What it takes, in words.
    pub takes_words: Option<String>,
    /// In which cases it is done; empty where it is always.
    pub when: String,
    /// Whether the clock stands still meanwhile.
    pub pauses: bool,
    /// Whether it counts towards the limit.
    pub counts: bool,
    /// Whether it lies on the critical path.
    pub critical: bool,
    /// When it begins after the start, in the unit of the sum; nothing where there is no sum.
    pub begins: Option<String>,
    /// When it ends after the start.
    pub ends: Option<String>,
    /// From when to when it runs, in words: `0.3–1.3 business days`.
    pub place_words: Option<String>,
}

/// What steps take together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sum {
    /// The unit of the numbers: `bd`.
    pub unit: &'static str,
    /// The length of the critical path, rounded up to a tenth of the unit.
    pub used: String,
    /// The same in words.
    pub used_words: String,
    /// What the steps may take: the internal limit, or else the limit. Nothing where it cannot be converted.
    pub allowed: Option<String>,
    /// The same in words.
    pub allowed_words: Option<String>,
    /// What is left in words, or how much it is too much.
    pub left_words: Option<String>,
    /// Whether the steps take longer than they may.
    pub over: Option<bool>,
    /// The steps of the critical path, in order, by their whole ids.
    pub path: Vec<String>,
    /// The step that takes longest.
    pub longest: Option<Named>,
    /// Whether times were converted by their worst case.
    pub worst_case: bool,
}

impl Trace {
    /// Tells whether all steps that there are could be added up.
    pub fn is_whole(&self) -> bool {
        let reasons = self.standards.iter().filter_map(|standard| standard.no_sum.as_ref()).map(|why| why.reason);
        reasons.into_iter().all(|reason| matches!(reason, "no-limit" | "no-steps"))
    }
}
