//! The code that the browser brought back, turned into tokens, and into who this is.

use super::discovery::{Known, Metadata, known};
use super::flow::Flow;
use super::http::Http;
use super::id_token::{Claims, Expected, verify};
use super::{Client, Fault};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kernel::time::Instant;
use serde_json::{Map, Value};
use std::sync::Arc;
use store::secrets::Secrets;
use web::City;
use web::outgoing::Outgoing;

/// What the provider gave for a code.
#[derive(Debug)]
pub struct Tokens {
    pub id_token: String,
    access_token: Option<String>,
}

/// Asks the token endpoint. A code is good once, and only with the verifier of whoever began.
pub fn redeem(
    outgoing: &Outgoing,
    metadata: &Metadata,
    client: &Client,
    code: &str,
    verifier: &str,
) -> Result<Tokens, Fault> {
    let mut fields = vec![
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", client.redirect.as_str()),
        ("code_verifier", verifier),
    ];
    let mut authorization = None;
    if client.secret.is_empty() {
        fields.push(("client_id", &client.id));
    } else if metadata.secret_in_form() {
        fields.extend([("client_id", client.id.as_str()), ("client_secret", client.secret.as_str())]);
    } else {
        let pair = format!("{}:{}", web::ui::encode(&client.id), web::ui::encode(&client.secret));
        authorization = Some(format!("Basic {}", STANDARD.encode(pair)));
    }
    let sent = Http::new(outgoing).post(&metadata.token_endpoint, authorization.as_deref(), &fields)?;
    let (status, answer) = sent;
    let text = |name: &str| answer.get(name).and_then(Value::as_str).map(str::to_owned);
    if status != 200 {
        return Err(match text("error").as_deref() {
            Some("invalid_grant") => Fault::new("code"),
            Some("invalid_client" | "unauthorized_client") => Fault::new("client"),
            Some(error) => Fault::with("refused", error),
            None if status == 401 => Fault::new("client"),
            None => Fault::with("status", format!("{}: {status}", metadata.token_endpoint)),
        });
    }
    let id_token = text("id_token").ok_or_else(|| Fault::new("no-token"))?;
    Ok(Tokens { id_token, access_token: text("access_token") })
}

/// What the browser brought back, and whom we take it to.
#[derive(Clone)]
pub struct Return {
    pub issuer: String,
    /// The claim that names accounts.
    pub claim: String,
    pub client: Client,
    pub flow: Flow,
    pub code: String,
}

/// Everything between the browser's return and knowing who it is; slow, and never inside a transaction.
pub fn identify(city: &City, secrets: &Secrets, came: &Return, now: Instant) -> Result<Claims, Fault> {
    let Return { issuer, claim, client, flow, code } = came;
    let outgoing = city.kept::<Outgoing>().map(|o| (*o).clone()).unwrap_or_default();
    let provider = known(city, issuer, now, false)?;
    let tokens = redeem(&outgoing, &provider.metadata, client, code, &flow.verifier(secrets))?;
    let nonce = flow.nonce(secrets);
    let expected = Expected { issuer, client: &client.id, nonce: &nonce, now };
    let believe = |provider: &Arc<Known>| verify(&tokens.id_token, &provider.keys, &expected);
    let mut claims = match believe(&provider) {
        // it may have changed its keys since they were read
        Err(Fault { code: "token-key" | "token-signature", .. }) => {
            believe(&known(city, issuer, now, true)?)?
        }
        other => other?,
    };
    if claims.text(claim).is_none()
        && let (Some(url), Some(token)) = (&provider.metadata.userinfo_endpoint, &tokens.access_token)
    {
        let more: Map<String, Value> = Http::new(&outgoing).get(url, Some(token))?;
        // an answer about somebody else must not be taken for theirs (Core 5.3.2)
        if more.get("sub").and_then(Value::as_str) != Some(claims.subject().as_str()) {
            return Err(Fault::new("userinfo"));
        }
        for (name, value) in more {
            claims.0.entry(name).or_insert(value);
        }
    }
    Ok(claims)
}
