//! What a program asks when it sends a browser: read, and told apart whether what is wrong may be told to the program.
//!
//! OpenID Connect Core 1.0 §3.1.2.1, RFC 6749 §4.1.1, RFC 7636 §4.3. Until program and address are known to belong
//! together nothing is sent anywhere: the person is told instead.

use crate::model::Scope;
use kernel::workflow::Named;
use url::Url;
use web::Form;

/// Longest `state` and `nonce` that are taken, in characters.
const WORD: usize = 2000;

/// The questions of a program, not yet believed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    pub program: String,
    pub redirect: String,
    pub state: String,
    pub nonce: String,
    pub challenge: String,
    pub scopes: Vec<Scope>,
    pub prompt: Prompt,
    /// Seconds since the person last signed in that are still good enough.
    pub max_age: Option<i64>,
}

/// Whether the person may be shown anything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Prompt {
    #[default]
    AsNeeded,
    /// Nothing may be shown.
    None,
    /// They must say yes again.
    Consent,
    /// They must sign in again.
    Login,
}

/// Errors of RFC 6749 §4.1.2.1 and OpenID Connect Core §3.1.2.6.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub error: &'static str,
    /// For whoever builds the program.
    pub description: &'static str,
}

const fn refusal(error: &'static str, description: &'static str) -> Refusal {
    Refusal { error, description }
}

pub const LOGIN_REQUIRED: Refusal = refusal("login_required", "the person has to sign in again");
pub const CONSENT_REQUIRED: Refusal = refusal("consent_required", "the person has not agreed yet");
pub const ACCESS_DENIED: Refusal = refusal("access_denied", "the person did not agree");
pub const INTERACTION_REQUIRED: Refusal = refusal(
    "interaction_required",
    "the person has to change their password or set up a second factor first",
);

impl Asked {
    /// Reads a query. A part that stands twice counts as given by nobody.
    ///
    /// # Errors
    /// What is wrong with it, to be told to the program once it is known to have asked.
    pub fn read(form: &Form) -> (Self, Result<(), Refusal>) {
        let one = |name: &str| {
            let mut all = form.all(name);
            let first = all.next().unwrap_or_default();
            if all.next().is_some() { String::new() } else { first.to_owned() }
        };
        let words = one("scope");
        let asked = Self {
            program: one("client_id"),
            redirect: one("redirect_uri"),
            state: one("state"),
            nonce: one("nonce"),
            challenge: one("code_challenge"),
            scopes: words.split(' ').filter_map(Scope::parse).collect(),
            prompt: match one("prompt").as_str() {
                "none" => Prompt::None,
                "consent" => Prompt::Consent,
                "login" => Prompt::Login,
                _ => Prompt::AsNeeded,
            },
            max_age: one("max_age").parse().ok().filter(|seconds: &i64| *seconds >= 0),
        };
        let twice = form.fields().any(|(name, _)| form.all(name).count() > 1);
        let fault = if twice {
            Some(refusal("invalid_request", "a parameter stands twice"))
        } else if !one("request").is_empty() {
            Some(refusal("request_not_supported", "request objects are not taken"))
        } else if !one("request_uri").is_empty() {
            Some(refusal("request_uri_not_supported", "request objects are not taken"))
        } else if one("response_type") != "code" {
            Some(refusal("unsupported_response_type", "only response_type=code"))
        } else if !matches!(one("response_mode").as_str(), "" | "query") {
            Some(refusal("invalid_request", "only response_mode=query"))
        } else if !words.split(' ').any(|word| word == "openid") {
            Some(refusal("invalid_scope", "the scope openid is needed"))
        } else if one("code_challenge_method") != "S256" || !is_challenge(&asked.challenge) {
            Some(refusal("invalid_request", "PKCE is needed: code_challenge with code_challenge_method=S256"))
        } else if asked.state.chars().count() > WORD || asked.nonce.chars().count() > WORD {
            Some(refusal("invalid_request", "state or nonce is too long"))
        } else {
            None
        };
        (asked, fault.map_or(Ok(()), Err))
    }

    /// Whether it matters to the program when the person signed in.
    pub fn wants_fresh(&self) -> bool {
        self.prompt == Prompt::Login || self.max_age.is_some()
    }

    /// Where the browser goes with these answers, `state` and `iss` (RFC 9207) added. None for an address that is none.
    pub fn back(&self, issuer: &str, answers: &[(&str, &str)]) -> Option<String> {
        let mut url = Url::parse(&self.redirect).ok()?;
        url.query_pairs_mut().extend_pairs(answers);
        if !self.state.is_empty() {
            url.query_pairs_mut().append_pair("state", &self.state);
        }
        url.query_pairs_mut().append_pair("iss", issuer);
        Some(url.to_string())
    }
}

/// 43 characters of base64url: a SHA-256.
fn is_challenge(text: &str) -> bool {
    text.len() == 43 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const GOOD: [(&str, &str); 8] = [
        ("client_id", "SP-0001"),
        ("redirect_uri", "https://brain.example.cn/back?x=1"),
        ("response_type", "code"),
        ("scope", "openid profile offline_access"),
        ("state", "a b&c"),
        ("nonce", "n"),
        ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"),
        ("code_challenge_method", "S256"),
    ];

    #[test]
    fn what_a_program_asks_is_read() {
        let (asked, fault) = Asked::read(&Form::from_pairs(&GOOD));
        assert_eq!(fault, Ok(()));
        assert_eq!((asked.program.as_str(), asked.scopes.as_slice()), ("SP-0001", &[Scope::Profile][..]));
        let back = asked.back("https://wm.example.cn", &[("code", "abc")]).unwrap();
        assert_eq!(
            back,
            "https://brain.example.cn/back?x=1&code=abc&state=a+b%26c&iss=https%3A%2F%2Fwm.example.cn"
        );
    }

    #[test]
    fn what_is_missing_or_not_taken_is_named() {
        for (name, value, error) in [
            ("response_type", "token", "unsupported_response_type"),
            ("response_type", "", "unsupported_response_type"),
            ("scope", "profile", "invalid_scope"),
            ("code_challenge", "short", "invalid_request"),
            ("code_challenge_method", "plain", "invalid_request"),
        ] {
            let fields: Vec<_> =
                GOOD.iter().map(|(n, v)| (*n, if *n == name { value } else { *v })).collect();
            let (_, fault) = Asked::read(&Form::from_pairs(&fields));
            assert_eq!(fault.unwrap_err().error, error, "{name}={value}");
        }
        for (name, error) in [
            ("request", "request_not_supported"),
            ("request_uri", "request_uri_not_supported"),
            ("state", "invalid_request"),
            ("response_mode", "invalid_request"),
        ] {
            let mut fields = GOOD.to_vec();
            fields.push((name, "fragment"));
            let (asked, fault) = Asked::read(&Form::from_pairs(&fields));
            assert_eq!(fault.unwrap_err().error, error, "{name}");
            assert!(name != "state" || asked.state.is_empty(), "neither of two is believed");
        }
    }

    proptest! {
        #[test]
        fn no_query_upsets_it_and_answers_stay_answers(query in ".{0,300}", state in ".{0,40}") {
            if let Ok(form) = Form::from_query(&query) {
                let _ = Asked::read(&form);
            }
            let asked = Asked { redirect: "https://a.example/b".into(), state: state.clone(), ..Asked::default() };
            let back = Url::parse(&asked.back("https://c.example", &[("code", "x")]).unwrap()).unwrap();
            prop_assert_eq!(back.host_str(), Some("a.example"));
            let said: Vec<_> = back.query_pairs().filter(|(n, _)| n == "state").map(|(_, v)| v.into_owned()).collect();
            prop_assert_eq!(said, if state.is_empty() { vec![] } else { vec![state] });
        }
    }
}
