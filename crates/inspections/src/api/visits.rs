//! Who is sent where, for programs.

use crate::commands::{self, Move, Wanted};
use crate::policy::{self, Act};
use crate::queries::{self, Stop};
use axum::body::Body;
use kernel::problem::{Findings, Problem, Result};
use kernel::time::parse_date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::api::{body, json};
use web::error::OrFail;
use web::{Answer, Path, Req};

/// Somebody who is to be sent.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct InspectorDraft {
    /// Login of an account that holds the inspector's role.
    login: String,
    /// Code of a division they are kept out of, beside what their own unit governs and answers for.
    #[serde(default)]
    kept_out: Option<String>,
}

/// Who is to be sent. What was divided before is done away with.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SendDraft {
    version: i64,
    inspectors: Vec<InspectorDraft>,
}

/// Where a visit is to go.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct VisitMove {
    version: i64,
    /// Number of the point.
    point: String,
    /// The second of its two visits.
    #[serde(default)]
    second: bool,
    /// Login of who is to make it.
    login: String,
    day: String,
    /// At most 200 characters.
    reason: String,
}

/// Somebody's visit of a point.
#[derive(Serialize, ToSchema)]
pub(super) struct VisitBody {
    point: String,
    name: String,
    r#type: String,
    lng: f64,
    lat: f64,
    second: bool,
    /// Name of who makes it.
    inspector: String,
    day: String,
    /// Place in the day's way, from 1.
    place: i64,
    /// Why it was moved by hand.
    move_reason: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub(super) struct VisitList {
    items: Vec<VisitBody>,
}

/// One of one's own visits.
#[derive(Serialize, ToSchema)]
pub(super) struct OwnVisit {
    inspection: String,
    point: String,
    name: String,
    r#type: String,
    lng: f64,
    lat: f64,
    day: String,
    /// Place in the day's way, from 1.
    place: i64,
}

#[derive(Serialize, ToSchema)]
pub(super) struct OwnVisits {
    items: Vec<OwnVisit>,
}

fn visit(stop: &Stop, inspector: &str) -> VisitBody {
    VisitBody {
        point: stop.point.number.clone(),
        name: stop.point.name.clone(),
        r#type: stop.point.kind.clone(),
        lng: stop.point.lng,
        lat: stop.point.lat,
        second: stop.visit.second,
        inspector: inspector.to_owned(),
        day: stop.visit.day.to_string(),
        place: stop.visit.day_place,
        move_reason: Some(stop.visit.move_reason.clone()).filter(|r| !r.is_empty()),
    }
}

async fn shown(req: &Req, number: String) -> Answer {
    let found = req.read(move |ctx, tx| queries::visits_of(ctx, tx, &number)).await.or_fail(req)?;
    let (_, visits) = found;
    let name = |stop: &Stop| {
        let of = visits.sent.iter().find(|s| s.person_id == stop.visit.person_id);
        of.map(|s| s.name.clone()).unwrap_or_default()
    };
    json(req, &VisitList { items: visits.stops.iter().map(|s| visit(s, &name(s))).collect() })
}

/// Divides all visits over these people and the days of the inspection.
#[utoipa::path(put, path = "/api/v1/inspections/{number}/visits", tag = "inspections", operation_id = "sendInspectors",
    params(("number" = String, Path, description = "number of the inspection")), request_body = SendDraft,
    responses((status = 200, body = VisitList, description = "who goes where"),
        (status = 404, description = "no such inspection"),
        (status = 409, description = "it is not drawn or is over, somebody was faster, or nobody may visit a point: `what` says which and who is kept out"),
        (status = 422, description = "nobody is named, or somebody who is no inspector")))]
pub(super) async fn send(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    policy::require(&req.ctx, Act::Plan).or_fail(&req)?;
    let asked: SendDraft = body(&req, given).await?;
    let index = places::kept::index(&req.city).await.or_fail(&req)?;
    let of = number.clone();
    let write = req.write(move |ctx, tx| {
        let mut wanted = Vec::new();
        for one in &asked.inspectors {
            let person = people::queries::person_by_login(tx, &one.login)?;
            let person = person.ok_or_else(|| Problem::field("inspection_inspectors", "not-a-choice"))?;
            wanted.push(Wanted { person: person.id, division: one.kept_out.clone() });
        }
        commands::send(ctx, tx, &index, (&of, asked.version), &wanted)
    });
    write.await.or_fail(&req)?;
    shown(&req, number).await
}

/// Who goes where, in the order of people, days and ways.
#[utoipa::path(get, path = "/api/v1/inspections/{number}/visits", tag = "inspections", operation_id = "listVisits",
    params(("number" = String, Path, description = "number of the inspection")),
    responses((status = 200, body = VisitList, description = "all visits; none before somebody is sent"),
        (status = 404, description = "no such inspection")))]
pub(super) async fn list(req: Req, Path(number): Path<String>) -> Answer {
    shown(&req, number).await
}

/// Gives a visit to somebody, at the end of a day's way.
#[utoipa::path(post, path = "/api/v1/inspections/{number}/moves", tag = "inspections", operation_id = "moveVisit",
    params(("number" = String, Path, description = "number of the inspection")), request_body = VisitMove,
    responses((status = 200, body = VisitList, description = "who goes where now"),
        (status = 404, description = "no such inspection, visit or person"),
        (status = 409, description = "it is not drawn or is over, they are kept out of the point, they make its other visit, or somebody was faster"),
        (status = 422, description = "a day outside the inspection, or no reason")))]
pub(super) async fn reassign(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    policy::require(&req.ctx, Act::Plan).or_fail(&req)?;
    let asked: VisitMove = body(&req, given).await?;
    let index = places::kept::index(&req.city).await.or_fail(&req)?;
    let of = number.clone();
    let write = req.write(move |ctx, tx| {
        let to = asked_move(tx, &asked)?;
        commands::reassign(ctx, tx, &index, (&of, asked.version), &to)
    });
    write.await.or_fail(&req)?;
    shown(&req, number).await
}

fn asked_move(tx: &mut store::Tx<'_>, asked: &VisitMove) -> Result<Move> {
    let person = people::queries::person_by_login(tx, &asked.login)?.ok_or_else(Problem::not_found)?;
    let mut findings = Findings::default();
    let day = parse_date(&asked.day);
    findings.check(day.is_some(), "inspection_day", "not-a-date");
    findings.done()?;
    Ok(Move {
        point: asked.point.clone(),
        second: asked.second,
        person: person.id,
        day: day.unwrap_or_default(),
        reason: asked.reason.clone(),
    })
}

/// One's own visits from today on.
#[utoipa::path(get, path = "/api/v1/inspections/mine", tag = "inspections", operation_id = "listOwnVisits",
    responses((status = 200, body = OwnVisits, description = "in the order of days and ways; whose a point's other visit is, is not told")))]
pub(super) async fn mine(req: Req) -> Answer {
    let today = req.ctx.now.date();
    let all = req.read(move |ctx, tx| queries::own_visits(ctx, tx, today)).await.or_fail(&req)?;
    let items = all.iter().map(|(inspection, s)| OwnVisit {
        inspection: inspection.clone(),
        point: s.point.number.clone(),
        name: s.point.name.clone(),
        r#type: s.point.kind.clone(),
        lng: s.point.lng,
        lat: s.point.lat,
        day: s.visit.day.to_string(),
        place: s.visit.day_place,
    });
    json(&req, &OwnVisits { items: items.collect() })
}
