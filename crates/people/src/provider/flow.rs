//! One way to the provider and back, as the browser carries it: a cookie with a word, a time and our signature.
//!
//! State, nonce and the PKCE verifier are derived from the word with the city's key. Whoever sees the address of the
//! provider's page sees the state and the hash of the verifier, neither of which leads back to the word.

use super::{Client, discovery::Metadata};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kernel::time::{Instant, MINUTE};
use kernel::workflow::Named;
use sha2::{Digest, Sha256};
use store::secrets::{Secrets, random_word, same};
use url::Url;

/// Name of the cookie.
pub const COOKIE: &str = "provider";
/// How long somebody may take at the provider.
const LONGEST: i64 = 10 * MINUTE;
/// The same for the cookie, in seconds.
pub const COOKIE_SECONDS: i64 = 600;

kernel::named! {
    /// What somebody goes to the provider for.
    pub enum Purpose { SignIn = "sign-in", Link = "link" }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    pub purpose: Purpose,
    begun: Instant,
    word: String,
    /// Fingerprint of the session that links an identity; empty for signing in.
    pub session: String,
    /// The page that was wanted.
    pub back: String,
}

impl Flow {
    pub fn begin(purpose: Purpose, now: Instant, session: &str, back: &str) -> Self {
        let (session, back) = (session.to_owned(), back.to_owned());
        Self { purpose, begun: now, word: random_word(), session, back }
    }

    /// The cookie's value.
    pub fn cookie(&self, secrets: &Secrets) -> String {
        let parts = [
            self.purpose.code(),
            &self.begun.0.to_string(),
            &self.word,
            &self.session,
            &hex::encode(&self.back),
        ];
        let text = parts.join(".");
        format!("{text}.{}", hex::encode(secrets.sign("provider-flow", &[text.as_bytes()])))
    }

    /// Reads a cookie that this city has signed and that is not too old.
    pub fn open(secrets: &Secrets, cookie: &str, now: Instant) -> Option<Self> {
        let (text, signature) = cookie.rsplit_once('.')?;
        let expected = hex::encode(secrets.sign("provider-flow", &[text.as_bytes()]));
        if !same(expected.as_bytes(), signature.as_bytes()) {
            return None;
        }
        let [purpose, begun, word, session, back] = text.split('.').collect::<Vec<_>>().try_into().ok()?;
        let begun = Instant(begun.parse().ok()?);
        let flow = Self {
            purpose: Purpose::parse(purpose)?,
            begun,
            word: word.to_owned(),
            session: session.to_owned(),
            back: String::from_utf8(hex::decode(back).ok()?).ok()?,
        };
        (now >= begun && now.0 - begun.0 < LONGEST).then_some(flow)
    }

    fn derived(&self, secrets: &Secrets, what: &str) -> String {
        URL_SAFE_NO_PAD.encode(secrets.sign(what, &[self.word.as_bytes()]))
    }

    pub fn state(&self, secrets: &Secrets) -> String {
        self.derived(secrets, "provider-state")
    }

    pub fn nonce(&self, secrets: &Secrets) -> String {
        self.derived(secrets, "provider-nonce")
    }

    /// The PKCE verifier (RFC 7636): 43 characters.
    pub fn verifier(&self, secrets: &Secrets) -> String {
        self.derived(secrets, "provider-verifier")
    }

    /// The provider's page, with what we ask of it. `None` when its address cannot be read.
    pub fn address(&self, secrets: &Secrets, metadata: &Metadata, client: &Client) -> Option<String> {
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(self.verifier(secrets)));
        let mut url = Url::parse(&metadata.authorization_endpoint).ok()?;
        url.query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", &client.id)
            .append_pair("redirect_uri", &client.redirect)
            .append_pair("scope", "openid profile email")
            .append_pair("state", &self.state(secrets))
            .append_pair("nonce", &self.nonce(secrets))
            .append_pair("code_challenge", &challenge)
            .append_pair("code_challenge_method", "S256");
        Some(url.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_opens_for_ten_minutes_and_only_as_it_was_signed() {
        let (secrets, now) = (Secrets::fixed([7; 32]), Instant(1_000 * MINUTE));
        let flow = Flow::begin(Purpose::Link, now, "abc", "/cases?q=路");
        let cookie = flow.cookie(&secrets);
        assert_eq!(Flow::open(&secrets, &cookie, now.plus(9 * MINUTE)), Some(flow.clone()));
        assert_eq!(Flow::open(&secrets, &cookie, now.plus(10 * MINUTE)), None);
        assert_eq!(Flow::open(&secrets, &cookie, now.plus(-1)), None, "from the future");
        assert_eq!(Flow::open(&Secrets::fixed([8; 32]), &cookie, now), None);
        assert_eq!(Flow::open(&secrets, &cookie.replacen("link", "sign-in", 1), now), None);
        assert_eq!(Flow::open(&secrets, "", now), None);
        let other = Flow::begin(Purpose::Link, now, "abc", "/");
        assert_ne!(flow.state(&secrets), other.state(&secrets));
        assert_eq!(flow.verifier(&secrets).len(), 43);
        let three = [flow.state(&secrets), flow.nonce(&secrets), flow.verifier(&secrets)];
        assert!(three[0] != three[1] && three[1] != three[2] && three[0] != three[2]);
    }
}
