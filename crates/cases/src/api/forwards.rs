//! What somebody outside is asked, and their answer, by the word of their link.

use super::answers::{filled, moment};
use crate::commands;
use crate::model::{Case, Forward};
use crate::pages::public::forward::words;
use crate::queries;
use crate::units::Names;
use ::store::files::FileState;
use axum::body::Body;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use kernel::workflow::Named;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::api::{body, json};
use web::error::OrFail;
use web::{Answer, Path, Req};

/// What somebody outside was asked, as staff read it.
#[derive(Serialize, ToSchema)]
pub(crate) struct ForwardBody {
    pub party: String,
    /// `asked`, `answered`, `taken`, `withdrawn` or `lapsed`.
    pub state: &'static str,
    pub ask: String,
    /// Until when the link works.
    pub until: String,
    pub asked_at: String,
    pub reply: Option<String>,
    pub replied_at: Option<String>,
}

impl ForwardBody {
    pub(super) fn of(f: &Forward) -> Self {
        Self {
            party: f.party.as_str().to_owned(),
            state: f.state.code(),
            ask: f.ask.as_str().to_owned(),
            until: f.until_at.rfc3339(),
            asked_at: f.asked_at.rfc3339(),
            reply: filled(f.reply.as_str()),
            replied_at: moment(f.replied_at),
        }
    }
}

/// A problem that somebody outside is asked about. Nothing of who reported it.
#[derive(Serialize, ToSchema)]
pub(crate) struct AskedBody {
    pub number: String,
    pub title: String,
    pub description: String,
    pub address: String,
    pub lng: Option<f64>,
    pub lat: Option<f64>,
    /// Name of the unit that asks.
    pub unit: Option<String>,
    pub ask: String,
    /// Until when it may be answered.
    pub until: String,
    pub answered: bool,
    /// Paths of the pictures of the problem.
    pub photos: Vec<String>,
}

/// What a link asks.
#[utoipa::path(get, path = "/api/v1/forwards/{word}", tag = "cases", operation_id = "getForward",
    params(("word" = String, Path, description = "the last part of the link")),
    responses((status = 200, body = AskedBody, description = "the problem and the question"),
        (status = 404, description = "no such link"), (status = 410, description = "the link is over")))]
pub(crate) async fn one(req: Req, Path(word): Path<String>) -> Answer {
    let sought = word.clone();
    let read = req.read(move |ctx, tx| {
        let (forward, case) = commands::open_link(tx, &sought, ctx.now)?;
        let shots = queries::shots(tx, case.id)?;
        let units = Names::of(tx, [case.lead_unit])?;
        Ok((forward, case, shots, units))
    });
    let (forward, case, shots, units): (Forward, Case, Vec<queries::Shot>, Names) =
        read.await.or_fail(&req)?;
    let (title, description) = words(&case);
    let shown = shots
        .iter()
        .filter(|s| s.open == FileState::Ready && s.photo.kind == crate::model::PhotoKind::Before);
    let asked = AskedBody {
        title,
        description,
        lng: case.lng,
        lat: case.lat,
        unit: filled(units.get(case.lead_unit)),
        ask: forward.ask.as_str().to_owned(),
        until: forward.until_at.rfc3339(),
        answered: forward.replied_at.is_some_and(|at| at >= forward.asked_at),
        photos: shown.map(|s| format!("/photos/{}/full?f={word}", s.photo.id)).collect(),
        address: case.address,
        number: case.number,
    };
    json(&req, &asked)
}

/// The answer of somebody outside.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PartyReplyBody {
    /// At most 1,000 characters.
    pub text: String,
}

/// Answer what a link asks.
#[utoipa::path(post, path = "/api/v1/forwards/{word}/reply", tag = "cases", operation_id = "answerForward",
    params(("word" = String, Path, description = "the last part of the link")), request_body = PartyReplyBody,
    responses((status = 204, description = "the unit has been told"), (status = 404, description = "no such link"),
        (status = 409, description = "it was answered already"), (status = 410, description = "the link is over")))]
pub(crate) async fn reply(req: Req, Path(word): Path<String>, given: Body) -> Answer {
    let given: PartyReplyBody = body(&req, given).await?;
    let done = req.write(move |ctx, tx| commands::answer_forward(ctx, tx, &word, &given.text, &[]));
    done.await.or_fail(&req)?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
