//! Where a request comes from.

use crate::commands::Visitor;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::header;
use axum::http::request::Parts;
use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use web::App;

/// The address and the browser of whoever asks.
pub(super) struct From(pub(super) Visitor);

impl FromRequestParts<App> for From {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|c| c.0.ip());
        let text = |name: &str| parts.headers.get(name).and_then(|h| h.to_str().ok());
        // the last address is the one that our own proxy saw; those before it are whatever the sender wrote
        let told = text("x-forwarded-for").and_then(|t| t.rsplit(',').next()?.trim().parse::<IpAddr>().ok());
        let address = if app.settings().behind_proxy { told.or(peer) } else { peer };
        Ok(Self(Visitor {
            address: address.map(|a| a.to_string()).unwrap_or_default(),
            agent: text(header::USER_AGENT.as_str()).unwrap_or_default().to_owned(),
        }))
    }
}
