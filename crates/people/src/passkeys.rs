//! Passkeys and security keys (WebAuthn level 3), by `webauthn-rs` (ADR 10): what a browser is asked, and whether what it
//! answers is right. Each answer is checked outside any transaction, after its challenge has been taken away.

use crate::model::PersonId;
use crate::store::authenticators::AuthenticatorRow;
use kernel::problem::{Problem, Result};
use serde::Serialize;
use serde::de::DeserializeOwned;
use webauthn_rs::prelude::{
    AuthenticationResult, Passkey, PasskeyAuthentication, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Url, Uuid, WebauthnError,
};
use webauthn_rs::{Webauthn, WebauthnBuilder};

/// The site that authenticators are bound to: `https://wm.example.gov.cn`. Browsers offer them to no other. 409 where the
/// site is not one that browsers allow: a number instead of a name, or not HTTPS.
pub fn site(base_url: &str, city: &str) -> Result<Webauthn> {
    let unfit = || Problem::conflict("authenticators-need-https");
    let url = Url::parse(base_url).map_err(|_| unfit())?;
    let name = url.domain().ok_or_else(unfit)?;
    if url.scheme() != "https" && name != "localhost" {
        return Err(unfit());
    }
    let builder = WebauthnBuilder::new(name, &url).map_err(|_| unfit())?;
    builder.rp_name(city).build().map_err(Problem::internal)
}

/// What a browser is asked, as JSON, and what has to be kept until it answers.
#[derive(Clone, Debug)]
pub struct Asked {
    pub options: String,
    pub state: String,
}

fn asked(options: &impl Serialize, state: &impl Serialize) -> Result<Asked> {
    let text = |result: serde_json::Result<String>| result.map_err(Problem::internal);
    Ok(Asked { options: text(serde_json::to_string(options))?, state: text(serde_json::to_string(state))? })
}

/// What of an authenticator is kept in its row.
fn stored(row: &AuthenticatorRow) -> Result<Passkey> {
    serde_json::from_str(&row.passkey).map_err(Problem::internal)
}

pub fn to_text(passkey: &Passkey) -> Result<String> {
    serde_json::to_string(passkey).map_err(Problem::internal)
}

/// The name of a credential, by which its row is found.
pub fn credential_id(passkey: &Passkey) -> String {
    hex::encode(passkey.cred_id())
}

/// Asks to make a new one, but not on an authenticator that the person has registered already.
pub fn ask_to_register(
    site: &Webauthn,
    person: PersonId,
    login: &str,
    name: &str,
    known: &[AuthenticatorRow],
) -> Result<Asked> {
    let handle = Uuid::from_u128(u128::from(person.raw().unsigned_abs()));
    let mut others = Vec::with_capacity(known.len());
    for row in known {
        others.push(stored(row)?.cred_id().clone());
    }
    let (options, state) =
        site.start_passkey_registration(handle, login, name, Some(others)).map_err(Problem::internal)?;
    asked(&options, &state)
}

/// Asks to prove to have one of these.
pub fn ask_to_prove(site: &Webauthn, known: &[AuthenticatorRow]) -> Result<Asked> {
    let mut passkeys = Vec::with_capacity(known.len());
    for row in known {
        passkeys.push(stored(row)?);
    }
    let (options, state) = site.start_passkey_authentication(&passkeys).map_err(Problem::internal)?;
    asked(&options, &state)
}

/// Why an answer was refused: the texts `authenticator-fault-<code>`.
pub type Fault = &'static str;

fn read<T: DeserializeOwned>(text: &str) -> std::result::Result<T, Fault> {
    serde_json::from_str(text).map_err(|_| "unreadable")
}

fn told(error: &WebauthnError) -> Fault {
    match error {
        WebauthnError::MismatchedChallenge => "challenge",
        WebauthnError::InvalidRPOrigin | WebauthnError::InvalidRPIDHash => "site",
        WebauthnError::UserNotVerified | WebauthnError::UserNotPresent => "not-verified",
        WebauthnError::CredentialPossibleCompromise => "counter",
        WebauthnError::CredentialNotFound => "unknown",
        // the library says the one where it means the other
        WebauthnError::CredentialExcludedFromRequest | WebauthnError::CredentialAlteredAlgFromRequest => {
            "known"
        }
        _ => "wrong",
    }
}

/// Checks what came back for [`ask_to_register`].
pub fn registered(site: &Webauthn, state: &str, answer: &str) -> std::result::Result<Passkey, Fault> {
    let state: PasskeyRegistration = read(state)?;
    let answer: RegisterPublicKeyCredential = read(answer)?;
    site.finish_passkey_registration(&answer, &state).map_err(|e| told(&e))
}

/// Checks what came back for [`ask_to_prove`]: the signature, the site, the challenge, that the person was asked for their
/// finger or PIN, and that the counter has not run backwards, which a copied authenticator's would.
pub fn proved(
    site: &Webauthn,
    state: &str,
    answer: &str,
) -> std::result::Result<AuthenticationResult, Fault> {
    let state: PasskeyAuthentication = read(state)?;
    let answer: PublicKeyCredential = read(answer)?;
    let result = site.finish_passkey_authentication(&answer, &state).map_err(|e| told(&e))?;
    if result.user_verified() { Ok(result) } else { Err("not-verified") }
}

/// The row after a use: its counter as the authenticator told it. `None` when it is not this row's.
pub fn used(row: &AuthenticatorRow, result: &AuthenticationResult) -> Result<Option<String>> {
    let mut passkey = stored(row)?;
    match passkey.update_credential(result) {
        Some(_) => to_text(&passkey).map(Some),
        None => Ok(None),
    }
}
