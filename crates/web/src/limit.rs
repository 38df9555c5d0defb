//! How often one address may send something in a minute. Counted in memory in windows of a minute: enough against
//! floods, cheap for everybody else, forgotten with the process.

use crate::app::App;
use crate::error::Fail;
use crate::request::{Req, SESSION_COOKIE, cookie, unsafe_method};
use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::http::{Extensions, HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use kernel::problem::Problem;
use parking_lot::Mutex;
use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Instant;

const WINDOW_SECONDS: u64 = 60;
/// A whole office behind one address is normal for those who have signed in.
const SIGNED_IN_FACTOR: u32 = 20;

/// Number of the window, and how often each address has sent in it, signed in or not.
type Window = (u64, HashMap<(IpAddr, bool), u32>);

/// Counts of the window that runs.
pub(crate) struct Limiter {
    /// 0 is without limit.
    per_minute: u32,
    began: Instant,
    window: Mutex<Window>,
}

impl Limiter {
    pub(crate) fn new(per_minute: u32) -> Self {
        Self { per_minute, began: Instant::now(), window: Mutex::default() }
    }

    /// Counts a request; `Some(seconds)` when it is one too many and how long to wait.
    fn too_many(&self, address: IpAddr, signed_in: bool) -> Option<u64> {
        self.too_many_at(self.began.elapsed().as_secs(), address, signed_in)
    }

    fn too_many_at(&self, second: u64, address: IpAddr, signed_in: bool) -> Option<u64> {
        if self.per_minute == 0 {
            return None;
        }
        let limit =
            if signed_in { self.per_minute.saturating_mul(SIGNED_IN_FACTOR) } else { self.per_minute };
        let mut window = self.window.lock();
        if window.0 != second / WINDOW_SECONDS {
            *window = (second / WINDOW_SECONDS, HashMap::new());
        }
        let count = window.1.entry((block(address), signed_in)).or_default();
        *count = count.saturating_add(1);
        (*count > limit).then(|| WINDOW_SECONDS - second % WINDOW_SECONDS)
    }
}

/// One household has a whole /64 of IPv6 addresses.
pub(crate) fn block(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => v6.to_ipv4_mapped().map_or_else(
            || {
                let s = v6.segments();
                IpAddr::V6(Ipv6Addr::new(s[0], s[1], s[2], s[3], 0, 0, 0, 0))
            },
            IpAddr::V4,
        ),
    }
}

/// The address of whoever asks. A proxy's word is believed only when the operator said that there is one.
pub(crate) fn address(app: &App, headers: &HeaderMap, extensions: &Extensions) -> Option<IpAddr> {
    let peer = extensions.get::<ConnectInfo<SocketAddr>>().map(|c| c.0.ip());
    if app.settings().behind_proxy { forwarded(headers).or(peer) } else { peer }
}

/// The last address of `X-Forwarded-For` is the one that our own proxy saw.
fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let text = headers.get("x-forwarded-for")?.to_str().ok()?;
    text.rsplit(',').next()?.trim().parse().ok()
}

/// Middleware: refuses with 429 and `Retry-After` whoever sends too often. Reading is not limited.
pub(crate) async fn limit(
    State((app, limiter)): State<(App, Arc<Limiter>)>,
    request: Request,
    next: Next,
) -> Response {
    if !unsafe_method(request.method()) {
        return next.run(request).await;
    }
    let headers = request.headers();
    let signed_in = headers.contains_key(header::AUTHORIZATION) || cookie(headers, SESSION_COOKIE).is_some();
    let wait =
        address(&app, headers, request.extensions()).and_then(|from| limiter.too_many(from, signed_in));
    let Some(seconds) = wait else { return next.run(request).await };
    let problem = Problem::new(429, "too-many-requests").arg("seconds", seconds);
    let (mut parts, _) = request.into_parts();
    match Req::from_request_parts(&mut parts, &app).await {
        Ok(req) => Fail::of(&req, problem).into_response(),
        Err(fail) => fail.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_lets_so_many_through_and_then_says_how_long_to_wait() {
        let limiter = Limiter::new(2);
        let a: IpAddr = "10.0.0.1".parse().unwrap();
        let near: IpAddr = "2001:db8::1".parse().unwrap();
        let same_house: IpAddr = "2001:db8::2".parse().unwrap();
        assert_eq!(limiter.too_many_at(50, a, false), None);
        assert_eq!(limiter.too_many_at(51, a, false), None);
        assert_eq!(limiter.too_many_at(52, a, false), Some(8));
        assert_eq!(limiter.too_many_at(52, a, true), None);
        assert_eq!(limiter.too_many_at(60, a, false), None, "a new window");
        assert_eq!(limiter.too_many_at(61, near, false), None);
        assert_eq!(limiter.too_many_at(61, same_house, false), None);
        assert_eq!(limiter.too_many_at(61, near, false), Some(59));
        assert_eq!(Limiter::new(0).too_many_at(0, a, false), None);
    }
}
