//! What the server answers. Everything comes from memory.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use tokio_stream::StreamExt;
use tokio_stream::wrappers::WatchStream;

use super::address::{self, Target};
use super::board::{Board, State};
use super::content_type::content_type;
use super::findings::{self, Order};
use super::{FindingsText, page};

const HTML: &str = "text/html; charset=utf-8";
/// How often a listener is written to when there is nothing to say, so that one that has gone is noticed.
const STILL_HERE: Duration = Duration::from_secs(15);
/// After how long a browser listens again when the server was gone.
const LISTEN_AGAIN: Duration = Duration::from_millis(500);
/// What every answer says: ask again each time, believe the type, and no page of another site may embed it.
const ALWAYS: [(HeaderName, HeaderValue); 3] = [
    (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
];

/// Answers a request.
pub async fn answer(board: Arc<Board>, request: Request) -> Response {
    let (request, _) = request.into_parts();
    let mut response = match address::refuse(&request) {
        Some(status) => refusal(status),
        None => match request.uri.path().strip_prefix(address::OWN) {
            Some(name) => own(&board, &request, name),
            // A file of it may have to be made first.
            None => tokio::task::block_in_place(|| from_site(&board.state(), &request)),
        },
    };
    response.headers_mut().extend(ALWAYS);
    response
}

fn own(board: &Board, request: &Parts, name: &str) -> Response {
    match name {
        "events" => events(board),
        "reload.js" => content(&request.headers, content_type(name), Bytes::from_static(page::SCRIPT.as_bytes())),
        "state" => content(&request.headers, "application/json", state_text(&board.state()).into()),
        "findings" => findings_page(&board.state(), Order::Owner),
        "findings/services" => findings_page(&board.state(), Order::Service),
        _ => refusal(StatusCode::NOT_FOUND),
    }
}

fn findings_page(state: &State, order: Order) -> Response {
    let none = FindingsText { summary: "No finding".to_owned(), ..FindingsText::default() };
    let found = state.findings.as_ref().unwrap_or(&none);
    let page = findings::page(&found.items, &found.summary, order, state.revision);
    ([(header::CONTENT_TYPE, HTML)], page).into_response()
}

/// Tells the revision now and after every change (server-sent events).
fn events(board: &Board) -> Response {
    let revisions = WatchStream::new(board.listen())
        .map(|state| Ok::<_, Infallible>(Event::default().retry(LISTEN_AGAIN).data(state.revision.to_string())));
    Sse::new(revisions).keep_alive(KeepAlive::new().interval(STILL_HERE)).into_response()
}

/// Writes down what a page has to know to decide whether it is still the right one.
fn state_text(state: &State) -> String {
    let findings = state.findings.as_ref();
    serde_json::json!({
        "revision": state.revision,
        "site": state.site_revision,
        "behind": state.behind,
        "findings": findings.map(|found| serde_json::json!({ "summary": found.summary, "text": found.text })),
    })
    .to_string()
}

fn from_site(state: &State, request: &Parts) -> Response {
    let Some(site) = &state.site else {
        let page = page::waiting(state.findings.as_ref(), state.revision);
        return (StatusCode::SERVICE_UNAVAILABLE, [(header::CONTENT_TYPE, HTML)], page).into_response();
    };
    let target = match address::target(site.as_ref(), request.uri.path()) {
        Ok(target) => target,
        Err(status) => return refusal(status),
    };
    match target {
        Target::File(path) => match site.get(&path) {
            Some(bytes) => content(&request.headers, content_type(&path), served(&path, &bytes, state)),
            None => not_found(state),
        },
        Target::Folder(path) => {
            let query = request.uri.query().map(|query| format!("?{query}")).unwrap_or_default();
            (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, path + &query)]).into_response()
        }
        Target::Nothing => not_found(state),
    }
}

fn not_found(state: &State) -> Response {
    let path = "404.html";
    let page = match state.site.as_ref().and_then(|site| site.get(path)) {
        Some(bytes) => served(path, &bytes, state),
        None => page::not_found(state.site_revision).into(),
    };
    (StatusCode::NOT_FOUND, [(header::CONTENT_TYPE, HTML)], page).into_response()
}

/// The bytes of a file as they are sent: pages with the reload script, all others as they are.
fn served(path: &str, bytes: &Arc<[u8]>, state: &State) -> Bytes {
    match content_type(path) {
        HTML => page::with_script(bytes, state.site_revision).into(),
        _ => Bytes::from_owner(Arc::clone(bytes)),
    }
}

/// Sends content, or only that it has not changed.
fn content(asked: &HeaderMap, kind: &'static str, bytes: Bytes) -> Response {
    let tag = format!("\"{}\"", &blake3::hash(&bytes).to_hex()[..32]);
    if has_tag(asked, &tag) {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response();
    }
    ([(header::CONTENT_TYPE, kind)], [(header::ETAG, tag)], Body::from(bytes)).into_response()
}

/// Tells whether the browser already has what bears this tag (RFC 9110, 13.1.2).
fn has_tag(asked: &HeaderMap, tag: &str) -> bool {
    let known = asked.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    known
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

fn refusal(status: StatusCode) -> Response {
    let text = match status {
        StatusCode::METHOD_NOT_ALLOWED => "only GET and HEAD are answered",
        StatusCode::FORBIDDEN => "this server answers to localhost only; open http://localhost with its port",
        StatusCode::NOT_FOUND => "there is nothing here",
        _ => "this is not a request that a browser makes for a page",
    };
    let mut response = (status, text).into_response();
    if status == StatusCode::METHOD_NOT_ALLOWED {
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_tags_are_found_in_a_list_weak_or_not() {
        let asked =
            |value: &'static str| HeaderMap::from_iter([(header::IF_NONE_MATCH, HeaderValue::from_static(value))]);
        for value in ["\"a\"", "\"b\", \"a\"", "W/\"a\"", "*"] {
            assert!(has_tag(&asked(value), "\"a\""), "{value}");
        }
        for value in ["\"b\"", "a", "\"ab\"", ""] {
            assert!(!has_tag(&asked(value), "\"a\""), "{value}");
        }
        assert!(!has_tag(&HeaderMap::new(), "\"a\""));
    }

    #[test]
    fn page_of_a_later_site_has_another_tag_so_that_its_script_is_never_an_old_one() {
        let bytes: Arc<[u8]> = Arc::from(&b"<p>"[..]);
        let at = |site_revision| served("a.html", &bytes, &State { site_revision, ..State::default() });
        assert_ne!(at(1), at(2));
        assert_eq!(&served("a.css", &bytes, &State::default())[..], &bytes[..]);
    }
}
