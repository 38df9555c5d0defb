//! Score packs: made, worked out again, and the key to check them with.

use crate::pack::check::{Differs, Report};
use crate::pack::commands::{What, make as made};
use crate::pack::seal;
use crate::pages::{pack_answer, pack_checked};
use crate::policy::{self, Act};
use axum::body::Body;
use kernel::problem::Problem;
use scoring::Missing;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::api::{body, json};
use web::error::OrFail;
use web::{Answer, Req};

#[derive(Deserialize, ToSchema)]
pub(super) struct ScorePackOrder {
    /// Number of a published scheme; empty for rounds alone.
    #[serde(default)]
    scheme: String,
    /// Number of a round, or a year: all its rounds that count.
    by: String,
    /// `left-out` (without it) or `lost`: what nobody has looked at.
    #[serde(default)]
    missing: String,
}

/// A signed score pack: everything that a score was made of. `chuangcheng recompute` works it out again.
#[utoipa::path(post, path = "/api/v1/assessment-packs", tag = "assessment", operation_id = "makeScorePack",
    request_body = ScorePackOrder,
    responses((status = 200, body = serde_json::Value, description = "the pack: `format`, `version`, `scheme`, `rounds`, `figures`, `seal`"),
        (status = 404, description = "no such scheme or round that the key may see"),
        (status = 409, description = "something in it may still change, or nothing feeds it")))]
pub(super) async fn make(req: Req, given: Body) -> Answer {
    policy::require(&req.ctx, Act::Pack).or_fail(&req)?;
    let given: ScorePackOrder = body(&req, given).await?;
    let missing = match given.missing.as_str() {
        "" | "left-out" => Missing::LeftOut,
        "lost" => Missing::Lost,
        _ => return Err(web::Fail::of(&req, Problem::field("missing", "not-a-choice"))),
    };
    let what = What { scheme: given.scheme, by: given.by, missing };
    let (city, secrets) = (req.city.clone(), req.db().secrets().clone());
    let made = req.write(move |ctx, tx| made(ctx, tx, &city, &secrets, &what)).await.or_fail(&req)?;
    Ok(pack_answer(made))
}

/// A figure that does not come out.
#[derive(Serialize, ToSchema)]
struct ScorePackDiffers {
    /// `AR-000003/item/公益广告/score`.
    figure: String,
    recorded: Option<String>,
    worked_out: Option<String>,
}

/// What became of a pack when it was worked out again.
#[derive(Serialize, ToSchema)]
pub(super) struct ScorePackReport {
    /// The signature holds, nothing was altered, and every figure comes out.
    agrees: bool,
    number: String,
    city: String,
    made_at: String,
    /// Name of the key that it says it is signed with.
    kid: String,
    /// Whether that is this city's key.
    ours: bool,
    signed: bool,
    /// `scheme`, `figures`, `AR-000003`, `AR-000003/row/17`.
    altered: Vec<String>,
    differs: Vec<ScorePackDiffers>,
    figures: usize,
    rows: usize,
}

impl ScorePackReport {
    fn of(report: Report, ours: bool) -> Self {
        let differs = |of: Differs| ScorePackDiffers {
            figure: of.figure,
            recorded: of.recorded,
            worked_out: of.worked_out,
        };
        Self {
            agrees: report.agrees(),
            number: report.number,
            city: report.city,
            made_at: report.made_at,
            kid: report.kid,
            ours,
            signed: report.signed,
            altered: report.altered,
            differs: report.differs.into_iter().map(differs).collect(),
            figures: report.figures,
            rows: report.rows,
        }
    }
}

/// Works a pack out again. The body is the pack as it was handed out.
#[utoipa::path(post, path = "/api/v1/assessment-packs/check", tag = "assessment", operation_id = "checkScorePack",
    request_body = serde_json::Value,
    responses((status = 200, body = ScorePackReport, description = "whether it agrees, and where not"),
        (status = 422, description = "it is no score pack")))]
pub(super) async fn check(req: Req, given: Body) -> Answer {
    policy::require(&req.ctx, Act::See).or_fail(&req)?;
    let given: serde_json::Value = body(&req, given).await?;
    let bytes = serde_json::to_vec(&given).map_err(Problem::internal).or_fail(&req)?;
    let (report, ours) = pack_checked(&req, bytes).await?;
    json(&req, &ScorePackReport::of(report, ours))
}

/// The public key of score packs as a JWK; its `kid` names it.
#[utoipa::path(get, path = "/api/v1/assessment-packs/key", tag = "assessment", operation_id = "getScorePackKey",
    responses((status = 200, body = serde_json::Value, description = "`kty`, `crv`, `alg`, `use`, `kid`, `x`, `y`")))]
pub(super) async fn key(req: Req) -> Answer {
    let key = seal::jwk(req.db().secrets()).or_fail(&req)?;
    json(&req, &key)
}
