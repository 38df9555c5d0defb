//! JSON twins of the pages: the same commands, the same problems (RFC 9457).

use crate::commands;
use crate::model::{State, Warning};
use crate::policy::{Act, POLICY};
use crate::queries::{self, Filter, Full};
use crate::words;
use axum::body::Body;
use kernel::problem::{FieldError, Problem};
use kernel::workflow::Named;
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};
use web::api::{body, json};
use web::error::OrFail;
use web::list::{Cursor, Params};
use web::{Access, Answer, Path, Req, Routes, Ui};

pub(crate) fn routes() -> Routes {
    let see = Access::Action("honesty-see");
    Routes::new()
        .get("/api/v1/photo-checks", see, list)
        .get("/api/v1/photo-checks/units", Access::Action("honesty-figures"), units)
        .get("/api/v1/photo-checks/{number}", see, one)
        .post("/api/v1/photo-checks/{number}/decision", Access::Action("honesty-decide"), decide)
}

/// What was measured; only what belongs to the kind is there.
#[derive(Serialize, ToSchema)]
struct FiguresBody {
    /// Signs of the two prints that differ, of 63.
    distance: Option<u32>,
    /// Of a hundred places that show something, how many agree.
    agreeing: Option<u32>,
    /// How many of 64 places show something.
    telling: Option<u32>,
    /// How much of one the other covers, in hundredths.
    covered: Option<u32>,
    mirrored: bool,
    /// By how many degrees one is turned: 0, 90, 180, 270.
    degrees: u16,
    /// Between where the camera says it was and the place of the case.
    metres: Option<i64>,
    /// Before the case was dispatched, or after the picture was sent.
    minutes: Option<i64>,
    /// As the camera wrote it.
    taken: String,
    software: String,
}

/// A warning: something for a person to look at, never a verdict.
#[derive(Serialize, ToSchema)]
struct PhotoCheckBody {
    number: String,
    /// `same-bytes`, `alike`, `before-as-after`, `early`, `late`, `far`, `edited`, `no-camera`.
    kind: &'static str,
    /// `open`, `confirmed`, `false-alarm`.
    state: &'static str,
    /// What was seen, in words.
    seen: String,
    figures: FiguresBody,
    case_number: String,
    /// The picture, where it can be fetched by who may see its case.
    photo: String,
    /// The earlier picture.
    other_photo: Option<String>,
    /// RFC 3339, as all times here.
    created_at: String,
    decided_at: Option<String>,
    /// Why somebody decided so.
    reason: String,
    /// For `version` of a decision.
    version: i64,
}

impl PhotoCheckBody {
    fn of(ui: &Ui, warning: &Warning) -> Self {
        let figures = &warning.figures.0;
        let photo = |id| format!("/photos/{id}/full");
        Self {
            number: warning.number.clone(),
            kind: warning.kind.code(),
            state: warning.state.code(),
            seen: words::sentence(ui, warning.kind, figures),
            figures: FiguresBody {
                distance: figures.distance,
                agreeing: figures.agreeing,
                telling: figures.telling,
                covered: figures.covered,
                mirrored: figures.mirrored,
                degrees: figures.degrees,
                metres: figures.metres,
                minutes: figures.minutes,
                taken: figures.taken.clone(),
                software: figures.software.clone(),
            },
            case_number: warning.case_number.clone(),
            photo: photo(warning.photo_id),
            other_photo: warning.other().map(photo),
            created_at: warning.created_at.rfc3339(),
            decided_at: warning.decided_at.map(kernel::time::Instant::rfc3339),
            reason: warning.reason.to_string(),
            version: warning.version,
        }
    }
}

#[derive(Serialize, ToSchema)]
struct PhotoCheckPage {
    items: Vec<PhotoCheckBody>,
    /// For `after` of the next page.
    next: Option<String>,
}

/// One warning, with the unit and the other case as far as the key may see them.
#[derive(Serialize, ToSchema)]
struct PhotoCheckRecord {
    #[serde(flatten)]
    warning: PhotoCheckBody,
    unit: String,
    /// Number of the earlier picture's case; none where there is none, or it is not the key's to see.
    other_case: Option<String>,
    /// Whether this person may decide: nobody does about their own work.
    may_decide: bool,
}

impl PhotoCheckRecord {
    fn of(ui: &Ui, full: &Full) -> Self {
        let other = full.other.as_ref().and_then(|side| side.case.as_ref());
        let mut warning = PhotoCheckBody::of(ui, &full.warning);
        warning.other_photo = warning.other_photo.filter(|_| other.is_some());
        Self {
            warning,
            unit: full.unit.clone(),
            other_case: other.map(|case| case.number.clone()),
            may_decide: full.may_decide,
        }
    }
}

/// Warnings about pictures that the key may see, newest first, fifty at a time.
#[utoipa::path(get, path = "/api/v1/photo-checks", tag = "honesty", operation_id = "listPhotoChecks",
    params(
        ("q" = Option<String>, Query, description = "number of a warning or of a case"),
        ("state" = Option<String>, Query, description = "`open`, `confirmed`, `false-alarm`"),
        ("kind" = Option<String>, Query, description = "code of a kind"),
        ("unit" = Option<i64>, Query, description = "the unit that answered, as pages of lists name it in their address"),
        ("day_from" = Option<String>, Query, description = "first day, `2026-03-05`"),
        ("day_until" = Option<String>, Query, description = "last day"),
        ("after" = Option<String>, Query, description = "`next` of the answer before"),
    ),
    responses((status = 200, body = PhotoCheckPage, description = "a page of the list")))]
async fn list(req: Req) -> Answer {
    if !POLICY.somewhere(&req.ctx, Act::See) {
        return Err(web::Fail::of(&req, Problem::forbidden().arg("action", "honesty-see")));
    }
    let params = Params::parse(&req.query);
    let filter = Filter::read(&params).or_fail(&req)?;
    let after = Cursor::parse(params.get("after")).or_fail(&req)?;
    let found = req.read(move |ctx, tx| queries::list(ctx, tx, &filter, after)).await.or_fail(&req)?;
    let ui = req.ui();
    let items = found.rows.iter().map(|w| PhotoCheckBody::of(&ui, w)).collect();
    json(&req, &PhotoCheckPage { items, next: found.next.map(|c| c.to_string()) })
}

/// One warning.
#[utoipa::path(get, path = "/api/v1/photo-checks/{number}", tag = "honesty", operation_id = "getPhotoCheck",
    params(("number" = String, Path, description = "`PC-000012`")),
    responses((status = 200, body = PhotoCheckRecord, description = "the warning"),
        (status = 404, description = "none that the key may see")))]
async fn one(req: Req, Path(number): Path<String>) -> Answer {
    let full = req.read(move |ctx, tx| queries::full(ctx, tx, &number)).await.or_fail(&req)?;
    json(&req, &PhotoCheckRecord::of(&req.ui(), &full))
}

/// What somebody who has looked says of a warning.
#[derive(Deserialize, ToSchema)]
struct PhotoCheckDecision {
    /// `confirmed` or `false-alarm`.
    verdict: String,
    /// Why, for who reads it later.
    reason: String,
    /// Of the warning as it was seen; without it the last decision wins.
    version: Option<i64>,
}

/// Says that a warning is right, or a false alarm. Deciding again changes it; both stand in the log.
#[utoipa::path(post, path = "/api/v1/photo-checks/{number}/decision", tag = "honesty", operation_id = "decidePhotoCheck",
    params(("number" = String, Path, description = "`PC-000012`")),
    request_body = PhotoCheckDecision,
    responses((status = 200, body = PhotoCheckRecord, description = "the warning as it is now"),
        (status = 409, description = "somebody else has decided meanwhile")))]
async fn decide(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    let given: PhotoCheckDecision = body(&req, given).await?;
    let done = req.write(move |ctx, tx| {
        queries::load_for(ctx, tx, Act::Decide, &number)?;
        let state = State::parse(&given.verdict)
            .ok_or_else(|| Problem::invalid(vec![FieldError::new("verdict", "not-a-choice")]))?;
        commands::decide(ctx, tx, &number, state, &given.reason, given.version)?;
        queries::full(ctx, tx, &number)
    });
    let full = done.await.or_fail(&req)?;
    json(&req, &PhotoCheckRecord::of(&req.ui(), &full))
}

/// What was confirmed of one unit.
#[derive(Serialize, ToSchema)]
struct PhotoCheckUnit {
    unit: String,
    /// Warnings that somebody confirmed.
    confirmed: i64,
    /// Cases that these are about.
    cases: i64,
}

#[derive(Serialize, ToSchema)]
struct PhotoCheckUnits {
    items: Vec<PhotoCheckUnit>,
}

/// Confirmed warnings by unit. Open ones and false alarms are not counted, and people never.
#[utoipa::path(get, path = "/api/v1/photo-checks/units", tag = "honesty", operation_id = "listPhotoCheckUnits",
    params(
        ("day_from" = Option<String>, Query, description = "first day on which it was confirmed, `2026-03-05`"),
        ("day_until" = Option<String>, Query, description = "last day"),
    ),
    responses((status = 200, body = PhotoCheckUnits, description = "units that have any, most first")))]
async fn units(req: Req) -> Answer {
    if !POLICY.somewhere(&req.ctx, Act::Figures) {
        return Err(web::Fail::of(&req, Problem::forbidden().arg("action", "honesty-figures")));
    }
    let filter = Filter::read(&Params::parse(&req.query)).or_fail(&req)?;
    let read = req.read(move |ctx, tx| {
        let found = queries::by_unit(ctx, tx, filter.from, filter.until)?;
        let ids: Vec<_> = found.iter().filter_map(|f| f.unit_id).collect();
        Ok((found, people::queries::unit_names(tx, &ids)?))
    });
    let (found, names) = read.await.or_fail(&req)?;
    let items = found
        .into_iter()
        .map(|f| PhotoCheckUnit {
            unit: f.unit_id.and_then(|unit| names.get(&unit).cloned()).unwrap_or_default(),
            confirmed: f.confirmed,
            cases: f.cases,
        })
        .collect();
    json(&req, &PhotoCheckUnits { items })
}

#[derive(OpenApi)]
#[openapi(
    paths(list, one, decide, units),
    components(schemas(
        PhotoCheckBody,
        FiguresBody,
        PhotoCheckPage,
        PhotoCheckRecord,
        PhotoCheckDecision,
        PhotoCheckUnit,
        PhotoCheckUnits
    )),
    tags((name = "honesty", description = "Pictures sent as proof that a person should look at, and what was found."))
)]
struct Description;

pub(crate) fn description() -> utoipa::openapi::OpenApi {
    Description::openapi()
}
