//! Follows every link of every page on disk, as a reader would who opened the site from there.
//!
//! Reads `href` and `src` out of the text of the pages, which the program writes with double quotes. Addresses of other hosts are
//! not asked for.

use std::collections::{BTreeMap, BTreeSet};

use crate::server::decoded;
use crate::site::Site;

/// Finds links that lead nowhere: the page with the fault, and what is wrong.
pub(crate) fn faults_of(site: &Site) -> Vec<(String, String)> {
    let places: BTreeMap<&str, BTreeSet<String>> =
        site.pages.iter().map(|(path, html)| (path.as_str(), values_of(html, "id").into_iter().collect())).collect();
    let mut faults = Vec::new();
    for (path, html) in &site.pages {
        let links: BTreeSet<_> = ["href", "src"].into_iter().flat_map(|name| values_of(html, name)).collect();
        for link in links {
            if let Some(fault) = fault_of(site, &places, path, &link) {
                faults.push((path.clone(), format!("{link}: {fault}")));
            }
        }
    }
    faults
}

fn fault_of(site: &Site, places: &BTreeMap<&str, BTreeSet<String>>, page: &str, link: &str) -> Option<&'static str> {
    let (address, place) = link.split_once('#').unwrap_or((link, ""));
    let address = address.split('?').next().unwrap_or_default();
    if has_scheme(address) {
        return None;
    }
    if address.starts_with('/') {
        return Some("begins with `/`, so it works neither below a sub-path nor from disk");
    }
    let Some(target) = resolved(page, &decoded(address)) else {
        return Some("leads out of the site");
    };
    if !site.folder.join(&target).is_file() {
        return Some("there is no such file");
    }
    let known = places.get(target.as_str())?;
    (!place.is_empty() && place != "top" && !known.contains(&decoded(place)))
        .then_some("there is no such place in the page")
}

/// Tells whether an address names its scheme: `https:`, `mailto:`, `data:`.
fn has_scheme(address: &str) -> bool {
    let name = address.split_once(':').map(|(name, _)| name);
    address.starts_with("//") || name.is_some_and(|name| name.bytes().all(|byte| byte.is_ascii_alphabetic()))
}

/// Resolves a relative address against the page that it stands in; nothing if it climbs out of the site.
fn resolved(page: &str, address: &str) -> Option<String> {
    if address.is_empty() {
        return Some(page.to_owned());
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in address.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()?),
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Reads all values of an attribute.
fn values_of(html: &str, attribute: &str) -> Vec<String> {
    let opening = format!(" {attribute}=\"");
    let values = html.split(opening.as_str()).skip(1);
    values.map(|rest| plain(rest.split('"').next().unwrap_or_default())).collect()
}

/// Undoes what HTML writes in place of single characters.
fn plain(value: &str) -> String {
    value
        .replace("&#x2F;", "/")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

#[test]
fn address_is_resolved_against_its_page() {
    assert_eq!(resolved("de/services/a.html", "../../style.css").as_deref(), Some("style.css"));
    assert_eq!(resolved("de/services/a.html", "").as_deref(), Some("de/services/a.html"));
    assert_eq!(resolved("index.html", "../style.css"), None);
}

#[test]
fn values_are_read_with_their_escapes_undone() {
    assert_eq!(values_of("<a href=\"a?b&amp;c\" id=\"x\"><img src=\"y\">", "href"), ["a?b&c"]);
}
