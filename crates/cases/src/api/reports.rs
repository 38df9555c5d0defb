//! Reports from other programs, and their state. The intake is what a city's whole traffic passes: everything that can be
//! worked out before the transaction is.

use super::answers::{QuestionBody, Receipt, ReportStatus, filled, moment};
use super::extras::{self, AnswerBody, answered};
use crate::commands::{NewCase, answer_by, submit};
use crate::forms;
use crate::model::{QuestionState, Reporter, Source};
use crate::pages::{report_form, shared};
use crate::queries;
use crate::store as rows;
use crate::units::Names;
use ::store::idempotency::{self, Answer as Kept};
use axum::body::Body;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use kernel::coords::{Crs, Point};
use kernel::problem::{FieldError, Findings, Problem, Result};
use kernel::workflow::Named;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;
use web::api::{BODY_LIMIT, json};
use web::error::OrFail;
use web::{Answer, Path, Req};

/// A report. Words or an address are needed, and a position or an address.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReportBody {
    /// What is wrong, at most 4,000 characters.
    pub description: String,
    /// Made from kind and address when it is not given.
    #[serde(default)]
    pub title: String,
    /// Code of a catalogue item, e.g. `event-06010`; see `GET /api/v1/catalogue`.
    #[serde(default)]
    pub kind: String,
    pub lng: Option<f64>,
    pub lat: Option<f64>,
    /// `cgcs2000` (as is `wgs84`), `gcj02` or `bd09`.
    #[serde(default)]
    pub crs: String,
    pub accuracy_m: Option<f64>,
    #[serde(default)]
    pub address: String,
    /// Name, telephone and mail of the reporter: kept apart, never shown to the handling unit.
    #[serde(default)]
    pub reporter: String,
    #[serde(default)]
    pub phone: String,
    #[serde(default)]
    pub mail: String,
    /// Answers to the further questions of the kind, by their codes; see `GET /api/v1/catalogue`. An answer to a question that
    /// is not asked after the others is left out.
    #[serde(default)]
    pub extras: BTreeMap<String, AnswerBody>,
}

impl ReportBody {
    fn case(self, desk: &crate::desk::Desk) -> Result<NewCase> {
        let mut findings = Findings::default();
        let mut new = NewCase::new(Source::Citizen, &self.description);
        new.item = findings.take(forms::item(&desk.catalogue, "kind", &self.kind)).flatten();
        new.place = match (self.lng, self.lat) {
            (None, None) => None,
            (lng, lat) => {
                let point = lng.zip(lat).and_then(|(lng, lat)| Point::checked(lng, lat));
                findings.check(point.is_some(), "lng", "not-a-place");
                point
            }
        };
        if !self.crs.is_empty() {
            let crs = Crs::parse(&self.crs).ok_or_else(|| FieldError::new("crs", "not-a-choice"));
            new.crs = findings.take(crs).unwrap_or(Crs::Cgcs2000);
        }
        new.answers = extras::answers(desk, new.item, &self.extras, &mut findings);
        findings.check(self.mail.is_empty() || self.mail.contains('@'), "mail", "not-a-mail");
        findings.check(self.mail.len() <= 200 && self.reporter.chars().count() <= 40, "reporter", "too-long");
        findings.done()?;
        self.title.trim().clone_into(&mut new.title);
        self.address.trim().clone_into(&mut new.address);
        new.accuracy_m = self.accuracy_m;
        let wants_answer = !self.phone.is_empty() || !self.mail.is_empty();
        let (name, phone, mail) = (self.reporter.into(), self.phone.into(), self.mail.into());
        new.reporter = Reporter { name, phone, mail, wants_answer, ..Reporter::default() };
        Ok(new)
    }
}

fn created(body: String, status: u16) -> axum::response::Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::CREATED);
    (status, [(header::CONTENT_TYPE, "application/json; charset=utf-8")], body).into_response()
}

/// Send a report.
///
/// With an `Idempotency-Key` the same request may be sent twice and makes one report.
#[utoipa::path(post, path = "/api/v1/reports", tag = "cases", operation_id = "sendReport", request_body = ReportBody,
    params(("Idempotency-Key" = Option<String>, Header, description = "at most 200 characters; remembered for a day")),
    responses((status = 201, body = Receipt, description = "the report's number, and the token that opens its state"),
        (status = 409, description = "the key was used for another request")))]
pub(crate) async fn create(req: Req, headers: HeaderMap, body: Body) -> Answer {
    let too_large = |_| Problem::new(413, "too-large").arg("limit", "1 MB");
    let bytes = axum::body::to_bytes(body, BODY_LIMIT).await.map_err(too_large).or_fail(&req)?;
    let report: ReportBody = serde_json::from_slice(&bytes).map_err(unreadable).or_fail(&req)?;
    let (desk, index) = (shared::desk(&req).await?, shared::index(&req).await?);
    let new = report.case(&desk).or_fail(&req)?;
    let words = report_form::words(&desk, &new);
    let secrets = req.db().secrets().clone();
    let key = headers
        .get("idempotency-key")
        .and_then(|h| h.to_str().ok())
        .filter(|k| !k.is_empty())
        .map(str::to_owned);
    let hash = key.as_ref().map(|_| idempotency::request_hash(&[b"POST /api/v1/reports", &bytes]));
    let work = move |ctx: &kernel::ctx::Ctx, tx: &mut ::store::Tx<'_>| -> Result<Kept> {
        let make = |tx: &mut ::store::Tx<'_>| {
            let case = submit(ctx, tx, &desk, &index, &words, new)?;
            let token = crate::open::token(&secrets, case.id);
            let receipt = Receipt { status_path: format!("/r/{token}"), number: case.number, token };
            let body = serde_json::to_string(&receipt).map_err(Problem::internal)?;
            Ok(Kept { status: 201, body })
        };
        match (&key, &hash) {
            (Some(key), Some(hash)) if key.len() <= 200 => idempotency::once(tx, ctx, key, hash, make),
            (Some(_), _) => Err(Problem::field("idempotency-key", "too-long")),
            _ => make(tx),
        }
    };
    let kept = req.write(work).await.or_fail(&req)?;
    Ok(created(kept.body, kept.status))
}

fn unreadable(e: serde_json::Error) -> Problem {
    match e.classify() {
        serde_json::error::Category::Data => {
            Problem::invalid(vec![FieldError::new("body", "not-as-described").arg("what", e)])
        }
        _ => Problem::new(400, "not-json").arg("what", e),
    }
}

/// How far a report has come, for whoever holds its token.
#[utoipa::path(get, path = "/api/v1/reports/{token}", tag = "cases", operation_id = "getReport",
    params(("token" = String, Path, description = "from the receipt")),
    responses((status = 200, body = ReportStatus, description = "how far it has come"),
        (status = 404, description = "no such report"),
        (status = 410, description = "who reported was erased, and with it this way in")))]
pub(crate) async fn status(req: Req, Path(token): Path<String>) -> Answer {
    let id = shared::opened(&req, &token).or_fail(&req)?;
    let desk = shared::desk(&req).await?;
    let read = req.read(move |_, tx| {
        let case = rows::case(tx, id)?.ok_or_else(Problem::not_found)?;
        if rows::erase::reporter_erased(tx, id)? {
            return Err(Problem::new(410, "report-forgotten").arg("number", &case.number));
        }
        let main = case.merged_into.map_or(Ok(None), |m| queries::related(tx, m))?;
        let units = Names::of(tx, [case.lead_unit])?;
        let asked = rows::open_question(tx, id)?.filter(|q| q.state == QuestionState::Asked);
        Ok((case, main, units, asked, rows::answers(tx, &[id])?))
    });
    let (case, main, units, asked, answers) = read.await.or_fail(&req)?;
    let status = ReportStatus {
        extras: answered(&answers),
        question: asked
            .map(|q| QuestionBody { answer_by: moment(answer_by(&desk, &q)), text: q.body.into_string() }),
        state: case.state.code(),
        reported_at: case.reported_at.rfc3339(),
        due_at: moment(case.due_at),
        closed_at: moment(case.closed_at),
        on_time: case.on_time,
        unit: filled(units.get(case.lead_unit)),
        merged_into: main.map(|m| m.number),
        number: case.number,
    };
    json(&req, &status)
}
