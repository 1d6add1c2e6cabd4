//! `docs/content.md`: the tables of fields are those that decode.

use pledgebook::manual::content::{OTHERS, RECORDS, part};

use crate::document::hold;

#[test]
fn content_reference_has_the_fields_that_decode() {
    let names = RECORDS.into_iter().map(|(name, _)| name).chain(OTHERS);
    hold("docs/content.md", &names.map(str::to_owned).collect::<Vec<_>>(), part);
}
