//! Mending in memory: findings with one right answer are mended and the handbook is looked at again, until none is left.
//!
//! Not here: making the changes of one round (`mend`), and writing the files (the binary).

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::mend::mend;
use crate::source::text::SourceText;
use crate::source::{FileId, SourceTree};

/// A file before and after.
#[derive(Clone, Debug)]
pub struct Change {
    /// Its path below the content folder.
    pub path: Arc<str>,
    /// The text as it was read.
    pub before: Arc<SourceText>,
    /// The text as it should be.
    pub after: Arc<SourceText>,
    /// How many places were mended.
    pub places: usize,
}

/// The most rounds; each mends what could not be mended beside something else, or was not seen before.
const MOST_ROUNDS: usize = 5;

/// Mends what was found, looks again and goes on, until nothing is to be mended; gives the last look and all changes.
///
/// `parts` gives the files and findings of a look, `look` looks at other texts of the same files.
pub fn until_done<L, E>(
    first: L,
    parts: impl Fn(&L) -> (&SourceTree, &[Diagnostic]),
    mut look: impl FnMut(SourceTree) -> Result<L, E>,
) -> Result<(L, Vec<Change>), E> {
    let original = parts(&first).0.clone();
    let mut places: BTreeMap<FileId, usize> = BTreeMap::new();
    let mut looked = first;
    for _ in 0..MOST_ROUNDS {
        let (tree, diagnostics) = parts(&looked);
        let mended = mend(diagnostics, tree);
        if mended.is_empty() {
            break;
        }
        for (file, number) in mended.places {
            *places.entry(file).or_default() += number;
        }
        looked = look(tree.with_texts(mended.texts))?;
    }
    let tree = parts(&looked).0;
    let change = |(file, places): (FileId, usize)| {
        let (before, after) = (original.text(file)?.clone(), tree.text(file)?.clone());
        let path = original.file(file).path.clone();
        (before.as_str() != after.as_str()).then_some(Change { path, before, after, places })
    };
    let changes = places.into_iter().filter_map(change).collect();
    Ok((looked, changes))
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;
    use crate::checks;
    use crate::checks::bench::{look, service, tree};

    /// Mends the files of a test; gives the path, new text and places of those that changed.
    fn mended(files: &[(&str, &str)]) -> Vec<(String, String, usize)> {
        let seen = |tree: SourceTree| {
            let (checked, mut found) = look(&tree);
            found.extend(checks::inspect(&checked, &tree, checks::bench::TODAY, &[]));
            (tree, found)
        };
        let again = |tree| Ok::<_, Infallible>(seen(tree));
        let (_, changes) = until_done(seen(tree(files)), |seen| (&seen.0, seen.1.as_slice()), again).unwrap();
        let change = |change: Change| (change.path.to_string(), change.after.as_str().to_owned(), change.places);
        changes.into_iter().map(change).collect()
    }

    /// Mends one file beside those that stand in; gives its new text, or the old one where nothing is mended.
    fn one(path: &str, text: &str) -> String {
        let mut changes = mended(&[(path, text)]);
        changes.retain(|(changed, ..)| changed == path);
        changes.pop().map_or(text.to_owned(), |(_, text, _)| text)
    }

    /// Holds lines of a service to what they become.
    fn holds(cases: &[(&str, &str)]) {
        for (before, after) in cases {
            let (before, after) = (service(&format!("{before}\n")), service(&format!("{after}\n")));
            assert_eq!(one("services/repair.md", &before), after);
        }
    }

    fn standard(fields: &str) -> String {
        format!("standards:\n  a: {{kind: timeliness, statement: S, {fields}}}")
    }

    #[test]
    fn keys_are_spelled_right_whatever_stands_around_them() {
        holds(&[
            ("exeptions: [A] # 例外", "exceptions: [A] # 例外"),
            ("'exeptions' : [A]", "'exceptions' : [A]"),
            ("\"exeptions\": [A]", "\"exceptions\": [A]"),
            ("aproved: {by: lead, onn: 2026-01-01}", "approved: {by: lead, onn: 2026-01-01}"),
        ]);
    }

    #[test]
    fn a_key_that_would_be_there_twice_is_left() {
        for text in ["exeptions: [A]\nexceptions: [B]", "exeptions: [A]\nexcepttions: [B]"] {
            holds(&[(text, text)]);
        }
    }

    #[test]
    fn values_are_written_as_they_are_read() {
        for (before, after) in [
            ("limit: 10 Business Days", "limit: 10 business days"),
            ("limit: '1.5h'", "limit: '90min'"),
            ("limit: 3 buisness days", "limit: 3 business days"),
            ("target: 95 percent", "target: 95%"),
            ("target: \"95 %\"", "target: \"95%\""),
            ("kind: timelyness", "kind: timeliness"),
            ("measure: {as: share-within-limits}", "measure: {as: share-within-limit}"),
            ("breach: [{at: 70 percent, tell: lead}]", "breach: [{at: 70%, tell: lead}]"),
        ] {
            let before = standard(before).replace("kind: timeliness, statement: S, kind", "statement: S, kind");
            let after = standard(after).replace("kind: timeliness, statement: S, kind", "statement: S, kind");
            holds(&[(&before, &after)]);
        }
        holds(&[
            ("fee: 90 Euro # 费用", "fee: 90 EUR # 费用"),
            ("fee: EUR 1.250,50", "fee: 1250.50 EUR"),
            ("approved: {by: lead, date: 1.3.2026}", "approved: {by: lead, date: 2026-03-01}"),
            ("approved: {by: roles/lead, date: 2026-03-01}", "approved: {by: lead, date: 2026-03-01}"),
            ("approved: {by: \"[[lead]]\", date: 2026年3月1日}", "approved: {by: \"lead\", date: 2026-03-01}"),
            ("complaints_to: [[repair]] # 投诉", "complaints_to: repair # 投诉"),
            ("approved: {by: [[roles/lead]]}", "approved: {by: lead}"),
            ("channels: phone # 电话", "channels: [phone] # 电话"),
            ("channels: \"phone\"", "channels: [\"phone\"]"),
        ]);
    }

    #[test]
    fn what_has_two_answers_or_names_another_thing_is_left() {
        for text in [
            "approved: {by: leed, date: 2026-03-01}",
            "approved: {by: lead, date: 3/1/2026}",
            "calendar: shpo",
            "fee: $90",
            "channels: phone, counter",
            &standard("limit: 10 days"),
            &standard("limit: 5-10bd"),
            &standard("limit: |\n      10 Business Days\n    target: 90%").replace(['{', '}'], ""),
        ] {
            holds(&[(text, text)]);
        }
    }

    #[test]
    fn times_and_weekdays_of_a_calendar_get_the_quotation_marks_they_need() {
        let calendar = |hours: &str| format!("shop:\n  time_zone: Europe/Berlin\n  hours:\n{hours}");
        let before = calendar("    Mon-Fri: 9:00-17:00 # 周一\n    Saturday: '9-12'\n    sun: Closed\n");
        let after = calendar("    mon-fri: \"09:00-17:00\" # 周一\n    sat: '09:00-12:00'\n    sun: closed\n");
        assert_eq!(one("registers/calendars.yaml", &before), after);
        let twice = calendar("    mon: \"09:00-17:00\"\n    Monday: \"09:00-12:00\"\n");
        assert_eq!(one("registers/calendars.yaml", &twice), twice);
        let zone = |zone: &str| format!("shop: {{time_zone: {zone}, hours: {{mon: \"09:00-17:00\"}}}}\n");
        assert_eq!(one("registers/calendars.yaml", &zone("europe/berlin")), zone("Europe/Berlin"));
    }

    #[test]
    fn settings_are_mended() {
        assert_eq!(
            one("handbook.yaml", "title: {EN: H, de: H}\nlanguages: [en, DE]\ncurrency: euro\nbufer: 20 %\n"),
            "title: {en: H, de: H}\nlanguages: [en, de]\ncurrency: EUR\nbuffer: 20%\n"
        );
        let checks = "title: {en: H, de: H}\nlanguages: [en, de]\nchecks: {language/stail: Off}\n";
        assert_eq!(one("handbook.yaml", checks), checks.replace("stail: Off", "stale: off"));
        let twice = checks.replace("Off", "off, language/stale: loud");
        assert_eq!(one("handbook.yaml", &twice), twice);
        let unclear = "title: {en: H, es: H}\nlanguages: [en, de]\n";
        assert_eq!(one("handbook.yaml", unclear), unclear);
    }

    #[test]
    fn cells_of_tables_are_mended() {
        assert_eq!(
            one("registers/holidays/x.csv", "date,nmae,day\r\n25.12.2026,\"Fest, 节日\",Closed\r\n"),
            "date,name,day\r\n2026-12-25,\"Fest, 节日\",closed\r\n"
        );
        assert_eq!(
            one(
                "results/r.csv",
                "Period,standard,volume,met,value\n2026/1,repair/a,\"1,234\",1 100,\"94,4\"\nQ1 2026,repair/a,,,90\n"
            ),
            "period,standard,volume,met,value\n2026-01,repair/a,\"1234\",1100,\"94.4\"\n2026-Q1,repair/a,,,90\n"
        );
    }

    #[test]
    fn a_word_in_a_reference_is_mended_in_prose_and_in_fields() {
        let quick = "standards:\n  a: {kind: timeliness, statement: \"In [[#limmit:datve]].\", limit: 3bd}\n";
        assert_eq!(
            one("services/repair.md", &service(&format!("{quick}---\n## A {{#a}}\n在 [[a#limmit]] 内\n"))),
            service(&format!("{}---\n## A {{#a}}\n在 [[a#limit]] 内\n", quick.replace("limmit:datve", "limit:dative")))
        );
    }

    #[test]
    fn what_shows_only_when_something_else_is_mended_is_mended_too() {
        let text = service("standrads:\n  a: {kind: acess, statement: S, level: open}\n");
        let wanted = service("standards:\n  a: {kind: access, statement: S, level: open}\n");
        assert_eq!(mended(&[("services/repair.md", &text)]), [("services/repair.md".to_owned(), wanted, 2)]);
    }

    #[test]
    fn a_handbook_in_which_nothing_is_to_be_mended_does_not_change() {
        assert_eq!(mended(&[("services/repair.md", &service("calendar: nowhere\n"))]), []);
    }
}
