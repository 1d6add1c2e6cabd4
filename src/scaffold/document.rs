//! A new service, playbook, checklist or page: a Markdown file whose blanks are to be filled in.

use jiff::civil::Date;

use crate::fields::value::Value;
use crate::model::handbook::Handbook;
use crate::model::kind::Kind;
use crate::model::standard::Standard;
use crate::scaffold::choice::Choice;
use crate::scaffold::draft::Draft;
use crate::scaffold::example::{Examples, first_id};
use crate::scaffold::kinds;

/// Writes the file of a new thing, with its ids taken from the handbook where it can name others.
pub fn write(kind: Kind, id: &str, choices: &[Choice], handbook: &Handbook, today: Date) -> String {
    let shape = kinds::fields(kind);
    let standard = format!("{id}/{}", first_id(&Standard::SHAPE));
    let mut lines = vec![
        "---".to_owned(),
        format!("# A new {}. Fill in what is marked `…`; `pledgebook check` tells what is left.", kind.word()),
        "# Lines like this one explain what stands below them.".to_owned(),
        "# A `#` right before a word hides a field that may be left out: to use the field, remove that `#`.".to_owned(),
        "# A text with a colon or a `#` in it stands in quotes: \"Open: 9 to 5\"".to_owned(),
    ];
    let examples = Examples { handbook, today, standard: None };
    let mut draft = Draft { examples, standard: Some(&standard), choices, languages: &[], lines: Vec::new() };
    draft.record(shape, 0);
    lines.append(&mut draft.lines);
    lines.push(String::new());
    lines.extend(prose(kind).iter().map(|line| format!("# {line}")));
    lines.push("---\n".to_owned());
    lines.join("\n")
}

/// Says what to write below the fields.
fn prose(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Service => &[
            "Below the three hyphens you write, as in an e-mail, what staff should know. A heading with the id",
            "of a standard, step or promise belongs to it: ## What counts as done {#first-standard}",
        ],
        Kind::Playbook => {
            &["Below the three hyphens you write, as in an e-mail, why this works and how a talk may go."]
        }
        Kind::Checklist => {
            &["Below the three hyphens you write, as in an e-mail, what to do when an item cannot be ticked."]
        }
        _ => &[
            "Below the three hyphens you write the page, as in an e-mail. A line that begins with ## is a heading,",
            "and [[roles/service-desk]] is a link to the role of that id.",
        ],
    }
}
