//! Allowances: comments by which an author lets a finding stand, with a reason and an end date.
//!
//! `# allow[promise/no-remedy] until 2027-01-31: pilot until the vote`, in prose `<!-- allow[…] until …: … -->`. One that
//! lacks its reason or its date, that is past, or that silences nothing is a finding itself.

use std::collections::BTreeSet;
use std::ops::{Range, RangeInclusive};

use jiff::civil::Date;

use crate::checks::catalogue::{can_be_changed, changeable_names, is_changeable};
use crate::diagnostic::{Diagnostic, Place};
use crate::source::{FileId, SourceTree, Span};
use crate::triage::scope::Lines;
use crate::units::date::parse_date;
use crate::units::nearest::nearest;

/// What begins an allowance within a comment.
const MARK: &str = "allow[";
/// How one is written.
const FORM: &str = "write `allow[promise/no-remedy] until 2027-01-31: the reason`";

/// One check that is allowed at one place.
#[derive(Clone, Debug)]
struct Allowance {
    check: String,
    /// Where the name of the check stands.
    span: Span,
    lines: RangeInclusive<usize>,
    used: bool,
}

/// All allowances of a handbook.
#[derive(Debug, Default)]
pub struct Allowances<'a> {
    tree: Option<&'a SourceTree>,
    all: Vec<Allowance>,
    faults: Vec<Diagnostic>,
}

/// A comment that begins as an allowance does.
struct Comment<'a> {
    file: FileId,
    /// Where it begins in the file, after the mark of a comment.
    start: usize,
    text: &'a str,
    lines: RangeInclusive<usize>,
}

impl<'a> Allowances<'a> {
    /// Finds the allowances in all files; `today` is the date that counts as today.
    pub fn read(tree: &'a SourceTree, today: Date) -> Self {
        let mut allowances = Self { tree: Some(tree), ..Self::default() };
        for (id, file) in tree.iter() {
            let Some(text) = tree.text(id).filter(|text| text.as_str().contains(MARK)) else { continue };
            let lines = Lines::of(&file.path, text);
            for line in 1..=lines.count() {
                let Some((at, comment)) = comment_in(lines.get(line), lines.is_prose(line)) else { continue };
                let own = lines.get(line)[..at].trim().is_empty() || lines.get(line).trim().starts_with("<!--");
                let start = text.line(line).start + at + (lines.get(line)[at..].find(MARK).unwrap_or(0));
                let covered = lines.covered(line, own);
                allowances.take(&Comment { file: id, start, text: comment, lines: covered }, today);
            }
        }
        allowances
    }

    /// Takes a finding, and tells whether it is allowed.
    pub fn allow(&mut self, told: &Diagnostic) -> bool {
        let (Place::At(span), Some(tree)) = (&told.place, self.tree) else { return false };
        if !is_changeable(told) {
            return false;
        }
        let mut line = None;
        let fits = |it: &&mut Allowance| {
            it.check == told.name && it.span.file == span.file && {
                let line = *line
                    .get_or_insert_with(|| tree.text(span.file).map_or(0, |text| text.place(span.start as usize).line));
                it.lines.contains(&line)
            }
        };
        match self.all.iter_mut().find(fits) {
            Some(allowance) => {
                allowance.used = true;
                true
            }
            None => false,
        }
    }

    /// Gives what is wrong with allowances, those among it that silenced nothing; of the `faulty` files not all is known.
    pub fn faults(self, faulty: &BTreeSet<FileId>) -> Vec<Diagnostic> {
        let is_unused = |allowance: &Allowance| !allowance.used && !faulty.contains(&allowance.span.file);
        let unused = self.all.into_iter().filter(is_unused).map(|allowance| {
            let message = format!("nothing here is told by `{}`, so there is nothing to allow", allowance.check);
            Diagnostic::warning("allowance/unused", allowance.span, message).action("remove the allowance")
        });
        self.faults.into_iter().chain(unused).collect()
    }

    fn take(&mut self, comment: &Comment<'_>, today: Date) {
        let place =
            |range: Range<usize>| Span::new(comment.file, comment.start + range.start, comment.start + range.end);
        let tell = |name, range, message: String, action: String| {
            Diagnostic::error(name, place(range), message).action(action)
        };
        let Some((names, rest)) = comment.text[MARK.len()..].split_once(']') else {
            let message = "this allowance has no closing bracket".to_owned();
            self.faults.push(tell("allowance/malformed", 0..MARK.len() - 1, message, FORM.into()));
            return;
        };
        let whole = 0..comment.text.trim_end().len();
        let (until, reason) = rest.split_once(':').map_or((rest, ""), |(until, reason)| (until, reason.trim()));
        let until = until.trim();
        let date = until.strip_prefix("until").filter(|rest| rest.starts_with(' ')).map(str::trim);
        let mut sound = true;
        let mut fault = |name, message: String, action: String| {
            self.faults.push(tell(name, whole.clone(), message, action));
            sound = false;
        };
        match date.map(parse_date) {
            None if until.is_empty() => {
                let message = "this allowance has no end date".into();
                fault("allowance/no-date", message, format!("add `until {}: …`", in_half_a_year(today)));
            }
            None => fault("allowance/malformed", "this is no allowance".into(), FORM.into()),
            Some(Err(bad)) => fault("allowance/malformed", bad.message, bad.action),
            Some(Ok(date)) if date < today => {
                let message = format!("this allowance ended on {date}");
                let action = "mend what it allowed, or write a later date and the reason for it".to_owned();
                self.faults
                    .push(Diagnostic::warning("allowance/expired", place(whole.clone()), message).action(action));
                return;
            }
            Some(Ok(_)) if reason.is_empty() => {
                let message = "this allowance gives no reason".into();
                fault("allowance/no-reason", message, "write behind the date a colon and why it may stand".into());
            }
            Some(Ok(_)) => {}
        }
        if sound {
            self.take_names(comment, names, &place);
        }
    }

    fn take_names(&mut self, comment: &Comment<'_>, names: &str, place: &dyn Fn(Range<usize>) -> Span) {
        let mut at = MARK.len();
        for written in names.split(',') {
            let name = written.trim();
            let start = at + (written.len() - written.trim_start().len());
            let span = place(start..start + name.len());
            at += written.len() + 1;
            if name.is_empty() {
                let whole = place(0..comment.text.len());
                let told = Diagnostic::error("allowance/malformed", whole, "this allowance names no check");
                self.faults.push(told.action(FORM));
                continue;
            }
            if can_be_changed(name) {
                let lines = comment.lines.clone();
                self.all.push(Allowance { check: name.to_owned(), span, lines, used: false });
                continue;
            }
            let message = format!("`{name}` is not a check that can be allowed");
            let told = Diagnostic::error("allowance/unknown", span, message);
            self.faults.push(match nearest(name, changeable_names()) {
                Some(near) => {
                    told.hint(format!("did you mean `{near}`?")).action(format!("write `{near}`")).fix(span, near)
                }
                None => told.action("write the name of a check, as `pledgebook checks` lists them"),
            });
        }
    }
}

/// Gives a date to propose.
fn in_half_a_year(today: Date) -> Date {
    today.saturating_add(jiff::Span::new().months(6))
}

/// Finds the comment of a line that begins as an allowance does: where the comment begins, and what it says.
fn comment_in(line: &str, prose: bool) -> Option<(usize, &str)> {
    let open = if prose { "<!--" } else { "#" };
    let mut from = 0;
    while let Some(found) = line.get(from..)?.find(open) {
        let at = from + found;
        let inner = line[at + open.len()..].trim_start();
        let stands = prose || at == 0 || line[..at].ends_with([' ', '\t']);
        if stands && inner.starts_with(MARK) {
            return Some((at, inner.split("-->").next().unwrap_or(inner).trim_end()));
        }
        from = at + open.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::bench::TODAY;

    const CHECK: &str = "time/limit-chain";

    /// Says what is wrong with the allowances of a file in which `words` stand for a finding of a check.
    fn faults(text: &str, words: &str) -> (bool, Vec<String>) {
        let tree = SourceTree::from_texts([("services/a.md", text)]);
        let mut allowances = Allowances::read(&tree, TODAY);
        let at = text.find(words).unwrap();
        let allowed = allowances.allow(&Diagnostic::error(CHECK, Span::new(FileId(0), at, at + 1), "m"));
        let said = |told: Diagnostic| {
            let Place::At(span) = told.place else { unreachable!() };
            let at = &text[span.start as usize..span.end as usize];
            format!("{} «{at}» {} → {}", told.name, told.message, told.action.unwrap())
        };
        (allowed, allowances.faults(&BTreeSet::new()).into_iter().map(said).collect())
    }

    fn of(allowance: &str) -> (bool, Vec<String>) {
        faults(&format!("---\ntitle: T\nlimit: 30d  # {allowance}\n---\n"), "30d")
    }

    #[test]
    fn an_allowance_with_date_and_reason_silences_its_check_where_it_stands() {
        assert_eq!(of("allow[time/limit-chain] until 2026-11-21: until the vote"), (true, vec![]));
        let (allowed, told) = of("allow[language/stale, time/limit-chain] until 2027-01-31: r");
        assert!(allowed);
        assert_eq!(
            told,
            [
                "allowance/unused «language/stale» nothing here is told by `language/stale`, so there is nothing to allow → \
             remove the allowance"
            ]
        );
    }

    #[test]
    fn a_missing_date_or_reason_is_told_and_nothing_is_allowed() {
        let (allowed, told) = of("allow[time/limit-chain]: r");
        assert!(
            !allowed && told[0].ends_with("this allowance has no end date → add `until 2027-05-21: …`"),
            "{told:?}"
        );
        let (allowed, told) = of("allow[time/limit-chain] until 2027-01-31");
        assert!(
            !allowed && told[0].starts_with("allowance/no-reason «allow[time/limit-chain] until 2027-01-31»"),
            "{told:?}"
        );
        assert_eq!((told.len(), of("allow[time/limit-chain] until 2027-01-31:  ").1.len()), (1, 1));
    }

    #[test]
    fn a_past_date_is_told_and_nothing_is_allowed() {
        let (allowed, told) = of("allow[time/limit-chain] until 2026-11-20: r");
        assert!(!allowed && told[0].contains("this allowance ended on 2026-11-20"), "{told:?}");
        assert_eq!(told.len(), 1);
    }

    #[test]
    fn what_cannot_be_read_is_told_at_its_place() {
        for (text, says) in [
            ("allow[time/limit-chain", "no closing bracket"),
            ("allow[time/limit-chain] untill 2027-01-31: r", "this is no allowance"),
            ("allow[time/limit-chain] until soon: r", "soon"),
            ("allow[time/limit-chian] until 2027-01-31: r", "`time/limit-chian` is not a check that can be allowed"),
            ("allow[field/unknown] until 2027-01-31: r", "`field/unknown` is not a check that can be allowed"),
            ("allow[] until 2027-01-31: r", "this allowance names no check"),
        ] {
            let (allowed, told) = of(text);
            assert!(!allowed && told.len() == 1 && told[0].contains(says), "{text}: {told:?}");
        }
    }

    #[test]
    fn an_allowance_elsewhere_allows_nothing_and_is_told_as_unused() {
        let text = "---\ntitle: T # allow[time/limit-chain] until 2027-01-31: r\nlimit: 30d\n---\n";
        let (allowed, told) = faults(text, "30d");
        assert!(!allowed && told[0].starts_with("allowance/unused"), "{told:?}");
    }

    #[test]
    fn prose_has_comments_of_its_own() {
        let text = "---\ntitle: T\n---\n<!-- allow[time/limit-chain] until 2027-01-31: r -->\nWithin 5 days\n";
        assert_eq!(faults(text, "5 days"), (true, vec![]));
        let beside = "---\ntitle: T\n---\nWithin 5 days <!-- allow[time/limit-chain] until 2027-01-31: r -->\n";
        assert_eq!(faults(beside, "5 days"), (true, vec![]));
        let code = "---\ntitle: T\n---\nWrite # allow[time/limit-chain] for 5 days\n";
        assert_eq!(faults(code, "5 days"), (false, vec![]));
    }

    #[test]
    fn a_text_that_merely_has_a_hash_is_no_comment() {
        assert_eq!(faults("---\ntitle: a#allow[x] 30d\n---\n", "30d"), (false, vec![]));
    }
}
