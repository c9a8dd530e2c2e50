//! HTTP on loopback: whom it answers, and the stream of changes. Knows requests, not what a page is.

use std::borrow::Cow;
use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::sse::{KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use percent_encoding::{percent_decode_str, utf8_percent_encode};
use tokio::net::{TcpListener, TcpStream};

use super::answer::{Answer, Payload, answer, work};
use super::banner::{self, EVENTS};
use super::connections::{Busy, Connection, Connections};
use super::file::OpenFile;
use super::live::{self, Listener};
use super::local;
use super::range::{Part, part};
use super::state::State;
use crate::headers::content_type;
use crate::model::PATH;

type Request = hyper::Request<Incoming>;

/// How many ports are tried.
const TRIES: u16 = 20;
/// A request's head has to come within this time.
const REQUEST_TIME: Duration = Duration::from_secs(20);
/// And may have this many bytes.
const MAX_HEAD: usize = 64 * 1024;
/// Before the next connection is taken, when one could not be.
const PAUSE: Duration = Duration::from_millis(20);

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
    let connections = Connections::default();
    tokio::select! {
        () = accept(listener, state, connections) => Ok(()),
        signal = tokio::signal::ctrl_c() => signal,
    }
}

async fn accept(listener: TcpListener, state: Arc<State>, connections: Connections) {
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Too many files are open, or the other end went away: others are answered all the same.
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        let connection = connections.add();
        let task = tokio::spawn(converse(stream, Arc::clone(&state), Arc::clone(&connection)));
        connection.closed_by(task.abort_handle());
    }
}

/// Answers the requests of one connection, one after the other.
async fn converse(stream: TcpStream, state: Arc<State>, connection: Arc<Connection>) {
    let service = service_fn(|request: Request| {
        let (state, busy) = (Arc::clone(&state), connection.begin());
        async move {
            let response = handle(state, &busy, &request).await;
            Ok::<_, Infallible>(response.map(|body| busy.with(body)))
        }
    });
    // A broken connection affects no other.
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(REQUEST_TIME)
        .max_buf_size(MAX_HEAD)
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

async fn handle(state: Arc<State>, busy: &Busy, request: &Request) -> Response {
    if ![Method::GET, Method::HEAD].contains(request.method()) {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")]).into_response();
    }
    if let Err(refusal) = local::check(request, state.options.address.ip(), &state.options.names) {
        return (refusal.status(), refusal.words()).into_response();
    }
    let Some(path) = decoded(request.uri().path()) else { return StatusCode::BAD_REQUEST.into_response() };
    match path.as_str() {
        EVENTS => return changes(state, busy, request.uri().query().unwrap_or_default()),
        banner::SCRIPT => return own(content_type(banner::SCRIPT), include_str!("live.js"), request),
        banner::STYLE => return own(content_type(banner::STYLE), include_str!("live.css"), request),
        _ => {}
    }
    let turn = state.turns.next(work(&state, &path)).await;
    let made = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        answer(&state, &path)
    });
    match made.await {
        Ok(answer) => {
            if let Payload::Bytes(bytes) = &answer.body {
                busy.holds(bytes.len());
            }
            response(answer, request)
        }
        Err(_) => {
            (StatusCode::INTERNAL_SERVER_ERROR, "The page could not be made: Ninefold has a fault.\n").into_response()
        }
    }
}

/// A file of the server's own.
fn own(content_type: &'static str, text: &'static str, request: &Request) -> Response {
    let body = Payload::Bytes(text.as_bytes().to_vec());
    response(Answer { status: 200, content_type, body, location: None, policy: None }, request)
}

fn response(answer: Answer, request: &Request) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = match answer.body {
        Payload::Bytes(bytes) => {
            let length = [(header::CONTENT_LENGTH, bytes.len())];
            (status, length, bytes).into_response()
        }
        Payload::File(file) => sent(file, status, request),
    };
    if request.method() == Method::HEAD {
        *response.body_mut() = Body::empty();
    }
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(answer.content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Some(policy) = answer.policy.and_then(|policy| HeaderValue::from_str(&policy).ok()) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    if let Some(location) = answer.location.and_then(|location| HeaderValue::from_str(&encoded(&location)).ok()) {
        headers.insert(header::LOCATION, location);
    }
    response
}

/// The file, or the part of it that is asked for. A part is of the version that the reader has the rest of.
fn sent(file: OpenFile, status: StatusCode, request: &Request) -> Response {
    let asked = |name: header::HeaderName| request.headers().get(name).and_then(|value| value.to_str().ok());
    let is_current = asked(header::IF_RANGE).is_none_or(|tag| tag == file.tag);
    let range = asked(header::RANGE).filter(|_| is_current && request.method() == Method::GET);
    let length = file.length;
    let (status, bytes, place) = match range.map_or(Part::Whole, |range| part(range, length)) {
        Part::Whole => (status, 0..length, None),
        Part::Bytes(bytes) => {
            let place = format!("bytes {}-{}/{length}", bytes.start, bytes.end - 1);
            (StatusCode::PARTIAL_CONTENT, bytes, Some(place))
        }
        Part::None => (StatusCode::RANGE_NOT_SATISFIABLE, 0..0, Some(format!("bytes */{length}"))),
    };
    let mut headers = HeaderMap::new();
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.end - bytes.start));
    let texts = [(header::ETAG, Some(file.tag.clone())), (header::CONTENT_RANGE, place)];
    headers.extend(texts.into_iter().filter_map(|(name, text)| Some((name, text?.parse().ok()?))));
    match file.pieces(bytes) {
        Ok(pieces) => (status, headers, Body::new(pieces)).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// A message for each change that concerns the page that listens, for as long as it does.
fn changes(state: Arc<State>, busy: &Busy, query: &str) -> Response {
    if !busy.listen() {
        return (StatusCode::SERVICE_UNAVAILABLE, "Too many pages listen for changes.\n").into_response();
    }
    let value =
        |name: &str| query.split('&').find_map(|part| part.strip_prefix(name)?.strip_prefix('=')).and_then(undone);
    let seen = value("seen").zip(value("assets"));
    let stream = live::messages(state, Listener { page: value("page"), seen, search: value("search") });
    Sse::new(stream).keep_alive(KeepAlive::default()).into_response()
}

/// The path as a header holds it.
fn encoded(path: &str) -> String {
    utf8_percent_encode(path, PATH).to_string()
}

/// The path with `%` undone; none if it is no UTF-8, climbs, or holds what no address of a site does.
fn decoded(path: &str) -> Option<String> {
    undone(path).filter(|text| {
        text.starts_with('/')
            && !text.contains('\0')
            && !text.contains('\\')
            && text.split('/').all(|part| part != "..")
    })
}

/// The text, percent-decoded; none if that is no UTF-8.
fn undone(text: &str) -> Option<String> {
    percent_decode_str(text).decode_utf8().ok().map(Cow::into_owned)
}
