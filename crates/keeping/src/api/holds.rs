//! Holds.

use super::{PAGE, before, page_of};
use crate::commands::{self, NewHold};
use crate::model::{Hold, HoldKind};
use crate::policy::{Act, POLICY};
use crate::queries;
use axum::body::Body;
use axum::http::StatusCode;
use kernel::policy::Standing;
use kernel::problem::{FieldError, Problem, Result};
use kernel::time::parse_date;
use kernel::workflow::Named;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::api::{body, json, json_with};
use web::error::OrFail;
use web::list::Params;
use web::{Answer, Path, Req};

/// Something that is not erased for the time being.
#[derive(Serialize, ToSchema)]
pub(super) struct HoldBody {
    number: String,
    /// `case`, `unit`, `before`.
    kind: &'static str,
    /// The case's number, the unit's name, the day.
    what: String,
    reason: String,
    held_by: String,
    held_at: String,
    lifted_by: Option<String>,
    lifted_at: Option<String>,
    lift_reason: Option<String>,
}

impl From<Hold> for HoldBody {
    fn from(hold: Hold) -> Self {
        let given = |text: String| Some(text).filter(|text| !text.is_empty());
        Self {
            number: hold.number,
            kind: hold.kind.code(),
            what: hold.what,
            reason: hold.reason,
            held_by: hold.held_by,
            held_at: hold.held_at.rfc3339(),
            lifted_by: given(hold.lifted_by),
            lifted_at: hold.lifted_at.map(kernel::time::Instant::rfc3339),
            lift_reason: given(hold.lift_reason),
        }
    }
}

#[derive(Serialize, ToSchema)]
pub(super) struct HoldPage {
    items: Vec<HoldBody>,
    /// For `after` of the next page.
    next: Option<String>,
}

/// Holds, newest first, fifty at a time.
#[utoipa::path(get, path = "/api/v1/admin/keeping/holds", tag = "keeping", operation_id = "listHolds",
    params(
        ("state" = Option<String>, Query, description = "`lifted` for those that were lifted, else those that are on"),
        ("after" = Option<String>, Query, description = "`next` of the answer before"),
    ),
    responses((status = 200, body = HoldPage, description = "a page of the list")))]
pub(super) async fn holds(req: Req) -> Answer {
    let (before, on) = (before(&req)?, Params::parse(&req.query).get("state") != "lifted");
    let found = req.read(move |ctx, tx| queries::holds(ctx, tx, on, before, PAGE + 1)).await.or_fail(&req)?;
    let (rows, next) = page_of(found, |hold| hold.id.raw());
    json(&req, &HoldPage { items: rows.into_iter().map(HoldBody::from).collect(), next })
}

/// What is to be held.
#[derive(Deserialize, ToSchema)]
pub(super) struct NewHoldBody {
    /// `case`, `unit`, `before`.
    kind: String,
    /// The case's number, the unit's code, or the day, `2026-03-05`.
    what: String,
    reason: String,
}

impl NewHoldBody {
    fn read(&self) -> Result<NewHold> {
        let kind = HoldKind::parse(&self.kind)
            .ok_or_else(|| Problem::invalid(vec![FieldError::new("kind", "not-a-choice")]))?;
        Ok(match kind {
            HoldKind::Case => NewHold::Case(self.what.clone()),
            HoldKind::Unit => NewHold::Unit(self.what.clone()),
            HoldKind::Before => {
                NewHold::Before(parse_date(&self.what).ok_or_else(|| Problem::field("what", "not-a-date"))?)
            }
        })
    }
}

/// Holds something back from erasing.
#[utoipa::path(post, path = "/api/v1/admin/keeping/holds", tag = "keeping", operation_id = "createHold",
    request_body = NewHoldBody,
    responses((status = 201, body = HoldBody, description = "it is on")))]
pub(super) async fn create(req: Req, given: Body) -> Answer {
    let given: NewHoldBody = body(&req, given).await?;
    let done = req.write(move |ctx, tx| {
        POLICY.require(ctx, Act::Hold, &Standing::city(), true)?;
        commands::hold(ctx, tx, &given.read()?, &given.reason)
    });
    json_with(&req, StatusCode::CREATED, &HoldBody::from(done.await.or_fail(&req)?))
}

#[derive(Deserialize, ToSchema)]
pub(super) struct Lifting {
    reason: String,
}

/// Lifts a hold: what it held goes with the next run, if its time is over.
#[utoipa::path(post, path = "/api/v1/admin/keeping/holds/{number}/lifting", tag = "keeping", operation_id = "liftHold",
    params(("number" = String, Path, description = "`HOLD-2026-0003`")),
    request_body = Lifting,
    responses((status = 200, body = HoldBody, description = "the hold as it is now"),
        (status = 404, description = "no such hold"),
        (status = 409, description = "it was lifted already")))]
pub(super) async fn lift(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    let given: Lifting = body(&req, given).await?;
    let done = req.write(move |ctx, tx| commands::lift(ctx, tx, &number, &given.reason));
    json(&req, &HoldBody::from(done.await.or_fail(&req)?))
}
