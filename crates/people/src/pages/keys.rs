//! One's own API keys.

use super::act::{ActPage, Field, OncePage};
use crate::commands;
use crate::model::ApiKey;
use kernel::id::Id;
use kernel::problem::{FieldError, Problem};
use kernel::workflow::Named;
use web::error::{OrFail, page, redirect};
use web::form::Filled;
use web::scope::Scope;
use web::{Answer, Form, Path, Req};

fn page_of(req: &Req) -> ActPage {
    let ui = req.ui();
    let scopes = Scope::ALL.iter().map(|s| (s.code().to_owned(), ui.named("key-scope", s.code()))).collect();
    let fields = vec![
        Field::line("key_name", 60),
        Field::select("key_scope", scopes),
        Field::of("key_days", "number"),
    ];
    ActPage::new(req, "me-key-new", "", super::me::up(req), "/me/keys".to_owned(), fields)
}

pub(super) async fn form(req: Req) -> Answer {
    page_of(&req).filled(Filled::new().set("key_days", 90).set("key_scope", Scope::Report.code())).show(&req)
}

/// Answers with the key itself instead of a redirect: it is shown this once.
pub(super) async fn create(req: Req, form: Form) -> Answer {
    let work = async {
        let days = form.number::<i64>("key_days").map_err(|e| Problem::invalid(vec![e]))?.unwrap_or(0);
        let name = form.required("key_name", 60).map_err(|e| Problem::invalid(vec![e]))?;
        let scope = form
            .choice::<Scope>("key_scope")
            .and_then(|s| s.ok_or_else(|| FieldError::new("key_scope", "required")));
        let scope = scope.map_err(|e| Problem::invalid(vec![e]))?;
        req.write(move |ctx, tx| commands::make_api_key(tx, ctx, &name, scope, days)).await
    };
    match work.await {
        Ok((_, key)) => {
            let ui = req.ui();
            let (title, lead) = (ui.t("me-key-shown"), ui.t("me-key-shown.lead"));
            page(&req, &OncePage { ui, title, lead, lines: vec![key], back: "/me".to_owned() })
        }
        Err(problem) => page_of(&req).again(&req, &form, problem),
    }
}

pub(super) async fn revoke(req: Req, Path(id): Path<Id<ApiKey>>, _form: Form) -> Answer {
    req.write(move |ctx, tx| commands::revoke_api_key(tx, ctx, id)).await.or_fail(&req)?;
    Ok(redirect(&req, "/me", "key-revoked", ""))
}
