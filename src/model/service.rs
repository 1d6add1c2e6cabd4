//! A service: for whom it is, what they have afterwards, and the standards, steps and promises of it.

use jiff::civil::Date;

use crate::fields::node::{Node, NodeKind};
use crate::fields::reader::Reader;
use crate::fields::scalar::Given;
use crate::fields::shape::Shape;
use crate::fields::table::Table;
use crate::fields::text::Text;
use crate::fields::value::{Extra, Few, Value, Visitor};
use crate::model::former::FormerIds;
use crate::model::kind::{Calendar, Channel, Ref, Role, Service as ServiceTarget, Standard as StandardTarget};
use crate::model::promise::Promise;
use crate::model::quantity::{Fee, Party, Quantity};
use crate::model::standard::Standard;
use crate::model::step::Step;
use crate::record;
use crate::units::duration::Duration;

record! {
    /// When a thing was looked at, and how often it is.
    pub struct Review: "a review" {
        /// The day of the last review.
        "last" must last: Given<Date>,
        /// How often it is reviewed; the handbook's own period where it is left out.
        "every" may every: Given<Duration>,
        /// The fingerprint of what was reviewed, which `pledgebook review` writes: where it is another, the service is unreviewed again.
        "of" may of: Given<String>,
        /// Who reviewed it.
        "by" may by: Option<Ref<Role>>,
        /// What came of it, in a few words for the staff; it is not translated.
        "note" may note: Given<String>,
    }
}

record! {
    /// Who decided on a service.
    pub struct Approval: "an approval" {
        /// Who approved it.
        "by" may by: Option<Ref<Role>>,
        /// On what day.
        "date" may date: Given<Date>,
        /// Who was asked before.
        "consulted" may consulted: Few<Party>,
    }
}

record! {
    /// Something a customer must bring, with a time.
    pub struct NeedBy: "a need" {
        /// What it is.
        "what" must what: Text,
        /// By when.
        "by" may by: Text,
    }
}

/// Something a customer must bring: a text, or a text with a time.
#[derive(Clone, Debug, Default)]
pub struct NeedItem(pub NeedBy);

impl Value for NeedItem {
    const SHAPE: Shape = Shape::Either(&Shape::Text, &NeedBy::SHAPE);
    const HAS_TEXT: bool = true;

    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        match &node.kind {
            NodeKind::Map(_) => NeedBy::read(node, reader).map(Self),
            _ => Text::read(node, reader).map(|what| Self(NeedBy { what, ..NeedBy::default() })),
        }
    }

    fn translate(&mut self, node: &Node, reader: &mut Reader) {
        match &node.kind {
            NodeKind::Map(_) => self.0.translate(node, reader),
            _ => self.0.what.translate(node, reader),
        }
    }

    fn walk(&self, visitor: &mut dyn Visitor) {
        self.0.walk(visitor);
    }
}

record! {
    /// Who may deviate, and how far.
    pub struct Deviation: "an exception" {
        /// Who.
        "who" must who: Option<Ref<Role>>,
        /// How far: a duration, money or a share.
        "up_to" may up_to: Option<Quantity>,
        /// In which cases.
        "when" may when: Text,
    }
}

/// An exception: a text, or who may deviate and how far.
#[derive(Clone, Debug)]
pub enum Exception {
    /// In words.
    Text(Text),
    /// Field by field.
    Deviation(Deviation),
}

impl Value for Exception {
    const SHAPE: Shape = Shape::Either(&Shape::Text, &Deviation::SHAPE);
    const HAS_TEXT: bool = true;

    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        match &node.kind {
            NodeKind::Map(_) => Deviation::read(node, reader).map(Self::Deviation),
            _ => Text::read(node, reader).map(Self::Text),
        }
    }

    fn translate(&mut self, node: &Node, reader: &mut Reader) {
        match self {
            Self::Text(text) => text.translate(node, reader),
            Self::Deviation(deviation) => deviation.translate(node, reader),
        }
    }

    fn walk(&self, visitor: &mut dyn Visitor) {
        match self {
            Self::Text(text) => visitor.text(text),
            Self::Deviation(deviation) => deviation.walk(visitor),
        }
    }
}

record! {
    /// A service.
    pub struct Service: "a service" {
        /// What it is called.
        "title" must title: Text,
        /// Who may ask for it.
        "for" must audience: Text,
        /// What they have afterwards.
        "outcome" must outcome: Text,
        /// The role that answers for it.
        "owner" must owner: Option<Ref<Role>>,
        /// When it was last looked at, and how often it is.
        "review" must review: Option<Review>,
        /// The calendar by which its business time is counted.
        "calendar" may calendar: Option<Ref<Calendar>>,
        /// The channels on which it is offered.
        "channels" may channels: Vec<Ref<Channel>>,
        /// The service that takes complaints about it.
        "complaints_to" may complaints_to: Option<Ref<ServiceTarget>>,
        /// Who decided on it.
        "approved" may approved: Option<Approval>,
        /// What the customer must bring.
        "needs" may needs: Few<NeedItem>,
        /// What it costs.
        "fee" may fee: Option<Fee>,
        /// Standards of other services that hold here too.
        "also" may also: Vec<Ref<StandardTarget>>,
        /// Who may deviate, and how far.
        "exceptions" may exceptions: Few<Exception>,
        /// Why its limits differ from those of its siblings.
        "because" may because: Text,
        /// What a customer can expect, by id.
        "standards" may standards: Table<Standard>,
        /// What is done, by id, in order.
        "steps" may steps: Table<Step>,
        /// What the customer is told, by id.
        "promises" may promises: Table<Promise>,
        /// The ids that it had before, so that old links still arrive.
        "was" may was: FormerIds,
        /// What a theme may want to know.
        "extra" may extra: Option<Extra>,
    }
}
