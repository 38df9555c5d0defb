//! Whether an ID token is to be believed (OpenID Connect Core 1.0, 3.1.3.7): signed by the provider, made for us, now, and
//! for the sign-in that this browser began.

use super::{Fault, ring};
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, JwkSet, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use kernel::time::{Instant, SECOND};
use serde_json::{Map, Value};

/// What a token must agree with.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    pub issuer: &'a str,
    pub client: &'a str,
    pub nonce: &'a str,
    pub now: Instant,
}

/// How far the provider's clock may be off, in seconds.
const LEEWAY: i64 = 60;

/// What a token that is believed says.
#[derive(Clone, Debug, Default)]
pub struct Claims(pub Map<String, Value>);

impl Claims {
    /// A claim as text; numbers as they are written (an employee's number may be one).
    pub fn text(&self, name: &str) -> Option<String> {
        match self.0.get(name)? {
            Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    pub fn subject(&self) -> String {
        self.text("sub").unwrap_or_default()
    }

    /// Who this is by the claim that names accounts. An address of mail counts only where the provider has checked it.
    pub fn named_by(&self, claim: &str) -> Result<String, Fault> {
        let name = self.text(claim).ok_or_else(|| Fault::with("claim-missing", claim))?;
        if claim == "email" && self.0.get("email_verified").and_then(Value::as_bool) != Some(true) {
            return Err(Fault::with("mail-unverified", name));
        }
        if name.chars().count() > 255 { Err(Fault::with("claim-missing", claim)) } else { Ok(name) }
    }

    /// Whether `acr` or `amr` (RFC 8176) says one of these words: the provider has asked for a second factor.
    pub fn proves_factor(&self, words: &[&str]) -> bool {
        let said = |value: &Value| value.as_str().is_some_and(|text| words.contains(&text));
        self.0.get("acr").is_some_and(said)
            || self.0.get("amr").and_then(Value::as_array).is_some_and(|list| list.iter().any(said))
    }

    fn seconds(&self, name: &str) -> Option<i64> {
        #[expect(clippy::cast_possible_truncation, reason = "a fraction of a second does not matter")]
        self.0.get(name).and_then(|v| v.as_i64().or_else(|| v.as_f64().map(|f| f as i64)))
    }
}

/// Believes a token, or says why not. `Fault` `token-key` may mean that the provider has changed its keys.
pub fn verify(token: &str, keys: &JwkSet, expected: &Expected<'_>) -> Result<Claims, Fault> {
    let header = decode_header(token).map_err(|_| Fault::new("token-malformed"))?;
    let algorithm = header.alg;
    if !matches!(algorithm, Algorithm::RS256 | Algorithm::ES256) {
        return Err(Fault::with("token-algorithm", format!("{algorithm:?}")));
    }
    let key = key_for(keys, header.kid.as_deref(), algorithm).ok_or_else(|| Fault::new("token-key"))?;
    let key = DecodingKey::from_jwk(key).map_err(|_| Fault::new("token-key"))?;
    let mut rules = Validation::new(algorithm);
    rules.set_issuer(&[expected.issuer]);
    rules.set_audience(&[expected.client]);
    rules.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    // the library reads the machine's clock; ours is the request's
    rules.validate_exp = false;
    ring::install();
    let claims = decode::<Map<String, Value>>(token, &key, &rules).map_err(|e| told(&e))?;
    let claims = Claims(claims.claims);
    for_us(&claims, expected)?;
    in_time(&claims, expected.now)?;
    if claims.text("nonce").as_deref() != Some(expected.nonce) {
        return Err(Fault::new("token-nonce"));
    }
    if claims.subject().is_empty() { Err(Fault::with("claim-missing", "sub")) } else { Ok(claims) }
}

fn told(error: &jsonwebtoken::errors::Error) -> Fault {
    match error.kind() {
        ErrorKind::InvalidSignature | ErrorKind::Provider(_) => Fault::new("token-signature"),
        ErrorKind::InvalidIssuer => Fault::new("token-issuer"),
        ErrorKind::InvalidAudience => Fault::new("token-audience"),
        ErrorKind::MissingRequiredClaim(name) => Fault::with("claim-missing", name),
        ErrorKind::InvalidAlgorithm => Fault::new("token-algorithm"),
        _ => Fault::new("token-malformed"),
    }
}

/// A token for several must name us as the one it was made for.
fn for_us(claims: &Claims, expected: &Expected<'_>) -> Result<(), Fault> {
    let party = claims.text("azp");
    let several = claims.0.get("aud").and_then(Value::as_array).is_some_and(|all| all.len() > 1);
    match party.as_deref() {
        Some(party) if party != expected.client => Err(Fault::new("token-audience")),
        None if several => Err(Fault::new("token-audience")),
        _ => Ok(()),
    }
}

fn in_time(claims: &Claims, now: Instant) -> Result<(), Fault> {
    let now = now.0.div_euclid(SECOND);
    let ends = claims.seconds("exp").ok_or_else(|| Fault::with("claim-missing", "exp"))?;
    if now >= ends.saturating_add(LEEWAY) {
        return Err(Fault::new("token-expired"));
    }
    let begins = claims.seconds("nbf").into_iter().chain(claims.seconds("iat")).max().unwrap_or(now);
    if begins > now + LEEWAY { Err(Fault::new("token-early")) } else { Ok(()) }
}

/// The key that the token names, or the only one that fits where it names none.
fn key_for<'a>(keys: &'a JwkSet, kid: Option<&str>, algorithm: Algorithm) -> Option<&'a Jwk> {
    let fits = |key: &&Jwk| {
        let signs = !matches!(key.common.public_key_use, Some(PublicKeyUse::Encryption));
        signs
            && match &key.algorithm {
                AlgorithmParameters::RSA(_) => algorithm == Algorithm::RS256,
                AlgorithmParameters::EllipticCurve(curve) => {
                    algorithm == Algorithm::ES256 && curve.curve == EllipticCurve::P256
                }
                _ => false,
            }
    };
    let mut fitting = keys.keys.iter().filter(fits);
    match kid {
        Some(kid) => fitting.find(|key| key.common.key_id.as_deref() == Some(kid)),
        None => fitting.next().filter(|_| fitting.next().is_none()),
    }
}
