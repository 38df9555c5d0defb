//! Schemes, their nodes and their figures.

use crate::policy::{self, Act};
use crate::scheme::commands::{self, NewScheme};
use crate::scheme::diff::{self, Difference};
use crate::scheme::figures::Figures;
use crate::scheme::model::{Node, Part, Scheme};
use crate::scheme::queries::{self, Full};
use crate::scheme::sample::Sample;
use crate::scheme::sheet;
use crate::scheme::tree::Placed;
use axum::body::Body;
use axum::http::StatusCode;
use kernel::problem::{FieldError, Problem};
use kernel::workflow::Named;
use scoring::{Figure, Missing};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::api::{body, json, json_with};
use web::error::OrFail;
use web::list::Params;
use web::{Answer, Path, Req};

/// An edition of a scheme.
#[derive(Serialize, ToSchema)]
pub(super) struct AssessmentScheme {
    /// `SC-0003`.
    number: String,
    name: String,
    edition: i64,
    /// `draft` or `published`.
    state: &'static str,
    /// Nobody is judged by it.
    sample: bool,
    /// The way that rounds of inspections feed.
    observed_way: String,
    note: String,
    /// For `version` of a publication.
    version: i64,
}

impl AssessmentScheme {
    fn of(scheme: &Scheme) -> Self {
        Self {
            number: scheme.number.clone(),
            name: scheme.name.clone(),
            edition: scheme.edition,
            state: scheme.state.code(),
            sample: scheme.sample,
            observed_way: scheme.observed_way.clone(),
            note: scheme.note.clone(),
            version: scheme.version,
        }
    }
}

#[derive(Serialize, ToSchema)]
pub(super) struct AssessmentSchemes {
    items: Vec<AssessmentScheme>,
}

/// One way of judging a standard.
#[derive(Serialize, Deserialize, ToSchema)]
pub(super) struct AssessmentWay {
    pub(super) way: String,
    /// Exact: a decimal or a fraction.
    pub(super) points: String,
    /// As the page of rules tells: `达标(60%)`, `threshold(60%)`.
    pub(super) rule: String,
    /// What it came to, from 0 to 1; none where nobody has looked.
    #[serde(skip_deserializing)]
    share: Option<String>,
}

/// A node of the tree, in the order in which they are read.
#[derive(Serialize, ToSchema)]
pub(super) struct AssessmentNode {
    code: String,
    above: Option<String>,
    /// 0 for those at the top.
    depth: usize,
    name: String,
    /// `normal`, `bonus`, `veto`.
    kind: &'static str,
    /// What a veto takes away: `扣3分`, `不超过60分`, `归零`.
    veto: String,
    ways: Vec<AssessmentWay>,
    lead_unit: String,
    units: Vec<String>,
    point_types: Vec<String>,
    evidence: Vec<String>,
    observed: Vec<String>,
    note: String,
    /// For `version` of a change.
    version: i64,
    /// Points that it came to, where figures were asked for.
    points: Option<String>,
    /// What could be reached with what was looked at.
    reachable: Option<String>,
    /// Standards below that nobody has looked at, itself included.
    unseen: Option<usize>,
}

impl AssessmentNode {
    fn of(of: &Placed, figure: Option<&Figure>) -> Self {
        let node = &of.node;
        let share = |part: &Part| {
            figure?.parts.iter().find(|p| p.way == part.way)?.share.as_ref().map(ToString::to_string)
        };
        let ways = node.parts.0.iter().map(|part| AssessmentWay {
            way: part.way.clone(),
            points: part.points.to_string(),
            rule: part.rule.to_string(),
            share: share(part),
        });
        Self {
            code: node.code.clone(),
            above: of.parent.clone(),
            depth: of.depth,
            name: node.name.clone(),
            kind: node.kind.code(),
            veto: node.veto.0.as_ref().map(sheet::effect).unwrap_or_default(),
            ways: ways.collect(),
            lead_unit: node.lead_unit.clone(),
            units: node.units.0.clone(),
            point_types: node.point_types.0.clone(),
            evidence: node.evidence.0.clone(),
            observed: node.observed.0.clone(),
            note: node.note.clone(),
            version: node.version,
            points: figure.map(|f| f.points.to_string()),
            reachable: figure.map(|f| f.reachable.to_string()),
            unseen: figure.map(|f| f.unseen),
        }
    }

    pub(super) fn alone(node: Node) -> Self {
        Self::of(&Placed { node, depth: 0, parent: None, divided: false }, None)
    }
}

/// Something that keeps a scheme from being published.
#[derive(Serialize, ToSchema)]
struct AssessmentFault {
    /// `empty`, `no-way`, `no-effect`, `judged-and-divided`, `repeated-way`, …
    code: &'static str,
    /// Code of the node; empty for the whole.
    node: String,
}

/// A scheme with its tree.
#[derive(Serialize, ToSchema)]
pub(super) struct AssessmentSchemeTree {
    #[serde(flatten)]
    scheme: AssessmentScheme,
    nodes: Vec<AssessmentNode>,
    faults: Vec<AssessmentFault>,
    /// Points of the whole, where figures were asked for; after vetoes.
    points: Option<String>,
    reachable: Option<String>,
    full: Option<String>,
    /// Codes of the vetoes that struck.
    vetoes: Vec<String>,
    /// Items of the rounds that no standard names.
    unused: Vec<String>,
}

impl AssessmentSchemeTree {
    pub(super) fn of(full: &Full, figures: Option<&Figures>) -> Self {
        let total = figures.map(|f| &f.sums.total);
        let figure = |at: usize| figures.and_then(|f| f.sums.nodes.get(at));
        Self {
            scheme: AssessmentScheme::of(&full.scheme),
            nodes: full
                .placed
                .iter()
                .enumerate()
                .map(|(at, of)| AssessmentNode::of(of, figure(at)))
                .collect(),
            faults: full
                .faults
                .iter()
                .map(|f| AssessmentFault { code: f.code, node: f.node.clone() })
                .collect(),
            points: total.map(|t| t.points.to_string()),
            reachable: total.map(|t| t.reachable.to_string()),
            full: total.map(|t| t.full.to_string()),
            vetoes: figures.map(|f| f.sums.vetoes.clone()).unwrap_or_default(),
            unused: figures.map(|f| f.unused.clone()).unwrap_or_default(),
        }
    }
}

/// Editions of schemes, the newest first.
#[utoipa::path(get, path = "/api/v1/assessment-schemes", tag = "assessment", operation_id = "listAssessmentSchemes",
    responses((status = 200, body = AssessmentSchemes, description = "all editions")))]
pub(super) async fn list(req: Req) -> Answer {
    let found = req.read(queries::schemes).await.or_fail(&req)?;
    json(&req, &AssessmentSchemes { items: found.iter().map(AssessmentScheme::of).collect() })
}

#[derive(Deserialize, ToSchema)]
pub(super) struct AssessmentNewScheme {
    name: String,
    /// Number of its cycle.
    #[serde(default)]
    cycle: String,
    /// The way that rounds of inspections feed; 实地考察 without one.
    #[serde(default)]
    observed_way: String,
    #[serde(default)]
    note: String,
    /// Begin with a sample: `city`, `jinhua`, `luan`.
    sample: Option<String>,
}

/// Makes a draft.
#[utoipa::path(post, path = "/api/v1/assessment-schemes", tag = "assessment", operation_id = "makeAssessmentScheme",
    request_body = AssessmentNewScheme,
    responses((status = 201, body = AssessmentSchemeTree, description = "the draft")))]
pub(super) async fn make(req: Req, given: Body) -> Answer {
    policy::require(&req.ctx, Act::EditScheme).or_fail(&req)?;
    let given: AssessmentNewScheme = body(&req, given).await?;
    let done = req.write(move |ctx, tx| {
        let sample = match given.sample.as_deref() {
            None => None,
            Some(code) => Some(Sample::parse(code).ok_or_else(|| Problem::field("sample", "not-a-choice"))?),
        };
        let observed_way = match given.observed_way.as_str() {
            "" => sample.unwrap_or(Sample::City).observed_way().to_owned(),
            way => way.to_owned(),
        };
        let new = NewScheme {
            name: given.name,
            cycle: given.cycle,
            observed_way,
            note: given.note,
            sample: sample.is_some(),
        };
        let scheme = commands::make(ctx, tx, new)?;
        if let Some(sample) = sample {
            commands::fill(ctx, tx, &scheme.number, sample.lines()?)?;
        }
        queries::full(ctx, tx, &scheme.number)
    });
    json_with(&req, StatusCode::CREATED, &AssessmentSchemeTree::of(&done.await.or_fail(&req)?, None))
}

/// A scheme with its tree; with `by`, what it comes to.
#[utoipa::path(get, path = "/api/v1/assessment-schemes/{number}", tag = "assessment", operation_id = "getAssessmentScheme",
    params(("number" = String, Path, description = "`SC-0003`"),
        ("by" = Option<String>, Query, description = "number of a round, or a year: all rounds of it"),
        ("missing" = Option<String>, Query, description = "`lost`: what nobody has looked at counts as lost")),
    responses((status = 200, body = AssessmentSchemeTree, description = "the scheme"),
        (status = 404, description = "none that the key may see")))]
pub(super) async fn one(req: Req, Path(number): Path<String>) -> Answer {
    let params = Params::parse(&req.query);
    let (by, city) = (params.get("by").to_owned(), req.city.clone());
    let missing = if params.has("missing", "lost") { Missing::Lost } else { Missing::LeftOut };
    let read = req.read(move |ctx, tx| {
        let full = queries::full(ctx, tx, &number)?;
        let figures = match by.as_str() {
            "" => None,
            by => queries::figures(ctx, tx, &city, &full, by, missing)?,
        };
        Ok((full, figures))
    });
    let (full, figures) = read.await.or_fail(&req)?;
    json(&req, &AssessmentSchemeTree::of(&full, figures.as_ref()))
}

#[derive(Deserialize, ToSchema)]
pub(super) struct AssessmentTreeTable {
    /// The table as CSV, as it is exported.
    csv: String,
}

/// Replaces the tree of a draft by a table. One wrong row, and nothing is changed.
#[utoipa::path(put, path = "/api/v1/assessment-schemes/{number}/nodes", tag = "assessment", operation_id = "fillAssessmentScheme",
    params(("number" = String, Path, description = "`SC-0003`")),
    request_body = AssessmentTreeTable,
    responses((status = 200, body = AssessmentSchemeTree, description = "the scheme as it is now"),
        (status = 409, description = "it is published"), (status = 422, description = "rows are wrong: each is told")))]
pub(super) async fn fill(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    policy::require(&req.ctx, Act::EditScheme).or_fail(&req)?;
    let given: AssessmentTreeTable = body(&req, given).await?;
    let done = req.write(move |ctx, tx| {
        let (lines, report) = sheet::read(given.csv.into_bytes())?;
        if !report.refused.is_empty() {
            let told = report.refused.iter().map(|r| {
                FieldError::new(format!("csv.{}.{}", r.row, r.field), "row-refused").arg("code", &r.reason)
            });
            return Err(Problem::invalid(told.collect()));
        }
        commands::fill(ctx, tx, &number, lines)?;
        queries::full(ctx, tx, &number)
    });
    json(&req, &AssessmentSchemeTree::of(&done.await.or_fail(&req)?, None))
}

/// Makes a draft of a copy: the next edition.
#[utoipa::path(post, path = "/api/v1/assessment-schemes/{number}/copies", tag = "assessment", operation_id = "copyAssessmentScheme",
    params(("number" = String, Path, description = "`SC-0003`")),
    responses((status = 201, body = AssessmentScheme, description = "the draft"),
        (status = 404, description = "no such scheme")))]
pub(super) async fn copy(req: Req, Path(number): Path<String>) -> Answer {
    let new = req.write(move |ctx, tx| commands::copy(ctx, tx, &number)).await.or_fail(&req)?;
    json_with(&req, StatusCode::CREATED, &AssessmentScheme::of(&new))
}

#[derive(Deserialize, ToSchema)]
pub(super) struct AssessmentPublication {
    version: Option<i64>,
}

/// Publishes a draft: from now on nothing in it changes.
#[utoipa::path(post, path = "/api/v1/assessment-schemes/{number}/publication", tag = "assessment",
    operation_id = "publishAssessmentScheme",
    params(("number" = String, Path, description = "`SC-0003`")),
    request_body = AssessmentPublication,
    responses((status = 200, body = AssessmentScheme, description = "the scheme as it is now"),
        (status = 409, description = "it has faults, is published already, or was changed meanwhile")))]
pub(super) async fn publish(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    policy::require(&req.ctx, Act::EditScheme).or_fail(&req)?;
    let given: AssessmentPublication = body(&req, given).await?;
    let done = req.write(move |ctx, tx| commands::publish(ctx, tx, &number, given.version));
    json(&req, &AssessmentScheme::of(&done.await.or_fail(&req)?))
}

/// What differs between two editions.
#[derive(Serialize, ToSchema)]
pub(super) struct AssessmentDifference {
    code: String,
    name: String,
    /// `added`, `removed`, `changed`.
    what: &'static str,
    fields: Vec<AssessmentFieldChange>,
}

#[derive(Serialize, ToSchema)]
pub(super) struct AssessmentFieldChange {
    field: &'static str,
    before: String,
    after: String,
}

#[derive(Serialize, ToSchema)]
pub(super) struct AssessmentDifferences {
    items: Vec<AssessmentDifference>,
}

fn difference_body(of: Difference) -> AssessmentDifference {
    let field = |(field, before, after)| AssessmentFieldChange { field, before, after };
    AssessmentDifference {
        code: of.code,
        name: of.name,
        what: of.what.code(),
        fields: of.fields.into_iter().map(field).collect(),
    }
}

/// What differs between this edition and an earlier one.
#[utoipa::path(get, path = "/api/v1/assessment-schemes/{number}/difference", tag = "assessment",
    operation_id = "compareAssessmentSchemes",
    params(("number" = String, Path, description = "`SC-0003`"), ("with" = String, Query, description = "number of the earlier one")),
    responses((status = 200, body = AssessmentDifferences, description = "nodes that differ"),
        (status = 404, description = "one of them is none that the key may see")))]
pub(super) async fn difference(req: Req, Path(number): Path<String>) -> Answer {
    let with = Params::parse(&req.query).get("with").to_owned();
    let read =
        req.read(move |ctx, tx| Ok((queries::full(ctx, tx, &with)?, queries::full(ctx, tx, &number)?)));
    let (before, after) = read.await.or_fail(&req)?;
    let items = diff::between(&before.placed, &after.placed).into_iter().map(difference_body).collect();
    json(&req, &AssessmentDifferences { items })
}
