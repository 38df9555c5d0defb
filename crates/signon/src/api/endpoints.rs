//! What other programs talk to: discovery, keys, the exchange of a code, and who somebody is.
//!
//! Answers and errors are those of OpenID Connect Core 1.0, OpenID Connect Discovery 1.0, RFC 6749 §5, RFC 6750 §3.

use crate::model::{CODE, Entry, Program, Scope, State, TOKEN, scopes};
use crate::queries::Told;
use crate::{commands, queries, token};
use ::store::secrets::same;
use axum::body::Body;
use axum::extract::State as Shared;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use kernel::problem::{Problem, Result};
use kernel::time::SECOND;
use kernel::workflow::Named;
use people::recognise::fingerprint;
use serde_json::{Value, json};
use web::error::OrFail;
use web::{Access, Answer, App, Form, Req, Routes};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/.well-known/openid-configuration", Access::Public, configuration)
        .no_page()
        .get("/connect/keys", Access::Public, keys)
        .no_page()
        .post("/connect/token", Access::Public, give)
        .get("/connect/userinfo", Access::Public, who)
        .no_page()
        .post("/connect/userinfo", Access::Public, who)
}

/// What the city is called by programs: its address, without a slash at the end.
pub(crate) fn issuer(app: &App) -> &str {
    app.settings().base_url.trim_end_matches('/')
}

fn answer(status: StatusCode, body: &Value) -> Response {
    let kind = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
    (status, kind, body.to_string()).into_response()
}

/// The same, which nobody on the way may keep.
fn private(status: StatusCode, body: &Value) -> Response {
    let mut response = answer(status, body);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

async fn configuration(req: Req) -> Answer {
    let issuer = issuer(&req.app);
    let at = |path: &str| format!("{issuer}/connect/{path}");
    let scopes: Vec<&str> =
        std::iter::once("openid").chain(<Scope as Named>::ALL.iter().map(|s| Named::code(*s))).collect();
    Ok(answer(
        StatusCode::OK,
        &json!({
            "issuer": issuer,
            "authorization_endpoint": at("authorize"),
            "token_endpoint": at("token"),
            "userinfo_endpoint": at("userinfo"),
            "jwks_uri": at("keys"),
            "scopes_supported": scopes,
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": ["authorization_code"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["ES256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "none"],
            "code_challenge_methods_supported": ["S256"],
            "claims_supported": ["iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "at_hash", "name", "units"],
            "prompt_values_supported": ["none", "login", "consent"],
            "ui_locales_supported": ["zh-CN", "en"],
            "claims_parameter_supported": false,
            "request_parameter_supported": false,
            "request_uri_parameter_supported": false,
            "authorization_response_iss_parameter_supported": true,
            "service_documentation": format!("{issuer}/developers"),
        }),
    ))
}

async fn keys(req: Req) -> Answer {
    Ok(answer(StatusCode::OK, &token::keys(req.db().secrets()).or_fail(&req)?))
}

/// Who a program says it is: in the header or in the body, not in both (RFC 6749 §2.3).
fn shown(headers: &HeaderMap, form: &Form) -> Option<(String, String)> {
    let in_body = (form.text("client_id").to_owned(), form.text("client_secret").to_owned());
    let Some(header) = headers.get(header::AUTHORIZATION) else { return Some(in_body) };
    let text = header.to_str().ok()?.strip_prefix("Basic ")?;
    let bytes = BASE64_STANDARD.decode(text.trim()).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let (id, secret) = text.split_once(':')?;
    // both are encoded as in a form (RFC 6749 §2.3.1)
    let pair = Form::from_query(&format!("i={id}&s={secret}")).ok()?;
    let shown = (pair.text("i").to_owned(), pair.text("s").to_owned());
    let agrees = in_body.1.is_empty() && (in_body.0.is_empty() || in_body.0 == shown.0);
    agrees.then_some(shown)
}

fn is_it(program: &Program, secret: &str) -> bool {
    if program.keeps_secret() {
        same(fingerprint(secret).as_bytes(), program.secret_hash.as_bytes())
    } else {
        secret.is_empty()
    }
}

fn refused(status: StatusCode, error: &str) -> Response {
    let mut response = private(status, &json!({ "error": error }));
    if status == StatusCode::UNAUTHORIZED {
        let how = HeaderValue::from_static("Basic realm=\"connect\"");
        response.headers_mut().insert(header::WWW_AUTHENTICATE, how);
    }
    response
}

async fn give(req: Req, headers: HeaderMap, body: Body) -> Answer {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("application/x-www-form-urlencoded") {
        return Ok(refused(StatusCode::BAD_REQUEST, "invalid_request"));
    }
    let Ok(form) = Form::read(kind, body).await else {
        return Ok(refused(StatusCode::BAD_REQUEST, "invalid_request"));
    };
    let Some((id, secret)) = shown(&headers, &form) else {
        return Ok(refused(StatusCode::UNAUTHORIZED, "invalid_client"));
    };
    let found = req.read(move |_, tx| crate::store::by_number(tx, &id)).await.or_fail(&req)?;
    let program = found.filter(|p| p.state == State::Active && is_it(p, &secret));
    let Some(program) = program else { return Ok(refused(StatusCode::UNAUTHORIZED, "invalid_client")) };
    if form.fields().any(|(name, _)| form.all(name).count() > 1) {
        return Ok(refused(StatusCode::BAD_REQUEST, "invalid_request"));
    }
    if form.text("grant_type") != "authorization_code" {
        return Ok(refused(StatusCode::BAD_REQUEST, "unsupported_grant_type"));
    }
    let [code, redirect, verifier] =
        ["code", "redirect_uri", "code_verifier"].map(|name| form.text(name).to_owned());
    let of = program.clone();
    let work = req.write(move |ctx, tx| commands::exchange(ctx, tx, &of, (&code, &redirect, &verifier)));
    let (access, entry) = match work.await.or_fail(&req)? {
        Ok(given) => given,
        Err(error) => return Ok(refused(StatusCode::BAD_REQUEST, error)),
    };
    let id_token = id_token(&req, &program, &entry, &access).or_fail(&req)?;
    let scope: Vec<&str> =
        std::iter::once("openid").chain(entry.scopes.0.iter().map(String::as_str)).collect();
    Ok(private(
        StatusCode::OK,
        &json!({
            "access_token": access,
            "token_type": "Bearer",
            "expires_in": TOKEN / SECOND,
            "id_token": id_token,
            "scope": scope.join(" "),
        }),
    ))
}

fn id_token(req: &Req, program: &Program, entry: &Entry, access: &str) -> Result<String> {
    let secrets = req.db().secrets();
    let now = req.ctx.now.0 / SECOND;
    let mut claims = json!({
        "iss": issuer(&req.app),
        "sub": token::subject(secrets, &program.number, entry.person_id),
        "aud": program.number,
        "iat": now,
        // long enough for the program to read it; what it then does is its own session
        "exp": now + 5 * CODE / SECOND,
        "auth_time": entry.signed_in_at.0 / SECOND,
        "at_hash": token::at_hash(access),
    });
    if !entry.nonce.is_empty() {
        claims["nonce"] = entry.nonce.clone().into();
    }
    token::signed(secrets, &claims)
}

/// Takes no [`Req`]: what stands in `Authorization` is no key of a person's, as it would be elsewhere.
async fn who(Shared(app): Shared<App>, headers: HeaderMap) -> Response {
    match told(&app, &headers).await {
        Ok(Some(claims)) => private(StatusCode::OK, &claims),
        Ok(None) => {
            let mut response = private(StatusCode::UNAUTHORIZED, &json!({ "error": "invalid_token" }));
            let how = HeaderValue::from_static("Bearer realm=\"connect\", error=\"invalid_token\"");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, how);
            response
        }
        Err(problem) => {
            let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            private(status, &json!({ "error": problem.code }))
        }
    }
}

async fn told(app: &App, headers: &HeaderMap) -> Result<Option<Value>> {
    let text =
        |name: &header::HeaderName| headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let host = text(&header::HOST).split(':').next().unwrap_or_default();
    let city = app.city_of_host(host).ok_or_else(Problem::not_found)?;
    let Some(access) = text(&header::AUTHORIZATION).strip_prefix("Bearer ").map(str::to_owned) else {
        return Ok(None);
    };
    let found = city.db().read(move |tx| {
        let Some((program, entry)) = queries::opened(tx, &access)? else { return Ok(None) };
        let told = queries::told(tx, entry.person_id, &scopes(&entry.scopes.0))?;
        Ok(told.map(|told| (program, entry, told)))
    });
    let Some((program, entry, told)) = found.await? else { return Ok(None) };
    let subject = token::subject(city.db().secrets(), &program.number, entry.person_id);
    Ok(Some(claims(&subject, told)))
}

fn claims(subject: &str, told: Told) -> Value {
    let mut claims = json!({ "sub": subject });
    if let Some(name) = told.name {
        claims["name"] = name.into();
    }
    if let Some(units) = told.units {
        let units = units.into_iter().map(|u| json!({ "code": u.code, "name": u.name, "roles": u.roles }));
        claims["units"] = units.collect();
    }
    claims
}
