//! Which checks a run is about: `--select` and `--ignore`.

use crate::checks::catalogue::{can_be_changed, changeable_names};
use crate::units::nearest::{listed, nearest};
use crate::units::{Malformed, quoted};

/// Which checks are told; what the content model forbids is told in any case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    only: Vec<String>,
    without: Vec<String>,
}

impl Selection {
    /// Takes names of checks such as `time/limit-chain`, and of whole groups such as `time`.
    ///
    /// A name that is no check is refused, with the nearest one.
    pub fn read<'a>(
        only: impl IntoIterator<Item = &'a str>,
        without: impl IntoIterator<Item = &'a str>,
    ) -> Result<Self, Malformed> {
        let names = |words: &mut dyn Iterator<Item = &'a str>| words.map(name).collect::<Result<Vec<_>, _>>();
        Ok(Self { only: names(&mut only.into_iter())?, without: names(&mut without.into_iter())? })
    }

    /// Tells whether findings of a name are told.
    pub fn wants(&self, finding: &str) -> bool {
        let among = |names: &[String]| names.iter().any(|name| is_meant(name, finding));
        !can_be_changed(finding) || ((self.only.is_empty() || among(&self.only)) && !among(&self.without))
    }
}

fn is_meant(name: &str, finding: &str) -> bool {
    finding.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn name(word: &str) -> Result<String, Malformed> {
    let word = word.trim().trim_end_matches('/');
    if !word.is_empty() && changeable_names().any(|name| is_meant(word, name)) {
        return Ok(word.to_owned());
    }
    let groups: Vec<&str> = groups();
    let message = format!("{} is no check that can be chosen", quoted(word));
    Err(Malformed::new(
        message,
        match nearest(word, changeable_names().chain(groups.iter().copied())) {
            Some(near) => format!("write `{near}`"),
            None => format!("write the name of a check, or a group: {}", listed(groups)),
        },
    ))
}

/// Gives the groups of all checks that can be chosen.
pub fn groups() -> Vec<&'static str> {
    let mut groups: Vec<&str> = changeable_names().filter_map(|name| name.split('/').next()).collect();
    groups.sort_unstable();
    groups.dedup();
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    fn selection(only: &[&str], without: &[&str]) -> Selection {
        Selection::read(only.iter().copied(), without.iter().copied()).unwrap()
    }

    #[test]
    fn a_group_stands_for_its_checks_and_ignoring_wins() {
        let chosen = selection(&["time/", "language/stale"], &["time/limit-chain"]);
        assert!(chosen.wants("language/stale") && !chosen.wants("time/limit-chain") && !chosen.wants("prose/unbound"));
        assert!(selection(&[], &[]).wants("prose/unbound"));
    }

    #[test]
    fn what_the_model_forbids_is_told_in_any_case() {
        assert!(selection(&["time"], &["language"]).wants("field/unknown"));
    }

    #[test]
    fn a_name_that_is_no_check_is_refused_with_the_nearest() {
        let fault = |word: &str| Selection::read([word], []).unwrap_err().action;
        assert_eq!(fault("time/limit-chian"), "write `time/limit-chain`");
        assert!(fault("xyz").starts_with("write the name of a check, or a group: `"), "{}", fault("xyz"));
        assert!(Selection::read([], ["field/unknown"]).is_err());
    }

    #[test]
    fn a_group_is_no_beginning_of_a_word() {
        assert!(Selection::read(["tim"], []).is_err());
    }
}
