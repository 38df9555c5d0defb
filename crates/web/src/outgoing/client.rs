//! The HTTP client of everything that speaks to other machines: no redirects, no proxy, no cookies, and only addresses that
//! [`guard`](super::guard) lets pass. The one file that uses what ureq calls unversioned (ADR 7).

use super::{Outgoing, guard};
use std::time::Duration;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};

/// Longest wait for a name, and for a connection.
const CONNECT: Duration = Duration::from_secs(6);

/// A client that keeps connections for a while. `whole`: the longest wait for a whole exchange.
pub fn agent(outgoing: Outgoing, whole: Duration) -> ureq::Agent {
    let config = Config::builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .proxy(None)
        .user_agent(concat!("chuangcheng/", env!("CARGO_PKG_VERSION")))
        .timeout_global(Some(whole))
        .timeout_resolve(Some(CONNECT))
        .timeout_connect(Some(CONNECT))
        .max_idle_connections_per_host(8)
        .build();
    ureq::Agent::with_parts(config, DefaultConnector::default(), Guarded(outgoing))
}

/// Why no answer came, in a word: `timeout`, `name`, `inside`, `connection`, `tls`, `protocol`.
pub fn reason(error: &ureq::Error) -> &'static str {
    match error {
        ureq::Error::Timeout(_) => "timeout",
        ureq::Error::HostNotFound => "name",
        ureq::Error::Io(e) if e.kind() == std::io::ErrorKind::PermissionDenied => "inside",
        // rustls tells what is wrong with a certificate through the connection's errors
        ureq::Error::Io(e) if e.kind() == std::io::ErrorKind::InvalidData => "tls",
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
