//! Which role made a change, by the e-mail address that git knows of it.

use std::collections::BTreeMap;

use crate::fields::scalar::Scalar;
use crate::fields::shape::Shape;
use crate::fields::value::Few;
use crate::model::handbook::Handbook;
use crate::source::{Span, Spanned};
use crate::units::{Malformed, quoted};

/// An e-mail address, or `@` and a domain for all addresses in it; in lower case, since letters of either case reach the same
/// people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(pub String);

/// The addresses of those who write for a role.
pub type Addresses = Few<Spanned<Address>>;

impl Scalar for Address {
    const SHAPE: Shape = Shape::Value { name: "e-mail address", example: "desk@example.org" };
    const FAULT: &'static str = "value/e-mail";
    const WANTED: &'static str = "an e-mail address such as `desk@example.org`";

    fn parse(text: &str) -> Result<Self, Malformed> {
        let is_part = |part: &str| !part.contains(|letter: char| letter.is_whitespace() || "<>,@".contains(letter));
        match text.split_once('@') {
            Some((before, domain)) if is_part(before) && is_part(domain) && !domain.is_empty() => {
                Ok(Self(text.to_lowercase()))
            }
            _ => Err(Malformed::new(
                format!("{} is no e-mail address", quoted(text)),
                "write one such as `desk@example.org`, or `@example.org` for everybody there",
            )),
        }
    }
}

/// The roles by the addresses of those who write for them.
#[derive(Clone, Debug, Default)]
pub struct Authors<'a> {
    /// Several roles at one address are none: nothing is guessed.
    roles: BTreeMap<&'a str, Option<&'a str>>,
}

impl<'a> Authors<'a> {
    /// Sorts the roles of a handbook.
    pub fn of(handbook: &'a Handbook) -> Self {
        let mut roles: BTreeMap<&str, Option<&str>> = BTreeMap::new();
        for (id, address, _) in addresses(handbook) {
            let known = roles.entry(address).or_insert(Some(id));
            *known = known.filter(|other| *other == id);
        }
        Self { roles }
    }

    /// Gives the role that writes from an address: the one that names it, or else the one that names its domain.
    pub fn role(&self, address: &str) -> Option<&'a str> {
        let address = address.to_lowercase();
        let domain = address.find('@').map_or("", |at| &address[at..]);
        self.roles.get(address.as_str()).or_else(|| self.roles.get(domain)).copied().flatten()
    }
}

/// Gives each address of each role, with its place.
pub fn addresses(handbook: &Handbook) -> impl Iterator<Item = (&str, &str, Span)> {
    handbook.roles.iter().flat_map(|(id, row)| {
        row.value.authors.0.iter().map(move |address| (id.as_str(), address.value.0.as_str(), address.span))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::bench;

    const ROLES: &str = "\
desk: {title: Desk, authors: [desk@example.org, Counter@Example.org]}
lead: {title: Lead, authors: lead@example.org}
agency: {title: Agency, authors: [\"@agency.example\"]}
board: {title: Board, authors: both@example.org}
council: {title: Council, authors: [both@example.org, chair@agency.example]}
";

    #[test]
    fn a_role_is_known_by_its_addresses_and_a_domain_by_all_in_it() {
        let tree = bench::tree(&[("registers/roles.yaml", ROLES)]);
        let (checked, _) = bench::look(&tree);
        let authors = Authors::of(checked.handbook());
        for (address, role) in [
            ("desk@example.org", Some("desk")),
            ("counter@example.ORG", Some("desk")),
            ("lead@example.org", Some("lead")),
            ("somebody@agency.example", Some("agency")),
            ("chair@agency.example", Some("council")),
            ("both@example.org", None),
            ("nobody@example.org", None),
            ("somebody@sub.agency.example", None),
            ("", None),
        ] {
            assert_eq!(authors.role(address), role, "{address}");
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in ["desk", "a@b@c", "desk@", "Ada <a@b.c>", "a b@c.d", "@"] {
            assert!(Address::parse(text).is_err(), "{text}");
        }
        assert_eq!(Address::parse("A@b.C"), Ok(Address("a@b.c".into())));
    }
}
