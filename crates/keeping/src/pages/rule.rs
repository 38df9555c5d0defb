//! How long one kind of thing is kept.

use super::keeps;
use crate::policy::{Act, POLICY};
use crate::queries::in_force;
use crate::words::{self, Row};
use crate::{commands, forms};
use ::store::keep::Keep;
use axum::http::StatusCode;
use kernel::policy::Standing;
use kernel::problem::Problem;
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::parts::Fact;
use web::{Answer, Fail, Form, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "keeping/rule.html")]
struct RulePage {
    ui: Ui,
    form: Filled,
    row: Row,
    facts: Vec<Fact>,
    version: i64,
}

fn rule(req: &Req, key: &str) -> Answer<&'static Keep> {
    keeps(req)?.rule(key).ok_or_else(Problem::not_found).or_fail(req)
}

async fn show(req: &Req, key: &str, filled: Option<Filled>) -> Answer {
    let rule = rule(req, key)?;
    let read = req.read(move |ctx, tx| {
        POLICY.require(ctx, Act::Set, &Standing::city(), true)?;
        in_force(tx, rule)
    });
    let found = read.await.or_fail(req)?;
    let ui = req.ui();
    let row = Row::of(&ui, &found, None);
    let facts = vec![
        Fact::new(ui.t("keeping-column-starts"), row.starts.clone()).wide(),
        Fact::new(ui.t("keeping-column-goes"), row.goes.clone()),
        Fact::new(ui.t("keeping-column-usual"), ui.n("keeping-days", row.usual)),
        Fact::new(ui.t("keeping-column-bounds"), words::bounds(&ui, rule)),
        Fact::new(ui.t("keeping-column-law"), row.laws.clone()).wide(),
    ];
    let status = if filled.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let form = filled.unwrap_or_else(|| Filled::new().set("days", found.days));
    let version = found.set.as_ref().map_or(0, |set| set.version);
    page_with(req, status, &RulePage { ui, form, row, facts, version })
}

pub(super) async fn page_of(req: Req, Path(key): Path<String>) -> Answer {
    show(&req, &key, None).await
}

pub(super) async fn save(req: Req, Path(key): Path<String>, form: Form) -> Answer {
    let (rule, sent) = (rule(&req, &key)?, form.clone());
    let done = req.write(move |ctx, tx| {
        POLICY.require(ctx, Act::Set, &Standing::city(), true)?;
        let (days, version) = forms::days(&sent)?;
        commands::set_days(ctx, tx, rule, days, sent.text("reason"), version)
    });
    match done.await {
        Ok(()) => Ok(redirect(&req, "/admin/keeping", "keeping-saved", &words::name(&req.ui(), rule))),
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => show(&req, &key, Some(filled)).await,
            None => Err(Fail::of(&req, problem)),
        },
    }
}
