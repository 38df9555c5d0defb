//! One kind of component or event: its limits, whom it is for by default.

use super::catalogue::{StageLimit, changed, stage_limits, stages, time_units};
use crate::catalogue::commands::{edit_item, set_limit};
use crate::catalogue::store::{self as table, ItemRow, LimitRow};
use crate::desk::Desk;
use crate::forms;
use crate::model::Item;
use crate::pages::shared;
use crate::pages::shown;
use crate::policy::{Act, POLICY};
use crate::units;
use axum::http::StatusCode;
use kernel::calendar::{Limit, TimeUnit};
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::{Answer, Fail, Form, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "cases/catalogue_item.html")]
struct ItemPage {
    ui: Ui,
    form: Filled,
    item: ItemRow,
    code: String,
    kind: String,
    limits: Vec<LimitLine>,
    has_samples: bool,
    usual: Vec<StageLimit>,
    stages: Vec<(&'static str, String)>,
    time_units: Vec<(&'static str, String)>,
    units: Vec<(String, String)>,
    /// What whoever reports it is asked beside the usual.
    extras: Vec<String>,
    may_edit: bool,
}

struct LimitLine {
    stage: &'static str,
    stage_text: String,
    condition: String,
    condition_text: String,
    limit: String,
    to_confirm: bool,
}

pub(super) fn find(desk: &Desk, code: &str) -> Result<Id<Item>> {
    forms::item(&desk.catalogue, "item", code).ok().flatten().ok_or_else(Problem::not_found)
}

async fn item_page(req: &Req, code: String, form: Filled) -> Answer {
    if !POLICY.somewhere(&req.ctx, Act::Statistics) {
        return Err(Fail::of(req, Problem::forbidden()));
    }
    let desk = shared::desk(req).await?;
    let id = find(&desk, &code).or_fail(req)?;
    let read = req.read(move |_, tx| {
        let item = table::item(tx, id)?.ok_or_else(Problem::not_found)?;
        Ok((table::limits(tx, item.version_id)?, units::options(tx)?, item))
    });
    let (limits, units, item) = read.await.or_fail(req)?;
    let ui = req.ui();
    let line = |l: LimitRow| LimitLine {
        stage: l.stage.code(),
        stage_text: ui.named("stage", l.stage.code()),
        limit: TimeUnit::parse(&l.unit)
            .map(|unit| shown::limit_text(&ui, Limit { value: l.amount, unit }))
            .unwrap_or_default(),
        to_confirm: !l.confirmed,
        condition: l.condition,
        condition_text: l.condition_text,
    };
    let status = if form.failed() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let form = if form.failed() {
        form
    } else {
        form.set("default_unit", item.default_unit.map_or_else(String::new, |u| u.to_string()))
            .set("public", if item.public { "1" } else { "" })
            .set("stage", "handle")
            .set("time_unit", "working_day")
    };
    let view = ItemPage {
        form,
        kind: ui.named("item-kind", item.kind.code()),
        has_samples: desk.catalogue.has_to_confirm(id),
        limits: limits.into_iter().filter(|l| l.item_id == id.raw()).map(line).collect(),
        usual: stage_limits(&ui, &desk),
        stages: stages(&ui),
        time_units: time_units(&ui),
        units,
        extras: desk
            .catalogue
            .extras(Some(id))
            .iter()
            .map(|e| e.asked.wording.of(ui.locale()).to_owned())
            .collect(),
        may_edit: POLICY.somewhere(&req.ctx, Act::EditCatalogue),
        item,
        code,
        ui,
    };
    page_with(req, status, &view)
}

pub(crate) async fn item(req: Req, Path(code): Path<String>) -> Answer {
    item_page(&req, code, Filled::new()).await
}

/// `POST /admin/catalogue/items/{code}/limits`; without an amount the limit is removed.
pub(crate) async fn item_limit(req: Req, Path(code): Path<String>, form: Form) -> Answer {
    let desk = shared::desk(&req).await?;
    let id = find(&desk, &code).or_fail(&req)?;
    let done = match forms::limit(&form) {
        Ok(l) => {
            changed(&req, move |ctx, tx| {
                set_limit(ctx, tx, Some(id), (&l.condition, &l.condition_text), l.stage, l.limit)
            })
            .await
        }
        Err(problem) => Err(problem),
    };
    match done {
        Ok(()) => Ok(redirect(&req, &format!("/admin/catalogue/items/{code}"), "catalogue-limit-set", "")),
        Err(problem) => item_page(&req, code, shared::refused(&req, &form, problem)?).await,
    }
}

/// `POST /admin/catalogue/items/{code}`: whom it is for by default, and whether the public page offers it.
pub(crate) async fn update(req: Req, Path(code): Path<String>, form: Form) -> Answer {
    let desk = shared::desk(&req).await?;
    let id = find(&desk, &code).or_fail(&req)?;
    let (unit, public) = (form.text("default_unit").to_owned(), form.ticked("public"));
    let done = changed(&req, move |ctx, tx| {
        let unit = if unit.is_empty() { None } else { units::named(tx, &unit)? };
        edit_item(ctx, tx, id, unit, public)
    })
    .await;
    match done {
        Ok(()) => Ok(redirect(&req, &format!("/admin/catalogue/items/{code}"), "catalogue-item-saved", "")),
        Err(problem) => item_page(&req, code, shared::refused(&req, &form, problem)?).await,
    }
}
