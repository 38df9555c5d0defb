//! The same for programs: who am I, the register of units, ways of signing in.

mod sign_in;

use crate::UnitRow;
use crate::model::UnitState;
use crate::policy::{self, Act, POLICY};
use crate::queries::{self, UnitFilter, UnitLine};
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;
use serde::Serialize;
use store::Tx;
use utoipa::{OpenApi, ToSchema};
use web::api::json;
use web::error::OrFail;
use web::list::Params;
use web::{Access, Answer, Path, Req, Routes};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/me", Access::SignedIn, me)
        .get("/api/v1/units", Access::Action("people-see-units"), units)
        .get("/api/v1/units/{code}", Access::Action("people-see-units"), unit)
        .merge(sign_in::routes())
}

#[derive(OpenApi)]
#[openapi(paths(me, units, unit, sign_in::sign_in, sign_in::identities, sign_in::link, sign_in::unlink, sign_in::end_sessions),
    components(schemas(Me, GrantBody, UnitBody, UnitPage, sign_in::SignInBody, sign_in::IdentityBody,
        sign_in::IdentityPage, sign_in::IdentityDraft, sign_in::Ended)),
    tags((name = "people", description = "Units of the city, whom a key belongs to, and how people sign in.")))]
struct Description;

pub(crate) fn description() -> utoipa::openapi::OpenApi {
    Description::openapi()
}

/// The person a key belongs to.
#[derive(Serialize, ToSchema)]
struct Me {
    login: String,
    name: String,
    /// Code of the unit.
    unit: String,
    grants: Vec<GrantBody>,
}

/// A role that may be used today, own or lent.
#[derive(Serialize, ToSchema)]
struct GrantBody {
    role: String,
    /// Code of the unit it was granted on; it holds for all units below.
    unit: String,
}

/// A unit (单位).
#[derive(Serialize, ToSchema)]
struct UnitBody {
    code: String,
    name: String,
    short_name: String,
    /// Code of its kind.
    kind: String,
    /// `active`, `closed` or `merged`.
    state: &'static str,
    /// Code of the unit above; none for the root.
    parent: Option<String>,
    /// GB 32100.
    credit_code: Option<String>,
    contact_name: String,
    contact_phone: String,
}

/// A part of the register, in the order of the tree.
#[derive(Serialize, ToSchema)]
struct UnitPage {
    items: Vec<UnitBody>,
    /// Give it as `after` for the next part; none at the end.
    next: Option<String>,
}

impl From<UnitLine> for UnitBody {
    fn from(u: UnitLine) -> Self {
        Self {
            code: u.code,
            name: u.name,
            short_name: u.short_name,
            kind: u.kind,
            state: u.state.code(),
            parent: u.above,
            credit_code: u.credit_code,
            contact_name: u.contact_name.into_string(),
            contact_phone: u.contact_phone.into_string(),
        }
    }
}

/// Whom the key belongs to, and what they may do.
#[utoipa::path(get, path = "/api/v1/me", tag = "people", operation_id = "getMe",
    responses((status = 200, body = Me, description = "the person and the roles that may be used today")))]
async fn me(req: Req) -> Answer {
    let body = req.read(read_me).await.or_fail(&req)?;
    json(&req, &body)
}

fn read_me(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Me> {
    let person = ctx.person().ok_or_else(Problem::sign_in)?;
    let account = queries::person(tx, person)?.ok_or_else(Problem::sign_in)?;
    let mut grants = Vec::new();
    for grant in ctx.grants() {
        let unit = queries::unit(tx, grant.unit)?.map(|u| u.code).unwrap_or_default();
        grants.push(GrantBody { role: grant.role.code().to_owned(), unit });
    }
    let unit = queries::unit(tx, account.unit_id)?.map(|u| u.code).unwrap_or_default();
    Ok(Me { login: account.login, name: account.name, unit, grants })
}

const PAGE: usize = 200;

/// The register of units, in the order of the tree.
#[utoipa::path(get, path = "/api/v1/units", tag = "people", operation_id = "listUnits",
    params(("q" = Option<String>, Query, description = "words of the name"),
        ("kind" = Option<String>, Query, description = "code of a kind"),
        ("state" = Option<String>, Query, description = "active, closed or merged; all without it"),
        ("after" = Option<String>, Query, description = "`next` of the part before")),
    responses((status = 200, body = UnitPage, description = "a part of the register, 200 units at most")))]
async fn units(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    let found = req
        .read(move |ctx, tx| {
            let root = queries::root(tx)?.ok_or_else(Problem::not_found)?;
            POLICY.require(ctx, Act::SeeUnits, &policy::of_unit(root.id), true)?;
            let filter = UnitFilter {
                words: params.get("q").to_owned(),
                kind: params.get("kind").to_owned(),
                state: UnitState::parse(params.get("state")),
                below: None,
            };
            queries::units(tx, &filter, params.get("after"), i64::try_from(PAGE + 1).unwrap_or(i64::MAX))
        })
        .await
        .or_fail(&req)?;
    let next = (found.len() > PAGE).then(|| found[PAGE - 1].path.as_str().to_owned());
    json(&req, &UnitPage { items: found.into_iter().take(PAGE).map(UnitBody::from).collect(), next })
}

/// One unit.
#[utoipa::path(get, path = "/api/v1/units/{code}", tag = "people", operation_id = "getUnit",
    params(("code" = String, Path, description = "such as U-0012")),
    responses((status = 200, body = UnitBody, description = "the unit")))]
async fn unit(req: Req, Path(code): Path<String>) -> Answer {
    let body = req.read(move |ctx, tx| read_unit(ctx, tx, &code)).await.or_fail(&req)?;
    json(&req, &body)
}

fn read_unit(ctx: &Ctx, tx: &mut Tx<'_>, code: &str) -> Result<UnitBody> {
    let unit: UnitRow = queries::unit_by_code(tx, code)?.ok_or_else(Problem::not_found)?;
    POLICY.require(ctx, Act::SeeUnits, &policy::of_unit(unit.id), true)?;
    let parent = match unit.parent_id {
        Some(id) => queries::unit(tx, id)?.map(|p| p.code),
        None => None,
    };
    Ok(UnitBody {
        code: unit.code,
        name: unit.name,
        short_name: unit.short_name,
        kind: unit.kind,
        state: unit.state.code(),
        parent,
        credit_code: unit.credit_code,
        contact_name: unit.contact_name.into_string(),
        contact_phone: unit.contact_phone.into_string(),
    })
}
