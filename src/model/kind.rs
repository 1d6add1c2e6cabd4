//! The kinds of things and typed references to them.

use std::fmt;
use std::marker::PhantomData;

use crate::diagnostic::Diagnostic;
use crate::fields::node::{Node, NodeKind};
use crate::fields::reader::{Reader, short};
use crate::fields::shape::Shape;
use crate::fields::table::is_id;
use crate::fields::value::{Reference, Value, Visitor};
use crate::source::Span;

/// A kind of thing that has an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A service.
    Service,
    /// A standard of a service.
    Standard,
    /// A step of a service.
    Step,
    /// A promise of a service.
    Promise,
    /// A playbook.
    Playbook,
    /// A checklist.
    Checklist,
    /// A page of prose.
    Page,
    /// A role.
    Role,
    /// A channel.
    Channel,
    /// A calendar.
    Calendar,
    /// Something customers care about.
    Factor,
    /// A word of the firm.
    Term,
    /// A piece of evidence.
    Evidence,
}

impl Kind {
    /// All kinds, in the order in which a bare id is looked up.
    pub const ALL: [Self; 13] = [
        Self::Service,
        Self::Standard,
        Self::Promise,
        Self::Step,
        Self::Playbook,
        Self::Checklist,
        Self::Page,
        Self::Role,
        Self::Channel,
        Self::Calendar,
        Self::Factor,
        Self::Term,
        Self::Evidence,
    ];

    /// Gives the name of its folder, register or table, which names the kind in a reference.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Service => "services",
            Self::Standard => "standards",
            Self::Step => "steps",
            Self::Promise => "promises",
            Self::Playbook => "playbooks",
            Self::Checklist => "checklists",
            Self::Page => "pages",
            Self::Role => "roles",
            Self::Channel => "channels",
            Self::Calendar => "calendars",
            Self::Factor => "factors",
            Self::Term => "terms",
            Self::Evidence => "evidence",
        }
    }

    /// Gives its name in a sentence.
    pub fn word(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Standard => "standard",
            Self::Step => "step",
            Self::Promise => "promise",
            Self::Playbook => "playbook",
            Self::Checklist => "checklist",
            Self::Page => "page",
            Self::Role => "role",
            Self::Channel => "channel",
            Self::Calendar => "calendar",
            Self::Factor => "factor",
            Self::Term => "term",
            Self::Evidence => "piece of evidence",
        }
    }

    /// Finds a kind by the name of its folder.
    pub fn of_folder(folder: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.folder() == folder)
    }

    /// Tells whether things of this kind stand inside a service.
    pub fn is_within_service(self) -> bool {
        matches!(self, Self::Standard | Self::Step | Self::Promise)
    }
}

/// Names a kind in the type of a reference.
pub trait Target {
    /// The kind.
    const KIND: Kind;
}

macro_rules! targets {
    ($($(#[doc = $doc:literal])+ $name:ident),+ $(,)?) => {
        $(
            $(#[doc = $doc])+
            #[derive(Clone, Copy, Debug, PartialEq, Eq)]
            pub enum $name {}
            impl Target for $name {
                const KIND: Kind = Kind::$name;
            }
        )+
    };
}

targets! {
    /// Services.
    Service,
    /// Standards.
    Standard,
    /// Steps.
    Step,
    /// Playbooks.
    Playbook,
    /// Checklists.
    Checklist,
    /// Roles.
    Role,
    /// Channels.
    Channel,
    /// Calendars.
    Calendar,
    /// Factors.
    Factor,
    /// Pieces of evidence.
    Evidence,
}

/// A reference to a thing of one kind, by its whole id.
#[derive(PartialEq, Eq)]
pub struct Ref<T> {
    /// The whole id: for a standard, step or promise the id of its service comes first.
    pub id: String,
    /// Where it is written.
    pub span: Span,
    kind: PhantomData<T>,
}

impl<T> Clone for Ref<T> {
    fn clone(&self) -> Self {
        Self { id: self.id.clone(), span: self.span, kind: PhantomData }
    }
}

impl<T> fmt::Debug for Ref<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ref({})", self.id)
    }
}

impl<T: Target> Ref<T> {
    /// Makes a reference to a whole id.
    pub fn new(id: String, span: Span) -> Self {
        Self { id, span, kind: PhantomData }
    }
}

/// Makes the whole id of a thing from what is written in a file of `service`.
pub fn whole_id(kind: Kind, written: &str, service: Option<&str>) -> String {
    match service {
        Some(service) if kind.is_within_service() && !written.contains('/') => format!("{service}/{written}"),
        _ => written.to_owned(),
    }
}

impl<T: Target> Value for Ref<T> {
    const SHAPE: Shape = Shape::Reference(match T::KIND {
        Kind::Service => "services",
        Kind::Standard => "standards",
        Kind::Step => "steps",
        Kind::Playbook => "playbooks",
        Kind::Checklist => "checklists",
        Kind::Role => "roles",
        Kind::Channel => "channels",
        Kind::Calendar => "calendars",
        Kind::Factor => "factors",
        _ => "evidence",
    });

    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let written = read_id(node, reader, &format!("the id of a {}", T::KIND.word()))?;
        Some(Self::new(whole_id(T::KIND, &written, reader.service), node.span))
    }

    fn walk(&self, visitor: &mut dyn Visitor) {
        visitor.reference(&Reference { kind: T::KIND.folder(), id: self.id.clone(), span: self.span });
    }
}

/// A reference to a thing of any kind, as in `about`.
#[derive(Clone, Debug, PartialEq)]
pub struct AnyRef {
    /// The id as it is written, with or without its kind.
    pub written: String,
    /// Where it is written.
    pub span: Span,
}

impl Value for AnyRef {
    const SHAPE: Shape = Shape::Reference("services, standards or steps");

    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        read_id(node, reader, "the id of a thing").map(|written| Self { written, span: node.span })
    }

    fn walk(&self, visitor: &mut dyn Visitor) {
        visitor.reference(&Reference { kind: "", id: self.written.clone(), span: self.span });
    }
}

fn read_id(node: &Node, reader: &mut Reader, wanted: &str) -> Option<String> {
    if let Some(inner) = in_double_brackets(node) {
        let told = Diagnostic::error("reference/brackets", node.span, "an id stands in this field without brackets");
        reader.tell(told.action(format!("write `{}`", short(inner))).fix(node.span, inner));
        return Some(inner.to_owned());
    }
    let written = reader.scalar(node, wanted)?.trim();
    if let Some(inner) = written.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]")) {
        let told = Diagnostic::error("reference/brackets", node.span, "an id stands in this field without brackets");
        let told = told.action(format!("write `{}`", short(inner)));
        let is_id = inner.split('/').all(is_id);
        reader.tell(if is_id { told.fix_value(node.span, inner) } else { told });
        return Some(inner.to_owned());
    }
    Some(written.to_owned())
}

/// Gives the id of `[[id]]`, which without quotation marks is a list within a list.
fn in_double_brackets(node: &Node) -> Option<&str> {
    let NodeKind::List(outer) = &node.kind else { return None };
    let [inner] = outer.as_slice() else { return None };
    let NodeKind::List(items) = &inner.kind else { return None };
    let [Node { kind: NodeKind::Scalar(id), .. }] = items.as_slice() else { return None };
    let touch = node.span.start + 1 == inner.span.start && inner.span.end + 1 == node.span.end;
    (touch && id.split('/').all(is_id)).then_some(id.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_standard_is_one_of_the_same_service() {
        assert_eq!(whole_id(Kind::Standard, "turnaround", Some("repair/out")), "repair/out/turnaround");
        assert_eq!(whole_id(Kind::Standard, "contact/answer", Some("repair/out")), "contact/answer");
        assert_eq!(whole_id(Kind::Role, "service-desk", Some("repair/out")), "service-desk");
        assert_eq!(whole_id(Kind::Standard, "turnaround", None), "turnaround");
    }

    #[test]
    fn every_kind_is_found_by_its_folder() {
        for kind in Kind::ALL {
            assert_eq!(Kind::of_folder(kind.folder()), Some(kind));
        }
    }
}
