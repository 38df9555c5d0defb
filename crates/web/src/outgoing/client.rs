//! The HTTP client of everything that speaks to other machines: no redirects, no proxy, no cookies, and only addresses that
//! [`guard`](super::guard) lets pass. The one file that uses what ureq calls unversioned (ADR 7).

use super::{Outgoing, guard};
use std::sync::Arc;
use std::time::Duration;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};

/// Longest wait for a name, and for a connection.
const CONNECT: Duration = Duration::from_secs(6);

/// Certificates of authorities out of a PEM file; what is wrong with it, in words for the operator, otherwise.
pub fn authorities(pem: &[u8]) -> Result<Arc<[Vec<u8>]>, String> {
    let mut found = Vec::new();
    for item in parse_pem(pem) {
        match item {
            Ok(PemItem::Certificate(certificate)) => found.push(certificate.der().to_vec()),
            Ok(PemItem::PrivateKey(_)) => {
                return Err("holds a private key, which has no business here".into());
            }
            Ok(_) => {}
            Err(fault) => return Err(fault.to_string()),
        }
    }
    if found.is_empty() { Err("holds no certificate in PEM form".into()) } else { Ok(found.into()) }
}

/// Mozilla's list, and the operator's own authorities beside it.
fn roots(own: &[Vec<u8>]) -> RootCerts {
    if own.is_empty() {
        return RootCerts::WebPki;
    }
    let public = webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter().map(AsRef::as_ref);
    let all = public.chain(own.iter().map(Vec::as_slice));
    RootCerts::from(all.map(|der: &[u8]| Certificate::from_der(der).to_owned()))
}

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
        .tls_config(TlsConfig::builder().root_certs(roots(&outgoing.authorities)).build())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_authorities_holds_certificates_and_no_key() {
        let pem = |label: &str| format!("-----BEGIN {label}-----\nAAAA\n-----END {label}-----\n");
        let two = format!("{}# ours\n{}", pem("CERTIFICATE"), pem("CERTIFICATE"));
        assert_eq!(authorities(two.as_bytes()).unwrap().len(), 2);
        for wrong in [
            String::new(),
            "nothing".to_owned(),
            pem("CERTIFICATE") + &pem("PRIVATE KEY"),
            pem("CERTIFICATE")[..40].to_owned(),
        ] {
            assert!(authorities(wrong.as_bytes()).is_err(), "{wrong}");
        }
    }
}
