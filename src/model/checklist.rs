//! A checklist: what is ticked, by whom, how often.

use crate::fields::node::{Node, NodeKind};
use crate::fields::reader::Reader;
use crate::fields::record::{Record, field_named};
use crate::fields::scalar::Given;
use crate::fields::shape::Shape;
use crate::fields::table::Table;
use crate::fields::text::Text;
use crate::fields::value::{Extra, Few, Value, Visitor};
use crate::model::former::FormerIds;
use crate::model::kind::{Factor, Ref, Role, Standard};
use crate::model::quantity::Period;
use crate::record;
use crate::words;

words! {
    /// What a checklist is for.
    pub enum Use: "a use of a checklist" {
        /// Once a shift.
        "shift" Shift,
        /// Once a case.
        "case" Case,
        /// To see whether things are as they should be.
        "audit" Audit,
        /// To learn the work.
        "training" Training,
    }
}

words! {
    /// When in its shift a checklist is done.
    pub enum ShiftMoment: "a moment of a shift" {
        /// Before anything else.
        "start" Start,
        /// After everything else.
        "end" End,
    }
}

record! {
    /// An item of a checklist, field by field.
    pub struct ItemFields: "an item of a checklist" {
        /// What is ticked: one thing that can be seen.
        "text" must text: Text,
        /// What customers care about and this takes care of.
        "covers" may covers: Vec<Ref<Factor>>,
        /// What shows that it was done.
        "proof" may proof: Text,
        /// The standard it belongs to.
        "standard" may standard: Option<Ref<Standard>>,
        /// The part of the list it stands in.
        "part" may part: Text,
    }
}

/// An item of a checklist: a text, or a text with more.
#[derive(Clone, Debug, Default)]
pub struct Item(pub ItemFields);

impl Value for Item {
    const SHAPE: Shape = Shape::Either(&Shape::Text, &ItemFields::SHAPE);
    const HAS_TEXT: bool = true;

    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        match &node.kind {
            NodeKind::Map(_) => ItemFields::read(node, reader).map(Self),
            _ => Text::read(node, reader).map(|text| Self(ItemFields { text, ..ItemFields::default() })),
        }
    }

    fn translate(&mut self, node: &Node, reader: &mut Reader) {
        match &node.kind {
            NodeKind::Map(_) => self.0.translate(node, reader),
            _ => self.0.text.translate(node, reader),
        }
    }

    fn walk(&self, visitor: &mut dyn Visitor) {
        self.0.walk(visitor);
    }
}

record! {
    /// A checklist.
    pub struct Checklist: "a checklist" {
        /// What it is called.
        "title" must title: Text,
        /// What it is for.
        "use" must purpose: Given<Use>,
        /// Who ticks it.
        "by" must by: Few<Ref<Role>>,
        /// How often.
        "every" may("unless `use` is `case`") every: Option<Period>,
        /// When in the shift: a role's day lists it first or last.
        "moment" may moment: Given<ShiftMoment>,
        /// What is ticked, by id.
        "items" must items: Table<Item>,
        /// The ids that it had before, so that old links still arrive.
        "was" may was: FormerIds,
        /// What a theme may want to know.
        "extra" may extra: Option<Extra>,
    } then tell_without_period
}

fn tell_without_period(checklist: &mut Checklist, node: &Node, reader: &mut Reader) {
    let Some(purpose) = &checklist.purpose else { return };
    if purpose.value != Use::Case
        && node.get("every").is_none()
        && !checklist.faulty.contains(&"every")
        && !reader.incomplete
    {
        let what = format!("a checklist for `{}`", purpose.value.word());
        reader.tell_missing(field_named(Checklist::fields(), "every"), &what);
    }
}
