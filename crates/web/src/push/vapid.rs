//! Who sends: a signature by the city's own key, made for one push service and half a day (RFC 8292).
//!
//! The key is worked out from the city's `secret.key`, as the secrets of webhooks are: it is nowhere else, and a restored
//! city goes on with the subscriptions it had.

use ::store::secrets::Secrets;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as B64;
use kernel::problem::{Problem, Result};
use kernel::time::{HOUR, Instant, SECOND};
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::json;
use url::Url;

/// How long a signature holds; services refuse what is good for more than a day.
const GOOD_FOR: i64 = 12 * HOUR;

fn key(secrets: &Secrets) -> Result<SigningKey> {
    // nearly every 32 bytes are a key; the next word is for the others
    let found = (0_u8..16).find_map(|n| SigningKey::from_slice(&secrets.sign("push-key", &[&[n]])).ok());
    found.ok_or_else(|| Problem::internal("no key for push could be made"))
}

/// What browsers are given when they subscribe: the city's public key, in base64url.
pub fn public_key(secrets: &Secrets) -> Result<String> {
    Ok(B64.encode(key(secrets)?.verifying_key().to_sec1_point(false).as_bytes()))
}

/// The header `Authorization` for a message to `endpoint`. `site`: where the city is reached, for the service's people.
pub(super) fn authorization(secrets: &Secrets, endpoint: &str, site: &str, now: Instant) -> Result<String> {
    let audience = Url::parse(endpoint).map_err(Problem::internal)?.origin().ascii_serialization();
    let mut claims = json!({ "aud": audience, "exp": now.plus(GOOD_FOR).0 / SECOND });
    if site.starts_with("https://") {
        claims["sub"] = site.into();
    }
    let head = B64.encode(r#"{"typ":"JWT","alg":"ES256"}"#);
    let body = format!("{head}.{}", B64.encode(claims.to_string()));
    let signature: Signature = key(secrets)?.sign(body.as_bytes());
    Ok(format!("vapid t={body}.{}, k={}", B64.encode(signature.to_bytes()), public_key(secrets)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use p256::ecdsa::VerifyingKey;
    use p256::ecdsa::signature::Verifier;

    #[test]
    fn a_city_signs_with_one_key_and_for_one_service() {
        let secrets = Secrets::fixed([3; 32]);
        assert_eq!(public_key(&secrets).unwrap(), public_key(&secrets).unwrap());
        assert_ne!(public_key(&secrets).unwrap(), public_key(&Secrets::fixed([4; 32])).unwrap());
        let now = Instant(1_772_674_200_000_000);
        let header =
            authorization(&secrets, "https://push.example.net:8443/a/b?c", "https://wm.example.cn", now)
                .unwrap();
        let (token, given) = header.strip_prefix("vapid t=").unwrap().split_once(", k=").unwrap();
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let verifying = VerifyingKey::from_sec1_bytes(&B64.decode(given).unwrap()).unwrap();
        let signature = Signature::from_slice(&B64.decode(signature).unwrap()).unwrap();
        verifying.verify(signed.as_bytes(), &signature).unwrap();
        let claims = B64.decode(signed.split_once('.').unwrap().1).unwrap();
        let claims: serde_json::Value = serde_json::from_slice(&claims).unwrap();
        assert_eq!(claims["aud"], "https://push.example.net:8443");
        assert_eq!(claims["sub"], "https://wm.example.cn");
        assert_eq!(claims["exp"], 1_772_674_200 + 12 * 3600);
    }
}
