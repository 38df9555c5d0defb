//! The HTTP client: sends one message and tells what came back. It follows no redirect, asks no proxy, and connects only
//! to addresses that [`web::outgoing::guard`] lets pass.

use std::io::Read;
use std::sync::Arc;
use std::time::{Duration, Instant as Stopwatch};
use ureq::http::HeaderMap;
use web::City;
use web::outgoing::Outgoing;
use web::outgoing::client::{agent, reason};

/// Longest wait for a whole exchange.
const WHOLE: Duration = Duration::from_secs(20);
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
        Self(agent(outgoing, WHOLE))
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
