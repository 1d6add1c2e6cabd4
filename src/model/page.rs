//! A page of prose: a principle, a case, a lesson, a guide.

use crate::fields::scalar::Given;
use crate::fields::text::Text;
use crate::fields::value::{Extra, Few};
use crate::model::former::FormerIds;
use crate::model::kind::AnyRef;
use crate::record;
use crate::words;

words! {
    /// What a page is for.
    pub enum PageKind: "a kind of page" {
        /// What we believe.
        "principle" Principle,
        /// What happened to somebody.
        "case" Case,
        /// What we learned and changed.
        "lesson" Lesson,
        /// How something is done.
        "guide" Guide,
    }
}

record! {
    /// A page of prose.
    pub struct Page: "a page" {
        /// What it is called.
        "title" must title: Text,
        /// What it is for.
        "kind" must kind: Given<PageKind>,
        /// The services, standards and steps it is about.
        "about" may about: Vec<AnyRef>,
        /// What a lesson changed.
        "changed" may changed: Few<Text>,
        /// The ids that it had before, so that old links still arrive.
        "was" may was: FormerIds,
        /// What a theme may want to know.
        "extra" may extra: Option<Extra>,
    }
}
