//! What the provider says of itself (OpenID Connect Discovery 1.0), and the keys it signs with.

use super::Fault;
use super::http::Http;
use jsonwebtoken::jwk::JwkSet;
use kernel::time::{Instant, MINUTE, SECOND};
use serde::Deserialize;
use std::sync::Arc;
use web::City;
use web::outgoing::Outgoing;
use web::outgoing::guard::{Unfit, fit};

/// The part of the provider's metadata that we use.
#[derive(Clone, Debug, Deserialize)]
pub struct Metadata {
    pub issuer: String,
    pub authorization_endpoint: String,
    pub token_endpoint: String,
    pub jwks_uri: String,
    pub userinfo_endpoint: Option<String>,
    #[serde(default)]
    response_types_supported: Vec<String>,
    #[serde(default)]
    id_token_signing_alg_values_supported: Vec<String>,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Vec<String>,
}

impl Metadata {
    /// Whether the secret goes into the form instead of the header, which is the default (RFC 6749, 2.3.1).
    pub(super) fn secret_in_form(&self) -> bool {
        let says = |method: &str| self.token_endpoint_auth_methods_supported.iter().any(|m| m == method);
        says("client_secret_post") && !says("client_secret_basic")
    }
}

/// A provider as it was last read.
#[derive(Debug)]
pub struct Known {
    pub metadata: Metadata,
    pub keys: JwkSet,
    read_at: Instant,
}

/// A provider that could not be read: it is not asked again at once for everybody who comes.
#[derive(Debug)]
struct Failed {
    issuer: String,
    fault: Fault,
    at: Instant,
}

/// Keys change seldom; a key that is not known is looked for again before this.
const KEPT: i64 = 15 * MINUTE;
const PAUSE: i64 = 15 * SECOND;

/// The provider, read again when what is known is old, or with `fresh` when it does not know a key.
pub fn known(city: &City, issuer: &str, now: Instant, fresh: bool) -> Result<Arc<Known>, Fault> {
    let recent = |at: Instant, span: i64| now >= at && now.0 - at.0 < span;
    if let Some(known) = city.kept::<Known>() {
        let span = if fresh { PAUSE } else { KEPT };
        if known.metadata.issuer == issuer && recent(known.read_at, span) {
            return Ok(known);
        }
    }
    if let Some(failed) = city.kept::<Failed>()
        && failed.issuer == issuer
        && recent(failed.at, PAUSE)
    {
        return Err(failed.fault.clone());
    }
    let outgoing = city.kept::<Outgoing>().map(|o| (*o).clone()).unwrap_or_default();
    let read = || {
        let metadata = discover(&outgoing, issuer)?;
        let keys = keys(&outgoing, &metadata)?;
        Ok(Known { metadata, keys, read_at: now })
    };
    match read() {
        Ok(known) => {
            city.forget::<Failed>();
            Ok(city.keep(known))
        }
        Err(fault) => {
            city.keep(Failed { issuer: issuer.to_owned(), fault: Fault::clone(&fault), at: now });
            Err(fault)
        }
    }
}

/// Forgets what was read, and what failed: the settings have changed.
pub fn forget(city: &City) {
    city.forget::<Known>();
    city.forget::<Failed>();
}

/// Reads the metadata. The issuer in it must be the one asked for, letter by letter (Discovery 4.3): a document of another
/// issuer would let that one sign in our people.
pub fn discover(outgoing: &Outgoing, issuer: &str) -> Result<Metadata, Fault> {
    let unfit = |unfit| match unfit {
        Unfit::Inside => Fault::with("inside", issuer),
        Unfit::NotHttps => Fault::with("not-https", issuer),
        Unfit::Wrong | Unfit::WithPassword => Fault::with("address", issuer),
    };
    fit(outgoing, issuer).map_err(unfit)?;
    let url = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
    let metadata: Metadata = Http::new(outgoing).get(&url, None)?;
    if metadata.issuer != issuer {
        return Err(Fault::with("issuer-mismatch", metadata.issuer));
    }
    let endpoints = [&metadata.authorization_endpoint, &metadata.token_endpoint, &metadata.jwks_uri];
    for endpoint in endpoints.into_iter().chain(&metadata.userinfo_endpoint) {
        fit(outgoing, endpoint).map_err(|_| Fault::with("endpoint", endpoint))?;
    }
    // what is not said is the standard's default, which is fine
    let lacks = |said: &[String], wanted: &[&str]| {
        !said.is_empty() && !said.iter().any(|s| wanted.contains(&s.as_str()))
    };
    if lacks(&metadata.response_types_supported, &["code"]) {
        return Err(Fault::new("no-code"));
    }
    if lacks(&metadata.id_token_signing_alg_values_supported, &["RS256", "ES256"]) {
        return Err(Fault::with("no-algorithm", metadata.id_token_signing_alg_values_supported.join(", ")));
    }
    Ok(metadata)
}

/// Reads the keys that tokens are signed with.
pub fn keys(outgoing: &Outgoing, metadata: &Metadata) -> Result<JwkSet, Fault> {
    let keys: JwkSet = Http::new(outgoing).get(&metadata.jwks_uri, None)?;
    if keys.keys.is_empty() { Err(Fault::with("no-keys", &metadata.jwks_uri)) } else { Ok(keys) }
}
