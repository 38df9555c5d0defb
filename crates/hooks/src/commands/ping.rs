//! A test message, to see that the other side is there and knows the secret. It is no event of the log and waits for none.

use super::{event, load_for, must_be_active};
use crate::model::{Delivery, PING};
use crate::policy::Act;
use crate::{feed, jobs, sign, store as rows};
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::problem::Result;
use serde_json::{Map, Value};
use web::City;

/// Answers with the id of the message.
pub fn ping(ctx: &Ctx, tx: &mut Tx<'_>, city: &City, number: &str) -> Result<String> {
    let endpoint = load_for(ctx, tx, Act::Keep, number)?;
    must_be_active(&endpoint)?;
    let id = tx.new_id::<Delivery>();
    let mut data = Map::new();
    data.insert("endpoint".to_owned(), Value::from(endpoint.number.as_str()));
    data.insert("name".to_owned(), Value::from(endpoint.name.as_str()));
    let message = sign::message_id(city.db().secrets(), endpoint.id, id.raw());
    let delivery = Delivery {
        id,
        endpoint_id: endpoint.id,
        event_id: id.raw(),
        message: message.clone(),
        kind: PING.to_owned(),
        // a record of its own, so that it neither waits nor holds anything back
        record: id.raw(),
        number: endpoint.number.clone(),
        body: feed::body(city, PING, ctx.now, &data)?.into(),
        ..Delivery::blank(ctx.now)
    };
    rows::put(tx, &delivery)?;
    tx.record(ctx, event("hook.pinged", &endpoint))?;
    jobs::wake(tx, endpoint.id)?;
    Ok(message)
}
