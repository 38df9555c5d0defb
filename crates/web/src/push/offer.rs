//! What pages share that offer to tell by push: one's own page, and a report's.

use super::{Given, SubscriptionRow, public_key};
use crate::outgoing::Outgoing;
use crate::{Form, Req};
use axum::http::HeaderMap;
use kernel::problem::Result;

/// What a page needs to offer being told by push; see the macro in `push_offer.html`.
#[derive(Clone, Debug)]
pub struct Offer {
    /// The city's public key, which browsers want.
    pub key: String,
    /// Where the form leads; a browser's removal is below it.
    pub action: String,
    pub browsers: Vec<SubscriptionRow>,
}

impl Offer {
    pub fn new(req: &Req, action: String, browsers: Vec<SubscriptionRow>) -> Result<Self> {
        Ok(Self { key: public_key(req.db().secrets())?, action, browsers })
    }
}

/// What came with the form of an offer.
pub fn given(form: &Form, agent: &str) -> Given {
    Given {
        endpoint: form.text("push_endpoint").to_owned(),
        p256dh: form.text("push_key").to_owned(),
        auth: form.text("push_auth").to_owned(),
        agent: agent.to_owned(),
        at_night: form.ticked("push_at_night"),
    }
}

/// Where the city lets messages go.
pub fn outgoing(req: &Req) -> Outgoing {
    req.city.kept::<Outgoing>().map(|o| (*o).clone()).unwrap_or_default()
}

/// What a browser calls itself.
pub fn agent_of(headers: &HeaderMap) -> &str {
    headers.get(axum::http::header::USER_AGENT).and_then(|h| h.to_str().ok()).unwrap_or_default()
}
