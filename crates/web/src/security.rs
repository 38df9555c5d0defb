//! What protects pages in general: headers on every answer, and proof that a form was sent from our own page.
//!
//! A state-changing page request must come from our own origin (browsers say so in `Sec-Fetch-Site` or `Origin`), and
//! its form must carry a token made for this browser. API requests carry a key in a header, which no foreign page can
//! add, so they need neither.

use crate::request::Req;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use kernel::problem::{Problem, Result};

/// Name of the hidden form field.
pub const CSRF_FIELD: &str = "csrf";

/// Where a page's script asks for a token: `cases` answers it.
pub const TOKEN_DOOR: &str = "/offline/state";

/// The token for forms shown to this request's browser.
pub fn token(req: &Req) -> String {
    token_of(req.db(), &req.tie)
}

pub(crate) fn token_of(db: &store::Db, tie: &str) -> String {
    hex::encode(&db.secrets().sign("csrf", &[tie.as_bytes()])[..16])
}

/// Refuses a form whose token was not made for this browser.
pub fn check_token(req: &Req, given: &str) -> Result<()> {
    // without any cookie there is nothing to steal, but then there is also nothing to tie the form to
    if !req.tie.is_empty() && store::secrets::same(given.as_bytes(), token(req).as_bytes()) {
        return Ok(());
    }
    Err(Problem::new(403, "form-expired"))
}

/// Refuses a request that a browser says was started by another site.
pub fn same_origin(headers: &HeaderMap) -> Result<()> {
    let text = |name: &str| headers.get(name).and_then(|h| h.to_str().ok());
    let ok = match (text("sec-fetch-site"), text("origin"), text("host")) {
        (Some(site), _, _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin), Some(host)) => origin.split("://").nth(1) == Some(host),
        // not a browser: the form token still has to be right
        (None, None, _) => true,
        _ => false,
    };
    if ok { Ok(()) } else { Err(Problem::new(403, "foreign-origin")) }
}

/// A path on this site to send somebody back to; anything else becomes the home page.
pub fn local(path: &str) -> &str {
    let ok = path.starts_with('/')
        && !path.starts_with("//")
        && !path.starts_with("/\\")
        && path.bytes().all(|b| b > 0x20 && b != 0x7f);
    if ok { path } else { "/" }
}

const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
    media-src 'self' blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// 天地图 tiles come from its own hosts.
const CSP_TIANDITU: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob: \
    https://*.tianditu.gov.cn; media-src 'self' blob:; font-src 'self'; connect-src 'self' https://*.tianditu.gov.cn; worker-src 'self'; \
    manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Middleware: the same protective headers on every answer, and a visitor cookie for whoever has none.
pub async fn headers(
    axum::extract::State(app): axum::extract::State<crate::App>,
    request: Request,
    next: Next,
) -> Response {
    let known = crate::request::cookie(request.headers(), crate::request::VISITOR_COOKIE).is_some()
        || crate::request::cookie(request.headers(), crate::request::SESSION_COOKIE).is_some();
    let path_is_page =
        !request.uri().path().starts_with("/assets/") && !crate::dialect::programs_only(request.uri().path());
    let had_flash = crate::request::cookie(request.headers(), "flash").is_some();
    let mut request = request;
    // what waited for a signal is sent with a token of now, asked for by script
    let asks_for_token = request.uri().path() == TOKEN_DOOR;
    let mut fresh = None;
    if !known && path_is_page {
        // the page that is being made must already carry forms tied to the cookie that this answer sets
        let word = store::secrets::random_word();
        if let Ok(value) = HeaderValue::from_str(&format!("{}={word}", crate::request::VISITOR_COOKIE)) {
            request.headers_mut().append(header::COOKIE, value);
        }
        fresh = Some(word);
    }
    let mut response = next.run(request).await;
    let html = response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|h| h.to_str().ok())
        .is_some_and(|t| t.starts_with("text/html"));
    let out = response.headers_mut();
    if let Some(word) = fresh.filter(|_| html || asks_for_token) {
        add_cookie(out, crate::request::VISITOR_COOKIE, &word, None, true, &app);
    }
    if had_flash && html {
        add_cookie(out, "flash", "", Some(0), true, &app);
    }
    let csp = if app.settings().tianditu_key.is_some() { CSP_TIANDITU } else { CSP };
    let fixed: [(HeaderName, &'static str); 6] = [
        (header::CONTENT_SECURITY_POLICY, csp),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(self), geolocation=(self), microphone=(self), payment=()",
        ),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("x-frame-options"), "DENY"),
    ];
    for (name, value) in fixed {
        out.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if html {
        out.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    }
    response
}

/// Adds a `Set-Cookie` header. `max_age` in seconds; `None` lasts as long as the browser runs.
pub fn add_cookie(
    headers: &mut HeaderMap,
    name: &str,
    value: &str,
    max_age: Option<i64>,
    hidden: bool,
    app: &crate::App,
) {
    let mut text = format!("{name}={value}; Path=/; SameSite=Lax");
    if hidden {
        text.push_str("; HttpOnly");
    }
    if app.settings().secure_cookies {
        text.push_str("; Secure");
    }
    if let Some(seconds) = max_age {
        text = format!("{text}; Max-Age={seconds}");
    }
    if let Ok(value) = HeaderValue::from_str(&text) {
        headers.append(header::SET_COOKIE, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(n, v)| (HeaderName::from_static(n), HeaderValue::from_static(v))).collect()
    }

    #[test]
    fn only_paths_of_this_site_are_followed() {
        assert_eq!(local("/cases?q=1"), "/cases?q=1");
        for bad in
            ["", "cases", "//evil.cn", "/\\evil.cn", "https://evil.cn", "/a\nb", "/a b", "javascript:x"]
        {
            assert_eq!(local(bad), "/", "{bad}");
        }
    }

    #[test]
    fn foreign_pages_are_refused() {
        assert!(same_origin(&headers(&[("sec-fetch-site", "same-origin")])).is_ok());
        assert!(same_origin(&headers(&[("sec-fetch-site", "cross-site")])).is_err());
        assert!(same_origin(&headers(&[("sec-fetch-site", "same-site")])).is_err());
        assert!(same_origin(&headers(&[("origin", "https://a.cn"), ("host", "a.cn")])).is_ok());
        assert!(same_origin(&headers(&[("origin", "https://b.cn"), ("host", "a.cn")])).is_err());
        assert!(same_origin(&headers(&[("origin", "null"), ("host", "a.cn")])).is_err());
        assert!(same_origin(&headers(&[])).is_ok());
    }
}
