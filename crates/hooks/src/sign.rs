//! Secrets and signatures, by the Standard Webhooks specification 1.0.0.
//!
//! A secret is worked out from the city's key file and a nonce kept with the endpoint, so that neither the database nor a
//! backup of it holds one. It is shown once as `whsec_` and base64; it signs `id.timestamp.body` with HMAC-SHA-256.

use crate::model::Endpoint;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::{Instant, SECOND};
use sha2::Sha256;
use store::secrets::Secrets;

fn key(secrets: &Secrets, endpoint: Id<Endpoint>, nonce: &str) -> [u8; 32] {
    secrets.sign("webhook-secret", &[&endpoint.raw().to_be_bytes(), nonce.as_bytes()])
}

/// The secret as receivers enter it.
pub fn secret(secrets: &Secrets, endpoint: Id<Endpoint>, nonce: &str) -> String {
    format!("whsec_{}", STANDARD.encode(key(secrets, endpoint, nonce)))
}

/// The message's id: the same for one event and one endpoint, for ever, and no internal number in it.
pub fn message_id(secrets: &Secrets, endpoint: Id<Endpoint>, event: i64) -> String {
    let print = secrets.sign("webhook-message", &[&endpoint.raw().to_be_bytes(), &event.to_be_bytes()]);
    format!("msg_{}", hex::encode(&print[..16]))
}

/// Seconds since 1970, as `webhook-timestamp` has them.
pub fn timestamp(now: Instant) -> i64 {
    now.0.div_euclid(SECOND)
}

/// `webhook-signature`: one signature for each secret that holds now, the present one first.
pub fn signatures(
    secrets: &Secrets,
    endpoint: &Endpoint,
    message: &str,
    now: Instant,
    body: &str,
) -> Result<String> {
    let content = format!("{message}.{}.{body}", timestamp(now));
    let mut all = Vec::new();
    for nonce in endpoint.nonces(now) {
        all.push(signature(&key(secrets, endpoint.id, nonce), &content)?);
    }
    Ok(all.join(" "))
}

fn signature(key: &[u8], content: &str) -> Result<String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).map_err(Problem::internal)?;
    mac.update(content.as_bytes());
    Ok(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4231, test case 2, in the form of the header.
    #[test]
    fn signatures_are_hmac_sha_256_in_base64() {
        let made = signature(b"Jefe", "what do ya want for nothing?").unwrap();
        let known = hex::decode("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843").unwrap();
        assert_eq!(made, format!("v1,{}", STANDARD.encode(known)));
    }

    #[test]
    fn secrets_and_messages_differ_by_endpoint_and_stay_the_same() {
        let secrets = Secrets::fixed([7; 32]);
        let (one, two) = (Id::new(1), Id::new(2));
        assert_eq!(secret(&secrets, one, "a"), secret(&secrets, one, "a"));
        assert_ne!(secret(&secrets, one, "a"), secret(&secrets, one, "b"));
        assert_ne!(secret(&secrets, one, "a"), secret(&secrets, two, "a"));
        assert!(secret(&secrets, one, "a").starts_with("whsec_"));
        assert_eq!(message_id(&secrets, one, 9), message_id(&secrets, one, 9));
        assert_ne!(message_id(&secrets, one, 9), message_id(&secrets, two, 9));
        assert!(!message_id(&secrets, one, 9).contains('.'));
    }
}
