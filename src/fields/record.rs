//! Records: groups of fields, each declared once.

use super::node::Node;
use super::shape::{Field, Need, RecordShape};
use crate::fields::reader::Reader;

/// A group of fields.
pub trait Record {
    /// Gives the table of its fields.
    fn fields() -> RecordShape;
}

/// Tells the required fields that are missing or empty, and gives their keys; those in `faulty` were told before.
pub fn tell_missing(shape: RecordShape, node: &Node, faulty: &[&str], reader: &mut Reader) -> Vec<&'static str> {
    let mut missing = Vec::new();
    for field in shape.fields.iter().filter(|field| field.need == Need::Must && !faulty.contains(&field.key)) {
        match node.get(field.key) {
            None if reader.incomplete => {}
            None => reader.tell_missing(field, shape.what),
            Some(value) if value.is_empty() && field.shape.is_several() => {
                reader.tell_empty(field, shape.what, value.span);
            }
            Some(_) => continue,
        }
        missing.push(field.key);
    }
    missing
}

/// Finds a field that is required only under a condition.
pub fn field_named(shape: RecordShape, key: &str) -> &'static Field {
    shape.fields.iter().find(|field| field.key == key).expect("the caller names a field of the record")
}

/// Declares a record: the struct, its decoder, its translation, its walk and its table for the manual.
///
/// Each field has its meaning as a doc comment, its key, `must` or `may`, its name and type. Behind `must` may stand the
/// name of the finding that tells it missing and what that says, `must("measure/none", "nothing says …")`, behind `may` a condition, `may("when …")`. With
/// `then f`, `f(&mut record, node, reader)` looks at the record as a whole after it was read.
#[macro_export]
macro_rules! record {
    ($(#[doc = $doc:literal])+ pub struct $name:ident: $what:literal {
        $( $(#[doc = $meaning:literal])+ $key:literal $need:ident $(($condition:literal $(, $lack:literal)?))? $field:ident: $ty:ty ),* $(,)?
    } $(then $then:path)?) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug, Default)]
        pub struct $name {
            $( $(#[doc = $meaning])+ pub $field: $ty, )*
            /// The keys whose values are missing or could not be read, which was told.
            pub faulty: Vec<&'static str>,
        }

        impl $crate::fields::record::Record for $name {
            fn fields() -> $crate::fields::shape::RecordShape {
                const FIELDS: &[$crate::fields::shape::Field] = &[ $( $crate::fields::shape::Field {
                    key: $key,
                    need: $crate::record!(@need $need $(($condition))?),
                    finding: $crate::record!(@finding $need $(($condition))?),
                    lack: concat!("" $($(, $lack)?)?),
                    meaning: &[$($meaning),+],
                    shape: <$ty as $crate::fields::value::Value>::SHAPE,
                } ),* ];
                $crate::fields::shape::RecordShape { what: $what, fields: FIELDS }
            }
        }

        impl $crate::fields::value::Value for $name {
            const SHAPE: $crate::fields::shape::Shape =
                $crate::fields::shape::Shape::Record(<$name as $crate::fields::record::Record>::fields);
            const HAS_TEXT: bool = false $(|| <$ty as $crate::fields::value::Value>::HAS_TEXT)*;

            fn read(node: &$crate::fields::node::Node, reader: &mut $crate::fields::reader::Reader) -> Option<Self> {
                let shape = <$name as $crate::fields::record::Record>::fields();
                let entries = reader.record(node, shape)?;
                let mut record = Self::default();
                let (here, field) = (reader.here, reader.field);
                for entry in entries {
                    reader.go_to(entry, shape.fields);
                    match entry.key.as_str() {
                        $( $key => {
                            match $crate::fields::value::Value::read(&entry.value, reader) {
                                Some(value) => record.$field = value,
                                None => record.faulty.push($key),
                            }
                        } )*
                        _ => {
                            let meant = reader.tell_unknown((entry, node), $what, shape.fields);
                            record.faulty.extend(meant.filter(|key| node.get(key).is_none()));
                        }
                    }
                }
                (reader.here, reader.field) = (here, field);
                let missing = $crate::fields::record::tell_missing(shape, node, &record.faulty, reader);
                record.faulty.extend(missing);
                $( $then(&mut record, node, reader); )?
                Some(record)
            }

            fn translate(&mut self, node: &$crate::fields::node::Node, reader: &mut $crate::fields::reader::Reader) {
                let shape = <$name as $crate::fields::record::Record>::fields();
                let Some(entries) = reader.map(node, concat!("the texts of ", $what)) else { return };
                for entry in entries {
                    reader.go_to(entry, shape.fields);
                    match entry.key.as_str() {
                        $( $key if self.faulty.contains(&$key) => {}
                        $key if <$ty as $crate::fields::value::Value>::HAS_TEXT => {
                            $crate::fields::value::Value::translate(&mut self.$field, &entry.value, reader);
                        }
                        $key => reader.tell_untranslatable(entry.key_span), )*
                        _ => _ = reader.tell_unknown((entry, node), $what, shape.fields),
                    }
                }
            }

            fn walk(&self, visitor: &mut dyn $crate::fields::value::Visitor) {
                $(
                    visitor.enter($key);
                    $crate::fields::value::Value::walk(&self.$field, visitor);
                    visitor.leave();
                )*
            }
        }
    };
    (@need must $(($finding:literal))?) => { $crate::fields::shape::Need::Must };
    (@finding must($finding:literal)) => { $finding };
    (@finding $need:ident $(($condition:literal))?) => { "field/missing" };
    (@need may) => { $crate::fields::shape::Need::May };
    (@need may($condition:literal)) => { $crate::fields::shape::Need::When($condition) };
}

#[cfg(test)]
mod tests {
    #![allow(unreachable_pub, reason = "the macro declares records for everybody")]

    use super::*;
    use crate::fields::scalar::Given;
    use crate::fields::text::{Language, Text};
    use crate::fields::value::Value;
    use crate::fields::yaml;
    use crate::source::{FileId, Span};

    record! {
        /// A thing for these tests.
        pub struct Thing: "a thing" {
            /// Its name.
            "title" must title: Text,
            /// How many.
            "count" must count: Given<u32>,
            /// More.
            "note" may note: Text,
        } then double
    }

    fn double(thing: &mut Thing, _: &crate::fields::node::Node, _: &mut Reader) {
        if let Some(count) = &mut thing.count {
            count.value *= 2;
        }
    }

    fn read(text: &str, incomplete: bool) -> (Option<Thing>, Vec<String>) {
        let whole = Span::new(FileId(0), 0, text.len());
        let languages = ["en".to_owned(), "de".to_owned()];
        let mut reader = Reader::new(&languages, whole);
        reader.incomplete = incomplete;
        let thing = Thing::read(&yaml::read(text, whole).root, &mut reader);
        (thing, reader.diagnostics.into_iter().map(|told| format!("{} {}", told.name, told.message)).collect())
    }

    #[test]
    fn fields_are_read_and_the_whole_is_looked_at_afterwards() {
        let (thing, told) = read("title: T\ncount: 4\n", false);
        let thing = thing.unwrap();
        assert_eq!((thing.title.source(), thing.count.unwrap().value, told), ("T", 8, vec![]));
    }

    #[test]
    fn what_is_missing_is_told_and_remembered() {
        let (thing, told) = read("note: N\n", false);
        assert_eq!(told, ["field/missing a thing needs `title`", "field/missing a thing needs `count`"]);
        assert_eq!(thing.unwrap().faulty, ["title", "count"]);
        assert_eq!(read("note: N\n", true).1, [""; 0]);
    }

    #[test]
    fn a_field_that_cannot_be_read_is_told_once_and_is_not_missing() {
        let (thing, told) = read("title: T\ncount: many\n", false);
        assert_eq!(told, ["value/number `many` is not a whole number"]);
        assert_eq!(thing.unwrap().faulty, ["count"]);
    }

    #[test]
    fn a_mistyped_key_stands_for_the_field_that_is_meant() {
        let (thing, told) = read("titel: T\ncount: 4\n", false);
        assert_eq!(told, ["field/unknown `titel` is not a field of a thing"]);
        assert_eq!(thing.unwrap().faulty, ["title"]);
    }

    #[test]
    fn a_translation_has_texts_only() {
        let languages = ["en".to_owned(), "de".to_owned()];
        let mut thing = read("title: T\ncount: 4\n", false).0.unwrap();
        let text = "title: Ding\ncount: 5\nnote: N\n";
        let whole = Span::new(FileId(0), 0, text.len());
        let mut reader = Reader::new(&languages, whole);
        reader.language = Language(1);
        thing.translate(&yaml::read(text, whole).root, &mut reader);
        let names: Vec<_> = reader.diagnostics.iter().map(|told| told.name).collect();
        assert_eq!(names, ["language/not-a-text", "language/no-source"]);
        assert_eq!(thing.title.get(Language(1)).unwrap().0, "Ding");
    }

    #[test]
    fn a_record_that_is_no_map_is_told() {
        let (thing, told) = read("just a text", false);
        assert!(thing.is_none());
        assert!(told[0].starts_with("field/type expected the fields of a thing"), "{told:?}");
    }

    #[test]
    fn fields_are_listed_for_the_manual() {
        let shape = Thing::fields();
        let needs: Vec<_> = shape.fields.iter().map(|field| (field.key, field.need == Need::Must)).collect();
        assert_eq!((shape.what, needs), ("a thing", vec![("title", true), ("count", true), ("note", false)]));
        assert_eq!(field_named(shape, "count").purpose(), "how many");
    }
}
