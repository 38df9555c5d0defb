//! The register of what is given to others.

use super::{PAGE, before, page_of};
use crate::policy::{Act, POLICY};
use crate::provisions::commands::{self, NewProvision};
use crate::provisions::model::{Basis, Kind, Provision};
use crate::provisions::queries;
use crate::provisions::workflow::{PROVISION, Step};
use axum::body::Body;
use axum::http::StatusCode;
use kernel::policy::Standing;
use kernel::problem::{FieldError, Findings, Problem, Result};
use kernel::time::{Date, parse_date};
use kernel::workflow::Named;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::api::{body, json, json_with};
use web::error::OrFail;
use web::list::Params;
use web::{Answer, Path, Req};

/// To whom personal data are given, or who handles them for the city.
#[derive(Serialize, ToSchema)]
pub(super) struct PersonalProvision {
    number: String,
    /// `provide`, `entrust`.
    kind: &'static str,
    /// `proposed`, `approved`, `declined`, `withdrawn`, `ended`.
    state: &'static str,
    receiver: String,
    /// GB 32100; empty for whoever has none.
    credit_code: String,
    contact: String,
    purpose: String,
    data: String,
    /// Of about how many people.
    people: i64,
    sensitive: bool,
    /// Children under 14 are among them.
    children: bool,
    /// `duty`, `consent`, `emergency`, `law`.
    basis: &'static str,
    document: String,
    assessment: String,
    way: String,
    safeguards: String,
    from_date: String,
    until_date: String,
    /// What became of the data, or why not.
    outcome: String,
    decided_at: Option<String>,
    ended_at: Option<String>,
    /// Steps that the state allows: `approve`, `decline`, `withdraw`, `end`.
    allowed_steps: Vec<&'static str>,
    version: i64,
}

impl From<Provision> for PersonalProvision {
    fn from(of: Provision) -> Self {
        Self {
            kind: of.kind.code(),
            state: of.state.code(),
            allowed_steps: PROVISION.from(of.state).map(|row| row.name.code()).collect(),
            basis: of.basis.code(),
            from_date: of.from_date.to_string(),
            until_date: of.until_date.to_string(),
            decided_at: of.decided_at.map(kernel::time::Instant::rfc3339),
            ended_at: of.ended_at.map(kernel::time::Instant::rfc3339),
            number: of.number,
            receiver: of.receiver,
            credit_code: of.credit_code,
            contact: of.contact.into_string(),
            purpose: of.purpose,
            data: of.data,
            people: of.people,
            sensitive: of.sensitive,
            children: of.children,
            document: of.document,
            assessment: of.assessment,
            way: of.way,
            safeguards: of.safeguards,
            outcome: of.outcome,
            version: of.version,
        }
    }
}

#[derive(Serialize, ToSchema)]
pub(super) struct PersonalProvisionPage {
    items: Vec<PersonalProvision>,
    /// For `after` of the next page.
    next: Option<String>,
}

/// The register, newest first, fifty at a time.
#[utoipa::path(get, path = "/api/v1/personal-provisions", tag = "keeping", operation_id = "listPersonalProvisions",
    params(
        ("state" = Option<String>, Query, description = "`ended` for those that are over, else those that go on"),
        ("after" = Option<String>, Query, description = "`next` of the answer before"),
    ),
    responses((status = 200, body = PersonalProvisionPage, description = "a page of the register")))]
pub(super) async fn list(req: Req) -> Answer {
    let (before, open) = (before(&req)?, Params::parse(&req.query).get("state") != "ended");
    let found =
        req.read(move |ctx, tx| queries::list(ctx, tx, open, before, PAGE + 1)).await.or_fail(&req)?;
    let (rows, next) = page_of(found, |of| of.id.raw());
    json(
        &req,
        &PersonalProvisionPage { items: rows.into_iter().map(PersonalProvision::from).collect(), next },
    )
}

/// What is to be given.
#[derive(Deserialize, ToSchema)]
pub(super) struct NewPersonalProvision {
    /// `provide`, `entrust`.
    kind: String,
    receiver: String,
    /// GB 32100; left out for whoever has none.
    #[serde(default)]
    credit_code: String,
    contact: String,
    purpose: String,
    data: String,
    /// Of about how many people.
    people: i64,
    #[serde(default)]
    sensitive: bool,
    #[serde(default)]
    children: bool,
    /// `duty`, `consent`, `emergency`, `law`.
    basis: String,
    document: String,
    /// The record of the impact assessment.
    assessment: String,
    way: String,
    safeguards: String,
    /// `2026-03-05`.
    from_date: String,
    until_date: String,
}

impl NewPersonalProvision {
    fn read(self) -> Result<NewProvision> {
        let mut findings = Findings::default();
        let kind = findings.take(Kind::parse(&self.kind).ok_or(FieldError::new("kind", "not-a-choice")));
        let basis = findings.take(Basis::parse(&self.basis).ok_or(FieldError::new("basis", "not-a-choice")));
        let mut day = |field, text: &str| -> Option<Date> {
            findings.take(parse_date(text).ok_or(FieldError::new(field, "not-a-date")))
        };
        let (from, until) = (day("from_date", &self.from_date), day("until_date", &self.until_date));
        let (Some(kind), Some(basis), Some(from_date), Some(until_date)) = (kind, basis, from, until) else {
            findings.done()?;
            return Err(Problem::field("kind", "required"));
        };
        Ok(NewProvision {
            kind,
            receiver: self.receiver,
            credit_code: self.credit_code,
            contact: self.contact,
            purpose: self.purpose,
            data: self.data,
            people: self.people,
            sensitive: self.sensitive,
            children: self.children,
            basis,
            document: self.document,
            assessment: self.assessment,
            way: self.way,
            safeguards: self.safeguards,
            from_date,
            until_date,
        })
    }
}

/// Asks for a leader's consent.
#[utoipa::path(post, path = "/api/v1/personal-provisions", tag = "keeping", operation_id = "createPersonalProvision",
    request_body = NewPersonalProvision,
    responses((status = 201, body = PersonalProvision, description = "it waits for a decision")))]
pub(super) async fn create(req: Req, given: Body) -> Answer {
    let given: NewPersonalProvision = body(&req, given).await?;
    let done = req.write(move |ctx, tx| {
        POLICY.require(ctx, Act::ProposeProvisions, &Standing::city(), true)?;
        commands::propose(ctx, tx, given.read()?)
    });
    json_with(&req, StatusCode::CREATED, &PersonalProvision::from(done.await.or_fail(&req)?))
}

/// A step of an entry.
#[derive(Deserialize, ToSchema)]
pub(super) struct PersonalProvisionStep {
    /// `approve`, `decline`, `withdraw`, `end`.
    step: String,
    /// Why, or what became of the data; consent needs none.
    #[serde(default)]
    words: String,
    /// Of the entry as it was seen; without it the last step wins.
    version: Option<i64>,
}

/// Takes a step.
#[utoipa::path(post, path = "/api/v1/personal-provisions/{number}/steps", tag = "keeping", operation_id = "stepPersonalProvision",
    params(("number" = String, Path, description = "`PROV-2026-0004`")),
    request_body = PersonalProvisionStep,
    responses((status = 200, body = PersonalProvision, description = "the entry as it is now"),
        (status = 404, description = "no such entry"),
        (status = 409, description = "its state does not allow the step, or somebody else was faster")))]
pub(super) async fn step(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    let given: PersonalProvisionStep = body(&req, given).await?;
    let done = req.write(move |ctx, tx| {
        queries::load_for(ctx, tx, Act::SeeProvisions, &number)?;
        let step = Step::parse(&given.step).ok_or_else(|| Problem::field("step", "not-a-choice"))?;
        commands::step(ctx, tx, &number, step, &given.words, given.version)
    });
    json(&req, &PersonalProvision::from(done.await.or_fail(&req)?))
}
