//! Rules for programs.

use super::answers::{
    CaseRouting, RoutingChecked, RoutingExpression, RoutingMove, RoutingRule, RoutingRuleRecord,
    RoutingRules, Units,
};
use super::number;
use crate::apply::{self, Found};
use crate::commands;
use crate::forms::{City, RuleDraft};
use crate::language;
use crate::policy::{self, Act};
use crate::queries;
use axum::body::Body;
use axum::http::StatusCode;
use cases::desk::Desk;
use cases::policy::Act as CaseAct;
use kernel::problem::{Problem, Result};
use store::Tx;
use web::api::{body, json, json_with};
use web::error::OrFail;
use web::{Answer, Path, Req};

pub(super) fn units(tx: &mut Tx<'_>) -> Result<Units> {
    Ok(people::queries::directory(tx)?.into_iter().map(|u| (u.id, u.code)).collect())
}

/// All rules in their order, also those that are switched off.
#[utoipa::path(get, path = "/api/v1/routing-rules", tag = "routing", operation_id = "listRoutingRules",
    responses((status = 200, body = RoutingRules, description = "the rules")))]
pub(crate) async fn list(req: Req) -> Answer {
    let today = req.ctx.now.date();
    let read = req.read(move |ctx, tx| {
        let (lines, units) = (queries::rules(ctx, tx)?, units(tx)?);
        let placed = lines.iter().zip(1_i64..);
        Ok(placed.map(|(l, place)| RoutingRule::of(&l.rule, &l.edition, place, &units, today)).collect())
    });
    let items = read.await.or_fail(&req)?;
    json(&req, &RoutingRules { items })
}

async fn show(req: &Req, of: i64, status: StatusCode) -> Answer {
    let today = req.ctx.now.date();
    let read = req.read(move |ctx, tx| {
        let (rule, editions) = queries::rule(ctx, tx, of)?;
        let units = units(tx)?;
        let place = queries::rules(ctx, tx)?.iter().position(|l| l.rule.id == rule.id).unwrap_or_default();
        let place = i64::try_from(place).unwrap_or_default() + 1;
        let told = |e: &crate::model::Edition| RoutingRule::of(&rule, e, place, &units, today);
        let now = editions.first().map(told).ok_or_else(Problem::not_found)?;
        Ok(RoutingRuleRecord { rule: now, editions: editions.iter().map(told).collect() })
    });
    json_with(req, status, &read.await.or_fail(req)?)
}

/// A rule with every edition that it has had.
#[utoipa::path(get, path = "/api/v1/routing-rules/{number}", tag = "routing", operation_id = "getRoutingRule",
    params(("number" = String, Path, description = "number of the rule")),
    responses((status = 200, body = RoutingRuleRecord, description = "the rule"), (status = 404, description = "there is none")))]
pub(crate) async fn one(req: Req, Path(text): Path<String>) -> Answer {
    policy::require(&req.ctx, Act::See).or_fail(&req)?;
    let of = number(&text).or_fail(&req)?;
    show(&req, of, StatusCode::OK).await
}

/// A new rule, behind all others.
#[utoipa::path(post, path = "/api/v1/routing-rules", tag = "routing", operation_id = "createRoutingRule", request_body = RuleDraft,
    responses((status = 201, body = RoutingRuleRecord, description = "the rule"),
        (status = 422, description = "everything that is wrong with it; of an expression with line and column")))]
pub(crate) async fn create(req: Req, sent: Body) -> Answer {
    policy::require(&req.ctx, Act::Edit).or_fail(&req)?;
    let draft: RuleDraft = body(&req, sent).await?;
    let desk = Desk::of(&req.city).await.or_fail(&req)?;
    let index = places::kept::index(&req.city).await.or_fail(&req)?;
    let work = req.write(move |ctx, tx| {
        let draft = draft.read(tx, &City { catalogue: &desk.catalogue, index: &index })?;
        commands::create(ctx, tx, draft)
    });
    let rule = work.await.or_fail(&req)?;
    show(&req, rule.number, StatusCode::CREATED).await
}

/// A new edition of a rule. What it said before stays readable.
#[utoipa::path(put, path = "/api/v1/routing-rules/{number}", tag = "routing", operation_id = "changeRoutingRule",
    params(("number" = String, Path, description = "number of the rule")), request_body = RuleDraft,
    responses((status = 200, body = RoutingRuleRecord, description = "the rule as it is now"),
        (status = 404, description = "there is none"), (status = 409, description = "somebody has changed it meanwhile"),
        (status = 422, description = "everything that is wrong with it")))]
pub(crate) async fn change(req: Req, Path(text): Path<String>, sent: Body) -> Answer {
    policy::require(&req.ctx, Act::Edit).or_fail(&req)?;
    let of = number(&text).or_fail(&req)?;
    let draft: RuleDraft = body(&req, sent).await?;
    let version = draft.version.ok_or_else(|| Problem::field("version", "required")).or_fail(&req)?;
    let desk = Desk::of(&req.city).await.or_fail(&req)?;
    let index = places::kept::index(&req.city).await.or_fail(&req)?;
    let work = req.write(move |ctx, tx| {
        let draft = draft.read(tx, &City { catalogue: &desk.catalogue, index: &index })?;
        commands::change(ctx, tx, of, version, draft)
    });
    work.await.or_fail(&req)?;
    show(&req, of, StatusCode::OK).await
}

/// Moves a rule past its neighbour.
#[utoipa::path(post, path = "/api/v1/routing-rules/{number}/place", tag = "routing", operation_id = "moveRoutingRule",
    params(("number" = String, Path, description = "number of the rule")), request_body = RoutingMove,
    responses((status = 200, body = RoutingRuleRecord, description = "the rule at its new place"),
        (status = 404, description = "there is none")))]
pub(crate) async fn shift(req: Req, Path(text): Path<String>, sent: Body) -> Answer {
    policy::require(&req.ctx, Act::Edit).or_fail(&req)?;
    let of = number(&text).or_fail(&req)?;
    let to: RoutingMove = body(&req, sent).await?;
    let up = match to.way.as_str() {
        "up" => Ok(true),
        "down" => Ok(false),
        _ => Err(Problem::field("way", "not-a-choice")),
    };
    let up = up.or_fail(&req)?;
    req.write(move |ctx, tx| commands::shift(ctx, tx, of, up)).await.or_fail(&req)?;
    show(&req, of, StatusCode::OK).await
}

/// Whether an expression can be asked. Changes nothing.
#[utoipa::path(post, path = "/api/v1/routing-expressions", tag = "routing", operation_id = "checkRoutingExpression",
    request_body = RoutingExpression,
    responses((status = 200, body = RoutingChecked, description = "sound, or what is wrong and where")))]
pub(crate) async fn check(req: Req, sent: Body) -> Answer {
    policy::require(&req.ctx, Act::Edit).or_fail(&req)?;
    let given: RoutingExpression = body(&req, sent).await?;
    let fault = language::read(&given.expression).err();
    json(&req, &RoutingChecked { sound: fault.is_none(), fault: fault.map(Into::into) })
}

/// What the rules say of a case now.
#[utoipa::path(get, path = "/api/v1/cases/{number}/routing", tag = "routing", operation_id = "getCaseRouting",
    params(("number" = String, Path, description = "`CASE-2026-000412`")),
    responses((status = 200, body = CaseRouting, description = "what they say"),
        (status = 404, description = "no case that the key may see"),
        (status = 403, description = "the key may see the case and not dispatch it")))]
pub(crate) async fn of_case(req: Req, Path(of): Path<String>) -> Answer {
    let city = req.city.clone();
    let read = req.read(move |ctx, tx| {
        let case = cases::commands::find_for(ctx, tx, CaseAct::Dispatch, &of)?;
        let nothing =
            |state| CaseRouting { state, rule: None, edition: None, name: None, lead: None, fault: None };
        if !crate::beside::is_open(&case) {
            return Ok(nothing("closed"));
        }
        Ok(match apply::find(&city, tx, &case)? {
            Found::Nothing => nothing("nothing"),
            Found::Rule(entry, _) => CaseRouting {
                rule: Some(entry.rule.number),
                edition: Some(entry.edition.number),
                name: Some(entry.edition.name.clone()),
                lead: units(tx)?.get(&entry.edition.lead_unit).cloned(),
                ..nothing("rule")
            },
            Found::Stuck(entry, fault) => CaseRouting {
                rule: Some(entry.rule.number),
                edition: Some(entry.edition.number),
                name: Some(entry.edition.name.clone()),
                fault: Some(fault.into()),
                ..nothing("stuck")
            },
        })
    });
    json(&req, &read.await.or_fail(&req)?)
}
