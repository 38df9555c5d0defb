//! To the identity provider and back.
//!
//! The way there is a link, not a form: the security policy lets forms lead to our own pages only. Nothing is written down
//! for it; what comes back is taken once.

use super::authenticators::own_session;
use super::provider::client;
use super::sign_in::{next, refused, wanted, with_session};
use super::slowly;
use super::visitor::From;
use crate::commands::{self, Arrival, Outcome};
use crate::provider::exchange::{Return, identify};
use crate::provider::flow::{COOKIE, COOKIE_SECONDS};
use crate::provider::{Flow, Purpose, known};
use crate::recognise::fingerprint;
use crate::{ProviderRow, queries};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::problem::{Problem, Result};
use store::secrets::{random_word, same};
use web::error::{OrFail, redirect};
use web::list::Params;
use web::request::cookie;
use web::security::add_cookie;
use web::{Answer, Req};

/// The provider, while it is on.
pub(super) async fn switched_on(req: &Req) -> Result<ProviderRow> {
    let row = req.read(|_, tx| queries::provider(tx)).await?;
    row.filter(|p| p.switched_on).ok_or_else(|| Problem::new(422, "no-provider"))
}

/// The provider's address for this way, and the cookie that the browser takes along.
pub(super) async fn begin(req: &Req, row: ProviderRow, flow: &Flow) -> Result<(String, String)> {
    let (city, now, client) = (req.city.clone(), req.ctx.now, client(req, &row));
    let found = slowly(move || known(&city, &row.issuer, now, false)).await??;
    let secrets = req.db().secrets();
    let address = flow.address(secrets, &found.metadata, &client);
    let address = address.ok_or_else(|| Problem::internal("the provider's address cannot be read"))?;
    Ok((address, flow.cookie(secrets)))
}

pub(super) fn keep(req: &Req, response: &mut Response, value: &str) {
    let seconds = if value.is_empty() { 0 } else { COOKIE_SECONDS };
    add_cookie(response.headers_mut(), COOKIE, value, Some(seconds), true, &req.app);
}

pub(super) async fn go(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    let back = wanted(params.get("back"));
    let again = params.has("again", "1");
    let flow = Flow::begin(Purpose::SignIn, req.ctx.now, "", &back);
    let work = async {
        let row = switched_on(&req).await?;
        begin(&req, row, &flow).await
    };
    match work.await {
        Ok((mut address, value)) => {
            if again {
                // OpenID Connect Core §3.1.2.1: a session that is open there is not enough
                address.push_str("&prompt=login");
            }
            let mut response = Redirect::to(&address).into_response();
            keep(&req, &mut response, &value);
            Ok(response)
        }
        Err(problem) => refused(&req, "", back, problem).await,
    }
}

/// What the browser brought back belongs to the way that it began, and says that it went well.
fn taken(req: &Req, headers: &HeaderMap, params: &Params, issuer: &str) -> Result<Flow> {
    let lost = || Problem::new(422, "provider-state");
    let carried = cookie(headers, COOKIE).unwrap_or_default();
    let secrets = req.db().secrets();
    let flow = Flow::open(secrets, &carried, req.ctx.now).ok_or_else(lost)?;
    if !same(flow.state(secrets).as_bytes(), params.get("state").as_bytes()) {
        return Err(lost());
    }
    // an answer of another provider (RFC 9207)
    if !params.get("iss").is_empty() && params.get("iss") != issuer {
        return Err(lost());
    }
    Ok(flow)
}

async fn arrival(
    req: &Req,
    row: ProviderRow,
    flow: &Flow,
    params: &Params,
    from: &commands::Visitor,
) -> Result<Arrival> {
    let (state, visitor) = (params.get("state").to_owned(), from.clone());
    req.write(move |ctx, tx| commands::take_return(tx, ctx, &state, &visitor)).await?;
    let outcome = match (params.get("error"), params.get("code")) {
        ("access_denied", _) => Err(crate::provider::Fault::new("denied")),
        ("", code) if !code.is_empty() => {
            let (city, secrets, now) = (req.city.clone(), req.db().secrets().clone(), req.ctx.now);
            let came = Return {
                issuer: row.issuer.clone(),
                claim: row.claim.clone(),
                client: client(req, &row),
                flow: flow.clone(),
                code: code.to_owned(),
            };
            slowly(move || {
                let claims = identify(&city, &secrets, &came, now)?;
                let factor = claims.proves_factor(&row.factor_words());
                let subject = claims.named_by(&row.claim)?;
                Ok(Arrival { issuer: row.issuer, claim: row.claim, subject, factor })
            })
            .await?
        }
        (error, _) => Err(crate::provider::Fault::with("refused", error)),
    };
    match outcome {
        Ok(arrival) => Ok(arrival),
        Err(fault) => {
            let (code, visitor) = (fault.code, from.clone());
            req.write(move |ctx, tx| commands::refuse_arrival(tx, ctx, code, &visitor)).await?;
            Err(fault.into())
        }
    }
}

pub(super) async fn back(req: Req, From(visitor): From, headers: HeaderMap) -> Answer {
    let params = Params::parse(&req.query);
    let work = async {
        let row = switched_on(&req).await?;
        let flow = taken(&req, &headers, &params, &row.issuer)?;
        let arrival = arrival(&req, row, &flow, &params, &visitor).await?;
        Ok::<_, Problem>((flow, arrival))
    };
    let mut response = match work.await {
        Ok((flow, arrival)) if flow.purpose == Purpose::Link => link(&req, &flow, arrival).await?,
        Ok((flow, arrival)) => enter(&req, &flow, arrival, visitor).await?,
        Err(problem) => refused(&req, "", "/".to_owned(), problem).await?,
    };
    // a way is gone once
    keep(&req, &mut response, "");
    Ok(response)
}

async fn enter(req: &Req, flow: &Flow, arrival: Arrival, visitor: commands::Visitor) -> Answer {
    let token = random_word();
    let fresh = token.clone();
    let work = req.write(move |ctx, tx| commands::arrive(tx, ctx, &arrival, &visitor, &token));
    match work.await.or_fail(req)? {
        Outcome::In(owed) => with_session(req, next(owed, &flow.back), &fresh).await,
        Outcome::FactorNeeded => {
            let to = format!("/sign-in/second-factor?back={}", web::ui::encode(&flow.back));
            with_session(req, &to, &fresh).await
        }
        Outcome::Refused(problem) => refused(req, "", flow.back.clone(), problem).await,
    }
}

/// The session that began is the one that is given the identity.
async fn link(req: &Req, flow: &Flow, arrival: Arrival) -> Answer {
    let here = own_session(req).map(|token| fingerprint(&token)).unwrap_or_default();
    if here.is_empty() || !same(here.as_bytes(), flow.session.as_bytes()) {
        return refused(req, "", "/me".to_owned(), Problem::new(422, "provider-state")).await;
    }
    let subject = arrival.subject.clone();
    let work = req.write(move |ctx, tx| commands::link_own_identity(tx, ctx, &arrival));
    match work.await {
        Ok(_) => Ok(redirect(req, "/me", "identity-linked", &subject)),
        Err(problem) => Err(web::Fail::of(req, problem)),
    }
}
