//! What a program is given: an ID token signed with the city's own key (ES256, RFC 7518 §3.4), and the key to check it with.
//!
//! The key is worked out from the city's `secret.key`, as the one of push messages is: it is nowhere else, and a restored city
//! goes on with it.

use ::store::secrets::Secrets;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as B64;
use kernel::ctx::Person;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

fn key(secrets: &Secrets) -> Result<SigningKey> {
    // nearly every 32 bytes are a key; the next word is for the others
    let found = (0_u8..16).find_map(|n| SigningKey::from_slice(&secrets.sign("signon-key", &[&[n]])).ok());
    found.ok_or_else(|| Problem::internal("no key for ID tokens could be made"))
}

/// The public key as a JWK (RFC 7517), without its name.
fn jwk(secrets: &Secrets) -> Result<Value> {
    let point = key(secrets)?.verifying_key().to_sec1_point(false);
    let bytes = point.as_bytes();
    let (x, y) = (bytes.get(1..33).unwrap_or_default(), bytes.get(33..65).unwrap_or_default());
    Ok(json!({ "crv": "P-256", "kty": "EC", "x": B64.encode(x), "y": B64.encode(y) }))
}

/// The key's name: its own fingerprint (RFC 7638; members in the order of their names, as `json!` keeps them).
fn kid(secrets: &Secrets) -> Result<String> {
    Ok(B64.encode(Sha256::digest(jwk(secrets)?.to_string())))
}

/// What `/connect/keys` answers.
pub fn keys(secrets: &Secrets) -> Result<Value> {
    let mut key = jwk(secrets)?;
    key["kid"] = kid(secrets)?.into();
    key["use"] = "sig".into();
    key["alg"] = "ES256".into();
    Ok(json!({ "keys": [key] }))
}

/// A signed token of these claims.
pub fn signed(secrets: &Secrets, claims: &Value) -> Result<String> {
    let head = json!({ "alg": "ES256", "kid": kid(secrets)?, "typ": "JWT" });
    let body = format!("{}.{}", B64.encode(head.to_string()), B64.encode(claims.to_string()));
    let signature: Signature = key(secrets)?.sign(body.as_bytes());
    Ok(format!("{body}.{}", B64.encode(signature.to_bytes())))
}

/// By what a program knows a person: always the same there, and another elsewhere (OpenID Connect Core §8.1, pairwise).
pub fn subject(secrets: &Secrets, program: &str, person: Id<Person>) -> String {
    B64.encode(&secrets.sign("signon-subject", &[program.as_bytes(), &person.raw().to_be_bytes()])[..18])
}

/// `at_hash` of OpenID Connect Core §3.1.3.6: the left half of the hash.
pub fn at_hash(token: &str) -> String {
    B64.encode(&Sha256::digest(token)[..16])
}

/// Whether a program knows the word behind a challenge (RFC 7636 §4.6).
pub fn proves(challenge: &str, verifier: &str) -> bool {
    let fits = (43..=128).contains(&verifier.len())
        && verifier.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~".contains(&b));
    fits && ::store::secrets::same(B64.encode(Sha256::digest(verifier)).as_bytes(), challenge.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use p256::ecdsa::VerifyingKey;
    use p256::ecdsa::signature::Verifier;

    #[test]
    fn a_token_is_checked_with_the_key_that_is_published() {
        let secrets = Secrets::fixed([7; 32]);
        let token = signed(&secrets, &json!({ "sub": "x" })).unwrap();
        let keys = keys(&secrets).unwrap();
        let part = |name: &str| B64.decode(keys["keys"][0][name].as_str().unwrap()).unwrap();
        let point = [vec![4], part("x"), part("y")].concat();
        let (body, signature) = token.rsplit_once('.').unwrap();
        let signature = Signature::from_slice(&B64.decode(signature).unwrap()).unwrap();
        VerifyingKey::from_sec1_bytes(&point).unwrap().verify(body.as_bytes(), &signature).unwrap();
        let head = B64.decode(body.split_once('.').unwrap().0).unwrap();
        let head: Value = serde_json::from_slice(&head).unwrap();
        assert_eq!(head["kid"], keys["keys"][0]["kid"]);
    }

    #[test]
    fn two_programs_know_a_person_by_different_names() {
        let secrets = Secrets::fixed([7; 32]);
        let of = |program, person| subject(&secrets, program, Id::new(person));
        assert_eq!(of("SP-0001", 5), of("SP-0001", 5));
        assert_ne!(of("SP-0001", 5), of("SP-0002", 5));
        assert_ne!(of("SP-0001", 5), of("SP-0001", 6));
    }

    #[test]
    fn the_example_of_rfc_7636_proves() {
        let (verifier, challenge) =
            ("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        assert!(proves(challenge, verifier));
        assert!(!proves(challenge, &verifier.replace('d', "e")));
        assert!(!proves(challenge, challenge) && !proves(challenge, ""));
    }
}
