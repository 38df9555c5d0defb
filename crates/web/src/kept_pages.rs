//! A page that is the same for every stranger is made once, not once a visitor: what makes the public pages bear a day on
//! which everybody looks.
//!
//! A page is kept until something happens in its city, and for two seconds at most, which is how far behind another program
//! on the same database may be anyway. Who has signed in, was just told something, or asks for a part of a page never sees a
//! kept one. The only thing in a page that belongs to one visitor is the token of its forms; it is put in again each time.

use crate::app::App;
use crate::prefs::Prefs;
use crate::request::{SESSION_COOKIE, VISITOR_COOKIE, cookie};
use crate::security::token_of;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use kernel::time::{Instant, SECOND};
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;

/// How long a page is shown, in microseconds like every [`Instant`].
const LIFE: i64 = 2 * SECOND;
/// Pages of one city that are kept at a time, and the largest of them in bytes: 16 MB at most.
const PAGES: usize = 64;
const LARGEST: usize = 256 << 10;

/// A city's kept pages, by what was asked and in which looks.
#[derive(Default)]
pub(crate) struct KeptPages(Mutex<HashMap<Asked, Arc<Page>>>);

#[derive(Clone, PartialEq, Eq, Hash)]
struct Asked {
    address: String,
    locale: &'static str,
    theme: &'static str,
    elder: bool,
}

struct Page {
    made: Instant,
    /// How much had happened in the city when the making began; see [`store::Db::happened`].
    happened: u64,
    headers: HeaderMap,
    /// The page cut where a token stood.
    pieces: Vec<Bytes>,
    /// Its length with tokens.
    length: usize,
}

impl Page {
    fn fresh(&self, now: Instant, happened: u64) -> bool {
        self.happened == happened && (0..LIFE).contains(&(now.0 - self.made.0))
    }

    fn answer(&self, token: &str) -> Response {
        let mut body = Vec::with_capacity(self.length);
        for (n, piece) in self.pieces.iter().enumerate() {
            if n > 0 {
                body.extend_from_slice(token.as_bytes());
            }
            body.extend_from_slice(piece);
        }
        let mut response = Response::new(Body::from(body));
        *response.headers_mut() = self.headers.clone();
        response
    }
}

/// The body cut at every `token`; `None` for what is not text.
fn cut(body: &Bytes, token: &str) -> Option<Vec<Bytes>> {
    let (mut pieces, mut from) = (Vec::new(), 0);
    for (at, _) in std::str::from_utf8(body).ok()?.match_indices(token) {
        pieces.push(body.slice(from..at));
        from = at + token.len();
    }
    pieces.push(body.slice(from..));
    Some(pieces)
}

/// Whether this request may be answered with what another stranger got.
fn from_a_stranger(app: &App, request: &Request) -> bool {
    let headers = request.headers();
    let route = request.extensions().get::<MatchedPath>();
    request.method() == Method::GET
        && route.is_some_and(|r| app.same_for_strangers(r.as_str()))
        && !headers.contains_key(header::AUTHORIZATION)
        && !headers.contains_key(HeaderName::from_static("hx-request"))
        && cookie(headers, SESSION_COOKIE).is_none()
        && cookie(headers, "flash").is_none()
        && !crate::error::wants_json(request.uri().path(), headers)
}

/// Middleware, inside of the one that gives strangers their cookie.
pub(crate) async fn serve(State(app): State<App>, request: Request, next: Next) -> Response {
    if !from_a_stranger(&app, &request) {
        return next.run(request).await;
    }
    let headers = request.headers();
    let text = |name: HeaderName| headers.get(name).and_then(|h| h.to_str().ok()).unwrap_or_default();
    let host = text(header::HOST).split(':').next().unwrap_or_default();
    let Some(city) = app.city_of_host(host) else { return next.run(request).await };
    let prefs = Prefs::read(|name| cookie(headers, name), text(header::ACCEPT_LANGUAGE));
    let token = token_of(city.db(), &cookie(headers, VISITOR_COOKIE).unwrap_or_default());
    let asked = Asked {
        address: request.uri().path_and_query().map_or("/", |p| p.as_str()).to_owned(),
        locale: prefs.locale.code(),
        theme: prefs.theme,
        elder: prefs.elder,
    };
    let kept = city.kept_pages();
    let (made, happened) = (city.db().now(), city.db().happened());
    let known = kept.0.lock().get(&asked).cloned();
    if let Some(page) = known.filter(|page| page.fresh(made, happened)) {
        return page.answer(&token);
    }
    let (parts, body) = next.run(request).await.into_parts();
    let keep = parts.status == StatusCode::OK && !parts.headers.contains_key(header::SET_COOKIE);
    let small = body.size_hint().exact().is_some_and(|n| n <= LARGEST as u64);
    if !keep || !small {
        return Response::from_parts(parts, body);
    }
    let Ok(body) = axum::body::to_bytes(body, LARGEST).await else {
        // its length was known, so nothing but the handler itself can have failed
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let Some(pieces) = cut(&body, &token) else { return Response::from_parts(parts, Body::from(body)) };
    let page = Page { made, happened, headers: parts.headers.clone(), pieces, length: body.len() };
    let mut pages = kept.0.lock();
    if pages.len() >= PAGES {
        pages.retain(|_, page| page.fresh(made, happened));
        if pages.len() >= PAGES {
            pages.clear();
        }
    }
    pages.insert(asked, Arc::new(page));
    drop(pages);
    Response::from_parts(parts, Body::from(body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_cut_at_its_tokens_and_put_together_with_another() {
        let body = Bytes::from_static(b"<a>TOK</a><b>TOK</b>");
        let pieces = cut(&body, "TOK").unwrap();
        assert_eq!(pieces.len(), 3);
        let page =
            Page { made: Instant(0), happened: 1, headers: HeaderMap::new(), pieces, length: body.len() };
        assert!(page.fresh(Instant(LIFE - 1), 1));
        assert!(!page.fresh(Instant(LIFE), 1), "too old");
        assert!(!page.fresh(Instant(-1), 1), "the clock was turned back");
        assert!(!page.fresh(Instant(1), 2), "something happened");
        let answered = futures::executor::block_on(axum::body::to_bytes(page.answer("new").into_body(), 100));
        assert_eq!(answered.unwrap(), "<a>new</a><b>new</b>");
        assert_eq!(cut(&Bytes::from_static(b"none"), "TOK").unwrap().len(), 1);
        assert!(cut(&Bytes::from_static(b"\xff TOK"), "TOK").is_none());
    }
}
