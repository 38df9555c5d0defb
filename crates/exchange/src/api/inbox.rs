//! The door at which partners push, and ask how their orders stand. They show the key that the system administrator was given
//! for them, in a header of its own: it opens this door and nothing else.

use super::bodies::{OrderBody, PushBody, ReceiptBody, ReceiptList};
use crate::model::{BATCH, Partner};
use crate::{incoming, jobs, queries, seal, stage};
use ::store::Tx;
use axum::body::Body;
use axum::http::HeaderMap;
use kernel::problem::{FieldError, Problem, Result};
use kernel::workflow::Named;
use store::secrets::Secrets;
use web::api::{body, json};
use web::error::OrFail;
use web::{Answer, Path, Req};

/// The partner, if the key is its own. Whoever has no key learns nothing, not even whether there is such a partner.
fn known(tx: &mut Tx<'_>, secrets: &Secrets, number: &str, key: &str) -> Result<Partner> {
    let refused = || Problem::new(403, "exchange-key-wrong");
    let partner = match queries::partner(tx, number) {
        Ok(line) => line.partner,
        Err(problem) if problem.status == 404 => return Err(refused()),
        Err(problem) => return Err(problem),
    };
    if seal::is_theirs(secrets, &partner, key) { Ok(partner) } else { Err(refused()) }
}

fn key(headers: &HeaderMap) -> String {
    headers.get("x-exchange-key").and_then(|h| h.to_str().ok()).unwrap_or_default().to_owned()
}

/// Takes changes. Each is written down once, by its id; what was taken is carried out within seconds, in the order of the
/// revisions.
#[utoipa::path(post, path = "/api/v1/exchange/inbox/{partner}/changes", tag = "exchange", operation_id = "pushChanges",
    params(("partner" = String, Path, description = "number of the partner, `XP-0001`"),
        ("X-Exchange-Key" = Option<String>, Header, description = "the partner's key")),
    request_body = PushBody,
    responses((status = 200, body = ReceiptList, description = "what became of each"),
        (status = 403, description = "no key, or not this partner's"),
        (status = 409, description = "this partner may not push"),
        (status = 422, description = "no changes, or more than 100")))]
pub(crate) async fn push(req: Req, Path(partner): Path<String>, headers: HeaderMap, sent: Body) -> Answer {
    let (secrets, key) = (req.db().secrets().clone(), key(&headers));
    let of = req.read(move |_, tx| known(tx, &secrets, &partner, &key)).await.or_fail(&req)?;
    if !of.takes {
        return Err(Problem::conflict("exchange-no-push")).or_fail(&req);
    }
    let given: PushBody = body(&req, sent).await?;
    if given.changes.is_empty() || given.changes.len() > BATCH {
        let error = FieldError::new("changes", "exchange-batch").arg("most", BATCH);
        return Err(Problem::invalid(vec![error])).or_fail(&req);
    }
    let work = req.write(move |_, tx| {
        let receipts = incoming::receive(tx, &of, &given.changes, false)?;
        jobs::wake(tx, of.id)?;
        Ok(receipts)
    });
    let receipts = work.await.or_fail(&req)?;
    let results = receipts.into_iter().map(|r| ReceiptBody {
        change: r.change,
        result: r.result,
        why: Some(r.why).filter(|w| !w.is_empty()),
    });
    json(&req, &ReceiptList { results: results.collect() })
}

/// How an order of the partner stands here.
#[utoipa::path(get, path = "/api/v1/exchange/inbox/{partner}/orders/{order}", tag = "exchange", operation_id = "askForOrder",
    params(("partner" = String, Path, description = "number of the partner, `XP-0001`"),
        ("order" = String, Path, description = "the partner's own number of the order"),
        ("X-Exchange-Key" = Option<String>, Header, description = "the partner's key")),
    responses((status = 200, body = OrderBody, description = "the order as it stands here"),
        (status = 403, description = "no key, or not this partner's"),
        (status = 404, description = "nothing of it has come")))]
pub(crate) async fn order(
    req: Req,
    Path((partner, order)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer {
    let (secrets, key) = (req.db().secrets().clone(), key(&headers));
    let read = req.read(move |_, tx| {
        let of = known(tx, &secrets, &partner, &key)?;
        let order = queries::order(tx, of.id, &order)?.ok_or_else(Problem::not_found)?;
        let case = match order.follows_id {
            Some(id) => cases::store::case(tx, id)?,
            None => None,
        };
        let unit = match case.as_ref().and_then(|c| c.lead_unit) {
            Some(unit) => people::queries::unit(tx, unit)?,
            None => None,
        };
        Ok(OrderBody {
            order: order.order_no,
            stage: case.as_ref().map(|c| stage::of(c.state).code()),
            deadline: case.as_ref().and_then(|c| c.due_at).map(kernel::time::Instant::rfc3339),
            case: case.map(|c| c.number),
            applied: order.applied,
            sequence: order.sent,
            unit_code: unit.as_ref().map(|u| u.code.clone()),
            unit_name: unit.map(|u| u.name),
        })
    });
    let found = read.await.or_fail(&req)?;
    json(&req, &found)
}
