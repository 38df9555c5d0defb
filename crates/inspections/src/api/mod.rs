//! JSON twins of the pages.

mod bodies;
mod draws;
mod proof;
mod visits;

use crate::policy::{self, Act};
use crate::queries::{self, Filter, Whole};
use crate::register::prepare;
use crate::workflow::State;
use crate::{commands, model};
use axum::body::Body;
use axum::http::StatusCode;
use bodies::{
    CancelDraft, DrawDraft, DrawnPoint, InspectionBody, InspectionDraft, InspectionPoints, InspectionRow,
    InspectionRows, InspectionStep, ReplaceDraft, StratumBody,
};
use kernel::problem::Result;
use utoipa::OpenApi;
use web::api::{body, json, json_with};
use web::error::OrFail;
use web::list::{Cursor, PAGE_SIZE, Params};
use web::{Access, Answer, Path, Req, Routes};

pub(crate) fn routes() -> Routes {
    let (see, plan) = (Access::Action("inspections-see"), Access::Action("inspections-plan"));
    Routes::new()
        .get("/api/v1/inspections", see, list)
        .post("/api/v1/inspections", plan, create)
        .post("/api/v1/inspections/check", Access::SignedIn, draws::check)
        .get("/api/v1/inspections/mine", Access::Action("inspections-visit"), visits::mine)
        .get("/api/v1/inspections/{number}", see, one)
        .put("/api/v1/inspections/{number}", plan, change)
        .post("/api/v1/inspections/{number}/commitment", plan, commit)
        .post("/api/v1/inspections/{number}/draw", plan, draw_it)
        .post("/api/v1/inspections/{number}/start", plan, start)
        .post("/api/v1/inspections/{number}/end", plan, end)
        .post("/api/v1/inspections/{number}/cancellation", plan, cancel)
        .get("/api/v1/inspections/{number}/points", see, points)
        .post("/api/v1/inspections/{number}/replacements", plan, replace)
        .put("/api/v1/inspections/{number}/visits", plan, visits::send)
        .get("/api/v1/inspections/{number}/visits", plan, visits::list)
        .post("/api/v1/inspections/{number}/moves", plan, visits::reassign)
        .get("/api/v1/inspections/{number}/proof", Access::Action("inspections-prove"), draws::proof)
        .get("/api/v1/draws", Access::Public, draws::list)
        .get("/api/v1/draws/{number}", Access::Public, draws::one)
        .get("/api/v1/draws/{number}/proof", Access::Public, draws::revealed)
}

/// An inspection as it is now, with its strata: planned ones as they would be frozen now.
async fn shown(req: &Req, number: String) -> Answer<InspectionBody> {
    let index = places::kept::index(&req.city).await.or_fail(req)?;
    let read = req.read(move |ctx, tx| {
        let whole = queries::whole(ctx, tx, &number)?;
        let strata = match whole.inspection.state {
            State::Planned => {
                let prepared = prepare(ctx, tx, &index, &whole.inspection)?;
                prepared.strata.iter().map(|s| StratumBody::of(&s.stratum, s.size)).collect()
            }
            _ => frozen(&whole)?,
        };
        Ok(InspectionBody::of(&whole, strata))
    });
    read.await.or_fail(req)
}

fn frozen(whole: &Whole) -> Result<Vec<StratumBody>> {
    let Some(bound) = &whole.draw else { return Ok(Vec::new()) };
    let size = |s: &draw::Stratum| {
        let of = |row: &&draw::Row| row.get(1) == Some(&s.kind) && row.get(2) == Some(&s.division);
        bound.register.0.iter().filter(of).count()
    };
    Ok(bound.plan()?.strata.iter().map(|s| StratumBody::of(s, size(s))).collect())
}

/// Inspections, newest first, fifty at a time.
#[utoipa::path(get, path = "/api/v1/inspections", tag = "inspections", operation_id = "listInspections",
    params(
        ("state" = Option<String>, Query, description = "planned, committed, drawn, underway, ended or cancelled"),
        ("after" = Option<String>, Query, description = "`next` of the answer before"),
    ),
    responses((status = 200, body = InspectionRows, description = "a page of the list")))]
async fn list(req: Req) -> Answer {
    policy::require(&req.ctx, Act::See).or_fail(&req)?;
    let params = Params::parse(&req.query);
    let filter = Filter::read(&params).or_fail(&req)?;
    let after = Cursor::parse(params.get("after")).or_fail(&req)?;
    let read = req.read(move |ctx, tx| queries::inspections(ctx, tx, filter, after, PAGE_SIZE));
    let found = read.await.or_fail(&req)?;
    let items = found.rows.iter().map(InspectionRow::of).collect();
    json(&req, &InspectionRows { items, next: found.next.map(|c| c.to_string()) })
}

/// Plans an inspection.
#[utoipa::path(post, path = "/api/v1/inspections", tag = "inspections", operation_id = "planInspection",
    request_body = InspectionDraft,
    responses((status = 201, body = InspectionBody, description = "the inspection, with what its plan comes to now"),
        (status = 422, description = "what is wrong with which field")))]
async fn create(req: Req, given: Body) -> Answer {
    policy::require(&req.ctx, Act::Plan).or_fail(&req)?;
    let draft: InspectionDraft = body(&req, given).await?;
    let draft = draft.draft().or_fail(&req)?;
    let made = req.write(move |ctx, tx| commands::plan(ctx, tx, draft)).await.or_fail(&req)?;
    json_with(&req, StatusCode::CREATED, &shown(&req, made.number).await?)
}

/// One inspection.
#[utoipa::path(get, path = "/api/v1/inspections/{number}", tag = "inspections", operation_id = "getInspection",
    params(("number" = String, Path, description = "number of the inspection, `IN-2026-0001`")),
    responses((status = 200, body = InspectionBody, description = "the inspection with its strata and what binds it"),
        (status = 404, description = "no such inspection")))]
async fn one(req: Req, Path(number): Path<String>) -> Answer {
    policy::require(&req.ctx, Act::See).or_fail(&req)?;
    json(&req, &shown(&req, number).await?)
}

/// Changes a plan that nothing binds yet.
#[utoipa::path(put, path = "/api/v1/inspections/{number}", tag = "inspections", operation_id = "changeInspection",
    params(("number" = String, Path, description = "number of the inspection")), request_body = InspectionDraft,
    responses((status = 200, body = InspectionBody, description = "the inspection as it is now"),
        (status = 404, description = "no such inspection"),
        (status = 409, description = "it is committed, or somebody has changed it meanwhile"),
        (status = 422, description = "what is wrong with which field")))]
async fn change(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    policy::require(&req.ctx, Act::Plan).or_fail(&req)?;
    let draft: InspectionDraft = body(&req, given).await?;
    let version = draft.version.ok_or_else(|| kernel::problem::Problem::field("version", "required"));
    let version = version.or_fail(&req)?;
    let (of, draft) = (number.clone(), draft.draft().or_fail(&req)?);
    let write = req.write(move |ctx, tx| commands::change(ctx, tx, (&of, version), draft));
    write.await.or_fail(&req)?;
    json(&req, &shown(&req, number).await?)
}

/// Freezes plan and register and makes a secret; the answer holds their fingerprint.
#[utoipa::path(post, path = "/api/v1/inspections/{number}/commitment", tag = "inspections", operation_id = "commitInspection",
    params(("number" = String, Path, description = "number of the inspection")), request_body = InspectionStep,
    responses((status = 200, body = InspectionBody, description = "the inspection as it is now"),
        (status = 404, description = "no such inspection"),
        (status = 409, description = "it is not planned any more, nothing would be drawn, or somebody was faster")))]
async fn commit(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    policy::require(&req.ctx, Act::Plan).or_fail(&req)?;
    let asked: InspectionStep = body(&req, given).await?;
    let index = places::kept::index(&req.city).await.or_fail(&req)?;
    let (secret, of) = (store::secrets::random_bytes(), number.clone());
    let write = req.write(move |ctx, tx| commands::commit(ctx, tx, &index, (&of, asked.version), &secret));
    write.await.or_fail(&req)?;
    json(&req, &shown(&req, number).await?)
}

/// Draws, with the value from outside that was named beforehand.
#[utoipa::path(post, path = "/api/v1/inspections/{number}/draw", tag = "inspections", operation_id = "drawInspection",
    params(("number" = String, Path, description = "number of the inspection")), request_body = DrawDraft,
    responses((status = 200, body = InspectionBody, description = "the inspection as it is now"),
        (status = 404, description = "no such inspection"),
        (status = 409, description = "it is not committed, it is drawn already, or somebody was faster"),
        (status = 422, description = "value or witness is missing or too long")))]
async fn draw_it(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    policy::require(&req.ctx, Act::Plan).or_fail(&req)?;
    let asked: DrawDraft = body(&req, given).await?;
    let of = number.clone();
    let write = req.write(move |ctx, tx| {
        commands::draw(ctx, tx, (&of, asked.version), &asked.public_value, &asked.witness)
    });
    write.await.or_fail(&req)?;
    json(&req, &shown(&req, number).await?)
}

/// People are on their way.
#[utoipa::path(post, path = "/api/v1/inspections/{number}/start", tag = "inspections", operation_id = "startInspection",
    params(("number" = String, Path, description = "number of the inspection")), request_body = InspectionStep,
    responses((status = 200, body = InspectionBody, description = "the inspection as it is now"),
        (status = 404, description = "no such inspection"),
        (status = 409, description = "it is not drawn, or somebody was faster")))]
async fn start(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    policy::require(&req.ctx, Act::Plan).or_fail(&req)?;
    let asked: InspectionStep = body(&req, given).await?;
    let of = number.clone();
    let write = req.write(move |ctx, tx| commands::start(ctx, tx, (&of, asked.version)));
    write.await.or_fail(&req)?;
    json(&req, &shown(&req, number).await?)
}

/// It is over: from now on everybody sees secret and points.
#[utoipa::path(post, path = "/api/v1/inspections/{number}/end", tag = "inspections", operation_id = "endInspection",
    params(("number" = String, Path, description = "number of the inspection")), request_body = InspectionStep,
    responses((status = 200, body = InspectionBody, description = "the inspection as it is now"),
        (status = 404, description = "no such inspection"),
        (status = 409, description = "it is not under way, or somebody was faster")))]
async fn end(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    policy::require(&req.ctx, Act::Plan).or_fail(&req)?;
    let asked: InspectionStep = body(&req, given).await?;
    let of = number.clone();
    let write = req.write(move |ctx, tx| commands::end(ctx, tx, (&of, asked.version)));
    write.await.or_fail(&req)?;
    json(&req, &shown(&req, number).await?)
}

/// Gives an inspection up, with a reason that is published.
#[utoipa::path(post, path = "/api/v1/inspections/{number}/cancellation", tag = "inspections", operation_id = "cancelInspection",
    params(("number" = String, Path, description = "number of the inspection")), request_body = CancelDraft,
    responses((status = 200, body = InspectionBody, description = "the inspection as it is now"),
        (status = 404, description = "no such inspection"),
        (status = 409, description = "it is over, or somebody was faster"),
        (status = 422, description = "there is no reason, or it is too long")))]
async fn cancel(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    policy::require(&req.ctx, Act::Plan).or_fail(&req)?;
    let asked: CancelDraft = body(&req, given).await?;
    let of = number.clone();
    let write = req.write(move |ctx, tx| commands::cancel(ctx, tx, (&of, asked.version), &asked.reason));
    write.await.or_fail(&req)?;
    json(&req, &shown(&req, number).await?)
}

/// Points that were drawn, those that were replaced too.
#[utoipa::path(get, path = "/api/v1/inspections/{number}/points", tag = "inspections", operation_id = "listInspectionPoints",
    params(("number" = String, Path, description = "number of the inspection")),
    responses((status = 200, body = InspectionPoints, description = "all of its points; none before the draw"),
        (status = 404, description = "no such inspection")))]
async fn points(req: Req, Path(number): Path<String>) -> Answer {
    let whole = req.read(move |ctx, tx| queries::whole(ctx, tx, &number)).await.or_fail(&req)?;
    json(&req, &InspectionPoints { items: whole.points.iter().map(DrawnPoint::of).collect() })
}

/// Replaces a point that cannot be visited by the next in order.
#[utoipa::path(post, path = "/api/v1/inspections/{number}/replacements", tag = "inspections", operation_id = "replaceInspectionPoint",
    params(("number" = String, Path, description = "number of the inspection")), request_body = ReplaceDraft,
    responses((status = 200, body = DrawnPoint, description = "the point that stands in"),
        (status = 404, description = "no such inspection, or no such point of it"),
        (status = 409, description = "it is not under way, the point was replaced before, its stratum has no other, or somebody was faster"),
        (status = 422, description = "there is no reason, or it is too long")))]
async fn replace(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    policy::require(&req.ctx, Act::Plan).or_fail(&req)?;
    let asked: ReplaceDraft = body(&req, given).await?;
    let index = places::kept::index(&req.city).await.or_fail(&req)?;
    let write = req.write(move |ctx, tx| {
        commands::replace(ctx, tx, &index, (&number, asked.version), &asked.point, &asked.reason)
    });
    let (_, stands_in): (model::Inspection, model::Drawn) = write.await.or_fail(&req)?;
    json(&req, &DrawnPoint::of(&stands_in))
}

#[derive(OpenApi)]
#[openapi(
    paths(
        list, create, one, change, commit, draw_it, start, end, cancel, points, replace, draws::proof, draws::check,
        draws::list, draws::one, draws::revealed, visits::send, visits::list, visits::reassign, visits::mine
    ),
    tags(
        (name = "inspections", description = "Inspections: plans, draws that anybody can repeat, points and who stands in for them."),
        (name = "draws", description = "What is published of draws: by what they are bound, and all of them when they are over."),
    )
)]
struct Description;

pub(crate) fn description() -> utoipa::openapi::OpenApi {
    Description::openapi()
}
