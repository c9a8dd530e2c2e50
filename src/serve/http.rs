//! HTTP on loopback: whom it answers, and the stream of changes. Knows requests, not what a page is.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State as Shared};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use tokio::net::TcpListener;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::BroadcastStream;

use super::answer::{Answer, answer};
use super::page::EVENTS;
use super::state::State;

/// How many ports are tried.
const TRIES: u16 = 20;

/// Listens at `address` or at the next port that is free; says which port was taken.
pub async fn listen(address: SocketAddr) -> io::Result<(TcpListener, Option<u16>)> {
    let mut last = None;
    for step in 0..TRIES {
        let Some(port) = address.port().checked_add(step) else { break };
        match TcpListener::bind(SocketAddr::new(address.ip(), port)).await {
            Ok(listener) => return Ok((listener, (step > 0).then_some(address.port()))),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => last = Some(error),
            Err(error) => return Err(error),
        }
    }
    Err(last.unwrap_or_else(|| io::ErrorKind::AddrInUse.into()))
}

/// Answers until Ctrl-C. Browsers that listen for changes are not waited for.
pub async fn run(listener: TcpListener, state: Arc<State>) -> io::Result<()> {
    let app = Router::new().fallback(handle).with_state(state);
    tokio::select! {
        result = axum::serve(listener, app) => result,
        signal = tokio::signal::ctrl_c() => signal,
    }
}

async fn handle(Shared(state): Shared<Arc<State>>, request: Request) -> Response {
    let method = request.method().clone();
    if method != Method::GET && method != Method::HEAD {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")]).into_response();
    }
    if !is_local(request.headers()) {
        return (StatusCode::FORBIDDEN, "This server answers only to this machine.\n").into_response();
    }
    let Some(path) = decoded(request.uri().path()) else { return StatusCode::BAD_REQUEST.into_response() };
    if path == EVENTS {
        return changes(&state);
    }
    match tokio::task::spawn_blocking(move || answer(&state, &path)).await {
        Ok(answer) => response(answer, method == Method::HEAD),
        Err(_) => {
            (StatusCode::INTERNAL_SERVER_ERROR, "The page could not be made: Ninefold has a fault.\n").into_response()
        }
    }
}

fn response(answer: Answer, head: bool) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let length = answer.body.len();
    let body = if head { Body::empty() } else { Body::from(answer.body) };
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(answer.content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if head {
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    }
    if let Some(location) = answer.location.and_then(|location| HeaderValue::from_str(&encoded(&location)).ok()) {
        headers.insert(header::LOCATION, location);
    }
    response
}

/// A message for each change, for as long as the browser listens.
fn changes(state: &State) -> Response {
    let stream = BroadcastStream::new(state.changes()).map(|_| Ok::<_, Infallible>(Event::default().data("changed")));
    Sse::new(stream).keep_alive(KeepAlive::default()).into_response()
}

/// Whether the request was meant for this machine: a page of another site must not read drafts through a name that leads
/// here, nor listen to the stream.
fn is_local(headers: &HeaderMap) -> bool {
    let local = |host: &str| {
        let name = match host.strip_prefix('[') {
            Some(rest) => rest.split(']').next().unwrap_or_default(),
            None => host.rsplit_once(':').map_or(host, |(name, _)| name),
        };
        matches!(name, "localhost" | "127.0.0.1" | "::1")
    };
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let origin = match headers.get(header::ORIGIN).map(HeaderValue::to_str) {
        None => true,
        Some(Ok(origin)) => origin.strip_prefix("http://").is_some_and(local),
        Some(Err(_)) => false,
    };
    host.is_some_and(local) && origin
}

/// The path as a header holds it: whatever is not plain in an address as `%` and its bytes.
fn encoded(path: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=:@".contains(&byte);
    path.bytes()
        .map(|byte| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// The path with `%` undone; none if it is no UTF-8, climbs, or holds what no address of a site does.
fn decoded(path: &str) -> Option<String> {
    let bytes = path.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'%' {
            out.push(u8::from_str_radix(path.get(at + 1..at + 3)?, 16).ok()?);
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    let text = String::from_utf8(out).ok()?;
    let fits = text.starts_with('/')
        && !text.contains('\0')
        && !text.contains('\\')
        && text.split('/').all(|part| part != "..");
    fits.then_some(text)
}
