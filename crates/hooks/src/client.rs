//! The HTTP client: sends one message and tells what came back. It follows no redirect, asks no proxy, and connects only
//! to addresses that [`guard`] lets pass.

use crate::guard;
use std::io::Read;
use std::sync::Arc;
use std::time::{Duration, Instant as Stopwatch};
use ureq::config::Config;
use ureq::http::{HeaderMap, Uri};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use web::City;
use web::outgoing::Outgoing;

/// Longest wait for a whole exchange.
const WHOLE: Duration = Duration::from_secs(20);
/// Longest wait for a name, and for a connection.
const CONNECT: Duration = Duration::from_secs(6);
/// Bytes of an answer that are read at all.
const READ: u64 = 8 * 1024;
/// Characters of an answer that are kept.
pub const KEPT: usize = 500;

/// What came back.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    pub status: Option<u16>,
    /// Why no answer came: a code of the texts `hook-error-…`.
    pub error: Option<&'static str>,
    pub text: String,
    /// The header `Retry-After`, as it came.
    pub retry_after: Option<String>,
    pub took_ms: i64,
}

/// Shared by all endpoints of a city; keeps connections for a while.
#[derive(Clone, Debug)]
pub struct Client(ureq::Agent);

impl Client {
    pub fn new(outgoing: Outgoing) -> Self {
        let config = Config::builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .user_agent(concat!("chuangcheng/", env!("CARGO_PKG_VERSION")))
            .timeout_global(Some(WHOLE))
            .timeout_resolve(Some(CONNECT))
            .timeout_connect(Some(CONNECT))
            .max_idle_connections_per_host(8)
            .build();
        Self(ureq::Agent::with_parts(config, DefaultConnector::default(), Guarded(outgoing)))
    }

    /// The city's own.
    pub fn of(city: &City) -> Arc<Self> {
        if let Some(client) = city.kept::<Self>() {
            return client;
        }
        let outgoing = city.kept::<Outgoing>().map(|o| (*o).clone()).unwrap_or_default();
        city.keep(Self::new(outgoing))
    }

    /// POSTs a body with these headers.
    pub fn post(&self, url: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let began = Stopwatch::now();
        let mut request = self.0.post(url).header("content-type", "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut answer = match request.send(body) {
            Ok(response) => read(response),
            Err(error) => Answer { error: Some(reason(&error)), ..Answer::default() },
        };
        answer.took_ms = i64::try_from(began.elapsed().as_millis()).unwrap_or(i64::MAX);
        answer
    }
}

fn read(mut response: ureq::http::Response<ureq::Body>) -> Answer {
    let status = Some(response.status().as_u16());
    let retry_after = header(response.headers(), "retry-after");
    let mut bytes = Vec::new();
    // the status has come: an answer that breaks off after it still counts
    let _ = response.body_mut().as_reader().take(READ).read_to_end(&mut bytes);
    let clean = |c: &char| !c.is_control() || *c == '\n';
    let text = String::from_utf8_lossy(&bytes).chars().filter(clean).take(KEPT).collect();
    Answer { status, text, retry_after, ..Answer::default() }
}

fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name).and_then(|h| h.to_str().ok()).map(str::to_owned)
}

fn reason(error: &ureq::Error) -> &'static str {
    match error {
        ureq::Error::Timeout(_) => "timeout",
        ureq::Error::HostNotFound => "name",
        ureq::Error::Io(e) if e.kind() == std::io::ErrorKind::PermissionDenied => "inside",
        ureq::Error::Io(_) | ureq::Error::ConnectionFailed => "connection",
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => "tls",
        _ => "protocol",
    }
}

/// Resolves names as usual, then drops every address that must not be reached.
#[derive(Debug)]
struct Guarded(Outgoing);

impl Resolver for Guarded {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = DefaultResolver::default().resolve(uri, config, timeout)?;
        let mut kept = self.empty();
        for address in found.iter().filter(|a| guard::may_connect(&self.0, a.ip())) {
            kept.push(*address);
        }
        if kept.is_empty() {
            let refused = std::io::Error::new(std::io::ErrorKind::PermissionDenied, "an address inside");
            return Err(ureq::Error::Io(refused));
        }
        Ok(kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_leads_inside_is_not_connected_to() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let port = listener.local_addr().unwrap().port();
        // every resolver knows this name, whatever a name server says
        for host in ["localhost", "127.0.0.1"] {
            let answer = Client::new(Outgoing::default()).post(&format!("http://{host}:{port}/"), &[], "{}");
            assert_eq!((answer.status, answer.error), (None, Some("inside")), "{host}");
        }
        assert!(listener.accept().is_err(), "somebody connected");
    }
}
