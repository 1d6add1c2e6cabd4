//! What the findings of the content model mean: those that are no check of an expert.
//!
//! Here and nowhere else: `explain` prints it, and `docs/findings.md` is made from it. What an expert's check means stands
//! in its own file.

/// A finding of the content model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The permanent name.
    pub name: &'static str,
    /// What it means, in a sentence.
    pub means: &'static str,
    /// What to do.
    pub instead: &'static str,
}

const fn rule(name: &'static str, means: &'static str, instead: &'static str) -> Rule {
    Rule { name, means, instead }
}

/// All findings of the content model, group by group.
pub const RULES: &[Rule] = &[
    rule("file/empty", "The file is empty.", "Write it, or remove it."),
    rule(
        "file/link-outside",
        "A link of the file system leads nowhere, or out of the content folder.",
        "Put the file itself there.",
    ),
    rule(
        "file/name",
        "The name of a file or folder cannot be an id, or is not Unicode.",
        "Lower-case letters, digits and hyphens: `in-warranty.md`.",
    ),
    rule(
        "file/no-front-matter",
        "A Markdown file does not begin with its fields.",
        "Begin with a line `---`, the fields, and another line `---`.",
    ),
    rule(
        "file/no-kind",
        "A file or folder lies where no kind of thing does, or ends in the wrong letters.",
        "Move it; the message names the folders that there are.",
    ),
    rule(
        "file/no-settings",
        "There is no `handbook.yaml`.",
        "Add it with `title` and `languages`, or run `pledgebook init`.",
    ),
    rule("file/not-text", "The file has a zero byte, so it is no text.", "Save it as text in UTF-8."),
    rule("file/not-utf-8", "The file is written in another encoding.", "Save it in UTF-8."),
    rule(
        "file/too-large",
        "The file is larger than any page or picture should be.",
        "Split it, or make the picture smaller.",
    ),
    rule("file/unclosed", "The fields of a Markdown file never end.", "Put a line `---` between fields and prose."),
    rule("file/unreadable", "The system does not let the file be read.", "Allow it, or remove the file."),
    rule(
        "field/blank",
        "A blank, written `…`, is still to be filled in.",
        "Write in its place what the message asks for.",
    ),
    rule("field/duplicate", "A field, an id or a language is given twice.", "Keep one. Both places are shown."),
    rule("field/id", "An id has letters that an id cannot have.", "Lower-case letters, digits and hyphens."),
    rule(
        "field/kind",
        "A field does not go with the `kind` of the thing: a `limit` where there is no time to count.",
        "Use the field that is named, or change the kind.",
    ),
    rule("field/missing", "A field that has to be there is not.", "Add it. What it means is said in the message."),
    rule("field/null", "A field has no value.", "Write the value, or remove the field."),
    rule(
        "field/syntax",
        "The line is not YAML: a second colon, an open quotation mark or bracket, a tab, a line that is out of line.",
        "The message says which of these.",
    ),
    rule(
        "field/type",
        "A list, a text or a group of fields stands where another of them belongs.",
        "The message shows the form.",
    ),
    rule(
        "field/unknown",
        "There is no such field here.",
        "The nearest one is proposed; fields of your own go under `extra:`.",
    ),
    rule(
        "field/yaml",
        "A part of YAML that a handbook does not use: anchors, aliases, tags, several documents, very deep nesting.",
        "Write the value itself.",
    ),
    rule(
        "value/address",
        "No address of a site, or an `edit_url` without `{path}`.",
        "Write the whole address, such as `https://example.org/handbook/`; in `edit_url`, `{path}` where the path goes.",
    ),
    rule("value/currency", "No currency of ISO 4217.", "Write a code such as `EUR`."),
    rule(
        "value/date",
        "No date, or none that the calendar has, such as 30 February.",
        "Write year, month and day: `2026-03-01`.",
    ),
    rule(
        "value/duration",
        "No duration: bare `days`, a range, a zero, `m`, an unknown unit.",
        "Write a whole number and a unit: `10 business days`, `24 hours`, `30 calendar days`.",
    ),
    rule(
        "value/e-mail",
        "No e-mail address.",
        "Write one such as `desk@example.org`, or `@example.org` for everybody there.",
    ),
    rule(
        "value/hours",
        "No opening hours, or hours that overlap.",
        r#"Write intervals of one day in order: `"09:00-12:00, 13:30-18:00"`."#,
    ),
    rule("value/language", "No language tag.", "Write a tag such as `en`, `de`, `zh` or `pt-BR`."),
    rule(
        "value/moment",
        "Neither a share of a limit nor a duration.",
        "Write a share of the limit, `70%`, or a duration.",
    ),
    rule("value/money", "No amount with a currency.", "Write the amount and the currency: `90 EUR`."),
    rule("value/number", "No whole number.", "Write digits alone."),
    rule("value/period", "No month, quarter or year in the results.", "Write `2026-01`, `2026-Q1` or `2026`."),
    rule(
        "value/result",
        "A measured value that is neither a share nor a duration.",
        "Write `94.4` or a duration such as `3bd`.",
    ),
    rule("value/share", "No share, or one that is not above 0 and at most 100.", "Write a number and `%`: `95%`."),
    rule(
        "value/shared-author",
        "An e-mail address of `authors` at two roles.",
        "Keep it at the one that it belongs to.",
    ),
    rule("value/text", "No text.", "Write a text."),
    rule("value/time", "No time of day.", r#"Write hours and minutes: `"16:00"`."#),
    rule("value/time-zone", "No time zone of the IANA database.", "Write a name such as `Europe/Berlin`."),
    rule("value/weekday", "No weekday.", "Write `mon`, `tue` and so on."),
    rule(
        "value/word",
        "None of the words that can stand here; they are listed.",
        "Write one of those that the message lists.",
    ),
    rule("value/yes-no", "Neither `true` nor `false`.", "Write `true` or `false`."),
    rule(
        "csv/cells",
        "A line has more or fewer cells than the first line.",
        "As many commas in each line; a text with a comma in quotation marks.",
    ),
    rule(
        "csv/column",
        "A column that there is not, that is there twice, or that is missing.",
        "The columns are listed.",
    ),
    rule("csv/quote", "A quotation mark is opened and never closed.", "Close it at the end of the cell."),
    rule("holidays/contradiction", "The same day is both closed and open.", "Keep one of the two lines."),
    rule("reference/ambiguous", "The name could mean several things.", "Put the kind in front, as the message lists."),
    rule("reference/brackets", "Double brackets in a field that holds an id.", "Write the id alone."),
    rule(
        "reference/cycle",
        "Steps wait for each other, or roles report to each other, in a circle.",
        "Take one link of the circle out.",
    ),
    rule("reference/dangling", "There is no such thing.", "The nearest name is proposed; or add the thing."),
    rule("reference/kind", "The kind stands in front where only one kind can stand.", "Leave it out."),
    rule(
        "reference/value",
        "The value to be printed does not exist for this kind of thing, or this thing does not give it; or the case is none.",
        "The values are listed.",
    ),
    rule("link/anchor", "There is no such heading.", "The nearest is proposed; give the heading an id."),
    rule("link/broken", "The link leads to no file of the handbook.", "Write a reference, or the path from this file."),
    rule(
        "link/taken",
        "An earlier id, `was`, that another thing has or had too: a link to it would have two ends.",
        "Remove it at one of the two.",
    ),
    rule(
        "link/vanished",
        "A service, standard, promise, playbook, checklist, page or role that had an address in the revision which `check --since` names, and none now.",
        "Write its id in the `was` of what takes its place; `pledgebook rename` does so by itself.",
    ),
    rule("picture/broken", "A drawing (SVG) cannot be read.", "Export it again."),
    rule(
        "picture/unsafe",
        "A drawing (SVG) runs a script, or loads from elsewhere.",
        "Remove that, or export it as a plain SVG or PNG.",
    ),
    rule(
        "picture/missing",
        "There is no such picture.",
        "Write its path; where one of that name lies elsewhere, the message says so.",
    ),
    rule(
        "prose/forbidden",
        "Raw HTML, a link that would run a program, a reference that cannot be read, two headings with the same id, nesting without end.",
        "The message shows the Markdown for it.",
    ),
    rule(
        "prose/unbound",
        "A heading's id is nearly that of a standard, step or promise.",
        "Write the id that is proposed.",
    ),
    rule(
        "language/list-differs",
        "A translated list has more or fewer texts than its source.",
        "Translate each, in the same order.",
    ),
    rule(
        "language/no-source",
        "A translation of something that the source does not have: a file, an id, a text.",
        "Write it in the source first, or remove it.",
    ),
    rule(
        "language/not-a-text",
        "A translation repeats a number, an owner or a reference.",
        "Remove it; it stands in the source.",
    ),
    rule(
        "language/stale",
        "The source text has changed since it was translated, or the translation does not say which text it translates.",
        "Compare, mend, and write the `translates:` that is proposed.",
    ),
    rule("language/unknown", "A language that is not one of the handbook's.", "Add it to `languages`, or remove it."),
    rule(
        "time/no-calendar",
        "Business time where no calendar says when there is business.",
        "Add `calendar:` to the service or to `handbook.yaml`.",
    ),
    rule(
        "settings/check",
        "`checks` names a finding that there is not, or whose severity cannot be changed.",
        "The names are listed.",
    ),
    rule(
        "allowance/expired",
        "The date of an allowance is past; what it allowed is told again.",
        "Mend it, or write a later date and the reason for it.",
    ),
    rule(
        "allowance/malformed",
        "A comment begins as an allowance does and cannot be read.",
        "Write `allow[group/name] until 2027-01-31: the reason`.",
    ),
    rule("allowance/no-date", "An allowance has no end date, so it allows nothing.", "Add `until` and a date."),
    rule(
        "allowance/no-reason",
        "An allowance gives no reason, so it allows nothing.",
        "Write a colon behind the date, and why it may stand.",
    ),
    rule(
        "allowance/unknown",
        "An allowance names something that is no check, or that cannot be allowed.",
        "The nearest name is proposed; `pledgebook checks` lists them.",
    ),
    rule("allowance/unused", "Nothing is told where the allowance stands.", "Remove it."),
    rule("theme/missing", "There is no such folder in `themes`.", "Write its name, or leave `theme` out."),
    rule(
        "theme/template",
        "A template cannot be read or rendered.",
        "Compare it with the built-in one; file and line are shown.",
    ),
    rule(
        "theme/word",
        "A word in a theme's own words is nearly one of the site's words, or has a placeholder that nothing fills.",
        "Write the word or placeholder that is meant.",
    ),
    rule("theme/yaml", "`theme.yaml` or a file of words cannot be read.", "Compare it with the built-in one."),
];
