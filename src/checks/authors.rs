//! `value/shared-author`: an e-mail address at two roles, so that nobody can tell which of them made a change.

use std::collections::BTreeMap;

use crate::checks::Subject;
use crate::diagnostic::Diagnostic;
use crate::model::authors::addresses;
use crate::source::Span;

/// Looks at every address of every role.
pub fn run(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let mut first: BTreeMap<&str, (&str, Span)> = BTreeMap::new();
    for (role, address, span) in addresses(subject.handbook) {
        let (other, there) = *first.entry(address).or_insert((role, span));
        if there != span {
            let message = match other == role {
                true => format!("`{address}` stands here twice"),
                false => format!("`{address}` stands at `{other}`, too: which of the two made a change is not known"),
            };
            let told = Diagnostic::error("value/shared-author", span, message);
            found.push(told.label(there, "written here, too").action("keep one of the two"));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::found;

    fn roles(desk: &str, lead: &str) -> Vec<String> {
        let text = format!(
            "desk: {{title: D, authors: {desk}, deputy: lead}}\nlead: {{title: L, authors: {lead}, deputy: desk}}\n"
        );
        found(&[("registers/roles.yaml", &text)])
    }

    #[test]
    fn an_address_at_two_roles_or_twice_at_one_is_told() {
        assert_eq!(roles("[a@b.c, \"@b.c\"]", "d@b.c"), [""; 0]);
        assert_eq!(
            roles("a@b.c", "[d@b.c, A@b.c]"),
            [
                "value/shared-author registers/roles.yaml:2 `a@b.c` stands at `desk`, too: which of the two made a change is not known → keep one of the two"
            ]
        );
        assert_eq!(
            roles("[a@b.c, a@b.c]", "d@b.c"),
            ["value/shared-author registers/roles.yaml:1 `a@b.c` stands here twice → keep one of the two"]
        );
    }
}
