//! A language that many files use and the settings do not have is one fault, not one a file.

use std::collections::BTreeMap;

use crate::config::Config;
use crate::diagnostic::Diagnostic;

/// The finding about a language that the handbook does not have.
const UNKNOWN: &str = "language/unknown";
/// So many findings of one language are told one by one.
const FEW: usize = 3;

/// Tells a language that is used in many places once, at the list of languages.
pub fn tell_once(config: &Config, diagnostics: &mut Vec<Diagnostic>) {
    let Some(list) = config.languages.last().map(|tag| tag.span) else { return };
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    for tag in diagnostics.iter().filter_map(tag) {
        *uses.entry(tag.to_owned()).or_default() += 1;
    }
    uses.retain(|_, count| *count > FEW);
    diagnostics.retain(|told| tag(told).is_none_or(|tag| !uses.contains_key(tag)));
    for (tag, count) in uses {
        let message = format!("`{tag}` is used in {count} places and is not one of the handbook's languages");
        diagnostics.push(
            Diagnostic::error(UNKNOWN, list, message)
                .action(format!("add `{tag}` to `languages`, or put a misspelt tag right")),
        );
    }
}

/// Gives the language that a finding is about.
fn tag(told: &Diagnostic) -> Option<&str> {
    (told.name == UNKNOWN).then(|| told.message.split('`').nth(1)).flatten()
}

#[cfg(test)]
mod tests {
    use crate::parse::parse;
    use crate::source::SourceTree;

    fn told(files: &[(&str, &str)]) -> Vec<String> {
        let settings = ("handbook.yaml", "title: A\nlanguages: [en, cn]\n");
        let tree = SourceTree::from_texts(files.iter().copied().chain([settings]));
        let found = parse(&tree, "").diagnostics;
        found.into_iter().filter(|told| told.name == super::UNKNOWN).map(|told| told.message).collect()
    }

    #[test]
    fn a_language_that_many_files_use_is_told_once() {
        let files =
            ["pages/a.zh.md", "pages/b.zh.md", "pages/c.zh.md", "pages/d.zh.md"].map(|path| (path, "---\n---\n"));
        assert_eq!(told(&files), ["`zh` is used in 4 places and is not one of the handbook's languages"]);
        assert_eq!(told(&files[..2]).len(), 2);
    }
}
