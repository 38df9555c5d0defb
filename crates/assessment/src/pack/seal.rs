//! Hashes of a pack's parts, and the city's signature over them (ES256).
//!
//! The key is worked out from the city's `secret.key`, as the one of ID tokens is, and from another word, so that neither can be
//! used for the other.

use super::model::{Pack, PackHashes, PackRound, PackSeal, RoundHashes};
use ::store::secrets::Secrets;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as B64;
use kernel::problem::{Problem, Result};
use p256::ecdsa::signature::{Signer, Verifier};
use p256::ecdsa::{Signature, SigningKey, VerifyingKey};
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};

fn key(secrets: &Secrets) -> Result<SigningKey> {
    // nearly every 32 bytes are a key; the next word is for the others
    let found =
        (0_u8..16).find_map(|n| SigningKey::from_slice(&secrets.sign("score-pack-key", &[&[n]])).ok());
    found.ok_or_else(|| Problem::internal("no key for score packs could be made"))
}

fn coordinates(secrets: &Secrets) -> Result<(String, String)> {
    let point = key(secrets)?.verifying_key().to_sec1_point(false);
    let bytes = point.as_bytes();
    let part = |from: usize| B64.encode(bytes.get(from..from + 32).unwrap_or_default());
    Ok((part(1), part(33)))
}

/// RFC 7638: members in the order of their names.
fn name_of(x: &str, y: &str) -> String {
    B64.encode(Sha256::digest(json!({ "crv": "P-256", "kty": "EC", "x": x, "y": y }).to_string()))
}

/// The name of this city's key, which the city tells by another way than the pack.
pub fn key_name(secrets: &Secrets) -> Result<String> {
    let (x, y) = coordinates(secrets)?;
    Ok(name_of(&x, &y))
}

/// The public key as a JWK (RFC 7517).
pub(crate) fn jwk(secrets: &Secrets) -> Result<serde_json::Value> {
    let (x, y) = coordinates(secrets)?;
    Ok(
        json!({ "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": name_of(&x, &y), "x": x, "y": y }),
    )
}

fn hash(of: &impl Serialize) -> Result<String> {
    Ok(hex::encode(Sha256::digest(serde_json::to_vec(of).map_err(Problem::internal)?)))
}

fn round(of: &PackRound) -> Result<RoundHashes> {
    let head = PackRound { rows: Vec::new(), ..of.clone() };
    Ok(RoundHashes {
        number: of.number.clone(),
        head: hash(&head)?,
        rows: of.rows.iter().map(hash).collect::<Result<_>>()?,
    })
}

/// Hashes of everything but the seal.
pub(super) fn hashes(pack: &Pack) -> Result<PackHashes> {
    let head = (&pack.format, pack.version, &pack.number, &pack.city, &pack.made_at, &pack.method);
    Ok(PackHashes {
        head: hash(&head)?,
        scheme: hash(&pack.scheme)?,
        rounds: pack.rounds.iter().map(round).collect::<Result<_>>()?,
        figures: hash(&pack.figures)?,
    })
}

pub(super) fn seal(secrets: &Secrets, hashes: PackHashes) -> Result<PackSeal> {
    let signed = serde_json::to_vec(&hashes).map_err(Problem::internal)?;
    let signature: Signature = key(secrets)?.sign(&signed);
    let (x, y) = coordinates(secrets)?;
    Ok(PackSeal {
        hashes,
        alg: "ES256".to_owned(),
        kid: name_of(&x, &y),
        x,
        y,
        signature: B64.encode(signature.to_bytes()),
    })
}

/// Whether the hashes are signed by the key that stands beside them, and it is the key of that name.
pub(super) fn holds(seal: &PackSeal) -> bool {
    let part = |text: &str| B64.decode(text).unwrap_or_default();
    let point = [vec![4], part(&seal.x), part(&seal.y)].concat();
    let Ok(signed) = serde_json::to_vec(&seal.hashes) else { return false };
    let Ok(key) = VerifyingKey::from_sec1_bytes(&point) else { return false };
    let Ok(signature) = Signature::from_slice(&part(&seal.signature)) else { return false };
    seal.alg == "ES256" && seal.kid == name_of(&seal.x, &seal.y) && key.verify(&signed, &signature).is_ok()
}
