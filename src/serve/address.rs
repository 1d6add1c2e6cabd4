//! Who may ask, and for which file. Nothing here reads a disk: a path is only ever looked up among the site's files.

use axum::http::header::HOST;
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};

use super::site::Site;

/// The start of the paths that are the server's own.
pub const OWN: &str = "/_pledgebook/";

/// Where a path leads to within a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// To a file, by its path.
    File(String),
    /// To a folder that was asked for without its closing `/`; with the path to ask for.
    Folder(String),
    /// To nothing.
    Nothing,
}

/// Refuses requests that no browser on this computer makes for this site.
///
/// Only `GET` and `HEAD` (405). No whole addresses in place of a path, as sent to a proxy (400). The `Host` has to be
/// this computer (403): another site whose name was made to lead here must not read a draft (DNS rebinding).
pub fn refuse(request: &Parts) -> Option<StatusCode> {
    if request.method != Method::GET && request.method != Method::HEAD {
        return Some(StatusCode::METHOD_NOT_ALLOWED);
    }
    if request.uri.authority().is_some() || !request.uri.path().starts_with('/') {
        return Some(StatusCode::BAD_REQUEST);
    }
    let mut hosts = request.headers.get_all(HOST).iter();
    match (hosts.next(), hosts.next()) {
        (Some(host), None) if host.to_str().is_ok_and(is_this_computer) => None,
        (Some(_), None) => Some(StatusCode::FORBIDDEN),
        _ => Some(StatusCode::BAD_REQUEST),
    }
}

/// Finds out where the path of a request leads to. `Err` for a path that no link leads to.
pub fn target(site: &dyn Site, path: &str) -> Result<Target, StatusCode> {
    let path = decode(path.strip_prefix('/').unwrap_or(path)).ok_or(StatusCode::BAD_REQUEST)?;
    let mut parts = path.split('/');
    if path.contains('\\') || path.chars().any(char::is_control) || parts.clone().any(|part| part == "..") {
        return Err(StatusCode::BAD_REQUEST);
    }
    if parts.any(|part| part.starts_with('.')) {
        return Ok(Target::Nothing);
    }
    if path.is_empty() || path.ends_with('/') {
        let index = format!("{path}index.html");
        return Ok(if site.has(&index) { Target::File(index) } else { Target::Nothing });
    }
    if site.has(&path) {
        return Ok(Target::File(path));
    }
    let is_folder = site.has(&format!("{path}/index.html"));
    Ok(if is_folder { Target::Folder(format!("/{}/", encode(&path))) } else { Target::Nothing })
}

/// Tells whether the value of a `Host` field is this computer, with any port.
fn is_this_computer(host: &str) -> bool {
    let (name, port) = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((_, port)) => (host.strip_suffix(port).unwrap_or(host), port.strip_prefix(':')),
        None => host.split_once(':').map_or((host, None), |(name, port)| (name, Some(port))),
    };
    let known = ["localhost", "127.0.0.1", "[::1]"].iter().any(|known| name.eq_ignore_ascii_case(known));
    let whole = host.len() == name.len() + port.map_or(0, |port| port.len() + 1);
    known && whole && port.is_none_or(|port| port.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Decodes `%41` to `A` (RFC 3986, 2.1). `None` when it is cut off or no UTF-8.
fn decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// Encodes what may not stand in a path.
fn encode(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::super::site::Finished;
    use super::*;
    use crate::render::site::RenderedSite;
    use axum::http::Request;

    fn site() -> Finished {
        let mut site = RenderedSite::default();
        for path in
            ["index.html", "de/index.html", "a b/index.html", "服务.html", "style.css", ".hidden", ".git/config"]
        {
            site.insert(path.to_owned(), path.as_bytes());
        }
        Finished { files: site, edition: String::new() }
    }

    fn file(path: &str) -> Result<Target, StatusCode> {
        Ok(Target::File(path.to_owned()))
    }

    #[test]
    fn folders_lead_to_their_index() {
        assert_eq!(target(&site(), "/"), file("index.html"));
        assert_eq!(target(&site(), "/de/"), file("de/index.html"));
        assert_eq!(target(&site(), "/style.css"), file("style.css"));
        assert_eq!(target(&site(), "/style.css/"), Ok(Target::Nothing));
    }

    #[test]
    fn folder_without_its_slash_is_sent_on() {
        assert_eq!(target(&site(), "/de"), Ok(Target::Folder("/de/".to_owned())));
        assert_eq!(target(&site(), "/a%20b"), Ok(Target::Folder("/a%20b/".to_owned())));
        assert_eq!(target(&site(), "//de"), Ok(Target::Nothing));
    }

    #[test]
    fn encoded_names_are_found() {
        assert_eq!(target(&site(), "/%E6%9C%8D%E5%8A%A1.html"), file("服务.html"));
        assert_eq!(target(&site(), "/a%20b/"), file("a b/index.html"));
    }

    #[test]
    fn ways_out_of_the_site_are_refused() {
        for path in
            ["/../etc", "/%2e%2e/etc", "/de/%2E./x", "/a\\b", "/%5c", "/%00", "/a%0d%0ab", "/%ff", "/%4", "/%zz"]
        {
            assert_eq!(target(&site(), path), Err(StatusCode::BAD_REQUEST), "{path}");
        }
    }

    #[test]
    fn hidden_files_are_not_there() {
        for path in ["/.hidden", "/.git/config", "/%2ehidden", "/./index.html"] {
            assert_eq!(target(&site(), path), Ok(Target::Nothing), "{path}");
        }
    }

    #[test]
    fn only_this_computer_is_a_host() {
        for host in ["localhost", "LOCALHOST:80", "127.0.0.1", "127.0.0.1:4000", "[::1]", "[::1]:4000"] {
            assert!(is_this_computer(host), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "localhost:80:evil",
            "[::1",
            "[::2]",
            "[::1]x",
            "[::1]4000",
        ] {
            assert!(!is_this_computer(host), "{host}");
        }
    }

    #[test]
    fn requests_of_strangers_are_refused() {
        let refused = |method: &str, uri: &str, hosts: &[&str]| {
            let mut request = Request::builder().method(method).uri(uri);
            for host in hosts {
                request = request.header(HOST, *host);
            }
            refuse(&request.body(()).unwrap().into_parts().0)
        };
        assert_eq!(refused("GET", "/", &["localhost"]), None);
        assert_eq!(refused("HEAD", "/", &["127.0.0.1:1"]), None);
        assert_eq!(refused("POST", "/", &["localhost"]), Some(StatusCode::METHOD_NOT_ALLOWED));
        assert_eq!(refused("GET", "http://localhost/", &["localhost"]), Some(StatusCode::BAD_REQUEST));
        assert_eq!(refused("GET", "/", &["evil.example"]), Some(StatusCode::FORBIDDEN));
        assert_eq!(refused("GET", "/", &[]), Some(StatusCode::BAD_REQUEST));
        assert_eq!(refused("GET", "/", &["localhost", "evil.example"]), Some(StatusCode::BAD_REQUEST));
    }
}
