//! Blanks: `…` where a value is still to be filled in. Starter files leave them, and the advice of findings shows them.

use super::shape::Field;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// What stands where a value is still to be filled in.
pub const BLANK: &str = "…";

/// Tells whether a value is a blank: `…`, or three dots as a keyboard has them.
pub fn is_blank(text: &str) -> bool {
    matches!(text.trim(), BLANK | "...")
}

/// Tells a blank, with what belongs there; `wanted` says of what type it is: `a duration such as `10 business days``.
pub fn tell_blank(span: Span, field: Option<&Field>, wanted: &str) -> Diagnostic {
    let message = match field {
        Some(field) => format!("`{}` is still to be filled in: {}", field.key, field.purpose()),
        None => "this is still to be filled in".to_owned(),
    };
    Diagnostic::error("field/blank", span, message).action(format!("in place of `{BLANK}` write {}", wanted.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::reader::Reader;
    use crate::fields::shape::{Need, Shape};
    use crate::fields::table::Table;
    use crate::fields::text::Text;
    use crate::fields::value::{Few, Value};
    use crate::fields::yaml;
    use crate::source::{FileId, Spanned};
    use crate::units::duration::Duration;

    fn told<T: Value>(text: &str) -> Vec<(&'static str, String)> {
        let whole = Span::new(FileId(0), 0, text.len());
        let mut reader = Reader::new(&[], whole);
        T::read(&yaml::read(text, whole).root, &mut reader);
        reader.diagnostics.into_iter().map(|told| (told.name, told.action.unwrap())).collect()
    }

    #[test]
    fn a_blank_is_told_once_whatever_belongs_there() {
        let one = |wanted: &str| [("field/blank", format!("in place of `…` write {wanted}"))];
        assert_eq!(told::<Text>("…"), one("a text"));
        assert_eq!(told::<Spanned<Duration>>("'…'"), one("a duration such as `10 business days`"));
        assert_eq!(told::<Vec<Text>>("…"), one("a list such as `[phone, counter]`"));
        assert_eq!(told::<Vec<Text>>("[phone, …]"), one("a text"));
        assert_eq!(told::<Few<Text>>("'...'"), one("a text"));
        assert_eq!(told::<Table<Text>>("…"), one("things by id, each with its own fields below it"));
        assert_eq!(told::<Table<Text>>("first: …"), one("a text"));
        assert_eq!(told::<Text>("and so on …"), []);
    }

    #[test]
    fn a_blank_is_an_ellipsis_alone() {
        for blank in ["…", "...", " … "] {
            assert!(is_blank(blank), "{blank}");
        }
        for text in ["", "and so on …", "….", "Wait..."] {
            assert!(!is_blank(text), "{text}");
        }
    }

    #[test]
    fn a_blank_is_told_with_what_the_field_means() {
        let field = Field {
            key: "for",
            need: Need::Must,
            finding: "field/missing",
            lack: "",
            meaning: &[" Who may ask for it."],
            shape: Shape::Text,
        };
        let told = tell_blank(Span::new(FileId(0), 0, 3), Some(&field), "a text");
        assert_eq!(told.message, "`for` is still to be filled in: who may ask for it");
        assert_eq!(told.action.as_deref(), Some("in place of `…` write a text"));
    }
}
