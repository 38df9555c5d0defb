//! Nodes of a draft, and the check of a rule.

use super::schemes::{AssessmentNode, AssessmentSchemeTree, AssessmentWay};
use crate::policy::{self, Act};
use crate::scheme::commands::{self, NodeDraft, Shift};
use crate::scheme::model::{NodeKind, Part};
use crate::scheme::notation::{Rule, RuleFault};
use crate::scheme::{queries, sheet};
use axum::body::Body;
use axum::http::StatusCode;
use kernel::problem::{FieldError, Problem, Result};
use kernel::workflow::Named;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::api::{body, json, json_with};
use web::error::OrFail;
use web::{Answer, Path, Req};

/// A node as somebody writes it.
#[derive(Deserialize, ToSchema)]
pub(super) struct AssessmentNodeDraft {
    code: String,
    name: String,
    /// `normal`, `bonus`, `veto`; `normal` without one.
    kind: Option<String>,
    #[serde(default)]
    veto: String,
    #[serde(default)]
    ways: Vec<AssessmentWay>,
    #[serde(default)]
    lead_unit: String,
    #[serde(default)]
    units: Vec<String>,
    #[serde(default)]
    point_types: Vec<String>,
    #[serde(default)]
    evidence: Vec<String>,
    #[serde(default)]
    observed: Vec<String>,
    #[serde(default)]
    note: String,
    /// Code of the node above, for a new one.
    above: Option<String>,
    /// As it was seen, for one that is changed.
    version: Option<i64>,
}

fn fault(field: String, found: &RuleFault) -> FieldError {
    FieldError::new(field, found.code).arg("line", 1).arg("at", found.at + 1).arg("what", &found.what)
}

impl AssessmentNodeDraft {
    fn draft(self) -> Result<NodeDraft> {
        let mut faults = Vec::new();
        let mut parts = Vec::new();
        for (n, way) in self.ways.into_iter().enumerate() {
            match (sheet::points(&way.points), Rule::read(&way.rule)) {
                (Some(points), Ok(rule)) => parts.push(Part { way: way.way, points, rule }),
                (None, _) => faults.push(FieldError::new(format!("ways.{n}.points"), "not-a-number")),
                (_, Err(found)) => faults.push(fault(format!("ways.{n}.rule"), &found)),
            }
        }
        let kind = match self.kind.as_deref() {
            None => NodeKind::Normal,
            Some(code) => NodeKind::parse(code).unwrap_or_else(|| {
                faults.push(FieldError::new("kind", "not-a-choice"));
                NodeKind::Normal
            }),
        };
        let veto = match self.veto.as_str() {
            "" => None,
            text => sheet::read_effect(text).or_else(|| {
                faults.push(FieldError::new("veto", "not-an-effect"));
                None
            }),
        };
        if !faults.is_empty() {
            return Err(Problem::invalid(faults));
        }
        Ok(NodeDraft {
            code: self.code.trim().to_owned(),
            name: self.name.trim().to_owned(),
            kind,
            veto,
            parts,
            lead_unit: self.lead_unit,
            units: self.units,
            point_types: self.point_types,
            evidence: self.evidence,
            observed: self.observed,
            note: self.note,
        })
    }
}

/// Adds a node to a draft.
#[utoipa::path(post, path = "/api/v1/assessment-schemes/{number}/nodes", tag = "assessment", operation_id = "addAssessmentNode",
    params(("number" = String, Path, description = "`SC-0003`")),
    request_body = AssessmentNodeDraft,
    responses((status = 201, body = AssessmentNode, description = "the node"),
        (status = 409, description = "the scheme is published")))]
pub(super) async fn add(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    policy::require(&req.ctx, Act::EditScheme).or_fail(&req)?;
    let given: AssessmentNodeDraft = body(&req, given).await?;
    let above = given.above.clone();
    let draft = given.draft().or_fail(&req)?;
    let done = req.write(move |ctx, tx| commands::add(ctx, tx, &number, above.as_deref(), draft));
    json_with(&req, StatusCode::CREATED, &AssessmentNode::alone(done.await.or_fail(&req)?))
}

/// Changes a node of a draft, as a whole.
#[utoipa::path(put, path = "/api/v1/assessment-schemes/{number}/nodes/{code}", tag = "assessment", operation_id = "editAssessmentNode",
    params(("number" = String, Path, description = "`SC-0003`"), ("code" = String, Path, description = "code of the node")),
    request_body = AssessmentNodeDraft,
    responses((status = 200, body = AssessmentNode, description = "the node as it is now"),
        (status = 409, description = "the scheme is published, or somebody else changed the node")))]
pub(super) async fn edit(req: Req, Path((number, code)): Path<(String, String)>, given: Body) -> Answer {
    policy::require(&req.ctx, Act::EditScheme).or_fail(&req)?;
    let given: AssessmentNodeDraft = body(&req, given).await?;
    let version = given.version;
    let draft = given.draft().or_fail(&req)?;
    let done = req.write(move |ctx, tx| commands::edit(ctx, tx, &number, &code, draft, version));
    json(&req, &AssessmentNode::alone(done.await.or_fail(&req)?))
}

#[derive(Deserialize, ToSchema)]
pub(super) struct AssessmentShift {
    /// `up`, `down`, `in`, `out`.
    to: String,
}

/// Moves a node of a draft with all that is below it.
#[utoipa::path(post, path = "/api/v1/assessment-schemes/{number}/nodes/{code}/moves", tag = "assessment",
    operation_id = "moveAssessmentNode",
    params(("number" = String, Path, description = "`SC-0003`"), ("code" = String, Path, description = "code of the node")),
    request_body = AssessmentShift,
    responses((status = 200, body = AssessmentSchemeTree, description = "the scheme as it is now"),
        (status = 409, description = "it cannot go further that way, or the scheme is published")))]
pub(super) async fn shift(req: Req, Path((number, code)): Path<(String, String)>, given: Body) -> Answer {
    policy::require(&req.ctx, Act::EditScheme).or_fail(&req)?;
    let given: AssessmentShift = body(&req, given).await?;
    let done = req.write(move |ctx, tx| {
        let to = Shift::parse(&given.to).ok_or_else(|| Problem::field("to", "not-a-choice"))?;
        commands::shift(ctx, tx, &number, &code, to)?;
        queries::full(ctx, tx, &number)
    });
    json(&req, &AssessmentSchemeTree::of(&done.await.or_fail(&req)?, None))
}

/// Takes a node out of a draft that has none below it.
#[utoipa::path(delete, path = "/api/v1/assessment-schemes/{number}/nodes/{code}", tag = "assessment",
    operation_id = "removeAssessmentNode",
    params(("number" = String, Path, description = "`SC-0003`"), ("code" = String, Path, description = "code of the node")),
    responses((status = 200, body = AssessmentSchemeTree, description = "the scheme as it is now"),
        (status = 409, description = "nodes stand below it, or the scheme is published")))]
pub(super) async fn remove(req: Req, Path((number, code)): Path<(String, String)>) -> Answer {
    let done = req.write(move |ctx, tx| {
        commands::remove(ctx, tx, &number, &code)?;
        queries::full(ctx, tx, &number)
    });
    json(&req, &AssessmentSchemeTree::of(&done.await.or_fail(&req)?, None))
}

#[derive(Deserialize, ToSchema)]
pub(super) struct AssessmentRuleText {
    rule: String,
}

/// A rule as it is written.
#[derive(Serialize, ToSchema)]
pub(super) struct AssessmentRule {
    rule: String,
}

/// Checks how a rule is written. What is wrong is told with its place.
#[utoipa::path(post, path = "/api/v1/assessment-rules/check", tag = "assessment", operation_id = "checkAssessmentRule",
    request_body = AssessmentRuleText,
    responses((status = 200, body = AssessmentRule, description = "the rule as it is kept"),
        (status = 422, description = "the fault and its place")))]
pub(super) async fn check(req: Req, given: Body) -> Answer {
    policy::require(&req.ctx, Act::See).or_fail(&req)?;
    let given: AssessmentRuleText = body(&req, given).await?;
    let rule =
        Rule::read(&given.rule).map_err(|found| Problem::invalid(vec![fault("rule".to_owned(), &found)]));
    json(&req, &AssessmentRule { rule: rule.or_fail(&req)?.to_string() })
}
