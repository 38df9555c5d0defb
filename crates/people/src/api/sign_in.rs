//! Ways of signing in: who is who at the identity provider, and signing people out. Never the provider's secret.

use crate::model::PersonId;
use crate::policy::{self, Act, POLICY};
use crate::queries::{self, IdentityLine};
use crate::{IdentityRow, commands};
use axum::body::Body;
use axum::http::StatusCode;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use serde::{Deserialize, Serialize};
use store::Tx;
use utoipa::ToSchema;
use web::api::{body, json, json_with};
use web::error::OrFail;
use web::list::{Cursor, Page, Params};
use web::{Access, Answer, Path, Req, Routes};

pub(super) fn routes() -> Routes {
    const SEE: Access = Access::Action("people-see-sign-in");
    const LINK: Access = Access::Action("people-link-identities");
    Routes::new()
        .get("/api/v1/admin/sign-in", SEE, sign_in)
        .get("/api/v1/admin/identities", SEE, identities)
        .post("/api/v1/admin/accounts/{login}/identities", LINK, link)
        .delete("/api/v1/admin/accounts/{login}/identities/{subject}", LINK, unlink)
        .delete(
            "/api/v1/admin/accounts/{login}/sessions",
            Access::Action("people-end-sessions"),
            end_sessions,
        )
}

/// How the city's people sign in.
#[derive(Serialize, ToSchema)]
pub(super) struct SignInBody {
    /// The identity provider's issuer; none when none is set.
    issuer: Option<String>,
    client_id: Option<String>,
    /// The claim that names accounts.
    claim: Option<String>,
    switched_on: bool,
    /// Who may sign in with a password: `everybody` or `emergency` (system administrators).
    passwords: &'static str,
    /// How many identities the provider as it is set leads to.
    linked: i64,
}

/// Who an account's person is at the identity provider.
#[derive(Serialize, ToSchema)]
pub(super) struct IdentityBody {
    login: String,
    name: String,
    /// What the claim says of them.
    subject: String,
    claim: String,
    issuer: String,
    linked_at: String,
    last_used: Option<String>,
}

/// A part of the list.
#[derive(Serialize, ToSchema)]
pub(super) struct IdentityPage {
    items: Vec<IdentityBody>,
    /// Give it as `after` for the next part; none at the end.
    next: Option<String>,
}

/// An identity to be linked.
#[derive(Deserialize, ToSchema)]
pub(super) struct IdentityDraft {
    /// What the claim says of this person.
    subject: String,
}

/// How many sessions ended.
#[derive(Serialize, ToSchema)]
pub(super) struct Ended {
    ended: u64,
}

fn of_line(line: IdentityLine) -> IdentityBody {
    IdentityBody {
        login: line.login,
        name: line.name,
        subject: line.subject.into_string(),
        claim: line.claim,
        issuer: line.issuer,
        linked_at: line.linked_at.rfc3339(),
        last_used: line.seen_at.map(kernel::time::Instant::rfc3339),
    }
}

/// How the city's people sign in; never with the secret.
#[utoipa::path(get, path = "/api/v1/admin/sign-in", tag = "people", operation_id = "getSignIn",
    responses((status = 200, body = SignInBody, description = "the identity provider, and who may use a password")))]
pub(super) async fn sign_in(req: Req) -> Answer {
    let found = req
        .read(|ctx, tx| {
            see(ctx)?;
            let row = queries::provider(tx)?;
            let linked = row.as_ref().map(|r| queries::linked_count(tx, r)).transpose()?.unwrap_or(0);
            let on = row.as_ref().is_some_and(|r| r.switched_on);
            let rest = row.as_ref().is_some_and(crate::ProviderRow::passwords_rest);
            Ok(SignInBody {
                issuer: row.as_ref().map(|r| r.issuer.clone()),
                client_id: row.as_ref().map(|r| r.client_id.clone()),
                claim: row.map(|r| r.claim),
                switched_on: on,
                passwords: if rest { "emergency" } else { "everybody" },
                linked,
            })
        })
        .await
        .or_fail(&req)?;
    json(&req, &found)
}

fn see(ctx: &Ctx) -> Result<()> {
    POLICY.somewhere(ctx, Act::SeeSignIn).then_some(()).ok_or_else(Problem::forbidden)
}

const PAGE: usize = 200;

/// Who is who at the identity provider, in the order in which they were linked.
#[utoipa::path(get, path = "/api/v1/admin/identities", tag = "people", operation_id = "listIdentities",
    params(("q" = Option<String>, Query, description = "part of a name, a login or a name at the provider"),
        ("after" = Option<String>, Query, description = "`next` of the part before")),
    responses((status = 200, body = IdentityPage, description = "a part of the list, 200 at most")))]
pub(super) async fn identities(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    let found = req
        .read(move |ctx, tx| {
            see(ctx)?;
            let after = Cursor::parse(params.get("after"))?;
            let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
            queries::identity_lines(tx, params.get("q"), after, limit)
        })
        .await
        .or_fail(&req)?;
    let Page { rows, next } = Page::from_rows(found, PAGE, |r| Cursor { sort: 0, id: r.id.raw() });
    let items = rows.into_iter().map(of_line).collect();
    json(&req, &IdentityPage { items, next: next.map(|c| c.to_string()) })
}

fn person(ctx: &Ctx, tx: &mut Tx<'_>, login: &str, act: Act) -> Result<crate::AccountRow> {
    let account = queries::person_by_login(tx, login)?.ok_or_else(Problem::not_found)?;
    let standing = policy::of_account(account.unit_id, account.id);
    POLICY.require(ctx, act, &standing, POLICY.may(ctx, Act::SeeAccounts, &standing))?;
    Ok(account)
}

/// Links an account to an identity at the provider that is set.
#[utoipa::path(post, path = "/api/v1/admin/accounts/{login}/identities", tag = "people", operation_id = "linkIdentity",
    params(("login" = String, Path, description = "login of the account")), request_body = IdentityDraft,
    responses((status = 201, body = IdentityBody, description = "linked"),
        (status = 409, description = "no provider is set, or the account is closed"),
        (status = 422, description = "linked to an account already")))]
pub(super) async fn link(req: Req, Path(login): Path<String>, sent: Body) -> Answer {
    let draft: IdentityDraft = body(&req, sent).await?;
    let done = req
        .write(move |ctx, tx| {
            let account = person(ctx, tx, &login, Act::LinkIdentities)?;
            let row: IdentityRow = commands::link_identity(tx, ctx, account.id, &draft.subject)?;
            Ok(IdentityBody {
                login: account.login,
                name: account.name,
                subject: row.subject.into_string(),
                claim: row.claim,
                issuer: row.issuer,
                linked_at: row.linked_at.rfc3339(),
                last_used: None,
            })
        })
        .await
        .or_fail(&req)?;
    json_with(&req, StatusCode::CREATED, &done)
}

/// Unlinks an identity; the sessions that the provider opened for the account end.
#[utoipa::path(delete, path = "/api/v1/admin/accounts/{login}/identities/{subject}", tag = "people",
    operation_id = "unlinkIdentity",
    params(("login" = String, Path, description = "login of the account"),
        ("subject" = String, Path, description = "the identity's name at the provider")),
    responses((status = 204, description = "unlinked")))]
pub(super) async fn unlink(req: Req, Path((login, subject)): Path<(String, String)>) -> Answer {
    req.write(move |ctx, tx| {
        let account = person(ctx, tx, &login, Act::LinkIdentities)?;
        let found = queries::identities(tx, account.id)?.into_iter().find(|i| i.subject.as_str() == subject);
        let id = found.ok_or_else(Problem::not_found)?.id;
        commands::unlink_identity(tx, ctx, account.id, id)
    })
    .await
    .or_fail(&req)?;
    Ok(axum::response::IntoResponse::into_response(StatusCode::NO_CONTENT))
}

/// Signs a person out everywhere. Their API keys go on: lock the account to stop those too.
#[utoipa::path(delete, path = "/api/v1/admin/accounts/{login}/sessions", tag = "people", operation_id = "endSessions",
    params(("login" = String, Path, description = "login of the account")),
    responses((status = 200, body = Ended, description = "how many sessions ended")))]
pub(super) async fn end_sessions(req: Req, Path(login): Path<String>) -> Answer {
    let ended = req
        .write(move |ctx, tx| {
            let id: PersonId = person(ctx, tx, &login, Act::EndSessions)?.id;
            commands::end_sessions_of(tx, ctx, id)
        })
        .await
        .or_fail(&req)?;
    json(&req, &Ended { ended })
}
