//! JSON twins of the pages. What other programs talk to is described by `/.well-known/openid-configuration`.

use crate::commands;
use crate::forms::Typed;
use crate::model::Program;
use crate::policy::{self, Act};
use crate::queries;
use axum::body::Body;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use kernel::problem::Problem;
use kernel::time::Instant;
use kernel::workflow::Named;
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};
use web::api::{body, json, json_with};
use web::error::OrFail;
use web::{Access, Answer, Path, Req, Routes};

pub(crate) fn routes() -> Routes {
    const SEE: Access = Access::Action("signon-see");
    const KEEP: Access = Access::Action("signon-keep");
    const STOP: Access = Access::Action("signon-stop");
    Routes::new()
        .get("/api/v1/programs", SEE, list)
        .post("/api/v1/programs", KEEP, create)
        .get("/api/v1/programs/{number}", SEE, one)
        .put("/api/v1/programs/{number}", KEEP, change)
        .delete("/api/v1/programs/{number}", STOP, remove)
        .post("/api/v1/programs/{number}/secret", KEEP, renew)
        .post("/api/v1/programs/{number}/stop", STOP, stop)
        .post("/api/v1/programs/{number}/resumption", KEEP, resume)
        .get("/api/v1/me/programs", Access::SignedIn, mine)
        .delete("/api/v1/me/programs/{number}", Access::SignedIn, withdraw)
}

/// A program that signs people in here.
#[derive(Serialize, ToSchema)]
struct ConnectedProgram {
    /// `SP-0001`, its `client_id` too.
    number: String,
    name: String,
    purpose: String,
    redirect_uris: Vec<String>,
    /// `profile`, `units`.
    scopes: Vec<String>,
    /// Whether people are asked the first time.
    asks: bool,
    keeps_secret: bool,
    /// `active`, `stopped`.
    state: &'static str,
    /// RFC 3339.
    last_used_at: Option<String>,
    version: i64,
}

impl From<Program> for ConnectedProgram {
    fn from(of: Program) -> Self {
        Self {
            keeps_secret: of.keeps_secret(),
            number: of.number,
            name: of.name,
            purpose: of.purpose,
            redirect_uris: of.redirects.0,
            scopes: of.scopes.0,
            asks: of.asks,
            state: of.state.code(),
            last_used_at: of.last_at.map(Instant::rfc3339),
            version: of.version,
        }
    }
}

#[derive(Serialize, ToSchema)]
struct ConnectedPrograms {
    items: Vec<ConnectedProgram>,
}

/// What is said of a program.
#[derive(Deserialize, ToSchema)]
struct ConnectedProgramDraft {
    name: String,
    purpose: String,
    redirect_uris: Vec<String>,
    #[serde(default)]
    scopes: Vec<String>,
    /// False only for a program of the office itself.
    #[serde(default = "yes")]
    asks: bool,
    /// False for a program on people's own machines; cannot be changed later.
    #[serde(default = "yes")]
    keeps_secret: bool,
    /// The version that a change rests on.
    version: Option<i64>,
}

fn yes() -> bool {
    true
}

impl ConnectedProgramDraft {
    fn typed(self) -> Typed {
        Typed {
            name: self.name,
            purpose: self.purpose,
            redirects: self.redirect_uris.join("\n"),
            scopes: self.scopes,
            asks: self.asks,
            keeps_secret: self.keeps_secret,
        }
    }
}

/// The version that a change rests on.
#[derive(Deserialize, ToSchema)]
struct ConnectedProgramSeen {
    version: i64,
}

/// A secret, told once.
#[derive(Serialize, ToSchema)]
struct ConnectedProgramSecret {
    number: String,
    /// None for a program that keeps none.
    secret: Option<String>,
    version: i64,
}

/// What one has agreed to.
#[derive(Serialize, ToSchema)]
struct AgreedProgram {
    number: String,
    name: String,
    purpose: String,
    scopes: Vec<String>,
    /// RFC 3339.
    agreed_at: String,
}

#[derive(Serialize, ToSchema)]
struct AgreedPrograms {
    items: Vec<AgreedProgram>,
}

/// All programs that sign people in here.
#[utoipa::path(get, path = "/api/v1/programs", tag = "sign-on", operation_id = "listPrograms",
    responses((status = 200, body = ConnectedPrograms, description = "those that were not removed")))]
async fn list(req: Req) -> Answer {
    policy::require(&req.ctx, Act::See).or_fail(&req)?;
    let found = req.read(|_, tx| queries::programs(tx)).await.or_fail(&req)?;
    json(&req, &ConnectedPrograms { items: found.into_iter().map(Into::into).collect() })
}

/// Enters a program. The answer holds its secret, which is told this once.
#[utoipa::path(post, path = "/api/v1/programs", tag = "sign-on", operation_id = "createProgram",
    request_body = ConnectedProgramDraft,
    responses((status = 201, body = ConnectedProgramSecret, description = "its number and its secret"),
        (status = 422, description = "an address that nobody may be sent back to")))]
async fn create(req: Req, sent: Body) -> Answer {
    policy::require(&req.ctx, Act::Keep).or_fail(&req)?;
    let draft: ConnectedProgramDraft = body(&req, sent).await?;
    let work = req.write(move |ctx, tx| commands::add(ctx, tx, draft.typed().read()?));
    let (program, secret) = work.await.or_fail(&req)?;
    let told = ConnectedProgramSecret { number: program.number, secret, version: program.version };
    json_with(&req, StatusCode::CREATED, &told)
}

/// One program.
#[utoipa::path(get, path = "/api/v1/programs/{number}", tag = "sign-on", operation_id = "getProgram",
    params(("number" = String, Path, description = "number of the program, `SP-0001`")),
    responses((status = 200, body = ConnectedProgram, description = "the program as it is now"),
        (status = 404, description = "there is none, or it was removed")))]
async fn one(req: Req, Path(number): Path<String>) -> Answer {
    policy::require(&req.ctx, Act::See).or_fail(&req)?;
    let program = req.read(move |_, tx| queries::program(tx, &number)).await.or_fail(&req)?;
    json(&req, &ConnectedProgram::from(program))
}

/// Changes a program.
#[utoipa::path(put, path = "/api/v1/programs/{number}", tag = "sign-on", operation_id = "changeProgram",
    params(("number" = String, Path, description = "number of the program, `SP-0001`")),
    request_body = ConnectedProgramDraft,
    responses((status = 200, body = ConnectedProgram, description = "the program as it is now"),
        (status = 409, description = "somebody has changed it meanwhile")))]
async fn change(req: Req, Path(number): Path<String>, sent: Body) -> Answer {
    policy::require(&req.ctx, Act::Keep).or_fail(&req)?;
    let draft: ConnectedProgramDraft = body(&req, sent).await?;
    let version = draft.version.ok_or_else(|| Problem::field("version", "required")).or_fail(&req)?;
    let work = req.write(move |ctx, tx| commands::change(ctx, tx, (&number, version), draft.typed().read()?));
    let program = work.await.or_fail(&req)?;
    json(&req, &ConnectedProgram::from(program))
}

/// Removes a program for good.
#[utoipa::path(delete, path = "/api/v1/programs/{number}", tag = "sign-on", operation_id = "removeProgram",
    params(("number" = String, Path, description = "number of the program, `SP-0001`")),
    request_body = ConnectedProgramSeen,
    responses((status = 204, description = "it is removed"),
        (status = 404, description = "there is none, or it was removed")))]
async fn remove(req: Req, Path(number): Path<String>, sent: Body) -> Answer {
    policy::require(&req.ctx, Act::Stop).or_fail(&req)?;
    let seen: ConnectedProgramSeen = body(&req, sent).await?;
    req.write(move |ctx, tx| commands::remove(ctx, tx, (&number, seen.version))).await.or_fail(&req)?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Replaces the secret; the one before holds no more.
#[utoipa::path(post, path = "/api/v1/programs/{number}/secret", tag = "sign-on", operation_id = "renewProgramSecret",
    params(("number" = String, Path, description = "number of the program, `SP-0001`")),
    request_body = ConnectedProgramSeen,
    responses((status = 200, body = ConnectedProgramSecret, description = "the new secret"),
        (status = 409, description = "it keeps none, or somebody has changed it meanwhile")))]
async fn renew(req: Req, Path(number): Path<String>, sent: Body) -> Answer {
    policy::require(&req.ctx, Act::Keep).or_fail(&req)?;
    let seen: ConnectedProgramSeen = body(&req, sent).await?;
    let work = req.write(move |ctx, tx| commands::renew_secret(ctx, tx, (&number, seen.version)));
    let (program, secret) = work.await.or_fail(&req)?;
    let told =
        ConnectedProgramSecret { number: program.number, secret: Some(secret), version: program.version };
    json(&req, &told)
}

/// Signs nobody in any more; what it was given ends.
#[utoipa::path(post, path = "/api/v1/programs/{number}/stop", tag = "sign-on", operation_id = "stopProgram",
    params(("number" = String, Path, description = "number of the program, `SP-0001`")),
    request_body = ConnectedProgramSeen,
    responses((status = 200, body = ConnectedProgram, description = "the program as it is now"),
        (status = 409, description = "it is stopped already, or somebody has changed it meanwhile")))]
async fn stop(req: Req, Path(number): Path<String>, sent: Body) -> Answer {
    policy::require(&req.ctx, Act::Stop).or_fail(&req)?;
    let seen: ConnectedProgramSeen = body(&req, sent).await?;
    let work = req.write(move |ctx, tx| commands::stop(ctx, tx, (&number, seen.version)));
    json(&req, &ConnectedProgram::from(work.await.or_fail(&req)?))
}

/// Sets a stopped program going again.
#[utoipa::path(post, path = "/api/v1/programs/{number}/resumption", tag = "sign-on", operation_id = "resumeProgram",
    params(("number" = String, Path, description = "number of the program, `SP-0001`")),
    request_body = ConnectedProgramSeen,
    responses((status = 200, body = ConnectedProgram, description = "the program as it is now"),
        (status = 409, description = "it is not stopped, or somebody has changed it meanwhile")))]
async fn resume(req: Req, Path(number): Path<String>, sent: Body) -> Answer {
    policy::require(&req.ctx, Act::Keep).or_fail(&req)?;
    let seen: ConnectedProgramSeen = body(&req, sent).await?;
    let work = req.write(move |ctx, tx| commands::resume(ctx, tx, (&number, seen.version)));
    json(&req, &ConnectedProgram::from(work.await.or_fail(&req)?))
}

/// What one has let programs learn.
#[utoipa::path(get, path = "/api/v1/me/programs", tag = "sign-on", operation_id = "listMyPrograms",
    responses((status = 200, body = AgreedPrograms, description = "the latest first")))]
async fn mine(req: Req) -> Answer {
    let person = req.ctx.person().ok_or_else(Problem::sign_in).or_fail(&req)?;
    let found = req.read(move |_, tx| queries::consents(tx, person)).await.or_fail(&req)?;
    let items = found.into_iter().map(|(program, consent)| AgreedProgram {
        number: program.number,
        name: program.name,
        purpose: program.purpose,
        scopes: consent.scopes.0,
        agreed_at: consent.given_at.rfc3339(),
    });
    json(&req, &AgreedPrograms { items: items.collect() })
}

/// Takes back what one has let a program learn; what it was given ends.
#[utoipa::path(delete, path = "/api/v1/me/programs/{number}", tag = "sign-on", operation_id = "withdrawFromProgram",
    params(("number" = String, Path, description = "number of the program, `SP-0001`")),
    responses((status = 204, description = "it is taken back"),
        (status = 404, description = "nothing was agreed to")))]
async fn withdraw(req: Req, Path(number): Path<String>) -> Answer {
    req.write(move |ctx, tx| commands::withdraw(ctx, tx, &number)).await.or_fail(&req)?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

#[derive(OpenApi)]
#[openapi(
    paths(list, create, one, change, remove, renew, stop, resume, mine, withdraw),
    components(schemas(
        ConnectedProgram, ConnectedPrograms, ConnectedProgramDraft, ConnectedProgramSeen, ConnectedProgramSecret,
        AgreedProgram, AgreedPrograms
    )),
    tags((name = "sign-on", description = "Programs of the city that sign people in with their account here (OpenID Connect)."))
)]
struct Description;

pub(crate) fn description() -> utoipa::openapi::OpenApi {
    Description::openapi()
}
