//! The findings page: all findings by who answers for them, or by service, each with a link to where it is edited.

use std::fmt::Write;

use super::address::OWN;
use super::page::{escape, own_page};
use crate::triage::grouped::{Item, by};

/// How the findings are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// By the role that answers for them.
    Owner,
    /// By service.
    Service,
}

/// Makes the page; it is made anew with every rebuild, and reloads then.
pub fn page(items: &[Item], summary: &str, order: Order, revision: u64) -> String {
    let mut body = format!("<h1>{}</h1>\n{}", escape(summary), switch(order));
    let (groups, nobody) = match order {
        Order::Owner => (by(items, |item| item.owner.as_deref()), "Nobody is named"),
        Order::Service => (by(items, |item| item.service.as_deref()), "No service"),
    };
    for (name, items) in groups {
        let _ = write!(body, "<h2>{} ({})</h2>\n<ul>\n", escape(name.unwrap_or(nobody)), items.len());
        items.iter().for_each(|item| row(&mut body, item));
        body.push_str("</ul>\n");
    }
    own_page("Findings", &body, &format!("data-waiting=\"{revision}\""))
}

fn switch(order: Order) -> String {
    let link = |name: &str, path: &str, this: Order| match this == order {
        true => format!("<strong aria-current=\"page\">{name}</strong>"),
        false => format!("<a href=\"{OWN}{path}\">{name}</a>"),
    };
    let (owner, service) =
        (link("By owner", "findings", Order::Owner), link("By service", "findings/services", Order::Service));
    format!("<p>{owner} · {service} · <a href=\"/\">To the site</a></p>\n")
}

fn row(body: &mut String, item: &Item) {
    let Item { name, severity, message, action, place, edit, .. } = item;
    let place = escape(place);
    let place = match edit {
        Some(edit) => format!("<a href=\"{}\">{place}</a>", escape(edit)),
        None => format!("<code>{place}</code>"),
    };
    let _ = writeln!(
        body,
        "<li class=\"{0}\"><strong>{0}</strong> {1}<br>{2}<br><small>{place} · {3}</small></li>",
        severity.word(),
        with_code(message),
        with_code(action),
        escape(name)
    );
}

/// Writes a sentence with what stands in backticks as code.
fn with_code(text: &str) -> String {
    let mut html = String::new();
    for (at, part) in text.split('`').enumerate() {
        let part = escape(part);
        html.push_str(&if at % 2 == 1 { format!("<code>{part}</code>") } else { part });
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Severity;

    fn item(owner: Option<&str>, service: Option<&str>) -> Item {
        Item {
            name: "time/limit-chain",
            severity: Severity::Error,
            message: "the limit of `a` is <30 days>".into(),
            action: "write `20d`".into(),
            place: "content/a.md:3".into(),
            edit: Some("https://example.org/?a&b#L3".into()),
            owner: owner.map(str::to_owned),
            service: service.map(str::to_owned),
        }
    }

    #[test]
    fn findings_stand_under_their_owner_or_their_service() {
        let items = [item(Some("Lead"), None), item(None, Some("Repair"))];
        let owners = page(&items, "2 errors", Order::Owner, 7);
        assert!(owners.contains("<h2>Lead (1)</h2>") && owners.contains("<h2>Nobody is named (1)</h2>"), "{owners}");
        assert!(owners.contains("<a href=\"/_pledgebook/findings/services\">By service</a>"));
        let services = page(&items, "2 errors", Order::Service, 7);
        assert!(services.contains("<h2>Repair (1)</h2>") && services.contains("<h2>No service (1)</h2>"), "{services}");
        assert!(services.contains("data-waiting=\"7\""));
    }

    #[test]
    fn what_is_said_is_text_with_code_and_leads_to_where_it_is_edited() {
        let page = page(&[item(None, None)], "1 error", Order::Owner, 1);
        assert!(page.contains("the limit of <code>a</code> is &lt;30 days&gt;<br>write <code>20d</code>"), "{page}");
        assert!(page.contains("<a href=\"https://example.org/?a&amp;b#L3\">content/a.md:3</a>"));
    }

    #[test]
    fn without_an_address_to_edit_the_path_is_code() {
        let item = Item { edit: None, ..item(None, None) };
        assert!(page(&[item], "1 error", Order::Owner, 1).contains("<code>content/a.md:3</code>"));
    }
}
