//! How an inspector works with ODK Collect: where it is, what to type, and a code that it scans. The code holds a key, which is made
//! for it and shown this once.

use crate::api::openrosa;
use crate::policy::{self, Act};
use axum::http::StatusCode;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use kernel::time::Instant;
use store::Tx;
use web::error::{OrFail, page, page_with};
use web::form::Filled;
use web::parts::Fact;
use web::scope::Scope;
use web::{Answer, Fail, Form, Req, Ui};

/// What the key is called among one's own.
const NAME: &str = "ODK Collect";
/// Days that are proposed: the longest inspection.
const DAYS: i64 = 92;

#[derive(askama::Template)]
#[template(path = "fieldwork/collect.html")]
struct CollectPage {
    ui: Ui,
    form: Filled,
    facts: Vec<Fact>,
    /// Collect shows login and key to nobody without it.
    https: bool,
}

#[derive(askama::Template)]
#[template(path = "fieldwork/collect_key.html")]
struct KeyPage {
    ui: Ui,
    server: String,
    login: String,
    key: String,
    until: Instant,
    /// SVG.
    code: String,
}

fn login(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<String> {
    let Some(person) = ctx.person() else { return Ok(String::new()) };
    Ok(people::queries::person(tx, person)?.map(|account| account.login).unwrap_or_default())
}

pub(super) async fn page_of(req: Req) -> Answer {
    show(&req, StatusCode::OK, Filled::new().set("key_days", DAYS)).await
}

async fn show(req: &Req, status: StatusCode, form: Filled) -> Answer {
    policy::somewhere(&req.ctx, Act::Fill).or_fail(req)?;
    let login = req.read(login).await.or_fail(req)?;
    let ui = req.ui();
    let base = ui.base_url().to_owned();
    let facts = vec![
        Fact::new(ui.t("collect-server"), openrosa::server(&base)),
        Fact::new(ui.t("collect-login"), login),
        Fact::new(ui.t("collect-password"), ui.t("collect-password-is")),
    ];
    page_with(req, status, &CollectPage { form, facts, https: base.starts_with("https://"), ui })
}

/// Makes a key that may act, and answers with it instead of a redirect: it is shown this once. Records `account.key-made`.
pub(super) async fn make(req: Req, form: Form) -> Answer {
    policy::somewhere(&req.ctx, Act::Fill).or_fail(&req)?;
    let days = form.needed_number::<i64>("key_days").map_err(|e| Problem::invalid(vec![e]));
    let work = async {
        let days = days?;
        req.write(move |ctx, tx| {
            let login = login(ctx, tx)?;
            let (row, key) = people::commands::make_api_key(tx, ctx, NAME, Scope::Act, days)?;
            Ok((login, key, row.expires_at))
        })
        .await
    };
    let (login, key, until) = match work.await {
        Ok(made) => made,
        Err(problem) => {
            return match Filled::refused(&form, &problem) {
                Some(filled) => show(&req, StatusCode::UNPROCESSABLE_ENTITY, filled).await,
                None => Err(Fail::of(&req, problem)),
            };
        }
    };
    let ui = req.ui();
    let server = openrosa::server(ui.base_url());
    let text = openrosa::code(&server, &login, &key, &ui.city).or_fail(&req)?;
    let code = people::totp::qr(&text);
    page(&req, &KeyPage { ui, server, login, key, until, code })
}
